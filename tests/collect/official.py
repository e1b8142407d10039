"""A server that answers as ModernGov, GOV.UK, the LGA's site and the Environment Agency do."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

from misbehaving import NOW, Server, source

from listening import collect
from listening.area import Source
from listening.collect.web import Web
from listening.post import Found, Run

FOLDER = Path(__file__).parent / "official"
PATHS = {
    "moderngov": "/mgWebService.asmx/GetAllMeetingsByDate",
    "govuk": "/api/search.json",
    "lga": "/about/news",
    "floods": "/flood-monitoring/id/floods",
}
AGENDA = "/mgWebService.asmx/GetMeeting"
FILES = {"moderngov": "meetings.xml", "govuk": "search.json", "lga": "news.html", "floods": "floods.json"}


def written(name: str) -> bytes:
    """A fixture's answer, without the note that says where its shape is from."""
    text = (FOLDER / name).read_text(encoding="utf-8")
    return json.dumps(json.loads(text)["answer"]).encode() if name.endswith(".json") else text.encode()


def one(server: Server, kind: str, **options: Any) -> Source:
    """A source of this kind, on this machine."""
    path = "" if kind == "moderngov" else PATHS[kind]
    changes: dict[str, Any] = {"kind": kind, "channel": "official", "every": timedelta(hours=1)}
    return source(server.url(path), kind, options=options, **changes)


def lives(server: Server, kind: str, **headers: str) -> None:
    """The service on an ordinary day."""
    server.gives(PATHS[kind], body=written(FILES[kind]), **headers)
    server.gives(AGENDA, body=written("agenda.xml"))
    server.gives("/robots.txt", 404)


def asked(who: Source, web: Web, memory: dict[str, Any] | None = None, **more: Any) -> tuple[Found, Run]:
    """What came of a source, its memory given."""
    [(_, found, run)] = collect.ask([who], {who.name: memory or {}}, web, more.pop("now", NOW), **more)
    return found, run
