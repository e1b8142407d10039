"""Entry and Sheet: what a feed says, before it becomes posts, whichever dialect it was written in."""

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urljoin, urlsplit

# What no text may hold: controls, half of a surrogate pair, non-characters.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")

MOST_COUNTED = 2**31 - 1  # an INTEGER of PostgreSQL


@dataclass(frozen=True)
class Entry:
    """One item of a feed. Title and text are HTML; times are UTC."""

    guid: str | None = None
    link: str | None = None  # http or https, absolute
    title: str | None = None
    text: str | None = None
    author: str | None = None  # as the feed names its writer
    published: datetime | None = None
    updated: datetime | None = None
    replies: int | None = None
    answers: str | None = None  # the id or address of the article it is a comment on
    comment: bool = False


@dataclass(frozen=True)
class Sheet:
    """One feed, read."""

    entries: list[Entry]
    home: str | None = None  # the page the feed belongs to
    rest: timedelta = timedelta(0)  # how long it asks to be left alone between two looks
    damaged: bool = False
    title: str | None = None  # as the feed writes it; it may hold HTML


def tidy(words: object) -> str | None:
    r"""A text without unprintable characters and outer blanks; None where nothing is left.

    >>> tidy(" Weir Lane\x00 "), tidy("  "), tidy(7)
    ('Weir Lane', None, '7')
    """
    if words is None or isinstance(words, bool | dict | list):
        return None
    return _UNPRINTABLE.sub("", str(words)).strip() or None


def markup(words: object) -> str | None:
    """Plain text as HTML, so that every title and text is read the same way afterwards.

    >>> markup("Bins <& more>")
    'Bins &lt;&amp; more&gt;'
    """
    plain = tidy(words)
    return html.escape(plain, quote=False) if plain else None


def web_link(href: object, base: str) -> str | None:
    """An absolute http(s) address, or None: ``javascript:`` and its kin are no links.

    >>> web_link("/a?b=1", "https://news.example.org/rss"), web_link("javascript:alert(1)", "")
    ('https://news.example.org/a?b=1', None)
    """
    words = tidy(href)
    if words is None:
        return None
    try:
        address = urljoin(base, re.sub(r"\s+", "", words))
        parts = urlsplit(address)
        return address if parts.scheme in ("http", "https") and parts.hostname else None
    except ValueError:
        return None


def whole(words: object) -> int | None:
    """A count of 0 or more, or None."""
    digits = tidy(words)
    return int(digits) if digits and re.fullmatch(r"[0-9]{1,9}", digits) else None


def count(number: object, least: int = 0) -> int | None:
    """A platform's count as it came in JSON, or None where it is none, or more than a store can hold.

    >>> count(7), count(True), count("7"), count(-1), count(10**30)
    (7, None, None, None, None)
    """
    if not isinstance(number, int) or isinstance(number, bool):
        return None
    return number if least <= number <= MOST_COUNTED else None


def fullest(texts: Iterable[str | None]) -> str | None:
    """The longest of several texts, the first of equals."""
    return max((t for t in texts if t), key=len, default=None)
