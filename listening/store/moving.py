"""Moving a store: everything it holds into another database, counted at the end.

What is large goes in batches in the order of its key, so that a move that was broken off goes on
where it stopped. Until all is there and counted, the target is marked and can't be opened.
"""

import json
import secrets
import time
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Table, delete, func, literal, select, tuple_

from listening.errors import StoreError
from listening.store import dialect, facts, lease, search
from listening.store.disk import Disk
from listening.store.opening import open_disk
from listening.store.schema import LARGE, SMALL, meta, post
from listening.store.schema import lease as lease_table

BATCH = 5_000  # rows a transaction
PARTLY = "moving"  # the fact that marks the target of a move that is not over
ORIGIN = "origin"  # the fact that tells a store from all others, made when it is first moved
Progress = Callable[[str, int, int], None]  # a table's name, its rows that are across, of how many


def move(disk: Disk, url: str, owner: str, now: datetime, progress: Progress | None = None) -> dict[str, int]:
    """Copy a whole store into the empty database `url` names; the rows of each table there.

    The source stays as it is. No collector works on it meanwhile (BusyStore where one does). Where an
    earlier move has brought everything it is only counted, and `progress` hears nothing.
    StoreError where the target holds something else, where the source was written to while it
    was moved, and where the rows don't agree in the end: the same command then does the rest. Not so
    where the target has lost rows since a move was over: it is damaged, and another must be named.
    """
    held, began = lease.take(disk, owner, now), time.monotonic()

    def advance(table: str, done: int, of: int) -> None:
        held.renew(now + timedelta(seconds=time.monotonic() - began))
        if progress is not None:
            progress(table, done, of)

    try:
        mark = _mark(disk)
        target = open_disk(url)
        try:
            if held.stands_in(target):
                raise StoreError(f"the store could not be moved: {disk.where}: it is there already")
            return _moved(disk, target, mark, advance)
        finally:
            target.engine.dispose()
    finally:
        held.give_back()


def refuse_partly(connection: Connection, where: str) -> None:
    """StoreError where a store is the target of a move that is not over."""
    if facts.get(connection, PARTLY) is not None:
        raise StoreError(
            f"the store could not be opened: {where}: it is being moved here, or was and that was "
            "broken off; do the same move again, it goes on where it stopped"
        )


def _mark(disk: Disk) -> str:
    """What the source is, and in which state: only a move of the very same goes on."""
    with disk.writing() as connection:
        refuse_partly(connection, disk.where)
        if facts.get(connection, ORIGIN) is None:
            facts.put(connection, ORIGIN, secrets.token_hex(8))
        return json.dumps([facts.get(connection, name) for name in (ORIGIN, "version", "places")])


def _moved(disk: Disk, target: Disk, mark: str, progress: Progress) -> dict[str, int]:
    with disk.reading() as source, target.reading() as there:
        if _same(source, there):
            try:
                return _agreed(source, target)
            except StoreError as error:
                raise StoreError(
                    f"{error}; they were all there once, so it is damaged: name another"
                ) from error
    _begin(target, mark)
    with disk.reading() as source:
        for table in LARGE:
            _carry(source, target, table, progress)
        with target.writing() as connection:
            for table in reversed(SMALL):
                connection.execute(delete(table))
            for table in SMALL:
                _whole(source, connection, table)
            facts.put(connection, PARTLY, mark)
        counts = _agreed(source, target)
    if _mark(disk) != mark or _decided(disk) != _decided(target):
        raise StoreError(
            f"the store could not be moved: {disk.where}: it was written to meanwhile; close what uses it, "
            "and do the same again"
        )
    with target.writing() as connection:
        facts.drop(connection, PARTLY)
    return counts


def _same(source: Connection, target: Connection) -> bool:
    """Whether the target came out of this source, and neither has changed since."""
    if facts.get(target, PARTLY) is not None or facts.get(target, ORIGIN) != facts.get(source, ORIGIN):
        return False
    return all(_rows(source, table) == _rows(target, table) for table in SMALL if table is not lease_table)


def _rows(connection: Connection, table: Table) -> list[str]:
    """What a small table holds; the pace of who asks is no part of what is moved."""
    asked = select(table).where(meta.c.key.not_like(f"{facts.PACE}%")) if table is meta else select(table)
    return sorted(repr(tuple(row)) for row in connection.execute(asked))


def _begin(target: Disk, mark: str) -> None:
    """Mark the target as this move's; what an earlier state of the source left there is taken out."""
    with target.writing() as connection:
        found = facts.get(connection, PARTLY)
        if found == mark:
            return
        if found is not None and json.loads(found)[0] != json.loads(mark)[0]:
            raise StoreError(
                f"the store could not be moved: {target.where}: another store is being moved there"
            )
        used = found is None and any(connection.scalar(_number(t)) for t in (*LARGE, *SMALL) if t is not meta)
        if used or (found is None and facts.get(connection, "key") is not None):
            raise StoreError(
                f"the store could not be moved: {target.where}: there is a store already; name another"
            )
        dialect.of(connection).unindex_all(connection)
        for table in reversed((*LARGE, *SMALL)):
            if table is not meta:
                connection.execute(delete(table))
        facts.put(connection, PARTLY, mark)


def _carry(source: Connection, target: Disk, table: Table, progress: Progress) -> None:
    """The rows of a large table that are not across yet, in the order of its key."""
    key = list(table.primary_key.columns)
    whole = source.scalar(_number(table)) or 0
    with target.reading() as connection:
        done = connection.scalar(_number(table)) or 0
        newest = select(*key).order_by(*(c.desc() for c in key)).limit(1)
        last: Sequence[Any] | None = connection.execute(newest).first()
    progress(table.name, done, whole)
    while True:
        asked = select(table).order_by(*key).limit(BATCH)
        if last is not None:
            asked = asked.where(
                tuple_(*key) > tuple_(*(literal(v, c.type) for v, c in zip(last, key, strict=True)))
            )
        rows = [dict(row) for row in source.execute(asked).mappings()]
        if not rows:
            return
        with target.writing() as connection:
            _put(connection, table, rows)
        last = tuple(rows[-1][c.name] for c in key)
        done += len(rows)
        progress(table.name, done, whole)


def _put(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    dialect.pour(connection, table, rows)
    if table is post:
        found = [(row["pk"], search.words(row["title"], row["text"])) for row in rows]
        dialect.of(connection).index(connection, found)


def _whole(source: Connection, target: Connection, table: Table) -> None:
    rows = [dict(row) for row in source.execute(select(table)).mappings()]
    if table is not lease_table:  # the right to collect is this process's, and over with the move
        dialect.pour(target, table, rows)


def _agreed(source: Connection, target: Disk) -> dict[str, int]:
    """The rows of every table, where they are as many on either side, and as many posts can be found."""
    tables = [t for t in (*LARGE, *SMALL) if t not in (meta, lease_table)]
    with target.reading() as connection:
        there = {t.name: connection.scalar(_number(t)) or 0 for t in tables}
        there["search"] = connection.scalar(dialect.of(connection).indexed()) or 0
    here = {t.name: source.scalar(_number(t)) or 0 for t in tables}
    here["search"] = here["post"]
    wrong = [f"{name} {there[name]} of {here[name]}" for name in here if there[name] != here[name]]
    if wrong:
        raise StoreError(
            f"the store could not be moved: {target.where}: rows are missing: {', '.join(wrong)}"
        )
    return there


def _decided(disk: Disk) -> str | None:
    with disk.reading() as connection:
        return facts.get(connection, "decisions")


def _number(table: Table) -> Any:
    return select(func.count()).select_from(table)
