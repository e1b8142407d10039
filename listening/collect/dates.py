"""Dates as feeds write them, read as British feeds mean them.

``read`` gives a UTC time, or None where the words hold no date it is sure of.
It knows ISO 8601, RFC 822 and its many cousins, ``5/11/2026 14:30`` (day first: 5 November) and
"5 November 2026 2.30 pm", with English or Welsh months.
A time without a zone is a time in Europe/London, summer time included.

Why not a library: feedparser 6.0.14 reads ``14:30 BST`` as 14:30 UTC, an hour wrong, and does not
know ``05/11/2026``; dateutil with ``dayfirst`` turns ISO ``2026-11-05`` into 11 May (both seen
2026-11-22).
"""

import re
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
EARLIEST = 1990  # a year before this is a machine's empty date (1970, 1900, 0001), not a day

# Names of zones, hours east of Greenwich. IST is Irish time here: the feeds are British ones.
# RFC 822 section 5.1 for the American ones; tz database for the European and Australian ones.
ZONES = {
    **dict.fromkeys(("UT", "UTC", "GMT", "Z", "WET"), 0),
    **dict.fromkeys(("BST", "IST", "WEST", "CET"), 1),
    **dict.fromkeys(("CEST", "EET"), 2),
    **{"EEST": 3, "MSK": 3, "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13},
    **{"EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7},
}

_ENGLISH = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WELSH = ("ion", "chw", "maw", "ebr", "mai", "meh", "gor", "aws", "med", "hyd", "tac", "rha")
_MONTHS = {name: i for names in (_ENGLISH, _WELSH) for i, name in enumerate(names, start=1)}

_WEEKDAY = re.compile(r"^[^\W\d_]+\.?(?:,\s*|\s+)")  # in any language, right or wrong
_DAYS = (
    re.compile(r"^(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?!\d)"),
    re.compile(r"^(?P<y>\d{4})/(?P<m>\d{1,2})/(?P<d>\d{1,2})(?!\d)"),
    re.compile(r"^(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})(?!\d)"),
    re.compile(r"^(?P<d>\d{1,2})(?P<sep>[/.-])(?P<m>\d{1,2})(?P=sep)(?P<y>\d{4}|\d{2})(?!\d)"),
    re.compile(
        r"^(?P<d>\d{1,2})(?:st|nd|rd|th)?[\s-]*(?:of )?(?P<name>[^\W\d_]{3,})[.,]*[\s-]*"
        r"(?P<y>\d{4}|\d{2})(?!\d)"
    ),
    re.compile(r"^(?P<name>[^\W\d_]{3,})\.? +(?P<d>\d{1,2})(?:st|nd|rd|th)?,? +(?P<y>\d{4})(?!\d)"),
)
# ctime's order, the year last: "Nov 5 14:30:00 2026"; the time is moved behind the year.
_CTIME = re.compile(
    r"^(?P<name>[^\W\d_]{3,}) (?P<d>\d{1,2}) (?P<time>\d{1,2}:\d\d(?::\d\d)?) ?"
    r"(?P<zone>[A-Z]{1,5})? (?P<y>\d{4})$"
)
_TIME = re.compile(
    r"^(?:\s[-–]\s|[\sT,]*)(?:at\s+)?(?P<h>\d{1,2})(?:[:.]?(?P<min>\d{2})(?:[:.](?P<s>\d{2})(?:[.,]\d+)?)?)?"
    r"\s*(?P<half>[ap]\.?m\b\.?)?",
    re.IGNORECASE,
)
_ZONE = re.compile(r"^(?P<name>[A-Za-z]{0,5})\s*(?:(?P<sign>[+-])(?P<h>\d{1,2}):?(?P<min>\d{2})?)?(?!\d)")


def read(words: str | None) -> datetime | None:
    """The UTC time that the words of a feed name, or None.

    >>> read("Thu, 05 Nov 2026 14:30:00 GMT").isoformat()
    '2026-11-05T14:30:00+00:00'
    >>> read("5/6/2026 14:30").isoformat()  # June: British summer time
    '2026-06-05T13:30:00+00:00'
    """
    try:
        return _read(words) if words else None
    except (ValueError, OverflowError):  # 31 February, 25:61, the year 0
        return None


def retry_after(header: str | None, now: datetime) -> timedelta | None:
    """How long ``Retry-After`` asks us to wait: seconds or an HTTP date (RFC 9110, 10.2.3)."""
    if header and header.strip().isdecimal():
        return timedelta(seconds=min(int(header.strip()[:10]), 10**9))
    until = read(header)
    return max(until - now, timedelta(0)) if until else None


def _read(words: str) -> datetime | None:
    words = re.sub(r"\([^)]*\)", " ", words[:100])  # "+0100 (BST)": the comment repeats
    words = " ".join(words.split())
    # As it stands first: "Nov 5, 2026" begins with a month, and Tuesday is "Mawrth", March, in Welsh.
    for text in (words, _WEEKDAY.sub("", words)):
        text = _CTIME.sub(r"\g<name> \g<d> \g<y> \g<time> \g<zone>", text)
        for pattern in _DAYS:
            if found := pattern.match(text):
                day = _day(found.groupdict())
                return _instant(day, text[found.end() :]) if day and day.year >= EARLIEST else None
    return None


def _day(parts: dict[str, str]) -> datetime | None:
    year = int(parts["y"])
    if len(parts["y"]) == 2:
        year += 1900 if year >= 69 else 2000  # POSIX's turn of the century
    month = _MONTHS.get(parts["name"][:3].lower()) if "name" in parts else int(parts["m"])
    return datetime(year, month, int(parts["d"]), tzinfo=LONDON) if month else None


def _instant(day: datetime, rest: str) -> datetime | None:
    """The UTC instant of a local day and what was written behind it (a time, a zone, neither)."""
    clock = _TIME.match(rest)
    if clock is None:
        return None if re.search(r"\d", rest) else day.astimezone(UTC)
    hour, minute = int(clock["h"]), int(clock["min"] or 0)
    if clock["half"]:
        hour = hour % 12 + (12 if clock["half"][0] in "pP" else 0)
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        return None
    second = min(int(clock["s"] or 0), 59)  # :60 is a leap second
    moment = day + timedelta(hours=hour, minutes=minute, seconds=second)
    return moment.replace(tzinfo=_zone(rest[clock.end() :].strip())).astimezone(UTC)


def _zone(words: str) -> timezone | ZoneInfo:
    found = _ZONE.match(words)
    if found and found["sign"]:
        east = timedelta(hours=int(found["h"]), minutes=int(found["min"] or 0))
        return timezone(east if found["sign"] == "+" else -east)
    name = found["name"].upper() if found else ""
    # An unknown name says no more than no name: the feed means its own clock on the wall.
    return timezone(timedelta(hours=ZONES[name])) if name in ZONES else LONDON
