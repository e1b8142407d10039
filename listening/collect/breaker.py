"""Breaker: how long a source that fails is left alone, and what is said of it meanwhile.

After ``OPENS`` failures in a row it rests, twice as long each time; then one single try decides
(the circuit breaker of Nygard, Release It!, 2007: closed, open, half-open).
The rest is drawn out by up to a quarter, by a hash of name and failures and not by chance: sources
that fell together do not come back together, and a test can tell when (jitter: Brooker, "Exponential
Backoff and Jitter", AWS Architecture Blog, 2015).
"""

import hashlib
from datetime import datetime, timedelta

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


def rest(
    name: str, every: timedelta, failures: int, status: int | None, failing: timedelta
) -> timedelta | None:
    """How long to leave a source alone after so many failures in a row; None: as long as usual.

    ``status`` is the HTTP status of the last, where there was one; ``failing`` how long it has failed.
    """
    if status == 410:
        return GONE
    if not opened(failures):
        return None
    base = every * float(2 ** min(failures - OPENS + 1, DOUBLINGS))
    longest = DAILY if status == 404 and failing >= LONG_GONE else LONGEST
    return min(base, max(longest, every)) * (1 + JITTER * _jitter(name, failures))


def told(
    until: datetime | None, now: datetime, failures: int, status: int | None, failing: timedelta
) -> list[str]:
    """What is said beside the failure itself, in sentences."""
    if status == 410:
        return ["We look once a week whether it is back."]
    said = []
    if status == 404 and failing >= LONG_GONE:
        said.append(f"It has been so for {failing.days} days: look for its new address.")
    if until and opened(failures):
        said.append(resting(until, now, f"it has failed {failures:,} times in a row"))
    return said


def _jitter(name: str, failures: int) -> float:
    """0 to 1, the same each time."""
    digest = hashlib.sha256(f"{name} {failures}".encode()).digest()
    return int.from_bytes(digest[:4], "big") / 2**32
