"""What is coming up: days ahead named in official items."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pandas as pd

from listening.summarise.rows import each

FARTHEST = timedelta(days=60)  # later than this is nobody's week
MONTHS = tuple(calendar.month_name[n].lower() for n in range(1, 13))
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_MONTH = rf"(?P<month>{'|'.join(f'{m}|{m[:3]}' for m in MONTHS)})"
_DATE = re.compile(rf"\b{_DAY}\s+(?:of\s+)?{_MONTH}\b\.?,?(?:\s+(?P<year>20\d\d))?", re.IGNORECASE)


@dataclass(frozen=True)
class Ahead:
    """One day to come, and what it brings."""

    on: date
    title: str
    source: str
    id: str
    url: str | None


def dates(text: str, said: date) -> list[date]:
    """The dates named in a text, in order; one without a year is the next to come after ``said``.

    A day that does not exist ("31 June") is left out.
    """
    found = []
    for match in _DATE.finditer(text):
        month = next(i for i, m in enumerate(MONTHS, 1) if m.startswith(match["month"].lower()))
        for year in [int(match["year"])] if match["year"] else [said.year, said.year + 1]:
            try:
                day = date(year, month, int(match["day"]))
            except ValueError:
                continue
            if match["year"] or day >= said:
                found.append(day)
                break
    return found


def ahead(official: pd.DataFrame, now: datetime, zone: ZoneInfo, most: int = 3) -> list[Ahead]:
    """The next few days that official items name, soonest first; today counts until it is over.

    A day in the title goes before those in the text: an agenda names other days than its meeting's.
    """
    today = now.astimezone(zone).date()
    coming: dict[tuple[date, str], Ahead] = {}
    for item in each(official):
        title = item.title or item.text or ""
        said = item.published.tz_convert(zone).date()
        days = next(
            (
                found
                for words in (title, item.text or "")
                if (found := [d for d in dates(words, said) if today <= d <= today + FARTHEST])
            ),
            [],
        )
        if days and title:
            first = min(days)
            coming.setdefault((first, title), Ahead(first, _plain(title), item.source, item.id, item.url))
    return sorted(coming.values(), key=lambda a: (a.on, a.title))[:most]


def _plain(title: str) -> str:
    """The title without the date it begins or ends with: that stands beside it."""
    bare = re.sub(rf"^(?:\w+day,?\s+)?{_DATE.pattern}\s*[:,–-]\s*", "", title, flags=re.IGNORECASE)
    bare = re.sub(rf"[\s,:–-]*(?:\bon\s+)?(?:\w+day,?\s+)?{_DATE.pattern}\s*$", "", bare, flags=re.IGNORECASE)
    return bare or title
