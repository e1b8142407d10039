"""Reddit's pace, kept by two processes beside one store."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from store_posts import NOW

from listening.collect.reddit_pace import API_MOST, MINUTE
from listening.store import Store

EACH = 50  # turns of each of two processes: more than fit into a minute together


def test_two_processes_together_ask_no_more_than_one_may(
    store: Store, url: str, other: Callable[..., Any]
) -> None:
    both = [other("pace", url, EACH) for _ in range(2)]
    assert [process.hear() for process in both] == ["ready", "ready"]
    for process in both:
        process.tell("now")
    turns = [[datetime.fromisoformat(process.hear()) for _ in range(EACH)] for process in both]
    assert sorted(turns[0] + turns[1]) == [NOW] * API_MOST + [NOW + MINUTE] * (2 * EACH - API_MOST)


def test_what_a_pace_keeps_is_no_change_of_what_is_shown(store: Store) -> None:
    before = store.version
    store.revise("reddit_api", lambda kept: f"{kept} and one")
    store.revise("reddit_api", lambda kept: f"{kept} and one")
    found: list[str | None] = []
    store.revise("reddit_api", lambda kept: found.append(kept) or "")
    assert (found, store.version) == (["None and one and one"], before)
