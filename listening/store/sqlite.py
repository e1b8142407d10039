"""What only SQLite needs: how a connection is set up, the insert that replaces, and the scrubbing.

No other file of this room holds SQL of SQLite's own, so that PostgreSQL can stand beside it.
"""

import json
from collections.abc import Mapping, Sequence
from operator import itemgetter
from sqlite3 import OperationalError
from typing import Any

from sqlalchemy import (
    Connection,
    Engine,
    Insert,
    Select,
    Table,
    column,
    create_engine,
    delete,
    event,
    func,
    literal_column,
    select,
    table,
)
from sqlalchemy import insert as sql_insert
from sqlalchemy.dialects.sqlite import insert

from listening.store.search import Either, Phrase, Query

BUSY_MS = 15_000  # how long a writer waits for another; write transactions stay under a second

SETTINGS = (
    f"PRAGMA busy_timeout={BUSY_MS}",
    "PRAGMA foreign_keys=ON",
    # In WAL mode NORMAL never harms the file; a power cut can cost the last moments' commits, in
    # order, which the next poll brings again. FULL would wait for the disk at every commit.
    "PRAGMA synchronous=NORMAL",
    "PRAGMA secure_delete=ON",  # what is deleted is overwritten with zeros
    "PRAGMA temp_store=MEMORY",  # no post's words in a temporary file
    "PRAGMA cache_size=-32000",  # KiB: 32 MB a connection
)

# The ascii tokenizer parts words at the spaces we give it and knows no other alphabet's rules.
SEARCH = "CREATE VIRTUAL TABLE search USING fts5(words, tokenize='ascii', columnsize=0)"
search = table("search", column("rowid"), column("words"))


def engine(path: str) -> Engine:
    """An engine for the file; a transaction begins IMMEDIATE where ``writes`` is among its options.

    A writer that began as a reader could not wait for another writer: SQLite would refuse it at
    once, whatever the busy_timeout. So writers say so when they begin.
    """
    made = create_engine(f"sqlite:///{path}")

    @event.listens_for(made, "connect")
    def _set_up(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves, below
        for setting in SETTINGS:
            connection.execute(setting)

    @event.listens_for(made, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return made


def prepare(made: Engine) -> None:
    """Give the file the setting that stays with it: a write-ahead log, so that readers never wait."""
    raw = made.raw_connection()
    try:
        raw.execute("PRAGMA journal_mode=WAL")
    finally:
        raw.close()


def connect(made: Engine) -> Connection:
    """A connection of an open store."""
    return made.connect()


def upsert(table: Table, keys: list[str], changes: dict[str, Any] | None = None) -> Insert:
    """An insert that, where the key is there already, sets `changes` (None: leaves the row alone).

    A value of `changes` may be a function of the row that was refused ("excluded").
    """
    made = insert(table)
    if not changes:
        return made.on_conflict_do_nothing(index_elements=keys)
    values = {n: v(made.excluded) if callable(v) else v for n, v in changes.items()}
    return made.on_conflict_do_update(index_elements=keys, set_=values)


def pour(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert many rows that have the same keys: about half the time of Core's own ``insert()``."""
    if not rows:
        return
    statement = sql_insert(table).compile(dialect=connection.dialect, column_keys=list(rows[0]))
    values = itemgetter(*(statement.positiontup or ()))
    connection.exec_driver_sql(str(statement), [values(row) for row in rows])


def make_search(connection: Connection) -> None:
    """Make the table of words to search in; a row has its post's key."""
    connection.exec_driver_sql(SEARCH)


def index(connection: Connection, rows: Sequence[tuple[int, list[str]]]) -> None:
    """Make posts findable by their words, as `search.words` gave them."""
    if rows:
        given = [(pk, " ".join(words)) for pk, words in rows]
        connection.exec_driver_sql("INSERT INTO search (rowid, words) VALUES (?, ?)", given)


def unindex(connection: Connection, pks: Sequence[int]) -> None:
    """Make posts unfindable. Their words leave the file with the next `scrub`."""
    if pks:
        connection.execute(delete(search).where(search.c.rowid.in_(pks)))


def unindex_all(connection: Connection) -> None:
    """Make every post unfindable."""
    connection.execute(delete(search))


def indexed() -> Select[Any]:
    """How many posts can be found."""
    return select(func.count()).select_from(search)


def among(keys: Sequence[int]) -> Select[Any]:
    """These keys as rows: thousands of values in a list would take as long to write as to look up."""
    return select(func.json_each(json.dumps(keys)).table_valued("value").c.value)


def matching(query: Query) -> Select[Any]:
    """The keys of the posts a query finds."""
    return select(search.c.rowid).where(literal_column("search").op("MATCH")(match(query)))


def match(query: Query) -> str:
    """A query in the words of FTS5."""
    if isinstance(query, Phrase):
        return f'"{" ".join(query.words)}"' + " *" * query.begins
    if isinstance(query, Either):
        return f"({' OR '.join(map(match, query.parts))})"
    wanted = " AND ".join(map(match, query.parts))
    without = " OR ".join(map(match, query.without))
    return f"(({wanted}) NOT ({without}))" if without else f"({wanted})"


def scrub(made: Engine) -> bool:
    """Whether no deleted byte is left: the file rewritten, the write-ahead log emptied.

    ``secure_delete`` alone is not enough: when SQLite splits a page, cells that move leave a copy
    in the unused part of the old page, and a later delete overwrites only the cell where it stands
    (seen on 3.40.1: 2 or 3 of 2,500 deleted rows could still be read; none after VACUUM).
    The search index only notes that a row was deleted, until its parts are merged: "optimize".
    False where somebody held the file for longer than the busy timeout: to be tried again.
    """
    raw = made.raw_connection()
    try:
        raw.execute("INSERT INTO search (search) VALUES ('optimize')")
        raw.execute("PRAGMA temp_store=FILE")  # the copy VACUUM makes may be larger than the memory
        raw.execute("VACUUM")
        raw.execute("PRAGMA temp_store=MEMORY")
        raw.execute("PRAGMA optimize")
        busy, _, _ = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return not busy
    except OperationalError as error:
        if "locked" in str(error):
            return False
        raise
    finally:
        raw.close()
