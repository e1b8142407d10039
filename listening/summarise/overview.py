"""The whole area at a glance: what stands out, what is loud, what fell silent, what went well."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pandas as pd

from listening.summarise import words
from listening.summarise.bursts import CARRIED
from listening.summarise.door import Door, door
from listening.summarise.figures import (
    PUBLIC,
    TOTAL,
    Figures,
    cued,
    figures,
    mornings,
    usual_of,
    week_voices,
    worded,
)
from listening.summarise.kept import Kept, kept
from listening.summarise.noted import Noted, gone_quiet, good_news, loud_ones
from listening.summarise.partly import audible
from listening.summarise.quotes import questions
from listening.summarise.rows import each, pick
from listening.summarise.scope import Ledger, Scope, first_heard, history, weeks_heard
from listening.summarise.standing import DAYS, Cells, Standing, inside, leading, stands_out
from listening.summarise.today import public_bodies, residents
from listening.summarise.trends import Usual, usual

COUNTED = ("posts", "complaints", "questions")  # what can be added over days
SHOWN = 6  # rows of what stands out


@dataclass(frozen=True)
class Week:
    """What is told of the last seven days, whatever time is chosen."""

    standing: tuple[Standing, ...]
    loud: tuple[Noted, ...]
    quiet: tuple[Noted, ...]
    good: tuple[Noted, ...]


@dataclass(frozen=True)
class Overview:
    """The figures of the page for the whole area."""

    figures: Figures
    usuals: Mapping[str, Usual | None]  # of posts, voices, complaints, questions
    days: Mapping[str, tuple[int, ...]]  # posts, complaints, questions on the last seven local days
    weeks: int
    unanswered: int
    week: Week
    placed: Mapping[str, int]  # ward, town, several, unknown
    noise: tuple[tuple[str, int], ...]  # label, posts; most first
    kept: Kept
    door: tuple[Door, ...] = ()  # what councillors were told, an issue a row
    audible: float = 1.0  # the part of the usual talk that could be heard


def of_week(store: Ledger, scope: Scope, found: Cells) -> Week:
    """What stands out in the area, is loud, has gone quiet or went well: of the 7 × 24 hours up to now."""
    scope = scope.at(period="7d", since=scope.until - timedelta(days=DAYS))
    items, first = public_bodies(store, scope), first_heard(store, scope)
    noisy, good = loud_ones(store, scope, found), good_news(scope.area, found)
    noted = (*noisy, *good)
    rows = _ordinary(found, noted)
    stand = leading(store, scope, found, rows, [(n.slug, n.key) for n in noted])[:SHOWN]
    return Week(
        standing=tuple(stands_out(store, scope, row, found, items, first) for row in stand),
        loud=noisy,
        quiet=gone_quiet(store, scope, found, first),
        good=good,
    )


def gather(store: Ledger, scope: Scope, week: Week) -> Overview:
    """All that the page says of the whole area."""
    total = figures(store.tally(scope.since, scope.until, channels=PUBLIC, figures=TOTAL))
    talk = residents(store, scope)
    asked = worded(store, cued(talk, "question"))
    earliest = asked["published"].min().to_pydatetime() if len(asked) else scope.until
    items = public_bodies(store, scope.at(since=earliest))  # nothing before it answers
    first = first_heard(store, scope)
    cell: dict[str, Any] = {"places": [scope.key], "channels": PUBLIC, "figures": COUNTED}
    daily = store.counts(by=("day",), **cell, **history(scope))
    told = {"figures": ("posts",), "channels": PUBLIC}
    placed = store.tally(scope.since, scope.until, by=("placement",), **told)
    return Overview(
        figures=total,
        usuals=_usuals(store, scope, total, daily, first),
        days=_days(store, scope),
        weeks=weeks_heard(scope, first),
        unanswered=len(questions(asked, items[items["channel"] == "official"])),
        week=week,
        placed=dict(zip(placed["placement"].astype(str), placed["posts"].astype(int), strict=True)),
        noise=_noise(store, scope),
        kept=kept(talk),
        door=door(store, scope),
        audible=audible(store, scope),
    )


def _ordinary(found: Cells, noted: tuple[Noted, ...]) -> pd.DataFrame:
    """What stands out and is neither merely loud nor good news."""
    return pick(found.flat, (not _same(noted, row.issue, row.place, found) for row in each(found.flat)))


def _same(noted: tuple[Noted, ...], issue: str, place: str, found: Cells) -> bool:
    """Whether a row is one of these cells, lies inside one, or is a larger place that one carries."""
    same = [n for n in noted if n.slug == issue]
    if not same:
        return False
    posts = found.current.set_index(["issue", "place"])["posts"].get((issue, place), 0)
    return any(inside(place, n.key, found) or n.posts >= CARRIED * posts for n in same)


def _usuals(
    store: Ledger, scope: Scope, total: Figures, daily: pd.DataFrame, first: date
) -> dict[str, Usual | None]:
    """The usual range of each figure; of part of a day only that of posts."""
    if scope.days == 1:
        return {"posts": mornings(store, scope, first)}
    by_day = daily.set_index("day")
    ranges = {name: usual_of(by_day[name], scope, getattr(total, name), first) for name in COUNTED}
    if scope.days == DAYS:
        ranges["voices"] = usual(week_voices(store, scope, first))
    return ranges


def _days(store: Ledger, scope: Scope) -> dict[str, tuple[int, ...]]:
    """Posts, complaints and questions on the last seven local days, today's part included, oldest first."""
    today = scope.until.astimezone(scope.area.zone)
    since = words.midnight(scope.until, scope.area.zone) - timedelta(days=DAYS - 1)
    told = (*COUNTED, "voices")
    rows = store.tally(since, scope.until, by=("day",), channels=PUBLIC, figures=told)
    by_day = rows.assign(day=pd.to_datetime(rows["day"]).dt.date).set_index("day")
    wanted = words.days(today.date(), DAYS)
    return {n: tuple(by_day[n].reindex(wanted, fill_value=0).astype(int)) for n in told}


def _noise(store: Ledger, scope: Scope) -> tuple[tuple[str, int], ...]:
    """What was left out, by kind, most first."""
    rows = store.noise(scope.since, scope.until).sort_values("posts", ascending=False)
    known = scope.area.issue_by_slug
    return tuple(
        (known[s].label if s in known else s, int(n))
        for s, n in zip(rows["noise"], rows["posts"], strict=True)
    )
