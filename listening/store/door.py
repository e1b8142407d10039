"""Store: the one door to the database; each method is a deed, and says what it gives."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
from sqlalchemy import func, select

from listening.area import Area
from listening.given import words
from listening.post import Run
from listening.store import (
    counts,
    decisions,
    facts,
    keep,
    lease,
    moving,
    posts,
    roll,
    runs,
    sketches,
    stale,
    stories,
    tally,
    writing,
)
from listening.store import places as places_
from listening.store.columns import Holder
from listening.store.opening import locked, open_disk
from listening.store.schema import heard, post
from listening.store.times import local_day, moment
from listening.store.writing import Written

Names = str | Sequence[str] | None
When = datetime | date | None


class Store:
    """An open store. Safe to share between threads; every call is a transaction of its own,
    but those within a `moment`.

    Places are named by ward name (or GSS code), "town:<name>", the area's code and "none".
    Where names are asked for, one by itself will do. Windows are [since, until).
    Errors are `StoreError`, or `WordsError` for what can't be asked.
    """

    def __init__(self, url: str) -> None:
        self._disk = open_disk(url)
        self._holder = Holder(self._disk)
        try:
            with self._disk.reading() as connection:
                moving.refuse_partly(connection, self._disk.where)
        except BaseException:
            self.close()
            raise

    @property
    def path(self) -> Path | None:
        """The SQLite file; None where the store is a PostgreSQL database."""
        return self._disk.path

    @property
    def where(self) -> str:
        """The file, or the database's address without its password: for sentences."""
        return self._disk.where

    def alone(self) -> AbstractContextManager[None]:
        """Be the one process that sets something up for this store; others wait."""
        return locked(self._disk)

    def hold(self) -> None:
        """Keep what is counted in memory too, read in the background: exact accounts in milliseconds.

        For a server; some 60 MB for a million posts. See `columns`.
        """
        self._holder.hold()

    def moment(self) -> AbstractContextManager[None]:
        """Let all that this thread reads meanwhile be of one moment: what is written then is not seen.

        For answers that need many questions: they cannot contradict one another, and each is cheaper.
        """
        return self._disk.moment()

    def held(self) -> bool:
        """Whether what is counted is in memory, at this version; waits for what is being read."""
        for _ in range(2):  # a look may find that much has to be read again
            self._holder.wait()
            with self._disk.reading() as connection:
                if self._holder.at(connection) is not None:
                    return True
        return False

    def close(self) -> None:
        """Let go of the file, or of the server."""
        self._holder.close()
        self._disk.engine.dispose()

    @property
    def version(self) -> int:
        """Raised by every transaction that changed counts or what is shown: caches are keyed on it."""
        with self._disk.reading() as connection:
            self._holder.at(connection)  # nothing of an older version stays in memory
            return facts.version(connection)

    @property
    def empty(self) -> bool:
        """Whether no post is held: none has come yet, or all have been purged."""
        with self._disk.reading() as connection:
            return connection.scalar(select(post.c.pk).limit(1)) is None

    def first(self) -> datetime | None:
        """When the earliest post was published, purged ones included; None where none ever came."""
        with self._disk.reading() as connection:
            found = connection.scalar(select(func.min(heard.c.first_post)))
        return None if found is None else moment(found)

    def meet(self, area: Area) -> None:
        """Know all issues and sources of the store's area: of a new one "none" is an answer, not a slip.

        `write` does so too; this is for who asks before anything has been written.
        """
        with self._disk.reading() as connection:
            known = places_.acquainted(connection, area)
        if not known:
            with self._disk.writing() as connection:
                places_.meet(connection, area)

    def write(self, posts: pd.DataFrame, area: Area, now: datetime, roll: bool = True) -> Written:
        """Store cleaned and analysed posts; see `writing.write`."""
        return writing.write(self._disk, posts, area, now, roll)

    def stale(
        self, version: str | None, after: stale.Place | None = None, limit: int = 2_000
    ) -> pd.DataFrame:
        """The next posts tagged by another version than this; see `stale.page`."""
        with self._disk.reading() as connection:
            return stale.page(connection, version, after, limit)

    def stale_number(self, version: str | None) -> tuple[int, int]:
        """How many posts are tagged by another version, and how many more of them on frozen days."""
        with self._disk.reading() as connection:
            return stale.number(connection, version)

    def retag(self, posts: pd.DataFrame, area: Area) -> int:
        """Put newer tags over older ones, where the words are the same; see `stale.retag`."""
        return stale.retag(self._disk, posts, area)

    def roll(self, area: Area, now: datetime) -> None:
        """Count the weeks and months that have ended, as `write` does: for when nothing is written."""
        roll.roll_periods(self._disk, local_day(now, area.zone))

    def gone(self, ids: Sequence[str], area: Area, now: datetime) -> int:
        """Remove posts that were deleted where they came from; how many were there."""
        return keep.gone(self._disk, ids, area, now)

    def purge(self, area: Area, now: datetime) -> int:
        """Remove the posts whose time is over; how many. See `keep.purge`."""
        return keep.purge(self._disk, area, now)

    def erase(
        self,
        area: Area,
        now: datetime,
        author: str | None = None,
        url: str | None = None,
        ids: Sequence[str] | None = None,
        role: str = "admin",
    ) -> int:
        """Erase posts by pseudonym, address or id, for good; how many. See `keep.erase`."""
        return keep.erase(self._disk, area, now, author=author, url=url, ids=ids, role=role)

    def posts(
        self,
        since: datetime | None = None,
        until: datetime | None = None,
        wards: Names = None,
        towns: Names = None,
        issues: Names = None,
        channels: Names = None,
        sources: Names = None,
        ids: Names = None,
        noise: bool = False,
        limit: int | None = None,
        search: str | None = None,
        copies_of: Names = None,
        columns: Names = None,
    ) -> pd.DataFrame:
        """Posts published in [since, until), newest first; see `posts.posts`, and `search` for queries."""
        with self._disk.reading() as connection:
            return posts.posts(
                connection, since, until, words(wards), words(towns), words(issues), words(channels),
                words(sources), words(ids), noise, limit, search, words(copies_of), words(columns),
                self._holder.at(connection),
            )  # fmt: skip

    def texts(self, like: pd.DataFrame, since: datetime, until: datetime) -> pd.DataFrame:
        """The posts collected from `since` to `until` that one of `like` may repeat; see `sketches.texts`."""
        with self._disk.reading() as connection:
            return sketches.texts(connection, like, since, until)

    def known(self, ids: Iterable[str]) -> set[str]:
        """Those of these ids that are held."""
        with self._disk.reading() as connection:
            return posts.known(connection, ids)

    def ids(self, source: str, until: datetime) -> list[str]:
        """The ids of the posts of a source that were collected before `until`, the earliest first."""
        with self._disk.reading() as connection:
            return posts.ids(connection, source, until)

    def ids_by(self, source: str, voices: Iterable[str]) -> list[str]:
        """The ids of a source's posts by any of these pseudonyms."""
        with self._disk.reading() as connection:
            return posts.ids_by(connection, source, voices)

    def changed(self, posts: pd.DataFrame) -> pd.Series:
        """Which cleaned posts are new, or say something else than what is held; True or False by index.

        Only these need to be analysed and written. Needs id, title, text, collected and edited.
        """
        with self._disk.reading() as connection:
            return writing.changed(connection, posts)

    def stories(self, since: datetime, until: datetime) -> pd.DataFrame:
        """The stories with a post from `since` on, as they were known at `until`; see `stories.stories`."""
        with self._disk.reading() as connection:
            return stories.stories(connection, since, until)

    @property
    def told(self) -> int | None:
        """The version up to which all posts have been told as stories; None where none ever were."""
        with self._disk.reading() as connection:
            return stories.told(connection)

    def tell(self, rows: pd.DataFrame, now: datetime, version: int) -> bool:
        """Keep stories, known and new; whether anything changed. See `stories.tell`."""
        return stories.tell(self._disk, rows, now, version)

    def tally(
        self,
        since: datetime,
        until: datetime,
        by: str | Sequence[str] = (),
        wards: Names = None,
        towns: Names = None,
        issues: Names = None,
        channels: Names = ("public",),
        block: timedelta | None = None,
        figures: Names = None,
        spans: Sequence[tuple[datetime, datetime]] | None = None,
    ) -> pd.DataFrame:
        """Exact distinct figures over any window; see `tally.tally`."""
        with self._disk.reading() as connection:
            return tally.tally(
                connection, since, until, by, words(wards), words(towns), words(issues), words(channels),
                block, words(figures), spans, self._holder.at(connection),
            )  # fmt: skip

    def counts(
        self,
        by: str | Sequence[str] = ("day", "issue"),
        since: When = None,
        until: When = None,
        places: Names = None,
        issues: Names = None,
        channels: Names = None,
        figures: Names = None,
    ) -> pd.DataFrame:
        """Series from the roll-up; see `counts.counts`."""
        with self._disk.reading() as connection:
            return counts.counts(
                connection, by, since, until, words(places), words(issues), words(channels), words(figures),
                self._holder.at(connection),
            )  # fmt: skip

    def carried(self, since: datetime, until: datetime) -> pd.DataFrame:
        """Which source carried a post of which ward; see `tally.carried`."""
        with self._disk.reading() as connection:
            return tally.carried(connection, since, until)

    def noise(self, since: datetime, until: datetime, channels: Names = ("public",)) -> pd.DataFrame:
        """Posts left out as noise, by filter class: columns noise, posts; most first."""
        with self._disk.reading() as connection:
            return tally.noise(connection, since, until, words(channels), self._holder.at(connection))

    def record(self, run: Run, memory: dict[str, Any], lapse: timedelta = runs.LAPSE) -> None:
        """Keep a run and what its source is to remember; see `runs.record`."""
        with self._disk.writing() as connection:
            runs.record(connection, run, memory, lapse)

    def remember(self, source: str, memory: dict[str, Any]) -> None:
        """Keep what a source is to remember, instead of what it remembered before."""
        with self._disk.writing() as connection:
            runs.remember(connection, source, memory)

    def revise(self, name: str, change: Callable[[str | None], str]) -> None:
        """Keep what `change` makes of what a pace of this name knows (None: nothing yet).

        Meanwhile no other process writes, so that each sees what the one before it has kept.
        """
        key = facts.PACE + name
        with self._disk.writing() as connection:
            facts.put(connection, key, change(facts.get(connection, key)))

    def memory(self, source: str) -> dict[str, Any]:
        """What a source is to remember; {} where it has never been asked."""
        with self._disk.reading() as connection:
            return runs.memory(connection, source)

    def memories(self) -> dict[str, dict[str, Any]]:
        """What every source is to remember, by its name."""
        with self._disk.reading() as connection:
            return runs.memories(connection)

    def runs(self, since: datetime | None = None, until: datetime | None = None) -> pd.DataFrame:
        """What was asked of the sources and what came, oldest first; see `runs.runs`."""
        with self._disk.reading() as connection:
            return runs.runs(connection, since, until)

    def began(self, until: datetime) -> dict[str, datetime]:
        """When each source's first post was published; see `runs.began`."""
        with self._disk.reading() as connection:
            return runs.began(connection, until)

    def first_asked(self) -> dict[str, datetime]:
        """When each source was first asked."""
        with self._disk.reading() as connection:
            return runs.first_asked(connection)

    def heard(self, until: datetime) -> pd.DataFrame:
        """One row a source that has sent posts; see `runs.heard`."""
        with self._disk.reading() as connection:
            return runs.heard(connection, until)

    def decide(
        self, role: str, what: str, about: Any, value: Any, now: datetime, undoes: int | None = None
    ) -> int:
        """Append what a person told the tool; its number. See `decisions.decide`."""
        with self._disk.writing() as connection:
            return decisions.decide(connection, role, what, about, value, now, undoes)

    def decide_all(self, role: str, rows: Iterable[decisions.Row], now: datetime) -> list[int]:
        """Append decisions that belong together, all or none; their numbers. See `decisions.decide_all`."""
        with self._disk.writing() as connection:
            return decisions.decide_all(connection, role, rows, now)

    def decisions(self, what: str | None = None) -> pd.DataFrame:
        """What people told the tool, oldest first; see `decisions.decisions`."""
        with self._disk.reading() as connection:
            return decisions.decisions(connection, what)

    def strike(self, number: int) -> None:
        """Erase what a decision says; that it was there stays."""
        with self._disk.writing() as connection:
            decisions.strike(connection, number)

    def verify(self) -> None:
        """Nothing, where the chain of decisions is whole; else a StoreError that names the row."""
        with self._disk.reading() as connection:
            decisions.verify(connection)

    @property
    def fingerprint(self) -> str | None:
        """The fingerprint of the key this store was begun with; None where it has had none yet."""
        with self._disk.reading() as connection:
            return facts.get(connection, "key")

    def keep_fingerprint(self, fingerprint: str) -> None:
        """Bind this store to a key, for good."""
        with self._disk.writing() as connection:
            facts.put(connection, "key", fingerprint)

    @contextmanager
    def lease(self, owner: str, now: datetime) -> Iterator[lease.Lease]:
        """Be the one collector while inside; BusyStore where another one is. See `lease.Lease.renew`."""
        held = lease.take(self._disk, owner, now)
        try:
            yield held
        finally:
            held.give_back()

    def move(self, url: str, now: datetime, progress: moving.Progress | None = None) -> dict[str, int]:
        """Copy everything into the empty database `url` names; rows there by table. See `moving.move`."""
        return moving.move(self._disk, url, "move", now, progress)

    def recount(self) -> pd.DataFrame:
        """The rows of the roll-up that a recount from mentions would change; see `roll.recount`."""
        with self._disk.reading() as connection:
            return roll.recount(connection)


def connect(url: str) -> Store:
    """The store a URL names, made in a folder that is there, or migrated, where need be.

    WordsError where it names no store, StoreError where that could not be opened.

    `url` is like ``sqlite:///data/listening.db``: a path relative to where the program runs, or
    ``sqlite:////srv/listening.db``, an absolute one; or like ``postgresql://user@host/listening``.
    """
    return Store(url)
