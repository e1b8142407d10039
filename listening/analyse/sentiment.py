"""The tone of residents' posts, and of the clauses that name each issue.

A small model (tonemodel.py) gives the chances that a text is negative, neutral or positive. It sees the
text's n-grams, its words (wording.py) and its signs (signs.py): VADER (Hutto and Gilbert 2014; its
arithmetic is in vader.py) with our words for UK local talk, a sentence at a time, and words that tell of
waiting, faults, thanks, mockery and the like (data/lexicons/tone.yaml). What it gets right is measured in
benchmarks/tone.py.

``sentiment`` is the chance of positive less the chance of negative, -1 to 1. VADER's own number was
not kept: it leaves half of the posts, those that complain without a word of feeling, at 0.
``tone`` is the likeliest, or ``unclear`` where its chance is too small, and where kind words that are
not plainly a complaint stand beside a failure: that may be sarcasm.

A text may be long: of VADER's sentences, cut at 500 characters, 60 are scored.
"""

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from listening.analyse import lexicons, signs, tonelayer, tonemodel, vader, wording
from listening.analyse.matching import Hit, Matcher, Span, Text, fold, longest, sentences
from listening.analyse.tonelayer import PLAIN, Layer

SENTENCE = 500  # characters
SENTENCES = 60
_TOLD = re.compile(r"[^\W\d_]|[^\x00-⃿]")  # a letter or an emoji: "!!!" alone tells no tone
_REPEATED = re.compile(r"([^\w\s!-~])\1+")  # the same symbol or emoji over and over
_HASHTAG = re.compile(r"#(?=\w)|(?<=[a-z])(?=[A-Z][a-z])")  # #NoBusAgain
# Where a sentence turns to another matter. "And the" and "while" turn only between two issues.
_TURN = re.compile(r";|,? (?:but|although|though|whereas|shame|pity|however)\b")
_JOINT = re.compile(r",? (?:and|while) (?=(?:the|our|my|your|that|those|these|this)\b)|, (?=the\b)")


class Score(NamedTuple):
    """What a text was found to be: sentiment -1..1, tone one of negative, neutral, positive, unclear."""

    sentiment: float
    tone: str


class Scorer:
    """Many texts at once; VADER with our words, in which phrases become one word: it reads words only."""

    def __init__(self) -> None:
        lexicon = lexicons.load("tone")
        words, phrases = lexicon["words"], lexicon["phrases"]
        joined = {phrase: re.sub(r"\W+", "_", phrase) for phrase in phrases}
        self._vader = vader.Scorer(words | {joined[phrase]: value for phrase, value in phrases.items()})
        self._phrases = Matcher(joined.items())
        self._signs = signs.Signs(lexicon["signs"], lexicon["emoji"])

    def chances(self, texts: Sequence[Text]) -> NDArray[np.float64]:
        """(texts, tones): the model's own, before any area's layer."""
        if not texts:
            return np.zeros((0, len(tonemodel.TONES)))
        worded = wording.shipped().tones(texts)
        return tonemodel.load().chances([t.original for t in texts], self.signs(texts), worded)

    def score(self, texts: Sequence[Text], layer: Layer = PLAIN) -> list[Score]:
        """One Score a text, in order; ``layer`` is what the area's own labels taught."""
        if not texts:
            return []
        model = tonemodel.load()
        chances = tonelayer.applied(self.chances(texts), layer)
        told = np.array([_TOLD.search(text.low) is not None for text in texts])
        numbers = np.round((chances[:, 2] - chances[:, 0]) * told, 6).tolist()
        sure = ((chances.max(1) >= model.sure) & told).tolist()
        tones = [tonemodel.TONES[n] for n in chances.argmax(1)]
        return [
            Score(number, tone if plain else "unclear")
            for number, tone, plain in zip(numbers, tones, sure, strict=True)
        ]

    def signs(self, texts: Sequence[Text]) -> NDArray[np.float64]:
        """(texts, signs): the columns of ``signs.Signs`` for each."""
        compounds = [self.compounds(text) for text in texts]
        after = [self._compound(signs.after_turn(text.low)) for text in texts]
        rows = [
            self._signs.read(text.original, text.low, each, last)
            for text, each, last in zip(texts, compounds, after, strict=True)
        ]
        return np.array(rows, dtype=np.float64)

    def compounds(self, text: Text) -> list[float]:
        """VADER's compound of each sentence, in order; cut and bounded as said above."""
        phrases = longest(self._phrases.find(text.low))
        found = []
        for start, end in _stretches(text)[:SENTENCES]:
            inside = [p for p in phrases if start <= p.start and p.end <= end]
            found.append(self._compound(_joined(text, start, end, inside)))
        return found

    def _compound(self, words: str) -> float:
        if "#" in words:
            words = _HASHTAG.sub(" ", words)
        return self._vader.polarity_scores(_REPEATED.sub(r"\1", words))["compound"] if words else 0.0


@cache
def scorer() -> Scorer:
    """The one Scorer of this process: building it takes about 30 ms."""
    return Scorer()


def mocking(tone: str) -> str:
    """The tone of a post whose kind words may be mockery: never positive, never neutral."""
    return tone if tone == "negative" else "unclear"


def _stretches(text: Text) -> list[Span]:
    """Sentences, and the pieces of those longer than SENTENCE, cut at a space where there is one."""
    pieces = []
    for first, end in text.sentences:
        start = first
        while end - start > SENTENCE:
            cut = text.low.rfind(" ", start + 1, start + SENTENCE)
            cut = cut if cut > start else start + SENTENCE
            pieces.append((start, cut))
            start = cut
        pieces.append((start, end))
    return pieces


def _joined(text: Text, start: int, end: int, phrases: list[Hit[str]]) -> str:
    """The sentence as VADER should read it: straight apostrophes, phrases as one word."""
    parts, at = [], start
    for first, last, word in phrases:
        if first < at:
            continue
        phrase = text.original[first:last]
        parts += [text.original[at:first], word.upper() if phrase.isupper() else word]
        at = last
    parts.append(text.original[at:end])
    return "".join(parts).replace("’", "'")


def about(text: Text, spans: list[list[Span]]) -> list[Text]:
    """What a post says of each of its issues: the clauses that name it and those that follow them.

    A sentence is cut at "but", its like and ";", and at "and the" between two issues. A clause that names
    no issue belongs to the issues of the clause before it, and at the start to those of the first.
    """
    cuts = _cuts(text, spans)
    clauses = list(zip(cuts, [*cuts[1:], len(text.original)], strict=True))
    named = [{n for n, found in enumerate(spans) if _inside(found, clause)} for clause in clauses]
    last = next((issues for issues in named if issues), set(range(len(spans))))
    said: list[list[str]] = [[] for _ in spans]
    for (start, end), issues in zip(clauses, named, strict=True):
        last = issues or last
        for n in last:
            said[n].append(text.original[start:end])
    return [_text("".join(parts).strip(" ,;") or text.original) for parts in said]


def _cuts(text: Text, spans: list[list[Span]]) -> list[int]:
    cuts = [start for start, _ in text.sentences] + [turn.start() for turn in _TURN.finditer(text.low)]
    firsts = sorted((start, n) for n, found in enumerate(spans) for start, _ in found)
    for joint in _JOINT.finditer(text.low):
        before = {n for start, n in firsts if start < joint.start()}
        after = [n for start, n in firsts if start >= joint.start()]
        if before and after and after[0] not in before:
            cuts.append(joint.start())
    return sorted({0, *cuts})


def _inside(found: list[Span], clause: Span) -> bool:
    return any(clause[0] <= start < clause[1] for start, _ in found)


def _text(words: str) -> Text:
    return Text(words, fold(words), 0, sentences(words))
