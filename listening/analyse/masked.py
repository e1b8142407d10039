"""Masked words read through: "tw*t", "b1tch", "c u n t" as the words everybody reads.

Only words of a given list are read so, whole and letter for letter, so that a road number, a plate or
a price never becomes one, and positions in the copy are those of the original.
"""

import re
from collections.abc import Callable, Iterable
from itertools import product

_LIKE = {
    "0": "o", "1": "il", "3": "e", "4": "a", "5": "s", "7": "t", "8": "b", "9": "g", "@": "a", "$": "s",
    "!": "i",
    "€": "e", "£": "l", "|": "il", "+": "t",
}  # fmt: skip
_ANY = "abcdefghijklmnopqrstuvwxyz"
_HIDES = "*#%_"  # each stands for one letter, whichever
_SIGNS = re.escape("".join(_LIKE) + _HIDES)
_TOKEN = re.compile(rf"(?<![\w£$€*#@])(?=[{_SIGNS}]*[a-z])[a-z{_SIGNS}]*[{_SIGNS}][a-z{_SIGNS}]*(?!\w)")
_SPACED = re.compile(rf"(?<![\w'])[a-z](?:[ ._][a-z{_SIGNS}]){{2,11}}(?![\w'])")
# What no masked word can do without; looked for first, because it is rare.
_SIGN = re.compile(rf"[a-z][{_SIGNS}]|[{_SIGNS}][a-z]")
_APART = re.compile(rf"(?<![a-z'])[a-z][ ._][a-z{_SIGNS}][ ._][a-z{_SIGNS}](?![a-z'])")
MOST_HIDDEN = 2  # letters of a word known by its hash alone that may be hidden: 676 tries


class Masks:
    """Words that may be masked; where two fit, the one that was given first."""

    def __init__(self, words: Iterable[str], secret: Callable[[str], bool]) -> None:
        self._words: dict[int, list[str]] = {}
        for word in dict.fromkeys(form for w in words for form in (w, w + "s")):
            self._words.setdefault(len(word), []).append(word)
        self._secret = secret

    def read(self, low: str) -> str:
        """A folded text of the same length with its masked words in plain letters."""
        if _SIGN.search(low):
            low = _TOKEN.sub(lambda m: self._plain(m[0]) or m[0], low)
        return _SPACED.sub(self._joined, low) if _APART.search(low) else low

    def _plain(self, token: str) -> str | None:
        ends = token.rstrip("!*#%_") if token[-1:] == "!" else token
        letters = [c if c.isalpha() else _LIKE.get(c, _ANY) for c in ends]
        shown = sum(c.isalpha() for c in ends)
        for word in self._words.get(len(ends), ()):
            if all(c in fits for c, fits in zip(word, letters, strict=True)) and _told(ends, shown):
                return word + token[len(ends) :]
        if sum(len(fits) > 2 for fits in letters) > MOST_HIDDEN or shown < 2:
            return None
        tries = map("".join, product(*letters))
        return next((word + token[len(ends) :] for word in tries if self._secret(word)), None)

    def _joined(self, found: re.Match[str]) -> str:
        """Letters apart, joined where they are one of the words; blanks make up the length."""
        letters = re.sub(r"[ ._]", "", found[0])
        word = letters if letters.isalpha() else self._plain(letters)
        known = word is not None and (word in self._words.get(len(word), ()) or self._secret(word))
        return word.ljust(len(found[0])) if known and word else found[0]


def _told(token: str, shown: int) -> bool:
    """Whether enough letters are shown: two, or one and a first letter ("f***", "c**t")."""
    return shown >= 2 or (token[:1].isalpha() and token.count("*") <= 3)
