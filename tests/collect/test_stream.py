"""A websocket over the checked line: the same rules as for any other request."""

import socket
import threading
from collections.abc import Callable

import pytest
from misbehaving import hurried
from stand_ins import Jetstream

from listening.collect.web import PRIVATE, Answer, Web


@pytest.fixture
def web() -> Web:
    return hurried([], read=1.0)


@pytest.fixture
def heard() -> list[str]:
    return []


def listen(web: Web, url: str, heard: list[str], enough: int = 99, seconds: float = 5.0) -> Answer:
    def hear(message: str) -> bool:
        heard.append(message)
        return len(heard) < enough

    return web.stream(f"{url}/subscribe?cursor=1", hear, seconds, 1_000_000)


def test_messages_are_heard_until_there_is_enough(web: Web, jetstream: Jetstream, heard: list[str]) -> None:
    jetstream.says, jetstream.stays = ["one", "two", "three"], True
    answer = listen(web, jetstream.url, heard, enough=2)
    assert (heard, answer.error, answer.status) == (["one", "two"], None, 101)
    assert (jetstream.calls, jetstream.agents) == (["/subscribe?cursor=1"], ["listening/test"])


def test_a_goodbye_and_a_silence_are_no_errors(web: Web, jetstream: Jetstream, heard: list[str]) -> None:
    jetstream.says = ["one", "é" * 70_000, b"three"]
    assert listen(web, jetstream.url, heard).error is None
    jetstream.stays = True
    assert listen(web, jetstream.url, heard).error is None
    assert heard == ["one", "é" * 70_000, "three"] * 2


def test_a_message_in_several_frames_is_one_message(web: Web, jetstream: Jetstream, heard: list[str]) -> None:
    jetstream.says = [iter(["Weir ", "Lane"]), "next"]
    assert listen(web, jetstream.url, heard).error is None
    assert heard == ["Weir Lane", "next"]


def test_a_message_without_end_is_refused(web: Web, jetstream: Jetstream, heard: list[str]) -> None:
    jetstream.says = ["one", "a" * 2_000_000]
    answer = listen(web, jetstream.url, heard)
    assert (heard, answer.state) == (["one"], "failing")
    assert answer.error == "It broke off in the middle of its answer."


def test_a_stream_that_never_pauses_ends_with_its_time(web: Web, heard: list[str]) -> None:
    def endless(line: socket.socket) -> None:
        while True:
            line.sendall(b"\x81\x03abc" * 50)

    with raw(endless) as url:
        answer = web.stream(f"{url}/", lambda _: True, 0.3, 10**12)
    assert answer.error is None


@pytest.mark.parametrize(
    ("status", "headers", "state", "sentence"),
    [
        (401, {}, "paused", "Paused: this source needs a key. Everything else works."),
        (403, {}, "failing", "It refuses to be read by a program like this one."),
        (404, {}, "failing", "There is nothing at its address any more."),
        (429, {"Retry-After": "600"}, "paused", "Resting until 12:10: it asked us to slow down."),
        (429, {}, "paused", "Resting until 12:15: it asked us to slow down."),
        (503, {}, "paused", "Resting until 12:15: it is too busy to answer."),
        (500, {}, "failing", "Its server has a fault and sends nothing we could read."),
        (400, {}, "failing", "It does not accept our request."),
    ],
)
def test_a_refusal_is_judged_as_any_other(
    web: Web,
    jetstream: Jetstream,
    heard: list[str],
    status: int,
    headers: dict[str, str],
    state: str,
    sentence: str,
) -> None:
    jetstream.refuses = (status, headers, b"no")
    answer = listen(web, jetstream.url, heard)
    assert (answer.state, answer.error, heard) == (state, sentence, [])


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        (
            "https://10.0.0.1",
            PRIVATE,
        ),
        (
            "http://nowhere.invalid",
            "It could not be reached from here (no network, or the address is wrong).",
        ),
        ("wss://a.example", "Its address is not a web address."),
        ("file:///etc/passwd", "Its address is not a web address."),
        ("", "Its address is not a web address."),
        ("http://[bad", "Its address is not a web address."),
    ],
)
def test_an_address_we_do_not_call_is_told(web: Web, heard: list[str], url: str, sentence: str) -> None:
    answer = listen(web, url, heard)
    assert (answer.error, answer.state) == (sentence, "failing")


def test_this_machine_is_a_private_network_too(jetstream: Jetstream, heard: list[str]) -> None:
    answer = listen(hurried([], allow_private=()), jetstream.url, heard)
    assert answer.error == (PRIVATE)
    assert jetstream.calls == []


def test_a_certificate_nobody_vouches_for_is_not_trusted(web: Web, heard: list[str]) -> None:
    with raw(lambda line: line.sendall(b"no tls here"), called=False) as url:
        answer = listen(web, url.replace("http:", "https:"), heard)
    assert answer.error == "Its security certificate could not be checked, so we do not trust the answer."


@pytest.mark.parametrize("words", [b"", b"hello\r\n\r\n", b"HTTP/1.1 101 Switching\r\n\r\n", b"\x00" * 5_000])
def test_something_else_at_the_address_is_told_as_a_fault(web: Web, heard: list[str], words: bytes) -> None:
    with raw(lambda line: line.sendall(words), answered=False) as url:
        answer = listen(web, url, heard)
    assert (answer.error, answer.state) == ("It broke off in the middle of its answer.", "failing")


class raw:  # noqa: N801 - reads as a statement
    """A listener on this machine that says bytes, after a proper handshake or without one."""

    def __init__(
        self, manner: Callable[[socket.socket], None], called: bool = True, answered: bool = True
    ) -> None:
        self.manner, self.called, self.answered = manner, called, answered

    def __enter__(self) -> str:
        self.door = socket.create_server(("127.0.0.1", 0))
        self.thread = threading.Thread(target=self.open)
        self.thread.start()
        return f"http://127.0.0.1:{self.door.getsockname()[1]}"

    def open(self) -> None:
        from websockets.server import ServerProtocol

        line, _ = self.door.accept()
        try:
            call = line.recv(65_536) if self.called else b""
            if self.called and self.answered:
                protocol = ServerProtocol()
                protocol.receive_data(call)
                [request] = protocol.events_received()
                protocol.send_response(protocol.accept(request))  # type: ignore[arg-type]
                line.sendall(b"".join(protocol.data_to_send()))
            self.manner(line)
        except OSError:  # the visitor left, as it should
            pass
        finally:
            line.close()

    def __exit__(self, *_: object) -> None:
        self.door.close()
        self.thread.join()
