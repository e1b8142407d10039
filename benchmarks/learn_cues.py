"""Learn ``listening.analyse.learned`` from the open hands: ``python -m benchmarks.learn_cues``.

A post is read as the product reads it: redacted first. Wanted is the mean of the two labellers.
Logistic regression with a ridge, positives and the rest weighed alike, solved in its dual form (a
thousand posts are fewer than the grams). A gram counts by how rare it is among the posts (``learned.RARE``);
one that a single post holds does not count at all.
The threshold of a label is the best of F1 on scores that each hand got from the others.
"""

import io
import zipfile
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

import listening
from benchmarks import writers
from listening.analyse import learned
from listening.clean import guard, redact

RIDGE = 0.2
Array = NDArray[np.float64]


def read(hands: Iterable[int]) -> tuple[list[str], Array, Array]:
    """Texts, the hand of each, and (texts, labels) of 0, 0.5 and 1."""
    protected = guard.guard(listening.load(Path(__file__).parents[1] / "sources.yaml"))
    texts, of, wanted = [], [], []
    for hand in hands:
        for post, one, other in zip(writers.lines("hand", hand), *writers.labels(hand), strict=True):
            said = [set(label["cues"]) | set(label["flags"]) for label in (one, other)]
            texts.append(redact.redact(post["text"], protected))
            of.append(hand)
            wanted.append([sum(name in labels for labels in said) / 2 for name in learned.LABELS])
    return texts, np.array(of, float), np.array(wanted)


def fit(texts: list[str], wanted: Array) -> learned.Model:
    """The model of these posts, without thresholds."""
    grams = learned.grams(texts)
    used, column = np.unique(grams.column, return_inverse=True)
    plain = np.zeros((len(texts), len(used)))
    np.add.at(plain, (grams.row, column), grams.value)
    held = (plain > 0).sum(0)
    size = len(learned.LABELS)
    table = np.zeros((2**learned.BITS, size + len(learned.KINDS)), np.float32)
    bias = np.zeros(size)
    for kind, power in enumerate(learned.KINDS):
        counts = np.log1p(len(texts) / held) ** power * (held > 1)
        table[used, size + kind] = counts**2
        inputs = plain * counts
        squares = np.zeros((len(texts), len(used)))
        np.add.at(squares, (grams.row, column), grams.value**2)
        inputs /= np.sqrt(np.maximum(squares @ counts**2, 1e-9))[:, None]
        kernel = inputs @ inputs.T
        for n, label in enumerate(learned.LABELS):
            if learned.RARE[label] == power:
                share, bias[n] = _solved(kernel, wanted[:, n])
                table[used, n] = inputs.T @ share * counts
    return learned.Model(table, bias)


def _solved(kernel: Array, wanted: Array) -> tuple[Array, float]:
    """Each post's share in the weights, and the bias: Newton's method on the dual."""
    size, positive = len(wanted), wanted.sum()
    weight = np.where(wanted > 0, size / 2 / positive, size / 2 / (size - positive))
    share, bias = np.zeros(size), 0.0
    for _ in range(25):
        score = kernel @ share + bias
        chance = 1 / (1 + np.exp(-score))
        bend = weight * np.maximum(chance * (1 - chance), 1e-4)
        aim = score + weight * (wanted - chance) / bend
        sides = np.linalg.solve(kernel + np.diag(RIDGE / bend), np.column_stack([aim, np.ones(size)]))
        bias = float(sides[:, 0].sum() / sides[:, 1].sum())
        new = sides[:, 0] - bias * sides[:, 1]
        moved, share = float(np.abs(new - share).max()), new
        if moved < 1e-6:
            break
    return share, bias


def folds(texts: list[str], of: Array, wanted: Array) -> tuple[Array, dict[float, learned.Model]]:
    """The scores each hand gets from a model of the others, and those models by the hand left out."""
    scores, models = np.zeros(wanted.shape), {}
    for hand in sorted(set(of)):
        others = [t for t, h in zip(texts, of, strict=True) if h != hand]
        models[hand] = fit(others, wanted[of != hand])
        mine = learned.grams([t for t, h in zip(texts, of, strict=True) if h == hand])
        scores[of == hand] = learned.scored(mine, models[hand])
    return scores, models


def threshold(scores: Array, true: Array) -> float:
    """The score from which F1 is best."""
    order = np.argsort(-scores, kind="stable")
    f1 = 2 * np.cumsum(true[order]) / (np.arange(1, len(true) + 1) + true.sum())
    best = int(f1.argmax())
    return float(scores[order[best : best + 2]].mean())


def main() -> None:
    texts, of, wanted = read((*writers.OPEN, *writers.LABELLED_ONCE))
    scores, _ = folds(texts, of, wanted)
    model = fit(texts, wanted)
    cut = [threshold(scores[:, n], (wanted[:, n] >= 0.5) * 1.0) for n in range(len(learned.LABELS))]
    step = np.maximum(np.abs(model.table).max(0), 1e-9) / 127
    keep(
        {
            "table": np.rint(model.table / step).astype(np.int8),
            "step": step.astype(np.float32),
            "bias": model.bias - np.array(cut),
            "cut": np.array(cut),
        }
    )
    print(f"{learned.FILE}: {learned.checksum()}; thresholds {dict(zip(learned.LABELS, cut, strict=True))}")


def keep(arrays: dict[str, NDArray], path: Path = learned.FILE) -> None:  # type: ignore[type-arg]
    """As numpy's own npz, but with no time in it: the same arrays make the same bytes."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, array in arrays.items():
            held = io.BytesIO()
            np.lib.format.write_array(held, array)
            file.writestr(
                zipfile.ZipInfo(f"{name}.npy", (2026, 1, 1, 0, 0, 0)), held.getvalue(), zipfile.ZIP_DEFLATED
            )


if __name__ == "__main__":
    main()
