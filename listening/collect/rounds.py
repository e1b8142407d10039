"""Rounds: who is asked now, side by side, and what became of each.

One task a host, so that a host hears one request at a time and a slow one keeps nobody waiting but
its own sources; of a host that cannot be reached one source is tried, and the others wait for it.
What goes wrong with a source is that source's Run, and nothing else: see ``outcome``.
"""

import queue
import threading
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from listening.area import BROUGHT_IN, Source
from listening.collect import outcome, rhythm
from listening.collect.outcome import Memory, Outcome
from listening.collect.web import UNREACHABLE, Web
from listening.post import Found, Run

KINDS = (
    "feed", "reddit", "facebook_page", "fixmystreet", "moderngov", "govuk", "lga", "floods", "mastodon",
    "bluesky",
)  # fmt: skip
TOGETHER = 1_000  # posts of several answers that are handed on together: one transaction of the store
WORKERS = 16  # threads at most; they wait for the network, not for each other
NEED_CHECKLIST = ("public", "report", "heard")  # unless openly licensed
WAITING = "Waiting for the checklist (three minutes)."
HOST_DOWN = "Its server could not be reached: {name} was tried for all of its sources."
RECHECK = timedelta(hours=20)  # a deletion is to be followed within 24 hours (the duty of care)
SLACK = timedelta(seconds=20)  # a timer that fires every 15 minutes does not fire to the second


def due(source: Source, memory: Memory, now: datetime) -> bool:
    """Whether it is time to ask: by its ``every`` and its own rhythm, its wish for rest, ``Retry-After``.

    A kind whose news is rare and urgent, or runs on while we wait, says ``STEADY = True``: it is always
    asked at its ``every``. One that is ``behind`` is due again at once.
    """
    retry_at, asked_at = outcome.moment(memory, "retry_at"), outcome.moment(memory, "asked_at")
    if not source.enabled or source.kind in BROUGHT_IN or (retry_at and retry_at > now):
        return False
    if asked_at is None or asked_at > now:  # never, or the clock was put back
        return True
    steady = source.kind not in KINDS or getattr(outcome.module(source.kind), "STEADY", False)
    pace = source.every if steady else rhythm.pace(source.every, memory)
    pace = timedelta(0) if memory.get("behind") else pace
    wished = timedelta(seconds=max(memory.get("min_interval") or 0, memory.get("max_age") or 0))
    return now - asked_at >= max(pace - SLACK, wished)


def waiting(source: Source, checklist_done: bool) -> str | None:
    """Why a source is not asked at all, in a plain sentence; None where nothing is in the way."""
    if not source.enabled:
        return source.why_disabled or "Switched off in sources.yaml."
    if source.kind in BROUGHT_IN:
        return "Brought in by hand: nobody asks it."
    if source.kind not in KINDS:
        return f"Paused: this version cannot read {source.kind} yet."
    if source.channel in NEED_CHECKLIST and not source.licence and not checklist_done:
        return WAITING
    return None


def ask(
    sources: Iterable[Source],
    memories: Mapping[str, Memory],
    web: Web,
    now: datetime,
    checklist_done: bool = True,
) -> Iterator[Outcome]:
    """Each source with what it gave and how it went, in the order they are done.

    ``Found.memory`` is the whole memory to keep. A source that fails gives an empty Found and a
    Run that is failing or paused; nothing is raised for it. Leaving the loop early drops what has
    not been asked yet. ``Run.new`` is 0: only the store knows.
    """
    for some in ready(sources, memories, web, now, checklist_done):
        yield from some


def ready(
    sources: Iterable[Source],
    memories: Mapping[str, Memory],
    web: Web,
    now: datetime,
    checklist_done: bool = True,
) -> Iterator[list[Outcome]]:
    """As ``ask``, but all that are done by the time they are asked for at once: at least one.

    Nothing is waited for but the first; a list ends with the answer that brings it to ``TOGETHER`` posts.
    """
    asked: list[tuple[Source, Memory]] = []
    for source in sources:
        memory = dict(memories.get(source.name, {}))
        if reason := waiting(source, checklist_done):
            yield [(source, Found([], memory=memory), Run(source.name, now, "paused", reason))]
        else:
            asked.append((source, memory))
    for kind in {source.kind for source, _ in asked}:
        if recall := getattr(outcome.module(kind), "recall", None):
            recall(memories.values())
    yield from _side_by_side(asked, web, now)


def recheck_due(source: Source, memory: Memory, now: datetime) -> bool:
    """Whether it is time to look a source's posts up, where its kind can tell what was deleted.

    A source that is switched off, or asked once a week, is looked up too: its posts are still shown.
    """
    if source.kind not in KINDS or not hasattr(outcome.module(source.kind), "recheck"):
        return False
    if "rechecked_to" in memory:
        return True
    last = outcome.moment(memory, "rechecked_at")
    return last is None or last > now or now - last >= RECHECK


def recheck_most(source: Source) -> int:
    """How many of a source's posts are looked up in one round."""
    return int(outcome.module(source.kind).MOST_RECHECKED)


def resting(before: Memory, memory: Memory, now: datetime) -> bool:
    """Whether a source is to be left alone, by what was known when the round began and is known now.

    One that fails is looked up when its own rest is over, even where it has just failed again.
    """
    known = outcome.moment(before, "retry_at")
    return bool((known and known > now) or wished(memory, now))


def wished(memory: Memory, now: datetime) -> datetime | None:
    """Until when a source, or all of its platform, asked to be left alone; None where it didn't.

    The rest of one that fails is our own wish, not its.
    """
    until = outcome.moment(memory, "retry_at")
    return until if until and until > now and not memory.get("failures") else None


def recheck(source: Source, ids: Iterable[str], memory: Memory, web: Web) -> list[str] | None:
    """Those of these ids of a source's posts that were deleted or removed where they came from.

    Only some kinds can tell; of the others none is known to be gone. A ``turns.Part`` where it broke
    off; None where it could not be asked just now: that is to be tried again.
    """
    check = getattr(outcome.module(source.kind), "recheck", None) if source.kind in KINDS else None
    if check is None:
        return []
    try:
        gone: list[str] = check(list(ids), dict(memory), web)
        return gone
    except Exception:  # as in ``outcome.of``: a fault in one source must not stop the others
        return None


def _side_by_side(asked: list[tuple[Source, Memory]], web: Web, now: datetime) -> Iterator[list[Outcome]]:
    hosts: dict[str, list[tuple[Source, Memory]]] = {}
    for source, memory in sorted(asked, key=_turned_away):
        hosts.setdefault(_host(source) or source.kind, []).append((source, memory))
    done: queue.SimpleQueue[Outcome] = queue.SimpleQueue()
    stop = threading.Event()

    def one_after_the_other(turns: list[tuple[Source, Memory]]) -> None:
        down: dict[str, Outcome] = {}  # by server: the source that was tried
        for source, memory in turns:
            if stop.is_set():
                return
            tried = down.get(server := _server(source))
            came = _untried(source, memory, tried, now) if tried else outcome.of(source, memory, web, now)
            if server and came[2].reason.startswith(UNREACHABLE):
                down[server] = came
            done.put(came)

    pool = ThreadPoolExecutor(WORKERS, thread_name_prefix="collect")
    try:
        for turns in hosts.values():
            pool.submit(one_after_the_other, turns)
        left = len(asked)
        while left:
            some = _drawn(done)
            left -= len(some)
            yield some
    finally:
        stop.set()
        pool.shutdown(wait=False, cancel_futures=True)


def _drawn(done: queue.SimpleQueue[Outcome]) -> list[Outcome]:
    """The first outcome as soon as there is one, and those that are there by then."""
    some = [done.get()]
    posts = len(some[0][1].posts)
    while posts < TOGETHER and not done.empty():  # nobody else takes any
        some.append(done.get())
        posts += len(some[-1][1].posts)
    return some


def _untried(source: Source, memory: Memory, tried: Outcome, now: datetime) -> Outcome:
    """What is said of a source whose server was found down a moment ago: it waits as long as that one."""
    other, found, _ = tried
    reason = HOST_DOWN.format(name=other.name)
    retry_at = outcome.moment(found.memory, "retry_at")
    return source, *outcome.failed(source, memory, now, reason, "its server is down", retry_at=retry_at)


def _turned_away(turn: tuple[Source, Memory]) -> str:
    """Who had to wait longest goes first: where a host allows one look a minute, all get their turn."""
    return turn[1].get("retry_at") or "~"  # after every date


def _host(source: Source) -> str:
    try:
        return urlsplit(source.url or "").hostname or ""
    except ValueError:
        return ""


def _server(source: Source) -> str:
    """Its host and port, as far as the address names them; empty where there is none."""
    return urlsplit(source.url or "").netloc.rpartition("@")[2].lower() if _host(source) else ""
