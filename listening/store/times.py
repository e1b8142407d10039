"""Times as the tables hold them: whole microseconds since 1970 UTC, and days of the local calendar."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from listening.given import instant
from listening.post import UTC_DTYPE

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
EPOCH_DAY = EPOCH.toordinal()
SECOND = 1_000_000  # microseconds
DAY = 86_400 * SECOND
NAT = np.iinfo("int64").min  # numpy's number for no time


def micro(moment: datetime) -> int:
    """Microseconds since 1970 UTC; what is no time, or has no zone, is refused."""
    return (instant(moment) - EPOCH) // timedelta(microseconds=1)


def moment(value: int) -> datetime:
    """The UTC time of so many microseconds."""
    return EPOCH + timedelta(microseconds=value)


def moments(values: Iterable[int | None]) -> pd.Series:
    """A column of UTC times, ``datetime64[us, UTC]``; None becomes NaT."""
    known = list(values)
    try:
        column = np.array(known, dtype="int64")  # a tenth of the time, where none is missing
    except (TypeError, ValueError):
        column = np.array([NAT if v is None or v != v else int(v) for v in known], dtype="int64")
    return pd.Series(pd.DatetimeIndex(column.view("datetime64[us]"), tz="UTC"), dtype=UTC_DTYPE)


def dates(days: Iterable[int]) -> pd.Series:
    """A column of local days as midnights without a zone, ``datetime64[us]``: a day is no instant."""
    whole = days.astype("int64") if isinstance(days, np.ndarray) else np.fromiter(days, dtype="int64")
    since = whole - EPOCH_DAY
    return pd.Series((since * DAY).view("datetime64[us]"))


def local_day(when: datetime, zone: ZoneInfo) -> int:
    """The ordinal of the local day in which an instant lies."""
    return instant(when).astimezone(zone).date().toordinal()


def midnight(day: int, zone: ZoneInfo) -> int:
    """The microsecond at which a local day begins."""
    first = date.fromordinal(day)
    return micro(datetime(first.year, first.month, first.day, tzinfo=zone))


def first_day_from(when: datetime | date, zone: ZoneInfo) -> int:
    """The first local day that begins at or after a moment; a date is that day itself."""
    if isinstance(when, date) and not isinstance(when, datetime):
        return when.toordinal()
    day = local_day(when, zone)
    return day if midnight(day, zone) >= micro(when) else day + 1


def week_of(day: int) -> int:
    """The Monday of a day's ISO week (ordinal 1, 1 January of year 1, was a Monday)."""
    return day - (day - 1) % 7


def month_of(day: int) -> int:
    """The first day of a day's month."""
    return date.fromordinal(day).replace(day=1).toordinal()


def after(period: str, start: int) -> int:
    """The day on which a week or month that began on `start` is over."""
    if period == "day":
        return start + 1
    return start + 7 if period == "week" else month_of(start + 31)
