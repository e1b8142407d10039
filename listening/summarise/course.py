"""How talk about an issue in a place went: its level by day or week, what is usual, and its parts.

Series come from the roll-up; a figure over a window comes from the exact tally, because accounts
cannot be added up. Nothing here is modelled.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from listening.summarise import words
from listening.summarise.bursts import calm
from listening.summarise.event import Item
from listening.summarise.figures import PUBLIC, READ, TALK, TOTAL, Figures, figures, tone_of, usual_posts
from listening.summarise.partly import audible, partly
from listening.summarise.rows import each
from listening.summarise.scope import TOWN, Ledger, Scope, first_heard, spoken, weeks_heard
from listening.summarise.today import near
from listening.summarise.trends import HEARD, JUDGED_FROM, WEEKS, Usual, change, stands, usual

# period -> what a point is, how many are shown, how many of them are the chosen time
STEPS = {"today": ("day", 28, 7), "7d": ("day", 28, 7), "28d": ("week", 13, 4), "90d": ("week", 26, 13)}
LENGTH = {"day": 1, "week": 7}
MOST = 4  # issues or places side by side: more lines cannot be told apart
UNHEARD = "could not be heard"
NOTES = 6  # official posts marked in the picture


@dataclass(frozen=True)
class Point:
    """One finished day, or one finished week from its Monday."""

    begins: date
    posts: int
    voices: int | None  # None: no longer known
    usual: Usual | None  # of a day: of its weekday
    chosen: bool  # inside the time the reader chose
    deaf: int = 0  # of its days, on how many nothing could be heard
    gap: bool = False  # nothing could be heard, and there are no posts: no nought

    @property
    def lies(self) -> str | None:
        """``above``, ``below`` or ``within`` its usual range; None without one.

        Of a time that could not all be heard, few posts are not called low.
        """
        where = stands(self.posts, self.usual)
        return None if self.gap or (self.deaf and where == "below") else where


@dataclass(frozen=True)
class Line:
    """A cell's course: an issue in a place."""

    label: str
    step: str  # day, week
    points: tuple[Point, ...]  # oldest first


@dataclass(frozen=True)
class Trend:
    """The figures of the page for one place, and perhaps one issue."""

    figures: Figures
    loudest: int  # posts of the three loudest accounts
    usual: Usual | None
    weeks: int  # how many weeks the place has been heard before the window
    before: int | None  # posts of the window before this one; None: nobody listened through it
    direction: str | None  # rising, falling, no clear change; None: too few accounts, or no window before
    line: Line
    tone_place: str
    tone: Figures
    official: tuple[Item, ...]  # on this issue and place, newest first
    press: tuple[Item, ...]
    audible: float = 1.0  # the part of the usual talk that could be heard
    begun: date | None = None  # the day of the store's earliest post, where that is in the window


def gather(store: Ledger, scope: Scope) -> Trend:
    """All that the page says first: level, direction, course, tone, and what was said in public."""
    told = (*TOTAL, "conversations", "loudest3")
    row = store.tally(scope.since, scope.until, channels=PUBLIC, figures=told, **scope.only)
    total, first = figures(row), first_heard(store, scope)
    before, direction = _direction(store, scope, row, first)
    place, tone = tone_of(store, scope, total)
    official, press = _said(store, scope) if scope.issue else ((), ())
    return Trend(
        figures=total,
        loudest=int(row["loudest3"].iloc[0]) if len(row) else 0,
        usual=_usual(store, scope, total.posts, first),
        weeks=weeks_heard(scope, first),
        before=before,
        direction=direction,
        line=lines(store, scope, [scope.issue], [scope.key])[0],
        tone_place=place,
        tone=tone,
        official=official,
        press=press,
        audible=audible(store, scope),
        begun=_begun(store, scope),
    )


def _begun(store: Ledger, scope: Scope) -> date | None:
    first = store.first()
    return first.astimezone(scope.area.zone).date() if first and first > scope.since else None


def _usual(store: Ledger, scope: Scope, posts: int, first: date) -> Usual | None:
    """The usual range of the chosen window; None over three months: half a year holds too few of those."""
    return None if scope.days > 28 else usual_posts(store, scope, posts, first)


def _direction(store: Ledger, scope: Scope, new: pd.DataFrame, first: date) -> tuple[int | None, str | None]:
    """Posts of the window before, and which way talk went: ``trends.change`` on conversations.

    ``new`` is the tally of the chosen window.
    """
    start = scope.since - timedelta(days=scope.days)
    if scope.days == 1 or start.astimezone(scope.area.zone).date() < first:
        return None, None
    old = store.tally(start, scope.since, channels=PUBLIC, figures=TALK, **scope.only)
    earlier = scope.at(since=start, until=scope.since)
    if scope.silent or earlier.silent:
        return int(old["posts"].iloc[0]), None
    accounts = max(int(f["voices"].iloc[0]) for f in (old, new))
    posts = int(old["posts"].iloc[0])
    if accounts < JUDGED_FROM:
        return posts, None
    then, now = (int(f["conversations"].iloc[0]) for f in (old, new))
    way = change(then, now, accounts)
    unsure = {"falling": scope, "rising": earlier}.get(way)  # the window with less of the talk
    return posts, None if unsure and partly(unsure, audible(store, unsure)) else way


def lines(store: Ledger, scope: Scope, issues: list[str | None], places: list[str]) -> tuple[Line, ...]:
    """The course of each issue in each place (place keys), from the roll-up; ``None``: any issue."""
    step, shown, chosen = STEPS[scope.period]
    today = scope.until.astimezone(scope.area.zone).date()
    until = today if step == "day" else today - timedelta(days=today.weekday())
    since = until - timedelta(days=7 * WEEKS + shown * LENGTH[step])
    result = []
    for issue in issues:
        for place in places:
            told = {"figures": ("posts", "voices"), **_cell(issue, place)}
            rows = store.counts((step,), since=since, until=until, **told)
            begun = first_heard(store, scope_at(scope, place))
            known = points(rows, step, max(begun, since), until, shown, chosen, scope.deaf(place))
            result.append(Line(_label(scope, issue, place, len(issues) > 1), step, known))
    return tuple(result)


def points(
    rows: pd.DataFrame,
    step: str,
    first: date,
    until: date,
    shown: int,
    chosen: int,
    deaf: Collection[date] = (),
) -> tuple[Point, ...]:
    """The newest ``shown`` finished days or weeks before ``until``, each beside its usual range.

    ``rows`` are counts of one cell by ``step`` (``day`` or ``week``) with ``posts`` and ``voices``;
    what has no row is a nought. Usual is what came before the newest ``chosen`` points, up to 26
    weeks back; of a day, the same weekday. ``first`` is when the place was first heard. On ``deaf``
    days nothing could be heard: what is all of such days is a gap, and not usual; a day with posts
    was heard.
    """
    length = LENGTH[step]
    if step == "week":
        first += timedelta(days=-first.weekday() % 7)
    number = max(0, (until - first).days // length)
    starts = [until - timedelta(days=length * n) for n in range(number, 0, -1)]
    days = [pd.Timestamp(d).date() for d in rows[step]]
    posts = dict(zip(days, rows["posts"], strict=True))
    voices = dict(zip(days, rows["voices"], strict=True))
    told = pd.Series([int(posts.get(d, 0)) for d in starts], index=starts, dtype="int64")
    missed = {d: sum(d + timedelta(days=n) in deaf for n in range(length)) for d in starts}
    enough = [missed[d] <= (1 - HEARD) * length or (length == 1 and told[d] > 0) for d in starts]
    heard = pd.Series(enough, index=starts, dtype=bool)  # a single day with posts was
    ranges = _ranges(told.where(heard), step, chosen)
    edge = until - timedelta(days=length * chosen)
    return tuple(
        Point(
            begins=d,
            posts=int(told[d]),
            voices=_number(voices.get(d, 0)),
            usual=ranges.get(d.weekday()),
            chosen=d >= edge,
            deaf=missed[d],
            gap=missed[d] == length and not told[d],
        )
        for d in starts[-shown:]
    )


def _ranges(told: pd.Series, step: str, chosen: int) -> Mapping[int, Usual | None]:
    """The usual range by weekday; of weeks, that of all Mondays, without a rise that leads to the newest."""
    past = told.iloc[: max(0, len(told) - chosen)]
    if step == "week":
        newest = told.iloc[-1] if len(told) else None
        return {0: usual(past if pd.isna(newest) else calm(past, int(newest)))}
    return {n: usual(past[[d.weekday() == n for d in past.index]]) for n in range(7)}


def with_gaps(counts: pd.DataFrame, line: Line, scope: Scope) -> pd.DataFrame:
    """Counts as they leave, and a row without figures for each time that could not be heard."""
    cell = {line.step: None, "issue": scope.issue or "any", "place": scope.key, "voices": UNHEARD}
    gaps = [cell | {line.step: pd.Timestamp(p.begins)} for p in line.points if p.gap]
    if not gaps:
        return counts
    rows = pd.DataFrame(gaps).reindex(columns=counts.columns)
    rows = rows.astype({c: counts[c].dtype for c in counts if c not in ("issue", "place")})
    result = pd.concat([counts, rows], ignore_index=True).sort_values(line.step, kind="stable")
    result.attrs = counts.attrs
    return result.reset_index(drop=True)


def _number(value: object) -> int | None:
    return None if pd.isna(value) else int(value)  # type: ignore[call-overload]


def _cell(issue: str | None, place: str) -> dict[str, object]:
    return {"places": [place], "channels": PUBLIC, **({"issues": [issue]} if issue else {})}


def scope_at(scope: Scope, place: str) -> Scope:
    """The same time and issue in the place of a key."""
    town = place.removeprefix(TOWN) if place.startswith(TOWN) else None
    return scope.at(ward=place if place in scope.area.ward_by_name else None, town=town)


def _label(scope: Scope, issue: str | None, place: str, by_issue: bool) -> str:
    return scope.area.issue_by_slug[issue].label if by_issue and issue else spoken(scope.area, place)


def _said(store: Ledger, scope: Scope) -> tuple[tuple[Item, ...], tuple[Item, ...]]:
    """Official and press items on the issue and place while the picture lasts; equal titles are one."""
    step, shown, _ = STEPS[scope.period]
    start = words.midnight(scope.until, scope.area.zone) - timedelta(days=shown * LENGTH[step])
    kinds = ("official", "press")
    items = store.posts(start, scope.until, channels=kinds, issues=[scope.issue or "any"], limit=READ)
    here = near(items[items["collected"] <= scope.until], scope)
    by_kind = (here[here["channel"] == kind] for kind in kinds)
    official, press = (_items(rows) for rows in by_kind)
    return official, press


def _items(rows: pd.DataFrame) -> tuple[Item, ...]:
    known: dict[str, Item] = {}
    for row in each(rows):
        title = (row.title or "").strip()
        if title and title not in known:
            known[title] = Item(title, row.source, row.channel, row.published.to_pydatetime(), row.url)
    return tuple(known.values())
