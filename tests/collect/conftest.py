"""The misbehaving server and a Web in a hurry, ready to use."""

import threading
from collections.abc import Callable, Iterator

import pytest
from haverdale import SECRETS, Clock, lives, web_of
from misbehaving import Server, hurried
from stand_ins import TOKEN, Jetstream, streaming
from stand_ins import lives as haverdale_lives

from listening.collect import reddit_pace
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


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def reddit(server: Server, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Iterator[Web]:
    """The way to a Reddit on this machine; no secret is set, and nobody has asked it yet."""
    for name in SECRETS:
        monkeypatch.delenv(name, raising=False)
    for name in ("REDDIT_URL", "REDDIT_OAUTH_URL"):
        monkeypatch.setenv(name, server.url(""))
    lives(server)
    for pace in (reddit_pace.API, reddit_pace.RSS):
        pace.forget()
    yield web_of(clock)
    for pace in (reddit_pace.API, reddit_pace.RSS):
        pace.forget()


@pytest.fixture
def key(reddit: Web, monkeypatch: pytest.MonkeyPatch) -> Web:
    """The same, with an approved application's key."""
    for name in ("REDDIT_CLIENT_ID", "REDDIT_CLIENT_SECRET"):
        monkeypatch.setenv(name, SECRETS[name])
    return reddit


@pytest.fixture
def feed_token(reddit: Web, monkeypatch: pytest.MonkeyPatch) -> Web:
    """The same, with the token of a private feed."""
    for name in ("REDDIT_FEED_TOKEN", "REDDIT_FEED_USER"):
        monkeypatch.setenv(name, SECRETS[name])
    return reddit


@pytest.fixture
def town(server: Server, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Web:
    """The way to a Facebook, a FixMyStreet and a Mastodon on this machine; no secret is set."""
    monkeypatch.setenv("FACEBOOK_URL", server.url("/v25.0"))
    monkeypatch.setenv("BLUESKY_PUBLIC_URL", server.url(""))
    monkeypatch.delenv("FACEBOOK_PAGE_TOKEN", raising=False)
    haverdale_lives(server)
    return web_of(clock, read=1.0)


@pytest.fixture
def token(town: Web, monkeypatch: pytest.MonkeyPatch) -> Web:
    """The same, with the access token of our own Page."""
    monkeypatch.setenv("FACEBOOK_PAGE_TOKEN", TOKEN)
    return town


@pytest.fixture
def jetstream() -> Iterator[Jetstream]:
    """A stream of Bluesky's on this machine."""
    with streaming(Jetstream()) as stand_in:
        yield stand_in
