"""The shapes of the wards and the figure they make."""

import json
import math
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest
from screen import ROOT, SAMPLE, configured

from listening.area import Area, Ward, load
from listening.errors import AreaError
from listening.show import charts, shapes
from listening.show import map as ward_map
from listening.summarise.compare import ABOVE, DEAF, FEW, SAME, Compared
from listening.summarise.trends import Usual

SQUARE = [[[0.0, 50.0], [1.0, 50.0], [1.0, 51.0], [0.0, 51.0], [0.0, 50.0]]]  # turns anticlockwise
TURNED = [[(0.0, 50.0), (0.0, 51.0), (1.0, 51.0), (1.0, 50.0), (0.0, 50.0)]]


@pytest.fixture(params=[SAMPLE, ROOT / "sources.yaml"], ids=["sample", "ashfield"])
def area(request: pytest.FixtureRequest) -> Area:
    return load(request.param)


def between(one: tuple[int, int], other: tuple[int, int]) -> float:
    """Distance of two cells, in widths of a cell."""
    return math.dist(shapes.middle(one), shapes.middle(other)) / (shapes.SIZE * math.sqrt(3))


def compared(name: str, lies: str) -> Compared:
    return Compared(name, 21, 19, 16, 5, Usual(4, 11, 20), lies=lies)


def test_every_ward_has_a_hexagon_of_its_own_and_none_overlap(area: Area) -> None:
    cells = shapes.pack(area.wards)
    assert set(cells) == {w.name for w in area.wards}
    assert min(between(a, b) for a, b in combinations(cells.values(), 2)) > 0.999
    assert len({len(ring[0][0]) for ring in shapes.hexagons(area.wards).values()}) == 1


def test_neighbours_stay_neighbours(area: Area) -> None:
    cells = shapes.pack(area.wards)
    placed = {w.name: w.centroid for w in area.wards if w.centroid}
    near = 0
    for name, (lon, lat) in placed.items():
        others = {n: math.dist((lon * 0.59, lat), (x * 0.59, y)) for n, (x, y) in placed.items() if n != name}
        nearest = min(others, key=lambda n: others[n])
        near += between(cells[name], cells[nearest]) < 2.01  # beside it, or one cell between
    assert near >= 0.85 * len(placed)


def test_north_stays_north_and_west_stays_west(area: Area) -> None:
    cells = shapes.pack(area.wards)
    placed = [(w, shapes.middle(cells[w.name])) for w in area.wards if w.centroid]
    axes = []
    for axis in (0, 1):
        far = [
            (one.centroid[axis] < other.centroid[axis], a[axis] < b[axis])
            for (one, a), (other, b) in combinations(placed, 2)
            if one.centroid and other.centroid and abs(a[axis] - b[axis]) > 1.01 * shapes.SIZE * math.sqrt(3)
        ]
        axes.append(sum(x == y for x, y in far) / len(far))
    assert min(axes) > 0.95


def test_wards_on_a_perfect_grid_keep_every_neighbour() -> None:
    wards = [
        Ward(f"W{c}{r}", f"X{c}{r}", centroid=(0.01 * (c + 0.5 * (r % 2)), 0.01 * r * 0.866))
        for r in range(4)
        for c in range(4)
    ]
    cells = shapes.pack(wards)
    for one, other in combinations(wards, 2):
        assert one.centroid
        assert other.centroid
        if math.dist(one.centroid, other.centroid) < 0.0101:
            assert between(cells[one.name], cells[other.name]) < 2.01


def test_the_same_wards_in_another_order_give_the_same_map(area: Area) -> None:
    assert shapes.pack(reversed(area.wards)) == shapes.pack(area.wards)


def test_wards_in_one_spot_or_without_a_centroid_are_no_accident() -> None:
    wards = [Ward(f"W{n}", f"X{n}", centroid=(-1.0, 53.0)) for n in range(5)]
    assert len(set(shapes.pack([*wards, Ward("Nowhere", "X9")]).values())) == 5
    assert shapes.pack([Ward("Nowhere", "X9")]) == {}
    assert shapes.pack(wards[:1]) == {"W0": (0, 0)}


def features(*found: dict[str, object]) -> str:
    return json.dumps({"type": "FeatureCollection", "features": list(found)})


def feature(geometry: dict[str, object], **properties: str) -> dict[str, object]:
    return {"type": "Feature", "properties": properties, "geometry": geometry}


@pytest.fixture
def own(tmp_path: Path) -> Area:
    """An area whose folder may hold wards.geojson."""
    config = configured(tmp_path)
    folder = tmp_path / "here"
    folder.mkdir()
    for file in (SAMPLE.parent / "area").iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
    config.write_text(config.read_text(encoding="utf-8").replace(str(SAMPLE.parent / "area"), "here"))
    return load(config)


def test_boundaries_are_read_where_the_area_has_them_by_code_or_name(own: Area) -> None:
    one, two = {"type": "Polygon", "coordinates": SQUARE}, {"type": "MultiPolygon", "coordinates": [SQUARE]}
    known = [feature(one, WD24CD="X05000012"), feature(two, name="Upper Dale"), feature(one, name="Leeds")]
    (shapes.folder(own) / shapes.FILE).write_text(features(*known), encoding="utf-8")
    assert shapes.shapes(own) == {"Larkford Bridge": [TURNED], "Upper Dale": [TURNED]}


def test_without_a_file_there_are_hexagons(own: Area) -> None:
    assert shapes.boundaries(own) == {}
    assert len(shapes.shapes(own)) == 18


@pytest.mark.parametrize("text", ["<html>", "[]", features(feature({"type": "Polygon"}, name="Upper Dale"))])
def test_a_file_that_cannot_be_read_is_named(own: Area, text: str) -> None:
    (shapes.folder(own) / shapes.FILE).write_text(text, encoding="utf-8")
    with pytest.raises(AreaError, match=r"wards\.geojson cannot be read as GeoJSON of wards"):
        shapes.shapes(own)


def test_a_ward_that_could_not_be_heard_is_hatched() -> None:
    lines = ward_map.hatch([TURNED])
    assert len(lines) == ward_map.HATCH
    assert all(0 <= x <= 1 and 50 <= y <= 51 for line in lines for x, y in line)


def test_the_map_is_drawn_without_coastlines_from_elsewhere(own: Area) -> None:
    wards = [compared("Larkford Park", ABOVE), compared("Coldbrook", SAME), compared("Upper Dale", DEAF)]
    fig = ward_map.figure(wards, shapes.shapes(own))
    filled = [t for t in fig.data if t.type == "choropleth"]
    assert [list(t.locations) for t in filled] == [["Larkford Park"], ["Coldbrook"], ["Upper Dale"]]
    assert fig.layout.geo.visible is False
    assert ward_map.CONFIG["topojsonURL"].startswith("data:application/json;base64,")
    assert fig.data[-1].text == ("Larkford<br>Park<br>▲", "Coldbrook", "Upper Dale")


def test_a_long_name_is_laid_over_three_lines() -> None:
    wards = [compared("Upper Mill & Lower Mill", SAME), compared("Mill Lane and Church Road and Hill", SAME)]
    box = {w.ward: [TURNED] for w in wards}
    assert ward_map.figure(wards, box).data[-1].text == (
        "Upper Mill<br>&amp; Lower<br>Mill",
        "Mill Lane<br>and Church<br>Road and…",
    )


def test_colour_never_stands_alone() -> None:
    wards = [compared("Larkford Park", ABOVE), compared("Coldbrook", SAME), compared("Upper Dale", DEAF)]
    assert ward_map.key(wards) == "▲ above usual · ▨ could not be heard · no mark: usual"
    assert ward_map.key([*wards, compared("Northfields", FEW)]).endswith(
        "no mark: usual · no mark: too few to compare"
    )
    assert ward_map.alt(wards) == (
        "Map of the wards. above usual: Larkford Park. no clear change: Coldbrook. "
        "could not be heard: Upper Dale."
    )
    assert ward_map.hover(wards[0]) == (
        "<b>Larkford Park</b><br>21 posts, usually 4–11, 19 accounts<br>above usual"
    )
    assert ward_map.hover(wards[2]) == "<b>Upper Dale</b><br>could not be heard"


def test_a_ward_heard_for_part_of_the_time_has_a_mark_and_is_not_hatched() -> None:
    wards = [replace(compared("Upper Dale", SAME), heard="4 of 7 days")]
    assert ward_map.key(wards) == "◐ heard for part of the time"
    assert ward_map.alt(wards) == "Map of the wards. no clear change: Upper Dale (heard 4 of 7 days)."
    known = {"Upper Dale": [[[(0.0, 50.0), (1.0, 50.0), (1.0, 51.0), (0.0, 50.0)]]]}
    figure = ward_map.figure(wards, known)
    assert list(figure.data[-1].text) == ["Upper Dale<br>◐"]
    assert "heard 4 of 7 days" in figure.data[0].text[0]
    assert not figure.data[1].lon


def test_a_name_is_only_words_on_the_map() -> None:
    hostile = compared("<b>Ward</b> & Co", SAME)
    assert ward_map.hover(hostile).startswith("<b>&lt;b&gt;Ward&lt;/b&gt; &amp; Co</b>")


def test_wards_without_a_place_on_the_map_are_named() -> None:
    assert ward_map.unmapped(["Moorside", "Coldbrook"]) == (
        "Not on the map, for want of a place to put it: Moorside and Coldbrook."
    )
    assert ward_map.unmapped([]) == ""


def test_the_ink_on_every_fill_can_be_read() -> None:
    for is_dark in (False, True):
        for lies, fills in ward_map.FILLS.items():
            ink = charts.INK[is_dark and lies in ward_map.PLAIN]
            assert contrast(fills[is_dark], ink) >= 4.5, (lies, is_dark)


def contrast(one: str, other: str) -> float:
    """WCAG 2.2, relative luminance and contrast ratio."""
    first, second = sorted((luminance(one), luminance(other)), reverse=True)
    return (first + 0.05) / (second + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_an_area_without_centroids_has_no_map(own: Area) -> None:
    bare = replace(own, wards=tuple(replace(w, centroid=None) for w in own.wards))
    assert shapes.shapes(bare) == {}
