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
5. Beside the terms the words of residents speak (``wording``), learnt from many remarks.
6. What was found is weighed (``weighing``): one word late in a long post about something else is
   a word in passing.

A place name raises no issue by its words ("Titchfield Park" is not talk of parks), unless a failure
word follows it closely ("Hucknall Library is closing"); beside a failure it may be the object.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from types import MappingProxyType
from typing import Any, NamedTuple

from listening.analyse import weighing, wording
from listening.analyse.matching import Evidence, Hit, Matcher, Span, Text, longest, near
from listening.analyse.spelling import Speller
from listening.area import Issue

APART = 8  # words between object and failure, at most
FOLLOWS = 4  # words after a place name or spot in which a failure word unmasks it


NOT_ASKED: weighing.Voices = MappingProxyType({})
Family = int  # the number of one family of failures, over all issues
Found = dict[str, Evidence]


class Sense(NamedTuple):
    """What a spelling stands for: its issue and its part there."""

    slug: str
    part: str  # term, spot, exclude, object
    family: Family = -1
    capitals: bool = False


@dataclass(slots=True)
class Signs:
    """What speaks for one issue in one post: spans of terms, of spots, of objects with their failures."""

    terms: list[Span] = field(default_factory=list)
    spots: list[Span] = field(default_factory=list)
    pairs: list[Span] = field(default_factory=list)

    def evidence(self, chance: float, worded: Callable[[], list[Span]]) -> Evidence:
        """The surest kind of sign says how it was found; only a named issue can be sure."""
        if not (self.terms or self.spots or self.pairs):
            return Evidence(worded(), "wording", "likely")
        if self.terms or not self.pairs:
            named = bool(self.terms) and chance >= weighing.SURE
            return Evidence(self.terms or self.spots, "term", "sure" if named else "likely")
        return Evidence(self.pairs, "failure", "likely")


class Taxonomy:
    """The area's issues, ready to be searched for."""

    def __init__(self, issues: tuple[Issue, ...], spellings: dict[str, Any]) -> None:
        self._order = {issue.slug: n for n, issue in enumerate(issues)}
        self._noise = frozenset(issue.slug for issue in issues if issue.noise)
        self._real = self._order.keys() - self._noise
        families = [(issue, n) for issue in issues for n in range(_families(issue))]
        number = {(issue.slug, n): family for family, (issue, n) in enumerate(families)}
        self._families = [(issue.slug, n < len(issue.failures)) for issue, n in families]
        entries = [entry for issue in issues for entry in _entries(issue, number)]
        failures = [entry for issue in issues for entry in _failures(issue, number)]
        self._matcher = Matcher(entries, inflect=True)
        self._failures = Matcher(failures, inflect=True)
        self._speller = Speller(spellings, (phrase for phrase, _ in (*entries, *failures)))

    def find(
        self, text: Text, places: list[Span], faults: list[Hit[Any]], voices: weighing.Voices = NOT_ASKED
    ) -> Found:
        """Slug to evidence, in the order of the taxonomy; filter classes are among them.

        ``places`` are the spans of place names, ``faults`` the failure words anywhere in the text,
        ``voices`` what the wording says of each issue it knows, of this taxonomy or not.
        """
        signs = self.signs(text, places, faults)
        if not signs and not voices:
            return {}
        chances = weighing.counted(text, signs, self._noise, voices)
        kept = (signs.keys() & self._noise) | (chances.keys() & self._real)
        found = {}
        for slug in sorted(kept, key=self._order.__getitem__):
            worded = partial(_worded, text, places, faults, slug)
            found[slug] = signs.get(slug, Signs()).evidence(chances.get(slug, 1.0), worded)
        return found

    def signs(self, text: Text, places: list[Span], faults: list[Hit[Any]]) -> dict[str, Signs]:
        """Slug to everything that speaks for it, before it is weighed."""
        righted = self._speller.read(text.low)
        hits = self._matcher.find(righted.low if righted else text.low)
        hits = righted.hits(hits) if righted else hits
        hits, hidden = _unmasked([h for h in hits if not h.value.capitals or _upper(text, h)])
        named = longest(hits)
        masks = quiet(text, places, faults)
        signs: dict[str, Signs] = defaultdict(Signs)
        for hit in named:
            if hit.value.part == "object" or _inside(hit, masks):
                continue
            if hit.value.part == "term":
                signs[hit.value.slug].terms.append((hit.start, hit.end))
            elif not _in_passing(text, hit, faults):
                signs[hit.value.slug].spots.append((hit.start, hit.end))
        objects = _grouped((h, h.value.family) for h in named if h.value.part == "object")
        if objects:
            found = self._failures.find(righted.low if righted else text.low, objects.keys())
            found = righted.hits(found) if righted else found
            if hidden:
                found = [h for h in found if not _masked(h, hidden.get(self._families[h.value][0], ()))]
            kept = (h for h in found if not _inside(h, places))
            self._pair(signs, text, places, objects, _grouped((h, h.value) for h in kept))
        return signs

    def _pair(
        self,
        signs: dict[str, Signs],
        text: Text,
        places: list[Span],
        objects: dict[Family, list[Hit[Any]]],
        failures: dict[Family, list[Hit[Any]]],
    ) -> None:
        """Objects with a failure of their own family: near, or anywhere where the family says so.

        An object in a place name needs its failure close behind: "Selston Road is dark".
        """
        for key, found in failures.items():
            slug, is_near = self._families[key]
            if is_near:
                pairs = near(text, objects[key], found, APART)
            else:
                pairs = [(o, f) for o in objects[key] for f in found if _apart(o, f)][:1]
            for thing, failure in pairs:
                place = next((p for p in places if _inside(thing, [p])), None)
                if place is None or _said_of(text, place, failure):
                    signs[slug].pairs += [(thing.start, thing.end), (failure.start, failure.end)]


def _worded(text: Text, places: list[Span], faults: list[Hit[Any]], slug: str) -> list[Span]:
    """The words that speak for an issue whose subject no term names."""
    return wording.shipped().because(text, quiet(text, places, faults), slug)


def _families(issue: Issue) -> int:
    return len(issue.failures) + len(issue.together)


Numbers = dict[tuple[str, int], Family]  # by an issue's slug and the place of the family there


def _entries(issue: Issue, number: Numbers) -> list[tuple[str, Sense]]:
    entries = [(t, Sense(issue.slug, "term", capitals=t.isupper())) for t in issue.terms]
    entries += [(t, Sense(issue.slug, "spot")) for t in issue.spots]
    entries += [(t, Sense(issue.slug, "exclude")) for t in issue.exclude]
    for n, (objects, _) in enumerate((*issue.failures, *issue.together)):
        entries += [(t, Sense(issue.slug, "object", number[issue.slug, n])) for t in objects]
    return entries


def _failures(issue: Issue, number: Numbers) -> list[tuple[str, Family]]:
    families = enumerate((*issue.failures, *issue.together))
    return [(word, number[issue.slug, n]) for n, (_, words) in families for word in words]


def _grouped(hits: Iterable[tuple[Hit[Any], Family]]) -> dict[Family, list[Hit[Any]]]:
    found: dict[Family, list[Hit[Any]]] = defaultdict(list)
    for hit, family in hits:
        found[family].append(hit)
    return found


def _apart(one: Hit[Sense], other: Hit[Sense]) -> bool:
    return one.end <= other.start or other.end <= one.start


def _upper(text: Text, hit: Hit[Sense]) -> bool:
    return text.original[hit.start : hit.end].isupper()


def quiet(text: Text, places: Iterable[Span], faults: list[Hit[Any]]) -> list[Span]:
    """The names of places that only say where: nothing is said to be wrong with them."""
    return [place for place in places if not _troubled(text, place, faults)]


def _troubled(text: Text, place: Span, faults: list[Hit[Any]]) -> bool:
    """Whether a failure word follows a place name or spot closely."""
    return any(_follows(text, place, fault) for fault in faults)


def _follows(text: Text, place: Span, fault: Hit[Any]) -> bool:
    if not 0 <= fault.start - place[1] < 60:
        return False
    gap = text.low[place[1] : fault.start]
    return "\n" not in gap and len(gap.split()) < FOLLOWS


def _said_of(text: Text, place: Span, failure: Hit[Any]) -> bool:
    """Whether a failure is the place's own, and not that of a thing there ("the lorry on Mill Road")."""
    where = weighing.WHERE.search(text.low, max(0, place[0] - 40), place[0])
    return where is None and _follows(text, place, failure)


def _inside(hit: Hit[Any], spans: list[Span]) -> bool:
    return any(start <= hit.start and hit.end <= end for start, end in spans)


def _in_passing(text: Text, hit: Hit[Sense], faults: list[Hit[Any]]) -> bool:
    """Whether a spot says where ("by the bus stop") and nothing is said to be wrong with it."""
    where = weighing.WHERE.search(text.low, max(0, hit.start - 40), hit.start)
    return where is not None and not _troubled(text, (hit.start, hit.end), faults)


def _unmasked(hits: list[Hit[Sense]]) -> tuple[list[Hit[Sense]], dict[str, list[Hit[Sense]]]]:
    """Hits outside the exclusions of their own issue; and those exclusions."""
    hidden: dict[str, list[Hit[Sense]]] = defaultdict(list)
    for hit in hits:
        if hit.value.part == "exclude":
            hidden[hit.value.slug].append(hit)
    if not hidden:
        return hits, hidden
    kept = [h for h in hits if h.value.part != "exclude" and not _masked(h, hidden.get(h.value.slug, ()))]
    return kept, hidden


def _masked(hit: Hit[Any], masks: Iterable[Hit[Sense]]) -> bool:
    return any(_hides(mask, hit) for mask in masks)


def _hides(mask: Hit[Sense], hit: Hit[Any]) -> bool:
    """Whether an exclusion hides a hit: they overlap, and the hit is not a longer, plainer phrase."""
    if hit.start <= mask.start and mask.end <= hit.end and (hit.start, hit.end) != (mask.start, mask.end):
        return False
    return hit.start < mask.end and mask.start < hit.end
