"""Feeds: RSS 0.9x to 2.0, RDF, Atom and JSON Feed.

In sources.yaml: ``kind: feed`` and ``url``, the address of the feed itself.
Gives: title, text (the fullest of content and summary), link, dates, author, number of replies.
Does not give: what has rolled off the feed; deletions; readers' figures; comments, unless the feed
is one of comments (WordPress, Blogger), whose articles then are the threads.
Limits: asks at most as often as ``every``, the feed's ``ttl``, its update period and ``Cache-Control``
allow; 5 MB and 2,000 items an answer.
Terms: each feed's own, noted in sources.yaml.
Checked: 2026-11-22, with feedparser 6.0.14.
Verified: never against live feeds here; on recorded ones and a misbehaving server in the tests.
"""

import re
from datetime import datetime, timedelta
from typing import Any

from listening.area import Source
from listening.collect import document, jsonfeed, xmlfeed
from listening.collect.encoding import decoded
from listening.collect.entry import Entry, Sheet, whole
from listening.collect.identity import ids, thread
from listening.collect.web import Answer, Web
from listening.errors import CollectError
from listening.post import Found, Post

MOST_ITEMS = 2_000  # of one answer, the newest
LONGEST = 100_000  # characters of HTML of one text
LONGEST_REST = timedelta(days=1)  # no feed is left alone for longer, whatever it asks
AHEAD = timedelta(hours=2)  # a date further off is a fault; an hour is a summer-time mistake
SEVERAL = 3  # items with the same fault before it is told: one may be meant so
WHOLE = True  # an answer is the whole list: where items usually stand in it, none is odd
KINDS = {"press": "article", "official": "article", "report": "report"}
_MAX_AGE = re.compile(r"(?:^|[,\s])max-age\s*=\s*\"?(\d+)")
PIECEMEAL = "Its feed is damaged; what could be read was used."


def fetch(source: Source, memory: dict[str, Any], web: Web) -> Answer:
    """The feed's Answer. What is remembered of another address is not held against this one."""
    return document.ask(source.url or "", memory, web)


def parse(answer: Answer, source: Source, now: datetime) -> Found:
    """The posts of an Answer, newest first; CollectError, in plain words, where it holds no feed.

    ``Found.memory`` is what to add to the source's memory: validators and hash of the body, the
    ids of all posts, the newest date, the seconds the feed (``min_interval``) and its server
    (``max_age``) ask to be left alone.

    How the pipeline uses ``memory["ids"]``: a post whose id stands in the memory *before* this
    answer, yet is unknown to the store, was purged or erased there and is still in the feed. It is
    not new, and must not be written again.
    """
    if answer.error or (answer.body is None and not answer.not_modified):
        raise CollectError(answer.error or "It sends an empty answer.")
    if answer.not_modified or answer.body is None:
        return Found([], memory=document.unchanged(answer) | _fresh(answer))
    sheet = read(answer)
    posts = _posts(sheet, source, now)
    kept = sorted(posts, key=lambda post: post.published, reverse=True)[:MOST_ITEMS]
    remarks = [PIECEMEAL] if sheet.damaged else []
    remarks += _oddities(sheet, len(posts), now)
    if len(posts) > len(kept):
        remarks.append(f"It sent {len(posts):,} items; the newest {len(kept):,} were kept.")
    memory = {
        **document.remembered(answer, source.url or "", kept),
        "min_interval": int(min(sheet.rest, LONGEST_REST).total_seconds()),
        "max_age": _fresh(answer).get("max_age"),
    }
    return Found(kept, memory=memory, remark=" ".join(remarks) or None)


def read(answer: Answer) -> Sheet:
    """The feed of an Answer that has a body; CollectError where it holds none."""
    text = decoded(answer.body or b"", answer.headers.get("content-type", ""))
    text = text.lstrip("\ufeff \t\r\n")
    if text.startswith(("{", "[")):
        return jsonfeed.sheet(text, answer.url)
    return xmlfeed.sheet(text, answer.url)


def _posts(sheet: Sheet, source: Source, now: datetime) -> list[Post]:
    """One post an id; where an id stands twice in an answer, the later version of it."""
    entries = [entry for entry in sheet.entries if entry.title or entry.text]
    posts: dict[str, Post] = {}
    for id_, entry in zip(ids(entries, source.url or "", sheet.home), entries, strict=True):
        post = _post(id_, entry, source, now)
        known = posts.get(id_)
        if known is None or _version(post) > _version(known):
            posts[id_] = post
    return list(posts.values())


def _version(post: Post) -> datetime:
    return post.edited or post.published


def _post(id_: str, entry: Entry, source: Source, now: datetime) -> Post:
    """An undated entry is published now; one from the future, too."""
    published = min(entry.published or now, now)
    edited = min(entry.updated, now) if entry.updated and entry.published else None
    return Post(
        id=id_,
        source=source.name,
        channel=source.channel,
        kind="comment" if entry.comment else KINDS.get(source.channel, "post"),
        published=published,
        collected=now,
        url=entry.link,
        title=entry.title,
        text=entry.text[:LONGEST] if entry.text else None,
        author=entry.author,
        thread=thread(entry.answers, source.url or "") if entry.answers else None,
        edited=edited if edited and edited > published else None,
        dated=entry.published is not None,
        replies=entry.replies,
    )


def _oddities(sheet: Sheet, posts: int, now: datetime) -> list[str]:
    """What is odd about a feed that can be read: dates to come, items that stand in it twice."""
    told = [entry for entry in sheet.entries if entry.title or entry.text]
    ahead = sum(e.published is not None and e.published > now + AHEAD for e in told)
    twice = len(told) - posts
    result = []
    if ahead >= SEVERAL and ahead > len(told) / 2:
        result.append(
            f"Of its {len(told):,} items {ahead:,} are dated in the future; we take them as of today."
        )
    if twice >= SEVERAL:
        result.append(f"Of its {len(told):,} items {twice:,} are there twice; each is kept once.")
    return result


def _fresh(answer: Answer) -> dict[str, int]:
    """``max_age``: the seconds for which its server says the answer is good (RFC 9111, 5.2.2.1 and 5.1)."""
    control = answer.headers.get("cache-control", "").lower()
    found = _MAX_AGE.search(control)
    if not found or "no-cache" in control or "no-store" in control:
        return {}
    age = whole(answer.headers.get("age")) or 0
    return {"max_age": max(0, min(int(found[1][:9]) - age, int(LONGEST_REST.total_seconds())))}
