"""What is counted from memory, against what the database counts: the same, whatever happens to the posts."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import product
from typing import Any

import pandas as pd
import pytest
from store_posts import AREA, DAY, NOW, crowd, post, posts, voice

from listening.store import Store, columns, connect, reckoning

LATER = NOW + timedelta(hours=1)
WINDOWS = ((NOW - 9.3 * DAY, NOW), (NOW - 40 * DAY, NOW - 2.5 * DAY), (NOW, NOW + DAY), (NOW, NOW - 2 * DAY))
MORNINGS = [(NOW - (n + 0.2) * DAY, NOW - n * DAY) for n in (1, 3, 8)]
BY: tuple[tuple[str, ...], ...] = (
    (), ("issue",), ("issue", "ward"), ("town",), ("day", "issue"), ("source", "hour"), ("channel",),
    ("placement",), ("issue", "street"), ("block",),
)  # fmt: skip
ONLY: tuple[dict[str, Any], ...] = (
    {}, {"wards": ["Weirside"]}, {"towns": ["Stenby"], "wards": ["Upper Dale", "none"]}, {"issues": ["bins"]},
    {"issues": ["any", "none"], "channels": None}, {"issues": ["sport"]}, {"spans": MORNINGS}, {"wards": []},
)  # fmt: skip
SERIES: tuple[tuple[tuple[str, ...], dict[str, Any]], ...] = (
    (("day",), {}), (("day",), {"places": ["Weirside"], "issues": ["bins"]}), (("day", "issue"), {}),
    (("day", "issue", "place"), {"channels": ["public"]}), (("day", "place"), {"issues": ["sport"]}),
    (("day", "issue"), {"places": ["none"], "issues": ["any", "none", "lamps"]}), (("day", "channel"), {}),
    (("week", "issue"), {}), (("day",), {"channels": ["official"]}), (("day", "issue"), {"issues": []}),
    (("day", "place", "issue"), {"places": ["none", "Weirside", "town:Stenby"]}),
    (("day", "place"), {"places": []}),
)  # fmt: skip
READ: tuple[dict[str, Any], ...] = (
    {"wards": ["Weirside"]}, {"towns": ["Stenby"], "wards": ["Upper Dale", "none"], "issues": ["any"]},
    {"wards": ["none"], "noise": True}, {"issues": ["bins", "sport"], "noise": True}, {"issues": ["none"]},
    {"towns": ["Larkford"], "channels": ["public"], "sources": ["Forum"]}, {"wards": [], "issues": ["any"]},
    {"issues": ["any", "none"], "channels": ["press"]}, {"wards": ["Mill Bank"], "search": "words"},
)  # fmt: skip


@pytest.fixture
def held(store: Store, url: str) -> Iterator[Store]:
    """The same store opened a second time, by a server that keeps what is counted in memory."""
    store.write(crowd(250, days=30, seed=4), AREA, NOW)
    opened = connect(url)
    opened.hold()
    yield opened
    opened.close()


def _same(held: Store, store: Store, turn: int) -> None:
    """Hold questions of every kind side by side; another cut in every turn."""
    assert held.held()
    for window, (n, by) in product(WINDOWS, enumerate(BY)):
        asked = {"by": by, "block": DAY if "block" in by else None, **ONLY[(n + turn) % len(ONLY)]}
        pd.testing.assert_frame_equal(held.tally(*window, **asked), store.tally(*window, **asked))
    for window in WINDOWS:
        pd.testing.assert_frame_equal(held.noise(*window), store.noise(*window))
        for by, only in SERIES:
            asked = {"by": by, "figures": ("posts", "conversations"), **only}
            pd.testing.assert_frame_equal(
                held.counts(since=window[0], until=window[1], **asked),
                store.counts(since=window[0], until=window[1], **asked),
                obj=str(asked),
            )
        for n, only in enumerate(READ):
            read = {"limit": (5, 2000)[(n + turn) % 2], "columns": ("id", "published", "wards"), **only}
            found = held.posts(*window, **read)
            pd.testing.assert_frame_equal(found, store.posts(*window, **read), obj=str(read))


def _late(store: Store) -> None:
    """A purge; a post comes for a day it has frozen, and is not counted; another is edited there."""
    assert store.purge(AREA, NOW + 70 * DAY)
    old = NOW - 25 * DAY
    assert store.write(posts(post(950, published=old, collected=LATER)), AREA, LATER).late == 1
    there = store.posts(until=NOW - 3 * DAY, channels=["public"]).iloc[[0]]
    said = {
        "text": "Other words.",
        "collected": LATER,
        "issues": [["flooding"]],
        "issue_tones": [["negative"]],
    }
    changed = there.assign(**said)
    assert store.write(changed, AREA, LATER).edited == 1


def _gone(store: Store) -> None:
    assert store.gone(store.posts()["id"].tolist()[::5], AREA, NOW) > 20


def _erased(store: Store) -> None:
    author = store.posts()["author"].value_counts().index[0]
    assert store.erase(AREA, NOW, author=author) > 3


def _corrected(store: Store) -> None:
    """A newer analysis says otherwise, and so does a reader."""
    some = store.posts().head(40)
    said = some.assign(
        version="two", issues=[["flooding"]] * len(some), issue_tones=[["positive"]] * len(some)
    )
    assert store.retag(said, AREA) > 20
    store.decide("officer", "label", {"post": some["id"].iloc[0]}, {"issues": ["bins"]}, NOW)


def _new(store: Store) -> None:
    rows = [post(n, author=voice(n), source="New ear", places=["New Lane"]) for n in range(900, 910)]
    store.write(posts(*rows, post(910, author=None)), AREA, LATER)


def test_what_is_counted_from_memory_is_what_the_database_counts_whatever_happens(
    held: Store, store: Store
) -> None:
    for turn, happens in enumerate((_new, _corrected, _gone, _erased, _late)):
        before = store.tally(*WINDOWS[0], "day", channels=None)
        happens(store)
        assert not before.equals(store.tally(*WINDOWS[0], "day", channels=None)), happens
        _same(held, store, turn)


@pytest.mark.parametrize("figures", [None, ("voices",), ("posts", "conversations"), ("sources", "positive")])
def test_every_cut_is_the_same_from_memory(
    held: Store, store: Store, figures: tuple[str, ...] | None
) -> None:
    assert held.held()
    for by, only in product(BY, ONLY):
        asked = {"by": by, "figures": figures, "block": DAY if "block" in by else None, **only}
        pd.testing.assert_frame_equal(
            held.tally(*WINDOWS[0], **asked), store.tally(*WINDOWS[0], **asked), obj=str(asked)
        )


def test_who_writes_into_an_answer_alters_no_other(held: Store) -> None:
    assert held.held()
    for asked in ({"by": ("day", "issue", "place")}, {"by": ("day", "issue"), "places": ["Weirside"]}):
        told = held.counts(figures=("posts", "conversations"), **asked)
        before = told.copy(deep=True)
        told.loc[0, "issue"] = "mine"
        told["posts"] += 1
        told.loc[:, "conversations"] = pd.NA
        pd.testing.assert_frame_equal(held.counts(figures=("posts", "conversations"), **asked), before)


def test_only_the_days_that_have_changed_are_read_again(
    held: Store, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert held.held()
    read: list[int] = []
    whole = columns._day
    monkeypatch.setattr(columns, "_day", lambda c, day, codes: (read.append(day), whole(c, day, codes))[1])
    store.write(posts(post(900, published=NOW - 3 * DAY)), AREA, NOW)
    store.decide("officer", "note", None, "no figure changes", NOW)
    assert held.version == store.version
    assert read == [(NOW - 3 * DAY).date().toordinal()]


def test_which_posts_a_place_has_is_known_from_memory_but_on_frozen_days(
    held: Store, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert held.held()
    asked: list[int] = []
    known = reckoning.posts
    monkeypatch.setattr(
        reckoning, "posts", lambda *words: (found := known(*words), asked.append(len(found)))[0]
    )
    here = {"wards": ["Weirside"], "limit": 50}
    found = held.posts(*WINDOWS[0], **here)
    assert asked == [len(found)] != [0]
    late = post(950, published=NOW - 25 * DAY, collected=LATER, wards=["Weirside"])
    assert store.purge(AREA, NOW + 70 * DAY)
    assert store.write(posts(late), AREA, LATER).late == 1
    asked.clear()
    assert held.posts(NOW - 26 * DAY, NOW, **here)["id"].tolist().count("invented:950") == 1
    assert asked == []


def test_of_an_erased_account_no_number_stays_in_memory(held: Store, store: Store) -> None:
    assert held.held()
    author = store.posts()["author"].value_counts().index[0]
    before = held._holder._columns
    store.erase(AREA, NOW, author=author)
    assert held.held()
    after = held._holder._columns
    assert before
    assert after
    lost = set(before.keys["voice"].tolist()) - set(after.keys["voice"].tolist())
    assert len(lost) == 1


def test_a_store_with_more_than_fits_is_asked_by_itself(
    held: Store, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert held.held()
    monkeypatch.setattr(columns, "MOST", 10)
    held._holder._columns = None
    held.hold()
    assert not held.held()
    pd.testing.assert_frame_equal(held.tally(*WINDOWS[0]), store.tally(*WINDOWS[0]))
