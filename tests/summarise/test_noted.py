"""Cells worth a line of their own: what has fallen silent."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from listening.area import Area, load
from listening.summarise.noted import Noted, gone_quiet
from listening.summarise.scope import Scope
from listening.summarise.standing import Cells
from listening.summarise.trends import Usual

SAMPLE = Path(__file__).parents[2] / "data" / "sample" / "sources.yaml"
END = date(2026, 11, 9)  # the day after the last whole one before the week
WARD = "Coldbrook"


@pytest.fixture(scope="module")
def area() -> Area:
    return load(SAMPLE)


def _scope(area: Area) -> Scope:
    assert area.clock is not None
    return Scope(area, None, None, None, "7d", area.clock - timedelta(days=7), area.clock)


def _cells(weeks: list[int], now: int) -> Cells:
    """One cell with so many posts in each week before, the newest last, and in this one."""
    days = [END - timedelta(days=7 * n) for n in range(len(weeks), 0, -1)]
    daily = pd.DataFrame({
        "day": pd.to_datetime(days).astype("datetime64[us]"), "issue": "bins-waste", "place": WARD,
        "posts": weeks,
    })  # fmt: skip
    current = pd.DataFrame({"issue": ["bins-waste"], "place": [WARD], "posts": [now]})
    return Cells(current, daily, pd.DataFrame(), {})


def _quiet(area: Area, weeks: list[int], now: int, heard: int | None = None) -> tuple[Noted, ...]:
    first = END - timedelta(days=7 * (heard or len(weeks)))
    nobody: Any = None  # where all was heard, the store is asked nothing more
    return gone_quiet(nobody, _scope(area), _cells(weeks, now), first)


@pytest.mark.parametrize(
    ("weeks", "now", "told"),
    [
        ([6] * 20, 2, Usual(6, 6, 16)),
        ([6] * 20, 3, None),  # half is not less than half
        ([4] * 20, 0, None),  # too little to miss
        ([6] * 11, 0, None),  # seven weeks beside the last month say nothing
        ([0, *[6] * 19, *[0] * 4], 0, Usual(0, 6, 20)),  # one week without is within the range of twenty
        ([0, *[6] * 20, *[0] * 4], 0, Usual(6, 6, 21)),  # of twenty-one it is not
        ([6] * 20 + [0] * 4, 0, Usual(6, 6, 20)),  # a silence of a month is not usual yet
    ],
)
def test_what_has_less_than_half_of_any_usual_week_has_gone_quiet(
    area: Area, weeks: list[int], now: int, told: Usual | None
) -> None:
    found = [note.usual for note in _quiet(area, weeks, now)]
    assert found == ([told] if told and told.low else [])


def test_a_place_heard_for_longer_than_the_counts_are_read_goes_quiet_too(area: Area) -> None:
    assert [note.usual for note in _quiet(area, [6] * 27, 0, heard=60)] == [Usual(6, 6, 22)]
