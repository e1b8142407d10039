"""What residents' words are about, learnt from many remarks: a second voice beside the taxonomy's terms.

    heard = wording.shipped().scores(texts, masks)     float64, (texts, slugs, 2): log-odds, an issue each
    wording.shipped().because(text, masks, slug)       spans of the words that speak most for it
    toned = wording.shipped().tones(texts)             (texts, 3): negative, neutral, positive, log-odds

Most residents never name the matter ("third week and the lorry drove straight past"). A table holds
what each word, and each pair of neighbouring words, says for each issue; a sentence's score is the sum
over its words by how rare they are; a post has two, of the whole and of its sentence that says most.
One more column, NOTHING, is of posts about no issue: chat, sport, adverts.
``benchmarks/learn_wording.py`` learns it from the remarks and posts of ``benchmarks/`` (MIT, as the project);
words that no remark holds have their weights by the company they keep (GloVe: Pennington and others
2014, public domain). The same words tell of tone, beside the tone model's n-grams. Issues of the
user's own have no column here: they are found by their terms alone.
"""

import hashlib
import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from listening.analyse.matching import Span, Text

FILE = Path(__file__).parents[2] / "data" / "models" / "wording.npz"
SHOWN, SHORTEST = 3, 3  # words of a post that are named as its reason, and letters of one
MET = 50_000  # words whose rows are kept at hand
NOTHING = ""  # the slug of what is about no issue
PLACE = "§"  # stands for a place's name: which one says nothing about the matter
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|[0-9]+(?:[.,:/][0-9]+)*|[!?£%#§]")
# Words that mean another matter without their ending: a park is no parking, a house no housing.
_WHOLE = {
    *("parking", "housing", "planning", "building", "crossing", "evening", "morning", "meeting"),
    *("shopping", "wedding", "clothing"),
}
_HISSING = ("sses", "xes", "zes", "ches", "shes")
ROUNDED = 4  # digits that are kept: a batch's sums differ from a lone text's in the last bits
BLOCK = 200_000  # characters read at once: what they hold meanwhile stays small


def words(low: str, start: int, end: int) -> list[str]:
    """The words and marks of a stretch of a folded text."""
    found: list[str] = _WORD.findall(low, start, end)
    return found


@lru_cache(MET)
def stem(word: str) -> str:
    """A word without its commonest endings, so that "lamps" and "lamp" are one; digits are "0".

    >>> [stem(word) for word in ("emptied", "overflowing", "buses", "trees", "rates", "parking", "12.30")]
    ['empty', 'overflow', 'bus', 'tree', 'rate', 'parking', '0']
    """
    if word[0].isdigit():
        return "0"
    word = _singular(word.removesuffix("'s").replace("'", ""))
    if word in _WHOLE:
        return word
    if word.endswith("ied") and len(word) > 4:
        return word[:-3] + "y"
    cut = 3 if word.endswith("ing") else 2 if word.endswith("ed") and not word.endswith("eed") else 0
    if cut and len(word) - cut >= 4:
        word = word[:-cut]
        if word[-1] == word[-2] and word[-1] not in "aeiousl":
            word = word[:-1]
    elif word.endswith("ly") and not word.endswith("ily") and len(word) > 5:
        word = word[:-2]
    return word[:-1] if len(word) > 4 and word.endswith("e") else word


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(_HISSING) or (len(word) > 4 and word.endswith("uses")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def masked(text: Text, masks: Sequence[Span]) -> str:
    """The folded text with each place's name as one sign and blanks, every letter where it was."""
    low = text.low
    for start, end in masks:
        name = low[start:end]
        low = low[:start] + PLACE.ljust(len(name))[: len(name)] + low[start + len(name) :]
    return low


class Model(NamedTuple):
    """What was learnt. Row 0 of ``table`` is empty and says nothing."""

    slugs: tuple[str, ...]
    rows: dict[str, int]  # a word, its stem behind "~", or two stems with a space between
    table: NDArray[np.float32]  # (rows, slugs)
    squares: NDArray[np.float64]  # (rows,): of a word, how rare it is, squared; of a pair 0
    bias: NDArray[np.float64]  # (slugs,)
    tone: NDArray[np.float32]  # (rows, 3): the same of the tones
    tone_bias: NDArray[np.float64]
    unknown: float  # the square of a word that was never met
    met: dict[str, tuple[int, str, float]]  # words as they were looked up: most of a post's were met before

    def scores(self, texts: Sequence[Text], masks: Sequence[Sequence[Span]]) -> NDArray[np.float64]:
        """(texts, slugs, 2): log-odds of the whole text and of its sentence that says most, each issue's own.

        ``masks`` are the spans of place names of each text.
        """
        lows = [masked(text, spans) for text, spans in zip(texts, masks, strict=True)]
        return np.asarray(np.round(self._scores(texts, lows, self.table, self.bias), ROUNDED))

    def tones(self, texts: Sequence[Text]) -> NDArray[np.float64]:
        """(texts, tones): log-odds beside the usual shares of the tones. Places are read as they stand;
        exclamation marks are not: they stand with praise more often, and say nothing of a short complaint."""
        lows = [text.low.replace("!", " ") for text in texts]
        return np.asarray(np.round(self._scores(texts, lows, self.tone, self.tone_bias).mean(2), ROUNDED))

    def _scores(
        self, texts: Sequence[Text], lows: list[str], table: NDArray[np.float32], bias: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        parts, first, room = [], 0, BLOCK
        for n, low in enumerate(lows):
            room -= len(low)
            if room <= 0 or n == len(lows) - 1:
                parts.append(self._block(texts[first : n + 1], lows[first : n + 1], table))
                first, room = n + 1, BLOCK
        return np.concatenate(parts) + bias[:, None] if parts else np.zeros((0, len(bias), 2))

    def _block(
        self, texts: Sequence[Text], lows: list[str], table: NDArray[np.float32]
    ) -> NDArray[np.float64]:
        rows: list[int] = []  # of all texts' words; each sentence starts with the empty one
        starts: list[int] = []  # of each sentence in rows
        firsts: list[int] = []  # of each text in starts
        squares: list[float] = []
        for text, low in zip(texts, lows, strict=True):
            firsts.append(len(starts))
            for start, end in text.sentences:
                starts.append(len(rows))
                rows.append(0)
                square = 0.0
                for row, pair, weight in self._found(words(low, start, end)):
                    rows.append(row)
                    if pair:
                        rows.append(pair)
                    square += weight
                squares.append(square)
        sums = np.add.reduceat(table.take(rows, axis=0), starts, axis=0).astype(np.float64)
        size = np.array(squares)
        each = sums / np.sqrt(np.maximum(size, 1e-9))[:, None]
        whole = np.add.reduceat(sums, firsts, axis=0)
        whole /= np.sqrt(np.maximum(np.add.reduceat(size, firsts), 1e-9))[:, None]
        most = np.maximum.reduceat(each, firsts, axis=0)
        return np.stack([whole, most], axis=2)

    def because(self, text: Text, masks: Sequence[Span], slug: str) -> list[Span]:
        """The spans of the words that speak most for an issue, in the order of the text.

        Half of what a pair says is each word's; places and words of less than three letters are not named.
        """
        column, low = self.slugs.index(slug), masked(text, masks)
        said: list[tuple[float, Span]] = []
        for start, end in text.sentences:
            found = list(_WORD.finditer(low, start, end))
            known = list(self._found([m[0] for m in found]))
            pairs = [float(self.table[pair, column]) / 2 for _, pair, _ in known] + [0.0]
            for n, (word, (row, _, _)) in enumerate(zip(found, known, strict=True)):
                if len(word[0]) >= SHORTEST:
                    said.append((float(self.table[row, column]) + pairs[n] + pairs[n + 1], word.span()))
        best = sorted(said, key=lambda one: -one[0])[:SHOWN]
        return sorted(span for weight, span in best if weight > 0)

    def _found(self, tokens: list[str]) -> Iterator[tuple[int, int, float]]:
        """Of each word its row, the row of its pair with the word before, and its square."""
        before = ""
        for token in tokens:
            row, root, weight = self.met.get(token) or self._meet(token)
            yield row, self.rows.get(f"{before} {root}", 0), weight
            before = root

    def _meet(self, token: str) -> tuple[int, str, float]:
        root = stem(token)
        row = self.rows.get(token) or self.rows.get("~" + root, 0)
        if len(self.met) > MET:
            self.met.clear()
        self.met[token] = known = (row, root, float(self.squares[row]) if row else self.unknown)
        return known


@cache
def shipped() -> Model:
    """The table that comes with the project; at rest it is bytes, one step a column."""
    with np.load(FILE, allow_pickle=False) as kept:
        names = bytes(kept["names"]).decode().split("\n")
        return Model(
            slugs=tuple(bytes(kept["slugs"]).decode().split("\n")),
            rows={name: n for n, name in enumerate(names) if n},
            table=kept["table"].astype(np.float32) * kept["step"].astype(np.float32),
            squares=kept["squares"].astype(np.float64),
            bias=kept["bias"].astype(np.float64),
            tone=kept["tone"].astype(np.float32) * kept["tone_step"].astype(np.float32),
            tone_bias=kept["tone_bias"].astype(np.float64),
            unknown=float(kept["unknown"]),
            met={},
        )


@cache
def digest() -> str:
    """A hash of the table, so that a new one makes a new version of the analysis."""
    return hashlib.sha256(FILE.read_bytes()).hexdigest()
