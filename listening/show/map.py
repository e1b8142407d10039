"""The map of the wards: plain shapes, without tiles and without the internet.

The shapes are those of ``shapes``. Plotly would fetch coastlines from its makers' server for any
map; it is given an empty world instead (``NO_CDN``).
"""

import base64
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from textwrap import wrap
from typing import Any

import plotly.graph_objects as go

from listening.show import charts
from listening.show.shapes import Ring, Shape
from listening.summarise import words
from listening.summarise.compare import (
    ABOVE,
    BELOW,
    DEAF,
    FAR,
    FEW,
    JUST,
    LONG,
    NEW,
    ORDER,
    SAME,
    Compared,
    judgement,
)

_LAYERS = ("coastlines", "land", "ocean", "lakes", "rivers", "countries", "subunits")
_EMPTY = {
    "type": "Topology",
    "arcs": [],
    "objects": {name: {"type": "GeometryCollection", "geometries": []} for name in _LAYERS},
}
# The "#" swallows the file name that Plotly appends ("world_110m.json").
NO_CDN = f"data:application/json;base64,{base64.b64encode(json.dumps(_EMPTY).encode()).decode()}#"
CONFIG = {"topojsonURL": NO_CDN}

HATCH = 7  # lines across the widest shape
LETTERS = 11  # of a name on one line
EDGE = 0.02  # of the map left free on each side
WIDTH, LOWEST, TALLEST = 700, 240, 580  # pixels

# By dark: the fill of each, and the ink upon it; all at least 4.5:1.
FILLS = {
    FAR: ("#d55e00", "#d55e00"),
    ABOVE: ("#e69f00", "#e69f00"),
    JUST: ("#f6d28b", "#f6d28b"),
    BELOW: ("#8ec7ec", "#8ec7ec"),
    SAME: ("#e3e9ee", "#2b3640"),
    FEW: ("#e3e9ee", "#2b3640"),
    NEW: ("#e3e9ee", "#2b3640"),
    LONG: ("#e3e9ee", "#2b3640"),
    DEAF: ("#ffffff", "#11161b"),
}
PLAIN = (SAME, FEW, NEW, LONG, DEAF)  # their ink goes with the theme; on a colour it is always dark
MARKS = {FAR: "▲▲", ABOVE: "▲", JUST: "△", BELOW: "▼", DEAF: "▨"}
PARTLY = "◐"  # heard for part of the time
KEY = {
    FAR: "far above usual",
    ABOVE: "above usual",
    JUST: "just above usual",
    BELOW: "below usual",
    SAME: "usual",
    FEW: FEW,
    NEW: "no usual range yet",
    DEAF: "could not be heard",
}


def figure(wards: Sequence[Compared], known: Mapping[str, Shape]) -> go.Figure:
    """The map: each ward filled by how far it lies from its own usual, with a mark and its name."""
    is_dark = charts.dark()
    shown = [w for w in wards if w.ward in known]
    fig = charts.figure(
        *_filled(shown, known, is_dark), _hatched(shown, known, is_dark), _names(shown, known, is_dark)
    )
    west, south, wide, high = _frame(shown, known)
    fig.update_geos(
        visible=False,
        bgcolor="rgba(0,0,0,0)",
        projection_type="mercator",
        lonaxis_range=[west - wide * EDGE, west + wide * (1 + EDGE)],
        lataxis_range=[south - high * EDGE, south + high * (1 + EDGE)],
    )
    tall = height(wards, known)
    return fig.update_layout(height=tall, margin={"l": 0, "r": 0, "t": 0, "b": 0})


def _filled(wards: Sequence[Compared], known: Mapping[str, Shape], is_dark: bool) -> list[go.Choropleth]:
    """A layer for each judgement, in one colour."""
    everything = _geojson(known, [w.ward for w in wards])
    result = []
    for lies, colours in FILLS.items():
        here = [w for w in wards if w.lies == lies]
        if here:
            colour = colours[is_dark]
            result.append(
                go.Choropleth(
                    geojson=everything,
                    locations=[w.ward for w in here],
                    z=[0] * len(here),
                    colorscale=[[0, colour], [1, colour]],
                    showscale=False,
                    marker={"line": {"color": charts.LINES[is_dark], "width": 1}},
                    text=[hover(w) for w in here],
                    hoverinfo="text",
                    selected={"marker": {"opacity": 1}},
                    unselected={"marker": {"opacity": 1}},
                )
            )
    return result


def _geojson(known: Mapping[str, Shape], names: Iterable[str]) -> dict[str, Any]:
    features = [
        {
            "type": "Feature",
            "id": name,
            "properties": {},
            "geometry": {"type": "MultiPolygon", "coordinates": known[name]},
        }
        for name in names
    ]
    return {"type": "FeatureCollection", "features": features}


def hover(ward: Compared) -> str:
    """What is read above a ward: its name, its figures beside its usual range, and where that lies."""
    if ward.lies == DEAF:
        return f"<b>{charts.plain(ward.ward)}</b><br>{DEAF}"
    usual = f", usually {ward.usual.low}–{ward.usual.high}" if ward.usual else ""
    figures = f"{ward.posts:,} posts{usual}, {ward.voices:,} accounts"
    return f"<b>{charts.plain(ward.ward)}</b><br>{figures}<br>{judgement(ward)}"


def _hatched(wards: Sequence[Compared], known: Mapping[str, Shape], is_dark: bool) -> go.Scattergeo:
    """Slanting lines over the wards that could not be heard."""
    deaf = [known[w.ward] for w in wards if w.lies == DEAF]
    ends = [hatch(shape) for shape in deaf]
    lines = [point for shape in ends for line in shape for point in (*line, (None, None))]
    return go.Scattergeo(
        lon=[x for x, _ in lines],
        lat=[y for _, y in lines],
        mode="lines",
        line={"color": charts.LINES[is_dark], "width": 1},
        opacity=0.5,  # the name upon it stays legible
        hoverinfo="skip",
    )


def hatch(shape: Shape) -> list[tuple[tuple[float, float], tuple[float, float]]]:
    """Lines from south-west to north-east across a shape, by the even-odd rule; holes stay free."""
    rings = [ring for polygon in shape for ring in polygon]
    offsets = [y - x for ring in rings for x, y in ring]
    low, high = min(offsets), max(offsets)
    result = []
    for n in range(1, HATCH + 1):
        c = low + (high - low) * n / (HATCH + 1)  # the line y = x + c
        crossed = []
        for ring in rings:
            for (x1, y1), (x2, y2) in pairwise(ring):
                before, after = y1 - x1 - c, y2 - x2 - c
                if (before < 0) != (after < 0):
                    x = x1 + (x2 - x1) * before / (before - after)
                    crossed.append((x, x + c))
        crossed.sort()
        result += list(zip(crossed[::2], crossed[1::2], strict=True))
    return result


def _names(wards: Sequence[Compared], known: Mapping[str, Shape], is_dark: bool) -> go.Scattergeo:
    """Each ward's name and mark in its middle; dark ink on the coloured ones in either theme."""
    middles = [_middle(known[w.ward]) for w in wards]
    return go.Scattergeo(
        lon=[x for x, _ in middles],
        lat=[y for _, y in middles],
        text=[_label(w) for w in wards],
        mode="text",
        textfont={
            "size": 12,
            "color": [charts.INK[is_dark and w.lies in PLAIN] for w in wards],
            "family": charts.FONT,
        },
        hoverinfo="skip",
    )


def _label(ward: Compared) -> str:
    name = wrap(ward.ward, LETTERS, break_long_words=False, max_lines=3, placeholder="…")
    mark = [MARKS[ward.lies]] if ward.lies in MARKS and ward.lies != DEAF else []  # the hatch says it
    mark += [PARTLY] if ward.heard else []
    lines = [*map(charts.plain, name), *mark]
    return "<br>".join(lines)


def _middle(shape: Shape) -> tuple[float, float]:
    """The middle of the largest polygon's box."""
    rings = [polygon[0] for polygon in shape]
    ring = max(rings, key=lambda r: _box(r)[2] * _box(r)[3])
    west, south, wide, high = _box(ring)
    return west + wide / 2, south + high / 2


def _box(ring: Ring) -> tuple[float, float, float, float]:
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    return min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)


def _frame(wards: Sequence[Compared], known: Mapping[str, Shape]) -> tuple[float, float, float, float]:
    """West, south, width and height of all the shapes, in degrees."""
    corners = [point for w in wards if w.ward in known for polygon in known[w.ward] for point in polygon[0]]
    return _box(corners or [(0.0, 0.0), (1.0, 1.0)])


def tallness(wards: Sequence[Compared], known: Mapping[str, Shape]) -> float:
    """Height to width of the map as it is drawn."""
    _, south, wide, high = _frame(wards, known)
    return high / max(wide * math.cos(math.radians(south + high / 2)), 1e-9)


def height(wards: Sequence[Compared], known: Mapping[str, Shape]) -> int:
    """Pixels for a column 700 wide; a tall area gets more, up to a screen."""
    return int(min(TALLEST, max(LOWEST, WIDTH * tallness(wards, known))))


def narrow(wards: Sequence[Compared], known: Mapping[str, Shape], key: str) -> str:
    """Style that takes away the empty strips above and below the map where the column is narrow.

    A chart's height is fixed in pixels; on a phone the map is narrower, so it leaves room unused.
    """
    tall, pixels = tallness(wards, known), height(wards, known)
    strip = f"calc((100vw - 2rem) * {tall / 2:.3f} - {pixels / 2:.0f}px)"
    return f"@media (max-width: 640px) {{.st-key-{key} {{margin-block: min(0px, {strip})}}}}"


def key(wards: Sequence[Compared]) -> str:
    """What the marks mean, only those that are on the map: ``▲ above usual   no mark: usual``."""
    met = {w.lies for w in wards}
    marked = [f"{MARKS[lies]} {KEY[lies]}" for lies in MARKS if lies in met]
    marked += [f"{PARTLY} heard for part of the time"] if any(w.heard for w in wards) else []
    unmarked = {w.lies for w in wards if not w.heard}
    plain = [f"no mark: {KEY[lies]}" for lies in (SAME, FEW, NEW) if lies in unmarked]
    return " · ".join([*marked, *plain])


def alt(wards: Sequence[Compared]) -> str:
    """The map in words, for those who cannot see it."""
    parts = []
    for lies in ORDER:
        names = [f"{w.ward}{f' (heard {w.heard})' if w.heard else ''}" for w in wards if w.lies == lies]
        if names:
            parts.append(f"{lies}: {', '.join(names)}")
    return f"Map of the wards. {'. '.join(parts)}."


def unmapped(names: Sequence[str]) -> str:
    """That some wards are not on the map: ``Not on the map, for want of a place to put it: Moorside.``"""
    return f"Not on the map, for want of a place to put it: {words.listed(names)}." if names else ""
