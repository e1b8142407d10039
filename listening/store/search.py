"""Search: what a word is, and what a query means; the same on every database.

Posts and queries are cut into words here, once, and the databases are handed words as they are:
nothing is stemmed, no word is too common to be found, no database's own idea of a letter matters.

A query is words that must all be there. ``"missed bin"`` is a phrase, ``bin*`` the beginning of a
word, ``OR`` (in capitals) gives a choice and binds less than standing side by side, ``-word`` or
``NOT word`` leaves out, ``(…)`` holds together.
"""

import re
import unicodedata
from dataclasses import dataclass

from listening.errors import WordsError

GAP = "¶"  # a word no query can hold: no phrase runs across it
LONGEST = 100  # letters of a word that count; PostgreSQL takes 2,046 bytes
FARTHEST = 150_000  # letters of a text that are searched; PostgreSQL takes a megabyte of words
MOST_WORDS = 100  # of a query
DEEPEST = 10  # parentheses within parentheses
EXAMPLE = 'bins, bin*, "missed bin", bins OR refuse, bins -brown'

JOINERS = "-‐'’`"  # wheelie-bin, council’s: found joined and split
_WORD = re.compile(rf"[^\W_]+(?:[{JOINERS}][^\W_]+)*")
_PIECE = re.compile(
    r"""\s+ | (?P<open>\() | (?P<close>\)) | (?P<minus>-(?=[^\s)]))
    | "(?P<phrase>[^"]*)"(?P<star>\*?) | (?P<word>[^\s()"]+)""",
    re.VERBOSE,
)
_QUOTES = str.maketrans("“”„«»", '"' * 5)
_PARTS = re.compile(rf"[{JOINERS}]")


@dataclass(frozen=True)
class Phrase:
    """Words one after another; with `begins` the last is the beginning of a word."""

    words: tuple[str, ...]
    begins: bool = False


@dataclass(frozen=True)
class Either:
    """At least one of these."""

    parts: tuple["Query", ...]


@dataclass(frozen=True)
class Every:
    """All of `parts`, and nothing of `without`."""

    parts: tuple["Query", ...]
    without: tuple["Query", ...] = ()


Query = Phrase | Either | Every


def words(*texts: str | None) -> list[str]:
    """The words of a post's texts, as they are found: in order, `GAP` between what is no neighbour.

    Lower case, without accents. A word with hyphens or apostrophes stands there as its parts, and
    once more, joined, behind the text: ``wheelie-bin`` is *wheelie*, *bin* and *wheeliebin*.
    """
    found: list[str] = []
    joined: list[str] = []
    for text in texts:
        if not text:
            continue
        if found:
            found.append(GAP)
        for word in _WORD.findall(plain(text)[:FARTHEST]):
            parts = _PARTS.split(word)
            found += [part[:LONGEST] for part in parts]
            if len(parts) > 1:
                joined.append("".join(parts)[:LONGEST])
    for word in dict.fromkeys(joined):
        found += [GAP, word]
    return found


def plain(text: str) -> str:
    """Lower case and without accents, hyphens that only break lines taken out."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    # Mn: the accents; Cf: soft hyphens, joiners and other marks nobody sees
    kept = "".join(c for c in apart if unicodedata.category(c) not in ("Mn", "Cf"))
    return kept.casefold().replace("ʼ", "'")  # to Unicode this one is a letter


def parse(asked: str) -> Query | None:
    """What a query means; None where it is blank. WordsError says what is wrong with it."""
    if not asked.strip():
        return None
    return _Reader(asked).read()


class _Reader:
    """Reads a query from left to right, one piece at a time."""

    def __init__(self, asked: str) -> None:
        self.asked = asked
        self.deep = 0
        self.said = 0
        text = asked.translate(_QUOTES)
        if text.count('"') % 2:
            raise self._wrong("a quotation mark is missing its other one")
        # none is lost: whatever is no space, parenthesis or quotation mark is a word
        self.pieces = [m for m in _PIECE.finditer(text) if m.lastgroup]
        self.at = 0

    def read(self) -> Query:
        found = self._either()
        if self._next("close"):
            raise self._wrong("a parenthesis is closed that was not opened")
        if found is None:
            raise self._wrong("there is no word in it")
        return found

    def _either(self) -> Query | None:
        parts = [self._every()]
        while self._keyword("OR"):
            parts.append(self._every())
        if len(parts) == 1:
            return parts[0]
        whole = tuple(part for part in parts if part is not None)
        if len(whole) < len(parts):
            raise self._wrong("OR needs a word on either side")
        return Either(whole)

    def _every(self) -> Query | None:
        """What stands side by side; None where no word does."""
        parts: list[Query] = []
        without: list[Query] = []
        while self.at < len(self.pieces) and not self._next("close") and not self._keyword("OR", take=False):
            if self._keyword("AND"):
                if (not parts and not without) or not self._more():
                    raise self._wrong("AND needs a word on either side")
                continue
            leaves_out = self._leaves_out()
            found = self._one()
            if found is None and leaves_out:
                raise self._wrong("there is no word after the - or NOT")
            if found is not None:
                (without if leaves_out else parts).append(found)
        if without and not parts:
            raise self._wrong("beside what is left out it needs a word to look for")
        if len(parts) == 1 and not without:
            return parts[0]
        return Every(tuple(parts), tuple(without)) if parts else None

    def _leaves_out(self) -> bool:
        if self._next("minus"):
            self.at += 1
            return True
        return self._keyword("NOT")

    def _one(self) -> Query | None:
        """A word, a phrase or a parenthesis; None for a piece without a letter or digit."""
        if not self._more():
            return None
        piece = self.pieces[self.at]
        self.at += 1
        if piece["open"]:
            return self._inside()
        if piece["minus"]:
            return None
        if piece["phrase"] is not None:
            quoted = piece["phrase"].rstrip()
            return self._phrase(quoted.removesuffix("*"), begins=bool(piece["star"]) or quoted.endswith("*"))
        word = piece["word"]
        return self._phrase(word.removesuffix("*"), begins=word.endswith("*"))

    def _inside(self) -> Query:
        self.deep += 1
        if self.deep > DEEPEST:
            raise self._wrong(f"parentheses may be {DEEPEST} deep")
        found = self._either()
        if not self._next("close"):
            raise self._wrong("a parenthesis is not closed")
        self.at += 1
        self.deep -= 1
        if found is None:
            raise self._wrong("there is no word between the parentheses")
        return found

    def _phrase(self, text: str, begins: bool) -> Query | None:
        if "*" in text:
            raise self._wrong("a * stands at the end of a word only")
        found = _WORD.findall(plain(text))
        split = tuple(part[:LONGEST] for word in found for part in _PARTS.split(word))
        if not split:
            if begins:
                raise self._wrong("a * needs the beginning of a word before it")
            return None
        self.said += len(split)
        if self.said > MOST_WORDS:
            raise self._wrong(f"it may have {MOST_WORDS} words")
        phrase = Phrase(split, begins)
        if len(found) > 1 or len(split) == 1:
            return phrase
        return Either((phrase, Phrase(("".join(_PARTS.split(found[0]))[:LONGEST],), begins)))

    def _more(self) -> bool:
        stops = self._next("close") or self._keyword("OR", take=False) or self._keyword("AND", take=False)
        return self.at < len(self.pieces) and not stops

    def _next(self, kind: str) -> bool:
        return self.at < len(self.pieces) and bool(self.pieces[self.at][kind])

    def _keyword(self, name: str, take: bool = True) -> bool:
        found = self.at < len(self.pieces) and self.pieces[self.at]["word"] == name
        self.at += found and take
        return found

    def _wrong(self, why: str) -> WordsError:
        asked = self.asked if len(self.asked) <= 80 else self.asked[:79] + "…"
        return WordsError(f"search cannot be read: {why}; got {asked!r} (like {EXAMPLE})")
