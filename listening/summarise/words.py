"""Dates, times and numbers, as people say them.

Every time is shown on the area's own clock; every function takes ``now`` and the zone.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta, tzinfo

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
BARS = "▁▂▃▄▅▆▇"


def clock(at: datetime, zone: tzinfo) -> str:
    """The time of day: ``07:30``."""
    return f"{at.astimezone(zone):%H:%M}"


def moment(at: datetime, zone: tzinfo) -> str:
    """A day and a time, whole: ``Tuesday 3 November, 07:30``."""
    local = at.astimezone(zone)
    return f"{local:%A} {local.day} {local:%B}, {local:%H:%M}"


def day(at: datetime | date, now: datetime, zone: tzinfo) -> str:
    """The day something was on: ``today``, ``yesterday``, ``Sunday`` (up to six days back), ``29 October``.

    A day of another year carries the year. Days ahead are always dates.
    """
    that, today = _local(at, zone), now.astimezone(zone).date()
    back = (today - that).days
    if back in (0, 1):
        return ("today", "yesterday")[back]
    return f"{that:%A}" if 1 < back < 7 else on(that, today)


def on(that: date, today: date) -> str:
    """A date: ``29 October``, or ``29 October 2025`` where the year is not this one."""
    return f"{that.day} {that:%B}" + (f" {that.year}" if that.year != today.year else "")


def when(at: datetime, now: datetime, zone: tzinfo) -> str:
    """How old a post is, beside its quote: ``07:52`` where it is of today, else its day."""
    said = day(at, now, zone)
    return clock(at, zone) if said == "today" else said


def since(at: datetime, now: datetime, zone: tzinfo) -> str:
    """From when: ``06:41``, ``yesterday 06:10``, ``Monday 06:10``, ``29 October, 06:10``."""
    said = day(at, now, zone)
    if said == "today":
        return clock(at, zone)
    return f"{said}{',' if said[0].isdigit() else ''} {clock(at, zone)}"


def ago(at: datetime, now: datetime) -> str:
    """How long ago, in the largest whole unit: ``4 minutes ago``, ``3 hours ago``, ``2 days ago``."""
    seconds = max(0, int((now - at).total_seconds()))
    for unit, size in (("day", 86400), ("hour", 3600), ("minute", 60)):
        if seconds >= size:
            return f"{count(seconds // size, unit)} ago"
    return "just now"


def ahead(that: date) -> str:
    """A day to come, short: ``Thu 5 Nov``."""
    return f"{that:%a} {that.day} {that:%b}"


def part_of_day(at: datetime, zone: tzinfo) -> str:
    """``morning`` to noon, ``afternoon`` to six, then ``evening``."""
    hour = at.astimezone(zone).hour
    return "morning" if hour < 12 else "afternoon" if hour < 18 else "evening"


def midnight(now: datetime, zone: tzinfo) -> datetime:
    """The local midnight before ``now``, as an aware time."""
    return now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)


def count(number: int, noun: str) -> str:
    """A number with its noun: ``1 post``, ``1,204 posts``, ``2 replies``."""
    plural = noun if number == 1 else f"{noun[:-1]}ies" if noun.endswith("ry") else f"{noun}s"
    return f"{number:,} {plural}"


def spelled(number: int) -> str:
    """A small number as a word (``two``), a larger one in figures."""
    return NUMBERS[number] if 0 <= number < len(NUMBERS) else f"{number:,}"


def listed(words: Iterable[str]) -> str:
    """``bins``; ``bins and buses``; ``bins, buses and parks``."""
    *most, last = [*words] or [""]
    return f"{', '.join(most)} and {last}" if most else last


def capital(text: str) -> str:
    """The text with its first letter large; the rest as it is."""
    return text[:1].upper() + text[1:]


def lower(label: str) -> str:
    """An issue's label inside a sentence: ``flooding``; abbreviations stay (``CCTV``)."""
    first = label.split(" ")[0]
    return label if first.isupper() and len(first) > 1 else label[:1].lower() + label[1:]


def bars(numbers: Iterable[float]) -> str:
    """A small picture of a few numbers in letters: ``▁▁▂▇▅▂▂``; tallest is the largest."""
    values = [max(0.0, float(n)) for n in numbers]
    top = max(values, default=0.0) or 1.0
    return "".join(BARS[round(v / top * (len(BARS) - 1))] for v in values)


def days(until: date, number: int) -> list[date]:
    """The ``number`` local days that end with ``until``, oldest first."""
    return [until - timedelta(days=n) for n in reversed(range(number))]


def _local(at: datetime | date, zone: tzinfo) -> date:
    return at.astimezone(zone).date() if isinstance(at, datetime) else at
