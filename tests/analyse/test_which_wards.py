from typing import Any

import pytest
from invented import WARDS, Annotated, frame, small_area

from listening import analyse


def where(row: dict[str, Any]) -> dict[str, list[str]]:
    return {name: row[name] for name in ("wards", "towns", "maybe_wards", "places") if row[name]}


def test_a_street_of_one_ward_gives_its_ward_and_town(read: Annotated) -> None:
    row = read("Water over the kerb on Weir Lane")
    assert where(row) == {"wards": ["Larkford Bridge"], "towns": ["Larkford"], "places": ["Weir Lane"]}
    assert row["evidence"]["Larkford Bridge"] == {
        "words": ["Weir Lane"],
        "how": "street",
        "confidence": "likely",
    }


def test_its_town_beside_a_street_makes_it_sure(read: Annotated) -> None:
    row = read("Water over the kerb on Weir Lane, Larkford")
    assert row["evidence"]["Larkford Bridge"]["confidence"] == "sure"


@pytest.mark.parametrize(
    "text", ["weir lane flooded again", "Weir Ln is flooded", "WEIR LANE FLOODED", "Weir ln."]
)
def test_a_street_is_known_in_small_letters_and_in_short(read: Annotated, text: str) -> None:
    assert read(text)["wards"] == ["Larkford Bridge"]


def test_a_short_form_of_no_known_street_is_no_place(read: Annotated) -> None:
    assert where(read("Gullies on Weir St and Weir Ave are blocked")) == {}


@pytest.mark.parametrize(
    "text", ["Cars by St Annes School", "Cars by Saint Anne's school", "Cars by st anne’s school"]
)
def test_saints_and_apostrophes_may_be_written_any_way(read: Annotated, text: str) -> None:
    assert read(text)["places"] == ["St Anne's School"]


def test_a_street_of_several_wards_alone_is_given_to_none(read: Annotated) -> None:
    row = read("Lights out on Station Road")
    assert where(row) == {
        "maybe_wards": ["Larkford Bridge", "Haver Market", "Quarry Hill"],
        "places": ["Station Road"],
    }
    assert row["evidence"]["Haver Market"]["confidence"] == "check"


def test_the_town_in_the_post_says_which_street_is_meant(read: Annotated) -> None:
    row = read("Lights out on Station Road. Nobody in Stenby cares")
    assert where(row) == {"wards": ["Quarry Hill"], "towns": ["Stenby"], "places": ["Station Road"]}


def test_the_nearest_town_decides(read: Annotated) -> None:
    row = read("Unlike Stenby we get nothing done, see Station Road in Larkford")
    assert row["wards"] == ["Larkford Bridge"]
    assert row["towns"] == ["Larkford", "Stenby"]


def test_the_town_in_the_title_decides_where_the_text_names_none(read: Annotated) -> None:
    assert read("Lights out on Station Road", title="Haver news")["wards"] == ["Haver Market"]


def test_what_a_source_covers_decides_last(read: Annotated) -> None:
    assert read("Lights out on Station Road", source="Larkford Lines")["wards"] == ["Larkford Bridge"]
    named = read("Lights out on Station Road, Stenby", source="Larkford Lines")
    assert named["wards"] == ["Quarry Hill"]


def test_a_source_gives_no_ward_to_a_post_that_names_no_place(read: Annotated) -> None:
    assert where(read("Lights out again", source="Bridge Newsletter", channel="official")) == {}


def test_candidates_that_share_a_town_count_in_the_town(read: Annotated) -> None:
    assert where(read("Lights out on Ford Lane")) == {
        "towns": ["Haver"],
        "maybe_wards": ["Haver Castle", "Summit"],
        "places": ["Ford Lane"],
    }


def test_a_street_already_found_settles_its_corner(read: Annotated) -> None:
    row = read("Crash at the corner of Outram Street and Station Road")
    assert where(row) == {
        "wards": ["Haver Market"],
        "towns": ["Haver"],
        "places": ["Outram Street", "Station Road"],
    }


def test_two_places_in_two_wards_give_both(read: Annotated) -> None:
    row = read("Bins missed on Weir Lane and on Tithe Barn Rd")
    assert row["wards"] == ["Larkford Bridge", "Haver Castle"]


def test_a_town_alone_stays_a_town(read: Annotated) -> None:
    row = read("Nothing ever happens in larkford")
    assert where(row) == {"towns": ["Larkford"]}
    assert row["evidence"]["Larkford"] == {"words": ["larkford"], "how": "town", "confidence": "sure"}


def test_the_name_of_the_whole_area_gives_no_place(read: Annotated) -> None:
    assert where(read("Haverdale council tax is up")) == {}


@pytest.mark.parametrize("name", ["Haver Castle", "Castle Hill", "Haver St Annes"])
def test_a_ward_is_known_by_its_name_its_other_names_and_its_old_one(read: Annotated, name: str) -> None:
    ward = {"Haver St Annes": "Haver Market"}.get(name, "Haver Castle")
    assert read(f"Residents of {name} have had enough")["wards"] == [ward]


def test_a_ward_whose_name_is_a_word_needs_a_town_or_the_word_ward(read: Annotated) -> None:
    assert where(read("World leaders at the Summit today")) == {}
    assert read("Canvassing in Summit ward")["wards"] == ["Summit"]
    assert read("The Summit end of Haver is dark")["wards"] == ["Summit"]


def test_a_village_gives_its_ward(read: Annotated) -> None:
    row = read("The path in Underdale is under water")
    assert where(row) == {"wards": ["Coldbrook"], "places": ["Underdale"]}


def test_a_village_only_says_where_a_street_is(read: Annotated) -> None:
    row = read("Bridge Street near Underdale is shut")
    assert row["wards"] == ["Larkford Bridge"]


def test_a_common_street_and_an_ordinary_village_name_confirm_each_other(read: Annotated) -> None:
    row = read("No path on Main Street, Westwell")
    assert where(row) == {"wards": ["Coldbrook"], "places": ["Main Street", "Westwell"]}
    assert where(read("Westwell is my favourite band")) == {}


def test_a_towns_name_means_the_town_before_its_outlying_villages(read: Annotated) -> None:
    row = read("No path on Ford Lane in Haver")
    assert row["wards"] == ["Haver Castle"]
    assert row["evidence"]["Haver Castle"]["confidence"] == "likely"
    assert read("No path on Ford Lane, Nether End")["wards"] == ["Summit"]
    assert read("No path on Ford Lane")["maybe_wards"] == ["Haver Castle", "Summit"]


def test_a_common_street_needs_its_town_and_is_only_a_maybe_without(read: Annotated) -> None:
    alone = read("Church Street is a mess")
    assert where(alone) == {"maybe_wards": ["Quarry Hill"], "places": ["Church Street"]}
    assert read("Church Street in Stenby is a mess")["wards"] == ["Quarry Hill"]


def test_an_ordinary_word_without_its_town_is_no_place(read: Annotated) -> None:
    assert where(read("Kingsway is my favourite band")) == {}
    assert read("Kingsway, Stenby, again")["wards"] == ["Quarry Hill"]


def test_a_street_the_whole_country_knows_needs_a_local_name(read: Annotated) -> None:
    assert where(read("Coronation Street has the best stories")) == {}
    assert read("Coronation Street, Stenby has no lights")["wards"] == ["Quarry Hill"]


@pytest.mark.parametrize(
    "text",
    [
        "Roadworks on Weir Lane in Marlbury",
        "Roadworks on Weir Lane, Chester",
        "Roadworks on weir lane in chesterfield",
        "Marlbury's Weir Lane is shut",
        "Weir Lane (Wexcombe) is shut",
        "A weekend at Larkford Spa",
        "The Larkford Magna fete",
        "Harold Underdale opened the batting",
        "Mr Underdale was kind",
        "Harold Larkford opened the batting. Well played Larkford",
        "Underdale bowled well today",
        "Underdale Smith won the raffle",
        "we were westwell and lost",
        "Traffic on Larkford Road again",
        "stuck on stenby road again",
    ],
)
def test_a_namesake_is_refused(read: Annotated, text: str) -> None:
    assert where(read(text)) == {}


def test_a_street_many_towns_have_is_ours_where_residents_say_where(read: Annotated) -> None:
    text = "Nobody has gritted by 9 on Vine Street"
    assert where(read(text)) == {"wards": ["Quarry Hill"], "towns": ["Stenby"], "places": ["Vine Street"]}
    assert where(read("Vine Street, a new musical")) == {
        "maybe_wards": ["Quarry Hill"],
        "places": ["Vine Street"],
    }
    assert where(read(text, channel="press")) == {"maybe_wards": ["Quarry Hill"]}
    assert where(read(text, source="Haverdale tag")) == {"maybe_wards": ["Quarry Hill"]}
    assert where(read(text + " when I was in London")) == {}


@pytest.mark.parametrize(
    ("text", "ward"),
    [
        ("No path to westwell again", "Coldbrook"),
        ("Buses from Underdale and Westwell never come", "Coldbrook"),
        ("Ice all along Kingsway", "Quarry Hill"),
        ("The lollipop lady at St Anne's is a star", "Haver Market"),
        ("Cars on Tithe Barn, all day", None),
        ("Cars parked on Outram all day", "Haver Market"),
        ("Parked on Kingsway all day", "Quarry Hill"),
        ("Water over the kerb on Tithebarn Road", "Haver Castle"),
        ("Water over the kerb on Outrum St", "Haver Market"),
        ("The path in Undrdale is flooded", "Coldbrook"),
        ("Canvassing in Bridge ward", None),
    ],
)
def test_names_in_part_with_a_slip_or_as_a_word_are_known_by_what_stands_around(
    read: Annotated, text: str, ward: str | None
) -> None:
    assert read(text)["wards"] == ([ward] if ward else [])
    assert read(text, channel="press")["wards"] in ([], ["Coldbrook"])


@pytest.mark.parametrize(
    "text",
    [
        "Weir Lane in Crouch End",
        "weir lane, cardiff, 3am",
        "That is not Underdale",
        "Our Underdale's had her baby",
        "There is a bloke called Underdale here",
        "underdale is a surname",
        "Every town has a Weir Lane? No: a weir lane",
    ],
)
def test_what_is_denied_or_far_away_is_refused(read: Annotated, text: str) -> None:
    assert read(text)["wards"] == []


@pytest.mark.parametrize(
    "text", ["Weir Lane, Nice one", "A hole on Weir Lane in March", "Weir Lane? Reading it twice"]
)
def test_a_word_that_is_a_town_too_refuses_nothing(read: Annotated, text: str) -> None:
    assert read(text)["wards"] == ["Larkford Bridge"]
    assert read("Weir Lane in Reading")["wards"] == []


def test_a_club_is_no_place_and_a_school_needs_a_word_of_schools(read: Annotated) -> None:
    assert where(read("Season tickets for Westwell Athletic")) == {}
    assert where(read("A lovely day out at St Anne's Wood")) == {}


def test_both_ends_of_a_way_are_candidates(read: Annotated) -> None:
    row = read("Lights out between Underdale and Nether End")
    assert where(row) == {
        "maybe_wards": ["Coldbrook", "Summit"],
        "towns": ["Haver"],
        "places": ["Underdale", "Nether End"],
    }


def test_a_village_somebody_goes_to_is_not_the_matter(read: Annotated) -> None:
    assert read("Parked at Weir Lane. He drove to Underdale")["wards"] == ["Larkford Bridge"]


def test_an_outside_place_that_only_stands_in_the_post_refuses_nothing(read: Annotated) -> None:
    assert read("The bus from Marlbury to Larkford never came")["towns"] == ["Larkford"]
    assert read("Diversions in Larkford, Marlbury and Stenby")["towns"] == ["Larkford", "Stenby"]


def test_its_county_after_a_town_is_an_address(read: Annotated) -> None:
    assert read("Parcels for Larkford, Northshire are late")["towns"] == ["Larkford"]


def test_another_town_right_after_a_street_means_a_street_we_do_not_know(read: Annotated) -> None:
    assert where(read("Weir Lane, Stenby is closed")) == {"towns": ["Stenby"]}


def test_a_postcode_places_a_post_for_sure(read: Annotated) -> None:
    row = read("Bins missed here", place_hint="E05900002")
    assert where(row) == {"wards": ["Larkford Park"], "towns": ["Larkford"]}
    assert row["evidence"]["Larkford Park"] == {"words": [], "how": "postcode", "confidence": "sure"}


def test_the_code_a_ward_carried_before_still_finds_it(read: Annotated) -> None:
    assert read("Bins missed here", place_hint="E05800003")["wards"] == ["Haver Market"]


def test_a_postcode_settles_a_street_of_several_wards(read: Annotated) -> None:
    row = read("Lights out on Station Road", place_hint="E05900006")
    assert where(row) == {"wards": ["Quarry Hill"], "towns": ["Stenby"], "places": ["Station Road"]}


@pytest.mark.parametrize("channel", ["press", "official", "report", "heard"])
def test_every_channel_is_placed(read: Annotated, channel: str) -> None:
    assert read("Crews at Weir Lane", channel=channel)["wards"] == ["Larkford Bridge"]


def test_a_town_that_is_one_ward_gives_the_ward() -> None:
    area = small_area(wards=(WARDS[5],), places=())
    row = analyse.run(frame("Nothing ever happens in Stenby"), area).iloc[0]
    assert (row["wards"], row["towns"]) == (["Quarry Hill"], ["Stenby"])
