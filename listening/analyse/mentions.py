"""Names of local places as they stand in a post, without the namesakes.

A name is refused where the words around it say that something else is meant: another town's
street ("Church Street in Chester"), a person ("Harold Underwood", "Underwood bowled well"), a
longer name we don't know ("Selston Smith", "Hucknall Road"), or an ordinary word in lower case.
Refusal costs a post its ward; a namesake costs the ward its good name.
"""

import re
from typing import Any, NamedTuple

from listening.analyse.gazetteer import STREET_WORDS, Gazetteer, Name
from listening.analyse.matching import Hit, Text, longest

_ATTACHED_AFTER = re.compile(r"(?:'s)?\s*[,(]?\s*(?:in|at|over in|up in|down in)?\s*")
_NEAR_AFTER = re.compile(r"\s*[,(]?\s*(?:near|outside|just outside|by)\s*")
_LIST_GOES_ON = re.compile(r"\s*(?:,|and\b|or\b|&)")
_WORD_BEFORE = re.compile(r"([^\W\d_][\w'’.]*) $")
_WORD_AFTER = re.compile(r" ([^\W\d_][\w'’]*)")
_PREPOSITION_BEFORE = re.compile(r"\b(?:in|at|near|on|from|to|around|of|by|through|for|into|and) $")
# After "hucknall road" in a post without capitals these say that the road is no name.
_COMMON_AFTER = re.compile(
    r"(?:road|street) (?:lights?|lighting|works?|closures?|cleaning|signs?|sweepers?)\b"
)
MOST = 60  # names read of one post; a longer list is a timetable or a street index, not talk
_QUIET_STREETS = frozenset(["road", "rd", "street", "lane", "ln", "avenue", "drive", "crescent"])


class Mention(NamedTuple):
    """A local name in a post."""

    start: int
    end: int
    name: Name


def find(text: Text, gazetteer: Gazetteer, lists: dict[str, frozenset[str]]) -> list[Mention]:
    """The local names a post mentions, in order; foreign namesakes and people left out.

    ``lists`` are the word lists of ``names.yaml``: given, titles, verbs, continuations.
    """
    hits = _apart(longest(gazetteer.matcher.find(text.low)))[:MOST]
    if not hits:
        return []
    quiet = text.original == text.original.lower()
    people = {text.low[h.start : h.end] for h in hits if _person(text, h, lists)}
    foreign = [h for h in hits if h.value.kind == "elsewhere" and _is_foreign(text, h, quiet)]
    return [
        Mention(*hit)
        for hit in hits
        if hit.value.kind != "elsewhere"
        and not _elsewhere(text, hit, foreign, gazetteer)
        and not _part_of_longer(text, hit, quiet)
        and not _ordinary_word(text, hit, quiet)
        and text.low[hit.start : hit.end] not in people  # once a person, a person throughout the post
        and not _unknown_after(text, hit, gazetteer, lists)
    ]


def attached(text: Text, name: Mention | Hit[Name], other: Mention | Hit[Name]) -> bool:
    """Whether another name says directly where this one is: "Mill Road, Stenby", "Stenby's Mill Road"."""
    if other.start >= name.end:
        gap = text.low[name.end : other.start]
        return len(gap) <= 14 and "\n" not in gap and _ATTACHED_AFTER.fullmatch(gap) is not None
    return text.low[other.end : name.start] in (" ", "'s ")


def _apart(hits: list[Hit[Name]]) -> list[Hit[Name]]:
    """Hits that do not overlap: the first of two stays."""
    kept: list[Hit[Name]] = []
    for hit in hits:
        if not kept or hit.start >= kept[-1].end:
            kept.append(hit)
    return kept


def _is_foreign(text: Text, hit: Hit[Name], quiet: bool) -> bool:
    if text.original[hit.start].isupper():
        return True
    return not hit.value.needs_capital and (quiet or text.low[: hit.start].endswith(" in "))


def _elsewhere(text: Text, hit: Hit[Name], foreign: list[Hit[Name]], gazetteer: Gazetteer) -> bool:
    """Whether an outside place stands right after the name (or right before a street)."""
    for other in foreign:
        close = attached(text, hit, other) or _NEAR_AFTER.fullmatch(text.low, hit.end, other.start)
        if not close or (other.start < hit.start and not hit.value.is_place):
            continue
        listed = "," in text.low[hit.end : other.start] and _LIST_GOES_ON.match(text.low, other.end)
        if listed:  # "in Sutton, Mansfield and Kirkby" lists towns
            continue
        county = any(word.startswith(text.low[other.start : other.end]) for word in gazetteer.home)
        if not (county and hit.value.kind in ("town", "area")):  # "Hucknall, Nottingham" is an address
            return True
    return False


def _part_of_longer(text: Text, hit: Hit[Name], quiet: bool) -> bool:
    """Whether a street word makes it the name of a road we don't know: "Hucknall Road"."""
    following = _WORD_AFTER.match(text.original, hit.end)
    if hit.value.is_place or following is None:
        return False
    word = following[1]
    if word[0].isupper():
        return word.lower() in STREET_WORDS and text.original[hit.start].isupper()
    return quiet and word in _QUIET_STREETS and not _COMMON_AFTER.match(text.low, following.start(1))


def _ordinary_word(text: Text, hit: Hit[Name], quiet: bool) -> bool:
    """Whether a name without a word like Road or Park is written small, as any word is.

    In a post without any capital, several words are still a name, and one word after "in" or "at".
    """
    if hit.value.typed or hit.value.kind in ("town", "area"):
        return False
    words = text.original[hit.start : hit.end].split()
    if any(c.isupper() for word in words for c in word if word.lower() != "the"):
        return False
    return not quiet or (len(words) == 1 and not _PREPOSITION_BEFORE.search(text.low, 0, hit.start))


def _single(text: Text, hit: Hit[Name]) -> bool:
    return " " not in text.low[hit.start : hit.end]


def _person(text: Text, hit: Hit[Name], lists: dict[str, frozenset[str]]) -> bool:
    """Whether a title or given name stands before, or a deed only people do stands after."""
    if not _single(text, hit):
        return False
    before = _WORD_BEFORE.search(text.original, max(0, hit.start - 24), hit.start)
    if before and before[1][0].isupper():
        word = before[1].lower().rstrip(".")
        if word in lists["titles"] or word in lists["given"]:
            return True
    after = _WORD_AFTER.match(text.low, hit.end)
    return after is not None and after[1] in lists["verbs"]


def _unknown_after(
    text: Text, hit: Hit[Name], gazetteer: Gazetteer, lists: dict[str, frozenset[str]]
) -> bool:
    """Whether a capitalised word that belongs to no name of ours follows a one-word place.

    Towns are exempt: shops and clubs carry their names; their namesakes stand in ``elsewhere``.
    In headlines and shouting every word has a capital, so the rule says nothing there.
    """
    if hit.value.kind in ("town", "area") or not _single(text, hit):
        return False
    following = _WORD_AFTER.match(text.original, hit.end)
    if following is None or not following[1][0].isupper():
        return False
    word = following[1].lower()
    known = word in lists["continuations"] or word in gazetteer.local_words
    return not known and not _headline(text.original)


def _headline(text: str) -> bool:
    words = [w for w in text.split() if w[0].isalpha()]
    return sum(w[0].isupper() for w in words) > 0.6 * len(words) and len(words) > 3


def word_lists(lexicon: dict[str, Any]) -> dict[str, frozenset[str]]:
    """``names.yaml`` as sets of lower-case words."""
    return {key: frozenset(str(w).lower() for w in words) for key, words in lexicon.items()}
