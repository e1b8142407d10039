"""How likely it is that a post is about an issue, from what speaks for it and for others there.

A term by itself is right in three posts of four; a late one in a long post about something else, or
one behind a place preposition, far less often. Ten facts of the find are weighed by a logistic
regression that ``benchmarks/learn_issues.py`` learns on labelled posts; it knows no words and no issue, so
an issue of the user's own is weighed as any other. Its weights lie in ``data/models/issues.json``.
"""

import json
import math
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from listening.analyse.matching import Text

if TYPE_CHECKING:
    from listening.analyse.issues import Signs

MODEL = Path(__file__).parents[2] / "data" / "models" / "issues.json"
ENOUGH = 0.5  # chance from which an issue counts
SURE = 0.75  # chance from which a named issue is called sure: 93 in 100 were right on hands left out
LATE = 200  # characters after which a first sign is as late as can be
WHERE = re.compile(
    r"\b(?:by|near|outside|opposite|behind|past|round|(?<!look )(?<!looked )(?<!looking )at|from|off|over|"
    r"on|up|down|through|under|to|into|towards?|via|beside|inside|in)"
    r"(?: (?:the|our|my|mi|me|a|that|them|old|new|this|all|wor|your|his|her))* $"
)
FACTS = ("term", "spot", "pairs", "terms", "first", "share", "where", "noise", "other", "phrase")


@cache
def weights() -> tuple[float, ...]:
    """The bias, then one weight a fact, in the order of FACTS."""
    return flat(json.loads(MODEL.read_text(encoding="utf-8")))


def flat(model: dict[str, Any]) -> tuple[float, ...]:
    """A learnt model, {"bias", "weights": {fact: weight}}, as ``chances`` takes it."""
    return (model["bias"], *(model["weights"][fact] for fact in FACTS))


def chances(
    text: Text, signs: "dict[str, Signs]", noise: frozenset[str], model: tuple[float, ...] | None = None
) -> dict[str, float]:
    """Slug to the chance that the post is about it, for every issue that something speaks for.

    ``noise`` are the slugs of the filter classes: they are not weighed, but speak against issues.
    """
    bias, *each = model or weights()
    known = facts(text, signs, noise)
    return {
        slug: 1 / (1 + math.exp(-bias - sum(w * f for w, f in zip(each, row, strict=True))))
        for slug, row in known.items()
    }


def facts(text: Text, signs: "dict[str, Signs]", noise: frozenset[str]) -> dict[str, list[float]]:
    """Slug to its facts in the order of FACTS; of filter classes none."""
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
        float(named and " " in max(sorted(words), key=len)),
    ]


def _located(text: Text, start: int) -> bool:
    return WHERE.search(text.low, max(0, start - 40), start) is not None
