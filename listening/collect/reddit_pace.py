"""Pace: how often Reddit is asked, by all its sources and all processes of a store together.

Reddit allows 100 queries a minute to an approved application and about one a minute to a reader
of its feeds (reported by users in June 2026). Times are UTC, by the caller's clock; a Pace never
sleeps, it only says when. Each turn is written into a ledger before it is used (``Web.paced``; the
store keeps it), so that a process beside this one, or after it, knows of it whatever becomes of us. The
sources' memories hold a time before which nobody asks too: ``reddit_api_next`` and ``reddit_rss_next``.
"""

import json
import threading
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from listening.collect.web import LONGEST_REST, Ledger
from listening.errors import ListeningError

MINUTE = timedelta(minutes=1)
ALLOWED = 100  # queries a minute, by Reddit's own words
API_MOST = ALLOWED // 2  # ours: a `check` before there is a store knows nothing of the `collect` after it
PATIENCE = MINUTE + timedelta(seconds=1)  # the longest a request waits for its turn; else the source rests


class Pace:
    """At most ``most`` requests in any window of a minute. Safe to share by threads, and by a ledger."""

    def __init__(self, most: int, name: str = "") -> None:
        self.most, self.name = most, name
        self._taken: deque[datetime] = deque(maxlen=most)
        self._held: datetime | None = None
        self._turned_away = 0  # since the last that was taken
        self._guard = threading.Lock()

    def take(
        self, clock: Callable[[], datetime], patience: timedelta, ledger: Ledger | None = None
    ) -> tuple[datetime, datetime]:
        """The time when it was our turn to ask, and when the next request may go out.

        It is taken unless that is further off than ``patience``. Who is turned away is told a later
        time than whoever was turned away before, so that all get their turn. The clock is read once
        the ledger is ours, which may take seconds. The ledger's errors are passed on.
        """
        told: list[tuple[datetime, datetime]] = []

        def deed() -> None:
            now = clock()
            told[:] = [(now, self._turn(now, patience))]

        self._with(ledger, deed)
        return told[0]

    def hold(self, until: datetime, ledger: Ledger | None = None) -> None:
        """Nobody asks before. Where the ledger can't be written, others learn of it by our next turn."""
        with self._guard:
            self._wait(until)
        with suppress(ListeningError):
            self._with(ledger, lambda: None)

    def _turn(self, now: datetime, patience: timedelta) -> datetime:
        if self._taken and self._taken[-1] > now + 2 * MINUTE:
            self._taken.clear()  # the clock was put back
        if self._held and self._held > now + LONGEST_REST + 2 * MINUTE:
            self._held = None  # likewise
        full = len(self._taken) == self.most
        at = max(now, self._held or now, self._taken[0] + MINUTE if full else now)
        if at - now <= patience:
            self._taken.append(at)
            self._turned_away = 0
            return at
        self._turned_away += 1
        return at + (self._turned_away - 1) * MINUTE / self.most

    def _wait(self, until: datetime) -> None:
        self._held = max(until, self._held or until)

    def _with(self, ledger: Ledger | None, deed: Callable[[], None]) -> None:
        """Do it with what all processes know, and let them know."""

        def renewed(kept: str | None) -> str:
            if kept is not None:
                taken, held = json.loads(kept)
                self._taken = deque(map(datetime.fromisoformat, taken), maxlen=self.most)
                if held is not None:
                    self._wait(datetime.fromisoformat(held))
            deed()
            held = None if self._held is None else self._held.isoformat()
            return json.dumps([[at.isoformat() for at in self._taken], held])

        with self._guard:
            if ledger is None:
                deed()
            else:
                ledger(self.name, renewed)

    def forget(self) -> None:
        """As if nobody had asked yet."""
        with self._guard:
            self._taken.clear()
            self._held = None
            self._turned_away = 0


API = Pace(API_MOST, "reddit_api")
RSS = Pace(1, "reddit_rss")


def recall(memories: Iterable[Mapping[str, Any]]) -> None:
    """Hold back as the memories of all sources say: an earlier process may have asked a moment ago."""
    for memory in memories:
        for pace, name in ((API, "reddit_api_next"), (RSS, "reddit_rss_next")):
            if memory.get(name):
                pace.hold(datetime.fromisoformat(memory[name]))
