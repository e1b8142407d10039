"""A tiny invented area whose streets, schools and office-holders must come through unaltered."""

from pathlib import Path

import pytest

from listening.area import Area, Body, Checklist, Place, Town, Ward
from listening.clean import guard

STREETS = (
    "Mill Road",
    "Acacia Avenue",
    "Tanner's Row",
    "Angela Close",
    "Parkside",
    "Rowan Court",
    "May Street",
    "100 Acre Lane",
    "St John's Street",
    "Harris Drive",
)
OTHERS = (("Larkford Primary School", "school"), ("Jubilee Park", "park"), ("Mr Straw's House", "landmark"))


@pytest.fixture(scope="session")
def area() -> Area:
    places = [Place(name, ("Larkford Bridge",)) for name in STREETS]
    places += [Place(name, ("Stenby North",), kind) for name, kind in OTHERS]
    return Area(
        name="Haverdale",
        code="X07000001",
        type="district",
        timezone="Europe/London",
        wards=(Ward("Larkford Bridge", "X05000001", "Larkford"), Ward("Stenby North", "X05000002", "Stenby")),
        towns=(Town("Larkford"), Town("Stenby")),
        places=tuple(places),
        bodies=(Body("highways", "Northshire County Council"),),
        issues=(),
        sources=(),
        checklist=Checklist(),
        store="sqlite://",
        config=Path("sources.yaml"),
        council="Haverdale District Council",
        office_holders=("Cllr Morwenna Tarrant", "Piers Oakhanger MP"),
        elsewhere=("Greater Stenby",),
        postcodes={"NG17 4EA": "X05000001", "QX1 2AB": "X05000002"},
        postcode_areas=("QX",),
    )


@pytest.fixture(scope="session")
def protected(area: Area) -> guard.Guard:
    return guard.guard(area)
