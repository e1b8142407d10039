"""Names that look local and are not meant: another town's street, a person, a word, a thing denied.

Refusal costs a post its ward; a namesake costs the ward its good name.
"""

import re

from listening.analyse.gazetteer import STREET_WORDS, Gazetteer, Mention, Name
from listening.analyse.matching import Hit, Text

_NEXT_TO = re.compile(r"(?:'s)?(?:\s*[,(]?\s*(?:in|at|over in|up in|down in)?\s*|\? in )")
_NEAR_AFTER = re.compile(r"\s*[,(]?\s*(?:near|outside|just outside|by)\s*")
_LIST_GOES_ON = re.compile(r"\s*(?:,|and\b|or\b|&)")
_LIST_ENDS = re.compile(r",? (?:and|or|&) ")
_WORD_BEFORE = re.compile(r"([^\W\d_][\w'’.]*) $")
_WORD_AFTER = re.compile(r" ([^\W\d_][\w'’]*)")
_PREPOSITION_BEFORE = re.compile(
    r"\b(?:in|at|near|on|from|to|around|round|of|by|through|thru|for|into|and|or|across|over|off|up|down|"
    r"along|towards|outside|past|behind|between|under|via) (?:the |t')?$"
)
_DENIED_BEFORE = re.compile(
    r"(?:\b|auto)(?:not|isn't|isnt|wasn't|wasnt|ain't|aint|wrong|different|called|named|spelt|spelled|"
    r"corrected to) (?:in |on |the )?$"
)
_DENIED_AFTER = re.compile(r"(?:'s|s| is)?(?: also)? a (?:\w+ )?(?:sur)?name\b|[^.!?\n]{0,24}\bnot ours\b")
_KIN_BEFORE = re.compile(r"\bour $")
_KIN_AFTER = re.compile(r"'?s (?:had|got|been|having|getting|off|back|a|in|at|just)\b")
_ANY_BEFORE = re.compile(r"\b(?:a|an|every) $")  # "they all have a high street"
# After "hucknall road" in a post without capitals these say that the road is no name.
_COMMON_AFTER = re.compile(
    r"(?:road|street) (?:lights?|lighting|works?|closures?|cleaning|signs?|sweepers?)\b"
)
_ALWAYS = ("called", "named", "surname", "mr", "mrs", "ms", "dr", "cllr")  # however they are written
_LONG = 7  # letters of a misspelt name that can hardly be another word
_CAPITALISED = re.compile(r"\b[A-Z][a-z]")
_QUIET_STREETS = frozenset(["road", "rd", "street", "lane", "ln", "avenue", "drive", "crescent"])


def stands(pattern: re.Pattern[str], low: str, end: int) -> bool:
    """Whether a short pattern that ends in ``$`` stands right before a place in a folded text."""
    return pattern.search(low, max(0, end - 24), end) is not None


def attached(text: Text, name: Mention | Hit[Name], other: Mention | Hit[Name]) -> bool:
    """Whether another name says directly where this one is: "Mill Road, Stenby", "Stenby's Mill Road"."""
    if other.start >= name.end:
        gap = text.low[name.end : other.start]
        return len(gap) <= 14 and "\n" not in gap and _NEXT_TO.fullmatch(gap) is not None
    return text.low[other.end : name.start] in (" ", "'s ")


def is_quiet(text: Text) -> bool:
    """Whether the writer sets no capitals, so that a small letter says nothing; shouted words aside."""
    return _CAPITALISED.search(text.original) is None


_TOWNS = ("town", "area", "village")


class Refusals:
    """What is refused among the hits of one text, none of which overlap."""

    def __init__(
        self, text: Text, hits: list[Hit[Name]], gazetteer: Gazetteer, lists: dict[str, frozenset[str]]
    ) -> None:
        self.text, self.hits, self.gazetteer, self.lists = text, hits, gazetteer, lists
        self.quiet = is_quiet(text)
        self.foreign = [h for h in hits if h.value.kind == "elsewhere" and self._is_foreign(h)]
        self.people = {text.low[h.start : h.end] for h in hits if self._person(h)}

    def kept(self) -> list[Hit[Name]]:
        """The local names that are meant, in order."""
        tests = (
            self._elsewhere,
            self._part_of_longer,
            self._ordinary_word,
            self._denied,
            self._unknown_after,
        )
        kept = [
            hit
            for hit in self.hits
            if hit.value.kind != "elsewhere"
            and self.text.low[hit.start : hit.end] not in self.people  # a person once is one throughout
            and not any(test(hit) for test in tests)
        ]
        return [hit for hit in kept if not self._far_away(hit, kept)]

    def _is_foreign(self, hit: Hit[Name]) -> bool:
        if self.text.original[hit.start].isupper():
            return True
        before = self.text.low[max(0, hit.start - 4) : hit.start]
        return before.endswith(" in ") or (self.quiet and not hit.value.needs_capital)

    def _elsewhere(self, hit: Hit[Name]) -> bool:
        """Whether an outside place stands right after the name (or right before a street)."""
        low = self.text.low
        for other in self.foreign:
            if not (attached(self.text, hit, other) or _NEAR_AFTER.fullmatch(low, hit.end, other.start)):
                continue
            if other.start < hit.start and not hit.value.is_place:
                continue
            gap, following = low[hit.end : other.start], self.text.original[other.end : other.end + 2]
            word = other.value.needs_capital and other.start > hit.start and " in " not in gap
            if word and following[:1] == " " and following[1:].islower():  # "Weir Lane, Nice one"
                continue
            goes_on = (_LIST_ENDS if hit.value.is_place else _LIST_GOES_ON).match(low, other.end)
            if "," in gap and goes_on:
                continue  # "in Sutton, Mansfield and Kirkby" lists towns
            county = any(word.startswith(low[other.start : other.end]) for word in self.gazetteer.home)
            if not (county and hit.value.kind in ("town", "area")):  # "Hucknall, Nottingham" is an address
                return True
        return False

    def _far_away(self, hit: Hit[Name], kept: list[Hit[Name]]) -> bool:
        """Whether a common name shares a post with a distant place, and no town of ours is named."""
        ordinary = (hit.value.anchored and not hit.value.typed) or self.gazetteer.is_common(hit.value)
        if not (ordinary or hit.value.anchored) or any(k.value.kind in _TOWNS for k in kept):
            return False
        where = self.text.sentence(hit.start)
        far = [self.text.sentence(f.start) for f in self.foreign if f.value.far]
        return bool(far) if ordinary else where in far

    def _part_of_longer(self, hit: Hit[Name]) -> bool:
        """Whether a street word makes it the name of a road we don't know: "Hucknall Road"."""
        following = _WORD_AFTER.match(self.text.original, hit.end)
        if hit.value.kind == "street" or following is None:
            return False
        word = following[1]
        if word[0].isupper():
            return word.lower() in STREET_WORDS and self.text.original[hit.start].isupper()
        common = _COMMON_AFTER.match(self.text.low, following.start(1))
        return self.quiet and word in _QUIET_STREETS and not common

    def _ordinary_word(self, hit: Hit[Name]) -> bool:
        """Whether a name that is an ordinary word, or written with a slip, is written small.

        After "in" or "at" it is still a name; and in a post without capitals, where it has several words.
        """
        name = hit.value
        if name.cues or not (name.slip or (name.anchored and not name.typed)):
            return False
        words = self.text.original[hit.start : hit.end].split()
        if any(c.isupper() for word in words for c in word if word.lower() != "the"):
            return False
        if self.quiet and (len(words) > 1 or (name.slip and len(words[0]) >= _LONG)):
            return False
        return not stands(_PREPOSITION_BEFORE, self.text.low, hit.start)

    def _denied(self, hit: Hit[Name]) -> bool:
        """Whether the words around say that the place is not meant, or that any such street would do."""
        low = self.text.low
        if stands(_DENIED_BEFORE, low, hit.start) or _DENIED_AFTER.match(low, hit.end):
            return True
        if self._single(hit) and hit.value.kind not in ("town", "area"):
            kin = stands(_KIN_BEFORE, low, hit.start) and _KIN_AFTER.match(low, hit.end)
            return bool(kin)
        return hit.value.kind == "street" and stands(_ANY_BEFORE, low, hit.start)

    def _single(self, hit: Hit[Name]) -> bool:
        return " " not in self.text.low[hit.start : hit.end]

    def _person(self, hit: Hit[Name]) -> bool:
        """Whether a title or given name stands before, or a deed only people do stands after."""
        if not self._single(hit):
            return False
        before = _WORD_BEFORE.search(self.text.original, max(0, hit.start - 24), hit.start)
        if before:
            word = before[1].lower().rstrip(".")
            if before[1][0].isupper() and (word in self.lists["titles"] or word in self.lists["given"]):
                return True
            if word in _ALWAYS:
                return True
        after = _WORD_AFTER.match(self.text.low, hit.end)
        return after is not None and after[1] in self.lists["verbs"]

    def _unknown_after(self, hit: Hit[Name]) -> bool:
        """Whether a capitalised word that belongs to no name of ours follows a one-word place.

        Towns are exempt: shops and clubs carry their names; their namesakes stand in ``elsewhere``.
        In headlines and shouting every word has a capital, so the rule says nothing there.
        """
        if hit.value.kind in ("town", "area") or not self._single(hit):
            return False
        following = _WORD_AFTER.match(self.text.original, hit.end)
        if (
            following
            and (hit.value.anchored or hit.value.cues)
            and following[1].lower() in self.lists["clubs"]
        ):
            return True
        if following is None or not following[1][0].isupper():
            return False
        word = following[1].lower()
        known = word in self.lists["continuations"] or word in self.gazetteer.local_words
        return not known and not _headline(self.text.original)


def _headline(text: str) -> bool:
    words = [w for w in text.split() if w[0].isalpha()]
    return sum(w[0].isupper() for w in words) > 0.6 * len(words) and len(words) > 3
