"""Outline: boundaries made light without tearing neighbours apart.

Points are put on a grid of about a metre. Rings are cut where three wards meet, or where a shared border
begins, into arcs; a border that two wards share is one arc, so both keep the same points. From each arc
those points go whose triangle with their neighbours is smallest (Visvalingam and Whyatt 1993, "Line
generalisation by repeated elimination of points", The Cartographic Journal 30:1), the ends of arcs never.
Where that would make two borders cross or lie upon each other, the arcs concerned get points back.
Islets that nothing shares are left out once they are smaller than what goes from the borders, never a
ward's largest piece. What this does not see: a small island wholly inside a bay that goes straight lies on
land afterwards.

The idea of arcs is TopoJSON's (specification, github.com/topojson/topojson-specification; read 2026-11-22).
"""

import heapq
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from listening.begin.crossing import Point, crossing

DECIMALS = 5  # of a degree: 1.1 m to the north, 0.6 m to the east in Britain
STEPS = 22  # halvings of the search for the finest outline that is small enough
REPAIRS = 12  # rounds of giving points back before all of them are

Ring = list[tuple[float, float]]
Polygons = list[list[Ring]]


@dataclass(frozen=True)
class Outline:
    """Light boundaries: polygons in degrees by code, and how many islets they leave out."""

    polygons: dict[str, Polygons]
    islets: int

    def geojson(self, names: Mapping[str, str]) -> bytes:
        """A FeatureCollection with ``code`` and ``name``, outer rings anticlockwise (RFC 7946, 3.1.6)."""
        features = ",\n".join(
            _feature(code, names[code], many) for code, many in self.polygons.items() if many
        )
        return f'{{"type":"FeatureCollection","features":[\n{features}\n]}}\n'.encode()


def light(wards: Mapping[str, Polygons], most: int, names: Mapping[str, str] | None = None) -> Outline:
    """The finest outline of these polygons (in degrees) whose GeoJSON, with these names, is at most so large.

    Where nothing is small enough, the lightest there is.
    """
    net = _Net(wards)
    called = names or {code: code for code in wards}
    best = net.outline(0.0)
    if len(best.geojson(called)) <= most:
        return best
    low, high = 0.0, net.largest()
    best = net.outline(high)
    for _ in range(STEPS):
        middle = math.sqrt(low * high) if low else high / 64
        tried = net.outline(middle)
        if len(tried.geojson(called)) <= most:
            best, high = tried, middle
            if low and high / low < 1.02:
                break
        else:
            low = middle
    return best


class _Net:
    """The arcs of all rings, each with the weight at which its points go."""

    def __init__(self, wards: Mapping[str, Polygons]) -> None:
        rings = {code: [[_grid(r) for r in polygon] for polygon in many] for code, many in wards.items()}
        self.rings = {code: [[r for r in p if r] for p in many if p and p[0]] for code, many in rings.items()}
        every = [ring for many in self.rings.values() for polygon in many for ring in polygon]
        lats = [y for ring in every for _, y in ring]
        self.shrink = math.cos(math.radians(sum(lats) / max(len(lats), 1) / 10**DECIMALS))
        self.joints = _joints(every)
        self.arcs: list[list[Point]] = []
        self.used: list[int] = []
        self._known: dict[tuple[Point, ...], int] = {}
        self.plan = {
            code: [[self._cut(ring) for ring in polygon] for polygon in many]
            for code, many in self.rings.items()
        }
        self.weights = [_weights(arc, self.shrink) for arc in self.arcs]

    def largest(self) -> float:
        """A weight above which nothing more goes."""
        finite = (w for weights in self.weights for w in weights if w != math.inf)
        return max(finite, default=1.0) + 1.0

    def outline(self, least: float) -> Outline:
        """The polygons without the points of less weight, mended where borders would cross."""
        kept = self._mended(least)
        islets = 0
        result = {}
        for code, many in self.plan.items():
            biggest = max((self._size(p[0]) for p in many), default=0.0)
            polygons = []
            for polygon in many:
                if self._alone(polygon[0]) and self._size(polygon[0]) < min(least, biggest):
                    islets += 1
                    continue
                holes = [r for r in polygon[1:] if not (self._alone(r) and self._size(r) < least)]
                polygons.append([_degrees(_joined(ring, kept)) for ring in (polygon[0], *holes)])
            result[code] = polygons
        return Outline(result, islets)

    def _mended(self, least: float) -> list[list[Point]]:
        """The arcs without the points of less weight; those that cross get finer until none does."""
        mine = [least] * len(self.arcs)
        kept = [self._kept(n, least) for n in range(len(self.arcs))]
        for turn in range(REPAIRS):
            wrong = {n for n in crossing(kept) if mine[n]}
            if not wrong:
                break
            for n in wrong if turn < REPAIRS - 1 else range(len(mine)):
                mine[n] = mine[n] / 4 if turn < REPAIRS // 2 else 0.0
                kept[n] = self._kept(n, mine[n])
        return kept

    def _kept(self, n: int, least: float) -> list[Point]:
        arc, weights = self.arcs[n], self.weights[n]
        kept = [p for p, w in zip(arc, weights, strict=True) if w >= least]
        if arc[0] == arc[-1] and len(kept) < 4:  # a closed arc stays a triangle, that of its heaviest points
            heavy = sorted(range(1, len(arc) - 1), key=lambda i: -weights[i])[:2]
            kept = [arc[0], *(arc[i] for i in sorted(heavy)), arc[-1]]
        return kept

    def _alone(self, ring: list[tuple[int, bool]]) -> bool:
        return len(ring) == 1 and self.used[ring[0][0]] == 1

    def _size(self, ring: list[tuple[int, bool]]) -> float:
        return abs(_area(_joined(ring, self.arcs))) * self.shrink

    def _cut(self, ring: list[Point]) -> list[tuple[int, bool]]:
        """The ring as arcs, each by number and whether it is walked backwards."""
        open_ring = ring[:-1]
        cuts = [i for i, p in enumerate(open_ring) if p in self.joints]
        start = cuts[0] if cuts else open_ring.index(min(open_ring))
        turned = [*open_ring[start:], *open_ring[:start], open_ring[start]]
        ends = [0, *(i for i in range(1, len(turned) - 1) if turned[i] in self.joints), len(turned) - 1]
        return [self._arc(turned[a : b + 1]) for a, b in pairwise(ends)]

    def _arc(self, points: list[Point]) -> tuple[int, bool]:
        there, back = tuple(points), tuple(reversed(points))
        same = min(there, back)
        if same not in self._known:
            self._known[same] = len(self.arcs)
            self.arcs.append(list(same))
            self.used.append(0)
        number = self._known[same]
        self.used[number] += 1
        return number, same != there


def _grid(ring: Iterable[tuple[float, float]]) -> list[Point]:
    """On the grid, closed, without repeated points; empty where it encloses nothing."""
    points = [(round(x * 10**DECIMALS), round(y * 10**DECIMALS)) for x, y in ring]
    points = [p for n, p in enumerate(points) if n == 0 or p != points[n - 1]]
    if points and points[0] != points[-1]:
        points.append(points[0])
    return points if len(points) > 3 and _area(points) else []


def _joints(rings: Iterable[list[Point]]) -> set[Point]:
    """Points where lines meet: two rings pass them with different neighbours, or one passes twice."""
    beside: dict[Point, frozenset[Point]] = {}
    joints: set[Point] = set()
    for ring in rings:
        open_ring = ring[:-1]
        seen: set[Point] = set()
        for i, point in enumerate(open_ring):
            pair = frozenset((open_ring[i - 1], open_ring[(i + 1) % len(open_ring)]))
            if point in seen or beside.setdefault(point, pair) != pair:
                joints.add(point)
            seen.add(point)
    return joints


def _weights(arc: list[Point], shrink: float) -> list[float]:
    """For each point the area at which it goes, never less than that of one gone before; ends stay."""
    weights = [math.inf] * len(arc)
    before, after = [i - 1 for i in range(len(arc))], [i + 1 for i in range(len(arc))]

    def triangle(i: int) -> float:
        (x1, y1), (x2, y2), (x3, y3) = arc[before[i]], arc[i], arc[after[i]]
        return abs((x2 - x1) * (y3 - y1) - (x3 - x1) * (y2 - y1)) * shrink / 2

    now = {i: triangle(i) for i in range(1, len(arc) - 1)}
    heap = [(area, i) for i, area in now.items()]
    heapq.heapify(heap)
    reached = 0.0
    while heap:
        area, i = heapq.heappop(heap)
        if weights[i] != math.inf or now[i] != area:
            continue  # an older figure
        reached = max(reached, area)
        weights[i] = reached
        left, right = before[i], after[i]
        after[left], before[right] = right, left
        for j in (left, right):
            if 0 < j < len(arc) - 1:
                now[j] = triangle(j)
                heapq.heappush(heap, (now[j], j))
    return weights


def _joined(ring: list[tuple[int, bool]], arcs: Sequence[list[Point]]) -> list[Point]:
    points: list[Point] = []
    for number, backwards in ring:
        arc = arcs[number][::-1] if backwards else arcs[number]
        points += arc[1:] if points else arc
    return points


def _area(ring: Sequence[tuple[int, int]]) -> float:
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring)) / 2


def _degrees(points: list[Point]) -> Ring:
    return [(x / 10**DECIMALS, y / 10**DECIMALS) for x, y in points]


def _feature(code: str, name: str, polygons: Polygons) -> str:
    turned = [[_turned(ring, n == 0) for n, ring in enumerate(polygon)] for polygon in polygons]
    many = len(turned) > 1
    geometry = {"type": "MultiPolygon" if many else "Polygon", "coordinates": turned if many else turned[0]}
    feature: dict[str, Any] = {"type": "Feature", "id": code, "properties": {"code": code, "name": name}}
    return json.dumps({**feature, "geometry": geometry}, ensure_ascii=False, separators=(",", ":"))


def _turned(ring: Ring, outer: bool) -> Ring:
    area = sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring))
    return ring if (area > 0) == outer else ring[::-1]
