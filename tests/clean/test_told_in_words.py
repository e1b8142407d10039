"""Numbers told in words, and those that stand beside another: what goes and what only sounds like it."""

import time
from datetime import UTC, datetime

import pytest

from listening.clean import nextdoors
from listening.clean.guard import Guard
from listening.clean.redact import redact

THIS_YEAR = datetime.now(tz=UTC).year


@pytest.mark.parametrize(("said", "kept"), [
    ("ring oh one six three two nine six oh one two three", "ring [phone]"),
    ("zero double seven, double oh nine double oh one two three", "[phone]"),
    ("oh seven seven double oh nine hundred one two three one day", "[phone] one day"),
    ("my nhs no is nine four three four seven six five nine one nine", "my nhs no is [NHS number]"),
    ("NI is q q one two three four five six c", "NI is [NI number]"),
    ("postcode ng one seven four e a", "postcode NG17 4…"),
    ("sort code two oh one one four seven", "sort code [bank details]"),
    ("nine nine nine is for emergencies", "nine nine nine is for emergencies"),
    ("one two three four five, once I caught a fish", "one two three four five, once I caught a fish"),
])  # fmt: skip
def test_spoken_digits(said: str, kept: str, protected: Guard) -> None:
    assert redact(said, protected) == kept
    assert redact(kept, protected) == kept


@pytest.mark.parametrize(("said", "kept"), [
    ("at forty-two Cobden Street", "at [number] Cobden Street"),
    ("one hundred and four Cobden Street has no light", "[number] Cobden Street has no light"),
    ("ask at six Cobden Street", "ask at [number] Cobden Street"),
    ("two Cobden Street shops are shut", "two Cobden Street shops are shut"),
    ("bus at six, Cobden Street was shut", "bus at six, Cobden Street was shut"),
    ("Seven Oaks Road is shut", "Seven Oaks Road is shut"),
    ("View from One Cobden Street", "View from One Cobden Street"),
])  # fmt: skip
def test_a_house_in_words_before_its_street(said: str, kept: str, protected: Guard) -> None:
    assert redact(said, protected) == kept


@pytest.mark.parametrize(("said", "kept"), [
    ("14, [number] and [number] Mill Road", "14, [number] and [number] Mill Road"),
    ("at 14, [number] Mill Road", "at [number], [number] Mill Road"),
    ("at [number] Mill Road or 16", "at [number] Mill Road or [number]"),
    ("[number] missed when 64 and 60 got emptied", "[number] missed when [number] and [number] got emptied"),
    ("noise from 6a, I live in [number]", "noise from [number], I live in [number]"),
    ("we're 33 on Cobden Street", "we're [number] on Cobden Street"),
    ("burgled again, they did 44 then 46", "burgled again, they did [number] then [number]"),
    ("living at Mill Road 14", "living at Mill Road [number]"),
    ("I'm 33 on Saturday", "I'm 33 on Saturday"),
    ("[number] Mill Road and 20 minutes later", "[number] Mill Road and 20 minutes later"),
    ("knocked for 20 minutes at 44 degrees", "knocked for 20 minutes at 44 degrees"),
])  # fmt: skip
def test_next_doors(said: str, kept: str) -> None:
    done = nextdoors.masked(said)
    for _ in range(3):
        done = nextdoors.masked(done)
    if said.startswith("14, "):  # a row that begins a text
        kept = kept.replace("14", "[number]")
    assert done == kept


def test_a_birth_is_told_from_an_appointment_by_the_year_of_today(protected: Guard) -> None:
    def said(year: int) -> str:
        return redact(f"NHS no 943 476 5919, 12/03/{year}", protected)

    assert said(THIS_YEAR - 20).endswith("[date of birth]")
    assert said(THIS_YEAR + 1).endswith(f"12/03/{THIS_YEAR + 1}")
    assert redact(f"red book, NHS no 943 476 5919, 12/03/{THIS_YEAR}", protected).endswith("[date of birth]")
    assert redact(f"Ann Fettle (12.3.{THIS_YEAR - 40})", protected) == "[name] ([date of birth])"
    assert redact(f"Ann Fettle (12.3.{THIS_YEAR - 1})", protected).endswith(f"(12.3.{THIS_YEAR - 1})")


@pytest.mark.parametrize("part", [
    "one two ", "oh seven ", "double oh ", "[number] 14 ", "I'm 33 ", "at 44 then 46 knock ", "a b one two ",
    "07700 9 ", "ann_b or ", "is it a_", "FD71 no wait ", "the reg had ", "NG17,4", "born third of ",
    "999/014/", "@ example . ", "two Mill ", "house Mill Road 1",
])  # fmt: skip
def test_hostile_repetition_costs_time_in_proportion(part: str, protected: Guard) -> None:
    def took(times: int) -> float:
        text = "insta plate ni nhs card 12 knock bank " + part * times
        start = time.perf_counter()
        redact(text, protected)
        return time.perf_counter() - start

    took(20)
    short, long = min(took(250) for _ in range(3)), min(took(1000) for _ in range(2))
    assert long < 14 * short + 0.02
