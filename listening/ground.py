"""Ground: a council's wards.yaml, and postcodes.csv beside it, as the checked half of an Area.

    name: Ashfield                      code: E07000170          type: district
    council: Ashfield District Council  timezone: Europe/London
    towns:    [{name, aliases, elsewhere}]        left out: the towns its wards name
    wards:    [{name, code, town, vintage, centroid, was, aliases, anchored, places}]
    places:   [{name, kind, wards, aliases, anchored}]     parks, schools … and what spans wards
    anchored: [High Street, Underwood]  names that count only beside their town: common or ordinary words
    bodies:   {highways: {name, report, phone}}            who runs which duty; name: us for the council

A place under a ward is a street, unless it is written as ``{name: …, kind: park}``.
A street in several wards is listed under each and becomes one Place.
"""

import csv
import re
from dataclasses import replace
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

from ruamel.yaml.comments import CommentedMap

from listening.area import AREA_TYPES, PLACE_KINDS, Body, Place, Town, Ward
from listening.entries import Entry, nearest, once

GSS = r"[A-Z]\d{8}"  # as the Office for National Statistics gives them; an invented area has invented letters
GSS_SAYS = "a GSS code, a letter and 8 digits such as E05010676"
POSTCODE = re.compile(r"([A-Z]{1,2}\d[A-Z\d]?) ?(\d[A-Z]{2})")  # outward part, inward part


def ground(top: Entry, folder: Path, duties: set[str]) -> dict[str, Any]:
    """What wards.yaml says, under the names of Area's fields; ``duties`` are those the issues name."""
    towns = _towns(top)
    entries = top.entries("wards", "ward")
    if not entries:
        top.fault("wards is missing: an area has at least one", "wards")
    wards = tuple(_ward(e, [t.name for t in towns]) for e in entries)
    once(entries, "name", [w.name for w in wards])
    once(entries, "code", [w.code for w in wards])
    places = _places(top, entries, wards)
    wards, places = _anchored(top, wards, places)
    return {
        "name": top.text("name", needed=True),
        "code": top.matching("code", GSS, GSS_SAYS, needed=True),
        "type": top.choice("type", AREA_TYPES),
        "timezone": _zone(top),
        "council": top.text("council"),
        "aliases": top.texts("aliases"),
        "elsewhere": top.texts("elsewhere"),
        "office_holders": top.texts("office_holders"),
        "phones": _phones(top.mapping("phones")),
        "postcode_areas": top.texts("postcode_areas"),
        "bodies": _bodies(top.mapping("bodies"), duties),
        "towns": towns or tuple(Town(n) for n in dict.fromkeys(w.town for w in wards) if n),
        "wards": wards,
        "places": places,
        "postcodes": _postcodes(top, folder, {w.code for w in wards}),
    }


def _zone(top: Entry) -> str:
    name = top.text("timezone", default="Europe/London")
    if name in (zones := available_timezones()):
        return name
    says = f"timezone must be a name such as Europe/London; got {name!r}{nearest(name, zones)}"
    top.fault(says, "timezone")
    return "Europe/London"


def _towns(top: Entry) -> tuple[Town, ...]:
    entries = top.entries("towns", "town")
    towns = tuple(
        Town(e.text("name", needed=True), e.texts("aliases"), e.texts("elsewhere")) for e in entries
    )
    once(entries, "name", [t.name for t in towns])
    for entry in entries:
        entry.done()
    return towns


def _ward(entry: Entry, towns: list[str]) -> Ward:
    town = entry.text("town") or None
    if town and towns and town not in towns:
        entry.fault(f"town must be one of {', '.join(towns)}; got {town!r}{nearest(town, towns)}", "town")
    was = _was(entry)
    name = entry.text("name", needed=True)
    given = entry.texts("aliases")
    ward = Ward(
        name=name,
        code=entry.matching("code", GSS, GSS_SAYS, needed=True),
        town=town,
        vintage=entry.matching("vintage", r"\d{4}-\d\d(-\d\d)?", "a year and month such as 2025-05") or None,
        aliases=tuple(dict.fromkeys((*given, *(n for n, _ in was if n != name)))),
        was=was,
        centroid=_centroid(entry),
        anchored=entry.yes("anchored"),
    )
    entry.take("places")  # read later, when all wards are known
    entry.done()
    return ward


def _was(entry: Entry) -> tuple[tuple[str, str], ...]:
    renames = entry.entries("was", "earlier name")
    pairs = [(e.text("name", needed=True), e.matching("code", GSS, GSS_SAYS, needed=True)) for e in renames]
    for rename in renames:
        rename.done()
    return tuple(pairs)


def _centroid(entry: Entry) -> tuple[float, float] | None:
    pair = entry.items("centroid")
    if not pair:
        return None
    numbers = [float(v) for v in pair if isinstance(v, (int, float)) and not isinstance(v, bool)]
    if len(pair) == len(numbers) == 2 and abs(numbers[0]) <= 180 and abs(numbers[1]) <= 90:
        return numbers[0], numbers[1]
    entry.fault(f"centroid must be [longitude, latitude] in degrees; got {list(pair)}", "centroid")
    return None


def _places(top: Entry, entries: list[Entry], wards: tuple[Ward, ...]) -> tuple[Place, ...]:
    """All places, one for each name and kind; what stands under several wards is joined."""
    found: dict[tuple[str, str], Place] = {}
    for entry, ward in zip(entries, wards, strict=True):
        seen: dict[tuple[str, str], int] = {}
        for i, value in enumerate(entry.items("places")):
            place = _place(entry, value, i, ward.name)
            if place is None:
                continue
            key = (place.name, place.kind)
            if key in seen:
                says = f"places must list {place.name!r} once; it already stands on line {seen[key]}"
                entry.fault(says, "places", i)
            seen.setdefault(key, entry.line("places", i))
            found[key] = _joined(found.get(key), place)
    for entry in top.entries("places", "place"):
        place = _spread(entry, [w.name for w in wards])
        found[place.name, place.kind] = _joined(found.get((place.name, place.kind)), place)
    return tuple(found.values())


def _place(entry: Entry, value: object, i: int, ward: str) -> Place | None:
    if isinstance(value, str) and value.strip():
        return Place(str(value).strip(), (ward,))
    if not isinstance(value, CommentedMap):
        entry.fault(f"places must hold names, or {{name: …, kind: …}}; got {value!r}", "places", i)
        return None
    who = f"place {str(value.get('name') or i + 1)!r}"
    inner = Entry(value, entry.file, entry.faults, who, entry.line("places", i))
    return _one(inner, (ward,))


def _spread(entry: Entry, wards: list[str]) -> Place:
    stands = entry.texts("wards")
    if not stands:
        entry.fault("wards is missing: name the wards it stands in", "wards")
    for i, name in enumerate(stands):
        if name not in wards:
            entry.fault(f"wards must name wards of this area; got {name!r}{nearest(name, wards)}", "wards", i)
    return _one(entry, stands)


def _one(entry: Entry, wards: tuple[str, ...]) -> Place:
    place = Place(
        name=entry.text("name", needed=True),
        wards=wards,
        kind=entry.choice("kind", PLACE_KINDS, default="street"),
        aliases=entry.texts("aliases"),
        anchored=entry.yes("anchored"),
    )
    entry.done()
    return place


def _joined(first: Place | None, second: Place) -> Place:
    if first is None:
        return second
    return Place(
        first.name,
        tuple(dict.fromkeys(first.wards + second.wards)),
        first.kind,
        tuple(dict.fromkeys(first.aliases + second.aliases)),
        first.anchored or second.anchored,
    )


def _anchored(
    top: Entry, wards: tuple[Ward, ...], places: tuple[Place, ...]
) -> tuple[tuple[Ward, ...], tuple[Place, ...]]:
    """Wards and places with ``anchored`` set for the names in the file's own list of common names."""
    common = top.texts("anchored")
    known = {w.name for w in wards} | {p.name for p in places}
    for i, name in enumerate(common):
        if name not in known:
            says = f"anchored must name wards or places; got {name!r}{nearest(name, known)}"
            top.fault(says, "anchored", i)
    return (
        tuple(replace(w, anchored=w.anchored or w.name in common) for w in wards),
        tuple(replace(p, anchored=p.anchored or p.name in common) for p in places),
    )


def _bodies(entry: Entry, duties: set[str]) -> tuple[Body, ...]:
    result = []
    for duty in entry.data:
        inner = entry.mapping(duty)
        if duty not in duties:
            entry.fault(f"no issue names the duty {duty!r}{nearest(duty, duties)}", duty)
        name, phone = inner.text("name", needed=True), inner.text("phone") or None
        result.append(Body(duty, name, inner.web("report"), phone))
        inner.done()
    return tuple(result)


def _phones(entry: Entry) -> dict[str, str]:
    return {str(name): entry.text(name) for name in entry.data}


def _postcodes(top: Entry, folder: Path, codes: set[str]) -> dict[str, str]:
    """Full postcodes, written as ``NG17 1AA``, to ward codes; empty where there is no such file."""
    named = top.text("postcodes")
    path = folder / (named or "postcodes.csv")
    if not path.exists():
        if named:
            top.fault(f"no such file: {path}", "postcodes")
        return {}
    result = {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        for number, row in enumerate(csv.reader(file), 1):
            postcode = POSTCODE.fullmatch(row[0].strip().upper()) if row else None
            code = row[1].strip() if len(row) > 1 else ""
            if postcode and code in codes:
                result[f"{postcode[1]} {postcode[2]}"] = code
            elif row and (postcode or number > 1):  # the first line may be a heading
                top.faults.add(
                    f"a line must be a full postcode and the code of a ward here; got {', '.join(row)!r}"
                    f" ({path.name} line {number})"
                )
    return result
