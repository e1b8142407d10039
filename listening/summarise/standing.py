"""What stands out in the area this week, and how it went: by day, by week, by place."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import pandas as pd

from listening.area import Area, Body
from listening.summarise import words
from listening.summarise.bursts import bursts, calm, rising, smallest
from listening.summarise.deeds import COUNTS_FOR
from listening.summarise.figures import PUBLIC, READ, SENSITIVE_FROM
from listening.summarise.rows import each, pick
from listening.summarise.scope import TOWN, Ledger, Scope, history, last_block, parents, ranked, spoken
from listening.summarise.today import near
from listening.summarise.trends import Usual, change, usual, weekly

DAYS = 7
RUN = 4  # weeks of a rise that are named
PARTS = 3  # places named inside a larger one
TOGETHER = 0.5  # of an issue's posts name another issue too: they are one event
BLOCKS = 1008  # equal parts of the week that a direction is read from: ten minutes each
STRAY = 0.1  # of the posts at most lie in the time that counts as before it began
FRESH = 36  # parts (6 hours): an event as young is held against the days before it

CURRENT = ("posts", "conversations", "voices", "negative", "neutral", "positive")  # of each cell

Cell = tuple[str, str]  # an issue's slug and a place key


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
    direction: str  # rising, falling, no clear change: within the window itself
    days: tuple[tuple[date, int], ...]  # posts on each local day, oldest first
    weeks: tuple[int, ...]  # a run of rising weeks that leads here, else empty
    parts: tuple[tuple[str, int], ...]  # wards inside it, most posts first
    only_place: int  # posts that name the town and no ward
    bodies: tuple[str, ...]  # public bodies that have said something within the week
    statements: int  # official posts of the last 60 days
    last_statement: datetime | None
    reports: int
    runs: Body | None


@dataclass(frozen=True)
class Cells:
    """What was counted of every issue in every place, once for all views of one moment."""

    current: pd.DataFrame  # the 7 × 24 hours up to now: issue, place and the figures
    daily: pd.DataFrame  # the roll-up of the weeks before: day, issue, place, posts, conversations
    flat: pd.DataFrame  # `bursts` of every cell by itself: what stands out within one place
    parents: dict[str, str]  # the larger place around each


def cells(store: Ledger, scope: Scope) -> Cells:
    """Every issue in every ward, town and the area, and which of them stand out this week."""
    area = scope.area
    week = scope.at(ward=None, town=None, issue=None, period="7d", since=scope.until - timedelta(days=7))
    current = pd.concat(
        [_current(store, week, level) for level in ("ward", "town", "area")], ignore_index=True
    )
    by, told = ("day", "issue", "place"), ("posts", "conversations")
    daily = store.counts(by=by, channels=PUBLIC, figures=told, **history(week))
    daily = pick(daily, ranked(area, daily["issue"]))
    daily = daily[daily["place"] != "none"]
    around = parents(area)
    deaf = {place: scope.deaf(place) for place in scope.silences.places}
    flat = bursts(daily, scope.until, current=current, zone=area.zone, deaf=deaf)
    return Cells(current, daily, flat, around)


def _current(store: Ledger, week: Scope, level: str) -> pd.DataFrame:
    by = ("issue",) if level == "area" else ("issue", level)
    rows = store.tally(week.since, week.until, by=by, channels=PUBLIC, figures=CURRENT)
    rows = pick(rows, ranked(week.area, rows["issue"]))
    if level == "area":
        return rows.assign(place=week.area.code)
    rows = rows[rows[level].notna() & (rows[level] != "none")]
    prefix = TOWN if level == "town" else ""
    return rows.assign(place=prefix + rows[level].astype("str")).drop(columns=level)


def standing(store: Ledger, scope: Scope, found: Cells, noted: Sequence[Cell] = ()) -> tuple[str, ...]:
    """The slugs of the issues that stand out within the scope's place, most surprising first.

    ``noted`` are cells told elsewhere (loud, or good news): neither they nor talk that is part of
    them stands out here.
    """
    told = [cell for cell in noted if overlap(cell[1], scope.key, found)]
    kept: list[str] = []
    for row in each(found.flat[found.flat["place"] == scope.key]):
        stronger = [*told, *((slug, scope.key) for slug in kept)]
        own = _own(store, scope, row, stronger, found)
        if (row.issue, row.place) not in told and own > (1 - TOGETHER) * row.posts:
            kept.append(str(row.issue))
    return tuple(kept)


def leading(
    store: Ledger, scope: Scope, found: Cells, rows: pd.DataFrame, noted: Sequence[Cell]
) -> list[Any]:
    """Of ``rows`` (as of ``bursts``) those to report, each at the smallest place that carries it.

    Blocked drains in a flood are the flood: one event is said once. So the issues are gone through
    from the strongest to the weakest; posts that also name a stronger one, or a cell of ``noted``,
    of an overlapping place are left out of a row, the row goes where they are half of it, and only
    then is the smallest place looked for. Rows of most posts above the expected come first.
    """
    rows = rows.assign(above=rows["posts"] - rows["expected"]).sort_values("above", ascending=False)
    stronger, result = list(noted), []
    for slug in rows["issue"].unique():
        mine = rows[rows["issue"] == slug]
        own = [_own(store, scope, row, stronger, found) for row in each(mine)]
        left = pick(
            mine.assign(posts=own), (n > (1 - TOGETHER) * p for n, p in zip(own, mine["posts"], strict=True))
        )
        kept = mine.loc[smallest(left, found.parents).index] if len(left) else left
        stronger += [(str(row.issue), str(row.place)) for row in each(kept)]
        result += list(each(kept))
    return sorted(result, key=lambda row: -row.above)


def _own(store: Ledger, scope: Scope, row: Any, stronger: Sequence[Cell], found: Cells) -> int:
    """How many posts of a row name none of the stronger issues of an overlapping place."""
    named = {slug for slug, place in stronger if slug != row.issue and overlap(place, row.place, found)}
    if not named:
        return int(row.posts)
    here = scope_of(scope, row.place, row.issue)
    told = {"channels": PUBLIC, "limit": READ, "columns": ("issues", "copy_of")}
    posts = store.posts(here.since, here.until, **told, **here.only)
    roots = posts[posts["copy_of"].isna()]
    return sum(named.isdisjoint(issues) for issues in roots["issues"])


def inside(place: str, other: str, found: Cells) -> bool:
    """Whether ``place`` is ``other`` or lies in it."""
    while place != other and place in found.parents:
        place = found.parents[place]
    return place == other


def overlap(place: str, other: str, found: Cells) -> bool:
    """Whether one of two places is or holds the other."""
    return inside(place, other, found) or inside(other, place, found)


def stands_out(
    store: Ledger, scope: Scope, row: Any, found: Cells, items: pd.DataFrame, first: date
) -> Standing:
    """One row of ``bursts`` with all that is said of it; ``items`` are press and official."""
    area = scope.area
    here = scope_of(scope, row.place, row.issue)
    past = found.daily[(found.daily["issue"] == row.issue) & (found.daily["place"] == row.place)]
    blocks = weekly(past.set_index("day")["posts"], first, last_block(here), deaf=here.deaf())
    run = rising([*blocks, int(row.posts)], usual(blocks))
    said = near(pick(items, (row.issue in i for i in items["issues"])), here)
    official = said[(said["channel"] == "official") & (said["published"] >= here.until - COUNTS_FOR)]
    fresh = official[official["published"] >= here.since]
    parts, only = _parts(area, found, row)
    by_day = _by_day(store, here)
    reports = {"channels": ("report",), "limit": READ, "columns": ("id",)}
    return Standing(
        slug=row.issue,
        label=area.issue_by_slug[row.issue].label,
        key=row.place,
        place=spoken(area, row.place),
        posts=int(row.posts),
        voices=int(row.voices),
        usual=usual(calm(blocks, int(row.posts))),
        direction=direction(_blocks(store, here), int(row.voices)),
        days=by_day,
        weeks=tuple(run[-RUN:]),
        parts=parts,
        only_place=only,
        bodies=tuple(dict.fromkeys(fresh["source"])),
        statements=len(official),
        last_statement=official["published"].max().to_pydatetime() if len(official) else None,
        reports=len(store.posts(here.since, here.until, **reports, **here.only)),
        runs=area.body(row.issue),
    )


def scope_of(scope: Scope, place: str, issue: str) -> Scope:
    """The 7 × 24 hours of one issue in the place of a key."""
    town = place.removeprefix(TOWN) if place.startswith(TOWN) else None
    ward = place if place in scope.area.ward_by_name else None
    since = scope.until - timedelta(days=DAYS)
    return scope.at(ward=ward, town=town, issue=issue, period="7d", since=since)


def _parts(area: Area, found: Cells, row: Any) -> tuple[tuple[tuple[str, int], ...], int]:
    """The wards inside a town with their posts, and how many posts name the town alone.

    A ward where fewer than 3 accounts wrote about a sensitive issue is not named.
    """
    if not row.place.startswith(TOWN):
        return (), 0
    same = found.current[found.current["issue"] == row.issue]
    same = pick(same, (found.parents.get(str(p)) == row.place for p in same["place"]))
    few = SENSITIVE_FROM if area.issue_by_slug[row.issue].sensitive else 0
    shown = [(str(c.place), int(c.posts)) for c in each(same) if c.voices >= few]
    top = sorted(shown, key=lambda x: (-x[1], x[0]))[:PARTS]
    return tuple(top), max(0, int(row.posts) - int(same["posts"].sum()))


def _by_day(store: Ledger, here: Scope) -> tuple[tuple[date, int], ...]:
    """Posts on each local day of the week, oldest first, noughts included."""
    told = {"figures": ("posts",), "channels": PUBLIC, **here.only}
    rows = store.tally(here.since, here.until, by=("day",), **told)
    posts = {pd.Timestamp(d).date(): int(n) for d, n in zip(rows["day"], rows["posts"], strict=True)}
    today = here.until.astimezone(here.area.zone).date()
    return tuple((d, posts.get(d, 0)) for d in words.days(today, DAYS + 1))


def _blocks(store: Ledger, here: Scope) -> list[int]:
    """Posts in each of the equal parts of the week, oldest first, up to now."""
    rows = store.tally(
        here.since,
        here.until,
        by=("block",),
        figures=("posts",),
        block=(here.until - here.since) / BLOCKS,
        channels=PUBLIC,
        **here.only,
    )
    posts = {int(b): int(n) for b, n in zip(rows["block"], rows["posts"], strict=True)}
    return [posts.get(b, 0) for b in reversed(range(BLOCKS))]


def direction(blocks: Sequence[int], voices: int) -> str:
    """Whether the newer half of the time holds clearly more, or fewer, posts than the older half.

    ``blocks`` are posts in equal parts of the week, oldest first. An event that began in the newer
    half would always rise; so the time before it began, up to the first tenth of its posts, is left
    out: a fire of yesterday evening is held against its own last hours. Only what is not six hours
    old is held against the days before it.
    """
    total, before, start = sum(blocks), 0, 0
    while start < len(blocks) - 1 and before + blocks[start] <= STRAY * total:
        before += blocks[start]
        start += 1
    return _halves(blocks if len(blocks) - start <= FRESH else blocks[start:], voices)


def _halves(blocks: Sequence[int], voices: int) -> str:
    """The newer half against the older; of an odd number of parts the oldest is left out."""
    half = len(blocks) // 2
    older, newer = blocks[len(blocks) - 2 * half : len(blocks) - half], blocks[len(blocks) - half :]
    return change(sum(older), sum(newer), voices)
