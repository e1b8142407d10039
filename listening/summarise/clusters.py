"""Clusters: which posts belong together, and which of them stand as a story.

The rules stand in ``stories``; this is their work.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import combinations, pairwise
from typing import Any

import numpy as np
import pandas as pd

from listening.summarise.alike import Bag, Matrix, Weights, cosine, smoothed, subjects, words
from listening.summarise.bursts import tail
from listening.summarise.linkage import linked
from listening.summarise.rows import each

DAY = timedelta(days=1)
WINDOW = 7 * DAY  # what is clustered
SILENCE = timedelta(hours=36)  # ends a story
MOST = 4000  # posts clustered together, the newest; time and memory grow with the square
TOGETHER = 0.4  # mean likeness within a cluster, after smoothing and with time
LASTS = timedelta(hours=48)  # posts so far apart are half as alike
ONE_THING = 0.3  # how alike two outlets' items are that tell of one thing
ACCOUNTS, BESIDE = 3, 2  # accounts alone, accounts beside a press or official item
CHANCE, CHANCE_BESIDE = 1e-4, 2e-3  # a hundred clusters a week are tried; beside an item less is asked
KNOWN_DAYS, UNKNOWN_ACCOUNTS = 7, 5  # with fewer earlier days nothing is usual: then 5 accounts of one place

Known = Sequence[frozenset[str]]


@dataclass(frozen=True)
class Cluster:
    """Posts that belong together, oldest first, and whether they make a story."""

    rows: tuple[int, ...]  # of the window
    stands: bool
    parts: tuple[tuple[int, ...], ...]  # what it was joined from
    window: "_Window"

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of its posts."""
        return tuple(self.window.posts[n].id for n in self.rows)

    @property
    def first(self) -> datetime:
        """When its first post was published."""
        when: datetime = self.window.posts[self.rows[0]].published.to_pydatetime()
        return when

    @property
    def told(self) -> datetime:
        """When it first stood: as soon as so many of its posts had been collected that they made a story."""
        return min(self.window.stood(part) for part in self.parts)


def clusters(posts: pd.DataFrame, now: datetime, known: Known = ()) -> list[Cluster]:
    """All clusters of the last 7 days, those that make no story among them.

    ``posts`` are annotated posts of the last 28 days, the ids of ``known`` stories stay stories.
    Fault reports belong to none.
    """
    recent = of_window(posts, now)
    if recent.empty:
        return []
    seen = posts[_seen(posts, now)]
    window = _Window(recent, seen[seen["published"] <= now - WINDOW], known)
    near = smoothed(window.bags) * _nearness(recent["published"])
    parts = [part for rows in linked(near, TOGETHER) for part in window.unbroken(rows)]
    told = [part for part in parts if window.stands(part)]
    found = [(window.to_the_point(whole), True, of) for whole, of in window.joined(told)]
    found += [(part, False, [part]) for part in parts if part not in told]
    return [
        Cluster(tuple(rows), stands, tuple(tuple(part) for part in of), window) for rows, stands, of in found
    ]


def of_window(posts: pd.DataFrame, now: datetime) -> pd.DataFrame:
    """The posts that are clustered, oldest first."""
    recent = posts[_seen(posts, now) & (posts["published"] > now - WINDOW)]
    return recent.sort_values(["published", "id"]).tail(MOST)


def _seen(posts: pd.DataFrame, now: datetime) -> pd.Series:
    return (posts["collected"] <= now) & (posts["published"] <= now) & (posts["channel"] != "report")


def _nearness(published: pd.Series) -> Matrix:
    """1 for two posts of one moment, a half for two that lie 48 hours apart, and so on."""
    hours = published.to_numpy(dtype="datetime64[s]").astype("int64") / 3600
    apart = np.abs(hours[:, None] - hours[None, :])
    return np.asarray(1 / (1 + apart / (LASTS.total_seconds() / 3600)), dtype=np.float32)


class _Past:
    """The talk before the window, to tell what is usual."""

    def __init__(self, earlier: pd.DataFrame) -> None:
        talk = earlier[earlier["channel"] == "public"]
        self.days = max(0, (talk["published"].max() - talk["published"].min()).days) if len(talk) else 0
        self._said: dict[str, set[tuple[str, Any]]] = {}
        for post in each(talk):
            who = (post.author or post.id, post.published.date())
            for about in subjects(post):
                self._said.setdefault(about, set()).add(who)

    def unusual(self, talk: Sequence[Any], confirmed: bool, about: str) -> bool:
        """Whether so many accounts within 24 hours are enough, and more than chance would bring."""
        accounts = busiest(talk)
        if not about.startswith("#") or accounts < (BESIDE if confirmed else ACCOUNTS):
            return False  # talk of no known issue is small talk until two outlets tell of it
        if self.days < KNOWN_DAYS:
            return accounts >= UNKNOWN_ACCOUNTS and _of_one_place(talk) >= UNKNOWN_ACCOUNTS
        mean = (len(self._said.get(about, ())) + 0.5) / self.days  # account-days a day
        return tail(accounts, mean, mean * (1 + 1 / self.days)) < (CHANCE_BESIDE if confirmed else CHANCE)


class _Window:
    """The posts of the window, oldest first, by their row number."""

    def __init__(self, recent: pd.DataFrame, earlier: pd.DataFrame, known: Known) -> None:
        weights = Weights(earlier, recent)
        self.posts = list(each(recent))
        self.bags: list[Bag] = [weights.bag(p) for p in self.posts]
        self.past = _Past(earlier)
        self.known = known

    def unbroken(self, rows: Sequence[int]) -> list[list[int]]:
        """The rows, parted wherever nobody posted for 36 hours."""
        parts: list[list[int]] = [[rows[0]]]
        for before, row in pairwise(rows):
            if self.posts[row].published - self.posts[before].published > SILENCE:
                parts.append([])
            parts[-1].append(row)
        return parts

    def stands(self, part: Sequence[int]) -> bool:
        """Whether these rows make a story."""
        posts = [self.posts[n] for n in part]
        talk = [p for p in posts if p.channel == "public"]
        about = subject(talk)
        confirmed = any(_confirms(p, about) for p in posts if p.channel != "public")
        ids = frozenset(p.id for p in posts)
        return (
            self._two_outlets(part)
            or self.past.unusual(talk, confirmed, about)
            or any(2 * len(ids & k) > len(k) for k in self.known)  # once told, it stays
        )

    def stood(self, part: Sequence[int]) -> datetime:
        """When these rows, one after the other as they were collected, first made a story."""
        met = sorted(part, key=lambda n: (self.posts[n].collected, n))
        first = next((n for n in range(BESIDE, len(met)) if self.stands(sorted(met[:n]))), len(met))
        when: datetime = self.posts[met[first - 1]].collected.to_pydatetime()
        return when

    def _two_outlets(self, part: Sequence[int]) -> bool:
        """Whether two outlets tell of one thing, each in its own words, within two days of each other."""
        told = [n for n in part if self.posts[n].channel == "press" and self.posts[n].copy_of is None]
        return any(
            _one_thing(self.posts[a], self.posts[b]) and cosine(self.bags[a], self.bags[b]) >= ONE_THING
            for a, b in combinations(told, 2)
        )

    def joined(self, parts: Sequence[list[int]]) -> list[tuple[list[int], list[list[int]]]]:
        """The parts, joined where one speaks of another's issue in the same town, without a silence.

        A long event speaks of many streets and troubles; its parts are each other's news.
        Each whole comes with the parts it is made of.
        """
        whole: list[tuple[str, list[int], list[list[int]]]] = []
        for part in sorted(parts, key=lambda p: (-len(p), p[0])):
            for about, other, made_of in whole:
                shares = sum(about in subjects(self.posts[n]) for n in part) * 2 >= len(part)
                if "@" in about and shares and self._touch(part, other):
                    other.extend(part)
                    made_of.append(part)
                    break
            else:
                whole.append((subject([self.posts[n] for n in part]), list(part), [part]))
        return [(sorted(rows), made_of) for _, rows, made_of in whole]

    def to_the_point(self, part: list[int]) -> list[int]:
        """The rows without items on another issue or place than residents' talk: those confirm nothing."""
        talk = [self.posts[n] for n in part if self.posts[n].channel == "public"]
        about = subject(talk)
        if busiest(talk) < BESIDE or ("@" not in about and self._two_outlets(part)):
            return part
        return [n for n in part if self.posts[n].channel == "public" or _confirms(self.posts[n], about)]

    def _touch(self, part: Sequence[int], other: Sequence[int]) -> bool:
        begin, end = self.posts[min(part)].published, self.posts[max(part)].published
        return bool(
            self.posts[min(other)].published <= end + SILENCE
            and self.posts[max(other)].published >= begin - SILENCE
        )


def _confirms(item: Any, about: str) -> bool:
    """Whether a press or official item is about the same issue in the same place."""
    return "@" in about and about in subjects(item)


def _one_thing(one: Any, other: Any) -> bool:
    """Whether two press items may tell of one thing: two outlets, two days, a place and a word in common."""
    return (
        one.source != other.source
        and abs(one.published - other.published) < 2 * DAY
        and (not one.places or not other.places or bool({*one.places} & {*other.places}))
        and bool(_said(one) & _said(other))
    )


def _said(post: Any) -> set[str]:
    """The words of a post that name no place: two items about one street are not yet one story."""
    names = (*post.places, *post.wards, *post.towns)
    return {*words(post.title, post.text)} - {w for name in names for w in words(name, None)}


def busiest(talk: Sequence[Any]) -> int:
    """The most accounts that posted within any 24 hours; rows of posts, oldest first."""
    return max(
        (
            len({p.author for p in talk[n:] if p.author and p.published < first.published + DAY})
            for n, first in enumerate(talk)
        ),
        default=0,
    )


def _of_one_place(talk: Sequence[Any]) -> int:
    """The most accounts within 24 hours that name one ward, street or other named place.

    A town is no such place: bins are always talked about somewhere in it.
    """
    spots = {spot for p in talk for spot in (*p.wards, *p.places)}
    return max((busiest([p for p in talk if spot in (*p.wards, *p.places)]) for spot in spots), default=0)


def subject(posts: Sequence[Any]) -> str:
    """What most of these posts are about, as ``alike.subjects`` says it; or nothing.

    An issue in a town, else in a ward, else the issue alone: the widest place comes first, so that
    a street nobody named before makes no news.
    """
    for column in ("towns", "wards", None):
        said = [
            f"#{issue}{place}"
            for post in posts
            for issue in post.issues
            for place in ([f"@{p}" for p in getattr(post, column)] if column else [""])
        ]
        best = next(iter(most(said)), "")
        if best and 2 * said.count(best) > len(posts):
            return best
    return ""


def most(values: Iterable[str]) -> tuple[str, ...]:
    """The values, most frequent first, then by name."""
    return tuple(v for v, _ in sorted(Counter(values).items(), key=lambda c: (-c[1], c[0])))
