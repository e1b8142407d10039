"""Which council is meant, and of what type it is. Every council here is invented."""

import pytest

from listening.begin.councils import chosen, chosen_type, full_name, plain, slug
from listening.collect.ons import Council
from listening.errors import WordsError

HAVERDALE = Council("Haverdale", "E07999001", county="Northshire")
UPPER, STENBY = Council("Upper Stenby", "E07999002"), Council("Stenby, City of", "E06999001")
HELI = Council("Heli Vale", "W06999001", "Bro Héli")
COUNTY = Council("Northshire", "E10999001", districts=("E07999001",))
NORTH = Council("Northshire", "E06999002")  # a unitary of its county's name
ALL = [HAVERDALE, UPPER, STENBY, HELI, COUNTY]


@pytest.mark.parametrize(
    ("name", "council"),
    [
        ("Haverdale", HAVERDALE),
        ("haverdale district council", HAVERDALE),
        ("Haverdale Borough Council", HAVERDALE),
        ("E07999001", HAVERDALE),
        ("e07999001", HAVERDALE),
        ("Stenby", STENBY),
        ("City of Stenby", STENBY),
        ("upper", UPPER),
        ("Cyngor Bro Heli", HELI),
        ("Northshire County Council", COUNTY),
    ],
)
def test_a_council_is_known_by_what_people_call_it(name: str, council: Council) -> None:
    assert chosen(ALL, name) == council


def test_several_councils_of_a_name_are_listed() -> None:
    with pytest.raises(WordsError) as caught:
        chosen([UPPER, Council("Stenby Vale", "E08999009"), HAVERDALE], "Stenby")
    assert str(caught.value) == (
        "2 councils go by 'Stenby': Upper Stenby (E07999002, district); Stenby Vale (E08999009, metropolitan)"
        ". Give the whole name, or the code"
    )


def test_a_type_or_the_words_county_council_settle_which_of_two_is_meant() -> None:
    both = [COUNTY, NORTH]
    with pytest.raises(WordsError, match="2 councils go by 'Northshire'"):
        chosen(both, "Northshire")
    assert chosen(both, "Northshire", "unitary") == NORTH
    assert chosen(both, "Northshire County Council") == COUNTY


def test_a_name_nobody_has_is_answered_with_the_nearest() -> None:
    with pytest.raises(WordsError) as caught:
        chosen(ALL, "Haverdal")
    assert str(caught.value) == (
        "no council of that name: 'Haverdal'; did you mean Haverdale (E07999001, district)?"
    )


def test_a_name_like_no_other_is_told_how_to_be_written() -> None:
    with pytest.raises(WordsError, match=r"'Xyzzy'; give it as ONS does, such as Ashfield or E07000170$"):
        chosen(ALL, "Xyzzy")


@pytest.mark.parametrize("name", ["", "  ", "Council", "the council of"])
def test_a_name_without_a_word_of_its_own_means_nobody(name: str) -> None:
    with pytest.raises(WordsError, match="no council of that name"):
        chosen(ALL, name)


def test_the_city_of_london_is_not_left_without_words() -> None:
    london = Council("City of London", "E09000001")
    assert chosen([*ALL, london], "City of London Corporation") == london
    assert plain("London Borough of Haverdale") == {"haverdale"}


@pytest.mark.parametrize(
    ("code", "type"),
    [
        ("E06999001", "unitary"),
        ("E07999001", "district"),
        ("E08999001", "metropolitan"),
        ("E09999001", "london_borough"),
        ("E10999001", "county"),
        ("S12999001", "scottish"),
        ("W06999001", "welsh"),
        ("N09999001", "ni"),
    ],
)
def test_the_code_tells_the_type(code: str, type: str) -> None:
    assert chosen_type(Council("Nowhere", code), None) == type


def test_a_code_of_no_register_needs_a_type_from_people() -> None:
    nowhere = Council("Nowhere", "X07999001")
    with pytest.raises(
        WordsError, match="the type cannot be told from the code X07999001: give --type, one of dist"
    ):
        chosen_type(nowhere, None)
    assert chosen_type(nowhere, "welsh") == "welsh"


def test_a_full_name_is_taken_from_people_and_never_made_up() -> None:
    assert full_name(HAVERDALE, "district", " Haverdale  Borough Council ") == (
        "Haverdale Borough Council",
        True,
    )
    assert full_name(STENBY, "unitary", "stenby") == ("Stenby council", False)
    assert full_name(COUNTY, "county", "northshire") == ("Northshire County Council", True)


def test_a_folder_is_named_in_plain_letters() -> None:
    assert [slug(n) for n in ("St. Helens & Moor", "Ynys Môn", "…")] == [
        "st-helens-and-moor",
        "ynys-mon",
        "area",
    ]
