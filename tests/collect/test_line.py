import socket
import time
from collections.abc import Callable

import pytest
from misbehaving import RSS, Server, Visit, hurried

from listening.collect import web as words
from listening.collect.line import is_private
from listening.collect.web import Web


def drip(visit: Visit) -> None:
    visit.send_response(200)
    visit.end_headers()
    while not visit.server.closing.wait(0.03):
        visit.wfile.write(b"<")


def drip_headers(visit: Visit) -> None:
    visit.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    while not visit.server.closing.wait(0.03):
        visit.wfile.write(b"z")


def silence(visit: Visit) -> None:
    visit.server.closing.wait(5)


@pytest.mark.parametrize("manner", [drip, drip_headers, silence])
def test_an_answer_that_takes_too_long_is_cut(
    server: Server, naps: list[float], manner: Callable[[Visit], None]
) -> None:
    started = time.monotonic()
    answer = hurried(naps, total=0.4, read=0.3).get(server.does("/rss", manner))
    assert (answer.error, answer.state) == (words.TOO_SLOW, "failing")
    assert time.monotonic() - started < 2


@pytest.mark.parametrize(
    "target",
    [
        *(
            "http://10.0.0.1/",
            "http://169.254.169.254/latest/meta-data",
            "http://192.168.1.1/",
            "http://0.0.0.0/",
        ),
        *(
            "http://[::1]/",
            "http://[::ffff:127.0.0.1]/",
            "http://2130706433/",
            "http://0x7f.1/",
            "http://100.64.0.1/",
        ),
    ],
)
def test_a_redirect_into_a_private_network_is_refused(server: Server, web: Web, target: str) -> None:
    answer = web.get(server.gives("/rss", 302, Location=target))
    assert (answer.error, answer.state) == (words.PRIVATE, "failing")


def test_localhost_is_refused_where_only_its_number_is_allowed(server: Server, web: Web) -> None:
    server.gives("/secret", body=b"secret")
    answer = web.get(server.gives("/rss", 302, Location=server.url("/secret", "localhost")))
    assert (answer.error, server.paths) == (words.PRIVATE, ["/rss"])


def test_nothing_private_is_asked_at_all_unless_it_is_allowed(server: Server, naps: list[float]) -> None:
    answer = hurried(naps, allow_private=()).get(server.gives("/rss", body=RSS))
    assert (answer.error, server.paths) == (words.PRIVATE, [])


def test_a_name_is_looked_up_once_and_the_checked_address_is_the_one_asked(
    server: Server, naps: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    port = server.server_address[1]
    turns = iter(["127.0.0.1", "10.0.0.1"])  # a name that changes its mind
    asked: list[str] = []

    def changing(host: str, port: int, **_: object) -> list[tuple[object, ...]]:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(turns), port))]

    monkeypatch.setattr("listening.collect.line.socket", _Names(changing))
    server.gives("/rss", body=RSS)
    web = hurried(naps, allow_private=("courier.example",))
    assert web.get(f"http://courier.example:{port}/rss").body == RSS
    assert asked == ["courier.example"]
    assert server.headers[0]["Host"] == f"courier.example:{port}"


class _Names:
    """The socket module with another telephone book."""

    SOCK_STREAM = socket.SOCK_STREAM

    def __init__(self, getaddrinfo: Callable[..., list[tuple[object, ...]]]) -> None:
        self.getaddrinfo = getaddrinfo


@pytest.mark.parametrize(
    ("address", "private"),
    [
        ("8.8.8.8", False),
        ("2606:4700::1111", False),
        ("172.31.0.1", True),
        ("127.0.0.53", True),
        ("224.0.0.1", True),
        ("fe80::1%eth0", True),
        ("fd00::1", True),
        ("64:ff9b::0a00:0001", True),
        ("64:ff9b::0808:0808", False),
        ("2002:0a00:0001::", True),
    ],
)
def test_private_addresses_are_known_in_all_their_disguises(address: str, private: bool) -> None:
    assert is_private(address) is private
