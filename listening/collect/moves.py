"""Moves: a source that sends us on for good (301, 308) poll after poll, and what to say of it.

Its own address goes on being asked: a redirect may be a mistake, and only people change sources.yaml.
"""

import hashlib
import re
from typing import Any
from urllib.parse import urlsplit

SURE = 3  # answers in a row
PERMANENT = (301, 308)  # RFC 9110, 15.4.2 and 15.4.9
_SECRET = re.compile(
    r"/(?=[^/]*\d)(?=[^/]*[A-Za-z])[\w-]{16,}(?:/|$)"
)  # a part of a path that reads as a key


def noted(memory: dict[str, Any], moved: str | None) -> dict[str, Any] | None:
    """What to remember of a move: a mark of where to, and how many answers in a row said so."""
    if not moved:
        return None
    mark = hashlib.sha256(moved.encode()).hexdigest()[:16]  # no address: it may hold a token
    before = memory.get("moved_to") or {}
    return {"to": mark, "times": before["times"] + 1 if before.get("to") == mark else 1}


def told(move: dict[str, Any] | None, moved: str | None) -> str:
    """The sentence, once it is sure; empty before.

    The address is named only where nothing in it may be a token.

    >>> told({"times": 3}, "https://news.example/feed")
    'It has moved to https://news.example/feed: change its url.'
    >>> told({"times": 3}, "https://news.example/feed?key=sesame")
    'It has moved to another address at news.example: change its url.'
    """
    if not moved or not move or move["times"] < SURE:
        return ""
    parts = urlsplit(moved)
    bare = not (parts.query or parts.fragment or "@" in parts.netloc or _SECRET.search(parts.path))
    where = f"to {moved}" if bare else f"to another address at {parts.hostname}"
    return f"It has moved {where}: change its url."
