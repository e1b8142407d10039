"""A real feed's history, poll by poll: is each item there once, in its newest words, and none lost?

Data: the raw snapshots of ``bbcrss`` under ``LISTENING_BENCH_DATA`` (the BBC UK feed, February to
May 2021). Each is served by a local server and polled by the whole pipeline at its own hour.
The truth is read from the same documents with feedparser alone.
"""

import os
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import feedparser
import pandas as pd

import listening
from benchmarks.local import configuration, feed_server
from listening.collect.web import Web


def main() -> str:
    data = os.environ.get("LISTENING_BENCH_DATA")
    snapshots = sorted(Path(data, "bbcrss/snapshots/home_uk").glob("*.xml")) if data else []
    if not snapshots:
        return "## replay\n\nNot run: LISTENING_BENCH_DATA does not name the data.\n"
    titles: dict[str, str] = {}
    versions: dict[str, set[str]] = {}
    for path in snapshots:
        for entry in feedparser.parse(path.read_bytes(), sanitize_html=False).entries:
            titles[entry.id] = " ".join(entry.title.split())
            versions.setdefault(entry.id, set()).add(titles[entry.id])
    posts, polls = _replay(snapshots)
    stored = sorted(posts["title"])
    edited = sum(len(v) > 1 for v in versions.values())
    return (
        "## replay\n\nA real feed's history polled through the whole pipeline (`benchmarks/replay.py`).\n\n"
        "| polls | items | stored | stored twice | lost, or not in their newest title | retitled |\n"
        "|--:|--:|--:|--:|--:|--:|\n"
        f"| {polls} | {len(titles)} | {len(posts)} | {int(posts['id'].duplicated().sum())} "
        f"| {len(titles) - _matched(sorted(titles.values()), stored)} | {edited} |\n"
    )


def _replay(snapshots: list[Path]) -> tuple[pd.DataFrame, int]:
    documents = {"/feed": b""}
    with tempfile.TemporaryDirectory() as folder, feed_server(documents) as address:
        area = listening.load(configuration(Path(folder), {"Replay": f"{address}/feed"}))
        store = listening.connect(area.store)
        web = Web(area.user_agent, allow_private=area.allow_private)
        for path in snapshots:
            documents["/feed"] = path.read_bytes()
            now = datetime.strptime(path.stem, "%Y-%m-%dT%H%M%SZ").replace(tzinfo=UTC)
            listening.listen(area, store, now, web=web)
        return store.posts(noise=True), len(snapshots)


def _matched(expected: list[str], stored: list[str]) -> int:
    """How many of the expected titles stand in the stored ones, each used once."""
    left = list(stored)
    found = 0
    for title in expected:
        plain = title.replace("’", "'").replace("‘", "'")
        if plain in left:
            left.remove(plain)
            found += 1
    return found


if __name__ == "__main__":
    print(main())
