"""What may stay and what must go: the purge, erasures, deletions upstream, tombstones."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, delete, insert, or_, select

from listening.area import Area
from listening.errors import WordsError
from listening.store import decisions, dialect, facts, folding, sketches, stories
from listening.store.disk import Disk
from listening.store.roll import mark, roll_days, roll_periods, thaw
from listening.store.schema import decision, frozen, post, tombstone
from listening.store.times import local_day, micro
from listening.store.trouble import plainly
from listening.store.writing import BATCH, hashed


def purge(disk: Disk, area: Area, now: datetime) -> int:
    """Remove every post collected longer ago than its source's `keep` or the area's retention; how many.

    The shorter of the two holds. Weeks and months that are over are rolled first; then the days
    that lose a post are frozen: their counts stay as they are, for ever. The next copy of a purged
    post takes its place, and no figure changes: the text has been counted. Whatever was deleted
    since the last time is scrubbed from the file's bytes. Nothing in an invented area is purged.
    Doing it again does nothing; a process killed in the middle has frozen what it has purged.
    """
    if area.invented:
        return 0
    roll_periods(disk, local_day(now, area.zone))
    old, removed = _over(area, now), 0
    while True:
        with disk.writing() as connection:
            some = connection.execute(select(post.c.pk, post.c.id, post.c.day).where(old).limit(BATCH)).all()
            if not some:
                sketches.trim(connection, now)
                break
            _freeze(connection, {row.day for row in some}, now)
            _delete(connection, [row.pk for row in some])
            folding.inherit(connection, [row.id for row in some], counted=True)
            facts.raise_version(connection, {row.day for row in some})
            removed += len(some)
    scrub(disk)
    return removed


def gone(disk: Disk, ids: Sequence[str], area: Area, now: datetime) -> int:
    """Remove posts that were deleted where they came from; how many were there.

    Their days, unless frozen, are counted again in the same transaction. They are never stored
    again: a hash of each id stays behind. The next purge scrubs their bytes.
    """
    batches = (ids[n : n + BATCH] for n in range(0, len(ids), BATCH))
    return sum(_remove(disk, post.c.id.in_(some), area, now) for some in batches)


def erase(
    disk: Disk,
    area: Area,
    now: datetime,
    *,
    author: str | None = None,
    url: str | None = None,
    ids: Sequence[str] | None = None,
    role: str = "admin",
) -> int:
    """Erase the posts of a pseudonym, of an address or by their ids; how many were there.

    What is erased is never stored again: the hashes of its ids, and of the `url` and `ids` asked for,
    stay behind; not its address, which others may share. Days not yet frozen are counted again in the same
    transaction; what people decided about the posts is struck; and that there was an erasure is
    written down, but not whose.
    """
    if sum(given is not None for given in (author, url, ids)) != 1:
        raise WordsError("erase needs one of author, url, ids")
    if author is not None:
        which = post.c.author == author
    else:
        which = post.c.url == url if url is not None else post.c.id.in_(ids or ())
    named = [url] if url is not None else list(ids or ())
    removed = _remove(disk, which, area, now, erased=named, role=role)
    scrub(disk)
    return removed


def scrub(disk: Disk) -> None:
    """Leave no deleted byte behind; where a reader is in the way, the next purge tries again."""
    with disk.reading() as connection:
        if facts.get(connection, "scrub") is None:
            return
    with plainly("scrubbed", disk.where):
        if not dialect.of(disk.engine).scrub(disk.engine):
            return
    with disk.writing() as connection:
        facts.drop(connection, "scrub")


def _over(area: Area, now: datetime) -> ColumnElement[bool]:
    """The posts whose time is over. A source that is no longer listed has the area's retention."""
    c = post.c
    shorter = {s.name: s.keep for s in area.sources if s.keep is not None and s.keep < area.retention}
    own = [and_(c.source == name, c.collected <= micro(now - keep)) for name, keep in shorter.items()]
    return or_(c.collected <= micro(now - area.retention), *own)


def _freeze(connection: Connection, days: set[int], now: datetime) -> None:
    for day in sorted(thaw(connection, days)):
        versions = connection.scalars(select(post.c.version).where(post.c.day == day).distinct())
        kinds = " ".join(sorted(v for v in versions if v))
        connection.execute(insert(frozen).values(day=day, at=micro(now), version=kinds))


def _delete(connection: Connection, pks: list[int]) -> None:
    """Remove posts and their words in the search; their mentions, spots and stories go with them."""
    if pks:
        dialect.of(connection).unindex(connection, pks)
        connection.execute(delete(post).where(post.c.pk.in_(pks)))
        stories.forget_empty(connection)
        facts.put(connection, "scrub", "due")


def _remove(
    disk: Disk,
    which: ColumnElement[bool],
    area: Area,
    now: datetime,
    erased: list[str] | None = None,
    role: str = "",
) -> int:
    with disk.writing() as connection:
        found = connection.execute(select(post.c.pk, post.c.id, post.c.url, post.c.day).where(which)).all()
        days = {row.day for row in found}
        _delete(connection, [row.pk for row in found])
        _bury(connection, {row.id for row in found}, now)
        days |= folding.inherit(connection, [row.id for row in found])
        again = thaw(connection, days)
        roll_days(connection, again, area.code)
        mark(connection, again)
        if erased is not None:
            _bury(connection, set(erased), now)
            _strike(connection, [row.id for row in found])
            decisions.decide(connection, role, "erasure", None, {"posts": len(found)}, now)
        if found:
            facts.raise_version(connection, days)
    roll_periods(disk, local_day(now, area.zone))
    return len(found)


def _bury(connection: Connection, words: set[str], now: datetime) -> None:
    rows = [{"hash": hashed(word), "at": micro(now)} for word in sorted(words)]
    if rows:
        connection.execute(dialect.upsert(connection, tombstone, ["hash"]), rows)


def _strike(connection: Connection, ids: list[str]) -> None:
    """Erase what people decided about these posts."""
    about = [decisions.packed(post_id) for post_id in ids]
    c = decision.c
    for number in connection.scalars(select(c.pk).where(c.about.in_(about))).all():
        decisions.strike(connection, number)
