"""What is usual, and whether something has changed.

A usual range is counted, never modelled: nine weeks in ten lie in it.
An arrow is drawn only where chance alone would seldom draw it.
"""

import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from listening.errors import WordsError
from listening.given import columns, instant

WEEKS = 26  # half a year: long enough for tails, short enough to follow a place that changes
FEWEST = 8  # blocks below which no range is given: the 5th percentile of 7 numbers is a guess
LOW, HIGH = 0.05, 0.95  # nine in ten
HEARD = 0.7  # of its days: a block heard on fewer is no evidence; a weekend without answers is let pass
Z95 = 1.959964  # two-sided 95 % point of the normal distribution
JUDGED_FROM = 10  # accounts: no arrow and no comparison below (a count may stand beside its usual range)
NOT_JUDGED = "not judged"
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
    if usual_range is None and not weeks:
        return "no usual range yet"
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


def trends(
    daily: pd.DataFrame, now: datetime, zone: ZoneInfo = LONDON, *, current: pd.DataFrame | None = None
) -> pd.DataFrame:
    """How each cell moves: one row a cell with its last 7 whole days, the 7 before, and its usual range.

    ``daily`` has ``day``, ``posts`` and any of ``issue``, ``place``, ``channel`` (a cell is one
    combination of them), and may have ``conversations`` and ``voices``. Adds ``posts``,
    ``before``, ``low`` and ``high`` (missing without 8 weeks), ``weeks`` and ``direction``:
    ``rising``, ``falling``, ``no clear change``, or ``not judged`` under 10 accounts.

    ``current`` has the exact figures of the 7 × 24 hours up to now (``block`` 0) and of those before
    (1): ``store.tally(now - 2 * week, now, by=["issue", "block"], block=week)``, with the columns of
    a cell, ``block``, ``posts``, ``conversations`` and ``voices``; what has no row is a nought. Then
    ``posts``, ``before`` and ``direction`` are what the page Trends says where all could be heard.

    Without it the last whole days are added up. Accounts cannot be: the busiest day's stand for
    them, too few rather than too many, so a clear rise may be ``not judged``; without ``voices``
    nothing is judged.

    Raises WordsError where a column is missing, where ``now`` has no zone, or where ``current`` has
    two rows of one cell and block.
    """
    columns(daily, ("day", "posts"), "trends", "store.counts(by=('day', 'issue')) has them")
    keys = [k for k in ("issue", "place", "channel") if k in daily.columns]
    told = [*keys, "posts", "before", "low", "high", "weeks", "direction"]
    exact = None if current is None else _exact(current, keys)
    today = instant(now, "now").astimezone(zone).date()
    past = daily[[_date(day) < today for day in daily["day"]]] if len(daily) else daily
    if past.empty:
        return pd.DataFrame(columns=told)
    first = min(past["day"].map(_date))
    cells: dict[Any, pd.DataFrame] = dict(iter(past.groupby(keys))) if keys else {(): past}
    for key in exact or ():
        cells.setdefault(key, past.head(1).assign(posts=0))  # first mentioned today
    rows = []
    for key in sorted(cells):
        moved = None if exact is None else exact.get(key, Moved(0, 0, 0, 0, 0))
        rows.append((*key, *_trend(cells[key], first, today, moved)))
    return pd.DataFrame(rows, columns=told)


class Moved(NamedTuple):
    """Two windows of a cell side by side, and the accounts of the one with more of them."""

    before: int  # posts
    after: int
    then: int  # conversations
    now: int
    accounts: int


def _exact(current: pd.DataFrame, keys: list[str]) -> dict[tuple[Any, ...], Moved]:
    """What a tally by cell and block says of each cell."""
    needed = [*keys, "block", "posts", "conversations", "voices"]
    missing = [name for name in needed if name not in current]
    if missing or current.duplicated([*keys, "block"]).any():
        raise WordsError(
            f"current needs one row a cell and block, with the columns {', '.join(needed)}"
            f"{'; missing: ' + ', '.join(missing) if missing else ''}"
            f" (store.tally(…, by={[*keys, 'block']}, block=timedelta(days=7)) has them)"
        )
    found = {}
    for key, rows in current.groupby(keys) if keys else [((), current)]:
        two = rows.set_index("block")[needed[-3:]].reindex([1, 0], fill_value=0)
        before, after = two["posts"]
        then, now = two["conversations"]
        found[key] = Moved(before, after, then, now, two["voices"].max())
    return found


def _trend(cell: pd.DataFrame, first: date, today: date, exact: Moved | None) -> tuple[object, ...]:
    days = cell.assign(day=cell["day"].map(_date)).groupby("day").sum(numeric_only=True)
    posts = weekly(days["posts"], first, today)
    moved = exact or _added(days, first, today)
    direction = change(moved.then, moved.now, moved.accounts)
    if moved.accounts < JUDGED_FROM:
        direction = NOT_JUDGED
    found = usual(posts.iloc[:-1])
    low, high = (found.low, found.high) if found else (None, None)
    return moved.after, moved.before, low, high, max(0, len(posts) - 1), direction


def _added(days: pd.DataFrame, first: date, today: date) -> Moved:
    """The last two whole weeks, from a cell's days."""
    counted = "conversations" if "conversations" in days else "posts"
    before, after = [0, 0, *weekly(days["posts"], first, today)][-2:]
    then, now = [0, 0, *weekly(days[counted], first, today)][-2:]
    newest = days[[day >= today - timedelta(days=14) for day in days.index]]
    accounts = newest["voices"].max() if "voices" in newest and len(newest) else 0
    return Moved(before, after, then, now, accounts)


def _date(value: Any) -> date:
    return pd.Timestamp(value).date()
