"""From a server that answers as Reddit does into a store, by both ways; and out again."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from haverdale import BEARER, INFO, SECRETS, Clock, subreddit, written
from misbehaving import Server

import listening
from benchmarks.local import configuration
from listening import collect, pipeline
from listening.collect.web import Web

WRITERS = ("QuietHeron41", "TeapotOnTheHill", "OldMillMoss", "LoudGoose77")


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


def test_what_is_deleted_on_reddit_is_deleted_here(
    server: Server, key: Web, clock: Clock, tmp_path: Path
) -> None:
    area = listening.load(configuration(tmp_path, {}, "public"))
    here = subreddit()
    area = replace(area, sources=(here,))
    store = listening.connect(area.store)
    pipeline.listen(area, store, clock.now, web=key)
    ids = store.posts(sources=[here.name])["id"].tolist()
    standing = json.loads(written("tree.json"))[0]["data"]["children"]
    answer = {"kind": "Listing", "data": {"children": standing, "after": None}}
    server.gives(INFO, body=json.dumps(answer).encode())
    gone = collect.recheck(here, ids, store.memories()[here.name], key)
    assert store.gone(gone, area, clock.now) == 8
    assert store.posts()["id"].tolist() == ["reddit:t3_weir1"]
    store.close()
