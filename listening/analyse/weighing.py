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
SURE = 0.75  # chance from which a named issue is called sure: 93 in 100 are right
LATE = 200  # characters after which a first sign is as late as can be
WHERE = re.compile(
    r"\b(?:by|near|outside|opposite|behind|past|round|at|from|off|over|on|up|down|through|under|to|into|"
    r"towards?|via|beside|inside|in|of|after)"
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
    size = {slug: len(s.terms) + len(s.spots) + len(s.pairs) / 4 for slug, s in signs.items() if slug not in noise}
    strong = {slug: len(signs[slug].terms) + len(signs[slug].spots) / 2 + len(signs[slug].pairs) / 4 for slug in size}
    whole = sum(size.values())
    filtered = float(len(size) < len(signs))
    rows = {}
    for slug, own in size.items():
        found = signs[slug]
        words = {text.low[start:end] for start, end in found.terms + found.spots}
        rows[slug] = [
            float(bool(found.terms)),
            float(bool(found.spots)),
            math.log1p(len(found.pairs) / 2),
            math.log1p(len(words)),
            min(*(start for start, _ in found.terms + found.spots + found.pairs), LATE) / LATE,
            own / whole,
            float(bool(found.terms) and all(_located(text, start) for start, _ in found.terms)),
            filtered,
            math.log1p(max((s for other, s in strong.items() if other != slug), default=0.0)),
            float(bool(found.terms) and " " in max(words, key=len)),
        ]
    return rows


def _located(text: Text, start: int) -> bool:
    return WHERE.search(text.low, max(0, start - 40), start) is not None
