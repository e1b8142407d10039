"""What each issue's posts sound like: scores learnt from posts by several hands, for residents' English.

    told(learned.grams(["Third week, and the lorry went straight past"]))   [{"bins-waste": 0.41}]

One table of whole numbers over the hashed n-grams that ``learned`` reads, a ridge regression an issue, made
by ``benchmarks/learn_subjects.py`` from the open hands of ``benchmarks/hands``: about 1 for the issue
of a post, about 0 for the others. A score never decides alone: ``weighing`` weighs it with what the words
of the taxonomy found, beside which it may add an issue that no term names or speak against a find.
An issue that was not among those learnt, such as one of the user's own, has no score.
"""

import hashlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from listening.analyse import learned, ngrams

FILE = Path(__file__).parents[2] / "data" / "models" / "issues.npz"
LEAST = 0.05  # a smaller score says nothing
_BLOCK = 20_000  # grams added up at once: more outgrow the processor's cache
_MANY = 60_000  # texts whose numbers fit 16 bits, which sort fastest


class Model(NamedTuple):
    """Weights; ``table`` is (2 ** learned.BITS, issues + 1), its last column a gram's squared weight."""

    table: NDArray[np.int8]
    step: NDArray[np.float64]  # what one whole number of each column is worth
    bias: NDArray[np.float64]
    slugs: tuple[str, ...]


@cache
def shipped() -> Model:
    """The weights that come with the project."""
    with np.load(FILE, allow_pickle=False) as kept:
        return Model(kept["table"], kept["step"], kept["bias"], tuple(kept["slugs"].tolist()))


@cache
def learnt() -> frozenset[str]:
    """The slugs that have scores."""
    return frozenset(shipped().slugs)


def told(grams: ngrams.Grams) -> list[dict[str, float]]:
    """Of each text the issues it sounds like, slug to score."""
    return named(scored(grams, shipped()), shipped().slugs)


def named(scores: NDArray[np.float64], slugs: Sequence[str]) -> list[dict[str, float]]:
    """Slug to score of each text; those below LEAST are left out."""
    rows: list[dict[str, float]] = [{} for _ in scores]
    for text, issue in zip(*np.nonzero(scores >= LEAST), strict=True):
        rows[text][slugs[issue]] = round(float(scores[text, issue]), 6)
    return rows


@cache
def digest() -> str:
    """A hash of the weights, so that new ones make a new version of the analysis."""
    return hashlib.sha256(FILE.read_bytes()).hexdigest()


def scored(grams: ngrams.Grams, model: Model) -> NDArray[np.float64]:
    """(texts, issues): each text's weights added up, whatever its length."""
    summed = np.zeros((grams.texts, model.table.shape[1]))
    squares = np.zeros(grams.texts)
    kind = np.uint16 if grams.texts < _MANY else np.int64
    order = np.argsort(grams.row.astype(kind), kind="stable")
    row, column, value = grams.row[order], grams.column[order], grams.value[order]
    firsts = np.flatnonzero(np.diff(row, prepend=-1))
    for some in np.array_split(firsts, len(row) // _BLOCK + 1):
        if not len(some):
            continue
        after = np.searchsorted(firsts, some[-1], side="right")
        end = firsts[after] if after < len(firsts) else len(row)
        here = slice(some[0], end)
        weights = model.table[column[here]] * value[here, None]
        texts = row[some]
        summed[texts] = np.add.reduceat(weights, some - some[0], axis=0)
        squares[texts] = np.add.reduceat(weights[:, -1] * value[here], some - some[0])
    length = np.sqrt(np.maximum(squares * model.step[-1], 1e-9))
    return np.asarray(summed[:, :-1] * model.step[:-1] / length[:, None] + model.bias)


def because(original: str, slug: str) -> list[tuple[int, int]]:
    """The spans of the words that sound most like an issue, in the order of the text."""
    model = shipped()
    words = [m for m in learned.WORD.finditer(original) if len(m[0]) >= learned.FEWEST]
    if slug not in model.slugs or not words:
        return []
    column = model.slugs.index(slug)
    each = _weights([m[0].lower() for m in words], column)
    best = sorted(sorted(range(len(each)), key=lambda n: -each[n])[: learned.SHOWN])
    return [words[n].span() for n in best if each[n] > 0]


def _weights(words: Sequence[str], column: int) -> list[float]:
    """What each word alone speaks for an issue, its length taken off."""
    grams = learned.grams(words)
    weights = shipped().table[grams.column, column] * grams.value
    return [float(score) for score in np.bincount(grams.row, weights, grams.texts)]
