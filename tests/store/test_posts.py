"""Reading posts: windows, places, issues, order."""

from typing import Any

import pytest
from store_posts import AREA, DAY, NOW, crowd, post, posts

from listening.errors import WordsError
from listening.store import Store


@pytest.fixture
def five(store: Store) -> Store:
    rows = (
        post(1, published=NOW - 5 * DAY, wards=["Weirside"], towns=["Larkford"]),
        post(2, published=NOW - 4 * DAY, towns=["Stenby"], issues=["potholes"], source="Chat"),
        post(3, published=NOW - 3 * DAY, issues=[], channel="press", source="Courier"),
        post(4, published=NOW - 2 * DAY, issues=[], noise="sport"),
        post(5, published=NOW - 1 * DAY, wards=["Weirside", "Upper Dale"], towns=["Larkford"]),
    )
    store.write(posts(*rows), AREA, NOW)
    return store


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, [5, 3, 2, 1]),
        ({"noise": True}, [5, 4, 3, 2, 1]),
        ({"since": NOW - 4 * DAY}, [5, 3, 2]),
        ({"until": NOW - 4 * DAY}, [1]),
        ({"wards": ["Weirside"]}, [5, 1]),
        ({"wards": ["E05900004"]}, [5]),
        ({"wards": ["none"]}, [3, 2]),
        ({"wards": []}, []),
        ({"wards": ["Upper Dale"], "towns": ["Stenby"]}, [5, 2]),
        ({"towns": ["Larkford"]}, [5, 1]),
        ({"issues": ["bins"]}, [5, 1]),
        ({"issues": ["any"]}, [5, 2, 1]),
        ({"issues": ["none"]}, [3]),
        ({"issues": ["sport"], "noise": True}, [4]),
        ({"issues": ["bins"], "wards": ["Upper Dale"]}, [5]),
        ({"channels": ["press"]}, [3]),
        ({"sources": ["Chat", "Courier"]}, [3, 2]),
        ({"ids": ["invented:2", "invented:77"]}, [2]),
        ({"limit": 2}, [5, 3]),
    ],
)
def test_posts_come_newest_first_and_as_asked(
    five: Store, asked: dict[str, Any], expected: list[int]
) -> None:
    assert five.posts(**asked)["id"].tolist() == [f"invented:{n}" for n in expected]


def test_reading_gives_real_lists_also_in_an_empty_frame(five: Store) -> None:
    assert five.posts(ids=["invented:5"])["wards"].tolist() == [["Weirside", "Upper Dale"]]
    assert five.posts(ids=[]).dtypes.to_dict() == five.posts().dtypes.to_dict()


def test_a_ward_nobody_knows_is_refused_with_the_names_there_are(five: Store) -> None:
    with pytest.raises(WordsError, match=r"ward must be one of .*Upper Dale.*; got 'Atlantis'"):
        five.posts(wards=["Atlantis"])


def test_too_many_ids_are_refused(five: Store) -> None:
    with pytest.raises(WordsError, match="at most 30000 ids at a time; got 30001"):
        five.posts(ids=[str(n) for n in range(30_001)])


def test_which_ids_are_held(five: Store) -> None:
    assert five.known({"invented:1", "invented:99"}) == {"invented:1"}
    assert five.known([]) == set()


@pytest.mark.parametrize("only", [{"wards": ["Weirside"]}, {"issues": ["bins"]}, {"issues": ["any"]},
                                  {"towns": ["Stenby"], "noise": True}])  # fmt: skip
def test_the_newest_few_are_the_first_of_all(store: Store, only: dict[str, Any]) -> None:
    store.write(crowd(200, days=20, seed=5), AREA, NOW)
    window = {"since": NOW - 15 * DAY, "until": NOW - DAY, "channels": ("public",)}
    whole = store.posts(**window, **only)
    assert len(whole) > 5
    assert store.posts(**window, **only, limit=5)["id"].tolist() == whole["id"].tolist()[:5]
