"""Which issues a post names: several, one or none, with the words that say so.

Three steps, after the trial of 22 November 2026 on local posts:

1. Terms of the taxonomy, whole words; inside a longer term a shorter one is not counted.
   A term written all in capitals (SEND, RIP) is found in capitals only: in lower case it is
   another word.
2. An exclusion masks its own span, never the post: "rocky road" hides that road, not the pothole
   beside it.
3. An object and a failure within eight words of one sentence ("bin … not emptied") imply the
   issue where no term names it.

A place name raises no issue by itself ("Titchfield Park" is not talk of parks), unless a failure
word follows it closely ("Hucknall Library is closing").
"""

import re
from collections import defaultdict
from typing import Any, NamedTuple

from listening.analyse.matching import Evidence, Hit, Matcher, Span, Text, longest, near
from listening.area import Issue

_NAMES = frozenset(["term", "spot", "object"])
_WHERE = re.compile(
    r"\b(?:by|near|outside|opposite|behind|past|round|at|from|off|over|on|up|down|through|under|to|into|"
    r"towards?|via|beside|inside|in|next to|front of|corner of|end of|side of|after)"
    r"(?: (?:the|our|my|mi|me|a|that|them|old|new|this|all|wor|your|his|her))* $"
)
APART = 8  # words between object and failure, at most
FOLLOWS = 4  # words after a place name in which a failure word unmasks it


class Sense(NamedTuple):
    """What a spelling stands for: its issue and its part there."""

    slug: str
    part: str  # term, exclude, object, failure
    family: int = -1
    capitals: bool = False


Found = dict[str, Evidence]


class Taxonomy:
    """The area's issues, ready to be searched for."""

    def __init__(self, issues: tuple[Issue, ...]) -> None:
        self._order = {issue.slug: n for n, issue in enumerate(issues)}
        self._matcher = Matcher([entry for issue in issues for entry in _entries(issue)], inflect=True)

    def find(self, text: Text, places: list[Span], faults: list[Hit[Any]]) -> Found:
        """Slug to evidence, in the order of the taxonomy; filter classes are among them.

        ``places`` are the spans of place names, ``faults`` the failure words anywhere in the text.
        """
        hits = [h for h in self._matcher.find(text.low) if not h.value.capitals or _upper(text, h)]
        hits = _unmasked(hits)
        named = longest([h for h in hits if h.value.part in _NAMES])
        masks = _masks(text, places, faults)
        terms = [h for h in named if h.value.part == "term" and not _inside(h, masks)]
        found = _by_term(terms, "term", "sure")
        for slug, evidence in _by_failure(text, named, hits).items():
            found.setdefault(slug, evidence)
        spots = [h for h in named if h.value.part == "spot" and not _inside(h, masks)]
        spots = [h for h in spots if not _in_passing(text, h, faults)]
        for slug, evidence in _by_term(spots, "term", "likely").items():
            found.setdefault(slug, evidence)
        return {slug: found[slug] for slug in sorted(found, key=self._order.__getitem__)}


def _entries(issue: Issue) -> list[tuple[str, Sense]]:
    entries = [(t, Sense(issue.slug, "term", capitals=t.isupper())) for t in issue.terms]
    entries += [(t, Sense(issue.slug, "spot")) for t in issue.spots]
    entries += [(t, Sense(issue.slug, "exclude")) for t in issue.exclude]
    for n, (objects, failures) in enumerate(issue.failures):
        entries += [(t, Sense(issue.slug, "object", n)) for t in objects]
        entries += [(t, Sense(issue.slug, "failure", n)) for t in failures]
    return entries


def _upper(text: Text, hit: Hit[Sense]) -> bool:
    return text.original[hit.start : hit.end].isupper()


def _masks(text: Text, places: list[Span], faults: list[Hit[Any]]) -> list[Span]:
    """The place names that hide what is inside them."""
    return [place for place in places if not any(_follows(text, place, fault) for fault in faults)]


def _follows(text: Text, place: Span, fault: Hit[Any]) -> bool:
    gap = text.low[place[1] : fault.start]
    return fault.start >= place[1] and len(gap) < 60 and "\n" not in gap and len(gap.split()) < FOLLOWS


def _inside(hit: Hit[Sense], spans: list[Span]) -> bool:
    return any(start <= hit.start and hit.end <= end for start, end in spans)


def _in_passing(text: Text, hit: Hit[Sense], faults: list[Hit[Any]]) -> bool:
    """Whether a thing says where ("by the bus stop") and nothing is said to be wrong with it."""
    if not _WHERE.search(text.low, max(0, hit.start - 40), hit.start):
        return False
    return not any(_follows(text, (hit.start, hit.end), fault) for fault in faults)


def _unmasked(hits: list[Hit[Sense]]) -> list[Hit[Sense]]:
    """Hits outside the exclusions of their own issue."""
    excluded: dict[str, list[Hit[Sense]]] = defaultdict(list)
    for hit in hits:
        if hit.value.part == "exclude":
            excluded[hit.value.slug].append(hit)
    return [
        hit
        for hit in hits
        if hit.value.part != "exclude"
        and not any(_hides(mask, hit) for mask in excluded.get(hit.value.slug, ()))
    ]


def _hides(mask: Hit[Sense], hit: Hit[Sense]) -> bool:
    """Whether an exclusion hides a hit: they overlap, and the hit is not a longer, plainer phrase."""
    if hit.start <= mask.start and mask.end <= hit.end and (hit.start, hit.end) != (mask.start, mask.end):
        return False
    return hit.start < mask.end and mask.start < hit.end


def _by_term(hits: list[Hit[Sense]], how: str, confidence: str) -> Found:
    found: Found = {}
    for start, end, sense in hits:
        found.setdefault(sense.slug, Evidence([], how, confidence)).spans.append((start, end))
    return found


def _by_failure(text: Text, named: list[Hit[Sense]], hits: list[Hit[Sense]]) -> Found:
    objects: dict[tuple[str, int], list[Hit[Sense]]] = defaultdict(list)
    failures: dict[tuple[str, int], list[Hit[Sense]]] = defaultdict(list)
    for hit in named:
        if hit.value.part == "object":
            objects[hit.value.slug, hit.value.family].append(hit)
    for hit in hits:
        if hit.value.part == "failure":
            failures[hit.value.slug, hit.value.family].append(hit)
    found: Found = {}
    for key in objects.keys() & failures.keys():
        for thing, failure in near(text, objects[key], failures[key], APART):
            evidence = found.setdefault(key[0], Evidence([], "failure", "likely"))
            evidence.spans += [(thing.start, thing.end), (failure.start, failure.end)]
    return found
