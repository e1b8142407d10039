"""Reddit without a key: its feeds, one look a minute."""

import html
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from haverdale import COMMENT_FEED, MARKS, NEW_FEED, SECRETS, Clock, subreddit, web_of, written
from misbehaving import NOW, Server, source

from listening import collect
from listening.collect import reddit_pace
from listening.collect.web import Web
from listening.post import Found, Post, Run

EIGHT = datetime(2026, 11, 16, 8, 0, tzinfo=UTC)
SITE = "https://www.reddit.com/r/haverdale/comments"
MINUTE = timedelta(minutes=1)


def look(web: Web, memory: dict[str, Any] | None = None, **options: Any) -> tuple[Found, Run]:
    here = subreddit(**options)
    [(_, found, run)] = collect.ask([here], {here.name: memory or {}}, web, web.clock())
    return found, run


def test_a_feed_of_posts_becomes_posts_without_the_writers_name_in_their_words(feed_token: Web) -> None:
    found, run = look(feed_token)
    assert (run.state, run.reason) == ("ok", "")
    shared = {"source": "r/haverdale", "channel": "public", "kind": "post", "collected": NOW}
    assert found.posts == [
        Post(
            id="reddit:t3_weir1",
            published=EIGHT,
            url=f"{SITE}/weir1/",
            title="Weir Lane is under water again",
            text='<div class="md"><p>Nobody has cleared the gully since spring.</p> </div>',
            author="QuietHeron41",
            edited=EIGHT + timedelta(minutes=10),
            **shared,  # type: ignore[arg-type]
        ),
        Post(
            id="reddit:t3_link2",
            published=EIGHT - timedelta(hours=2),
            url=f"{SITE}/link2/",
            title="Bus fares frozen until March",
            author="TeapotOnTheHill",
            **shared,  # type: ignore[arg-type]
        ),
    ]


def test_posts_and_comments_are_read_by_turns(server: Server, feed_token: Web, clock: Clock) -> None:
    first, _ = look(feed_token)
    clock.sleep(900)
    second, run = look(feed_token, first.memory)
    clock.sleep(900)
    third, _ = look(feed_token, second.memory)
    assert [path.partition("?")[0] for path in server.paths] == [NEW_FEED, COMMENT_FEED, NEW_FEED]
    assert [(p.id, p.thread, p.author, p.title, p.url) for p in second.posts] == [
        ("reddit:t1_eee1", "reddit:t3_weir1", None, None, f"{SITE}/weir1/comment/eee1/"),
        ("reddit:t1_aaa1", "reddit:t3_weir1", "TeapotOnTheHill", None, f"{SITE}/weir1/comment/aaa1/"),
    ]
    assert (second.gone, run.state) == (["reddit:t1_bbb1"], "ok")
    assert second.memory["ids"] == [
        *("reddit:t1_eee1", "reddit:t1_aaa1"),
        *("reddit:t3_weir1", "reddit:t3_link2"),
    ]
    assert third.posts == []  # the same body as before


def test_posts_alone_are_read_where_comments_are_left_out(
    server: Server, feed_token: Web, clock: Clock
) -> None:
    first, _ = look(feed_token, comments=False)
    clock.sleep(900)
    look(feed_token, first.memory, comments=False)
    assert [path.partition("?")[0] for path in server.paths] == [NEW_FEED, NEW_FEED]


def test_the_token_is_added_to_the_address_and_validators_are_kept_for_each_feed(
    server: Server, feed_token: Web, clock: Clock
) -> None:
    server.gives(NEW_FEED, body=written("new.atom"), ETag='"7"')
    first, _ = look(feed_token, comments=False)
    assert server.paths == [f"{NEW_FEED}?limit=100&feed=feed-yarrow-6&user=feeduser-clover-7"]
    server.gives(NEW_FEED, 304)
    clock.sleep(900)
    second, run = look(feed_token, first.memory, comments=False)
    assert server.headers[1]["If-None-Match"] == '"7"'
    assert (second.posts, run.state, second.memory["ids"]) == ([], "quiet", first.memory["ids"])


def test_one_look_a_minute_over_all_subreddits_and_everybody_gets_a_turn(
    server: Server, feed_token: Web, clock: Clock
) -> None:
    sources = [subreddit(f"r/{n}", comments=False) for n in "abc"]
    memories: dict[str, dict[str, Any]] = {}
    asked: dict[str, str] = {}
    for _ in range(3):
        for who, found, run in collect.ask(sources, memories, feed_token, clock.now):
            memories[who.name] = found.memory
            asked.setdefault(run.state + who.name, run.reason)
        clock.sleep(60)
    assert len(server.paths) == 3
    assert {name for name in asked if name.startswith("ok")} == {"okr/a", "okr/b", "okr/c"}
    assert asked["pausedr/b"] == "Resting until 12:01: Reddit lets us look once a minute."
    assert clock.naps == [60, 60, 60]  # nobody waited inside a round


def test_the_minute_is_remembered_across_runs(server: Server, feed_token: Web, clock: Clock) -> None:
    found, _ = look(feed_token)
    assert found.memory["reddit_rss_next"] == (NOW + MINUTE).isoformat()
    reddit_pace.RSS.forget()  # another process
    clock.sleep(30)
    [(_, _, run)] = collect.ask([subreddit("r/other")], {"r/haverdale": found.memory}, feed_token, clock.now)
    assert (run.state, len(server.paths)) == ("paused", 1)


def test_a_failed_look_takes_its_minute_too(server: Server, feed_token: Web) -> None:
    server.gives(NEW_FEED, 500)
    found, run = look(feed_token)
    assert (run.state, len(server.paths)) == ("failing", 1)
    assert found.memory["reddit_rss_next"] == (NOW + MINUTE).isoformat()


@pytest.mark.parametrize(
    ("status", "headers", "reason", "until"),
    [
        (429, {"Retry_After": "3900"}, "Resting until 13:05: it asked us to slow down.", "13:05"),
        (429, {}, "Resting until 12:15: it asked us to slow down.", "12:15"),
        (
            403,
            {},
            "Reddit is refusing us: it may want a key, or another feed token. Everything else works.",
            "13:00",
        ),
    ],
)
def test_a_refusal_pauses_it(
    server: Server, feed_token: Web, status: int, headers: dict[str, str], reason: str, until: str
) -> None:
    server.gives(NEW_FEED, status, b"<html>", **headers)
    found, run = look(feed_token)
    assert (run.state, run.reason) == ("paused", reason)
    assert found.memory["retry_at"] == f"2026-11-16T{until}:00+00:00"


def test_a_rest_is_everybodys(server: Server, feed_token: Web, clock: Clock) -> None:
    server.gives(NEW_FEED, 429, Retry_After="3900")
    look(feed_token)
    clock.sleep(120)
    _, run = look(feed_token)
    assert (run.reason, len(server.paths)) == ("Resting until 13:05: Reddit lets us look once a minute.", 1)


@pytest.mark.parametrize(
    ("status", "body", "reason"),
    [
        (404, b"", "There is no subreddit r/haverdale, or no longer."),
        (302, b"", "There is no subreddit r/haverdale, or no longer."),
        (200, b"<!doctype html><html>log in</html>", "It sends a web page instead of a feed."),
    ],
)
def test_what_cannot_be_read_fails(
    server: Server, feed_token: Web, status: int, body: bytes, reason: str
) -> None:
    server.gives(NEW_FEED, status, body, Location="/subreddits/search")
    _, run = look(feed_token)
    assert (run.state, run.reason) == ("failing", reason)


def test_with_neither_key_nor_token_it_is_paused_and_nobody_is_asked(server: Server, reddit: Web) -> None:
    _, run = look(reddit)
    assert (run.state, server.paths) == ("paused", [])
    assert run.reason == (
        "Paused: Reddit needs an approved key, a feed token, or keyless: true where you hold that Reddit "
        "allows it. Everything else works."
    )


def test_the_public_feed_is_read_where_the_operator_says_so(server: Server, reddit: Web) -> None:
    found, run = look(reddit, keyless=True)
    assert (run.state, len(found.posts), server.paths) == ("ok", 2, [f"{NEW_FEED}?limit=100"])


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("REDDIT_CLIENT_ID", "REDDIT_CLIENT_SECRET"),
        ("REDDIT_CLIENT_SECRET", "REDDIT_CLIENT_ID"),
        ("REDDIT_PASSWORD", "REDDIT_USERNAME"),
        ("REDDIT_FEED_TOKEN", "REDDIT_FEED_USER"),
    ],
)
def test_half_a_key_is_told_by_its_name(
    server: Server, reddit: Web, monkeypatch: pytest.MonkeyPatch, name: str, other: str
) -> None:
    monkeypatch.setenv(name, SECRETS[name])
    _, run = look(reddit)
    reason = f"Paused: {name} is set without {other}. Everything else works."
    assert (run.state, run.reason, server.paths) == ("paused", reason, [])


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ({"subreddit": ""}, "Its options name no subreddit; write options: {subreddit: nottingham}."),
        ({"subreddit": "a/../b"}, "Its options name no subreddit; write options: {subreddit: nottingham}."),
        ({"subreddit": "u_QuietHeron41"}, "Somebody's own page is never read."),
        ({"depth": 0}, "Its option depth must be a whole number from 1 to 1,000."),
        ({"depth": "all"}, "Its option depth must be a whole number from 1 to 1,000."),
        ({"dept": 5}, "Its options may be subreddit, comments, depth, keyless; got dept."),
        ({"comments": "no"}, "Its option comments must be true or false."),
    ],
)
def test_wrong_options_are_told(
    server: Server, feed_token: Web, options: dict[str, Any], reason: str
) -> None:
    _, run = look(feed_token, **options)
    assert (run.state, run.reason, server.paths) == ("failing", reason, [])


def test_a_subreddit_may_be_named_by_its_address(server: Server, feed_token: Web) -> None:
    here = source("https://www.reddit.com/r/haverdale/", kind="reddit", channel="public")
    [(_, found, run)] = collect.ask([here], {}, feed_token, NOW)
    assert (run.state, len(found.posts)) == ("ok", 2)


def test_a_secret_goes_out_in_the_clear_to_hosts_allowed_by_name_only(
    server: Server, feed_token: Web
) -> None:
    _, run = look(web_of(Clock(), allow_private=()))
    assert (run.state, server.paths) == ("failing", [])
    assert run.reason == "REDDIT_URL and REDDIT_OAUTH_URL must begin with https://."


def test_a_feed_that_fails_gives_the_other_its_turn(server: Server, feed_token: Web, clock: Clock) -> None:
    server.gives(COMMENT_FEED, 500)
    memory: dict[str, Any] = {}
    for _ in range(4):
        memory = look(feed_token, memory)[0].memory
        clock.sleep(900)
    asked = [path.partition("?")[0] for path in server.paths]
    assert asked == [NEW_FEED, COMMENT_FEED, NEW_FEED, COMMENT_FEED]


@pytest.mark.parametrize(
    ("status", "told", "reason"),
    [
        (403, "private", "r/haverdale is private: only its members may read it."),
        (403, "quarantined", "r/haverdale stands behind a warning page, which a program may not pass."),
        (404, "banned", "Reddit has banned r/haverdale."),
    ],
)
def test_a_feed_tells_reddits_own_reason(
    server: Server, feed_token: Web, status: int, told: str, reason: str
) -> None:
    server.gives(NEW_FEED, status, f'{{"reason": "{told}", "error": {status}}}'.encode())
    _, run = look(feed_token)
    assert (run.state, run.reason) == ("failing", reason)


@pytest.mark.parametrize("mark", MARKS)
def test_an_entry_that_reddit_marks_as_removed_is_not_kept(
    server: Server, feed_token: Web, mark: str
) -> None:
    bare = mark.replace(
        "[content policy](/help/contentpolicy)", '<a href="/help/contentpolicy">content policy</a>'
    )
    escaped = html.escape(f"<p>{bare}</p>")
    feed = (
        written("new.atom")
        .decode()
        .replace("&lt;p&gt;Nobody has cleared the gully since spring.&lt;/p&gt;", escaped)
    )
    assert escaped in feed
    server.gives(NEW_FEED, body=feed.encode(), Content_Type="application/atom+xml")
    found, _ = look(feed_token)
    assert (found.gone, [post.id for post in found.posts]) == (["reddit:t3_weir1"], ["reddit:t3_link2"])
