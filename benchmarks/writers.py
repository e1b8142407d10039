"""Which hands are open and which are held out (``benchmarks/hands``).

On the open ones rules are written and weights learnt; the others are scored once a release, where
LISTENING_BENCH_HELD_OUT is 1, and never read otherwise.
"""

from pathlib import Path

HANDS = Path(__file__).with_name("hands")
OPEN = (1, 2, 3, 4, 7, 8, 9, 10, 11, 12)
_HELD_OUT = (5, 6, 13, 14)


def held_out() -> tuple[int, ...]:
    """The held-out hands that are there."""
    return tuple(n for n in _HELD_OUT if (HANDS / f"hand_{n}.jsonl").exists())


def named(hands: tuple[int, ...]) -> str:
    """Numbers as words: "hands 1, 2 and 3"."""
    numbers = [str(n) for n in hands]
    return f"hands {', '.join(numbers[:-1])} and {numbers[-1]}" if numbers[1:] else f"hand {numbers[0]}"
