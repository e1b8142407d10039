"""Six labels as learnt from posts by several hands: what rules cannot list.

    marks(["No bus again, who do I ring"])   float64, (texts, LABELS): from 0 on a label stands

One table of weights over hashed n-grams (``ngrams``), a logistic regression a label, made by
``benchmarks/learn_cues.py`` from the open hands of ``benchmarks/hands`` and from ``benchmarks/remarks``: for
the rare labels the posts of ``cues`` there (MIT, as the project). Scores are meant beside the rules of
``cues`` and ``flags``; they are of residents' English and of nothing else.
"""

import hashlib
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from listening.analyse import ngrams

FILE = Path(__file__).parents[2] / "data" / "models" / "cues.npz"
SHA256 = "f093eb7c979aae9762f0259193c353e4af27a5979b5b3961b36f527440d3ff33"
LABELS = ("complaint", "question", "praise", "accusation", "safeguarding", "elections")
# How much a rare gram counts: the power of log(1 + posts / posts with it).
RARE = {"complaint": 1, "question": 1, "praise": 1, "accusation": 2, "safeguarding": 2, "elections": 2}
KINDS = (1, 2)
NONE = dict.fromkeys(LABELS, -np.inf)  # of a text that is not read: no label stands
BITS, LETTERS, WORDS = 16, (3, 5), (1, 2)
SHOWN = 3  # words of a post that are named as its reason
FEWEST = 3  # letters of a word that is named
MET = 50_000  # words whose weights are kept at hand
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")


class Model(NamedTuple):
    """Weights and what is added to each label's score, its threshold taken off.

    ``table`` is (2 ** BITS, labels + kinds): behind the weights stands, for each of the two kinds of
    label, the square of how much a gram counts, by which a text's length is measured.
    """

    table: NDArray[np.float32]
    bias: NDArray[np.float64]


@cache
def shipped() -> Model:
    """The weights that come with the project; at rest they are bytes, one step a column."""
    with np.load(FILE, allow_pickle=False) as kept:
        table = kept["table"].astype(np.float32) * kept["step"].astype(np.float32)
        return Model(np.asfortranarray(table), kept["bias"])  # looked up a column at a time


def grams(texts: Sequence[str]) -> ngrams.Grams:
    """The grams this model reads."""
    return ngrams.read(texts, BITS, LETTERS, WORDS)


def marks(texts: Sequence[str]) -> NDArray[np.float64]:
    """(texts, LABELS): the scores; a label stands from 0 on."""
    parts = [scored(found, shipped()) for found in ngrams.blocks(texts, BITS, LETTERS, WORDS)]
    return np.concatenate(parts) if parts else np.zeros((0, len(LABELS)))


def scored(found: ngrams.Grams, model: Model) -> NDArray[np.float64]:
    """(texts, LABELS): each text's weights added up, whatever its length."""
    summed = ngrams.scores(found, model.table[:, : len(LABELS)])
    squares = ngrams.scores(found._replace(value=found.value**2), model.table[:, len(LABELS) :])
    length = np.sqrt(np.maximum(squares, 1e-9))[:, [KINDS.index(RARE[label]) for label in LABELS]]
    return np.asarray(summed / length + model.bias)


def because(original: str, label: str) -> list[tuple[int, int]]:
    """The spans of the words that speak most for a label, in the order of the text; none if none does."""
    words = [m for m in _WORD.finditer(original) if len(m[0]) >= FEWEST]
    if not words:
        return []
    column = LABELS.index(label)
    each = [weights[column] for weights in _of([m[0].lower() for m in words])]
    best = sorted(sorted(range(len(each)), key=lambda n: -each[n])[:SHOWN])
    return [words[n].span() for n in best if each[n] > 0]


_met: dict[str, list[float]] = {}  # words alone and their weights: most words of a post were met before


def _of(words: list[str]) -> list[list[float]]:
    """Each word's weights, a label each, as a text of its own."""
    new = sorted({word for word in words if word not in _met})
    if new:
        if len(_met) > MET:
            _met.clear()
            new = sorted(set(words))
        rows = ngrams.scores(grams(new), shipped().table[:, : len(LABELS)])
        _met.update(zip(new, rows.tolist(), strict=True))
    return [_met[word] for word in words]


def checksum() -> str:
    """SHA-256 of the file of weights, as SHA256 says it must be."""
    return hashlib.sha256(FILE.read_bytes()).hexdigest()
