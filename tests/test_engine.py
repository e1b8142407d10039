"""All cores, and what happens when one of them is taken away: real processes, really killed."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import pandas as pd
import pytest

from listening import analyse, clean, engine, pipeline, sample
from listening.area import Area, load
from listening.errors import ListeningError, WordsError
from listening.sample import making
from listening.store import Store, connect

ROOT = Path(__file__).parent.parent
POSTS = 2_600  # two batches
NOTHING = pipeline.Retagged(0, 0)


@pytest.fixture(scope="module")
def area() -> Area:
    return load(making.HOME)


@pytest.fixture(scope="module")
def older(area: Area) -> Area:
    """The same area as it was before anybody had thought of bins."""
    return replace(area, issues=tuple(i for i in area.issues if i.slug != "bins-waste"))


@pytest.fixture(scope="module")
def posts(area: Area) -> pd.DataFrame:
    return clean.run(sample.posts(area).tail(POSTS), area, making.KEY)


@pytest.fixture(scope="module")
def history(area: Area, older: Area, posts: pd.DataFrame, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store whose posts were all tagged before."""
    path = tmp_path_factory.mktemp("history") / "listening.db"
    store = connect(f"sqlite:///{path}")
    assert area.clock
    store.write(analyse.run(posts, older), older, area.clock)
    store.close()
    return path


@pytest.fixture
def store(history: Path, tmp_path: Path) -> Iterator[Store]:
    shutil.copy(history, tmp_path / "listening.db")
    opened = connect(f"sqlite:///{tmp_path / 'listening.db'}")
    yield opened
    opened.close()


def by_id(store: Store) -> pd.DataFrame:
    return store.posts(noise=True).sort_values("id", ignore_index=True)


def retag(area: Area, store: Store) -> pipeline.Retagged:
    """In this process; other tests have processes of their own."""
    return pipeline.retag(area, store, area.clock, make=partial(ThreadPoolExecutor, 1))


def test_several_processes_say_what_one_says_and_in_order(area: Area, posts: pd.DataFrame) -> None:
    batches = [posts.iloc[n : n + 400] for n in range(0, 1_600, 400)]
    found = engine.annotate(iter(batches), area, partial(engine.executor, workers=2))
    for batch, done in zip(batches, found, strict=True):
        pd.testing.assert_frame_equal(done, analyse.run(batch, area).drop(columns="copy_of"))


def test_a_worker_knows_neither_key_nor_store_and_stands_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LISTENING_KEY", "secret")
    monkeypatch.setenv("LISTENING_STORE", "postgresql://me:secret@nowhere.example/x")
    with engine.executor(workers=1) as pool:
        assert pool.submit(os.getenv, "LISTENING_KEY").result() is None
        assert pool.submit(os.getenv, "LISTENING_STORE").result() is None
        assert pool.submit(os.nice, 0).result() >= engine.KINDNESS


def test_what_is_sent_to_a_worker_holds_no_address_of_a_store_and_nobody_who_wrote(
    area: Area, posts: pd.DataFrame
) -> None:
    sent: list[tuple[pd.DataFrame, Area]] = []

    class Listening(ProcessPoolExecutor):
        def submit(self, deed, *words):  # type: ignore[no-untyped-def]
            sent.append(words)
            return super().submit(deed, *words)

    assert area.store
    list(engine.annotate([posts.head(5)], area, lambda: Listening(1, engine.get_context("spawn"))))
    assert posts["author"].notna().any()
    assert [(list(p.columns), a.store) for p, a in sent] == [(list(analyse.READ), "")]
    assert not set(analyse.READ) & {"id", "author", "thread", "url"}


def test_a_worker_killed_in_mid_run_costs_nothing_but_time(area: Area, posts: pd.DataFrame) -> None:
    pools: list[ProcessPoolExecutor] = []

    def make() -> Executor:
        pools.append(ProcessPoolExecutor(2, engine.get_context("spawn")))
        return pools[-1]

    batches = [posts.iloc[n : n + 200] for n in range(0, 1_600, 200)]
    done = []
    for batch in engine.annotate(batches, area, make):
        done.append(batch)
        if len(done) == 2:
            os.kill(next(iter(pools[0]._processes)), signal.SIGKILL)
    assert len(pools) == 2
    assert [d.index.tolist() for d in done] == [b.index.tolist() for b in batches]


def test_workers_that_always_die_are_an_error_in_a_sentence(area: Area, posts: pd.DataFrame) -> None:
    def make() -> Executor:
        pool = engine.executor(workers=1)
        pool.submit(os._exit, 1)
        return pool

    with pytest.raises(ListeningError, match="workers ended unasked, one after the other"):
        list(engine.annotate([posts.head(5)], area, make))


def test_dask_is_named_where_it_is_missing() -> None:
    with pytest.raises(WordsError, match="tcp://nowhere:1: install it with pip install distributed"):
        engine.executor("tcp://nowhere:1")


def test_a_change_of_issues_reaches_history_its_counts_and_nothing_else(
    area: Area, older: Area, store: Store, posts: pd.DataFrame
) -> None:
    before = by_id(store)
    assert retag(area, store) == pipeline.Retagged(POSTS, 0)
    after = by_id(store)
    fresh = analyse.run(posts, area).sort_values("id", ignore_index=True)
    for name in ("issues", "wards", "tone", "evidence", "version"):
        assert after[name].tolist() == fresh[name].tolist(), name
    assert sum("bins-waste" in issues for issues in after["issues"]) > 50
    same = ["id", "title", "text", "author", "published", "collected", "edited", "copy_of"]
    pd.testing.assert_frame_equal(after[same], before[same])
    assert before["copy_of"].notna().any()
    assert store.recount().empty
    assert retag(area, store) == NOTHING


def test_an_edited_post_is_tagged_anew_too(
    area: Area, older: Area, store: Store, posts: pd.DataFrame
) -> None:
    edited = posts[posts["channel"] == "public"].tail(1)
    later = edited["collected"] + timedelta(hours=1)
    edited = edited.assign(text="The bins were missed in Larkford Bridge again.", collected=later)
    assert area.clock
    store.write(analyse.run(edited, older), older, area.clock)
    assert retag(area, store).posts == POSTS
    found = store.posts(ids=edited["id"].tolist(), noise=True).iloc[0]
    assert found["issues"] == ["bins-waste"]
    assert found["collected"] < later.iloc[0]


def test_what_goes_or_changes_after_it_was_read_stays_gone_and_changed(
    area: Area, older: Area, store: Store
) -> None:
    read = analyse.run(store.stale(analyse.version(area), None, 3), area)
    removed, edited, kept = read["id"]
    assert area.clock
    store.gone([removed], area, area.clock)
    newer = analyse.run(
        read[read["id"] == edited].assign(text="Quite other words.", collected=area.clock), older
    )
    store.write(newer, older, area.clock)
    assert store.retag(read, area) == 1
    assert store.known([removed, edited, kept]) == {edited, kept}
    assert store.posts(ids=[edited], noise=True).iloc[0]["text"] == "Quite other words."
    assert store.recount().empty


def test_frozen_days_keep_their_tags(area: Area, older: Area, store: Store) -> None:
    real = replace(area, invented=False)
    assert area.clock
    gone = store.purge(replace(real, retention=timedelta(days=10)), area.clock - timedelta(hours=4))
    left = by_id(store)
    frozen = store.stale_number(analyse.version(area))[1]
    assert gone
    assert frozen
    assert retag(area, store) == pipeline.Retagged(len(left) - frozen, frozen)
    assert (by_id(store)["version"] == analyse.version(older)).sum() == frozen


@pytest.fixture
def few(area: Area, older: Area, posts: pd.DataFrame, tmp_path: Path) -> Iterator[Store]:
    """A store with 300 posts that were tagged before."""
    opened = connect(f"sqlite:///{tmp_path / 'few.db'}")
    assert area.clock
    opened.write(analyse.run(posts.tail(300), older), older, area.clock)
    yield opened
    opened.close()


def command(store: Store, *words: str) -> subprocess.Popen[str]:
    """``python -m listening …`` on this store, in batches of 100, as from a terminal of its own."""
    code = "from listening import cli, engine; engine.BATCH = 100; cli.main()"
    environment = {**os.environ, "LISTENING_CONFIG": str(making.HOME), "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        [sys.executable, "-c", code, "--store", f"sqlite:///{store.path}", *words],
        env=environment, cwd=ROOT, text=True, start_new_session=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        # Tests that run in the background of a script have Ctrl-C turned off, and hand that on.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )  # fmt: skip


def test_the_whole_command_killed_in_mid_run_leaves_no_process_and_the_next_does_the_rest(
    area: Area, store: Store
) -> None:
    first = command(store, "analyse")
    assert first.stdout
    assert first.stdout.readline() == f"  100 of {POSTS:,}\n"
    first.send_signal(signal.SIGSTOP)
    left = _workers(first)
    first.kill()
    first.communicate()
    begun = store.stale_number(analyse.version(area))[0]
    assert 0 < begun < POSTS
    assert store.recount().empty
    assert retag(area, store) == pipeline.Retagged(begun, 0)
    assert store.recount().empty
    assert set(by_id(store)["version"]) == {analyse.version(area)}
    assert left
    assert not [pid for pid in left if _lives(pid)]


def test_ctrl_c_ends_all_processes_without_a_cry_even_while_they_begin(area: Area, few: Store) -> None:
    process = command(few, "analyse")
    while len(workers := _workers(process)) < 2:  # the first only keeps count of what is shared
        assert process.poll() is None
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does
    said, cries = process.communicate(timeout=60)
    assert (process.returncode, said, cries) == (130, "", "")
    assert not [pid for pid in workers if _lives(pid)]
    assert retag(area, few).posts == 300


def _workers(process: subprocess.Popen[str]) -> list[int]:
    """The processes that this one has begun."""
    asked = subprocess.run(["pgrep", "-P", str(process.pid)], capture_output=True, text=True, check=False)
    return [int(pid) for pid in asked.stdout.split()]


def _lives(pid: int) -> bool:
    """Whether a process is still there after a moment's grace."""
    for _ in range(100):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return False
        time.sleep(0.1)
    return True
