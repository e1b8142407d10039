"""The executor seam: the words of clean posts go out to other cores, and their tags come home, in order.

A batch carries words, where they come from, and the area; never who wrote them, the pseudonym key or
the store's address. A worker compiles the area's matchers once a version. Batches may be done twice
without harm, so a worker that is killed costs time only: what it had goes to a new pool.

History is tagged here, and nothing else. A round of sources is a matter of fetching, cleaning, comparing
and storing, which may not or can't leave its process: of its work the tags are a seventh, of an import's
a third (``benchmarks/rounds.py``). With helpers beside it, on two cores, neither was more than 1.12 times
as fast, and both slower where the second core had other work.
"""

import importlib
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from multiprocessing import get_context, parent_process
from typing import Any

import pandas as pd

from listening import analyse
from listening.area import Area
from listening.errors import ListeningError, WordsError

BATCH = 2_000  # posts: half a second's work, so that a bar moves and little is lost
AHEAD = 2  # batches waiting for each worker: the next one is there when it is done
TRIES = 3  # pools lost one after the other without a batch done: then it is no accident
KINDNESS = 5  # by how much workers stand back for the dashboard (``nice``)


def cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def executor(url: str | None = None, workers: int | None = None) -> Executor:
    """A pool of processes on this machine, one a core; with ``url``, Dask's workers at that address.

    Processes are spawned: they inherit no open file, no lock and no connection. A script that
    calls this needs ``if __name__ == "__main__":``. WordsError where dask.distributed is missing.
    """
    if url is None:
        context = get_context("spawn")
        return _Processes(workers or cores(), mp_context=context, initializer=_begin)
    try:
        distributed = importlib.import_module("distributed")
    except ImportError as error:
        raise WordsError(
            f"workers at an address need Dask: {url}: install it with pip install distributed"
        ) from error
    pool: Executor = distributed.Client(url).get_executor()
    return pool


def annotate(
    batches: Iterable[pd.DataFrame], area: Area, make: Callable[[], Executor] = executor
) -> Iterator[pd.DataFrame]:
    """Each batch with ``analyse.TAGS``, in the order given; what is a copy of what stays as it was.

    ``make`` gives a pool, and another where one has lost a worker. Only a few batches are drawn
    ahead, so that memory stays flat. Raises ListeningError where pools die one after the other.
    """
    bare = replace(area, store="")  # an address may hold a password
    feed = iter(batches)
    waiting: deque[pd.DataFrame] = deque()
    sent: deque[Future[pd.DataFrame]] = deque()
    pool, lost = make(), 0
    try:
        while True:
            while len(waiting) < AHEAD * cores() and (batch := next(feed, None)) is not None:
                waiting.append(batch)
            if not waiting:
                return
            try:
                sent.extend(_sent(waiting[n], bare, pool) for n in range(len(sent), len(waiting)))
                done = sent[0].result()
            except BrokenExecutor as error:
                lost += 1
                if lost == TRIES:
                    raise ListeningError(
                        "posts could not be analysed: workers ended unasked, one after the other "
                        "(out of memory?): what is done is kept, run it again"
                    ) from error
                pool.shutdown(wait=False)
                sent.clear()
                pool = make()
                continue
            whole = waiting.popleft().copy()
            sent.popleft()
            lost = 0
            whole[list(analyse.TAGS)] = done
            yield whole
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _sent(posts: pd.DataFrame, area: Area, pool: Executor) -> Future[Any]:
    return pool.submit(analyse.tags, posts[list(analyse.READ)], area)


class _Processes(ProcessPoolExecutor):
    """Processes that never hear Ctrl-C: on a terminal it is sent to all, and a beginner would cry out."""

    def submit(self, *words: Any, **more: Any) -> Future[Any]:  # a process begins when it is needed
        with _undisturbed():
            return super().submit(*words, **more)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Ctrl-C waits until the end of the block, and who is begun in it inherits deaf ears.

    Blocking the signal is not enough: any other thread of this process may take it, and the main
    thread would leave a process half begun, which then cries that it was told nothing.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    heard: list[int] = []
    ours = threading.current_thread() is threading.main_thread()  # elsewhere Ctrl-C does not interrupt
    handler = signal.signal(signal.SIGINT, lambda number, _: heard.append(number)) if ours else None
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        if ours:
            signal.signal(signal.SIGINT, handler or signal.SIG_DFL)
        if heard:
            signal.raise_signal(signal.SIGINT)


def _begin() -> None:
    """A worker's first steps."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends us
    for secret in ("LISTENING_KEY", "LISTENING_STORE"):
        os.environ.pop(secret, None)
    if hasattr(os, "nice"):
        os.nice(KINDNESS)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """A parent that was killed cannot end its workers, and they would wait for ever."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
