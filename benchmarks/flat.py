"""Does a page cost the same with a hundred times the posts? The count queries, at three sizes of store.

Data: invented posts within 90 days in the sample area's wards and issues, put into the tables by
SQL (the roll-up is made by the store itself): 10,000 and 100,000 posts, and a million where
``LISTENING_BENCH_LARGE`` is set, which takes some minutes to build. The sizes take turns, and
processor time is taken, so that whatever else the machine does weighs little. Beside them the plain
app: pandas over a CSV file with a row an issue of a post (day, issue, ward, voice), read anew for
each page, or kept in memory.
"""

import json
import os
import sqlite3
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

import listening
from listening import sample
from listening.area import Area
from listening.store import Store, facts
from listening.store.places import learn
from listening.store.roll import mark, roll_days, roll_periods
from listening.store.times import local_day

DAYS, SEED, ROUNDS = 90, 1, 15
FLAT = 1.5  # times: what we call the same cost
POST = (
    "pk", "id", "source", "channel", "kind", "published", "collected", "text", "author", "thread",
    "dated", "issues", "issue_tones", "wards", "towns", "maybe_wards", "places", "tone", "cues",
    "flags", "evidence", "version", "day", "late", "seen", "digest",
)  # fmt: skip
MENTION = (
    "day", "post", "issue", "ward", "town", "at", "hour", "placement", "channel", "source", "voice",
    "thread", "tone", "post_tone", "cues", "real", "copy", "late",
)  # fmt: skip
TONES = ("negative", "neutral", "positive", "unclear")
Query = Callable[[], Any]


def main() -> str:
    sizes = [10_000, 100_000, *([1_000_000] if os.environ.get("LISTENING_BENCH_LARGE") else [])]
    area = listening.load(sample.making.HOME)
    with tempfile.TemporaryDirectory() as folder:
        asked = [_queries(_built(size, Path(folder), area), area, Path(folder), size) for size in sizes]
        times = _timed(asked)
    head = "".join(f" p50 {_short(n)} | p95 {_short(n)} |" for n in sizes)
    ratios = "".join(f" {_short(n)} over {_short(sizes[0])} |" for n in sizes[1:])
    rows = "".join(_row(name, times[name]) for name in asked[0])
    return (
        f"## flat\n\nThe queries behind Today and Trends over {DAYS} days: ms of processor time,"
        f" {ROUNDS} rounds in turns; ratios of the medians, **bold** above {FLAT} (`benchmarks/flat.py`).\n\n"
        f"| |{head}{ratios}\n|---|{'--:|' * (3 * len(sizes) - 1)}\n{rows}\n"
        "Counts are read from the roll-up: a row for each cell that has posts, so a larger store fills"
        " more cells until all are full, and no more after that. Exact accounts of a window can only be"
        " counted from its posts, so those queries grow with them.\n"
    )


def _short(number: int) -> str:
    return f"{number // 1_000_000} M" if number >= 1_000_000 else f"{number // 1_000} k"


def _row(name: str, times: list[list[float]]) -> str:
    medians = [float(np.median(t)) for t in times]
    cells = [
        f" {m * 1e3:.1f} | {np.quantile(t, 0.95) * 1e3:.1f} |" for m, t in zip(medians, times, strict=True)
    ]
    for later in medians[1:]:
        ratio = later / medians[0]
        cells.append(f" **{ratio:.1f}** |" if ratio > FLAT else f" {ratio:.1f} |")
    return f"| {name} |{''.join(cells)}\n"


def _timed(asked: list[dict[str, Query]]) -> dict[str, list[list[float]]]:
    """Seconds of this process, by query, size and round."""
    times: dict[str, list[list[float]]] = {name: [[] for _ in asked] for name in asked[0]}
    for turn in range(ROUNDS + 1):
        for name in asked[0]:
            for number, queries in enumerate(asked):
                begun = time.process_time()
                queries[name]()
                if turn:  # the first round only warms up
                    times[name][number].append(time.process_time() - begun)
    return times


def _queries(store: Store, area: Area, folder: Path, size: int) -> dict[str, Query]:
    assert area.clock
    now, ward = area.clock, area.wards[0].name
    week, quarter = now - timedelta(days=7), now - timedelta(days=DAYS)
    csv = folder / f"{size}.csv"
    kept = pd.read_csv(csv)
    by_day = ["day", "issue"]
    return {
        "counts: Trends, days × issues of the area": lambda: store.counts(by_day, since=quarter),
        "counts: Trends, days × issues of a ward": lambda: store.counts(by_day, quarter, places=[ward]),
        "counts: Today, days of a ward": lambda: store.counts("day", quarter, places=[ward]),
        "counts: Today, weeks of a ward": lambda: store.counts("week", quarter, places=[ward]),
        "counts: Today, days × issues × every place": lambda: store.counts((*by_day, "place"), quarter),
        "accounts: a ward, 7 days": lambda: store.tally(week, now, wards=[ward]),
        "accounts: a ward by issue, 7 days": lambda: store.tally(week, now, "issue", wards=[ward]),
        "accounts: the area by issue, 7 days": lambda: store.tally(week, now, "issue"),
        "accounts: the area by issue and ward, 7 days": lambda: store.tally(week, now, ("issue", "ward")),
        "accounts: the area, 90 days": lambda: store.tally(quarter, now),
        "plain app: read the CSV, group by day and issue": lambda: _plain(pd.read_csv(csv)),
        "plain app: the same with the frame in memory": lambda: _plain(kept),
    }


def _plain(posts: pd.DataFrame) -> pd.DataFrame:
    return posts.groupby(["day", "issue"]).agg(posts=("post", "nunique"), voices=("voice", "nunique"))


def _built(size: int, folder: Path, area: Area) -> Store:
    """A store with so many posts, its roll-up made, and the CSV file of the plain app beside it."""
    store = listening.connect(f"sqlite:///{folder / f'{size}.db'}")
    with store._disk.writing() as connection:
        learn(connection, area)
    made = _made(size, area)
    with closing(sqlite3.connect(store.path)) as raw, raw:
        raw.executemany(_insert("post", POST), zip(*_posts(made), strict=True))
        mentions = list(_mentions(made, area))
        raw.executemany(_insert("mention", MENTION), mentions)
    columns = [MENTION.index(name) for name in ("day", "post", "issue", "ward", "voice")]
    plain = pd.DataFrame(
        [[m[c] for c in columns] for m in mentions], columns=["day", "post", "issue", "ward", "voice"]
    )
    plain.to_csv(folder / f"{size}.csv", index=False)
    for day in sorted(set(made["day"])):
        with store._disk.writing() as connection:
            roll_days(connection, [day], area.code)
            mark(connection, [day])
            facts.raise_version(connection)
    assert area.clock
    roll_periods(store._disk, local_day(area.clock, area.zone))
    return store


def _insert(table: str, columns: tuple[str, ...]) -> str:
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"


def _made(size: int, area: Area) -> dict[str, list[Any]]:
    """What differs from post to post: when, who, where, about what, in what tone."""
    dice = np.random.default_rng(SEED)
    assert area.clock
    end = int(area.clock.timestamp())
    at = np.sort(dice.integers(end - DAYS * 86_400, end, size))
    local = pd.to_datetime(at, unit="s", utc=True).tz_convert(area.timezone)
    issues = [i.slug for i in area.issues if not i.noise]
    liked = 1 / np.arange(1, len(issues) + 1)  # some issues are talked of far more than others
    first, second = (dice.choice(len(issues), size, p=liked / liked.sum()) for _ in range(2))
    wards = dice.integers(0, len(area.wards), size)
    known = dice.choice(3, size, p=(0.6, 0.2, 0.2))  # in a ward, in its town only, unknown
    return {
        "at": (at * 1_000_000).tolist(),
        "day": [d.toordinal() for d in local.date],
        "hour": local.hour.tolist(),
        "voice": (dice.zipf(1.3, size) % max(1, size // 4) + 1).tolist(),
        "issues": [
            [issues[a]] if a == b or not two else [issues[a], issues[b]]
            for a, b, two in zip(first, second, dice.random(size) < 0.3, strict=True)
        ],
        "place": list(zip(known.tolist(), wards.tolist(), strict=True)),
        "tone": [TONES[n] for n in dice.choice(4, size, p=(0.4, 0.4, 0.15, 0.05))],
        "cues": dice.choice((0, 1, 2, 4), size, p=(0.6, 0.2, 0.15, 0.05)).tolist(),
        "copy": (dice.random(size) < 0.03).astype(int).tolist(),
    }


def _posts(made: dict[str, list[Any]]) -> list[list[Any]]:
    size = len(made["at"])
    lists = ("issue_tones", "wards", "towns", "maybe_wards", "places", "cues", "flags")
    fixed = dict.fromkeys(lists, "[]") | {"evidence": "{}", "version": "invented", "dated": 1, "late": 0}
    fixed |= {"source": "Haverdale Forum", "channel": "public", "kind": "post"}
    fixed["text"] = "Words that somebody might have written about it. " * 3
    numbers = range(1, size + 1)
    columns: dict[str, list[Any]] = {name: [value] * size for name, value in fixed.items()}
    columns |= {name: [f"invented:{n}" for n in numbers] for name in ("id", "thread", "digest")}
    columns |= dict.fromkeys(("published", "collected", "seen"), made["at"])
    columns |= {"pk": list(numbers), "author": [f"v{v:024x}" for v in made["voice"]]}
    columns |= {"issues": [json.dumps(i) for i in made["issues"]], "tone": made["tone"], "day": made["day"]}
    return [columns[name] for name in POST]


def _mentions(made: dict[str, list[Any]], area: Area) -> Any:
    names = ("day", "at", "hour", "voice", "issues", "place", "tone", "cues", "copy")
    for post, row in enumerate(zip(*(made[n] for n in names), strict=True), 1):
        day, at, hour, voice, issues, (known, number), tone, cues, copy = row
        code, town = area.wards[number].code, area.wards[number].town or "none"
        placement = ("ward", "unknown" if town == "none" else "town", "unknown")[known]
        ward, town = ((code, town), ("none", town), ("none", "none"))[known]
        for issue in issues:
            yield (
                day, post, issue, ward, town, at, hour, placement, "public", "Haverdale Forum", voice, post,
                tone, tone, cues, 1, copy, 0,
            )  # fmt: skip


if __name__ == "__main__":
    print(main())
