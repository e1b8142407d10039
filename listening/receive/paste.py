"""Paste: what somebody copied off a page, as rows.

A block with tabs or a header is read as a table. Else blocks parted by empty lines are posts, and
where there are no empty lines each line is one. A line that is only a name stands for who wrote it, a
line that is only a date for when; what pages print under a comment ("Like · Reply · 2d") is left out.
"""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd

from listening.receive import days, files, words
from listening.receive.sheet import Sheet

NAME = "pasted"
_PAGE_WORDS = re.compile(
    r"(?:(?:like|love|reply|share|comment|send|follow|edited|author|top fan|see translation|see more|hide"
    r"|report|view \d+ (?:more )?(?:repl\w+|comments?)|\d+ (?:likes?|repl\w+|comments?|shares?)|all comments"
    r"|most relevant|write a (?:reply|comment).*)\W*)+",
    re.IGNORECASE,
)
_AGO = re.compile(
    r"(\d{1,3})\s?(m|min|mins|minutes?|h|hrs?|hours?|d|days?|w|wks?|weeks?|y|yrs?|years?)(?:\s+ago)?",
    re.IGNORECASE,
)
_LENGTH = {
    "m": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
    "w": timedelta(weeks=1),
}
_NAME = re.compile(r"(?:[^\W\d_a-z][\w'’.-]*\s+){1,3}[^\W\d_a-z][\w'’-]*")


def sheet(text: str, zone: ZoneInfo, now: datetime, ours: Iterable[str] = ()) -> Sheet:
    """Rows with text, author and published; ``ours`` are names of places, which are never authors."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip("\ufeff\n")
    first = next((line for line in text.split("\n") if line.strip()), "")
    if "\t" in first or sum(words.known(c) for c in re.split("[,;|]", first)) >= 2:
        return files.parted(text, NAME)
    blocks = [b for b in re.split(r"\n[ \t]*\n", text) if b.strip()]
    if len(blocks) == 1 and not _dated(blocks[0], zone, now):
        blocks = [line for line in text.split("\n") if line.strip()]
    protected = {name.lower() for name in ours}
    rows = [row for b in blocks if (row := _row(b, zone, now, protected))]
    frame = pd.DataFrame(rows, columns=["author", "published", "text"], dtype="object")
    frame.index = pd.RangeIndex(1, len(frame) + 1)
    named = int(frame["author"].notna().sum())
    told = (
        f"In {named} of {len(frame)} blocks the first line reads as who wrote it; it is not kept as words.",
    )
    return Sheet(NAME, frame.where(frame.notna(), None), (), (), told if named else ())


def _dated(block: str, zone: ZoneInfo, now: datetime) -> bool:
    return any(when(line, zone, now) for line in block.split("\n"))


def _row(block: str, zone: ZoneInfo, now: datetime, protected: set[str]) -> dict[str, Any] | None:
    """A block without its page's own words; None where nothing else was in it."""
    lines = [re.sub(r"^[-*•>]\s+", "", line.strip()) for line in block.split("\n")]
    published, kept = None, []
    for line in lines:
        moment = when(line, zone, now)
        if moment:
            published = published or moment
        elif line and not _PAGE_WORDS.fullmatch(line):
            kept.append(line)
    author = None
    if len(kept) > 1 and _NAME.fullmatch(kept[0]) and kept[0].lower() not in protected:
        author = kept.pop(0)
    return {"author": author, "published": published, "text": "\n".join(kept)} if kept else None


def when(line: str, zone: ZoneInfo, now: datetime) -> datetime | None:
    """The moment a line stands for, if it is nothing but a date or an age, and page words.

    An age is "2d"; a date may be "Yesterday at 10:12", or lack its year.
    """
    parts = [p.strip() for p in re.split(r"[·•|]|\s{2,}", line) if p.strip()]
    rest = [p for p in parts if not _PAGE_WORDS.fullmatch(p)]
    if len(rest) != 1:
        found = re.match(rf"({_AGO.pattern})\s+(?=\w)", line, re.IGNORECASE)
        tail = line[found.end() :] if found else ""
        rest = [found[1]] if found and _PAGE_WORDS.fullmatch(tail) else []
    elif len(rest[0].split()) > 1 and (
        found := re.match(rf"({_AGO.pattern})\s+(.*)", rest[0], re.IGNORECASE)
    ):
        rest = [found[1]] if _PAGE_WORDS.fullmatch(found[found.lastindex or 0]) else rest
    if not rest:
        return None
    age = _AGO.fullmatch(rest[0])
    if age:
        unit = age[2][0].lower()
        return now - int(age[1]) * (_LENGTH[unit] if unit in _LENGTH else timedelta(days=365))
    near = days.recent(rest[0], zone, now)
    return near or (days.moment(rest[0], zone) if re.search(r"\d", rest[0]) else None)
