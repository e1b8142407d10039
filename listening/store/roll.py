"""The roll-up: counts made from mentions, a day at a time, and finished weeks and months.

A day is rolled in the transaction that changed it. Weeks and months have rows of their own,
because voices cannot be added; they are rolled once they are over, and again when one of their
days has changed (`due`).
They are reckoned while others may write, and put down in a short
transaction that first looks whether anything has been written meanwhile.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import pandas as pd
from sqlalchemy import (
    ColumnElement,
    Connection,
    Insert,
    Integer,
    Select,
    String,
    and_,
    bindparam,
    case,
    delete,
    func,
    insert,
    literal,
    or_,
    select,
    union_all,
)

from listening.post import TONES
from listening.store import dialect, facts
from listening.store.disk import Disk
from listening.store.figures import ADDABLE, DISTINCT, FIGURES, VOICES_BY_TONE, figures
from listening.store.places import NONE, TOWN, places
from listening.store.schema import counts, due, frozen, mention
from listening.store.times import after, month_of, week_of

KEY = ("start", "channel", "issue", "place")
COLUMNS = ("period", *KEY, "noise", *FIGURES, *VOICES_BY_TONE)
PERIODS = {"week": week_of, "month": month_of}
TRIES = 5  # to put down a period while others write; then its mark stays for the next time


def roll_days(connection: Connection, days: Iterable[int], area: str) -> None:
    """Make the counts of these local days anew; none of them may be frozen."""
    wanted = sorted(set(days))
    if not wanted:
        return
    connection.execute(delete(counts).where(counts.c.period == "day", counts.c.start.in_(wanted)))
    connection.execute(_days_anew(area), {"days": wanted})


@lru_cache(maxsize=64)
def _days_anew(area: str) -> Insert:
    """The statement that counts ``days``: to put it together takes longer than to run it."""
    days = mention.c.day.in_(bindparam("days", expanding=True))
    return insert(counts).from_select(COLUMNS, rolled("day", mention.c.day, days, area))


def thaw(connection: Connection, days: Iterable[int]) -> set[int]:
    """Those of these days that are not frozen."""
    wanted = set(days)
    return wanted - set(connection.scalars(select(frozen.c.day).where(frozen.c.day.in_(wanted))))


def rolled(period: str, start: ColumnElement[Any], days: ColumnElement[bool], area: str) -> Select[Any]:
    """The rows of `counts` for mentions on certain days: a select, in the order of `COLUMNS`."""
    cell = _cells(start, days, area).cte("cell")
    keys = [cell.c[name] for name in KEY]
    noise = func.max(cell.c.noise).label("noise")
    main = select(*keys, noise, *figures(cell)).group_by(*keys).subquery("main")
    tones = _voices_by_tone(cell).subquery("tones")
    same = and_(*(main.c[name] == tones.c[name] for name in KEY))
    voices = [func.coalesce(tones.c[name], 0) for name in VOICES_BY_TONE]
    return select(literal(period), *main.c, *voices).select_from(main.outerjoin(tones, same))


def _cells(start: ColumnElement[Any], days: ColumnElement[bool], area: str) -> Select[Any]:
    """Each post once in every cell it belongs to: its issue and `any`, its ward, its town and the area."""
    m = mention.c
    issues = union_all(select(literal(0).label("n")), select(literal(1))).subquery("issues")
    places = union_all(*(select(literal(n).label("n")) for n in range(3))).subquery("places")
    has_place = or_(
        and_(places.c.n == 0, m.ward != ""), and_(places.c.n == 1, m.town != NONE), places.c.n == 2
    )
    own = issues.c.n == 0
    return (
        select(
            start.label("start"),
            m.channel,
            case((own, m.issue), else_="any").label("issue"),
            case((places.c.n == 0, m.ward), (places.c.n == 1, literal(TOWN, String) + m.town), else_=area)
            .label("place"),
            case((and_(m.real == 0, m.issue != NONE), 1), else_=0).label("noise"),
            case((own, m.tone), else_=m.post_tone).label("tone"),
            m.post, m.day, m.voice, m.thread, m.source.label("outlet"), m.cues, m.copy,
        )
        .select_from(mention.join(issues, or_(own, m.real == 1)).join(places, has_place))
        .where(m.late == 0, days)
        .distinct()
    )  # fmt: skip


def _voices_by_tone(cell: Any) -> Select[Any]:
    """Voices by tone: an account once an issue, place and day, by the tone of most of its posts.

    Where two tones are level the day of that account is "unclear".
    """
    c = cell.c
    n = {tone: func.sum(case((c.tone == tone, 1), else_=0)) for tone in TONES}
    grouped = [*(c[name] for name in KEY), c.day, c.voice]
    days = (
        select(*grouped, *(count.label(tone) for tone, count in n.items()))
        .where(c.voice.is_not(None), c.tone.is_not(None))
        .group_by(*grouped)
        .subquery("voice_days")
    )
    d = days.c
    wins = {t: and_(*(d[t] > d[other] for other in TONES if other != t)) for t in TONES if t != "unclear"}
    chosen = case(*((won, literal(tone)) for tone, won in wins.items()), else_="unclear")
    said = [func.sum(case((chosen == tone, 1), else_=0)).label(f"voices_{tone}") for tone in TONES]
    keys = [d[name] for name in KEY]
    return select(*keys, *said).group_by(*keys)


def mark(connection: Connection, days: Iterable[int]) -> None:
    """Note that the weeks and months of these days need rolling, once they are over."""
    starts = {(period, begin(day)) for day in set(days) for period, begin in PERIODS.items()}
    rows = [{"period": period, "start": start} for period, start in sorted(starts)]
    if rows:
        connection.execute(dialect.upsert(connection, due, ["period", "start"]), rows)


def roll_periods(disk: Disk, today: int) -> None:
    """Roll every week and month that is marked, and over before `today`."""
    with disk.reading() as connection:
        marked = [tuple(row) for row in connection.execute(select(due).order_by(due.c.start))]
    for period, start in marked:
        if after(period, start) <= today:
            _roll_period(disk, period, start)


def _roll_period(disk: Disk, period: str, start: int) -> None:
    """Reckon a period's rows, and put them down unless somebody has written meanwhile: then again."""
    for _ in range(TRIES):
        with disk.reading() as connection:
            before = facts.version(connection)
            rows = period_rows(connection, period, start)
        with disk.writing() as connection:
            if facts.version(connection) != before:
                continue
            whole = and_(counts.c.period == period, counts.c.start == start)
            connection.execute(delete(counts).where(whole))
            dialect.pour(connection, counts, rows)
            connection.execute(delete(due).where(due.c.period == period, due.c.start == start))
            facts.raise_version(connection, ())
            return


def period_rows(connection: Connection, period: str, start: int) -> list[dict[str, Any]]:
    """The rows of a week or month. Once a day of it is frozen, what can be added is added from its days.

    Its voices, conversations and sources then stay what they were: they cannot be made again.
    Where they had not been made yet (text kept for less than a month) they are None: not known.
    """
    end = after(period, start)
    if connection.scalar(select(frozen.c.day).where(frozen.c.day >= start, frozen.c.day < end).limit(1)):
        return _added_up(connection, period, start, end)
    within = {"since": start, "until": end}
    made = connection.execute(_period_anew(period, places(connection).area), within)
    return [dict(zip(COLUMNS, row, strict=True)) for row in made]


@lru_cache(maxsize=64)
def _period_anew(period: str, area: str) -> Select[Any]:
    """The statement that counts the days from ``since`` to ``until`` as one period."""
    since, until = (bindparam(name, type_=Integer) for name in ("since", "until"))
    return rolled(period, since, and_(mention.c.day >= since, mention.c.day < until), area)


def _added_up(connection: Connection, period: str, start: int, end: int) -> list[dict[str, Any]]:
    c = counts.c
    keys = ("channel", "issue", "place")
    sums = [func.sum(c[name]).label(name) for name in (*ADDABLE, *VOICES_BY_TONE)]
    days = (
        select(*(c[k] for k in keys), func.max(c.noise).label("noise"), *sums)
        .where(c.period == "day", c.start >= start, c.start < end)
        .group_by(*(c[k] for k in keys))
    )
    held = select(counts).where(c.period == period, c.start == start)
    known = {
        tuple(row[k] for k in keys): {name: row[name] for name in DISTINCT}
        for row in connection.execute(held).mappings()
    }
    unknown = dict.fromkeys(DISTINCT)
    return [
        {"period": period, "start": start, **row, **known.get(tuple(row[k] for k in keys), unknown)}
        for row in connection.execute(days).mappings()
    ]


def recount(connection: Connection) -> pd.DataFrame:
    """The rows in which the roll-up and a recount from mentions differ; marked and frozen periods apart.

    Columns as in `counts`, and ``_merge``: "left_only" stands in the roll-up, "right_only" should.
    """
    area = places(connection).area
    open_days = mention.c.day.not_in(select(frozen.c.day))
    fresh = [tuple(r) for r in connection.execute(rolled("day", mention.c.day, open_days, area))]
    unsettled = {tuple(row) for row in connection.execute(select(due))}
    days = set(connection.scalars(select(frozen.c.day)))
    held = []
    for row in connection.execute(select(*(counts.c[name] for name in COLUMNS))):
        if (row.period == "day" and row.start in days) or (row.period, row.start) in unsettled:
            continue
        held.append(tuple(row))
    for period, start in sorted({row[:2] for row in held if row[0] != "day"}):
        fresh += [tuple(r[name] for name in COLUMNS) for r in period_rows(connection, period, start)]
    both = pd.DataFrame(held, columns=COLUMNS, dtype="object").merge(
        pd.DataFrame(fresh, columns=COLUMNS, dtype="object"), how="outer", indicator=True
    )
    return both[both["_merge"] != "both"].reset_index(drop=True)
