"""What only PostgreSQL needs: its connections, its locks, its COPY, its search.

No other file of this room holds SQL of PostgreSQL's own. One database holds one store.
A writer takes a lock that all writers share, so that, as in SQLite, there is one at a time: whoever
counts on what it has just read may do so here as there.
"""

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import (
    URL,
    BigInteger,
    Connection,
    Engine,
    Insert,
    Select,
    Table,
    cast,
    column,
    create_engine,
    delete,
    event,
    func,
    select,
    table,
)
from sqlalchemy.dialects.postgresql import ARRAY, TSQUERY, insert
from sqlalchemy.exc import DBAPIError, OperationalError

from listening.errors import BusyStore, StoreError
from listening.store.search import GAP, Either, Phrase, Query

CONNECT_S = 10  # for a server that does not answer
BUSY_S = 15  # how long a writer waits for another; write transactions stay under a second
RESTART_S = 30  # how long an open store waits for a server that is being restarted
OPENING, WRITING = 0x6C697374, 0x6C697375  # the numbers of our two advisory locks

READS = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"
WRITES = f"""SET TRANSACTION ISOLATION LEVEL READ COMMITTED; SET LOCAL lock_timeout = '{BUSY_S}s';
SELECT pg_advisory_xact_lock({WRITING})"""
# What a server that is being restarted says, or nobody in its place (lower case).
RESTARTING = (
    "starting up", "shutting down", "connection refused", "no such file or directory",
    "terminating connection", "closed the connection", "recovery mode", "not yet accepting",
)  # fmt: skip

search = table("search", column("post"), column("words"))


def engine(url: URL) -> Engine:
    """An engine for the database; a transaction only reads unless ``writes`` is among its options."""
    try:
        import psycopg  # noqa: F401 - asked for here, where its absence can be said in a sentence
    except ImportError as error:
        raise StoreError(
            "PostgreSQL needs a driver that is not installed: psycopg: pip install 'psycopg[binary]'"
        ) from error
    made = create_engine(
        url.set(drivername="postgresql+psycopg"),
        pool_pre_ping=True,  # a connection from before a restart is replaced, not handed out
        connect_args={"connect_timeout": CONNECT_S, "application_name": "listening"},
    )

    @event.listens_for(made, "begin")
    def _begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        if options.get("isolation_level") != "AUTOCOMMIT":
            connection.exec_driver_sql(WRITES if options.get("writes", False) else READS)

    return made


def connect(made: Engine) -> Connection:
    """A connection of an open store; a server that is being restarted is waited for."""
    deadline = time.monotonic() + RESTART_S
    while True:
        try:
            return made.connect()
        except OperationalError as error:
            said = str(error.orig).lower()
            if time.monotonic() > deadline or not any(words in said for words in RESTARTING):
                raise
            time.sleep(0.2)


def prepare(made: Engine) -> None:
    """Nothing stays to be set: it is the server's."""


@contextmanager
def locked(made: Engine, where: str, wait: float) -> Iterator[None]:
    """Be the one who creates or migrates, or makes the key; others wait up to `wait` seconds."""
    with made.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        deadline = time.monotonic() + wait
        while not connection.exec_driver_sql(f"SELECT pg_try_advisory_lock({OPENING})").scalar():
            if time.monotonic() > deadline:
                raise BusyStore(
                    f"the store is being set up by another program: {where}: try again in a minute"
                )
            time.sleep(0.02)
        try:
            yield
        finally:
            connection.exec_driver_sql(f"SELECT pg_advisory_unlock({OPENING})")


def upsert(table: Table, keys: list[str], changes: dict[str, Any] | None = None) -> Insert:
    """An insert that, where the key is there already, sets `changes`; as in `sqlite.upsert`."""
    made = insert(table)
    if not changes:
        return made.on_conflict_do_nothing(index_elements=keys)
    values = {n: v(made.excluded) if callable(v) else v for n, v in changes.items()}
    return made.on_conflict_do_update(index_elements=keys, set_=values)


def pour(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert many rows that have the same keys."""
    if rows:
        names = list(rows[0])
        _copy(connection, table.name, names, ([row[name] for name in names] for row in rows))


def _copy(connection: Connection, name: str, columns: list[str], rows: Iterable[Sequence[Any]]) -> None:
    """COPY: several times as fast as inserting."""
    from psycopg import Error

    quote = connection.dialect.identifier_preparer.quote
    statement = f"COPY {quote(name)} ({', '.join(map(quote, columns))}) FROM STDIN"
    raw: Any = connection.connection.driver_connection
    try:
        with raw.cursor() as cursor, cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row(row)
    except Error as error:
        if raw.closed:
            connection.invalidate()
        raise DBAPIError(statement, None, error) from error


def make_search(connection: Connection) -> None:
    """Make the table of words to search in; a row goes with its post."""
    connection.exec_driver_sql(
        "CREATE TABLE search (post integer PRIMARY KEY REFERENCES post (pk) ON DELETE CASCADE, "
        "words tsvector NOT NULL)"
    )
    connection.exec_driver_sql("CREATE INDEX search_words ON search USING gin (words)")


def index(connection: Connection, rows: Sequence[tuple[int, list[str]]]) -> None:
    """Make posts findable by their words, as `search.words` gave them."""
    if rows:
        _copy(connection, "search", ["post", "words"], ((pk, vector(words)) for pk, words in rows))


def vector(words: list[str]) -> str:
    """Words with their places as a ``tsvector``; `GAP` takes a place and is no word.

    PostgreSQL keeps 255 places of a word, and none beyond the 16,383rd: further on only phrases
    are missed.
    """
    places: dict[str, list[str]] = {}
    for place, word in enumerate(words, 1):
        if word != GAP:
            places.setdefault(word, []).append(str(min(place, 16_383)))
    return " ".join(f"'{word}':{','.join(at[:255])}" for word, at in places.items())


def unindex(connection: Connection, pks: Sequence[int]) -> None:
    """Make posts unfindable."""
    if pks:
        connection.execute(delete(search).where(search.c.post.in_(pks)))


def unindex_all(connection: Connection) -> None:
    """Make every post unfindable."""
    connection.execute(delete(search))


def indexed() -> Select[Any]:
    """How many posts can be found."""
    return select(func.count()).select_from(search)


def among(keys: Sequence[int]) -> Select[Any]:
    """These keys as rows: thousands of values in a list would take as long to write as to look up."""
    return select(func.unnest(cast(list(keys), ARRAY(BigInteger))))


def matching(query: Query) -> Select[Any]:
    """The keys of the posts a query finds."""
    return select(search.c.post).where(search.c.words.op("@@")(cast(match(query), TSQUERY)))


def match(query: Query) -> str:
    """A query in the words of ``tsquery``."""
    if isinstance(query, Phrase):
        quoted = " <-> ".join(f"'{word}'" for word in query.words)
        return f"({quoted}{':*' * query.begins})"
    if isinstance(query, Either):
        return f"({' | '.join(map(match, query.parts))})"
    without = [f"!{match(part)}" for part in query.without]
    return f"({' & '.join([*map(match, query.parts), *without])})"


def scrub(made: Engine) -> bool:
    """Give the room of what was deleted free to be written over; always True.

    What the server keeps elsewhere, its write-ahead log and its backups, follows its own settings.
    """
    with made.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql(
            "VACUUM (ANALYZE) post, mention, spot, story, story_post, search, decision"
        )
    return True
