"""Reading the roll-up: series of days, finished weeks and finished months."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Connection, select

from listening.errors import WordsError
from listening.store.figures import DISTINCT, FIGURES, VOICES_BY_TONE
from listening.store.places import Places, places
from listening.store.schema import counts as table
from listening.store.times import dates, first_day_from

PERIODS = ("day", "week", "month")
BY = (*PERIODS, "issue", "place", "channel")

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
    """
    by = (by,) if isinstance(by, str) else tuple(by)
    _check(by, issues, places_, channels)
    told = _told(figures)
    known = places(connection)
    period = next(name for name in by if name in PERIODS)
    names = [name for name in BY if name in by]
    c = table.c
    asked = select(*(c["start" if n == period else n] for n in names), *(c[n] for n in told))
    asked = asked.where(c.period == period)
    chosen = _places(known, by, places_)
    # All issues of one place are one run of the key. Left to itself SQLite takes the index of days
    # instead, and reads every place: ten times as long. It can't for an expression.
    start = c.start + 0 if len(chosen) == 1 and issues is None and "issue" in by else c.start
    if since is not None:
        asked = asked.where(start >= first_day_from(since, known.zone))
    if until is not None:
        asked = asked.where(start < first_day_from(until, known.zone))
    asked = asked.where(c.place.in_(chosen))
    if channels is not None or "channel" not in by:
        asked = asked.where(c.channel.in_(channels or ["public"]))
    if issues is not None or "issue" not in by:
        asked = asked.where(c.issue.in_(issues if issues is not None else ["any"]))
    else:
        asked = asked.where(c.issue.not_in(["any", "none"]), c.noise == 0)
        if len(chosen) > 1:  # named one by one, each cell is a run of the key from its first day on
            asked = asked.where(c.issue.in_(_met(connection, period, known.area, channels or ["public"])))
    # The driver's own rows: a page's largest reading has some hundred thousand figures.
    rows = connection.execute(asked).cursor.fetchall()
    return _frame(rows, names, told, period, known)


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


def _frame(
    rows: Sequence[Any], names: list[str], told: list[str], period: str, known: Places
) -> pd.DataFrame:
    """The rows as a frame, sorted by the columns of `by` (places by their keys)."""
    each = zip(*rows, strict=True) if rows else ((),) * (len(names) + len(told))
    columns: dict[str, Any] = dict(zip([*names, *told], each, strict=True))
    order = np.lexsort([_ranks(columns[name]) for name in reversed(names)])
    result = {}
    for name, values in columns.items():
        if name == period:
            result[name] = dates(np.array(values, dtype="int64")[order])
        elif name in names:
            shown = [known.name(v) for v in values] if name == "place" else values
            result[name] = pd.Series(np.array(shown, dtype="object")[order], dtype="object")
        elif name in DISTINCT:
            result[name] = pd.Series(pd.array(values, dtype="Int64")[order])
        else:
            result[name] = pd.Series(np.array(values, dtype="int64")[order])
    return pd.DataFrame(result)


def _ranks(values: Sequence[Any]) -> "np.ndarray[Any, Any]":
    """Where each value stands among the different ones; words by their bytes, as databases do."""
    places_ = {value: n for n, value in enumerate(sorted(set(values)))}
    return np.fromiter(map(places_.__getitem__, values), dtype="int64", count=len(values))
