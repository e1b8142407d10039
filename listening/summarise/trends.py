"""What is usual, and whether something has changed.

A usual range is counted, never modelled: nine weeks in ten lie in it.
An arrow is drawn only where chance alone would seldom draw it.
"""

import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from listening.given import columns, instant

WEEKS = 26  # half a year: long enough for tails, short enough to follow a place that changes
FEWEST = 8  # blocks below which no range is given: the 5th percentile of 7 numbers is a guess
LOW, HIGH = 0.05, 0.95  # nine in ten
HEARD = 0.7  # of its days: a block heard on fewer is no evidence; a weekend without answers is let pass
Z95 = 1.959964  # two-sided 95 % point of the normal distribution
JUDGED_FROM = 10  # accounts: no arrow and no comparison below (a count may stand beside its usual range)
LONDON = ZoneInfo("Europe/London")

Array = Any  # of numpy


@dataclass(frozen=True)
class Usual:
    """The range in which nine in ten of the earlier blocks lay."""

    low: int
    high: int
    weeks: int  # how many blocks it rests on


def usual(blocks: Iterable[float]) -> Usual | None:
    """The usual range of a figure, from its earlier blocks (oldest first); None with fewer than 8.

    The newest 26 count. The ends are the 5th and 95th percentile, each moved outward to a number
    that was really seen, so that at least nine in ten lie inside.

    >>> usual(pd.Series([5, 7, 6, 8, 9, 5, 13, 6, 7]))
    Usual(low=5, high=13, weeks=9)
    """
    newest = sorted([n for n in blocks if n == n][-WEEKS:])  # a missing one equals nothing
    last = len(newest) - 1
    if len(newest) < FEWEST:
        return None
    return Usual(int(newest[math.floor(last * LOW)]), int(newest[math.ceil(last * HIGH)]), len(newest))


def usually(usual_range: Usual | None, weeks: int = 0) -> str:
    """The range in words: ``usually 5–13``, ``usually none``, ``no usual range yet: heard for 3 weeks``."""
    if usual_range is None:
        return f"no usual range yet: heard for {weeks} week{'' if weeks == 1 else 's'}"
    low, high = usual_range.low, usual_range.high
    if low == high:
        return f"usually {low:,}" if low else "usually none"
    return f"usually {low:,}–{high:,}"


def stands(number: float, usual_range: Usual | None) -> str | None:
    """Where a figure lies: ``above``, ``below`` or ``within`` its usual range; None without one."""
    if usual_range is None:
        return None
    return "above" if number > usual_range.high else "below" if number < usual_range.low else "within"


def weekly(
    daily: "pd.Series | Mapping[date, int]",
    first: date,
    until: date,
    length: int = 7,
    deaf: Collection[date] = (),
) -> pd.Series:
    """Sums over ``length`` whole days each, ending at ``until`` (not in it) and each week before.

    Oldest first. ``daily`` is indexed by date, or by midnights (of a zone: its own days count); a day
    without a row or without a number is a zero. Blocks that would
    begin before ``first``, the first day anybody was heard, are left out. Blocks of 7 days hold
    every weekday once; longer ones overlap. On ``deaf`` days nothing could be heard: a block with
    fewer than seven in ten days heard is missing (a day with posts was heard).
    """
    days, posts = (
        (daily.index, daily) if isinstance(daily, pd.Series) else (pd.Index([*daily]), [*daily.values()])
    )
    one, numbers = np.zeros(len(days), "int64"), np.nan_to_num(np.array(posts, "float64")).astype("int64")
    return pd.Series(blocks(one, days, numbers, first, until, length, deaf, 1)[0])


def blocks(
    cell: Array,
    days: Any,
    posts: Array,
    first: date,
    until: date,
    length: int,
    deaf: Collection[date],
    cells: int,
) -> Array:
    """The blocks of ``weekly`` of so many cells at once, a row each; ``cell`` says whose each number is."""
    whole = max(0, (until - first).days)
    numbers = np.zeros((cells, whole), "int64")
    back = _back(days, until)
    inside = (back >= 0) & (back < whole)
    np.add.at(numbers, (cell[inside], back[inside]), posts[inside])
    lost = np.isin(np.arange(whole), _back([*deaf], until)) & (numbers == 0)
    starts = np.arange(0, whole - length + 1, 7)[::-1]
    heard = length - _sums(lost, starts, length) >= HEARD * length
    sums = _sums(numbers, starts, length)
    return sums if heard.all() else np.where(heard, sums, np.nan)


def _back(days: Any, until: date) -> Array:
    """How many days lie between each of these and ``until``."""
    if getattr(getattr(days, "dtype", None), "tz", None) is not None:
        days = pd.DatetimeIndex(days).tz_localize(None)  # the day it is there, which NumPy takes in UTC
    return (np.datetime64(until) - np.asarray(days, dtype="datetime64[D]")).astype("int64") - 1


def _sums(numbers: Array, starts: Array, length: int) -> Array:
    """What each row adds up to over ``length`` columns from each start on."""
    upto = np.pad(np.cumsum(numbers, axis=1), ((0, 0), (1, 0)))
    return upto[:, starts + length] - upto[:, starts]


def wilson(part: float, whole: float) -> tuple[float, float]:
    """The 95 % interval of a share (0–1); an empty whole says nothing: (0, 1).

    Wilson (1927), doi:10.1080/01621459.1927.10502953.
    """
    if whole <= 0:
        return 0.0, 1.0
    share, square = part / whole, Z95**2 / whole
    middle = (share + square / 2) / (1 + square)
    spread = Z95 / (1 + square) * math.sqrt(share * (1 - share) / whole + square / (4 * whole))
    return max(0.0, middle - spread), min(1.0, middle + spread)


def change(before: float, after: float, accounts: float) -> str:
    """``rising``, ``falling`` or ``no clear change`` between two equally long windows.

    Of ``before + after`` conversations the share that came after is one half where nothing
    changed; rising or falling is said only where its Wilson interval excludes one half
    (the conditional test of two Poisson rates: Przyborowski & Wilenski 1940), and from 10 accounts.
    Give conversations where they are known: posts of one thread do not come independently.
    """
    low, high = wilson(after, before + after)
    if accounts < JUDGED_FROM or low <= 0.5 <= high:
        return "no clear change"
    return "rising" if low > 0.5 else "falling"


def trends(daily: pd.DataFrame, now: datetime, zone: ZoneInfo = LONDON) -> pd.DataFrame:
    """How each cell moves: one row a cell with its last 7 whole days, the 7 before, and its usual range.

    ``daily`` has ``day``, ``posts`` and any of ``issue``, ``place``, ``channel`` (a cell is one
    combination of them), and may have ``conversations`` and ``voices``. Adds ``posts``,
    ``before``, ``low`` and ``high`` (missing without 8 weeks) and ``direction``. Voices cannot be
    added over days, so the busiest day's stand for the accounts: too few rather than too many.
    Raises WordsError where a column is missing, or ``now`` has no zone.
    """
    columns(daily, ("day", "posts"), "trends", "store.counts(by=('day', 'issue')) has them")
    keys = [k for k in ("issue", "place", "channel") if k in daily.columns]
    told = [*keys, "posts", "before", "low", "high", "weeks", "direction"]
    today = instant(now, "now").astimezone(zone).date()
    past = daily[[_date(day) < today for day in daily["day"]]] if len(daily) else daily
    if past.empty:
        return pd.DataFrame(columns=told)
    first = min(past["day"].map(_date))
    groups = past.groupby(keys, sort=True) if keys else [((), past)]
    return pd.DataFrame([(*key, *_trend(cell, first, today)) for key, cell in groups], columns=told)


def _trend(cell: pd.DataFrame, first: date, today: date) -> tuple[object, ...]:
    counted = "conversations" if "conversations" in cell else "posts"
    days = cell.assign(day=cell["day"].map(_date)).groupby("day")
    posts = weekly(days["posts"].sum(), first, today)
    moved = weekly(days[counted].sum(), first, today).tail(2).tolist()
    newest = days.sum(numeric_only=True).loc[lambda d: [x >= today - timedelta(days=14) for x in d.index]]
    accounts = newest["voices"].max() if "voices" in newest and len(newest) else sum(moved)
    found = usual(posts.iloc[:-1])
    before, after = [0, 0, *posts.tolist()][-2:]
    then, now = [0, 0, *moved][-2:]
    direction = change(then, now, accounts)
    low, high = (found.low, found.high) if found else (None, None)
    return after, before, low, high, max(0, len(posts) - 1), direction


def _date(value: Any) -> date:
    return pd.Timestamp(value).date()
