"""Which database it is: each one's own SQL stands in one file."""

from types import ModuleType

from sqlalchemy import Connection

from listening.store import sqlite

KINDS = {"sqlite": sqlite}


def of(connection: Connection) -> ModuleType:
    """The module with the SQL this connection's database needs."""
    return KINDS[connection.dialect.name]
