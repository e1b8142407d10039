"""The names an area's places go by, and what each may stand for.

What is written otherwise (Rd, a slip, the school's name alone) is made from the area's own names.
Names from elsewhere stand in the same list: the longest match wins, so "Sutton Coldfield" never
reads as Sutton.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from listening.analyse.matching import Matcher, fold
from listening.analyse.placenames import SHORT, Streets, part, slips, written
from listening.area import Area, Place, Source

STREET_WORDS = (
    frozenset(SHORT)
    | frozenset(s for forms in SHORT.values() for s in forms)
    | {*("way", "grove", "row", "hill", "rise", "walk", "mews", "parade", "view", "croft", "bank", "end")}
)
# Words that say a name is a place, whatever the case it is written in.
TYPE_WORDS = STREET_WORDS | {
    *("park", "school", "academy", "library", "centre", "hospital", "station", "church", "hall", "reservoir"),
    *("recreation", "ground", "cemetery", "market", "college", "surgery", "estate", "precinct", "bridge"),
    *("primary", "infant", "junior", "infants", "juniors", "common", "woods", "wood", "lake", "pond", "pool"),
}
KINDS = ("town", "ward", "village", "area", "elsewhere")  # all others are places of their own
WIDE = ("mastodon", "bluesky", "govuk", "lga")  # kinds of sources that hear more than the area


@dataclass(frozen=True)
class Name:
    """What a spelling stands for."""

    kind: str  # one of KINDS, or the kind of a Place: street, park, school …
    canonical: str
    wards: tuple[str, ...] = ()
    anchored: bool = False  # counts only beside a local name
    typed: bool = False  # holds a word like Road or Park
    needs_capital: bool = False  # elsewhere names that are ordinary words: Reading, Bath
    cues: str = ""  # a part of a name, meant only beside such words: a key of names.yaml
    slip: bool = False  # not written as it should be
    far: bool = False  # elsewhere, and no neighbour

    @property
    def is_place(self) -> bool:
        """Whether it is a street, park, school or landmark."""
        return self.kind not in KINDS


class Mention(NamedTuple):
    """A local name in a post."""

    start: int
    end: int
    name: Name
    located: bool = False  # a word like "in" stands before it, or before the list it stands in


class Gazetteer:
    """The area's names, ready to be searched for.

    ``foreign`` holds elsewhere.yaml with the names of outside.txt; ``people`` are given names, of
    which no slip and no part of a name is made.
    """

    def __init__(self, area: Area, foreign: dict[str, Any], people: frozenset[str] = frozenset()) -> None:
        self.ward_town = {ward.name: ward.town for ward in area.wards}
        self.ward_by_code = {code: w.name for w in area.wards for code in (w.code, *(c for _, c in w.was))}
        self.town_wards = {
            town.name: tuple(w.name for w in area.wards if w.town == town.name) for town in area.towns
        }
        self.outlying = frozenset(_outlying(area))
        self.famous = frozenset(fold(n) for n in foreign["famous_streets"])
        self.common = frozenset(fold(n) for n in foreign["common_streets"])
        self.wide = frozenset(source.name for source in area.sources if source.kind in WIDE)
        self.home = _home_words(area)
        local = dict(_merged([*self._towns(area), *_wards(area), *_halves(area), *_places(area)]))
        self.local_words = frozenset(word for spelling in local for word in spelling.split())
        self.also = {s: n for s, n in _places(area) if fold(s) in local and local[fold(s)].kind == "ward"}
        self.also = {fold(s): name for s, name in self.also.items()}
        outside = dict(_elsewhere(area, foreign, local, self.home))
        taken = {*map(fold, outside), *people, *local}
        made = dict(_slipped(local, taken))
        self.streets = {fold(p.name): local[fold(p.name)] for p in area.places if _repairable(p, local)}
        self.slipped = Streets(self.streets)
        self.matcher = Matcher([*local.items(), *made.items(), *_parts(area, local, taken), *outside.items()])

    def _towns(self, area: Area) -> Iterator[tuple[str, Name]]:
        everywhere = tuple(w.name for w in area.wards)
        for spelling in (area.name, *area.aliases):
            yield spelling, Name("area", area.name, everywhere)
        for town in area.towns:
            for spelling in (town.name, *town.aliases):
                yield spelling, Name("town", town.name, self.town_wards[town.name])

    def is_common(self, name: Name) -> bool:
        """Whether half the towns of the country have a street of that name."""
        return fold(name.canonical) in self.common

    def is_local(self, channel: str, source: str) -> bool:
        """Whether people of the area speak there: not the press, nor what a whole network or country says."""
        return channel != "press" and source not in self.wide

    def covers(self, source: Source | None) -> Name | None:
        """The one town or ward a source speaks about, as context for its posts; else None."""
        if source is None or len(source.covers) != 1:
            return None
        name = source.covers[0]
        if name in self.town_wards:
            return Name("town", name, self.town_wards[name])
        return Name("ward", name, (name,)) if name in self.ward_town else None


def _wards(area: Area) -> Iterator[tuple[str, Name]]:
    for ward in area.wards:
        for spelling in (ward.name, *ward.aliases, *(old for old, _ in ward.was)):
            yield spelling, Name("ward", ward.name, (ward.name,), anchored=ward.anchored)
            if ward.anchored:
                for word in ("ward", "councillor", "councillors", "village", "parish"):
                    yield f"{spelling} {word}", Name("ward", ward.name, (ward.name,))


def _halves(area: Area) -> Iterator[tuple[str, Name]]:
    """ "Brierley ward" for Huthwaite & Brierley: part of a ward's name, with the word."""
    for ward in area.wards:
        for half in re.split(r" (?:&|and) ", ward.name):
            if half != ward.name:
                yield f"{half} ward", Name("ward", ward.name, (ward.name,))


def _outlying(area: Area) -> Iterator[str]:
    """Wards of a town that hold a village with a name of its own: seldom meant by the town's name."""
    for town in area.towns:
        own = tuple(fold(name) for name in (town.name, *town.aliases))
        villages = [p for p in area.places if p.kind == "village" and not fold(p.name).startswith(own)]
        held = {ward for village in villages for ward in village.wards}
        yield from (
            w.name
            for w in area.wards
            if w.town == town.name and w.name in held and not fold(w.name).startswith(own)
        )


def _places(area: Area) -> Iterator[tuple[str, Name]]:
    for place in area.places:
        typed = bool(set(fold(place.name).split()) & TYPE_WORDS) and not _plain(place)
        for spelling in (place.name, *place.aliases):
            yield spelling, Name(place.kind, place.name, place.wards, place.anchored, typed)


def _plain(place: Place) -> bool:
    """Whether the name reads as ordinary words: "The Common", "The Hill"."""
    words = fold(place.name).split()
    return len(words) < 2 or (len(words) == 2 and words[0] == "the")


def _merged(names: list[tuple[str, Name]]) -> dict[str, Name]:
    """One Name a spelling.

    The same street in several wards is one name with several wards. A town before a ward, a ward
    before a village, a village before a street of that name: the wider answer claims less.
    """
    rank = {"town": 0, "area": 1, "ward": 2, "village": 3}
    merged: dict[str, Name] = {}
    for raw, name in names:
        for spelling in written(raw):
            met = merged.get(spelling)
            if met is None or rank.get(name.kind, 9) < rank.get(met.kind, 9):
                merged[spelling] = name
            elif rank.get(name.kind, 9) == rank.get(met.kind, 9) and met.wards != name.wards:
                wards = tuple(dict.fromkeys((*met.wards, *name.wards)))
                anchored = met.anchored or name.anchored
                merged[spelling] = Name(met.kind, met.canonical, wards, anchored, met.typed)
    return merged


def _slipped(local: dict[str, Name], taken: set[str]) -> Iterator[tuple[str, Name]]:
    """All but streets and ordinary words with a slip, where that is no other name."""
    for spelling, name in local.items():
        if name.kind in ("street", "area") or name.anchored:
            continue
        yield from ((s, replace(name, slip=True)) for s in slips(spelling) if s not in taken)


def _repairable(place: Place, local: dict[str, Name]) -> bool:
    name = local.get(fold(place.name))
    return name is not None and name.typed and name.kind == "street" and not name.anchored


def _parts(area: Area, local: dict[str, Name], taken: set[str]) -> Iterator[tuple[str, Name]]:
    """The distinctive part of a school's or street's name: met only beside a word of that kind."""
    for place in area.places:
        found = [p for n in (place.name, *place.aliases) if place.kind != "street" and (p := part(n))]
        for base, cues in dict.fromkeys(found):
            if (known := local.get(base)) and (not known.is_place or not known.anchored):
                continue  # the village of that name is meant, not its school
            name = Name(place.kind, place.name, place.wards, place.anchored, typed=True, cues=cues)
            yield from ((spelling, name) for spelling in written(base))
    streets = [(fold(p.name).rpartition(" "), p) for p in area.places if p.kind == "street"]
    number = Counter(base for (base, _, _), _ in streets)
    others = {word for spelling, n in local.items() if n.kind != "street" for word in spelling.split()}
    clear = taken | others
    for (base, _, word), place in streets:
        alone = number[base] == 1 and word in SHORT and not place.anchored and base not in clear
        if alone and base.isalpha() and len(base) > 5 and not base.endswith(("son", "man")):  # surnames
            yield base, Name("street", place.name, place.wards, False, True, cues="street_cues")


def _elsewhere(
    area: Area, foreign: dict[str, Any], local: dict[str, Name], home: set[str]
) -> Iterator[tuple[str, Name]]:
    for town in area.towns:
        for spelling in (town.name, *town.aliases):
            for word in town.elsewhere:
                yield f"{spelling} {word}", Name("elsewhere", f"{spelling} {word}")
    own = {fold(name) for name in area.elsewhere}
    words = {fold(name) for name in foreign["words"]}
    for name in (*foreign["words"], *foreign["places"], *area.elsewhere):
        spelling = fold(name)
        if spelling not in local and (spelling in own or spelling not in home):
            yield (
                spelling,
                Name("elsewhere", name, needs_capital=spelling in words, far=spelling not in own | words),
            )


def _home_words(area: Area) -> set[str]:
    """Words in the names of the council and the bodies that serve it: its county is not elsewhere."""
    names = (area.name, area.council, *area.aliases, *(body.name for body in area.bodies))
    return {word for name in names for word in fold(name).split()}
