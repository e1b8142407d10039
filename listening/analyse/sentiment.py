"""The tone of a resident's post, and of the sentences that name each issue.

Each sentence is scored by VADER (Hutto and Gilbert 2014; its arithmetic is in vader.py) with our own
words for UK local talk joined in (data/lexicons/tone.yaml). A post's sentiment is the mean of the
compounds of its charged sentences, so that a long post is not stronger than a short one; where no
sentence is charged it is 0. Tone is negative or positive from 0.05 away from 0 (VADER's own
bounds); ``unclear`` where sentences pull both ways or where it may be sarcasm.

A text may be long, so sentences are cut at 500 characters and 60 sentences are scored.
"""

import re
from functools import cache
from typing import NamedTuple

from listening.analyse import lexicons, vader
from listening.analyse.matching import Matcher, Span, Text, longest

EDGE = 0.05  # of a compound, -1..1: below it in size, neutral
PULL = 0.3  # one sentence this good and one this bad: unclear
SENTENCE = 500  # characters
SENTENCES = 60
_REPEATED = re.compile(r"([^\w\s!-~])\1+")  # the same symbol or emoji over and over


class Score(NamedTuple):
    """The compound of a stretch of text; ``charged`` where it holds any word of feeling."""

    start: int
    end: int
    compound: float
    charged: bool


class Scorer:
    """VADER with our words. Phrases become one word before it looks: it reads words only."""

    def __init__(self, words: dict[str, float], phrases: dict[str, float]) -> None:
        joined = {phrase: re.sub(r"\W+", "_", phrase) for phrase in phrases}
        self._vader = vader.Scorer(words | {joined[phrase]: value for phrase, value in phrases.items()})
        self._phrases = Matcher(joined.items())

    def score(self, text: Text) -> list[Score]:
        """One Score a sentence, in order; cut and bounded as said above."""
        phrases = longest(self._phrases.find(text.low))
        scores = []
        for start, end in _stretches(text)[:SENTENCES]:
            sentence = _joined(text, start, end, [p for p in phrases if start <= p.start and p.end <= end])
            found = self._vader.polarity_scores(_REPEATED.sub(r"\1", sentence))
            scores.append(Score(start, end, found["compound"], bool(found["pos"] or found["neg"])))
        return scores


@cache
def scorer() -> Scorer:
    """The one Scorer of this process: building it takes about 20 ms."""
    lexicon = lexicons.load("tone")
    return Scorer(lexicon["words"], lexicon["phrases"])


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


def _joined(text: Text, start: int, end: int, phrases: list[tuple[int, int, str]]) -> str:
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


def sentiment(scores: list[Score]) -> float:
    """-1..1: the mean compound of the charged sentences; 0 where none is charged."""
    charged = [s.compound for s in scores if s.charged]
    return sum(charged) / len(charged) if charged else 0.0


def tone(scores: list[Score], sarcastic: bool) -> str:
    """One of negative, neutral, positive, unclear."""
    compounds = [s.compound for s in scores]
    if sarcastic or (compounds and max(compounds) >= PULL and min(compounds) <= -PULL):
        return "unclear"
    mean = sentiment(scores)
    return "negative" if mean <= -EDGE else "positive" if mean >= EDGE else "neutral"


def issue_tones(scores: list[Score], spans: list[list[Span]], whole: str, sarcastic: bool) -> list[str]:
    """The tone of the sentences that name each issue, in the order of the issues.

    A post about one issue is all about it, so that issue has the tone of the whole post; so has
    any issue whose sentences were beyond those scored. Sarcasm makes all of them unclear.
    """
    if len(spans) < 2 or sarcastic:
        return [whole] * len(spans)
    tones = []
    for evidence in spans:
        naming = [s for s in scores if any(s.start <= start < s.end for start, _ in evidence)]
        tones.append(tone(naming, False) if naming else whole)
    return tones
