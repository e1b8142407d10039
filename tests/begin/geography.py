"""A geography service on this machine that answers as ONS's does, about councils that do not exist.

Written from the ArcGIS REST API's description of ``query`` (paging, exceededTransferLimit, a fault as status
200 with an ``error`` inside) and from ONS's services directory for names of services and fields, 2026-11-22.
Every council, ward and code is invented: no register holds a number from 99 on.
"""

import json
import math
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

BOUNDARIES = "WD_MAY_2025_UK_BGC_V2"
TWO_TIERS = "WD25_LAD25_CTY25_CED25_EN_LU"
HOMES = "WD25_LAD25_UK_LU_v2"
CATALOGUE = [
    "Wards_December_2024_Boundaries_UK_BGC",
    "WD_MAY_2025_UK_BSC",
    "WD_MAY_2025_UK_BGC",
    BOUNDARIES,
    "WD20_LAD20_CTY20_CED20_EN_LU_64f6",
    TWO_TIERS,
    HOMES,
    "LAD_MAY_2025_UK_BGC_V2",
]
COUNTY = ("Northshire", "E10999001")
COUNCILS = {  # code: name, name in Welsh, columns and rows of wards
    "E07999001": ("Haverdale", "", 3, 2),
    "E07999002": ("Upper Stenby", "", 2, 1),
    "E06999001": ("Stenby, City of", "", 2, 2),
    "E08999001": ("Castle Withen", "", 2, 1),
    "E09999001": ("Larkford and Moor", "", 2, 1),
    "S12999001": ("Glen Moss", "", 2, 1),
    "W06999001": ("Heli Vale", "Bro Heli", 2, 1),
    "N09999001": ("Lough Dun", "", 2, 1),
    "X07999001": ("Nowhere", "", 1, 1),
}
WARDS = ("Central", "Foxholes", "Quarry Hill", "St. Anne's & Weir", "Moorside: East", "Larch End")
WEST, SOUTH, CELL = -1.5, 53.0, 0.05  # degrees

Ring = list[tuple[float, float]]


def metres(lon: float, lat: float) -> tuple[float, float]:
    """This invented country's own grid: no projection is meant by it."""
    return 400_000 + (lon + 2) * 67_000, 300_000 + (lat - 53) * 111_000


def line(a: tuple[float, float], b: tuple[float, float], points: int) -> Ring:
    """A crooked line from a to b, both ends included; from b to a it is the same line backwards."""
    if b < a:
        return line(b, a, points)[::-1]
    length = math.dist(a, b)
    dx, dy = (b[0] - a[0]) / length, (b[1] - a[1]) / length
    result = [a]
    for n in range(1, points):
        t = n / points
        off = length * 0.04 * math.sin(9 * math.pi * t) * math.sin(math.pi * t)
        result.append((a[0] + dx * length * t - dy * off, a[1] + dy * length * t + dx * off))
    return [*result, b]


def around(corners: Ring, points: int) -> Ring:
    """A closed ring of crooked lines through these corners."""
    ring: Ring = []
    for a, b in zip(corners, [*corners[1:], corners[0]], strict=True):
        ring += line(a, b, points)[:-1]
    return [*ring, ring[0]]


def mesh(
    columns: int, rows: int, west: float = WEST, south: float = SOUTH, points: int = 60
) -> list[list[list[Ring]]]:
    """Polygons of columns × rows wards that share their crooked borders.

    The first has a hole, which the last fills with a second piece; the last has islets besides.
    """
    wards = []
    for n in range(columns * rows):
        x, y = west + n % columns * CELL, south + n // columns * CELL
        corners = [(x, y), (x + CELL, y), (x + CELL, y + CELL), (x, y + CELL)]
        wards.append([[around(corners, points)]])
    if len(wards) > 1:
        x, y = west + CELL / 2, south + CELL / 2
        hole = around([(x - 0.01, y), (x, y - 0.01), (x + 0.01, y), (x, y + 0.01)], 12)
        wards[0][0].append(hole[::-1])
        wards[-1].append([hole])
        for n in range(3):
            e, s = west + columns * CELL + 0.01 + n * 0.003, south
            wards[-1].append([[(e, s), (e + 0.001, s), (e + 0.0005, s + 0.001), (e, s)]])
    return wards


def table() -> list[dict[str, Any]]:
    """A row a ward, with its polygons under ``shape``."""
    rows = []
    for c, (home, (name, welsh, columns, deep)) in enumerate(COUNCILS.items()):
        west = WEST + c * 0.5
        for n, shape in enumerate(mesh(columns, deep, west)):
            rows.append(
                {
                    "FID": len(rows) + 1,
                    "WD25CD": f"{home[0]}05{99_0000 + c * 100 + n}",
                    "WD25NM": WARDS[n],
                    "WD25NMW": "Canol" if welsh and n == 0 else " ",
                    "LAD25CD": home,
                    "LAD25NM": name,
                    "LAD25NMW": welsh or " ",
                    "LONG": west + (n % columns + 0.5) * CELL,
                    "LAT": SOUTH + (n // columns + 0.5) * CELL,
                    "shape": shape,
                }
            )
    return rows


def two_tiers() -> list[dict[str, Any]]:
    rows = [
        {**row, "CTY25CD": COUNTY[1], "CTY25NM": COUNTY[0]} for row in table() if row["LAD25CD"][:3] == "E07"
    ]
    return [{k: v for k, v in row.items() if k != "shape"} for row in rows]


class Portal(ThreadingHTTPServer):
    """The service: ``tables`` by name, ``limit`` rows at most in an answer, ``manners`` for bad days."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Visit)
        self.catalogue = list(CATALOGUE)
        self.tables = {BOUNDARIES: table(), TWO_TIERS: two_tiers()}
        self.limit = 2000
        self.asked: list[str] = []
        self.manners: dict[str, Callable[[Visit], None]] = {}  # by a part of the path

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/rest/services"

    def handle_error(self, request: object, client_address: object) -> None:
        """A visitor who hangs up is no error here."""


class Visit(BaseHTTPRequestHandler):
    server: Portal

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        self.server.asked.append(unquote(self.path))
        for path, manner in self.server.manners.items():
            if path in parts.path:
                return manner(self)
        words = {k: v[0] for k, v in parse_qs(parts.query).items()}
        path = unquote(parts.path).removeprefix("/rest/services").strip("/").split("/")
        if path == [""]:
            listed = [{"name": n, "type": "FeatureServer"} for n in self.server.catalogue]
            return self.tell({"services": [*listed, {"name": "WD_DEC_2025_UK_BGC", "type": "MapServer"}]})
        rows = self.server.tables.get(path[0])
        if rows is None:
            return self.fault("Invalid URL")
        if path[-1] != "query":
            return self.tell({"fields": [{"name": name} for name in rows[0] if name != "shape"]})
        return self.query(rows, words)

    def query(self, rows: list[dict[str, Any]], words: dict[str, str]) -> None:
        fields = [f for f in words["outFields"].split(",") if f]
        where = re.fullmatch(r"(\w+) IN \((.*)\)", words["where"])
        for name in [*fields, words["orderByFields"].split(",")[0], *([where[1]] if where else [])]:
            if name not in rows[0]:
                return self.fault(f"'Invalid field: {name}' parameter is invalid")
        if where:
            wanted = set(re.findall(r"'((?:[^']|'')*)'", where[2]))
            rows = [r for r in rows if r[where[1]] in wanted]
        if words.get("returnDistinctValues") == "true":
            rows = list({tuple(r[f] for f in fields): r for r in rows}.values())
        rows = sorted(rows, key=lambda r: str(r[words["orderByFields"].split(",")[0]]))
        start, count = int(words["resultOffset"]), min(int(words["resultRecordCount"]), self.server.limit)
        page = rows[start : start + count]
        more = {"exceededTransferLimit": True} if start + count < len(rows) else {}
        if words["f"] == "geojson":
            features = [
                {"type": "Feature", "properties": {f: r[f] for f in fields}, "geometry": geometry(r["shape"])}
                for r in page
            ]
            said: dict[str, Any] = {"type": "FeatureCollection", "features": features}
            return self.tell({**said, "properties": more} if more else said)
        shown = [{"attributes": {f: r[f] for f in fields}} for r in page]
        if words.get("outSR") == "27700":
            for feature, row in zip(shown, page, strict=True):
                rings = [[metres(*p) for p in ring] for polygon in row["shape"] for ring in polygon]
                feature["geometry"] = {"rings": rings}  # type: ignore[dict-item]
            more = {**more, "spatialReference": {"wkid": 27700, "latestWkid": 27700}}  # type: ignore[dict-item]
        return self.tell({"features": shown, **more})

    def fault(self, detail: str) -> None:
        """A fault as ArcGIS puts it: status 200, the trouble inside."""
        message = "Cannot perform query. Invalid query parameters."
        self.tell({"error": {"code": 400, "message": message, "details": [detail]}})

    def tell(self, said: Any) -> None:
        self.say(200, json.dumps(said).encode())

    def say(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Says nothing."""


def geometry(shape: list[list[Ring]]) -> dict[str, Any] | None:
    if not shape:
        return None
    if len(shape) == 1:
        return {"type": "Polygon", "coordinates": shape[0]}
    return {"type": "MultiPolygon", "coordinates": shape}


@contextmanager
def open_portal() -> Iterator[Portal]:
    """The service, open for the time of a test."""
    portal = Portal()
    thread = threading.Thread(target=portal.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield portal
    finally:
        portal.shutdown()
        thread.join()
        portal.server_close()
