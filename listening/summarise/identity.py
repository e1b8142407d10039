"""Identity: which cluster is which known story. An id is given at birth and outlives the next look.

Clusters are made anew from the last 7 days; a story is kept. It goes on as the cluster that most
of its posts went to, where that is a third of the story or most of the cluster: the last post of
a story that is over does not carry its name into another. Where two stories went into one
cluster the older keeps its id, and the other becomes a pointer to it. Posts that have left the
7 days stay where they are; so do those of a story that no cluster took up.
"""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import count
from typing import Any

import pandas as pd

from listening.summarise.clusters import Cluster, clusters, of_window

KEPT = ("id", "posts", "first_seen", "told", "was")  # what is kept of a story; none of it is words
GOES_ON = 3  # one in so many of a story's posts, at least, goes on with its id
Story = dict[str, Any]


def assigned(posts: pd.DataFrame, now: datetime, known: pd.DataFrame | None = None) -> pd.DataFrame:
    """One row a story (``KEPT``) from annotated posts of the last 28 days and the stories known so far.

    ``posts`` are ids, oldest first; ``told`` is when so many of them had been collected that they
    made a story; ``was`` are the ids of stories that became one with it. ``known`` has these
    columns; each of its stories is handed on, or stands in another's ``was``.
    """
    olds = _sorted(known)
    found = [c for c in clusters(posts, now, [frozenset(old["posts"]) for old in olds]) if c.stands]
    goes = [_goes(old, found) for old in olds]
    taken = {i for old in olds for i in (old["id"], *old["was"])}
    held = {p for c in found for p in c.ids}
    window = set(of_window(posts, now)["id"])
    rows = []
    for number, cluster in enumerate(found):
        came = [old for old, place in zip(olds, goes, strict=True) if place == number]
        rows.append(_one(came, window) if came else _born(cluster, taken))
        rows[-1]["posts"] += cluster.ids
        rows[-1]["first_seen"] = min(rows[-1]["first_seen"], cluster.first)
    for old, place in zip(olds, goes, strict=True):
        if place is None:
            rows.append(old | {"posts": tuple(p for p in old["posts"] if p not in held)})
    return pd.DataFrame(_whole(rows, olds, found), columns=list(KEPT))


def _sorted(known: pd.DataFrame | None) -> list[Story]:
    """The known stories, the oldest first."""
    if known is None or known.empty:
        return []
    rows = known[list(KEPT)].to_dict("records")
    return sorted(({str(k): v for k, v in r.items()} for r in rows), key=lambda r: (r["first_seen"], r["id"]))


def _shared(old: Story, found: Sequence[Cluster]) -> tuple[int, int]:
    """How many of its posts the cluster has that most of them went to, and which cluster that is."""
    posts = set(old["posts"])
    shared = [len(posts.intersection(c.ids)) for c in found]
    most = max(shared, default=0)
    return most, shared.index(most) if most else -1


def _goes(old: Story, found: Sequence[Cluster]) -> int | None:
    """The cluster as which a story goes on; None where none is."""
    most, place = _shared(old, found)
    goes_on = GOES_ON * most >= len(old["posts"]) or (most and 2 * most > len(found[place].ids))
    return place if most and goes_on else None


def _one(came: Sequence[Story], window: set[str]) -> Story:
    """The oldest of these stories with all that they were; only what has left the window stays its own."""
    first, *others = came
    left = tuple(p for old in came for p in old["posts"] if p not in window)
    was = (*first["was"], *(i for old in others for i in (old["id"], *old["was"])))
    return {"id": first["id"], "posts": left, "told": min(old["told"] for old in came), "was": was} | {
        "first_seen": min(old["first_seen"] for old in came)
    }


def _born(cluster: Cluster, taken: set[str]) -> Story:
    """A new story, with an id no other has had."""
    ids = (_id(cluster.ids[0] + " " * n) for n in count())
    new = next(i for i in ids if i not in taken)
    taken.add(new)
    return {"id": new, "posts": (), "first_seen": cluster.first, "told": cluster.told, "was": ()}


def _id(words: str) -> str:
    return "s" + hashlib.sha256(words.encode()).hexdigest()[:12]


def _whole(rows: list[Story], olds: Iterable[Story], found: Sequence[Cluster]) -> list[Story]:
    """The rows without those whose every post went elsewhere: they point to where most went."""
    posts = {old["id"]: old for old in olds}
    for row in [r for r in rows if not r["posts"]]:
        _, place = _shared(posts[row["id"]], found)
        if place >= 0:
            rows[place]["was"] += (row["id"], *row["was"])
    return [r for r in rows if r["posts"]]
