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
   a word in passing. In residents' own English it is also weighed what the post sounds like
   (``subjects``): that may bear out a faint find, or add an issue which no word of the taxonomy names.

A place name raises no issue by its words ("Titchfield Park" is not talk of parks), unless a failure
word follows it closely ("Hucknall Library is closing"); beside a failure it may be the object.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from listening.analyse import subjects, weighing
from listening.analyse.matching import Evidence, Hit, Matcher, Span, Text, longest, near
from listening.analyse.spelling import Speller
from listening.area import Issue

APART = 8  # words between object and failure, at most
FEWEST = 10  # words of a post that may have an issue which no word of the taxonomy names
FOLLOWS = 4  # words after a place name or spot in which a failure word unmasks it


Family = tuple[str, int]  # an issue's slug and the number of one of its families of failures
Found = dict[str, Evidence]


class Sense(NamedTuple):
    """What a spelling stands for: its issue and its part there."""

    slug: str
    part: str  # term, spot, exclude, object
    family: int = -1
    capitals: bool = False


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
        failures = [entry for issue in issues for entry in _failures(issue)]
        self._matcher = Matcher(entries, inflect=True)
        self._failures = Matcher(failures, inflect=True)
        self._speller = Speller(spellings, (phrase for phrase, _ in (*entries, *failures)))

    def find(
        self, text: Text, places: list[Span], faults: list[Hit[Any]], sounds: weighing.Sounds | None = None
    ) -> Found:
        """Slug to evidence, in the order of the taxonomy; filter classes are among them.

        ``places`` are the spans of place names, ``faults`` the failure words anywhere in the text, ``sounds``
        what the post sounds like where that is known (``subjects``).
        """
        signs, only = self._signs(text, places, faults)
        if sounds:
            few = len(text.low.split()) < FEWEST
            heard = signs.keys() if few else signs.keys() | (self._order.keys() - only)
            sounds = {slug: score for slug, score in sounds.items() if slug in heard}
        if not signs and not sounds:
            return {}
        known = weighing.facts(text, signs, self._noise)
        if sounds is None:
            chances, enough = weighing.chances(known), weighing.ENOUGH
        else:
            chances, enough = weighing.borne_out(known, sounds, subjects.learnt()), weighing.BORNE_OUT
        kept = [slug for slug in signs if chances.get(slug, 1.0) >= enough]
        kept += [s for s, chance in chances.items() if s not in signs and chance >= weighing.ALONE]
        kept.sort(key=self._order.__getitem__)
        return {slug: _evidence(text, slug, signs.get(slug), chances.get(slug, 1.0)) for slug in kept}

    def signs(self, text: Text, places: list[Span], faults: list[Hit[Any]]) -> dict[str, Signs]:
        """Slug to everything that speaks for it, before it is weighed."""
        return self._signs(text, places, faults)[0]

    def _signs(
        self, text: Text, places: list[Span], faults: list[Hit[Any]]
    ) -> tuple[dict[str, Signs], set[str]]:
        """The same, and the issues whose words stand in the post but only as a place or a false friend."""
        righted = self._speller.read(text.low)
        hits = self._matcher.find(righted.low if righted else text.low)
        hits = righted.hits(hits) if righted else hits
        hits, hidden = _unmasked([h for h in hits if not h.value.capitals or _upper(text, h)])
        named = longest(hits)
        masks = [place for place in places if not _troubled(text, place, faults)]
        signs: dict[str, Signs] = defaultdict(Signs)
        only = set(hidden)
        for hit in named:
            if hit.value.part == "object":
                continue
            if _inside(hit, masks) or (hit.value.part == "spot" and _in_passing(text, hit, faults)):
                only.add(hit.value.slug)
            elif hit.value.part == "term":
                signs[hit.value.slug].terms.append((hit.start, hit.end))
            else:
                signs[hit.value.slug].spots.append((hit.start, hit.end))
        objects = _grouped((h, (h.value.slug, h.value.family)) for h in named if h.value.part == "object")
        if objects:
            found = self._failures.find(righted.low if righted else text.low, objects)
            found = righted.hits(found) if righted else found
            kept = (h for h in found if not _masked(h, hidden.get(h.value[0], ())) and not _inside(h, places))
            self._pair(signs, text, places, objects, _grouped((h, h.value) for h in kept))
        return signs, only

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
            if self._reach[key]:
                pairs = near(text, objects[key], found, APART)
            else:
                pairs = [(o, f) for o in objects[key] for f in found if _apart(o, f)][:1]
            for thing, failure in pairs:
                place = next((p for p in places if _inside(thing, [p])), None)
                if place is None or _said_of(text, place, failure):
                    signs[key[0]].pairs += [(thing.start, thing.end), (failure.start, failure.end)]


def _evidence(text: Text, slug: str, signs: Signs | None, chance: float) -> Evidence:
    if signs is None:
        return Evidence(subjects.because(text.original, slug), "learnt", "likely")
    return signs.evidence(chance)


def _families(issue: Issue) -> int:
    return len(issue.failures) + len(issue.together)


def _entries(issue: Issue) -> list[tuple[str, Sense]]:
    entries = [(t, Sense(issue.slug, "term", capitals=t.isupper())) for t in issue.terms]
    entries += [(t, Sense(issue.slug, "spot")) for t in issue.spots]
    entries += [(t, Sense(issue.slug, "exclude")) for t in issue.exclude]
    for n, (objects, _) in enumerate((*issue.failures, *issue.together)):
        entries += [(t, Sense(issue.slug, "object", n)) for t in objects]
    return entries


def _failures(issue: Issue) -> list[tuple[str, Family]]:
    families = enumerate((*issue.failures, *issue.together))
    return [(word, (issue.slug, n)) for n, (_, words) in families for word in words]


def _grouped(hits: Iterable[tuple[Hit[Any], Family]]) -> dict[Family, list[Hit[Any]]]:
    found: dict[Family, list[Hit[Any]]] = defaultdict(list)
    for hit, family in hits:
        found[family].append(hit)
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
