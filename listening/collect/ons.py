"""ONS: councils, wards and boundaries from the Office for National Statistics' Open Geography Portal.

Asked when an area is begun, never on a round. The portal is ArcGIS REST: a catalogue of services, each with
a layer 0 that answers ``query``. No year is written here: the newest service of the right name is taken
from the catalogue, and the names of its fields (``WD25CD``, ``LAD25NM`` …) from the layer's own
description.

    boundaries   WD_DEC_2025_UK_BSC, WD_MAY_2025_UK_BGC_V2, Wards_December_2024_Boundaries_UK_BGC
                 BGC is generalised to 20 m, BSC to 200 m; both end at the coast. The newest month, then BGC.
    look-ups     WD25_LAD25_CTY25_CED25_EN_LU: which district lies in which county (England's two tiers)
                 WD25_LAD25_UK_LU_v2: which ward lies in which council, where the boundaries don't say

Gives: names in English and Welsh, GSS codes, the month of the boundaries, a middle, polygons in degrees,
and rings in metres of the British National Grid. Does not give: towns, streets, a council's full name, who
runs what.
Limits: told in ``arcgis``. Northern Ireland's wards have no Irish Grid here, only degrees.
Terms: Open Government Licence v3.0; "Contains National Statistics and OS data, Crown copyright and database
right".
Checked: 2026-11-22, service and field names each in two places: ONS's own services directory as stored
(``WD20_LAD20_CTY20_CED20_EN_LU_…/FeatureServer/layers``, ``CAUTH_MAY_2025_EN_BGC/FeatureServer/0``) and
public code that asks these services (``WD_DEC_2025_UK_BSC``, ``WD_MAY_2025_UK_BGC_V2``,
``WD25_LAD25_CTY25_CED25_EN_LU`` with WD25CD, WD25NM, LAD25CD, LAD25NM, CTY25NM). Verified: never asked from
here.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from listening.collect.arcgis import ArcGis, Layer, listed, number, text
from listening.collect.web import Web
from listening.errors import CollectError

SERVICES = "https://services1.arcgis.com/ESMARspQHYMw9BZ9/arcgis/rest/services"
WARDS = re.compile(
    r"(?:WD|Wards?)_\(?([A-Z]{3})[A-Z]*_(\d{4})\)?_(?:Boundaries_)?UK_(BGC|BSC)(?:_(.*))?", re.IGNORECASE
)
COUNTIES = re.compile(r"WD(\d\d)_LAD\1_CTY\1_(?:[A-Z]+\1_)*EN_LU(?:_(.*))?", re.IGNORECASE)
HOMES = re.compile(r"WD(\d\d)_LAD\1_(?:[A-Z]+\1_)*UK_LU(?:_(.*))?", re.IGNORECASE)
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
SHAPES = 40  # wards with their shapes: some hundred kilobytes, a rough coast some megabytes
GRID = 27700  # EPSG: British National Grid, metres
WHO = "the ONS geography service"

Ring = list[tuple[float, float]]
Polygons = list[list[Ring]]  # each an outer ring, then its holes


@dataclass(frozen=True)
class Council:
    """A council's area as ONS lists it: a name without "Council", and its code."""

    name: str
    code: str
    welsh: str = ""
    county: str = ""  # of a district: the name of its county
    districts: tuple[str, ...] = ()  # of a county: the codes of its districts


@dataclass(frozen=True)
class Found:
    """A ward as ONS has it."""

    name: str
    code: str
    welsh: str
    district: str  # the name of the district or other council it lies in
    middle: tuple[float, float] | None  # longitude, latitude in degrees
    polygons: Polygons  # degrees


class Ons:
    """The geography service, or a copy at another address. CollectError where it does not answer."""

    def __init__(self, web: Web, services: str = SERVICES) -> None:
        self.portal = ArcGis(web, services, WHO)
        self.names = self.portal.catalogue()
        chosen = newest_boundaries(self.names)
        if chosen is None:
            raise CollectError(f"{WHO} lists no boundaries of wards that we know: {listed(self.names)}")
        self.service, self.vintage = chosen
        self.wards = self.portal.layer(self.service)
        if not (self.wards.field("WD..CD") and self.wards.field("WD..NM")):
            raise CollectError(
                f"{WHO} has no codes and names of wards in {self.service}: {listed(self.wards.fields)}"
            )

    def councils(self) -> list[Council]:
        """Every council of the UK that has wards, and England's county councils, by name."""
        counties = self._counties()
        home = self._home()
        code, name = home.field("LAD..CD"), home.field("LAD..NM")
        welsh = home.field("LAD..NMW")
        found = {}
        for row in self.portal.rows(home, "1=1", (code, name, welsh)):
            at = text(row, code)
            county = next((c.name for c in counties if at in c.districts), "")
            found[at] = Council(text(row, name), at, text(row, welsh), county)
        found.pop("", None)
        return sorted([*found.values(), *counties], key=lambda c: (c.name, c.code))

    def wards_of(self, council: Council) -> list[Found]:
        """Its wards with boundaries, by name; a county's are the wards of its districts."""
        layer = self.wards
        fields = [layer.field(f) for f in ("WD..CD", "WD..NM", "WD..NMW", "LAD..NM", "LONG", "LAT")]
        code, name, welsh, district, lon, lat = fields
        result = []
        for where in self._where(council):
            for feature in self._features(where, fields):
                row = feature.get("properties") or {}
                middle = number(row, lon), number(row, lat)
                result.append(
                    Found(
                        text(row, name),
                        text(row, code),
                        text(row, welsh),
                        text(row, district),
                        (middle[0], middle[1]) if middle[0] is not None and middle[1] is not None else None,
                        _polygons(feature.get("geometry"), text(row, name)),
                    )
                )
        return sorted(result, key=lambda w: (w.name, w.code))

    def grid(self, council: Council) -> dict[str, list[Ring]]:
        """The rings of each ward by code, in metres of the British National Grid; even-odd tells inside."""
        code = self.wards.field("WD..CD")
        result: dict[str, list[Ring]] = {}
        asks = {"outFields": code, "orderByFields": code, "outSR": GRID, "geometryPrecision": 1, "f": "json"}
        for where in self._where(council):
            for page in self.portal.pages(self.wards, where, asks, SHAPES):
                if page.get("spatialReference", {}).get("wkid") not in (GRID, None):
                    raise CollectError(
                        f"{WHO} did not give the British National Grid: {page['spatialReference']}"
                    )
                for feature in page["features"]:
                    rings = (feature.get("geometry") or {}).get("rings") or []
                    result[text(feature.get("attributes") or {}, code)] = [_ring(r) for r in rings]
        return result

    def _features(self, where: str, fields: Iterable[str | None]) -> Iterator[dict[str, Any]]:
        named = ",".join(f for f in fields if f)
        asks = {
            "outFields": named,
            "orderByFields": self.wards.field("WD..CD"),
            "outSR": 4326,
            "geometryPrecision": 7,
            "f": "geojson",
        }
        for page in self.portal.pages(self.wards, where, asks, SHAPES):
            yield from page["features"]

    def _where(self, council: Council) -> Iterator[str]:
        """The conditions that pick its wards; by ward where the boundaries don't name the council."""
        homes = council.districts or (council.code,)
        if field := self.wards.field("LAD..CD"):
            yield f"{field} IN ({_quoted(homes)})"
            return
        home = self._home()
        ward, district = home.field("WD..CD"), home.field("LAD..CD")
        rows = self.portal.rows(home, f"{district} IN ({_quoted(homes)})", (ward,))
        codes = sorted({text(row, ward) for row in rows})
        for start in range(0, len(codes), SHAPES):
            yield f"{self.wards.field('WD..CD')} IN ({_quoted(codes[start : start + SHAPES])})"

    def _home(self) -> Layer:
        """The layer that says which council a ward lies in: the boundaries themselves, or a look-up."""
        if self.wards.field("LAD..CD") and self.wards.field("LAD..NM"):
            return self.wards
        service = newest_look_up(self.names, HOMES)
        layer = self.portal.layer(service) if service else None
        if layer and layer.field("LAD..CD") and layer.field("LAD..NM") and layer.field("WD..CD"):
            return layer
        raise CollectError(f"{WHO} does not say which council a ward lies in: {listed(self.names)}")

    def _counties(self) -> list[Council]:
        """England's county councils with their districts; none where that look-up is missing."""
        service = newest_look_up(self.names, COUNTIES)
        if service is None:
            return []
        layer = self.portal.layer(service)
        fields = [layer.field(f) for f in ("CTY..CD", "CTY..NM", "LAD..CD")]
        districts: dict[tuple[str, str], set[str]] = {}
        if all(fields):
            for row in self.portal.rows(layer, "1=1", fields):
                code, name, district = (text(row, field) for field in fields)
                if code and name:
                    districts.setdefault((code, name), set()).add(district)
        return [Council(name, code, districts=tuple(sorted(d))) for (code, name), d in districts.items()]


def newest_boundaries(names: Iterable[str]) -> tuple[str, str] | None:
    """The service with the newest boundaries of the UK's wards, and their month; None without one.

    >>> newest_boundaries(["Wards_December_2024_Boundaries_UK_BGC", "WD_MAY_2025_UK_BGC_V2"])
    ('WD_MAY_2025_UK_BGC_V2', '2025-05')
    """
    found = []
    for name in names:
        match = WARDS.fullmatch(name.rpartition("/")[2])
        if match and match[1].lower() in MONTHS:
            month = f"{match[2]}-{MONTHS.index(match[1].lower()) + 1:02}"
            found.append((month, match[3].upper() == "BGC", _version(match[4]), name))
    return (max(found)[3], max(found)[0]) if found else None


def newest_look_up(names: Iterable[str], pattern: re.Pattern[str]) -> str | None:
    """The newest service of a name, by year and then by version; None without one."""
    matches = [(pattern.fullmatch(name.rpartition("/")[2]), name) for name in names]
    found = [(int(match[1]), _version(match[2]), name) for match, name in matches if match]
    return max(found)[2] if found else None


def _version(rest: str | None) -> int:
    number = re.search(r"v(\d+)", rest or "", re.IGNORECASE)
    return int(number[1]) if number else 1


def _quoted(codes: Iterable[str]) -> str:
    return ",".join("'" + code.replace("'", "''") + "'" for code in codes)


def _polygons(geometry: dict[str, Any] | None, ward: str) -> Polygons:
    if not geometry or not geometry.get("coordinates"):
        return []
    try:
        many = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
        return [[_ring(ring) for ring in polygon] for polygon in many]
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise CollectError(f"{WHO} gave a boundary that is none: {ward}") from error


def _ring(points: Iterable[Any]) -> Ring:
    return [(float(p[0]), float(p[1])) for p in points]
