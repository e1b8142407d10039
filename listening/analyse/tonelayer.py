"""The last layer of tone: what an area's own labels teach on top of the model, in four numbers.

The model's chances of negative, neutral and positive are made more or less sure (``scale``), and each
tone likelier or less likely (``shift``): people in one place complain more than in another, and those
are the things a hundred labels can teach. They hold nothing of anybody's words.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
RIDGE = 2.0  # pulls the layer to the model itself; as much as two posts' labels
STEPS, SMALL = 50, 1e-9
LEAST = 1e-9  # chance


class Layer(NamedTuple):
    """Chances become those of ``scale * log(chance) + shift``."""

    scale: float = 1.0
    negative: float = 0.0
    neutral: float = 0.0
    positive: float = 0.0


PLAIN = Layer()


def applied(chances: Array, layer: Layer) -> Array:
    """(texts, tones): the chances by this layer; the model's own by the plain one."""
    return chances if layer == PLAIN else _risen(_inputs(chances), np.array(layer))


def learnt(chances: Array, wanted: Array, weights: Array) -> Layer:
    """The layer that fits labels best: least weighted cross-entropy, with a pull to the plain one.

    ``wanted`` is (texts, tones): 1 for the tone of a text, shares of 1 where two people differ;
    ``weights`` are brought to the mean 1. By Newton's method: the loss is convex in four numbers.
    """
    inputs, plain = _inputs(chances), np.array(PLAIN)
    each, at = weights / weights.mean(), plain.copy()
    for _ in range(STEPS):
        risen = _risen(inputs, at)
        slope = np.einsum("n,nk,nkj->j", each, risen - wanted, inputs) + RIDGE * (at - plain)
        mean = np.einsum("nk,nkj->nj", risen, inputs)
        bend = np.einsum("n,nk,nkj,nki->ji", each, risen, inputs, inputs)
        bend += RIDGE * np.eye(len(at)) - np.einsum("n,nj,ni->ji", each, mean, mean)
        step = np.linalg.solve(bend, slope)
        at = at - step / max(1.0, float(np.abs(step).max()))  # never further than 1 at once
        if np.abs(step).max() < SMALL:
            break
    return Layer(*(round(float(x), 4) for x in at))


def _inputs(chances: Array) -> Array:
    """(texts, tones, 4): what each number of a layer is multiplied by."""
    logs = np.log(np.maximum(chances, LEAST))
    tones = np.broadcast_to(np.eye(3), (len(chances), 3, 3))
    return np.concatenate([logs[:, :, None], tones], axis=2)


def _risen(inputs: Array, at: Array) -> Array:
    logits = inputs @ at
    risen = np.exp(logits - logits.max(1, keepdims=True))
    return np.asarray(risen / risen.sum(1, keepdims=True))
