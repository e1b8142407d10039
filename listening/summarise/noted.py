"""Cells worth a line of their own: loud but not wide, gone quiet, or good news."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pandas as pd

from listening.area import Area
from listening.summarise.figures import PUBLIC, READ
from listening.summarise.partly import audible
from listening.summarise.rows import each, pick
from listening.summarise.scope import TOWN, Ledger, Scope, last_block, spoken
from listening.summarise.standing import DAYS, Cells, inside, scope_of
from listening.summarise.trends import FEWEST, LOW, WEEKS, Usual, usual, weekly
from listening.summarise.voices import LOUD_POSTS, Loud, loud

HEAVY = 2.0  # posts an account, from which on a cell is looked at for loudness
QUIET_FROM = 5  # posts in every usual week, before a silence is worth a line
RECENT = 4  # weeks left out of what is usual, where a silence is looked for
GOOD_FROM = 5  # accounts behind good news
PLEASED = 0.8  # of the posts that have a clear tone
SHOWN = 3


@dataclass(frozen=True)
class Noted:
    """A cell worth a line: loud, gone quiet, or good news."""

    slug: str
    label: str
    key: str  # of the place
    place: str  # as read
    posts: int
    voices: int
    usual: Usual | None = None
    loud: Loud | None = None
    pleased: int = 0
    until: date | None = None  # gone quiet: the last usual day


def loud_ones(store: Ledger, scope: Scope, found: Cells) -> tuple[Noted, ...]:
    """Where a few accounts wrote most of the posts; each at the smallest place that shows it."""
    heavy = _heavy(found)
    order = heavy["place"].map(lambda p: 2 if p == scope.area.code else 1 if p.startswith(TOWN) else 0)
    result: list[Noted] = []
    for row in each(heavy.assign(order=order).sort_values(["order", "posts"], ascending=[True, False])):
        noise = _loud(store, scope, row)
        if noise and not any(n.slug == row.issue and inside(n.key, row.place, found) for n in result):
            result.append(_noted(scope.area, row, loud=noise))
    return tuple(result)


def loud_here(store: Ledger, scope: Scope, found: Cells) -> tuple[Noted, ...]:
    """The issues that a few accounts wrote most of within the scope's own place, most posts first."""
    heavy = _heavy(found)
    heavy = heavy[heavy["place"] == scope.key].sort_values("posts", ascending=False)
    known = ((row, _loud(store, scope, row)) for row in each(heavy))
    return tuple(_noted(scope.area, row, loud=noise) for row, noise in known if noise)


def _heavy(found: Cells) -> pd.DataFrame:
    """The cells worth looking at for loudness."""
    rows = found.current
    return rows[(rows["posts"] >= LOUD_POSTS) & (rows["posts"] >= HEAVY * rows["voices"])]


def _loud(store: Ledger, scope: Scope, row: Any) -> Loud | None:
    here = scope_of(scope, row.place, row.issue)
    told = {"channels": PUBLIC, "limit": READ, "columns": ("author", "published")}
    posts = store.posts(here.since, here.until, **told, **here.only)
    return loud(posts, scope.area.zone)


def gone_quiet(store: Ledger, scope: Scope, found: Cells, first: date) -> tuple[Noted, ...]:
    """Issues with less than half the posts of any usual week; usual is that of the weeks up to a month ago.

    The last month is left out, or a silence would be usual before anybody had noticed it. Where the
    sources that carried the talk could not be heard, only what they could have told is expected.
    """
    now = dict(
        zip(
            zip(found.current["issue"], found.current["place"], strict=True),
            found.current["posts"],
            strict=True,
        )
    )
    end = last_block(scope.at(period="7d"))
    result = []
    first = max(first, end - timedelta(days=DAYS * WEEKS))  # the counts reach no further back
    weeks = (end - first).days // DAYS - RECENT
    if weeks < FEWEST:
        return ()
    lost = {place: {d for d in scope.deaf(place) if first <= d < end} for place in scope.silences.places}
    total: dict[Any, int] = found.daily.groupby(["issue", "place"])["posts"].sum().to_dict()
    # All but one week in twenty have at least the low end: with fewer posts in all, it cannot be
    # so high that this week is below half of it. So most cells need no closer look.
    least = {cell: (1 - LOW) * (FEWEST if lost.get(cell[1]) else weeks) for cell in total}
    near = {c for c, n in total.items() if n >= least[c] * max(QUIET_FROM, 2 * now.get(c, 0) + 1)}
    cells = zip(found.daily["issue"], found.daily["place"], strict=True)
    for (issue, place), days in _days(pick(found.daily, (cell in near for cell in cells))).items():
        deaf, posts = lost.get(str(place), ()), int(now.get((issue, place), 0))
        blocks = weekly(days, first, end, deaf=deaf)
        usually = usual(blocks.iloc[:-RECENT])
        some = posts > 0 and scope.area.issue_by_slug[str(issue)].sensitive  # of how many accounts?
        if usually and not some and _hushed(store, scope, (str(issue), str(place)), posts, usually):
            label, spot = scope.area.issue_by_slug[str(issue)].label, spoken(scope.area, str(place))
            until = _last_usual(blocks, usually, end)
            result.append(Noted(str(issue), label, str(place), spot, posts, 0, usual=usually, until=until))
    return tuple(_largest(result, found)[:SHOWN])


def _hushed(store: Ledger, scope: Scope, cell: tuple[str, str], posts: int, usually: Usual) -> bool:
    """Whether so few posts are less than half of any usual week, of what could be heard of one."""
    if usually.low < QUIET_FROM or 2 * posts >= usually.low:
        return False
    here = scope_of(scope, cell[1], cell[0])
    low = 0.0 if here.silent else usually.low * audible(store, here)
    return low >= QUIET_FROM and 2 * posts < low


def _days(daily: pd.DataFrame) -> dict[tuple[str, str], dict[date, int]]:
    """Posts by day, of every cell that has any; the cells in order."""
    found: dict[tuple[str, str], dict[date, int]] = {}
    days = daily["day"].dt.date if len(daily) else ()
    for issue, place, day, posts in zip(daily["issue"], daily["place"], days, daily["posts"], strict=True):
        found.setdefault((issue, place), {})[day] = posts
    return dict(sorted(found.items()))


def _last_usual(blocks: pd.Series, usually: Usual, end: date) -> date:
    """The last day of the newest week that was as usual."""
    back = next((n for n, posts in enumerate(reversed(blocks.tolist())) if posts >= usually.low), len(blocks))
    return end - timedelta(days=7 * back + 1)


def good_news(area: Area, found: Cells) -> tuple[Noted, ...]:
    """Issues in a place that 5 accounts or more write about and nearly all are pleased."""
    rows = found.current
    clear = rows["positive"] + rows["negative"] + rows["neutral"]
    kind = rows[
        (rows["voices"] >= GOOD_FROM)
        & (rows["positive"] >= PLEASED * clear)
        & (rows["positive"] >= GOOD_FROM)
    ]
    kind = pick(kind, (not area.issue_by_slug[i].sensitive for i in kind["issue"]))
    order = kind.sort_values(["posts", "place"], ascending=[False, True])
    notes = [_noted(area, row, pleased=int(row.positive)) for row in each(order)]
    return tuple(_largest(notes, found)[:SHOWN])


def _noted(area: Area, row: Any, **more: Any) -> Noted:
    label = area.issue_by_slug[row.issue].label
    return Noted(
        row.issue, label, row.place, spoken(area, row.place), int(row.posts), int(row.voices), **more
    )


def _largest(notes: list[Noted], found: Cells) -> list[Noted]:
    """The notes without those that a note on the same issue in a larger place around them covers."""
    return [
        n
        for n in notes
        if not any(m is not n and m.slug == n.slug and inside(n.key, m.key, found) for m in notes)
    ]
