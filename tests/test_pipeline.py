"""The whole way, with a real server, a real store and a fixed clock."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pandas as pd
import pytest

import listening
from benchmarks.local import configuration, feed_server
from listening.errors import WordsError
from listening.pipeline import bring_in
from listening.post import complete

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


def rss(*items: tuple[str, str, str], date: str = "Sat, 21 Nov 2026 10:00:00 GMT") -> bytes:
    rows = "".join(
        f"<item><guid isPermaLink='false'>{guid}</guid><title>{title}</title><link>https://paper.example/{guid}</link>"
        f"<description>{text}</description><pubDate>{date}</pubDate></item>"
        for guid, title, text in items
    )
    return f"<rss version='2.0'><channel><title>t</title>{rows}</channel></rss>".encode()


POTHOLE = ("a1", "Potholes on Carsic Lane in Sutton", "Ring 01632 960123 or mail jo@example.org")
BINS = ("a2", "Bins missed again on Carsic Lane in Sutton", "No lorry for weeks")


@pytest.fixture
def feeds() -> dict[str, bytes]:
    return {"/one": rss(POTHOLE, BINS), "/two": rss(("b1", "Street lights out", "Dark"))}


@pytest.fixture
def world(tmp_path: Path, feeds: dict[str, bytes]):  # type: ignore[no-untyped-def]
    with feed_server(feeds) as address:
        urls = {"One": f"{address}/one", "Two": f"{address}/two", "Gone": f"{address}/gone"}
        area = listening.load(configuration(tmp_path, urls, "public"))
        yield area, listening.connect(area.store)


def test_a_feed_becomes_posts_with_issue_and_ward_and_without_personal_data(world, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    area, store = world
    runs = listening.listen(area, store, NOW).set_index("source")
    assert runs.loc["One", ["state", "items", "new"]].tolist() == ["ok", 2, 2]
    posts = store.posts(sources=["One"]).set_index("title")
    assert posts.loc[POTHOLE[1], "issues"] == ["roads-potholes"]
    assert posts.loc[POTHOLE[1], "wards"] == ["Carsic"]
    for file in tmp_path.iterdir():
        assert b"960123" not in file.read_bytes(), file
        assert b"jo@example.org" not in file.read_bytes(), file


def test_a_round_tells_what_it_brought_and_one_that_brought_nothing_tells_nothing(world, feeds) -> None:  # type: ignore[no-untyped-def]
    area, store = world
    feeds["/one"] = rss(("w1", "Flooding on Carsic Lane in Sutton", "Water over the kerb by the garages"))
    feeds["/two"] = rss(("x1", "Carsic Lane in Sutton shut by flooding", "The garages stand in water"))
    press = [replace(s, channel="press") for s in area.sources]
    area = replace(area, sources=tuple(press))
    assert store.told is None
    listening.listen(area, store, NOW)
    (story,) = store.stories(NOW - timedelta(days=7), NOW).to_dict("records")
    assert len(story["posts"]) == 2
    version = store.version
    assert store.told == version
    listening.listen(area, store, NOW + timedelta(minutes=20))
    assert (store.version, store.told) == (version, version)


def test_one_failing_source_never_stops_the_others(world) -> None:  # type: ignore[no-untyped-def]
    area, store = world
    runs = listening.listen(area, store, NOW).set_index("source")
    assert runs["state"].to_dict() == {"One": "ok", "Two": "ok", "Gone": "failing"}
    assert runs.loc["Gone", "error"]
    assert not any(c.isdigit() for c in runs.loc["Gone", "reason"])


def test_a_second_run_adds_nothing_and_an_edit_changes_words_and_labels_but_not_the_day(world, feeds) -> None:  # type: ignore[no-untyped-def]
    area, store = world
    listening.listen(area, store, NOW)
    again = listening.listen(area, store, NOW + timedelta(minutes=20)).set_index("source")
    assert again["new"].sum() == 0
    assert again.loc["One", "state"] == "quiet"
    feeds["/one"] = rss(
        ("a1", "Flooding on Carsic Lane in Sutton", "Water over the kerb"),
        date="Sun, 22 Nov 2026 09:30:00 GMT",
    )
    listening.listen(area, store, NOW + timedelta(hours=1))
    posts = store.posts(sources=["One"]).set_index("title")
    assert len(posts) == 2
    edited = posts.loc["Flooding on Carsic Lane in Sutton"]
    assert edited["issues"] == ["flooding"]
    assert edited["published"] == datetime(2026, 11, 21, 10, tzinfo=UTC)
    assert edited["edited"] is not None


def test_what_rolls_off_a_feed_stays_and_what_was_purged_does_not_come_back(world, feeds) -> None:  # type: ignore[no-untyped-def]
    area, store = world
    listening.listen(area, store, NOW)
    feeds["/two"] = rss(("b2", "Bus late", "Late"))
    listening.listen(area, store, NOW + timedelta(hours=1))
    assert len(store.posts(sources=["Two"], noise=True)) == 2
    later = NOW + timedelta(days=4000)  # past the retention of this configuration, the feed unchanged
    feeds["/one"] += b"<!-- changed, same items -->"
    store.purge(area, later)
    assert store.empty
    listening.listen(area, store, later)
    assert not set(store.posts(noise=True)["title"]) & {POTHOLE[1], BINS[1]}


def test_an_unchanged_feed_is_not_parsed_again(world, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    from listening.collect import feed

    area, store = world
    listening.listen(area, store, NOW)
    parsed: list[str] = []
    monkeypatch.setattr(feed, "read", lambda answer: parsed.append(answer.url))
    runs = listening.listen(area, store, NOW + timedelta(hours=1)).set_index("source")
    assert (runs.loc["One", "state"], parsed) == ("quiet", [])


def test_only_sources_that_are_due_are_asked(world) -> None:  # type: ignore[no-untyped-def]
    area, store = world
    listening.listen(area, store, NOW)
    assert listening.listen(area, store, NOW + timedelta(minutes=1), every=False).empty
    quarter = listening.listen(area, store, NOW + timedelta(minutes=16), every=False)["source"]
    assert set(quarter) == {"Gone"}, "what has been silent for a day is asked after three quarters of an hour"
    later = listening.listen(area, store, NOW + timedelta(minutes=46), every=False)["source"]
    assert set(later) == {"One", "Two", "Gone"}


def test_a_file_for_an_unknown_source_is_refused_with_the_names_there_are(world) -> None:  # type: ignore[no-untyped-def]
    area, store = world
    rows = complete(pd.DataFrame([{"id": "x:1", "source": "Nobody", "channel": "public", "published": NOW}]))
    with pytest.raises(
        WordsError, match=r"source must be a name in sources.yaml; got 'Nobody' \(it has: Gone, One, Two\)"
    ):
        bring_in(rows, area, store, NOW)


def test_an_invented_area_is_neither_collected_into_nor_imported_into(world) -> None:  # type: ignore[no-untyped-def]
    area, store = world
    sample = replace(area, invented=True)
    for deed in (
        lambda: listening.listen(sample, store, NOW),
        lambda: bring_in(pd.DataFrame(), sample, store, NOW),
    ):
        with pytest.raises(
            WordsError, match="an invented area is made, never collected into or imported into"
        ):
            deed()
    assert store.empty


def test_an_answer_the_store_cannot_hold_is_that_sources_fault_alone(
    world, monkeypatch: pytest.MonkeyPatch
) -> None:  # type: ignore[no-untyped-def]
    from listening.collect import feed

    area, store = world
    real = feed.parse

    def odd(answer, source, now):  # type: ignore[no-untyped-def]
        found = real(answer, source, now)
        return (
            replace(found, posts=[replace(p, score=10**30) for p in found.posts])
            if source.name == "One"
            else found
        )

    monkeypatch.setattr(feed, "parse", odd)
    runs = listening.listen(area, store, NOW).set_index("source")
    assert runs.loc["One", ["state", "new", "error"]].tolist() == ["failing", 0, "OverflowError"]
    assert runs.loc["Two", ["state", "new"]].tolist() == ["ok", 1]
    monkeypatch.undo()
    again = listening.listen(area, store, NOW + timedelta(minutes=46)).set_index("source")
    assert again.loc["One", ["state", "new"]].tolist() == ["ok", 2]
