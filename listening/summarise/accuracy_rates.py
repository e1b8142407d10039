"""Shares with their intervals, all of 95 %, for posts that count by weight.

A share has Wilson's interval, with the weights' effective number of posts for their number (Kish 1965,
*Survey Sampling*: the square of the sum over the sum of squares). A bootstrap would do as well for
many posts; for few it says "100 to 100" where all of ten were right, which is not so.
Recall is not a plain share: nobody misses anything in 30 posts, and yet 1 in 50 of thousands may be
missed. So it is put together from precision p, from missed ones per post q, and from how often the
analysis says it of all posts a, which is known: ``a·p / (a·p + q)``; its interval comes from those of p
and q (MOVER for a ratio: Donner and Zou 2012, *Statistical Methods in Medical Research* 21, 347–359).
A change has Newcombe's (1998, *Statistics in Medicine* 17, 873–890, method 10).
All from general knowledge; a test draws many samples and holds the intervals to what they promise.
"""

import math
from dataclasses import dataclass

from listening.summarise.trends import wilson


@dataclass(frozen=True)
class Rate:
    """A share (0–1) with its interval; ``share`` is None where too few posts were checked."""

    share: float | None
    low: float
    high: float
    posts: int  # checked posts behind it


@dataclass(frozen=True)
class Change:
    """One share now and the time before, and the interval of the difference."""

    part: str
    kind: str  # precision, recall
    before: float
    after: float
    low: float
    high: float

    @property
    def clear(self) -> bool:
        """Whether the interval excludes that nothing changed."""
        return self.low > 0 or self.high < 0


def rate(weighed: list[tuple[float, float]]) -> Rate:
    """The weighted mean of shares, with Wilson's interval for its effective number of posts."""
    whole = sum(w for w, _ in weighed)
    if not whole:
        return Rate(None, 0.0, 1.0, 0)
    share = min(1.0, sum(w * s for w, s in weighed) / whole)
    number = whole**2 / sum(w * w for w, _ in weighed)
    low, high = wilson(share * number, number)
    return Rate(share, min(low, share), max(high, share), len(weighed))  # a hair may be lost by rounding


def recall(often: float, precision: Rate, missing: Rate, posts: int) -> Rate:
    """``a·p / (a·p + q)``, with MOVER's interval of the ratio of missed ones to right ones."""
    p, q = precision.share, missing.share
    if q is None or (p is None and often):  # said, but of none of the posts that were checked
        return Rate(None, 0.0, 1.0, posts)
    if not often * (p or 0.0) + q:
        return Rate(None, 0.0, 1.0, posts)
    if not p:
        return Rate(0.0, 0.0, _share(often * precision.high, missing.low), posts)
    low, high = _ratio(missing, precision)
    return Rate(_share(often * p, q), _share(often, high), _share(often, low), posts)


def _share(found: float, missed: float) -> float:
    return found / (found + missed) if found + missed else 1.0


def _ratio(top: Rate, bottom: Rate) -> tuple[float, float]:
    """The interval of one share over another, from the intervals of both."""
    assert top.share is not None
    assert bottom.share is not None
    a, b = top.share, bottom.share

    def end(mine: float, other: float, sign: int) -> float:
        root = (a * b) ** 2 - mine * other * (2 * a - mine) * (2 * b - other)
        under = other * (2 * b - other)
        return (a * b + sign * math.sqrt(max(0.0, root))) / under if abs(under) > 1e-12 else math.inf

    return max(0.0, end(top.low, bottom.high, -1)), end(top.high, bottom.low, 1)


def change(part: str, kind: str, before: Rate, after: Rate) -> Change | None:
    """From one share to another; None where either has too few labels."""
    if before.share is None or after.share is None:
        return None
    step = after.share - before.share
    low = step - math.hypot(after.share - after.low, before.high - before.share)
    high = step + math.hypot(after.high - after.share, before.share - before.low)
    return Change(part, kind, before.share, after.share, low, high)
