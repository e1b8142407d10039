from datetime import UTC, datetime
from hashlib import sha256

import pytest
from misbehaving import NOW, Server
from official import PATHS, asked, lives, one, written

from listening.collect.web import Web
from listening.post import Post

PATH = PATHS["lga"]


def test_the_headlines_of_the_list_become_posts(server: Server, web: Web) -> None:
    lives(server, "lga")
    local = written("news.html").replace(b"https://local.gov.uk", server.url("").encode())
    server.gives(PATH, body=local)
    found, run = asked(one(server, "lga"), web)
    assert (run.state, run.reason) == ("ok", "")

    def post(name: str, title: str, text: str | None, day: datetime | None = None) -> Post:
        path = f"/about/news/{name}"
        return Post(
            id="lga:" + sha256(path.encode()).hexdigest()[:32], source="lga", channel="official",
            kind="article", published=day or NOW, collected=NOW, url=server.url(path), title=title,
            text=text, dated=day is not None,
        )  # fmt: skip

    assert found.posts == [
        post(
            "councils-ready-invented-salt",
            "Councils are ready with invented salt",
            "“More than an invented million tonnes of salt are stored &amp; ready for the roads.”",
        ),
        post(
            "invented-response-library-week",
            "An invented response to library week",
            None,
            datetime(2026, 11, 13, 10, tzinfo=UTC),
        ),
        post("invented-toolkit", "A new invented toolkit for parish halls", None),
    ]


def test_the_same_list_again_holds_nothing_new(server: Server, web: Web) -> None:
    lives(server, "lga")
    server.gives(PATH, body=written("news.html").replace(b"https://local.gov.uk", b""))
    first, _ = asked(one(server, "lga"), web)
    _, run = asked(one(server, "lga"), web, first.memory)
    assert (run.state, run.reason) == ("quiet", "It answers, and holds nothing new.")


@pytest.mark.parametrize(
    "body",
    [
        written("news.html").replace(b"/about/news/", b"/stories/"),
        b"<html><body><h1>We have moved</h1></body></html>",
        b"plain words",
        b'<a href="/about/news/only-one">Only one headline is no list</a>',
    ],
)
def test_a_page_of_another_shape_fails_and_says_so(server: Server, web: Web, body: bytes) -> None:
    lives(server, "lga")
    server.gives(PATH, body=body)
    _, run = asked(one(server, "lga"), web)
    assert (run.state, run.items) == ("failing", 0)
    assert run.reason == "Its page of news no longer has the shape we know: its headlines were not found."


def test_a_site_that_asks_programs_to_stay_away_is_not_read(server: Server, web: Web) -> None:
    lives(server, "lga")
    server.gives("/robots.txt", body=b"User-agent: *\nDisallow: /about/\n")
    _, run = asked(one(server, "lga"), web)
    assert (run.state, run.reason) == ("paused", "Its site asks programs not to read this page (robots.txt).")
    assert server.paths == ["/robots.txt"]


def test_a_site_whose_rules_are_about_others_is_read(server: Server, web: Web) -> None:
    lives(server, "lga")
    server.gives("/robots.txt", body=b"User-agent: other\nDisallow: /\n\nUser-agent: *\nDisallow: /admin\n")
    server.gives(PATH, body=written("news.html").replace(b"https://local.gov.uk", b""))
    _, run = asked(one(server, "lga"), web)
    assert run.state == "ok"
