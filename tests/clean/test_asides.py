"""Numbers of houses told in passing, and what else is told with next to no cue."""

import pytest

from listening.clean import asides
from listening.clean.guard import Guard
from listening.clean.redact import redact


@pytest.mark.parametrize(("said", "kept"), [
    ("Knock if your bin is short. Olive at 64", "Knock if your bin is short. Olive at [number]"),
    ("drums from 4pm at 58 again", "drums from 4pm at [number] again"),
    ("Bins at [number] went. Not 31, they waited", "Bins at [number] went. Not [number], they waited"),
    ("parcel at [number]. 37 got done too", "parcel at [number]. [number] got done too"),
    ("they gritted our lane as far as 76 and left", "they gritted our lane as far as [number] and left"),
    ("swept from 30 to 44 and no further", "swept from [number] to [number] and no further"),
    ("thin flats, the bloke in 6 sings", "thin flats, the bloke in [number] sings"),
    ("we're 9, purple door", "we're [number], purple door"),
    ("the bungalow (19) is up for let", "the bungalow ([number]) is up for let"),
    ("72 told the landlord, not us", "[number] told the landlord, not us"),
])  # fmt: skip
def test_a_house_told_in_passing_is_masked(said: str, kept: str) -> None:
    assert asides.masked(said) == kept
    assert asides.masked(kept) == kept


@pytest.mark.parametrize("said", [
    "Meeting at 8, black door round the back", "Bye for now, back at 14", "Vote at 16, says Sam at 15",
    "swept 20 to 36 streets a week", "gritted up to 40 miles of road", "the lad in 4th place has a flat",
    "45 people put complaints in about the fence", "the house (3 bed) is up",
    "101 told me to ring the landlord",
    "33 objected to the extension, 40 in favour", "the limit drops from 40 to 30 on our road",
    "in 20 minutes the flat flooded",
    "Bins at [number] were late by 12 days, not 9",
])  # fmt: skip
def test_a_number_that_counts_stays(said: str) -> None:
    assert asides.masked(said) == said


@pytest.mark.parametrize(("said", "kept"), [
    ("whoever owns T618 WUB, move it", "whoever owns [plate], move it"),
    ("k742 dwt again", "[plate] again"),
    ("silver saab, JD 7714, daft private plate", "silver saab, [plate], daft private plate"),
    ("clipped me and drove off, YK61 I think", "clipped me and drove off, [plate] I think"),
    ("they asked my date of birth. 2/11/1961. Fine", "they asked my date of birth. [date of birth]. Fine"),
    ("wrong dob for both, me 05/06/71, him 07/08/69",
     "wrong dob for both, me [date of birth], him [date of birth]"),
    ("the conservatory at 6 overhangs us", "the conservatory at [number] overhangs us"),
    ("number seven keeps shouting", "[number] keeps shouting"),
    ("whoever is at 5, your tap is on", "whoever is at [number], your tap is on"),
    ("insta: mossyteapot", "insta: [account]"),
    ("tipped at 53.1177 - -1.2311", "tipped at [coordinates]"),
    ("im in ng17 3d b", "im in NG17 3…"),
    ("debit card found on the top deck by the back seat this morning, it reads 5301 2280 4417 9025",
     "debit card found on the top deck by the back seat this morning, it reads [card number]"),
])  # fmt: skip
def test_what_has_next_to_no_cue_is_masked(said: str, kept: str, protected: Guard) -> None:
    assert redact(said, protected) == kept
    assert redact(kept, protected) == kept


@pytest.mark.parametrize("said", [
    "order D445 KLM has not come", "A617 RTC near the lights", "N95 FFP masks left over", "my P60 pls",
    "the shop in 85 shut and folk moved", "it's 18c in the bathroom",
    "room 2B, not 2A, as the doors were shut",
    "he still works at 72", "column 14 is out, the post by ours was 17", "the gate at 9 opens for the match",
    "they want my date of birth. Meeting is 14/05/2026.", "ng17 4x a week", "my insta is broken",
    "twitter: silent", "didn't stop at DE21 for the services", "number seven has a dodgy knee",
    "54 Cobden Street garages burnt",
])  # fmt: skip
def test_what_only_looks_so_stays(said: str, protected: Guard) -> None:
    assert redact(said, protected) == said
