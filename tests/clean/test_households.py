"""A bare number that means those who live there, and the many numbers that stand in the same places."""

import time

import pytest

from listening.clean import households
from listening.clean.guard import Guard
from listening.clean.redact import redact


@pytest.mark.parametrize(("said", "kept"), [
    ("the lads from 33 were at it again", "the lads from [number] were at it again"),
    ("smoke from 23, engines are here", "smoke from [number], engines are here"),
    ("bins outside 23 and 25 not done", "bins outside [number] and [number] not done"),
    ("17's gutter is hanging off", "[number]'s gutter is hanging off"),
    ("the rats live under 58s garden", "the rats live under [number]s garden"),
    ("whoever lives in 23, turn it down", "whoever lives in [number], turn it down"),
    ("I live 4 upper floor", "I live [number] upper floor"),
    ("can 23 turn the music down", "can [number] turn the music down"),
    ("only ours and 6 left, blue bin", "only ours and [number] left, blue bin"),
    ("no it's 14 not 41", "no it's [number] not [number]"),
    ("our door number is 61, it has a bell", "our door number is [number], it has a bell"),
    ("wheelie bin 47 found in the brook", "wheelie bin [number] found in the brook"),
    ("thanks to 16, 18 and 22 for the sand", "thanks to [number], [number] and [number] for the sand"),
    ("police raided 16, about time", "police raided [number], about time"),
    ("odd numbers 1 to 27 have no water", "odd numbers [number] to [number] have no water"),
    ("bins for 2, 4 and 6, not ours", "bins for [number], [number] and [number], not ours"),
    ("outram street 23, brown door", "outram street [number], brown door"),
    ("61: your cat is in our shed", "[number]: your cat is in our shed"),
])  # fmt: skip
def test_a_household_is_masked(said: str, kept: str) -> None:
    assert households.masked(said) == kept
    assert households.masked(kept) == kept


def test_a_household_in_words_is_masked() -> None:
    assert (
        households.masked("the lamp outside sixty four is out", spelt=True)
        == "the lamp outside [number] is out"
    )
    assert households.masked("we were home by ten to six", spelt=True) == "we were home by ten to six"


@pytest.mark.parametrize("said", [
    "the lads from year 10", "him next door is 86 and on his own", "our dog is 13", "I'm 19 and in a flat",
    "the house was cold from 38 to 61", "crawling past our house at 29 mph", "gates shut at 9 and open at 12",
    "water off from 9 to 4, neighbours told", "thanks to 16 neighbours", "did 16 drops on our street",
    "20 is plenty on our road", "the road is 20 not 30", "36 is not old for a house", "us 4 and the dog",
    "if the power is off ring 105", "nan fell at 81 by the gate", "between 1 and 5 the van went off",
    "there's 4 of us in the house", "they emptied 3 bins", "lodger wanted, 16 quid a night",
])  # fmt: skip
def test_ages_hours_speeds_and_counts_stay(said: str) -> None:
    assert households.masked(said) == said
    assert households.masked(said, spelt=True) == said


@pytest.mark.parametrize(("said", "kept"), [
    ("the camper is N 82 VKD", "the camper is [plate]"),
    ("V K 1 9 D X R it heard", "[plate] it heard"),
    ("red Corsa GV71, missed the rest", "red Corsa [plate], missed the rest"),
    ("a Volvo XC60 and a Mazda MX30", "a Volvo XC60 and a Mazda MX30"),
    ("it typed N G 17 4 E A", "it typed NG17 4…"),
    ("NG17 (4EA) is wrong", "NG17 4…) is wrong"),
    ("by BACS, 201147 / 33419026", "by BACS, [bank details]"),
    ("ring 01632 960123 or 960124", "ring [phone] or [phone]"),
    ("ring 01632 960000, the switchboard", "ring 01632 960000, the switchboard"),
    ("ann underscore b at example.org", "[e-mail]"),
    ("dm ann_b99 for a price", "dm [account] for a price"),
    ("facebook was hacked so its AnnFromSutton2", "facebook was hacked so its [account]"),
    ("my daughter (04/05/2015) needs a place", "my daughter ([date of birth]) needs a place"),
    ("she moved from 9 to 7 Cobden Street", "she moved from [number] Cobden Street"),
    ("SHE LEFT 2 SOFAS DOWN MILL HILL", "SHE LEFT 2 SOFAS DOWN MILL HILL"),
    ("Kirkby 4 Selston 1, a cold night", "Kirkby 4 Selston 1, a cold night"),
    ("8 Cobden Street is an empty shop", "8 Cobden Street is an empty shop"),
    ("flat seven, Cobden House", "flat [number], Cobden House"),
])  # fmt: skip
def test_odd_spellings_of_other_forms(said: str, kept: str, protected: Guard) -> None:
    assert redact(said, protected, people=False) == kept
    assert redact(kept, protected, people=False) == kept


@pytest.mark.parametrize("part", [
    "the lads from 33 ", "33's hedge ", "at 14 not 41 ", "outside sixty ", "14, 16, ", "can 23 turn ",
    "a b 1 2 c d ",
    "dash at co ", "its ann99 ", "black golf LB19 ", "daughter (04/05/", "ann_b dm ",
    "it says on it a big white ",
])  # fmt: skip
def test_hostile_repetition_stays_linear(part: str, protected: Guard) -> None:
    def took(times: int) -> float:
        text = "insta plate dm user twins son knock bank " + part * times
        start = time.perf_counter()
        redact(text, protected, people=False)
        return time.perf_counter() - start

    took(20)
    short, long = min(took(100) for _ in range(3)), min(took(400) for _ in range(2))
    assert long < 14 * short + 0.02
