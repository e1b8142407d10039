"""The pictures of Trends: a line with its usual range as a soft band, parts as bars, tone as one bar.

Nothing is told by colour alone: what lies outside its range has another shape and its number beside
it, and lines differ in dash. How a chart looks otherwise is the business of ``charts``.
"""

import math
from collections.abc import Sequence
from datetime import timedelta
from textwrap import wrap

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
WHOLE = 5  # posts: below, a tick would stand at half a post
NAMED = 0.2  # of the picture: a gap from so wide on has its words upon it
DAY_MS = 86_400_000  # the unit of a bar's width on an axis of days
GAP = 16  # pixels, the height of a line of letters
LETTERS, LETTER = 14, 8  # of a name on one line, and pixels a letter
DASHES = ("solid", "dash", "dot", "dashdot")
DARK_INK = charts.INK[False]  # on the fills below, whatever the theme: over 7:1
TONES = (
    ("negative", "unhappy", charts.ORANGE[True], ""),
    ("neutral", "neutral", "#b8c0c8", ""),
    ("positive", "pleased", charts.BLUE[True], ""),
    ("unclear", "can't tell", "#e3e7ea", "/"),
)


def drawn(height: int = HEIGHT, above: int = 24) -> go.Figure:
    """An empty picture in the one template, with room for labels ``above`` it."""
    return charts.figure(
        height=height,
        margin={"l": 8, "r": 8, "t": above, "b": 8},
        xaxis={"tickformat": "%-d %b"},
        yaxis={"nticks": 4, "showline": False, "ticks": ""},
    )


def course(line: Line, marks: Sequence[pd.Timestamp] = ()) -> go.Figure:
    """One line with its band; what lies outside is a diamond with its number; ``marks`` are numbered."""
    figure = drawn(above=24 + GAP)
    is_dark = charts.dark()
    _band(figure, line.points)
    _trace(figure, line, charts.BLUE[is_dark], DASHES[0])
    out = [p for p in line.points if p.lies in ("above", "below")]
    before = dict(zip(line.points[1:], line.points, strict=False))
    falls = [p in before and before[p].posts > p.posts for p in out]
    figure.add_scatter(
        x=[p.begins for p in out],
        y=[p.posts for p in out],
        mode="markers+text",
        text=[f"{p.posts:,}" for p in out],
        textposition=[
            f"middle {'right' if down else 'left'}" for down in falls
        ],  # beside the line, not on it
        cliponaxis=False,
        hoverinfo="skip",
        marker={"symbol": "diamond", "size": 10, "color": charts.ORANGE[is_dark]},
    )
    for number, at in enumerate(
        dict.fromkeys(marks)
    ):  # one line a day, with the numbers of all that was said
        said = [n for n, day in enumerate(marks, 1) if day == at]
        text = f"{said[0]}–{said[-1]}" if len(said) > 1 else f"{said[0]}"
        figure.add_vline(x=at, line={"width": 1, "dash": "dot", "color": charts.LINES[is_dark]})
        figure.add_annotation(
            x=at, y=1, yref="paper", yanchor="bottom", yshift=GAP * (number % 2), text=text, showarrow=False
        )
    top = max([1, *(p.posts for p in line.points), *(p.usual.high for p in line.points if p.usual)])
    _gaps(figure, line, top * 1.15)
    _upright(figure, top * 1.15)
    figure.update_layout(margin={"r": 24})
    return figure


def _gaps(figure: go.Figure, line: Line, top: float) -> None:
    """Slanting lines over what could not be heard, and those words upon the newest where it is wide."""
    days = LENGTH[line.step]
    gaps = [p for p in line.points if p.gap]
    if not gaps:
        return
    ink = charts.LINES[charts.dark()]
    figure.add_bar(
        x=[p.begins for p in gaps],
        y=[top] * len(gaps),
        width=days * DAY_MS,
        hovertemplate=[f"{point_name(p, line.step)}: {UNHEARD}<extra></extra>" for p in gaps],
        marker={
            "color": "rgba(0,0,0,0)",
            "line": {"width": 0},
            "pattern": {"shape": "/", "fgcolor": ink, "size": 7, "fgopacity": 0.5},
        },
    )
    first = gaps[-1].begins
    for point in reversed(gaps):
        first = point.begins if (first - point.begins).days <= days else first
    if (gaps[-1].begins - first).days // days + 1 < NAMED * len(line.points):
        return  # the words would lie on the line beside it; they stand below the picture too
    figure.add_annotation(
        x=pd.Timestamp(first) + (gaps[-1].begins - first) / 2,
        y=top / 2,
        text=UNHEARD.replace(" be", "<br>be"),
        showarrow=False,
        bgcolor=charts.GROUND[charts.dark()],
    )


def together(lines: Sequence[Line]) -> go.Figure:
    """Up to four lines, each with its name beside its end; they differ in dash as well as colour."""
    names = [wrap(line.label, LETTERS) or [""] for line in lines]
    figure = drawn(HEIGHT + 40)
    figure.update_layout(
        margin={"r": 16 + LETTER * max((len(row) for name in names for row in name), default=0)}
    )
    top = max([1, *(p.posts for line in lines for p in line.points)]) * 1.15
    free = -math.inf  # pixels above the axis that no name has taken yet
    styled = zip(lines, names, _colours(), DASHES, strict=False)
    for line, name, colour, dash in sorted(styled, key=lambda row: _last(row[0])):
        _trace(figure, line, colour, dash)
        if line.points:
            y, tall = _last(line) / top * HEIGHT, GAP * len(name)
            middle = max(y, free + tall / 2)
            free = middle + tall / 2
            figure.add_annotation(
                x=line.points[-1].begins,
                y=_last(line),
                yshift=middle - y,
                xshift=6,
                text=f"<b>{'<br>'.join(map(charts.plain, name))}</b>",
                font={"color": colour, "size": 13},
                align="left",
                showarrow=False,
                xanchor="left",
            )
    days = [point.begins for line in lines for point in line.points]
    if days:  # or the names would widen it
        figure.update_xaxes(range=[min(days) - EDGE, max(days) + EDGE])
    _upright(figure, top)
    return figure


def bars(parts: Sequence[Part]) -> go.Figure:
    """The parts, largest on top, each with its number."""
    rows = list(reversed(parts))
    figure = drawn(20 + 28 * len(rows), above=0)
    figure.add_bar(
        x=[p.posts for p in rows],
        y=[charts.plain(p.label) for p in rows],
        orientation="h",
        text=[f"{p.posts:,}" for p in rows],
        textposition="outside",
        cliponaxis=False,
        marker={"color": charts.BLUE[charts.dark()]},
        hoverinfo="skip",
    )
    figure.update_xaxes(visible=False, range=[0, max([1, *(p.posts for p in rows)]) * 1.15])
    figure.update_yaxes(nticks=None, type="category", tickmode="linear", dtick=1, showline=False)
    return figure


def tone(found: Figures) -> go.Figure:
    """The four tones as one bar; "can't tell" is hatched."""
    figure = drawn(60, above=0)
    figure.update_layout(barmode="stack", uniformtext={"minsize": 12, "mode": "hide"})
    for name, said, colour, pattern in TONES:
        number = int(getattr(found, name))
        if number:
            figure.add_bar(
                x=[number],
                y=[""],
                orientation="h",
                text=f"{said} {number:,}",
                textposition="inside",
                insidetextanchor="middle",
                textangle=0,
                hovertemplate=f"{said}: {number:,}<extra></extra>",
                textfont={"color": DARK_INK},
                marker={"color": colour, "pattern": {"shape": pattern, "fgcolor": charts.LINES[False]}},
            )
    figure.update_xaxes(visible=False, range=[0, found.scored])
    return figure


def _upright(figure: go.Figure, top: float) -> None:
    """From nought to the top, in whole posts."""
    figure.update_yaxes(range=[0, top], dtick=1 if top < WHOLE else None)


def _band(figure: go.Figure, points: Sequence[Point]) -> None:
    known = [(p.begins, p.usual) for p in points if p.usual]
    if not known:
        return
    low, high = ([getattr(u, end) for _, u in known] for end in ("low", "high"))
    figure.add_trace(charts.band([begins for begins, _ in known], low, high))
    begins, first = known[0]
    if not first.high:
        return  # the finding says "none", and there is no band to name
    same = len({u for _, u in known}) == 1
    figure.add_annotation(
        x=begins,
        y=first.high,
        text=usually(first).replace("usually", "usual") if same else "usual range",
        showarrow=False,
        xanchor="left",
        yanchor="bottom",
        font={"color": charts.BLUE[charts.dark()]},
    )


def _colours() -> tuple[str, ...]:
    """Blue, orange, grey and purple, which the colour-blind tell apart by their lightness too."""
    is_dark = charts.dark()
    return (
        charts.BLUE[is_dark],
        charts.ORANGE[is_dark],
        charts.LINES[is_dark],
        ("#7b4fa3", "#c9a4e8")[is_dark],
    )


def _trace(figure: go.Figure, line: Line, colour: str, dash: str) -> None:
    figure.add_scatter(
        x=[p.begins for p in line.points],
        y=[None if p.gap else p.posts for p in line.points],  # broken: a gap is no nought
        mode="lines+markers",
        line={"color": colour, "width": 2, "dash": dash},
        marker={"size": 4},
        customdata=[point_name(p, line.step) for p in line.points],
        hovertemplate=("week from " if line.step == "week" else "")
        + f"%{{customdata}}: %{{y}} posts<extra>{charts.plain(line.label)}</extra>",
    )


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
