"""Moving a store: all of it, in either direction, and on from where it was broken off."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import delete
from store_posts import AREA, DAY, NOW, crowd, post, posts

from listening.errors import BusyStore, StoreError
from listening.post import Run
from listening.store import Store, connect
from listening.store.schema import mention

POSTS = 700


@pytest.fixture
def full(store: Store) -> Store:
    """A store with something in every table."""
    store.write(crowd(POSTS, days=100, seed=5), AREA, NOW)
    store.write(posts(*(post(n) for n in (8005, 8007, 8008))), AREA, NOW)
    store.purge(AREA, NOW)
    store.erase(AREA, NOW, ids=["invented:8005"])
    store.decide("officer", "note", "invented:8007", "seen", NOW)
    store.decide("officer", "note", "invented:8007", None, NOW, undoes=2)
    store.record(Run("Forum", NOW, "ok", new=3, items=3), {"ids": ["invented:8007"]})
    store.keep_fingerprint("0123456789abcdef")
    told = {"id": ["sold"], "posts": [("invented:8007", "invented:8008")], "was": [("snew",)]}
    stories = pd.DataFrame(told | {"first_seen": [NOW - DAY], "told": [NOW - DAY]})
    store.tell(stories, NOW, store.version)
    return store


@pytest.fixture
def to(request: pytest.FixtureRequest, full: Store, tmp_path: Path) -> str:
    """The other kind of database, empty."""
    if full.path is None:
        return f"sqlite:///{tmp_path}/moved.db"
    return str(request.getfixturevalue("fresh")())


def _all(store: Store) -> dict[str, Any]:
    return {
        "posts": store.posts(noise=True),
        "decisions": store.decisions(),
        "runs": store.runs(),
        "heard": store.heard(NOW),
        "stories": store.stories(NOW - 2 * DAY, NOW),
        "tally": store.tally(NOW - 60 * DAY, NOW, by=("issue", "street")),
        **{p: store.counts(by=(p, "channel", "issue", "place")) for p in ("day", "week", "month")},
    }


def _same(one: Store, two: Store) -> None:
    first, second = _all(one), _all(two)
    for name, frame in first.items():
        pd.testing.assert_frame_equal(second[name], frame, obj=name)
    assert (two.version, two.fingerprint, two.memories()) == (one.version, one.fingerprint, one.memories())


def test_a_moved_store_is_the_same_store(full: Store, to: str) -> None:
    said: list[tuple[str, int, int]] = []
    counts = full.move(to, NOW, lambda *told: said.append(told))
    held = len(full.posts(noise=True))
    assert (counts["post"], counts["search"], counts["decision"], counts["run"]) == (held, held, 3, 1)
    assert said[0] == ("post", 0, held)
    assert [table for table, done, of in said if 0 < done == of] == [
        *("post", "mention", "spot", "sketch", "story", "story_post", "counts")
    ]
    with closing(connect(to)) as moved:
        _same(full, moved)
        assert len(moved.stories(NOW - 2 * DAY, NOW)) == 1
        moved.verify()
        assert moved.recount().empty
        assert moved.posts(search="words 8007")["id"].tolist() == ["invented:8007"]
        again = moved.write(posts(post(8005), post(9_999)), AREA, NOW)
        assert (again.new, again.refused) == (1, 1)  # the tombstone came along
        moved.record(Run("Forum", NOW, "failing"), {})
        with moved.lease("collect", NOW):
            pass


@pytest.mark.parametrize("stop", ["post 200", "mention 300", "counts 400"])
def test_a_move_killed_in_the_middle_cannot_be_mistaken_for_a_store_and_goes_on(
    full: Store, url: str, to: str, other: Callable[..., Any], stop: str
) -> None:
    mover = other("move", url, to)
    while mover.hear() != stop:
        assert mover.process.poll() is None
    mover.kill()
    with pytest.raises(StoreError, match="being moved here, or was and that was broken off"):
        connect(to)
    said: list[tuple[str, int, int]] = []
    full.move(to, NOW, lambda *told: said.append(told))
    table, done = stop.split()
    assert next(n for name, n, _ in said if name == table) >= int(done)  # nothing is done twice
    with closing(connect(to)) as moved:
        _same(full, moved)


def test_a_store_that_went_on_after_a_move_was_broken_off_is_moved_from_the_beginning(
    full: Store, url: str, to: str, other: Callable[..., Any]
) -> None:
    mover = other("move", url, to)
    while mover.hear() != "mention 300":
        assert mover.process.poll() is None
    mover.kill()
    full.erase(AREA, NOW, ids=["invented:8007"])
    full.write(posts(post(8008, text="Edited.", collected=NOW), post(5_000)), AREA, NOW)
    full.move(to, NOW)
    with closing(connect(to)) as moved:
        _same(full, moved)
        assert moved.posts(search="edited")["id"].tolist() == ["invented:8008"]


def test_a_store_written_to_while_it_moves_is_noticed_and_the_next_time_is_whole(
    full: Store, to: str
) -> None:
    def write(table: str, done: int, of: int) -> None:
        if (table, done) == ("spot", of):
            full.decide("admin", "export", "counts", None, NOW)

    with pytest.raises(StoreError, match="it was written to meanwhile"):
        full.move(to, NOW, write)
    full.move(to, NOW)
    with closing(connect(to)) as moved:
        _same(full, moved)


def test_a_place_that_is_taken_is_refused(full: Store, to: str, url: str) -> None:
    with pytest.raises(StoreError, match=r"the store could not be moved: .*: it is there already"):
        full.move(url, NOW)
    full.move(to, NOW)
    full.write(posts(post(9_999)), AREA, NOW)
    with pytest.raises(StoreError, match="there is a store already; name another"):
        full.move(to, NOW)


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_a_file_is_the_same_by_whichever_way_it_is_reached(full: Store, tmp_path: Path) -> None:
    (tmp_path / "way").symlink_to(tmp_path)
    with pytest.raises(StoreError, match="it is there already"):
        full.move(f"sqlite:///{tmp_path}/way/listening.db", NOW)


@pytest.mark.parametrize("changed", ["here", "there"])
def test_a_move_that_is_over_is_only_counted_again_and_never_done_over_what_came_since(
    full: Store, to: str, changed: str
) -> None:
    counts = full.move(to, NOW)
    said: list[tuple[str, int, int]] = []
    assert full.move(to, NOW, lambda *told: said.append(told)) == counts
    assert said == []
    with closing(connect(to)) as moved:
        (full if changed == "here" else moved).remember("Forum", {"ids": []})  # what no version tells
        with pytest.raises(StoreError, match="there is a store already; name another"):
            full.move(to, NOW)
        assert moved.memory("Forum") == ({"ids": ["invented:8007"]} if changed == "here" else {"ids": []})


def test_a_moved_store_that_lost_rows_since_is_called_damaged(full: Store, to: str) -> None:
    full.move(to, NOW)
    with closing(connect(to)) as moved, moved._disk.writing() as connection:
        connection.execute(delete(mention))
    for _ in range(2):
        with pytest.raises(StoreError, match=r"rows are missing: mention 0 of \d+; .* damaged: name another"):
            full.move(to, NOW)


def test_another_stores_broken_off_move_is_left_alone(
    full: Store, to: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        full.move(to, NOW, stop)
    with (
        closing(connect(f"sqlite:///{tmp_path}/another.db")) as another,
        pytest.raises(StoreError, match="another store is being moved there"),
    ):
        another.move(to, NOW)
    full.move(to, NOW)


def test_nothing_moves_while_a_collector_is_at_work(full: Store, to: str) -> None:
    with full.lease("collect", NOW), pytest.raises(BusyStore, match="another collector"):
        full.move(to, NOW)
