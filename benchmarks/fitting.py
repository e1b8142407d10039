"""Logistic regressions on sparse columns, and files of weights whose bytes depend on the weights alone."""

import io
import zipfile
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from listening.analyse import training

Array = NDArray[np.float64]
TOGETHER = 8  # classes multiplied at once: their part of the table stays in the processor's cache


class Inputs(NamedTuple):
    """Texts as triples (text ``row`` holds ``value`` in ``column``) and as plain columns of numbers."""

    row: NDArray[np.int64]
    column: NDArray[np.int64]
    value: Array
    dense: Array  # (texts, numbers); none: (texts, 0)


def fit(
    inputs: Inputs, width: int, wanted: Array, each: Array, ridge: float | Array
) -> tuple[Array, Array, Array]:
    """The weights of the ``width`` columns, those of the dense ones, and the bias: a regression a class.

    ``wanted`` is (texts, classes), 0 to 1; ``each``, (texts, 1) or (texts, classes), is how much a text
    counts. Least is the sum of the cross-entropies plus half ``ridge`` (one, or one a class) times the
    squared weights; the bias is free.
    """
    texts, classes = wanted.shape
    forth = _Sparse(inputs.row, inputs.column, inputs.value, texts)
    order = np.argsort(inputs.column, kind="stable")
    back = _Sparse(inputs.column[order], inputs.row[order], inputs.value[order], width)
    turns = width + inputs.dense.shape[1]

    def loss(flat: Array) -> tuple[float, Array]:
        table, bias = flat[:-classes].reshape(turns, classes), flat[-classes:]
        logits = forth @ table[:width] + inputs.dense @ table[width:] + bias
        cost = each * (np.logaddexp(0, logits) - wanted * logits)
        error = each * (1 / (1 + np.exp(-logits)) - wanted)
        slope = np.concatenate([back @ error, inputs.dense.T @ error]) + ridge * table
        total = float(cost.sum() + (ridge * table**2).sum() / 2)
        return total, np.concatenate([slope.ravel(), error.sum(0)])

    start = np.zeros((turns + 1) * classes)
    start[-classes:] = np.log((wanted.sum(0) + 0.5) / (texts - wanted.sum(0) + 0.5))
    flat = training.least(loss, start)
    table = flat[:-classes].reshape(turns, classes)
    return table[:width], table[width:], flat[-classes:]


class _Sparse:
    """A sparse matrix whose rows are in order, to be multiplied by a dense one."""

    def __init__(self, row: NDArray[np.int64], column: NDArray[np.int64], value: Array, rows: int) -> None:
        self.held, self.starts = np.unique(row, return_index=True)
        self.column, self.value, self.rows = column, value[:, None], rows

    def __matmul__(self, table: Array) -> Array:
        result = np.zeros((self.rows, table.shape[1]))
        for n in range(0, table.shape[1], TOGETHER):
            part = table[:, n : n + TOGETHER].take(self.column, axis=0) * self.value
            result[self.held, n : n + TOGETHER] = np.add.reduceat(part, self.starts, axis=0)
        return result


def keep(arrays: dict[str, NDArray], path: Path) -> None:  # type: ignore[type-arg]
    """As numpy's own npz, but with no time in it: the same arrays make the same bytes."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, array in arrays.items():
            held = io.BytesIO()
            np.lib.format.write_array(held, array)
            file.writestr(
                zipfile.ZipInfo(f"{name}.npy", (2026, 1, 1, 0, 0, 0)), held.getvalue(), zipfile.ZIP_DEFLATED
            )
