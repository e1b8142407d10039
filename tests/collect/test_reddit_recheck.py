"""What was deleted on Reddit since we read it."""

import json

import pytest
from haverdale import INFO, MARKS, TOKEN, in_turn, page, subreddit
from misbehaving import Server, source

from listening import collect
from listening.collect.turns import Gone, Part
from listening.collect.web import Web


def test_recheck_finds_what_was_deleted_and_what_is_not_there_any_more(server: Server, key: Web) -> None:
    ids = ["t3_weir1", "t3_gone3", "t1_aaa1", "t1_bbb1", "t1_nowhere"]
    told = [*(f"reddit:{i}" for i in ids), "feed:abc", "reddit:t3_x; drop"]
    gone = collect.recheck(subreddit(), told, {"missed": ["t1_nowhere"]}, key)
    assert gone == ["reddit:t1_bbb1", "reddit:t1_nowhere", "reddit:t3_gone3"]
    assert server.paths[1].startswith("/api/info/?id=t1_aaa1%2Ct1_bbb1%2Ct1_nowhere%2Ct3_gone3%2Ct3_weir1&")


def test_recheck_asks_in_batches_and_believes_no_empty_answer_before_the_second(
    server: Server, key: Web
) -> None:
    server.gives(INFO, body=page([]))
    ids = [f"reddit:t1_{n:03}" for n in range(250)]
    first = collect.recheck(subreddit(), ids, {}, key)
    assert isinstance(first, Gone)
    assert first == []
    assert [path.partition("?")[0] for path in server.paths] == [TOKEN, INFO, INFO, INFO]
    second = collect.recheck(subreddit(), ids, first.remember, key)
    assert isinstance(second, Gone)
    assert (second, second.remember) == (ids, {"missed": []})


def test_an_answer_that_names_one_of_many_takes_none_of_the_others_with_it(server: Server, key: Web) -> None:
    ids = [f"reddit:t3_p{n:03}" for n in range(101)]
    server.gives(INFO, body=page(["p000"]))
    first = collect.recheck(subreddit(), ids, {}, key)
    assert isinstance(first, Gone)
    server.gives(INFO, body=page([f"p{n:03}" for n in range(100)]))
    second = collect.recheck(subreddit(), ids, first.remember, key)
    assert (first, second) == ([], ["reddit:t3_p100"])  # which stands alone in its batch


def test_what_could_not_be_found_is_remembered_as_long_as_it_is_looked_up(server: Server, key: Web) -> None:
    server.gives(INFO, body=page([]))
    told = {"missed": ["t3_a", "t3_c", "t3_x"]}
    later = collect.recheck(subreddit(), ["reddit:t3_b", "reddit:t3_d"], told, key)
    assert isinstance(later, Gone)
    assert later.remember == {"missed": ["t3_x", "t3_b", "t3_d"]}  # a and c were purged meanwhile
    onward = collect.recheck(subreddit(), ["reddit:t3_d"], told | {"rechecked_to": "reddit:t3_b"}, key)
    assert isinstance(onward, Gone)
    assert onward.remember == {"missed": ["t3_a", "t3_c", "t3_x", "t3_d"]}


@pytest.mark.parametrize("mark", MARKS)
def test_reddits_own_marks_count_at_once(server: Server, key: Web, mark: str) -> None:
    listing = json.loads(page(["weir1", "lamp4"]))
    listing["data"]["children"][0]["data"]["selftext"] = mark
    server.gives(INFO, body=json.dumps(listing).encode())
    assert collect.recheck(subreddit(), ["reddit:t3_weir1", "reddit:t3_lamp4"], {}, key) == [
        "reddit:t3_weir1"
    ]


@pytest.mark.parametrize("author", [None, ""])
def test_a_writer_without_a_name_does_not_stop_the_following_of_deletions(
    server: Server, key: Web, author: str | None
) -> None:
    listing = json.loads(page(["weir1", "lamp4"]))
    weir, lamp = (child["data"] for child in listing["data"]["children"])
    weir["author"], lamp["removed_by_category"] = author, "moderator"
    server.gives(INFO, body=json.dumps(listing).encode())
    assert collect.recheck(subreddit(), ["reddit:t3_weir1", "reddit:t3_lamp4"], {}, key) == [
        "reddit:t3_lamp4"
    ]


def test_deletions_are_followed_by_key_beside_half_a_feed_token(
    server: Server, key: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REDDIT_FEED_TOKEN", "feed-yarrow-6")
    assert collect.recheck(subreddit(), ["reddit:t3_gone3"], {}, key) == ["reddit:t3_gone3"]


@pytest.mark.parametrize("status", [401, 403, 429, 500])
def test_recheck_says_that_it_could_not_ask_where_reddit_does_not_answer(
    server: Server, key: Web, status: int
) -> None:
    server.gives(INFO, status, b"{}")
    assert collect.recheck(subreddit(), ["reddit:t3_weir1"], {}, key) is None


def test_a_recheck_that_breaks_off_tells_what_it_found_and_how_far_it_came(server: Server, key: Web) -> None:
    ids = [f"reddit:t3_p{n}" for n in range(100, 350)]
    in_turn(server, INFO, (200, page([f"p{n}" for n in range(101, 200)]), {}), (403, b"{}", {}))
    gone = collect.recheck(subreddit(), ids, {"missed": ["t3_p100"]}, key)
    assert isinstance(gone, Part)
    assert (gone, gone.upto) == (["reddit:t3_p100"], "reddit:t3_p199")


def test_a_kind_that_cannot_recheck_knows_of_nothing_gone(reddit: Web) -> None:
    assert collect.recheck(source(), ["feed:1"], {}, reddit) == []
    assert collect.recheck(source(kind="mastodon"), ["feed:1"], {}, reddit) == []
    assert collect.recheck(subreddit(), ["reddit:t3_weir1"], {}, reddit) is None  # no key: it waits
