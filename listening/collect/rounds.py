"""Rounds: who is asked now, side by side, and what became of each.

One task a host, so that a host hears one request at a time and a slow one keeps nobody waiting but
its own sources; of a host that cannot be reached one source is tried, and the others wait for it.
What goes wrong with a source is that source's Run, and nothing else.

A source's memory is a small JSON dict; times in it are ISO 8601, UTC:

==================  =====================================================================
asked_at            when it was last asked
failures            failures in a row
failing_since       when the first of them was
retry_at            not to be asked before: it said so, or it has failed too often (``breaker``)
etag …, body_hash   what a conditional request needs, for the address with the mark `address`
min_interval        seconds it asks to be left alone between two looks; ``max_age``: its server does
ids                 ids of the posts of its last answer that had any (used as `feed.parse` says)
newest              its newest date; for undated items, when we last met one for the first time
rhythm              how it usually speaks: see ``rhythm.learned``
behind              true where its last look ended before it had caught up: it is due at once
is_empty            true where its last answer held nothing
remark              what was odd about its last answer
moved_to            where it sends us for good, and how often it did: see ``moves``
rechecked_at        when its posts were last looked up to see which of them have been deleted
reddit_…, feed …    what only one kind knows; its module says what they are
==================  =====================================================================
"""

import importlib
import queue
import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from listening.area import BROUGHT_IN, Source
from listening.collect import breaker, moves, rhythm
from listening.collect.web import UNREACHABLE, Answer, Web
from listening.errors import CollectError
from listening.post import NOTHING_NEW, NOTHING_YET, Found, Run, State

KINDS = (
    "feed", "reddit", "facebook_page", "fixmystreet", "moderngov", "govuk", "lga", "floods", "mastodon",
    "bluesky",
)  # fmt: skip
TOGETHER = 1_000  # posts of several answers that are handed on together: one transaction of the store
WORKERS = 16  # threads at most; they wait for the network, not for each other
NEED_CHECKLIST = ("public", "report", "heard")  # unless openly licensed
WAITING = "Waiting for the checklist (three minutes)."
OUR_FAULT = "Something went wrong on our side while reading it."
BUSY = "Its server is too busy to answer, look after look."
HOST_DOWN = "Its server could not be reached: {name} was tried for all of its sources."
RECHECK = timedelta(hours=20)  # a deletion is to be followed within 24 hours (the duty of care)
SLACK = timedelta(seconds=20)  # a timer that fires every 15 minutes does not fire to the second

Memory = dict[str, Any]
Outcome = tuple[Source, Found, Run]


def due(source: Source, memory: Memory, now: datetime) -> bool:
    """Whether it is time to ask: by its ``every`` and its own rhythm, its wish for rest, ``Retry-After``.

    A kind whose news is rare and urgent, or runs on while we wait, says ``STEADY = True``: it is always
    asked at its ``every``. One that is ``behind`` is due again at once.
    """
    retry_at, asked_at = _time(memory, "retry_at"), _time(memory, "asked_at")
    if not source.enabled or source.kind in BROUGHT_IN or (retry_at and retry_at > now):
        return False
    if asked_at is None or asked_at > now:  # never, or the clock was put back
        return True
    steady = source.kind not in KINDS or getattr(_module(source.kind), "STEADY", False)
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
        if recall := getattr(_module(kind), "recall", None):
            recall(memories.values())
    yield from _side_by_side(asked, web, now)


def recheck_due(source: Source, memory: Memory, now: datetime) -> bool:
    """Whether it is time to look a source's posts up, where its kind can tell what was deleted."""
    if source.kind not in KINDS or not hasattr(_module(source.kind), "recheck"):
        return False
    last = _time(memory, "rechecked_at")
    return last is None or last > now or now - last >= RECHECK


def recheck(source: Source, ids: Iterable[str], memory: Memory, web: Web) -> list[str] | None:
    """Those of these ids of a source's posts that were deleted or removed where they came from.

    Only some kinds can tell; of the others none is known to be gone. None where it could not be
    asked just now: that is to be tried again.
    """
    check = getattr(_module(source.kind), "recheck", None) if source.kind in KINDS else None
    if check is None:
        return []
    try:
        return list(check(list(ids), dict(memory), web))
    except Exception:  # as in _one: a fault in one source must not stop the others
        return None


def our_fault(run: Run, error: Exception) -> Run:
    """The run of a source whose answer was understood, but could not be kept, through a fault of ours."""
    return replace(run, state="failing", reason=OUR_FAULT, error=type(error).__name__, new=0)


def _module(kind: str) -> Any:
    return importlib.import_module(f"listening.collect.{kind}")


def _side_by_side(asked: list[tuple[Source, Memory]], web: Web, now: datetime) -> Iterator[list[Outcome]]:
    hosts: dict[str, list[tuple[Source, Memory]]] = {}
    for source, memory in sorted(asked, key=_turned_away):
        hosts.setdefault(_host(source), []).append((source, memory))
    done: queue.SimpleQueue[Outcome] = queue.SimpleQueue()
    stop = threading.Event()

    def one_after_the_other(turns: list[tuple[Source, Memory]]) -> None:
        down: dict[str, Outcome] = {}  # by server: the source that was tried
        for source, memory in turns:
            if stop.is_set():
                return
            tried = down.get(server := _server(source))
            outcome = _untried(source, memory, tried, now) if tried else _one(source, memory, web, now)
            if server and outcome[2].reason.startswith(UNREACHABLE):
                down[server] = outcome
            done.put(outcome)

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
    retry_at = _time(found.memory, "retry_at")
    return source, *_failed(source, memory, now, reason, "its server is down", retry_at=retry_at)


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


def _one(source: Source, memory: Memory, web: Web, now: datetime) -> Outcome:
    started = time.perf_counter()
    try:
        found, run = _asked(source, memory, web, now)
    except CollectError as error:
        found, run = _failed(source, memory, now, reason=str(error), detail="not a feed, or damaged")
    except Exception as error:  # a fault of ours in one source must not stop the others
        # Its type only: the text of a foreign error may hold an address with a token.
        found, run = _failed(source, memory, now, reason=OUR_FAULT, detail=type(error).__name__)
    return source, found, replace(run, seconds=round(time.perf_counter() - started, 3))


def _asked(source: Source, memory: Memory, web: Web, now: datetime) -> tuple[Found, Run]:
    kind = _module(source.kind)
    answer: Answer = kind.fetch(source, memory, web.once() if _half_open(memory) else web)
    memory = {**memory, **answer.remember}
    if answer.error:
        state, until = answer.state or "failing", answer.retry_at
        return _failed(source, memory, now, answer.error, answer.detail, state, until, answer.status)
    found: Found = kind.parse(answer, source, now)
    unknown = {post.id for post in found.posts} - set(memory.get("ids") or ())
    fresh = rhythm.really_new(memory, found.posts, unknown)
    kept = _remembered(memory, found, fresh, now)
    if not answer.not_modified:
        kept["is_empty"] = (not found.posts and getattr(kind, "WHOLE", False)) or None
        dates = not getattr(kind, "UNDATED", False)  # where no item ever has one, its absence is nothing odd
        kept["remark"] = _remark(found, kept, renamed=fresh != unknown, dates=dates)
    kept["moved_to"] = moves.noted(memory, answer.moved)
    state, reason = _heard(source, kept, bool(fresh), now, rare=getattr(kind, "RARE", False))
    said = " ".join(filter(None, (reason, kept.get("remark"), moves.told(kept["moved_to"], answer.moved))))
    return replace(found, memory=_lean(kept)), Run(source.name, now, state, said, items=len(found.posts))


def _half_open(memory: Memory) -> bool:
    """Whether this is the one try of a source that rests for its failures."""
    return breaker.opened(memory.get("failures", 0))


def _failed(
    source: Source,
    memory: Memory,
    now: datetime,
    reason: str,
    detail: str | None,
    state: State = "failing",
    retry_at: datetime | None = None,
    status: int | None = None,
) -> tuple[Found, Run]:
    """Validators and ids are kept as they were: they belong to the last answer understood."""
    kept = {**memory, "asked_at": now.isoformat(), "behind": None}
    if status == 503:  # busy now and then is a rest; busy at every look is a failure
        kept["failures"] = memory.get("failures", 0) + 1
        if breaker.opened(kept["failures"]):
            state, reason = "failing", BUSY
    if state == "failing":
        fall = breaker.fall(memory, now)
        retry_at = breaker.until(source, fall, now, status, retry_at)
        kept |= {"failures": fall.failures, "failing_since": fall.since.isoformat()}
        reason = " ".join([reason, *breaker.told(fall, now, status, retry_at)])
    kept["retry_at"] = retry_at and retry_at.isoformat()
    return Found([], memory=_lean(kept)), Run(source.name, now, state, reason, error=detail)


def _remembered(memory: Memory, found: Found, fresh: set[str], now: datetime) -> Memory:
    """The memory after an answer that was understood."""
    kept = {**memory, **found.memory, "asked_at": now.isoformat(), "failures": 0}
    kept |= {"retry_at": None, "failing_since": None}
    kept["ids"] = found.memory.get("ids") or memory.get("ids")  # an empty answer forgets nothing
    news = [t for t in (_time(memory, "newest"), _time(found.memory, "newest")) if t]
    if any(post.id in fresh and not post.dated for post in found.posts):
        news.append(now)
    kept["newest"] = max(news).isoformat() if news else None
    kept["rhythm"] = rhythm.learned(memory, found.posts, fresh, now) or None
    return kept


def _remark(found: Found, kept: Memory, renamed: bool, dates: bool) -> str | None:
    """What is odd about an answer that could be read, in sentences."""
    undated = dates and (kept.get("rhythm") or {}).get("undated") and len(found.posts) >= rhythm.USUALLY
    odd = (found.remark, rhythm.NEW_IDS if renamed else None, rhythm.UNDATED if undated else None)
    return " ".join(filter(None, odd)) or None


def _heard(source: Source, kept: Memory, fresh: bool, now: datetime, rare: bool) -> tuple[State, str]:
    """The state of a source that answered, and its sentence; where news is ``rare``, no silence is odd."""
    late = rhythm.emptied(kept) if kept.get("is_empty") else None
    if not late and _time(kept, "newest") is None:
        return "quiet", NOTHING_YET
    if not rare:
        late = late or rhythm.old(source.every, kept, now) or rhythm.silent(kept, now)
    return ("stale", late) if late else ("ok", "") if fresh else ("quiet", NOTHING_NEW)


def _time(memory: Memory, name: str) -> datetime | None:
    return datetime.fromisoformat(memory[name]) if memory.get(name) else None


def _lean(memory: Memory) -> Memory:
    return {name: value for name, value in memory.items() if value is not None}
