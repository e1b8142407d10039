"""Two workers against one: are all cores used, and does the dashboard stay usable meanwhile?

Data: 12,000 invented posts of the sample area, and the sample's posts in a store of their own.
"Cleaning included" is the way of an import: this process cleans a batch (it alone holds the key)
while the workers annotate those before. Each is run in turns; the best of three counts.
The dashboard's part: the figures of a ward, asked again and again while history is tagged anew.
"""

import os
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

import listening
from listening import analyse, clean, engine, pipeline, sample
from listening.area import Area
from listening.sample.making import HOME, KEY
from listening.store import Store

POSTS, ROUNDS = 12_000, 3


def main() -> str:
    area = listening.load(HOME)
    raw = sample.posts(area).tail(POSTS)
    cleaned = clean.run(raw, area, KEY)
    best: dict[str, float] = {}
    for _ in range(ROUNDS):
        for name, run in _ways(raw, cleaned, area).items():
            best[name] = min(best.get(name, 1e9), run())
    head = "| | posts a second | against one |\n|---|--:|--:|\n"
    first = {False: best["annotate: this process"], True: best["clean and annotate: this process"]}
    rows = "".join(
        f"| {name} | {POSTS / seconds:,.0f} | {first[name.startswith('clean')] / seconds:.2f} × |\n"
        for name, seconds in best.items()
    )
    return (
        f"## cores\n\n{POSTS:,} posts in batches of {engine.BATCH:,} on {engine.cores()} cores, best of"
        f" {ROUNDS}; pools are warm (`benchmarks/cores.py`).\n\n{head}{rows}\n"
        f"{_start(area, cleaned)} {_beside(area)}\n"
    )


def _ways(raw: pd.DataFrame, cleaned: pd.DataFrame, area: Area) -> dict[str, Callable[[], float]]:
    def here(batches: Iterator[pd.DataFrame]) -> float:
        begun = time.perf_counter()
        for batch in batches:
            analyse.tags(batch, area)
        return time.perf_counter() - begun

    return {
        "annotate: this process": lambda: here(_batches(cleaned)),
        "annotate: one worker": lambda: _pooled(_batches(cleaned), area, 1),
        "annotate: two workers": lambda: _pooled(_batches(cleaned), area, 2),
        "clean and annotate: this process": lambda: here(_cleaned(raw, area)),
        "clean and annotate: one worker": lambda: _pooled(_cleaned(raw, area), area, 1),
        "clean and annotate: two workers": lambda: _pooled(_cleaned(raw, area), area, 2),
    }


def _batches(posts: pd.DataFrame) -> Iterator[pd.DataFrame]:
    return (posts.iloc[n : n + engine.BATCH] for n in range(0, len(posts), engine.BATCH))


def _cleaned(raw: pd.DataFrame, area: Area) -> Iterator[pd.DataFrame]:
    return (clean.run(batch, area, KEY) for batch in _batches(raw))


def _pooled(batches: Iterator[pd.DataFrame], area: Area, workers: int) -> float:
    """Seconds for all batches by a pool whose workers have compiled the area before."""
    with engine.executor(workers=workers) as pool:
        one = sample.posts(area).head(200)
        for future in [pool.submit(analyse.tags, one, area) for _ in range(4 * workers)]:
            future.result()
        begun = time.perf_counter()
        for _ in engine.annotate(batches, area, lambda: pool):
            pass
        return time.perf_counter() - begun


def _start(area: Area, cleaned: pd.DataFrame) -> str:
    begun = time.perf_counter()
    for _ in engine.annotate([cleaned.head(10)], area, partial(engine.executor, workers=2)):
        pass
    return f"A cold pool's first answer takes {time.perf_counter() - begun:.1f} s."


def _beside(area: Area) -> str:
    """How long a ward's figures take while history is tagged anew, and when nothing else is done."""
    with tempfile.TemporaryDirectory() as folder:
        built, _ = sample.ensure(url=os.environ.get("LISTENING_SAMPLE_STORE"))
        store = listening.connect(f"sqlite:///{shutil.copy(built, folder)}")
        alone = _asked(store, area, lambda: time.sleep(5))
        done: dict[str, Any] = {}

        def tag() -> None:
            begun = time.perf_counter()
            done["posts"] = pipeline.retag(area, store, area.clock, every=True).posts
            done["seconds"] = time.perf_counter() - begun

        busy = _asked(store, area, tag)
        store.close()
    speed = done["posts"] / done["seconds"]
    return (
        f"Tagging {done['posts']:,} stored posts anew: {speed:,.0f} a second, written and counted."
        f" A ward's figures meanwhile: {_told(busy)}; alone: {_told(alone)}."
    )


def _told(seconds: list[float]) -> str:
    return f"p95 {np.quantile(seconds, 0.95) * 1e3:.0f} ms, longest {max(seconds) * 1e3:.0f} ms"


def _asked(store: Store, area: Area, deed: Callable[[], Any]) -> list[float]:
    """Seconds of each asking while something is being done in a thread of its own."""
    assert area.clock
    week, ward = area.clock - timedelta(days=7), area.wards[0].name
    other = threading.Thread(target=deed)
    other.start()
    times = []
    while other.is_alive():
        begun = time.perf_counter()
        store.tally(week, area.clock, "issue", wards=[ward])
        times.append(time.perf_counter() - begun)
        time.sleep(0.05)
    return times


if __name__ == "__main__":
    print(main())
