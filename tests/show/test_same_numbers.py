"""One number for one thing, whatever page tells it: on the whole sample."""

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta

import pytest
from screen import SAMPLE

from listening.area import Area, load
from listening.store import Store, connect
from listening.summarise import compare, course, overview, today
from listening.summarise.overview import Week
from listening.summarise.scope import Scope


@pytest.fixture(scope="module")
def area() -> Area:
    return load(SAMPLE)


@pytest.fixture(scope="module")
def store(sample_store: str) -> Iterator[Store]:
    with closing(connect(sample_store)) as opened:
        yield opened


def scope(area: Area, ward: str | None, issue: str | None, days: int = 7) -> Scope:
    assert area.clock
    return Scope(area, ward, None, issue, f"{days}d", area.clock - timedelta(days=days), area.clock)


@pytest.mark.parametrize("days", [7, 28])
def test_a_count_has_the_same_usual_range_on_every_page(store: Store, area: Area, days: int) -> None:
    whole = scope(area, None, None, days)
    said = {row.slug: (row.posts, row.usual) for row in today.gather(store, whole).mentioned}
    assert len(said) > 10
    for issue, told in said.items():
        here = scope(area, None, issue, days)
        trend, page = course.gather(store, here), today.gather(store, here)
        assert (trend.figures.posts, trend.usual) == told == (page.figures.posts, page.usual), issue
    glance = overview.gather(store, whole, Week(standing=(), loud=(), quiet=(), good=()))
    assert glance.usuals["posts"] == course.gather(store, whole).usual


def test_a_ward_has_the_same_numbers_on_every_page(store: Store, area: Area) -> None:
    whole = scope(area, None, None)
    compared = {w.ward: w for w in compare.gather(store, whole, {w.name: 3 for w in area.wards}).wards}
    for ward in area.wards:
        here = scope(area, ward.name, None)
        trend, page = course.gather(store, here), today.gather(store, here)
        row = compared[ward.name]
        assert row.posts == trend.figures.posts == page.figures.posts, ward.name
        assert row.voices == trend.figures.voices == page.figures.voices, ward.name
        assert row.usual == trend.usual == page.usual, ward.name
