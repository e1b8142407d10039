"""A tiny area and a real store."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from listening.area import Area, Body, Checklist, Issue, Place, Source, Town, Ward
from listening.store import Store, connect
from listening.summarise.scope import Scope

NOW = datetime(2026, 11, 3, 7, 30, tzinfo=UTC)  # a Tuesday


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def area(tmp_path: Path) -> Area:
    return Area(
        name="Haverdale",
        code="X07000001",
        type="district",
        timezone="Europe/London",
        wards=(
            Ward("Larkford Bridge", "X05000012", "Larkford", centroid=(-1.45, 53.75)),
            Ward("Larkford Mount", "X05000011", "Larkford", centroid=(-1.46, 53.76)),
            Ward("Upper Dale", "X05000018", None, centroid=(-1.6, 53.9)),
        ),
        towns=(Town("Larkford"),),
        places=(
            Place("Weir Lane", ("Larkford Bridge",)),
            Place("Station Road", ("Larkford Bridge", "Larkford Mount")),
        ),
        bodies=(
            Body("highways", "Northshire County Council", "https://roads.northshire.example/report"),
            Body("waste", "us"),
            Body("rivers", "Northshire Flood Centre"),
        ),
        issues=(
            Issue("parking", "Parking", "highways"),
            Issue("bins", "Bins", "waste"),
            Issue("flooding", "Flooding", "rivers"),
            Issue("homelessness", "Homelessness", "housing", sensitive=True),
            Issue("elections", "Elections", "none", election=True),
            Issue("football", "Football", "none", noise=True),
        ),
        sources=(
            Source("Haverdale Forum", "feed", "public", covers=("Larkford",)),
            Source("Council page comments", "feed", "public"),
            Source("Dale Parish News", "feed", "public", covers=("Upper Dale",)),
            Source("Northshire Flood Centre", "feed", "official"),
            Source("Haverdale Courier", "feed", "press"),
            Source("Fault reports", "feed", "report"),
        ),
        checklist=Checklist(),
        store=f"sqlite:///{tmp_path / 'tiny.db'}",
        config=tmp_path / "sources.yaml",
        phones={"out_of_hours": "01632 960 101", "duty_officer": "01632 960 115"},
        invented=True,
        clock=datetime(2026, 11, 16, 8, tzinfo=UTC),
    )


@pytest.fixture
def store(area: Area) -> Iterator[Store]:
    opened = connect(area.store)
    yield opened
    opened.close()


@pytest.fixture
def scope(area: Area) -> Callable[..., Scope]:
    def make(
        ward: str | None = "Larkford Bridge", period: str = "7d", now: datetime = NOW, **given: Any
    ) -> Scope:
        days = 0 if period == "today" else int(period[:-1])
        since = now.replace(hour=0, minute=0) if period == "today" else now - timedelta(days=days)
        return Scope(area, ward, given.get("town"), given.get("issue"), period, since, now)

    return make
