"""Spots, families, spellings and weights; and an issue of the user's own."""

import hashlib
from pathlib import Path

import pytest
from invented import Annotated, frame, small_area

from listening import analyse, area
from listening.analyse import lexicons, matching, weighing, wording
from listening.analyse.spelling import Speller
from listening.area import Issue

BUS = Issue(
    "buses",
    "Buses",
    "bus_operator",
    terms=("no bus",),
    spots=("bus stop*",),
    failures=((("bus", "driver"), ("drove past", "late")),),
    together=((("arm out",), ("driver", "past")),),
)
OWN = """\
issues:
  - slug: swifts
    label: Swifts and nests
    duty: planning
    terms: [swift nest*, swift box*]
    exclude: [taylor swift]
    failures:
      - objects: [swifts, martins]
        words: [nest gone, blocked, netting]
"""


@pytest.mark.parametrize(
    ("text", "issues"),
    [
        ("The bus stop has no roof", ["buses"]),
        ("Lost a glove by the bus stop", []),
        ("Nobody swept by the bus stop, broken glass", ["buses"]),
        ("Stuck my arm out in the rain. He went straight past me", ["buses"]),
        ("My arm out of its cast at last", []),
        ("No buss and the pothloes are back", ["roads-potholes"]),
        ("Whose car is parkin there, and it's a dog poo ginnel", ["dog-fouling", "parking"]),
    ],
)
def test_a_thing_that_only_says_where_is_no_issue(text: str, issues: list[str]) -> None:
    ground = small_area(issues=(*small_area().issues, BUS))
    row = analyse.run(frame(text, channel="press"), ground).iloc[0]  # whose wording is not asked
    assert sorted(row["issues"]) == issues


def test_a_misspelt_word_is_kept_as_it_was_written(read: Annotated) -> None:
    row = read("Huge Potholle, and the Potholse are worse")
    assert row["evidence"]["roads-potholes"]["words"] == ["Potholle", "Potholse"]


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("the cemetry libary", "the cemetery library"),
        ("barkin dogs at the 'ospital", "barking dogs at the hospital"),
        ("planting and spending while hopeless", None),
        ("portholes", None),
    ],
)
def test_only_slips_that_are_no_other_word_are_put_right(written: str, read_as: str | None) -> None:
    righted = Speller(lexicons.load("spellings"), ["barking dog*", "hospital"]).read(written)
    assert (righted.low if righted else None) == read_as


def test_a_word_late_in_a_post_about_something_else_is_a_word_in_passing(read: Annotated) -> None:
    about = "Bin day again, the bin not emptied, the brown one left, refuse collection is a joke. "
    post = about + "I have rung and rung about it. " * 5 + "Ask in the library"
    assert read(post)["issues"] == ["bins-waste"]


def test_the_weights_are_those_that_were_read_over() -> None:
    digest = hashlib.sha256(weighing.MODEL.read_bytes()).hexdigest()
    assert digest == "9833474d7f6191feab3567b2b62b7f737de70f35b7099b19817415c17c1aab5a"
    sizes = {name: len(each) for name, each in weighing.weights().items()}
    assert sizes == {
        "plain": 1 + len(weighing.FACTS),
        "voiced": 1 + len(weighing.VOICED),
        "among": 1 + len(weighing.AMONG),
    }


def test_an_issue_is_less_likely_beside_another_and_beside_talk_of_nothing() -> None:
    text = matching.read(
        None, "Twenty minutes at the stop and then the lads were drinking in the shelter again"
    )
    voices = {"buses": (0.5, 0.5), "asb": (-6.0, -6.0), wording.NOTHING: (-4.0, -4.0)}
    alone, beside, nothing = (
        weighing.chances(text, {}, frozenset(), voices | more)["buses"]
        for more in ({}, {"asb": (0.4, 0.4)}, {wording.NOTHING: (3.0, 3.0)})
    )
    assert beside < alone
    assert nothing < alone


def test_of_others_only_the_rest_is_counted_and_only_where_the_wording_knows_the_issue() -> None:
    known, own = [0.0] * len(weighing.VOICED), [1.0] * len(weighing.FACTS)
    rows = {"buses": known, "asb": known, "swifts": own}
    rows = weighing.among(rows, {"buses": 0.75, "asb": 0.5, "swifts": 0.25})
    assert rows == {"buses": [*known, 0.75], "asb": [*known, 1.0]}


def test_what_few_or_faint_words_say_must_be_surer() -> None:
    voices = {"buses": (0.5, 0.5), "asb": (-4.0, -4.0), wording.NOTHING: (-2.0, -2.0)}
    for said, counts in (("It was slow", False), ("It was slow when it came at last", True)):
        text = matching.read(None, said)
        chance = weighing.chances(text, {}, frozenset(), voices)["buses"]
        assert weighing.WORDED <= chance < weighing.CLEAR
        assert (weighing.counted(text, {}, frozenset(), voices) == {"buses": chance}) is counts
    faint = voices | {"buses": (-2.0, -2.0), wording.NOTHING: (-4.0, -4.0)}
    assert weighing.chances(text, {}, frozenset(), faint)["buses"] >= weighing.WORDED
    assert weighing.counted(text, {}, frozenset(), faint) == {}
    loud = voices | {"buses": (9.0, 9.0)}
    assert weighing.counted(matching.read(None, "Bus?"), {}, frozenset(), loud).keys() == {"buses"}


def test_talk_of_nothing_is_no_issue_itself() -> None:
    text = matching.read(None, "Two nil up and we still lost")
    voices = {"buses": (-6.0, -6.0), "asb": (-7.0, -7.0), wording.NOTHING: (6.0, 6.0)}
    assert weighing.counted(text, {}, frozenset(), voices) == {}
    assert wording.NOTHING not in weighing.chances(text, {}, frozenset(), voices)


def test_an_issue_of_the_users_own_is_a_few_lines_of_yaml(tmp_path: Path) -> None:
    (tmp_path / "ground").mkdir()
    wards = "name: Dale\ncode: X07000001\ntype: district\ntimezone: Europe/London\n"
    wards += "wards:\n  - {name: Upper Dale, code: X05000001}\n"
    (tmp_path / "ground/wards.yaml").write_text(wards, encoding="utf-8")
    (tmp_path / "issues.yaml").write_text(OWN, encoding="utf-8")
    (tmp_path / "sources.yaml").write_text("area: ground\nissues: issues.yaml\n", encoding="utf-8")
    texts = ("They netted over a swift nest", "Swifts are back and the eaves blocked", "Taylor Swift box set")
    found = analyse.run(frame(*texts), area.load(tmp_path / "sources.yaml"))
    assert found["issues"].tolist() == [["swifts"], ["swifts"], []]
