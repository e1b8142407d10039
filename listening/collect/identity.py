"""Identity: the id of a post, the same each time it is met and saying nothing of its author.

An id is ``feed:`` and 32 hexadecimal digits of a SHA-256. What is hashed is, in this order, the
first of these that names the entry and nothing else in the same answer:

1. its guid: as it stands where it is unique in the world (an http(s) address, ``tag:``, ``urn:``),
   else together with the feed's host and path;
2. its link, without tracking and ``www.``;
3. its words, together with the feed's host and path.

Measured on feeds people recorded: guids are repeated for different articles, links lead to the
home page, and some entries have neither.
"""

import hashlib
import re
from collections import defaultdict
from collections.abc import Sequence
from urllib.parse import parse_qsl, urlencode, urlsplit

from listening.collect.entry import Entry

_UNIQUE = re.compile(r"(?:https?://[^/]+/+[^/]|tag:.|urn:.)", re.IGNORECASE)
# The BBC counts a story's versions behind its guid ("…/articles/c123#2"): an edit, not a new story.
# Seen in its feeds as recorded by others, checked 2026-11-22.
_BBC_VERSION = re.compile(r"^(https?://(?:www\.)?bbc\.(?:co\.uk|com)/[^#]*)#\d+$")
_TRACKING = re.compile(r"utm_|at_|ns_|(?:fbclid|gclid|xtor|cmpid|mc_cid|mc_eid)$", re.IGNORECASE)


def ids(entries: Sequence[Entry], feed: str, home: str | None = None) -> list[str]:
    """The id of each entry of one answer; ``feed`` is the feed's own address, ``home`` its page's."""
    scope = _scope(feed)
    bare = {address(home)} if home else set()
    links = [_telling_link(e, bare) for e in entries]
    words = [" ".join((scope, e.title or "", e.text or "")) for e in entries]
    guids = [_guid(e.guid, scope) if e.guid else None for e in entries]
    guids = _unambiguous(guids, [link or word for link, word in zip(links, words, strict=True)])
    left = [None if guid else link for guid, link in zip(guids, links, strict=True)]
    kept = _unambiguous(left, [e.title or e.text or "" for e in entries])
    return [_hashed(g or k or w) for g, k, w in zip(guids, kept, words, strict=True)]


def thread(answers: str, feed: str) -> str:
    """The id of the article that a comment answers, by the article's guid or address."""
    return _hashed(_guid(answers, _scope(feed)))


def address(link: str) -> str:
    """A link as a name for its page: no scheme, no ``www.``, no tracking.

    >>> address("https://www.example.org/a/?utm_source=rss&id=4")
    'example.org/a?id=4'
    """
    parts = urlsplit(link)
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    query = urlencode([(name, value) for name, value in pairs if not _TRACKING.match(name)])
    host = parts.netloc.rpartition("@")[2].lower().removeprefix("www.")
    fragment = f"#{parts.fragment}" if parts.fragment and "=" not in parts.fragment else ""
    return f"{host}{parts.path.rstrip('/')}" + (f"?{query}" if query else "") + fragment


def _scope(feed: str) -> str:
    parts = urlsplit(feed)
    return f"{parts.netloc.rpartition('@')[2].lower()}{parts.path}"


def _guid(guid: str, scope: str) -> str:
    version = _BBC_VERSION.match(guid)
    if version:
        return version[1]
    return guid if _UNIQUE.match(guid) else f"{scope} {guid}"


def _telling_link(entry: Entry, bare: set[str]) -> str | None:
    """The address of an entry's own page; None where it only leads to the front page."""
    named = address(entry.link) if entry.link else ""
    return named if re.search("[/?#]", named) and named not in bare else None


def _unambiguous(names: Sequence[str | None], things: Sequence[str]) -> list[str | None]:
    """The names, without those that stand for two different things."""
    meant = defaultdict(set)
    for name, thing in zip(names, things, strict=True):
        meant[name].add(thing)
    return [name if name and len(meant[name]) == 1 else None for name in names]


def _hashed(name: str) -> str:
    return "feed:" + hashlib.sha256(name.encode()).hexdigest()[:32]
