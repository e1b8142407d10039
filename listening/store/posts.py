"""Reading posts: as they were stored, newest first."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, Connection, Select, or_, select

from listening.errors import WordsError
from listening.post import ANNOTATIONS, COLUMNS
from listening.store import dialect
from listening.store.places import Places, places
from listening.store.rows import frame
from listening.store.schema import mention, post
from listening.store.search import parse
from listening.store.times import micro

MOST_IDS = 30_000  # SQLite takes 32,766 values a statement

Names = Sequence[str] | None


def posts(
    connection: Connection,
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
) -> pd.DataFrame:
    """Posts published in [since, until), newest first: Post columns and annotations.

    None asks for everything, an empty list for nothing. `wards` and `towns` are joined by "or":
    posts of any of these places ("none": no place). `issues` takes slugs, "any" (a real issue) and
    "none" (none recognised). Posts marked as noise are left out unless `noise` is True.
    `copies_of` takes ids of roots, and gives their copies.
    `search` is a query over title and text, as `search` describes them; blank is none.
    """
    if ids is not None and len(ids) > MOST_IDS:
        raise WordsError(f"at most {MOST_IDS} ids at a time; got {len(ids)}")
    known = places(connection)
    c = post.c
    asked = select(*(c[name] for name in (*COLUMNS, *ANNOTATIONS)))
    if since is not None:
        asked = asked.where(c.published >= micro(since))
    if until is not None:
        asked = asked.where(c.published < micro(until))
    for column, values in ((c.channel, channels), (c.source, sources), (c.id, ids), (c.copy_of, copies_of)):
        if values is not None:
            asked = asked.where(column.in_(values))
    if not noise:
        asked = asked.where(or_(c.noise.is_(None), c.issues != "[]"))
    asked = _mentioning(asked, at_places(known, wards, towns), of_issues(issues))
    query = parse(search) if search else None
    if query is not None:
        asked = asked.where(c.pk.in_(dialect.of(connection).matching(query)))
    newest = asked.order_by(c.published.desc(), c.pk.desc()).limit(limit)
    return frame(connection.execute(newest).all(), known)


def known(connection: Connection, ids: Iterable[str]) -> set[str]:
    """Those of these ids that are held."""
    wanted = list(ids)
    found: set[str] = set()
    for first in range(0, len(wanted), MOST_IDS):
        some = wanted[first : first + MOST_IDS]
        found |= set(connection.scalars(select(post.c.id).where(post.c.id.in_(some))))
    return found


def ids(connection: Connection, source: str, until: datetime) -> list[str]:
    """The ids of the posts of a source that were collected before `until`, the earliest first."""
    c = post.c
    asked = select(c.id).where(c.source == source, c.collected < micro(until))
    return list(connection.scalars(asked.order_by(c.collected, c.pk)))


def _mentioning(asked: Select[Any], *conditions: ColumnElement[bool] | None) -> Select[Any]:
    given = [condition for condition in conditions if condition is not None]
    if not given:
        return asked
    return asked.where(post.c.pk.in_(select(mention.c.post).where(*given)))


def at_places(known: Places, wards: Names, towns: Names) -> ColumnElement[bool] | None:
    """The mentions in any of these wards and towns; None where all places are meant."""
    if wards is None and towns is None:
        return None
    in_wards = mention.c.ward.in_(known.ward_keys(wards or ()))
    return or_(in_wards, mention.c.town.in_(known.town_names(towns or ())))


def of_issues(issues: Names) -> ColumnElement[bool] | None:
    """The mentions of any of these issues; None where all are meant."""
    if issues is None:
        return None
    named = mention.c.issue.in_([issue for issue in issues if issue != "any"])
    return or_(named, mention.c.real == 1) if "any" in issues else named
