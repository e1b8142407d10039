"""The exact figures of a place and a window, beside what is usual there."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import pandas as pd

from listening.area import Area, Body
from listening.summarise.bursts import calm
from listening.summarise.rows import each, pick
from listening.summarise.scope import (
    Ledger,
    Scope,
    by_morning,
    history,
    last_block,
    ranked,
    same_times,
    weeks_heard,
)
from listening.summarise.trends import FEWEST, Usual, blocks, usual, weekly

Streets = dict[
    str, tuple[tuple[str, int], ...]
]  # issue -> (street, posts), most first; "" is no street named

PUBLIC = ("public",)
SENSITIVE_FROM = 3  # accounts: below, a sensitive issue is neither listed nor shown
TONE_FROM = 30  # scored posts below which the tone of a place is not told
READ = 2000  # posts read for quotes, questions and claims; figures of talk never come from these
READS = (  # of a post: what quotes, questions, items and what is kept from view rest on
    "id", "source", "channel", "published", "collected", "url", "title", "text", "author", "thread",
    "issues", "wards", "towns", "places", "tone", "cues", "flags", "copy_of",
)  # fmt: skip


SEEN = (  # the same before its words are wanted
    "id", "source", "published", "collected", "author", "issues", "cues", "flags",
)  # fmt: skip


@dataclass(frozen=True)
class Figures:
    """Residents' posts of a window: exact and distinct."""

    posts: int = 0
    voices: int = 0
    sources: int = 0
    complaints: int = 0
    questions: int = 0
    negative: int = 0
    neutral: int = 0
    positive: int = 0
    unclear: int = 0
    copies: int = 0  # of these posts, folded into them; their accounts are among the voices

    @property
    def scored(self) -> int:
        """Posts with a tone, "can't tell" among them."""
        return self.negative + self.neutral + self.positive + self.unclear


TALK = ("posts", "conversations", "voices")  # what is held against chance
WEIGHT = ("posts", "voices")  # what a row of a list needs
TOTAL = tuple(Figures.__dataclass_fields__)


@dataclass(frozen=True)
class Mentioned:
    """One issue that people mentioned."""

    slug: str
    label: str
    posts: int
    voices: int
    usual: Usual | None
    weeks: int  # how many weeks the place has been heard, for "no usual range yet"
    streets: tuple[tuple[str, int], ...]  # most first; the street may be empty: "no street named"
    runs: Body | None
    reports: int
    reported: datetime | None  # the newest report


def worded(store: Ledger, posts: pd.DataFrame) -> pd.DataFrame:
    """These posts, newest first, with their words."""
    return store.posts(ids=posts["id"].tolist(), noise=True, columns=READS)


def cued(posts: pd.DataFrame, *cues: str) -> pd.DataFrame:
    """The posts with one of these cues."""
    return pick(posts, (bool(told) and not {*cues}.isdisjoint(told) for told in posts["cues"]))


def figures(row: pd.DataFrame) -> Figures:
    """The one row of a tally as figures; an empty frame is all noughts."""
    if row.empty:
        return Figures()
    return Figures(**{f: int(row.iloc[0][f]) for f in Figures.__dataclass_fields__ if f in row})


def series(store: Ledger, scope: Scope) -> pd.Series:
    """Posts a day before the window, from the roll-up, by date."""
    issues = {"issues": [scope.issue]} if scope.issue else {}
    cell: dict[str, Any] = {"places": [scope.key], "channels": PUBLIC, **issues}
    daily = store.counts(by=("day",), figures=("posts",), **cell, **history(scope))
    return daily.set_index("day")["posts"]


def usual_posts(store: Ledger, scope: Scope, posts: int, first: date) -> Usual | None:
    """The usual range of its posts over as long a window, without a rise that leads to these ``posts``."""
    if scope.days == 1:
        return mornings(store, scope, first)
    return usual_of(series(store, scope), scope, posts, first)


def usual_of(daily: pd.Series, scope: Scope, number: int, first: date) -> Usual | None:
    """The usual range of a figure that can be added over days, without a rise that leads to ``number``."""
    earlier = weekly(daily, first, last_block(scope), scope.days, scope.deaf())
    return usual(calm(earlier, number))


def week_voices(store: Ledger, scope: Scope, first: date) -> pd.Series:
    """Accounts of each finished week (Monday to Sunday) before the window, oldest first.

    They come from the weeks' own rows: accounts cannot be added up from days.
    """
    issues = {"issues": [scope.issue]} if scope.issue else {}
    cell: dict[str, Any] = {"places": [scope.key], "channels": PUBLIC, **issues}
    rows = store.counts(by=("week",), figures=("voices",), **cell, **history(scope))
    known = {pd.Timestamp(w).date(): int(v) for w, v in zip(rows["week"], rows["voices"], strict=True)}
    end = last_block(scope)
    monday = first + timedelta(days=-first.weekday() % 7)
    weeks = [monday + timedelta(days=7 * n) for n in range(max(0, (end - monday).days // 7))]
    return pd.Series([known.get(w, 0) for w in weeks], dtype="int64")


def mornings(store: Ledger, scope: Scope, first: date) -> Usual | None:
    """The usual number of posts from midnight to this hour on this weekday, over 12 weeks."""
    times = [t for t in same_times(scope) if t[0].date() >= first]
    told = {"figures": ("posts",), "channels": PUBLIC, **scope.only}
    rows = by_morning(store, times, **told)
    posts = dict(zip(rows["day"], rows["posts"], strict=True))
    return usual([posts.get(t[0].date(), 0) for t in times])


def mentioned(store: Ledger, scope: Scope, first: date) -> tuple[Mentioned, ...]:
    """The issues people mentioned, most posts first; sensitive ones only from 3 accounts."""
    area, window = scope.area, (scope.since, scope.until)
    told = {"figures": WEIGHT, "channels": PUBLIC, **scope.only}
    rows = shown(area, store.tally(*window, by=("issue",), **told))
    rows = pick(rows, ranked(area, rows["issue"]))
    spots = store.tally(*window, by=("issue", "street"), **told)
    streets = by_street(shown(area, spots))
    cells = ("issues", "published")
    reports = store.posts(*window, channels=("report",), limit=READ, columns=cells, **scope.only)
    filed: dict[str, list[datetime]] = {}
    for issues, at in zip(reports["issues"], reports["published"], strict=True):
        for issue in set(issues):
            filed.setdefault(issue, []).append(at.to_pydatetime())
    past, weeks = histories(store, scope, first), weeks_heard(scope, first)
    found = [_mention(row, scope, weeks, streets, filed, past) for row in each(rows)]
    return tuple(sorted(found, key=lambda m: (-m.posts, m.label)))


def shown(area: Area, rows: pd.DataFrame, issue: str | None = None) -> pd.DataFrame:
    """The rows of a tally without those of a sensitive issue with fewer than 3 accounts.

    The issue of a row is its own, or ``issue`` where all rows are of one; noughts pass.
    """
    sensitive = {i.slug for i in area.issues if i.sensitive}
    slugs = rows["issue"] if "issue" in rows else [issue] * len(rows)
    told = zip(slugs, rows["voices"], strict=True)
    return pick(rows, (s not in sensitive or v == 0 or v >= SENSITIVE_FROM for s, v in told))


def _mention(
    row: Any,
    scope: Scope,
    weeks: int,
    streets: Streets,
    filed: dict[str, list[datetime]],
    past: dict[str, list[float]],
) -> Mentioned:
    reports = filed.get(row.issue, [])
    never = Usual(0, 0, weeks) if weeks >= FEWEST and 1 < scope.days < 90 else None
    return Mentioned(
        slug=row.issue,
        label=scope.area.issue_by_slug[row.issue].label,
        posts=int(row.posts),
        voices=int(row.voices),
        usual=usual(calm(past[row.issue], int(row.posts))) if row.issue in past else never,
        weeks=weeks,
        streets=streets.get(row.issue, ()),
        runs=scope.area.body(row.issue),
        reports=len(reports),
        reported=max(reports, default=None),
    )


def histories(store: Ledger, scope: Scope, first: date) -> dict[str, list[float]]:
    """The earlier blocks of each issue met in the place, oldest first; empty for part of a day."""
    if scope.days == 1:
        return {}
    cell: dict[str, Any] = {"places": [scope.key], "channels": PUBLIC}
    daily = store.counts(by=("day", "issue"), figures=("posts",), **cell, **history(scope))
    row, issues = pd.factorize(daily["issue"])
    posts, end = daily["posts"].to_numpy(), last_block(scope)
    found = blocks(row, daily["day"], posts, first, end, scope.days, scope.deaf(), len(issues))
    return dict(zip(issues, found.tolist(), strict=True))


def by_street(rows: pd.DataFrame) -> Streets:
    """Streets by issue, most posts first, those without a street last."""
    result: dict[str, list[tuple[str, int]]] = {}
    for row in each(rows.sort_values("posts", ascending=False, kind="stable")):
        result.setdefault(row.issue, []).append((_name(row.street), int(row.posts)))
    return {slug: tuple(sorted(s, key=lambda x: x[0] == "")) for slug, s in result.items()}


def _name(street: object) -> str:
    return street if isinstance(street, str) and street != "none" else ""


def tone_of(store: Ledger, scope: Scope, own: Figures) -> tuple[str, Figures]:
    """The tone of the place, or of the smallest larger one with 30 scored posts, and its name."""
    wider = [scope.at(ward=None, town=scope.home)] if scope.ward and scope.home else []
    whole = scope.at(ward=None, town=None)
    name, found = scope.place, own
    for larger in [*wider, *([whole] if scope.kind != "area" else [])]:
        if found.scored >= TONE_FROM:
            break
        row = store.tally(scope.since, scope.until, channels=PUBLIC, figures=TOTAL, **larger.only)
        name, found = larger.place, figures(row)
    return name, found


def by_ward(store: Ledger, scope: Scope) -> tuple[tuple[str, int], ...]:
    """The wards of a town or the area with their posts, most first; empty for a single ward."""
    if scope.ward:
        return ()
    told = {"figures": WEIGHT, "channels": PUBLIC, **scope.only}
    rows = store.tally(scope.since, scope.until, by=("ward",), **told)
    rows = shown(scope.area, rows, scope.issue)
    known = {w.name for w in scope.area.wards if scope.town in (None, w.town)}
    posts = {str(row.ward): int(row.posts) for row in each(rows) if row.ward in known}
    return tuple(sorted(posts.items(), key=lambda x: (-x[1], x[0])))
