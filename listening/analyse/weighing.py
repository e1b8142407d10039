"""How likely it is that a post is about an issue, from what speaks for it and for others there.

A term by itself is right in three posts of four; a late one in a long post about something else, or
one behind a place preposition, far less often. Ten facts of the find are weighed by a logistic
regression that ``benchmarks/learn_issues.py`` learns on labelled posts; it knows no words and no issue, so
an issue of the user's own is weighed as any other. Of the issues that the wording knows (``wording``) what
it says is weighed with them, and then once more beside what else the post may be about: most posts are
about one thing, many about none. The weights lie in ``data/models/issues.json``.
"""

import json
import math
import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from listening.analyse.matching import Text
from listening.analyse.wording import NOTHING

if TYPE_CHECKING:
    from listening.analyse.issues import Signs

MODEL = Path(__file__).parents[2] / "data" / "models" / "issues.json"
ENOUGH = 0.5  # chance from which the terms alone make an issue count
WORDED = 0.4  # chance from which terms and wording together do: 80 in 100 are right, on hands left out
UNLIKELY = 0.25  # chance below which the wording outvotes even terms that are SURE by themselves
# And from which the wording alone does in a text of fewer words than FEW ("The clock is slow"), or where
# its log-odds are FAINT: of those below, 46 in 100 were right.
CLEAR, FEW, FAINT = 0.8, 5, -1.75
SURE = 0.75  # chance from which a named issue is called sure: 93 in 100 were right on hands left out
LATE = 200  # characters after which a first sign is as late as can be
WHERE = re.compile(
    r"\b(?:by|near|outside|opposite|behind|past|round|(?<!look )(?<!looked )(?<!looking )at|from|off|over|"
    r"on|up|down|through|under|to|into|towards?|via|beside|inside|in)"
    r"(?: (?:the|our|my|mi|me|a|that|them|old|new|this|all|wor|your|his|her))* $"
)
FACTS = ("term", "spot", "pairs", "terms", "first", "share", "where", "noise", "other", "phrase")
# With what the wording says (``wording``), where it knows the issue.
VOICED = (*FACTS, "whole", "most", "lead", "unsaid", "nothing", "words", "sentences", "term in words")
AMONG = (*VOICED, "others")  # and with the chances of all others
HEARD = -2.25  # log-odds from which the wording alone makes an issue worth weighing
QUIET = -8.0  # log-odds below this say no more than this
SOMETHING = -4.0  # and those of NOTHING below this: that a post is about some issue speaks for none of them

Model = dict[str, tuple[float, ...]]  # "plain", "voiced" and "among": the bias, then one weight a fact
# Slug to log-odds of the post and of its loudest sentence; empty where the wording was not asked.
Voices = Mapping[str, Sequence[float]]


@cache
def weights() -> Model:
    """The weights that come with the project."""
    return flat(json.loads(MODEL.read_text(encoding="utf-8")))


def flat(models: dict[str, dict[str, Any]]) -> Model:
    """Models as learnt, {name: {"bias", "weights": {fact: weight}}}, as ``chances`` reads them."""
    return {
        name: (models[name]["bias"], *(models[name]["weights"][fact] for fact in facts))
        for name, facts in (("plain", FACTS), ("voiced", VOICED), ("among", AMONG))
        if name in models
    }


def chances(
    text: Text, signs: "dict[str, Signs]", noise: frozenset[str], voices: Voices, model: Model | None = None
) -> dict[str, float]:
    """Slug to the chance that the post is about it, for every issue that something speaks for.

    ``noise`` are the slugs of the filter classes: they are not weighed, but speak against issues.
    """
    known, rows = model or weights(), facts(text, signs, noise, voices)
    first = alone(rows, known)
    return first | {slug: _chance(known["among"], row) for slug, row in among(rows, first).items()}


def alone(rows: dict[str, list[float]], model: Model) -> dict[str, float]:
    """Slug to the chance of each issue by its own facts."""
    kinds = ((slug, "voiced" if len(row) > len(FACTS) else "plain") for slug, row in rows.items())
    return {slug: _chance(model[kind], rows[slug]) for slug, kind in kinds}


def among(rows: dict[str, list[float]], chances: dict[str, float]) -> dict[str, list[float]]:
    """The facts with how many others are likely, of the issues that the wording knows."""
    whole = sum(chances.values())
    return {slug: [*row, whole - chances[slug]] for slug, row in rows.items() if len(row) > len(FACTS)}


def _chance(weights: Sequence[float], row: list[float]) -> float:
    bias, *each = weights
    return 1 / (1 + math.exp(-bias - sum(w * f for w, f in zip(each, row, strict=True))))


def counted(
    text: Text, signs: "dict[str, Signs]", noise: frozenset[str], voices: Voices, model: Model | None = None
) -> dict[str, float]:
    """Slug to chance, of the issues that count: by terms and wording together, or by their terms alone."""
    named = chances(text, signs, noise, {}, model)
    together = chances(text, signs, noise, voices, model) if voices else named
    few = len(text.low.split()) < FEW
    return {
        slug: chance
        for slug, chance in together.items()
        if chance >= _wanted(slug in named, few, voices.get(slug))
        or (named.get(slug, 0.0) >= SURE and chance >= UNLIKELY)
    }


def _wanted(named: bool, few: bool, voice: Sequence[float] | None) -> float:
    """The chance from which an issue counts."""
    if voice is None:
        return ENOUGH
    return CLEAR if not named and (few or sum(voice) / 2 < FAINT) else WORDED


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
        unsaid = [0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, filtered, rival, 0.0]
        _voiced(rows, voices, unsaid, math.log1p(len(text.low.split())), math.log(len(text.sentences) or 1))
    return rows


def _voiced(
    rows: dict[str, list[float]], voices: Voices, unsaid: list[float], words: float, sentences: float
) -> None:
    """The voices added to the rows; ``unsaid`` are the facts of an issue that no sign speaks for."""
    mean = {slug: max(sum(said) / 2, QUIET) for slug, said in voices.items() if slug != NOTHING}
    loud = sorted(mean.values(), reverse=True)[:2]
    nothing = max(voices[NOTHING][0], SOMETHING)
    for slug, voice in mean.items():
        if slug in rows or voice >= HEARD:
            rival = loud[1] if voice == loud[0] else loud[0]
            alone = slug not in rows
            own = rows.setdefault(slug, list(unsaid))
            said = (max(each, QUIET) for each in voices[slug])
            own += [*said, voice - rival, float(alone), nothing, words, sentences, own[0] * words]


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
