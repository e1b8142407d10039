"""JSON Feed 1 and 1.1, read into a Sheet (https://www.jsonfeed.org/version/1.1/, checked 2026-11-22)."""

import json
from typing import Any

from listening.collect.dates import read
from listening.collect.entry import Entry, Sheet, fullest, markup, tidy, web_link
from listening.errors import CollectError


def sheet(text: str, base: str) -> Sheet:
    """The Sheet of a JSON Feed; CollectError where the text is some other JSON, or none."""
    try:
        feed = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise CollectError("Its feed is damaged and cannot be read.") from error
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        raise CollectError("It sends data, but not a feed.")
    home = web_link(feed.get("home_page_url"), base)
    entries = [_entry(item, base) for item in feed["items"] if isinstance(item, dict)]
    return Sheet(entries, home, title=markup(feed.get("title")))


def _entry(item: dict[str, Any], base: str) -> Entry:
    return Entry(
        guid=tidy(item.get("id")),
        link=web_link(item.get("url") or item.get("external_url"), base),
        title=markup(item.get("title")),
        text=fullest(
            (tidy(item.get("content_html")), markup(item.get("content_text")), markup(item.get("summary")))
        ),
        author=_author(item),
        published=read(tidy(item.get("date_published"))),
        updated=read(tidy(item.get("date_modified"))),
    )


def _author(item: dict[str, Any]) -> str | None:
    """Version 1 had one author, 1.1 has a list of them."""
    authors = item.get("authors")
    first = authors[0] if isinstance(authors, list) and authors else item.get("author")
    return tidy(first.get("name") or first.get("url")) if isinstance(first, dict) else None
