"""Breaking: every figure of the page, gathered once from the stories that are kept and their posts."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pandas as pd

from listening.area import Area
from listening.summarise import copied
from listening.summarise.alike import subjects
from listening.summarise.announced import Announced, announced
from listening.summarise.claims import Claim, claims, lexicon
from listening.summarise.clusters import ACCOUNTS, DAY, most
from listening.summarise.event import Item
from listening.summarise.figures import SENSITIVE_FROM
from listening.summarise.kept import Kept, kept, visible
from listening.summarise.quotes import short
from listening.summarise.rows import each, pick
from listening.summarise.scope import Scope
from listening.summarise.stories import RECENT, described

HOUR = timedelta(hours=1)
WARDS = 3  # named in a story's corner
FEWEST = 2  # posts in a further ward, before a story is said to have spread there


@dataclass(frozen=True)
class Step:
    """One line of how a story spread."""

    at: datetime
    what: str  # a headline, or our own words
    who: str
    kind: str  # residents, official, press; empty for our own
    url: str | None = None
    edited: bool = False


@dataclass(frozen=True)
class Told:
    """One story, as the page tells it."""

    id: str
    headline: str
    phase: str
    corroboration: str
    wards: tuple[str, ...]
    where: dict[str, int]  # residents' posts by ward and town
    issues: tuple[str, ...]
    posts: int  # residents' posts
    accounts: int
    sources: int
    hours: tuple[int, int, int]  # posts in each of the last three hours
    recent: int  # posts in the last six
    first: datetime  # of anybody
    last: datetime
    began: datetime | None  # residents' first post
    bodies: tuple[str, ...]  # public bodies that speak of it
    outlets: tuple[str, ...]
    steps: tuple[Step, ...]
    claims: tuple[tuple[Claim, Item | None], ...]
    kept: Kept
    ids: tuple[str, ...]
    was: tuple[str, ...] = ()  # ids of the stories that became one with it

    @property
    def confirmed(self) -> bool:
        """Whether anybody but residents tells of it."""
        return self.corroboration != "residents only"


@dataclass(frozen=True)
class Breaking:
    """The figures of the page."""

    open: tuple[Told, ...]  # growing first, fading last
    last: Told | None  # the newest that is closed
    posts: int  # residents' posts read in the last 24 hours
    items: int  # press and official
    talk: bool  # three accounts spoke of one thing in the last 24 hours, as usual
    announced: tuple[Announced, ...]


ORDER = ("growing", "steady", "unconfirmed", "fading")


def gather(
    stories: pd.DataFrame, posts: pd.DataFrame, read: pd.DataFrame, area: Area, now: datetime
) -> Breaking:
    """The whole area's stories, as they are kept (``identity.KEPT``).

    ``posts`` are all since the first of them began, and of 7 days; ``read`` all of the last day,
    noise too.
    """
    seen = posts[posts["collected"] <= now]
    read = read[(read["collected"] <= now) & (read["published"] > now - DAY)]
    rows = described(stories, seen, now)
    told = (tell(row, seen, area, now) for row in rows[rows["phase"] != "closed"].to_dict("records"))
    running = [t for t in told if _may_be_told(t, area)]
    running.sort(key=lambda t: (ORDER.index(t.phase), -t.accounts, t.id))
    over = (tell(row, seen, area, now) for row in rows[rows["phase"] == "closed"].to_dict("records"))
    members = {i for members in stories["posts"] for i in members}
    return Breaking(
        tuple(running),
        next((t for t in over if _may_be_told(t, area)), None),  # the newest comes first
        int((read["channel"] == "public").sum()),
        int(read["channel"].isin(["press", "official"]).sum()),
        _talk(seen[(seen["published"] > now - DAY) & ~seen["id"].isin(members)]),
        tuple(announced(seen, area, now)),
    )


def _may_be_told(told: Told, area: Area) -> bool:
    """Not talk of elections and conduct; a sensitive issue from 3 accounts, or where none speaks."""
    known = [area.issue_by_slug[i] for i in told.issues if i in area.issue_by_slug]
    few = 0 < told.accounts < SENSITIVE_FROM and any(i.sensitive for i in known)
    return not few and not (known and known[0].election)


def _shown(items: pd.DataFrame) -> pd.DataFrame:
    """Press and official items that may be named: none that accuses somebody or tells of one at risk."""
    return pick(items, (not {"accusation", "safeguarding"} & set(f) for f in items["flags"]))


def _talk(fresh: pd.DataFrame) -> bool:
    """Whether three accounts speak of one issue in one place, and it makes no story."""
    said: dict[str, set[str]] = {}
    for post in each(fresh[(fresh["channel"] == "public") & fresh["author"].notna()]):
        for about in subjects(post):
            if "#" in about and "@" in about:
                said.setdefault(about, set()).add(post.author)
    return any(len(accounts) >= ACCOUNTS for accounts in said.values())


def at(view: Breaking, scope: Scope) -> Breaking:
    """What of it is in the chosen ward or town, or on the chosen issue."""
    place = scope.ward or scope.town

    def here(told: Told) -> bool:
        placed = place is None or told.where.get(place, 0) > 0 or place in told.wards
        return placed and (scope.issue is None or scope.issue in told.issues)

    last = view.last if view.last and here(view.last) else None
    said = tuple(a for a in view.announced if scope.issue is None or scope.issue in a.issues)
    return Breaking(tuple(t for t in view.open if here(t)), last, view.posts, view.items, view.talk, said)


def tell(row: dict[Any, Any], posts: pd.DataFrame, area: Area, now: datetime) -> Told:
    """One row of ``stories`` as the page tells it."""
    rows = posts[posts["id"].isin(row["posts"])].sort_values(["published", "id"])
    talk = rows[rows["channel"] == "public"]
    items = _shown(rows[rows["channel"] != "public"])
    return Told(
        id=row["id"],
        headline=_headline(rows, items, row["headline"], area),
        phase=row["phase"],
        corroboration=row["corroboration"],
        wards=_wards(talk, items)[:WARDS],
        where=_where(talk),
        issues=_issues(rows),
        posts=len(talk),
        accounts=row["voices"],
        sources=int(talk["source"].nunique()),
        hours=_hours(talk, now),
        recent=int((talk["published"] > now - RECENT).sum()),
        first=row["first_seen"],
        last=row["last_seen"],
        began=talk["published"].min().to_pydatetime() if len(talk) else None,
        bodies=most(items.loc[items["channel"] == "official", "source"]),
        outlets=most(copied.outlets(items)),
        steps=tuple(_steps(talk, items, row["told"].to_pydatetime())),
        claims=_claims(talk, posts, area, now),
        kept=kept(talk),
        ids=tuple(row["posts"]),
        was=tuple(row["was"]),
    )


def _wards(talk: pd.DataFrame, items: pd.DataFrame) -> tuple[str, ...]:
    """The ward that half of all posts and items are in, at least, and those it has spread to; or none."""
    said = [w for rows in (talk, items) for wards in rows["wards"] for w in wards]
    order = most(said)
    if not order or 2 * said.count(order[0]) < len(talk) + len(items):
        return ()
    return tuple(w for n, w in enumerate(order) if n == 0 or said.count(w) >= FEWEST)


def _where(talk: pd.DataFrame) -> dict[str, int]:
    names = [n for wards, towns in zip(talk["wards"], talk["towns"], strict=True) for n in {*wards, *towns}]
    return {str(n): names.count(n) for n in sorted(set(names))}


def _issues(rows: pd.DataFrame) -> tuple[str, ...]:
    """The issues that one post in five or more speaks of; a story is not about all that is said in it."""
    said = [i for issues in rows["issues"] for i in issues]
    return tuple(i for i in most(said) if 5 * said.count(i) >= len(rows))


def _hours(talk: pd.DataFrame, now: datetime) -> tuple[int, int, int]:
    """Posts in each of the last three hours, the newest hour last."""
    edges = [now - n * HOUR for n in (3, 2, 1, 0)]
    counts = [int(((talk["published"] > a) & (talk["published"] <= b)).sum()) for a, b in pairwise(edges)]
    return counts[0], counts[1], counts[2]


def _headline(rows: pd.DataFrame, items: pd.DataFrame, given: str, area: Area) -> str:
    """``Flooding on Weir Lane`` where the story is there (``_there``); else the headline told."""
    slug = next((i for i in _issues(rows) if i in area.issue_by_slug), None)
    label = area.issue_by_slug[slug].label if slug else ""
    streets = {p.name for p in area.places if p.kind == "street"}
    place = next(iter(most(p for places in rows["places"] for p in places)), "")
    place = place if _there(place, rows, area) else ""
    if label and place in streets:
        return f"{label} on {place}"
    if len(items[items["title"].notna()]):
        return short(given, 100)
    towns = [t for towns in rows["towns"] for t in towns]
    town = next((t for t in most(towns) if 2 * towns.count(t) >= len(rows)), "")
    spot = f" at {place}" if place and place not in streets else f" in {town}" if town else ""
    return f"{label or 'Talk'}{spot}"


def _there(place: str, rows: pd.DataFrame, area: Area) -> bool:
    """Whether a third of all posts and items name a place, and half name it or a ward it lies in.

    A long event speaks of its ward's other streets too; one post of five puts no story on a street.
    """
    around = {w for p in area.places if p.name == place for w in p.wards}
    named = [place in places for places in rows["places"]]
    near = [n or bool(around & {*wards}) for n, wards in zip(named, rows["wards"], strict=True)]
    return bool(place) and 3 * sum(named) >= len(rows) and 2 * sum(near) >= len(rows)


def _steps(talk: pd.DataFrame, items: pd.DataFrame, told: datetime) -> list[Step]:
    """How it spread: residents' first post, when it was first a story here, each item; oldest first."""
    steps = []
    if len(talk):
        first = next(each(talk))
        steps.append(Step(first.published.to_pydatetime(), "first post", first.source, "residents"))
    for item in each(items):
        title = short(str(item.title or "")) or "A post"
        edited = not pd.isna(item.edited)
        at_ = item.published.to_pydatetime()
        steps.append(Step(at_, title, item.source, item.channel, item.url, edited))
    by_then = talk[talk["collected"] <= told]
    accounts, on = by_then["author"].nunique(), by_then["source"].nunique()
    if accounts:
        who = f"{accounts} account{'s' * (accounts != 1)} on {on} source{'s' * (on != 1)}"
        steps.append(Step(told, "first shown here", who, ""))
    return sorted(steps, key=lambda s: s.at)


def _claims(
    talk: pd.DataFrame, posts: pd.DataFrame, area: Area, now: datetime
) -> tuple[tuple[Claim, Item | None], ...]:
    """Claims of the last 24 hours in the story's talk that no press or official item near it repeats."""
    towns = {t for towns in talk["towns"] for t in towns}
    said = posts[posts["channel"].isin(["press", "official"])]
    said = said[said["published"] >= talk["published"].min()] if len(talk) else said
    near = _shown(pick(said, (not t or bool(towns & set(t)) for t in said["towns"])))
    by_id = {p.id: p for p in each(near)}
    found = [c for c in claims(visible(talk, area), near, lexicon()) if c.last > now - DAY]
    return tuple((c, _item(by_id[c.nearest]) if c.nearest in by_id else None) for c in found)


def _item(row: Any) -> Item:
    title = short(str(row.title or row.text or ""))
    return Item(title, row.source, row.channel, row.published.to_pydatetime(), row.url)
