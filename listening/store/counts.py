"""Reading the roll-up: series of days, finished weeks and finished months."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Connection, select

from listening.errors import WordsError
from listening.store import series
from listening.store.asked import understood
from listening.store.columns import Columns
from listening.store.figures import DISTINCT, FIGURES, VOICES_BY_TONE
from listening.store.places import Places, places
from listening.store.schema import counts as table
from listening.store.times import dates, first_day_from

PERIODS = ("day", "week", "month")
BY = (*PERIODS, "issue", "place", "channel")

Array = Any  # of numpy
Names = Sequence[str] | None
When = datetime | date | None


def counts(
    connection: Connection,
    by: str | Sequence[str] = ("day", "issue"),
    since: When = None,
    until: When = None,
    places_: Names = None,
    issues: Names = None,
    channels: Names = None,
    figures: Names = None,
    held: Columns | None = None,
) -> pd.DataFrame:
    """Figures a day, a finished week (from its Monday) or a finished month, as they stand in the roll-up.

    Without "issue" in `by` the figures are those of any issue; with it, of each single issue
    (`issues` may also name "any", "none" or a filter class). Without "place" they are those of the
    area; with it, of every ward (by name), "town:…", the area (its code) and "none". Without
    "channel" they are those of "public", or of the one channel given.

    A period is in [since, until) where its first local midnight is. What has no posts has no row.
    Rows are sorted by the columns of `by`. Columns: those of `by`, then the figures; a day is a
    midnight without a zone. `voices_negative` … count an account once a day. Conversations, voices
    and sources are <NA> for a month whose text left before the month was over. `figures` names the
    ones that are wanted: what is not asked for is not read.

    Nothing is added up here, and voices may not be added up at all: a `by` that would have to is
    refused, with what to use instead.

    With `held`, the columns of this version in memory, the database is not asked for what they have.
    """
    by = (by,) if isinstance(by, str) else tuple(by)
    _check(by, issues, places_, channels)
    told = _told(figures)
    known = held.known if held else places(connection)
    understood(connection, known, issues, channels)
    period = next(name for name in by if name in PERIODS)
    names = [name for name in BY if name in by]
    days = tuple(None if at is None else first_day_from(at, known.zone) for at in (since, until))
    chosen, heard = _places(known, by, places_), list(channels or [series.CHANNEL])
    real, issues_ = issues is None and "issue" in by, ["any"] if issues is None else issues
    if held is not None and _in_memory(by, told, heard):
        return held.series.told(names, told, days, chosen, None if real else issues_)
    c = table.c
    asked = select(*(c["start" if n == period else n] for n in names), *(c[n] for n in told))
    asked = asked.where(c.period == period)
    # All issues of one place are one run of the key. Left to itself SQLite takes the index of days
    # instead, and reads every place: ten times as long. It can't for an expression.
    start = c.start + 0 if len(chosen) == 1 and real else c.start
    if days[0] is not None:
        asked = asked.where(start >= days[0])
    if days[1] is not None:
        asked = asked.where(start < days[1])
    asked = asked.where(c.place.in_(chosen))
    if channels is not None or "channel" not in by:
        asked = asked.where(c.channel.in_(heard))
    if not real:
        asked = asked.where(c.issue.in_(issues_))
    else:
        asked = asked.where(c.issue.not_in(["any", "none"]), c.noise == 0)
        if len(chosen) > 1:  # named one by one, each cell is a run of the key from its first day on
            asked = asked.where(c.issue.in_(_met(connection, period, known.area, heard)))
    # The driver's own rows: a page's largest reading has some hundred thousand figures.
    rows = connection.execute(asked).cursor.fetchall()
    each = zip(*rows, strict=True) if rows else ((),) * (len(names) + len(told))
    return _frame(dict(zip([*names, *told], each, strict=True)), period, known)


def _in_memory(by: Sequence[str], told: Sequence[str], channels: Sequence[str]) -> bool:
    """Whether `series` has it."""
    daily = "day" in by and "channel" not in by
    return daily and channels == [series.CHANNEL] and set(told) <= set(series.FIGURES)


def _met(connection: Connection, period: str, area: str, channels: Sequence[str]) -> list[str]:
    """Every issue that ever had a row in the area: no place within it has another."""
    c = table.c
    asked = select(c.issue).distinct().where(c.period == period, c.channel.in_(channels), c.place == area)
    return list(connection.scalars(asked))


def _told(figures: Names) -> list[str]:
    """The figures that are asked for, in the table's order."""
    every = (*FIGURES, *VOICES_BY_TONE)
    wrong = [name for name in figures or () if name not in every]
    if wrong:
        raise WordsError(f"figures must be of {', '.join(every)}; got {wrong[0]!r}")
    return [name for name in every if figures is None or name in figures]


def _places(known: Places, by: Sequence[str], asked: Names) -> list[str]:
    if asked is not None:
        return known.keys(asked)
    return [*known.wards, *known.towns, known.area, "none"] if "place" in by else [known.area]


def _check(by: Sequence[str], issues: Names, places_: Names, channels: Names) -> None:
    wrong = [name for name in by if name not in BY]
    if wrong:
        raise WordsError(
            f"by must be of {', '.join(BY)}; got {wrong[0]!r} "
            "(wards and towns: by=('day', 'place'), or tally)"
        )
    if sum(name in PERIODS for name in by) != 1:
        raise WordsError(
            f"by needs one of day, week, month: voices can't be added over periods; got {', '.join(by)!r} "
            "(for one figure over a window use tally)"
        )
    for name, asked in (("issue", issues), ("place", places_), ("channel", channels)):
        if name not in by and asked is not None and len(asked) > 1:
            raise WordsError(
                f"voices can't be added over {name}s: put {name!r} into by; got {', '.join(asked)} "
                "(for one figure over several use tally)"
            )


def _frame(columns: Mapping[str, Any], period: str, known: Places) -> pd.DataFrame:
    """The columns as a frame, sorted by those of `by` (places by their keys)."""
    keys = {name: _ranked(values) for name, values in columns.items() if name in BY}
    order = np.lexsort([ranks for ranks, _ in reversed(keys.values())])
    result = {}
    for name, values in columns.items():
        if name in keys:
            ranks, different = keys[name]
            shown: Any = dates(different).array if name == period else np.empty(len(different), dtype=object)
            if name != period:
                shown[:] = [known.name(v) for v in different] if name == "place" else different
            result[name] = pd.Series(shown[ranks[order]], dtype=None if name == period else "object")
        elif name in DISTINCT:
            result[name] = pd.Series(pd.array(values, dtype="Int64")[order])
        else:
            result[name] = pd.Series(np.array(values, dtype="int64")[order])
    return pd.DataFrame(result)


def _ranked(values: Any) -> tuple[Array, list[Any]]:
    """Where each value stands among the different ones, and these in order; words by their bytes."""
    places_, met = pd.factorize(np.asarray(values))
    different = met.tolist()
    order = sorted(range(len(different)), key=different.__getitem__)
    rank = np.empty(len(different), dtype="int64")
    rank[order] = np.arange(len(different))
    return rank[places_], [different[n] for n in order]
