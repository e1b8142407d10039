"""Document: a service asked politely, and its body read as JSON or XML, or a sentence why it is neither.

For kinds that are no feed. What a service sends is a stranger's: XML with a document type is refused,
because a declared entity may stand for a thousand others.
"""

import hashlib
import html
import json
import re
from typing import Any
from xml.etree import ElementTree

from listening.collect.encoding import decoded
from listening.collect.web import Answer, Web
from listening.errors import CollectError
from listening.post import Post

EMPTY = "It sends an empty answer."
WEB_PAGE = "It sends a web page instead of data."
DAMAGED = "Its answer is damaged and cannot be read."
DECLARES = "Its answer declares entities, which we do not read."
_WEB_PAGE = re.compile(r"<(?:!doctype html|html)\b", re.IGNORECASE)


def ask(url: str, memory: dict[str, Any], web: Web) -> Answer:
    """The Answer of an address. What is remembered of another address is not held against this one."""
    if memory.get("address") != mark(url):
        return web.get(url)
    return web.get(url, memory.get("etag"), memory.get("last_modified"), memory.get("body_hash"))


def body(answer: Answer) -> str | None:
    """The text of an Answer, None where nothing is new; CollectError where there is none."""
    if answer.error or (answer.body is None and not answer.not_modified):
        raise CollectError(answer.error or EMPTY)
    if answer.not_modified or answer.body is None:
        return None
    text = decoded(answer.body, answer.headers.get("content-type", "")).lstrip("\ufeff \t\r\n")
    if not text:
        raise CollectError(EMPTY)
    return text


def data(text: str) -> Any:
    """The JSON of a text; CollectError where it is a web page, damaged, or nested without end."""
    _no_web_page(text)
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise CollectError(DAMAGED) from error


def tree(text: str) -> ElementTree.Element:
    """The outermost element of an XML text; CollectError where it is a web page, damaged or a trap."""
    _no_web_page(text)
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise CollectError(DECLARES)
    try:
        return ElementTree.fromstring(text)
    except (ElementTree.ParseError, ValueError) as error:
        raise CollectError(DAMAGED) from error


def _no_web_page(text: str) -> None:
    if _WEB_PAGE.match(text):
        raise CollectError(WEB_PAGE)


def unescaped(words: str) -> str:
    """Words with ``&amp;`` and its kin as the characters they stand for; as they are, where that fails.

    >>> unescaped("Budget &amp; Council Tax")
    'Budget & Council Tax'
    """
    try:
        return html.unescape(words)
    except ValueError:  # a number of thousands of digits
        return words


def validators(answer: Answer) -> dict[str, str | None]:
    """What a conditional request needs next time."""
    return {"etag": answer.headers.get("etag"), "last_modified": answer.headers.get("last-modified")}


def unchanged(answer: Answer) -> dict[str, Any]:
    """What to add to a source's memory where nothing is new: validators that came with that word."""
    return {name: value for name, value in validators(answer).items() if value}


def remembered(answer: Answer, url: str, posts: list[Post]) -> dict[str, Any]:
    """What to add to a source's memory after an Answer of ``url`` that gave these posts."""
    dates = [post.published for post in posts if post.dated]
    return {
        **validators(answer),
        "body_hash": answer.digest,
        "address": mark(url),
        "ids": [post.id for post in posts],
        "newest": max(dates).isoformat() if dates else None,
    }


def mark(url: str) -> str:
    """Tells one address from another without keeping it: it may hold a token."""
    return hashlib.sha256(url.encode()).hexdigest()[:16]
