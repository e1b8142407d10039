"""A real HTTP server on this machine that misbehaves as it is told, and a Web in a hurry."""

import socket
import struct
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from listening.area import Source
from listening.collect.web import Web

NOW = datetime(2026, 11, 16, 12, 0, tzinfo=UTC)
FEEDS = Path(__file__).parent / "feeds"
RSS = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>Haverdale Courier</title>
<item><guid>https://courier.example/1</guid><link>https://courier.example/1</link>
<title>Weir Lane under water</title><pubDate>Mon, 16 Nov 2026 07:40:00 GMT</pubDate></item>
</channel></rss>"""


class Visit(BaseHTTPRequestHandler):
    """One request; the tests' manners write its answer."""

    server: "Server"

    def do_GET(self) -> None:
        house = self.server
        with house.guard:
            house.paths.append(self.path)
            house.headers.append(dict(self.headers))
            self.here = 1
            house.inside += 1
            house.most_inside = max(house.most_inside, house.inside)
        try:
            house.manners[self.path.partition("?")[0]](self)
        except OSError:  # the visitor left in the middle, as it should
            pass
        finally:
            self.leave()

    def do_POST(self) -> None:
        self.said = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.do_GET()

    def leave(self) -> None:
        """Out of the house; before the answer is: whoever has it may knock again at once."""
        with self.server.guard:
            self.server.inside -= self.here
            self.here = 0

    def say(self, status: int = 200, body: bytes = b"", **headers: str) -> None:
        """An ordinary answer."""
        self.leave()
        self.send_response(status)
        for name, value in {"Content_Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def slam(self) -> None:
        """Ends the connection with a reset, not a goodbye."""
        self.wfile.flush()
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()
        self.close_connection = True

    def log_message(self, *args: object) -> None:
        """Says nothing."""


class Server(ThreadingHTTPServer):
    """What was asked of it, and how many were inside at once."""

    def __init__(self, host: str) -> None:
        super().__init__((host, 0), Visit)
        self.manners: dict[str, Callable[[Visit], None]] = {}
        self.paths: list[str] = []
        self.headers: list[dict[str, str]] = []
        self.guard, self.inside, self.most_inside = threading.Lock(), 0, 0
        self.closing = threading.Event()

    def url(self, path: str, host: str | None = None) -> str:
        return f"http://{host or self.server_address[0]}:{self.server_address[1]}{path}"

    def gives(self, path: str, status: int = 200, body: bytes = b"", **headers: str) -> str:
        """Answers a path with this, and says the path's address."""
        self.manners[path] = lambda visit: visit.say(status, body, **headers)
        return self.url(path)

    def does(self, path: str, manner: Callable[[Visit], None]) -> str:
        self.manners[path] = manner
        return self.url(path)

    def handle_error(self, request: object, client_address: object) -> None:
        """A visitor who hangs up is no error here."""


def hurried(naps: list[float], **changes: object) -> Web:
    settings = {
        "user_agent": "listening/test",
        "allow_private": ("127.0.0.1", "127.0.0.2"),
        "clock": lambda: NOW,
        "sleep": naps.append,
        "connect": 0.5,
        "read": 0.3,
        "total": 5.0,
        "most": 200_000,
    }
    return Web(**{**settings, **changes})  # type: ignore[arg-type]


def source(
    url: str | None = "https://courier.example/rss", name: str = "Courier", **changes: object
) -> Source:
    settings = {"kind": "feed", "channel": "press", "every": timedelta(minutes=15)}
    return Source(name=name, url=url, **{**settings, **changes})  # type: ignore[arg-type]
