"""Names of local places as they stand in a post, without the namesakes.

A name is found whole, in short, with a slip, or by its distinctive part beside a word of its kind
("the lollipop man at Hillocks"). What is not meant is refused in ``namesakes``.
"""

import re
from dataclasses import replace
from typing import Any

from listening.analyse.gazetteer import TYPE_WORDS, Gazetteer, Mention, Name
from listening.analyse.matching import Hit, Text, longest
from listening.analyse.namesakes import Refusals, is_quiet, stands

MOST = 60  # names read of one post; a longer list is a timetable or a street index, not talk
_LOCATED = re.compile(
    r"\b(?:in|at|near|on|from|to|around|round|of|by|through|thru|across|over|off|up|down|along|towards|"
    r"outside|past|behind|between|under|via|for|into|where) (?:the |t')?$"
    r"|(?:\d[a-z]?|\[number\]),? $"  # a house's number
)
_LISTED = re.compile(r"(?:, ?|,? (?:and|or|&) )")
_GATE = re.compile(r"\b(?:at|outside|from) $")  # of a school
_AFTER = re.compile(r"(?:'s)? ?([a-z]*)")
_WORDS = re.compile(r"[a-z0-9&]+")
ON = re.compile(r"\b(?:on|down|up|off|along|onto) $")  # before a street called by its first word


def find(text: Text, gazetteer: Gazetteer, lists: dict[str, frozenset[str]]) -> list[Mention]:
    """The local names a post mentions, in order; foreign namesakes and people left out.

    ``lists`` are the word lists of ``names.yaml``: given, titles, verbs, continuations, cues.
    """
    found = gazetteer.matcher.find(text.low)
    met = [hit for hit in found if hit.value.cues and _cued(text, hit, lists)]  # of two equal the first stays
    met += [hit for hit in found if not hit.value.cues]
    met += _slips(text, gazetteer, met)
    if not met:
        return []
    kept = Refusals(text, _apart(longest(met))[:MOST], gazetteer, lists).kept()
    return [Mention(*hit, _is_located(text, hit, kept, lists["things"])) for hit in kept]


def _slips(text: Text, gazetteer: Gazetteer, met: list[Hit[Name]]) -> list[Hit[Name]]:
    """Streets written with a slip, where no name stands already."""
    known = {m.end for m in met if m.value.is_place and not m.value.slip}
    return [
        Hit(start, end, replace(gazetteer.streets[name], slip=True))
        for start, end, name in gazetteer.slipped.find(text.low, known)
    ]


def _apart(hits: list[Hit[Name]]) -> list[Hit[Name]]:
    """Hits that do not overlap: the first of two stays."""
    kept: list[Hit[Name]] = []
    for hit in hits:
        if not kept or hit.start >= kept[-1].end:
            kept.append(hit)
    return kept


def _cued(text: Text, hit: Hit[Name], lists: dict[str, frozenset[str]]) -> bool:
    """Whether a part of a name stands for the whole: "on Outram", "Hillocks" beside a word of schools."""
    cues, low = hit.value.cues, text.low
    after = _AFTER.match(low, hit.end)
    if after and after[1] in TYPE_WORDS - lists[cues]:
        return False  # "on Coxmoor estate": another name
    if cues == "street_cues":
        plain = text.original[hit.start].isupper() or is_quiet(text)
        return plain and low[hit.end : hit.end + 2] != "'s" and stands(ON, low, hit.start)
    start, end = text.sentences[text.sentence(hit.start)]
    if cues in ("hospital_cues", "leisure_cues"):  # such stories run over several sentences
        start, end = 0, len(low)
    distinct = not hit.value.anchored and not low.startswith("st ", hit.start)  # saints have churches too
    if cues == "school_cues" and distinct and stands(_GATE, low, hit.start):
        return True
    around = _WORDS.findall(low[start : hit.start] + low[hit.end : end])
    return not lists[cues].isdisjoint(around)


def _is_located(text: Text, hit: Hit[Name], kept: list[Hit[Name]], things: frozenset[str]) -> bool:
    """Whether "in" … stands before a name or the list it is in, or a thing places have after it."""
    after = _AFTER.match(text.low, hit.end)
    if after and after[1] in things:  # "Underwood bins"
        return True
    if stands(_LOCATED, text.low, hit.start):
        return True
    gaps = [(text.low[o.end : hit.start], text.low[hit.end : o.start]) for o in kept if o is not hit]
    return any(_LISTED.fullmatch(before) or _LISTED.fullmatch(after) for before, after in gaps)


def word_lists(lexicon: dict[str, Any]) -> dict[str, frozenset[str]]:
    """``names.yaml`` as sets of lower-case words."""
    return {key: frozenset(str(w).lower() for w in words) for key, words in lexicon.items()}
