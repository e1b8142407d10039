"""Reddit with a key, where it breaks off or answers oddly: nothing is lost, and what is late is said."""

import json
import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from haverdale import JSON, MARKS, MORE, NEW, Clock, page, pages, subreddit
from misbehaving import NOW, Server, Visit, source

from listening import collect
from listening.collect.reddit_trees import TRIES
from listening.collect.web import Web
from listening.post import Found, Run

CUT = "Reddit stopped us part of the way: the rest is read in a later round."


def look(web: Web, memory: dict[str, Any] | None = None, **options: Any) -> tuple[Found, Run]:
    here = subreddit(**options)
    [(_, found, run)] = collect.ask([here], {here.name: memory or {}}, web, web.clock())
    return found, run


def comment(name: str, thread: str, parent: str | None = None, **told: Any) -> dict[str, Any]:
    own = {"id": name, "name": f"t1_{name}", "link_id": f"t3_{thread}", "author": "OldMillMoss"}
    words = {"body": f"The gully again, {name}", "created_utc": 1794816060.0, "score": 1, "replies": ""}
    return {"kind": "t1", "data": {**own, **words, "parent_id": parent or f"t3_{thread}", **told}}


def fold(parent: str, *children: str) -> dict[str, Any]:
    name = children[0] if children else "_"
    told = {"id": name, "name": f"t1_{name}", "parent_id": parent}
    return {"kind": "more", "data": {**told, "count": len(children), "children": list(children)}}


def tree(server: Server, thread: str, *things: dict[str, Any]) -> None:
    listing = json.dumps({"kind": "Listing", "data": {"children": things, "after": None}})
    body = b"[" + page([thread]) + b"," + listing.encode() + b"]"
    server.gives(f"/comments/{thread}/", body=body, Content_Type=JSON)


def unfolds(server: Server, deed: Callable[[str], list[dict[str, Any]] | int]) -> None:
    """What a fold holds, by its first child; or a status."""

    def manner(visit: Visit) -> None:
        children = parse_qs(visit.said)["children"][0]
        said = deed(children.partition(",")[0])
        if isinstance(said, int):
            visit.say(said, b"{}", Retry_After="600")
        else:
            visit.say(200, json.dumps({"json": {"errors": [], "data": {"things": said}}}).encode())

    server.does(MORE, manner)


def comments(found: Found) -> list[str]:
    return sorted(post.id.removeprefix("reddit:t1_") for post in found.posts if post.kind == "comment")


def breaks_off(server: Server, status: int, after: int) -> None:
    """Every page of the listing after so many is answered with this status."""
    ordinary = server.manners[NEW]

    def manner(visit: Visit) -> None:
        asked = parse_qs(urlsplit(visit.path).query)
        deep = "after" in asked and int(asked["after"][0].removeprefix("t3_p")) + 1 >= after * 100
        visit.say(status, b"{}", Retry_After="600") if deep else ordinary(visit)

    server.does(NEW, manner)


@pytest.mark.parametrize("status", [429, 500])
def test_a_catch_up_that_breaks_off_reads_on_in_a_later_round_and_loses_nothing(
    server: Server, key: Web, clock: Clock, status: int
) -> None:
    pages(server, 700)
    known = {"seen": {"p650": 0}}
    breaks_off(server, status, after=2)
    first, run = look(key, known)
    assert (len(first.posts), run.reason, first.memory["seen"]) == (200, CUT, known["seen"])
    pages(server, 700)
    clock.sleep(600)
    second, run = look(key, first.memory)
    assert (len(second.posts), run.reason) == (700, "")
    assert len(second.memory["seen"]) == 300


@pytest.mark.parametrize("status", [429, 500])
def test_a_thread_that_breaks_off_at_a_more_is_read_again(
    server: Server, key: Web, clock: Clock, status: int
) -> None:
    server.gives(NEW, body=page(["p0"], answers=3))
    tree(server, "p0", comment("a", "p0"), fold("t3_p0", "x1", "x2"))
    unfolds(server, lambda _: status)
    first, run = look(key)
    assert (comments(first), first.memory["unread"]) == (["a"], {"p0": 1})
    assert "Threads left for a later round: 1." in run.reason
    unfolds(server, lambda _: [comment("x1", "p0"), comment("x2", "p0")])
    clock.sleep(600)
    second, run = look(key, first.memory)
    assert (comments(second), second.memory["unread"], run.reason) == (["a", "x1", "x2"], {}, "")


def test_a_thread_that_always_breaks_off_is_given_up_and_said(server: Server, key: Web, clock: Clock) -> None:
    server.gives(NEW, body=page(["p0"], answers=3))
    tree(server, "p0", comment("a", "p0"), fold("t3_p0", "x1", "x2"))
    unfolds(server, lambda _: 500)
    memory: dict[str, Any] = {}
    said = []
    for _ in range(TRIES + 1):
        found, run = look(key, memory)
        memory = found.memory
        said.append(run.reason)
        clock.sleep(900)
    assert all("Threads left for a later round: 1." in reason for reason in said[: TRIES - 1])
    assert "Threads that could not be read whole: 1." in said[TRIES - 1]
    assert said[TRIES] == "It answers, and holds nothing new."
    assert (memory["unread"], memory["seen"]) == ({}, {"p0": 3})


def test_a_comment_whose_parent_is_unknown_takes_no_other_with_it(server: Server, key: Web) -> None:
    server.gives(NEW, body=page(["p0"], answers=6))
    tree(server, "p0", comment("a", "p0"), fold("t3_p0", "x1", "x2", "x3"), fold("t1_a", "y1"))
    held = {
        "x1": [comment("x1", "p0", "t1_zz"), comment("x2", "p0"), comment("x3", "p0")],
        "y1": [comment("y1", "p0", "t1_a")],
    }
    unfolds(server, lambda first: held[first])
    found, run = look(key)
    assert (comments(found), run.reason) == (["a", "x1", "x2", "x3", "y1"], "")


def test_a_fold_that_cannot_be_read_leaves_the_other_folds(server: Server, key: Web) -> None:
    server.gives(NEW, body=page(["p0"], answers=6))
    tree(server, "p0", comment("a", "p0"), fold("t3_p0", "x1", "x2", "x3"), fold("t1_a", "y1"))
    unfolds(server, lambda first: [comment("y1", "p0", "t1_a")] if first == "y1" else 404)
    found, _ = look(key)
    assert (comments(found), found.memory["unread"]) == (["a", "y1"], {"p0": 1})


@pytest.mark.parametrize("author", [None, ""])
def test_a_writer_without_a_name_stops_nothing(server: Server, key: Web, author: str | None) -> None:
    listing = json.loads(page(["p0", "p1"], answers=1))
    listing["data"]["children"][0]["data"]["author"] = author
    server.gives(NEW, body=json.dumps(listing).encode())
    tree(server, "p0", comment("a", "p0", author=author))
    tree(server, "p1", comment("b", "p1"))
    found, run = look(key)
    assert (run.state, run.reason) == ("ok", "")
    assert sorted((post.id, post.author) for post in found.posts) == [
        ("reddit:t1_a", None),
        ("reddit:t1_b", "OldMillMoss"),
        ("reddit:t3_p0", None),
        ("reddit:t3_p1", "OldMillMoss"),
    ]


def test_threads_that_break_off_wait_behind_the_others(server: Server, key: Web, clock: Clock) -> None:
    pages(server, 6, answers=1)
    for n in range(6):
        tree(server, f"p{n}", comment(f"c{n}", f"p{n}"))
        if n < 3:
            server.gives(f"/comments/p{n}/", body=b"[1]")
    first, run = look(key)
    assert (comments(first), run.reason) == ([], "Threads left for a later round: 6.")
    clock.sleep(900)
    second, _ = look(key, first.memory)
    assert (comments(second), second.memory["unread"]) == (["c3", "c4", "c5"], {"p0": 2, "p1": 2, "p2": 2})


@pytest.mark.parametrize("mark", MARKS)
def test_what_reddit_marks_as_removed_is_not_kept(server: Server, key: Web, mark: str) -> None:
    listing = json.loads(page(["p0", "p1"], answers=1))
    listing["data"]["children"][1]["data"]["selftext"] = mark
    server.gives(NEW, body=json.dumps(listing).encode())
    told = f"{mark} is what it said under my post about the bins"
    tree(server, "p0", comment("a", "p0", body=mark), comment("b", "p0", body=told))
    found, _ = look(key)
    assert {post.id for post in found.posts} == {"reddit:t3_p0", "reddit:t1_b"}
    assert found.gone == ["reddit:t3_p1", "reddit:t1_a"]


def test_all_threads_of_a_gap_are_read_in_the_rounds_after_it(server: Server, key: Web, clock: Clock) -> None:
    pages(server, 140, answers=1)
    for n in range(140):
        tree(server, f"p{n}", comment(f"c{n}", f"p{n}"))
    memory: dict[str, Any] = {"seen": {"p139": 1}}
    kept: set[str] = set()
    said = []
    for _ in range(5):
        found, run = look(key, memory)
        memory = found.memory
        kept |= set(comments(found))
        said.append(run.reason)
        pages(server, 100, answers=1)  # the older ones are listed no more
        clock.sleep(900)
    assert kept == {f"c{n}" for n in range(139)}
    assert [reason.partition(".")[0] for reason in said[:3]] == [
        f"Threads left for a later round: {n}" for n in (102, 64, 26)
    ]
    assert said[3:] == ["", "It answers, and holds nothing new."]


def test_as_much_is_remembered_as_is_looked_at(server: Server, key: Web) -> None:
    pages(server, 400)
    found, _ = look(key, depth=400)
    assert len(found.memory["seen"]) == 400


def test_a_first_look_that_ends_at_the_cap_says_so(server: Server, key: Web) -> None:
    pages(server, 985)
    _, run = look(key, depth=1000)
    assert run.reason == "Reddit lists only its newest 1,000 posts: what is older could not be seen."
    _, run = look(key, depth=500)
    assert run.reason == ""


def test_pages_that_repeat_are_counted_once_and_end(server: Server, key: Web) -> None:
    server.does(
        NEW, lambda visit: visit.say(200, page([f"p{n}" for n in range(100)], f"t3_{len(server.paths)}"))
    )
    found, run = look(key, {"seen": {"long ago": 0}})
    assert (len(found.posts), len([path for path in server.paths if NEW in path])) == (100, 10)
    assert run.reason == "Reddit lists only its newest 1,000 posts: what is older could not be seen."


def test_a_slow_reddit_is_left_after_two_minutes_and_read_on_later(
    server: Server, key: Web, clock: Clock
) -> None:
    pages(server, 20, answers=1)
    for n in range(20):
        tree(server, f"p{n}", comment(f"c{n}", f"p{n}"))
        ordinary = server.manners[f"/comments/p{n}/"]
        server.does(
            f"/comments/p{n}/",
            lambda visit, say=ordinary: (clock.sleep(15), say(visit))[1],  # type: ignore[misc]
        )
    first, run = look(key)
    assert (len(comments(first)), run.reason) == (8, "Threads left for a later round: 12.")
    assert clock.now - NOW == timedelta(minutes=2)
    second, _ = look(key, first.memory)
    assert len(comments(second)) == 8


@pytest.mark.parametrize("status", [302, 307, 308])
@pytest.mark.parametrize(
    ("where", "state", "reason"),
    [
        (
            "/login/?dest=x",
            "paused",
            "Paused: Reddit asks us to log in before it shows r/haverdale. Everything else works.",
        ),
        ("/subreddits/search?q=haverdale", "failing", "There is no subreddit r/haverdale, or no longer."),
        (
            "/r/other/",
            "failing",
            "Reddit sends us away from r/haverdale to another page, which we don't follow.",
        ),
    ],
)
@pytest.mark.parametrize("way", ["key", "feed_token"])
def test_where_reddit_sends_us_tells_what_is_wrong(
    server: Server,
    request: pytest.FixtureRequest,
    way: str,
    where: str,
    state: str,
    reason: str,
    status: int,
) -> None:
    web: Web = request.getfixturevalue(way)
    for path in (NEW, f"{NEW}/.rss"):
        server.gives(path, status, b"<html>", Location=server.url(where))
    _, run = look(web)
    assert (run.state, run.reason) == (state, reason)


@pytest.mark.parametrize("half", ["REDDIT_FEED_TOKEN", "REDDIT_FEED_USER"])
def test_a_key_works_beside_half_a_feed_token(
    server: Server, key: Web, monkeypatch: pytest.MonkeyPatch, half: str
) -> None:
    monkeypatch.setenv(half, "left-over-9")
    _, run = look(key)
    assert (run.state, run.reason) == ("ok", "")


def test_sources_without_an_address_wait_for_their_own_kind_alone(server: Server, key: Web) -> None:
    other_is_done = threading.Event()
    server.does(NEW, lambda visit: (other_is_done.wait(5), visit.say(200, page([])))[1])
    there = source(None, "elsewhere", kind="facebook_page", channel="official")
    answered: list[str] = []
    for who, _, _ in collect.ask([subreddit(), there], {}, key, NOW):
        answered.append(who.name)
        other_is_done.set()
    assert answered == ["elsewhere", "r/haverdale"]


def test_a_glance_asks_for_one_page_and_no_thread(server: Server, key: Web) -> None:
    pages(server, 300, answers=1)
    here = subreddit(depth=300)
    [(_, found, run)] = collect.ask([here], {here.name: {"seen": {"p250": 1}}}, key.glancing(), NOW)
    assert (len(found.posts), run.reason, len(server.paths)) == (100, "", 2)  # one of them for the token
