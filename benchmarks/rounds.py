"""A round of 1,000 local feeds: what it takes to read them all, and to find that none has changed.

Every feed is a source of its own on one of 250 hosts, all served by this process from this machine; its
time is part of the figures. Long ones: the feeds recorded by others (``benchmarks/feeds.py``) in turn,
whole articles among them, each with all its dates moved on together until its newest item is of the last
day, as in a feed that is alive. Short ones: 20 posts each, invented, of the last weeks.
"""

import os
import re
import tempfile
import time
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import listening
from benchmarks import throughput
from benchmarks.feeds import HERE, NOW, area_of, recorded, serving
from listening import sample
from listening.collect import feed
from listening.collect.web import Answer
from listening.errors import CollectError

MANY = 1_000  # feeds
ITEMS = 20  # of a short one
ROUNDS = (  # minutes after the first, whether the server knows validators, name
    (0, True, "first look"),
    (20, True, "again, answered 304"),
    (40, False, "again, the same bodies sent"),
)


def main() -> str:
    data = Path(os.environ.get("LISTENING_BENCH_DATA", ""), "feeds")
    told = [_table("short", short(MANY))]
    if (data / "RECORDED.csv").exists():
        told.append(_table("long", long(data, MANY)))
    return (
        f"## rounds\n\n{MANY:,} local feeds in a round of the whole pipeline (`benchmarks/rounds.py`):"
        " asked, read, cleaned, analysed and stored.\n\n" + "\n".join(told)
    )


def short(number: int) -> list[bytes]:
    """Invented feeds of 20 posts each, no post in two of them."""
    posts = sample.posts(listening.load(sample.making.HOME))
    posts = posts.sample(number * ITEMS, random_state=1, replace=len(posts) < number * ITEMS)
    posts["id"] = [f"{n}-{name}" for n, name in enumerate(posts["id"])]
    return [throughput.rss(posts.iloc[n : n + ITEMS]) for n in range(0, len(posts), ITEMS)]


def long(folder: Path, number: int) -> list[bytes]:
    """Recorded feeds in turn, brought up to date."""
    bodies = [moved(body) for _, body in recorded(folder, "RECORDED.csv")]
    return [bodies[n % len(bodies)] for n in range(number)]


def _table(name: str, bodies: list[bytes]) -> str:
    documents = {f"/{n}": body for n, body in enumerate(bodies)}
    real, parsed, told = feed.read, list[str](), []
    feed.read = lambda answer: (parsed.append(answer.url), real(answer))[1]
    with tempfile.TemporaryDirectory() as place, serving(documents) as served:
        here = area_of(Path(place), documents, served.server_port)
        store = listening.connect(here.store)
        try:
            for minutes, tags, what in ROUNDS:
                served.tags = tags  # type: ignore[attr-defined]
                parsed.clear()
                begun, worked = time.perf_counter(), time.process_time()
                listening.listen(here, store, NOW + timedelta(minutes=minutes))
                took, work = time.perf_counter() - begun, time.process_time() - worked
                told.append(f"| {what} | {took:.1f} | {work:.1f} | {len(parsed):,} |")
        finally:
            feed.read = real
        stored = len(store.posts(noise=True))
        store.close()
    return (
        f"| {name} feeds: {stored:,} posts | seconds | of processor time | documents parsed |\n"
        "|---|--:|--:|--:|\n" + "\n".join(told) + "\n"
    )


WRITTEN = (  # how feeds write a moment, and how we read and write it again
    (re.compile(rb"\w{3}, \d{1,2} \w{3} \d{4} \d\d:\d\d:\d\d"), "%a, %d %b %Y %H:%M:%S"),
    (re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d"), "%Y-%m-%dT%H:%M:%S"),
)


def moved(body: bytes) -> bytes:
    """A document with all its moments later by as much as makes its newest entry one of the last day."""
    try:
        sheet = feed.read(Answer(url=str(HERE.url), status=200, body=body))
    except CollectError:
        return body
    known = [entry.published for entry in sheet.entries if entry.published]
    by = NOW - timedelta(hours=6) - max(known) if known else timedelta(0)
    for pattern, form in WRITTEN:
        body = pattern.sub(partial(_later, form=form, by=by), body)
    return body


def _later(found: re.Match[bytes], form: str, by: timedelta) -> bytes:
    try:
        moment = datetime.strptime(found[0].decode(), form).replace(tzinfo=UTC)
        return (moment + by).strftime(form).encode()
    except (ValueError, OverflowError):  # no date after all
        return found[0]


if __name__ == "__main__":
    print(main())
