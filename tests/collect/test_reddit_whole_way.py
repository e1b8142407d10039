"""From a server that answers as Reddit does into a store, by both ways; and out again."""

import json
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from haverdale import BEARER, INFO, SECRETS, TOKEN, Clock, page, subreddit, written
from misbehaving import Server

import listening
from benchmarks.local import ROOT, configuration
from listening import collect, pipeline
from listening.collect import reddit
from listening.collect.web import Web

WRITERS = ("QuietHeron41", "TeapotOnTheHill", "OldMillMoss", "LoudGoose77")


def taken_down(server: Server) -> None:
    """A submission that a moderator has removed since."""
    listing = json.loads(page(["weir1"]))
    listing["data"]["children"][0]["data"]["removed_by_category"] = "moderator"
    server.gives(INFO, body=json.dumps(listing).encode())


def test_both_ways_lead_to_the_same_posts_and_no_writer_or_secret_is_ever_written(
    server: Server, feed_token: Web, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    area = listening.load(configuration(tmp_path, {}, "public"))
    area = replace(area, sources=(subreddit(),))
    store = listening.connect(area.store)
    new = []
    for _ in range(2):  # its posts, then its comments
        new += pipeline.listen(area, store, clock.now, web=feed_token)["new"].tolist()
        clock.sleep(900)
    for name in ("REDDIT_CLIENT_ID", "REDDIT_CLIENT_SECRET"):
        monkeypatch.setenv(name, SECRETS[name])
    for _ in range(2):
        new += pipeline.listen(area, store, clock.now, web=feed_token)["new"].tolist()
        clock.sleep(900)
    posts = store.posts().set_index("id")
    assert (new, len(posts)) == ([2, 2, 6, 0], 10)
    same = posts["author"][["reddit:t3_weir1", "reddit:t1_aaa2"]].tolist()
    assert same[0] == same[1] != posts["author"]["reddit:t1_aaa1"]  # one voice on both ways
    store.close()
    for file in tmp_path.rglob("*.db*"):
        held = file.read_bytes()
        assert not [name for name in (*WRITERS, *SECRETS.values(), BEARER) if name.encode() in held], file


def test_what_is_deleted_on_reddit_is_deleted_here_at_the_second_look_and_never_comes_back(
    server: Server, key: Web, clock: Clock, tmp_path: Path
) -> None:
    area = listening.load(configuration(tmp_path, {}, "public"))
    area = replace(area, sources=(subreddit(),))
    store = listening.connect(area.store)
    pipeline.listen(area, store, clock.now, web=key)
    assert len(store.posts()) == 9
    standing = json.loads(written("tree.json"))[0]["data"]["children"]
    answer = {"kind": "Listing", "data": {"children": standing, "after": None}}
    server.gives(INFO, body=json.dumps(answer).encode())
    clock.sleep(19 * 3600)
    pipeline.listen(area, store, clock.now, web=key)
    assert len(store.posts()) == 9  # looked up once a day, not each round
    clock.sleep(3600)
    pipeline.listen(area, store, clock.now, web=key)
    assert len(store.posts()) == 9  # one bad answer empties no store
    clock.sleep(20 * 3600)
    pipeline.listen(area, store, clock.now, web=key)
    assert store.posts()["id"].tolist() == ["reddit:t3_weir1"]
    assert store.recount().empty
    area = replace(area, sources=(subreddit(depth=2),))  # asks the listing from its beginning
    pipeline.listen(area, store, clock.now, web=key)
    assert store.posts()["id"].tolist() == ["reddit:t3_weir1"]
    store.close()


def test_where_reddit_cannot_say_what_is_deleted_the_next_round_asks_again(
    server: Server, key: Web, clock: Clock, tmp_path: Path
) -> None:
    area = listening.load(configuration(tmp_path, {}, "public"))
    area = replace(area, sources=(subreddit(),))
    store = listening.connect(area.store)
    pipeline.listen(area, store, clock.now, web=key)
    before = len(store.posts())
    server.gives(INFO, 500, b"{}")
    clock.sleep(20 * 3600)
    pipeline.listen(area, store, clock.now, web=key)
    assert len(store.posts()) == before
    taken_down(server)  # it answers again
    clock.sleep(900)
    pipeline.listen(area, store, clock.now, web=key)
    assert len(store.posts()) < before
    store.close()


@pytest.mark.parametrize("changed", [{"enabled": False}, {"every": timedelta(days=7)}])
def test_all_posts_are_looked_up_within_a_day_in_several_rounds_whether_their_source_is_asked_or_not(
    server: Server,
    key: Web,
    clock: Clock,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    changed: dict[str, Any],
) -> None:
    monkeypatch.setattr(reddit, "MOST_RECHECKED", 4)
    area = listening.load(configuration(tmp_path, {}, "public"))
    area = replace(area, sources=(subreddit(),))
    store = listening.connect(area.store)
    pipeline.listen(area, store, clock.now, web=key)
    ids = sorted(store.posts()["id"])
    area = replace(area, sources=(replace(subreddit(), **changed),))
    for _ in range(2):  # days
        clock.sleep(20 * 3600)
        server.paths.clear()
        for _ in range(4):  # rounds: the last has nobody left to ask for
            pipeline.listen(area, store, clock.now, every=False, web=key)
            clock.sleep(900)
        asked = [unquote(p).partition("id=")[2].partition("&")[0] for p in server.paths if INFO in p]
        assert [f"reddit:{name}" for names in asked for name in names.split(",")] == ids
        assert all(TOKEN in path or INFO in path for path in server.paths)
        ids = sorted(store.posts()["id"])
    assert ids == ["reddit:t1_aaa1", "reddit:t3_weir1"]  # what info.json tells of
    store.close()


def test_without_a_key_nobody_is_asked_and_what_was_deleted_waits_for_one(
    server: Server, key: Web, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    area = listening.load(configuration(tmp_path, {}, "public"))
    area = replace(area, sources=(subreddit(),))
    store = listening.connect(area.store)
    pipeline.listen(area, store, clock.now, web=key)
    clock.sleep(20 * 3600)
    with monkeypatch.context() as without:
        without.delenv("REDDIT_CLIENT_ID")
        without.delenv("REDDIT_CLIENT_SECRET")
        pipeline.listen(area, store, clock.now, web=key)
    before = len(store.posts())
    taken_down(server)
    clock.sleep(900)
    pipeline.listen(area, store, clock.now, web=key)
    assert len(store.posts()) < before
    store.close()


def test_a_source_that_fails_is_looked_up_once_its_own_rest_is_over_and_one_that_wishes_for_rest_is_not(
    clock: Clock,
) -> None:
    later, past = ((clock.now + timedelta(hours=h)).isoformat() for h in (1, -1))
    failing = {"failures": 5, "retry_at": later}
    assert collect.resting(failing, failing, clock.now)
    assert not collect.resting({"failures": 4, "retry_at": past}, failing, clock.now)
    assert collect.resting({}, {"retry_at": later}, clock.now)
    assert not collect.resting({}, {}, clock.now)


def test_every_query_of_a_round_stands_in_the_ledger_that_processes_share(
    server: Server, key: Web, clock: Clock, tmp_path: Path
) -> None:
    area = listening.load(configuration(tmp_path, {}, "public"))
    store = listening.connect(area.store)
    pipeline.listen(replace(area, sources=(subreddit(),)), store, clock.now, web=key)
    kept: list[str | None] = []
    store.revise("reddit_api", lambda before: kept.append(before) or "")
    assert len(server.paths) > 3
    assert json.loads(kept[0] or "") == [[clock.now.isoformat()] * len(server.paths), None]
    store.close()


def test_a_check_by_hand_and_a_collector_look_once_a_minute_together(
    server: Server, feed_token: Web, tmp_path: Path
) -> None:
    config = configuration(tmp_path, {}, "public")
    row = "  - {name: r/haverdale, kind: reddit, channel: public, options: {subreddit: haverdale}}\n"
    config.write_text(config.read_text() + row)
    listening.connect(listening.load(config).store).close()
    said = []
    for words in (["check"], ["collect", "--now"]):
        done = subprocess.run(
            [sys.executable, "-m", "listening", "--config", str(config), *words, "--format", "json"],
            cwd=ROOT, capture_output=True, text=True, timeout=120, check=True,
        )  # fmt: skip
        said.append(json.loads(done.stdout))
    assert [row["state"] for row in said] == ["ok", "paused"]
    assert said[1]["reason"].endswith("Reddit lets us look once a minute.")
    assert len(server.paths) == 1
