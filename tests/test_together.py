"""Several sources kept in one go: each is told apart, one at fault fails alone, a power cut loses nothing."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

import listening
from benchmarks.local import configuration, feed_server
from listening import collect, intake
from listening.area import Area
from listening.collect import feed
from listening.post import Found
from listening.store import Store

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
NAMES = ("One", "Two", "Three", "Four")
KILLED = """
import os, signal, sys
import listening
from listening import collect, intake
from listening.store import facts, Store
from datetime import UTC, datetime

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

real, record, done = collect.ready, Store.record, []
collect.ready = lambda *asked, **more: iter([[one for some in real(*asked, **more) for one in some]])
def recorded(store, run, memory):
    if len(done) == int(sys.argv[3]):
        die()
    done.append(record(store, run, memory))
Store.record = recorded
area = listening.load(sys.argv[1])
store = listening.connect(area.store)
if sys.argv[2] == "write":
    facts.raise_version = die
listening.listen(area, store, datetime(2026, 11, 22, 9, tzinfo=UTC))
"""


def rss(name: str, *numbers: int) -> bytes:
    rows = "".join(
        f"<item><guid>https://paper.example/{name}/{n}</guid><title>{name} {n}: potholes, Carsic Lane</title>"
        "<pubDate>Sat, 21 Nov 2026 10:00:00 GMT</pubDate></item>"
        for n in numbers
    )
    return f"<rss version='2.0'><channel><title>t</title>{rows}</channel></rss>".encode()


@pytest.fixture
def feeds() -> dict[str, bytes]:
    return {f"/{name}": rss(name, 1, 2, 3) for name in NAMES}


@pytest.fixture
def area(tmp_path: Path, feeds: dict[str, bytes]) -> Iterator[Area]:
    with feed_server(feeds) as address:
        yield listening.load(configuration(tmp_path, {n: f"{address}/{n}" for n in NAMES}))


@pytest.fixture
def store(area: Area) -> Iterator[Store]:
    opened = listening.connect(area.store)
    yield opened
    opened.close()


@pytest.fixture
def groups(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """All answers of a round are ready at once; the groups they are kept in, as they are tried."""
    tried: list[list[str]] = []
    ready, keep = collect.ready, intake.keep

    def kept(group: list[Any], *more: Any) -> Any:
        tried.append(sorted(source.name for source, _, _ in group))
        return keep(group, *more)

    monkeypatch.setattr(
        collect, "ready", lambda *a, **m: iter([[o for some in ready(*a, **m) for o in some]])
    )
    monkeypatch.setattr(intake, "keep", kept)
    return tried


def outcome(name: str, *ids: str, gone: tuple[str, ...] = ()) -> Any:
    return SimpleNamespace(name=name), Found([SimpleNamespace(id=i) for i in ids], list(gone)), None


def test_a_group_holds_each_post_once_and_a_source_with_deletions_is_kept_by_itself() -> None:
    ready = [outcome("A", "1", "2"), outcome("B", "3"), outcome("C", "2", "4"), outcome("D", gone=("1",))]
    ready += [outcome("E"), outcome("F", "1")]
    named = [[source.name for source, _, _ in group] for group in intake.together(ready)]
    assert named == [["A", "B"], ["C"], ["D"], ["E", "F"]]
    assert list(intake.together([])) == []
    long = [outcome(name, *(f"{name}{n}" for n in range(600))) for name in "AB"]
    assert [len(group) for group in intake.together(long)] == [1, 1], "more than one transaction holds"


def test_sources_are_kept_in_one_go_and_each_is_told_what_was_new_of_its_own(
    area: Area, store: Store, groups: list[list[str]], feeds: dict[str, bytes]
) -> None:
    feeds["/Two"] = rss("Two", 1) + b"<!-- fewer -->"
    runs = listening.listen(area, store, NOW).set_index("source")
    assert groups == [sorted(NAMES)]
    assert runs["new"].to_dict() == {"One": 3, "Two": 1, "Three": 3, "Four": 3}
    feeds["/Three"] = rss("Three", 2, 3, 4)
    again = listening.listen(area, store, NOW + timedelta(minutes=20)).set_index("source")
    assert again["new"].to_dict() == {"One": 0, "Two": 0, "Three": 1, "Four": 0}
    assert len(store.posts(noise=True)) == 11


def test_of_a_post_that_two_sources_carry_the_first_holds(
    area: Area, store: Store, groups: list[list[str]], feeds: dict[str, bytes]
) -> None:
    for name in NAMES:
        feeds[f"/{name}"] = rss("shared", 1)
    runs = listening.listen(area, store, NOW)
    assert sorted(runs["new"]) == [0, 0, 0, 1]
    assert len(groups) == 4
    first = runs.loc[runs["new"] == 1, "source"].item()
    assert store.posts(noise=True)["source"].tolist() == [first]


def test_what_cannot_be_kept_is_left_out_and_all_others_of_its_group_are_kept(
    area: Area, store: Store, groups: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    real = feed.parse

    def odd(answer: Any, source: Any, now: datetime) -> Found:
        found = real(answer, source, now)
        bad = [replace(post, score=10**30) for post in found.posts]  # no database has such a number
        return replace(found, posts=bad) if source.name == "Two" else found

    monkeypatch.setattr(feed, "parse", odd)
    runs = listening.listen(area, store, NOW).set_index("source")
    assert groups[0] == sorted(NAMES)
    assert sorted(groups[1:]) == sorted([name] for name in NAMES)
    assert runs[["state", "new"]].agg(tuple, axis=1).to_dict() == {
        "One": ("ok", 3), "Two": ("failing", 0), "Three": ("ok", 3), "Four": ("ok", 3)
    }  # fmt: skip
    assert store.posts(noise=True)["source"].value_counts().to_dict() == {"One": 3, "Three": 3, "Four": 3}
    assert "ids" not in store.memory("Two")
    assert store.recount().empty


@pytest.mark.parametrize(
    ("where", "records"),
    [
        ("write", 9),  # within the transaction that stores them all
        pytest.param("record", 0, marks=pytest.mark.slow),  # between that and what is remembered of them
        pytest.param("record", 2, marks=pytest.mark.slow),  # two of four remembered
    ],
)
def test_a_collector_killed_amid_a_group_loses_nothing_and_doubles_nothing(
    tmp_path: Path, area: Area, store: Store, where: str, records: int
) -> None:
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, str(tmp_path / "sources.yaml"), where, str(records)], timeout=60
    )
    assert killed.returncode == -9
    found = store.posts(noise=True)
    assert len(found) == (0 if where == "write" else 12)
    assert len(store.memories()) == (0 if where == "write" else records)
    assert store.recount().empty
    runs = listening.listen(area, store, NOW + timedelta(minutes=20))
    assert runs["new"].sum() == 12 - len(found)
    whole = store.posts(noise=True)
    assert whole["id"].is_unique
    assert whole["source"].value_counts().to_dict() == dict.fromkeys(NAMES, 3)
    assert set(store.memories()) == set(NAMES)
    assert store.recount().empty
    again = listening.listen(area, store, NOW + timedelta(minutes=40))
    assert again["new"].sum() == 0
    pd.testing.assert_frame_equal(store.posts(noise=True), whole)
