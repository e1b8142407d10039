"""Pace: how often Reddit is asked, by all its sources in this process together.

Reddit allows 100 queries a minute to an approved application and about one a minute to a reader
of its feeds (reported by users in June 2026). Times are UTC and given by the caller; a Pace never
sleeps, it only says when. What it should know from an earlier process comes out of the sources'
memories: ``reddit_api_next`` and ``reddit_rss_next``, a time before which nobody asks.
"""

import threading
from collections import deque
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

MINUTE = timedelta(minutes=1)
ALLOWED = 100  # queries a minute, by Reddit's own words
API_MOST = 60  # ours: the same key may be in use elsewhere in the council
PATIENCE = MINUTE + timedelta(seconds=1)  # the longest a request waits for its turn; else the source rests


class Pace:
    """At most ``most`` requests in any window of a minute. Safe to share by threads."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._taken: deque[datetime] = deque(maxlen=most)
        self._held: datetime | None = None
        self._turned_away = 0  # since the last that was taken
        self._guard = threading.Lock()

    def take(self, now: datetime, patience: timedelta) -> datetime:
        """When the next request may go out. It is taken unless that is further off than ``patience``.

        Who is turned away is told a later time than whoever was turned away before, so that all
        get their turn.
        """
        with self._guard:
            if self._taken and self._taken[-1] > now + 2 * MINUTE:
                self._taken.clear()  # the clock was put back
            full = len(self._taken) == self.most
            at = max(now, self._held or now, self._taken[0] + MINUTE if full else now)
            if at - now <= patience:
                self._taken.append(at)
                self._turned_away = 0
                return at
            self._turned_away += 1
            return at + (self._turned_away - 1) * MINUTE / self.most

    def hold(self, until: datetime) -> None:
        """Nobody asks before."""
        with self._guard:
            self._held = max(until, self._held or until)

    def forget(self) -> None:
        """As if nobody had asked yet."""
        with self._guard:
            self._taken.clear()
            self._held = None
            self._turned_away = 0


API = Pace(API_MOST)
RSS = Pace(1)


def recall(memories: Iterable[Mapping[str, Any]]) -> None:
    """Hold back as the memories of all sources say: an earlier process may have asked a moment ago."""
    for memory in memories:
        for pace, name in ((API, "reddit_api_next"), (RSS, "reddit_rss_next")):
            if memory.get(name):
                pace.hold(datetime.fromisoformat(memory[name]))
