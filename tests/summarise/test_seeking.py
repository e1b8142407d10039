from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from listening.area import Area, Issue, load
from listening.summarise import seeking
from listening.summarise.scope import Scope

ROOT = Path(__file__).parents[2]


@pytest.fixture
def here(area: Area) -> Area:
    bins = Issue("bins", "Bins", "waste", terms=("bin", "bins", "brown bin*"))
    return replace(area, office_holders=("Alison Moorcroft",), issues=(bins, *area.issues[:1]))


@pytest.mark.parametrize(
    "asked",
    [
        "",
        "brown bin",
        '"not emptied" OR missed -brown',
        "kevin",
        "Victoria Park",
        "albert smith street",
        "kelly bins",
        "Jack Monday",
        "Weir Lane",
        "kevin OR rowbotham",
        "kevin -rowbotham",
        "Alison Moorcroft",
        "Cllr Alison Moorcroft bins",
        "St Mary church",
        "mrs the",
        "menu/option",
    ],
)
def test_issues_streets_words_and_office_holders_may_be_searched_for(asked: str, here: Area) -> None:
    assert seeking.refused(asked, here) is None


@pytest.mark.parametrize("config", ["sources.yaml", "data/sample/sources.yaml"])
def test_every_place_and_every_term_of_an_issue_may_be_searched_for(config: str) -> None:
    area = load(ROOT / config)
    names = [n for w in area.wards for n in (w.name, *w.aliases)]
    names += [n for p in area.places for n in (p.name, *p.aliases)]
    names += [t.rstrip("*") for i in area.issues for t in i.terms]
    assert [n for n in names if seeking.refused(n, area)] == []


@pytest.mark.parametrize(
    "asked",
    [
        "@binman",
        "what @binman said",
        "u/binman",
        "/u/binman",
        "bins u/bin-man",
        "a@b.example",
        "v" + "0a" * 12,
    ],
)
def test_accounts_are_never_searched_for(asked: str, here: Area) -> None:
    assert seeking.refused(asked, here) == (
        "We never search for accounts. Search for what people talk about: an issue, a street, a word."
    )


@pytest.mark.parametrize(
    "asked",
    [
        "Kevin Rowbotham",
        "kevin rowbotham",
        '"kevin rowbotham"',
        '"kevin" "rowbotham"',
        "kevin AND rowbotham",
        "rowbotham, kevin",
        "bins Kevin Rowbotham",
        "(bins OR kevin rowbotham)",
        "kevin's rowbotham",
        "Mary-Ann Rowbotham",
        "Mrs Rowbotham",
        "mr. rowbotham",
    ],
)
def test_what_reads_as_a_private_persons_name_is_refused(asked: str, here: Area) -> None:
    assert seeking.refused(asked, here) == (
        "This reads as a person's name, and we never search for people. Try an issue, a street or a word."
    )


def test_a_search_as_long_as_a_letter_is_refused(here: Area) -> None:
    assert seeking.refused("bin " * 60, here) == "This search is too long. Try a few words."


def test_the_heading_and_what_to_try_where_nothing_is_found(scope: Callable[..., Scope]) -> None:
    ward = scope(issue="bins")
    assert seeking.heading(41, ward, "brown bin") == (
        "41 posts with “brown bin”: Larkford Bridge: bins, this week"
    )
    assert seeking.heading(1, scope(ward=None), "") == "1 post: Haverdale, this week"
    assert seeking.nothing(scope(), "zebra", True) == (
        "No posts with “zebra”: Larkford Bridge, this week.",
        "Try fewer words, fewer filters, a longer time or all of Haverdale.",
    )
    assert seeking.nothing(scope(ward=None, period="90d"), "", False) == (
        "No posts: Haverdale, in three months.",
        "Try another issue.",
    )
    assert seeking.elsewhere(3) == "3 more posts hold these words but name no local issue we know."
    assert seeking.elsewhere(1) == "1 more post holds these words but names no local issue we know."


@pytest.mark.parametrize(
    ("text", "wanted", "runs"),
    [
        (
            "Brown bin, not emptied",
            ["brown bin", "not emptied"],
            [("Brown bin", True), (", ", False), ("not emptied", True)],
        ),
        ("binning bins", ["bin"], [("binning bins", False)]),
        ("binning bins", ["bin*"], [("binning", True), (" ", False), ("bins", True)]),
        ("brown  bin", ["bin", "brown bin"], [("brown  bin", True)]),
        ("what (a) mess", ["(a)", "", "mess"], [("what (a) ", False), ("mess", True)]),
        ("bins", [], [("bins", False)]),
        ("", ["bins"], []),
    ],
)
def test_wanted_words_are_found_whole(text: str, wanted: list[str], runs: list[tuple[str, bool]]) -> None:
    assert seeking.stretches(text, wanted) == runs
