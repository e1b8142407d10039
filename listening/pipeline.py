"""The way itself: a source is asked, its posts are cleaned, understood and kept.

    sources.yaml ─► collect ─► clean ─► analyse ─► store        (summarise and show read from there)

Cleaning happens here, in the process that collected, before anything is written.
"""

import os
import socket
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor
from contextlib import nullcontext, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pandas as pd

from listening import analyse, clean, collect, engine
from listening.area import BROUGHT_IN, Area, Source
from listening.collect.rounds import Outcome
from listening.collect.web import Web
from listening.errors import ListeningError, WordsError
from listening.post import Run, frame
from listening.store import Store, Written, keys
from listening.summarise.identity import assigned
from listening.summarise.stories import HISTORY

RECENT = timedelta(days=7)  # how far back a copy's root is looked for
ANSWERED = ("ok", "quiet", "stale")  # states of a source that was heard in this round
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
        web = web or _web(area)
        answers = collect.ready(asked, memories, web, moment, checklist_done=not area.checklist.missing)
        for some in (group for ready in answers for group in together(ready)):
            for run in _kept(some, memories, area, store, key, web, moment):
                runs.append(run)
                if progress:
                    progress(run, len(runs), len(asked))
            lease.renew(now or datetime.now(UTC))  # a long round keeps its lease
        store.roll(area, moment)
        store.purge(area, moment)
        tell_stories(store, moment)
    return pd.DataFrame([[getattr(r, c) for c in RUN_COLUMNS] for r in runs], columns=list(RUN_COLUMNS))


def follow_deletions(
    source: Source, area: Area, store: Store, web: Web, now: datetime, memory: dict[str, object]
) -> None:
    """Once a day, look a source's posts up by their ids, and forget those deleted where they came from.

    That a post has rolled off a feed means nothing: only its own kind can tell that it was deleted.
    Where it can't be asked, the next round tries again.
    """
    if not collect.recheck_due(source, memory, now):
        return
    gone = collect.recheck(source, store.ids(source.name, now), memory, web)
    if gone is not None:
        store.gone(gone, area, now)
        store.remember(source.name, {**memory, "rechecked_at": now.isoformat()})


def together(ready: list[Outcome]) -> Iterator[list[Outcome]]:
    """These outcomes in the groups that are kept in one go: in a group each post stands once.

    Of a post that two sources carry the first is to hold, so the second comes later; and what was deleted
    at a source is forgotten between what came before it and what comes after.
    """
    group: list[Outcome] = []
    met: set[str] = set()
    for outcome in ready:
        found = outcome[1]
        ids = {post.id for post in found.posts}
        if group and (found.gone or found.left or ids & met):
            yield group
            group, met = [], set()
        group.append(outcome)
        met |= ids
        if found.gone or found.left:
            yield group
            group, met = [], set()
    if group:
        yield group


def _kept(
    group: list[Outcome],
    memories: Mapping[str, dict[str, Any]],
    area: Area,
    store: Store,
    key: bytes,
    web: Web,
    now: datetime,
) -> Iterator[Run]:
    """The run of each of these sources, kept together with what it brought.

    Where they cannot be kept in one go each is kept on its own, so that only the one at fault fails.
    """
    written: Written | None = None
    if len(group) > 1:
        with suppress(Exception):  # whose fault it is shows when each is kept on its own
            written = keep(group, memories, area, store, key, now)
    for outcome in group:
        source, found, run = outcome
        memory = memories.get(source.name, {})
        try:
            own = written or keep([outcome], memories, area, store, key, now)
            run = replace(run, new=own.by_source[source.name])
            store.record(run, found.memory)
            if run.state in ANSWERED:
                follow_deletions(source, area, store, web, now, found.memory)
        except ListeningError:
            raise  # the store itself: no other source would fare better
        except Exception as error:  # a fault of ours in one source must not stop the others
            run = collect.our_fault(run, error)
            store.record(run, memory | {"asked_at": now.isoformat()})
        yield run


def keep(
    group: list[Outcome],
    memories: Mapping[str, dict[str, Any]],
    area: Area,
    store: Store,
    key: bytes,
    now: datetime,
) -> Written:
    """Clean, understand and store what these answers held; forget what their sources have deleted.

    What stood in a source's last answer too, and is no longer in the store, was purged or erased: it
    is not new, however long the source goes on carrying it.
    """
    for source, found, _ in group:
        if lost := [*found.gone, *_with_their_writers(found.left, source, store, key)]:
            store.gone(lost, area, now)
    posts = [post for _, found, _ in group for post in found.posts]
    if not posts:
        return Written()
    met_before = {
        post.id
        for source, found, _ in group
        for before in [set(memories.get(source.name, {}).get("ids") or ())]
        for post in found.posts
        if post.id in before
    }
    forgotten = met_before - store.known(met_before)
    kept = [post for post in posts if post.id not in forgotten]
    return understand(frame(kept), area, store, key, now, roll=False)


def _with_their_writers(left: list[str], source: Source, store: Store, key: bytes) -> list[str]:
    """The ids of what accounts that have left wrote in a source; their names are hashed and forgotten."""
    voices = (clean.voices.pseudonym(name, source.kind, key) for name in left)
    return store.ids_by(source.name, [voice for voice in voices if voice])


def understand(
    posts: pd.DataFrame,
    area: Area,
    store: Store,
    key: bytes,
    now: datetime,
    labels: pd.DataFrame | None = None,
    *,
    roll: bool = True,
) -> Written:
    """Raw posts, cleaned, annotated and written: the one way into a store.

    ``labels`` are what an export of ours said of its posts, by id (see ``bring_in``). ``roll=False``
    leaves weeks and months to ``store.roll``.
    """
    cleaned = clean.run(posts, area, key)
    fresh = cleaned[store.changed(cleaned)]
    if fresh.empty:
        return Written(unchanged=len(cleaned))
    recent = store.texts(fresh, now - RECENT, now)
    annotated = analyse.run(fresh, area, recent)
    if labels is not None:
        annotated = _relabelled(annotated, labels, area, store)
    written: Written = store.write(annotated, area, now, roll)
    return replace(written, unchanged=written.unchanged + len(cleaned) - len(fresh))


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
    takes posts of the present version too. ``progress`` hears how many are done, of how many.
    Words stay, copies keep their roots, and frozen days stay as they are.
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


def _relabelled(posts: pd.DataFrame, labels: pd.DataFrame, area: Area, store: Store) -> pd.DataFrame:
    """The posts with the labels they left with; a flag that either reading raises is up.

    Names that this area does not have, and copies whose root is nowhere, stay as they were read here.
    """
    result, here = posts.copy(), posts["id"].isin(labels.index)
    mine = labels.loc[posts.loc[here, "id"]].set_axis(posts.index[here])
    known = {"wards": set(area.ward_by_name), "issues": set(area.issue_by_slug)}
    known["maybe_wards"] = known["wards"]
    roots = set(posts["id"]) | store.known(v for v in mine.get("copy_of", []) if isinstance(v, str))
    for name in mine.columns:
        values = result[name].astype("object").to_dict()
        for index, said in mine[name].items():
            if name == "flags":
                said = list(dict.fromkeys([*said, *values[index]]))
            lost = name == "copy_of" and said is not None and said not in roots
            if not lost and (name not in known or set(said) <= known[name]):
                values[index] = said
        kind = "float64" if name == "sentiment" else "object"
        result[name] = pd.Series(list(values.values()), index=result.index, dtype=kind)
    return result


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
    of ours made by this version of the analysis, and hold against what is read from its shortened text.
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
