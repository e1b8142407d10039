"""Open names: streets and places by ward, from the CSV files of OS Open Names.

``opname_csv_gb`` as Ordnance Survey ships it: a folder Data with a file a square of the National Grid
(SK44.csv), without a header row, and Doc/OS_Open_Names_Header.csv with the names of the 34 columns. Any
folder will do that holds such files at any depth. Points are eastings and northings (EPSG:27700); so are
the rings asked of ONS, and nothing is projected.

Gives: roads, schools, green spaces, stations, hospitals and settlements whose point lies in a ward; towns
by name.
Does not give: most parks, and what lies in Northern Ireland. A road has one point, its middle, and one more
for each section that has a name: it stands in the wards of its points, so a long road can be missing from a
ward it runs through, and one along a border can stand in the ward across.
Terms: Open Government Licence v3.0; "Contains OS data, Crown copyright and database right".
Checked: 2026-11-22, the columns in four public programs that read the product and agree.
"""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from listening.errors import WordsError

HEADER = "os_open_names_header.csv"
AT = {"NAME1": 2, "NAME2": 4, "LOCAL_TYPE": 7, "GEOMETRY_X": 8, "GEOMETRY_Y": 9}  # of 34 columns
KINDS = {
    "Named Road": "street",
    "Section Of Named Road": "street",
    "Urban Greenspace": "park",
    "Village": "village",
    "Hamlet": "village",
    "Other Settlement": "village",
    "Suburban Area": "estate",
    "Primary Education": "school",
    "Secondary Education": "school",
    "Non State Primary Education": "school",
    "Non State Secondary Education": "school",
    "Special Needs Education": "school",
    "Further Education": "school",
    "Higher or University Education": "school",
    "Railway Station": "landmark",
    "Bus Station": "landmark",
    "Hospital": "landmark",
}
TOWNS = ("Town", "City")
# Names met all over Britain: counted only beside a town's name, or a road elsewhere is taken for ours.
COMMON = re.compile(
    r"(high|main|church|king|queen|george|victoria|new|west|north|south|station|chapel|market|mill) street"
    r"|(station|park|church|london|victoria|manor|queens|new|grange|kings|windsor|highfield|mill|alexandra|york"
    r"|st johns|main|springfield|albert|richmond|grove|north|stanley|chester) road"
    r"|(green|church|mill|park|school|chapel) lane|park avenue|market place|west end"
)
ROADS = re.compile(
    r" (road|street|lane|avenue|drive|close|crescent|gardens|way|court|place|grove|terrace|walk|hill|view"
    r"|rise|row|square|mews|croft|gate|yard|park|bank|path|end|fold|wynd|loan|brae|gait)$",
    re.IGNORECASE,
)

Ring = list[tuple[float, float]]


@dataclass
class Names:
    """What was found: places by name and kind with their wards' codes, and the towns."""

    places: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    second: dict[tuple[str, str], str] = field(default_factory=dict)  # the name in the other language
    towns: list[str] = field(default_factory=list)
    files: int = 0

    def number(self, kind: str) -> int:
        """How many places of a kind."""
        return sum(k == kind for _, k in self.places)


def names_in(folder: Path, wards: Mapping[str, list[Ring]]) -> Names:
    """The places whose point lies in one of these wards (rings in metres, by code).

    WordsError where the folder holds no such files, or files with other columns.
    """
    at, files = check(folder)
    boxes = {code: _box(rings) for code, rings in wards.items() if rings}
    around = _box([ring for rings in wards.values() for ring in rings]) if boxes else None
    found = Names(files=len(files))
    for file in files:
        for name, other, kind, x, y in _rows(file, at):
            if around is None or not _within(around, x, y):
                continue  # most of Britain
            code = next(
                (c for c, box in boxes.items() if _within(box, x, y) and _inside(wards[c], x, y)), None
            )
            if code is not None:
                _note(found, name, other, kind, code)
    return found


def check(folder: Path) -> tuple[dict[str, int], list[Path]]:
    """Where each column stands, and the files that hold names; WordsError where there are none."""
    at = _columns(folder)
    files = sorted(f for f in folder.rglob("*") if f.suffix.lower() == ".csv" and f.name.lower() != HEADER)
    if not files:
        raise WordsError(f"--places must be the folder of OS Open Names as CSV; no .csv file in {folder}")
    return at, files


def ordinary(name: str, kind: str) -> bool:
    """Whether a name counts only beside its town: one met everywhere, or that may be no street at all.

    >>> ordinary("High Street", "street"), ordinary("The Meadows", "street"), ordinary("Larch Lane", "street")
    (True, True, False)
    """
    flat = re.sub(r"['’.]", "", name.lower())
    return (
        bool(COMMON.fullmatch(flat))
        or (kind == "street" and not ROADS.search(name))
        or (kind != "school" and " " not in flat)
    )


def _note(found: Names, name: str, other: str, kind: str, code: str) -> None:
    if kind in TOWNS:
        if name not in found.towns:
            found.towns.append(name)
        return
    key = (name, KINDS[kind])
    codes = found.places.setdefault(key, [])
    if code not in codes:
        codes.append(code)
    if other and other != name:
        found.second[key] = other


def _columns(folder: Path) -> dict[str, int]:
    """Where each column stands: as the header file says, where it is there."""
    if not folder.is_dir():
        raise WordsError(f"--places must be the folder of OS Open Names as CSV; no such folder: {folder}")
    header = next((f for f in sorted(folder.rglob("*")) if f.name.lower() == HEADER), None)
    if header is None:
        return AT
    with header.open(encoding="utf-8-sig", newline="") as file:
        names = [name.strip() for name in next(csv.reader(file), [])]
    missing = [name for name in AT if name not in names]
    if missing:
        raise WordsError(f"{header} must name the columns of OS Open Names; it lacks {', '.join(missing)}")
    return {name: names.index(name) for name in AT}


def _rows(file: Path, at: dict[str, int]) -> Iterator[tuple[str, str, str, float, float]]:
    """The rows of the kinds we use: name, second name, kind, easting, northing."""
    last = max(at.values())
    try:
        with file.open(encoding="utf-8-sig", errors="replace", newline="") as rows:
            for row in csv.reader(rows):
                kind = row[at["LOCAL_TYPE"]] if len(row) > last else ""
                if kind not in KINDS and kind not in TOWNS:
                    continue
                try:
                    x, y = float(row[at["GEOMETRY_X"]]), float(row[at["GEOMETRY_Y"]])
                except ValueError:
                    continue
                name = " ".join(row[at["NAME1"]].split())
                if name:
                    yield name, " ".join(row[at["NAME2"]].split()), kind, x, y
    except (OSError, csv.Error) as error:
        raise WordsError(f"the file cannot be read: {file}: {error}") from error


def _box(rings: list[Ring]) -> tuple[float, float, float, float]:
    xs, ys = [x for r in rings for x, _ in r], [y for r in rings for _, y in r]
    return min(xs), min(ys), max(xs), max(ys)


def _within(box: tuple[float, float, float, float], x: float, y: float) -> bool:
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _inside(rings: list[Ring], x: float, y: float) -> bool:
    """By the even-odd rule over all rings: holes are outside, islands inside."""
    odd = False
    for ring in rings:
        for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
            if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
                odd = not odd
    return odd
