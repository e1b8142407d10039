"""What each source was asked and answered, what it remembers, and what was ever heard of it."""

import json
from datetime import datetime, timedelta
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, Connection, Label, ScalarSelect, and_, func, insert, select, update

from listening.post import Run
from listening.store import dialect
from listening.store.schema import heard as heard_table
from listening.store.schema import memory as memory_table
from listening.store.schema import post, run
from listening.store.times import micro, moment, moments

COLUMNS = ("source", "state", "reason", "error", "first", "last", "items", "new", "seconds")
RECENT = timedelta(days=28)
LAPSE = timedelta(days=1)  # longer between two runs, and nobody can say how it was meanwhile


def record(connection: Connection, done: Run, memory: dict[str, Any], lapse: timedelta = LAPSE) -> None:
    """Keep a run and what its source is to remember.

    A run that repeats the last state with nothing new only moves that row's `last` on, and
    brings its newest reason: a source that has failed for a week is one row, not a thousand.
    After a longer ``lapse`` in which it was not asked it has a row of its own: the gap shows.
    """
    c = run.c
    at = micro(done.at)
    last = connection.execute(
        select(c.pk, c.state, c.last).where(c.source == done.source).order_by(c.pk.desc()).limit(1)
    ).first()
    said = {"reason": done.reason, "error": done.error, "items": done.items, "seconds": done.seconds}
    goes_on = (
        last is not None and last.state == done.state and at - last.last <= lapse // timedelta(microseconds=1)
    )
    if last is not None and goes_on and not done.new:
        connection.execute(update(run).where(c.pk == last.pk).values(last=max(at, last.last), **said))
    else:
        row = {"source": done.source, "state": done.state, "first": at, "last": at, "new": done.new, **said}
        pk = (connection.scalar(select(func.max(c.pk))) or 0) + 1
        connection.execute(insert(run).values(pk=pk, **row))
    remember(connection, done.source, memory)


def remember(connection: Connection, source: str, memory: dict[str, Any]) -> None:
    """Keep what a source is to remember, instead of what it remembered before."""
    content = json.dumps(memory, ensure_ascii=False)
    kept = dialect.upsert(connection, memory_table, ["source"], {"content": content})
    connection.execute(kept.values(source=source, content=content))


def memories(connection: Connection) -> dict[str, dict[str, Any]]:
    """What every source is to remember."""
    return {row.source: json.loads(row.content) for row in connection.execute(select(memory_table))}


def memory(connection: Connection, source: str) -> dict[str, Any]:
    """What one source is to remember; {} where it has never been asked."""
    c = memory_table.c
    content: dict[str, Any] = json.loads(
        connection.scalar(select(c.content).where(c.source == source)) or "{}"
    )
    return content


def runs(
    connection: Connection, since: datetime | None = None, until: datetime | None = None
) -> pd.DataFrame:
    """Runs, oldest first: `first` is when a state began, `last` when it was last confirmed.

    Those that touch [since, until); a state confirmed beyond `until` is cut off there, so that a
    replay never sees what came later.
    """
    c = run.c
    asked = select(*(c[name] for name in COLUMNS)).order_by(c.first, c.pk)
    if since is not None:
        asked = asked.where(c.last >= micro(since))
    if until is not None:
        asked = asked.where(c.first < micro(until))
    result = pd.DataFrame(connection.execute(asked).all(), columns=COLUMNS, dtype="object")
    for name in ("first", "last"):
        result[name] = moments(result[name])
    if until is not None:
        result["last"] = result["last"].where(result["last"] <= until, until)
    return result.astype({"items": "int64", "new": "int64", "seconds": "float64"})


def first_asked(connection: Connection) -> dict[str, datetime]:
    """When each source was first asked."""
    c = run.c
    rows = connection.execute(select(c.source, func.min(c.first)).group_by(c.source).order_by(c.source))
    return {source: moment(first) for source, first in rows}


def heard(connection: Connection, until: datetime) -> pd.DataFrame:
    """One row a source that had sent posts by `until`: posts in the 28 days before, first and last.

    `first_post`, `last_post` (published) and `last_collected` outlive the purge of the posts.
    """
    end = micro(until)
    now = select(heard_table.c.source, *_held(end))
    columns = ["source", "posts_28d", "first_post", "last_post", "last_collected"]
    held = pd.DataFrame(connection.execute(now).all(), columns=columns).dropna(subset=["last_post"])
    held = held.set_index("source")
    k = heard_table.c
    before = select(k.source, k.first_post, k.last_post, k.last_collected).where(k.first_post <= end)
    ever = pd.DataFrame(connection.execute(before).all(), columns=["source", *columns[2:]]).set_index(
        "source"
    )
    # What has been purged is older than what is held: only the first post can lie further back,
    # and everything where nothing is held any more.
    result = held.combine_first(ever.where(ever <= end)).reindex(columns=columns[1:])
    result["first_post"] = result["first_post"].combine(ever["first_post"], min)
    result["posts_28d"] = result["posts_28d"].fillna(0).astype("int64")
    result = result.sort_index().reset_index()  # by name: no database promises an order
    for name in columns[2:]:
        result[name] = moments(result[name])
    return result.astype({"source": "object"})


def _held(end: int) -> list[Label[Any]]:
    """What is held of a source: each figure from one end of an index, whatever lies between."""
    c = post.c
    known = and_(c.source == heard_table.c.source, c.published <= end, c.collected <= end)

    def outermost(what: ColumnElement[Any], order: ColumnElement[Any]) -> ScalarSelect[Any]:
        return select(what).where(known).order_by(order).limit(1).scalar_subquery()

    recent = end - RECENT // timedelta(microseconds=1)
    number = select(func.count()).select_from(post).where(known, c.published > recent).scalar_subquery()
    return [
        number.label("posts_28d"),
        outermost(c.published, c.published).label("first_post"),
        outermost(c.published, c.published.desc()).label("last_post"),
        outermost(c.collected, c.collected.desc()).label("last_collected"),
    ]


def began(connection: Connection, until: datetime) -> dict[str, datetime]:
    """When each source's first post was published, purged ones included; of those begun by `until`."""
    k = heard_table.c
    rows = connection.execute(select(k.source, k.first_post).where(k.first_post <= micro(until)))
    return {row.source: moment(row.first_post) for row in rows}
