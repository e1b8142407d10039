"""Do two people who label the same posts mean the same? Krippendorff's alpha, nominal."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence

import pandas as pd

from listening.summarise.rows import each

TWICE_FROM = 10  # posts labelled by two people, from which on alpha is told
PARTS = ("issues", "wards", "tone")


def alpha(units: Iterable[Sequence[Hashable]]) -> float | None:
    """1: all agree; 0: as by chance. None where nothing was labelled twice, or all is one value.

    A unit holds the values given to one thing, one a person; what one person alone labelled says
    nothing. Method: K. Krippendorff (2011), *Computing Krippendorff's Alpha-Reliability*,
    repository.upenn.edu/asc_papers/43: one less the disagreement seen, over that expected, from the
    matrix of coincidences; its example B, two observers, is

    >>> round(alpha(zip("aabbdcccedda", "babbbccceddd")), 3)
    0.692
    """
    pairs: dict[tuple[Hashable, Hashable], float] = defaultdict(float)
    for values in units:
        for i, one in enumerate(values):
            for k, other in enumerate(values):
                if i != k:
                    pairs[one, other] += 1 / (len(values) - 1)
    held: dict[Hashable, float] = defaultdict(float)
    for (one, _), number in pairs.items():
        held[one] += number
    whole = sum(held.values())
    seen = sum(number for (one, other), number in pairs.items() if one != other)
    chance = whole**2 - sum(number**2 for number in held.values())
    return 1 - (whole - 1) * seen / chance if chance else None


def agreement(labels: pd.DataFrame) -> tuple[int, dict[str, float | None]]:
    """How many posts were labelled by two people or more, and alpha of their issues, wards and tone.

    A set of issues, or of wards, counts as one value: two sets are the same or they are not.
    """
    units: dict[str, dict[tuple[str, str], list[Hashable]]] = {part: {} for part in PARTS}
    for row in each(labels):
        for part in ("issues", "wards"):
            units[part].setdefault((row.draw, row.post), []).append(frozenset(getattr(row, part)))
        if isinstance(row.tone, str):
            units["tone"].setdefault((row.draw, row.post), []).append(row.tone)
    twice = sum(len(values) > 1 for values in units["issues"].values())
    return twice, {part: alpha(found.values()) for part, found in units.items()}
