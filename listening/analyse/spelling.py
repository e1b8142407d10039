"""Misspelt and dialect words of local issues, put right before terms are looked for.

Only words of a vetted list are met with one slip (``spellings.yaml``): free edit distance would turn
"planting" into "planning" and "writing" into "waiting". Dropped letters of speech are put back for any
word of the taxonomy: "barkin", "'ospital". Everything is one look-up a word; what was really written
stays the evidence.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable
from typing import Any

from listening.analyse.matching import Hit

LONG = 7  # letters from which a word of the list is met with a slip
_WORD = re.compile(r"(?<![^\W\d_])'[aeiou][a-z]{3,}|[a-z]{5,}")
# The two halves by themselves, which is quicker, and the second after letters too.
_LETTERS_ONLY, _DROPPED = re.compile("[a-z]{5,}"), re.compile("'[aeiou][a-z]{3,}")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


class Speller:
    """Puts right the words it knows; ``known`` are the taxonomy's own phrases, never changed."""

    def __init__(self, lexicon: dict[str, Any], known: Iterable[str]) -> None:
        own = {word for phrase in known for word in phrase.lower().rstrip("*").split()}
        self._right: dict[str, str] = {}
        for word in own:
            if len(word) >= LONG and word.endswith("ing"):
                self._right.setdefault(word[:-1], word)
            if len(word) >= LONG - 2 and word[0] == "h" and word[1:2] in "aeiou":
                self._right.setdefault("'" + word[1:], word)
        for word in lexicon["words"]:
            self._right |= dict.fromkeys(_slips(word), word) if len(word) >= LONG else {}
        self._right |= lexicon["as"]
        for word in (*own, *lexicon["words"], *lexicon["not"]):
            self._right.pop(word, None)

    def read(self, low: str) -> "Righted | None":
        """The folded text with its words put right, or None where none was wrong."""
        right = self._right
        if right.keys().isdisjoint(_LETTERS_ONLY.findall(low)) and (
            "'" not in low or right.keys().isdisjoint(_DROPPED.findall(low))
        ):
            return None
        wrong = [m for m in _WORD.finditer(low) if m.group() in right]
        return Righted(low, [(m.start(), m.end(), right[m.group()]) for m in wrong])


class Righted:
    """A text put right, and where each of its places stood before."""

    def __init__(self, low: str, changes: list[tuple[int, int, str]]) -> None:
        parts, self._at, self._from, end, size = [], [0], [(0, 0)], 0, 0
        for start, stop, word in changes:
            parts += [low[end:start], word]
            size += start - end
            self._at += [size, size + len(word)]
            self._from += [(start, stop), (stop, stop)]
            size, end = size + len(word), stop
        self.low = "".join([*parts, low[end:]])

    def hits(self, found: list[Hit[Any]]) -> list[Hit[Any]]:
        """Hits in the righted text as hits in the text that was written."""
        return [Hit(self._back(h.start, 0), self._back(h.end - 1, 1) + 1, h.value) for h in found]

    def _back(self, place: int, side: int) -> int:
        n = bisect_right(self._at, place) - 1
        first, last = self._from[n]
        if first == last:  # words as they were written
            return first + place - self._at[n]
        return last - 1 if side else first


def _slips(word: str) -> set[str]:
    """Every spelling one slip away that keeps the first letter."""
    splits = [(word[:n], word[n:]) for n in range(1, len(word) + 1)]
    slips = {a + b[1:] for a, b in splits if b}
    slips |= {a + b[1] + b[0] + b[2:] for a, b in splits if len(b) > 1}
    slips |= {a + c + b[1:] for a, b in splits if b for c in _LETTERS}
    slips |= {a + c + b for a, b in splits for c in _LETTERS}
    return {slip for slip in slips if slip not in (word, word + "s")}
