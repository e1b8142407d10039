"""Threats in the words residents use for them, and the same words meant well; all invented."""

import pytest

from listening.analyse import lexicons
from listening.analyse.flags import Flags
from listening.analyse.matching import read

FLAGS = Flags(lexicons.load("flags"), lexicons.given_names(), ())


def how(text: str) -> str | None:
    """Of what kind the abuse in a text is; None: there is none."""
    found = FLAGS.find(read(None, text), "public").get("abuse")
    return found.how if found else None


@pytest.mark.parametrize(
    "text",
    [
        "Park there again and you'll be leaving on a stretcher",
        "one more ticket on my van and somebody's getting chinned",
        "next time I see that warden he's getting his machine shoved up his arse",
        "wait till I get my hands on him",
        "he won't be so smug when his windows go through",
        "touch my gate again and you're dead pal",
        "If they come round here again someone's gonna get hurt and it won't be us",
        "whoever did it, you'll be eating it",
    ],
)
def test_a_threat_on_a_condition_is_one(text: str) -> None:
    assert how(text) == "threat"


@pytest.mark.parametrize(
    "text",
    [
        "best watch her tyres n her back, that one",
        "we know which school your two go to",
        "tell him I know his motor",
        "Be a shame if something happened to it, councillor",
        "Does your little girl still get the early bus?",
        "he wants a visit one night, bring bats",
        "ten minutes in a room with him is all I ask",
        "that bouncer better not be walking home on his own",
        "Cllr Fettlewick 🔪",
        "snitches get stitches",
    ],
)
def test_a_veiled_threat_is_one(text: str) -> None:
    assert how(text) == "threat"


@pytest.mark.parametrize(
    "text",
    [
        "that MP wants putting up against a wall",
        "the caretaker could do with a slap",
        "the lad on the moped needs his legs breaking",
        "hope the whole planning committee gets cancer",
        "I hope your brakes fail",
        "next quad up our jitty gets wire across it",
        "someone run that warden over please",
    ],
)
def test_harm_that_is_wished_or_deserved_is_a_threat(text: str) -> None:
    assert how(text) == "threat"


@pytest.mark.parametrize(
    "text",
    ["k i l l yourself", "F.U.C.K the lot of you", "you stupid c0w", "go kys", "I'll b4tter u", "thick tw@"],
)
def test_words_that_are_spelt_to_hide_are_read(text: str) -> None:
    assert how(text)


@pytest.mark.parametrize(
    "text",
    [
        "I'd bulldoze that car park and start again",
        "don't shoot the messenger, she deserves a medal",
        "the app wants a slap with a wet kipper",
        "they should be shot down in flames at the planning committee",
        "Someone is going to get killed at that crossing",
        "you'll break your neck on those steps",
        "watch your step by the market, it is like glass",
        "He threatened to break my legs",
        "a councillor got a note saying we know where you live",
        "please do not slash the tyres of carers",
        "they put 'go and die' through her door",
        "we'll batter them on Saturday, and their keeper wants shooting",
        "I know where you live so I'll drop the leaflets round tonight",
        "wait till I see him to say happy birthday",
        "bring bats and balls for the rounders",
        "hope the rain dies down, and hope she doesn't get hurt",
        "I'll be waiting outside at nine with the petition",
        "he won't be so smug when he loses his seat in May",
        "fat cows and dirty pigs in the field",
        "she's dead, and nobody told the family",
        "a good kicking at the ballot box",
    ],
)
def test_the_same_words_meant_otherwise_are_none(text: str) -> None:
    assert how(text) is None
