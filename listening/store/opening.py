"""Opening a store: one process at a time creates or migrates it, then everybody may come in."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from listening.errors import BusyStore, NewerStore, StoreError
from listening.store import sqlite
from listening.store.schema import REVISION
from listening.store.trouble import plainly

WAIT_S = 60  # for another process that is creating or migrating; either takes a second or two
MIGRATIONS = Path(__file__).parent / "migrations"


def path_of(url: str) -> Path:
    """The file a store's URL names; anything but a SQLite file is refused in a sentence."""
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise StoreError(f"store must be like sqlite:///data/listening.db; got {url!r}") from error
    if parsed.get_backend_name() == "postgresql":
        raise StoreError(f"this version keeps SQLite only: {parsed.render_as_string(hide_password=True)}")
    if parsed.get_backend_name() != "sqlite" or not parsed.database or parsed.database == ":memory:":
        named = parsed.render_as_string(hide_password=True)
        raise StoreError(f"store must name a SQLite file, like sqlite:///data/listening.db; got {named!r}")
    return Path(parsed.database)


def open_engine(path: Path) -> Engine:
    """An engine for a store that is there and of this version; made or migrated where it is not."""
    with plainly("opened", str(path)):
        path.parent.mkdir(parents=True, exist_ok=True)
        made = sqlite.engine(str(path))
        try:
            with locked(path):
                _set_up(made, path)
        except BaseException:
            made.dispose()
            raise
        return made


def _set_up(made: Engine, path: Path) -> None:
    with made.connect() as connection:
        revision = _revision(connection, path)
    if revision == REVISION:
        return
    sqlite.prepare(made)
    with made.connect().execution_options(writes=True) as connection, connection.begin():
        migrate(connection)


def _revision(connection: Connection, path: Path) -> str | None:
    """The revision a file is at; None: an empty one. What is not ours, or newer, is refused."""
    tables = inspect(connection).get_table_names()
    if not tables:
        return None
    if "alembic_version" not in tables:
        raise StoreError(f"the store could not be opened: {path}: this database belongs to another program")
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if found is None or found > REVISION:
        raise NewerStore(
            f"the store could not be opened: {path}: a later version of this program wrote it "
            f"(store {found}, this program {REVISION}); update the program"
        )
    return str(found)


def migrate(connection: Connection, revision: str = "head") -> None:
    """Bring the tables to a revision, in the transaction that is open."""
    from alembic import command  # only here: most openings find nothing to migrate
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """The lock file beside a store, held; another process waits for it up to `WAIT_S` seconds."""
    handle = os.open(f"{path}.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        deadline = time.monotonic() + WAIT_S
        while not _try_lock(handle):
            if time.monotonic() > deadline:
                raise BusyStore(
                    f"the store is being set up by another program: {path}: try again in a minute"
                )
            time.sleep(0.02)
        yield
    finally:
        os.close(handle)  # which lets go of the lock; the file stays, for removing it would be a race


def _try_lock(handle: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
