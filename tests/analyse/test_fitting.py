"""Many regressions learnt at once are those learnt one by one."""

import numpy as np
import pytest
from numpy.typing import NDArray

from benchmarks.fitting import Inputs, fit

TEXTS, WIDTH = 60, 12


@pytest.fixture
def inputs() -> Inputs:
    """Five columns a text, and two numbers."""
    dice = np.random.default_rng(3)
    column = np.concatenate([dice.choice(WIDTH, 5, replace=False) for _ in range(TEXTS)])
    row = np.repeat(np.arange(TEXTS), 5)
    return Inputs(row, column, dice.uniform(0.5, 1.5, row.size), dice.normal(size=(TEXTS, 2)))


def _wanted(inputs: Inputs) -> NDArray[np.float64]:
    """Two classes: of the texts that hold the first column, and of those whose first number is high."""
    held = np.zeros(TEXTS)
    held[inputs.row[inputs.column == 0]] = 1
    return np.stack([held, (inputs.dense[:, 0] > 0).astype(float)], axis=1)


def _chances(inputs: Inputs, learnt: tuple[NDArray[np.float64], ...]) -> NDArray[np.float64]:
    """(texts, classes), by a plain table of the columns."""
    own, company, bias = learnt
    table = np.zeros((TEXTS, WIDTH))
    np.add.at(table, (inputs.row, inputs.column), inputs.value)
    chances: NDArray[np.float64] = 1 / (1 + np.exp(-(table @ own + inputs.dense @ company + bias)))
    return chances


def test_a_ridge_a_class_is_that_classs_own(inputs: Inputs) -> None:
    wanted, each = _wanted(inputs), np.ones((TEXTS, 1))
    ridges = np.array([0.3, 30.0])
    together = fit(inputs, WIDTH, wanted, each, ridges)
    for n, ridge in enumerate(ridges):
        own = fit(inputs, WIDTH, wanted[:, [n]], each, float(ridge))
        np.testing.assert_allclose(_chances(inputs, together)[:, n], _chances(inputs, own)[:, 0], atol=0.02)
    swapped = fit(inputs, WIDTH, wanted, each, ridges[::-1])
    assert np.abs(swapped[0][0, 0]) < np.abs(together[0][0, 0]) / 2
    assert np.abs(swapped[1][0, 1]) > np.abs(together[1][0, 1]) * 2


def test_a_text_that_counts_for_one_class_alone_is_unseen_by_the_other(inputs: Inputs) -> None:
    wanted, half = _wanted(inputs), TEXTS // 2
    each = np.ones((TEXTS, 2))
    each[half:, 1] = 0
    turned = wanted.copy()
    turned[half:, 1] = 1 - turned[half:, 1]
    one, other = (_chances(inputs, fit(inputs, WIDTH, said, each, 1.0)) for said in (wanted, turned))
    np.testing.assert_allclose(one, other, atol=0.02)
    whole = _chances(inputs, fit(inputs, WIDTH, turned, np.ones((TEXTS, 1)), 1.0))
    assert np.abs(whole - other)[:, 1].mean() > 0.2
