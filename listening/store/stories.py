"""Stories as they are kept: which posts are one, under an id for good; never any of their words.

A story lives as long as one of its posts. Where two became one, the younger's row stays as a
pointer to the older; it goes when the older goes.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, Connection, and_, delete, select

from listening.store import dialect, facts
from listening.store.disk import Disk
from listening.store.schema import post, story, story_post
from listening.store.times import micro, moment
from listening.store.writing import BATCH

COLUMNS = ("id", "posts", "first_seen", "told", "was")
TOLD = "told"  # the fact that holds the version of the store whose posts are all told


def stories(connection: Connection, since: datetime, until: datetime) -> pd.DataFrame:
    """The stories with a post published from `since` on, as they were at `until`: `COLUMNS`.

    A story is there from when it was first `told`, with the posts that had been collected by
    `until`: a look at the past knows no more than it did. Its id and the ids in `was` are those of
    today, and so is what has been moved from one story to another since.
    """
    seen = and_(story.c.told <= micro(until), *_known(until))
    both = story_post.join(post, post.c.pk == story_post.c.post).join(story, story.c.id == story_post.c.story)
    recent = select(story_post.c.story).select_from(both).where(seen, post.c.published >= micro(since))
    asked = (
        select(story, post.c.id.label("member"), post.c.published)
        .select_from(both)
        .where(seen, story.c.id.in_(recent))
        .order_by(post.c.published, post.c.id)
    )
    found: dict[str, list[Any]] = {}
    for row in connection.execute(asked):
        found.setdefault(row.id, []).append(row)
    was = _pointers(connection, list(found))
    rows = [_row(of, was.get(key, ()), until) for key, of in found.items()]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def told(connection: Connection) -> int | None:
    """The version of the store up to which all posts have been told; None where none ever were."""
    found = facts.get(connection, TOLD)
    return None if found is None else int(found)


def tell(disk: Disk, rows: pd.DataFrame, now: datetime, version: int) -> bool:
    """Keep stories (`COLUMNS`); whether anything is other than it was.

    What a story no longer says of the posts known at `now` is undone; other stories stay. `version`
    is the store's from before the posts were read: where somebody has written since, the next run
    tells again. All of it is one transaction, and doing it again does nothing.
    """
    with disk.writing() as connection:
        untouched = facts.version(connection) == version
        changed = _put(connection, rows, now)
        if changed:
            facts.raise_version(connection, ())
        if untouched:
            facts.put(connection, TOLD, str(facts.version(connection)))
    return changed


def forget_empty(connection: Connection) -> None:
    """Leave nothing of a story whose last post has gone, nor of those that pointed to it."""
    held = select(story_post.c.story)
    connection.execute(delete(story).where(story.c.merged_into.is_(None), story.c.id.not_in(held)))
    there = select(story.c.id).where(story.c.merged_into.is_(None))
    connection.execute(delete(story).where(story.c.merged_into.not_in(there)))


def _known(at: datetime) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return post.c.collected <= micro(at), post.c.published <= micro(at)


def _row(of: Sequence[Any], was: tuple[str, ...], until: datetime) -> dict[str, Any]:
    """A story from its rows, one a post. Before its last change it was first seen when these say."""
    head = of[0]
    first = head.first_seen if head.changed <= micro(until) else head.published
    return {
        "id": head.id,
        "posts": tuple(row.member for row in of),
        "first_seen": moment(first),
        "told": moment(head.told),
        "was": was,
    }


def _pointers(connection: Connection, ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """By story, the ids of those that became one with it, the oldest first."""
    asked = select(story.c.id, story.c.merged_into).where(story.c.merged_into.in_(ids))
    found: dict[str, tuple[str, ...]] = {}
    for row in connection.execute(asked.order_by(story.c.first_seen, story.c.id)):
        found[row.merged_into] = (*found.get(row.merged_into, ()), row.id)
    return found


def _put(connection: Connection, rows: pd.DataFrame, now: datetime) -> bool:
    """Write what differs, so that a round with nothing new writes nothing."""
    wanted = _wanted(connection, rows)
    here = set(wanted.values())  # a story whose every post has gone meanwhile is none
    heads = {row["id"]: row for row in rows.to_dict("records") if row["id"] in here}
    into = {old: key for key, row in heads.items() for old in row["was"]}
    held = _links(connection, story.c.id, [*heads, *into], now) | _links(
        connection, post.c.pk, [*wanted], now
    )
    other = {pk for pk in {*held, *wanted} if held.get(pk) != wanted.get(pk)}
    stirred = {key for pk in other for key in (held.get(pk), wanted.get(pk))}
    changed = _heads(connection, heads, stirred, now) + _point(connection, heads, into, now)
    for pk in sorted(other):
        if pk in wanted:
            put = dialect.upsert(connection, story_post, ["post"], {"story": wanted[pk]})
            connection.execute(put.values(post=pk, story=wanted[pk]))
        else:
            connection.execute(delete(story_post).where(story_post.c.post == pk))
    forget_empty(connection)
    return bool(changed or other)


def _wanted(connection: Connection, rows: pd.DataFrame) -> dict[int, str]:
    """By key, to which story each post shall belong; posts that have gone are left out."""
    of = {member: key for key, members in zip(rows["id"], rows["posts"], strict=True) for member in members}
    found = {}
    for some in _portions(list(of)):
        for row in connection.execute(select(post.c.pk, post.c.id).where(post.c.id.in_(some))):
            found[row.pk] = of[row.id]
    return found


def _links(connection: Connection, column: Any, values: Sequence[Any], now: datetime) -> dict[int, str]:
    """By key, to which story the posts belong that were known at `now`, of these stories or posts."""
    both = story_post.join(post, post.c.pk == story_post.c.post).join(story, story.c.id == story_post.c.story)
    asked = select(story_post.c.post, story_post.c.story).select_from(both).where(*_known(now))
    return {
        row.post: row.story
        for some in _portions(values)
        for row in connection.execute(asked.where(column.in_(some)))
    }


def _heads(connection: Connection, heads: dict[str, Any], stirred: set[Any], now: datetime) -> int:
    """Put the stories themselves; how many were not so before."""
    done = 0
    for key, row in heads.items():
        said = {"first_seen": micro(row["first_seen"]), "told": micro(row["told"]), "merged_into": None}
        same = and_(story.c.id == key, *(story.c[name].is_not_distinct_from(v) for name, v in said.items()))
        if key in stirred or connection.scalar(select(story.c.id).where(same)) is None:
            said["changed"] = micro(now)
            connection.execute(dialect.upsert(connection, story, ["id"], said).values(id=key, **said))
            done += 1
    return done


def _point(connection: Connection, heads: dict[str, Any], into: dict[str, str], now: datetime) -> int:
    """Leave pointers to what the stories have become; how many are new."""
    done = 0
    for old, key in into.items():
        found = connection.execute(select(story.c.merged_into).where(story.c.id == old)).first()
        if found is None or found.merged_into != key:
            row = {"id": old, "changed": micro(now), "merged_into": key}
            row |= {name: micro(heads[key][name]) for name in ("first_seen", "told")}
            changes = {"merged_into": key, "changed": micro(now)}
            connection.execute(dialect.upsert(connection, story, ["id"], changes).values(row))
            done += 1
    return done


def _portions(values: Sequence[Any]) -> list[Sequence[Any]]:
    return [values[first : first + BATCH] for first in range(0, len(values), BATCH)]
