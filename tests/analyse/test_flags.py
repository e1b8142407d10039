import hashlib
from dataclasses import replace

import pytest
from invented import Annotated, frame

from listening import analyse
from listening.analyse import lexicons
from listening.analyse.flags import Flags
from listening.analyse.matching import read as as_text
from listening.area import Area, Issue


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
        "you b1tch",
        "absolute w*nker, that warden",
        "shut ur mouth you p r i c k",
        "Cllr Quill is a tw*t",
        "caretaker's getting his legs broke",
        "next time I'm putting a brick through that windscreen",
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
        "He told my mate he knows where you live",
        "The A611 and the B6021, bus 3B, a v8 and 50p",
        "somebody put a brick through his window last night",
        "this app is a b*stard and the bins are fat with rats",
    ],
)
def test_criticism_swearing_and_reported_abuse_are_not(read: Annotated, text: str) -> None:
    assert "abuse" not in read(text)["flags"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("you are a moron and I will break your legs", "threat"),
        ("send them all back", "slur"),
        ("you moron", "insult"),
    ],
)
def test_the_evidence_says_what_the_abuse_is(read: Annotated, text: str, kind: str) -> None:
    assert read(text)["evidence"]["abuse"]["how"] == kind


def test_ones_own_threat_beside_a_report_is_no_report(read: Annotated) -> None:
    said = "he called my wife an old cow so I've told him I'll break his legs"
    assert read(said)["evidence"]["abuse"] == {
        "words": ["I'll break his legs"],
        "how": "threat",
        "confidence": "check",
    }


def test_a_slur_is_known_by_its_hash_alone() -> None:
    lexicon = lexicons.load("flags") | {"slurs_sha256": [hashlib.sha256(b"blorp").hexdigest()]}
    flags = Flags(lexicon, frozenset(), ())
    assert list(flags.find(as_text(None, "typical bl*rps"), "public")) == ["abuse"]
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


def test_talk_of_elections_is_the_areas_election_issue(area: Area) -> None:
    issue = Issue("elections", "Elections", "elections", ("ward boundary",), election=True)
    posts = frame("Three rosettes and a manifesto, who gets your vote?", "The swings are broken")
    rows = analyse.run(posts, replace(area, issues=(*area.issues, issue)))
    assert rows["issues"].tolist() == [["elections"], ["parks-play"]]
    assert rows["flags"].tolist() == [[], []]
    assert list(map(len, rows["issue_tones"])) == [1, 1]
