"""How likely it is that a post is about an issue, from what speaks for it and for others there.

A term by itself is right in three posts of four; a late one in a long post about something else, or
one behind a place preposition, far less often. Ten facts of the find are weighed by a logistic
regression that ``benchmarks/learn_issues.py`` learns on labelled posts; it knows no words and no issue, so
an issue of the user's own is weighed as any other. Its weights lie in ``data/models/issues.json``.

Where a post is a resident's in English, what it sounds like (``subjects``) is weighed too: a faint
find that it bears out counts, and an issue it speaks for plainly may stand without a word of the taxonomy.
"""

import json
import math
import operator
import re
from collections.abc import Collection, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from listening.analyse.matching import Text

if TYPE_CHECKING:
    from listening.analyse.issues import Signs

MODEL = Path(__file__).parents[2] / "data" / "models" / "issues.json"
ENOUGH = 0.5  # chance from which an issue counts
BORNE_OUT = 0.5  # the same for a find that what the post sounds like bears out
ALONE = 0.8  # the same where no word of the taxonomy speaks for it: 89 in 100 were right on hands left out
SURE = 0.75  # chance from which a named issue is called sure: 82 in 100 on six hands not met before
LATE = 200  # characters after which a first sign is as late as can be
WHERE = re.compile(
    r"\b(?:by|near|outside|opposite|behind|past|round|(?<!look )(?<!looked )(?<!looking )at|from|off|over|"
    r"on|up|down|through|under|to|into|towards?|via|beside|inside|in)"
    r"(?: (?:the|our|my|mi|me|a|that|them|old|new|this|all|wor|your|his|her))* $"
)
FACTS = ("term", "spot", "pairs", "terms", "first", "share", "where", "noise", "other", "phrase")
SOUNDS = ("found", "score", "root", "rival", "top", "both", "others", "likely")  # beside a score
LOUD = 0.15  # a score from which an issue without any word of the taxonomy is weighed at all
Sounds = Mapping[str, float]  # slug to score
_NOTHING = [0.0] * len(FACTS)


@cache
def weights() -> tuple[float, ...]:
    """The bias, then one weight a fact, in the order of FACTS."""
    return flat(json.loads(MODEL.read_text(encoding="utf-8"))["words"])


@cache
def sounding() -> tuple[float, ...]:
    """The bias and weights where a post has scores: of FACTS, then of SOUNDS."""
    return flat(json.loads(MODEL.read_text(encoding="utf-8"))["sounds"])


def flat(model: dict[str, Any]) -> tuple[float, ...]:
    """A learnt model, {"bias", "weights": {fact: weight}}, as ``chances`` takes it."""
    return (model["bias"], *model["weights"].values())


def chances(known: dict[str, list[float]], model: tuple[float, ...] | None = None) -> dict[str, float]:
    """Slug to the chance that the post is about it, by its ``facts`` alone."""
    return {slug: _chance(model or weights(), row) for slug, row in known.items()}


def _chance(model: tuple[float, ...], row: list[float]) -> float:
    return 1 / (1 + math.exp(-model[0] - sum(map(operator.mul, model[1:], row))))


def borne_out(
    known: dict[str, list[float]],
    sounds: Sounds,
    scored: Collection[str],
    model: tuple[float, ...] | None = None,
) -> dict[str, float]:
    """Slug to chance, of every issue that words or sounds speak for.

    ``known`` are the facts of the finds, ``sounds`` the scores of the post. Issues outside ``scored`` were
    not among those learnt: they keep the chance that their words give them, and so do plain finds.
    """
    by_words = chances(known)
    rows = beside(known, by_words, sounds)
    weighed = {slug: _chance(model or sounding(), row) for slug, row in rows.items()}
    for slug, chance in by_words.items():
        if slug not in scored or (chance >= ENOUGH and chance > weighed[slug]):
            weighed[slug] = chance
    return weighed


def beside(
    known: dict[str, list[float]], by_words: dict[str, float], sounds: Sounds
) -> dict[str, list[float]]:
    """Slug to its facts in the order of FACTS and SOUNDS; ``by_words`` are the chances by FACTS alone."""
    best = sorted(sounds.values(), reverse=True)[:2]
    rows = {}
    alone = (slug for slug, score in sounds.items() if score >= LOUD and slug not in known)
    for slug in (*known, *alone):
        score, found = sounds.get(slug, 0.0), slug in known
        top = bool(best) and score == best[0]
        rival = (best[1] if len(best) > 1 else 0.0) if top else max(best, default=0.0)
        likely = max((chance for other, chance in by_words.items() if other != slug), default=0.0)
        rows[slug] = [
            *(known[slug] if found else _NOTHING),
            *(float(found), score, math.sqrt(score), rival, float(top), found * score),
            *(float(len(known) > found), likely),
        ]
    return rows


def facts(text: Text, signs: "dict[str, Signs]", noise: frozenset[str]) -> dict[str, list[float]]:
    """Slug to its facts in the order of FACTS, for every issue that something speaks for.

    ``noise`` are the slugs of the filter classes: they have no facts, but speak against issues.
    """
    real = {slug: found for slug, found in signs.items() if slug not in noise}
    size = {slug: _size(found) for slug, found in real.items()}
    strong = {slug: size[slug] - len(found.spots) / 2 for slug, found in real.items()}
    filtered = float(len(real) < len(signs))
    rows = {}
    for slug, found in real.items():
        rivals = (strength for other, strength in strong.items() if other != slug)
        share = size[slug] / sum(size.values())
        rows[slug] = _own(text, found, share, filtered, max(rivals, default=0.0))
    return rows


def _size(found: "Signs") -> float:
    """Signs by number: a pair holds two spans and says half as much as a term."""
    return len(found.terms) + len(found.spots) + len(found.pairs) / 4


def _own(text: Text, found: "Signs", share: float, filtered: float, rival: float) -> list[float]:
    words = {text.low[start:end] for start, end in found.terms + found.spots}
    starts = [start for start, _ in found.terms + found.spots + found.pairs]
    named = bool(found.terms)
    return [
        float(named),
        float(bool(found.spots)),
        math.log1p(len(found.pairs) / 2),
        math.log1p(len(words)),
        min(*starts, LATE) / LATE,
        share,
        float(named and all(_located(text, start) for start, _ in found.terms)),
        filtered,
        math.log1p(rival),
        float(named and " " in max(words, key=len)),
    ]


def _located(text: Text, start: int) -> bool:
    return WHERE.search(text.low, max(0, start - 40), start) is not None
