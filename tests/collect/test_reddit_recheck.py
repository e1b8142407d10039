"""What was deleted on Reddit since we read it."""

import pytest
from haverdale import INFO, TOKEN, in_turn, page, subreddit
from misbehaving import Server, source

from listening import collect
from listening.collect.turns import Part
from listening.collect.web import Web


def test_recheck_finds_what_was_deleted_and_what_is_not_there_any_more(server: Server, key: Web) -> None:
    ids = ["t3_weir1", "t3_gone3", "t1_aaa1", "t1_bbb1", "t1_nowhere"]
    told = [*(f"reddit:{i}" for i in ids), "feed:abc", "reddit:t3_x; drop"]
    gone = collect.recheck(subreddit(), told, {}, key)
    assert gone == ["reddit:t1_bbb1", "reddit:t1_nowhere", "reddit:t3_gone3"]
    assert server.paths[1].startswith("/api/info/?id=t1_aaa1%2Ct1_bbb1%2Ct1_nowhere%2Ct3_gone3%2Ct3_weir1&")


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


def test_a_recheck_that_breaks_off_tells_what_it_found_and_how_far_it_came(server: Server, key: Web) -> None:
    ids = [f"reddit:t3_p{n}" for n in range(100, 350)]
    in_turn(server, INFO, (200, page([f"p{n}" for n in range(101, 200)]), {}), (403, b"{}", {}))
    gone = collect.recheck(subreddit(), ids, {}, key)
    assert isinstance(gone, Part)
    assert (gone, gone.upto) == (["reddit:t3_p100"], "reddit:t3_p199")


def test_a_kind_that_cannot_recheck_knows_of_nothing_gone(reddit: Web) -> None:
    assert collect.recheck(source(), ["feed:1"], {}, reddit) == []
    assert collect.recheck(source(kind="mastodon"), ["feed:1"], {}, reddit) == []
    assert collect.recheck(subreddit(), ["reddit:t3_weir1"], {}, reddit) is None  # no key: it waits
