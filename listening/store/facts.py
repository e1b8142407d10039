"""Small facts of the store, by key: its version, its area, the fingerprint of its key."""

from sqlalchemy import Connection, select, update

from listening.store import dialect
from listening.store.schema import meta


def get(connection: Connection, key: str) -> str | None:
    """The fact kept under a key."""
    return connection.scalar(select(meta.c.value).where(meta.c.key == key))


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


def raise_version(connection: Connection) -> None:
    """Say that counts, or what is shown, have changed: caches keyed on the version start anew."""
    connection.execute(update(meta).where(meta.c.key == "version").values(value=str(version(connection) + 1)))
