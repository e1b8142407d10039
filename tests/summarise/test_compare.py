from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pandas as pd
import pytest
from small import frame, post

from listening.area import Area
from listening.store import Store
from listening.summarise import compare
from listening.summarise.compare import (
    ABOVE,
    BELOW,
    DEAF,
    FAR,
    FEW,
    JUST,
    LONG,
    NEW,
    SAME,
    Compared,
    Comparison,
    finding,
    judged,
    leaving,
    table,
)
from listening.summarise.scope import Scope
from listening.summarise.trends import Usual

NOW = datetime(2026, 11, 3, 7, 30, tzinfo=UTC)
DAY = timedelta(days=1)
EARS = {"Larkford Bridge": 3, "Larkford Mount": 3, "Upper Dale": 0}


def ward(name: str, lies: str = SAME, **given: object) -> Compared:
    figures: dict[str, object] = {"posts": 12, "voices": 11, "conversations": 9, "sources": 3}
    return Compared(**{"ward": name, "usual": Usual(5, 13, 20), "lies": lies, **figures, **given})  # type: ignore[arg-type]


def compared(*wards: Compared, weeks: int = 20) -> Comparison:
    return Comparison(wards, {}, weeks)


@pytest.fixture
def heard(store: Store, area: Area) -> Store:
    """Twelve weeks of a post a day or so in Larkford Bridge, then a flood; little in Larkford Mount."""
    past = [post(f"p{n}", NOW - n * DAY) for n in range(9, 92) if n % 7]
    flood = [
        post(f"f{n}", NOW - DAY - timedelta(minutes=n), issues=["flooding"] + ["bins"] * (n < 4))
        for n in range(40)
    ]
    mount = [post(f"m{n}", NOW - n * 7 * DAY - DAY, wards=["Larkford Mount"]) for n in range(12)]
    rest = [
        post("t", NOW - DAY, wards=[]),
        post("n", NOW - DAY, wards=[], towns=[]),
        post("dale", NOW - 40 * DAY, wards=["Upper Dale"], towns=[], source="Dale Parish News"),
    ]
    store.write(frame(*past, *flood, *mount, *rest), area, NOW)
    return store


def test_each_ward_is_held_against_its_own_usual(heard: Store, scope: Callable[..., Scope]) -> None:
    found = compare.gather(heard, scope(ward=None), EARS)
    assert [(w.ward, w.posts, w.usual, w.lies, w.mostly) for w in found.wards] == [
        ("Larkford Bridge", 40, Usual(5, 6, 11), FAR, ("flooding", "bins")),
        ("Larkford Mount", 1, Usual(1, 1, 11), SAME, ("parking",)),
        ("Upper Dale", 0, None, DEAF, ()),
    ]
    assert found.placed == {"ward": 41, "town": 1, "unknown": 1}


def test_one_issue_across_the_area_is_compared_by_itself(heard: Store, scope: Callable[..., Scope]) -> None:
    found = compare.gather(heard, scope(ward=None, issue="parking"), EARS)
    assert [(w.ward, w.posts, w.usual, w.mostly) for w in found.wards][-2] == (
        "Larkford Mount",
        1,
        Usual(1, 1, 11),
        (),
    )


def test_part_of_a_day_is_held_against_the_same_hours_of_the_same_weekday(
    heard: Store, scope: Callable[..., Scope]
) -> None:
    found = compare.gather(heard, scope(ward=None, period="today"), EARS)
    assert [(w.ward, w.posts, w.usual, w.lies) for w in found.wards] == [
        ("Larkford Bridge", 0, Usual(0, 0, 12), SAME),
        ("Larkford Mount", 0, Usual(0, 0, 12), SAME),
        ("Upper Dale", 0, None, DEAF),
    ]


def test_three_months_are_too_long_to_be_compared(heard: Store, scope: Callable[..., Scope]) -> None:
    here = scope(ward=None, period="90d")
    found = compare.gather(heard, here, EARS)
    assert {w.lies for w in found.wards} == {LONG}  # a ward with a post was heard, if not now
    assert finding(found, here)[0] == "Three months are too long to compare wards with their usual."


def test_a_town_shows_only_its_own_wards(heard: Store, scope: Callable[..., Scope]) -> None:
    found = compare.gather(heard, scope(ward=None, town="Larkford"), EARS)
    assert [w.ward for w in found.wards] == ["Larkford Bridge", "Larkford Mount"]


def test_a_new_installation_has_no_usual_yet_and_says_for_how_long_it_listened(
    store: Store, area: Area, scope: Callable[..., Scope]
) -> None:
    here = scope(ward=None)
    assert finding(compare.gather(store, here, EARS), here) == [
        "No posts name a ward this week.",
        "One ward could not be heard.",
    ]
    store.write(frame(*(post(f"p{n}", NOW - n * DAY) for n in range(1, 24))), area, NOW)
    found = compare.gather(store, here, EARS)
    assert [w.lies for w in found.wards] == [NEW, NEW, DEAF]
    assert finding(found, here)[0] == "No ward has a usual range yet: that takes 8 weeks, so far there are 2."


@pytest.mark.parametrize(
    ("posts", "voices", "conversations", "up", "down", "lies"),
    [
        (157, 104, 89, 0.0, 1.0, FAR),
        (157, 104, 40, 0.0, 1.0, ABOVE),
        (21, 19, 16, 0.007, 0.99, ABOVE),
        (14, 13, 5, 0.74, 0.41, JUST),
        (14, 9, 14, 0.001, 1.0, FEW),  # fewer than 10 accounts are not judged
        (3, 3, 3, 0.99, 0.01, FEW),  # nor called usual, where the number beside its range says otherwise
        (12, 12, 30, 0.001, 1.0, SAME),  # within its range
        (4, 10, 2, 0.99, 0.01, BELOW),
        (4, 10, 5, 0.9, 0.2, SAME),
    ],
)
def test_how_far_a_ward_lies_from_its_usual(
    posts: int, voices: int, conversations: int, up: float, down: float, lies: str
) -> None:
    given = ward(
        "Tannery", posts=posts, voices=voices, conversations=conversations, expected=9.0, up=up, down=down
    )
    assert [w.lies for w in judged([given])] == [lies]


def test_the_furthest_from_its_own_usual_comes_first_whatever_its_size() -> None:
    wards = [
        ward("Haver Market", posts=12, up=0.15),
        ward("Small", posts=14, voices=10, up=0.001, expected=2.0),
        ward("Big", posts=400, voices=300, up=0.02, expected=300.0, usual=Usual(200, 390, 20)),
        ward("Deaf", DEAF, posts=900),
        ward("Haver Castle", posts=12, up=0.4, down=0.1),
    ]
    assert [w.ward for w in judged(wards)] == ["Small", "Big", "Haver Castle", "Haver Market", "Deaf"]


def test_the_finding_names_up_to_four_wards_and_counts_more(scope: Callable[..., Scope]) -> None:
    four = [ward("Larkford Bridge", FAR), ward("Larkford Park", ABOVE), ward("Tannery", JUST)]
    four.append(ward("Quarry Hill", JUST))
    deaf = ward("Upper Dale", DEAF)
    here = scope(ward=None)
    assert finding(compared(*four, deaf), here) == [
        "Larkford Bridge, Larkford Park, Tannery and Quarry Hill are above their usual range.",
        "One ward could not be heard.",
    ]
    assert finding(compared(*four, ward("Foxholes", JUST)), here) == [
        "Five wards are above their usual range."
    ]
    assert finding(compared(four[0], ward("Haver Castle", BELOW), deaf, deaf), here) == [
        "Larkford Bridge is above its usual range.",
        "Haver Castle is below its usual range.",
        "Two wards could not be heard.",
    ]
    assert finding(compared(ward("Foxholes")), here) == ["No ward is clearly above or below its usual range."]
    assert finding(compared(four[0]), scope(ward=None, issue="bins")) == [
        "Larkford Bridge is above its usual range for bins."
    ]


def test_where_no_ward_could_be_heard_nothing_else_is_said(scope: Callable[..., Scope]) -> None:
    assert finding(compared(ward("Upper Dale", DEAF)), scope(ward=None)) == [
        "No ward could be heard this week.",
        "This is not the same as “nothing happened”.",
    ]


def test_the_table_reads_as_a_table_and_zero_is_not_silence() -> None:
    found = compared(
        ward("Larkford Bridge", FAR, posts=1157, voices=104, mostly=("flooding", "bins"), sources=6),
        ward("Coldbrook", posts=2, voices=2, usual=Usual(0, 4, 20), sources=2),
        ward("Withen Valley", posts=0, voices=0, usual=Usual(0, 0, 20)),
        ward("Moorside", NEW, posts=1, voices=1, usual=None),
        ward("Upper Dale", DEAF, posts=0, voices=0, usual=Usual(3, 3, 20), sources=0),
    )
    assert table(found).to_numpy().tolist() == [
        ["Larkford Bridge", "1,157", "5–13", "104", "flooding, bins", "6", "far above usual"],
        ["Coldbrook", "2", "0–4", "2", "–", "2", "no clear change"],
        ["Withen Valley", "0", "none", "0", "–", "3", "no clear change"],
        ["Moorside", "1", "–", "1", "–", "3", "no usual yet"],
        ["Upper Dale", "–", "3", "–", "–", "0", "could not be heard"],
    ]
    assert list(table(found)) == [
        "ward", "posts", "usually", "accounts", "mostly about", "sources", "compared fairly",
    ]  # fmt: skip


def test_where_one_issue_is_chosen_the_table_does_not_say_what_it_is_about() -> None:
    assert "mostly about" not in table(compared(ward("Moorside")))


def test_without_a_usual_the_wards_that_were_spoken_of_come_first() -> None:
    wards = [ward("A", NEW, posts=0), ward("C", NEW, posts=2), ward("B", NEW, posts=1)]
    assert [w.ward for w in judged(wards)] == ["B", "C", "A"]


def test_what_leaves_is_counts_and_no_ward_that_could_not_be_heard() -> None:
    found = compared(ward("Moorside", NEW, usual=None), ward("Upper Dale", DEAF))
    expected = pd.DataFrame(
        {"ward": ["Moorside"], "posts": [12], "voices": [11], "usual_low": [None], "usual_high": [None]}
    ).astype({"usual_low": "Int64", "usual_high": "Int64"})
    pd.testing.assert_frame_equal(leaving(found), expected)


def test_many_posts_in_few_talks_are_one_event_and_three_alike_are_nothing_most(
    store: Store, area: Area, scope: Callable[..., Scope]
) -> None:
    fire = [post(f"f{n}", NOW - DAY, issues=["flooding"], thread="one") for n in range(6)]
    alike = [
        post(f"a{n}", NOW - DAY, issues=[i], wards=["Larkford Mount"])
        for n, i in enumerate(("parking", "bins", "flooding"))
    ]
    few = [post("h", NOW - DAY, issues=["homelessness"], wards=["Upper Dale"], towns=[])]
    store.write(frame(*fire, *alike, *few), area, NOW)
    assert compare.mostly_about(store, scope(ward=None)) == {
        "Larkford Bridge": ("flooding (one event)",),
        "Larkford Mount": (),
    }


def test_why_the_order_is_what_it_is() -> None:
    assert compare.FOOT == (
        "Sorted by distance from each ward's own usual, not by size: a ward with more sources is heard more."
    )
