"""Reading posts: as they were stored, newest first."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, Connection, Select, func, or_, select

from listening.errors import WordsError
from listening.post import ANNOTATIONS, COLUMNS
from listening.store import dialect, reckoning
from listening.store.asked import understood
from listening.store.columns import Columns
from listening.store.places import NONE, Places, places
from listening.store.rows import frame
from listening.store.schema import frozen, mention, post
from listening.store.search import parse
from listening.store.times import local_day, micro, moment

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
    columns: Names = None,
    held: Columns | None = None,
) -> pd.DataFrame:
    """Posts published in [since, until), newest first: Post columns and annotations.

    None asks for everything, an empty list for nothing. `wards` and `towns` are joined by "or":
    posts of any of these places ("none": no place). `issues` takes slugs, "any" (a real issue) and
    "none" (none recognised). Posts marked as noise are left out unless `noise` is True.
    `copies_of` takes ids of roots, and gives their copies.
    `search` is a query over title and text, as `search` describes them; blank is none.
    `columns` names those that are wanted: half of them take half the time.

    With `held`, the mentions of this version in memory, the database is not asked which posts have one.
    """
    if ids is not None and len(ids) > MOST_IDS:
        raise WordsError(f"at most {MOST_IDS} ids at a time; got {len(ids)}")
    if limit is not None and (not isinstance(limit, int) or limit < 0):
        raise WordsError(f"limit must be a whole number from 0; got {limit!r}")
    known = held.known if held else places(connection)
    understood(connection, known, issues, channels, sources)
    query = parse(search) if search else None
    c, names = post.c, _columns(columns)
    asked = select(*(c[name] for name in names))
    window = None if since is None else micro(since), None if until is None else micro(until)
    for column, values in ((c.id, ids), (c.copy_of, copies_of)):
        if values is not None:
            asked = asked.where(column.in_(values))
    if wards is None and towns is None and (issues is None or list(issues) == ["any"]):
        asked = asked.where(*_within(c, c.published, *window, channels, sources))
        if issues:  # mentions of a real issue are those of a post that has issues
            asked = asked.where(c.issues != "[]")
        elif not noise:
            asked = asked.where(or_(c.noise.is_(None), c.issues != "[]"))
    else:
        # Where nothing but mentions decides, no more are read than asked.
        most = limit if query is None and ids is None and copies_of is None else None
        if held and since and until and most and _open(connection, since, until, known):
            found = (wards, towns, issues, channels, sources, noise, most)
            keys = reckoning.posts(held, (since, until), *found)
            if not keys:
                return frame([], known, names)
            asked = asked.where(c.pk.in_(dialect.of(connection).among(keys)))
        else:
            conditions = [at_places(known, wards, towns), of_issues(issues), None if noise else _no_noise()]
            mentioned = _mentioning(conditions, window, known, channels, sources)
            asked = asked.where(c.pk.in_(mentioned.limit(most)))
    if query is not None:
        asked = asked.where(c.pk.in_(dialect.of(connection).matching(query)))
    # Several channels of few posts: by the channel's index and sorted, not past every resident's post.
    few = channels is not None and len(channels) > 1 and "public" not in channels
    newest = asked.order_by((c.published + 0 if few else c.published).desc(), c.pk.desc()).limit(limit)
    # The driver's own rows: half the time.
    return frame(connection.execute(newest).cursor.fetchall(), known, names)


def _open(connection: Connection, since: datetime, until: datetime, known: Places) -> bool:
    """Whether none of these days is frozen: a post that came too late to be counted is not in memory."""
    first, last = (local_day(at, known.zone) for at in (since, until))
    return connection.scalar(select(frozen.c.day).where(frozen.c.day.between(first, last)).limit(1)) is None


def _columns(wanted: Names) -> list[str]:
    every = (*COLUMNS, *ANNOTATIONS)
    wrong = [name for name in wanted or () if name not in every]
    if wrong:
        raise WordsError(f"columns must be of {', '.join(every)}; got {wrong[0]!r}")
    return [name for name in every if wanted is None or name in wanted]


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


def ids_by(connection: Connection, source: str, voices: Iterable[str]) -> list[str]:
    """The ids of a source's posts by any of these pseudonyms."""
    wanted, c = sorted(voices), post.c
    found: list[str] = []
    for first in range(0, len(wanted), MOST_IDS):
        some = c.author.in_(wanted[first : first + MOST_IDS])
        found += connection.scalars(select(c.id).where(c.source == source, some).order_by(c.pk))
    return found


def _mentioning(
    conditions: Sequence[ColumnElement[bool] | None],
    window: tuple[int | None, int | None],
    known: Places,
    channels: Names,
    sources: Names,
) -> Select[Any]:
    """The keys of the posts with such mentions, newest first."""
    m = mention.c
    given = [condition for condition in conditions if condition is not None]
    given += _within(m, m.at, *window, channels, sources)
    since, until = window  # the days: mentions lie by day, in the table and in its indexes
    if since is not None:
        given.append(m.day >= local_day(moment(since), known.zone))
    if until is not None:
        given.append(m.day <= local_day(moment(until), known.zone))
    found = select(m.post).where(*given).group_by(m.post).order_by(func.max(m.at).desc(), m.post.desc())
    return found


def _within(
    c: Any, at: ColumnElement[int], since: int | None, until: int | None, channels: Names, sources: Names
) -> list[ColumnElement[bool]]:
    given: list[ColumnElement[bool]] = []
    if since is not None:
        given.append(at >= since)
    if until is not None:
        given.append(at < until)
    for column, values in ((c.channel, channels), (c.source, sources)):
        if values is not None:
            given.append(column.in_(values))
    return given


def _no_noise() -> ColumnElement[bool]:
    return or_(mention.c.real == 1, mention.c.issue == NONE)


def at_places(known: Places, wards: Names, towns: Names) -> ColumnElement[bool] | None:
    """The mentions in any of these wards and towns; None where all places are meant."""
    if wards is None and towns is None:
        return None
    in_wards = mention.c.ward.in_(known.ward_keys(wards or ()))
    if towns is None:  # an "or" with nothing behind it would keep a database from its index
        return in_wards
    in_towns = mention.c.town.in_(known.town_names(towns))
    return in_towns if wards is None else or_(in_wards, in_towns)


def of_issues(issues: Names) -> ColumnElement[bool] | None:
    """The mentions of any of these issues; None where all are meant."""
    if issues is None:
        return None
    named = mention.c.issue.in_([issue for issue in issues if issue != "any"])
    return or_(named, mention.c.real == 1) if "any" in issues else named
