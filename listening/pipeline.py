"""The way itself: a source is asked, its posts are cleaned, understood and kept.

    sources.yaml ─► collect ─► clean ─► analyse ─► store        (summarise and show read from there)

Cleaning happens in the process that collected, before anything is written; see ``intake``.
"""

import os
import socket
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pandas as pd

from listening import analyse, collect, engine
from listening.area import BROUGHT_IN, Area
from listening.collect.web import Web
from listening.errors import WordsError
from listening.intake import follow_deletions, kept, together, understand
from listening.post import Run
from listening.store import Store, Written, keys
from listening.summarise.identity import assigned
from listening.summarise.stories import HISTORY

RUN_COLUMNS = ("source", "state", "items", "new", "error", "seconds", "reason")
Progress = Callable[[Run, int, int], None]  # a source's run, how many are done, of how many


@dataclass(frozen=True)
class Retagged:
    """What became of the posts that another version had tagged."""

    posts: int  # tagged anew
    frozen: int  # left as they were: their days are counted for good


def listen(
    area: Area,
    store: Store,
    now: datetime | None = None,
    *,
    every: bool = True,
    web: Web | None = None,
    progress: Progress | None = None,
) -> pd.DataFrame:
    """Ask the sources and keep what they say: one row a source (RUN_COLUMNS).

    ``every=False`` asks only the sources that are due. One failing source never stops the others.
    Raises BusyStore where another collector is at work, and WrongKey where the pseudonym key is
    not the one this store was begun with.
    """
    not_invented(area)
    moment = now or datetime.now(UTC)
    key = keys.key(store, area, make=True)
    with store.lease(_owner(), moment) as lease:
        memories = store.memories()
        asked = [
            s
            for s in area.sources
            if s.enabled
            and s.kind not in BROUGHT_IN
            and (every or collect.due(s, memories.get(s.name, {}), moment))
        ]
        runs = []
        web = (web or _web(area)).paced(store.revise)
        answers = collect.ready(asked, memories, web, moment, checklist_done=not area.checklist.missing)
        for some in (group for ready in answers for group in together(ready)):
            for run in kept(some, memories, area, store, key, moment):
                runs.append(run)
                if progress:
                    progress(run, len(runs), len(asked))
                lease.renew(now or datetime.now(UTC))  # a long round keeps its lease
        for source in area.sources:  # asked in this round or not: their posts are shown
            before = memories.get(source.name, {})
            if not collect.recheck_due(source, before, moment):
                continue
            follow_deletions(source, area, store, web, moment, before)
            lease.renew(now or datetime.now(UTC))
        store.roll(area, moment)
        store.purge(area, moment)
        tell_stories(store, moment)
    return pd.DataFrame([[getattr(r, c) for c in RUN_COLUMNS] for r in runs], columns=list(RUN_COLUMNS))


def tell_stories(store: Store, now: datetime) -> None:
    """Let what has been written since the last time join the stories it belongs to, or begin new ones.

    Only posts of the last 28 days are looked at. Where nothing has been written nothing is done;
    after a process was killed between its posts and here, the next one finds that these wait.
    """
    version = store.version
    if store.told == version:
        return
    posts = store.posts(now - HISTORY, now + timedelta(microseconds=1))  # one published now is among them
    store.tell(assigned(posts, now, store.stories(now - HISTORY, now)), now, version)


def retag(
    area: Area,
    store: Store,
    now: datetime | None = None,
    *,
    every: bool = False,
    make: Callable[[], Executor] = engine.executor,
    progress: Callable[[int, int], None] | None = None,
) -> Retagged:
    """Tag anew, on all cores, every post that another version of the analysis has tagged.

    Stopped at any point, it has kept what it had done, and the next run does the rest. ``every``
    takes posts of the present version too, and so begins at the first again.
    ``progress`` hears how many are done, of how many. Words stay, copies keep their roots,
    frozen days stay as they are, and so do labels without any words.
    """
    version = None if every else analyse.version(area)
    waiting, frozen = store.stale_number(version)
    seen = done = 0
    batches = _stale(store, version)
    for tagged in engine.annotate(batches, area, make) if waiting else ():
        done += store.retag(tagged, area)
        seen += len(tagged)
        if progress:
            progress(min(seen, waiting), waiting)
    store.roll(area, now or datetime.now(UTC))
    return Retagged(done, frozen)


def _stale(store: Store, version: str | None) -> Iterator[pd.DataFrame]:
    """The posts to be tagged anew, oldest first, a batch at a time."""
    after = None
    while len(batch := store.stale(version, after, engine.BATCH)):
        yield batch
        last = batch.iloc[-1]
        after = (last["published"].to_pydatetime(), str(last["id"]))


def _web(area: Area) -> Web:
    return Web(area.user_agent, allow_private=area.allow_private)


def _owner() -> str:
    return f"{socket.gethostname()}:{os.getpid()}"


def bring_in(
    rows: pd.DataFrame,
    area: Area,
    store: Store,
    now: datetime,
    labels: pd.DataFrame | None = None,
    *,
    alone: bool = True,
) -> Written:
    """Posts out of a file, by the same way as all others.

    Their ``source`` must stand in sources.yaml, and residents' words wait for the checklist there
    as everywhere. ``labels`` (ANNOTATIONS but evidence and version, by post id) come from an export
    of ours, of this version of the analysis or without words, and hold against what is read from its text.
    ``alone=False`` is for a single note, which goes in beside a collector at work: its write is one
    short transaction. Else BusyStore is raised where one is.
    """
    admit(rows, area)
    key = keys.key(store, area, make=True)
    with store.lease(_owner(), now) if alone else nullcontext():
        written = understand(rows, area, store, key, now, labels)
        tell_stories(store, now)
    return written


def admit(rows: pd.DataFrame, area: Area) -> None:
    """Nothing, where these posts may come in; else a WordsError that says what is in the way."""
    not_invented(area)
    unknown = sorted(set(rows["source"]) - set(area.source_by_name))
    if unknown:
        raise WordsError(
            f"source must be a name in {area.config.name}; got {unknown[0]!r}"
            f" (it has: {', '.join(sorted(area.source_by_name))})"
        )
    if area.checklist.missing and _needs_checklist(rows, area):
        raise WordsError(
            f"importing residents' words waits for the checklist in {area.config.name};"
            f" still empty: {', '.join(area.checklist.missing)}"
        )


def not_invented(area: Area) -> None:
    """Real words and invented ones never meet in a store: a WordsError where the area is invented."""
    if area.invented:
        raise WordsError(
            f"an invented area is made, never collected into or imported into: {area.name}:"
            f" name another configuration with --config, or take `invented` out of {area.config.name}"
        )


def _needs_checklist(rows: pd.DataFrame, area: Area) -> bool:
    return any(
        not area.source_by_name[name].licence and channel in ("public", "report", "heard")
        for name, channel in set(zip(rows["source"], rows["channel"], strict=True))
    )
