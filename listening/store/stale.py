"""Posts whose tags are of an older analysis: found in pages, and tagged anew where they stand."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, Connection, and_, func, or_, select, tuple_

from listening.area import Area
from listening.post import ANNOTATIONS, COLUMNS
from listening.store import facts
from listening.store.disk import Disk
from listening.store.places import learn, places
from listening.store.roll import mark, roll_days, thaw
from listening.store.rows import frame, guard, rows
from listening.store.schema import frozen, post
from listening.store.times import micro
from listening.store.writing import BATCH, retagged

Place = tuple[datetime, str]  # how far a reader has come: the time and id of the last post it saw


def number(connection: Connection, version: str | None) -> tuple[int, int]:
    """How many posts are of another version, on days that can be counted anew and on frozen ones."""
    on_frozen = post.c.day.in_(select(frozen.c.day))
    asked = select(on_frozen, func.count()).where(_other(version)).group_by(on_frozen)
    found = {bool(kept): n for kept, n in connection.execute(asked)}
    return found.get(False, 0), found.get(True, 0)


def page(connection: Connection, version: str | None, after: Place | None, limit: int) -> pd.DataFrame:
    """The next posts of another version, oldest first; frozen days are left out.

    ``version`` None finds every post. Columns as `Store.posts` has them, but ``collected`` is when
    the words we hold were met: what has been edited since then is newer than an analysis of these.
    """
    c = post.c
    columns = [c.seen.label(n) if n == "collected" else c[n] for n in (*COLUMNS, *ANNOTATIONS)]
    asked = select(*columns).where(_other(version), c.day.not_in(select(frozen.c.day)))
    if after is not None:
        asked = asked.where(tuple_(c.published, c.id) > (micro(after[0]), after[1]))
        asked = asked.where(c.published >= micro(after[0]))  # which the index can answer
    newest = asked.order_by(c.published, c.id).limit(limit)
    return frame(connection.execute(newest).all(), places(connection))


def retag(disk: Disk, posts: pd.DataFrame, area: Area) -> int:
    """Put newer tags over those of posts that are held with these very words; how many were.

    What was edited, removed or frozen since it was read is left alone: nothing comes back. A copy
    keeps its root. Each thousand is a transaction with the counts of its days; the weeks and
    months are marked, for `Store.roll`.
    """
    guard(posts)
    with disk.writing() as connection:
        learn(connection, area)
    waiting, done = rows(posts, area), 0
    for first in range(0, len(waiting), BATCH):
        with disk.writing() as connection:
            done += _batch(connection, waiting[first : first + BATCH], area)
    return done


def _batch(connection: Connection, batch: Sequence[dict[str, Any]], area: Area) -> int:
    open_days = thaw(connection, {row["day"] for row in batch})
    days = retagged(connection, batch, open_days, area)
    if days:
        roll_days(connection, days, area.code)
        mark(connection, days)
        facts.raise_version(connection, days)
    return len(days)


def _other(version: str | None) -> ColumnElement[bool]:
    """Posts of another version; not those without words and place, whose labels are all that came of them."""
    c = post.c
    something = or_(c.title.is_not(None), c.text.is_not(None), c.place_hint.is_not(None))
    return something if version is None else and_(something, or_(c.version.is_(None), c.version != version))
