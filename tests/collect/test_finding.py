"""From a site's address to its feeds, over a real server that may be hostile."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from misbehaving import NOW, RSS, Server, Visit

from listening.collect.finding import MOST, Feed, Search, find
from listening.collect.web import Web

DAY = datetime(2026, 11, 16, 7, 40, tzinfo=UTC)


def page(*lines: str) -> bytes:
    return f"<!doctype html><html><head>{''.join(lines)}</head><body><p>Haverdale</p></body></html>".encode()


def home(server: Server, body: bytes, robots: bytes | None = None) -> str:
    """A site with this front page; every path that nobody named is a 404."""
    for path in PATHS:
        server.gives(path, 404)
    if robots is not None:
        server.gives("/robots.txt", body=robots)
    return server.gives("/", body=body)


PATHS = ("/robots.txt", "/feed/", "/rss", "/rss.xml", "/feed.xml", "/atom.xml", "/news/rss", "/news/feed/")
PATHS += ("/feed.json", "/mgRss.aspx", "/news/rss.xml")


def test_what_the_page_declares_is_found_with_its_title_and_newest(server: Server, web: Web) -> None:
    link = '<link title="News" type="application/rss+xml" href="/our.xml" rel="alternate">'
    url = home(server, page(link))
    server.gives("/our.xml", body=RSS)
    found = find(url, web)
    assert found.feeds == (Feed(server.url("/our.xml"), "Haverdale Courier", 1, DAY, "The page names it."),)
    assert found.reason == ""


def test_an_address_that_is_a_feed_is_told_at_once(server: Server, web: Web) -> None:
    url = home(server, RSS)
    note = "This address is a feed itself."
    assert find(url, web) == Search((Feed(url, "Haverdale Courier", 1, DAY, note),), 1)


def test_an_orange_icon_without_words_is_a_link_too(server: Server, web: Web) -> None:
    url = home(server, b"<html><body><a href='/x/rss/all'><img src='rss.png'></a></body></html>")
    server.gives("/x/rss/all", body=RSS)
    [only] = find(url, web).feeds
    assert (only.address, only.note) == (server.url("/x/rss/all"), "The page links to it.")


MAKER = "Where the program that made the page keeps it."


@pytest.mark.parametrize(
    ("mark", "path", "note"),
    [
        ('<meta name="generator" content="WordPress 6.9">', "/feed/", MAKER),
        ('<meta content="Drupal 10" name="Generator">', "/rss.xml", MAKER),
        ('<a href="/ieListMeetings.aspx?CId=9">x</a>', "/mgRss.aspx", MAKER),
        ("", "/news/rss", "Found at a usual address."),
    ],
)  # fmt: skip
def test_feeds_are_found_where_such_sites_keep_them(
    server: Server, web: Web, mark: str, path: str, note: str
) -> None:
    url = home(server, page(mark))
    server.gives(path, body=RSS)
    [only] = find(url, web).feeds
    assert (only.address.partition("?")[0], only.note) == (server.url(path), note)


def test_one_feed_at_two_addresses_is_one(server: Server, web: Web) -> None:
    url = home(server, page())
    server.gives("/feed/", body=RSS)
    server.gives("/rss", body=RSS)
    assert [f.address for f in find(url, web).feeds] == [server.url("/feed/")]


def test_what_is_odd_about_a_feed_is_said(server: Server, web: Web) -> None:
    url = home(server, page())
    server.gives("/rss", body=RSS.replace(b"16 Nov 2026", b"16 Nov 2025"))
    server.gives(
        "/rss.xml",
        body=b"<rss version='2.0'><channel><title>a</title><item><title>b</title></item></channel></rss>",
    )
    server.gives(
        "/atom.xml",
        body=b"<feed xmlns='http://www.w3.org/2005/Atom'><title>&lt;b&gt;Quiet&lt;/b&gt;</title></feed>",
    )
    assert [(f.title, f.items, f.newest, f.note) for f in find(url, web).feeds] == [
        (
            "Haverdale Courier",
            1,
            DAY.replace(year=2025),
            "Found at a usual address. Its newest item is of 16 November 2025.",
        ),
        ("a", 1, None, "Found at a usual address. Its items carry no dates."),
        ("Quiet", 0, None, "Found at a usual address. It holds nothing yet."),
    ]  # fmt: skip


def test_a_site_without_feeds_is_told_in_a_sentence(server: Server, web: Web) -> None:
    found = find(home(server, page()), web)
    assert (found.feeds, found.reason) == ((), "No feed was found there.")


def test_comments_and_web_pages_and_secrets_are_no_feeds_to_propose(server: Server, web: Web) -> None:
    url = home(
        server, b"<a href='/comments/feed/'>a</a><a href='/rss?token=sesame'>b</a><a href='/feeds'>c</a>"
    )
    server.gives("/comments/feed/", body=RSS)
    server.gives("/rss", body=RSS)
    server.gives("/feeds", body=page())
    found = find(url, web)
    assert [f.address for f in found.feeds] == [server.url("/rss")]
    assert "/comments/feed/" not in server.paths


def test_a_site_that_asks_programs_to_stay_away_is_left_alone(server: Server, web: Web) -> None:
    url = home(server, page(), b"User-agent: *\nDisallow: /")
    found = find(url, web)
    assert found == Search((), 0, "Its site asks programs not to read this page (robots.txt).")
    assert server.paths == ["/robots.txt"]


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("http://[bad", "Its address is not a web address."),
        ("javascript://x", "Its address is not a web address."),
        ("", "Its address is not a web address."),
        ("http://10.0.0.1/", "Its address leads into a private network"),
        ("nowhere.invalid", "It could not be reached from here"),
    ],
)
def test_an_address_that_cannot_be_asked_is_told(web: Web, address: str, reason: str) -> None:
    found = find(address, web)
    assert (found.feeds, found.tried) == ((), 0)
    assert found.reason.startswith(reason)


def test_a_page_that_is_gone_does_not_stop_the_usual_addresses(server: Server, web: Web) -> None:
    home(server, page())
    server.gives("/old", 404)
    for path in ("/old/feed/", "/old/rss"):
        server.gives(path, 404)
    server.gives("/rss", body=RSS)
    assert [f.address for f in find(server.url("/old"), web).feeds] == [server.url("/rss")]


def test_a_site_that_refuses_is_asked_no_further(server: Server, web: Web) -> None:
    home(server, page())
    server.gives("/", 403)
    found = find(server.url("/"), web)
    assert found.reason == "It refuses to be read by a program like this one."
    assert server.paths == ["/robots.txt", "/"]


def test_a_page_of_a_thousand_feeds_costs_no_more_than_a_few_requests(server: Server, web: Web) -> None:
    url = home(server, "".join(f"<a href='/feed/{n}'>x</a>" for n in range(1000)).encode())
    for n in range(1000):
        server.gives(f"/feed/{n}", 404)
    assert find(url, web).tried == MOST
    assert len(server.paths) == MOST + 2


def test_a_search_ends_when_its_time_is_over(server: Server, web: Web) -> None:
    url = home(server, page())
    moments = iter(NOW + timedelta(seconds=40 * n) for n in range(1000))
    web.clock = lambda: next(moments)
    assert find(url, web).tried < 3


def test_a_host_that_wants_rest_is_left_alone(server: Server, web: Web) -> None:
    url = home(server, page())
    server.gives("/feed/", 429, Retry_After="900")
    found = find(url, web)
    assert (found.feeds, found.tried) == ((), 1)


def test_a_page_cannot_lead_into_a_private_network(
    server: Server, serve: Callable[[str], Server], web: Web
) -> None:
    inside = serve("127.0.0.3")  # not among the hosts that are allowed by name
    secret = inside.gives("/rss", body=RSS)
    link = f'<link rel="alternate" type="application/rss+xml" href="{secret}">'
    url = home(server, page(link))
    server.gives("/rss", 302, Location=secret)
    assert find(url, web).feeds == ()
    assert inside.paths == []


@pytest.mark.parametrize(
    "unit", [b"<a href=/rss>", b"<link ", b"<a ", b"<!--", b"<meta name=generator content='"]
)
def test_a_page_made_to_take_for_ever_does_not(server: Server, web: Web, unit: bytes) -> None:
    url = home(server, unit * (190_000 // len(unit)))
    started = time.process_time()
    find(url, web)
    assert time.process_time() - started < 5


def test_a_feed_that_slams_the_door_stops_nobody(server: Server, web: Web) -> None:
    def slam(visit: Visit) -> None:
        visit.slam()

    url = home(server, page())
    server.does("/feed/", slam)
    server.gives("/rss", body=RSS)
    assert [f.address for f in find(url, web).feeds] == [server.url("/rss")]
