"""The pictures of Trends: a line with its usual range as a soft band, parts as bars, tone as one bar.

Nothing is told by colour alone: what lies outside its range has another shape and its number beside
it, and lines differ in dash. How a chart looks otherwise is the business of ``charts``.
"""

import math
from collections.abc import Sequence
from datetime import timedelta
from textwrap import wrap
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from listening.show import charts
from listening.summarise import words
from listening.summarise.course import LENGTH, UNHEARD, Line, Point
from listening.summarise.course_words import point_name, reason
from listening.summarise.figures import Figures
from listening.summarise.shares import Part
from listening.summarise.trends import usually

HEIGHT = 300
EDGE = timedelta(days=2)  # of the picture left free on both sides
FEW = 5  # days or weeks: fewer have a tick each
WHOLE = 5  # posts: below, a tick would stand at half a post
NAMED = 0.2  # of the picture: a gap from so wide on has its words upon it
DAY_MS = 86_400_000  # the unit of a bar's width on an axis of days
GAP = 16  # pixels, the height of a line of letters
LETTERS, LETTER = 14, 8  # of a name on one line, and pixels a letter
DASHES = ("solid", "dash", "dot", "dashdot")
Trace = dict[str, Any]  # a part of a picture in Plotly's words: as objects they would be made twice
DARK_INK = charts.INK[False]  # on the fills below, whatever the theme: over 7:1
TONES = (
    ("negative", "unhappy", charts.ORANGE[True], ""),
    ("neutral", "neutral", "#b8c0c8", ""),
    ("positive", "pleased", charts.BLUE[True], ""),
    ("unclear", "can't tell", "#e3e7ea", "/"),
)


def drawn(
    traces: Sequence[Trace],
    height: int = HEIGHT,
    above: int = 24,
    right: int = 8,
    x: Trace | None = None,
    y: Trace | None = None,
    **layout: Any,
) -> go.Figure:
    """A picture in the one template, with room for labels ``above`` it and on its ``right``."""
    return charts.figure(
        *traces,
        height=height,
        margin={"l": 8, "r": right, "t": above, "b": 8},
        xaxis={"tickformat": "%-d %b", **(x or {})},
        yaxis={"nticks": 4, "showline": False, "ticks": "", **(y or {})},
        **layout,
    )


def course(line: Line, marks: Sequence[pd.Timestamp] = ()) -> go.Figure:
    """One line with its band; what lies outside is a diamond with its number; ``marks`` are numbered."""
    is_dark = charts.dark()
    out = [n for n, p in enumerate(line.points) if p.lies in ("above", "below")]
    labels = [_label(line.points, n) for n in out]
    outside = {
        "type": "scatter",
        "x": [line.points[n].begins for n in out],
        "y": [line.points[n].posts for n in out],
        "mode": "markers+text",
        "text": [text for text, _ in labels],
        "textposition": [where for _, where in labels],
        "cliponaxis": False,
        "hoverinfo": "skip",
        "marker": {"symbol": "diamond", "size": 10, "color": charts.ORANGE[is_dark]},
    }
    top = max([1, *(p.posts for p in line.points), *(p.usual.high for p in line.points if p.usual)]) * 1.15
    band, named = _band(line.points)
    gaps, unheard = _gaps(line, top)
    lines, numbers = _marks(marks)
    return drawn(
        [*band, _trace(line, charts.BLUE[is_dark], DASHES[0]), outside, *gaps],
        above=24 + GAP,
        right=24,
        x=_along(line.points),
        y=_upright(top),
        shapes=lines,
        annotations=[*named, *numbers, *unheard],
    )


def _label(points: Sequence[Point], at: int) -> tuple[str, str]:
    """The number of a point and where it stands: beside the line, not on it, and not on its neighbour's."""
    own = points[at].posts
    before, after = (points[n].posts if 0 <= n < len(points) else 0 for n in (at - 1, at + 1))
    if after == own and points[at + 1].lies == points[at].lies:
        return "", "top center"  # its neighbour will say it
    if own >= max(before, after):
        return f"{own:,}", "top center"
    return f"{own:,}", f"middle {'right' if before > own else 'left'}"


def _along(points: Sequence[Point]) -> Trace:
    """Where few days or weeks are told, a tick for each: Plotly would put the same day to several."""
    return {"tickvals": [p.begins for p in points]} if len(points) < FEW else {}


def _marks(marks: Sequence[pd.Timestamp]) -> tuple[list[Trace], list[Trace]]:
    """One line a day, with the numbers of all that was said."""
    line = {"width": 1, "dash": "dot", "color": charts.LINES[charts.dark()]}
    lines, numbers = [], []
    for number, at in enumerate(dict.fromkeys(marks)):
        said = [n for n, day in enumerate(marks, 1) if day == at]
        text = f"{said[0]}–{said[-1]}" if len(said) > 1 else f"{said[0]}"
        upright = {"xref": "x", "x0": at, "x1": at, "yref": "y domain", "y0": 0, "y1": 1}
        lines.append({"type": "line", **upright, "line": line})
        place = {"x": at, "y": 1, "yref": "paper", "yanchor": "bottom", "yshift": GAP * (number % 2)}
        numbers.append({**place, "text": text, "showarrow": False})
    return lines, numbers


def _gaps(line: Line, top: float) -> tuple[list[Trace], list[Trace]]:
    """Slanting lines over what could not be heard, and those words upon the newest where it is wide."""
    days = LENGTH[line.step]
    gaps = [p for p in line.points if p.gap]
    if not gaps:
        return [], []
    ink = charts.LINES[charts.dark()]
    slanting = {
        "type": "bar",
        "x": [p.begins for p in gaps],
        "y": [top] * len(gaps),
        "width": days * DAY_MS,
        "hovertemplate": [f"{point_name(p, line.step)}: {UNHEARD}<extra></extra>" for p in gaps],
        "marker": {
            "color": "rgba(0,0,0,0)",
            "line": {"width": 0},
            "pattern": {"shape": "/", "fgcolor": ink, "size": 7, "fgopacity": 0.5},
        },
    }
    first = gaps[-1].begins
    for point in reversed(gaps):
        first = point.begins if (first - point.begins).days <= days else first
    if (gaps[-1].begins - first).days // days + 1 < NAMED * len(line.points):
        return [slanting], []  # the words would lie on the line beside it; they stand below the picture too
    unheard = {
        "x": pd.Timestamp(first) + (gaps[-1].begins - first) / 2,
        "y": top / 2,
        "text": UNHEARD.replace(" be", "<br>be"),
        "showarrow": False,
        "bgcolor": charts.GROUND[charts.dark()],
    }
    return [slanting], [unheard]


def together(lines: Sequence[Line]) -> go.Figure:
    """Up to four lines, each with its name beside its end; they differ in dash as well as colour."""
    names = [wrap(line.label, LETTERS) or [""] for line in lines]
    top = max([1, *(p.posts for line in lines for p in line.points)]) * 1.15
    free = -math.inf  # pixels above the axis that no name has taken yet
    styled = zip(lines, names, _colours(), DASHES, strict=False)
    traces, named = [], []
    for line, name, colour, dash in sorted(styled, key=lambda row: _last(row[0])):
        traces.append(_trace(line, colour, dash))
        if line.points:
            y, tall = _last(line) / top * HEIGHT, GAP * len(name)
            middle = max(y, free + tall / 2)
            free = middle + tall / 2
            named.append(
                {
                    "x": line.points[-1].begins,
                    "y": _last(line),
                    "yshift": middle - y,
                    "xshift": 6,
                    "text": f"<b>{'<br>'.join(map(charts.plain, name))}</b>",
                    "font": {"color": colour, "size": 13},
                    "align": "left",
                    "showarrow": False,
                    "xanchor": "left",
                }
            )
    days = [point.begins for line in lines for point in line.points]
    return drawn(
        traces,
        HEIGHT + 40,
        right=16 + LETTER * max((len(row) for name in names for row in name), default=0),
        x={"range": [min(days) - EDGE, max(days) + EDGE]} if days else None,  # or the names would widen it
        y=_upright(top),
        annotations=named,
    )


def bars(parts: Sequence[Part]) -> go.Figure:
    """The parts, largest on top, each with its number."""
    rows = list(reversed(parts))
    bar = {
        "type": "bar",
        "x": [p.posts for p in rows],
        "y": [charts.plain(p.label) for p in rows],
        "orientation": "h",
        "text": [f"{p.posts:,}" for p in rows],
        "textposition": "outside",
        "cliponaxis": False,
        "marker": {"color": charts.BLUE[charts.dark()]},
        "hoverinfo": "skip",
    }
    return drawn(
        [bar],
        20 + 28 * len(rows),
        above=0,
        x={"visible": False, "range": [0, max([1, *(p.posts for p in rows)]) * 1.15]},
        y={"nticks": None, "type": "category", "tickmode": "linear", "dtick": 1},
    )


def tone(found: Figures) -> go.Figure:
    """The four tones as one bar; "can't tell" is hatched."""
    told = [(int(getattr(found, name)), *look) for name, *look in TONES]
    traces = [
        {
            "type": "bar",
            "x": [number],
            "y": [""],
            "orientation": "h",
            "text": f"{said} {number:,}",
            "textposition": "inside",
            "insidetextanchor": "middle",
            "textangle": 0,
            "hovertemplate": f"{said}: {number:,}<extra></extra>",
            "textfont": {"color": DARK_INK},
            "marker": {"color": colour, "pattern": {"shape": pattern, "fgcolor": charts.LINES[False]}},
        }
        for number, said, colour, pattern in told
        if number
    ]
    x = {"visible": False, "range": [0, found.scored]}
    return drawn(traces, 60, 0, x=x, barmode="stack", uniformtext={"minsize": 12, "mode": "hide"})


def _upright(top: float) -> Trace:
    """From nought to the top, in whole posts."""
    return {"range": [0, top], "dtick": 1 if top < WHOLE else None}


def _band(points: Sequence[Point]) -> tuple[list[Trace], list[Trace]]:
    """The usual range, and its name."""
    known = [(p.begins, p.usual) for p in points if p.usual]
    if not known:
        return [], []
    low, high = ([getattr(u, end) for _, u in known] for end in ("low", "high"))
    band = charts.band([begins for begins, _ in known], low, high)
    begins, first = known[0]
    if not first.high:
        return [band], []  # the finding says "none", and there is no band to name
    same = len({u for _, u in known}) == 1
    name = {
        "x": begins,
        "y": first.high,
        "text": usually(first).replace("usually", "usual") if same else "usual range",
        "showarrow": False,
        "xanchor": "left",
        "yanchor": "bottom",
        "font": {"color": charts.BLUE[charts.dark()]},
    }
    return [band], [name]


def _colours() -> tuple[str, ...]:
    """Blue, orange, grey and purple, which the colour-blind tell apart by their lightness too."""
    is_dark = charts.dark()
    return (
        charts.BLUE[is_dark],
        charts.ORANGE[is_dark],
        charts.LINES[is_dark],
        ("#7b4fa3", "#c9a4e8")[is_dark],
    )


def _trace(line: Line, colour: str, dash: str) -> Trace:
    return {
        "type": "scatter",
        "x": [p.begins for p in line.points],
        "y": [None if p.gap else p.posts for p in line.points],  # broken: a gap is no nought
        "mode": "lines+markers",
        "line": {"color": colour, "width": 2, "dash": dash},
        "marker": {"size": 4},
        "customdata": [point_name(p, line.step) for p in line.points],
        "hovertemplate": ("week from " if line.step == "week" else "")
        + f"%{{customdata}}: %{{y}} posts<extra>{charts.plain(line.label)}</extra>",
    }


def _last(line: Line) -> int:
    return next((p.posts for p in reversed(line.points) if not p.gap), 0)


def points_table(lines: Sequence[Line]) -> pd.DataFrame:
    """The lines as rows, newest first: when, whose, posts, accounts, what is usual, and where it lies."""
    rows = [
        {
            ("Week from" if line.step == "week" else "Day"): f"{p.begins:%a} {p.begins.day} {p.begins:%b %Y}",
            "What": line.label,
            "Posts": "" if p.gap else f"{p.posts:,}",
            "Accounts": "" if p.gap else "not kept" if p.voices is None else f"{p.voices:,}",
            "Usual": usually(p.usual).removeprefix("usually ") if p.usual else "not known yet",
            "": reason(p, line.step) or (p.lies if p.lies in ("above", "below") else ""),
        }
        for line in lines
        for p in reversed(line.points)
    ]
    return pd.DataFrame(rows)


def parts_table(parts: Sequence[Part], whole: int) -> pd.DataFrame:
    """The parts as rows: posts, accounts, and the share with its interval where it may be judged."""

    def share(p: Part) -> str:
        if p.low is None or p.high is None:
            return "–"
        return f"{p.posts / whole:.0%} ({p.low:.0%}–{p.high:.0%})"

    return pd.DataFrame(
        [
            {"What": p.label, "Posts": f"{p.posts:,}", "Accounts": f"{p.voices:,}", "Share": share(p)}
            for p in parts
        ]
    )


def tone_table(found: Figures) -> pd.DataFrame:
    """The four tones as rows."""
    return pd.DataFrame(
        [{"Tone": words.capital(said), "Posts": f"{getattr(found, name):,}"} for name, said, *_ in TONES]
    )
