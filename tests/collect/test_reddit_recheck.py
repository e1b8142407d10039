"""What was deleted on Reddit since we read it."""

import pytest
from haverdale import INFO, TOKEN, page, subreddit
from misbehaving import Server, source

from listening import collect
from listening.collect.web import Web


def test_recheck_finds_what_was_deleted_and_what_is_not_there_any_more(server: Server, key: Web) -> None:
    ids = ["t3_weir1", "t3_gone3", "t1_aaa1", "t1_bbb1", "t1_nowhere"]
    told = [*(f"reddit:{i}" for i in ids), "feed:abc", "reddit:t3_x; drop"]
    gone = collect.recheck(subreddit(), told, {}, key)
    assert gone == ["reddit:t3_gone3", "reddit:t1_bbb1", "reddit:t1_nowhere"]
    assert server.paths[1].startswith("/api/info/?id=t3_weir1%2Ct3_gone3%2Ct1_aaa1%2Ct1_bbb1%2Ct1_nowhere&")


def test_recheck_asks_in_batches_and_believes_no_empty_answer(server: Server, key: Web) -> None:
    server.gives(INFO, body=page([]))
    assert collect.recheck(subreddit(), [f"reddit:t1_{n}" for n in range(250)], {}, key) == []
    assert [path.partition("?")[0] for path in server.paths] == [TOKEN, INFO, INFO, INFO]


@pytest.mark.parametrize("status", [401, 403, 429, 500])
def test_recheck_says_that_it_could_not_ask_where_reddit_does_not_answer(
    server: Server, key: Web, status: int
) -> None:
    server.gives(INFO, status, b"{}")
    assert collect.recheck(subreddit(), ["reddit:t3_weir1"], {}, key) is None


def test_a_kind_that_cannot_recheck_knows_of_nothing_gone(reddit: Web) -> None:
    assert collect.recheck(source(), ["feed:1"], {}, reddit) == []
    assert collect.recheck(source(kind="mastodon"), ["feed:1"], {}, reddit) == []
    assert collect.recheck(subreddit(), ["reddit:t3_weir1"], {}, reddit) == []  # no key
