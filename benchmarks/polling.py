"""What does asking by a source's own rhythm save, what does it cost, and how often is a silence called odd?

Data: when each item of the BBC's UK feed was first seen by a recorder that looked about every 23
minutes, 21 February to 4 May 2021 (``bbcrss/items.jsonl.gz`` under ``LISTENING_BENCH_DATA``). An item
came at a random moment (five draws, fixed seeds) since the recorder's look before, at most half an hour
earlier. The place in an item's address makes slower streams of the same history: a nation, regions.

Every stream is polled from its first item to the end of the record, at a fixed 15 minutes and by
``rhythm.pace`` with ``every`` at 15 minutes. Delay: from the moment an item came to the look that found it.
"""

import gzip
import json
import os
import random
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from statistics import fmean, quantiles
from typing import Any

from listening.collect import rhythm
from listening.post import Post

EVERY = timedelta(minutes=15)
LOOK = timedelta(minutes=30)  # an item came at most this long before the recorder saw it
SEEDS = (1, 2, 3, 4, 5)
BOUNDS = (1, 2, 3, 4, 6)  # times `every`; 1 is a fixed pace
STREAMS: dict[str, Callable[[str], bool]] = {
    "all of the UK feed": lambda place: True,
    "Wales": lambda place: place == "uk-wales",
    "London": lambda place: place == "uk-england-london",
    "Bristol": lambda place: place == "uk-england-bristol",
    "Leeds": lambda place: place == "uk-england-leeds",
    "Nottinghamshire": lambda place: place == "uk-england-nottinghamshire",
}


def main() -> str:
    path = Path(os.environ.get("LISTENING_BENCH_DATA", ""), "bbcrss/items.jsonl.gz")
    if not path.is_file():
        return "## polling\n\nNot run: LISTENING_BENCH_DATA does not name the data.\n"
    draws = [_came(path, seed) for seed in SEEDS]
    rows, bounds = [], []
    for name, wanted in STREAMS.items():
        streams = [sorted(at for place, at in came if wanted(place)) for came, _ in draws]
        end = draws[0][1]
        polls = {bound: _together(streams, end, bound) for bound in BOUNDS}
        fixed, ours = polls[1], polls[rhythm.SLOWEST]
        a_day = len(streams[0]) / ((end - streams[0][0]) / timedelta(days=1))
        rows.append(
            f"| {name} | {a_day:.1f} | {1 - ours[0] / fixed[0]:.0%} | {fmean(fixed[1]):.0f} "
            f"| {fmean(ours[1]):.0f} | {quantiles(ours[1], n=20)[-1]:.0f} | {max(ours[1]):.0f} "
            f"| {ours[2] / len(draws):.1f} |"
        )
        saved = " | ".join(
            f"{1 - polls[b][0] / fixed[0]:.0%}, +{abs(round(fmean(polls[b][1]) - fmean(fixed[1])))} min"
            for b in BOUNDS[1:]
        )
        bounds.append(f"| {name} | {saved} |")
    return (
        "## polling\n\nA recorded feed asked by its own rhythm, against every 15 minutes"
        " (`benchmarks/polling.py`).\n\n"
        "| stream | items a day | looks saved | mean delay, fixed (min) | ours | 95 in 100 within | longest "
        "| silences told in 72 days |\n|---|--:|--:|--:|--:|--:|--:|--:|\n" + "\n".join(rows) + "\n\n"
        "Looks saved and mean delay added, by how many times its `every` a silent source may wait:\n\n"
        f"| stream | {' | '.join(f'{b} ×' for b in BOUNDS[1:])} |\n|---|--:|--:|--:|--:|\n"
        + "\n".join(bounds)
        + "\n"
    )


def _together(streams: list[list[datetime]], end: datetime, bound: int) -> tuple[int, list[float], int]:
    """Looks, delays and odd silences of a stream over all draws."""
    each = [_poll(stream, end, bound) for stream in streams]
    return sum(e[0] for e in each), [delay for e in each for delay in e[1]], sum(e[2] for e in each)


def _came(path: Path, seed: int) -> tuple[list[tuple[str, datetime]], datetime]:
    """The place and the moment of each item, and the end of the record."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        items = [json.loads(line) for line in lines]
    seen = [datetime.fromisoformat(item["first_seen"]) for item in items]
    looks = sorted(set(seen))
    before = {later: max(earlier, later - LOOK) for earlier, later in pairwise(looks)} | {looks[0]: looks[0]}
    chance = random.Random(seed)
    came = []
    for item, at in zip(items, seen, strict=True):
        place = re.sub(r"-\d+$", "", item["guid"].rpartition("/")[2])
        came.append((place, before[at] + chance.random() * (at - before[at])))
    return came, looks[-1]


def _poll(stream: list[datetime], end: datetime, bound: int) -> tuple[int, list[float], int]:
    """How many looks, the delay of each item in minutes, and how many silences were called odd."""
    now, looks, met, odd = stream[0], 0, 0, 0
    memory: dict[str, Any] = {}
    delays, told = [], False
    while now < end:
        looks += 1
        memory["asked_at"] = now.isoformat()
        new = [Post(str(n), "Replay", "press", "article", at, now) for n, at in _until(stream, met, now)]
        delays += [(now - post.published) / timedelta(minutes=1) for post in new]
        met += len(new)
        if new:
            memory["rhythm"] = rhythm.learned(memory, new, {post.id for post in new}, now)
        late = rhythm.silent(memory, now) is not None
        odd, told = odd + (late and not told), late
        now += rhythm.pace(EVERY, memory, bound)
    return looks, delays, odd


def _until(stream: list[datetime], met: int, now: datetime) -> list[tuple[int, datetime]]:
    result = []
    while met < len(stream) and stream[met] <= now:
        result.append((met, stream[met]))
        met += 1
    return result


if __name__ == "__main__":
    print(main())
