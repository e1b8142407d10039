"""Learns what posts about each issue sound like: data/models/issues.npz.

    python -m benchmarks.learn_subjects        then python -m benchmarks.learn_issues

From the open hands, posts read as the product reads them, redacted first; wanted is the mean of the two
labellers. A ridge regression an issue, solved for all at once in its dual form; a gram counts by how rare
it is among the posts (log of 1 + posts by posts with it), one that a single post holds not at all.
"""

import hashlib
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from benchmarks import issues, learn_cues
from benchmarks.writers import OPEN
from listening.analyse import learned, ngrams, subjects

RIDGE = 0.3  # little matters: 0.1 to 0.4 give the same figures within half a point
_AT_ONCE = 8_000  # columns of the kernel made at once
Array = NDArray[np.float64]


def read(hands: tuple[int, ...]) -> tuple[list[str], Array, Array, tuple[str, ...]]:
    """Texts, the hand of each, (texts, issues) of 0, 0.5 and 1, and the issues' slugs."""
    texts, of, _ = learn_cues.read(hands)
    slugs = tuple(i.slug for i in issues._area().issues if not i.noise)
    labels = [zip(*(issues._lines(f"labels_{who}_{hand}") for who in "AB"), strict=True) for hand in hands]
    rows = [
        [((slug in a["issues"]) + (slug in b["issues"])) / 2 for slug in slugs]
        for pairs in labels
        for a, b in pairs
    ]
    return texts, of, np.array(rows), slugs


class Read(NamedTuple):
    """Posts as ridge regression reads them: grams (a post's of length 1), columns, what each counts."""

    grams: ngrams.Grams
    used: NDArray[np.int64]
    counts: Array
    kernel: Array


def weighed(texts: list[str]) -> Read:
    """The posts' grams by how rare they are, and how alike the posts are."""
    grams = learned.grams(texts)
    used, column = np.unique(grams.column, return_inverse=True)
    held = np.bincount(np.unique(grams.row * len(used) + column) % len(used), minlength=len(used))
    counts = np.log1p(len(texts) / held) * (held > 1)
    squares = ngrams.scores(grams._replace(value=grams.value**2, column=column), counts[:, None] ** 2)
    length = np.sqrt(np.maximum(squares, 1e-9))
    value = (grams.value * counts[column] / length[grams.row, 0]).astype(np.float32)
    grams = grams._replace(column=column, value=value)
    kernel = np.zeros((len(texts), len(texts)))
    for _, part in _parts(grams, len(used)):
        kernel += part @ part.T
    return Read(grams, used, counts, kernel)


def fit(read: Read, wanted: Array, slugs: tuple[str, ...]) -> subjects.Model:
    """The model of these posts."""
    shares, middle = _solved(read.kernel, wanted)
    table = np.zeros((2**learned.BITS, len(slugs) + 1))
    for first, part in _parts(read.grams, len(read.used)):
        here = slice(first, first + part.shape[1])
        table[read.used[here], :-1] = (part.T @ shares) * read.counts[here, None]
    table[read.used, -1] = read.counts**2
    step = np.maximum(np.abs(table).max(0), 1e-9) / 127
    return subjects.Model(np.rint(table / step).astype(np.int8), step, middle, slugs)


def _solved(kernel: Array, wanted: Array) -> tuple[Array, Array]:
    """Each post's share in the weights of each issue, and the issue's share of the posts."""
    middle = wanted.mean(0)
    return np.linalg.solve(kernel + RIDGE * np.eye(len(kernel)), wanted - middle), middle


def _parts(grams: ngrams.Grams, columns: int) -> Iterator[tuple[int, NDArray[np.float32]]]:
    """The grams as plain tables, some columns at once, each with the number of its first column."""
    order = np.argsort(grams.column, kind="stable")
    row, column, value = grams.row[order], grams.column[order], grams.value[order]
    for first in range(0, columns, _AT_ONCE):
        start, end = np.searchsorted(column, [first, first + _AT_ONCE])
        part = np.zeros((grams.texts, min(_AT_ONCE, columns - first)), np.float32)
        np.add.at(part, (row[start:end], column[start:end] - first), value[start:end])
        yield first, part


@cache
def folds(hands: tuple[int, ...] = OPEN) -> tuple[dict[str, float], ...]:
    """What each post sounds like by the labels of the other hands; how rare a gram is, is counted in all."""
    texts, of, wanted, slugs = read(hands)
    kernel, scores = weighed(texts).kernel, np.zeros(wanted.shape)
    for hand in hands:
        others, mine = np.flatnonzero(of != hand), np.flatnonzero(of == hand)
        shares, middle = _solved(kernel[np.ix_(others, others)], wanted[others])
        scores[mine] = kernel[np.ix_(mine, others)] @ shares + middle
    return tuple(subjects.named(scores, slugs))


def main() -> None:
    texts, _, wanted, slugs = read(OPEN)
    model = fit(weighed(texts), wanted, slugs)
    arrays = {"table": model.table, "step": model.step, "bias": model.bias, "slugs": np.array(slugs)}
    learn_cues._keep(arrays, subjects.FILE)
    print(hashlib.sha256(subjects.FILE.read_bytes()).hexdigest(), subjects.FILE.stat().st_size)


if __name__ == "__main__":
    main()
