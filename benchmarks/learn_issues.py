"""Learns how finds of issues are weighed, from the open hands: data/models/issues.json.

    python -m benchmarks.learn_issues

By the facts of the find alone, for issues that the wording does not know (a user's own); with what the
wording says, which for this is learnt on other hands than the one whose post it is; and with what the
post's other issues are then likely to be. The hands that were labelled once count a little: the
taxonomy's terms were written beside the first hands, and are not as right elsewhere.
Same labelled posts, same taxonomy, same weights to the last digit written. Run it after the taxonomy or
the wording has changed; the test of the checksum then says that the file must be read over.
"""

import json
from collections.abc import Sequence
from typing import Any

import numpy as np

from benchmarks.issues import Find, Post, finds, posts
from benchmarks.writers import LABELLED_ONCE, OPEN
from listening.analyse import training, weighing

FIRST = (1, 2, 3, 4)  # of the plain facts: with later hands they grow so strict that floods go unseen
ONCE = 0.3  # how much a post counts that one labeller read
RIDGE = 5.0  # little matters: 1 to 20 give the same figures within a third of a point


def main() -> None:
    twice, once = posts(OPEN), posts(LABELLED_ONCE)
    weights = learnt([*twice, *once], [*finds(twice), *finds(once)])
    weighing.MODEL.write_text(json.dumps(weights, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(weights, indent=1))


def learnt(labelled: Sequence[Post], found: Sequence[Find]) -> dict[str, object]:
    """The models: bias and weights, on the facts as they are (learnt on standardised ones)."""
    pairs = list(zip(labelled, found, strict=True))
    first = [(post, weighing.facts(*find._replace(voices={}))) for post, find in pairs if post.hand in FIRST]
    rows = [(post, weighing.facts(*find)) for post, find in pairs]
    models = {"plain": _learnt(first, weighing.FACTS), "voiced": _learnt(rows, weighing.VOICED)}
    known = weighing.flat(models)
    among = [(post, weighing.among(facts, weighing.alone(facts, known))) for post, facts in rows]
    return models | {"among": _learnt(among, weighing.AMONG)}


def _learnt(pairs: Sequence[tuple[Post, dict[str, list[float]]]], facts: Sequence[str]) -> dict[str, Any]:
    rows, right, counts = [], [], []
    for post, found in pairs:
        for slug, row in found.items():
            if len(row) == len(facts):
                rows.append(row)
                right.append(float(slug in post.issues))
                counts.append(ONCE if post.hand in LABELLED_ONCE else 1.0)
    table = np.array(rows)
    middle, spread = table.mean(0), table.std(0) + 1e-9
    wanted = np.array(right)[:, None]
    weights, bias = training.fit(
        (table - middle) / spread, wanted, ridge=RIDGE, weights=np.array(counts), single=False
    )
    plain = weights[:, 0] / spread
    return {
        "weights": {fact: round(float(w), 4) for fact, w in zip(facts, plain, strict=True)},
        "bias": round(float(bias[0] - (plain * middle).sum()), 4),
    }


if __name__ == "__main__":
    main()
