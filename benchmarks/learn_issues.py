"""Learns how finds of issues are weighed, from the open hands: data/models/issues.json.

    python -m benchmarks.learn_issues

``words`` are the weights where only the taxonomy speaks, from hands 1 to 4. ``sounds`` are those beside
``subjects``, from hands 7 on (the rules were first written on hands 1 to 4, where they look better than they
are), each with the scores of a model of the other hands.
Same labelled posts, same taxonomy, same weights to the last digit written. Run it after the taxonomy
has changed much; the test of the checksum then says that the file must be read over and the sum renewed.
"""

import json

import numpy as np

from benchmarks import learn_subjects
from benchmarks.issues import Post, posts, signs_of
from benchmarks.writers import OPEN
from listening.analyse import training, weighing

RIDGE = 5.0  # little matters: 1 to 20 give the same figures within a third of a point
SINCE = 7  # the first hand of the weights beside sounds
Rows = dict[str, list[float]]


def main() -> None:
    whole, labelled = posts(OPEN, agreed=False), posts(OPEN)
    known = facts_of(labelled)
    sounds = [s for s, p in zip(learn_subjects.folds(), whole, strict=True) if p.agreed]
    first = [n for n, post in enumerate(labelled) if post.hand < SINCE]
    words = learnt([labelled[n] for n in first], [known[n] for n in first], weighing.FACTS)
    weights = {"words": words, "sounds": beside_sounds(labelled, known, sounds)}
    weighing.MODEL.parent.mkdir(exist_ok=True)
    weighing.MODEL.write_text(json.dumps(weights, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(weights, indent=1))


def beside_sounds(
    labelled: list[Post], known: list[Rows], sounds: list[weighing.Sounds], without: int = 0
) -> dict[str, object]:
    """The weights beside scores; ``without`` is a hand that they are not learnt on."""
    taught = [n for n, post in enumerate(labelled) if post.hand != without]
    words = weighing.flat(learnt([labelled[n] for n in taught], [known[n] for n in taught], weighing.FACTS))
    since = [n for n in taught if labelled[n].hand >= SINCE]
    rows = [weighing.beside(known[n], weighing.chances(known[n], words), sounds[n]) for n in since]
    return learnt([labelled[n] for n in since], rows, (*weighing.FACTS, *weighing.SOUNDS))


def facts_of(labelled: list[Post]) -> list[Rows]:
    """Slug to facts, of each post."""
    return [weighing.facts(*find) for find in signs_of([p.text for p in labelled])]


def learnt(labelled: list[Post], known: list[Rows], names: tuple[str, ...]) -> dict[str, object]:
    """Bias and weights, on the facts as they are (learnt on standardised ones)."""
    rows, right = [], []
    for post, found in zip(labelled, known, strict=True):
        for slug, facts in found.items():
            rows.append(facts)
            right.append(float(slug in post.issues))
    table = np.array(rows)
    middle, spread = table.mean(0), table.std(0) + 1e-9
    wanted = np.array(right)[:, None]
    weights, bias = training.fit((table - middle) / spread, wanted, ridge=RIDGE, single=False)
    plain = weights[:, 0] / spread
    return {
        "weights": {fact: round(float(w), 4) for fact, w in zip(names, plain, strict=True)},
        "bias": round(float(bias[0] - (plain * middle).sum()), 4),
    }


if __name__ == "__main__":
    main()
