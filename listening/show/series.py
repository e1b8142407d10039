"""The pictures of Trends: a line with its usual range as a soft band, parts as bars, tone as one bar.

Nothing is told by colour alone: what lies outside its range has another shape and its number beside
it, and lines differ in dash. How a chart looks otherwise is the business of ``charts``.
"""

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from listening.show import charts
from listening.summarise import words
from listening.summarise.course import Line, Point
from listening.summarise.course_words import point_name
from listening.summarise.figures import Figures
from listening.summarise.shares import Part
from listening.summarise.trends import usually

HEIGHT = 300
GAP = 16  # pixels between two labels at the ends of lines
DASHES = ("solid", "dash", "dot", "dashdot")
DARK_INK = charts.INK[False]  # on the fills below, whatever the theme: over 7:1
TONES = (
    ("negative", "unhappy", charts.ORANGE[True], ""),
    ("neutral", "neutral", "#b8c0c8", ""),
    ("positive", "pleased", charts.BLUE[True], ""),
    ("unclear", "can't tell", "#e3e7ea", "/"),
)


def drawn(height: int = HEIGHT) -> go.Figure:
    """An empty picture of days or weeks in the one template."""
    return charts.figure(
        height=height,
        margin={"l": 8, "r": 8, "t": 24, "b": 8},
        xaxis={"tickformat": "%-d %b"},
        yaxis={"nticks": 4, "showline": False, "ticks": ""},
    )


def course(line: Line, marks: Sequence[pd.Timestamp] = ()) -> go.Figure:
    """One line with its band; what lies outside is a diamond with its number; ``marks`` are numbered."""
    figure = drawn()
    is_dark = charts.dark()
    _band(figure, line.points)
    _trace(figure, line, charts.BLUE[is_dark], DASHES[0])
    out = [p for p in line.points if p.lies in ("above", "below")]
    figure.add_scatter(
        x=[p.begins for p in out],
        y=[p.posts for p in out],
        mode="markers+text",
        text=[f"{p.posts:,}" for p in out],
        textposition="middle left",
        cliponaxis=False,
        hoverinfo="skip",
        marker={"symbol": "diamond", "size": 10, "color": charts.ORANGE[is_dark]},
    )
    for at in dict.fromkeys(marks):  # one line a day, with the numbers of all that was said then
        said = ", ".join(str(n) for n, day in enumerate(marks, 1) if day == at)
        figure.add_vline(x=at, line={"width": 1, "dash": "dot", "color": charts.LINES[is_dark]})
        figure.add_annotation(x=at, y=1, yref="paper", yanchor="bottom", text=said, showarrow=False)
    top = max([1, *(p.posts for p in line.points), *(p.usual.high for p in line.points if p.usual)])
    figure.update_yaxes(range=[0, top * 1.15])
    return figure


def together(lines: Sequence[Line]) -> go.Figure:
    """Up to four lines, each with its name at its end; they differ in dash as well as colour."""
    figure = drawn(HEIGHT + 40)
    top = max([1, *(p.posts for line in lines for p in line.points)]) * 1.15
    taken: list[float] = []
    styles = zip(_colours(), DASHES, strict=True)
    for line, style in sorted(zip(lines, styles, strict=False), key=lambda pair: _last(pair[0])):
        _trace(figure, line, *style)
        if line.points:
            y = _last(line) / top * HEIGHT
            shift = max(0.0, taken[-1] + GAP - y) if taken else 0.0
            taken.append(y + shift)
            figure.add_annotation(
                x=line.points[-1].begins,
                y=_last(line),
                yshift=shift + 8,
                text=f"<b>{charts.plain(line.label)}</b>",
                font={"color": style[0]},
                showarrow=False,
                xanchor="right",
            )
    figure.update_yaxes(range=[0, top])
    return figure


def bars(parts: Sequence[Part]) -> go.Figure:
    """The parts, largest on top, each with its number."""
    rows = list(reversed(parts))
    figure = drawn(60 + 28 * len(rows))
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
    figure = drawn(110)
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
                textfont={"color": DARK_INK},
                marker={"color": colour, "pattern": {"shape": pattern, "fgcolor": charts.LINES[False]}},
            )
    figure.update_xaxes(visible=False, range=[0, found.scored])
    return figure


def _band(figure: go.Figure, points: Sequence[Point]) -> None:
    known = [(p.begins, p.usual) for p in points if p.usual]
    if not known:
        return
    low, high = ([getattr(u, end) for _, u in known] for end in ("low", "high"))
    figure.add_trace(charts.band([begins for begins, _ in known], low, high))
    begins, first = known[0]
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
        y=[p.posts for p in line.points],
        mode="lines+markers",
        line={"color": colour, "width": 2, "dash": dash},
        marker={"size": 4},
        customdata=[point_name(p, line.step) for p in line.points],
        hovertemplate=("week from " if line.step == "week" else "")
        + f"%{{customdata}}: %{{y}} posts<extra>{charts.plain(line.label)}</extra>",
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
