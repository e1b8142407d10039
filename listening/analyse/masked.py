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
# What no masked word can do without; looked for first, because it is rare. A "!" that only ends one is none.
_LOUD = _SIGNS.replace("!", "")
_SIGN = re.compile(rf"[{_SIGNS}](?:(?<!!)(?:(?=[a-z])|(?<=[a-z][{_SIGNS}]))|(?<=!)!*[a-z{_LOUD}])")
_APART = re.compile(rf"[ ._](?<=[a-z][ ._])(?<![a-z'][a-z][ ._])[a-z{_SIGNS}][ ._][a-z{_SIGNS}](?![a-z'])")
KEPT = 1 << 14  # tokens remembered
MOST_HIDDEN = 2  # letters of a word known by its hash alone that may be hidden: 676 tries


class Masks:
    """Words that may be masked; where two fit, the one that was given first."""

    def __init__(self, words: Iterable[str], secret: Callable[[str], bool]) -> None:
        self._words: dict[int, list[str]] = {}
        for word in dict.fromkeys(form for w in words for form in (w, w + "s")):
            self._words.setdefault(len(word), []).append(word)
        self._secret = secret
        self._tried: dict[str, str | None] = {}

    def read(self, low: str) -> str:
        """A folded text of the same length with its masked words in plain letters."""
        low = self._told_apart(low) if _SIGN.search(low) else low
        return _SPACED.sub(self._joined, low) if _APART.search(low) else low

    def _told_apart(self, low: str) -> str:
        """The text with its masked words plain; only words with a sign are looked at."""
        parts, done = [], 0
        for sign in _SIGN.finditer(low):
            if sign.start() < done:
                continue
            start = max(low.rfind(" ", 0, sign.start()) + 1, done)
            end = low.find(" ", sign.start())
            end = end if end >= 0 else len(low)
            parts += [low[done:start], _TOKEN.sub(lambda m: self._known(m[0]) or m[0], low[start:end])]
            done = end
        return "".join([*parts, low[done:]])

    def _known(self, token: str) -> str | None:
        """As ``_plain``; tags and names of files come again, and each may stand for 676 words."""
        if token not in self._tried:
            if len(self._tried) > KEPT:
                self._tried.clear()
            self._tried[token] = self._plain(token)
        return self._tried[token]

    def _plain(self, token: str) -> str | None:
        ends = token.rstrip("!*#%_") if token[-1:] == "!" else token
        if not ends or ends.isalpha():
            return None  # plain as it is
        letters = [c if c.isalpha() else _LIKE.get(c, _ANY) for c in ends]
        shown = sum(c.isalpha() for c in ends)
        first, last = letters[0], letters[-1]
        for word in self._words.get(len(ends), ()) if _told(ends, shown) else ():
            met = word[0] in first and word[-1] in last  # asked first, as it is quick
            if met and all(c in fits for c, fits in zip(word, letters, strict=True)):
                return word + token[len(ends) :]
        if sum(len(fits) > 2 for fits in letters) > MOST_HIDDEN or shown < 2:
            return None
        hidden = next(filter(self._secret, map("".join, product(*letters))), None)
        return None if hidden is None else hidden + token[len(ends) :]

    def _joined(self, found: re.Match[str]) -> str:
        """Letters apart, joined where they are one of the words; blanks make up the length."""
        letters = re.sub(r"[ ._]", "", found[0])
        word = letters if letters.isalpha() else self._plain(letters)
        known = word is not None and (word in self._words.get(len(word), ()) or self._secret(word))
        return word.ljust(len(found[0])) if known and word else found[0]


def _told(token: str, shown: int) -> bool:
    """Whether enough letters are shown: two, or one and a first letter ("f***", "c**t")."""
    return shown >= 2 or (token[:1].isalpha() and token.count("*") <= 3)
