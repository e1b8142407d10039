"""What was done: who may be named, what stands, and how it is said."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from listening.area import Area, Source
from listening.masked import masked
from listening.store import Store
from listening.summarise import deeds
from listening.summarise.deeds import ASKED_FOR, NO_LINK, NO_TEAM, NOBODY, SAMPLE, Deed, Matter

NOW = datetime(2026, 11, 16, 8, tzinfo=UTC)  # a Monday
DAY = timedelta(days=1)
BINS = Matter("bins", "town:Larkford")
Did = Callable[..., int]


@pytest.fixture
def did(store: Store) -> Did:
    """Tell the store what was done, some days ago."""

    def tell(step: str, more: str = "", matter: Matter = BINS, days: int = 0, role: str = "officer") -> int:
        return store.decide(role, deeds.KIND, matter.key, {"step": step, "more": more}, NOW - days * DAY)

    return tell


def found(store: Store, now: datetime = NOW) -> tuple[Deed, ...]:
    return deeds.deeds(store.decisions(deeds.KIND), now)


def test_deeds_stand_in_their_order_with_date_and_role(store: Store, did: Did) -> None:
    first, second = did("seen", days=3, role="councillor"), did("passed", "Waste", days=1)
    assert found(store) == (
        Deed(first, BINS, "seen", "", "councillor", NOW - 3 * DAY),
        Deed(second, BINS, "passed", "Waste", "officer", NOW - DAY),
    )


def test_what_was_undone_or_erased_or_is_not_yet_does_not_stand(store: Store, did: Did) -> None:
    undone, erased, later = did("seen", days=3), did("passed", "Waste", days=2), did("closed", days=-1)
    store.decide("officer", deeds.KIND, BINS.key, None, NOW, undoes=undone)
    store.strike(erased)
    store.decide("officer", deeds.KIND, "nonsense", {"step": "seen"}, NOW)
    store.decide("officer", deeds.KIND, BINS.key, {"step": "burnt"}, NOW)
    assert found(store) == ()
    assert [d.number for d in found(store, NOW + DAY)] == [later]
    store.verify()


def test_what_is_done_changes_no_figure_so_nothing_is_counted_anew(store: Store, did: Did) -> None:
    before = store.version
    did("seen")
    assert store.version == before


def test_a_deed_counts_inside_its_place_and_not_around_it(store: Store, area: Area, did: Did) -> None:
    did("passed", "Waste")
    did("seen", matter=Matter("", "", "s1"))
    ward, whole = Matter("bins", "Larkford Bridge"), Matter("bins", area.code)
    assert [d.step for d in deeds.upon(found(store), ward, area)] == ["passed"]
    assert deeds.upon(found(store), whole, area) == ()
    assert deeds.upon(found(store), Matter("parking", "town:Larkford"), area) == ()
    assert [d.step for d in deeds.upon(found(store), Matter("", "", "s1"), area)] == ["seen"]


def test_a_deed_counts_for_sixty_days(store: Store, did: Did) -> None:
    did("closed", days=61)
    assert deeds.newest(found(store), NOW) is None
    did("seen", days=60)
    newest = deeds.newest(found(store), NOW)
    assert newest is not None
    assert newest.step == "seen"


def test_a_story_is_the_matter_of_its_first_issue_in_its_place(area: Area) -> None:
    assert deeds.story("s1", ("bins",), "Larkford Bridge", area) == Matter("bins", "Larkford Bridge")
    assert deeds.story("s1", ("bins",), "Larkford", area) == Matter("bins", "town:Larkford")
    assert deeds.story("s1", (), "Larkford", area) == Matter("", "", "s1")
    assert deeds.story("s1", ("bins",), None, area) == Matter("", "", "s1")


@pytest.mark.parametrize(
    "team", ["Waste", "Highways, Northshire County Council", "us", "Parks team", "Team 2", "A38 works"]
)
def test_a_team_may_be_named(team: str, area: Area) -> None:
    assert deeds.refused("passed", team, area, masked) == ""


@pytest.mark.parametrize(
    "team",
    [
        "Sarah in Waste",
        "kevin rowbotham",
        "Mrs Rowe",
        "@binman",
        "u/binman",
        "x" * 61,
        "Waste 07700 900123",
        "NG17 1AA",
        "ng171aa",
        "14 Carsic Lane Sutton",
        "14 carsic lane",
        "waste at 14 weir lane",
        "Waste, 01632 960140",
    ],
)
def test_a_person_may_not(team: str, area: Area) -> None:
    assert deeds.refused("passed", team, area, masked) == NO_TEAM


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "ftp://a.example",
        "https://localhost",
        "https://x.example/@bob",
        "http://[x",
        "a b",
        "https://www.facebook.com/jane.smith.9",
        "https://www.linkedin.com/in/jane-smith",
        "https://bsky.app/profile/jane.example",
        "https://bit.ly/x",
        "http://192.168.0.1/a",
        "https://forum.example.org/t/1",
        "https://haverdale.gov.uk.example/a",
        "https://a.example\\.gov.uk/b",
        "https://jane@www.gov.uk/a",
        "https://www.haverdale.gov.uk:8443/a",
        "https://www.haverdale.gov.uk/jane-smith-07700900123",
        "https://www.haverdale.gov.uk/a?call=07700%20900123",
        "https://www.haverdale.gov.uk/news/14-weir-lane",
    ],
)
def test_an_answer_is_a_link_to_a_page_and_to_no_account(link: str, area: Area) -> None:
    assert deeds.refused("answered", link, area, masked) == NO_LINK


@pytest.mark.parametrize(
    "link",
    [
        "https://roads.northshire.example/works/2026/11/weir-lane",
        "http://www.haverdale.gov.uk/bins",
        "https://www.gov.uk/guidance/floods#now",
        "https://www.nhs.uk/a",
        "https://www.northshire.police.uk/news/2026/november/123456",
        "https://news.northshire.example/answers/12",
    ],
)
def test_a_body_of_the_area_an_official_source_and_public_names_may_answer(link: str, area: Area) -> None:
    official = Source("News", "feed", "official", "https://www.news.northshire.example/rss")
    account = Source("Account", "mastodon", "official", "https://social.example/@council")
    known = replace(area, sources=(*area.sources, official, account))
    assert deeds.refused("answered", link, known, masked) == ""
    assert deeds.refused("answered", "https://social.example/users/jane", known, masked) == NO_LINK


def test_what_is_needed_is_asked_for(area: Area) -> None:
    assert deeds.refused("passed", " ", area, masked) == "Which team?"
    assert deeds.refused("answered", "", area, masked) == "Where is the answer? Paste its link."
    assert deeds.refused("seen", "", area, masked) == deeds.refused("closed", "", area, masked) == ""


def deed(step: str, more: str = "", days: int = 3) -> Deed:
    return Deed(1, BINS, step, more, "officer", NOW - days * DAY)


def test_how_it_stands_is_said_in_a_few_words(area: Area) -> None:
    def status(done: Deed | None, statements: int = 0) -> str:
        return deeds.status(done, statements, NOW - 3 * DAY if statements else None, NOW, area)

    assert status(None) == NOBODY == "Not looked at"
    assert status(None, 4) == "Answered · 4 statements, newest Friday"
    assert status(deed("seen", days=0)) == "Seen · today · officer"
    assert status(deed("seen"), 1) == "Answered · 1 statement, newest Friday"
    assert status(deed("passed", "Waste"), 4) == "Passed to Waste · Friday · officer"
    assert status(deed("closed", days=20)) == "Closed · 27 October · officer"


def test_every_sentence_is_short_and_plain() -> None:
    for sentence in (NO_TEAM, NO_LINK, *ASKED_FOR.split(". "), *SAMPLE.split(". ")):
        assert len(sentence.split()) <= 25
