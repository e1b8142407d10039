"""Finding: from the address of a site to its feeds, each of them fetched and read once.

Tried in this order: the address itself; what the page declares (``link rel=alternate``); what it links
to that looks like a feed; where the program that made the page keeps its feeds (WordPress, Drupal,
ModernGov, Reach's newspapers); the usual addresses. What the page may be read for is asked of its
robots.txt first. All goes through ``web``: a page can't lead us into a private network, nor keep us
busy for long.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urljoin, urlsplit

from listening.area import Source
from listening.collect import feed, robots
from listening.collect.dates import LONDON
from listening.collect.document import unescaped
from listening.collect.encoding import decoded
from listening.collect.entry import tidy, web_link
from listening.collect.page import Page
from listening.collect.web import NO_ADDRESS, Answer, Web
from listening.entries import secret_in
from listening.errors import CollectError

MOST = 24  # addresses tried
LONGEST = timedelta(seconds=90)  # for all of them together
OLD = timedelta(days=60)  # a feed whose newest item is older is told as such
LONGEST_TITLE = 80  # characters
KINDS = ("application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml")
LOOKS = re.compile(
    r"(?:^|[/=._-])(?:rss|feeds?|atom)(?:\d|[/=._?-]|\.xml|$)|\.(?:rss|atom|rdf)$|mgrss\.aspx", re.IGNORECASE
)
COMMENTS = re.compile(r"/comments?/|[?&]feed=comments", re.IGNORECASE)
MADE_BY = {  # what a page says of its maker, and where that keeps its feed
    re.compile(r"wordpress|/wp-content/", re.IGNORECASE): ("/feed/", "/?feed=rss2"),
    re.compile(r"\bdrupal\b", re.IGNORECASE): ("/rss.xml", "/news/rss.xml"),
    re.compile(r"mgCalendarMonthView|ieListMeetings|moderngov", re.IGNORECASE): ("/mgRss.aspx?XXR=0",),
    re.compile(r"reachplc|reach-plc", re.IGNORECASE): ("/?service=rss",),
}
USUAL = ("/feed/", "/rss", "/rss.xml", "/feed.xml", "/atom.xml", "/news/rss", "/news/feed/", "/feed.json")
NO_FEED = "No feed was found there."
ITSELF, DECLARED, LINKED, MAKER, GUESSED = (
    "This address is a feed itself.",
    "The page names it.",
    "The page links to it.",
    "Where the program that made the page keeps it.",
    "Found at a usual address.",
)


@dataclass(frozen=True)
class Feed:
    """One feed that answered and was understood."""

    address: str
    title: str
    items: int
    newest: datetime | None  # UTC; None where its items carry no dates
    note: str  # how it was found, and what is odd about it


@dataclass(frozen=True)
class Search:
    """What became of a search: feeds, the best first; or a sentence why there are none."""

    feeds: tuple[Feed, ...]
    tried: int  # addresses asked for a feed
    reason: str = ""


def find(address: str, web: Web) -> Search:
    """The feeds of the site at an address ("haverdale.example" will do)."""
    url = address.strip() if "://" in address else f"https://{address.strip()}"
    until = web.clock() + LONGEST
    if not web_link(url, ""):
        return Search((), 0, NO_ADDRESS)
    if reason := robots.refusal(url, web):
        return Search((), 0, reason)
    answer = web.get(url)
    if answer.body is None and answer.status not in (404, 410):
        return Search((), 0, answer.error or NO_FEED)
    if itself := _tried(answer, ITSELF, web.clock()):
        return Search((itself,), 1)
    feeds, tried = _try_all(_candidates(answer), web, until)
    return Search(tuple(feeds), tried, "" if feeds else answer.error or NO_FEED)


def _try_all(candidates: Iterator[tuple[str, str]], web: Web, until: datetime) -> tuple[list[Feed], int]:
    feeds: dict[str, Feed] = {}
    seen: set[str | None] = set()
    asked: set[str] = set()
    tired: set[str] = set()
    for url, how in candidates:
        host = urlsplit(url).netloc
        if url in asked or host in tired or COMMENTS.search(url):
            continue
        if len(asked) == MOST or web.clock() >= until:
            break
        asked.add(url)
        answer = web.get(url)
        if answer.retry_at:
            tired.add(host)
        found = _tried(answer, how, web.clock())
        if found and answer.digest not in seen:
            feeds.setdefault(found.address, found)
            seen.add(answer.digest)
    return list(feeds.values()), len(asked)


def _tried(answer: Answer, how: str, now: datetime) -> Feed | None:
    """The feed of an Answer, or None where it holds none, or its address holds a secret."""
    if answer.body is None or secret_in(answer.url):
        return None
    source = Source("found", "feed", "press", answer.url)
    try:
        found = feed.parse(answer, source, now)
        title = feed.read(answer).title
    except CollectError:
        return None
    newest = max((post.published for post in found.posts if post.dated), default=None)
    notes = [how, found.remark, _age(newest, bool(found.posts), now)]
    name = _plain(title) or urlsplit(answer.url).hostname or answer.url
    return Feed(answer.url, name, len(found.posts), newest, " ".join(note for note in notes if note))


def _age(newest: datetime | None, items: bool, now: datetime) -> str:
    if not items:
        return "It holds nothing yet."
    if newest is None:
        return "Its items carry no dates."
    day = newest.astimezone(LONDON)
    return f"Its newest item is of {day.day} {day:%B %Y}." if now - newest > OLD else ""


def _plain(title: str | None) -> str:
    words = tidy(re.sub(r"\s+", " ", unescaped(re.sub(r"<[^<>]*>", " ", title or "")))) or ""
    return words[:LONGEST_TITLE].strip()


def _candidates(answer: Answer) -> Iterator[tuple[str, str]]:
    """Addresses worth a try, the likeliest first, each with how it was come by."""
    text = decoded(answer.body or b"", answer.headers.get("content-type", ""))
    page = Page(text, answer.url)
    for link in page.links:
        if "alternate" in link.rel.split() and link.kind.partition(";")[0].strip() in KINDS:
            yield link.href.partition("#")[0], DECLARED
    for anchor in page.anchors:
        href = anchor.partition("#")[0]
        parts = urlsplit(href)
        if LOOKS.search(f"{parts.path}?{parts.query}"):
            yield href, LINKED
    for maker, paths in MADE_BY.items():
        if maker.search(page.generator) or maker.search(text):
            for path in paths:
                yield urljoin(answer.url, path), MAKER
    below = urlsplit(answer.url)._replace(query="", fragment="").geturl().rstrip("/")
    for path in ("/feed/", "/rss"):
        yield f"{below}{path}", GUESSED
    for path in USUAL:
        yield urljoin(answer.url, path), GUESSED
