"""Stories: what happened is told once, everyday talk is none, and ids outlive the next look."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pandas as pd
import pytest
from small import frame, post

from listening.summarise.alike import stem, words
from listening.summarise.identity import KEPT, assigned
from listening.summarise.linkage import linked
from listening.summarise.stories import COLUMNS, corroboration, phase, stories

NOW = datetime(2026, 11, 12, 9, 20, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
FLOOD = (
    "Weir Lane is flooding, water across both lanes",
    "Flooding on Weir Lane, can't get out",
    "Flood water past the postbox on Weir Lane",
)
ABOUT = {"issues": ["flooding"], "places": ["Weir Lane"]}
Rows = list[dict[str, Any]]


def ordinary(days: int = 25) -> Rows:
    """Two accounts a day that complain of parking."""
    return [
        post(f"p{d}{n}", NOW - d * DAY - n * HOUR - MINUTE, text=f"Parked on the path, number {d} {n}")
        for d in range(days)
        for n in (1, 2)
    ]


def flood(at: datetime = NOW - 2 * HOUR, **given: Any) -> Rows:
    about = {"issues": ["flooding"], "places": ["Weir Lane"]} | given
    return [post(f"f{n}", at + n * MINUTE, text=t, **about) for n, t in enumerate(FLOOD)]


def item(id: str, at: datetime, title: str, **given: Any) -> dict[str, Any]:
    said = {"channel": "official", "source": "Northshire Flood Centre", "author": None, "text": None}
    about = {"issues": ["flooding"], "places": ["Weir Lane"]}
    return post(id, at, title=title, **(said | about | given))


def told(rows: Rows, now: datetime = NOW, known: pd.DataFrame | None = None) -> list[dict[str, Any]]:
    return [dict(row) for row in stories(frame(*rows), now, known).to_dict("records")]


def test_three_accounts_on_one_thing_are_a_story_with_all_its_columns() -> None:
    (story,) = told([*ordinary(), *flood()])
    assert list(story) == list(COLUMNS)
    assert story | {"id": ""} == {
        "id": "",
        "posts": ("f0", "f1", "f2"),
        "headline": "Flooding, Larkford",
        "first_seen": NOW - 2 * HOUR,
        "last_seen": NOW - 2 * HOUR + 2 * MINUTE,
        "sources": ("Haverdale Forum",),
        "corroboration": "residents only",
        "phase": "unconfirmed",
        "places": ("Larkford", "Larkford Bridge", "Weir Lane"),
        "issues": ("flooding",),
        "voices": 3,
        "told": NOW - 2 * HOUR + 2 * MINUTE,
        "was": (),
    }


def test_two_accounts_alone_are_none_and_beside_a_public_body_they_are_one() -> None:
    few = [*ordinary(), *flood()[:2]]
    assert told(few) == []
    (story,) = told([*few, item("o", NOW - HOUR, "Flood warning: Weir Lane flooding")])
    assert (story["posts"], story["corroboration"], story["phase"]) == (
        ("f0", "f1", "o"),
        "official",
        "growing",
    )
    assert story["headline"] == "Flood warning: Weir Lane flooding"


def test_one_account_that_writes_three_times_is_none() -> None:
    assert told([*ordinary(), *flood(author="same")]) == []


def test_everyday_talk_is_none_however_many_write() -> None:
    assert told(ordinary()) == []


def test_two_outlets_tell_a_story_in_their_own_words_and_none_in_the_same() -> None:
    one = item("a", NOW - HOUR, "Weir Lane under flood water", channel="press", source="Haverdale Courier")
    other = item("b", NOW, "Flood water on Weir Lane: homes hit", channel="press", source="Dale Radio")
    (story,) = told([*ordinary(), one, other])
    assert (story["posts"], story["corroboration"], story["voices"]) == (("a", "b"), "2 outlets", 0)
    assert told([*ordinary(), one, other | {"copy_of": "a"}]) == []


def test_two_items_about_two_things_on_one_street_are_none() -> None:
    one = item("a", NOW - HOUR, "Carnival seeks stewards, Weir Lane", channel="press", source="Dale Radio")
    other = item("b", NOW, "Two arrested on Weir Lane", channel="press", source="Haverdale Courier")
    assert told([*ordinary(), one, other]) == []


def test_an_item_about_something_else_confirms_nothing() -> None:
    normal = item("o", NOW - HOUR, "Flooding: river levels are normal", wards=[], towns=[], places=[])
    choir = item("a", NOW - HOUR, "Choir sings on Weir Lane", channel="press", issues=["events"])
    (story,) = told([*ordinary(), *flood(), normal, choir])
    assert (story["posts"], story["corroboration"]) == (("f0", "f1", "f2"), "residents only")


def test_the_same_trouble_in_another_town_is_not_the_same_story() -> None:
    far = [
        post(f"s{n}", NOW - HOUR, text=t, issues=["flooding"], wards=["Quarry Hill"], towns=["Stenby"])
        for n, t in enumerate(("Delph Road flooded", "Flooded cellars, Delph Road", "Delph Road is a flood"))
    ]
    assert {s["posts"] for s in told([*ordinary(), *flood(), *far])} == {
        ("f0", "f1", "f2"),
        ("s0", "s1", "s2"),
    }


def test_a_post_is_seen_from_when_it_was_collected() -> None:
    late = [row | {"collected": NOW + HOUR} for row in flood()]
    assert told([*ordinary(), *late]) == []
    assert len(told([*ordinary(), *late], NOW + 2 * HOUR)) == 1


def test_with_few_days_of_posts_five_accounts_are_needed() -> None:
    rows = flood()
    assert told(rows) == []
    more = [*rows, *(r | {"id": f"g{n}", "author": f"w{n}"} for n, r in enumerate(rows[:2]))]
    assert len(told(more)) == 1


@pytest.mark.parametrize(("wards", "streets", "number"), [(1, 5, 1), (5, 1, 1), (5, 5, 0), (0, 0, 0)])
def test_with_few_days_of_posts_the_accounts_share_a_ward_or_a_street(
    wards: int, streets: int, number: int
) -> None:
    rows = [
        row
        | {"id": f"g{n}", "author": f"w{n}", "published": NOW - HOUR + n * MINUTE}
        | {"wards": [f"Ward {n % wards}"] if wards else []}
        | {"places": [f"Street {n % streets}"] if streets else []}
        for n, row in enumerate(flood()[:1] * 5)
    ]
    assert len(told([*ordinary(8), *rows])) == number


def test_with_few_days_of_posts_two_outlets_are_enough() -> None:
    one = item("a", NOW - HOUR, "Weir Lane under flood water", channel="press", source="Haverdale Courier")
    other = item("b", NOW, "Flood water on Weir Lane: homes hit", channel="press", source="Dale Radio")
    assert len(told([one, other])) == 1


def test_talk_of_no_known_issue_is_small_talk() -> None:
    assert told([*ordinary(), *flood(issues=[])]) == []


@pytest.mark.parametrize(
    ("ages", "expected"),
    [
        ([1, 1, 2, 4], "growing"),
        ([1, 4, 4, 5], "steady"),
        ([1, *[20] * 12], "fading"),
        ([25, 30], "closed"),
    ],
)
def test_a_story_grows_goes_on_fades_and_closes(ages: list[int], expected: str) -> None:
    published = pd.Series([pd.Timestamp(NOW - h * HOUR + MINUTE) for h in ages])
    assert phase(published, NOW + MINUTE, "official") == expected


def test_who_confirms_is_said_in_words() -> None:
    rows = frame(*flood()[:1], item("o", NOW, "Flooding"), item("a", NOW, "Flood", channel="press"))
    assert corroboration(rows) == "official + 1 outlet"
    assert corroboration(rows.head(1)) == "residents only"


def test_a_story_keeps_its_id_when_earlier_posts_come_to_light() -> None:
    known = stories(frame(*ordinary(), *flood()), NOW)
    early = post("e", NOW - 3 * HOUR, text="Weir Lane flooding?", issues=["flooding"], places=["Weir Lane"])
    (story,) = told([*ordinary(), early, *flood()], NOW, known)
    assert (story["id"], story["posts"]) == (known["id"].iloc[0], ("e", "f0", "f1", "f2"))


def test_of_two_stories_that_became_one_the_older_id_stays_and_points_to_the_other() -> None:
    rows = stories(frame(*ordinary(), *flood()), NOW).to_dict("records")
    older = rows[0] | {"id": "older", "posts": ("f0",), "first_seen": NOW - 4 * HOUR}
    newer = rows[0] | {"id": "newer", "posts": ("f1", "f2"), "first_seen": NOW - HOUR}
    (story,) = told([*ordinary(), *flood()], NOW, pd.DataFrame([newer, older]))
    assert (story["id"], story["was"], story["first_seen"]) == ("older", ("newer",), NOW - 4 * HOUR)


def test_a_known_story_whose_posts_have_left_is_handed_on_closed() -> None:
    known = stories(frame(*ordinary(), *flood()), NOW)
    (story,) = told(ordinary(), NOW + DAY, known)
    assert (story["id"], story["phase"]) == (known["id"].iloc[0], "closed")


def test_the_order_of_the_posts_changes_nothing() -> None:
    rows = [*ordinary(), *flood(), item("o", NOW - HOUR, "Flood warning, Weir Lane")]
    assert told(rows) == told(rows[::-1])


def test_no_posts_are_no_stories() -> None:
    assert stories(frame(), NOW).columns.tolist() == list(COLUMNS)


def test_words_lose_their_endings_and_idle_words_go() -> None:
    assert words("Flooded?", "The floods are stopping on Weir Lane") == [
        "flood",
        "flood",
        "stop",
        "weir",
        "lane",
    ]
    assert [stem(w) for w in ("glass", "bins", "planning")] == ["glass", "bins", "plan"]


def test_linkage_joins_by_the_mean_over_pairs() -> None:
    near = pd.DataFrame([[1, 0.9, 0.5], [0.9, 1, 0.1], [0.5, 0.1, 1]]).to_numpy("float32")
    assert linked(near, 0.31) == [[0, 1], [2]]
    assert linked(near, 0.29) == [[0, 1, 2]]
    assert linked(near[:0, :0], 0.3) == []


def kept(id: str, first_seen: datetime, *posts: str, **given: Any) -> dict[str, Any]:
    return {"id": id, "posts": posts, "first_seen": first_seen, "told": first_seen, "was": ()} | given


def again(rows: Rows, *known: dict[str, Any], now: datetime = NOW) -> dict[str, tuple[str, ...]]:
    """The posts of each story by its id, those known before given."""
    found = assigned(frame(*rows), now, pd.DataFrame(known, columns=list(KEPT)))
    return dict(zip(found["id"], found["posts"], strict=True))


def test_a_story_is_told_from_the_post_that_made_it_one_and_not_when_somebody_looked() -> None:
    rows = flood(NOW - 9 * HOUR)
    rows[1] |= {"collected": NOW - HOUR}
    (story,) = told([*ordinary(), *rows, post("x", NOW - HOUR, text="Cars on the path")])
    assert story["told"] == NOW - HOUR


def test_the_last_post_of_a_story_that_is_over_does_not_carry_its_name_into_another() -> None:
    past = kept("past", NOW - 9 * DAY, *(f"o{n}" for n in range(11)), "f0")
    found = again([*ordinary(), *flood()], past)
    (new,) = found.keys() - {"past"}
    assert found == {"past": past["posts"][:-1], new: ("f0", "f1", "f2")}


def test_a_story_of_more_than_7_days_keeps_the_posts_that_have_left_the_window() -> None:
    assert again([*ordinary(), *flood()], kept("long", NOW - 9 * DAY, "o0", "o1", "f0", "f1")) == {
        "long": ("o0", "o1", "f0", "f1", "f2")
    }


def test_a_post_that_fits_no_longer_leaves_its_story_and_one_that_fits_comes() -> None:
    parked = ordinary()[0]["id"]
    assert again([*ordinary(), *flood()], kept("one", NOW - DAY, parked, "f0", "f1")) == {
        "one": ("f0", "f1", "f2")
    }


def test_a_story_whose_every_post_went_elsewhere_points_there() -> None:
    many = [post(f"g{n}", NOW - 3 * HOUR + n * MINUTE, text=FLOOD[n % 3], **ABOUT) for n in range(9)]
    ids = [row["id"] for row in many]
    found = assigned(
        frame(*ordinary(), *many),
        NOW,
        pd.DataFrame([kept("older", NOW - 4 * HOUR, *ids[:8]), kept("small", NOW - HOUR, ids[8])]),
    )
    assert found[["id", "was"]].values.tolist() == [["older", ("small",)]]


def test_an_id_is_never_given_twice() -> None:
    rows = [*ordinary(), *flood()]
    (born,) = again(rows)
    found = again(rows, kept(born, NOW - 9 * DAY, "o0"))
    assert found[born] == ("o0",)
    assert len(found) == 2
