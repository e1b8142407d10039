"""Writing posts: each once, edits taken over, its day counted anew in the same transaction."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any

import pandas as pd
from sqlalchemy import Connection, bindparam, delete, func, select, update

from listening.area import Area
from listening.store import dialect, facts, folding, search, sketches
from listening.store.disk import Disk
from listening.store.mentions import mentions
from listening.store.places import learn
from listening.store.roll import mark, roll_days, roll_periods, thaw
from listening.store.rows import digests, guard, micros, packed, rows
from listening.store.schema import heard, mention, post, spot, tombstone
from listening.store.times import local_day, moment

BATCH = 1_000  # posts a transaction: well under a second
# What an edit leaves as it was first met.
KEPT = (
    "pk", "id", "source", "channel", "kind", "published", "collected", "day", "dated", "author",
    "thread", "late",
)  # fmt: skip
EDITABLE = (
    "title", "text", "language", "issues", "issue_tones", "wards", "towns", "maybe_wards", "places",
    "place_hint", "sentiment", "tone", "cues", "flags", "noise", "copy_of", "evidence", "version",
    "edited", "seen", "digest",
)  # fmt: skip


@dataclass(frozen=True)
class Written:
    """What became of the posts: `late` are those of `new` whose day is frozen, so not counted."""

    new: int = 0
    edited: int = 0  # their words changed
    unchanged: int = 0
    late: int = 0
    retagged: int = 0  # the same words, analysed by a newer version
    refused: int = 0  # erased before, never to be stored again
    by_source: Counter[str] = field(default_factory=Counter, compare=False)  # of those of `new`

    def __add__(self, other: "Written") -> "Written":
        return Written(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))


def write(disk: Disk, posts: pd.DataFrame, area: Area, now: datetime, roll: bool = True) -> Written:
    """Store cleaned and analysed posts; writing the same again changes nothing and costs little.

    Known words are left alone. Changed ones replace the old (`edited` is set), unless what we hold
    was collected later; `published`, its day and `collected` stay. What a newer analysis says of
    the same words is taken over, except on frozen days. Batches of `BATCH`, each a transaction of
    its own: a process killed between two loses nothing, and the next run writes the rest.
    Whoever writes many times in a row says ``roll=False``, and rolls weeks and months once at the end.
    """
    if posts.empty:
        return Written()
    guard(posts)
    waiting = rows(posts, area)
    with disk.writing() as connection:
        learn(connection, area)
        _settle_copies(connection, waiting, area)
    done = Written()
    for first in range(0, len(waiting), BATCH):
        with disk.writing() as connection:
            done += _batch(connection, waiting[first : first + BATCH], area)
    if roll:
        roll_periods(disk, local_day(now, area.zone))
    return done


def changed(connection: Connection, posts: pd.DataFrame) -> pd.Series:
    """Which posts are new, or have other words than those held; of columns, only words and times count."""
    given = zip(posts["id"], digests(posts), micros(posts["collected"]), micros(posts["edited"]), strict=True)
    held: dict[str, dict[str, Any]] = {}
    ids = posts["id"].tolist()
    for first in range(0, len(ids), BATCH):
        held |= _held(connection, ids[first : first + BATCH])
    answers = [
        post_id not in held
        or (digest != held[post_id]["digest"] and not _older(collected, edited, held[post_id]))
        for post_id, digest, collected, edited in given
    ]
    return pd.Series(answers, index=posts.index, dtype=bool)


def hashed(words: str) -> str:
    """How an id or address stands on a tombstone."""
    return hashlib.sha256(words.encode()).hexdigest()


def _batch(connection: Connection, batch: list[dict[str, Any]], area: Area) -> Written:
    allowed = _allowed(connection, batch)
    held = _held(connection, [row["id"] for row in allowed])
    open_days = thaw(connection, {row["day"] for row in allowed} | {h["day"] for h in held.values()})
    new = [row for row in allowed if row["id"] not in held]
    changed = [_changed(row, held[row["id"]], open_days, area) for row in allowed if row["id"] in held]
    edits = [row for row in changed if row is not None]
    for row in new:
        row["late"] = int(row["day"] not in open_days)
        row["seen"] = row["collected"]
    _insert(connection, new)
    _update(connection, edits)
    folding.flatten(connection, [row["id"] for row in (*new, *edits)])
    if new or edits:
        days = {row["day"] for row in [*new, *edits] if row["day"] in open_days}
        roll_days(connection, days, area.code)
        mark(connection, days)
        facts.raise_version(connection, {row["day"] for row in [*new, *edits]})
    retagged = sum(row["retagged"] for row in edits)
    return Written(
        new=len(new),
        edited=len(edits) - retagged,
        unchanged=len(changed) - len(edits),
        late=sum(row["late"] for row in new),
        retagged=retagged,
        refused=len(batch) - len(allowed),
        by_source=Counter(row["source"] for row in new),
    )


def _allowed(connection: Connection, batch: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The posts that no tombstone stands for."""
    if connection.scalar(select(tombstone.c.hash).limit(1)) is None:
        return batch
    hashes = {row["id"]: {hashed(w) for w in (row["id"], row["url"]) if w} for row in batch}
    every = sorted(set().union(*hashes.values()))
    dead: set[str] = set()
    for first in range(0, len(every), BATCH):
        some = tombstone.c.hash.in_(every[first : first + BATCH])
        dead |= set(connection.scalars(select(tombstone.c.hash).where(some)))
    return [row for row in batch if not hashes[row["id"]] & dead]


def _held(connection: Connection, ids: list[str]) -> dict[str, dict[str, Any]]:
    c = post.c
    columns = [*(c[n] for n in KEPT), c.seen, c.edited, c.digest, c.version, c.copy_of]
    found = connection.execute(select(*columns).where(c.id.in_(ids))).mappings()
    return {row["id"]: dict(row) for row in found}


def _changed(
    row: dict[str, Any], held: dict[str, Any], open_days: set[int], area: Area
) -> dict[str, Any] | None:
    """The row to put over the one held, or None where there is nothing to change."""
    kept = {name: held[name] for name in KEPT}
    kept["hour"] = moment(held["published"]).astimezone(area.zone).hour
    older = _older(row["collected"], row["edited"], held)
    if row["digest"] == held["digest"]:
        if older or row["version"] == held["version"] or held["day"] not in open_days:
            return None
        # the same words met again: who was first has been settled when they first came
        kept |= {"copy_of": held["copy_of"], "edited": held["edited"], "seen": row["collected"]}
        return row | kept | {"retagged": 1}
    if older:
        return None
    edited = row["edited"] if row["edited"] not in (None, held["edited"]) else row["collected"]
    return row | kept | {"edited": edited, "seen": row["collected"], "retagged": 0}


def _older(collected: int, edited: int | None, held: dict[str, Any]) -> bool:
    """Whether words were met, or last changed, before those that are held."""
    changed_before = edited is not None and held["edited"] is not None and edited < held["edited"]
    return bool(collected < held["seen"] or changed_before)


def _insert(connection: Connection, new: list[dict[str, Any]]) -> None:
    if not new:
        return
    top = connection.scalar(select(func.max(post.c.pk))) or 0
    for pk, row in enumerate(new, top + 1):
        row["pk"] = pk
    dialect.pour(connection, post, [packed(row) for row in new])
    _index(connection, new)
    sketches.remember(connection, new)
    _mentions(connection, new)
    _heard(connection, new)


def _update(connection: Connection, edits: list[dict[str, Any]]) -> None:
    if not edits:
        return
    changes: dict[str, Any] = {name: bindparam(f"new_{name}") for name in EDITABLE}
    flat = [{"at_pk": row["pk"]} | {f"new_{n}": v for n, v in packed(row).items()} for row in edits]
    flat = [{k: row[k] for k in ("at_pk", *(f"new_{n}" for n in EDITABLE))} for row in flat]
    connection.execute(update(post).where(post.c.pk == bindparam("at_pk")).values(changes), flat)
    pks = [row["pk"] for row in edits]
    _keep_counted(connection, edits)
    connection.execute(delete(mention).where(mention.c.post.in_(pks)))
    connection.execute(delete(spot).where(spot.c.post.in_(pks)))
    said_anew = [row for row in edits if not row["retagged"]]
    dialect.of(connection).unindex(connection, [row["pk"] for row in said_anew])
    _index(connection, said_anew)
    sketches.remember(connection, said_anew)
    _mentions(connection, edits)


def _keep_counted(connection: Connection, edits: list[dict[str, Any]]) -> None:
    """What follows a purged root stays counted as the copy it was, while its words are the same."""
    m = mention.c
    same = [row["pk"] for row in edits if row["retagged"] and row["copy_of"] is None]
    copies = set(connection.scalars(select(m.post).where(m.post.in_(same), m.copy == 1).distinct()))
    for row in edits:
        row["counted"] = row["pk"] in copies


def _index(connection: Connection, stored: list[dict[str, Any]]) -> None:
    found = [(row["pk"], search.words(row["title"], row["text"])) for row in stored]
    dialect.of(connection).index(connection, found)


def _mentions(connection: Connection, stored: list[dict[str, Any]]) -> None:
    dialect.pour(connection, mention, [m for row in stored for m in mentions(row)])
    spots = [{"post": row["pk"], "place": p} for row in stored for p in dict.fromkeys(row["places"])]
    dialect.pour(connection, spot, spots)


def _heard(connection: Connection, new: list[dict[str, Any]]) -> None:
    """Keep, for each source, its first and last post: they outlive the purge."""
    known = {row.source: row for row in connection.execute(select(heard))}
    for source in {row["source"] for row in new}:
        mine = [row for row in new if row["source"] == source]
        published = [row["published"] for row in mine]
        collected = [row["collected"] for row in mine]
        if source in known:
            published += [known[source].first_post, known[source].last_post]
            collected.append(known[source].last_collected)
        values = {
            "first_post": min(published), "last_post": max(published), "last_collected": max(collected)
        }  # fmt: skip
        connection.execute(
            dialect.upsert(connection, heard, ["source"], values).values(source=source, **values)
        )


def _settle_copies(connection: Connection, waiting: list[dict[str, Any]], area: Area) -> None:
    """See to it that every copy has a root that says the same and is no copy itself."""
    allowed = _allowed(connection, waiting)
    released = folding.release(connection, _roots_edited(connection, allowed))
    if released:
        changed = thaw(connection, released)
        roll_days(connection, changed, area.code)
        mark(connection, changed)
        facts.raise_version(connection, released)
    folding.settle(connection, waiting, [row["id"] for row in allowed])


def _roots_edited(connection: Connection, waiting: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Those of these rows that put other words over a root with copies."""
    found: list[dict[str, Any]] = []
    for first in range(0, len(waiting), BATCH):
        rows_of = {row["id"]: row for row in waiting[first : first + BATCH]}
        roots = connection.scalars(select(post.c.copy_of).where(post.c.copy_of.in_(rows_of)).distinct())
        for post_id, held in _held(connection, list(roots)).items():
            row = rows_of[post_id]
            if row["digest"] != held["digest"] and not _older(row["collected"], row["edited"], held):
                found.append(row)
    return found


def retagged(
    connection: Connection, batch: Sequence[dict[str, Any]], open_days: set[int], area: Area
) -> list[int]:
    """Put what a newer analysis says over posts held with the same words; the day of each that was."""
    held = _held(connection, [row["id"] for row in batch])
    known = [(row, held[row["id"]] | {"version": None}) for row in batch if row["id"] in held]
    changed = [_changed(row, was, open_days, area) for row, was in known]
    edits = [row for row in changed if row is not None and row["retagged"]]
    _update(connection, edits)
    return [row["day"] for row in edits]
