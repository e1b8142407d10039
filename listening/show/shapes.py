"""The shapes of the wards: boundaries from a file where there is one, else a hexagon a ward.

``wards.geojson`` in the area's folder holds boundaries; without it each ward is a hexagon of the
same size near its centroid, and none overlap.
"""

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from listening.area import Area, Ward
from listening.entries import Faults, read
from listening.errors import AreaError

FILE = "wards.geojson"
NAMES = ("code", "name", "WD25CD", "WD24CD", "WD23CD", "WD25NM", "WD24NM", "WD23NM", "wd25cd", "wd24cd")
ROOMY = 1.8  # cells of the grid to one ward: room to keep the gaps between towns
SIZE = 0.1  # degrees from a hexagon's middle to its corner: near 0° 0' a map is not bent
Ring = list[tuple[float, float]]  # lon, lat in degrees; the first point again at its end
Shape = list[list[Ring]]  # polygons: an outer ring, then holes


def shapes(area: Area) -> dict[str, Shape]:
    """The shapes of the wards: boundaries where there is a file, else hexagons."""
    return boundaries(area) or _hexagons(area.wards)


@lru_cache(maxsize=8)
def _hexagons(wards: tuple[Ward, ...]) -> dict[str, Shape]:
    return hexagons(wards)


def boundaries(area: Area) -> dict[str, Shape]:
    """The shape of each ward by name, from wards.geojson in the area's folder; empty without it.

    A feature is a ward's where any of the usual properties (or its id) is the ward's code or name.
    Raises AreaError where the file is there and cannot be read.
    """
    file = folder(area) / FILE
    return _boundaries(area.wards, file, file.stat().st_mtime) if file.is_file() else {}


def folder(area: Area) -> Path:
    """The folder that the configuration calls ``area:``."""
    return _folder(area.config, area.config.stat().st_mtime)


@lru_cache(maxsize=8)  # a page is drawn often, and the configuration changes seldom
def _folder(config: Path, changed: float) -> Path:
    return config.parent / read(config, Faults()).text("area")


@lru_cache(maxsize=8)
def _boundaries(wards: tuple[Ward, ...], file: Path, changed: float) -> dict[str, Shape]:
    known = {w.name: w.name for w in wards} | {w.code: w.name for w in wards}
    try:
        features = json.loads(file.read_text(encoding="utf-8-sig"))["features"]
        found: dict[str, Shape] = {}
        for feature in features:
            said = [feature.get("id"), *(feature.get("properties", {}).get(n) for n in NAMES)]
            name = next((known[s] for s in said if isinstance(s, str) and s in known), None)
            if name and feature.get("geometry"):
                found[name] = _shape(feature["geometry"])
        return found
    except (OSError, ValueError, KeyError, TypeError, IndexError) as error:
        raise AreaError(f"{file.name} cannot be read as GeoJSON of wards: {error}") from error


def _shape(geometry: Mapping[str, Any]) -> Shape:
    """Polygons whose outer rings turn clockwise and whose holes do not.

    That is what Plotly's sphere needs (the other way round, a ring is all the world but itself),
    and the opposite of RFC 7946, section 3.1.6.
    """
    many = geometry["type"] == "MultiPolygon"
    polygons = geometry["coordinates"] if many else [geometry["coordinates"]]
    rings = [[[(float(p[0]), float(p[1])) for p in ring] for ring in polygon] for polygon in polygons]
    return [[_turned(ring, clockwise=n == 0) for n, ring in enumerate(polygon)] for polygon in rings]


def _turned(ring: Ring, clockwise: bool) -> Ring:
    area = sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring))
    return ring if (area < 0) == clockwise else ring[::-1]


# --- hexagons -----------------------------------------------------------------------------------


def hexagons(wards: Iterable[Ward]) -> dict[str, Shape]:
    """A hexagon of the same size for each ward that has a centroid, by name; none overlap."""
    return {name: [[_corners(*middle(cell))]] for name, cell in pack(wards).items()}


def pack(wards: Iterable[Ward]) -> dict[str, tuple[int, int]]:
    """The cell (column, row) of each ward with a centroid on a grid of hexagons, row 0 in the south.

    The grid has 1.8 cells a ward and the shape of the area. Wards take their nearest free cell,
    those nearest the middle first; then any two wards, or a ward and a free cell, change places as
    long as that brings the wards closer to where they belong. Nothing is drawn by lot.
    """
    placed = sorted((w for w in wards if w.centroid), key=lambda w: w.code)
    wanted = _projected(placed)
    return dict(zip((w.name for w in placed), _settled(wanted), strict=True))


def _projected(wards: Sequence[Ward]) -> list[tuple[float, float]]:
    """Centroids on a flat sheet, in steps of the grid: a degree of longitude shrinks with cos(latitude)."""
    points = [w.centroid for w in wards if w.centroid]
    if not points:
        return []
    shrink = math.cos(math.radians(sum(lat for _, lat in points) / len(points)))
    flat = [(lon * shrink, lat) for lon, lat in points]
    west, south = min(x for x, _ in flat), min(y for _, y in flat)
    wide, high = max(x for x, _ in flat) - west, max(y for _, y in flat) - south
    most = max(wide, high) or 1.0
    room = max(wide, most / 4) * max(high, most / 4)  # wards along one road still have a little width
    # A cell of the grid is 1 wide and 0.866 high.
    step = math.sqrt(room / (len(points) * ROOMY * 0.866))
    return [((x - west) / step, (y - south) / step) for x, y in flat]


def middle(cell: tuple[int, int]) -> tuple[float, float]:
    """The middle of a cell in degrees; odd rows stand half a cell to the east."""
    x, y = _at(cell)
    return x * SIZE * math.sqrt(3), y * SIZE * math.sqrt(3)


def _at(cell: tuple[int, int]) -> tuple[float, float]:
    """The middle of a cell, in widths of a cell."""
    return cell[0] + 0.5 * (cell[1] % 2), cell[1] * math.sqrt(3) / 2


def _settled(wanted: Sequence[tuple[float, float]]) -> list[tuple[int, int]]:
    if not wanted:
        return []
    columns, rows = (math.ceil(max(p[n] for p in wanted) * (1, 1.155)[n]) + 2 for n in (0, 1))
    cells = [(c, r) for r in range(-1, rows) for c in range(-1, columns)]
    far = [[math.dist(point, _at(cell)) ** 2 for cell in cells] for point in wanted]
    centre = [sum(p[n] for p in wanted) / len(wanted) for n in (0, 1)]
    first = sorted(range(len(wanted)), key=lambda i: (math.dist(wanted[i], centre), i))
    taken: dict[int, int] = {}  # cell -> ward
    for ward in first:
        cell = min((c for c in range(len(cells)) if c not in taken), key=lambda c: (far[ward][c], c))
        taken[cell] = ward
    _exchanged(taken, far)
    where = {ward: cells[cell] for cell, ward in taken.items()}
    return [where[ward] for ward in range(len(wanted))]


def _exchanged(taken: dict[int, int], far: Sequence[Sequence[float]]) -> None:
    """Change places for as long as it helps; each exchange brings the sum down, so it ends."""
    better = True
    while better:
        better = False
        for here in sorted(taken):
            for there in range(len(far[0])):
                if here not in taken or here == there:
                    continue
                one, other = taken[here], taken.get(there)
                before = far[one][here] + (far[other][there] if other is not None else 0.0)
                after = far[one][there] + (far[other][here] if other is not None else 0.0)
                if after < before - 1e-9:
                    del taken[here]
                    taken[there] = one
                    if other is not None:
                        taken[here] = other
                    better = True


def _corners(x: float, y: float) -> Ring:
    """A hexagon with a corner to the north, clockwise, with a hair's breadth to its neighbours."""
    turns = [math.radians(90 - 60 * n) for n in range(7)]
    return [(x + 0.97 * SIZE * math.cos(t), y + 0.97 * SIZE * math.sin(t)) for t in turns]
