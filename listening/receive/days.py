"""Days: dates as people and programs write them, read the same way down a whole column.

05/11/2026 is 5 November here and 11 May in an export from America. One date with a 28 in the second
place settles a column; where none does, the day comes first, and that is said.
"""

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, tzinfo
from email.utils import parsedate_to_datetime
from typing import Any
from zoneinfo import ZoneInfo

EARLIEST = 1990
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September", "October"),
    *("November", "December"),
)
_MONTHS = {name[:3].lower(): n for n, name in enumerate(MONTHS, 1)}
_CLOCK = (
    r"(?:[,T ]*\s*(?:at\s+)?(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:[.,]\d+)?)?"
    r"\s*(?P<half>[ap]\.?m\.?)?)?\s*(?P<zone>Z|UTC|GMT|BST)?"
)
_NUMBERS = re.compile(
    r"(?:[A-Za-z]{3,9},?\s+)?(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})" + _CLOCK, re.IGNORECASE
)
_DAY_FIRST = re.compile(
    r"(?:[A-Za-z]{3,9},?\s+)?(\d{1,2})(?:st|nd|rd|th)?[\s-]+(?:of\s+)?([A-Za-z]{3,9})\.?,?[\s-]+(\d{4}|\d{2})"
    + _CLOCK,
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(
    r"(?:[A-Za-z]{3,9},?\s+)?([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})" + _CLOCK,
    re.IGNORECASE,
)
_NAMES = "|".join(f"{m[:3]}|{m}" for m in MONTHS) + "|Sept"
_WEEKDAY = r"(?:(?:Mon|Tue|Tues|Wed|Wednes|Thu|Thurs|Fri|Sat|Satur|Sun)(?:day)?,?\s+)?"
_NO_YEAR = re.compile(
    rf"{_WEEKDAY}(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<month>{_NAMES})\.?"
    rf"|(?P<month2>{_NAMES})\.?\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?){_CLOCK}",
    re.IGNORECASE,
)
_NEAR = re.compile(rf"(?P<near>today|yesterday){_CLOCK}", re.IGNORECASE)
_YEAR_FIRST = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})" + _CLOCK, re.IGNORECASE)
_SINCE_1970 = re.compile(r"1\d{9}(?:\d{3})?")
_SERIAL = re.compile(r"(?:3[3-9]|4\d|5\d)\d{3}(?:\.\d+)?")  # Excel's days since 1900, 1990 to 2064


def day_first(values: Iterable[Any]) -> tuple[bool, str | None]:
    """Whether the day stands first in a column, and a sentence where the column does not say so itself."""
    found = [m for v in values if isinstance(v, str) and (m := _NUMBERS.fullmatch(v.strip()))]
    days = sum(int(m[1]) > 12 for m in found)
    months = sum(int(m[3]) > 12 for m in found)
    if not found or days > months:
        return True, None
    first = found[0]
    example = first[0].split()[0]
    if months:
        return False, f"Dates are read month first, as some of them can only be: {example}."
    if all(m[1] == m[3] for m in found):
        return True, None
    month = MONTHS[int(first[3]) - 1] if int(first[3]) else "no month"
    return True, f"Dates are read day first, as is usual here: {example} is {int(first[1])} {month}."


def moment(value: Any, zone: ZoneInfo, british: bool = True) -> datetime | None:
    """A moment in UTC, or None where it is no date; what names no zone is local time."""
    if value is None or value != value:  # NaT is the only date that is not itself
        return None
    if isinstance(value, datetime):
        return _utc(value, zone)
    if hasattr(value, "year"):  # a day without a time
        return _utc(datetime(value.year, value.month, value.day), zone)  # noqa: DTZ001 - made local at once
    text = " ".join(str(value or "").split())
    if not text or len(text) > 60:
        return None
    try:
        return _read(text, zone, british)
    except (ValueError, OverflowError, KeyError):
        return None


def recent(text: str, zone: ZoneInfo, now: datetime) -> datetime | None:
    """The moment pages mean by "Yesterday at 10:12" or "12 November at 09:30": the latest past one."""
    text, today = " ".join(text.split()), now.astimezone(zone).date()
    if near := _NEAR.fullmatch(text):
        day = today - timedelta(days=near["near"].lower() == "yesterday")
        return _possible(day.year, day.month, day.day, near, zone)
    if found := _NO_YEAR.fullmatch(text):
        month, number = (
            _MONTHS[(found["month"] or found["month2"])[:3].lower()],
            found["day"] or found["day2"],
        )
        years = range(today.year, today.year - 9, -1)  # a 29 February may lie eight years back
        said = (_possible(year, month, int(number), found, zone) for year in years)
        return next((m for m in said if m and m <= now), None)
    return None


def _possible(year: int, month: int, day: int, found: "re.Match[str]", zone: ZoneInfo) -> datetime | None:
    """As `_made`, or None where there is no such day or hour."""
    try:
        return _made(year, month, day, found, zone)
    except ValueError:
        return None


def _read(text: str, zone: ZoneInfo, british: bool) -> datetime | None:
    if _SINCE_1970.fullmatch(text):
        return datetime.fromtimestamp(int(text) / (1000 if len(text) == 13 else 1), UTC)
    if _SERIAL.fullmatch(text):
        days = timedelta(seconds=round(float(text) * 86_400))
        return _utc(datetime(1899, 12, 30) + days, zone)  # noqa: DTZ001
    if re.match(r"\d{4}-\d\d?-\d", text):
        return _utc(datetime.fromisoformat(re.sub(r"\s+(?=[+-]\d\d:?\d\d$)", "", text)), zone)
    if found := _NUMBERS.fullmatch(text):
        one, two = int(found[1]), int(found[3])
        return _made(_year(found[4]), *((two, one) if british else (one, two)), found, zone)
    if found := _YEAR_FIRST.fullmatch(text):
        return _made(int(found[1]), int(found[2]), int(found[3]), found, zone)
    if found := _DAY_FIRST.fullmatch(text):
        return _made(_year(found[3]), _MONTHS[found[2][:3].lower()], int(found[1]), found, zone)
    if found := _MONTH_FIRST.fullmatch(text):
        return _made(int(found[3]), _MONTHS[found[1][:3].lower()], int(found[2]), found, zone)
    if re.search(r"[A-Za-z]{3} \d{4} \d\d:", text):
        return _utc(parsedate_to_datetime(text), zone)
    return None


def _year(digits: str) -> int:
    return int(digits) + (2000 if len(digits) == 2 else 0)


def _made(year: int, month: int, day: int, found: "re.Match[str]", zone: ZoneInfo) -> datetime:
    hour = int(found["hour"] or 0)
    if found["half"]:
        hour = hour % 12 + (12 if found["half"].lower().startswith("p") else 0)
    said = datetime(year, month, day, hour, int(found["minute"] or 0), int(found["second"] or 0))  # noqa: DTZ001
    named: tzinfo = UTC if (found["zone"] or "").upper() in ("Z", "UTC", "GMT") else zone
    return _utc(said.replace(tzinfo=named), zone)


def _utc(value: datetime, zone: ZoneInfo) -> datetime:
    """In UTC; an hour that happens twice is the first one."""
    if value.year < EARLIEST:
        raise ValueError("too early")
    return (value if value.tzinfo else value.replace(tzinfo=zone)).astimezone(UTC)


def reads(values: Iterable[Any], zone: ZoneInfo) -> float:
    """The share of a column's filled cells that are dates; bare numbers are not taken for days."""
    filled = [v for v in values if v is not None][:200]
    known = [v for v in filled if not (isinstance(v, str) and _SERIAL.fullmatch(v)) and _either(v, zone)]
    return len(known) / len(filled) if filled else 0.0


def _either(value: Any, zone: ZoneInfo) -> bool:
    return moment(value, zone) is not None or moment(value, zone, british=False) is not None
