"""Today for one ward or town (or one issue): every figure of the page, gathered once.

``gather`` asks the store and counts nothing itself that the store can count; what it returns is
frozen and is all that the sentences and the page need.
"""

from dataclasses import dataclass
from datetime import timedelta

import pandas as pd

from listening.summarise.ahead import Ahead, ahead
from listening.summarise.door import Door, door
from listening.summarise.event import Event, around, event
from listening.summarise.figures import (
    PUBLIC,
    READ,
    READS,
    SEEN,
    TOTAL,
    Figures,
    Mentioned,
    by_ward,
    cued,
    figures,
    mentioned,
    shown,
    tone_of,
    usual_posts,
    worded,
)
from listening.summarise.kept import Kept, kept, visible
from listening.summarise.partly import audible
from listening.summarise.quotes import Quote, good_word, questions
from listening.summarise.rows import pick
from listening.summarise.scope import Ledger, Scope, first_heard, weeks_heard
from listening.summarise.trends import Usual
from listening.summarise.voices import Loud, loud

OFFICIAL_BACK = timedelta(days=60)  # how far back official items are read for what is coming up


@dataclass(frozen=True)
class Today:
    """The figures of the page for one place."""

    figures: Figures
    usual: Usual | None
    weeks: int  # for how many the place has been heard
    mentioned: tuple[Mentioned, ...]
    wards: tuple[tuple[str, int], ...]  # of a town or the area, most posts first
    standing: tuple[str, ...]  # labels of the issues that stand out here
    event: Event | None
    only_source: str | None  # where all posts are from one
    loud: Loud | None
    good: Quote | None
    questions: tuple[Quote, ...]
    ahead: tuple[Ahead, ...]
    tone_place: str
    tone: Figures
    kept: Kept
    vague: tuple[tuple[str, tuple[str, ...]], ...]  # ambiguous names met, with the wards they may mean
    hushed: bool = False  # a sensitive issue of fewer than 3 accounts: nothing of it is told
    around: tuple[tuple[str, str, int], ...] = ()  # what the ward's town talks about: town, label, posts
    door: tuple[Door, ...] = ()  # what councillors were told, an issue a row
    audible: float = 1.0  # the part of the usual talk that could be heard
    noisy: tuple[tuple[str, Loud], ...] = ()  # labels of the issues that are loud, not wide, here


def gather(
    store: Ledger, scope: Scope, standing: tuple[str, ...] = (), noisy: tuple[tuple[str, Loud], ...] = ()
) -> Today:
    """All that the page says of a place.

    ``standing`` are the slugs that stand out there; ``noisy`` the slugs that are loud, not wide.
    """
    area, until = scope.area, scope.until
    row = store.tally(scope.since, until, channels=PUBLIC, figures=TOTAL, **scope.only)
    if shown(area, row, scope.issue).empty:
        return too_few(scope)
    total = figures(row)
    talk = residents(store, scope)
    items = public_bodies(store, scope)
    here = near(items, scope)
    bodies = here[here["channel"] == "official"]
    said = worded(store, cued(visible(talk, area), "praise", "question"))
    first = first_heard(store, scope)
    met, now = mentioned(store, scope, first), event(store, scope, talk, here)
    wider = {m.slug for m in met} - {now.slug if now else ""}
    tone_place, tone = tone_of(store, scope, total)
    return Today(
        figures=total,
        usual=usual_posts(store, scope, total.posts, first),
        weeks=weeks_heard(scope, first),
        mentioned=met,
        wards=by_ward(store, scope),
        standing=tuple(area.issue_by_slug[s].label for s in standing),
        event=now,
        around=around(store, scope, wider),
        only_source=str(talk["source"].iloc[0]) if total.sources == 1 and len(talk) else None,
        loud=loud(talk, area.zone),
        good=good_word(said),
        questions=tuple(questions(said, items[items["channel"] == "official"])),
        ahead=tuple(ahead(_on(bodies, scope), until, area.zone)),
        tone_place=tone_place,
        tone=tone,
        kept=kept(talk),
        vague=vague(store, scope),
        door=door(store, scope),
        audible=audible(store, scope),
        noisy=tuple((area.issue_by_slug[s].label, few) for s, few in noisy),
    )


def too_few(scope: Scope) -> Today:
    """Nothing but that there is too little to show: a sensitive issue of one or two accounts."""
    none = Figures()
    return Today(
        figures=none,
        usual=None,
        weeks=0,
        mentioned=(),
        wards=(),
        standing=(),
        event=None,
        only_source=None,
        loud=None,
        good=None,
        questions=(),
        ahead=(),
        tone_place=scope.place,
        tone=none,
        kept=Kept(),
        vague=(),
        hushed=True,
    )


def _on(items: pd.DataFrame, scope: Scope) -> pd.DataFrame:
    """The items on the chosen issue; all of them where none is chosen."""
    return items if scope.issue is None else pick(items, (scope.issue in i for i in items["issues"]))


def residents(store: Ledger, scope: Scope) -> pd.DataFrame:
    """The newest residents' posts of the window, up to 2,000, without words (`worded`).

    None that was met after ``until``.
    """
    talk = store.posts(scope.since, scope.until, channels=PUBLIC, limit=READ, columns=SEEN, **scope.read)
    return talk[talk["collected"] <= scope.until]


def public_bodies(store: Ledger, scope: Scope) -> pd.DataFrame:
    """Press and official items of the area, as far back as anything on the page looks."""
    since = min(scope.since, scope.until - OFFICIAL_BACK)
    items = store.posts(since, scope.until, channels=("official", "press"), limit=READ, columns=READS)
    return items[items["collected"] <= scope.until]


def near(items: pd.DataFrame, scope: Scope) -> pd.DataFrame:
    """The items of this place: its ward, or its town named alone; all of them for the whole area."""
    if scope.kind == "area" or items.empty:
        return items
    town = scope.home
    wards, towns = items["wards"], items["towns"]
    if scope.ward:
        here = [scope.ward in w or (not w and town in t) for w, t in zip(wards, towns, strict=True)]
    else:
        here = [town in t for t in towns]
    return pick(items, here)


def vague(store: Ledger, scope: Scope) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Names met in the window that could mean this ward or another: shown, counted in neither."""
    if not scope.ward:
        return ()
    wards = {p.name: p.wards for p in scope.area.places if scope.ward in p.wards and len(p.wards) > 1}
    told = {"figures": ("posts",), "channels": PUBLIC, "issues": ["any", "none"]}
    rows = store.tally(scope.since, scope.until, by=("street", "placement"), **told)
    met = rows[rows["placement"] != "ward"]["street"]
    return tuple(sorted((name, wards[name]) for name in {*met} & {*wards}))
