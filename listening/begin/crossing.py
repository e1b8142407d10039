"""Crossing: which lines of a net cross each other."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

Point = tuple[int, int]


def crossing(arcs: Sequence[list[Point]]) -> set[int]:
    """The lines, by number, that cross another or themselves; to touch is not to cross.

    Segments are compared within the cells of a grid only.
    """
    segments = [(n, a, b) for n, arc in enumerate(arcs) for a, b in pairwise(arc)]
    if not segments:
        return set()
    spans = sorted(max(abs(a[0] - b[0]), abs(a[1] - b[1])) for _, a, b in segments)
    size = max(spans[len(spans) * 3 // 4] * 2, 1)
    cells: dict[tuple[int, int], list[int]] = defaultdict(list)
    for i, (_, a, b) in enumerate(segments):
        for x in range(min(a[0], b[0]) // size, max(a[0], b[0]) // size + 1):
            for y in range(min(a[1], b[1]) // size, max(a[1], b[1]) // size + 1):
                cells[x, y].append(i)
    wrong: set[int] = set()
    for here in cells.values():
        for k, i in enumerate(here):
            for j in here[k + 1 :]:
                (n, a, b), (m, c, d) = segments[i], segments[j]
                if not (n in wrong and m in wrong) and _cross(a, b, c, d):
                    wrong |= {n, m}
    return wrong


def _cross(a: Point, b: Point, c: Point, d: Point) -> bool:
    """Whether two segments cross inside both, or lie upon each other."""
    one, two = _side(a, b, c), _side(a, b, d)
    three, four = _side(c, d, a), _side(c, d, b)
    if one == two == 0:  # on one line
        axis = 0 if a[0] != b[0] else 1
        low = max(min(a[axis], b[axis]), min(c[axis], d[axis]))
        return low < min(max(a[axis], b[axis]), max(c[axis], d[axis]))
    return (one > 0) != (two > 0) and (three > 0) != (four > 0) and 0 not in (one, two, three, four)


def _side(a: Point, b: Point, c: Point) -> int:
    return (b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])
