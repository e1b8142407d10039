"""Whatever the database complains of, as one plain sentence that says what to do."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import SQLAlchemyError

from listening.errors import AwayStore, StoreError

# The driver's words (lower case) -> what a person can do about them. First match wins.
SENTENCES = (
    (
        "database is locked",
        "another program has held it for too long; close that program, or try again in a minute",
    ),
    ("database or disk is full", "the disk is full; make room and try again, nothing half-written was kept"),
    (
        "file is not a database",
        "this file is not a database; point `store:` at another file, or move this one away",
    ),
    ("malformed", "the file is damaged; put back the last backup, or move it away to begin anew"),
    ("readonly database", "the file or its folder may not be written; ask for the right to write there"),
    ("unable to open database file", "it cannot be opened; check that the folder exists and may be written"),
    ("disk i/o error", "the disk is full or did not answer; nothing half-written was kept"),
)

HELD = "another program has held it for too long; close that program, or try again in a minute"
NO_ANSWER = "no database server answers there; check that it runs, and the address"
WENT_AWAY = "the database server went away; nothing half-written was kept, do the same again when it is back"
GONE = (
    "terminating connection", "closed the connection", "connection is lost", "connection is closed",
    "shutting down", "starting up", "recovery mode", "not yet accepting",
)  # fmt: skip
SILENT = (
    "connection refused", "no such file or directory", "translate host name", "resolve host",
    "name or service not known", "timeout expired", "connection timeout",
)  # fmt: skip
# The same for a PostgreSQL server's words, and those of its driver.
SERVER_SENTENCES = (
    (
        "password authentication failed",
        "the server refuses this user or this password; put the right ones into the address",
    ),
    ("no password supplied", "the server wants a password; put it into the address"),
    ("pg_hba.conf", "the server lets nobody in from here under this name; ask whoever runs it"),
    ("does not exist", "the server knows no such database or user; make it first, or check the address"),
    ("lock timeout", HELD),
    ("permission denied", "this database user may not do that; ask for the right to make and write tables"),
    ("no space left", "the server's disk is full; make room and try again, nothing half-written was kept"),
    *((words, WENT_AWAY) for words in GONE),
    *((words, NO_ANSWER) for words in SILENT),
)


@contextmanager
def plainly(what: str, where: str) -> Iterator[None]:
    """Any database error inside becomes a StoreError: *what happened: to which: why*."""
    try:
        yield
    except (SQLAlchemyError, OSError, UnicodeEncodeError) as error:
        why = _why(error)
        kind = AwayStore if why == WENT_AWAY else StoreError
        raise kind(f"the store could not be {what}: {where}: {why}") from error


def _why(error: Exception) -> str:
    cause = getattr(error, "orig", None) or error
    said = getattr(cause, "strerror", None) or str(cause) or type(cause).__name__  # the path is told already
    lower = said.lower()
    known = SERVER_SENTENCES if type(cause).__module__.startswith("psycopg") else SENTENCES
    return next((sentence for words, sentence in known if words in lower), said.splitlines()[0])
