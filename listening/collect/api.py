"""Api: a platform asked for JSON, one request after the other, within a budget.

Every request goes through ``web`` as it is: no redirect is followed, so that a token never leaves the
host it is for. A few further tries are made where the trouble may pass. What went wrong is a value:
``trouble`` is the Answer, with its sentence, of the last request that failed.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit

from listening.collect.dates import EARLIEST, retry_after
from listening.collect.web import LONGEST_REST, PAUSES, Answer, Web, another_try, resting
from listening.errors import CollectError

WEB_PAGE = "It sends a web page instead of data."
DAMAGED = "It sends something we could not read."
STRANGE = "It answers, but not in the form we know."
MOVED = "It has moved to another address: change its url."
LATER = "What is left is read in the next round."


class Api:
    """Asks one platform: ``left`` requests may still be made, and none before ``rest_until``."""

    def __init__(self, web: Web, most: int, headers: Mapping[str, str] | None = None) -> None:
        self.web, self.left = web, most
        self.headers = {"Accept": "application/json", **(headers or {})}
        self.trouble: Answer | None = None
        self.rest_until: datetime | None = None

    def ask(self, url: str, parameters: Sequence[tuple[str, object]] = ()) -> Any:
        """The JSON at an address; None, and ``trouble``, where there is none or the budget is spent."""
        self.trouble = None
        if self.left <= 0 or self.rest_until:
            return None
        answer = self._asked(f"{url}?{urlencode(list(parameters))}" if parameters else url)
        told = parsed(answer.body or b"")
        if answer.error is None and answer.status == 200 and told is not None:
            self._heed(answer)
            return told
        self.trouble = replace(self._judged(answer), url=url)
        return None

    def _asked(self, address: str) -> Answer:
        for pause in (*PAUSES, None):
            self.left -= 1
            answer = self.web.send("GET", address, self.headers)
            wait = another_try(
                answer, pause, retry_after(answer.headers.get("retry-after"), self.web.clock())
            )
            if wait is None or self.left <= 0:
                break
            self.web.sleep(wait)
        return answer

    def _judged(self, answer: Answer) -> Answer:
        """The answer with a sentence for people."""
        if answer.error:
            return answer
        if answer.status == 200:
            page = (answer.body or b"").lstrip()[:200].lower().startswith((b"<!doctype html", b"<html"))
            return replace(answer, error=WEB_PAGE if page else DAMAGED, detail="no JSON", state="failing")
        if answer.status in (301, 302, 307, 308):
            return replace(answer, error=MOVED, detail=f"HTTP {answer.status}", state="failing")
        until = _reset(answer, self.web.clock())
        if answer.status == 429 and "retry-after" not in answer.headers and until:
            sentence = resting(until, self.web.clock(), "it asked us to slow down")
            return replace(answer, error=sentence, detail="HTTP 429", state="paused", retry_at=until)
        return self.web.judged(answer)

    def _heed(self, answer: Answer) -> None:
        """The platform's own count (``X-RateLimit-*``): at none remaining nothing more is asked."""
        if answer.headers.get("x-ratelimit-remaining", "").strip() == "0":
            self.rest_until = _reset(answer, self.web.clock())


def parsed(body: bytes) -> Any:
    """The JSON of a body; None where it holds none, or one that is nested without end."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def when(words: object) -> datetime | None:
    """An ISO 8601 time of a platform as UTC, ``2026-11-16T08:00:00.000Z`` or ``+0000``; else None.

    A year before 1990 is a machine's empty date.

    >>> when("2026-11-16T08:00:00+0000").isoformat(), when("yesterday"), when("1969-12-31T23:59:59Z")
    ('2026-11-16T08:00:00+00:00', None, None)
    """
    try:
        moment = datetime.fromisoformat(words) if isinstance(words, str) else None
        known = moment is not None and moment.tzinfo is not None and moment.year >= EARLIEST
        return moment.astimezone(UTC) if moment and known else None
    except (ValueError, OverflowError):
        return None


def _reset(answer: Answer, now: datetime) -> datetime | None:
    """When the count begins anew: Mastodon writes a time; a day at most is believed."""
    until = when(answer.headers.get("x-ratelimit-reset"))
    return min(until, now + LONGEST_REST) if until and until > now else None


def bare(answer: Answer) -> Answer:
    """A refusal without what came with it: its words may repeat what was asked."""
    return replace(answer, body=None, headers={}, not_modified=False)


def site(url: str | None) -> str:
    """The address of a site without a path.

    >>> site("https://www.Example.org/rss/reports/Haverdale")
    'https://www.example.org'
    """
    parts = urlsplit(url or "")
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise CollectError("Its url must be an address that begins with https://.")
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2].lower()}"


def rest(api: Api) -> int:
    """Seconds a platform asked for in the middle of a look, or whose count has run out."""
    until = (api.trouble.retry_at if api.trouble else None) or api.rest_until
    return max(int((until - api.web.clock()) / timedelta(seconds=1)), 0) if until else 0
