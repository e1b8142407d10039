"""The one template, and a chart with its finding, its table and its download."""

import pytest
from streamlit.testing.v1 import AppTest

from listening.show import charts


def chart() -> None:
    import pandas as pd
    import plotly.graph_objects as go
    import streamlit as st

    from listening.show import charts

    def leave() -> None:
        st.button("Take it along")

    table = pd.DataFrame({"ward": ["Tannery <b>", "=Moorside"], "posts": ["1,400", "3"]})
    fig = charts.figure(charts.band([1, 2], [4, 4], [9, 9]), go.Scatter(x=[1, 2], y=[5, 14]))
    charts.show(
        fig,
        "Tannery: 14 posts, *usually* 4–9",
        table,
        "tannery",
        below=("Soft band: usual.",),
        leave=leave,
    )


@pytest.fixture
def app() -> AppTest:
    return AppTest.from_function(chart, default_timeout=60).run()


def test_a_chart_stands_under_its_finding_with_a_text_alternative(app: AppTest) -> None:
    assert not app.exception
    assert app.subheader[0].value == "Tannery\\: 14 posts\\, \\*usually\\* 4–9"
    drawn = app.get("plotly_chart")[0].proto
    assert drawn.alt == "Tannery: 14 posts, *usually* 4–9. The table below has the figures."
    assert '"displayModeBar": false' in drawn.config
    assert app.caption[0].value == "Soft band\\: usual\\."


def test_the_table_is_one_click_away_and_drawn_letter_by_letter(app: AppTest) -> None:
    assert not app.table
    shown = app.toggle(key="tannery_table").set_value(True).run().table[0].value
    assert list(shown) == ["ward", "posts"]
    assert shown.to_numpy().tolist() == [["Tannery \\<b\\>", "1\\,400"], ["\\=Moorside", "3"]]


def test_the_way_out_stands_beside_the_toggle(app: AppTest) -> None:
    assert [b.label for b in app.button] == ["Take it along"]


def test_plotly_reads_a_little_html_so_names_are_escaped() -> None:
    assert charts.plain("R&D <b>") == "R&amp;D &lt;b&gt;"


@pytest.mark.parametrize("is_dark", [False, True])
def test_the_template_has_no_grid_no_legend_and_nothing_that_moves_under_a_finger(is_dark: bool) -> None:
    layout = charts.template(is_dark).layout
    for axis in (layout.xaxis, layout.yaxis):
        assert (axis.showgrid, axis.zeroline, axis.fixedrange, axis.linewidth) == (False, False, True, 1)
    assert (layout.showlegend, layout.dragmode) == (False, False)
    assert layout.font.color == charts.INK[is_dark]
