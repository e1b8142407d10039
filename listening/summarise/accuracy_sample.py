"""Which posts to check: a random sample in which rare issues and places have a fair part.

Most posts are about a few issues and name no ward, so a plain sample of a hundred would hold one or
two of everything else. Here each post has a known chance of being drawn, larger where its channel, its
issue or its ward is rare; one over that chance is its weight, and with the weights every estimate is
one of all posts again. What the analysis could not tell is sampled too, as strata of their own: "none"
and "noise" among the issues, "several", "town" and "none" among the wards. Without them nobody would
know what was missed.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd

from listening.errors import WordsError
from listening.summarise.rows import each

BY = ("channel", "issue", "ward")
# A stratum of N posts has a part of the sample as the root of N: between one as large as its share
# and one as large as everybody's. Bankier (1988), *Power allocations*, The American Statistician 42,
# 174–177, from general knowledge.
POWER = 0.5
MOST = 2_000  # posts a sample: more than a team labels in a year


def sample(posts: pd.DataFrame, n: int, seed: int, by: Sequence[str] = BY) -> pd.DataFrame:
    """``n`` posts (all, where there are fewer) in a random order: columns ``id`` and ``weight``.

    ``posts`` are annotated, one row a post: id, channel, issues, noise, wards, towns, maybe_wards.
    A weight is how many posts the drawn one stands for: one over its chance. Chances add up to ``n``.
    Method: systematic sampling with unequal chances over the posts in the order of their strata, by
    one random start (Madow 1949, *On the theory of systematic sampling, II*, Annals of Mathematical
    Statistics 20, 333–354, from general knowledge). The same posts and seed give the same sample.
    """
    if not 1 <= n <= MOST:
        raise WordsError(f"how many posts to draw must be 1 to {MOST:,}; got {n:,}")
    if unknown := set(by) - set(BY):
        raise WordsError(f"by must be of {', '.join(BY)}; got {', '.join(sorted(unknown))}")
    random = np.random.default_rng(seed)
    posts = posts.sort_values("id").iloc[random.permutation(len(posts))]
    strata = [_strata(posts, cut) for cut in by]
    order = sorted(range(len(posts)), key=lambda i: [cells[i][0] for cells in strata])
    chance = _chances(strata, len(posts), n)[order]
    ends = np.cumsum(chance)
    number = min(n, len(posts))
    # A start a hair from either end must not lose or win a post by rounding.
    marks = np.arange(number) + random.uniform(1e-9, 1 - 1e-9)
    drawn = random.permutation(np.searchsorted(ends, marks).clip(max=max(0, len(posts) - 1)))
    ids = posts["id"].to_numpy()[order][drawn]
    return pd.DataFrame({"id": pd.Series(ids, dtype="object"), "weight": 1 / chance[drawn]})


def _chances(strata: list[list[list[str]]], posts: int, n: int) -> np.ndarray:
    """Each post's chance of being drawn; those that would be over 1 are sure, and the rest share."""
    size = np.zeros(posts)
    for cells in strata:
        held = Counter(cell for some in cells for cell in some)
        whole = sum(number**POWER for number in held.values())
        size += [max(held[cell] ** (POWER - 1) for cell in some) / whole for some in cells]
    if not strata:
        size += 1.0
    chance = np.ones(posts)
    sure = np.zeros(posts, dtype=bool)
    while n < posts:
        rest = n - sure.sum()
        chance[~sure] = rest * size[~sure] / size[~sure].sum()
        if not (chance > 1).any():
            break
        sure |= chance > 1
        chance[sure] = 1.0
    return chance


def _strata(posts: pd.DataFrame, cut: str) -> list[list[str]]:
    """The strata of each post: several where it is about several issues or wards."""
    if cut == "channel":
        return [[str(c)] for c in posts["channel"]]
    if cut == "issue":
        return [list(r.issues) or ["noise" if isinstance(r.noise, str) else "none"] for r in each(posts)]
    return [list(r.wards) or [_unplaced(r)] for r in each(posts)]


def _unplaced(row: Any) -> str:
    return "several" if row.maybe_wards else "town" if row.towns else "none"


def totals(posts: pd.DataFrame) -> dict[str, Any]:
    """What the analysis said of all posts that could be drawn, in numbers: a sample is held against it.

    ``posts``; ``issue``, ``ward`` and ``tone``: how many posts have each; ``channels``: for each, its
    ``posts`` and how many issues and wards they were given; ``toned``: posts with a tone.
    """
    channels = {}
    for name, some in posts.groupby("channel", sort=True):
        given = {"issue": sum(map(len, some["issues"])), "ward": sum(map(len, some["wards"]))}
        channels[str(name)] = {"posts": len(some), **given}
    return {
        "posts": len(posts),
        "toned": int(posts["tone"].notna().sum()),
        "issue": _number(posts["issues"]),
        "ward": _number(posts["wards"]),
        "tone": _number([t] for t in posts["tone"] if isinstance(t, str)),
        "channels": channels,
    }


def _number(lists: Any) -> dict[str, int]:
    def names() -> Iterator[str]:
        for some in lists:
            yield from some

    return dict(sorted(Counter(names()).items()))
