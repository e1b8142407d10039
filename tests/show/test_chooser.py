"""The chooser: the address is the truth, and bogus addresses harm nothing."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from screen import SAMPLE

from listening.area import Area, load
from listening.show.chooser import ISSUES, Choice, issues, place_params, places, read, window

LONDON = ZoneInfo("Europe/London")


@pytest.fixture(scope="module")
def area() -> Area:
    return load(SAMPLE)


def test_an_empty_address_is_the_whole_area_over_seven_days(area: Area) -> None:
    assert read(area, {}) == (Choice(), [])
    assert Choice() == Choice(ward=None, town=None, issue=None, period="7d", role="councillor")


def test_an_address_names_ward_issue_and_period(area: Area) -> None:
    choice, remarks = read(area, {"ward": "Larkford Bridge", "period": "28d", "issue": "bins-waste"})
    assert (choice, remarks) == (Choice(ward="Larkford Bridge", issue="bins-waste", period="28d"), [])
    assert choice.place(area) == "Larkford Bridge"


def test_a_ward_goes_before_a_town(area: Area) -> None:
    assert read(area, {"ward": "Tannery", "town": "Stenby"}) == (Choice(ward="Tannery"), [])
    assert read(area, {"town": "Stenby"})[0].place(area) == "Stenby"


def test_what_is_not_there_falls_back_and_says_so_without_repeating_it(area: Area) -> None:
    asked = {"ward": "<b>Nowhere</b>", "town": "Atlantis", "issue": "dragons", "period": "99y", "other": "?"}
    choice, remarks = read(area, asked)
    assert choice == Choice()
    assert remarks == [
        "The address names a ward that is not in Haverdale. You see all of Haverdale.",
        "The address names an issue we do not know. You see all issues.",
        "The address asks for a time we do not have. You see the last 7 days.",
    ]


def test_a_page_has_a_time_of_its_own_where_the_address_names_none(area: Area) -> None:
    assert read(area, {}, "28d") == (Choice(period="28d"), [])
    assert read(area, {"period": "7d"}, "28d") == (Choice(period="7d"), [])
    assert read(area, {"period": "99y"}, "28d") == (
        Choice(period="28d"),
        ["The address asks for a time we do not have. You see the last 28 days."],
    )


def test_elections_and_noise_cannot_be_chosen(area: Area) -> None:
    offered = {issue.slug for issue in issues(area)}
    assert "bins-waste" in offered
    kept_out = {i.slug for i in area.issues if i.noise or i.election}
    assert kept_out
    assert not offered & kept_out


def test_wards_stand_below_their_town_and_villages_after_the_towns(area: Area) -> None:
    labels = list(places(area).values())
    assert labels[0] == "All of Haverdale"
    assert labels[-1] == "An issue across the area…"
    town = labels.index("All of Larkford")
    assert labels[town + 1 : town + 5] == [
        f"\u2003Larkford {name}" for name in ("Bridge", "Mount", "Park", "Priory")
    ]
    assert labels[-5:-1] == ["Coldbrook", "Moorside", "Upper Dale", "Withen Valley"]
    assert len(labels) == 1 + len(area.towns) + len(area.wards) + 1


def test_every_entry_of_the_place_list_survives_the_address(area: Area) -> None:
    for place in places(area):
        choice, remarks = read(area, place_params(place))
        assert remarks == []
        if place not in ("", ISSUES):
            assert place == (f"ward:{choice.ward}" if choice.ward else f"town:{choice.town}")


def test_today_begins_at_the_local_midnight() -> None:
    summer = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)  # 23:30 in London
    assert window(Choice(period="today"), summer, LONDON) == (datetime(2026, 6, 30, 23, tzinfo=UTC), summer)
    late = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)  # already 2 July in London
    assert window(Choice(period="today"), late, LONDON) == (datetime(2026, 7, 1, 23, tzinfo=UTC), late)


def test_seven_days_are_168_hours_over_a_clock_change_too() -> None:
    now = datetime(2026, 10, 28, 9, tzinfo=UTC)
    assert window(Choice(), now, LONDON) == (datetime(2026, 10, 21, 9, tzinfo=UTC), now)
    assert window(Choice(period="90d"), now, LONDON)[0] == datetime(2026, 7, 30, 9, tzinfo=UTC)
