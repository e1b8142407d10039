"""VADER's own scores, bit for bit, in time that grows with a text's length.

The rules are those of ``vaderSentiment`` 3.3.2 (Hutto and Gilbert 2014; read 22 November 2026) with
its slips and oddities, because a score that differs is no VADER score; its lexicon, emoji and word
lists are taken from the installed package. The original looks every word of a text up again for
each word of feeling. Here each token is looked up once: most can do nothing and are None, the
others are a Word, kept in a bounded memory. Floats are added and multiplied in the original's order.

    >>> Scorer().polarity_scores("The lane is not safe, but the new lights are GREAT!")["compound"]
    0.8094
"""

import re
from collections import defaultdict
from dataclasses import dataclass
from heapq import heappop, heappush
from string import punctuation

from vaderSentiment.vaderSentiment import (
    BOOSTER_DICT,
    C_INCR,
    N_SCALAR,
    NEGATE,
    SPECIAL_CASES,
    SentimentIntensityAnalyzer,
    normalize,
)

KEPT = 20_000  # tokens remembered, about 2 MB: more are slower, as they outgrow the processor's cache
STRANGERS = 200_000  # tokens not remembered, until all are forgotten: talk may have changed
LONGEST = 40  # characters of a token worth remembering: longer ones do not come twice
BUT, SHOUTED, IDIOM, AHEAD = 1, 2, 4, 8  # what a Word may say of its whole text
_PADS = (None, None, None)  # stand after the last word, and so, as Python counts, before the first
_SO = ("so", "this")
_PHRASES = [phrase for phrase in (*SPECIAL_CASES, *BOOSTER_DICT) if " " in phrase]
_KEYWORDS = frozenset(max(phrase.split(), key=len) for phrase in _PHRASES)
_NEGATES = frozenset(NEGATE)
_TURNING = frozenset({*NEGATE, *_SO, "doubt", "least", "or", "but"})
_NEUTRAL = {"neg": 0.0, "neu": 1.0, "pos": 0.0, "compound": 0.0}
_EMPTY = {"neg": 0.0, "neu": 0.0, "pos": 0.0, "compound": 0.0}


@dataclass(slots=True)
class Word:
    """A token that can change a score; ``valence`` is None where the lexicon does not hold it."""

    low: str
    valence: float | None
    boost: float
    negates: bool
    upper: bool
    scores: bool  # boosters never do, not even those in the lexicon
    marks: int


Words = list[Word | None]


class _Memory(dict[str, Word | None]):
    """Tokens as they are written, capitals and punctuation included, and the Word of each."""

    def __init__(self, lexicon: dict[str, float]) -> None:
        self._lexicon = lexicon
        self._strangers = 0
        self._shared: dict[tuple[str, bool], Word] = {}
        self._matter = frozenset({*lexicon, *BOOSTER_DICT, *_TURNING, *_KEYWORDS})

    def __missing__(self, token: str) -> Word | None:
        low = token.strip(punctuation)  # as in _bare: this runs for every new token
        low = (low if len(low) > 2 else token).lower()
        word = self._word(low, token.isupper()) if low in self._matter or "n't" in low else None
        if len(self) < KEPT and len(token) <= LONGEST:
            self[token] = word
        else:
            self._strangers += 1
            if self._strangers > STRANGERS:
                self.clear()
                self._strangers = 0
        return word

    def _word(self, low: str, upper: bool) -> Word:
        if word := self._shared.get((low, upper)):
            return word
        valence = self._lexicon.get(low)
        marks = SHOUTED * upper | IDIOM * (low in _KEYWORDS) | BUT * (low == "but")
        marks |= AHEAD * (low in ("no", "kind"))
        scores = valence is not None and low not in BOOSTER_DICT
        negates = low in _NEGATES or "n't" in low
        word = Word(low, valence, BOOSTER_DICT.get(low, 0.0), negates, upper, scores, marks)
        if low in self._matter:
            self._shared[low, upper] = word
        return word


class Scorer:
    """VADER with ``extra`` words (lower case, -4..4) joined to its lexicon or in place of its own."""

    def __init__(self, extra: dict[str, float] | None = None) -> None:
        installed = SentimentIntensityAnalyzer()
        self._memory = _Memory(installed.lexicon | (extra or {}))
        self._look = self._memory.__getitem__
        # Emoji of several characters are never met by the original, which reads one at a time.
        self._emoji = {e: f" {words}" for e, words in installed.emojis.items() if len(e) == 1}
        low = "".join(re.escape(e) for e in self._emoji if e < "\U00010000")
        # One range for all above: re keeps no bitmap there, and a class of single ones is slow.
        self._pictures = re.compile(f"[{low}\U00010000-\U0010ffff]")

    def polarity_scores(self, text: str) -> dict[str, float]:
        """neg, neu, pos (shares, 0..1) and compound (-1..1), as SentimentIntensityAnalyzer gives them."""
        if not text.isascii():
            text = self._pictures.sub(self._described, text)
        tokens = text.split()
        words: Words = [*map(self._look, tokens), *_PADS]
        marks = 0
        for known in filter(None, words):
            marks |= known.marks
        mixed = bool(marks & SHOUTED) and not all(map(str.isupper, tokens))
        values: dict[int, float] = {}
        for at, word in enumerate(words):
            if not word or not word.scores:
                continue
            value = word.valence
            if marks > BUT or words[at - 1] or words[at - 2] or words[at - 3]:
                value = _value(at, word, words, tokens, mixed, marks)
            if value:
                values[at] = value
        if not values:
            return dict(_NEUTRAL if tokens else _EMPTY)
        if marks & BUT:
            values = _around_but(words, values)
        return _summed(list(values.values()), len(tokens) - len(values), text)

    def _described(self, picture: re.Match[str]) -> str:
        return self._emoji.get(picture[0], picture[0])


def _bare(token: str) -> str:
    """In lower case without ASCII punctuation around it; whole where so little is left (a smiley?)."""
    bare = token.strip(punctuation)
    return (bare if len(bare) > 2 else token).lower()


def _low(tokens: list[str], at: int) -> str:
    """A token as the lexicon would write it; empty beyond the ends."""
    return _bare(tokens[at]) if 0 <= at < len(tokens) else ""


def _value(at: int, word: Word, words: Words, tokens: list[str], mixed: bool, marks: int) -> float:
    """What one word of feeling adds, after its capitals and the three words before it."""
    one, two, three = words[at - 1], words[at - 2], words[at - 3]
    value: float = word.valence  # type: ignore[assignment]
    if marks & AHEAD:
        if word.low == "kind" and _low(tokens, at + 1) == "of":
            return 0.0
        if word.low == "no" and (after := words[at + 1]) and after.valence is not None:
            value = 0.0
        if _after_no(one, two, three):
            value = word.valence * N_SCALAR
    if mixed and word.upper:
        value += C_INCR if value > 0 else -C_INCR
    if one and one.valence is None:
        value = _boosted(value, one, mixed, 1.0) if one.boost else value
        if one.negates:
            value *= N_SCALAR
    if two and two.valence is None:
        value = _boosted(value, two, mixed, 0.95) if two.boost else value
        if two.low == "never" and one and one.low in _SO:
            value *= 1.25
        elif two.negates and not (two.low == "without" and one and one.low == "doubt"):
            value *= N_SCALAR
    if at > 2 and (three.valence is None if three else one or marks & IDIOM):
        value = _from_afar(value, one, two, three, mixed)
        if marks & IDIOM and any(w and w.marks & IDIOM for w in words[at - 3 : at + 3]):
            value = _idiom(value, [_low(tokens, n) for n in range(at - 3, at + 3)])
    if one and one.low == "least" and one.valence is None and _low(tokens, at - 2) not in ("at", "very"):
        value *= N_SCALAR
    return value


def _after_no(one: Word | None, two: Word | None, three: Word | None) -> bool:
    """Whether "no" stands one or two words before, or three with "or" or "nor" between."""
    return bool(
        (one and one.low == "no")
        or (two and two.low == "no")
        or (three and three.low == "no" and one and one.low in ("or", "nor"))
    )


def _boosted(value: float, word: Word, mixed: bool, damping: float) -> float:
    """The value made stronger or weaker by a booster, less so the further away it stands."""
    boost = -word.boost if value < 0 else word.boost
    if mixed and word.upper:
        boost += C_INCR if value > 0 else -C_INCR
    return value + boost * damping


def _from_afar(value: float, one: Word | None, two: Word | None, three: Word | None, mixed: bool) -> float:
    """After the word three before; "so" and "this" directly before count whatever that word is."""
    if three and three.boost:
        value = _boosted(value, three, mixed, 0.9)
    if (one and one.low in _SO) or (three and three.low == "never" and two and two.low in _SO):
        return value * 1.25
    doubt = (two and two.low == "doubt") or (one and one.low == "doubt")
    if three and three.negates and not (three.low == "without" and doubt):
        value *= N_SCALAR
    return value


def _idiom(value: float, lows: list[str]) -> float:
    """The value of a set phrase in place of the word's own; ``lows``: three before, the word, two after."""
    three, two, one, zero, *after = lows
    before = (f"{three} {two} {one}", f"{three} {two}", f"{two} {one}")
    for phrase in (f"{one} {zero}", f"{two} {one} {zero}", before[2], before[0], before[1]):
        if phrase in SPECIAL_CASES:
            value = SPECIAL_CASES[phrase]
            break
    for phrase in (f"{zero} {after[0]}", f"{zero} {after[0]} {after[1]}"):
        value = SPECIAL_CASES.get(phrase, value)
    for phrase in before:
        value += BOOSTER_DICT.get(phrase, 0.0)
    return value


def _around_but(words: Words, values: dict[int, float]) -> dict[int, float]:
    """Half before the first "but", half as much again after it, as the original's loop does it.

    The original changes the list it walks and looks each value up by equality, so the first place
    that holds an equal value is scaled, perhaps twice, and this one perhaps never.
    """
    but = next(at for at, word in enumerate(words) if word and word.low == "but")
    values, holding = dict(values), defaultdict[float, list[int]](list)
    for at, value in values.items():
        holding[value].append(at)
    for at in list(values):
        value = values[at]
        first = holding[value][0]
        if first != but:
            heappop(holding[value])
            values[first] = value * 0.5 if first < but else value * 1.5
            heappush(holding[values[first]], first)
    return values


def _summed(values: list[float], neutral: int, text: str) -> dict[str, float]:
    """The four numbers from the values that are not 0 and the number of tokens that are."""
    emphasis = _emphasis(text) if "!" in text or "?" in text else 0.0
    total, good, bad = float(sum(values)), 0.0, 0.0
    for value in values:
        if value > 0:
            good += value + 1
        else:
            bad += value - 1
    compound = normalize(total + emphasis if total > 0 else total - emphasis if total < 0 else total)
    if good > -bad:
        good += emphasis
    elif good < -bad:
        bad -= emphasis
    whole = good - bad + neutral
    return {
        "neg": _rounded(-bad / whole, 3, 1e3) if bad else 0.0,
        "neu": _rounded(neutral / whole, 3, 1e3),
        "pos": _rounded(good / whole, 3, 1e3) if good else 0.0,
        "compound": _rounded(compound, 4, 1e4) if compound >= 0 else -_rounded(-compound, 4, 1e4),
    }


def _rounded(number: float, places: int, scale: float) -> float:
    """round(number, places) for numbers from 0 to 1, in half its time: it is asked only near a tie."""
    scaled = number * scale + 0.5
    whole = int(scaled)
    return whole / scale if 1e-6 < scaled - whole < 0.999999 else round(number, places)


def _emphasis(text: str) -> float:
    """What up to four "!" and two or more "?" add."""
    asked = text.count("?")
    doubt = 0.96 if asked > 3 else asked * 0.18 if asked > 1 else 0
    return float(min(text.count("!"), 4) * 0.292 + doubt)
