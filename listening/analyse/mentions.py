"""Names of local places as they stand in a post, without the namesakes.

A name is found whole, in short, with a slip, or by its distinctive part beside a word of its kind
("the lollipop man at Hillocks"). What is not meant is refused in ``namesakes``.
"""

import re
from dataclasses import replace
from typing import Any

from listening.analyse.gazetteer import Gazetteer, Mention, Name
from listening.analyse.matching import Hit, Text, longest
from listening.analyse.namesakes import Refusals, is_quiet

MOST = 60  # names read of one post; a longer list is a timetable or a street index, not talk
_LOCATED = re.compile(
    r"\b(?:in|at|near|on|from|to|around|round|of|by|through|thru|across|over|off|up|down|along|towards|"
    r"outside|past|behind|between|under|via|for|into|where) (?:the |t')?$"
    r"|(?:\d[a-z]?|\[number\]),? $"  # a house's number
)
_LISTED = re.compile(r"(?:, ?|,? (?:and|or|&) )")
_GATE = re.compile(r"\b(?:at|outside|from) $")  # of a school
_WORDS = re.compile(r"[a-z0-9&]+")
ON = re.compile(r"\b(?:on|down|up|off|along|onto) $")  # before a street called by its first word


def find(text: Text, gazetteer: Gazetteer, lists: dict[str, frozenset[str]]) -> list[Mention]:
    """The local names a post mentions, in order; foreign namesakes and people left out.

    ``lists`` are the word lists of ``names.yaml``: given, titles, verbs, continuations, cues.
    """
    found = gazetteer.matcher.find(text.low)
    met = [hit for hit in found if not hit.value.cues or _cued(text, hit, lists)]
    met += _slips(text, gazetteer, met)
    if not met:
        return []
    kept = Refusals(text, _apart(longest(met))[:MOST], gazetteer, lists).kept()
    return [Mention(*hit, _is_located(text, hit, kept)) for hit in kept]


def _slips(text: Text, gazetteer: Gazetteer, met: list[Hit[Name]]) -> list[Hit[Name]]:
    """Streets written with a slip, where no name stands already."""
    found = [
        Hit(s, e, replace(gazetteer.streets[n], slip=True)) for s, e, n in gazetteer.slipped.find(text.low)
    ]
    known = [m for m in met if m.value.is_place and not m.value.slip]
    return [s for s in found if not any(m.start < s.end and s.start < m.end for m in known)]


def _apart(hits: list[Hit[Name]]) -> list[Hit[Name]]:
    """Hits that do not overlap: the first of two stays; of equal ones that which its cue speaks for."""
    kept: list[Hit[Name]] = []
    for hit in sorted(hits, key=lambda h: (h.start, -h.end, not h.value.cues)):
        if not kept or hit.start >= kept[-1].end:
            kept.append(hit)
    return kept


def _cued(text: Text, hit: Hit[Name], lists: dict[str, frozenset[str]]) -> bool:
    """Whether a part of a name stands for the whole: "on Outram", "Hillocks" beside a word of schools."""
    if hit.value.cues == "street_cues":
        plain = text.original[hit.start].isupper() or is_quiet(text)
        return (
            plain
            and ON.search(text.low, 0, hit.start) is not None
            and text.low[hit.end : hit.end + 2] != "'s"
        )
    start, end = text.sentences[text.sentence(hit.start)]
    if hit.value.cues in ("hospital_cues", "leisure_cues"):  # such stories run over several sentences
        start, end = 0, len(text.low)
    elif hit.value.cues == "school_cues" and not hit.value.anchored and _GATE.search(text.low, 0, hit.start):
        return True
    around = _WORDS.findall(text.low[start : hit.start] + text.low[hit.end : end])
    return not lists[hit.value.cues].isdisjoint(around)


def _is_located(text: Text, hit: Hit[Name], kept: list[Hit[Name]]) -> bool:
    """Whether "in", "from" … stands before a name, or before a list of local names it belongs to."""
    if _LOCATED.search(text.low, max(0, hit.start - 16), hit.start):
        return True
    gaps = [(text.low[o.end : hit.start], text.low[hit.end : o.start]) for o in kept if o is not hit]
    return any(_LISTED.fullmatch(before) or _LISTED.fullmatch(after) for before, after in gaps)


def word_lists(lexicon: dict[str, Any]) -> dict[str, frozenset[str]]:
    """``names.yaml`` as sets of lower-case words."""
    return {key: frozenset(str(w).lower() for w in words) for key, words in lexicon.items()}
