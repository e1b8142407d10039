"""A real process is killed in the middle of writing: nothing is double, nothing half, nothing lost."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from store_posts import AREA, NOW, crowd

from listening.store import Store, connect

POSTS, CALLS = 2_400, 4


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The same posts, written without any accident."""
    store = connect(f"sqlite:///{tmp_path_factory.mktemp('whole')}/listening.db")
    store.write(crowd(POSTS, days=60, seed=11), AREA, NOW)
    return store


def _posts(store: Store) -> pd.DataFrame:
    return store.posts(noise=True).sort_values("id", ignore_index=True)


def _stirred(path: Path, times: int, process: Any) -> None:
    """Wait until the write-ahead log has been written to so many times: in the midst of a transaction."""
    log, seen = path.with_name(path.name + "-wal"), set[int]()
    while len(seen) <= times and process.poll() is None:
        if log.exists():
            seen.add(log.stat().st_mtime_ns)


@pytest.mark.parametrize(
    ("call", "writes"),
    [(0, 20), (1, 1), *(pytest.param(*point, marks=pytest.mark.slow) for point in ((0, 0), (2, 5), (3, 3)))],
)
def test_a_writer_killed_at_any_point_leaves_a_whole_store_and_the_next_run_completes_it(
    tmp_path: Path, other: Callable[..., Any], whole: Store, call: int, writes: int
) -> None:
    path = tmp_path / "listening.db"
    writer = other("write", f"sqlite:///{path}", POSTS, CALLS)
    while writer.hear() != f"begin {call}":
        pass
    _stirred(path, writes, writer.process)
    writer.kill()
    assert writer.process.returncode != 0  # killed, not done
    store = connect(f"sqlite:///{path}")
    assert store.recount().empty
    found = _posts(store)
    assert found["id"].is_unique
    written = store.write(crowd(POSTS, days=60, seed=11), AREA, NOW)
    assert (written.new, written.unchanged) == (POSTS - len(found), len(found))
    pd.testing.assert_frame_equal(_posts(store), _posts(whole))
    for period in ("day", "week", "month"):
        by = (period, "channel", "issue", "place")
        pd.testing.assert_frame_equal(store.counts(by=by), whole.counts(by=by))
    assert store.recount().empty
    store.close()
