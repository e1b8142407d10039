"""Learn ``listening.analyse.learned`` from the open hands: ``python -m benchmarks.learn_cues``.

A post is read as the product reads it: redacted first. Wanted is the mean of the two labellers.
Beside them teach the posts of ``remarks/cues``, written for labels that are rare. Logistic regression
with a ridge, positives and the rest weighed alike. A gram counts by how rare it is among the posts
(``learned.RARE``); one that a single post holds does not count at all.
The threshold of a label is the best of F1 on scores that each hand got from the others.
"""

import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

import listening
from benchmarks import fitting, writers
from benchmarks.fitting import Inputs, keep
from listening.analyse import learned
from listening.clean import guard, redact

RIDGE = 0.2
RARELY = 2  # the kind of label that few posts have: posts written for it teach it, and it alone
CUES = writers.HANDS.with_name("remarks") / "cues"
Array = NDArray[np.float64]


@cache
def _guard() -> guard.Guard:
    return guard.guard(listening.load(Path(__file__).parents[1] / "sources.yaml"))


def read(hands: Iterable[int]) -> tuple[list[str], Array, Array]:
    """Texts, the hand of each, and (texts, labels) of 0, 0.5 and 1."""
    protected = _guard()
    texts, of, wanted = [], [], []
    for hand in hands:
        for post, one, other in zip(writers.lines("hand", hand), *writers.labels(hand), strict=True):
            said = [set(label["cues"]) | set(label["flags"]) for label in (one, other)]
            texts.append(redact.redact(post["text"], protected))
            of.append(hand)
            wanted.append([sum(name in labels for labels in said) / 2 for name in learned.LABELS])
    return texts, np.array(of, float), np.array(wanted)


def taught() -> tuple[list[str], Array, Array]:
    """All that the weights are learnt from: the open hands, and as hand 0 the posts of ``remarks/cues``."""
    texts, of, wanted = read((*writers.OPEN, *writers.LABELLED_ONCE))
    lines = (line for file in sorted(CUES.glob("*.jsonl")) for line in file.read_text("utf-8").splitlines())
    rows = [json.loads(line) for line in lines]
    said = [[float(name in row["labels"]) for name in learned.LABELS] for row in rows]
    texts += [redact.redact(row["text"], _guard()) for row in rows]
    return texts, np.concatenate([of, np.zeros(len(rows))]), np.concatenate([wanted, np.array(said)])


def fit(texts: list[str], of: Array, wanted: Array) -> learned.Model:
    """The model of these posts, without thresholds; ``of`` is the hand of each."""
    size = len(learned.LABELS)
    table = np.zeros((2**learned.BITS, size + len(learned.KINDS)), np.float32)
    bias = np.zeros(size)
    for kind, power in enumerate(learned.KINDS):
        these = [n for n, label in enumerate(learned.LABELS) if learned.RARE[label] == power]
        from_them = np.ones(len(texts), bool) if power == RARELY else np.isin(of, writers.OPEN)
        said = wanted[np.ix_(from_them, these)]
        grams = learned.grams([t for t, taught in zip(texts, from_them, strict=True) if taught])
        used, column = np.unique(grams.column, return_inverse=True)
        held = np.bincount(np.unique(np.stack([grams.row, column]), axis=1)[1], minlength=len(used))
        counts = np.log1p(len(said) / held) ** power * (held > 1)
        value = grams.value * counts[column]
        length = np.sqrt(np.maximum(np.bincount(grams.row, value**2, len(said)), 1e-9))
        order = np.argsort(grams.row, kind="stable")
        inputs = Inputs(
            grams.row[order], column[order], (value / length[grams.row])[order], np.zeros((len(said), 0))
        )
        positive = said.sum(0)
        each = np.where(said > 0, len(said) / 2 / positive, len(said) / 2 / (len(said) - positive))
        weights, _, bias[these] = fitting.fit(inputs, len(used), said, each, RIDGE)
        table[used, size + kind] = counts**2
        table[np.ix_(used, these)] = weights * counts[:, None]
    return learned.Model(table, bias)


def folds(texts: list[str], of: Array, wanted: Array) -> tuple[Array, dict[float, learned.Model]]:
    """The scores each open hand gets from a model of the others, and those models by the hand left out."""
    scores = np.zeros(wanted.shape)
    models: dict[float, learned.Model] = {}
    for hand in writers.OPEN:
        away = of == hand
        models[hand] = fit(
            [t for t, out in zip(texts, away, strict=True) if not out], of[~away], wanted[~away]
        )
        mine = learned.grams([t for t, out in zip(texts, away, strict=True) if out])
        scores[away] = learned.scored(mine, models[hand])
    return scores, models


def threshold(scores: Array, true: Array) -> float:
    """The score from which F1 is best."""
    order = np.argsort(-scores, kind="stable")
    f1 = 2 * np.cumsum(true[order]) / (np.arange(1, len(true) + 1) + true.sum())
    best = int(f1.argmax())
    return float(scores[order[best : best + 2]].mean())


def main() -> None:
    texts, of, wanted = taught()
    scores, _ = folds(texts, of, wanted)
    model = fit(texts, of, wanted)
    judged = np.isin(of, writers.OPEN)
    true = (wanted[judged] >= 0.5) * 1.0
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
