"""The one template, and a chart with its finding, its table and its download."""

from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest
from screen import SAMPLE
from streamlit.testing.v1 import AppTest

from listening.area import load
from listening.show import charts
from listening.show.frame import BANNER

NOW = datetime(2026, 11, 16, 7, 45, tzinfo=UTC)


def chart() -> None:
    from datetime import UTC, datetime

    import pandas as pd
    import plotly.graph_objects as go
    from tests_paths import SAMPLE_PATH

    from listening.area import load
    from listening.show import charts

    table = pd.DataFrame({"ward": ["Tannery", "=Moorside"], "posts": [1400, 3], "voices": [1300, 2]})
    fig = charts.figure(charts.band([1, 2], [4, 4], [9, 9]), go.Scatter(x=[1, 2], y=[5, 14]))
    charts.label(fig, 2, 14, "Tannery <b>")
    charts.show(
        fig,
        "Tannery: 14 posts, *usually* 4–9",
        table,
        "tannery",
        area=load(SAMPLE_PATH),
        now=datetime(2026, 11, 16, 7, 45, tzinfo=UTC),
        below=("Soft band: usual.",),
    )


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> AppTest:
    (tmp_path / "tests_paths.py").write_text(f"SAMPLE_PATH = {str(SAMPLE)!r}\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    return AppTest.from_function(chart, default_timeout=60).run()


def test_a_chart_stands_under_its_finding_with_a_text_alternative(app: AppTest) -> None:
    assert not app.exception
    assert app.subheader[0].value == "Tannery\\: 14 posts\\, \\*usually\\* 4–9"
    drawn = app.get("plotly_chart")[0].proto
    assert drawn.alt == "Tannery: 14 posts, *usually* 4–9 The table below has the figures."
    assert '"displayModeBar": false' in drawn.config
    assert "Tannery &lt;b&gt;" in drawn.spec
    assert app.caption[0].value == "Soft band\\: usual\\."


def test_the_table_is_one_click_away_and_says_accounts(app: AppTest) -> None:
    assert not app.table
    shown = app.toggle(key="tannery_table").set_value(True).run().table[0].value
    assert list(shown) == ["ward", "posts", "accounts"]
    assert shown.to_numpy().tolist() == [["Tannery", "1\\,400", "1\\,300"], ["\\=Moorside", "3", "2"]]


def test_what_is_downloaded_hides_small_numbers_and_holds_no_formula() -> None:
    table = pd.DataFrame({"ward": ["Tannery", "=Moorside"], "posts": [14, 3], "voices": [13, 2]})
    assert charts.csv(table, load(SAMPLE), NOW).decode().splitlines() == [
        f"# {BANNER}. Haverdale, Monday 16 November 2026, 07:45, internal, 2 rows",
        "ward,posts,accounts",
        "Tannery,14,13",
        "'=Moorside,,fewer than 5",
    ]


def test_what_is_missing_is_a_dash() -> None:
    table = pd.DataFrame({"day": ["Monday"], "usual_low": pd.array([None], dtype="Int64"), "share": [0.25]})
    assert charts.readable(table).to_dict("records") == [{"day": "Monday", "usual low": "–", "share": "0.25"}]


@pytest.mark.parametrize("is_dark", [False, True])
def test_the_template_has_no_grid_no_legend_and_nothing_that_moves_under_a_finger(is_dark: bool) -> None:
    layout = charts.template(is_dark).layout
    for axis in (layout.xaxis, layout.yaxis):
        assert (axis.showgrid, axis.zeroline, axis.fixedrange, axis.linewidth) == (False, False, True, 1)
    assert (layout.showlegend, layout.dragmode) == (False, False)
    assert layout.font.color == charts.INK[is_dark]
