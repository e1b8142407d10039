"""Laws that hold for any text, and the area's own names."""

# ruff: noqa: SIM905 - a list of words reads best as words

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from listening.area import Area, Place, load
from listening.clean import guard, redact

PLAIN = guard._built((), (), (), (), ())
FORMS = st.sampled_from(
    [
        *(
            "07700 900123 jane@example.org @jane_doe u/jane_doe NG17 4EA AB12 CDE 12 Mill Road my name is "
            "Jane Mrs Fenwick RIP Dave 4111 1111 1111 1111 12-34-56 12345678 AB 12 34 56 C DOB 12/03/1980 "
            "https://x.com/jane 44 0 @ [name] £ Flat 3, Thanks to at number 12 Gemma Derek Plumthistle King "
            "flat c lives nine, instead of 14a the lady The Hollies reg ends KZO or plate Corsa L33 DAZ "
            "snap me jane_22 card exp 04/28 NHS no NI sort code 20.45.81 iban born, both 1/2/1980 N 53° "
            "05.412 W 001° 18.903 ///filled.count.soap P. Limb Ron. [number] [phone] [plate] mine is 16 "
            "door with on it [date of birth] [NI number] MR and 33, e-mail Grandad dot underscore (Alwyn)"
        ).split(),
        "\n",
    ]
)
MIXED = st.lists(st.one_of(FORMS, st.text(max_size=12)), max_size=8).map(" ".join)


@settings(max_examples=300)
@given(MIXED)
def test_redacting_twice_changes_nothing_more(text: str) -> None:
    once = redact.redact(text, PLAIN)
    assert redact.redact(once, PLAIN) == once
    assert len(once) <= redact.LONGEST


def test_several_dates_of_birth_in_a_row_are_all_masked() -> None:
    text = "DOB: 12/03/1980, 14/05/2010 and 3 April 2012. Born 12/03/2010 14/05/2012."
    once = redact.redact(text, PLAIN)
    assert once == (
        "DOB: [date of birth], [date of birth] and [date of birth]. Born [date of birth] [date of birth]."
    )
    assert redact.redact(once, PLAIN) == once


@given(st.text(max_size=400), st.booleans())
def test_any_text_at_all_can_be_redacted(text: str, people: bool) -> None:
    assert len(redact.redact(text, PLAIN, people=people)) <= redact.LONGEST


WORDS = st.text(alphabet="abcdefghijklmnop ,.!?'\n", max_size=40)


@given(WORDS, st.sampled_from(["Jane_Doe77", "jane.doe77", "zz_top_zz", "Żaneta_77"]), WORDS)
def test_a_planted_handle_never_survives(before: str, handle: str, after: str) -> None:
    assert handle.lower() not in redact.redact(f"{before} @{handle} {after}", PLAIN).lower()


@given(st.text(max_size=30), st.sampled_from(["jane.doe77@example.org", "j+x77@mail.example.co.uk"]), WORDS)
def test_a_planted_e_mail_never_survives(before: str, mail: str, after: str) -> None:
    assert "77" not in redact.redact(f"{before} {mail} {after}", PLAIN).replace(before, "")


@given(WORDS, st.sampled_from(["07700 900123", "+44 7700 900 123", "01632960123", "(01632) 960-123"]), WORDS)
def test_a_planted_phone_never_survives(before: str, phone: str, after: str) -> None:
    assert not set("7693") & set(redact.redact(f"{before} {phone} {after}", PLAIN))


def test_five_hundred_names_of_an_area_come_through_unaltered(area: Area) -> None:
    stems = (
        "Angela Harris Rowan Priory Sutton Grace Kirk Mark Byron Oak Mill Chapel King's Albert Victoria "
        "Jubilee Lime Heron Dale Moor Abbey Mason Alice Wren Hope"
    ).split()

    kinds = (
        "Road Street Avenue Lane Close Drive Court Grove Crescent Gardens Park School Walk Terrace Hill "
        "Rise Way Square Row View"
    ).split()

    names = [f"{stem} {kind}" for stem in stems for kind in kinds]
    assert len(names) == 500
    generated = tuple(Place(name, ("Larkford Bridge",)) for name in names)
    protected = guard._built(tuple(p.name for p in generated), ("Larkford",), (), area.office_holders, ())
    said = (
        "Pothole on {0} again, thanks to {0}, RIP {0}. my neighbour {0}: call {0} or {1}. "
        "{0} next door. Speak to {2}"
    )
    for name in names:
        text = said.format(name, name.lower(), "Cllr Morwenna Tarrant")
        assert redact.redact(text, protected) == text


def test_a_masked_house_keeps_its_street_whatever_the_case(area: Area, protected: guard.Guard) -> None:
    streets = [
        p.name for p in area.places if p.kind == "street" and " " in p.name and not p.name[0].isdigit()
    ]
    assert len(streets) == 8
    for street in streets:
        for form in (street, street.lower(), street.upper()):
            assert redact.redact(f"fire at 14 {form} now", protected) == f"fire at [number] {form} now"


def test_names_stay_in_the_press(protected: guard.Guard) -> None:
    text = "Mrs Fenwick, ring 07700 900123"
    assert redact.redact(text, protected, people=False) == "Mrs Fenwick, ring [phone]"


def test_a_long_text_of_cues_is_redacted_in_bounded_time_and_length(protected: guard.Guard) -> None:
    for piece in ("0 ", "a@", "at dot ", "Mr Mr ", "1-", "my name is ", "u/", "a.", "12 Mill ", "(at)"):
        assert len(redact.redact(piece * (10_000 // len(piece)), protected)) <= redact.LONGEST


def test_every_place_of_ashfield_comes_through_unaltered() -> None:
    ashfield = load(Path(__file__).parents[2] / "sources.yaml")
    protected = guard.guard(ashfield)
    names = [n for p in (*ashfield.places, *ashfield.wards, *ashfield.towns) for n in (p.name, *p.aliases)]
    names += [
        *ashfield.office_holders,
        "the head teacher",
        "Councillor Ann Pell",
        "Ann Pell MP",
        "Mayor Ann Pell",
    ]
    assert len(names) > 500
    altered = {}
    for name in names:
        text = f"Pothole on {name} again, thanks to {name}, RIP {name.lower()}, call {name}, {name} next door"
        if redact.redact(text, protected) != text:
            altered[name] = redact.redact(text, protected)
    assert altered == {}


WITHOUT_CUE = {
    "Ask Derek Plumthistle where the raffle money went": "Ask [name] where the raffle money went",
    "It was Agnieszka Nowaczka from the end house": "It was [name] from the end house",
    "WAYNE CRUMBLE move your caravan": "[name] move your caravan",
    "Everybody in Larkford knows Harpreet Singhera did it": "Everybody in Larkford knows [name] did it",
    "\nDerek Plumthistle took it": "\n[name] took it",
    "poor Gemma fell on the ice again": "poor [name] fell on the ice again",
    "Happy 90th to Ivy Thistledown of Larkford": "Happy 90th to [name] of Larkford",
    "outside number nine, Cottage Close": "outside [number], Cottage Close",
    "ab12 cdf you are across my drive": "[plate] you are across my drive",
}


@pytest.mark.parametrize(("said", "kept"), WITHOUT_CUE.items())
def test_a_whole_name_needs_no_cue(said: str, kept: str, protected: guard.Guard) -> None:
    assert redact.redact(said, protected) == kept


@pytest.mark.parametrize(
    "said",
    [
        "Robin Hood Way is shut", "King George Fifth playing fields", "Jesus Mary Joseph what a mess",
        "the Harry Potter night at the library", "Cllr Morwenna Tarrant was there", "the Old George is shut",
        "St John Ambulance came", "Gordon Bennett", "Craig Street Surgery Closes Its Doors For Good Today",
        "number nine on the list of excuses", "Kelly Homes want to build there", "bus ng17 bin",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_name_stays(said: str, protected: guard.Guard) -> None:
    assert redact.redact(said, protected) == said


def test_a_refused_name_before_a_cue_does_not_stop_the_search(protected: guard.Guard) -> None:
    assert redact.redact("Harris Drive next door to Sharon next door", protected) == (
        "Harris Drive next door to [name] next door"
    )
