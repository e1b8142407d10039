"""Learn ``listening.analyse.learned`` from the open hands: ``python -m benchmarks.learn_cues``.

A post is read as the product reads it: redacted first. Wanted is the mean of its labellers, two or one.
Beside them teach the posts of ``remarks/cues``, written for labels that are rare; of the common labels
these and the remarks, each of which one labeller read, teach too and count ASIDE. Logistic regression
with a ridge, positives and the rest weighed alike. A gram counts by how rare it is among the posts
(``learned.RARE``); one that a single post holds does not count at all.
The threshold of a label is the best of F1 on scores that each hand got from others.
"""

import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

import listening
from benchmarks import fitting, writers
from benchmarks.fitting import Inputs, keep
from listening.analyse import learned
from listening.clean import guard, redact

RIDGE = 0.2
ASIDE = 0.3  # how much a remark counts beside a post: remarks are of one matter, and nobody checked them
RARELY = 2  # the kind of label that few posts have
REMARKS = writers.HANDS.with_name("remarks")
FOLDS = 5
RARE = {label for label, power in learned.RARE.items() if power == RARELY}
COMMON = np.array([learned.RARE[label] != RARELY for label in learned.LABELS])
Array = NDArray[np.float64]


class Taught(NamedTuple):
    """Redacted texts, the hand of each (0: none), and (texts, labels) of what is wanted, 0 to 1, and how much
    it counts."""

    texts: list[str]
    of: Array
    wanted: Array
    counts: Array

    def where(self, these: NDArray[np.bool_]) -> "Taught":
        """Some of the texts."""
        texts = [text for text, chosen in zip(self.texts, these, strict=True) if chosen]
        return Taught(texts, self.of[these], self.wanted[these], self.counts[these])


@cache
def _guard() -> guard.Guard:
    return guard.guard(listening.load(Path(__file__).parents[1] / "sources.yaml"))


def read(hands: Iterable[int]) -> Taught:
    """The posts of these hands."""
    texts, of, wanted = [], [], []
    for hand in hands:
        for post, one, other in zip(writers.lines("hand", hand), *writers.labels(hand), strict=True):
            said = [set(label["cues"]) | set(label["flags"]) for label in (one, other)]
            texts.append(redact.redact(post["text"], _guard()))
            of.append(hand)
            wanted.append([sum(name in labels for labels in said) / 2 for name in learned.LABELS])
    return Taught(texts, np.array(of, float), np.array(wanted), np.ones((len(texts), len(learned.LABELS))))


def taught() -> Taught:
    """All that the weights are learnt from: the open hands and, as hand 0, the remarks."""
    posts = read((*writers.OPEN, *writers.LABELLED_ONCE))
    texts, wanted, counts = posts.texts, [posts.wanted], [posts.counts]
    for file in sorted(REMARKS.rglob("*.jsonl")):
        rows = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
        rare = float("labels" in rows[0])
        said = [set(row["cues"]) | set(row.get("labels", ())) & RARE for row in rows]
        texts = texts + [redact.redact(row["text"], _guard()) for row in rows]
        wanted.append(np.array([[float(name in labels) for name in learned.LABELS] for labels in said]))
        counts.append(np.where(COMMON, ASIDE, rare) * np.ones((len(rows), 1)))
    of = np.concatenate([posts.of, np.zeros(len(texts) - len(posts.texts))])
    return Taught(texts, of, np.concatenate(wanted), np.concatenate(counts))


def fit(posts: Taught) -> learned.Model:
    """The model of these posts, without thresholds."""
    size = len(learned.LABELS)
    table = np.zeros((2**learned.BITS, size + len(learned.KINDS)), np.float32)
    bias = np.zeros(size)
    for kind, power in enumerate(learned.KINDS):
        these = [n for n, label in enumerate(learned.LABELS) if learned.RARE[label] == power]
        texts, _, said, each = posts.where(posts.counts[:, these[0]] > 0)
        said, each = said[:, these], each[:, these]
        grams = learned.grams(texts)
        used, column = np.unique(grams.column, return_inverse=True)
        held = np.bincount(np.unique(np.stack([grams.row, column]), axis=1)[1], minlength=len(used))
        counts = np.log1p(len(said) / held) ** power * (held > 1)
        value = grams.value * counts[column]
        length = np.sqrt(np.maximum(np.bincount(grams.row, value**2, len(said)), 1e-9))
        order = np.argsort(grams.row, kind="stable")
        inputs = Inputs(
            grams.row[order], column[order], (value / length[grams.row])[order], np.zeros((len(said), 0))
        )
        whole, positive = each.sum(0), (said * each).sum(0)
        each = each * np.where(said > 0, whole / 2 / positive, whole / 2 / (whole - positive))
        weights, _, bias[these] = fitting.fit(inputs, len(used), said, each, RIDGE)
        table[used, size + kind] = counts**2
        table[np.ix_(used, these)] = weights * counts[:, None]
    return learned.Model(table, bias)


def folds(posts: Taught) -> tuple[Array, dict[float, learned.Model]]:
    """The scores each open hand gets from a model of the others, and those models by the hand left out."""
    scores = np.zeros(posts.wanted.shape)
    models: dict[float, learned.Model] = {}
    for fold in range(FOLDS):
        hands = writers.OPEN[fold::FOLDS]
        away = np.isin(posts.of, hands)
        model = fit(posts.where(~away))
        models |= dict.fromkeys(hands, model)
        scores[away] = learned.scored(learned.grams(posts.where(away).texts), model)
    return scores, models


def threshold(scores: Array, true: Array) -> float:
    """The score from which F1 is best."""
    order = np.argsort(-scores, kind="stable")
    f1 = 2 * np.cumsum(true[order]) / (np.arange(1, len(true) + 1) + true.sum())
    best = int(f1.argmax())
    return float(scores[order[best : best + 2]].mean())


def main() -> None:
    posts = taught()
    scores, _ = folds(posts)
    model = fit(posts)
    judged = np.isin(posts.of, writers.OPEN)
    true = (posts.wanted[judged] >= 0.5) * 1.0
    cut = [threshold(scores[judged, n], true[:, n]) for n in range(len(learned.LABELS))]
    step = np.maximum(np.abs(model.table).max(0), 1e-9) / 127
    keep(
        {
            "table": np.rint(model.table / step).astype(np.int8),
            "step": step.astype(np.float32),
            "bias": model.bias - np.array(cut),
            "cut": np.array(cut),
        },
        learned.FILE,
    )
    print(f"{learned.FILE}: {learned.checksum()}; thresholds {dict(zip(learned.LABELS, cut, strict=True))}")


if __name__ == "__main__":
    main()
