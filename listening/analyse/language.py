"""The language of a post, checked cheaply: is it English, and if not, what is it likely to be?

By script first, then by the share of very common words and of words with a letter that English does not
use (data/lexicons/languages.yaml). It is a gate, so that posts in another language are not scored for tone
or given a cue, and no more than that.
"""

import re
import unicodedata
from typing import Any

SHORTEST = 20  # characters: below, nobody can tell
_ENGLISH = 0.04  # share of stop words; UK posts of 8 words and more seldom have less
_PLAIN = 0.25  # from here on nothing else is asked
_OTHER = 0.2
_LETTERS = (
    7  # in the different words that speak for it: "am" and "per" are Romanian and Italian, and English too
)
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_READ = 120  # words looked at


class Languages:
    """Stop words by language (ISO 639-1), and scripts by the name Unicode gives their letters."""

    def __init__(self, lexicon: dict[str, Any]) -> None:
        self._words: dict[str, frozenset[str]] = {
            code: frozenset(words) for code, words in lexicon["stop_words"].items()
        }
        self._letters = {code: frozenset(own) for code, own in lexicon["letters"].items()}
        self.scripts: dict[str, str] = dict(lexicon["scripts"])

    def guess(self, low: str) -> str | None:
        """The ISO 639-1 code of a folded text, ``und`` where no list fits, None where too short."""
        if len(low.strip()) < SHORTEST:
            return None
        words = _WORD.findall(low[: 12 * _READ])[:_READ]
        found = None if low.isascii() else self._script(words)
        if found or len(words) < 4:
            return found
        if sum(map(self._words["en"].__contains__, words)) >= _PLAIN * len(words):
            return "en"
        shares = {code: self._met(words, code) for code in self._words}
        best = max(shares, key=lambda code: len(shares[code]))
        met, english = shares[best], len(shares["en"])
        letters = sum(map(len, set(met)))
        if (
            best != "en"
            and len(met) >= _OTHER * len(words)
            and len(met) > 1.5 * english
            and letters >= _LETTERS
        ):
            return best
        # Short notes ("Bins missed Carsic Lane again") hold few stop words; plain letters are taken
        # for English unless a longer text has next to none.
        plain = len(words) < 12 and "".join(words).replace("'", "").isascii()
        return "en" if plain or english > _ENGLISH * len(words) else "und"

    def _met(self, words: list[str], code: str) -> list[str]:
        """The words that speak for a language: very common in it, or with a letter of its own."""
        stop, own = self._words[code], self._letters.get(code)
        return [w for w in words if w in stop or (own and not own.isdisjoint(w))]

    def _script(self, words: list[str]) -> str | None:
        letters = [c for c in "".join(words) if c.isalpha()][:40]
        foreign = [c for c in letters if c > "\u036f"]
        if len(foreign) <= len(letters) / 2:
            return None
        return self.scripts.get(unicodedata.name(foreign[0], "").split(" ")[0], "und")
