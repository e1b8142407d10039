"""One collect among feeds made to do harm: each has a clear state, and nothing else suffers."""

import gzip
import io
import resource
import time
from pathlib import Path
from xml.sax.handler import ContentHandler, feature_namespaces

import pytest
from misbehaving import FEEDS, NOW, RSS, Server, Visit, hurried

import listening
from benchmarks.local import configuration
from listening.collect import tame

EVIL = (
    "<script>steal()</script>Bins <b onclick=x()>missed</b> on Carsic Lane&lt;img src=x onerror=y()&gt;"
    "\u202egnirts\u202c \u200bz\u0336a\u0336l\u0336g\u0336o\u0336"
)


def rss(items: str) -> bytes:
    return f"<rss version='2.0'><channel><title>t</title>{items}</channel></rss>".encode()


def item(number: int, title: str, link: str) -> str:
    words = title.replace("&", "&amp;").replace("<", "&lt;")
    return f"<item><guid>{number}</guid><title>{words}</title><link>{link}</link></item>"


def drips(visit: Visit) -> None:
    visit.send_response(200)
    visit.end_headers()
    for _ in range(1_000):
        visit.wfile.write(b"<")
        visit.wfile.flush()
        if visit.server.closing.wait(0.1):
            return


def pours(visit: Visit) -> None:
    visit.send_response(200)
    visit.end_headers()
    for _ in range(1_000):
        visit.wfile.write(b"x" * 50_000)


def entities() -> bytes:
    lines = "".join(f"<!ENTITY b{n} '{f'&b{n - 1};' * 10}'>" for n in range(1, 10))
    return f"<!DOCTYPE rss [<!ENTITY b0 'ha'>{lines}]>".encode() + rss(item(1, "&b9;", "https://x.example/1"))


def hostile(server: Server) -> dict[str, str]:
    """A source for each kind of harm, by name."""
    attributes = " ".join(f"a{n}='1'" for n in range(2_000))
    bomb = gzip.compress(b"\0" * 50_000_000)
    many = rss("".join(item(n, f"Number {n} of many", f"https://x.example/{n}") for n in range(10_000)))
    server.does("/circle", lambda visit: visit.say(302, Location="/circle"))
    return {
        "fine before": server.gives("/fine", body=(FEEDS / "courier.rss").read_bytes()),
        "entities": server.gives("/entities", body=entities()),
        "50 MB": server.does("/big", pours),
        "gzip bomb": server.gives("/gzip", body=bomb, Content_Encoding="gzip"),
        "drip": server.does("/drip", drips),
        "circle": server.url("/circle"),
        "private": server.gives("/inside", 302, Location="http://10.0.0.1/admin"),
        "metadata": server.gives("/cloud", 302, Location="http://169.254.169.254/latest/"),
        "wrong encoding": server.gives(
            "/latin", body=rss(item(1, "Café shut", "https://x.example/c")).decode().encode("latin-1")
        ),
        "web page": server.gives("/page", body=b"<!doctype html><html><body>Hello</body></html>"),
        "links": server.gives("/links", body=rss(item(1, "Click me now", "javascript:alert(1)"))),
        "scripts": server.gives("/scripts", body=rss(item(1, EVIL, "https://x.example/s"))),
        "ten thousand": server.gives("/many", body=many),
        "attributes": server.gives(
            "/attributes", body=rss(f"<item {attributes}><title>Bins missed</title></item>")
        ),
        "nested": server.gives("/nested", body=rss("<a>" * 5_000)),
        "noise": server.gives("/noise", body=bytes(range(256)) * 200),
        "fine after": server.gives("/other", body=RSS),
    }


STATES = {
    "fine before": "ok",
    "entities": "ok",
    "50 MB": "failing",
    "gzip bomb": "failing",
    "drip": "failing",
    "circle": "failing",
    "private": "failing",
    "metadata": "failing",
    "wrong encoding": "ok",
    "web page": "failing",
    "links": "ok",
    "scripts": "ok",
    "ten thousand": "ok",
    "attributes": "ok",
    "nested": "failing",
    "noise": "failing",
    "fine after": "ok",
}


@pytest.fixture
def collected(server: Server, tmp_path: Path):  # type: ignore[no-untyped-def]
    area = listening.load(configuration(tmp_path, hostile(server)))
    store = listening.connect(area.store)
    web = hurried([], read=0.5, total=2.0, most=5_000_000)
    listening.listen(area, store, NOW, web=hurried([], most=1))  # what is loaded once is no memory held
    begun, before = time.monotonic(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    runs = listening.listen(area, store, NOW, web=web).set_index("source")
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1_000  # MB
    yield runs, store.posts(noise=True).set_index("source"), time.monotonic() - begun, grown
    store.close()


def test_every_hostile_source_has_a_clear_state_and_the_others_are_heard(collected) -> None:  # type: ignore[no-untyped-def]
    runs, posts, seconds, grown = collected
    assert runs["state"].to_dict() == STATES
    told = runs.loc[runs["state"] == "failing", "reason"]
    assert told.str.fullmatch(r"[A-Z][^<>{}]+\.").all(), told.to_dict()
    assert not told.str.contains("our side").any(), told.to_dict()
    assert len(posts.loc[["fine before"]]) == runs.loc["fine before", "items"] > 0
    assert len(posts.loc[["ten thousand"]]) == 2_000
    assert seconds < 120  # one after the other on one host; each has at most two seconds and two tries
    assert grown < 200  # MB
    assert runs.loc["nested", "reason"].startswith(tame.TOO_DEEP)
    assert posts.loc["wrong encoding", "title"] == "Café shut"
    assert posts.loc["links", "url"] is None
    title = posts.loc["scripts", "title"]
    assert title.startswith("Bins missed on Carsic Lane")
    assert not [mark for mark in ("<", "script", "onerror", "\u202e", "\u200b") if mark in title]


def test_of_an_elements_attributes_and_a_documents_namespaces_only_the_first_are_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    attributes = " ".join(f"a{n}='1'" for n in range(3_000))
    namespaces = " ".join(f"xmlns:n{n}='urn:{n}'" for n in range(3_000))
    read: list[int] = []
    declared: list[str] = []
    parser, handed = tame.create_parser(), ContentHandler()
    monkeypatch.setattr(handed, "startElementNS", lambda name, qname, attrs: read.append(len(attrs)))
    monkeypatch.setattr(handed, "startPrefixMapping", lambda prefix, uri: declared.append(uri))
    parser.setFeature(feature_namespaces, True)
    parser.setContentHandler(handed)
    parser.parse(io.BytesIO(f"<rss {namespaces}><item {attributes}/></rss>".encode()))
    assert (read, len(declared)) == ([0, tame.MOST_ATTRIBUTES], tame.MOST_NAMESPACES)


def test_of_what_is_no_xml_only_the_beginning_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tame, "LONGEST_LOOSE", 300)
    feed = rss("".join(item(n, f"Bins & bags {n}", "https://x.example/") for n in range(100)))
    found = tame.parse(feed.decode().replace("&amp;", "&"), "https://x.example/")
    assert found.entries[0].title == "Bins & bags 0"
    assert len(found.entries) < 10
