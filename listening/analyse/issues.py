"""Which issues a post names: several, one or none, with the words that say so.

1. Terms of the taxonomy, whole words; inside a longer term a shorter one is not counted.
   A term written all in capitals (SEND, RIP) is found in capitals only: in lower case it is
   another word. Long words are met misspelt too (``spelling``).
2. An exclusion masks its own span, never the post: "rocky road" hides that road, not the pothole
   beside it.
3. A spot is a thing that is also a place. "By the bus stop" says where and is no talk of buses,
   unless something is wrong with it.
4. An object and a failure within eight words of one sentence ("bin … not emptied"), or for some
   families anywhere in the post, imply the issue where no term names it.
5. What was found is weighed (``weighing``): one word late in a long post about something else is
   a word in passing.

A place name raises no issue by its words ("Titchfield Park" is not talk of parks), unless a failure
word follows it closely ("Hucknall Library is closing"); beside a failure it may be the object.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from listening.analyse import weighing
from listening.analyse.matching import Evidence, Hit, Matcher, Span, Text, longest, near
from listening.analyse.spelling import Speller
from listening.area import Issue

APART = 8  # words between object and failure, at most
FOLLOWS = 4  # words after a place name or spot in which a failure word unmasks it
_NAMES = frozenset(["term", "spot", "object"])


class Sense(NamedTuple):
    """What a spelling stands for: its issue and its part there."""

    slug: str
    part: str  # term, spot, exclude, object, failure
    family: int = -1
    capitals: bool = False


Found = dict[str, Evidence]


@dataclass(slots=True)
class Signs:
    """What speaks for one issue in one post: spans of terms, of spots, of objects with their failures."""

    terms: list[Span] = field(default_factory=list)
    spots: list[Span] = field(default_factory=list)
    pairs: list[Span] = field(default_factory=list)

    def evidence(self, chance: float) -> Evidence:
        """The surest kind of sign says how it was found; only a named issue can be sure."""
        if self.terms or not self.pairs:
            named = bool(self.terms) and chance >= weighing.SURE
            return Evidence(self.terms or self.spots, "term", "sure" if named else "likely")
        return Evidence(self.pairs, "failure", "likely")


class Taxonomy:
    """The area's issues, ready to be searched for."""

    def __init__(self, issues: tuple[Issue, ...], spellings: dict[str, Any]) -> None:
        self._order = {issue.slug: n for n, issue in enumerate(issues)}
        self._noise = frozenset(issue.slug for issue in issues if issue.noise)
        self._reach = {(i.slug, n): n < len(i.failures) for i in issues for n in range(_families(i))}
        entries = [entry for issue in issues for entry in _entries(issue)]
        self._matcher = Matcher(entries, inflect=True)
        self._speller = Speller(spellings, (phrase for phrase, _ in entries))

    def find(self, text: Text, places: list[Span], faults: list[Hit[Any]]) -> Found:
        """Slug to evidence, in the order of the taxonomy; filter classes are among them.

        ``places`` are the spans of place names, ``faults`` the failure words anywhere in the text.
        """
        signs = self.signs(text, places, faults)
        if not signs:
            return {}
        chances = weighing.chances(text, signs, self._noise)
        kept = [slug for slug in signs if chances.get(slug, 1.0) >= weighing.ENOUGH]
        kept.sort(key=self._order.__getitem__)
        return {slug: signs[slug].evidence(chances.get(slug, 1.0)) for slug in kept}

    def signs(self, text: Text, places: list[Span], faults: list[Hit[Any]]) -> dict[str, Signs]:
        """Slug to everything that speaks for it, before it is weighed."""
        hits = _unmasked([h for h in self._found(text.low) if not h.value.capitals or _upper(text, h)])
        named = longest([h for h in hits if h.value.part in _NAMES])
        masks = [place for place in places if not _troubled(text, place, faults)]
        signs: dict[str, Signs] = defaultdict(Signs)
        for hit in named:
            if hit.value.part == "object" or _inside(hit, masks):
                continue
            if hit.value.part == "term":
                signs[hit.value.slug].terms.append((hit.start, hit.end))
            elif not _in_passing(text, hit, faults):
                signs[hit.value.slug].spots.append((hit.start, hit.end))
        self._pair(signs, text, named, hits)
        return signs

    def _found(self, low: str) -> list[Hit[Sense]]:
        """Every phrase of the taxonomy in a folded text, misspelt words put right."""
        righted = self._speller.read(low)
        return righted.hits(self._matcher.find(righted.low)) if righted else self._matcher.find(low)

    def _pair(self, signs: dict[str, Signs], text: Text, named: list[Hit[Sense]], hits: list[Hit[Sense]]) -> None:
        """Objects with a failure of their own family: near, or anywhere where the family says so."""
        objects = _by_family([h for h in named if h.value.part == "object"])
        if not objects:
            return
        failures = _by_family([h for h in hits if h.value.part == "failure"])
        for key in objects.keys() & failures.keys():
            if self._reach[key]:
                pairs = near(text, objects[key], failures[key], APART)
            else:
                pairs = [(o, f) for o in objects[key] for f in failures[key] if _apart(o, f)][:1]
            for pair in pairs:
                signs[key[0]].pairs += [(hit.start, hit.end) for hit in pair]


def _families(issue: Issue) -> int:
    return len(issue.failures) + len(issue.together)


def _entries(issue: Issue) -> list[tuple[str, Sense]]:
    entries = [(t, Sense(issue.slug, "term", capitals=t.isupper())) for t in issue.terms]
    entries += [(t, Sense(issue.slug, "spot")) for t in issue.spots]
    entries += [(t, Sense(issue.slug, "exclude")) for t in issue.exclude]
    for n, (objects, failures) in enumerate((*issue.failures, *issue.together)):
        entries += [(t, Sense(issue.slug, "object", n)) for t in objects]
        entries += [(t, Sense(issue.slug, "failure", n)) for t in failures]
    return entries


def _by_family(hits: list[Hit[Sense]]) -> dict[tuple[str, int], list[Hit[Sense]]]:
    found: dict[tuple[str, int], list[Hit[Sense]]] = defaultdict(list)
    for hit in hits:
        found[hit.value.slug, hit.value.family].append(hit)
    return found


def _apart(one: Hit[Sense], other: Hit[Sense]) -> bool:
    return one.end <= other.start or other.end <= one.start


def _upper(text: Text, hit: Hit[Sense]) -> bool:
    return text.original[hit.start : hit.end].isupper()


def _troubled(text: Text, place: Span, faults: list[Hit[Any]]) -> bool:
    """Whether a failure word follows a place name or spot closely."""
    return any(_follows(text, place, fault) for fault in faults)


def _follows(text: Text, place: Span, fault: Hit[Any]) -> bool:
    if not 0 <= fault.start - place[1] < 60:
        return False
    gap = text.low[place[1] : fault.start]
    return "\n" not in gap and len(gap.split()) < FOLLOWS


def _inside(hit: Hit[Sense], spans: list[Span]) -> bool:
    return any(start <= hit.start and hit.end <= end for start, end in spans)


def _in_passing(text: Text, hit: Hit[Sense], faults: list[Hit[Any]]) -> bool:
    """Whether a spot says where ("by the bus stop") and nothing is said to be wrong with it."""
    where = weighing.WHERE.search(text.low, max(0, hit.start - 40), hit.start)
    return where is not None and not _troubled(text, (hit.start, hit.end), faults)


def _unmasked(hits: list[Hit[Sense]]) -> list[Hit[Sense]]:
    """Hits outside the exclusions of their own issue."""
    excluded: dict[str, list[Hit[Sense]]] = defaultdict(list)
    for hit in hits:
        if hit.value.part == "exclude":
            excluded[hit.value.slug].append(hit)
    if not excluded:
        return hits
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
