"""Intake: what sources said is cleaned, understood and stored, several of them in one go.

A round of many sources costs little more than its posts: what a group costs whatever it holds is paid
once. Each source is still told apart, and where a group cannot be kept each is kept on its own.
"""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pandas as pd

from listening import analyse, clean, collect
from listening.area import Area, Source
from listening.collect.outcome import Outcome
from listening.collect.turns import Gone, Part
from listening.collect.web import Web
from listening.errors import AwayStore, ListeningError
from listening.post import Run, frame
from listening.store import Store, Written
from listening.store.writing import BATCH

RECENT = timedelta(days=7)  # how far back a copy's root is looked for


def together(ready: list[Outcome]) -> Iterator[list[Outcome]]:
    """These outcomes in the groups that are kept in one go: no more posts than a transaction holds.

    In a group each post stands once. Of a post that two sources carry the first is to hold, so the second
    comes later; and what was deleted at a source is forgotten after what came before it, and before what
    comes after.
    """
    group: list[Outcome] = []
    met: set[str] = set()
    apart = False
    for outcome in ready:
        found = outcome[1]
        ids = {post.id for post in found.posts}
        alone = bool(found.gone or found.left)
        if group and (alone or apart or ids & met or len(ids) + len(met) > BATCH):
            yield group
            group, met = [], set()
        group, met, apart = [*group, outcome], met | ids, alone
    if group:
        yield group


def kept(
    group: list[Outcome],
    memories: Mapping[str, dict[str, Any]],
    area: Area,
    store: Store,
    key: bytes,
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
        source, _, run = outcome
        memory = memories.get(source.name, {})
        try:
            try:
                run = _kept(outcome, written, memories, area, store, key, now)
            except AwayStore:  # its answer is still here, and the store waits for its server
                run = _kept(outcome, written, memories, area, store, key, now)
        except ListeningError:
            raise  # the store itself: no other source would fare better
        except Exception as error:  # a fault of ours in one source must not stop the others
            run = collect.our_fault(run, error)
            store.record(run, memory | {"asked_at": now.isoformat()})
        yield run


def _kept(
    outcome: Outcome,
    written: Written | None,
    memories: Mapping[str, dict[str, Any]],
    area: Area,
    store: Store,
    key: bytes,
    now: datetime,
) -> Run:
    source, found, run = outcome
    own = written or keep([outcome], memories, area, store, key, now)
    run = replace(run, new=own.by_source[source.name])
    store.record(run, found.memory)
    return run


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


def follow_deletions(
    source: Source, area: Area, store: Store, web: Web, now: datetime, before: dict[str, Any]
) -> None:
    """Look a source's posts up by their ids, and forget those deleted where they came from.

    This is due once a day, even where the source itself is not asked. So many in a round
    (``MOST_RECHECKED`` of its kind), the next ones in the next. That a post has rolled off a feed means
    nothing: only its own kind can tell that it was deleted. Where it can't be asked, the next round tries
    again. ``before`` is its memory as the round began.
    """
    memory = store.memory(source.name)
    if collect.resting(before, memory, now):
        return
    done = memory.get("rechecked_to", "")
    waiting = sorted(id_ for id_ in store.ids(source.name, now) if id_ > done)
    some = waiting[: collect.recheck_most(source)]
    gone = collect.recheck(source, some, memory, web) if some else []
    if gone is None or not (some or memory):
        return
    store.gone(gone, area, now)
    memory.pop("rechecked_to", None)
    if isinstance(gone, Gone):
        memory |= gone.remember
    if not done:
        memory["rechecked_at"] = now.isoformat()
    if isinstance(gone, Part):
        memory["rechecked_to"] = gone.upto or done
    elif len(some) < len(waiting):
        memory["rechecked_to"] = some[-1]
    store.remember(source.name, memory)


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
