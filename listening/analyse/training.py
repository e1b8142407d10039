"""Logistic regression on n-grams or on plain columns of numbers: numpy only, the same result each time.

    table, bias = training.fit(grams, wanted, ridge=1.0)              grams of ngrams.read, or a float matrix
    chances = training.chances(training.raw(grams, table, bias))      (texts, classes)

``wanted`` is (texts, classes): 1 for the class of a text and 0 for the others; shares of 1 where two
labellers differ. ``single`` (the default) means one class a text (softmax); without it every class is
asked for itself (sigmoid), for labels of which a text may have several or none.

The loss is the sum of the cross-entropies (weighted, where weights are given: their mean is made 1) plus
half ``ridge`` times the sum of the squared weights, the bias free; ``ridge`` is 1 / C of scikit-learn.
It is convex, and is brought down by L-BFGS (Nocedal and Wright 2006, algorithms 7.4 and 3.1) from all zeros.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from listening.analyse.ngrams import Grams, scores

Array = NDArray[np.float64]
MEMORY, STEPS, SMALL = 10, 300, 1e-5  # pairs kept, most steps, share of the loss whose gain is too small


def fit(
    inputs: Grams | Array,
    wanted: Array,
    *,
    ridge: float = 1.0,
    weights: Array | None = None,
    columns: int | None = None,
    single: bool = True,
) -> tuple[Array, Array]:
    """The table (columns, classes) and the bias (classes) that fit best.

    ``columns`` is the number of the table's columns where the inputs are grams: 2 ** bits.
    """
    if isinstance(inputs, Grams) and columns is None:
        raise ValueError("The table could not be learnt: grams: columns is not given (2 ** bits)")
    used = None
    if isinstance(inputs, Grams):  # weights of columns that no text holds stay 0
        used, column = np.unique(inputs.column, return_inverse=True)
        inputs = inputs._replace(column=column)
    width = inputs.shape[1] if not isinstance(inputs, Grams) else int(inputs.column.max()) + 1
    texts, classes = wanted.shape
    each = np.ones(texts) if weights is None else weights * (texts / weights.sum())
    each = each[:, None]

    def loss(flat: Array) -> tuple[float, Array]:
        table, bias = flat[:-classes].reshape(width, classes), flat[-classes:]
        logits = raw(inputs, table, bias)
        cost = each * _cost(logits, wanted, single)
        error = each * (chances(logits, single) * (wanted.sum(1, keepdims=True) if single else 1) - wanted)
        slope = _back(inputs, error, width) + ridge * table
        total = float(cost.sum() + ridge / 2 * (table**2).sum())
        return total, np.concatenate([slope.ravel(), error.sum(0)])

    flat = least(loss, np.zeros((width + 1) * classes))
    table, bias = flat[:-classes].reshape(width, classes), flat[-classes:]
    if used is not None:
        whole = np.zeros((int(columns or 0), classes))
        whole[used] = table
        table = whole
    return table, bias


def raw(inputs: Grams | Array, table: Any, bias: Any) -> Array:
    """(texts, classes): the logits."""
    summed: Array = (scores(inputs, table) if isinstance(inputs, Grams) else inputs @ table) + bias
    return summed


def chances(logits: Array, single: bool = True) -> Array:
    """Logits as chances: the rows sum to 1 where ``single``."""
    if not single:
        return np.asarray(1 / (1 + np.exp(-np.clip(logits, -500, 500))))
    risen = np.exp(logits - logits.max(1, keepdims=True))
    return np.asarray(risen / risen.sum(1, keepdims=True))


def _cost(logits: Array, wanted: Array, single: bool) -> Array:
    if not single:
        return np.logaddexp(0, logits) - wanted * logits
    top = logits.max(1, keepdims=True)
    whole = top + np.log(np.exp(logits - top).sum(1, keepdims=True))
    return np.asarray(wanted * (whole - logits))


def _back(inputs: Grams | Array, error: Array, width: int) -> Array:
    """The slope of the loss in each weight."""
    if not isinstance(inputs, Grams):
        return np.asarray(inputs.T @ error)
    slope = np.empty((width, error.shape[1]))
    for one in range(error.shape[1]):
        slope[:, one] = np.bincount(inputs.column, inputs.value * error[:, one].take(inputs.row), width)
    return slope


def least(loss: Callable[[Array], tuple[float, Array]], at: Array) -> Array:
    """Where the loss is least: L-BFGS with a step that is halved until it helps enough."""
    moves: list[tuple[Array, Array, float]] = []
    cost, slope = loss(at)
    for _ in range(STEPS):
        way = -_turned(slope, moves)
        fall, size = float(slope @ way), 1.0 if moves else 1 / max(1.0, float(np.linalg.norm(slope)))
        new_cost, new_slope = loss(at + size * way)
        while new_cost > cost + 1e-4 * size * fall and size > 1e-10:
            size /= 2
            new_cost, new_slope = loss(at + size * way)
        step, bend = size * way, new_slope - slope
        curve = float(step @ bend)
        if curve > 1e-16:
            moves = [*moves[-MEMORY + 1 :], (step, bend, curve)]
        gain, at, cost, slope = cost - new_cost, at + step, new_cost, new_slope
        if gain < SMALL * cost:
            break
    return at


def _turned(slope: Array, moves: list[tuple[Array, Array, float]]) -> Array:
    """The slope turned by what the last moves told of the loss's bends."""
    way, shares = slope.copy(), []
    for step, bend, curve in reversed(moves):
        share = float(step @ way) / curve
        way -= share * bend
        shares.append(share)
    if moves:
        step, bend, curve = moves[-1]
        way *= curve / float(bend @ bend)
    for (step, bend, curve), share in zip(moves, reversed(shares), strict=True):
        way += (share - float(bend @ way) / curve) * step
    return way
