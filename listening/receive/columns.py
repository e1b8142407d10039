"""Columns: which of them is the text, the date, the place …; guessed, told, and corrected by hand.

A header's words come first, then what stands under it: a date must read as a date, a text must be
words. What would name a person, a home or an account is dropped, whatever anybody maps it to.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from listening.errors import WordsError
from listening.receive import days, words
from listening.receive.sheet import Sheet

ROLES = tuple(words.WORDS)
NEEDED = ("text", "published")
SURE, LIKELY, GUESS = "sure", "likely", "a guess"
LOOKED_AT = 300  # cells of a column that are looked at
WORDS_OF_TEXT = 4.0  # words in an average cell, from which it reads as text
MOSTLY = 0.8  # of the cells, where the header says nothing
HALF = 0.5  # of them, where it does
# Whole cells that can only be a person's: e-mail, UK phone, postcode, NI number, a pair of coordinates.
_PERSONAL = {
    "e-mail addresses": re.compile(r"[^@\s]+@[^@\s]+\.[a-z]{2,}", re.IGNORECASE),
    "phone numbers": re.compile(r"(?:\+44\s?|\(?0)(?:[\d()\s-]){9,13}"),
    "addresses": re.compile(r"[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}", re.IGNORECASE),
    "personal details": re.compile(r"[a-z]{2} ?\d\d ?\d\d ?\d\d ?[a-d]", re.IGNORECASE),
    "exact coordinates": re.compile(r"-?\d{1,3}\.\d{4,}(?:\s*,\s*-?\d{1,3}\.\d{4,})?"),
}


@dataclass(frozen=True)
class Column:
    """One column and what becomes of it."""

    name: str
    role: str  # one of ROLES, "marking", "dropped" or "" (not used)
    sure: str = ""  # SURE, LIKELY, GUESS
    why: str = ""  # for a dropped one: what it holds


@dataclass(frozen=True)
class Columns:
    """All columns of a sheet, in its order."""

    each: tuple[Column, ...]

    def of(self, role: str) -> list[str]:
        """The names of the columns with a role."""
        return [c.name for c in self.each if c.role == role]

    @property
    def dropped(self) -> dict[str, list[str]]:
        """What never comes in: kind of data -> its columns."""
        found: dict[str, list[str]] = {}
        for column in self.each:
            if column.role == "dropped":
                found.setdefault(column.why, []).append(column.name)
        return found

    @property
    def unsure(self) -> list[Column]:
        """The columns that must be right, and may not be."""
        return [c for c in self.each if c.role in NEEDED and c.sure != SURE]


def guess(
    sheet: Sheet, zone: ZoneInfo, channel: str | None, told: Mapping[str, str] | None = None
) -> Columns:
    """What each column is; ``told`` are roles given by hand, and come first.

    Only residents' own public posts have an author here: of reports and logs a name never comes in.
    Raises WordsError where a role is not one, a column is not there or must not come in, or nothing
    reads as text or as a date.
    """
    told = dict(told or {})
    dropped = {name: what for name in sheet.columns if (what := _never(sheet, name, channel))}
    _check(told, sheet, dropped)
    taken = {column: Column(column, role, SURE, "you said so") for role, column in told.items()}
    for name in sheet.columns:
        if name in dropped:
            taken[name] = Column(name, "dropped", SURE, dropped[name])
        elif name not in taken and _marks(sheet, name):
            taken[name] = Column(name, "marking", SURE, "its header")
    for role in ROLES:
        if role not in told and not (role == "author" and channel not in ("public", None)):
            for found in _found(sheet, role, taken, zone):
                taken[found.name] = found
    _by_contents(sheet, taken, zone)
    columns = Columns(tuple(taken.get(n, Column(n, "")) for n in sheet.columns))
    _complete(columns, sheet)
    return columns


def _check(told: Mapping[str, str], sheet: Sheet, dropped: Mapping[str, str]) -> None:
    for role, column in told.items():
        if role not in ROLES:
            raise WordsError(f"--map must give one of {', '.join(ROLES)}; got {role!r}")
        if column not in sheet.columns:
            raise WordsError(
                f"--map {role} must name a column of {sheet.name}: {', '.join(sheet.columns)}; got {column!r}"
            )
        if column in dropped:
            raise WordsError(
                f"--map {role} must not take {column!r}: it holds {dropped[column]}, which never come in"
            )


def _complete(columns: Columns, sheet: Sheet) -> None:
    missing = [r for r in NEEDED if not columns.of(r)]
    if "text" in missing and columns.of("title"):
        missing.remove("text")
    if missing and len(sheet.rows):
        hints = " ".join(f'--map {role}="…"' for role in missing)
        raise WordsError(
            f"no column of {sheet.name} reads as {' or as '.join(missing)}; its columns are "
            f"{', '.join(sheet.columns)}; say which with {hints}"
        )


def _never(sheet: Sheet, name: str, channel: str | None) -> str | None:
    """What a column holds that must not come in: by its header, or by most of its cells."""
    what = words.never(name)
    if what:
        return what
    if channel not in ("public", None) and words.plain(name) in words.WORDS["author"]:
        return "names"
    cells = [v for v in _cells(sheet, name) if isinstance(v, str)]
    for kind, form in _PERSONAL.items():
        if cells and sum(form.fullmatch(c) is not None for c in cells) >= len(cells) / 2:
            return kind
    return None


def _cells(sheet: Sheet, name: str) -> list[object]:
    return [v for v in sheet.rows[name].tolist()[:LOOKED_AT] if v is not None]


_YES_NO = re.compile(
    r"y|n|yes|no|true|false|0|1|none|official(?:\W*sensitive)?|public|unrestricted|restricted", re.I
)
_PLAINLY = (
    "confidential",
    "restricted",
    "exempt",
    "protective marking",
    "security marking",
    "security classification",
)


def _marks(sheet: Sheet, name: str) -> bool:
    """Whether a column says of each row if it is confidential."""
    said = words.plain(name)
    if said not in words.MARKS:
        return False
    return said in _PLAINLY or any(_YES_NO.fullmatch(str(v).strip()) for v in _cells(sheet, name))


def _found(sheet: Sheet, role: str, taken: Mapping[str, Column], zone: ZoneInfo) -> list[Column]:
    """The best columns for a role by their headers, as far as their contents allow."""
    scored = []
    for name in sheet.columns:
        header = 0.0 if name in taken else words.score(name, role)
        elsewhere = any(words.plain(name) in names for other, names in words.WORDS.items() if other != role)
        if header > 0.75 or (header and not elsewhere):
            fits = FITS.get(role, _anything)(_cells(sheet, name), zone)
            if fits:
                scored.append((header * fits, name, SURE if header > 0.75 and fits >= HALF else LIKELY))
    best = sorted(scored, key=lambda s: -s[0])[: words.MANY.get(role, 1)]
    return [Column(name, role, sure, "its header") for _, name, sure in best]


def _by_contents(sheet: Sheet, taken: dict[str, Column], zone: ZoneInfo) -> None:
    """What no header named, from the cells alone: a column of dates, and the one with most words."""
    roles = {c.role for c in taken.values()}
    free = [n for n in sheet.columns if n not in taken]
    if "published" not in roles:
        dates = {n: days.reads(_cells(sheet, n), zone) for n in free}
        name = max(free, key=lambda n: dates[n], default="")
        if name and dates[name] >= MOSTLY:
            taken[name] = Column(name, "published", GUESS, "its cells are dates")
    if "text" not in roles:
        free = [n for n in sheet.columns if n not in taken or taken[n].role == "title"]
        name = max(free, key=lambda n: _long(_cells(sheet, n)), default="")
        if name and _long(_cells(sheet, name)) >= WORDS_OF_TEXT:
            taken[name] = Column(name, "text", GUESS, "it holds the most words")


def _long(cells: Sequence[object]) -> float:
    """Words in an average cell that is text; numbers and dates are none."""
    said = [len(v.split()) for v in cells if isinstance(v, str) and re.search(r"[^\W\d_]{2}", v)]
    return sum(said) / len(cells) if cells else 0.0


def _anything(cells: Sequence[object], zone: ZoneInfo) -> float:
    return 1.0 if cells else 0.0


def _words(cells: Sequence[object], zone: ZoneInfo) -> float:
    """Text is words: "Comments" with a number in each cell is a count. An empty sheet proves nothing."""
    worded = sum(isinstance(v, str) and re.search(r"[^\W\d_]{2}", v) is not None for v in cells)
    return worded / len(cells) * min(1.0, 0.8 + _long(cells) / 10) if cells else 0.0


def _dates(cells: Sequence[object], zone: ZoneInfo) -> float:
    return days.reads(cells, zone)


def _short(cells: Sequence[object], zone: ZoneInfo) -> float:
    """Ids, places and classes are short."""
    return 1.0 if cells and max(len(str(v)) for v in cells) <= 200 else 0.0


def _named(cells: Sequence[object], zone: ZoneInfo) -> float:
    """A class or a place is named in letters: a code is neither."""
    return _short(cells, zone) if any(re.search(r"[^\W\d_]", str(v)) for v in cells) else 0.0


FITS: dict[str, Callable[[Sequence[object], ZoneInfo], float]] = {
    "text": _words, "published": _dates, "id": _short, "category": _named, "place": _named, "author": _short,
}  # fmt: skip
