"""Exact distinct figures over mentions, for any window and any union of places and issues."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    FromClause,
    Select,
    Subquery,
    and_,
    case,
    false,
    func,
    literal,
    or_,
    select,
)

from listening.errors import WordsError
from listening.store import figures as count
from listening.store import reckoning
from listening.store.asked import understood
from listening.store.columns import Columns
from listening.store.figures import DIFFERENT, FIGURES
from listening.store.places import NONE, Places, places
from listening.store.posts import Names, at_places, of_issues
from listening.store.reckoning import LOUD, LOUDEST
from listening.store.schema import counts, heard, mention, place, spot
from listening.store.times import dates, local_day, micro

BY = (
    "issue", "ward", "town", "channel", "source", "street", "placement", "day", "hour", "block",
)  # fmt: skip
TEXT = ("issue", "ward", "town", "channel", "source", "street", "placement")


def tally(
    connection: Connection,
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
    held: Columns | None = None,
) -> pd.DataFrame:
    """Figures of the posts published in [since, until), each post, account and source once a row.

    `by` is of issue, ward, town, channel, source, street, placement, day (local), hour (local,
    0–23) and block (how many whole `block`s before `until`: 0 is the newest). `wards` and `towns`
    are joined by "or". Without "issue" in `by` and without `issues`, a post counts where at least
    one real issue was recognised; with "issue" in `by`, each real issue is a row. `issues` may
    name "any", "none" (no issue recognised) and filter classes. `channels` None: all of them.

    Columns: those of `by`, then ``posts`` (copies folded), ``copies``, ``conversations``,
    ``voices``, ``sources``, ``complaints``, ``questions``, ``praise``, the posts of each tone, and
    ``loudest3``: how many of the posts the three loudest accounts wrote. The tone is that of the
    sentences about the issue where a row is of one issue, else of the whole post. Wards are given
    by name; "none" is a post without a resolved ward, a town, or a street. Rows are sorted by
    `by`; without `by` there is one row, also where nothing was found. `figures` names the columns
    that are wanted: the fewer, the sooner, most of all where none but ``posts``,
    ``conversations``, ``voices`` and ``sources`` are.

    `spans` leaves of the window no more than these [begin, end): with "day" in `by`, the same
    hours of several days are one question. (None: all of it; [] would be nothing.)

    With `held`, the mentions of this version in memory, the database is not asked.
    """
    by = (by,) if isinstance(by, str) else tuple(by)
    _check(by, block, figures)
    told = [name for name in (*FIGURES, LOUD) if figures is None or name in figures]
    known = held.known if held else places(connection)
    understood(connection, known, issues, channels)
    span = micro(until), (block or timedelta(1)) // timedelta(microseconds=1)
    single = "issue" in by or _is_one(issues)
    if held is not None:
        cell = reckoning.cell(held, (since, until), known, wards, towns, issues, channels, spans)
        return _frame(reckoning.rows(cell, by, told, single, span[1]), by, told, known)
    keys = [_key(name, *span).label(name) for name in by]
    conditions = _window(since, until, known)
    if spans is not None:
        conditions += _spans(spans, known)
    conditions += [c for c in (at_places(known, wards, towns), _issues(issues)) if c is not None]
    if channels is not None:
        conditions.append(mention.c.channel.in_(channels))
    if "ward" in by:
        conditions.append(mention.c.ward != "")
    asked = _cell(keys, conditions, single)
    return _frame(_rows(connection, asked, by, told), by, told, known)


def _check(by: Sequence[str], block: timedelta | None, figures: Names) -> None:
    wrong = [name for name in by if name not in BY]
    if wrong:
        raise WordsError(f"by must be of {', '.join(BY)}; got {wrong[0]!r}")
    wrong = [name for name in figures or () if name not in (*FIGURES, LOUD)]
    if wrong:
        raise WordsError(f"figures must be of {', '.join((*FIGURES, LOUD))}; got {wrong[0]!r}")
    if ("block" in by) != (block is not None):
        raise WordsError(f"block=timedelta and by='block' go together; got by={by!r}, block={block!r}")
    if block is not None and block <= timedelta(0):
        raise WordsError(f"block must be longer than nothing; got {block!r}")


def _key(name: str, until: int, block: int) -> ColumnElement[Any]:
    if name == "street":
        return func.coalesce(spot.c.place, NONE)
    if name == "block":
        return (literal(until - 1, BigInteger) - mention.c.at) // literal(block, BigInteger)
    return mention.c[name]


def _window(since: datetime, until: datetime, known: Places) -> list[ColumnElement[bool]]:
    m = mention.c
    days = m.day.between(local_day(since, known.zone), local_day(until, known.zone))
    return [days, m.at >= micro(since), m.at < micro(until), m.late == 0]


def _spans(spans: Sequence[tuple[datetime, datetime]], known: Places) -> list[ColumnElement[bool]]:
    """Published in one of these; their days, named one by one, are found by an index."""
    m = mention.c
    ends = [[local_day(at, known.zone) for at in span] for span in spans]
    days = sorted({day for first, last in ends for day in range(first, last + 1)})
    within = (and_(m.at >= micro(begin), m.at < micro(end)) for begin, end in spans)
    return [m.day.in_(days), or_(false(), *within)]


def _issues(issues: Names) -> ColumnElement[bool] | None:
    return mention.c.real == 1 if issues is None else of_issues(issues)


def _is_one(issues: Names) -> bool:
    return issues is not None and len(issues) == 1 and issues[0] != "any"


def _cell(keys: list[Any], conditions: list[ColumnElement[bool]], single: bool) -> Select[Any]:
    """Each post in every group it belongs to, with what `figures` needs."""
    m = mention.c
    tone = (m.tone if single else m.post_tone).label("tone")
    found: FromClause = mention
    if any(key.name == "street" for key in keys):
        found = mention.outerjoin(spot, spot.c.post == m.post)
    needed = (m.post, m.voice, m.thread, m.source.label("outlet"), tone, m.cues, m.copy)
    return select(*keys, *needed).select_from(found).where(and_(*conditions))


def _rows(
    connection: Connection, cell: Select[Any], by: Sequence[str], told: Sequence[str]
) -> list[tuple[Any, ...]]:
    """The keys of each group and its figures, in the order of ``told``."""
    counted = [name for name in told if name != LOUD]
    # Where only different things are counted, a post may well stand there twice.
    light = set(counted) <= set(DIFFERENT)
    whole = (cell if light else cell.distinct()).subquery("cell")
    keys = [whole.c[name] for name in by]
    made = count.different(whole, counted) if light else count.figures(whole, counted)
    rows = list(connection.execute(select(*keys, *made).group_by(*keys)).cursor.fetchall())
    if LOUD not in told:
        return rows
    loud = connection.execute(_loudest(cell.distinct().subquery("again"), by)).cursor.fetchall()
    posts = {row[:-1]: row[-1] for row in loud}
    return [(*row, posts.get(row[: len(by)])) for row in rows]


def _frame(
    rows: list[tuple[Any, ...]], by: Sequence[str], told: Sequence[str], known: Places
) -> pd.DataFrame:
    if "ward" in by:
        at = list(by).index("ward")
        rows = [(*row[:at], known.name(row[at]), *row[at + 1 :]) for row in rows]
    rows = sorted(rows, key=lambda row: row[: len(by)])
    each = zip(*rows, strict=True) if rows else ((),) * (len(by) + len(told))
    result: dict[str, Any] = {}
    for name, values in zip((*by, *told), each, strict=True):
        if name in TEXT:
            result[name] = pd.Series(values, dtype="object")
        elif name == "day":
            result[name] = dates(values)
        else:
            result[name] = np.array([v or 0 for v in values], dtype="int64")
    return pd.DataFrame(result)


def _loudest(cell: Subquery, by: Sequence[str]) -> Select[Any]:
    """Posts (copies folded) by the three loudest accounts of each group."""
    keys = [cell.c[name] for name in by]
    wrote = func.sum(case((cell.c.copy == 0, 1), else_=0))
    rank = func.row_number().over(partition_by=keys or None, order_by=wrote.desc()).label("rank")
    voices = (
        select(*keys, wrote.label("posts"), rank)
        .where(cell.c.voice.is_not(None))
        .group_by(*keys, cell.c.voice)
        .subquery("voices")
    )
    groups = [voices.c[name] for name in by]
    return select(*groups, func.sum(voices.c.posts)).where(voices.c.rank <= LOUDEST).group_by(*groups)


def noise(
    connection: Connection,
    since: datetime,
    until: datetime,
    channels: Names = ("public",),
    held: Columns | None = None,
) -> pd.DataFrame:
    """Posts left out as noise in [since, until), copies folded: one row a filter class, most first."""
    known = held.known if held else places(connection)
    understood(connection, known, channels=channels)
    if held is not None:
        rows = reckoning.noise(held, (since, until), channels)
    else:
        m, k = mention.c, counts.c
        ever = select(k.issue).distinct().where(k.period == "day", k.place == known.area, k.noise == 1)
        classes = list(connection.scalars(ever))  # named one by one they are found by the index of issues
        conditions = [*_window(since, until, known), m.real == 0, m.issue.in_(classes), m.copy == 0]
        if channels is not None:
            conditions.append(m.channel.in_(channels))
        number = func.count(m.post.distinct()).label("posts")
        asked = select(m.issue, number).where(*conditions).group_by(m.issue).order_by(number.desc(), m.issue)
        rows = [tuple(row) for row in connection.execute(asked)]
    result = pd.DataFrame(rows, columns=["noise", "posts"])
    return result.astype({"noise": "object", "posts": "int64"})


def carried(connection: Connection, since: datetime, until: datetime) -> pd.DataFrame:
    """Which source carried a post of which ward, on a real issue, in [since, until).

    Columns source and ward (by name), sorted. One look a pair: it does not grow with the posts.
    """
    m, known = mention.c, places(connection)
    pair = [m.source == heard.c.source, m.ward == place.c.key, *_window(since, until, known), m.real == 1]
    # With an offset PostgreSQL looks pair by pair too; else it would read every mention once.
    found = select(m.post).where(*pair).correlate(heard, place).limit(1).offset(0).exists()
    pairs = heard.join(place, place.c.kind == "ward")
    asked = select(heard.c.source, place.c.key).select_from(pairs).where(found)
    rows = sorted((source, known.name(ward)) for source, ward in connection.execute(asked))
    return pd.DataFrame(rows, columns=["source", "ward"], dtype="object")
