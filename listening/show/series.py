"""The pictures of Trends: a line with its usual range as a soft band, parts as bars, tone as one bar.

Colours are a blue and an orange that the colour-blind tell apart, and nothing is told by colour alone:
what lies outside its range has another shape and its number beside it. Backgrounds are left clear,
so that Streamlit's light and dark themes both hold.
"""

from collections.abc import Sequence
from html import escape
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from listening.show.frame import literal
from listening.summarise import words
from listening.summarise.course import Line, Point
from listening.summarise.course_words import point_name
from listening.summarise.figures import Figures
from listening.summarise.shares import Part
from listening.summarise.trends import usually

BLUE, ORANGE, GREY = "#3d8fc4", "#d9730d", "#8a949e"
LINES = ((BLUE, "solid"), (ORANGE, "dash"), (GREY, "dot"), ("#9467bd", "dashdot"))
BAND = "rgba(61, 143, 196, .18)"
HEIGHT = 300
GAP = 16  # pixels between two labels at the ends of lines
TONES = (
    ("negative", "unhappy", ORANGE, ""),
    ("neutral", "neutral", "#b8c0c8", ""),
    ("positive", "pleased", BLUE, ""),
    ("unclear", "can't tell", "#e3e7ea", "/"),
)
BARE = {"displayModeBar": False, "scrollZoom": False, "staticPlot": False}


def show(figure: go.Figure, finding: str, table: pd.DataFrame, key: str) -> None:
    """A chart below its finding, or the same as a table; the finding is its text alternative too."""
    st.subheader(literal(finding), anchor=False)
    if st.toggle("Table", key=f"{key}_table"):
        st.table(table.map(lambda v: literal(str(v))), hide_index=True, border="horizontal", alt=finding)
    else:
        st.plotly_chart(figure, key=key, config=BARE, alt=finding)


def plain(height: int = HEIGHT) -> go.Figure:
    """An empty picture: thin axes, no grid, no legend."""
    axis = {"showgrid": False, "zeroline": False, "fixedrange": True, "title": None}
    return go.Figure(
        layout={
            "height": height,
            "margin": {"l": 8, "r": 8, "t": 24, "b": 8},
            "showlegend": False,
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "xaxis": {**axis, "showline": True, "linewidth": 1, "automargin": True, "tickformat": "%-d %b"},
            "yaxis": {**axis, "rangemode": "tozero", "automargin": True, "nticks": 4},
            "dragmode": False,
            "hovermode": "closest",
        }
    )


def course(line: Line, marks: Sequence[pd.Timestamp] = ()) -> go.Figure:
    """One line with its band; what lies outside is a diamond with its number; ``marks`` are numbered."""
    figure = plain()
    _band(figure, line.points)
    _trace(figure, line, *LINES[0])
    out = [p for p in line.points if p.lies in ("above", "below")]
    figure.add_scatter(
        x=[p.begins for p in out],
        y=[p.posts for p in out],
        mode="markers+text",
        text=[f"{p.posts:,}" for p in out],
        textposition="middle left",
        cliponaxis=False,
        hoverinfo="skip",
        marker={"symbol": "diamond", "size": 10, "color": ORANGE},
    )
    for at in dict.fromkeys(marks):  # one line a day, with the numbers of all that was said then
        said = ", ".join(str(n) for n, day in enumerate(marks, 1) if day == at)
        figure.add_vline(x=at, line={"width": 1, "dash": "dot", "color": GREY})
        figure.add_annotation(x=at, y=1, yref="paper", yanchor="bottom", text=said, showarrow=False)
    top = max([1, *(p.posts for p in line.points), *(p.usual.high for p in line.points if p.usual)])
    figure.update_yaxes(range=[0, top * 1.15])
    return figure


def together(lines: Sequence[Line]) -> go.Figure:
    """Up to four lines, each with its name at its end; they differ in dash as well as colour."""
    figure = plain(HEIGHT + 40)
    top = max([1, *(p.posts for line in lines for p in line.points)]) * 1.15
    taken: list[float] = []
    for line, style in sorted(zip(lines, LINES, strict=False), key=lambda pair: _last(pair[0])):
        _trace(figure, line, *style)
        if line.points:
            y = _last(line) / top * HEIGHT
            shift = max(0.0, taken[-1] + GAP - y) if taken else 0.0
            taken.append(y + shift)
            figure.add_annotation(
                x=line.points[-1].begins,
                y=_last(line),
                yshift=shift + 8,
                text=f"<b>{escape(line.label)}</b>",
                font={"color": style[0]},
                showarrow=False,
                xanchor="right",
            )
    figure.update_yaxes(range=[0, top])
    return figure


def bars(parts: Sequence[Part]) -> go.Figure:
    """The parts, largest on top, each with its number."""
    rows = list(reversed(parts))
    figure = plain(60 + 28 * len(rows))
    figure.add_bar(
        x=[p.posts for p in rows],
        y=[escape(p.label) for p in rows],
        orientation="h",
        text=[f"{p.posts:,}" for p in rows],
        textposition="outside",
        cliponaxis=False,
        marker={"color": BLUE},
        hoverinfo="skip",
    )
    figure.update_xaxes(visible=False, range=[0, max([1, *(p.posts for p in rows)]) * 1.15])
    figure.update_yaxes(nticks=None, type="category", tickmode="linear", dtick=1, showline=False)
    return figure


def tone(found: Figures) -> go.Figure:
    """The four tones as one bar; "can't tell" is hatched."""
    figure = plain(110)
    figure.update_layout(barmode="stack")
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
                textfont={"color": "#0b0c0c"},
                marker={"color": colour, "pattern": {"shape": pattern, "fgcolor": GREY}},
            )
    figure.update_xaxes(visible=False, range=[0, found.scored])
    return figure


def _band(figure: go.Figure, points: Sequence[Point]) -> None:
    known = [p for p in points if p.usual]
    ends: list[Any] = [
        ([p.usual.low for p in known if p.usual], None),
        ([p.usual.high for p in known if p.usual], "tonexty"),
    ]
    for heights, fill in ends:
        figure.add_scatter(
            x=[p.begins for p in known],
            y=heights,
            mode="lines",
            line={"width": 0, "shape": "hvh"},
            fill=fill,
            fillcolor=BAND,
            hoverinfo="skip",
        )
    if known and (last := known[0].usual):
        label = (
            "usual range" if len({p.usual for p in known}) > 1 else usually(last).replace("usually", "usual")
        )
        figure.add_annotation(
            x=known[0].begins, y=last.high, text=label, showarrow=False, xanchor="left", yanchor="bottom",
            font={"color": BLUE},
        )  # fmt: skip


def _trace(figure: go.Figure, line: Line, colour: str, dash: str) -> None:
    figure.add_scatter(
        x=[p.begins for p in line.points],
        y=[p.posts for p in line.points],
        mode="lines+markers",
        line={"color": colour, "width": 2, "dash": dash},
        marker={"size": 4},
        customdata=[point_name(p, line.step) for p in line.points],
        hovertemplate=("week from " if line.step == "week" else "")
        + f"%{{customdata}}: %{{y}} posts<extra>{escape(line.label)}</extra>",
    )


def _last(line: Line) -> int:
    return line.points[-1].posts if line.points else 0


def points_table(lines: Sequence[Line]) -> pd.DataFrame:
    """The lines as rows, newest first: when, whose, posts, accounts, what is usual, and where it lies."""
    rows = [
        {
            ("Week from" if line.step == "week" else "Day"): f"{p.begins:%a} {p.begins.day} {p.begins:%b %Y}",
            "What": line.label,
            "Posts": f"{p.posts:,}",
            "Accounts": "not kept" if p.voices is None else f"{p.voices:,}",
            "Usual": usually(p.usual).removeprefix("usually ") if p.usual else "not known yet",
            "": p.lies if p.lies in ("above", "below") else "",
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
