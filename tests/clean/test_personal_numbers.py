"""Numbers that identify a person, mistyped or oddly written, and those of bodies."""

import pytest

from listening.clean import bank, births, numbers, plates
from listening.clean.guard import Guard
from listening.clean.redact import redact


@pytest.mark.parametrize(("said", "kept"), [
    ("NHS 4 6 8 1 1 2 9 0 5 7 is on it", "NHS [NHS number] is on it"),
    ("my NHS number: 634 118 2095, they wrote 634 118 2059",
     "my NHS number: [NHS number], they wrote [NHS number]"),
    ("I got a jab, typed 9434765919", "I got a jab, typed [NHS number]"),
    ("9434765918 and a jab", "9434765918 and a jab"),
])  # fmt: skip
def test_an_nhs_number_counts_beside_its_name_whatever_its_check_digit(said: str, kept: str) -> None:
    assert numbers.nhs(said) == kept


@pytest.mark.parametrize(("said", "kept"), [
    ("sort 60.83.71 and account no. 20044198", "[bank details]"),
    ("account 84110925 sort 54 21 06", "[bank details]"),
    ("77-29-06 10552834", "[bank details]"),
    ("IBAN LT12 3250 0471 9083 6625 for a puppy", "IBAN [bank details] for a puppy"),
    ("12-03-26 at 12.30", "12-03-26 at 12.30"),
])  # fmt: skip
def test_bank_details_in_either_order(said: str, kept: str) -> None:
    assert bank.masked(said) == kept


def test_a_mistyped_card_counts_beside_the_word_and_takes_its_expiry() -> None:
    assert bank.cards("card 4929 1203 4417 8861 exp 04/28") == "card [card number] exp [card number]"
    assert bank.cards("parcel 4929 1203 4417 8861") == "parcel 4929 1203 4417 8861"


@pytest.mark.parametrize(("said", "kept"), [
    ("dob 070785", "dob [date of birth]"),
    ("the baby, NHS No: 723, born 2.2.2026", "the baby, NHS No: 723, born [date of birth]"),
    ("Born Christmas Day 1949", "Born [date of birth]"),
    ("Ann Pell, 14/02/1940, NI below", "Ann Pell, [date of birth], NI below"),
    ("turns 40 tomorrow (15 July 1986)", "turns 40 tomorrow ([date of birth])"),
    ("kids are 3/4/2015 and 5/6/2018 for the dob box",
     "kids are [date of birth] and [date of birth] for the dob box"),
    ("War memorial: John Hallam (12 July 1916)", "War memorial: John Hallam (12 July 1916)"),
    ("The club turns 50 next month, 4 May 1976", "The club turns 50 next month, 4 May 1976"),
    ("Larkford Library (15 July 2026)", "Larkford Library (15 July 2026)"),
    ("pay B. Swindell on 77-29-06", "pay B. Swindell on 77-29-06"),
])  # fmt: skip
def test_a_listed_date_of_birth(said: str, kept: str) -> None:
    assert births.masked(said) == kept


@pytest.mark.parametrize(("said", "kept"), [
    ("the grey Qashqai fd 17 wgu did it", "the grey Qashqai [plate] did it"),
    ("reg starts FJ62, last three might be ZFB or ZFE",
     "reg starts [plate], last three might be [plate] or [plate]"),
    ("a Morris, KNN 482, and a Q plate, Q291 RNU", "a Morris, [plate], and a Q plate, [plate]"),
    ("Silver BMW r4vvy k went", "Silver BMW [plate] went"),
    ("my 15 reg Fiesta, Golf GTI and BMW 320d", "my 15 reg Fiesta, Golf GTI and BMW 320d"),
])  # fmt: skip
def test_private_plates_and_parts(said: str, kept: str) -> None:
    assert plates.masked(said) == kept


def test_the_numbers_of_bodies_stay(protected: Guard) -> None:
    for said in (
        "Ring the council on 01632 450000",
        "0300 500 8080 or 0800 555 111",
        "116 123",
        "Council switchboard is 01632 450000",
    ):
        assert redact(said, protected) == said
    assert redact("I told the council to ring me on 01632 960123", protected).endswith("on [phone]")


def test_a_date_in_brackets_counts_after_a_given_name_alone(protected: Guard) -> None:
    assert redact("Ron Fenwick (12.3.1950) is on it", protected) == "[name] ([date of birth]) is on it"
    assert redact("The Miners Strike (12 March 1984) is told", protected).endswith("(12 March 1984) is told")


def test_a_foreign_landline_is_no_number_of_a_body(protected: Guard) -> None:
    assert redact("In Tokyo ring 03-5255-3729", protected) == "In Tokyo ring [phone]"
    assert redact("my NINO is SB1O3456A", protected) == "my NINO is [NI number]"
