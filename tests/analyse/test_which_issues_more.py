"""Spots, families, spellings and weights; and an issue of the user's own."""

import hashlib
from pathlib import Path

import pytest
from invented import Annotated, frame, small_area

from listening import analyse, area
from listening.analyse import lexicons, weighing
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
    assert digest == "760e0b385ada8648f70257155f378f6604b5f64370c04d0008bd34990ca9783f"
    sizes = {name: len(each) for name, each in weighing.weights().items()}
    assert sizes == {"plain": 1 + len(weighing.FACTS), "voiced": 1 + len(weighing.VOICED)}


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
