"""Which hands are open and which are held out (``benchmarks/hands``).

On the open ones rules are written and weights learnt; the others are scored once a round of learning, where
LISTENING_BENCH_HELD_OUT is 1, and never read otherwise. Others were LABELLED_ONCE, by one labeller:
weights are learnt from them, and nothing is measured on them.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from listening.analyse.tonemodel import TONES

HANDS = Path(__file__).with_name("hands")
OWN = Path(__file__).parents[1] / "data/models/tone_posts.txt"
OPEN = (1, 2, 3, 4, 7, 8, 9, 10, 11, 12)
LABELLED_ONCE = tuple(range(17, 36))
_HELD_OUT = (5, 6, 13, 14, 15, 16)


def held_out() -> tuple[int, ...]:
    """The held-out hands that are there."""
    return tuple(n for n in _HELD_OUT if (HANDS / f"hand_{n}.jsonl").exists())


def lines(kind: str, hand: int) -> list[dict[str, Any]]:
    """One file of a hand: kind is hand, kinds, labels_A or labels_B."""
    text = (HANDS / f"{kind}_{hand}.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def labels(hand: int) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """What its two labellers said; where there was one, twice the same."""
    return lines("labels_A", hand), lines("labels_A" if hand in LABELLED_ONCE else "labels_B", hand)


def own() -> list[tuple[str, str]]:
    """Tone and text of our own list, which teaches tone alone."""
    lines = [line for line in OWN.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return [(TONES["-0+".index(line[0])], line[2:]) for line in lines]


def named(hands: tuple[int, ...]) -> str:
    """Numbers as words: "hands 1, 2 and 3"."""
    numbers = [str(n) for n in hands]
    return f"hands {', '.join(numbers[:-1])} and {numbers[-1]}" if numbers[1:] else f"hand {numbers[0]}"


def shares(tones: Sequence[str]) -> list[float]:
    """What labellers said of a tone as shares of negative, neutral and positive, "unclear" half and half."""
    said = [(0.5, 0, 0.5) if tone == "unclear" else [tone == one for one in TONES] for tone in tones]
    return [sum(column) / len(said) for column in zip(*said, strict=True)]
