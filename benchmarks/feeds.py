"""Feeds as the world writes them: is each read as feedparser reads it, does none hang, and how fast?

Data: some 4,170 documents out of other projects' test suites, 363 of them recorded from real sites,
under ``LISTENING_BENCH_DATA`` (`feeds`); nothing of them is kept here. All are served by a local
server, each as a source of its own, in one collect. What is recorded is also compared entry by entry
with feedparser alone: titles, links and dates are to be equal, or the difference has a reason below.
"""

import calendar
import csv
import os
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import feedparser

import listening
from benchmarks.local import configuration
from listening.area import Area, Source
from listening.clean import text as clean_text
from listening.collect import feed
from listening.collect.web import Answer
from listening.errors import CollectError

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
HOSTS = 250  # addresses of this machine that they are spread over
HERE = Source(
    name="Here", kind="feed", channel="press", every=timedelta(minutes=15), url="http://x.example/f"
)

# Why we differ from feedparser 6.0.14, on purpose.
OWN_ADDRESS = "link: the article's own, where feedparser gives a feed proxy's"
ABSOLUTE = "link: made absolute by the feed's own address"
NO_WEB = "link: none, where feedparser gives what is no web address"
BLANKS = "link: without the blanks in its middle"
ITEMS_OWN = "link: the item's own, where feedparser takes another element's or none"
YEAR_ONE = "date: none, where feedparser gives the year 1"
SUMMER = "date: BST is an hour ahead of UTC, which feedparser does not know"
DAY_FIRST = "date: numbers read day first, as written here"
FOREIGN = "date: read, where feedparser reads none"
NO_REASON = "no reason known"


def main() -> str:
    data = os.environ.get("LISTENING_BENCH_DATA")
    if not data or not Path(data, "feeds/INDEX.csv").exists():
        return "## feeds\n\nNot run: LISTENING_BENCH_DATA does not name the data.\n"
    folder = Path(data, "feeds")
    return (
        "## feeds\n\nReading feeds beside feedparser 6.0.14 (`benchmarks/feeds.py`).\n\n"
        f"{_equality(folder)}\n{_one_collect(folder)}"
    )


def recorded(folder: Path, name: str) -> Iterator[tuple[dict[str, str], bytes]]:
    """Each document that an index lists, with its row."""
    with (folder / name).open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            path = folder / row["repo"].replace("/", "+") / row["path"]
            if path.is_file():
                yield row, path.read_bytes()


def _equality(folder: Path) -> str:
    """The recorded documents, entry by entry."""
    why: Counter[str] = Counter()
    where: dict[str, set[str]] = {}
    documents = entries = fewer = 0
    for row, body in recorded(folder, "RECORDED.csv"):
        documents += 1
        theirs = feedparser.parse(body).entries
        ours = _entries(body)
        fewer += len(ours) < len(theirs)
        for own, other in zip(ours, theirs, strict=False):
            entries += 1
            for reason in _differences(own, other):
                why[reason] += 1
                where.setdefault(reason, set()).add(row["path"])
    rows = "".join(
        f"| {reason} | {number} | {len(where[reason])} |\n" for reason, number in sorted(why.items())
    )
    return (
        f"{documents} recorded documents, {entries:,} entries; with fewer entries than feedparser: {fewer}."
        " Titles, links and dates are equal but for:\n\n| difference, and why | entries | documents |\n"
        f"|---|--:|--:|\n{rows}"
    )


def _entries(body: bytes) -> list[Any]:
    try:
        return feed.read(Answer(url=str(HERE.url), status=200, body=body)).entries
    except CollectError:
        return []


def _differences(own: Any, other: Any) -> Iterator[str]:
    if _plain(own.title) != _plain(other.get("title")):
        yield f"title: {NO_REASON}"
    if (own.link or "") != (other.get("link") or ""):
        yield _other_link(own.link, other.get("link") or "", other)
    moment = _moment(other)
    if own.published != moment:
        yield _other_date(own.published, moment, str(other.get("published") or other.get("updated")))


def _plain(html: str | None) -> str:
    return " ".join((clean_text.plain(html) or "").split()) if html else ""


def _moment(entry: Any) -> datetime | None:
    for name in ("published_parsed", "updated_parsed", "created_parsed"):
        if parsed := entry.get(name):
            return datetime.fromtimestamp(calendar.timegm(parsed), UTC)
    return None


def _other_link(own: str | None, other: str, entry: Any) -> str:
    if own and own == entry.get("feedburner_origlink"):
        return OWN_ADDRESS
    if own and own == "".join(other.split()):
        return BLANKS
    if not urlsplit(other).scheme and other:
        return ABSOLUTE
    if own is None and not other.startswith(("http://", "https://")):
        return NO_WEB
    return ITEMS_OWN if own else f"link: {NO_REASON}"


def _other_date(own: datetime | None, other: datetime | None, written: str) -> str:
    if own is None and other and other.year == 1:
        return YEAR_ONE
    if own and other and "BST" in written and other - own == timedelta(hours=1):
        return SUMMER
    if own and "/" in written:
        return DAY_FIRST
    return FOREIGN if own and other is None else f"date: {NO_REASON}"


def _one_collect(folder: Path) -> str:
    """Every document a source, in one collect of the whole pipeline."""
    documents, expected = {}, {}
    for number, (row, body) in enumerate(recorded(folder, "INDEX.csv")):
        documents[f"/{number}"] = body
        expected[f"/{number}"] = int(row["n_entries"] or 0)
    with tempfile.TemporaryDirectory() as place, serving(documents) as server:
        area = area_of(Path(place), documents, server.server_port)
        store = listening.connect(area.store)
        begun = time.perf_counter()
        runs = listening.listen(area, store, NOW).set_index("source")
        seconds = time.perf_counter() - begun
        ids = _posts_of(documents)
        stored = len(store.posts(noise=True))
        store.close()
    short = [path for path in documents if runs.loc[path, "items"] < min(expected[path], ids[path][1])]
    unread = [p for p in documents if expected[p] == 0 and runs.loc[p, "items"] > 0]
    lost = [p for p in documents if runs.loc[p, "items"] == 0 and runs.loc[p, "state"] == "failing"]
    every = set().union(*(found for found, _ in ids.values()))
    slowest = runs["seconds"].max()
    return (
        f"{len(documents):,} documents as so many sources in one collect: {seconds:.0f} s, all ended;"
        f" the slowest took {slowest:.1f} s. {runs['items'].sum():,} posts read, {stored:,} stored of"
        f" {len(every):,} different ids. Documents with fewer posts than feedparser has different entries"
        f" that say anything: {len(short)}. Read by us where feedparser reads none: {len(unread)}. Refused"
        f" in a sentence (no feed, or damaged beyond reading): {len(lost)},"
        f" of which feedparser gives entries for {sum(expected[p] > 0 for p in lost)}.\n\n"
        "Where entries exist and feedparser reads none, what we read: "
        + ", ".join(f"{Path(p).name} {runs.loc[p, 'items']}" for p in sorted(unread))
        + ".\n"
    )


def _says(entry: Any) -> bool:
    """Whether an entry of feedparser's holds any words."""
    texts = (entry.get("title"), entry.get("summary"), *(c.get("value") for c in entry.get("content", [])))
    return any(_plain(text) for text in texts)


def _name(entry: Any) -> str:
    """What tells an entry from the others: its id, its link, or its words."""
    return str(entry.get("id") or entry.get("link") or (entry.get("title"), entry.get("summary")))


def _posts_of(documents: dict[str, bytes]) -> dict[str, tuple[set[str], int]]:
    """For each document: the ids we give its posts, and how many different entries of it say anything."""
    found = {}
    for path, body in documents.items():
        source = replace(HERE, url=f"http://x.example{path}")
        try:
            posts = feed.parse(Answer(url=str(source.url), status=200, body=body), source, NOW).posts
        except CollectError:
            posts = []
        told = {name for e in feedparser.parse(body).entries if _says(e) for name in [_name(e)]}
        found[path] = ({p.id for p in posts}, len(told))
    return found


def area_of(place: Path, documents: dict[str, bytes], port: int) -> Area:
    urls = {path: f"http://{_host(path)}:{port}{path}" for path in documents}
    area = listening.load(configuration(place, urls))
    return replace(area, allow_private=tuple({_host(path) for path in documents}))


def _host(path: str) -> str:
    return f"127.0.1.{1 + int(path[1:]) % HOSTS}"


class Visit(BaseHTTPRequestHandler):
    """One request for one document."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        body: bytes = self.server.documents[self.path]  # type: ignore[attr-defined]
        tag = f'"{self.path[1:]}"'
        tags: bool = self.server.tags  # type: ignore[attr-defined]
        same = tags and self.headers.get("If-None-Match") == tag
        self.send_response(304 if same else 200)
        if tags:
            self.send_header("ETag", tag)
        self.send_header("Content-Length", str(0 if same else len(body)))
        self.end_headers()
        if not same:
            self.wfile.write(body)

    def log_message(self, *words: Any) -> None:
        """Says nothing."""


@contextmanager
def serving(documents: dict[str, bytes]) -> Iterator[ThreadingHTTPServer]:
    """A server that answers on every address of this machine's own network."""
    server = ThreadingHTTPServer(("0.0.0.0", 0), Visit)
    server.daemon_threads = True
    server.documents = documents  # type: ignore[attr-defined]
    server.tags = True  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


if __name__ == "__main__":
    print(main())
