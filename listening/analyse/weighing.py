"""How likely it is that a post is about an issue, from what speaks for it and for others there.

A term by itself is right in three posts of four; a late one in a long post about something else, or
one behind a place preposition, far less often. Ten facts of the find are weighed by a logistic
regression that ``benchmarks/learn_issues.py`` learns on labelled posts; it knows no words and no issue, so
an issue of the user's own is weighed as any other. Of the issues that the wording knows (``wording``) what
it says is weighed with them. The weights lie in ``data/models/issues.json``.
"""

import json
import math
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from listening.analyse.matching import Text

if TYPE_CHECKING:
    from listening.analyse.issues import Signs

MODEL = Path(__file__).parents[2] / "data" / "models" / "issues.json"
ENOUGH = 0.5  # chance from which the terms alone make an issue count
WORDED = 0.45  # chance from which terms and wording together do: 80 in 100 are right, on hands left out
UNLIKELY = 0.2  # chance below which the wording outvotes the terms
SURE = 0.75  # chance from which a named issue is called sure: 93 in 100 were right on hands left out
LATE = 200  # characters after which a first sign is as late as can be
WHERE = re.compile(
    r"\b(?:by|near|outside|opposite|behind|past|round|(?<!look )(?<!looked )(?<!looking )at|from|off|over|"
    r"on|up|down|through|under|to|into|towards?|via|beside|inside|in)"
    r"(?: (?:the|our|my|mi|me|a|that|them|old|new|this|all|wor|your|his|her))* $"
)
FACTS = ("term", "spot", "pairs", "terms", "first", "share", "where", "noise", "other", "phrase")
# With what the wording says (``wording``), where it knows the issue.
VOICED = (*FACTS, "voice", "lead", "unsaid")
HEARD = -1.75  # log-odds from which the wording alone makes an issue worth weighing
QUIET = -8.0  # log-odds below this say no more than this

Model = dict[str, tuple[float, ...]]  # "plain" and "voiced": the bias, then one weight a fact
Voices = Mapping[str, float]  # slug to log-odds; empty where the wording was not asked


@cache
def weights() -> Model:
    """The weights that come with the project."""
    return flat(json.loads(MODEL.read_text(encoding="utf-8")))


def flat(models: dict[str, dict[str, Any]]) -> Model:
    """Models as learnt, {"plain" and "voiced": {"bias", "weights": {fact: weight}}}, as ``chances`` reads."""
    return {
        name: (models[name]["bias"], *(models[name]["weights"][fact] for fact in facts))
        for name, facts in (("plain", FACTS), ("voiced", VOICED))
    }


def chances(
    text: Text, signs: "dict[str, Signs]", noise: frozenset[str], voices: Voices, model: Model | None = None
) -> dict[str, float]:
    """Slug to the chance that the post is about it, for every issue that something speaks for.

    ``noise`` are the slugs of the filter classes: they are not weighed, but speak against issues.
    """
    known, result = model or weights(), {}
    for slug, row in facts(text, signs, noise, voices).items():
        bias, *each = known["voiced" if len(row) > len(FACTS) else "plain"]
        result[slug] = 1 / (1 + math.exp(-bias - sum(w * f for w, f in zip(each, row, strict=True))))
    return result


def counted(
    text: Text, signs: "dict[str, Signs]", noise: frozenset[str], voices: Voices, model: Model | None = None
) -> dict[str, float]:
    """Slug to chance, of the issues that count: by their terms, or by terms and wording together."""
    named = chances(text, signs, noise, {}, model)
    together = chances(text, signs, noise, voices, model) if voices else named
    return {
        slug: max(chance, named.get(slug, 0.0))
        for slug, chance in together.items()
        if (slug in voices and chance >= WORDED) or (named.get(slug, 0.0) >= ENOUGH and chance >= UNLIKELY)
    }


def facts(
    text: Text, signs: "dict[str, Signs]", noise: frozenset[str], voices: Voices
) -> dict[str, list[float]]:
    """Slug to its facts: FACTS, or VOICED where the wording knows the issue; of filter classes none."""
    real = {slug: found for slug, found in signs.items() if slug not in noise}
    size = {slug: _size(found) for slug, found in real.items()}
    strong = {slug: size[slug] - len(found.spots) / 2 for slug, found in real.items()}
    filtered = float(len(real) < len(signs))
    rows = {}
    for slug, found in real.items():
        rivals = (strength for other, strength in strong.items() if other != slug)
        share = size[slug] / sum(size.values())
        rows[slug] = _own(text, found, share, filtered, max(rivals, default=0.0))
    if voices:
        rival = math.log1p(max(strong.values(), default=0.0))
        _voiced(rows, voices, [0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, filtered, rival, 0.0])
    return rows


def _voiced(rows: dict[str, list[float]], voices: Voices, unsaid: list[float]) -> None:
    """The voices added to the rows; ``unsaid`` are the facts of an issue that no sign speaks for."""
    loud = sorted(voices.values(), reverse=True)[:2]
    for slug, voice in voices.items():
        if slug in rows or voice >= HEARD:
            others = loud[1] if voice == loud[0] else loud[0]
            alone = slug not in rows
            own = rows.setdefault(slug, list(unsaid))
            own += [max(voice, QUIET), max(voice, QUIET) - max(others, QUIET), float(alone)]


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
