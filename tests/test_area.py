"""The nouns of an area, and the real one: Ashfield as it stands in the project's own files."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from listening.area import Area, Body, Checklist, Issue, Source, Ward, describe, load

ROOT = Path(__file__).parent.parent
FEED = Source("Stenby News", "feed", "press", "https://news.example/rss")
AREA = Area(
    name="Test Dale",
    code="X07000009",
    type="district",
    timezone="Europe/London",
    wards=(Ward("Foxholes", "X05000001", "Stenby"), Ward("Quarry Hill", "X05000002")),
    towns=(),
    places=(),
    bodies=(Body("highways", "us"),),
    issues=(Issue("parking", "Parking", "highways"), Issue("buses", "Buses", "bus_operator")),
    sources=(FEED, replace(FEED, name="Stenby Talk", enabled=False, why_disabled="needs a key")),
    checklist=Checklist(controller="Test Dale District Council"),
    store="sqlite:////tmp/listening.db",
    config=Path("sources.yaml"),
)


@pytest.fixture(scope="module")
def ashfield() -> Area:
    return load(ROOT / "sources.yaml")


def words(phrase: str) -> str:
    return " ".join(re.findall(r"[\w&£*]+", phrase.lower().replace("'", "")))


def meets(term: str, phrase: str) -> bool:
    """Whether a term, wildcard and all, stands in a phrase as whole words."""
    pattern = re.escape(words(term)).replace(r"\*", r"\w*")
    return bool(re.search(rf"(?<!\w){pattern}(?!\w)", words(phrase).replace("*", "")))


def test_an_issue_is_run_by_the_body_of_its_duty_or_by_nobody_named() -> None:
    assert (AREA.body("parking"), AREA.body("buses")) == (Body("highways", "us"), None)


def test_a_source_hears_the_wards_and_towns_it_covers_and_without_any_the_whole_area() -> None:
    town, ward = replace(FEED, covers=("Stenby",)), replace(FEED, covers=("Quarry Hill",))
    heard = {s.covers: [w.name for w in AREA.wards if AREA.hears(s, w.name)] for s in (FEED, town, ward)}
    assert heard == {
        (): ["Foxholes", "Quarry Hill"],
        ("Stenby",): ["Foxholes"],
        ("Quarry Hill",): ["Quarry Hill"],
    }


def test_the_checklist_names_the_lines_still_empty() -> None:
    assert AREA.checklist.missing == ["contact", "purpose", "lawful_basis", "retention"]


def test_an_area_is_described_in_numbers_and_what_is_still_open() -> None:
    assert describe(AREA).splitlines() == [
        "Test Dale: 2 wards, 0 towns, 0 places, 2 issues, 2 sources (1 enabled)",
        "Checklist: still empty: contact, purpose, lawful_basis, retention",
        "Nobody is named for: Buses",
        "Not asked: Stenby Talk: needs a key",
    ]


def test_one_of_a_thing_is_not_called_several() -> None:
    one = replace(AREA, wards=AREA.wards[:1], sources=(), issues=AREA.issues[:1], invented=True)
    assert describe(one) == "Test Dale: 1 ward, 0 towns, 0 places, 1 issue, 0 sources (0 enabled)"


def test_ashfield_has_its_23_wards_with_their_own_codes_in_three_towns_and_the_rural_west(
    ashfield: Area,
) -> None:
    assert len(ashfield.wards) == len(ashfield.ward_by_code) == len(ashfield.ward_by_name) == 23
    assert {w.code for w in ashfield.wards} == {f"E{n:08}" for n in range(5010673, 5010696)}
    towns = [w.town for w in ashfield.wards]
    assert {t: towns.count(t) for t in towns} == {
        "Kirkby-in-Ashfield": 6,
        "Sutton-in-Ashfield": 10,
        "Hucknall": 4,
        None: 3,
    }
    assert [t.name for t in ashfield.towns] == ["Sutton-in-Ashfield", "Kirkby-in-Ashfield", "Hucknall"]


def test_ashfields_renamed_wards_are_still_known_by_their_old_names(ashfield: Area) -> None:
    assert {w.name: w.aliases for w in ashfield.wards if w.aliases} == {
        "Greenwood & Summit": ("Summit",),
        "Jacksdale & Westwood": ("Jacksdale",),
        "Sutton Central & New Cross": ("Central & New Cross",),
        "Sutton St Mary's": ("St Mary's",),
    }


def test_every_place_in_ashfield_stands_in_known_wards_under_one_name(ashfield: Area) -> None:
    assert {w for p in ashfield.places for w in p.wards} == set(ashfield.ward_by_name)
    names = [(p.name, p.kind) for p in ashfield.places]
    assert len(names) == len(set(names)) > 1_400


def test_a_street_in_several_wards_is_one_place(ashfield: Area) -> None:
    places = {p.name: p for p in ashfield.places}
    assert places["Low Moor Road"].wards == ("Abbey Hill", "Greenwood & Summit")
    assert places["Market Place"].wards == ("Hucknall Central", "Huthwaite & Brierley")
    assert places["Watnall Road"].wards == ("Hucknall West",)


def test_what_is_no_street_or_carries_a_qualifier_is_not_in_the_gazetteer(ashfield: Area) -> None:
    streets = {p.name for p in ashfield.places if p.kind == "street"}
    assert streets.isdisjoint({"Kirkby-In-Ashfield", "Sutton Parkway", "Felley Mill Lane (North)"})
    assert "Felley Mill Lane" in streets


@pytest.mark.parametrize(
    "name", ["Underwood", "Larwood", "Leamington", "Kingsway", "The Dales", "Greenwood & Summit"]
)
def test_a_ward_whose_name_is_a_word_or_a_surname_needs_an_anchor(ashfield: Area, name: str) -> None:
    assert ashfield.ward_by_name[name].anchored


@pytest.mark.parametrize(
    "name", ["Church Street", "Park Road", "The Green", "High Street", "The Common", "Titchfield Park"]
)
def test_a_place_that_many_towns_have_needs_an_anchor(ashfield: Area, name: str) -> None:
    assert all(p.anchored for p in ashfield.places if p.name == name)


@pytest.mark.parametrize(
    "name", ["Carsic Lane", "Papplewick Lane", "Idlewells", "Teversal", "Holgate Academy"]
)
def test_a_place_of_its_own_needs_none(ashfield: Area, name: str) -> None:
    assert [p.anchored for p in ashfield.places if p.name == name] == [False]


def test_somebody_is_named_for_every_issue_in_ashfield(ashfield: Area) -> None:
    assert [i.slug for i in ashfield.issues if not i.noise and ashfield.body(i.slug) is None] == []


def test_no_real_person_is_named_in_ashfields_files(ashfield: Area) -> None:
    assert (ashfield.office_holders, ashfield.phones) == ((), {})


def test_the_issues_the_pages_speak_of_are_there_under_their_labels(ashfield: Area) -> None:
    said = ["parking", "street-lights", "dog-fouling", "buses", "parks-play", "flooding", "bins-waste"]
    labels = ["Parking", "Street lights", "Dog fouling", "Buses", "Parks", "Flooding", "Bins"]
    assert [ashfield.issue_by_slug[s].label for s in said] == labels


def test_filters_sensitive_issues_and_elections_are_marked(ashfield: Area) -> None:
    def marked(mark: str) -> set[str]:
        return {i.slug for i in ashfield.issues if getattr(i, mark)}

    assert marked("noise") == {"sport", "advert", "lost-pets", "appeals", "tributes", "other"}
    assert marked("election") == {"elections-democracy"}
    assert marked("sensitive") == {
        "homelessness-lettings",
        "health-nhs",
        "adult-social-care",
        "benefits-cost-of-living",
        "send",
        "children-families",
        "appeals",
    }


def test_a_term_belongs_to_one_issue_and_stands_there_once(ashfield: Area) -> None:
    terms = [t.lower() for i in ashfield.issues for t in i.terms]
    assert sorted(t for t in set(terms) if terms.count(t) > 1) == []


def test_every_exclusion_hides_a_word_of_its_own_issue_and_is_a_plain_phrase(ashfield: Area) -> None:
    idle = []
    for issue in ashfield.issues:
        families = (*issue.failures, *issue.together)
        own = [*issue.terms, *issue.spots, *(w for family in families for side in family for w in side)]
        idle += [x for x in issue.exclude if "(" in x or not any(meets(w, x) for w in own)]
    assert idle == []


def test_no_exclusion_hides_a_whole_term_of_its_own_issue(ashfield: Area) -> None:
    hidden = [
        (issue.slug, x, t)
        for issue in ashfield.issues
        for x in issue.exclude
        for t in issue.terms
        if meets(x, t)
    ]
    assert hidden == []


@pytest.mark.parametrize(
    "word",
    [
        "the tip",
        "forest",
        "robbed",
        "flood*",
        "pitch dark",
        "verge*",
        "library",
        "theatre",
        "reserves",
        "park",
    ],
)
def test_a_word_that_misleads_alone_is_no_term(ashfield: Area, word: str) -> None:
    assert [i.slug for i in ashfield.issues if word in i.terms] == []


def test_send_and_rip_are_met_in_capitals_only(ashfield: Area) -> None:
    capitals = [t for i in ashfield.issues for t in i.terms if t.isupper()]
    assert capitals == ["SEND", "RIP"]


def test_a_source_that_is_not_asked_says_why_and_every_source_has_dated_terms(ashfield: Area) -> None:
    assert [s.name for s in ashfield.sources if not s.enabled and not s.why_disabled] == []
    assert [s.name for s in ashfield.sources if not s.terms or not s.checked] == []
    assert [s.name for s in ashfield.sources if s.enabled] == [
        "BBC Nottingham",
        "Nottinghamshire Live",
        "GOV.UK news",
        "Contact centre log",
        "Own Page comments",
        "I heard this",
    ]


def test_residents_words_wait_for_the_checklist(ashfield: Area) -> None:
    assert ashfield.checklist.missing == ["controller", "contact", "purpose", "lawful_basis"]
    assert ashfield.user_agent.endswith("(no contact given yet; listening to Ashfield District Council)")


def test_the_paper_of_one_town_is_not_expected_to_hear_the_others(ashfield: Area) -> None:
    paper = ashfield.source_by_name["Hucknall Dispatch"]
    assert {ashfield.ward_by_name[w.name].town for w in ashfield.wards if ashfield.hears(paper, w.name)} == {
        "Hucknall"
    }
