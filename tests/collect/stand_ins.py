"""Servers that answer as Facebook, FixMyStreet, Mastodon and Bluesky do for the invented Haverdale.

`PLATFORMS` is the family: what each needs to be asked, and the addresses it asks first. Nobody named
here or in the fixtures exists.
"""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from misbehaving import NOW, Server, Visit, source
from websockets.http11 import Request, Response
from websockets.sync.server import ServerConnection, serve

from listening import collect
from listening.area import Source
from listening.collect.web import Web
from listening.post import Found, Run

PLATFORMS = Path(__file__).parent / "platforms"
TOKEN = "page-token-hawkbit-9"
PAGE = "100200300400"
# Names, numbers and handles of people that stand in the fixtures, and must stand nowhere else.
PEOPLE = (
    *("Zebedee", "Quillfeather", "Morwenna", "Tregidga", "Ottoline", "Brackenbury", "77002", "77003"),
    *("late_otter", "quiet_heron41", "teapot_hill", "shy_badger", "booster_crow", "open_letter"),
    *("zebedee", "morwenna", "ottoline", "hollyhock", "did:plc"),
)
PLACES_ON_EARTH = ("53.1", "53.2", "-1.2", "-1.3")


def written(name: str) -> bytes:
    """A fixture's answer, without the note that says where its shape is from."""
    text = (PLATFORMS / name).read_text(encoding="utf-8")
    return json.dumps(json.loads(text)["answer"]).encode() if name.endswith(".json") else text.encode()


def told(name: str) -> Any:
    return json.loads(written(name))


def lines() -> list[dict[str, Any]]:
    """What the stream says, without the note."""
    text = (PLATFORMS / "jetstream.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()][1:]


def facebook(**options: Any) -> Source:
    options = {"page": PAGE, **options}
    return source(None, "Our Page", kind="facebook_page", channel="public", options=options)


def reports(url: str, **options: Any) -> Source:
    return source(url, "Reports", kind="fixmystreet", channel="report", options=options)


def mastodon(url: str, **options: Any) -> Source:
    options = {"hashtags": ["haverdale"], **options}
    return source(url, "Haverdale social", kind="mastodon", channel="public", options=options)


def bluesky(url: str, **options: Any) -> Source:
    options = {"words": ["Haverdale"], "hashtags": ["haverdalefloods"], **options}
    return source(url, "Bluesky", kind="bluesky", channel="public", options=options)


FEED = f"/v25.0/{PAGE}/feed"
COMMENTS = f"/v25.0/{PAGE}_11/comments"
RSS = "/rss/reports/Haverdale"
OPEN311 = "/open311/v2/requests.json"
TAGGED = "/api/v1/timelines/tag/haverdale"
STATUSES = "/api/v1/statuses"
PROFILES = "/xrpc/app.bsky.actor.getProfiles"
JSON = "application/json; charset=utf-8"


def lives(server: Server) -> None:
    """Haverdale on an ordinary day."""
    server.gives(FEED, body=written("facebook_feed.json"), Content_Type=JSON)
    server.gives(COMMENTS, body=written("facebook_comments.json"), Content_Type=JSON)
    server.gives(RSS, body=written("fixmystreet.rss"), Content_Type="application/xml; charset=utf-8")
    server.gives(OPEN311, body=written("open311.json"), Content_Type=JSON)
    server.gives(TAGGED, body=written("mastodon_tag.json"), Content_Type=JSON)
    server.gives(PROFILES, body=written("bluesky_profiles.json"), Content_Type=JSON)


def asked(server: Server) -> list[str]:
    """The paths asked for, without what stands behind the question mark."""
    return [path.partition("?")[0] for path in server.paths]


def parameters(path: str) -> dict[str, list[str]]:
    return parse_qs(urlsplit(path).query)


def look(here: Source, web: Web, memory: dict[str, Any] | None = None) -> tuple[Found, Run]:
    [(_, found, run)] = collect.ask([here], {here.name: memory or {}}, web, web.clock())
    return found, run


@dataclass
class Jetstream:
    """A websocket server that says what it is told to; ``calls`` are the paths it was called with."""

    says: list[Any] = field(default_factory=list)  # dicts, texts or bytes, one a message
    refuses: tuple[int, dict[str, str], bytes] | None = None  # status, headers, body
    stays: bool = False  # silent, instead of saying goodbye
    breaks: bool = False  # off, without a word
    calls: list[str] = field(default_factory=list)
    agents: list[str] = field(default_factory=list)
    port: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def answer(self, connection: ServerConnection, request: Request) -> Response | None:
        self.calls.append(request.path)
        self.agents.append(request.headers["User-Agent"])
        if self.refuses is None:
            return None
        status, headers, body = self.refuses
        response = connection.respond(HTTPStatus(status), body.decode())
        for name, value in headers.items():
            response.headers[name] = value
        return response

    def speak(self, connection: ServerConnection) -> None:
        cursor = int(parameters(self.calls[-1]).get("cursor", ["0"])[0])
        for word in self.says:
            if not isinstance(word, dict):
                connection.send(word)
            elif word["time_us"] >= cursor:
                connection.send(json.dumps(word))
        if self.breaks:
            connection.socket.close()
        if self.stays:
            for _ in connection:  # until the listener leaves
                pass


@contextmanager
def streaming(stand_in: Jetstream) -> Iterator[Jetstream]:
    with serve(stand_in.speak, "127.0.0.1", 0, process_request=stand_in.answer, close_timeout=0.2) as server:
        stand_in.port = server.socket.getsockname()[1]
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield stand_in
        server.shutdown()
        thread.join()


def in_turn(server: Server, path: str, *answers: Any) -> None:
    """Answers a path with one JSON after the other, and with the last from then on."""
    left = list(answers)

    def manner(visit: Visit) -> None:
        visit.say(200, json.dumps(left.pop(0) if len(left) > 1 else left[0]).encode(), Content_Type=JSON)

    server.does(path, manner)


def minutes(number: float) -> timedelta:
    return timedelta(minutes=number)


EIGHT = NOW.replace(hour=8)
