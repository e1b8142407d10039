"""Opening a store: one process at a time creates or migrates it, then everybody may come in."""

import os
import re
import sys
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from sqlalchemy import URL, Connection, inspect, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from listening.area import Area
from listening.entries import without_password
from listening.errors import BusyStore, NewerStore, StoreError, WordsError
from listening.store import dialect, postgres, sqlite
from listening.store.disk import Disk
from listening.store.schema import REVISION
from listening.store.trouble import plainly

WAIT_S = 60  # for another process that is creating or migrating; either takes a second or two
MIGRATIONS = Path(__file__).parent / "migrations"


def open_disk(url: str) -> Disk:
    """The store a URL names, of this version; made or migrated where it is not."""
    named, file = _parsed(url), file_of(url)
    if file is not None:
        return _open_file(file)
    where = _shown(named.set(drivername="postgresql", password=None))
    with plainly("opened", where):
        disk = Disk(where, postgres.engine(named), None)
        return _opened(disk)


def _shown(named: URL) -> str:
    """Who and where, but neither a password nor the other options, which may hold one too."""
    query = {name: value for name, value in named.query.items() if name in ("host", "hostaddr", "port")}
    return named.set(query=query).render_as_string(hide_password=True).replace("%2F", "/")


def file_of(url: str) -> Path | None:
    """The SQLite file a URL names; None for a server's database."""
    named = _parsed(url)
    return Path(str(named.database)) if named.get_backend_name() == "sqlite" else None


def make_folder(area: Area) -> None:
    """Make the folder of an area's SQLite file where it is to lie beside the configuration, or below."""
    file = file_of(area.store)
    if file is not None and file.is_absolute() and file.is_relative_to(area.config.parent):
        with plainly("opened", str(file)):
            file.parent.mkdir(parents=True, exist_ok=True)


def _parsed(url: str) -> URL:
    """What a URL names; anything but a SQLite file or a PostgreSQL database is refused in a sentence."""
    if not isinstance(url, str):
        raise WordsError(f"store must be an address like sqlite:///data/listening.db; got {url!r}")
    shown = without_password(url)
    if re.match(r"[\w+]+://[^:/@]*:[^@]*@[^?]*@", url):  # parts of a password where host and name stand
        raise WordsError(f"store must have each @ in its password written %40; got {shown!r}")
    try:
        named = make_url(url)
    except ArgumentError as error:
        raise WordsError(f"store must be like sqlite:///data/listening.db; got {shown!r}") from error
    except ValueError as error:
        raise WordsError(
            "store must have a number for its port, like postgresql://user@host:5432/listening; "
            f"got {shown!r}"
        ) from error
    if named.get_backend_name() == "postgresql" and named.database:
        return named
    if named.get_backend_name() != "sqlite" or not named.database or named.database == ":memory:":
        raise WordsError(
            "store must name a SQLite file, like sqlite:///data/listening.db, or a PostgreSQL database, "
            f"like postgresql://user@host/listening; got {_shown(named)!r}"
        )
    return named


def _open_file(path: Path) -> Disk:
    with plainly("opened", str(path)):
        if not path.parent.is_dir():
            raise StoreError(
                f"the store could not be opened: {path}: there is no folder {path.parent}; "
                "make it first, or mend the address"
            )
        return _opened(Disk(str(path), sqlite.engine(str(path)), path))


def _opened(disk: Disk) -> Disk:
    try:
        with locked(disk):
            _set_up(disk)
    except BaseException:
        disk.engine.dispose()
        raise
    return disk


def _set_up(disk: Disk) -> None:
    with disk.engine.connect() as connection:
        revision = _revision(connection, disk.where)
    if revision == REVISION:
        return
    dialect.of(disk.engine).prepare(disk.engine)
    with disk.engine.connect().execution_options(writes=True) as connection, connection.begin():
        migrate(connection)


def _revision(connection: Connection, where: str) -> str | None:
    """The revision a store is at; None: an empty one. What is not ours, or newer, is refused."""
    tables = inspect(connection).get_table_names()
    if not tables:
        return None
    if "alembic_version" not in tables or "post" not in tables:
        raise StoreError(f"the store could not be opened: {where}: this database belongs to another program")
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if found is None or found > REVISION:
        raise NewerStore(
            f"the store could not be opened: {where}: a later version of this program wrote it "
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


def locked(disk: Disk) -> AbstractContextManager[None]:
    """Be alone with a store that is being set up; another process waits up to `WAIT_S` seconds."""
    return postgres.locked(disk.engine, disk.where, WAIT_S) if disk.path is None else beside(disk.path)


@contextmanager
def beside(path: Path) -> Iterator[None]:
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
