"""A ward by itself, also where there is little to go on: the window widens, and the page says so."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pandas as pd

from listening.summarise import findings, words
from listening.summarise.figures import (
    PUBLIC,
    READ,
    SENSITIVE_FROM,
    TONE_FROM,
    Figures,
    Mentioned,
    figures,
    mentioned,
    tone_of,
    usual_posts,
)
from listening.summarise.partly import audible, partly
from listening.summarise.rows import each, pick
from listening.summarise.scope import TIMES, Ledger, Scope, first_heard, weeks_heard
from listening.summarise.trends import JUDGED_FROM, Usual, stands, usually

ENOUGH = 5  # posts: with fewer the window widens
WIDER = {"today": "7d", "7d": "28d", "28d": "90d"}
SAID = {"today": "today", "7d": "7 days", "28d": "28 days", "90d": "90 days"}
SHOWN = 6  # issues in the table; the rest are named below
RAISED_BACK = timedelta(days=60)  # how far back an official item counts as having raised an issue
RAISED = 2  # issues for which that is told
QUIET = "A ward this quiet online is not a ward without problems."


@dataclass(frozen=True)
class Raised:
    """An official item on an issue in the ward: it has been raised."""

    label: str
    source: str
    published: datetime
    url: str | None


@dataclass(frozen=True)
class Alone:
    """The figures of a ward's own page."""

    asked: str  # the period that was chosen
    before: int  # posts in it
    figures: Figures  # of the window that is shown
    usual: Usual | None
    weeks: int
    mentioned: tuple[Mentioned, ...]
    tone_place: str
    tone: Figures  # of the chosen period: for tone the place widens and the period stays
    raised: tuple[Raised, ...]
    audible: float = 1.0  # the part of its usual talk that could be heard in the window shown


def gather(store: Ledger, scope: Scope) -> tuple[Scope, Alone]:
    """The window that a ward is shown for, widened where it holds fewer than 5 posts, and its figures."""
    before = _counted(store, scope)
    wide = widened(store, scope, before)
    total = before if wide == scope else _counted(store, wide)
    first = first_heard(store, wide)
    shown = mentioned(store, wide, first)
    place, tone = (scope.place, total) if total.scored >= TONE_FROM else tone_of(store, scope, before)
    found = Alone(
        asked=scope.period,
        before=before.posts,
        figures=total,
        usual=_usual(store, wide, total.posts, first),
        weeks=weeks_heard(wide, first),
        mentioned=tuple(m for m in shown if wide.issue in (None, m.slug)),
        tone_place=place,
        tone=tone,
        raised=raised(store, wide, shown),
        audible=audible(store, wide),
    )
    return wide, found


def _counted(store: Ledger, scope: Scope) -> Figures:
    return figures(store.tally(scope.since, scope.until, channels=PUBLIC, **scope.only))


def widened(store: Ledger, scope: Scope, held: Figures) -> Scope:
    """The scope over the first of 7, 28 and 90 days that holds 5 posts.

    Where none does, the shortest that holds all there are: a longer one would only look longer.
    """
    found, most = scope, held.posts
    while most < ENOUGH and scope.period in WIDER:
        period = WIDER[scope.period]
        scope = scope.at(period=period, since=scope.until - timedelta(days=int(period.removesuffix("d"))))
        posts = _counted(store, scope).posts
        if posts > most:
            found, most = scope, posts
    return found


def _usual(store: Ledger, scope: Scope, posts: int, first: date) -> Usual | None:
    """The ward's usual range; none over 90 days, for such windows overlap too much."""
    return None if scope.period == "90d" else usual_posts(store, scope, posts, first)


def raised(store: Ledger, scope: Scope, shown: tuple[Mentioned, ...]) -> tuple[Raised, ...]:
    """The newest official item of the last 60 days on each of the first issues, in this very ward."""
    since = scope.until - RAISED_BACK
    items = store.posts(since, scope.until, wards=[scope.ward], channels=("official",), limit=READ)
    items = items[items["collected"] <= scope.until]
    found = []
    for row in shown[:SHOWN]:
        same = pick(items, (row.slug in issues for issues in items["issues"]))
        if len(same):
            newest = next(each(same))
            found.append(Raised(row.label, newest.source, newest.published.to_pydatetime(), newest.url))
    return tuple(found[:RAISED])


# --- the sentences ------------------------------------------------------------------------------


def title(found: Alone, scope: Scope) -> str:
    """``Coldbrook · last 28 days (we widened it from 7 days, which held 2 posts)``"""
    issue = f": {words.lower(scope.area.issue_by_slug[scope.issue].label)}" if scope.issue else ""
    when = "since midnight" if scope.period == "today" else f"last {SAID[scope.period]}"
    said = f"{scope.place}{issue} · {when}"
    if found.asked == scope.period:
        return said
    held = f"held {words.count(found.before, 'post')}" if found.before else "held no posts"
    return f"{said} (we widened it from {SAID[found.asked]}, which {held})"


def finding(found: Alone, scope: Scope) -> str:
    """``9 posts from 8 accounts; usually 4–13. Nothing stands out.``

    An issue above its own range is named with both numbers; that is a count, not a judgement.
    """
    f = found.figures
    if not f.posts:
        place = f"{scope.place} " if not scope.issue else findings.where(scope) + " "
        none = "We heard no posts" if partly(scope, found.audible) else "No posts"
        return f"{none} about {place}{TIMES[scope.period]}{_beside(found, scope)}."
    said = f"{words.count(f.posts, 'post')} from {words.count(f.voices, 'account')}{_beside(found, scope)}."
    above = [m for m in found.mentioned if _above(m)]
    if above and not scope.issue:
        row = above[0]
        return f"{said} {row.label}: {words.count(row.posts, 'post')}, {usually(row.usual)}."
    if stands(f.posts, found.usual) == "within" and not partly(scope, found.audible):
        return f"{said} Nothing stands out."
    return said


def _beside(found: Alone, scope: Scope) -> str:
    return "" if scope.period == "90d" else f"; {usually(found.usual, found.weeks)}"


def _above(row: Mentioned) -> bool:
    return row.voices >= SENSITIVE_FROM and stands(row.posts, row.usual) == "above"


def table(found: Alone) -> pd.DataFrame:
    """Issues with their posts, what is usual, the streets named, and who runs it."""
    rows = [
        (m.label, f"{m.posts:,}", _range(m), streets(m), m.runs.name if m.runs else "–")
        for m in found.mentioned[:SHOWN]
    ]
    return pd.DataFrame(rows, columns=["issue", "posts", "usually", "where", "runs it"])


def _range(row: Mentioned) -> str:
    return usually(row.usual).removeprefix("usually ") if row.usual else "–"


def streets(row: Mentioned, most: int = 3) -> str:
    """``Main Street 3, Ford Lane 1``; a dash where no street was named."""
    return ", ".join(f"{name} {number}" for name, number in row.streets[:most] if name) or "–"


def others(found: Alone) -> str:
    """``Also: buses 2, parks 1.``; empty where the table has them all."""
    return findings.others(found.mentioned[SHOWN:])


def tone(found: Alone, scope: Scope, trends: bool = False) -> str:
    """Four shares, or why there are none, and the smallest larger place that has them.

    ``Tone: 9 posts is too few. There is no town to borrow from. Whole area (682 posts): see Trends.``
    ``trends`` says whether there is such a page.
    """
    own, wide = found.figures.scored, found.tone
    if own >= TONE_FROM:
        return f"Tone: {words.count(own, 'post')}: {_four(found.figures)}"
    few = f"Tone: {words.count(own, 'post')} is too few." if own else "Tone: no posts to judge it by."
    if wide.scored < TONE_FROM:
        return few
    if found.tone_place != scope.area.name:
        return f"{few} Across {found.tone_place} ({words.count(wide.scored, 'post')}): {_four(wide)}"
    town = "" if scope.home else " There is no town to borrow from."
    whole = f"Whole area ({words.count(wide.scored, 'post')})"
    return f"{few}{town} {whole}: {'see Trends.' if trends else _four(wide)}"


def _four(f: Figures) -> str:
    return f"{f.negative:,} unhappy, {f.neutral:,} neutral, {f.positive:,} pleased, {f.unclear:,} can't tell."


def said_raised(row: Raised, scope: Scope) -> str:
    """``Raised? Speeding: Northshire County Council, 14 October``; its link is drawn beside it."""
    zone = scope.area.zone
    on = words.on(row.published.astimezone(zone).date(), scope.until.astimezone(zone).date())
    return f"Raised? {row.label}: {row.source}, {on}"


def heard(found: Alone, sources: int) -> str:
    """``Heard through 2 sources. A ward this quiet online is not a ward without problems.``"""
    through = f"Heard through {words.count(sources, 'source')}."
    quiet = found.before < ENOUGH or found.figures.voices < JUDGED_FROM
    return f"{through} {QUIET}" if quiet else through


def see(found: Alone) -> str:
    """``See all 9 posts``"""
    return findings.see_all(found.figures.posts)
