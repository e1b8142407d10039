"""What stands out in the area this week, and how it went: by day, by week, by place."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import pandas as pd

from listening.area import Body
from listening.summarise import words
from listening.summarise.bursts import bursts, calm, rising
from listening.summarise.figures import PUBLIC, READ
from listening.summarise.rows import each, pick
from listening.summarise.scope import TOWN, Ledger, Scope, history, last_block, parents, ranked, spoken
from listening.summarise.today import near
from listening.summarise.trends import Usual, change, usual, weekly

DAYS = 7
RUN = 4  # weeks of a rise that are named
PARTS = 3  # places named inside a larger one
TOGETHER = 0.5  # of an issue's posts name another issue too: they are one event


@dataclass(frozen=True)
class Standing:
    """One issue in one place that stands out."""

    slug: str
    label: str
    key: str  # of the place, as in the roll-up
    place: str  # as read
    posts: int
    voices: int
    usual: Usual | None
    direction: str  # rising, falling, no clear change: within the window's own days
    days: tuple[tuple[date, int], ...]  # posts on each local day, oldest first
    weeks: tuple[int, ...]  # a run of rising weeks that leads here, else empty
    parts: tuple[tuple[str, int], ...]  # wards inside it, most posts first
    only_place: int  # posts that name the town and no ward
    bodies: tuple[str, ...]  # public bodies that have said something
    statements: int
    last_statement: datetime | None
    reports: int
    runs: Body | None


@dataclass(frozen=True)
class Cells:
    """What was counted of every issue in every place, once for all views of one moment."""

    current: pd.DataFrame  # the 7 × 24 hours up to now: issue, place and the figures
    daily: pd.DataFrame  # the roll-up of the weeks before: day, issue, place, posts, conversations
    folded: pd.DataFrame  # `bursts`, each at the smallest place that carries it
    flat: pd.DataFrame  # `bursts` of every cell by itself: what stands out within one place
    parents: dict[str, str]  # the larger place around each


def cells(store: Ledger, scope: Scope) -> Cells:
    """Every issue in every ward, town and the area, and which of them stand out this week."""
    area = scope.area
    week = scope.at(ward=None, town=None, issue=None, period="7d", since=scope.until - timedelta(days=7))
    current = pd.concat(
        [_current(store, week, level) for level in ("ward", "town", "area")], ignore_index=True
    )
    daily = store.counts(by=("day", "issue", "place"), channels=PUBLIC, **history(week))
    daily = pick(daily, ranked(area, daily["issue"]))
    daily = daily[daily["place"] != "none"]
    around = parents(area)
    flat = bursts(daily, scope.until, current=current, zone=area.zone)
    folded = bursts(daily, scope.until, current=current, parents=around, zone=area.zone)
    return Cells(current, daily, folded, flat, around)


def _current(store: Ledger, week: Scope, level: str) -> pd.DataFrame:
    by = ("issue",) if level == "area" else ("issue", level)
    rows = store.tally(week.since, week.until, by=by, channels=PUBLIC)
    rows = pick(rows, ranked(week.area, rows["issue"]))
    if level == "area":
        return rows.assign(place=week.area.code)
    rows = rows[rows[level].notna() & (rows[level] != "none")]
    prefix = TOWN if level == "town" else ""
    return rows.assign(place=prefix + rows[level].astype("str")).drop(columns=level)


def standing(store: Ledger, scope: Scope, found: Cells) -> tuple[str, ...]:
    """The slugs of the issues that stand out within the scope's place, most surprising first."""
    here = found.flat[found.flat["place"] == scope.key]
    return tuple(str(row.issue) for row in apart(store, scope, list(each(here))))


def apart(store: Ledger, scope: Scope, rows: list[Any]) -> list[Any]:
    """The rows without those whose posts, by half, also name an issue that stands above them in the list.

    Blocked drains in a flood are the flood: one event is said once.
    """
    kept: list[Any] = []
    for row in rows:
        here = scope_of(scope, row.place, row.issue)
        posts = store.posts(here.since, here.until, channels=PUBLIC, limit=READ, **here.only)
        named = {r.issue for r in kept} - {row.issue}
        both = sum(bool(named.intersection(issues)) for issues in posts["issues"])
        if not len(posts) or both < TOGETHER * len(posts):
            kept.append(row)
    return kept


def stands_out(
    store: Ledger, scope: Scope, row: Any, found: Cells, items: pd.DataFrame, first: date
) -> Standing:
    """One row of ``bursts`` with all that is said of it; ``items`` are press and official."""
    area = scope.area
    here = scope_of(scope, row.place, row.issue)
    past = found.daily[(found.daily["issue"] == row.issue) & (found.daily["place"] == row.place)]
    blocks = weekly(past.set_index("day")["posts"], first, last_block(here))
    run = rising([*blocks, int(row.posts)], usual(blocks))
    said = near(pick(items, (row.issue in i for i in items["issues"])), here)
    official = said[(said["channel"] == "official") & (said["published"] >= here.since)]
    parts, only = _parts(found, row)
    by_day = _by_day(store, here)
    return Standing(
        slug=row.issue,
        label=area.issue_by_slug[row.issue].label,
        key=row.place,
        place=spoken(area, row.place),
        posts=int(row.posts),
        voices=int(row.voices),
        usual=usual(calm(blocks, int(row.posts))),
        direction=_direction(by_day, int(row.voices)),
        days=by_day,
        weeks=tuple(run[-RUN:]),
        parts=parts,
        only_place=only,
        bodies=tuple(dict.fromkeys(official["source"])),
        statements=len(official),
        last_statement=official["published"].max().to_pydatetime() if len(official) else None,
        reports=len(store.posts(here.since, here.until, channels=("report",), limit=READ, **here.only)),
        runs=area.body(row.issue),
    )


def scope_of(scope: Scope, place: str, issue: str) -> Scope:
    """The 7 × 24 hours of one issue in the place of a key."""
    town = place.removeprefix(TOWN) if place.startswith(TOWN) else None
    ward = place if place in scope.area.ward_by_name else None
    since = scope.until - timedelta(days=DAYS)
    return scope.at(ward=ward, town=town, issue=issue, period="7d", since=since)


def _parts(found: Cells, row: Any) -> tuple[tuple[tuple[str, int], ...], int]:
    """The wards inside a town with their posts, and how many posts name the town alone."""
    if not row.place.startswith(TOWN):
        return (), 0
    same = found.current[found.current["issue"] == row.issue].set_index("place")["posts"]
    inside = {p: int(n) for p, n in same.items() if found.parents.get(str(p)) == row.place}
    top = sorted(inside.items(), key=lambda x: (-x[1], x[0]))[:PARTS]
    return tuple(top), max(0, int(row.posts) - sum(inside.values()))


def _by_day(store: Ledger, here: Scope) -> tuple[tuple[date, int], ...]:
    """Posts on each local day of the week, oldest first, noughts included."""
    rows = store.tally(here.since, here.until, by=("day",), channels=PUBLIC, **here.only)
    posts = {pd.Timestamp(d).date(): int(n) for d, n in zip(rows["day"], rows["posts"], strict=True)}
    today = here.until.astimezone(here.area.zone).date()
    return tuple((d, posts.get(d, 0)) for d in words.days(today, DAYS + 1))


def _direction(by_day: Sequence[tuple[date, int]], voices: int) -> str:
    """Whether the newer half of the whole days holds clearly more, or fewer, posts than the older."""
    numbers = [n for _, n in by_day[1:-1]]
    half = len(numbers) // 2
    return change(sum(numbers[:half]), sum(numbers[-half:]), voices)
