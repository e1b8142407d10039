"""Labelfile: drawn posts as a CSV or Excel file to label, and such a file read back.

The file is blind: it holds no answer of the analysis, and no weight, from which one could be guessed.
"""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pandas as pd

from listening import share
from listening.area import Area
from listening.errors import WordsError
from listening.labelling import Drawn, Row
from listening.receive import files
from listening.store import Store
from listening.summarise.accuracy_labels import NONE, parted
from listening.summarise.corrected import TONE

KINDS = (".csv", ".xlsx")
# The columns of the file; those a person fills in stand last.
COLUMNS = ("post", "draw", "day", "channel", "title", "text", "issues", "wards", "tone", "coder")
FILLED = ("post", "draw", "issues", "wards", "tone", "coder")
WIDE = {"title": 30, "text": 70, "issues": 30, "wards": 25, "post": 12, "draw": 12}  # letters, in Excel


def rubric(area: Area) -> list[str]:
    """How to label, and the values allowed, as lines that stand above the rows."""
    issues = sorted(i.label for i in area.issues if not i.noise)
    return [
        "Say what each post says to a careful reader who knows the area. Do not guess beyond its words.",
        f"issues: what it is about, parted by ; or {NONE}. One of: {'; '.join(issues)}",
        f"wards: where the matter is, if the words say so for sure, parted by ; or {NONE}. "
        f"One of: {'; '.join(sorted(w.name for w in area.wards))}",
        f"tone: of the writer, in posts of channel public: {'; '.join(TONE.values())}",
        "coder: a letter, like coder A, or your initials. Never a resident's name.",
        "A row with nothing in it waits. Two people may label the same file, each in a copy.",
    ]


def writable(to: Path) -> None:
    """A WordsError where a file to label cannot be written there; asked before anything is drawn."""
    if to.suffix.lower() not in KINDS:
        raise WordsError(f"--to must end in {' or '.join(KINDS)}; got {to.name!r}")
    if to.exists():
        raise WordsError(f"--to must be a new file, or labels would be lost; {to} is there already")


def write(store: Store, area: Area, drawn: Drawn, to: Path, now: datetime) -> str:
    """Write the drawn posts to a file, through the gate that lets out no more than may leave; a sentence."""
    writable(to)
    posts = drawn.posts
    rows = pd.DataFrame({
        "post": posts["id"].to_numpy(), "draw": drawn.key,
        "day": [f"{at.astimezone(area.zone):%Y-%m-%d}" for at in posts["published"]],
        **{name: posts[name].to_numpy() for name in ("channel", "title", "text")},
        **dict.fromkeys(("issues", "wards", "tone", "coder"), ""),
    })  # fmt: skip
    heading = share.heading(area, now, {"posts": len(rows)})
    note = "; ".join(f"{name}: {said}" for name, said in reversed(heading.items()))
    _put(share.neutral(rows[list(COLUMNS)].astype("object")), [note, *rubric(area)], to)
    store.decide("operator", "export", "posts to label", {"rows": len(rows), "draw": drawn.key}, now)
    return f"{len(rows)} posts of {drawn.of:,} were drawn and written to {to}."


def _put(rows: pd.DataFrame, lines: Sequence[str], to: Path) -> None:
    part = to.with_name(to.name + ".part")
    try:
        to.parent.mkdir(parents=True, exist_ok=True)
        if to.suffix.lower() == ".csv":
            with part.open("w", encoding="utf-8-sig", newline="") as out:
                pd.DataFrame({"": [f"# {line}" for line in lines]}).to_csv(out, index=False, header=False)
                rows.to_csv(out, index=False)
        else:
            _excel(rows, lines, part)
        part.replace(to)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise WordsError(f"could not write {to}: {error.strerror}") from error


def _excel(rows: pd.DataFrame, lines: Sequence[str], to: Path) -> None:
    options = {"options": {"strings_to_formulas": False, "strings_to_urls": False}}
    with to.open("wb") as file, pd.ExcelWriter(file, engine="xlsxwriter", engine_kwargs=options) as book:
        rows.to_excel(book, sheet_name="posts", index=False)
        pd.DataFrame({"how to label": list(lines)}).to_excel(book, sheet_name="how to label", index=False)
        sheet, wrap = book.sheets["posts"], book.book.add_format({"text_wrap": True, "valign": "top"})
        for n, name in enumerate(COLUMNS):
            sheet.set_column(n, n, WIDE.get(name, 14), wrap)
        sheet.freeze_panes(1, 1)
        at = COLUMNS.index("tone")
        sheet.data_validation(1, at, max(1, len(rows)), at, {"validate": "list", "source": [*TONE.values()]})


def read(path: Path, who: str | None = None) -> tuple[list[Row], pd.DataFrame, list[tuple[Row, str]]]:
    """The rows of a file of labels; its cells as they came; and the rows that are none, with the reason.

    ``who`` is the coder of rows that name none. A file without the columns is refused in one sentence.
    """
    sheet = files.read(path)
    missing = [name for name in FILLED if name not in sheet.columns and not (name == "coder" and who)]
    if missing:
        raise WordsError(
            f"a file of labels needs the columns {', '.join(FILLED)}; {path.name} has no {missing[0]}"
        )
    cells = sheet.rows.map(lambda c: "" if c is None else str(share.restored(c)))
    rows = [
        Row(
            r["post"], r["draw"], r.get("coder") or who or "",
            tuple(parted(r["issues"])), tuple(parted(r["wards"])), r["tone"], int(str(number)),
        )
        for number, r in cells.iterrows()
    ]  # fmt: skip
    for one in sheet.broken:
        cells.loc[one.number] = {sheet.columns[0]: one.words}
    return rows, cells.fillna(""), [(Row("", "", "", (), (), "", b.number), b.reason) for b in sheet.broken]


def rejects(bad: Sequence[tuple[Row, str]], cells: pd.DataFrame, file: Path) -> str:
    """Write the rows that could not be taken, each with its reason, beside their file; a sentence."""
    if not bad:
        return ""
    names = (f"{file.stem}.rejected{n}.csv" for n in ("", *range(2, 1000)))
    back = next(path for path in map(file.with_name, names) if not path.exists())  # it may be corrected
    reasons = {row.number: why for row, why in bad}
    rows = cells.loc[list(reasons)]
    rows.insert(0, "reason", list(reasons.values()))
    try:
        with back.open("x", encoding="utf-8-sig", newline="") as out:
            share.neutral(rows).to_csv(out, index=False)
    except OSError as error:
        return f"{back} could not be written: {error.strerror}."
    return f"They are in {back} with the reason. Correct them there and take that file."
