import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from haverdale import TOKEN, Clock, subreddit
from misbehaving import NOW, Server

from listening import collect
from listening.collect import reddit_pace
from listening.collect.reddit_pace import API, API_MOST, MINUTE, RSS, Pace, recall
from listening.collect.web import LONGEST_REST, Web
from listening.errors import StoreError
from listening.store import Store, connect, sqlite

NO_PATIENCE = timedelta(0)


def _at(pace: Pace, now: datetime, patience: timedelta) -> datetime:
    return pace.take(lambda: now, patience)[1]


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """A store whose writers lose patience soon."""
    monkeypatch.setattr(sqlite, "SETTINGS", ("PRAGMA busy_timeout=20", *sqlite.SETTINGS[1:]))
    opened = connect(f"sqlite:///{tmp_path}/listening.db")
    yield opened
    opened.close()


@pytest.fixture
def busy(store: Store) -> Iterator[sqlite3.Connection]:
    """Somebody else who writes to the same store until they are told to end."""
    with closing(sqlite3.connect(str(store.path), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield other


def test_a_pace_lets_so_many_through_in_any_minute() -> None:
    pace = Pace(3)
    moments = [NOW, NOW + timedelta(seconds=20), NOW + timedelta(seconds=30)]
    assert [_at(pace, moment, MINUTE) for moment in moments] == moments
    assert _at(pace, NOW + timedelta(seconds=31), MINUTE) == NOW + MINUTE
    assert _at(pace, NOW + timedelta(seconds=31), MINUTE) == NOW + timedelta(seconds=80)


def test_who_is_turned_away_takes_nobodys_place_and_comes_back_one_after_the_other() -> None:
    pace = Pace(1)
    later = NOW + timedelta(seconds=10)
    times = [_at(pace, moment, NO_PATIENCE) for moment in (NOW, later, later, later)]
    assert times == [NOW, NOW + MINUTE, NOW + 2 * MINUTE, NOW + 3 * MINUTE]
    assert _at(pace, NOW + MINUTE, NO_PATIENCE) == NOW + MINUTE


def test_a_pace_that_is_held_lets_nobody_through_and_a_shorter_hold_changes_nothing() -> None:
    pace = Pace(5)
    pace.hold(NOW + 9 * MINUTE)
    pace.hold(NOW + 2 * MINUTE)
    assert _at(pace, NOW, MINUTE) == NOW + 9 * MINUTE
    assert _at(pace, NOW + 9 * MINUTE, MINUTE) == NOW + 9 * MINUTE


def test_a_clock_put_back_does_not_stop_it() -> None:
    pace = Pace(1)
    _at(pace, NOW + timedelta(hours=1), NO_PATIENCE)
    pace.hold(NOW + timedelta(days=3))
    assert _at(pace, NOW, NO_PATIENCE) == NOW


def test_memories_of_an_earlier_process_are_heeded_each_for_its_own_way() -> None:
    for pace in (API, RSS):
        pace.forget()
    recall([{"ids": []}, {"reddit_rss_next": (NOW + MINUTE).isoformat()}])
    times = [_at(pace, NOW, NO_PATIENCE) for pace in (API, RSS)]
    for pace in (API, RSS):
        pace.forget()
    assert times == [NOW, NOW + MINUTE]


def test_a_hold_that_cannot_be_written_holds_here_and_is_told_to_all_by_the_next_turn(
    store: Store, busy: sqlite3.Connection
) -> None:
    ours, theirs = Pace(1, "x"), Pace(1, "x")
    ours.hold(NOW + 9 * MINUTE, store.revise)
    with pytest.raises(StoreError):
        ours.take(lambda: NOW, MINUTE, store.revise)
    assert _at(ours, NOW, MINUTE) == NOW + 9 * MINUTE
    busy.execute("ROLLBACK")
    assert [p.take(lambda: NOW, MINUTE, store.revise)[1] for p in (ours, theirs)][1] == NOW + 9 * MINUTE


def test_the_longest_rest_is_no_clock_put_back() -> None:
    pace = Pace(1)
    pace.hold(NOW + LONGEST_REST)
    assert _at(pace, NOW - timedelta(seconds=30), MINUTE) == NOW + LONGEST_REST


def test_a_turn_is_booked_when_the_store_was_ours_and_not_when_it_was_asked_for(clock: Clock) -> None:
    kept: list[str | None] = [None]

    def slow(name: str, change: Callable[[str | None], str]) -> None:
        clock.sleep(15)  # until it is ours
        kept[0] = change(kept[0])

    assert Pace(1).take(clock, NO_PATIENCE, slow) == (NOW + MINUTE / 4, NOW + MINUTE / 4)
    assert json.loads(kept[0] or "") == [[(NOW + MINUTE / 4).isoformat()], None]


def test_a_turn_that_took_its_time_to_be_written_is_waited_for_no_longer_than_needed(
    server: Server, key: Web, clock: Clock
) -> None:
    for _ in range(API_MOST):
        API.take(clock, NO_PATIENCE)

    def slow(name: str, change: Callable[[str | None], str]) -> None:
        clock.now += MINUTE / 4
        change(None)
        clock.now += MINUTE / 4

    asked: list[datetime] = []
    ordinary = server.manners[TOKEN]
    server.does(TOKEN, lambda visit: (asked.append(clock.now), ordinary(visit))[1])
    list(collect.ask([subreddit(comments=False)], {}, key.paced(slow), clock.now))
    assert (asked, clock.naps[0]) == ([NOW + MINUTE], 30)


@pytest.mark.parametrize("way", ["key", "feed_token"])
def test_a_busy_store_pauses_reddit_and_says_it_is_the_store(
    server: Server, request: pytest.FixtureRequest, store: Store, busy: sqlite3.Connection, way: str
) -> None:
    web: Web = request.getfixturevalue(way)
    [(_, _, run)] = collect.ask([subreddit()], {}, web.paced(store.revise), NOW)
    assert (run.state, run.new, run.error, server.paths) == ("paused", 0, "StoreError", [])
    assert run.reason == (
        "Paused: our own store could not be written, and Reddit's turns are counted there, "
        "so Reddit was not asked. Everything else works."
    )


def test_a_store_that_is_busy_when_reddit_asks_for_rest_costs_neither_the_rest_nor_the_sentence(
    server: Server, feed_token: Web, store: Store, clock: Clock
) -> None:
    busy = sqlite3.connect(str(store.path), isolation_level=None, check_same_thread=False)

    def manner(visit: object) -> None:
        busy.execute("BEGIN IMMEDIATE")
        visit.say(429, b"", Retry_After="600")  # type: ignore[attr-defined]

    server.does("/r/haverdale/new/.rss", manner)
    with closing(busy):
        [(_, _, run)] = collect.ask([subreddit()], {}, feed_token.paced(store.revise), NOW)
    assert (run.state, run.reason) == ("paused", "Resting until 12:10: it asked us to slow down.")
    assert _at(reddit_pace.RSS, NOW + MINUTE, MINUTE) == NOW + 10 * MINUTE
