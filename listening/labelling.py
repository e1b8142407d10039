"""Labelling: posts are drawn by chance, people say what they read in them, and both are kept.

The command and the page Accuracy do the same two deeds: ``draw`` and ``take``.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pandas as pd

from listening import share
from listening.area import Area
from listening.errors import WordsError
from listening.store import Store
from listening.summarise import accuracy_labels, accuracy_sample
from listening.summarise.rows import each, pick

CHANNELS = ("public", "report", "press", "official")  # a note of what was heard is about what its form says
DAYS = 28  # of talk that is drawn from: long enough for rare issues, and all of one analysis mostly
STEP = 7  # days read at a time
LARGEST_SEED = 2**32

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Drawn:
    """What was drawn: the draw's key, the posts in their order, and of how many."""

    key: str
    posts: pd.DataFrame  # as ``share`` lets them leave
    of: int
    left_out: int  # may not be read whole: headlines only, held back


@dataclass(frozen=True)
class Row:
    """One row of a file, or one form: what somebody says of a post, as it was written."""

    post: str
    draw: str
    coder: str
    issues: tuple[str, ...]
    wards: tuple[str, ...]
    tone: str
    number: int = 0  # in its file

    @property
    def blank(self) -> bool:
        """Whether nothing has been said yet."""
        return not (self.issues or self.wards or self.tone.strip())


@dataclass(frozen=True)
class Taken:
    """What became of the rows: kept, held already, not filled in; and those not taken, with the reason."""

    kept: int = 0
    held: int = 0
    blank: int = 0
    bad: tuple[tuple[Row, str], ...] = ()


def draw(
    store: Store,
    area: Area,
    n: int,
    seed: int,
    role: str,
    now: datetime,
    days: int = DAYS,
    progress: Progress | None = None,
) -> Drawn:
    """Draw ``n`` posts of the last ``days`` and keep which; nobody's label is asked yet.

    WordsError where no post may be drawn, or this very sample was drawn before.
    """
    key = f"{now.astimezone(area.zone):%Y-%m-%d %H:%M} no. {seed}"
    if any(d.key == key for d in accuracy_labels.draws(store.decisions(accuracy_labels.DRAW))):
        raise WordsError(f"this sample was drawn already: {key}; choose another --seed")
    posts, shown = _population(store, area, now, days, progress)
    left_out, posts = len(posts) - len(shown), posts.loc[shown.index]
    if posts.empty:
        raise WordsError(f"no post of the last {days} days may be drawn: collect first, or look further back")
    found = accuracy_sample.sample(posts, n, seed)
    told = {"totals": accuracy_sample.totals(posts), "left_out": left_out, "days": days}
    rows: list[tuple[str, Any, Any]] = [(accuracy_labels.DRAW, key, told)]
    for row in each(found):
        rows.append((accuracy_labels.DRAWN, row.id, {"draw": key, "weight": round(row.weight, 6)}))
    store.decide_all(role, rows, now)
    drawn = shown.set_index("id").loc[found["id"]].reset_index()
    return Drawn(key, drawn, len(posts), left_out)


def _population(
    store: Store, area: Area, now: datetime, days: int, progress: Progress | None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The posts of these days, and those of them that can be drawn, as they may leave.

    Noise is among them: what was left out as noise may have been about an issue. Copies are not.
    """
    read = []
    for back in range(days, 0, -STEP):
        since, length = now - timedelta(days=back), min(STEP, back)
        some = store.posts(since, since + timedelta(days=length), channels=list(CHANNELS), noise=True)
        read.append(some[some["copy_of"].isna()])
        if progress:
            progress(days - back + length, days)
    posts = pd.concat(read, ignore_index=True)
    return posts, _whole(posts, area, now)


def _whole(posts: pd.DataFrame, area: Area, now: datetime) -> pd.DataFrame:
    """The posts that may leave with all their words, as ``share`` lets them."""
    shown = share.posts(posts, area, now, purpose="export")
    texts = posts.loc[shown.index, "text"]
    return pick(shown, (a == b or not b for a, b in zip(shown["text"], texts, strict=True)))


def take(store: Store, area: Area, rows: Iterable[Row], role: str, now: datetime) -> Taken:
    """Keep what people say: all good rows in one transaction; for each other one its reason."""
    given = list(rows)
    filled = [r for r in given if not r.blank]
    weights = _weights(store)
    posts = {p.id: p for p in each(store.posts(ids=list({r.post for r in filled}), noise=True))}
    standing = _standing(store)
    good: list[tuple[str, Any, Any]] = []
    bad, held = [], 0
    for row in filled:
        try:
            value = _value(row, weights, posts, area)
        except WordsError as error:
            bad.append((row, str(error)))
            continue
        said = (row.post, value["draw"], value["coder"])
        told = (value["issues"], value["wards"], value["tone"])
        if standing.get(said) == told:
            held += 1
        else:
            standing[said] = told
            good.append((accuracy_labels.TRUTH, row.post, value))
    if good:
        store.decide_all(role, good, now)
    return Taken(len(good), held, len(given) - len(filled), tuple(bad))


def _value(
    row: Row, weights: dict[tuple[str, str], float], posts: dict[str, Any], area: Area
) -> dict[str, Any]:
    """What the decision of a row holds; a WordsError where it can't be taken."""
    who = accuracy_labels.coder(row.coder)
    weight = weights.get((row.draw, row.post))
    if weight is None:
        raise WordsError("this post was not drawn under this draw; only what chance chose can be counted")
    post = posts.get(row.post)
    if post is None:
        raise WordsError("this post is no longer held: its time was over, or it was erased")
    told = accuracy_labels.truth(row.issues, row.wards, row.tone, post.channel, area)
    return accuracy_labels.value(who, row.draw, weight, post, told)


def _weights(store: Store) -> dict[tuple[str, str], float]:
    rows = store.decisions(accuracy_labels.DRAWN)
    return {(r.value["draw"], r.about): float(r.value["weight"]) for r in each(rows) if not r.erased}


def _standing(store: Store) -> dict[tuple[str, str, str], tuple[Any, Any, Any]]:
    """What each coder has said of each drawn post so far."""
    rows = each(accuracy_labels.labels(store.decisions(accuracy_labels.TRUTH)))
    return {(r.post, r.draw, r.coder): (r.issues, r.wards, r.tone) for r in rows}
