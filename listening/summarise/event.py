"""Something that is being talked about now: what is confirmed, what is not, where, and who does what."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pandas as pd

from listening.area import Issue
from listening.summarise import words
from listening.summarise.bursts import TALKED_ACCOUNTS, Talked, talked
from listening.summarise.claims import Claim, claims, lexicon
from listening.summarise.figures import (
    PUBLIC,
    TALK,
    TOTAL,
    WEIGHT,
    Figures,
    Streets,
    by_street,
    figures,
    shown,
    worded,
)
from listening.summarise.kept import visible
from listening.summarise.quotes import Quote, questions, said, short
from listening.summarise.rows import each, pick
from listening.summarise.scope import Ledger, Scope, by_morning, ranked, same_times
from listening.summarise.trends import Usual, usual

SHOWN = 6  # confirmed items in a list
DUTY_FROM = 3  # posts of the event that name an issue, before its body is named
TOGETHER = 0.5  # of an issue's posts name the event too: it is part of it


@dataclass(frozen=True)
class Item:
    """A press or official item: its headline, who says so, when, and where it leads."""

    title: str
    source: str
    channel: str
    published: datetime
    url: str | None


@dataclass(frozen=True)
class Also:
    """Another issue in the same place since midnight."""

    label: str
    posts: int
    usual: Usual | None
    same: bool  # part of the same event


@dataclass(frozen=True)
class Event:
    """Something that is being talked about now."""

    slug: str
    label: str
    street: str | None  # where most of it is
    figures: Figures
    first: datetime
    fifth: datetime  # when the fifth account had posted
    usual: Usual
    streets: tuple[tuple[str, int], ...]
    confirmed: tuple[Item, ...]  # by public bodies, oldest first
    press: tuple[Item, ...]
    claims: tuple[tuple[Claim, Item | None], ...]  # with the nearest official item
    said: tuple[Quote, ...]
    also: tuple[Also, ...]
    duties: tuple[str, ...]  # slugs of the issues its posts name, most first


def event(store: Ledger, scope: Scope, talk: pd.DataFrame, official: pd.DataFrame) -> Event | None:
    """What is being talked about in this place since midnight, or None.

    ``talk`` are the newest residents' posts of the scope, ``official`` the press and official items
    near the place. The usual is that of the same weekday up to the same hour, over 12 weeks. None too
    where its posts were erased while it was being read.
    """
    day = scope.at(since=words.midnight(scope.until, scope.area.zone), period="today")
    cells = _cells(store, day)
    hot, past = _talked(store, day, cells)
    return _event(store, day, hot[0], cells, past, talk, official) if hot else None


def around(store: Ledger, scope: Scope, slugs: Collection[str]) -> tuple[tuple[str, str, int], ...]:
    """Which of these issues the ward's whole town talks about now: town, label, posts since midnight."""
    if not scope.ward or not scope.home or not slugs:
        return ()
    town = scope.at(ward=None, town=scope.home, period="today")
    day = town.at(since=words.midnight(scope.until, scope.area.zone))
    cells = _cells(store, day)
    cells = pick(cells, (slug in slugs for slug in cells["issue"]))
    known = scope.area.issue_by_slug
    return tuple((scope.home, known[t.issue].label, t.posts) for t in _talked(store, day, cells)[0])


def _talked(
    store: Ledger, day: Scope, cells: pd.DataFrame
) -> tuple[list[Talked], dict[tuple[str, str], Usual | None]]:
    """The cells that are being talked about now, and the usual range of each cell."""
    if cells.empty or cells["voices"].max() < TALKED_ACCOUNTS:
        return [], {}
    days, mornings = _mornings(store, day)
    posts, conversations = (_by_issue(name, days, mornings) for name in ("posts", "conversations"))
    nothing = [0] * len(days)
    past = {(i, day.key): usual(posts.get(i, nothing)) for i in cells["issue"]}
    earlier = {(i, day.key): conversations.get(i, nothing) for i in cells["issue"]}
    return talked(cells, earlier, past), past


def _cells(store: Ledger, day: Scope) -> pd.DataFrame:
    told = {"figures": TALK, "channels": PUBLIC, **day.only}
    rows = store.tally(day.since, day.until, by=("issue",), **told)
    return pick(rows, ranked(day.area, rows["issue"])).assign(place=day.key)


def _mornings(store: Ledger, day: Scope) -> tuple[list[date], pd.DataFrame]:
    """The issues of each earlier same weekday up to this hour, since the store began; and those days."""
    began = store.first()
    times = [t for t in same_times(day) if began is not None and t[0] >= began]
    told = {"figures": ("posts", "conversations"), "channels": PUBLIC, **day.only}
    return [t[0].date() for t in times], by_morning(store, times, by=("issue",), **told)


def _by_issue(figure: str, days: list[date], rows: pd.DataFrame) -> dict[str, list[int]]:
    """A figure of each morning, by issue; an issue that a morning does not have is a nought there."""
    result: dict[str, list[int]] = {}
    place = {day: n for n, day in enumerate(days)}
    for day, issue, number in zip(rows["day"], rows["issue"], rows[figure].tolist(), strict=True):
        result.setdefault(issue, [0] * len(days))[place[day]] = int(number)
    return result


def _event(
    store: Ledger,
    day: Scope,
    hot: Talked,
    cells: pd.DataFrame,
    past: dict[tuple[str, str], Usual | None],
    talk: pd.DataFrame,
    official: pd.DataFrame,
) -> Event | None:
    area, here = day.area, day.at(issue=hot.issue)
    talk = talk[talk["published"] >= day.since]
    own = worded(store, pick(talk, (hot.issue in i for i in talk["issues"]))).sort_values("published")
    if own.empty:  # erased since they were counted
        return None
    named = pick(official, (hot.issue in i for i in official["issues"]))
    since = named[named["published"] >= day.since]
    readable = visible(own, area)
    known = official[official["published"] >= day.since]
    unsure = claims(readable, known, lexicon())
    streets = _streets(store, here)
    return Event(
        slug=hot.issue,
        label=area.issue_by_slug[hot.issue].label,
        street=streets[0][0] or None if streets and 2 * streets[0][1] > hot.posts else None,
        figures=figures(store.tally(day.since, day.until, channels=PUBLIC, figures=TOTAL, **here.only)),
        first=own["published"].min().to_pydatetime(),
        fifth=_fifth(own),
        usual=hot.usual,
        streets=streets,
        confirmed=_items(since, "official"),
        press=_items(since, "press"),
        claims=_told(unsure, known),
        said=tuple(_voices_of(readable, unsure, official)),
        also=tuple(_also(day, hot.issue, cells, past, talk)),
        duties=tuple(_named(own, area.issue_by_slug)),
    )


def _streets(store: Ledger, here: Scope) -> tuple[tuple[str, int], ...]:
    told = {"figures": WEIGHT, "channels": PUBLIC, **here.only}
    rows = store.tally(here.since, here.until, by=("issue", "street"), **told)
    found: Streets = by_street(shown(here.area, rows[rows["issue"] == here.issue]))
    return found.get(str(here.issue), ())


def _fifth(own: pd.DataFrame) -> datetime:
    """When the fifth account had posted: the moment from which this is told."""
    firsts = own.drop_duplicates("author")["published"].sort_values()
    at: datetime = firsts.iloc[min(TALKED_ACCOUNTS, len(firsts)) - 1].to_pydatetime()
    return at


def _told(unsure: list[Claim], known: pd.DataFrame) -> tuple[tuple[Claim, Item | None], ...]:
    items = {row.id: _item(row) for row in each(known)}
    return tuple((c, items.get(c.nearest)) for c in unsure)


def _voices_of(talk: pd.DataFrame, unsure: list[Claim], official: pd.DataFrame) -> list[Quote]:
    """One thing said that is no claim, and the question most ask."""
    claimed = {i for c in unsure for i in c.ids}
    calm = talk[~talk["id"].isin(claimed)]
    return [*said(calm, 1), *questions(calm, official[official["channel"] == "official"])[:1]]


def _also(
    day: Scope, slug: str, cells: pd.DataFrame, past: dict[tuple[str, str], Usual | None], talk: pd.DataFrame
) -> list[Also]:
    """The other issues of two posts or more; the event's own words may carry some of them."""
    result = []
    others = cells[(cells["issue"] != slug) & (cells["posts"] >= 2)]
    for row in each(others.sort_values("posts", ascending=False)):
        issue = day.area.issue_by_slug[row.issue]
        both = sum(row.issue in i and slug in i for i in talk["issues"])
        if not issue.sensitive:
            same = both >= TOGETHER * row.posts
            result.append(Also(issue.label, int(row.posts), past[row.issue, day.key], same))
    return result[:3]


def _named(own: pd.DataFrame, known: Mapping[str, Issue]) -> list[str]:
    slugs = pd.Series([s for issues in own["issues"] for s in issues if s in known], dtype="object")
    number = slugs.value_counts()
    return [str(s) for s in number[number >= DUTY_FROM].index]


def _items(rows: pd.DataFrame, channel: str) -> tuple[Item, ...]:
    of_channel = rows[rows["channel"] == channel].sort_values("published")
    return tuple(_item(row) for row in each(of_channel.head(SHOWN)))


def _item(row: Any) -> Item:
    """A row of the posts frame as an item: its headline, or the opening of its text."""
    return Item(
        short(str(row.title or row.text or "")),
        row.source,
        row.channel,
        row.published.to_pydatetime(),
        row.url,
    )
