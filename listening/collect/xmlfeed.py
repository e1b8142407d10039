"""RSS 0.9x to 2.0, RDF and Atom, read into a Sheet by feedparser.

feedparser's own dates and its cleaning are not used: it takes BST for UTC, and cleaning comes later
and reads better.
"""

import calendar
import re
from datetime import UTC, datetime, timedelta
from typing import Any
from xml.sax import SAXException

from listening.collect import tame
from listening.collect.dates import EARLIEST, read
from listening.collect.entry import Entry, Sheet, fullest, markup, tidy, web_link, whole
from listening.errors import CollectError

DAMAGED = "Its feed is damaged and cannot be read."
WEB_PAGE = "It sends a web page instead of a feed."
PERIODS = {  # RSS 1.0 syndication module, http://web.resource.org/rss/1.0/modules/syndication/
    "hourly": timedelta(hours=1),
    "daily": timedelta(days=1),
    "weekly": timedelta(weeks=1),
    "monthly": timedelta(days=30),
    "yearly": timedelta(days=365),
}
_WEB_PAGE = re.compile(r"\s*<(?:!doctype html|html)\b", re.IGNORECASE)
_COMMENT = re.compile(r"#comment-\d+$")  # WordPress's address of one comment


def sheet(text: str, base: str) -> Sheet:
    """The Sheet of an XML feed; CollectError where it is none (a web page, for one)."""
    if _WEB_PAGE.match(text):
        raise CollectError(WEB_PAGE)
    try:
        found = tame.parse(text, base)
    except CollectError:
        raise
    except Exception as error:  # it meets every kind of soup, and breaks on some in its own ways
        raise CollectError(DAMAGED) from error
    damaged = isinstance(found.get("bozo_exception"), SAXException)
    if not found.entries and not dict.get(found, "version"):
        raise CollectError(_instead(text))
    if not found.entries and damaged:
        raise CollectError(DAMAGED)
    home = web_link(dict.get(found.feed, "link"), base)
    title = tidy(dict.get(found.feed, "title"))
    return Sheet([_entry(e, base) for e in found.entries], home, _rest(found.feed), damaged, title)


def _instead(text: str) -> str:
    """What stands where a feed should be, in a sentence."""
    start = text[:5000].lower()
    if "<html" in start or "<!doctype html" in start or "<body" in start:
        return WEB_PAGE
    return "It sends something that is not a feed." if text.strip() else "It sends an empty answer."


def _entry(item: Any, base: str) -> Entry:
    link = web_link(dict.get(item, "feedburner_origlink") or dict.get(item, "link"), base)
    answered = dict.get(item, "thr_in-reply-to")
    answers = tidy(answered.get("ref") or answered.get("href")) if isinstance(answered, dict) else None
    comment = bool(answers or (link and _COMMENT.search(link)))
    published = _time(item, "published") or _time(item, "created")
    updated = _time(item, "updated")
    replies = dict.get(item, "slash_comments") or dict.get(item, "thr_total")
    title, details = _title(item), [*dict.get(item, "content", []), dict.get(item, "summary_detail")]
    return Entry(
        guid=tidy(dict.get(item, "id")),
        link=link,
        title=_html(title),
        text=fullest(map(_html, details))
        or (None if _html(title) else fullest(map(_packed, [title, *details]))),
        author=_author(item),
        published=published or updated,
        updated=updated,
        replies=whole(replies),
        answers=answers or (_COMMENT.sub("", link) if link and comment else None),
        comment=comment,
    )


def _title(item: Any) -> Any:
    """An item's title; feedparser takes its details from a title within another element."""
    detail, title = dict.get(item, "title_detail"), dict.get(item, "title")
    return detail if not detail or detail.get("value") == title else {"value": title}


def _html(detail: Any) -> str | None:
    """The HTML of a title, summary or content; None where it is a picture or the like."""
    if not detail:
        return None
    kind = detail.get("type") or "text/html"
    if kind == "text/plain":
        return markup(detail.get("value"))
    return tidy(detail.get("value")) if kind.startswith("text/") or kind.endswith("xml") else None


def _packed(detail: Any) -> str | None:
    """Words that were packed as data, where an item has no others; None where it is data indeed."""
    words = tidy((detail or {}).get("value"))
    if not words or not words.isprintable() or "\ufffd" in words:
        return None
    word = words.isalpha() and words in (words.lower(), words.capitalize())  # base64 mixes its cases
    return words if word or " " in words else None


def _author(item: Any) -> str | None:
    """RSS names its author in one line, Atom in parts."""
    first: dict[str, Any] = next(iter(dict.get(item, "authors", [])), {})
    return tidy(dict.get(item, "author")) or tidy(first.get("name")) or tidy(first.get("href"))


def _time(item: Any, name: str) -> datetime | None:
    """A time from the feed's own words; feedparser's reading of them only where ours has none."""
    if moment := read(tidy(dict.get(item, name))):
        return moment
    parsed = dict.get(item, f"{name}_parsed")
    if not parsed or parsed.tm_year < EARLIEST:
        return None
    return datetime.fromtimestamp(calendar.timegm(parsed), UTC)


def _rest(feed: Any) -> timedelta:
    """The longer of RSS's ``ttl`` (minutes) and the syndication module's period."""
    asked = timedelta(minutes=whole(dict.get(feed, "ttl")) or 0)
    period = PERIODS.get(str(dict.get(feed, "sy_updateperiod")).strip().lower(), timedelta(0))
    return max(asked, period / (whole(dict.get(feed, "sy_updatefrequency")) or 1))
