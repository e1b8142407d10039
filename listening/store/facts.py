"""Small facts of the store, by key: its version, its area, the fingerprint of its key."""

from collections.abc import Iterable

from sqlalchemy import Connection, select, update

from listening.store import dialect
from listening.store.schema import meta

PACE = "pace:"  # before the name of a pace that processes share: what it knows
DAY, DAYS = "day:", "days"  # before a day: the version that last changed its mentions; that of all days


def get(connection: Connection, key: str) -> str | None:
    """The fact kept under a key."""
    return connection.scalar(select(meta.c.value).where(meta.c.key == key))


def several(connection: Connection, keys: Iterable[str]) -> dict[str, str]:
    """The facts kept under these keys, by key; those that are there."""
    rows = connection.execute(select(meta.c.key, meta.c.value).where(meta.c.key.in_(list(keys))))
    return dict(tuple(row) for row in rows)


def put(connection: Connection, key: str, value: str) -> None:
    """Keep a fact, over whatever was there."""
    row = {"key": key, "value": value}
    connection.execute(dialect.upsert(connection, meta, ["key"], {"value": value}).values(row))


def drop(connection: Connection, key: str) -> None:
    """Forget a fact."""
    connection.execute(meta.delete().where(meta.c.key == key))


def version(connection: Connection) -> int:
    """How often what is shown has changed."""
    return int(get(connection, "version") or 0)


def raise_version(connection: Connection, days: Iterable[int] | None = None) -> None:
    """Say that counts, or what is shown, have changed: caches keyed on the version start anew.

    `days` are the local days whose mentions have changed; None: any of them may have.
    """
    new = str(version(connection) + 1)
    connection.execute(update(meta).where(meta.c.key == "version").values(value=new))
    if days is None:
        put(connection, DAYS, new)
        return
    rows = [{"key": f"{DAY}{day}", "value": new} for day in sorted(set(days))]
    if rows:
        renewed = {"value": lambda given: given.value}
        connection.execute(dialect.upsert(connection, meta, ["key"], renewed), rows)


def changed(connection: Connection, since: int) -> set[int] | None:
    """The days whose mentions have changed after a version; None: any of them may have."""
    if int(get(connection, DAYS) or 0) > since:
        return None
    rows = connection.execute(select(meta).where(meta.c.key >= DAY, meta.c.key < DAYS))
    return {int(key.removeprefix(DAY)) for key, value in rows if int(value) > since}
