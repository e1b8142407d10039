"""Runs, memories and what was heard."""

from datetime import timedelta
from typing import Any

import pandas as pd
from store_posts import AREA, DAY, NOW, post, posts

from listening.post import Run
from listening.store import Store

MINUTE = timedelta(minutes=1)


def _told(frame: pd.DataFrame, *columns: str) -> list[list[Any]]:
    return frame[list(columns)].values.tolist()


def _record(store: Store, state: str, after: int, **given: Any) -> None:
    store.record(Run("Forum", NOW + after * MINUTE, state, **given), {"after": after})  # type: ignore[arg-type]


def test_a_run_that_repeats_the_last_state_with_nothing_new_extends_it(store: Store) -> None:
    _record(store, "ok", 0, items=30, new=4, seconds=0.5)
    _record(store, "quiet", 15, items=30)
    _record(store, "quiet", 30, items=31)
    _record(store, "failing", 45, reason="did not answer", error="timeout")
    _record(store, "failing", 60, reason="sends a web page", error="not a feed")
    found = store.runs()
    columns = ["source", "state", "reason", "error", "first", "last", "items", "new", "seconds"]
    assert found.columns.tolist() == columns
    assert _told(found, "state", "first", "last", "items", "new") == [
        ["ok", NOW, NOW, 30, 4],
        ["quiet", NOW + 15 * MINUTE, NOW + 30 * MINUTE, 31, 0],
        ["failing", NOW + 45 * MINUTE, NOW + 60 * MINUTE, 0, 0],
    ]
    assert _told(found, "reason", "error")[-1] == ["sends a web page", "not a feed"]
    assert store.memory("Forum") == {"after": 60}


def test_a_run_with_something_new_is_a_row_of_its_own(store: Store) -> None:
    _record(store, "ok", 0, new=4)
    _record(store, "ok", 15, new=1)
    assert _told(store.runs(), "first", "new") == [[NOW, 4], [NOW + 15 * MINUTE, 1]]


def test_sources_are_extended_each_by_itself(store: Store) -> None:
    _record(store, "quiet", 0)
    store.record(Run("Chat", NOW, "failing"), {})
    _record(store, "quiet", 15)
    assert _told(store.runs(), "source", "state") == [["Forum", "quiet"], ["Chat", "failing"]]


def test_a_time_in_which_nobody_asked_is_no_part_of_a_run(store: Store) -> None:
    """A machine that was off for days: nobody can say how its sources were meanwhile."""
    day = 24 * 60
    for after in (0, 15, day + 15, 3 * day, 3 * day + 15):
        _record(store, "quiet", after)
    assert _told(store.runs(), "first", "last") == [
        [NOW, NOW + (day + 15) * MINUTE],
        [NOW + 3 * day * MINUTE, NOW + (3 * day + 15) * MINUTE],
    ]


def test_an_invented_history_may_say_that_there_was_no_lapse(store: Store) -> None:
    for after in (0, 30 * 24 * 60):
        store.record(Run("Forum", NOW + after * MINUTE, "quiet"), {}, lapse=timedelta.max)
    assert _told(store.runs(), "first", "last") == [[NOW, NOW + 30 * DAY]]


def test_when_each_source_was_first_asked_is_known(store: Store) -> None:
    _record(store, "failing", 30)
    _record(store, "quiet", 45)
    store.record(Run("Chat", NOW, "ok"), {})
    assert store.first_asked() == {"Chat": NOW, "Forum": NOW + 30 * MINUTE}


def test_a_replay_does_not_see_what_came_later(store: Store) -> None:
    _record(store, "quiet", 0)
    _record(store, "quiet", 60)
    _record(store, "failing", 90)
    until = NOW + 30 * MINUTE
    assert _told(store.runs(until=until), "state", "last") == [["quiet", until]]
    assert _told(store.runs(since=NOW + 70 * MINUTE), "state") == [["failing"]]


def test_memories_are_kept_and_given_back(store: Store) -> None:
    remembered = {"etag": 'W/"é"', "ids": ["a", "b"], "failures": 0}
    store.record(Run("Forum", NOW, "ok"), remembered)
    assert store.memories() == {"Forum": remembered}
    assert store.memory("Forum") == remembered
    assert store.memory("Nobody") == {}


def test_a_run_does_not_raise_the_version(store: Store) -> None:
    _record(store, "ok", 0, new=1)
    assert store.version == 0


def test_heard_tells_the_first_and_last_post_of_each_source_up_to_a_moment(store: Store) -> None:
    store.write(
        posts(
            post(1, published=NOW - 60 * DAY),
            post(2, published=NOW - 20 * DAY, collected=NOW - 19 * DAY),
            post(3, published=NOW - DAY),
            post(4, source="Chat", published=NOW - DAY),
            post(5, source="Courier", channel="press", published=NOW - 40 * DAY),
        ),
        AREA,
        NOW,
    )
    columns = ("source", "posts_28d", "first_post", "last_post", "last_collected")
    assert _told(store.heard(NOW), *columns) == [
        ["Chat", 1, NOW - DAY, NOW - DAY, NOW - DAY],
        ["Courier", 0, *[NOW - 40 * DAY] * 3],
        ["Forum", 2, NOW - 60 * DAY, NOW - DAY, NOW - DAY],
    ]
    assert _told(store.heard(NOW - 10 * DAY), *columns) == [
        ["Courier", 0, *[NOW - 40 * DAY] * 3],
        ["Forum", 1, NOW - 60 * DAY, NOW - 20 * DAY, NOW - 19 * DAY],
    ]


def test_what_was_heard_outlives_the_purge(store: Store) -> None:
    store.write(posts(post(1, published=NOW - 60 * DAY), post(2, published=NOW - 2 * DAY)), AREA, NOW)
    ever = [[0, NOW - 60 * DAY, NOW - 2 * DAY]]
    for later in (NOW + 60 * DAY, NOW + 200 * DAY):
        store.purge(AREA, later)
        assert _told(store.heard(later), "posts_28d", "first_post", "last_post") == ever
    assert store.empty
    assert store.first() == NOW - 60 * DAY


def test_an_empty_store_has_heard_nobody(store: Store) -> None:
    assert store.heard(NOW).empty
    assert store.runs().empty
    assert store.first() is None
    assert store.empty
    empty = store.heard(NOW)
    store.write(posts(post(1)), AREA, NOW)
    assert empty.dtypes.to_dict() == store.heard(NOW).dtypes.to_dict()


def test_a_source_began_with_its_first_post_though_that_is_purged(store: Store) -> None:
    store.write(posts(post(1, published=NOW - 60 * DAY), post(2, source="Chat")), AREA, NOW)
    store.purge(AREA, NOW + 60 * DAY)
    assert store.began(NOW) == {"Forum": NOW - 60 * DAY, "Chat": NOW - DAY}
    assert store.began(NOW - 10 * DAY) == {"Forum": NOW - 60 * DAY}
