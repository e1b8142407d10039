"""Exact distinct figures over mentions, for any window and any union of places and issues."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

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
    func,
    literal,
    select,
)

from listening.errors import WordsError
from listening.store.figures import FIGURES, figures
from listening.store.places import NONE, Places, places
from listening.store.posts import Names, at_places, of_issues
from listening.store.schema import mention, spot
from listening.store.times import dates, local_day, micro

BY = (
    "issue", "ward", "town", "channel", "source", "street", "placement", "day", "hour", "block",
)  # fmt: skip
TEXT = ("issue", "ward", "town", "channel", "source", "street", "placement")
LOUDEST = 3


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
    `by`; without `by` there is one row, also where nothing was found.
    """
    by = (by,) if isinstance(by, str) else tuple(by)
    _check(by, block)
    known = places(connection)
    span = micro(until), (block or timedelta(1)) // timedelta(microseconds=1)
    keys = [_key(name, *span).label(name) for name in by]
    conditions = _window(since, until, known)
    conditions += [c for c in (at_places(known, wards, towns), _issues(issues)) if c is not None]
    if channels is not None:
        conditions.append(mention.c.channel.in_(channels))
    if "ward" in by:
        conditions.append(mention.c.ward != "")
    cell = _cell(keys, conditions, single="issue" in by or _is_one(issues))
    return _frame(connection, cell, by, known)


def _check(by: Sequence[str], block: timedelta | None) -> None:
    wrong = [name for name in by if name not in BY]
    if wrong:
        raise WordsError(f"by must be of {', '.join(BY)}; got {wrong[0]!r}")
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


def _issues(issues: Names) -> ColumnElement[bool] | None:
    return mention.c.real == 1 if issues is None else of_issues(issues)


def _is_one(issues: Names) -> bool:
    return issues is not None and len(issues) == 1 and issues[0] != "any"


def _cell(keys: list[Any], conditions: list[ColumnElement[bool]], single: bool) -> Select[Any]:
    """Each post once in every group it belongs to, with what `figures` needs."""
    m = mention.c
    tone = (m.tone if single else m.post_tone).label("tone")
    found: FromClause = mention
    if any(key.name == "street" for key in keys):
        found = mention.outerjoin(spot, spot.c.post == m.post)
    needed = (m.post, m.voice, m.thread, m.source.label("outlet"), tone, m.cues, m.copy)
    return select(*keys, *needed).select_from(found).where(and_(*conditions)).distinct()


def _frame(connection: Connection, cell: Select[Any], by: Sequence[str], known: Places) -> pd.DataFrame:
    whole = cell.subquery("cell")
    keys = [whole.c[name] for name in by]
    rows = connection.execute(select(*keys, *figures(whole)).group_by(*keys)).all()
    result = pd.DataFrame(rows, columns=[*by, *FIGURES])
    loud = connection.execute(_loudest(cell.subquery("again"), by)).all()
    if by:
        result = result.merge(pd.DataFrame(loud, columns=[*by, "loudest3"]), how="left", on=list(by))
    else:
        result["loudest3"] = loud[0][0]
    figures_ = [*FIGURES, "loudest3"]
    result[figures_] = result[figures_].fillna(0).astype("int64")
    for name in by:
        result[name] = result[name].astype("object" if name in TEXT else "int64")
    if "ward" in by:
        result["ward"] = result["ward"].map(known.name).astype("object")
    result = result.sort_values(list(by), ignore_index=True) if by else result
    if "day" in by:
        result["day"] = dates(result["day"])
    return result


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
    connection: Connection, since: datetime, until: datetime, channels: Names = ("public",)
) -> pd.DataFrame:
    """Posts left out as noise in [since, until), copies folded: one row a filter class, most first."""
    m = mention.c
    conditions = [*_window(since, until, places(connection)), m.real == 0, m.issue != NONE, m.copy == 0]
    if channels is not None:
        conditions.append(m.channel.in_(channels))
    number = func.count(m.post.distinct()).label("posts")
    asked = select(m.issue, number).where(*conditions).group_by(m.issue).order_by(number.desc(), m.issue)
    result = pd.DataFrame(connection.execute(asked).all(), columns=["noise", "posts"])
    return result.astype({"noise": "object", "posts": "int64"})
