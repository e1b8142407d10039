"""The language of a post, checked cheaply: is it English, and if not, what is it likely to be?

By script first, then by the share of very common words (data/lexicons/languages.yaml). It is a
gate, so that posts in another language are not scored for tone, and no more than that.
"""

import re
import unicodedata
from typing import Any

SHORTEST = 20  # characters: below, nobody can tell
_ENGLISH = 0.12  # share of stop words; UK posts of 8 words and more seldom have less
_PLAIN = 0.25  # from here on nothing else is asked
_OTHER = 0.2
_MET = 3  # different stop words: "am" and "per" are Romanian and Italian, and English too
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_READ = 120  # words looked at


class Languages:
    """Stop words by language (ISO 639-1), and scripts by the name Unicode gives their letters."""

    def __init__(self, lexicon: dict[str, Any]) -> None:
        self._words: dict[str, frozenset[str]] = {
            code: frozenset(words) for code, words in lexicon["stop_words"].items()
        }
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
        shares = {code: sum(map(stop.__contains__, words)) / len(words) for code, stop in self._words.items()}
        best = max(shares, key=lambda code: shares[code])
        met = len(self._words[best].intersection(words))
        if best != "en" and shares[best] >= _OTHER and shares[best] > 1.5 * shares["en"] and met >= _MET:
            return best
        # Short notes ("Bins missed Carsic Lane again") hold few stop words; plain letters are taken
        # for English unless a longer text has next to none.
        if shares["en"] >= _ENGLISH or (len(words) < 12 and "".join(words).replace("'", "").isascii()):
            return "en"
        return "en" if shares["en"] > 0.04 else "und"

    def _script(self, words: list[str]) -> str | None:
        letters = [c for c in "".join(words) if c.isalpha()][:40]
        foreign = [c for c in letters if c > "\u036f"]
        if len(foreign) <= len(letters) / 2:
            return None
        return self.scripts.get(unicodedata.name(foreign[0], "").split(" ")[0], "und")
