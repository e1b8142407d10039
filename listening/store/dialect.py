"""Which database it is: each one's own SQL stands in a file of its own, under the same names."""

from collections.abc import Mapping, Sequence
from types import ModuleType
from typing import Any

from sqlalchemy import Connection, Engine, Insert, Table

from listening.store import postgres, sqlite

KINDS = {"sqlite": sqlite, "postgresql": postgres}


def of(at: Connection | Engine) -> ModuleType:
    """The module with the SQL this database needs."""
    return KINDS[at.dialect.name]


def upsert(
    connection: Connection, table: Table, keys: list[str], changes: dict[str, Any] | None = None
) -> Insert:
    """An insert that, where the key is there already, sets `changes` (None: leaves the row alone)."""
    made: Insert = of(connection).upsert(table, keys, changes)
    return made


def pour(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert many rows that have the same keys, by the fastest way the database has."""
    of(connection).pour(connection, table, rows)
