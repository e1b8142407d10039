"""Whatever the database complains of, as one plain sentence that says what to do."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import SQLAlchemyError

from listening.errors import StoreError

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
    ("disk i/o error", "the disk did not answer; check the disk or the network drive"),
)


@contextmanager
def plainly(what: str, where: str) -> Iterator[None]:
    """Any database error inside becomes a StoreError: *what happened: to which: why*."""
    try:
        yield
    except (SQLAlchemyError, OSError, UnicodeEncodeError) as error:
        raise StoreError(f"the store could not be {what}: {where}: {_why(error)}") from error


def _why(error: Exception) -> str:
    first = str(getattr(error, "orig", None) or error).splitlines()[0]
    lower = first.lower()
    return next((sentence for words, sentence in SENTENCES if words in lower), first)
