"""Wire: what PRAW takes for its connection; every request goes through ``web`` and its checked line.

PRAW brings Reddit's protocol (tokens, listings, trees), the Wire the manners: the pace, a budget of
requests, a few further tries, limits on time and size, and what went wrong in plain words. PRAW's
own waiting is left nothing to do: it sleeps for up to ten minutes and can't be told not to.
"""

import base64
import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import httpx2

from listening.collect.dates import retry_after
from listening.collect.reddit_pace import PATIENCE, Pace
from listening.collect.web import LONGEST_REST, PAUSES, Answer, Web, another_try, resting
from listening.errors import ListeningError
from listening.post import State

REFUSED = "Paused: Reddit needs a key that works; it refuses the one it was given. Everything else works."
SUSPENDED = "Paused: Reddit has suspended the account behind our key. Everything else works."
NOT_OURS = "Reddit is refusing us: our key may not read r/{name}."
PRIVATE = "r/{name} is private: only its members may read it."
WARNED = "r/{name} stands behind a warning page, which a program may not pass."
BANNED = "Reddit has banned r/{name}."
UNKEPT = (
    "Paused: our own store could not be written, and Reddit's turns are counted there, so Reddit was not "
    "asked. Everything else works."
)
MISSING = "There is no subreddit r/{name}, or no longer."
LOG_IN = "Paused: Reddit asks us to log in before it shows r/{name}. Everything else works."
ELSEWHERE = "Reddit sends us away from r/{name} to another page, which we don't follow."
REDIRECTS = (301, 302, 303, 307, 308)
LONGEST_LOOK = timedelta(minutes=2)  # a slow Reddit must not keep the other sources waiting
FORBIDDEN: dict[str, tuple[str, State]] = {  # by Reddit's own "reason"
    "private": (PRIVATE, "failing"),
    "gold_only": (PRIVATE, "failing"),
    "quarantined": (WARNED, "failing"),
    "gated": (WARNED, "failing"),
    "banned": (BANNED, "failing"),
    "suspended": (SUSPENDED, "paused"),
    "user_suspended": (SUSPENDED, "paused"),
}
_PASSED_ON = ("content-type", "www-authenticate")  # without its figures PRAW's own limiter has no opinion


class Stopped(Exception):
    """The request was not made, or not answered as hoped; ``Wire.trouble`` says why."""


class _Told(httpx2.Response):
    """An answer whose nameless writers are "[deleted]": PRAW raises where one is null or empty."""

    def json(self, **_: Any) -> Any:
        return json.loads(self.content, object_hook=_named)


class Wire:
    """Stands where PRAW expects a ``requests.Session``.

    ``left`` requests may still be made, but none once it is ``late``; ``trouble`` is the Answer, with
    its sentence, of the last one that failed, or None.
    """

    def __init__(self, web: Web, pace: Pace, most: int, name: str = "") -> None:
        self.web, self.pace, self.left, self.name = web, pace, most, name
        self.headers: dict[str, str] = {}  # PRAW writes its User-Agent here
        self.trouble: Answer | None = None
        self._until = web.clock() + LONGEST_LOOK

    @property
    def late(self) -> bool:
        """Whether the look has taken as long as one may."""
        return self.web.clock() >= self._until

    def close(self) -> None:
        """Nothing is kept open between two requests."""

    def request(
        self,
        method: str,
        url: str,
        params: Mapping[str, object] | None = None,
        data: Iterable[tuple[str, object]] | None = None,
        headers: Mapping[str, str] | None = None,
        auth: tuple[str, str] | None = None,
        **_: object,
    ) -> Any:
        """An httpx2.Response, which has all that PRAW reads of one; Stopped where there is none.

        A 401 goes back to PRAW, which then asks for a new token once.
        """
        named = {**self.headers, **(headers or {}), "Accept": "application/json"}
        named.pop("Connection", None)
        content = None
        if data is not None:
            named["Content-Type"] = "application/x-www-form-urlencoded"
            content = urlencode(list(data)).encode()
        if auth:
            named["Authorization"] = "Basic " + base64.b64encode(":".join(auth).encode()).decode()
        address = f"{url}?{urlencode(dict(params))}" if params else url
        answer = self._asked(method.upper(), address, named, content)
        self.trouble = (
            None if answer.status == 200 and not answer.error else self._meaning(answer, bool(auth))
        )
        if answer.error or answer.status not in (200, 401):
            raise Stopped
        told = {n: v for n, v in answer.headers.items() if n in _PASSED_ON}
        return _Told(answer.status, headers=told, content=answer.body or b"")

    def _asked(self, method: str, address: str, headers: dict[str, str], content: bytes | None) -> Answer:
        """The answer, after a few tries where the trouble may pass."""
        for pause in (*PAUSES, None):
            self._turn()
            answer = self.web.send(method, address, headers, content)
            self._heed(answer)
            rest = retry_after(answer.headers.get("retry-after"), self.web.clock())
            wait = another_try(answer, pause, rest)
            if wait is None or self.left <= 0:
                break
            self.web.sleep(wait)
        return answer

    def _turn(self) -> None:
        """Wait for our turn; Stopped where budget or time is spent or the turn is too far off."""
        if self.left <= 0 or self.late:
            self.trouble = None
            raise Stopped
        try:
            now, at = self.pace.take(self.web.clock, PATIENCE, self.web.ledger)
        except ListeningError as error:  # the store that keeps the ledger
            self.trouble = unkept("", error)
            raise Stopped from None
        if at - now > PATIENCE:
            sentence = resting(at, now, "Reddit asked us to slow down")
            self.trouble = Answer("", error=sentence, detail="held back", state="paused", retry_at=at)
            raise Stopped
        self.left -= 1
        if (wait := (at - self.web.clock()).total_seconds()) > 0:
            self.web.sleep(wait)

    def _heed(self, answer: Answer) -> None:
        """Reddit's own count: at none remaining, nobody asks until it begins anew."""
        try:
            remaining = float(answer.headers["x-ratelimit-remaining"])
            reset = min(timedelta(seconds=float(answer.headers["x-ratelimit-reset"])), LONGEST_REST)
        except (KeyError, ValueError, OverflowError):
            return
        if remaining < 1:
            self.pace.hold(self.web.clock() + reset, self.web.ledger)

    def _meaning(self, answer: Answer, for_token: bool) -> Answer:
        """The answer with a sentence for people, its body dropped."""
        status = answer.status
        if status == 429 and "retry-after" not in answer.headers and "x-ratelimit-reset" in answer.headers:
            reset = answer.headers["x-ratelimit-reset"].partition(".")[0]
            answer = replace(answer, headers={**answer.headers, "retry-after": reset})
        judged = replace(self.web.judged(answer), body=None)
        if judged.retry_at:
            self.pace.hold(judged.retry_at, self.web.ledger)
        if answer.error or (status == 429 or (status or 0) >= 500):
            return judged
        sentence, state = self._refusal(answer, for_token)
        return replace(judged, error=sentence or judged.error, state=state)

    def _refusal(self, answer: Answer, for_token: bool) -> tuple[str | None, State]:
        """What a status of the 300s and 400s means, and the state it puts the source in."""
        if answer.status == 401 or for_token:
            return REFUSED, "paused"
        if told := refusal(answer, self.name):
            return told
        return (NOT_OURS.format(name=self.name), "paused") if answer.status == 403 else (None, "failing")


def unkept(address: str, error: ListeningError) -> Answer:
    """Where a turn could not be written down: none was taken. What the store says may name its place."""
    return Answer(address, error=UNKEPT, detail=type(error).__name__, state="paused")


def refusal(answer: Answer, name: str) -> tuple[str, State] | None:
    """What Reddit's own reason, or the page it sends us to, says of a subreddit; None where neither does.

    Names that it doesn't know it sends to its search page.
    """
    status, reason = answer.status, _reason(answer)
    if status in REDIRECTS:
        where = answer.headers.get("location", "").partition("?")[0]
        if "/login" in where:
            return LOG_IN.format(name=name), "paused"
        sentence = MISSING if "/subreddits/search" in where else ELSEWHERE
        return sentence.format(name=name), "failing"
    if status in (403, 404) and reason in FORBIDDEN:
        sentence, state = FORBIDDEN[reason]
        return sentence.format(name=name), state
    return (MISSING.format(name=name), "failing") if status == 404 else None


def _named(told: dict[str, Any]) -> dict[str, Any]:
    if "author" in told and not told["author"]:
        told["author"] = "[deleted]"
    return told


def _reason(answer: Answer) -> str:
    """Reddit's word for why, in lower case."""
    try:
        told = json.loads(answer.body or b"")
    except ValueError:
        return ""
    return str(told.get("reason") or "").lower() if isinstance(told, dict) else ""
