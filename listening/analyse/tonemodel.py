"""The chances that a text is negative, neutral or positive, from weights learnt on invented local posts.

One multinomial logistic regression sees a text's n-grams (ngrams.py) and its signs (signs.py), VADER
with our words among them. Beside it stands what the words say by themselves (wording.py), by a fixed
share. The weights stand in data/models/tone.npz; ``benchmarks/train_tone.py``
made them from the open benchmarks/hands and data/models/tone_posts.txt, and says how. Weights of
n-grams are whole numbers from -127 to 127 times a scale. The chances were made less sure (``heat``)
until, of hands that were left out of the training, they came true as often as they said.
"""

import hashlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from listening.analyse import ngrams, training

FILE = Path(__file__).parents[2] / "data" / "models" / "tone.npz"
TONES = ("negative", "neutral", "positive")
FURTHEST = 4.0  # spreads from the mean: no sign says more than that
WORDED = 0.4  # of the words' log-odds beside the n-grams'; of 0.4 to 1.3 the best on hands left out


class Model(NamedTuple):
    """What was learnt; ``sure`` is the least chance of the likeliest tone that is no "unclear"."""

    table: NDArray[np.float32]  # (2 ** bits, tones)
    signs: NDArray[np.float64]  # (signs, tones)
    bias: NDArray[np.float64]
    mean: NDArray[np.float64]  # of the signs in the training texts
    spread: NDArray[np.float64]
    heat: float
    sure: float

    def chances(
        self, texts: Sequence[str], signs: NDArray[np.float64], worded: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """(texts, tones), rows sum to 1; ``signs`` is (texts, signs), ``worded`` (texts, tones)."""
        bits = int(self.table.shape[0]).bit_length() - 1
        said = [ngrams.scores(grams, self.table) for grams in ngrams.blocks(texts, bits)]
        logits = (
            np.concatenate(said or [np.zeros((0, len(TONES)))])
            + self.levelled(signs) @ self.signs
            + self.bias
            + WORDED * worded
        )
        # Rounded, as a batch's sums differ from a lone text's in the last bits.
        return np.round(training.chances(logits / self.heat), 9)

    def levelled(self, signs: NDArray[np.float64]) -> NDArray[np.float64]:
        """The signs as spreads from their mean."""
        return np.clip((signs - self.mean) / self.spread, -FURTHEST, FURTHEST)


@cache
def digest() -> str:
    """A hash of the weights, so that new ones make a new version of the analysis."""
    return hashlib.sha256(FILE.read_bytes()).hexdigest()


@cache
def load() -> Model:
    """The one model of this process, read when the first text asks for it (about 5 ms)."""
    with np.load(FILE) as kept:
        return Model(
            # looked up a column at a time
            table=np.asfortranarray(kept["table"].astype(np.float32) * kept["scale"]),
            **{name: kept[name].astype(np.float64) for name in ("signs", "bias", "mean", "spread")},
            heat=float(kept["heat"]),
            sure=float(kept["sure"]),
        )
