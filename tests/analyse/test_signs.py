"""When a score of ``learned`` is believed: beside whom, and beside which signs."""

import pytest

from listening.analyse import learned, lexicons
from listening.analyse.flags import Flags
from listening.analyse.matching import read

FLAGS = Flags(lexicons.load("flags"), lexicons.given_names(), ())


def told(text: str, **scores: float) -> list[str]:
    return [
        f for f in FLAGS.find(read(None, text), "public", learned.NONE | scores) if f in scores or not scores
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The landlord of that pub by the crossing does it every Friday night",
        "Cllr Quill does it every Friday night and has for years",
        "that caretaker does it every Friday night and has for years",
        "Manager at the home does it every Friday night and has for years",
    ],
)
def test_an_accusation_that_reads_so_needs_somebody_named_or_in_a_post(text: str) -> None:
    assert told(text, accusation=0.1) == ["accusation"]
    assert told(text, accusation=-0.1) == []


@pytest.mark.parametrize(
    "text",
    [
        "the fella at the end house does it every Friday night and has for years",
        "Blue van [plate] does it every Friday night and has for years",
        "everyone on our street knows what goes on there of a Friday night",
        "kev bramblethwick does it every Friday night and has for years",
    ],
)
def test_somebody_only_pointed_at_needs_a_plainer_score(text: str) -> None:
    assert told(text, accusation=0.6) == ["accusation"]
    assert told(text, accusation=0.4) == []


def test_without_anybody_there_is_no_accusation_and_thanks_are_none() -> None:
    assert told("it happens every Friday night and has for years and years", accusation=9.0) == []
    thanks = "the landlord of that pub gave every one of them a lift home"
    assert told(thanks, accusation=1.6, praise=0.6) == []


def test_two_signs_beside_somebody_are_more_than_one_and_one_more_than_none() -> None:
    two = "old lad in his slippers, the parcels piled up at the door"
    one = "old lad in his slippers, the paper under his arm as ever"
    none = "old lad in his garden, the paper under his arm as ever"
    for text, least in ((two, 0.1), (one, 0.6), (none, 1.1)):
        assert told(text, safeguarding=least) == ["safeguarding"]
        assert told(text, safeguarding=least - 0.2) == []


@pytest.mark.parametrize(
    "text",
    [
        "the treasurer has had his hand in the till for years",
        "Everyone knows wayne crumbletoe is selling weed pens round the back",
        "That Sandra Grimbleby on the desk lied about the deposit",
    ],
)
def test_what_somebody_pointed_at_is_said_to_do_is_an_accusation(text: str) -> None:
    assert told(text) == ["accusation"]


@pytest.mark.parametrize(
    "text",
    [
        "my mate won't go home because of him",
        "she came to ours with a split lip",
        "nine nights now we have slept in the car",
        "lass of about 13 getting in cars with grown men",
    ],
)
def test_what_says_of_itself_that_somebody_is_at_risk_does(text: str) -> None:
    assert told(text) == ["safeguarding"]


def test_a_strayed_cat_is_nobody_at_risk() -> None:
    assert told("tabby, missing since Sunday, answers to Fuse") == []
    assert told("lad of 14, grey tracksuit, missing since Sunday") == ["safeguarding"]
