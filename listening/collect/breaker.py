"""Breaker: how long a source that fails is left alone, and what is said of it meanwhile.

After ``OPENS`` failures in a row it rests, twice as long each time; then one single try decides
(the circuit breaker of Nygard, Release It!, 2007: closed, open, half-open).
The rest is drawn out by up to a quarter, by a hash of name and failures and not by chance: sources
that fell together do not come back together, and a test can tell when (jitter: Brooker, "Exponential
Backoff and Jitter", AWS Architecture Blog, 2015).
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from listening.area import Source
from listening.collect.web import resting

OPENS = 3  # failures in a row
DOUBLINGS = 16  # no rest grows beyond every × 2 to the 16th, which is past any limit below
LONGEST = timedelta(hours=6)  # a source that comes back is heard within this, or within its `every`
GONE = timedelta(days=7)  # between two looks at what was taken down for good (410)
LONG_GONE = timedelta(days=7)  # of 404 before it is asked once a day only
DAILY = timedelta(days=1)
JITTER = 0.25  # of a rest, at most


def opened(failures: int) -> bool:
    """Whether so many failures in a row leave a source one try at a time."""
    return failures >= OPENS


@dataclass(frozen=True)
class Fall:
    """Failures in a row, the present one included, and when the first of them was."""

    failures: int
    since: datetime

    def lasts(self, now: datetime) -> timedelta:
        """For how long."""
        return now - self.since


def fall(memory: Mapping[str, Any], now: datetime) -> Fall:
    """One failure more than a source's memory knows of."""
    since = memory.get("failing_since")
    return Fall(memory.get("failures", 0) + 1, datetime.fromisoformat(since) if since else now)


def until(
    source: Source, fell: Fall, now: datetime, status: int | None, wished: datetime | None = None
) -> datetime | None:
    """When to try next; None: as soon as usual. ``status`` is the HTTP status, where there was one.

    What the server ``wished`` is kept where it is longer; without an answer (its host is down) it is
    when the one source that is tried for its host is tried again.
    """
    pause = rest(source.name, source.every, fell, now, status)
    if wished and (status is None or pause is None):
        return wished
    return max(wished or now, now + pause) if pause else None


def rest(name: str, every: timedelta, fell: Fall, now: datetime, status: int | None) -> timedelta | None:
    """How long to leave a source alone that has failed so often; None: as long as usual."""
    if status == 410:
        return GONE
    if not opened(fell.failures):
        return None
    base = every * float(2 ** min(fell.failures - OPENS + 1, DOUBLINGS))
    longest = DAILY if status == 404 and fell.lasts(now) >= LONG_GONE else LONGEST
    return min(base, max(longest, every)) * (1 + JITTER * _jitter(name, fell.failures))


def told(fell: Fall, now: datetime, status: int | None, until: datetime | None) -> list[str]:
    """What is said beside the failure itself, in sentences."""
    if status == 410:
        return ["We look once a week whether it is back."]
    said = []
    if status == 404 and fell.lasts(now) >= LONG_GONE:
        said.append(f"It has been so for {fell.lasts(now).days} days: look for its new address.")
    if until and opened(fell.failures):
        said.append(resting(until, now, f"it has failed {fell.failures:,} times in a row"))
    return said


def _jitter(name: str, failures: int) -> float:
    """0 to 1, the same each time."""
    digest = hashlib.sha256(f"{name} {failures}".encode()).digest()
    return int.from_bytes(digest[:4], "big") / 2**32
