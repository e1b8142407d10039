"""Average linkage: which posts belong together, from how alike each pair is.

Method: the chain of nearest neighbours with the Lance–Williams update (Murtagh 1983, *A survey of
recent advances in hierarchical clustering algorithms*). Average linkage is reducible, so merges
below a cut may be made in any order, and a cluster whose nearest is beyond the cut is finished.
"""

import numpy as np
import numpy.typing as npt

from listening.summarise.alike import Matrix

GONE = np.float32(-2.0)  # less alike than anything


def linked(alike: Matrix, least: float) -> list[list[int]]:
    """The rows that belong together: lists of row numbers, each in order, the earliest list first.

    ``alike`` is square and symmetric. Two clusters become one while the mean over their pairs is
    at least ``least``. The same matrix always gives the same lists: ties go to the earlier row.
    """
    near = alike.astype(np.float32).copy()
    np.fill_diagonal(near, GONE)
    size = np.ones(len(near), dtype=np.float32)
    members: dict[int, list[int]] = {n: [n] for n in range(len(near))}
    done: list[list[int]] = []
    chain: list[int] = []
    while members:
        if not chain:
            chain = [min(members)]
        top = chain[-1]
        best = int(np.argmax(near[top]))
        if near[top, best] < least:
            done.append(sorted(members.pop(top)))
            _remove(near, top)
            chain.pop()
        elif len(chain) > 1 and near[top, chain[-2]] >= near[top, best]:
            other = chain[-2]
            chain = chain[:-2]
            _merge(near, size, top, other)
            members[other] += members.pop(top)
        else:
            chain.append(best)
    return sorted(done)


def _merge(near: Matrix, size: npt.NDArray[np.float32], gone: int, stays: int) -> None:
    """``stays`` takes ``gone`` in: its likeness to all others becomes the mean over both."""
    both = size[gone] + size[stays]
    row = (size[gone] * near[gone] + size[stays] * near[stays]) / both
    row[near[stays] == GONE] = GONE
    row[stays] = GONE
    near[stays] = row
    near[:, stays] = row
    size[stays] = both
    _remove(near, gone)


def _remove(near: Matrix, gone: int) -> None:
    near[gone] = GONE
    near[:, gone] = GONE
