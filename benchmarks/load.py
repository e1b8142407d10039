"""A busy district's day with everything that goes wrong: is each post there once, is each fault told?

Data: invented posts of the sample area, put on the day's clock and into RSS feeds that carry their
newest items. A local server gives each feed an address of its own and, by a fixed plan, falls silent,
hangs up in mid-answer, asks to be left alone, or sends errors, web pages and half documents. The
collector is a process of its own that is asked every 15 minutes of the simulated day; it is killed
in the midst of its work, its disk is full, or its database is taken down and up again.
"""

import json
import random
import resource
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import listening
from benchmarks import synthetic
from benchmarks.local import ROOT
from listening import sample
from listening.collect.web import Web
from listening.errors import ListeningError
from listening.store import Store

SOURCES, POSTS = 200, 10_000
STEP = timedelta(minutes=15)
BEGIN = datetime(2026, 11, 16, 0, tzinfo=UTC)
CARRIED = 300  # newest items in a feed: more than any of them gets in the longest outage
FAULTS = ("silence", "reset", "429", "429 bare", "503", "404", "page", "half")
SHARE = 0.06  # of answers that are faults
ROOM = 60_000  # bytes the store's file may still grow where the disk is "full"
SEED = 20261122
# What happens to the collector in the midst of a round: to every eighth round something.
MISHAPS = ("kill", "disk", "restart")


@dataclass
class District:
    """The day's posts by source, each with the minute it appears; and what was answered when."""

    posts: dict[int, list[tuple[datetime, str, str, str]]]  # source: time, id, title, text
    now: datetime = BEGIN
    well: bool = False  # no more faults
    told: list[tuple[int, datetime, str]] = field(default_factory=list)  # faults given: source, when, which

    def document(self, source: int) -> bytes:
        """The feed as it stands now."""
        newest = [p for p in self.posts[source] if p[0] <= self.now][-CARRIED:]
        items = "".join(
            f"<item><guid isPermaLink='false'>{id_}</guid><title>{escape(title)}</title>"
            f"<description>{escape(text)}</description><pubDate>{format_datetime(at)}</pubDate></item>"
            for at, id_, title, text in reversed(newest)
        )
        return f"<rss version='2.0'><channel><title>Invented</title>{items}</channel></rss>".encode()

    def fault(self, source: int) -> str | None:
        """What goes wrong with this source in this round; the same for every try within it."""
        dice = random.Random(f"{SEED} {source} {self.now}")
        return dice.choice(FAULTS) if not self.well and dice.random() < SHARE else None


def district(sources: int, posts: int) -> District:
    """So many posts by so many sources over one day, a few sources far busier than the rest."""
    area = listening.load(sample.making.HOME)
    dice = random.Random(SEED)
    rows = sample.posts(area).sample(posts, random_state=SEED)
    busy = [1 / (n + 3) for n in range(sources)]
    by: dict[int, list[tuple[datetime, str, str, str]]] = {n: [] for n in range(sources)}
    for number, row in enumerate(rows.itertuples()):
        at = BEGIN + timedelta(seconds=dice.randrange(24 * 3600))
        title = f"{row.title or 'A post'} [{number}]"  # never a copy: each is to be found again
        by[dice.choices(range(sources), busy)[0]].append((at, f"p{number}", title, row.text or ""))
    return District({n: sorted(found) for n, found in by.items()})


class Visit(BaseHTTPRequestHandler):
    """One request to one of the feeds."""

    def do_GET(self) -> None:
        world: District = self.server.district  # type: ignore[attr-defined]
        source = int(self.path.rsplit("/", 1)[1])
        fault, body = world.fault(source), world.document(source)
        if fault is None:
            self._say(200, body)
            return
        world.told.append((source, world.now, fault))
        with suppress(OSError):  # the visitor may have left
            self._misbehave(fault, body)

    def _misbehave(self, fault: str, body: bytes) -> None:
        if fault == "silence":
            self.connection.settimeout(5)
            self.connection.recv(1)  # until the visitor has had enough
        elif fault == "reset":
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body[: len(body) // 2])
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()
        elif fault.startswith("429"):
            self._say(429, b"", **({} if "bare" in fault else {"Retry-After": "2700"}))
        elif fault in ("503", "404"):
            self._say(int(fault), b"<html>sorry</html>")
        elif fault == "page":
            self._say(200, b"<!doctype html><html><body><p>We are moving house.</p></body></html>")
        else:
            self._say(200, b"<rss version='2.0'><chan")

    def _say(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *words: Any) -> None:
        """Says nothing."""


class Server(ThreadingHTTPServer):
    """Answers on every address of this machine's own network, so that each source is a host."""

    daemon_threads = True
    request_queue_size = 256

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A visitor who hangs up is no error here."""


@contextmanager
def _served(world: District) -> Iterator[int]:
    server = Server(("127.0.0.1", 0), Visit) if len(world.posts) == 1 else Server(("0.0.0.0", 0), Visit)
    server.district = world  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()


def _host(source: int) -> str:
    return f"127.{1 + source // 250}.0.{1 + source % 250}"


def _configuration(folder: Path, world: District, port: int) -> Path:
    hosts = ", ".join(_host(n) for n in world.posts)
    rows = "".join(
        f"  - {{name: Feed {n}, kind: feed, url: 'http://{_host(n)}:{port}/{n}',"
        f" channel: {('press', 'public')[n % 2]}, every: 15 min, display: full}}\n"
        for n in world.posts
    )
    path = folder / "sources.yaml"
    path.write_text(
        f"area: {ROOT / 'data/areas/ashfield'}\nissues: {ROOT / 'data/issues.yaml'}\n"
        "store: sqlite:///listening.db\n"
        "checklist: {controller: Bench, contact: bench@example.org, purpose: to measure,"
        " lawful_basis: none, retention: 90 days}\n"
        f"network: {{allow_private: [{hosts}]}}\nsources:\n{rows}",
        encoding="utf-8",
    )
    return path


class Collector:
    """The collector, a process of its own; asked by a line, it answers with a line."""

    def __init__(self, config: Path, store: str) -> None:
        self.words = [sys.executable, "-m", "benchmarks.load", str(config), store]
        self.process: subprocess.Popen[str] | None = None

    def begin(self, now: datetime, full: bool, every: bool) -> None:
        """Ask for a round."""
        if self.process is None or self.process.poll() is not None:
            self.process = subprocess.Popen(
                self.words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
            )
        assert self.process.stdin
        self.process.stdin.write(json.dumps([now.isoformat(), full, every]) + "\n")
        self.process.stdin.flush()

    def ended(self) -> dict[str, Any]:
        """What it says at the end of the round; {} where it was killed."""
        assert self.process
        assert self.process.stdout
        line = self.process.stdout.readline()
        return json.loads(line) if line else {}

    def kill(self) -> None:
        """Without a word."""
        if self.process:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()
            assert self.process.stdin
            assert self.process.stdout
            self.process.stdin.close()
            self.process.stdout.close()
            self.process = None


def _collect(config: str, address: str) -> None:
    """The collector's own process: a line in, a round, a line out."""
    area = listening.load(config)
    now = BEGIN
    web = Web(
        area.user_agent,
        allow_private=area.allow_private,
        clock=lambda: now,
        sleep=lambda seconds: None,
        connect=1.0,
        read=0.4,
        total=3.0,
    )
    store: Store | None = None
    for line in sys.stdin:
        moment, full, every = json.loads(line)
        now = datetime.fromisoformat(moment)
        try:
            store = store or listening.connect(address)
            if full and store.path:
                _disk(store.path.with_name(store.path.name + "-wal"), ROOM)
            runs = listening.listen(area, store, now, every=every, web=web)
            said = {"asked": len(runs), "new": int(runs["new"].sum())}
        except ListeningError as error:
            said = {"error": str(error)}
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        print(json.dumps(said), flush=True)


def _disk(log: Path, room: int) -> None:
    """No file of this process may grow any further than a little beyond the store's log."""
    size = log.stat().st_size if log.exists() else 0
    resource.setrlimit(resource.RLIMIT_FSIZE, (size + room, resource.RLIM_INFINITY))


@dataclass
class Day:
    """What came of it."""

    rounds: int = 0
    mishaps: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    sentences: set[str] = field(default_factory=set)  # what the collector said of a failed round
    served: int = 0
    stored: int = 0
    twice: int = 0
    lost: int = 0
    faults: int = 0  # answers that were faults
    untold: int = 0  # of them, in rounds that came to their end, those no run tells of
    miscounted: int = 0  # rows of the roll-up that a recount would change
    seconds: float = 0.0


def run(
    folder: Path,
    store: str,
    sources: int = SOURCES,
    posts: int = POSTS,
    rounds: int = 96,
    restart: Callable[[], None] | None = None,
    spacing: int = 8,
) -> Day:
    """A whole day, then one round in which all is well again. ``restart`` takes the database down and up."""
    world, day = district(sources, posts), Day()
    begun = time.perf_counter()
    interrupted: set[datetime] = set()
    with _served(world) as port:
        collector = Collector(_configuration(folder, world, port), store)
        try:
            for number in range(rounds):
                world.now = BEGIN + (number + 1) * STEP * (96 / rounds)
                mishap = _mishap(number, spacing, restart)
                if _round(collector, world.now, mishap, restart, day):
                    interrupted.add(world.now)
            world.well, world.now = True, BEGIN + timedelta(days=2)
            while "asked" not in (said := _told(collector, world.now)):
                day.sentences.add(said["error"])
        finally:
            collector.kill()
    day.rounds, day.seconds = rounds + 1, time.perf_counter() - begun
    _judged(day, world, store, interrupted)
    return day


def _mishap(number: int, spacing: int, restart: Callable[[], None] | None) -> str | None:
    if number % spacing != spacing - 2:
        return None
    kinds = [kind for kind in MISHAPS if kind != ("restart" if restart is None else "disk")]
    return kinds[number // spacing % len(kinds)]


def _round(
    collector: Collector, now: datetime, mishap: str | None, restart: Callable[[], None] | None, day: Day
) -> bool:
    """One round; whether it was broken off."""
    collector.begin(now, mishap == "disk", every=False)
    if mishap:
        day.mishaps[mishap] += 1
    if mishap in ("kill", "restart"):
        time.sleep(random.Random(f"{SEED} {now}").uniform(0.05, 0.8))
        collector.kill() if mishap == "kill" else restart and restart()
        if mishap == "kill":
            return True
    said = collector.ended()
    if "error" in said:
        day.sentences.add(said["error"])
    return "asked" not in said


def _told(collector: Collector, now: datetime) -> dict[str, Any]:
    collector.begin(now, False, every=True)
    return collector.ended()


def _judged(day: Day, world: District, address: str, interrupted: set[datetime]) -> None:
    store = listening.connect(address)
    found = store.posts(noise=True)["title"].tolist()
    expected = {_plain(p[2]) for source in world.posts.values() for p in source}
    day.served, day.stored = len(expected), len(found)
    day.twice = len(found) - len(set(found))
    day.lost = len(expected - {_plain(title) for title in found})
    given = {(source, when) for source, when, _ in world.told}
    runs = store.runs()
    bad = runs[runs["state"].isin(("failing", "paused"))]
    spans: dict[str, list[tuple[Any, Any]]] = defaultdict(list)
    for row in bad.itertuples():
        spans[str(row.source)].append((row.first, row.last))
    day.faults = len(given)
    day.untold = sum(
        not any(first <= when <= last for first, last in spans[f"Feed {source}"])
        for source, when in given
        if when not in interrupted
    )
    day.miscounted = len(store.recount())
    store.close()


def _plain(title: str) -> str:
    """The number that makes a title one of its kind: the words around it are cleaned on their way."""
    return title[title.rindex("[") :]


def main() -> str:
    with tempfile.TemporaryDirectory() as folder:
        days = {"SQLite": run(Path(folder), f"sqlite:///{folder}/listening.db")}
    try:
        server = synthetic.server()
        with tempfile.TemporaryDirectory() as folder:
            days["PostgreSQL"] = run(Path(folder), server.database("load"), restart=server.restart)
    except ImportError:
        pass  # told by its missing row
    rows = "".join(_row(name, day) for name, day in days.items())
    every = {s for day in days.values() for s in day.sentences}
    said = sorted({f"{s.split(': ')[0]}: …: {s.split(': ')[-1]}" for s in every})
    return (
        f"## load\n\nA simulated day of {SOURCES} sources and {POSTS:,} posts, {SHARE:.0%} of all answers"
        f" faults ({', '.join(FAULTS)}); in every eighth round the collector is killed, its disk full or its"
        " database restarted (`benchmarks/load.py`).\n\n"
        "| | posts in | stored | twice | lost | faults given | not told | rounds broken off | roll-up rows"
        " miscounted | minutes |\n|---|--:|--:|--:|--:|--:|--:|---|--:|--:|\n"
        f"{rows}\nWhat a broken round said: {'; '.join(said) or 'nothing'}.\n"
    )


def _row(name: str, day: Day) -> str:
    broken = ", ".join(f"{kind} {number}" for kind, number in day.mishaps.items())
    return (
        f"| {name} | {day.served:,} | {day.stored:,} | {day.twice} | {day.lost} | {day.faults:,} |"
        f" {day.untold} | {broken} of {day.rounds} | {day.miscounted} | {day.seconds / 60:.1f} |\n"
    )


if __name__ == "__main__":
    if len(sys.argv) == 3:
        _collect(sys.argv[1], sys.argv[2])
    else:
        print(main())
