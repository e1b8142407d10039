"""How every chart looks: one Plotly template, and one way to show a figure with its finding and its table.

Thin axes, no grid, direct labels instead of a legend, the usual range as a soft band. Orange is
above the usual, blue below; both can be told apart by readers who are colour-blind (Okabe and Ito,
*Color Universal Design*, 2008, from general knowledge), and neither ever stands alone.
"""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from listening.show.frame import literal

ORANGE = {False: "#d55e00", True: "#f0872e"}  # by dark
BLUE = {False: "#0072b2", True: "#56b4e9"}
HEIGHT = 320  # pixels, where a figure asks for no other
FONT = '"Source Sans", "Source Sans Pro", sans-serif'
INK = {False: "#0b0c0c", True: "#ffffff"}
LINES = {False: "#6f777b", True: "#9aa5ad"}  # axes: 4.5:1 on both grounds
BAND = {False: "rgba(0,114,178,.14)", True: "rgba(120,190,235,.20)"}
GROUND = {False: "#ffffff", True: "#11161b"}
# Without the bar a chart is one stop of the Tab key instead of seven.
CONFIG = {"displayModeBar": False, "displaylogo": False, "scrollZoom": False, "doubleClick": False}


def dark() -> bool:
    """Whether the reader sees the dark theme."""
    return st.context.theme.type == "dark"


@cache
def template(is_dark: bool) -> go.layout.Template:
    """The one template, for a light or a dark ground."""
    axis = {
        "showgrid": False,
        "zeroline": False,
        "showline": True,
        "linewidth": 1,
        "linecolor": LINES[is_dark],
        "ticks": "outside",
        "ticklen": 4,
        "tickcolor": LINES[is_dark],
        "automargin": True,
        "fixedrange": True,  # a finger that scrolls the page must not move the chart
        "title": {"standoff": 8},
    }
    return go.layout.Template(
        layout={
            "font": {"family": FONT, "size": 14, "color": INK[is_dark]},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "colorway": [BLUE[is_dark], ORANGE[is_dark]],
            "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
            "height": HEIGHT,
            "showlegend": False,
            "dragmode": False,
            "hovermode": "closest",
            "hoverlabel": {"bgcolor": GROUND[is_dark], "font": {"color": INK[is_dark]}},
            "separators": ".,",
            "xaxis": axis,
            "yaxis": {**axis, "rangemode": "tozero"},
        }
    )


def figure(*traces: Any, **layout: Any) -> go.Figure:
    """A figure of these traces in the template for the theme that the reader sees."""
    # All at once: a layout that is updated is checked part by part, seven times as long.
    return go.Figure(list(traces), layout={"template": template(dark()), **layout})


def band(x: Sequence[Any], low: Sequence[float], high: Sequence[float]) -> dict[str, Any]:
    """The usual range as a soft band in steps, from ``low`` to ``high`` at each ``x``; draw it first."""
    return {
        "type": "scatter",
        "x": [*x, *reversed(x)],
        "y": [*high, *reversed(low)],
        "fill": "toself",
        "fillcolor": BAND[dark()],
        "line": {"width": 0, "shape": "hvh"},
        "mode": "lines",
        "hoverinfo": "skip",
        "name": "usual range",
    }


def plain(text: str) -> str:
    """Text as Plotly draws it unchanged: it reads a little HTML, and outside names are only words."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def show(
    fig: go.Figure,
    finding: str,
    table: pd.DataFrame,
    key: str,
    *,
    alt: str = "",
    heading: Callable[..., Any] = st.subheader,
    opened: bool = False,
    below: Sequence[str] = (),
    on_select: Callable[[], None] | None = None,
    config: dict[str, Any] | None = None,
    leave: Callable[[], None] | None = None,
) -> None:
    """Draw a chart under its finding, with a text alternative, a *Table* toggle and a way out.

    ``table`` is the chart as it is read; ``opened`` shows it at once. ``leave`` draws the download,
    beside the toggle. ``below`` are sentences that stand right under the chart.
    ``on_select`` is called after a click on a part of the chart; ``st.session_state[key]`` has it.
    """
    if finding:
        heading(literal(finding), anchor=False)
    chosen: dict[str, Any] = {"on_select": on_select, "selection_mode": "points"} if on_select else {}
    st.plotly_chart(
        fig,
        key=key,
        theme=None,
        config=CONFIG | (config or {}),
        alt=alt or f"{finding}. The table below has the figures.",
        **chosen,
    )
    for sentence in below:
        if sentence:
            st.caption(literal(sentence))
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        is_open = st.toggle("Table", value=opened, key=f"{key}_table")
        if leave:
            leave()
    if is_open:
        rows(table, finding or "The figures of the chart")


def rows(read: pd.DataFrame, alt: str) -> None:
    """A table as it is read; every cell is drawn as it is written."""
    shown = read.map(lambda cell: literal(str(cell))).rename(columns=literal)
    st.table(shown, hide_index=True, border="horizontal", alt=alt)
