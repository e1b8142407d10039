"""Text as it is matched: folded, cut into sentences, searched for whole words.

Matching works on a lower-cased copy of the same length as the original, so that a span found in
the copy cuts the evidence out of what was really written.
Many terms are searched at once with an Aho-Corasick automaton (Aho and Corasick 1975, through
``ahocorasick_rs`` 1.0.3). It looks for every occurrence and the word boundaries are checked here:
an automaton that only reports the longest match loses "litter bin" where a longer term begins at
the same place and then ends inside a word.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Set
from dataclasses import dataclass, field
from typing import Any, Generic, NamedTuple, TypeVar

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

T = TypeVar("T")
Span = tuple[int, int]

# Curly apostrophes become straight ones, hyphens and odd spaces a plain space; none changes the length.
# One replacement after the other: str.translate asks a dictionary for every character of such a text.
_FOLD = [*((mark, "'") for mark in "`’‘ʼ´＇"), *((blank, " ") for blank in "-\t‐‑‒–—\u00a0\u202f")]
_FOLD_ASCII = [(old, new) for old, new in _FOLD if old.isascii()]
_END = re.compile(r"[.!?…]+[\"')\]”’]*\s+|\n+")
_POSSESSIVE = re.compile(r"([^\W\d_]{3,})s (?=\S)")
_ABBREVIATIONS = frozenset(
    [
        *(
            "rd",
            "st",
            "ave",
            "ln",
            "dr",
            "cres",
            "cl",
            "gdns",
            "ct",
            "pl",
            "sq",
            "terr",
            "no",
            "nr",
            "approx",
        ),
        *("mr", "mrs", "ms", "prof", "rev", "cllr", "cllrs", "sgt", "e.g", "i.e", "vs"),
    ]
)
LONGEST = 20_000  # characters read of one post: longer texts are hostile or documents, not talk
SMALL = 2_000  # terms
_WORDS_KEPT = 8  # evidence words kept per label: enough to show why, short enough for a row


def fold(text: str) -> str:
    """The text in lower case with straight apostrophes and no hyphens, letter for letter as long."""
    low = text.lower()
    if len(low) != len(text):  # a few letters (the Turkish İ) grow when lower-cased
        low = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    for old, new in _FOLD_ASCII if low.isascii() else _FOLD:
        low = low.replace(old, new)
    return low


@dataclass(slots=True)
class Text:
    """A post's words: title and text together, and where its sentences lie."""

    original: str
    low: str
    title_end: int  # 0 where there is no title
    sentences: list[Span]
    _starts: list[int] = field(default_factory=list)

    def sentence(self, position: int) -> int:
        """The index of the sentence a position lies in."""
        if not self._starts:
            self._starts = [s for s, _ in self.sentences]
        return max(0, bisect_right(self._starts, position) - 1)


def read(title: Any, text: Any) -> Text:
    """Title and text as one Text; anything that is not a string counts as absent.

    Many feeds repeat the title at the start of the text; then the text alone is read.
    """
    head = title.strip() if isinstance(title, str) else ""
    body = text.strip() if isinstance(text, str) else ""
    if head and body and body.lower().startswith(head.rstrip("….").lower()):
        head = ""
    whole = (f"{head}\n{body}" if head and body else head or body)[:LONGEST]
    return Text(whole, fold(whole), len(head), sentences(whole))


def sentences(text: str) -> list[Span]:
    """Where each sentence starts and ends; at least one span, an empty text has one of length 0."""
    spans, start = [], 0
    for end in _END.finditer(text):
        if end.group().strip() == "." and _abbreviated(text, start, end.start()):
            continue
        spans.append((start, end.end()))
        start = end.end()
    if start < len(text) or not spans:
        spans.append((start, len(text)))
    return spans


def _abbreviated(text: str, start: int, end: int) -> bool:
    last = text[max(start, end - 8) : end].lower().split()
    return bool(last) and last[-1] in _ABBREVIATIONS


class Hit(NamedTuple, Generic[T]):
    """A term found: its span, and what it stands for."""

    start: int
    end: int
    value: T


_HIT: Any = tuple.__new__  # a Hit without the detour over its class's own: this runs for every term found


class Matcher(Generic[T]):
    """Finds many terms at once, whole words only.

    A term ending in ``*`` stands for any word that begins so. With ``inflect`` the last word of a
    term is found in singular and plural. Several terms may share a spelling.
    """

    def __init__(self, terms: Iterable[tuple[str, T]], inflect: bool = False) -> None:
        spellings: dict[str, list[tuple[T, bool]]] = {}
        for term, value in terms:
            word = fold(term).strip()
            is_open = word.endswith("*")
            for spelling in _spellings(word.rstrip("* "), inflect and not is_open):
                entries = spellings.setdefault(spelling, [])
                if (value, is_open) not in entries:
                    entries.append((value, is_open))
        self._values = list(spellings.values())
        self._meant = [frozenset(value for value, _ in entries) for entries in self._values]
        # A table of all steps is quicker than one of states, and small enough for a few terms only.
        kind = Implementation.DFA if len(spellings) < SMALL else Implementation.ContiguousNFA
        self._automaton = AhoCorasick(list(spellings), matchkind=MatchKind.Standard, implementation=kind)

    def find(self, low: str, wanted: Set[T] | None = None) -> list[Hit[T]]:
        """Every whole-word occurrence in a folded text, in the order of where it ends.

        ``wanted`` are the only values looked for, where it is given.
        """
        hits: list[Hit[T]] = []
        size, values = len(low), self._values
        for index, start, end in self._automaton.find_matches_as_indexes(low, overlapping=True):
            if wanted is not None and self._meant[index].isdisjoint(wanted):
                continue
            if start and low[start - 1].isalnum() and low[start].isalnum():
                continue
            inside = end < size and low[end].isalnum() and low[end - 1].isalnum()
            for value, is_open in values[index]:
                if (inside and not is_open) or (wanted is not None and value not in wanted):
                    continue
                hits.append(_HIT(Hit, (start, _word_end(low, end) if inside else end, value)))
        return hits


def _word_end(low: str, end: int) -> int:
    while end < len(low) and low[end].isalnum():
        end += 1
    return end


def _spellings(word: str, inflect: bool) -> set[str]:
    if not word:
        return set()
    forms = {word, *(_plural(word) if inflect else ())}
    if inflect:  # "childrens centre" for "children's centre", and the other way round
        forms |= {_POSSESSIVE.sub(r"\1's ", form) for form in forms if "'" not in form}
    return forms | {form.replace("'", "") for form in forms if "'" in form}


def _plural(word: str) -> list[str]:
    """The other numbers of a term's last word: plural of a singular, singular of a plural."""
    last = word.rsplit(" ", 1)[-1]
    if last.endswith("ies") and len(last) > 4:
        return [word[:-3] + "y"]
    if last.endswith(("ss", "us", "is", "x", "ch", "sh")):
        return [word + "es"]
    if last.endswith("s"):
        return [word[:-1]] if len(last) > 4 else []
    if last.endswith("y") and last[-2:-1] not in tuple("aeiou"):
        return [word[:-1] + "ies"]
    return [word + "s"]


def longest(hits: list[Hit[T]]) -> list[Hit[T]]:
    """Hits without those that lie inside a longer one; equal spans all stay. Sorted by start."""
    if len(hits) < 2:
        return list(hits)
    kept: list[Hit[T]] = []
    widest: Span = (-1, -1)
    for hit in sorted(hits, key=lambda h: (h.start, -h.end)):
        if hit.end <= widest[1] and (hit.start, hit.end) != widest:
            continue
        kept.append(hit)
        widest = (hit.start, hit.end)
    return kept


def near(text: Text, left: list[Hit[T]], right: list[Hit[T]], words: int) -> list[tuple[Hit[T], Hit[T]]]:
    """Pairs of a left hit and its nearest right hit before or after it.

    A pair lies in one sentence with at most ``words`` words between, in either order.
    """
    ordered = sorted(right, key=lambda h: h.start)
    starts = [h.start for h in ordered]
    pairs = []
    for hit in left:
        at = bisect_right(starts, hit.start)
        for other in ordered[max(0, at - 1) : at + 1]:
            first, second = sorted((hit, other), key=lambda h: h.start)
            apart = first.end <= second.start and text.sentence(first.start) == text.sentence(second.start)
            if apart and len(text.low[first.end : second.start].split()) <= words:
                pairs.append((hit, other))
    return pairs


@dataclass(slots=True)
class Evidence:
    """Why a label stands: the spans it rests on, how they were found, how sure that is."""

    spans: list[Span]
    how: str
    confidence: str

    def plain(self, text: Text) -> dict[str, Any]:
        """As the evidence column holds it: the words as they were written, each once."""
        words = dict.fromkeys(text.original[start:end] for start, end in sorted(self.spans))
        return {"words": list(words)[:_WORDS_KEPT], "how": self.how, "confidence": self.confidence}
