"""Outcome: what became of one source that was asked, and what it is to remember.

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
rechecked_to        the last id that was looked up since then, where others wait for the next round
missed              ids that its kind could not find when it last looked them up
reddit_…, feed …    what only one kind knows; its module says what they are
==================  =====================================================================
"""

import importlib
import time
from dataclasses import replace
from datetime import datetime
from typing import Any

from listening.area import Source
from listening.collect import breaker, moves, rhythm
from listening.collect.web import Answer, Web
from listening.errors import CollectError
from listening.post import NOTHING_NEW, NOTHING_YET, Found, Run, State

OUR_FAULT = "Something went wrong on our side while reading it."
BUSY = "Its server is too busy to answer, look after look."

Memory = dict[str, Any]
Outcome = tuple[Source, Found, Run]


def of(source: Source, memory: Memory, web: Web, now: datetime) -> Outcome:
    """What asking a source came to; nothing is raised for it."""
    started = time.perf_counter()
    try:
        found, run = _asked(source, memory, web, now)
    except CollectError as error:
        found, run = failed(source, memory, now, reason=str(error), detail="not a feed, or damaged")
    except Exception as error:  # a fault of ours in one source must not stop the others
        # Its type only: the text of a foreign error may hold an address with a token.
        found, run = failed(source, memory, now, reason=OUR_FAULT, detail=type(error).__name__)
    return source, found, replace(run, seconds=round(time.perf_counter() - started, 3))


def failed(
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


def our_fault(run: Run, error: Exception) -> Run:
    """The run of a source whose answer was understood, but could not be kept, through a fault of ours."""
    return replace(run, state="failing", reason=OUR_FAULT, error=type(error).__name__, new=0)


def module(kind: str) -> Any:
    """The collector of a kind."""
    return importlib.import_module(f"listening.collect.{kind}")


def moment(memory: Memory, name: str) -> datetime | None:
    """A time that is remembered; None where there is none."""
    return datetime.fromisoformat(memory[name]) if memory.get(name) else None


def _asked(source: Source, memory: Memory, web: Web, now: datetime) -> tuple[Found, Run]:
    kind = module(source.kind)
    answer: Answer = kind.fetch(source, memory, web.once() if _half_open(memory) else web)
    memory = {**memory, **answer.remember}
    if answer.error:
        state, until = answer.state or "failing", answer.retry_at
        return failed(source, memory, now, answer.error, answer.detail, state, until, answer.status)
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


def _remembered(memory: Memory, found: Found, fresh: set[str], now: datetime) -> Memory:
    """The memory after an answer that was understood."""
    kept = {**memory, **found.memory, "asked_at": now.isoformat(), "failures": 0}
    kept |= {"retry_at": None, "failing_since": None}
    kept["ids"] = found.memory.get("ids") or memory.get("ids")  # an empty answer forgets nothing
    news = [t for t in (moment(memory, "newest"), moment(found.memory, "newest")) if t]
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
    if not late and moment(kept, "newest") is None:
        return "quiet", NOTHING_YET
    if not rare:
        late = late or rhythm.old(source.every, kept, now) or rhythm.silent(kept, now)
    return ("stale", late) if late else ("ok", "") if fresh else ("quiet", NOTHING_NEW)


def _lean(memory: Memory) -> Memory:
    return {name: value for name, value in memory.items() if value is not None}
