"""All that is read within a moment is of one moment, whatever is written meanwhile."""

from threading import Thread

import pytest
from store_posts import AREA, DAY, NOW, crowd, post, posts

from listening.store import Store, connect

WINDOW = (NOW - 40 * DAY, NOW + DAY)


def _met(store: Store) -> tuple[int, int, int]:
    """By three roads: posts read, posts counted, posts in the roll-up."""
    tallied = store.tally(*WINDOW, figures=("posts",), channels=None)
    rolled = store.counts(by=("day", "issue"), places=[AREA.code], channels=["public"])
    return len(store.posts(*WINDOW)), int(tallied["posts"].sum()), int(rolled["posts"].sum())


@pytest.mark.parametrize("hold", [False, True])
def test_what_is_written_meanwhile_is_seen_only_afterwards(store: Store, url: str, hold: bool) -> None:
    store.write(crowd(40, days=5, seed=1), AREA, NOW)
    reader = connect(url)
    if hold:
        reader.hold()
        assert reader.held()
    before = _met(reader)
    with reader.moment():
        assert _met(reader) == before
        store.write(posts(post(900)), AREA, NOW)
        assert _met(reader) == before
        with reader.moment():  # one within another is the same
            assert _met(reader) == before
        assert _met(reader) == before
    assert _met(reader) == tuple(number + 1 for number in before)
    reader.close()


def test_a_moment_is_its_thread_s_own(store: Store) -> None:
    store.write(crowd(40, days=5, seed=1), AREA, NOW)
    seen: list[tuple[int, int, int]] = []
    with store.moment():
        before = _met(store)
        store.write(posts(post(900)), AREA, NOW)
        other = Thread(target=lambda: seen.append(_met(store)))
        other.start()
        other.join()
        assert _met(store) == before
    assert seen == [tuple(number + 1 for number in before)]


def test_a_moment_that_ends_in_an_error_is_over(store: Store) -> None:
    store.write(crowd(40, days=5, seed=1), AREA, NOW)
    before = _met(store)
    with pytest.raises(RuntimeError), store.moment():
        raise RuntimeError
    store.write(posts(post(900)), AREA, NOW)
    assert _met(store) == tuple(number + 1 for number in before)
