"""Posts out of what Reddit said, by either way. Nothing here asks anybody anything."""

import json
import re
from collections import Counter
from datetime import UTC, datetime
from typing import Any

from listening.area import Source
from listening.collect import xmlfeed
from listening.collect.dates import EARLIEST
from listening.collect.entry import MOST_COUNTED, Entry, count, markup, tidy
from listening.collect.web import Answer
from listening.errors import CollectError
from listening.post import Found, Post

LONGEST = 100_000  # characters of HTML of one text
MOST_IDS = 2_000  # remembered, the newest first
SITE = "https://www.reddit.com"
NOBODY = ("", "[deleted]", "[removed]")
MACHINE = "automoderator"  # Reddit's own helper: no resident speaks
PIECEMEAL = "Its feed is damaged; what could be read was used."
_NAME = re.compile(r"t[13]_[0-9a-z]{1,13}")
_THREAD = re.compile(r"/comments/([0-9a-z]{1,13})(?:/|$)")
_SUBREDDIT = re.compile(r"/r/(\w{2,21})/comments/")
# "[ Removed by Reddit on account of violating the [content policy](/help/contentpolicy). ]" is one too.
_MARKED = re.compile(r"\[\s*(?:deleted|removed|unavailable)\b(?:[^\[\]]|\[[^\[\]]*\])*\]", re.IGNORECASE)
LONGEST_MARK = 150  # characters; the longest we know of has 86
_WORDS = re.compile(r'<div class="md">.*</div>', re.DOTALL)  # what the writer wrote; a bare link has none


def found(answer: Answer, source: Source, now: datetime) -> Found:
    """The Found of an Answer that ``reddit_api`` or ``reddit_rss`` made."""
    if answer.error or answer.body is None:
        raise CollectError(answer.error or "It sends an empty answer.")
    told = json.loads(answer.body)
    return _by_key(told, source, now) if told["way"] == "api" else _by_feed(told, answer.url, source, now)


def is_gone(*texts: object) -> bool:
    """Whether one of these texts is Reddit's mark for what was deleted or removed.

    >>> is_gone("[removed]"), is_gone("[ Removed by Reddit ]"), is_gone("[removed] the bin [photo]", None)
    (True, True, False)
    """
    bare = (text.strip() for text in texts if isinstance(text, str))
    return any(len(text) <= LONGEST_MARK and _MARKED.fullmatch(text) for text in bare)


def _by_key(told: dict[str, Any], source: Source, now: datetime) -> Found:
    things = [thing for thing in (*told["posts"], *told["comments"]) if _NAME.fullmatch(thing["name"])]
    gone = [f"reddit:{t['name']}" for t in things if t.get("removed") or is_gone(t.get("title"), t["text"])]
    answers = Counter(thing.get("parent") for thing in told["comments"])
    posts = {
        f"reddit:{thing['name']}": _post(thing, answers, source, now)
        for thing in things
        if f"reddit:{thing['name']}" not in set(gone) and str(thing["author"]).lower() != MACHINE
    }
    memory = {"seen": told["seen"], "unread": told["unread"], "min_interval": told.get("rest", 0)}
    return _found(list(posts.values()), gone, memory, told, " ".join(told["remarks"]) or None)


def _post(thing: dict[str, Any], answers: Counter[str | None], source: Source, now: datetime) -> Post:
    comment = thing["name"].startswith("t1_")
    published = min(_time(thing["created"]) or now, now)
    edited = _time(thing["edited"])
    html = tidy(thing["html"]) or markup(thing["text"])
    return Post(
        id=f"reddit:{thing['name']}",
        source=source.name,
        channel=source.channel,
        kind="comment" if comment else "post",
        published=published,
        collected=now,
        url=_address(tidy(thing["link"])),
        title=markup(thing.get("title")),
        text=html[:LONGEST] if html else None,
        author=_author(thing["author"]),
        thread=f"reddit:{thing['thread']}" if comment and thing["thread"] else None,
        edited=min(edited, now) if edited and edited > published else None,
        dated=_time(thing["created"]) is not None,
        replies=answers[thing["name"]] if comment else count(thing["answers"]),
        score=count(thing["score"], least=-MOST_COUNTED),
    )


def _by_feed(told: dict[str, Any], base: str, source: Source, now: datetime) -> Found:
    memory = {"feed": told["feed"], "marks": told["marks"]}
    if told["text"] is None:
        return Found([], memory=memory)
    sheet = xmlfeed.sheet(told["text"].lstrip("\ufeff \t\r\n"), base)
    # feedparser takes an id for an address and makes "t3_abc" a full one.
    named = ((e.guid or "").rpartition("/")[2] for e in sheet.entries)
    entries = {name: e for name, e in zip(named, sheet.entries, strict=True) if _NAME.fullmatch(name)}
    words = {name: _own_words(entry) for name, entry in entries.items()}
    gone = [f"reddit:{name}" for name, e in entries.items() if is_gone(e.title, _bare(words[name]))]
    posts = [
        _entry(name, entry, words[name], source, now)
        for name, entry in entries.items()
        if f"reddit:{name}" not in gone and (_author(entry.author) or "").lower() != MACHINE
    ]
    return _found(posts, gone, memory, told, PIECEMEAL if sheet.damaged else None)


def _entry(name: str, entry: Entry, words: str | None, source: Source, now: datetime) -> Post:
    """A feed titles a comment "/u/its-writer on its-thread": that is no title, and names somebody."""
    comment = name.startswith("t1_")
    within = _THREAD.search(entry.link or "")
    published = min(entry.published or now, now)
    edited = entry.updated if entry.updated and entry.updated > published else None
    return Post(
        id=f"reddit:{name}",
        source=source.name,
        channel=source.channel,
        kind="comment" if comment else "post",
        published=published,
        collected=now,
        url=_address(entry.link),
        title=None if comment else entry.title,
        text=words[:LONGEST] if words else None,
        author=_author(entry.author),
        thread=f"reddit:t3_{within[1]}" if comment and within else None,
        edited=min(edited, now) if edited else None,
        dated=entry.published is not None,
    )


def _found(
    posts: list[Post], gone: list[str], memory: dict[str, Any], told: dict[str, Any], remark: str | None
) -> Found:
    """The newest first; ids of earlier answers stay remembered, those of what is gone do not."""
    posts = sorted(posts, key=lambda post: post.published, reverse=True)
    lost = set(gone)
    ids = dict.fromkeys(post.id for post in posts)
    ids |= dict.fromkeys(i for i in told["before"] if i not in lost)
    dates = [post.published for post in posts if post.dated]
    memory = {**memory, "ids": list(ids)[:MOST_IDS], "newest": max(dates).isoformat() if dates else None}
    return Found(posts, gone, memory, remark)


def _own_words(entry: Entry) -> str | None:
    """What the writer wrote, without the line "submitted by" that follows; None for a bare link."""
    within = _WORDS.search(entry.text or "")
    return tidy(within[0]) if within else None


def _bare(html: str | None) -> str:
    return re.sub(r"<[^<>]*>", "", html or "").strip()


def _author(name: object) -> str | None:
    bare = re.sub(r"^/?u/", "", str(name or "").strip())
    return None if bare.lower() in NOBODY else bare


def _address(link: str | None) -> str | None:
    """Reddit's page of a post or comment, without the words in its address; None on somebody's own page."""
    where, thread = _SUBREDDIT.search(link or ""), _THREAD.search(link or "")
    if not where or not thread or where[1].lower().startswith("u_"):
        return None
    after = [part for part in (link or "")[thread.end() :].partition("?")[0].split("/") if part]
    comment = f"comment/{after[1]}/" if len(after) > 1 and re.fullmatch("[0-9a-z]{1,13}", after[1]) else ""
    return f"{SITE}/r/{where[1]}/comments/{thread[1]}/{comment}"


def _time(seconds: object) -> datetime | None:
    """Seconds since 1970 as UTC; Reddit writes ``false`` for "never"."""
    if isinstance(seconds, bool) or not isinstance(seconds, int | float):
        return None
    try:
        moment = datetime.fromtimestamp(seconds, UTC)
        return moment if moment.year >= EARLIEST else None
    except (OverflowError, ValueError, OSError):
        return None
