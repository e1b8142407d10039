"""The pages' reading, kept: asked once, anew when the store has changed, and nobody's to spoil."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import streamlit as st
from screen import SAMPLE, hostile_post

from listening import pipeline
from listening.area import Area, load
from listening.post import frame
from listening.show import ledger
from listening.show.ledger import Kept
from listening.store import Store, connect, keys

NOW = datetime(2026, 11, 16, 8, tzinfo=UTC)
WEEK = timedelta(days=7)


@pytest.fixture
def area(tmp_path: Path) -> Area:
    return replace(load(SAMPLE), store=f"sqlite:///{tmp_path}/own.db")


@pytest.fixture
def store(area: Area) -> Iterator[Store]:
    ledger.forget()
    opened = connect(area.store)
    yield opened
    opened.close()
    ledger.forget()


def _say(store: Store, area: Area, number: int) -> None:
    found = frame([hostile_post(area, number, NOW - timedelta(hours=number))])
    pipeline.understand(found, area, store, keys.key(store, area, make=True), NOW)


def _id(store: Store) -> str:
    return str(store.posts(NOW - WEEK, NOW)["id"].iloc[0])


def _posts(store: Store, area: Area, now: datetime = NOW, version: int | None = None) -> int:
    kept = Kept(store, area, store.version if version is None else version)
    return int(kept.tally(now - WEEK, now, figures=("posts",))["posts"].iloc[0])


def test_an_answer_is_kept_for_its_version_of_the_store(store: Store, area: Area) -> None:
    _say(store, area, 1)
    before = store.version
    assert _posts(store, area) == 1
    _say(store, area, 2)
    assert [_posts(store, area, version=before), _posts(store, area)] == [1, 2]


def test_times_of_the_same_five_minutes_share_an_answer_unless_the_clock_stands(
    store: Store, area: Area
) -> None:
    _say(store, area, 1)
    live, version = replace(area, clock=None), store.version
    assert [_posts(store, a, version=version) for a in (live, area)] == [1, 1]
    _say(store, area, 2)
    later = [NOW + timedelta(minutes=4), NOW + timedelta(minutes=6)]
    assert [_posts(store, live, at, version) for at in later] == [1, 2]
    assert _posts(store, area, later[0], version) == 2


def test_whoever_changes_an_answer_changes_their_own(store: Store, area: Area) -> None:
    _say(store, area, 1)
    kept = Kept(store, area, 1)
    mine = kept.posts(NOW - WEEK, NOW)
    mine["title"] = "mine"
    assert "mine" not in kept.posts(NOW - WEEK, NOW)["title"].tolist()


def test_once_another_version_is_met_nothing_of_the_older_stays(store: Store, area: Area) -> None:
    _say(store, area, 1)
    before = store.version
    ledger.seen(area.store, before)
    Kept(store, area, before).posts(NOW - WEEK, NOW)
    ledger.seen(area.store, store.version)
    assert [key[1] for key in ledger._answers] == [before], "the same version: kept"
    store.erase(area, NOW, ids=[_id(store)])
    ledger.seen(area.store, store.version)
    assert not ledger._answers
    Kept(store, area, before).posts(NOW - WEEK, NOW)
    assert not ledger._answers, "an answer that was under way is not kept either"


def test_what_streamlit_keeps_goes_with_the_version_too(store: Store, area: Area) -> None:
    asked: list[str] = []

    @ledger.dropped
    @st.cache_resource
    def as_it_is(url: str) -> list[str]:
        asked.append(url)
        return asked

    @st.cache_data
    def as_a_copy(url: str) -> list[str]:
        asked.append(url)
        return asked

    for version in (1, 1, 2):
        ledger.seen(area.store, version)
        as_it_is("one"), as_a_copy("two")
    assert asked == ["one", "two", "one", "two"]


def test_the_oldest_answers_go_where_there_are_too_many_rows(
    store: Store, area: Area, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger, "ROWS", 2)
    for number in range(1, 5):
        Kept(store, area, number).tally(NOW - WEEK, NOW)
    assert [key[1] for key in ledger._answers] == [3, 4]
