"""Before and after a note: did talk in a place change, held against the other wards?

Equal numbers of whole weeks, four at most, on both sides of the note's own day, which is in
neither. What changed in the other wards over the same weeks would have changed here too, so it is
taken away: difference in differences, on the logarithm of counts (Wing, Simon and Bello-Gomez 2018,
doi:10.1146/annurev-publhealth-040617-013507). Its 95 % interval is that of a ratio of two Poisson
rates with half a count added (Gart and Zweifel 1967, doi:10.1093/biomet/54.1-2.181), widened by how
much the weeks before differ more than chance would have it (quasi-Poisson: McCullagh and Nelder 1989,
section 6.2). Conversations are compared, not posts: one lively thread is one event.

What it cannot tell: two notes of the same weeks apart; a notice that follows a peak from the peak's
own end, for talk falls after a peak by itself; a source that fell silent in that time.
"""

import math
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from listening.summarise.figures import PUBLIC
from listening.summarise.scope import Ledger, Scope, first_heard
from listening.summarise.trends import FEWEST, JUDGED_FROM, WEEKS, Z95, weekly
from listening.summarise.words import capital, count, spelled

MOST = 4  # weeks on each side: longer, and other things have happened
DAY, WEEK = timedelta(days=1), timedelta(days=7)
HALF = 0.5  # added to each count, so that a nought has a logarithm
SAME = "no clear change"
FEW = "Too few accounts to compare."
FEW_THERE = "Too few accounts in other wards to compare."
YOUNG = "We have not listened long enough to compare."
UNHEARD = "Part of this time could not be heard, so before and after cannot be compared."
TOO_SOON = "What came after is told once a whole week has passed."


@dataclass(frozen=True)
class Effect:
    """What came before and after one day."""

    weeks: int  # on each side
    before: int  # posts in the place, all weeks together
    after: int
    here: str = SAME  # fewer, more, no clear change: beside the other wards, where there are any
    others: str | None = None  # falling, rising, no clear change; None: there are no other wards
    why_not: str = ""  # why nothing is compared; empty where it is


def effects(store: Ledger, scope: Scope, days: Iterable[date]) -> dict[date, Effect]:
    """Before and after each of these local days, for the scope's issue in its place.

    A day after which no whole week has passed, or before which nobody listened, has none. Nothing
    is compared below 10 accounts, after fewer than 8 earlier weeks, or where a source began or
    the place could not be heard within the weeks: then ``why_not`` says so. Other wards that could
    not be heard all through them are left out.
    """
    today = scope.until.astimezone(scope.area.zone).date()
    first = first_heard(store, scope)
    spans = {day: min(MOST, (today - day - DAY).days // 7) for day in days}
    told = {day: n for day, n in spans.items() if n > 0 and day - n * WEEK >= first}
    if not told:
        return {}
    others = _others(scope)
    since = min(told) - (MOST + WEEKS) * WEEK
    issues = [scope.issue] if scope.issue else None
    places = [scope.key, *others]
    rows = store.counts(
        ("day", "place"), since=since, until=today, places=places, issues=issues, channels=PUBLIC
    )
    began = _began(store, scope)
    return {day: _effect(store, scope, rows, day, n, first, others, began) for day, n in told.items()}


def too_soon(day: date, scope: Scope) -> bool:
    """Whether no whole week has passed since a day."""
    return (scope.until.astimezone(scope.area.zone).date() - day - DAY) < WEEK


def _others(scope: Scope) -> list[str]:
    """The wards outside the scope's place; none for the whole area."""
    if scope.kind == "area":
        return []
    return [w.name for w in scope.area.wards if w.name != scope.ward and (scope.ward or w.town != scope.town)]


def _began(store: Ledger, scope: Scope) -> list[date]:
    """The local days on which residents' sources were first heard."""
    heard = store.heard(scope.until)
    public = {s.name for s in scope.area.sources if s.channel == "public"}
    zone = scope.area.zone
    return [at.astimezone(zone).date() for at in heard.loc[heard["source"].isin(public), "first_post"]]


def _effect(
    store: Ledger,
    scope: Scope,
    rows: pd.DataFrame,
    day: date,
    weeks: int,
    first: date,
    others: Sequence[str],
    began: Sequence[date],
) -> Effect:
    start, end = day - weeks * WEEK, day + DAY + weeks * WEEK
    others = [w for w in others if not _deaf(scope, w, start, end)]
    rows = rows[rows["place"].isin([scope.key, *others])]
    mine, rest = rows[rows["place"] == scope.key], rows[rows["place"] != scope.key]
    before, after = _sum(mine, "posts", start, day), _sum(mine, "posts", day + DAY, end)
    if (start - first).days // 7 < FEWEST or any(start < b < end for b in began):
        return Effect(weeks, before, after, why_not=YOUNG)
    if _deaf(scope, scope.key, start, end):
        return Effect(weeks, before, after, why_not=UNHEARD)
    if _accounts(store, scope, start, end, scope.only) < JUDGED_FROM:
        return Effect(weeks, before, after, why_not=FEW)
    here = _moved(mine, start, day, end, first, scope.deaf())
    if not others:
        return Effect(weeks, before, after, _way(*here, "fewer", "more"))
    elsewhere = scope.only | {"wards": list(others)}
    elsewhere.pop("towns", None)
    if _accounts(store, scope, start, end, elsewhere) < JUDGED_FROM:
        return Effect(weeks, before, after, why_not=FEW_THERE)
    there = _moved(rest, start, day, end, first)
    beside = (here[0] - there[0], here[1] + there[1])
    return Effect(weeks, before, after, _way(*beside, "fewer", "more"), _way(*there, "falling", "rising"))


def _accounts(store: Ledger, scope: Scope, start: date, end: date, only: dict[str, object]) -> int:
    """Accounts who wrote in the weeks; of posts whose text has left they are no longer counted."""
    zone = scope.area.zone
    since, until = (pd.Timestamp(d).tz_localize(zone).to_pydatetime() for d in (start, end))
    return int(store.tally(since, until, channels=PUBLIC, **only)["voices"].iloc[0])


def _sum(rows: pd.DataFrame, column: str, start: date, end: date) -> int:
    days = rows["day"]
    return int(rows.loc[(days >= pd.Timestamp(start)) & (days < pd.Timestamp(end)), column].fillna(0).sum())


def _deaf(scope: Scope, place: str, start: date, end: date) -> bool:
    """Whether on some day of the time nothing could be heard of a place."""
    return any(start <= day < end for day in scope.deaf(place))


def _moved(
    rows: pd.DataFrame, start: date, day: date, end: date, first: date, deaf: Collection[date] = ()
) -> tuple[float, float]:
    """The logarithm of after to before, and its variance."""
    after = _sum(rows, "conversations", day + DAY, end) + HALF
    before = _sum(rows, "conversations", start, day) + HALF
    daily = rows.groupby("day")["conversations"].sum()
    past = weekly(daily, first, start, deaf=deaf).tail(WEEKS).astype("float")
    spread = max(1.0, past.var() / past.mean()) if past.sum() else 1.0
    return math.log(after / before), spread * (1 / after + 1 / before)


def _way(change: float, variance: float, down: str, up: str) -> str:
    """Which way it went, where the 95 % interval of the change excludes none."""
    if abs(change) <= Z95 * math.sqrt(variance):
        return SAME
    return up if change > 0 else down


# --- the sentences ------------------------------------------------------------------------------


def said(effect: Effect) -> str:
    """``Two weeks before: 9 posts a week. After: 3. Clearly fewer. Other wards: no clear change.``"""
    if effect.why_not == UNHEARD:
        return UNHEARD  # a number of posts would be read as a level
    n = effect.weeks
    lead = "Week" if n == 1 else f"{capital(spelled(n))} weeks"
    each = "" if n == 1 else " a week"
    levels = f"{lead} before: {_level(effect.before, n, each)}. After: {_number(effect.after, n)}."
    return f"{levels} {effect.why_not or _verdict(effect)}"


def _level(posts: int, weeks: int, each: str) -> str:
    number = round(posts / weeks)
    return f"{count(number, 'post') if number else _number(posts, weeks)}{each if posts else ''}"


def _number(posts: int, weeks: int) -> str:
    """Posts a week, rounded; ``fewer than 1`` is not none."""
    return f"{round(posts / weeks):,}" if round(posts / weeks) else "fewer than 1" if posts else "none"


def _verdict(effect: Effect) -> str:
    if effect.others is None:
        return "No clear change." if effect.here == SAME else f"Clearly {effect.here}."
    if effect.here == SAME:
        return (
            "No clear change, here or in other wards."
            if effect.others == SAME
            else f"Other wards: {effect.others}. Beside them, no clear change here."
        )
    moved = effect.after < effect.before if effect.here == "fewer" else effect.after > effect.before
    clearly = (
        f"Clearly {effect.here}." if moved else f"Clearly {effect.here} than other wards lead us to expect."
    )
    return f"{clearly} Other wards: {effect.others}."
