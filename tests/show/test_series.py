"""The picture of a course: numbers that can be read, and a day named once."""

from datetime import date, timedelta

import pytest

from listening.show import charts, series
from listening.summarise.course import Line, Point
from listening.summarise.trends import Usual


@pytest.fixture(autouse=True)
def light(monkeypatch: pytest.MonkeyPatch) -> None:
    """Outside a page nobody has chosen a theme."""
    monkeypatch.setattr(charts, "dark", lambda: False)


def line(*posts: int) -> Line:
    first = date(2026, 11, 9)
    points = [Point(first + timedelta(days=n), p, p, Usual(2, 7, 20), True) for n, p in enumerate(posts)]
    return Line("Stenby", "day", tuple(points))


def test_numbers_stand_beside_the_line_and_are_said_once_where_neighbours_are_alike() -> None:
    outside = next(t for t in series.course(line(3, 9, 12, 10, 10, 4, 11)).data if t.mode == "markers+text")
    assert list(outside.text) == ["9", "12", "", "10", "11"]
    assert list(outside.textposition) == [
        "middle left", "top center", "top center", "top center", "top center",
    ]  # fmt: skip


def test_few_days_have_a_tick_each_and_no_day_has_two() -> None:
    assert [str(day) for day in series.course(line(3, 9)).layout.xaxis.tickvals] == [
        "2026-11-09",
        "2026-11-10",
    ]
    assert series.course(line(3, 9, 3, 9, 3, 9)).layout.xaxis.tickvals is None
