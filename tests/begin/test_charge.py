"""Who runs which duty, by type of council."""

from pathlib import Path

import pytest

from listening.area import AREA_TYPES
from listening.begin.charge import RUNS, charge
from listening.begin.command import _duties

DUTIES = _duties()
NORTHSHIRE = "Northshire County Council"


def test_every_type_of_council_has_its_list_and_names_only_duties_of_the_issues() -> None:
    assert set(RUNS) == set(AREA_TYPES)
    assert {duty for runs in RUNS.values() for duty in runs} <= set(DUTIES)


@pytest.mark.parametrize("type", AREA_TYPES)
def test_a_duty_is_named_or_told_open_never_both(type: str) -> None:
    named, open_ = charge(type, DUTIES, NORTHSHIRE)
    assert sorted([*named, *open_]) == sorted(DUTIES)
    assert all(named.values())
    assert "{county}" not in str(named)


@pytest.mark.parametrize(
    ("type", "open_"),
    [
        ("district", {"water", "police", "fire"}),
        ("county", {"water", "police", "fire"}),
        ("unitary", {"water", "police", "fire"}),
        ("metropolitan", {"water", "police", "fire"}),
        ("london_borough", {"water"}),
        ("welsh", {"water", "police", "fire"}),
        ("scottish", set()),
        ("ni", set()),
    ],
)
def test_what_differs_from_place_to_place_is_left_open(type: str, open_: set[str]) -> None:
    assert set(charge(type, DUTIES, NORTHSHIRE)[1]) == open_


@pytest.mark.parametrize(
    ("type", "highways", "planning", "schools", "housing"),
    [
        ("district", NORTHSHIRE, "us", NORTHSHIRE, "us"),
        (
            "county",
            "us",
            "the district and borough councils",
            "us",
            "the district and borough councils",
        ),
        ("unitary", "us", "us", "us", "us"),
        ("metropolitan", "us", "us", "us", "us"),
        ("london_borough", "us, Transport for London (red routes)", "us", "us", "us"),
        ("scottish", "us, Transport Scotland (trunk roads)", "us", "us", "us"),
        ("welsh", "us, the Welsh Government (trunk roads)", "us", "us", "us"),
        (
            "ni",
            "Department for Infrastructure",
            "us",
            "Education Authority",
            "Northern Ireland Housing Executive",
        ),
    ],
)
def test_roads_plans_schools_and_homes_are_run_by_whom_the_type_says(
    type: str, highways: str, planning: str, schools: str, housing: str
) -> None:
    named, _ = charge(type, ["highways", "planning", "schools", "housing"], NORTHSHIRE)
    assert named == {"highways": highways, "planning": planning, "schools": schools, "housing": housing}


def test_a_district_of_an_unknown_county_names_nobody_for_what_the_county_runs() -> None:
    named, open_ = charge("district", ["highways", "waste", "parks", "libraries"])
    assert (named, open_) == ({"parks": "us"}, ["highways", "waste", "libraries"])


def test_the_city_of_london_has_a_police_force_of_its_own() -> None:
    assert charge("london_borough", ["police"], code="E09000001")[0] == {"police": "City of London Police"}
    assert charge("london_borough", ["police"], code="E09999001")[0] == {
        "police": "Metropolitan Police Service"
    }


def test_ashfields_own_file_agrees_on_who_runs_what_the_county_runs() -> None:
    from listening.area import load

    ashfield = load(Path(__file__).parents[2] / "sources.yaml")
    named, _ = charge("district", DUTIES, "Nottinghamshire County Council")
    told = {b.duty: b.name for b in ashfield.bodies}
    for duty in (
        "highways",
        "waste",
        "social_care",
        "schools",
        "housing",
        "parks",
        "planning",
        "council_tax",
        "floods",
    ):
        assert named[duty] == told[duty]
