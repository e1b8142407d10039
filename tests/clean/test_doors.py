"""Numbers of houses told without a street, and the many other uses of a number."""

import pytest

from listening.clean import doors
from listening.clean.guard import Guard
from listening.clean.redact import redact


@pytest.mark.parametrize(("said", "kept"), [
    ("The couple at 9 have a cockerel", "The couple at [number] have a cockerel"),
    ("damp at 3, 5 and 17", "damp at [number], [number] and [number]"),
    ("I live at forty, not fourteen", "I live at [number], not [number]"),
    ("parcel left at 14a instead of 14", "parcel left at [number] instead of [number]"),
    ("their post again, hers is 16 mine is 16a", "their post again, hers is [number] mine is [number]"),
    ("no heating at flat c; none", "no heating at flat [number]; none"),
    ("Number 14's dog is loose", "[number]'s dog is loose"),
    ("outside number twenty one", "outside [number]"),
    ("numbers 7 and 9 are flooded, ask a neighbour", "[number] and [number] are flooded, ask a neighbour"),
    ("Bring it to 4 The Hollies", "Bring it to [number] The Hollies"),
    ("mine, 33, NG15 6…", "mine, [number], NG15 6…"),
    ("our bin with 26 on it", "our bin with [number] on it"),
    ("We're number 18 on Cobden Street", "We're [number] on Cobden Street"),
    ("moved in at number 4 on Monday", "moved in at [number] on Monday"),
    ("the postie left it at [number], I'm 24", "the postie left it at [number], I'm [number]"),
    ("bins outside 12 and 14 again", "bins outside [number] and [number] again"),
])  # fmt: skip
def test_a_door_is_masked(said: str, kept: str) -> None:
    assert doors.masked(said) == kept
    assert doors.masked(kept) == kept


def test_words_parted_by_a_colon_are_no_street(protected: Guard) -> None:
    assert redact("Heard from 1 person: Road surface", protected) == "Heard from 1 person: Road surface"
    assert redact("parcel for 27 quernby road's here", protected) == "parcel for [number] quernby road's here"


@pytest.mark.parametrize("said", [
    "the number 12 bus", "number one priority", "number 10 will not listen", "kick off at 3",
    "left at 7 this morning",
    "speeding at 50 past the school", "she died at 83", "the party at 9 on Saturday", "volume 24, number 5",
    "number 4 colliery and our parcel", "a flat 5 pound fee", "delivered at 11 by the postie", "flat caps",
    "house 3 kids in one room", "to 20 people by post", "best in the world at number six",
    "still at 30 degrees",
    "coming in at number four, the baths", "number 6 on the list for a house. Number 11 now",
    "a lamp near the houses, number 14 on the post", "moved here at 30, the house was damp",
    "I live at [number], I'm 24", "the flat E string", "there is no 1 to ask",
    "we were number 14 in the queue", "have they cut the hedge, no. 4 emails so far",
    "does she live alone? no. 3 cats", "any letters for us? No. 12 for next door", "No. 1 neighbour award",
])  # fmt: skip
def test_another_number_stays(said: str) -> None:
    assert doors.masked(said) == said
