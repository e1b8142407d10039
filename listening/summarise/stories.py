"""Stories: posts and items that are about one thing that happened.

Method. The posts of the last 7 days are weighed by how rare their words, issues and places are
(``alike``) and joined by average linkage (``linkage``); a silence of 36 hours ends a story. What
comes out is mostly everyday talk. A cluster *stands* as a story only where

- two outlets tell of it in their own words; or
- a press or official item and two accounts of residents do; or
- three accounts of residents do within 24 hours;

and where residents speak, more accounts than such talk usually brings: the earlier posts that lie
as near to its middle as three in four of its own are its usual rate, and chance would have to
bring so many less than once in a thousand times.

A post is seen from when it was collected, so that a replay knows no more than the page did.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import numpy as np
import pandas as pd

from listening.summarise.alike import Bag, Weights, cosine, middle, smoothed
from listening.summarise.bursts import tail
from listening.summarise.linkage import linked
from listening.summarise.rows import each, pick

DAY = timedelta(days=1)
WINDOW = 7 * DAY  # what is clustered
HISTORY = 28 * DAY  # what a caller hands over: the window and three weeks of usual talk before it
SILENCE = timedelta(hours=36)  # ends a story
CLOSED = DAY  # without a post
RECENT = timedelta(hours=6)
MOST = 4000  # posts clustered together, the newest; time and memory grow with the square
TOGETHER = 0.16  # mean likeness within a cluster, after smoothing
ACCOUNTS, BESIDE, OUTLETS = 3, 2, 2  # accounts alone, accounts beside an item, outlets alone
CHANCE = 1e-3
KNOWN_DAYS, UNKNOWN_ACCOUNTS = 7, 5  # with fewer earlier days nothing is usual: then 5 accounts
NEAR = 0.25  # of a story's own posts lie farther from its middle than what counts as such talk
COLUMNS = (
    *("id", "posts", "headline", "first_seen", "last_seen", "sources", "corroboration", "phase"),
    *("places", "issues", "voices", "was"),
)


@dataclass(frozen=True)
class Cluster:
    """Posts that belong together, oldest first, and whether they make a story."""

    rows: pd.DataFrame
    busiest: int  # most accounts in 24 hours
    stands: bool


def stories(posts: pd.DataFrame, now: datetime, known: pd.DataFrame | None = None) -> pd.DataFrame:
    """One row a story, newest first, from annotated posts of the last 28 days; ``COLUMNS``.

    ``posts`` and ``sources`` are tuples of ids and names, oldest and most frequent first;
    ``voices`` counts residents' accounts; ``places`` are streets, wards and towns, most named
    first; ``corroboration`` is ``residents only``, or ``official``, ``1 outlet``, ``2 outlets``
    joined by `` + ``; ``phase`` is growing, steady, fading, closed, or unconfirmed (open, and
    residents only). ``known`` is what an earlier call gave: a story keeps its id where most of
    its posts went, the older id where two became one (``was`` holds the other), and a story
    whose posts have left the window is handed on, closed.
    """
    found = [c.rows for c in clusters(posts, now, _ids(known)) if c.stands]
    rows = [_story(c, now) for c in found]
    rows, gone = _named(rows, known)
    rows += [row | {"phase": "closed"} for row in gone]
    rows.sort(key=lambda r: (r["last_seen"], r["id"]), reverse=True)
    return pd.DataFrame(rows, columns=list(COLUMNS))


def clusters(
    posts: pd.DataFrame, now: datetime, known: Sequence[frozenset[str]] = ()
) -> list[Cluster]:
    """All clusters of the window, those that make no story among them; ``known`` are stories' ids."""
    seen = posts[(posts["collected"] <= now) & (posts["published"] <= now) & (posts["channel"] != "report")]
    recent = seen[seen["published"] > now - WINDOW].sort_values(["published", "id"]).tail(MOST)
    if recent.empty:
        return []
    earlier = seen[seen["published"] <= now - WINDOW]
    weights = Weights(earlier, recent)
    bags = [weights.bag(p) for p in each(recent)]
    past = _Past(earlier, weights)
    parts = [
        part for rows in linked(smoothed(bags), TOGETHER) for part in _unbroken(rows, recent["published"])
    ]
    return [_cluster(part, recent, bags, past, known) for part in parts]


def _unbroken(rows: Sequence[int], published: pd.Series) -> list[list[int]]:
    """The rows, parted wherever nobody posted for 36 hours."""
    parts: list[list[int]] = [[rows[0]]]
    for before, row in zip(rows, rows[1:], strict=False):
        if published.iloc[row] - published.iloc[before] > SILENCE:
            parts.append([])
        parts[-1].append(row)
    return parts


class _Past:
    """The talk before the window, to tell what is usual."""

    def __init__(self, earlier: pd.DataFrame, weights: Weights) -> None:
        talk = earlier[earlier["channel"] == "public"]
        self.days = max(0, (talk["published"].max() - talk["published"].min()).days) if len(talk) else 0
        dates = talk["published"].dt.date if len(talk) else ()
        self._who = [(a or i, d) for a, i, d in zip(talk["author"], talk["id"], dates, strict=True)]
        self._bags = [weights.bag(p) for p in each(talk)]
        self._by_word: dict[str, list[int]] = {}
        for number, bag in enumerate(self._bags):
            for word in bag:
                self._by_word.setdefault(word, []).append(number)

    def rate(self, bags: Sequence[Bag]) -> float:
        """Accounts a day that spoke as these posts do (an account counts once a day)."""
        centre = middle(bags)
        least = float(np.quantile([cosine(b, centre) for b in bags], NEAR))
        heavy = sorted(centre, key=lambda w: -centre[w])[:12]
        near = {n for word in heavy for n in self._by_word.get(word, ())}
        like = {self._who[n] for n in near if cosine(self._bags[n], centre) >= least}
        return (len(like) + 0.5) / max(1, self.days)


def _cluster(
    part: Sequence[int], recent: pd.DataFrame, bags: Sequence[Bag], past: _Past, known: Iterable[frozenset[str]]
) -> Cluster:
    rows = recent.iloc[list(part)]
    talk = rows[rows["channel"] == "public"]
    busiest = _busiest(talk)
    own = rows[rows["copy_of"].isna()]  # the same words in two papers are one voice
    outlets = own.loc[own["channel"] == "press", "source"].nunique()
    items = int((rows["channel"] != "public").sum())
    enough = busiest >= ACCOUNTS or (items and busiest >= BESIDE)
    stands = outlets >= OUTLETS
    if not stands and enough:
        stands = _unusual(busiest, [bags[n] for n in part], past)
    if not stands and len(rows) > 1:
        ids = frozenset(rows["id"])
        stands = any(2 * len(ids & k) > len(k) for k in known)  # once told, it stays
    return Cluster(rows, busiest, bool(stands))


def _unusual(accounts: int, bags: Sequence[Bag], past: _Past) -> bool:
    if past.days < KNOWN_DAYS:
        return accounts >= UNKNOWN_ACCOUNTS
    mean = past.rate(bags)
    return tail(accounts, mean, mean * (1 + 1 / past.days)) < CHANCE


def _busiest(talk: pd.DataFrame) -> int:
    """The most accounts that posted within any 24 hours."""
    best = 0
    for at in talk["published"]:
        day = talk[(talk["published"] >= at) & (talk["published"] < at + DAY)]
        best = max(best, int(day["author"].nunique()))
    return best


def _story(rows: pd.DataFrame, now: datetime) -> dict[str, Any]:
    talk = rows[rows["channel"] == "public"]
    proof = corroboration(rows)
    last = rows["published"].max().to_pydatetime()
    return {
        "id": "s" + hashlib.sha256(str(rows["id"].iloc[0]).encode()).hexdigest()[:12],
        "posts": tuple(rows["id"]),
        "headline": _headline(rows),
        "first_seen": rows["published"].min().to_pydatetime(),
        "last_seen": last,
        "sources": most(rows["source"]),
        "corroboration": proof,
        "phase": phase(rows["published"], now, proof),
        "places": most(_flat(rows, ("places", "wards", "towns"))),
        "issues": most(_flat(rows, ("issues",))),
        "voices": int(talk["author"].nunique()),
        "was": (),
    }


def corroboration(rows: pd.DataFrame) -> str:
    """Who confirms it beside residents: ``official + 2 outlets``, ``1 outlet``, ``residents only``."""
    outlets = rows.loc[rows["channel"] == "press", "source"].nunique()
    said = ["official"] if (rows["channel"] == "official").any() else []
    said += [f"{outlets} outlet{'s' * (outlets > 1)}"] if outlets else []
    return " + ".join(said) or "residents only"


def phase(published: pd.Series, now: datetime, proof: str) -> str:
    """growing: the last 3 hours brought more than the 3 before. fading: 6 hours brought under a tenth.

    closed: nothing for 24 hours. An open story that residents alone tell is unconfirmed.
    """
    if now - published.max() >= CLOSED:
        return "closed"
    if proof == "residents only":
        return "unconfirmed"
    half = RECENT / 2
    late, before = (published > now - half).sum(), published.between(now - RECENT, now - half).sum()
    if late > before:
        # A long story that stirs once more is not growing.
        return "growing" if 10 * late >= len(published) else "fading"
    return "fading" if 10 * (late + before) < len(published) else "steady"


def _headline(rows: pd.DataFrame) -> str:
    """The first headline of a public body, else of an outlet; else issue and place; never residents' words."""
    for channel in ("official", "press"):
        told = rows[(rows["channel"] == channel) & pick_titled(rows)]
        calm = pick(told, (not f for f in told["flags"]))
        if len(calm):
            return str(calm["title"].iloc[0])
    issue = next(iter(most(_flat(rows, ("issues",)))), "").replace("-", " ")
    place = next(iter(most(_flat(rows, ("places", "wards", "towns")))), "")
    return ", ".join(p for p in (issue[:1].upper() + issue[1:], place) if p) or "Something is being talked about"


def pick_titled(rows: pd.DataFrame) -> pd.Series:
    """Which rows have a title."""
    return rows["title"].map(lambda t: isinstance(t, str) and bool(t.strip())).astype(bool)


def most(values: Iterable[str]) -> tuple[str, ...]:
    """The values, most frequent first, then by name."""
    return tuple(v for v, _ in sorted(Counter(values).items(), key=lambda c: (-c[1], c[0])))


def _flat(rows: pd.DataFrame, columns: Iterable[str]) -> list[str]:
    return [v for column in columns for values in rows[column] for v in values]


def _ids(known: pd.DataFrame | None) -> list[frozenset[str]]:
    return [] if known is None else [frozenset(p) for p in known["posts"]]


def _named(
    rows: list[dict[str, Any]], known: pd.DataFrame | None
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The rows under their known ids, and the known stories no row took up."""
    if known is None or known.empty:
        return rows, []
    taken: dict[int, list[dict[str, Any]]] = {}
    gone = []
    for old in known.sort_values(["first_seen", "id"])[list(COLUMNS)].to_dict("records"):
        shared = [len(set(old["posts"]) & set(row["posts"])) for row in rows]
        if not shared or not max(shared):
            gone.append({str(k): v for k, v in old.items()})
            continue
        taken.setdefault(shared.index(max(shared)), []).append({str(k): v for k, v in old.items()})
    for number, olds in taken.items():
        first, *others = olds
        was = [*first["was"], *(i for o in others for i in (o["id"], *o["was"]))]
        start = min(first["first_seen"], rows[number]["first_seen"])
        rows[number] |= {"id": first["id"], "was": tuple(was), "first_seen": start}
    return rows, gone
