"""Relearn: the last layer of tone fitted to an area's own labels, and kept only if it does better.

What is kept is a small file beside sources.yaml, which the analysis reads with the area: delete it to
go back. Nothing else of the analysis learns from labels.
"""

import hashlib
import json
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import numpy as np
import pandas as pd

from listening import analyse
from listening.analyse.tonelayer import Layer, learnt
from listening.area import Area
from listening.configure import tone_file
from listening.errors import WordsError
from listening.store import Store
from listening.summarise import accuracy_labels
from listening.summarise.trends import Z95

FEWEST = 60  # labelled posts: below, four numbers would be guessed
PARTS = 5  # each part is held out once, while the others teach
TONES = ("negative", "neutral", "positive")


@dataclass(frozen=True)
class Tried:
    """How tone did on labels that were held out: shares right before and after, and the gain's interval."""

    posts: int
    before: float
    after: float
    low: float
    high: float
    fair: bool  # whether the rarer tones are told no worse: mean F1 of the three
    layer: Layer

    @property
    def kept(self) -> bool:
        """Whether it is better beyond chance, and not at the cost of the rarer tones."""
        return self.low > 0 and self.fair


def relearn(store: Store, area: Area, role: str, now: datetime) -> Tried:
    """Fit the layer to the labels, hold parts of them out, keep it only if those improve.

    WordsError in the sample area, and where too few labelled posts are still held. That it was tried,
    and how it did, is kept as a decision; the posts already stored keep their tone until ``analyse``.
    """
    if area.invented:
        raise WordsError("the sample area is invented: there is nothing to learn from it")
    posts, truths, weights = _labelled(store)
    if len(posts) < FEWEST:
        raise WordsError(f"tone can learn from {FEWEST} labelled posts that are still held; got {len(posts)}")
    tried = _tried(posts, truths, weights, area)
    if tried.kept:
        _write(tone_file(area.config), tried, now)
    told = {"posts": tried.posts, "before": round(tried.before, 4), "after": round(tried.after, 4)}
    store.decide(role, "relearn", None, {**told, "kept": tried.kept, "layer": list(tried.layer)}, now)
    return tried


def _labelled(store: Store) -> tuple[pd.DataFrame, list[list[str]], np.ndarray]:
    """The posts still held that have a tone, what each person said of theirs, and the posts' weights."""
    labels = accuracy_labels.labels(store.decisions(accuracy_labels.TRUTH))
    toned = labels[labels["tone"].notna()]
    posts = store.posts(ids=list(dict.fromkeys(toned["post"])), noise=True)
    posts = posts[posts["tone"].notna()].sort_values("id").reset_index(drop=True)
    said = dict(iter(toned.groupby("post")))
    truths = [said[post]["tone"].tolist() for post in posts["id"]]
    return posts, truths, np.array([float(said[post]["weight"].mean()) for post in posts["id"]])


def _tried(posts: pd.DataFrame, truths: list[list[str]], weights: np.ndarray, area: Area) -> Tried:
    before = _tones(posts, area)
    part = np.array([int(hashlib.sha256(i.encode()).hexdigest(), 16) % PARTS for i in posts["id"]])
    after = list(before)
    for held in range(PARTS):
        out = part == held
        layer = _learn(posts[~out], [t for t, o in zip(truths, out, strict=True) if not o], weights[~out])
        told = _tones(posts[out], replace(area, tone_layer=tuple(layer))) if out.any() else []
        for n, tone in zip(np.flatnonzero(out), told, strict=True):
            after[n] = tone
    gain = _right(after, truths) - _right(before, truths)
    mean = float(np.average(gain, weights=weights))
    spread = Z95 * math.sqrt(float((weights**2 * (gain - mean) ** 2).sum())) / float(weights.sum())
    return Tried(
        len(posts),
        float(np.average(_right(before, truths), weights=weights)),
        float(np.average(_right(after, truths), weights=weights)),
        mean - spread,
        mean + spread,
        _f1(after, truths) >= _f1(before, truths),
        _learn(posts, truths, weights),
    )


def _learn(posts: pd.DataFrame, truths: list[list[str]], weights: np.ndarray) -> Layer:
    """The layer that fits these posts; what people could not tell teaches nothing."""
    wanted = np.array([[said.count(t) / len(said) for t in TONES] for said in truths])
    known = wanted.sum(1) > 0
    chances = analyse.tone_chances(posts[known])
    return learnt(chances, wanted[known] / wanted[known].sum(1, keepdims=True), weights[known])


def _tones(posts: pd.DataFrame, area: Area) -> list[str]:
    return [str(t) for t in analyse.run(posts, area)["tone"]]


def _right(tones: Sequence[str], truths: list[list[str]]) -> np.ndarray:
    return np.array([said.count(tone) / len(said) for tone, said in zip(tones, truths, strict=True)])


def _f1(tones: Sequence[str], truths: list[list[str]]) -> float:
    """The mean F1 of the three tones; a post that people differ on counts in parts."""
    total = 0.0
    for t in TONES:
        pairs = [(tone == t, said.count(t) / len(said)) for tone, said in zip(tones, truths, strict=True)]
        there = sum(told for _, told in pairs) + sum(named for named, _ in pairs)
        total += 2 * sum(told for named, told in pairs if named) / there if there else 0.0
    return total / len(TONES)


def _write(to: Path, tried: Tried, now: datetime) -> None:
    """Written beside and renamed over, so that a crash leaves no half a file."""
    kept = {"made": now.isoformat(timespec="seconds"), "posts": tried.posts, "layer": list(tried.layer)}
    part = to.with_name(to.name + ".part")
    try:
        part.write_text(json.dumps(kept) + "\n", encoding="utf-8")
        part.replace(to)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise WordsError(f"could not write {to}: {error.strerror}") from error


def told(tried: Tried, to: Path) -> list[str]:
    """Whether it was kept, in plain sentences."""
    numbers = f"tone is right in {round(100 * tried.after)} instead of {round(100 * tried.before)}"
    span = f"{round(100 * tried.low):+d} to {round(100 * tried.high):+d}".replace("-", "−")
    said = f"of 100 labels held out, {numbers} ({span}), {tried.posts} posts."
    if tried.kept:
        return [
            f"Kept: {said}",
            f"It stands in {to}; delete that file to go back.",
            "For the posts already here: python -m listening analyse. Start again what collects.",
        ]
    why = "no clear gain" if tried.low <= 0 else "but the rarer tones are told worse"
    return [f"Not kept: {said[:-1]}: {why}. Nothing was changed."]
