"""A store in a folder of its own, and other processes; both gone when the test is over."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from subprocess import PIPE, Popen

import pytest

from listening.store import Store, connect


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = connect(f"sqlite:///{tmp_path}/listening.db")
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
