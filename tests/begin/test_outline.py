"""Boundaries made light: neighbours stay neighbours, rings stay rings. The shapes are invented."""

import json
import random
from collections import Counter
from itertools import pairwise

import pytest
from geography import SOUTH, WEST, mesh

from listening.begin.outline import Outline, light

Ring = list[tuple[float, float]]
Polygons = list[list[Ring]]


def wards(columns: int = 3, rows: int = 3, points: int = 60) -> dict[str, Polygons]:
    return {f"X0500{n:04}": shape for n, shape in enumerate(mesh(columns, rows, points=points))}


def size(outline: Outline) -> int:
    return len(outline.geojson(dict.fromkeys(outline.polygons, "Ward")))


def edges(polygons: dict[str, Polygons]) -> Counter[frozenset[tuple[float, float]]]:
    return Counter(
        frozenset(e) for many in polygons.values() for p in many for ring in p for e in pairwise(ring)
    )


def area(ring: Ring) -> float:
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring)) / 2


def ground(polygons: Polygons) -> float:
    return sum(abs(area(p[0])) - sum(abs(area(hole)) for hole in p[1:]) for p in polygons)


def crossings(polygons: dict[str, Polygons]) -> int:
    """Pairs of edges that cross inside both, counted the slow and simple way."""
    every = [tuple(sorted(e)) for e in edges(polygons)]

    def side(a: tuple[float, float], b: tuple[float, float], c: tuple[float, float]) -> int:
        turn = round(((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) * 1e10)
        return (turn > 0) - (turn < 0)

    return sum(
        side(a, b, c) * side(a, b, d) < 0 and side(c, d, a) * side(c, d, b) < 0
        for n, (a, b) in enumerate(every)
        for c, d in every[n + 1 :]
    )


def test_what_is_small_enough_keeps_every_point() -> None:
    before = wards(2, 1)
    after = light(before, 1_000_000).polygons
    assert {c: [[len(r) for r in p] for p in many] for c, many in after.items()} == {
        c: [[len(r) for r in p] for p in many] for c, many in before.items()
    }


@pytest.mark.parametrize("most", [40_000, 20_000, 10_000])
def test_what_is_too_large_becomes_smaller_than_asked(most: int) -> None:
    before = wards()
    assert size(light(before, 10**9)) > 40_000
    assert 0.5 * most < size(light(before, most)) <= most


@pytest.mark.parametrize("most", [40_000, 20_000, 10_000])
def test_neighbours_share_their_borders_edge_by_edge(most: int) -> None:
    before, after = wards(), light(wards(), most).polygons
    assert max(edges(after).values()) == 2
    inner = [n for n in edges(after).values() if n == 2]
    assert len(inner) > 40
    corners = {(round(WEST + 0.05 * x, 5), round(SOUTH + 0.05 * y, 5)) for x in (1, 2) for y in (1, 2)}
    assert corners <= {point for edge in edges(after) for point in edge}, "where wards meet, they still meet"
    hole, filling = after["X05000000"][0][1], after["X05000008"][1][0]
    assert set(hole) == set(filling)
    assert abs(sum(map(ground, after.values())) / sum(map(ground, before.values())) - 1) < 0.005


def test_no_ward_changes_much() -> None:
    before, after = wards(), light(wards(), 20_000).polygons
    assert max(abs(ground(after[c]) / ground(before[c]) - 1) for c in before) < 0.01


@pytest.mark.parametrize("most", [30_000, 8_000])
def test_every_ring_is_closed_and_encloses_something(most: int) -> None:
    for many in light(wards(), most).polygons.values():
        for ring in (ring for polygon in many for ring in polygon):
            assert ring[0] == ring[-1]
            assert len(ring) >= 4
            assert len(set(ring)) == len(ring) - 1
            assert area(ring) != 0


def test_borders_that_would_cross_get_their_points_back() -> None:
    """A narrow inlet winds between two wards; a straight line across it would cut the next border."""
    noise = random.Random(7)
    line = [(n * 0.001, 0.004 * noise.random()) for n in range(300)]
    above = [(x, y + 0.0006) for x, y in line]
    top, bottom = [(0.299, 0.1), (0.0, 0.1)], [(0.299, -0.1), (0.0, -0.1)]
    strip = [*line, *above[::-1], line[0]]
    shapes = {
        "X05000001": [[[*above, *top, above[0]]]],
        "X05000002": [[strip]],
        "X05000003": [[[*line, *bottom, line[0]]]],
    }
    before = light(shapes, 10**9).polygons
    assert crossings(before) == 0
    for most in (20_000, 12_000, 6_000):
        after = light(shapes, most).polygons
        assert crossings(after) == 0
        assert max(edges(after).values()) == 2
    assert sum(map(len, (r for m in after.values() for p in m for r in p))) < 600


def test_a_bay_stays_where_a_straight_coast_would_cut_what_reaches_into_it() -> None:
    coast = [(0.0, 0.0), (0.04, 0.0), (0.05, -0.03), (0.06, 0.0), (0.1, 0.0)]
    land = [*coast, (0.1, -0.1), (0.0, -0.1), (0.0, 0.0)]
    reef = [(0.049, 0.02), (0.05, -0.02), (0.051, 0.02), (0.049, 0.02)]
    open_sea = light({"X05000001": [[land]]}, 1).polygons["X05000001"]
    assert (0.05, -0.03) not in open_sea[0][0], "with nothing in it the bay goes"
    after = light({"X05000001": [[land]], "X05000002": [[reef]]}, 1).polygons
    assert (0.05, -0.03) in after["X05000001"][0][0]
    assert crossings(after) == 0


def test_islets_too_small_to_draw_go_and_a_ward_keeps_its_largest_piece() -> None:
    last = f"X0500{8:04}"
    whole, small = light(wards(), 10**9), light(wards(), 8_000)
    assert (len(whole.polygons[last]), whole.islets) == (5, 0)
    assert (len(small.polygons[last]), small.islets) == (2, 3)
    alone = {"X05999999": [[[(0.0, 0.0), (0.001, 0.0), (0.0, 0.001), (0.0, 0.0)]]], **wards()}
    assert len(light(alone, 8_000).polygons["X05999999"]) == 1


def test_the_geojson_says_code_and_name_and_turns_its_rings_as_the_standard_says() -> None:
    outline = light({"X05000001": mesh(1, 1)[0], "X05000002": []}, 10**9)
    said = json.loads(outline.geojson({"X05000001": 'Dale "Moor" & Ŵ', "X05000002": "Nowhere"}))
    (feature,) = said["features"]
    assert (feature["id"], feature["properties"]) == (
        "X05000001",
        {"code": "X05000001", "name": 'Dale "Moor" & Ŵ'},
    )
    assert feature["geometry"]["type"] == "Polygon"
    assert area([tuple(p) for p in feature["geometry"]["coordinates"][0]]) > 0
    holed = json.loads(light(wards(2, 1), 10**9).geojson({c: c for c in wards(2, 1)}))["features"][0]
    assert [area([tuple(p) for p in r]) > 0 for r in holed["geometry"]["coordinates"]] == [True, False]


def test_rings_that_enclose_nothing_are_left_out() -> None:
    spike = [(0.0, 0.0), (0.1, 0.0), (0.0, 0.0)]
    assert light({"X05000001": [[spike]], "X05000002": []}, 10**9).polygons == {
        "X05000001": [],
        "X05000002": [],
    }


def test_the_same_wards_give_the_same_outline_in_whatever_order_their_points_begin() -> None:
    before = wards(2, 2)
    turned = {c: [[[*r[9:-1], *r[:10]] for r in p] for p in many] for c, many in before.items()}
    first, second = light(before, 12_000), light(turned, 12_000)
    assert edges(first.polygons) == edges(second.polygons)
