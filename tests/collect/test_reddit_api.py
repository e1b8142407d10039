"""Reddit with a key: what PRAW is told by a server of ours, and what becomes of it."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from haverdale import (
    BRANCH,
    JSON,
    MORE,
    NEW,
    TOKEN,
    TREE,
    Clock,
    in_turn,
    page,
    pages,
    subreddit,
    written,
)
from misbehaving import NOW, Server, Visit

from listening import collect
from listening.collect import reddit_pace
from listening.collect.web import Web
from listening.post import Found, Post, Run

EIGHT = datetime(2026, 11, 16, 8, 0, tzinfo=UTC)
SITE = "https://www.reddit.com/r/haverdale/comments"


def look(web: Web, memory: dict[str, Any] | None = None, **options: Any) -> tuple[Found, Run]:
    here = subreddit(**options)
    [(_, found, run)] = collect.ask([here], {here.name: memory or {}}, web, web.clock())
    return found, run


def paths(server: Server) -> list[str]:
    return [path.partition("?")[0] for path in server.paths]


def test_it_reads_the_newest_submissions_and_their_trees_with_every_more_unfolded(
    server: Server, key: Web
) -> None:
    found, run = look(key)
    assert (run.state, run.reason, run.error) == ("ok", "", None)
    assert paths(server) == [TOKEN, NEW, TREE, MORE, BRANCH]
    assert [(p.id, p.kind, p.author, p.replies, p.score) for p in found.posts] == [
        ("reddit:t3_lamp4", "post", None, 0, 5),
        ("reddit:t1_ddd2", "comment", "LoudGoose77", 0, 2),
        ("reddit:t1_ddd1", "comment", "OldMillMoss", 1, 2),
        ("reddit:t1_aaa3", "comment", "LoudGoose77", 0, 2),
        ("reddit:t1_aaa2", "comment", "QuietHeron41", 0, 2),
        ("reddit:t1_bbb2", "comment", "OldMillMoss", 0, None),
        ("reddit:t1_aaa1", "comment", "TeapotOnTheHill", 2, 7),
        ("reddit:t3_weir1", "post", "QuietHeron41", 9, 5),
        ("reddit:t3_link2", "post", "TeapotOnTheHill", 0, 11),
    ]


def test_a_submission_and_a_comment_become_posts_that_belong_together(key: Web) -> None:
    posts = {post.id: post for post in look(key)[0].posts}
    shared = {"source": "r/haverdale", "channel": "public", "collected": NOW}
    assert posts["reddit:t3_weir1"] == Post(
        id="reddit:t3_weir1",
        kind="post",
        published=EIGHT,
        url=f"{SITE}/weir1/",
        title="Weir Lane is under water again",
        text='<!-- SC_OFF --><div class="md"><p>Nobody has cleared the gully since spring.</p>\n</div>'
        "<!-- SC_ON -->",
        author="QuietHeron41",
        edited=EIGHT + timedelta(minutes=10),
        replies=9,
        score=5,
        **shared,  # type: ignore[arg-type]
    )
    assert posts["reddit:t1_aaa2"] == Post(  # it answers a comment; its thread is the submission
        id="reddit:t1_aaa2",
        kind="comment",
        published=EIGHT + timedelta(minutes=20),
        url=f"{SITE}/weir1/comment/aaa2/",
        text='<div class="md"><p>Thanks to the crew who came at six!</p>\n</div>',
        author="QuietHeron41",
        thread="reddit:t3_weir1",
        edited=EIGHT + timedelta(minutes=25),
        replies=0,
        score=2,
        **shared,  # type: ignore[arg-type]
    )


@pytest.mark.parametrize(("number", "kept"), [(10**30, None), (99_999_999_999, None), (-7, -7), (True, None)])
def test_a_score_no_store_could_hold_is_none(server: Server, key: Web, number: int, kept: int | None) -> None:
    listing = json.loads(page(["a"]))
    listing["data"]["children"][0]["data"] |= {"score": number, "num_comments": number, "created_utc": -1.0}
    server.gives(NEW, body=json.dumps(listing).encode(), Content_Type=JSON)
    found, _ = look(key, comments=False)
    assert [(p.score, p.replies, p.published, p.dated) for p in found.posts] == [(kept, None, NOW, False)]


def test_what_was_deleted_or_removed_is_gone_and_a_machine_says_nothing(key: Web) -> None:
    found, _ = look(key)
    assert found.gone == ["reddit:t3_gone3", "reddit:t3_mods1", "reddit:t1_bbb1", "reddit:t1_ccc1"]
    ids = [post.id for post in found.posts]
    assert not {*found.gone, "reddit:t1_bot1"} & set(ids)
    assert found.memory["ids"] == ids


def test_a_memory_holds_the_number_of_comments_and_a_quiet_round_asks_for_no_tree(
    server: Server, key: Web
) -> None:
    first, _ = look(key)
    assert first.memory["seen"] == {"lamp4": 0, "weir1": 9, "gone3": 4, "link2": 0, "mods1": 0}
    server.paths.clear()
    second, run = look(key, first.memory)
    assert (paths(server), run.state) == ([TOKEN, NEW], "quiet")
    assert second.memory["ids"][:3] == ["reddit:t3_lamp4", "reddit:t3_weir1", "reddit:t3_link2"]
    assert set(second.memory["ids"]) == set(first.memory["ids"])  # its comments are not forgotten


def test_comments_may_be_left_out_and_read_later(server: Server, key: Web) -> None:
    found, _ = look(key, comments=False)
    assert paths(server) == [TOKEN, NEW]
    assert {post.kind for post in found.posts} == {"post"}
    look(key, found.memory)
    assert TREE in paths(server)


def test_pages_are_turned_until_something_known(server: Server, key: Web) -> None:
    pages(server, 700)
    first, _ = look(key)
    assert (len(first.posts), paths(server).count(NEW)) == (100, 1)
    server.paths.clear()
    found, run = look(key, {"seen": {"p230": 0}})
    assert (len(found.posts), paths(server).count(NEW), run.reason) == (300, 3, "")


@pytest.mark.parametrize(("held", "listed"), [(1_300, 1_000), (985, 985)])
def test_a_listing_ends_at_a_thousand_or_short_of_it_and_the_run_says_so(
    server: Server, key: Web, held: int, listed: int
) -> None:
    pages(server, held)  # of the newest 1,000 those that were removed are left out
    found, run = look(key, {"seen": {"long ago": 0}})
    assert (len(found.posts), paths(server).count(NEW)) == (listed, 10)
    assert run.reason == "Reddit lists only its newest 1,000 posts: what is older could not be seen."


def test_a_round_has_a_budget_and_what_is_left_is_read_in_the_next(server: Server, key: Web) -> None:
    pages(server, 60, answers=1)
    for n in range(60):
        server.gives(f"/comments/p{n}/", body=b"[" + page([f"p{n}"]) + b"," + page([]) + b"]")
    first, run = look(key)
    assert (len(server.paths), run.reason) == (40, "Threads left for a later round: 22.")
    server.paths.clear()
    _, run = look(key, first.memory)
    assert (len(server.paths), run.reason) == (24, "It answers, and holds nothing new.")


def test_a_thread_without_end_does_not_keep_the_others_waiting_for_ever(server: Server, key: Web) -> None:
    def endless(visit: Visit) -> None:
        n = len(server.paths)
        fold = {
            "kind": "more",
            "data": {"count": 5, "name": f"t1_z{n}", "id": f"z{n}", "parent_id": "t3_weir1"},
        }
        fold["data"]["children"] = [f"z{n}"]  # type: ignore[index]
        visit.say(200, json.dumps({"json": {"errors": [], "data": {"things": [fold]}}}).encode())

    server.does(MORE, endless)
    first, _ = look(key)
    assert len(server.paths) == 40
    assert first.memory["seen"]["weir1"] == 9


def test_never_more_than_a_hundred_requests_in_any_minute(server: Server, key: Web, clock: Clock) -> None:
    times: list[datetime] = []

    def noted(path: str) -> None:
        ordinary = server.manners[path]

        def manner(visit: Visit) -> None:
            times.append(clock.now)
            ordinary(visit)

        server.does(path, manner)

    for path in (TOKEN, NEW):
        noted(path)
    sources = [subreddit(f"r/{n}", comments=False) for n in range(110)]
    states = {run.state for _, _, run in collect.ask(sources, {}, key, NOW)}
    assert (states, len(times)) == ({"ok"}, 220)
    busiest = max(sum(t <= u < t + timedelta(minutes=1) for u in times) for t in times)
    assert (busiest, reddit_pace.ALLOWED) == (50, 100)
    assert sum(clock.naps) == pytest.approx(240)


def test_reddits_own_count_is_heeded_and_praw_never_sleeps(server: Server, key: Web, clock: Clock) -> None:
    figures = {"X_Ratelimit_Remaining": "0.0", "X_Ratelimit_Used": "600", "X_Ratelimit_Reset": "400"}
    server.gives(NEW, body=written("new.json"), **figures)
    found, run = look(key)
    assert (run.state, len(found.posts), paths(server), clock.naps) == ("ok", 3, [TOKEN, NEW], [])
    assert "Reddit stopped us part of the way: the rest is read in a later round." in run.reason
    assert found.memory["reddit_api_next"] == (NOW + timedelta(seconds=400)).isoformat()
    assert not collect.due(subreddit(), found.memory, NOW + timedelta(seconds=380 - 60))


NO_KEY = "Paused: Reddit needs a key that works; it refuses the one it was given. Everything else works."


@pytest.mark.parametrize(
    ("status", "body", "state", "reason"),
    [
        (403, b'{"reason": "private", "message": "Forbidden", "error": 403}', "failing",
         "r/haverdale is private: only its members may read it."),
        (404, b'{"reason": "banned", "message": "Not Found", "error": 404}', "failing",
         "Reddit has banned r/haverdale."),
        (403, b'{"reason": "quarantined", "message": "Forbidden", "error": 403}', "failing",
         "r/haverdale stands behind a warning page, which a program may not pass."),
        (403, b'{"reason": "gated", "message": "Forbidden", "error": 403}', "failing",
         "r/haverdale stands behind a warning page, which a program may not pass."),
        (403, b'{"reason": "USER_SUSPENDED", "error": 403}', "paused",
         "Paused: Reddit has suspended the account behind our key. Everything else works."),
        (403, b'{"message": "Forbidden", "error": 403}', "paused",
         "Reddit is refusing us: our key may not read r/haverdale."),
        (403, b"<html>blocked</html>", "paused", "Reddit is refusing us: our key may not read r/haverdale."),
        (404, b'{"message": "Not Found", "error": 404}', "failing",
         "There is no subreddit r/haverdale, or no longer."),
        (302, b"{}", "failing", "There is no subreddit r/haverdale, or no longer."),
        (401, b'{"message": "Unauthorized", "error": 401}', "paused", NO_KEY),
        (451, b"", "failing", "It may not be read, for legal reasons."),
        (500, b"", "failing", "Its server has a fault and sends nothing we could read."),
        (520, b"", "failing", "Its server has a fault and sends nothing we could read."),
        (503, b"", "paused", "Resting until 12:15: it is too busy to answer."),
        (429, b"<html>", "paused", "Resting until 12:15: it asked us to slow down."),
        (200, b"<html>", "failing", "Its answer is not what Reddit's documents describe."),
        (200, b"[1, null]", "failing", "Its answer is not what Reddit's documents describe."),
    ],
)  # fmt: skip
def test_a_refusal_is_told_in_plain_words(
    server: Server, key: Web, clock: Clock, status: int, body: bytes, state: str, reason: str
) -> None:
    server.gives(NEW, status, body, Location="/subreddits/search?q=haverdale", Content_Type=JSON)
    found, run = look(key, {"ids": ["reddit:t3_old"], "seen": {"old": 1}})
    wait = sum(clock.naps)
    assert (found.posts, found.gone, run.state, run.reason) == ([], [], state, reason)
    assert found.memory["seen"] == {"old": 1}
    assert wait == (2.5 if status in (500, 503, 520) else 0)


def test_a_rest_is_as_long_as_reddit_says_and_is_everybodys(server: Server, key: Web) -> None:
    server.gives(NEW, 429, b"<html>", Retry_After="3900")
    found, run = look(key)
    assert (run.state, run.reason) == ("paused", "Resting until 13:05: it asked us to slow down.")
    assert found.memory["retry_at"] == found.memory["reddit_api_next"] == "2026-11-16T13:05:00+00:00"
    server.paths.clear()
    _, other = look(key)
    assert (other.reason, server.paths) == ("Resting until 13:05: Reddit asked us to slow down.", [])


def test_a_rest_outlasts_the_process(server: Server, key: Web) -> None:
    here, there = subreddit(), subreddit("r/elsewhere")
    memories = {there.name: {"reddit_api_next": "2026-11-16T13:05:00+00:00"}}
    [(_, _, run)] = collect.ask([here], memories, key, NOW)
    assert (run.reason, server.paths) == ("Resting until 13:05: Reddit asked us to slow down.", [])


def test_a_short_rest_is_waited_for(server: Server, key: Web, clock: Clock) -> None:
    in_turn(server, NEW, (429, b"", {"Retry_After": "4"}), (200, written("new.json"), {}))
    _, run = look(key)
    assert (run.state, clock.naps) == ("ok", [4.0])


def test_a_fault_that_passes_is_tried_again(server: Server, key: Web, clock: Clock) -> None:
    in_turn(server, NEW, (502, b"", {}), (520, b"", {}), (200, written("new.json"), {}))
    _, run = look(key)
    assert (run.state, clock.naps, paths(server).count(NEW)) == ("ok", [0.5, 2.0], 3)


def test_a_server_that_slams_the_door_is_one_source_failing(server: Server, key: Web) -> None:
    server.does(NEW, lambda visit: visit.slam())
    _, run = look(key)
    assert (run.state, run.reason) == ("failing", "It broke off in the middle of its answer.")


def test_a_token_that_has_run_out_is_fetched_anew(server: Server, key: Web) -> None:
    stale = {"WWW_Authenticate": 'Bearer realm="reddit", error="invalid_token"'}
    in_turn(server, NEW, (401, b'{"error": 401}', stale), (200, written("new.json"), {}))
    _, run = look(key, comments=False)
    assert (run.state, paths(server)) == ("ok", [TOKEN, NEW, TOKEN, NEW])


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (401, b'{"message": "Unauthorized", "error": 401}'),
        (400, b'{"error": 400}'),
        (200, b'{"error": "invalid_grant"}'),
    ],
)
def test_a_key_that_is_refused_pauses_the_source(server: Server, key: Web, status: int, body: bytes) -> None:
    server.gives(TOKEN, status, body)
    _, run = look(key)
    assert (run.state, run.reason) == ("paused", NO_KEY)


@pytest.mark.parametrize("status", [403, 404])
def test_a_tree_that_may_not_be_read_is_passed_over(server: Server, key: Web, status: int) -> None:
    server.gives(TREE, status, b"{}")
    found, run = look(key)
    assert ([p.kind for p in found.posts], run.state, run.reason) == (["post"] * 3, "ok", "")
    assert found.memory["seen"]["weir1"] == 9


def test_a_rest_in_the_middle_keeps_what_was_read(server: Server, key: Web) -> None:
    server.gives(TREE, 429, b"", Retry_After="1800")
    found, run = look(key)
    assert (len(found.posts), run.state) == (3, "ok")
    assert run.reason == (
        "Threads left for a later round: 1. "
        "Reddit stopped us part of the way: the rest is read in a later round."
    )
    assert (found.memory["min_interval"], found.memory["seen"]["weir1"]) == (1800, -1)


def test_one_thread_that_cannot_be_read_does_not_keep_the_others_waiting(server: Server, key: Web) -> None:
    pages(server, 6, answers=1)
    for n in range(6):
        server.gives(f"/comments/p{n}/", body=b"[" + page([f"p{n}"]) + b"," + page([]) + b"]")
    server.gives("/comments/p1/", 500)
    server.gives("/comments/p3/", body=b"[1]")
    first, run = look(key)
    assert first.memory["seen"] == {"p0": 1, "p1": -1, "p2": 1, "p3": -1, "p4": 1, "p5": 1}
    assert (run.state, run.reason) == ("ok", "Threads left for a later round: 2.")


def test_where_no_rest_is_named_reddits_own_count_names_it(server: Server, key: Web) -> None:
    server.gives(NEW, 429, b"", X_Ratelimit_Remaining="0", X_Ratelimit_Used="600", X_Ratelimit_Reset="300")
    _, run = look(key)
    assert (run.state, run.reason) == ("paused", "Resting until 12:05: it asked us to slow down.")


def test_a_more_that_cannot_be_read_leaves_the_rest_of_its_tree(server: Server, key: Web) -> None:
    server.gives(MORE, body=b'{"json": {"errors": [], "data": {"things": [{"kind": "t1", "data": {}}]}}}')
    found, run = look(key)
    assert (run.state, {"reddit:t1_aaa1", "reddit:t1_aaa2"} <= {p.id for p in found.posts}) == ("ok", True)
