"""How wards differ: each against its own usual, never against another's size.

A ward with more sources is heard more, so its number of posts says little beside that of its
neighbour. What can be compared is how far each lies from what is usual for itself: whether its posts
lie outside its usual range, and by what chance it has so many conversations, or so few, after its
own earlier weeks (``bursts.tail``). Conversations, not posts: one lively thread is one event.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

import pandas as pd

from listening.summarise import words
from listening.summarise.bursts import calm, tail
from listening.summarise.figures import PUBLIC, SENSITIVE_FROM, TALK
from listening.summarise.hearing import NOT_NOTHING
from listening.summarise.partly import audible, partly
from listening.summarise.rows import each, pick
from listening.summarise.scope import (
    TIMES,
    Ledger,
    Scope,
    by_morning,
    history,
    last_block,
    ranked,
    same_times,
)
from listening.summarise.trends import FEWEST, JUDGED_FROM, Usual, stands, usual, weekly

FAR, ABOVE, JUST = "far above usual", "above usual", "just above usual"
BELOW, SAME, FEW = "below usual", "no clear change", "too few to compare"
NEW, LONG, DEAF = "no usual yet", "not compared", "could not be heard"
ORDER = (FAR, ABOVE, JUST, BELOW, FEW, SAME, NEW, LONG, DEAF)
HIGH = (FAR, ABOVE, JUST)

CLEAR = 0.05  # chance of so many conversations: above it, a ward out of its range is only just out
FAR_CHANCE = 0.001
FAR_FROM = 5.0  # times as many conversations as expected
SECOND_FROM = 3  # posts: a second issue below is not what a ward is mostly about
EVENT_FROM = 5  # accounts who speak of one thing
EVENT_SHARE = 1 / 3  # conversations to posts: many posts in few conversations are one event
NAMED = 4  # wards named in the finding
FOOT = "Sorted by distance from each ward's own usual, not by size: a ward with more sources is heard more."


@dataclass(frozen=True)
class Compared:
    """One ward against its own usual."""

    ward: str
    posts: int
    voices: int
    conversations: int
    sources: int  # that could speak of it and were heard in the window
    usual: Usual | None  # of posts
    expected: float = 0.0  # conversations
    up: float = 1.0  # the chance of so many conversations or more
    down: float = 1.0  # or fewer
    lies: str = NEW  # one of ORDER
    mostly: tuple[str, ...] = ()  # issues, most posts first
    heard: str = ""  # how much of the time: ``4 of 7 days``; empty where all of it

    @property
    def distance(self) -> float:
        """How surprising it is in either direction: the smaller, the further from its usual."""
        return min(self.up, self.down)


@dataclass(frozen=True)
class Comparison:
    """The wards of the area or of a town, furthest from their own usual first."""

    wards: tuple[Compared, ...]
    placed: Mapping[str, int]  # posts by placement: ward, town, several, unknown
    weeks: int  # that the longest heard ward's usual rests on


def gather(store: Ledger, scope: Scope, ears: Mapping[str, int]) -> Comparison:
    """All that is said of how wards differ; ``ears`` gives each ward's sources heard in the window.

    The wards are those of the scope's town, or all; a chosen ward is no scope for a comparison.
    """
    here = scope.at(ward=None)
    names = [w.name for w in here.area.wards if here.town in (None, w.town)]
    told = {"figures": TALK, "channels": PUBLIC, **_issue(here)}
    rows = store.tally(here.since, here.until, by=("ward",), **told)
    now = {str(row.ward): row for row in each(rows)}
    past = earlier(store, here, names)
    mostly = {} if here.issue else mostly_about(store, here)
    found = [_one(n, now.get(n), past[n], ears.get(n, 0), mostly.get(n, ()), here) for n in names]
    found = [replace(w, heard=_heard(store, w, here)) if w.lies != DEAF else w for w in found]
    told = {"figures": ("posts",), "channels": PUBLIC, **here.only}
    placed = store.tally(here.since, here.until, by=("placement",), **told)
    return Comparison(
        wards=judged(found),
        placed=dict(zip(placed["placement"].astype(str), placed["posts"].astype(int), strict=True)),
        weeks=max((len(frame) for frame in past.values()), default=0),
    )


def earlier(store: Ledger, scope: Scope, names: list[str]) -> dict[str, pd.DataFrame]:
    """Posts and conversations of each ward in its earlier windows of the same length, oldest first.

    From one question to the roll-up for all wards; for part of a day, the same weekday up to the
    same hour. Windows from before a ward was first heard are left out; 90 days have no history.
    """
    began = store.began(scope.until)
    first = {name: _first(began, scope, name) for name in names}
    if scope.period == "today":
        return _mornings(store, scope, first)
    columns = ["posts", "conversations"]
    if scope.period == "90d":
        return {name: pd.DataFrame(columns=columns) for name in names}
    told: dict[str, Any] = {"figures": columns, "channels": PUBLIC, **_issue(scope)}
    daily = store.counts(by=("day", "place"), places=names, **told, **history(scope))
    by_day = {str(name): days.set_index("day") for name, days in daily.groupby("place")}
    nothing, end = daily.head(0).set_index("day"), last_block(scope)
    return {
        n: pd.DataFrame(
            {c: weekly(by_day.get(n, nothing)[c], first[n], end, scope.days, scope.deaf(n)) for c in columns}
        )
        for n in names
    }


def _mornings(store: Ledger, scope: Scope, first: Mapping[str, date]) -> dict[str, pd.DataFrame]:
    times = [t for t in reversed(same_times(scope)) if t[0].date() >= min(first.values())]
    columns = ["posts", "conversations"]
    told: dict[str, Any] = {"figures": columns, "channels": PUBLIC, **_issue(scope)}
    rows = by_morning(store, times, by=("ward",), **told)
    cells = zip(rows["day"], rows["ward"], strict=True)
    known = dict(zip(cells, zip(*(rows[c].tolist() for c in columns), strict=True), strict=True))
    days, nothing = [t[0].date() for t in times], (0, 0)
    return {
        name: pd.DataFrame(
            [known.get((d, name), nothing) for d in days if d >= begin and d not in scope.deaf(name)],
            columns=columns,
        )
        for name, begin in first.items()
    }


def _first(began: Mapping[str, datetime], scope: Scope, ward: str) -> date:
    """The local day on which the first source that could speak of the ward was first heard."""
    ears = [s.name for s in scope.area.sources if s.channel == "public" and scope.area.hears(s, ward)]
    first = min((began[name] for name in ears if name in began), default=None)
    return scope.until.date() if first is None else first.astimezone(scope.area.zone).date()


def _issue(scope: Scope) -> dict[str, list[str]]:
    return {"issues": [scope.issue]} if scope.issue else {}


def _one(
    name: str, row: Any, past: pd.DataFrame, sources: int, mostly: tuple[str, ...], scope: Scope
) -> Compared:
    """A ward's figures beside its past; how far it lies is told once all wards are known."""
    conversations = int(row.conversations) if row is not None else 0
    posts = int(row.posts) if row is not None else 0
    found = Compared(
        ward=name,
        posts=posts,
        voices=int(row.voices) if row is not None else 0,
        conversations=conversations,
        sources=sources,
        usual=usual(past["posts"] if scope.days == 1 else calm(past["posts"], posts)),
        lies=LONG if scope.period == "90d" else NEW,
        mostly=mostly,
    )
    if not sources and not found.posts:
        return replace(found, lies=DEAF)
    if found.usual is None:
        return found
    mean, variance = _expected(past["conversations"].astype("float"), scope.days)
    up, down = tail(conversations, mean, variance), 1 - tail(conversations + 1, mean, variance)
    return replace(found, expected=mean, up=up, down=max(0.0, down), lies=SAME)


def _heard(store: Ledger, ward: Compared, scope: Scope) -> str:
    """How much of the window a ward was heard; also where a main source was down, and talk looks low."""
    here = scope.at(ward=ward.ward, town=None)
    gaps = scope.silences.of(ward.ward, scope.since, scope.until)
    if not ward.sources:
        return "in part"  # through no source that is asked: its posts were brought in by hand
    if not gaps:
        low = stands(ward.posts, ward.usual) == "below"
        return "in part" if low and partly(here, audible(store, here)) else ""
    whole = scope.until - scope.since
    unit, size = ("day", timedelta(days=1)) if scope.days > 1 else ("hour", timedelta(hours=1))
    share = 1 - sum((end - begin for begin, end in gaps), timedelta(0)) / whole
    return f"{round(share * (whole / size))} of {words.count(max(1, round(whole / size)), unit)}"


def _expected(past: pd.Series, days: int) -> tuple[float, float]:
    """Mean and variance of the predictive, as in ``bursts``: a Jeffreys prior, and an unsure mean.

    Longer windows overlap, so their mean is as unsure as that of the windows that would not.
    """
    past = past.dropna()  # windows that could not be heard
    mean = (past.sum() + 0.5) / (len(past) + 1)
    spread = max(1.0, past.var() / past.mean()) if past.sum() else 1.0
    apart = max(1.0, len(past) * 7 / days) if days > 7 else float(len(past))
    return mean, mean * (spread + 1 / (apart + 1))


def judged(found: list[Compared]) -> tuple[Compared, ...]:
    """The wards with how far they lie from their own usual, furthest first, the unheard last."""
    told = [replace(w, lies=_lies(w)) if w.lies == SAME else w for w in found]
    return tuple(sorted(told, key=lambda w: (ORDER.index(w.lies), w.distance, w.posts == 0, w.ward)))


def _lies(ward: Compared) -> str:
    """In words; below 10 accounts nothing is compared, though the count stands beside its range."""
    stood = stands(ward.posts, ward.usual)
    if stood == "within":
        return SAME
    if ward.voices < JUDGED_FROM:
        return FEW
    if stood == "below":
        return BELOW if not ward.heard and ward.down < CLEAR else SAME
    if ward.up < FAR_CHANCE and ward.conversations >= FAR_FROM * ward.expected:
        return FAR
    return ABOVE if ward.up < CLEAR else JUST


def mostly_about(store: Ledger, scope: Scope) -> dict[str, tuple[str, ...]]:
    """The one or two issues that each ward's posts are mostly about, by label."""
    area = scope.area
    rows = store.tally(scope.since, scope.until, by=("ward", "issue"), channels=PUBLIC, figures=TALK)
    known = pick(rows, ranked(area, rows["issue"]))
    few = [area.issue_by_slug[r.issue].sensitive and r.voices < SENSITIVE_FROM for r in each(known)]
    listed = pick(known, (not f for f in few))
    labels = listed.assign(label=[area.issue_by_slug[s].label for s in listed["issue"]])
    ordered = labels.sort_values(["posts", "label"], ascending=[False, True])
    return {str(ward): _mostly(list(each(rows))) for ward, rows in ordered.groupby("ward")}


def _mostly(rows: list[Any]) -> tuple[str, ...]:
    """The first issue, and the second where it has 3 posts or as many; of three alike none is most."""
    top = rows[0].posts
    same = [r for r in rows if r.posts == top]
    if len(same) > 2:
        return ()
    chosen = [r for r in rows[:2] if r.posts == top or r.posts >= SECOND_FROM]
    return tuple(f"{words.lower(r.label)}{' (one event)' if _one_event(r) else ''}" for r in chosen)


def _one_event(row: Any) -> bool:
    return bool(row.voices >= EVENT_FROM and row.conversations <= EVENT_SHARE * row.posts)


# --- the sentences ------------------------------------------------------------------------------


def finding(found: Comparison, scope: Scope) -> list[str]:
    """Which wards lie above or below their usual range, and which could not be heard; most first."""
    deaf = [w.ward for w in found.wards if w.lies == DEAF]
    if len(deaf) == len(found.wards):
        return [f"No ward could be heard {TIMES[scope.period]}.", NOT_NOTHING]
    above = [w.ward for w in found.wards if w.lies in HIGH]
    below = [w.ward for w in found.wards if w.lies == BELOW]
    about = f" for {words.lower(scope.area.issue_by_slug[scope.issue].label)}" if scope.issue else ""
    named = [
        _named(above, f"above their usual range{about}"),
        _named(below, f"below their usual range{about}"),
    ]
    said = [s for s in named if s] or [_nothing(found, scope, about)]
    some = [w.ward for w in found.wards if w.heard]
    return [*said, *([_unheard(len(deaf))] if deaf else []), *([_part(some)] if some else [])]


def _named(wards: list[str], where: str) -> str:
    """``Larkford Park and Tannery are above their usual range.``; more than four are counted."""
    if not wards:
        return ""
    if len(wards) == 1:
        return f"{wards[0]} is {where.replace('their', 'its')}."
    who = words.listed(wards) if len(wards) <= NAMED else f"{words.capital(words.spelled(len(wards)))} wards"
    return f"{who} are {where}."


def _nothing(found: Comparison, scope: Scope, about: str) -> str:
    heard = [w for w in found.wards if w.lies != DEAF]
    if not any(w.posts for w in heard):
        return f"No posts{about.replace(' for ', ' about ')} name a ward {TIMES[scope.period]}."
    if scope.period == "90d":
        return "Three months are too long to compare wards with their usual."
    if all(w.lies == NEW for w in heard):
        so_far = f"that takes {FEWEST} weeks, so far there are {found.weeks}"
        return f"No ward has a usual range yet{about}: {so_far}."
    return f"No ward is clearly above or below its usual range{about}."


def _unheard(number: int) -> str:
    """``One ward could not be heard.``"""
    return f"{words.capital(words.spelled(number))} ward{'' if number == 1 else 's'} could not be heard."


def _part(wards: list[str]) -> str:
    """``Upper Dale could be heard for part of the time.``"""
    who = words.listed(wards) if len(wards) <= NAMED else f"{words.capital(words.spelled(len(wards)))} wards"
    return f"{who} could be heard for part of the time."


def judgement(ward: Compared) -> str:
    """How far it lies, as the table has it: ``heard 4 of 7 days`` where that is all there is to say."""
    if not ward.heard:
        return ward.lies
    return f"heard {ward.heard}" if ward.lies in (SAME, FEW, BELOW) else f"{ward.lies}; heard {ward.heard}"


def usually(ward: Compared) -> str:
    """The range in the table: ``5–13``, ``none``; a dash without one."""
    if ward.usual is None:
        return "–"
    low, high = ward.usual.low, ward.usual.high
    return "none" if high == 0 else f"{low:,}" if low == high else f"{low:,}–{high:,}"


def table(found: Comparison) -> pd.DataFrame:
    """The table as it is read; a ward that could not be heard has dashes, for zero is not silence.

    Where one issue is chosen, nobody needs to be told what the posts are mostly about.
    """
    names = ("ward", "posts", "usually", "accounts", "mostly about", "sources", "compared fairly")
    rows = [
        (
            w.ward,
            "–" if w.lies == DEAF else f"{w.posts:,}",
            usually(w),
            "–" if w.lies == DEAF else f"{w.voices:,}",
            ", ".join(w.mostly) or "–",
            str(w.sources),
            judgement(w),
        )
        for w in found.wards
    ]
    result = pd.DataFrame(rows, columns=list(names))
    return result if any(w.mostly for w in found.wards) else result.drop(columns="mostly about")


def leaving(found: Comparison) -> pd.DataFrame:
    """The same as counts that can go through the gate: ward, posts, voices, usual range.

    Where some ward was heard for part of the time only, how much of it stands beside each.
    """
    rows = [
        (w.ward, w.posts, w.voices, w.usual.low if w.usual else None, w.usual.high if w.usual else None)
        for w in found.wards
        if w.lies != DEAF
    ]
    frame = pd.DataFrame(rows, columns=["ward", "posts", "voices", "usual_low", "usual_high"])
    frame = frame.astype({"posts": "int64", "voices": "int64", "usual_low": "Int64", "usual_high": "Int64"})
    told = [w.heard or "all" for w in found.wards if w.lies != DEAF]
    return frame.assign(heard=told) if set(told) - {"all"} else frame
