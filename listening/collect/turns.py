"""Turns: which posts are looked up now to see what was deleted, and when a look is believed."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any


class Gone(list[str]):
    """What was found gone in a look, with what its source is to ``remember`` until the next."""

    def __init__(self, gone: Sequence[str], remember: Mapping[str, Any] | None = None) -> None:
        super().__init__(gone)
        self.remember = dict(remember or {})


class Part(Gone):
    """What was found gone in a look that broke off: of its ids none after ``upto`` was asked.

    Where ``upto`` is None, all are to be asked again.
    """

    def __init__(
        self, gone: Sequence[str], upto: str | None, remember: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(gone, remember)
        self.upto = upto


def turn(ids: Sequence[str], most: int, now: datetime) -> list[str]:
    """At most so many of the ids, others each day, so that in a few days all have had their turn.

    >>> from datetime import UTC
    >>> turn(["a", "b", "c"], 2, datetime(2026, 11, 16, tzinfo=UTC))
    ['c', 'a']
    >>> turn(["a", "b", "c"], 2, datetime(2026, 11, 17, tzinfo=UTC))
    ['b', 'c']
    """
    ids = sorted(ids)
    if len(ids) <= most:
        return ids
    first = now.toordinal() * most % len(ids)
    return (ids[first:] + ids[:first])[:most]


def believed(gone: Sequence[str], standing: bool, stands: Callable[[], bool]) -> list[str]:
    """What was not found any more, where at least something stands in the same look.

    Where every post is gone, ``stands`` asks the place itself: one that is down, or lets us in no
    more, has deleted nothing.
    """
    return list(gone) if gone and (standing or stands()) else []
