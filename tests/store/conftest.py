"""A store of each kind in a place of its own, and other processes; all gone when the test is over."""

import sys
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from subprocess import PIPE, Popen

import pytest
from pg_server import EMPTY, Server

from listening.store import Store, connect

KINDS = ("sqlite", "postgresql")
_number = count(1)


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
