"""A round of 1,000 local feeds: what it takes to read them all, and to find that none has changed.

Every feed is a source of its own on one of 250 hosts, all served by this process from this machine; its
time is part of the figures. Long ones: the feeds recorded by others (``benchmarks/feeds.py``) in turn,
whole articles among them, each with all its dates moved on together until its newest item is of the last
day, as in a feed that is alive. Short ones: 20 posts each, invented, of the last weeks. The same 20,000
come in as a file too.

"Tags" is the processor time of all analysis but the search for copies: what workers could take over. The
rest of a first look is fetched, redacted, compared and stored by the process that alone may do it, so
one over the rest's share is the most that any number of workers could win.
"""

import os
import re
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pandas as pd

import listening
from benchmarks import throughput
from benchmarks.feeds import HERE, NOW, area_of, recorded, serving
from benchmarks.local import configuration
from listening import analyse, sample
from listening.area import Area
from listening.collect import feed
from listening.collect.web import Answer
from listening.errors import CollectError
from listening.receive import deed

MANY = 1_000  # feeds
ITEMS = 20  # of a short one
ROUNDS = (  # minutes after the first, whether the server knows validators, name
    (0, True, "first look"),
    (20, True, "again, answered 304"),
    (40, False, "again, the same bodies sent"),
)


def main() -> str:
    data = Path(os.environ.get("LISTENING_BENCH_DATA", ""), "feeds")
    told = [_table("short", short(MANY)), _file(MANY * ITEMS)]
    if (data / "RECORDED.csv").exists():
        told.append(_table("long", long(data, MANY)))
    return (
        f"## rounds\n\n{MANY:,} local feeds in a round of the whole pipeline (`benchmarks/rounds.py`):"
        " asked, read, cleaned, analysed and stored.\n\n" + "\n".join(told)
    )


def short(number: int) -> list[bytes]:
    """Invented feeds of 20 posts each, no post in two of them."""
    posts = _invented(number * ITEMS)
    posts["id"] = [f"{n}-{name}" for n, name in enumerate(posts["id"])]
    return [throughput.rss(posts.iloc[n : n + ITEMS]) for n in range(0, len(posts), ITEMS)]


def _invented(number: int) -> pd.DataFrame:
    posts = sample.posts(listening.load(sample.making.HOME))
    return posts.sample(number, random_state=1, replace=len(posts) < number)


def long(folder: Path, number: int) -> list[bytes]:
    """Recorded feeds in turn, brought up to date."""
    bodies = [moved(body) for _, body in recorded(folder, "RECORDED.csv")]
    return [bodies[n % len(bodies)] for n in range(number)]


def _table(name: str, bodies: list[bytes]) -> str:
    documents = {f"/{n}": body for n, body in enumerate(bodies)}
    real, parsed, told = feed.read, list[str](), list[str]()
    feed.read = lambda answer: (parsed.append(answer.url), real(answer))[1]
    with tempfile.TemporaryDirectory() as place, serving(documents) as served:
        here = area_of(Path(place), documents, served.server_port)
        store = listening.connect(here.store)
        try:
            for minutes, tags, what in ROUNDS:
                served.tags = tags  # type: ignore[attr-defined]
                parsed.clear()
                begun, worked = time.perf_counter(), time.process_time()
                with tagging() as tagged:
                    listening.listen(here, store, NOW + timedelta(minutes=minutes))
                took, work = time.perf_counter() - begun, time.process_time() - worked
                told.append(f"| {what} | {took:.1f} | {work:.1f} | {sum(tagged):.1f} | {len(parsed):,} |")
        finally:
            feed.read = real
        stored = len(store.posts(noise=True))
        store.close()
    return (
        f"| {name} feeds: {stored:,} posts | seconds | of processor time | tags | documents parsed |\n"
        "|---|--:|--:|--:|--:|\n" + "\n".join(told) + "\n"
    )


def _file(rows: int) -> str:
    """The same as a CSV file of residents' words, brought in once."""
    posts = _invented(rows)
    posts["author"] = [f"writer{n % 3_000}" for n in range(rows)]
    with tempfile.TemporaryDirectory() as place:
        here = listening.load(configuration(Path(place), {"One": "http://127.0.0.1/"}, "public"))
        store, file = listening.connect(here.store), Path(place, "rows.csv")
        posts[["published", "author", "title", "text"]].to_csv(file, index=False)
        begun, worked = time.perf_counter(), time.process_time()
        with tagging() as tagged:
            said = deed.bring_in(store, here, deed.Asked(file, "One", yes=True), NOW, str, None)
        took, work = time.perf_counter() - begun, time.process_time() - worked
        store.close()
    new = said.split(" new")[0]
    return (
        f"| a file of {rows:,} rows, {int(new):,} of them posts of their own | seconds | of processor time"
        f" | tags |\n|---|--:|--:|--:|\n| import | {took:.1f} | {work:.1f} | {sum(tagged):.1f} |\n"
    )


@contextmanager
def tagging() -> Iterator[list[float]]:
    """Seconds of processor time of each call of ``analyse.tags`` inside."""
    real, found = analyse.tags, list[float]()

    def timed(posts: pd.DataFrame, area: Area) -> pd.DataFrame:
        begun = time.thread_time()
        tagged = real(posts, area)
        found.append(time.thread_time() - begun)
        return tagged

    analyse.tags = timed
    try:
        yield found
    finally:
        analyse.tags = real


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
