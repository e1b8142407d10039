"""A filter change in the browser: the dashboard beside an empty Streamlit app and a plain one over CSV.

Every app is a real server of its own, and a page of a real Chromium is open on each; the stores are
those of `synthetic`. The dashboard and the empty app run with the dashboard's settings, which leave
out Streamlit's full collection of memory after every run; the plain apps with Streamlit's own. The
apps take turns, a choice at a time. Two things are timed. The server's answer, on the wire between them
(`wire`): from the choice to the last word of the script. And when the page has taken that in, by the
browser's own clock: it reads what comes only between two pieces of drawing, so that charts are in it.
A choice is made for the first time, which has to ask the store, and then again. Before the first choice
each server is let come to rest. Memory is what each server holds after its first page and after all choices.
The servers have one core, the browser and all else the others: a reader's browser is no burden on a council's
server, but here it drew the head of a page while the server reckoned the rest.
"""

import base64
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import numpy as np

from benchmarks import synthetic
from benchmarks.flat import _short, sizes
from benchmarks.wire import Wire, wire

ROOT = Path(__file__).parent.parent
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--disable-gpu"]
WARDS, WAIT = 10, 120.0
CORES = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []
BINARY = 2  # the kind of a web socket's frame
PERIODS = ("Last 28 days", "Last 90 days", "Since midnight", "Last 7 days")


@dataclass
class App:
    """A server with a page open on it."""

    name: str
    pid: int
    address: str
    wire: Wire
    page: Any = None
    sent: float = 0.0
    done: float = 0.0
    times: dict[str, list[float]] = field(default_factory=dict)  # of the answer
    taken: dict[str, list[float]] = field(default_factory=dict)  # until the page has it
    work: dict[str, list[float]] = field(default_factory=dict)
    memory: list[int] = field(default_factory=list)

    def watch(self) -> None:
        """Note when something leaves for the server, and when it says that the script is done.

        By the browser's own clock: on their way here its events wait for all that came before them.
        """
        events = self.page.context.new_cdp_session(self.page)
        events.on("Network.webSocketFrameSent", self._out)
        events.on("Network.webSocketFrameReceived", self._in)
        events.send("Network.enable")

    def _out(self, event: dict[str, Any]) -> None:
        self.sent = self.sent or event["timestamp"]

    def _in(self, event: dict[str, Any]) -> None:
        from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

        if event["response"]["opcode"] == BINARY:
            message = ForwardMsg.FromString(base64.b64decode(event["response"]["payloadData"]))
            if message.WhichOneof("type") == "script_finished" and message.script_finished == 0:
                self.done = event["timestamp"]

    def open(self, path: str) -> float:
        """Seconds to the first sentence of a page."""
        self.done = 0.0
        begun = time.perf_counter()
        self.page.goto(self.address + path)
        self.page.locator("h1, .stMarkdown").first.wait_for(timeout=WAIT * 1e3)
        taken = time.perf_counter() - begun
        self._wait()
        return taken

    def choose(self, box: str, entry: str, kind: str) -> None:
        """Choose an entry by the keyboard, as a reader may; its time goes to `kind`."""
        self.page.get_by_role("combobox", name=box).click()
        self.page.keyboard.type(entry)
        self.page.wait_for_timeout(100)
        self.sent = self.done = 0.0
        self.wire.begin()
        before = self._worked()
        self.page.keyboard.press("Enter")
        self._wait()
        self.times.setdefault(kind, []).append(self.wire.answered())
        self.taken.setdefault(kind, []).append(self.done - self.sent)
        self.work.setdefault(kind, []).append(self._worked() - before)

    def _wait(self) -> None:
        end = time.perf_counter() + WAIT
        while not self.done and time.perf_counter() < end:
            self.page.wait_for_timeout(2)
        if not self.done:
            raise RuntimeError(f"{self.name} did not answer within {WAIT:.0f} s")
        self.page.wait_for_timeout(150)  # let the browser draw before the next choice
        if self.page.locator('[data-testid="stException"], [data-testid="stAlert"]').count():
            raise RuntimeError(f"{self.name} shows an error: a page that fails is quick")

    def _worked(self) -> float:
        """Seconds of processor time the server has used; to a hundredth, so only means are told."""
        words = Path(f"/proc/{self.pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()
        return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")

    def rest(self) -> None:
        """Wait until the server does nothing: after its first page it reads what is counted into memory."""
        before = -1.0
        while before < (now := self._worked()):
            before = now
            self.page.wait_for_timeout(1_500)

    def weigh(self) -> None:
        """Note what the server holds, MB."""
        words = Path(f"/proc/{self.pid}/status").read_text(encoding="utf-8")
        self.memory.append(int(words.split("VmRSS:")[1].split()[0]) // 1024)


def main() -> str:
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return "## pages\n\nNot measured: no playwright here.\n"
    with ExitStack() as stack:
        _keep_to(0, CORES[1:])
        stack.callback(_keep_to, 0, CORES)
        apps = _served(stack)
        player = stack.enter_context(sync_playwright())
        browser = player.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        _driven(apps, browser)
        browser.close()
    return _told(apps)


def _keep_to(process: int, cores: list[int]) -> None:
    """Let a process, and what it starts, run on these cores only; where there is no such choice, on any."""
    if cores and hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(process, cores)


def _served(stack: ExitStack) -> list[App]:
    area = synthetic.area()
    wards = "|".join(["All", *(w.name for w in area.wards)])
    codes = "|".join(f"{w.name}={w.code}" for w in area.wards)
    apps = [stack.enter_context(_server("empty app", "benchmarks/apps/empty.py", {"PLACES": wards}))]
    for size in sizes():
        own = stack.enter_context(tempfile.TemporaryDirectory())
        store = {
            "LISTENING_SAMPLE_STORE": synthetic.built(size, "sqlite"),
            "LISTENING_STORE": f"sqlite:///{own}/none.db",
        }
        apps.append(stack.enter_context(_server(f"dashboard, {_short(size)}", "dashboard.py", store)))
    plain = {
        "STREAMLIT_RUNNER_POST_SCRIPT_GC": "true",
        "PLACES": wards,
        "CODES": codes,
        "CSV": str(synthetic.csv(size)),
    }
    for name, more in (("plain app", {}), ("plain app, cached", {"CACHED": "1"})):
        server = _server(f"{name}, {_short(size)}", "benchmarks/apps/plain.py", plain | more)
        apps.append(stack.enter_context(server))
    return apps


def _driven(apps: list[App], browser: Any) -> None:
    wards = [w.name for w in synthetic.area().wards][:WARDS]
    for app in apps:
        app.page = browser.new_page()
        app.watch()
        app.open("/")
        app.rest()
        app.weigh()
    for turn in ("first time", "again"):
        for ward in wards:
            for app in apps:
                app.choose("Where", ward, f"a ward, {turn}")
    ours = [app for app in apps if app.name.startswith("dashboard")]
    for path, page in (("", "Today"), ("trends", "Trends")):
        for app in ours:
            app.open(f"/{path}")
        for turn in ("first time", "again"):
            if page == "Trends":
                for ward in wards:
                    for app in ours:
                        app.choose("Where", ward, f"Trends: a ward, {turn}")
            for period in PERIODS:
                for app in ours:
                    app.choose("When", period, f"{page}: a period, {turn}")
    for app in apps:
        app.weigh()
    for app in ours:
        for path, page in (("/", "Today"), ("/trends", "Trends")):
            app.times[f"{page} from a link to its first sentence"] = [app.open(path) for _ in range(5)]


def _told(apps: list[App]) -> str:
    empty, *others = apps
    base, idle, drawn = (_all(kind) for kind in (empty.times, empty.work, empty.taken))
    rows = ""
    for app in others:
        for kind, times in app.times.items():
            first, last = _beside(times, np.median(base), np.median), np.quantile(times, 0.95) * 1e3
            if kind in app.work:
                work = _beside(app.work[kind], np.mean(idle), np.mean)
                taken = _beside(app.taken[kind], np.median(drawn), np.median)
                rows += f"| {app.name} | {kind} | {first} | {last:.0f} | {work} | {taken} |\n"
            else:  # a link: an empty app has no first sentence to hold against
                rows += f"| {app.name} | {kind} | {np.median(times) * 1e3:.0f} | | {last:.0f} | | | | |\n"
    memory = "".join(f"| {app.name} | {app.memory[0]} | {app.memory[-1]} |\n" for app in apps)
    changes = {app.name: sum(map(len, app.times.values())) for app in apps}
    return (
        f"## pages\n\nA filter change, ms from the choice to the end of the answer"
        f" (`benchmarks/pages.py`). The empty app's rerun: p50 {np.median(base) * 1e3:.0f},"
        f" p95 {np.quantile(base, 0.95) * 1e3:.0f}; processor time {np.mean(idle) * 1e3:.0f} (the server's,"
        " which a busy machine does not stretch as it does the clock's; means); until the page has taken"
        f" it in, drawing what came before, {np.median(drawn) * 1e3:.0f} (p50).\n\n"
        "| | a change | p50 | over the empty app | p95 | processor | over the empty app |"
        " taken in, p50 | over the empty app |\n"
        f"|---|---|--:|--:|--:|--:|--:|--:|--:|\n{rows}\n"
        f"The server's memory, MB, after its first page and after all changes"
        f" (dashboard {max(changes.values())}, others {min(changes.values())}):\n\n"
        f"| | first | last |\n|---|--:|--:|\n{memory}"
    )


def _all(kinds: dict[str, list[float]]) -> list[float]:
    return [time for times in kinds.values() for time in times]


def _beside(times: list[float], base: Any, middle: Any) -> str:
    """The middle of some times and how much more it is than the empty app's, ms."""
    return f"{middle(times) * 1e3:.0f} | {(middle(times) - base) * 1e3:+.0f}"


@contextmanager
def _server(name: str, script: str, environment: dict[str, str]) -> Iterator[App]:
    """A Streamlit server of its own, ended with the run."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    words = [sys.executable, "-m", "streamlit", "run", script, "--server.port", str(port),
             "--server.headless", "true", "--browser.gatherUsageStats", "false"]  # fmt: skip
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen(words, cwd=ROOT, env=os.environ | environment, **quiet)
    _keep_to(process.pid, CORES[:1])
    try:
        address, end = f"http://127.0.0.1:{port}", time.monotonic() + WAIT
        while time.monotonic() < end:
            try:
                with urlopen(f"{address}/_stcore/health", timeout=2):
                    break
            except OSError:
                time.sleep(0.1)
        with wire(port) as between:
            yield App(name, process.pid, f"http://127.0.0.1:{between.port}", between)
    finally:
        process.terminate()
        process.wait(10)


if __name__ == "__main__":
    print(main())
