"""Grid: where in a table of cells the header stands, and the rows under it.

Spreadsheets begin with titles, dates and logos; a header may be two rows, the upper one merged
("Customer | | Case |" above "Name | Phone | Ref | Notes").
"""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

import pandas as pd

from listening.receive import words
from listening.receive.sheet import Broken, Sheet, cell

LOOKED_AT = 30  # rows in which a header is looked for
LONGEST = 60  # characters of a header's cell

Row = tuple[int, list[Any]]  # its number as a person counts it, and its cells


def sheet(name: str, raw: Sequence[tuple[int, Sequence[Any]]], above: Sequence[str] = ()) -> Sheet:
    """The rows of a table under its header; rows with more cells than the header are broken."""
    rows: list[Row] = [(n, [cell(c) for c in cells]) for n, cells in raw]
    rows = [(n, cells) for n, cells in rows if any(c is not None for c in cells)]
    at = _header(rows)
    if at is None:
        titles, names, body = [], _numbered(rows), rows
    else:
        first, last = _span(rows, at)
        titles, names, body = rows[:first], _names([c for _, c in rows[first : last + 1]]), rows[last + 1 :]
    told = [str(c) for _, cells in titles for c in cells if c is not None]
    good, broken = _fitted(body, len(names))
    frame = pd.DataFrame([c for _, c in good], columns=names, index=[n for n, _ in good], dtype="object")
    frame = frame.astype("object").where(frame.notna(), None)
    remark = () if at is not None or not body else ("No row reads as a header; the columns are numbered.",)
    return Sheet(name, frame, (*above, *told), tuple(broken), remark)


def _header(rows: Sequence[Row]) -> int | None:
    """The row that holds the names: most known words, or short words above rows as wide."""
    top = rows[:LOOKED_AT]
    hits = [_hits(cells) for _, cells in top]
    best = max(range(len(top)), key=lambda i: (hits[i], -i), default=None)
    if best is not None and hits[best] >= 2:
        return best
    widths = Counter(_width(cells) for _, cells in rows[:200])
    width = max(widths, key=lambda w: (widths[w], w), default=0)
    for i, (_, cells) in enumerate(top):
        if _width(cells) >= max(1, width) and _named(cells) and i + 1 < len(rows):
            return i
    return best if best is not None and hits[best] else None


def _hits(cells: Sequence[Any]) -> int:
    said = [c for c in cells if isinstance(c, str)]
    if any(len(c) > LONGEST for c in said):
        return 0
    return len({words.plain(c) for c in said if words.known(c)})


def _width(cells: Sequence[Any]) -> int:
    return max((i + 1 for i, c in enumerate(cells) if c is not None), default=0)


def _named(cells: Sequence[Any]) -> bool:
    """Whether all cells could be names of columns: short, different words, no dates or numbers."""
    said = [c for c in cells if c is not None]
    short = all(
        isinstance(c, str) and len(c) <= LONGEST and re.search(r"[^\W\d_]", c) and not re.search(r"\d\d", c)
        for c in said
    )
    return short and len(set(said)) == len(said) and not any(c.endswith((".", "!", "?")) for c in said[:1])


def _span(rows: Sequence[Row], at: int) -> tuple[int, int]:
    """First and last row of the header: groups above it, or a second row of names below it."""
    first = last = at
    if at and _groups(rows[at - 1][1], rows[at][1]):
        first = at - 1
    elif at + 1 < len(rows) and _groups(rows[at][1], rows[at + 1][1]) and _hits(rows[at + 1][1]) > 1:
        last = at + 1
    return first, last


def _groups(upper: Sequence[Any], lower: Sequence[Any]) -> bool:
    """Whether the upper row holds two or more groups, with gaps, over a row of names."""
    filled = [i for i, c in enumerate(upper) if c is not None]
    gaps = _width(lower) - len(filled)
    return len(filled) >= 2 and gaps > 0 and _named([upper[i] for i in filled]) and _named(lower)


def _names(header: Sequence[Sequence[Any]]) -> list[str]:
    """One name a column; those of two rows joined, nameless ones numbered, doubles told apart."""
    width = max(_width(cells) for cells in header)
    joined = [""] * width
    for row, cells in enumerate(header):
        last = ""
        for i in range(width):
            said = str(cells[i]) if i < len(cells) and cells[i] is not None else ""
            last = said or (last if row < len(header) - 1 else "")  # a merged cell goes on to the right
            joined[i] = " ".join(p for p in (joined[i], " ".join(last.split())) if p)
    result: list[str] = []
    for i, said in enumerate(joined):
        name, number = said or f"column {i + 1}", 2
        while name in result:
            name, number = f"{said or 'column'} ({number})", number + 1
        result.append(name)
    return result


def _numbered(rows: Sequence[Row]) -> list[str]:
    widths = Counter(_width(cells) for _, cells in rows)
    width = max(widths, key=lambda w: (widths[w], w), default=0)
    return [f"column {i + 1}" for i in range(width)]


def _fitted(body: Sequence[Row], width: int) -> tuple[list[Row], list[Broken]]:
    good: list[Row] = []
    broken: list[Broken] = []
    for number, cells in body:
        if _width(cells) > width:
            said = " | ".join(str(c) for c in cells if c is not None)
            why = f"it has {_width(cells)} cells and the header has {width}: is a separator inside its words?"
            broken.append(Broken(number, said, why))
        else:
            good.append((number, [*cells, *[None] * (width - len(cells))][:width]))
    return good, broken
