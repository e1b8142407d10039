"""The mentions, and each day's counts, as columns in memory, for a server that is asked again and again.

A database counts the different accounts of a million posts in half a second; numbers that lie side by
side are counted in milliseconds. So a store that is told to (`Store.hold`) reads its mentions once, in
the background, and again only the days that a newer version has changed (`facts.changed`). Until they
are there, and wherever they are not of the very version that is asked, the database answers. With them
lies each day's roll-up (`series`).

They hold what the tables hold, no more: no word of a post, and the numbers that stand for accounts
only as long as the tables have them. 44 bytes a mention: some 60 MB for a million posts.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from threading import Event, Lock, Thread
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
import pandas as pd
from sqlalchemy import ColumnElement, Connection, RootTransaction, func, select

from listening.errors import StoreError
from listening.store import facts
from listening.store.disk import Disk
from listening.store.packed import NOBODY, Array, Codes, coded, lists
from listening.store.places import Places, places
from listening.store.schema import counts, mention, spot
from listening.store.series import DAILY, Series

MOST = 5_000_000  # mentions: some 220 MB; a larger store is asked by itself
FEW = 14  # days that are read again while a reader waits: some 30 ms each where a day has 10,000 posts
NUMBERS = {"at": "int64", "post": "int32", "hour": "int8", "cues": "int8", "real": "int8", "copy": "int8"}
WORDS = {"issue": "int16", "ward": "int16", "town": "int16", "source": "int16",
         "channel": "int8", "placement": "int8", "tone": "int8", "post_tone": "int8"}  # fmt: skip
KEYS = ("voice", "thread")  # 63 bits each: kept as places in a list of the different ones
KINDS = NUMBERS | WORDS | dict.fromkeys(KEYS, "int32")
Day = dict[str, Array]  # the columns of one day; keys as they stand in the table


@dataclass(frozen=True)
class Columns:
    """The counted mentions of one version of a store: rows lie by day, those of a post side by side."""

    version: int
    days: Array  # the days that have any, in order
    ends: Array  # where the rows of each begin, and the end of all
    column: dict[str, Array]
    codes: dict[str, Codes]  # of the columns of words, and of streets
    keys: dict[str, Array]  # the different numbers behind the columns of keys; the first is nobody
    spot_post: Array  # the posts that name a street, in order
    spot_place: Array
    series: Series
    known: Places

    def rows(self, first: int, last: int) -> slice:
        """The rows of these local days, both included."""
        at = np.searchsorted(self.days, [first, last + 1])
        return slice(*(int(self.ends[n]) for n in at))

    def having(self, name: str, word: str, within: slice) -> Array:
        """Which of these rows have a word in the column of wards or of towns, in order."""
        code = self.codes[name].get(word)
        if code is None:
            return np.zeros(0, "int32")
        rows, ends = self._together[name]
        own = rows[ends[code] : ends[code + 1]]
        first, last = np.searchsorted(own, [within.start, within.stop])
        return own[first:last]

    @cached_property
    def _together(self) -> dict[str, tuple[Array, Array]]:
        """The rows with those of each ward, and each town, together; and where those of each code begin."""
        made = {}
        for name in ("ward", "town"):
            codes = self.column[name]
            rows = np.argsort(codes, kind="stable").astype("int32")
            made[name] = rows, np.searchsorted(codes[rows], np.arange(len(self.codes[name]) + 1))
        return made

    def day(self, rows: Array) -> Array:
        """The local day of each row."""
        return self.days[np.searchsorted(self.ends, rows, side="right") - 1]


class Holder:
    """The columns of one open store, kept up with it."""

    def __init__(self, disk: Disk) -> None:
        self._disk, self._lock, self._over = disk, Lock(), Event()
        self._columns: Columns | None = None
        self._reader: Thread | None = None
        self._of: WeakKeyDictionary[RootTransaction, Columns | None] = WeakKeyDictionary()

    def hold(self) -> None:
        """Read everything in the background, unless that is going on."""
        if self._reader is None or not self._reader.is_alive():
            self._reader = Thread(target=self._read, name="columns", daemon=True)
            self._reader.start()

    def wait(self) -> None:
        """Come back when the reading in the background is done."""
        if self._reader is not None:
            self._reader.join()

    def close(self) -> None:
        """Read no further, and let go of everything."""
        self._over.set()
        self.wait()
        self._columns = None

    def at(self, connection: Connection) -> Columns | None:
        """The columns of the version this transaction sees; None where there are none."""
        if self._reader is None:
            return None
        transaction = connection.get_transaction()
        assert transaction is not None, "whoever reads does so in a transaction"
        with self._lock:
            if transaction not in self._of:  # what it sees does not change
                self._of[transaction] = self._found(connection)
            return self._of[transaction]

    def _found(self, connection: Connection) -> Columns | None:
        version, held = facts.version(connection), self._columns
        if held is None or held.version == version:
            return held
        if version < held.version:  # this transaction began before the columns were renewed
            return None
        days = facts.changed(connection, held.version)
        several = days is None or len(days) > FEW
        self._columns = None if several else renewed(connection, held, days or set(), version)
        if several:
            self.hold()
        return self._columns

    def _read(self) -> None:
        try:
            with self._disk.reading() as connection:
                found = everything(connection, self._over.is_set)
        except StoreError:  # whoever asks the store is told why
            return
        with self._lock:
            self._columns = found


def everything(connection: Connection, over: Callable[[], bool] = lambda: False) -> Columns | None:
    """All counted mentions; None where they are too many, or it is `over` before they are read."""
    nothing = np.zeros(0, "int64")
    held = Columns(
        version=facts.version(connection),
        days=nothing,
        ends=np.zeros(1, "int64"),
        column={name: nothing.astype(kind) for name, kind in KINDS.items()},
        codes={name: {} for name in (*WORDS, "street")},
        keys={name: np.array([NOBODY]) for name in KEYS},
        spot_post=nothing.astype("int32"),
        spot_place=nothing.astype("int16"),
        series=Series.empty(),
        known=Places(),
    )
    days = sorted({*_days(connection, mention.c.day), *_days(connection, counts.c.start, *DAILY)})
    for first in range(0, len(days), FEW):  # some at a time: a large store would stand in memory twice
        held = renewed(connection, held, days[first : first + FEW], held.version)
        if over() or held.ends[-1] > MOST:
            return None
    return held


def renewed(connection: Connection, held: Columns, days: Iterable[int], version: int) -> Columns:
    """The columns at a later version, in which the mentions of these days have changed."""
    codes = {name: dict(known) for name, known in held.codes.items()}
    wanted, known = sorted(set(days)), places(connection)
    series = held.series.renewed(connection, wanted, known)
    parts = {day: _day(connection, day, codes) for day in wanted}
    return _joined(held, parts, codes, series, known, version)


def _days(connection: Connection, column: ColumnElement[int], *only: ColumnElement[bool]) -> Iterator[int]:
    """The days that have rows: one look a day, not one a row."""
    day = connection.scalar(select(func.min(column)).where(*only))
    while day is not None:
        yield day
        day = connection.scalar(select(func.min(column)).where(column > day, *only))


def _day(connection: Connection, day: int, codes: dict[str, Codes]) -> Day:
    """The counted mentions of a day, and the streets its posts name."""
    m = mention.c
    whole: dict[str, ColumnElement[Any]] = {name: m[name] for name in NUMBERS} | {
        n: func.coalesce(m[n], NOBODY) for n in KEYS
    }
    words: dict[str, ColumnElement[Any]] = {name: func.coalesce(m[name], "") for name in WORDS}
    found = lists(connection, whole, words, (m.day == day, m.late == 0))
    here = select(m.post).where(m.day == day, m.late == 0).distinct()
    spots = lists(connection, {"at": spot.c.post}, {"street": spot.c.place}, (spot.c.post.in_(here),))
    order = np.argsort(found["post"], kind="stable")  # the mentions of a post stand side by side
    found = {name: column[order] for name, column in found.items()}
    made = {n: found[n].astype(NUMBERS.get(n, "int64")) for n in whole}
    made |= {name: coded(found[name], codes[name], kind) for name, kind in WORDS.items()}
    made["spot_post"] = spots["at"].astype("int32")
    made["spot_place"] = coded(spots["street"], codes["street"], "int16")
    return made


def _joined(
    held: Columns,
    parts: dict[int, Day],
    codes: dict[str, Codes],
    series: Series,
    known: Places,
    version: int,
) -> Columns:
    """The columns with these days in the place of what was held of them."""
    new = {day: part for day, part in parts.items() if len(part["post"])}
    days = sorted({*held.days.tolist()} - set(parts) | set(new))
    fresh, keys = _keyed(held, new)

    def pieces(name: str) -> list[Array]:
        column = held.column[name]
        return [fresh[day][name] if day in new else column[held.rows(day, day)] for day in days]

    column = {name: np.concatenate([held.column[name][:0], *pieces(name)]) for name in held.column}
    for name in KEYS:
        column[name], keys[name] = _used(column[name], keys[name])
    gone = [held.column["post"][held.rows(day, day)] for day in parts]
    stay = ~np.isin(held.spot_post, np.concatenate([held.spot_post[:0], *gone]))
    posts = np.concatenate([held.spot_post[stay], *(part["spot_post"] for part in new.values())])
    streets = np.concatenate([held.spot_place[stay], *(part["spot_place"] for part in new.values())])
    order = np.argsort(posts, kind="stable")
    ends = np.cumsum([0, *map(len, pieces("post"))])
    found = np.array(days, "int64")
    return Columns(
        version, found, ends, column, codes, keys, posts[order], streets[order], series, known
    )  # fmt: skip


def _keyed(held: Columns, new: dict[int, Day]) -> tuple[dict[int, Day], dict[str, Array]]:
    """The new days with each key as its place in the list of keys; and the lists, longer by what is new."""
    cuts = np.cumsum([len(part["post"]) for part in new.values()])[:-1]
    made, keys = {day: dict(part) for day, part in new.items()}, dict(held.keys)
    for name in KEYS if new else ():
        places, different = pd.factorize(np.concatenate([part[name] for part in new.values()]))
        at = pd.Index(held.keys[name]).get_indexer(pd.Index(different))
        unknown = at < 0
        at[unknown] = len(held.keys[name]) + np.arange(unknown.sum())
        keys[name] = np.concatenate([held.keys[name], different[unknown]])
        for day, piece in zip(new, np.split(at.astype("int32")[places], cuts), strict=True):
            made[day][name] = piece
    return made, keys


def _used(column: Array, keys: Array) -> tuple[Array, Array]:
    """Keys that stand for a row still, and nobody; what has been removed lives on nowhere."""
    used = np.zeros(len(keys), bool)
    used[0] = True
    used[column] = True
    if used.all():
        return column, keys
    return (np.cumsum(used, dtype="int32") - 1)[column], keys[used]
