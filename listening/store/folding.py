"""Copies in the store: each names a root that is there and is no copy itself, whatever comes and goes."""

from collections import ChainMap
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, or_, select, update
from sqlalchemy.orm import aliased

from listening.store.schema import mention, post
from listening.wording import Wording, alike

SOME = 5_000  # ids asked for in one statement
_WORDS = ("title", "text", "channel", "source", "url")


def release(connection: Connection, edits: Sequence[dict[str, Any]]) -> set[int]:
    """Let go the copies of roots that say something else now; the days that changed by it.

    Where some are no longer alike, the first of them takes the root's place for the others. What
    gives the root's address is its copy whatever it says.
    """
    days: set[int] = set()
    for row in edits:
        now = Wording(*(row[name] for name in _WORDS))
        copies = _copies(connection, [row["id"]])
        said = [Wording(*(getattr(copy, name) for name in _WORDS)) for copy in copies]
        apart = [c for c, w in zip(copies, said, strict=True) if not (alike(w, now) or w.same_article(now))]
        days |= _led_by_the_first(connection, apart)
    return days


def inherit(connection: Connection, removed: list[str], counted: bool = False) -> set[int]:
    """Let the next copy of each removed root take its place; the days that changed by it.

    With ``counted`` no figure changes: the root's day keeps the text in its counts.
    """
    days: set[int] = set()
    of_root: dict[str, list[Any]] = {}
    for first in range(0, len(removed), SOME):
        for copy in _copies(connection, removed[first : first + SOME]):
            of_root.setdefault(copy.copy_of, []).append(copy)
    for copies in of_root.values():
        days |= _led_by_the_first(connection, copies, counted)
    return days


def settle(connection: Connection, waiting: list[dict[str, Any]], allowed: Iterable[str]) -> None:
    """Point every waiting copy at a root that is there and is no copy itself; where none is, it is a root.

    A root may be missing because it was erased, or purged, between analysis and now.
    """
    kept, missing = set(allowed), set[str]()
    said = {row["id"]: row["copy_of"] for row in waiting if row["id"] in kept}
    held: dict[str, str | None] = {}
    named = ChainMap(said, held)
    while wanted := {root for root in named.values() if root is not None} - set(named) - missing:
        held |= _roots(connection, sorted(wanted))
        missing |= wanted - set(held)
    heirs: dict[str, str] = {}
    for row in sorted(waiting, key=lambda row: (row["collected"], row["published"])):
        if row["copy_of"] is None or row["id"] not in kept:
            continue
        root = _beneath(row["copy_of"], named)
        if root not in named:
            root = heirs.setdefault(root, row["id"])
        row["copy_of"] = said[row["id"]] = root if root != row["id"] else None


def _roots(connection: Connection, ids: list[str]) -> dict[str, str | None]:
    """Those of these posts that are there, and the root each names."""
    found: dict[str, str | None] = {}
    for first in range(0, len(ids), SOME):
        some = select(post.c.id, post.c.copy_of).where(post.c.id.in_(ids[first : first + SOME]))
        found |= {row.id: row.copy_of for row in connection.execute(some)}
    return found


def _beneath(root: str, named: Mapping[str, str | None]) -> str:
    """The root at the end of a chain; of a ring, its first by name."""
    met = {root}
    while (below := named.get(root)) is not None:
        if below in met:
            return min(met)
        met.add(below)
        root = below
    return root


def flatten(connection: Connection, ids: Sequence[str]) -> None:
    """Where one of these is now a copy of a copy, or a root turned copy, name the root beneath."""
    root = aliased(post)
    for first in range(0, len(ids), SOME):
        some = list(ids[first : first + SOME])
        chained = connection.execute(
            select(post.c.pk, root.c.copy_of)
            .join(root, root.c.id == post.c.copy_of)
            .where(root.c.copy_of.is_not(None), or_(post.c.id.in_(some), root.c.id.in_(some)))
        ).all()
        for row in chained:
            connection.execute(update(post).where(post.c.pk == row.pk).values(copy_of=row.copy_of))


def _copies(connection: Connection, roots: list[str]) -> list[Any]:
    """The copies of these roots, first collected first."""
    c = post.c
    columns = (c.pk, c.id, c.day, c.copy_of, *(c[name] for name in _WORDS))
    asked = select(*columns).where(c.copy_of.in_(roots)).order_by(c.collected, c.published, c.pk)
    return list(connection.execute(asked))


def _led_by_the_first(connection: Connection, copies: Sequence[Any], counted: bool = False) -> set[int]:
    """Make the first of these copies the root of the others; its day."""
    if not copies:
        return set()
    heir, others = copies[0], [copy.pk for copy in copies[1:]]
    connection.execute(update(post).where(post.c.pk.in_(others)).values(copy_of=heir.id))
    connection.execute(update(post).where(post.c.pk == heir.pk).values(copy_of=None))
    if counted:
        return set()
    connection.execute(update(mention).where(mention.c.post == heir.pk).values(copy=0))
    return {heir.day}
