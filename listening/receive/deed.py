"""Deed: a file is read, shown, and, when somebody says so, brought in.

First what each column is taken for, then a few rows as they would be kept, then how many are new. On a
terminal the question comes next; elsewhere the file comes in only where the reading is sure, or ``--yes``
or ``--map`` takes its place.
"""

import hashlib
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd

from listening import pipeline, share
from listening.area import Area
from listening.errors import WordsError, WrongKey
from listening.receive import columns, files, markings, own, paste, posts
from listening.receive.columns import Column, Columns
from listening.receive.sheet import Sheet
from listening.store import Store, keys

DRY = b"nothing is stored with this key"


@dataclass(frozen=True)
class Asked:
    """What somebody asked for."""

    file: Path  # "-" is a pasted block
    source: str | None = None
    sheet: str | None = None
    told: Mapping[str, str] = field(default_factory=dict)  # role -> column
    dry: bool = False
    yes: bool = False
    not_confidential: str | None = None  # why a marked file is no confidential one
    pasted: str = ""


def told(pairs: list[str]) -> dict[str, str]:
    """``text=Case notes`` and the like as a dict."""
    parts = [pair.partition("=") for pair in pairs]
    wrong = next((p[0] for p in parts if not p[1] or not p[0].strip() or not p[2].strip()), None)
    if wrong is not None:
        raise WordsError(f'--map must be a role and a column, like text="Case notes"; got {wrong!r}')
    return {role.strip(): column.strip() for role, _, column in parts}


def bring_in(
    store: Store,
    area: Area,
    asked: Asked,
    now: datetime,
    show: Callable[[str], None],
    ask: Callable[[str], bool] | None,
) -> str:
    """Read, show, and bring in; the last sentence says what became of every row.

    ``show`` takes the lines to be read first; ``ask`` puts the question, and is None where nobody is
    there to answer it. Raises WordsError for a marked file, for words that are not possible, and
    where the reading is unsure and nobody can be asked.
    """
    if area.invented:
        pipeline.not_invented(area)
    sheet = _read(asked, area, now)
    if sheet.rows.empty and not sheet.broken:
        raise WordsError(f"{sheet.name} holds no rows")
    marking = markings.refuse(sheet, asked.not_confidential)
    source = _source(sheet, area, asked.source)
    found = _columns(sheet, area, source, asked.told)
    taken = posts.taken(sheet, found, area, source, _key(store, area, asked.dry), now)
    taken = _elsewhere(taken, store)
    for line in (*table(sheet, found), *sheet.remarks, *taken.remarks):
        show(line)
    for line in _preview(taken, store, area, asked.dry):
        show(line)
    if asked.dry:
        return "Dry run: nothing was stored."
    if not _may_go_on(found, asked, ask):
        return "Nothing was stored."
    if marking:
        store.decide(
            "operator", "import", _digest(asked), {"marked": marking, "why": asked.not_confidential}, now
        )
    written = pipeline.bring_in(_whole(taken, store), area, store, now, taken.labels)
    said = f"{written.new} new, {written.edited} changed, {written.unchanged} already known."
    if written.refused:
        said += f" {written.refused} were erased before and stay out."
    return said + _repeats(taken) + _rejects(taken.bad, asked.file) + _marked(taken)


def _read(asked: Asked, area: Area, now: datetime) -> Sheet:
    if str(asked.file) != "-":
        return files.read(asked.file, asked.sheet)
    ours = [p.name for p in area.places] + [w.name for w in area.wards] + [t.name for t in area.towns]
    return paste.sheet(asked.pasted, area.zone, now, ours)


def _source(sheet: Sheet, area: Area, asked: str | None) -> str | None:
    """The source the rows belong to; None where each row names its own."""
    if asked is not None:
        if asked not in area.source_by_name:
            raise WordsError(
                f"--source must be a name in {area.config.name}; got {asked!r}"
                f" (it has: {', '.join(sorted(area.source_by_name))})"
            )
        return asked
    if "source" in [c.lower() for c in sheet.columns]:
        return None
    logs = [s.name for s in area.sources if s.kind == "file" and s.enabled]
    if len(logs) == 1:
        return logs[0]
    names = ", ".join(logs or sorted(area.source_by_name))
    raise WordsError(f"say whose words these are with --source; {area.config.name} has: {names}")


def _columns(sheet: Sheet, area: Area, source: str | None, told: Mapping[str, str]) -> Columns:
    if own.holds(sheet):
        role = {c: c for c in ("text", "title", "published", "id", "url", "thread", "source")}
        return Columns(
            tuple(Column(c, role.get(c, ""), columns.SURE, "our own export") for c in sheet.columns)
        )
    if sheet.name == paste.NAME and sheet.columns == ["author", "published", "text"]:
        return Columns(tuple(Column(c, c, columns.SURE, "the pasted block") for c in sheet.columns))
    channel = area.source_by_name[source].channel if source else None
    return columns.guess(sheet, area.zone, channel, told)


def _key(store: Store, area: Area, dry: bool) -> bytes:
    if not dry:
        return keys.key(store, area, make=True)
    try:
        return keys.key(store, area)
    except WrongKey:
        if store.fingerprint is None:
            return DRY  # nothing was ever stored, so nothing is known
        raise


def _elsewhere(taken: posts.Taken, store: Store) -> posts.Taken:
    """Rows whose id belongs to a post of another source are rejected: nobody writes over another's words."""
    good = taken.good
    held = _held(good, "source", store)
    theirs = good["id"].map(lambda i: held.get(i)).fillna(good["source"]) != good["source"]
    why = "its id belongs to a post of another source"
    wrong = good.loc[theirs, ["source", "title", "text"]].assign(reason=why, row=good.index[theirs])
    bad = pd.concat([taken.bad, wrong]) if len(wrong) else taken.bad
    return replace(taken, good=good[~theirs], bad=bad)


def _whole(taken: posts.Taken, store: Store) -> pd.DataFrame:
    """The posts to be written; of an export of ours, where less left than we hold, with the words we hold.

    Only now, so that no preview and no file of rejected rows shows what the gate did not let out.
    """
    good = taken.good
    if taken.labels is None:
        return good
    held = _held(good, "text", store)
    said = [own.whole(text, held.get(i)) for i, text in zip(good["id"], good["text"], strict=True)]
    return good.assign(text=pd.Series(said, index=good.index, dtype="object"))


def _held(good: pd.DataFrame, column: str, store: Store) -> dict[str, Any]:
    """What the store holds in a column of these posts, by id."""
    ids = good["id"].tolist()
    parts = [store.posts(ids=ids[n : n + 10_000], noise=True) for n in range(0, len(ids), 10_000)]
    return {k: v for p in parts for k, v in zip(p["id"], p[column], strict=True)}


def table(sheet: Sheet, found: Columns) -> list[str]:
    """What each column is taken for, as lines of a table, then what never comes in."""
    width = max((len(c.name) for c in found.each), default=0)
    number = len(sheet.rows) + len(sheet.broken)
    lines = [f"{sheet.name}: {number:,} row{'' if number == 1 else 's'}"]
    for column in found.each:
        if column.role and column.role != "dropped":
            lines.append(f"  {column.name:<{width}}  {column.role:<9}  {column.sure}: {column.why}")
    for what, names in found.dropped.items():
        lines.append(f"Never comes in: {', '.join(names)} ({what}).")
    unused = [c.name for c in found.each if not c.role]
    return [*lines, f"Not used: {', '.join(unused)}."] if unused else lines


def _preview(taken: posts.Taken, store: Store, area: Area, dry: bool) -> list[str]:
    """A few redacted rows, and the numbers."""
    key = _key(store, area, dry)
    cleaned = posts.redacted(taken.good, area, key)
    fresh = int((~cleaned["id"].isin(store.known(cleaned["id"]))).sum())
    lines = ["As it would be kept:", *(f"  {line}" for line in posts.sample(cleaned))] if len(cleaned) else []
    bad = pd.concat([taken.bad[["reason", "row"]], taken.marked]).sort_values("row", kind="stable")
    known = len(cleaned) - fresh
    lines.append(f"{fresh} new, {known} already known, {len(bad)} rejected.{_repeats(taken)}")
    for why, rows in bad.groupby("reason", sort=False):
        lines.append(f"  {len(rows)} rejected: {why}")
    try:
        pipeline.admit(taken.good, area)
    except WordsError as error:
        lines.append(f"It cannot come in yet: {error}")
    return lines


def _repeats(taken: posts.Taken) -> str:
    number = taken.repeats
    return f" {number} row{' says' if number == 1 else 's say'} again what another says." if number else ""


def _may_go_on(found: Columns, asked: Asked, ask: Callable[[str], bool] | None) -> bool:
    if asked.yes:
        return True
    if ask is not None:
        return ask("Go on?")
    unsure = [f"{c.role} from {c.name!r} ({c.sure})" for c in found.unsure]
    if unsure:
        raise WordsError(
            f"which column is which is not sure enough to go on alone: {'; '.join(unsure)};"
            ' look with --dry-run, then say --yes, or --map text="…" --map published="…"'
        )
    return True


def _digest(asked: Asked) -> str:
    data = asked.pasted.encode() if str(asked.file) == "-" else asked.file.read_bytes()
    return f"a file with SHA-256 {hashlib.sha256(data).hexdigest()}"


def _rejects(bad: pd.DataFrame, file: Path) -> str:
    """The rejected rows in a file beside theirs that only its owner can read; corrected, it can come in.

    Of a pasted block nothing is written: whoever pasted it has it still.
    """
    if not len(bad):
        return ""
    if str(file) == "-":
        them = "it" if len(bad) == 1 else "them"
        return f" {_rows(bad)} could not be used, and nothing of {them} was written."
    back = file.with_name(f"{file.stem}.rejected.csv")
    try:
        back.unlink(missing_ok=True)
        handle = os.open(back, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8-sig", errors="replace", newline="") as out:
            share.neutral(bad).to_csv(out, index=False)
    except OSError as error:
        return f" {len(bad)} rows could not be used, and {back} could not be written: {error.strerror}."
    return (
        f" {_rows(bad)} could not be used; they are in {back} with the reason."
        " That file holds them as they came, personal data and all. Only you can open it."
        " Correct it and import it again, or delete it."
    )


def _marked(taken: posts.Taken) -> str:
    """Which rows a marking kept out; their words go to no file."""
    if taken.marked.empty:
        return ""
    numbers = ", ".join(map(str, taken.marked["row"]))
    return f" {_rows(taken.marked)} marked as confidential stayed out and went to no file: {numbers}."


def _rows(rows: pd.DataFrame) -> str:
    return "1 row" if len(rows) == 1 else f"{len(rows)} rows"
