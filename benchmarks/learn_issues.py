"""Learns how finds of issues are weighed, from hands 1 to 4: data/models/issues.json.

    python -m benchmarks.learn_issues

Same labelled posts, same taxonomy, same weights to the last digit written. Run it after the taxonomy
has changed much; the test of the checksum then says that the file must be read over and the sum renewed.
"""

import json

import numpy as np

from benchmarks.issues import Post, posts, signs_of
from listening.analyse import training, weighing

FIRST = (1, 2, 3, 4)  # with the later hands the weights grow so strict that planted floods go unseen
RIDGE = 5.0  # little matters: 1 to 20 give the same figures within a third of a point


def main() -> None:
    weights = learnt(posts(FIRST))
    weighing.MODEL.parent.mkdir(exist_ok=True)
    weighing.MODEL.write_text(json.dumps(weights, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(weights, indent=1))


def learnt(labelled: list[Post]) -> dict[str, object]:
    """Bias and weights, on the facts as they are (learnt on standardised ones)."""
    rows, right = [], []
    for post, (text, signs, noise) in zip(labelled, signs_of([p.text for p in labelled]), strict=True):
        for slug, facts in weighing.facts(text, signs, noise).items():
            rows.append(facts)
            right.append(float(slug in post.issues))
    table = np.array(rows)
    middle, spread = table.mean(0), table.std(0) + 1e-9
    wanted = np.array(right)[:, None]
    weights, bias = training.fit((table - middle) / spread, wanted, ridge=RIDGE, single=False)
    plain = weights[:, 0] / spread
    return {
        "weights": {fact: round(float(w), 4) for fact, w in zip(weighing.FACTS, plain, strict=True)},
        "bias": round(float(bias[0] - (plain * middle).sum()), 4),
    }


if __name__ == "__main__":
    main()
