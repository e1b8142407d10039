"""The misbehaving server and a Web in a hurry, ready to use."""

import threading
from collections.abc import Callable, Iterator

import pytest
from misbehaving import Server, hurried

from listening.collect.web import Web


@pytest.fixture
def serve() -> Iterator[Callable[[str], Server]]:
    running: list[tuple[Server, threading.Thread]] = []

    def start(host: str = "127.0.0.1") -> Server:
        server = Server(host)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        running.append((server, thread))
        return server

    yield start
    for server, thread in running:
        server.closing.set()
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def server(serve: Callable[[str], Server]) -> Server:
    return serve("127.0.0.1")


@pytest.fixture
def naps() -> list[float]:
    """The pauses the Web would have made, in seconds."""
    return []


@pytest.fixture
def web(naps: list[float]) -> Web:
    return hurried(naps)
