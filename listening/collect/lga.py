"""LGA: news of the Local Government Association, read off its list of news, for want of a feed.

In sources.yaml: ``kind: lga``; ``url`` only where the list stands elsewhere. If a feed of it is ever seen
to work (one program of others names https://www.local.gov.uk/rss.xml), ``kind: feed`` is the better way.
Gives: headline, link and the first lines of what stands below; a date where the list shows one.
Does not give: the item itself; deletions; mostly no dates: an undated item counts from when we met it.
Limits: the first page of the list, the newest; one request a look and one for robots.txt, which is obeyed.
Terms: not read; headline and link only.
Checked: 2026-11-22, on stored copies of the list's pages (2020 to 2024) and links to its items in public
code, which agree on the form of an item's address: /about/news/words-of-the-headline.
Verified: never against the site; on a page written from those copies, and a misbehaving server in the
tests. Where fewer than three headlines are found, the page has changed its shape, and the source fails
and says so, rather than be quiet.
"""

import hashlib
import re
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from listening.area import Source
from listening.collect import document, robots
from listening.collect.dates import read
from listening.collect.entry import markup
from listening.collect.page import Page, Piece, sections
from listening.collect.web import Answer, Web
from listening.errors import CollectError
from listening.post import Found, Post, State

UNDATED = WHOLE = True  # an answer is the whole list: where items usually stand in it, none is odd
HERE = "https://www.local.gov.uk/about/news?sort_by=created_1&sort_order=DESC"
FEWEST = 3  # headlines of a list that has its known shape; it showed ten and more
MOST = 100
LEAST_HEADLINE, LEAST_LINES = 12, 40  # characters; shorter ones are buttons and names of topics
LONGEST = 1_000  # characters of the lines below a headline
CHANGED = "Its page of news no longer has the shape we know: its headlines were not found."


def fetch(source: Source, memory: dict[str, Any], web: Web) -> Answer:
    """The page's Answer, or that its site does not want it read."""
    url = source.url or HERE
    if reason := robots.refusal(url, web):
        state: State = "paused" if reason == robots.NOT_ALLOWED else "failing"
        return Answer(url, error=reason, detail="robots.txt", state=state)
    return document.ask(url, memory, web)


def parse(answer: Answer, source: Source, now: datetime) -> Found:
    """A post a headline, in the order of the page; CollectError where the page has another shape."""
    text = document.body(answer)
    if text is None:
        return Found([], memory=document.unchanged(answer))
    posts: dict[str, Post] = {}
    for head, below in sections(Page(text, answer.url).pieces, _items(answer.url)):
        if len(head.words) >= LEAST_HEADLINE:
            post = _post(head, below, source, now)
            posts.setdefault(post.id, post)
    if len(posts) < FEWEST:
        raise CollectError(CHANGED)
    listed = list(posts.values())[:MOST]
    return Found(listed, memory=document.remembered(answer, source.url or HERE, listed))


def _items(url: str) -> re.Pattern[str]:
    """Addresses of items: one word-by-word name below the list's own path, on its own site."""
    parts = urlsplit(url)
    host = re.escape(parts.netloc.removeprefix("www."))
    return re.compile(rf"https?://(?:www\.)?{host}{re.escape(parts.path.rstrip('/'))}/[^/?#]+/?(?:[?#]|$)")


def _post(head: Piece, below: list[Piece], source: Source, now: datetime) -> Post:
    link = (head.link or "").partition("#")[0].partition("?")[0]
    published = next((moment for piece in below if (moment := read(piece.time))), None)
    lines = next((p.words for p in below if not p.link and len(p.words) >= LEAST_LINES), "")
    return Post(
        id="lga:" + hashlib.sha256(urlsplit(link).path.rstrip("/").encode()).hexdigest()[:32],
        source=source.name,
        channel=source.channel,
        kind="article",
        published=min(published or now, now),
        collected=now,
        url=link,
        title=markup(head.words),
        text=markup(lines[:LONGEST]),
        dated=published is not None,
    )
