"""The one way to the database: a transaction to read in, a transaction to write in."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import local

from sqlalchemy import Connection, Engine

from listening.store import dialect
from listening.store.trouble import plainly


@dataclass(frozen=True)
class Disk:
    """An open store's database; `where` names it in sentences, without any password."""

    where: str
    engine: Engine
    path: Path | None  # the SQLite file
    _moment: local = field(default_factory=local, repr=False, compare=False)  # a thread's own

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One moment of the store: whatever is written meanwhile is not seen."""
        open_one: Connection | None = getattr(self._moment, "connection", None)
        if open_one is not None:
            yield open_one
            return
        with plainly("read", self.where), self._connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def moment(self) -> Iterator[None]:
        """Let all that this thread reads be of one moment, in one transaction."""
        with self.reading() as connection:
            before, self._moment.connection = getattr(self._moment, "connection", None), connection
            try:
                yield
            finally:
                self._moment.connection = before

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that is kept whole, or not at all; keep it under a second."""
        with plainly("written", self.where), self._connect() as connection:
            connection = connection.execution_options(writes=True)
            with connection.begin():
                yield connection

    def _connect(self) -> Connection:
        connection: Connection = dialect.of(self.engine).connect(self.engine)
        return connection
