"""The names an area's places go by, and what each may stand for.

Short forms of street words (Rd, St, Ln …) are made from the gazetteer's own names, so "Mill Rd"
is found only where there is a Mill Road. Names from elsewhere stand in the same list: the longest
match wins, so "Sutton Coldfield" never reads as Sutton.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from listening.analyse.matching import Matcher, fold
from listening.area import Area, Place, Source

# The short forms residents write for street words; own list, 2026-11-22.
SHORT = {
    "road": ("rd",),
    "street": ("st", "str"),
    "lane": ("ln",),
    "avenue": ("ave", "av"),
    "drive": ("dr",),
    "crescent": ("cres",),
    "close": ("cl",),
    "gardens": ("gdns",),
    "terrace": ("terr",),
    "court": ("ct",),
    "place": ("pl",),
    "square": ("sq",),
}
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


@dataclass(frozen=True)
class Name:
    """What a spelling stands for."""

    kind: str  # one of KINDS, or the kind of a Place: street, park, school …
    canonical: str
    wards: tuple[str, ...] = ()
    anchored: bool = False  # counts only beside a local name
    typed: bool = False  # holds a word like Road or Park
    needs_capital: bool = False  # elsewhere names that are ordinary words: Reading, Bath

    @property
    def is_place(self) -> bool:
        """Whether it is a street, park, school or landmark."""
        return self.kind not in KINDS


class Gazetteer:
    """The area's names, ready to be searched for."""

    def __init__(self, area: Area, foreign: dict[str, Any]) -> None:
        self.ward_town = {ward.name: ward.town for ward in area.wards}
        self.ward_by_code = {code: w.name for w in area.wards for code in (w.code, *(c for _, c in w.was))}
        self.town_wards = {
            town.name: tuple(w.name for w in area.wards if w.town == town.name) for town in area.towns
        }
        self.outlying = frozenset(_outlying(area))
        self.famous = frozenset(fold(n) for n in foreign["famous_streets"])
        self.home = _home_words(area)
        local = dict(_merged([*self._towns(area), *_wards(area), *_places(area)]))
        self.local_words = frozenset(word for spelling in local for word in spelling.split())
        self.matcher = Matcher([*local.items(), *_elsewhere(area, foreign, local, self.home)])

    def _towns(self, area: Area) -> Iterator[tuple[str, Name]]:
        everywhere = tuple(w.name for w in area.wards)
        for spelling in (area.name, *area.aliases):
            yield spelling, Name("area", area.name, everywhere)
        for town in area.towns:
            for spelling in (town.name, *town.aliases):
                yield spelling, Name("town", town.name, self.town_wards[town.name])

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
        for spelling in _spellings(raw):
            met = merged.get(spelling)
            if met is None or rank.get(name.kind, 9) < rank.get(met.kind, 9):
                merged[spelling] = name
            elif rank.get(name.kind, 9) == rank.get(met.kind, 9) and met.wards != name.wards:
                wards = tuple(dict.fromkeys((*met.wards, *name.wards)))
                anchored = met.anchored or name.anchored
                merged[spelling] = Name(met.kind, met.canonical, wards, anchored, met.typed)
    return merged


def _spellings(name: str) -> set[str]:
    """How a name may be written: short street words, and for &, Saint or St, 's or s."""
    plain = re.sub(r"\s*\(.*?\)", "", fold(name)).replace(".", "").strip()
    forms = {plain} if plain else set()
    forms |= {f.replace(" & ", " and ") for f in forms} | {f.replace(" and ", " & ") for f in forms}
    forms |= {re.sub(r"^(st|saint) ", other, f) for f in forms for other in ("st ", "saint ")}
    for form in list(forms):
        *first, last = form.split()
        forms |= {" ".join((*first, short)) for short in SHORT.get(last, ()) if first}
    forms |= {re.sub(r"(\w{3,})s( |$)", r"\1's\2", f, count=1) for f in forms if "'" not in f and " " in f}
    return forms | {f.replace("'", "") for f in forms}


def _elsewhere(
    area: Area, foreign: dict[str, Any], local: dict[str, Name], home: set[str]
) -> Iterator[tuple[str, Name]]:
    for town in area.towns:
        for spelling in (town.name, *town.aliases):
            for word in town.elsewhere:
                yield f"{spelling} {word}", Name("elsewhere", f"{spelling} {word}")
    own = {fold(name) for name in area.elsewhere}
    for name in (*area.elsewhere, *foreign["places"]):
        if fold(name) not in local and (fold(name) in own or fold(name) not in home):
            yield name, Name("elsewhere", name)
    for name in foreign["words"]:
        if fold(name) not in local and fold(name) not in home:
            yield name, Name("elsewhere", name, needs_capital=True)


def _home_words(area: Area) -> set[str]:
    """Words in the names of the council and the bodies that serve it: its county is not elsewhere."""
    names = (area.name, area.council, *area.aliases, *(body.name for body in area.bodies))
    return {word for name in names for word in fold(name).split()}
