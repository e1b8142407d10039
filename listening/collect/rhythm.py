"""Rhythm: how often a source speaks, from its own history; when to ask it, and when its silence is odd.

All is kept in the source's memory, small, under the one name ``rhythm`` (kinds have names of their own
there), and told from it again; nothing here asks or writes.

*When to ask.* ``every`` is the fastest a source is ever asked. One that has been silent for a while
is asked after a tenth of its silence (the heuristic freshness of HTTP caches: RFC 9111, 4.2.2, "a
typical setting of this fraction might be 10%"), and never more rarely than ``SLOWEST`` times its
``every`` or every ``LONGEST``. The first new item brings it back to ``every`` at once. What that saves
and costs on a recorded feed is measured in ``benchmarks/polling.py``.

*When silence is odd.* Whole local days without an item are held against the source's own days before,
working days and weekends apart. The chance of so long a silence is the zero term of a negative
binomial with their mean and spread (of a Poisson where they spread no wider); below ``ODD`` the source
is late. Spread matters: a newsletter of ten items a week is not ten talks.
"""

import hashlib
import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, timedelta
from itertools import pairwise
from statistics import fmean, median, pvariance
from typing import Any

from listening.collect.dates import LONDON
from listening.post import Post

SHARE = 0.1  # of its silence that a source is left alone for (RFC 9111, 4.2.2)
SLOWEST = 3  # times its `every`, at most: of 2, 3, 4 and 6 the best trade in benchmarks/polling.py
LONGEST = timedelta(hours=6)  # at most, unless `every` is longer
ODD = 0.001  # a silence less likely than this is told
KNOWN = 14  # whole days of history before a silence may be called odd
HISTORY = 28  # days that "usually" rests on
USUALLY = 3  # items a source must usually hold before an empty answer is odd
MARKED = 50  # items remembered by their words
AGAIN = 5  # items that must come back with new ids before that is told
STALE_DAYS, STALE_ROUNDS = 14, 20  # without anything new, whichever is longer,
STALE_GAPS = 3  # or three times its own usual gap

NEW_IDS = "It gives the same items a new name at each look, so they are no news."
UNDATED = "None of its items carries a date: each counts on the day we met it."

Memory = Mapping[str, Any]


def pace(every: timedelta, memory: Memory, slowest: int = SLOWEST) -> timedelta:
    """How long to leave a source alone after its last answer; ``slowest`` times its ``every`` at most.

    >>> rhythm = {"arrived": "2026-11-16T07:00+00:00"}
    >>> five_hours = {"asked_at": "2026-11-16T12:00+00:00", "rhythm": rhythm}
    >>> pace(timedelta(minutes=15), five_hours)
    datetime.timedelta(seconds=1800)
    """
    arrived = _own(memory).get("arrived")
    if not arrived or memory.get("failures"):
        return every
    silence = datetime.fromisoformat(memory["asked_at"]) - datetime.fromisoformat(arrived)
    return max(every, min(SHARE * silence, slowest * every, LONGEST))


def learned(memory: Memory, posts: list[Post], fresh: Collection[str], now: datetime) -> dict[str, Any]:
    """What stands under ``rhythm`` after an answer with these posts, of which the ``fresh`` are new.

    ``arrived``   when something new last came: our own clock, or of the first answer its newest date
    ``days``      new items by local day, as they are dated, of the last weeks; days without are left out
    ``known``     the first whole day of ``days``
    ``gap``       days between two days with items, by the answer's own dates: the median
    ``size``      how many items an answer holds, a slow mean
    ``marks``     the words of its newest items, as short hashes
    ``undated``   whether none of its items had a date
    """
    own = _own(memory)
    if not posts:
        return own
    first = "arrived" not in own
    size = own.get("size")
    kept: dict[str, Any] = {
        **own,
        "size": round(0.8 * size + 0.2 * len(posts), 1) if size else len(posts),
        "marks": [_mark(post) for post in posts[:MARKED]],
        "undated": not any(post.dated for post in posts) or None,
        "gap": _usual_gap(posts) or own.get("gap"),
    }
    new = [post for post in posts if post.id in fresh]
    if new:
        dated = [post.published for post in new if post.dated]
        kept["arrived"] = (max(dated) if first and len(dated) == len(new) else now).isoformat()
        kept |= _days(own, new, now)
    return {name: value for name, value in kept.items() if value is not None}


def really_new(memory: Memory, posts: list[Post], fresh: Collection[str]) -> set[str]:
    """The ids of those that are new by their words too, where a source makes up new ids each time."""
    known = set(_own(memory).get("marks") or ())
    again = {post.id for post in posts[:MARKED] if post.id in fresh and _mark(post) in known}
    newest = sum(post.id in fresh for post in posts[:MARKED])
    return set(fresh) - again if len(again) >= AGAIN and len(again) > newest / 2 else set(fresh)


def old(every: timedelta, memory: Memory, now: datetime) -> str | None:
    """A sentence where nothing new has come for too long by the source's own pace; else None."""
    newest = memory.get("newest")
    own = _own(memory)
    last = own.get("arrived") or newest
    patience = max(timedelta(days=max(STALE_DAYS, STALE_GAPS * own.get("gap", 0))), STALE_ROUNDS * every)
    if not last or now - datetime.fromisoformat(last) <= patience:
        return None
    if newest and not own.get("undated") and now - datetime.fromisoformat(newest) > patience:
        return f"It answers, but its newest item is of {_said(datetime.fromisoformat(newest))}."
    return f"It answers, but with the same items since {_said(datetime.fromisoformat(last))}."


def emptied(memory: Memory) -> str | None:
    """A sentence for an empty answer of a source that usually holds items; else None."""
    usual = round(_own(memory).get("size") or 0)
    return f"It answers, but is empty; usually it holds {usual:,} items." if usual >= USUALLY else None


def silent(memory: Memory, now: datetime) -> str | None:
    """A sentence where chance would hardly make so long a silence: "Usually 12 posts a day; none for 3 days."

    Whole local days only: nobody writes at night, and the day that runs is not over.
    """
    own = _own(memory)
    if not own.get("arrived") or not own.get("known"):
        return None
    today, last = _day(now), _day(datetime.fromisoformat(own["arrived"]))
    counts = {date.fromisoformat(day): number for day, number in own.get("days", {}).items()}
    begin = max(date.fromisoformat(own["known"]), last - timedelta(days=HISTORY - 1))
    before = _between(begin, last + timedelta(days=1))
    quiet = _between(last + timedelta(days=1), today)
    if len(before) < KNOWN or chance(before, counts, quiet) >= ODD:
        return None
    weeks = before[-(len(before) // 7 * 7) :]  # whole ones: each weekday as often as any other
    usual = sum(counts.get(day, 0) for day in weeks) / len(weeks)
    return f"Usually {_pace(usual)}; none for {_count(len(quiet), 'day')}."


def chance(before: list[date], counts: Mapping[date, int], quiet: list[date]) -> float:
    """How likely it is that days (``quiet``) bring nothing, from what earlier days brought.

    A Poisson where days vary no more than that: two a day, three days: e to the -6.

    >>> days = [date(2026, 10, d) for d in range(1, 31)]
    >>> round(chance(days, {d: 2 for d in days}, [date(2026, 11, d) for d in (3, 4, 5)]), 5)
    0.00248
    """
    logarithm = 0.0
    for weekend in (False, True):
        numbers = [counts.get(day, 0) for day in before if (day.weekday() > 4) is weekend]
        silence = sum((day.weekday() > 4) is weekend for day in quiet)
        mean = fmean(numbers) if numbers else 0.0
        if mean and silence:
            spread = pvariance(numbers) / mean
            each = mean * math.log(spread) / (spread - 1) if spread > 1 else mean
            logarithm -= silence * each
    return math.exp(logarithm)


def _own(memory: Memory) -> dict[str, Any]:
    return dict(memory.get("rhythm") or {})


def _days(own: dict[str, Any], new: list[Post], now: datetime) -> dict[str, Any]:
    """The items by day with these among them; days too long ago are forgotten."""
    today = _day(now)
    oldest = today - timedelta(days=2 * HISTORY)
    counts = Counter(own.get("days", {}))
    counts.update(_day(post.published if post.dated else now).isoformat() for post in new)
    known = own.get("known")
    if known is None:  # the day of the oldest item of the first answer is not known as a whole
        begin = min(_day(post.published) for post in new) if all(p.dated for p in new) else today
        known = min(max(min(begin, today) + timedelta(days=1), oldest), today).isoformat()
    kept = {day: number for day, number in sorted(counts.items()) if day >= oldest.isoformat()}
    return {"days": kept, "known": max(known, oldest.isoformat())}


def _usual_gap(posts: Iterable[Post]) -> float | None:
    days = sorted({_day(post.published) for post in posts if post.dated})
    gaps = [(later - earlier).days for earlier, later in pairwise(days)]
    return median(gaps) if len(gaps) > 1 else None


def _mark(post: Post) -> str:
    """Tells an item by its words, without keeping them."""
    return hashlib.sha256(f"{post.title} {(post.text or '')[:200]}".encode()).hexdigest()[:8]


def _between(begin: date, end: date) -> list[date]:
    return [begin + timedelta(days=n) for n in range((end - begin).days)]


def _day(at: datetime) -> date:
    try:
        return at.astimezone(LONDON).date()
    except OverflowError:  # the first day of the year 1, the last of 9999
        return at.date()


def _said(at: datetime) -> str:
    return f"{(day := _day(at)).day} {day:%B %Y}"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _pace(posts_a_day: float) -> str:
    """In days where that is two or more, else in weeks."""
    if posts_a_day >= 2:
        return f"{_count(round(posts_a_day), 'post')} a day"
    return f"{_count(max(1, round(7 * posts_a_day)), 'post')} a week"
