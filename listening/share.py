"""Share: the one gate for whatever leaves — copy, download, brief, alert, bundle.

``posts`` shows each source's words as far as its display policy goes, drops who wrote them, and
holds back accusations, safeguarding and sensitive issues of fewer than three voices. ``counts``
hides small numbers so that sums don't give them away. ``neutral`` makes cells safe to open in a
spreadsheet. All of it is pure: nothing here reads a clock, a file or the store.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from functools import cached_property
from itertools import product
from typing import Any

import pandas as pd

from listening.area import Area
from listening.errors import WordsError
from listening.post import ANNOTATIONS, COLUMNS

PURPOSES = ("page", "copy", "export", "download", "brief", "alert", "bundle", "notebook")
MAILED = ("brief", "alert")  # nothing abusive is e-mailed
EXCERPT = 200  # characters, cut at a word
FLOOR = 3  # voices below which a sensitive issue is never listed
SMALL = 5  # voices below which a cell of counts is hidden
FEWER, HIDDEN = "fewer than 5", "not shown"
BANNER = "SAMPLE AREA – everything here is invented"
# Never leaves: who wrote it, the words behind a label (they quote the text), a home's postcode.
PRIVATE = ("author", "evidence", "place_hint")
LEAVES = tuple(c for c in (*COLUMNS, *ANNOTATIONS) if c not in PRIVATE)


def posts(posts: pd.DataFrame, area: Area, now: datetime, *, purpose: str) -> pd.DataFrame:
    """The posts that may leave, as far as they may be shown; the index of those kept is kept.

    Give it annotated posts as the store gives them, pseudonyms included: they are counted for the
    floor of sensitive issues, then dropped. ``attrs`` say ``held`` (how many posts were held
    back), ``held_by`` (the same by reason) and ``heading`` (see there).
    """
    if purpose not in PURPOSES:
        raise WordsError(f"purpose must be one of {', '.join(PURPOSES)}; got {purpose!r}")
    grave = [_reason(flags, purpose) for flags in _lists(posts, "flags")]
    reasons = pd.Series(grave, index=posts.index, dtype="object")
    rare = _rare(posts[reasons.isna()], area)
    alone = [any(cell in rare for cell in cells) for cells in _sensitive(posts, area)]
    reasons = reasons.mask(reasons.isna() & pd.Series(alone, index=posts.index, dtype=bool), "sensitive")
    shown = posts[reasons.isna()]
    voices = int(shown["author"].nunique()) if "author" in shown else 0
    result = shown[[c for c in LEAVES if c in shown.columns]].copy()
    policies = {name: s.display for s in area.sources for name in (*s.was, s.name)}
    said = zip(shown["text"], shown["source"], strict=True)
    texts = [_shown(text, policies.get(source, "headline_link")) for text, source in said]
    result["text"] = pd.Series(texts, index=shown.index, dtype="object")
    result.attrs = {
        "held": int(reasons.notna().sum()),
        "held_by": {str(k): int(v) for k, v in reasons.dropna().value_counts().sort_index().items()},
        "heading": heading(area, now, {"posts": len(result), "accounts": voices}),
    }
    return result


def heading(area: Area, now: datetime, sizes: dict[str, int]) -> dict[str, str]:
    """The rows that stand above whatever leaves: area, date, sample sizes, "internal", the banner."""
    local = now.astimezone(area.zone)
    rows = {"area": area.name, "made": f"{local:%A} {local.day} {local:%B %Y, %H:%M}"}
    rows |= {name: f"{size:,}" for name, size in sizes.items()}
    rows["status"] = "internal"
    if area.invented:
        rows["sample"] = BANNER
    return rows


_FORMULA = re.compile(r"^(?:[\t\r\n]|\s*[=+\-@\uff1d\uff0b\uff0d\uff20|])")


def neutral(frame: pd.DataFrame) -> pd.DataFrame:
    """The same cells, none of which a spreadsheet reads as a formula: those get an apostrophe before them.

    Method: OWASP, *CSV Injection* (from general knowledge), full-width signs and leading spaces included.
    Numbers and times stay as they are; column names are made safe too.
    """

    def safe(cell: Any) -> Any:
        return "'" + cell if isinstance(cell, str) and _FORMULA.match(cell) else cell

    result = frame.rename(columns=safe)
    for place in range(frame.shape[1]):
        column = frame.iloc[:, place]
        if pd.api.types.is_object_dtype(column.dtype) or isinstance(column.dtype, pd.CategoricalDtype):
            result.isetitem(place, pd.array([safe(v) for v in column], dtype="object"))
        elif pd.api.types.is_string_dtype(column.dtype):
            result.isetitem(place, pd.array([safe(v) for v in column], dtype="str"))
    result.attrs = dict(frame.attrs)
    return result


def restored(cell: Any) -> Any:
    """A cell that ``neutral`` made, as it was; one that had an apostrophe before a formula loses that.

    >>> restored("'=1+1"), restored("'tis late")
    ('=1+1', "'tis late")
    """
    held = isinstance(cell, str) and cell.startswith("'") and _FORMULA.match(cell[1:])
    return cell[1:] if held else cell


def _lists(posts: pd.DataFrame, column: str) -> list[list[str]]:
    if column not in posts:
        raise WordsError(f"posts must be annotated before they leave; missing {column!r}")
    return [v if isinstance(v, list) else [] for v in posts[column]]


def _reason(flags: list[str], purpose: str) -> str | None:
    """Why a post is held back, the gravest reason first; None where it may leave."""
    grave = ("safeguarding", "accusation", *(("abuse",) if purpose in MAILED else ()))
    return next((reason for reason in grave if reason in flags), None)


def _sensitive(posts: pd.DataFrame, area: Area) -> list[list[tuple[str, str]]]:
    """Of each post its sensitive issues in each of its wards; "" where the ward is not known."""
    tender = {i.slug for i in area.issues if i.sensitive}
    wards = _lists(posts, "wards") if "wards" in posts else [[]] * len(posts)
    return [
        [(slug, ward) for slug in issues if slug in tender for ward in places or [""]]
        for issues, places in zip(_lists(posts, "issues"), wards, strict=True)
    ]


def _rare(posts: pd.DataFrame, area: Area) -> set[tuple[str, str]]:
    """The sensitive issues, ward by ward, that fewer than FLOOR accounts speak of among these posts."""
    heard: dict[tuple[str, str], set[str]] = {}
    authors = posts["author"] if "author" in posts else [None] * len(posts)
    for cells, author in zip(_sensitive(posts, area), authors, strict=True):
        for cell in cells:
            heard.setdefault(cell, set()).update({author} if isinstance(author, str) else set())
    return {cell for cell, voices in heard.items() if len(voices) < FLOOR}


def _shown(text: Any, display: str) -> str | None:
    """A text as far as its source's policy lets it leave."""
    if not isinstance(text, str) or display not in ("excerpt", "full"):
        return None
    if display == "full" or len(text) <= EXCERPT:
        return text
    cut = text[: EXCERPT + 1].rsplit(None, 1)[0] if re.search(r"\s", text[: EXCERPT + 1]) else text[:EXCERPT]
    return cut[:EXCERPT].rstrip(" ,;:–-") + "…"


# --- counts -------------------------------------------------------------------------------------

PERIODS = {"day": pd.DateOffset(days=1), "week": pd.DateOffset(days=7), "month": pd.DateOffset(months=1)}
CUTS = (*PERIODS, "issue", "place", "ward", "town", "channel", "source", "street", "placement")
Cell = tuple[Any, ...]
Move = dict[Any, int]  # values of one cut, and whether they go up or down together
_CODE = re.compile(r"[A-Z][0-9]{8}$")  # a GSS code
TRIES = 6  # partners looked at for each cut: the nearest in size


def counts(frame: pd.DataFrame, area: Area | None = None, now: datetime | None = None) -> pd.DataFrame:
    """Counts that may leave: cells of 1–4 voices read "fewer than 5", and no sum gives them away.

    A row is a cell, its CUTS say which; ``any`` (issues), the area's code or name and ``town:…``
    (places) are sums over the others. ``voices`` becomes text; the other figures of a hidden cell
    are missing. Beside each small cell further cells are hidden ("not shown"), chosen so that the
    small one could as well hold another number from 1 to 4: somewhere in the table some cells can
    go up and others down by one with every published cell and sum unchanged, and every hidden
    cell still what its mark says. (The argument of data swapping; Willenborg and de Waal,
    *Elements of Statistical Disclosure Control*, 2001, from general knowledge.) Sums
    are taken as if voices could be added, which is the worst case: distinct voices give less away.

    With ``area`` and ``now`` only whole periods are kept and ``attrs["heading"]`` is set; without
    an area it is not known which ward lies in which town, so town rows are left out. What is
    guarded is one export: two different cuts of the same days are two publications.
    """
    if "voices" not in frame or any(c in frame for c in ("hour", "block")):
        raise WordsError(
            "counts leave by whole days, weeks or months and with their voices; got "
            + ", ".join(map(str, frame.columns))
        )
    rows = _whole(frame, area, now) if area and now else frame
    table = _Table(_people(rows), area)
    if area is None and table.place:
        rows = rows[~rows[table.place].map(_is_town)]
        table = _Table(_people(rows), area)
    fewer, hidden, blank = table.hide()
    figures = [
        str(c) for c in rows if c not in CUTS and c != "voices" and pd.api.types.is_numeric_dtype(rows[c])
    ]
    gone = [cell in fewer or cell in hidden for cell in table.cells]
    told: dict[str, pd.Series] = {}
    for name in figures:
        lost = [g or (cell, name) in blank for g, cell in zip(gone, table.cells, strict=True)]
        whole = pd.api.types.is_integer_dtype(rows[name])
        figure = rows[name].astype("Int64" if whole else "Float64")
        told[name] = figure.mask(pd.Series(lost, index=rows.index, dtype=bool)) if any(lost) else figure
    said = zip(table.cells, rows["voices"], strict=True)
    marks = [FEWER if c in fewer else HIDDEN if c in hidden else str(int(v)) for c, v in said]
    told["voices"] = pd.Series(marks, index=rows.index, dtype="str")
    result = rows.assign(**told)
    result.attrs = {"hidden": sum(gone)}
    if area and now:
        result.attrs["heading"] = heading(area, now, {"rows": len(rows)})
    return result


def _people(rows: pd.DataFrame) -> pd.DataFrame:
    """The same cells, sized by people: where residents have no account, each post may be somebody."""
    if "posts" not in rows:
        return rows
    residents = ~rows["channel"].isin(("press", "official")) if "channel" in rows else True
    alone = (rows["voices"] == 0) & residents
    return rows.assign(voices=rows["voices"].mask(alone, rows["posts"]))


def _whole(frame: pd.DataFrame, area: Area, now: datetime) -> pd.DataFrame:
    """Only the rows whose day, week or month is over."""
    today = pd.Timestamp(now.astimezone(area.zone).date())
    for name, length in PERIODS.items():
        if name in frame:
            begun = pd.to_datetime(frame[name]).dt.tz_localize(None)
            frame = frame[(begun + length) <= today]
    return frame


def _is_town(place: Any) -> bool:
    return isinstance(place, str) and place.startswith("town:")


class _Table:
    """The cells of one export, and which of them can move together."""

    def __init__(self, rows: pd.DataFrame, area: Area | None) -> None:
        self.cuts = [c for c in CUTS if c in rows]
        self.place = next((c for c in ("place", "ward") if c in rows), None)
        columns = [rows[c].astype("object").where(rows[c].notna(), None).tolist() for c in self.cuts]
        self.cells: list[Cell] = list(zip(*columns, strict=True)) if columns else [()] * len(rows)
        self.voices = dict(zip(self.cells, map(int, rows["voices"]), strict=True))
        if len(self.voices) != len(rows):
            raise WordsError(
                f"counts leave with one row a cell; some share the same {', '.join(self.cuts) or 'table'}"
            )
        self.rows = rows
        self.town = {w.name: f"town:{w.town}" for w in area.wards if w.town} if area else {}
        self.all = {"any", area.code, area.name} if area else {"any"}
        self.values = [set(column) for column in columns]
        if self.place:  # wards go by name, so what is a code is the whole area
            self.all |= {v for v in self.values[self.cuts.index(self.place)] if _CODE.match(str(v))}
        self._known: dict[tuple[Any, int], list[Any]] = {}

    @cached_property
    def figures(self) -> dict[str, dict[Cell, int]]:
        """The other figures of each cell; one that is missing can hide nothing, as a nought cannot."""
        rows = self.rows
        others = [
            str(c) for c in rows if c not in CUTS and c != "voices" and pd.api.types.is_integer_dtype(rows[c])
        ]
        return {n: dict(zip(self.cells, map(int, rows[n].fillna(0)), strict=True)) for n in others}

    def hide(self) -> tuple[set[Cell], set[Cell], set[tuple[Cell, str]]]:
        """The small cells, the cells hidden with them, and the figures of sums to leave out."""
        fewer = {c for c, v in self.voices.items() if 0 < v < SMALL}
        hidden: set[Cell] = set()
        blank: set[tuple[Cell, str]] = set()
        for cell in sorted(fewer, key=lambda c: (self.voices[c], repr(c))):
            together = self._cheapest(cell, fewer, hidden)
            hidden |= {c for c in together if c not in fewer}
            blank |= set(self._telling(cell, together, fewer | hidden))
        return fewer, hidden, blank

    def _cheapest(self, cell: Cell, fewer: set[Cell], hidden: set[Cell]) -> dict[Cell, int]:
        """The cells that can move with a small one at the least loss; all its sums where there are none."""
        best: tuple[tuple[int, int], dict[Cell, int]] | None = None
        for moves in product(*(self._moves(cell, n) for n in range(len(self.cuts)))):
            together = _corners(moves)
            if not together.keys() <= self.voices.keys() or not self._free(together, fewer):
                continue
            fresh = [c for c in together if c not in fewer and c not in hidden]
            cost = (sum(self._is_sum(c) for c in fresh), sum(self.voices[c] for c in fresh))
            if best is None or cost < best[0]:
                best = (cost, together)
            if cost == (0, 0):
                break
        return best[1] if best else dict.fromkeys(self._sums(cell), 1)

    def _moves(self, cell: Cell, n: int) -> list[Move]:
        """The ways the value of one cut can move while the sums over that cut stay what they are."""
        own, published = cell[n], self.values[n]
        alone = {own: 1}
        if self._sums_of(own, n) == [] and not self._is_total(own, n):
            return [alone]  # no sum over this cut is published

        def beside(value: Any) -> Cell:
            return (*cell[:n], value, *cell[n + 1 :])

        by_size = sorted(
            (v for v in published - {own} if not self._is_total(v, n) and beside(v) in self.voices),
            key=lambda v: (self.voices[beside(v)], repr(v)),
        )
        if self._is_total(own, n):  # a sum moves with one of its parts, and with that part's other sums
            parts = [v for v in by_size if own in self._sums_of(v, n)]
            return [dict.fromkeys([v, *self._sums_of(v, n)], 1) for v in parts[:TRIES]] or [alone]
        same = [v for v in by_size if self._sums_of(v, n) == self._sums_of(own, n)][:TRIES]
        return [*({own: 1, v: -1} for v in same), dict.fromkeys([own, *self._sums_of(own, n)], 1)]

    def _sums_of(self, value: Any, n: int) -> list[Any]:
        """The published sums over one cut that hold a value."""
        if (value, n) not in self._known:
            sums = [v for v in self.values[n] if v in self.all and v != value]
            town = self.town.get(value) if isinstance(value, str) else None
            held = [] if value in self.all else [*sums, *([town] if town in self.values[n] else [])]
            self._known[value, n] = sorted(held, key=repr)
        return self._known[value, n]

    def _is_total(self, value: Any, n: int) -> bool:
        return value in self.all or (_is_town(value) and value in self.values[n])

    def _is_sum(self, cell: Cell) -> bool:
        return any(self._is_total(v, n) for n, v in enumerate(cell))

    def _sums(self, cell: Cell) -> Iterator[Cell]:
        """The published sums that hold a cell, itself included."""
        choices = [[v, *self._sums_of(v, n)] for n, v in enumerate(cell)]
        return (c for c in product(*choices) if c in self.voices)

    def _free(self, together: dict[Cell, int], fewer: set[Cell]) -> bool:
        """Whether all can go one up, or all one down, with each hidden cell still what its mark says."""

        def fits(step: int) -> bool:
            after = ((c, self.voices[c] + sign * step) for c, sign in together.items())
            return all(1 <= v < SMALL if c in fewer else v >= SMALL for c, v in after)

        return fits(1) or fits(-1)

    def _telling(self, cell: Cell, together: dict[Cell, int], gone: set[Cell]) -> Iterator[tuple[Cell, str]]:
        """Other figures of a small cell that its sums would give away because its partners have none."""
        for name, figure in self.figures.items():
            up = all(figure[c] >= 1 for c, sign in together.items() if sign < 0)
            down = all(figure[c] >= 1 for c, sign in together.items() if sign > 0)
            if figure[cell] and not (up or (down and figure[cell] > 1)):
                yield from ((c, name) for c in self._sums(cell) if c not in gone)


def _corners(moves: tuple[Move, ...]) -> dict[Cell, int]:
    """All cells a move of each cut makes together, with the sign each of them moves by."""
    result: dict[Cell, int] = {(): 1}
    for move in moves:
        result = {(*cell, value): sign * s for cell, sign in result.items() for value, s in move.items()}
    return result
