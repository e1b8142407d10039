import hashlib

import pytest
from invented import Annotated

from listening.analyse import lexicons
from listening.analyse.flags import Flags
from listening.analyse.matching import read as as_text


@pytest.mark.parametrize(
    "text",
    [
        "You are an absolute moron",
        "Cllr Quill is a lying scumbag",
        "what a piece, that stupid idiot councillor quill",
        "I hope you die",
        "We know where you live",
        "I'm going to stab him",
        "He needs a good kicking",
        "someone should burn your house",
        "Go back to your own country",
        "get back in the kitchen",
    ],
)
def test_abuse_of_a_person_is_flagged(read: Annotated, text: str) -> None:
    row = read(text)
    assert row["flags"] == ["abuse"]
    assert row["evidence"]["abuse"]["confidence"] == "check"


@pytest.mark.parametrize(
    "text",
    [
        "bloody potholes everywhere",
        "These roads are crap, sort it out",
        "The council are a bunch of clowns and could not run a bath",
        "Utter shambles, resign the lot of you",
        "That junction is a bastard to cross",
        "Cllr Quill is wrong about this and has let us all down",
        "A day out in Scunthorpe and Penistone, then Cockermouth",
        "I'd kill for a decent bus",
        "This heat will kill my lawn",
        "The rat run past you is a pig to cross",
        "She was called a scumbag, that is not on",
        'He shouted "you are a moron" at the clerk',
        "Man jailed after he told her I will kill you",
    ],
)
def test_criticism_swearing_and_reported_abuse_are_not(read: Annotated, text: str) -> None:
    assert "abuse" not in read(text)["flags"]


def test_a_slur_is_known_by_its_hash_alone() -> None:
    lexicon = lexicons.load("flags") | {"slurs_sha256": [hashlib.sha256(b"blorp").hexdigest()]}
    flags = Flags(lexicon, frozenset(), ())
    assert list(flags.find(as_text(None, "typical Blorp behaviour"), "public")) == ["abuse"]
    assert list(flags.find(as_text(None, "blorpington high street"), "public")) == []


@pytest.mark.parametrize(
    "text",
    [
        "Cllr Quill is on the take",
        "Ida Quill stole the fete money",
        "Mark my words, the mayor took bribes from that builder",
        "Everybody knows Colin Fettle is a fraudster",
        "council leader having an affair with the planning officer",
    ],
)
def test_an_accusation_against_a_named_person_is_flagged(read: Annotated, text: str) -> None:
    assert "accusation" in read(text)["flags"]


@pytest.mark.parametrize(
    "text",
    [
        "Somebody stole my bike from the rec",
        "Cllr Quill wants to tackle fraud",
        "The whole system is corrupt",
        "Fraud awareness morning with Cllr Quill",
    ],
)
def test_a_crime_nobody_is_named_for_is_no_accusation(read: Annotated, text: str) -> None:
    assert "accusation" not in read(text)["flags"]


@pytest.mark.parametrize(
    "text",
    [
        "I just want to end it all",
        "The old man next door hasn't eaten for days",
        "he hits her and nobody does anything",
        "That little girl has bruises up her arms",
    ],
)
def test_somebody_at_risk_is_flagged(read: Annotated, text: str) -> None:
    assert read(text)["flags"] == ["safeguarding"]


@pytest.mark.parametrize(
    "text",
    [
        "This drought will kill my lawn",
        "That suicidal junction again",
        "We want to end it with the roadworks, end it all with one petition",
        "Political suicide by the council",
        "The kids have no park",
    ],
)
def test_a_figure_of_speech_is_not(read: Annotated, text: str) -> None:
    assert read(text)["flags"] == []


def test_press_answers_for_its_own_accusations(read: Annotated) -> None:
    assert read("Ida Quill stole the fete money, court told", channel="press")["flags"] == []
