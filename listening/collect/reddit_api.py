"""Reddit with an approved key, through PRAW: newest submissions, comment trees, what is gone.

What comes out are plain dicts, never PRAW's objects: those ask Reddit again when an attribute is
missing, so their ``vars`` are read instead.

A submission:  name, id, title, html, text, author, created, edited, link, answers, score, removed
A comment:     name, thread, parent, html, text, author, created, edited, link, score
"""

import json
import logging
from collections.abc import Container, Sequence
from dataclasses import replace
from typing import Any

import praw
from prawcore.exceptions import OAuthException
from prawcore.sessions import FiniteRetryStrategy

from listening.collect import reddit_pace
from listening.collect.reddit_keys import Keys, base
from listening.collect.reddit_posts import is_gone
from listening.collect.reddit_trees import plain, trees
from listening.collect.reddit_wire import REFUSED, Wire
from listening.collect.web import Answer, Web
from listening.errors import CollectError

CAP = 1_000  # Reddit lists no more of anything
PAGE = 100
BUDGET = 40  # requests a source may make in one round
MOST_SEEN = 300  # submissions whose number of comments is remembered, or ``depth`` where that is more
MOST_UNREAD = 1_000  # threads that wait for a later look, the newest
RECHECKS = 60  # requests to look up what may be gone
STRANGE = "Its answer is not what Reddit's documents describe."
AT_CAP = "Reddit lists only its newest 1,000 posts: what is older could not be seen."
LATER = "Threads left for a later round: {}."
LOST = "Threads that could not be read whole: {}."
CUT = "Reddit stopped us part of the way: the rest is read in a later round."

for _name in ("praw", "prawcore"):  # they write what was asked and tried again
    logging.getLogger(_name).setLevel(logging.ERROR)


class _Once(FiniteRetryStrategy):
    """One more try for a refused token, at once; all other tries are the Wire's."""

    DEFAULT_RETRIES = 1

    def __init__(self, retries: int = 1) -> None:
        super().__init__(retries=retries)

    def _sleep_seconds(self) -> float | None:
        return None


def look(name: str, depth: int, comments: bool, memory: dict[str, Any], keys: Keys, web: Web) -> Answer:
    """What a subreddit's newest submissions and the trees that have grown hold, as JSON.

    ``depth`` submissions are looked at, or more where that many are new; trees are read for those
    whose number of comments is not the remembered one, newest first, while requests are left, and for
    those that an earlier look left (``unread``). A glance is one page, and no trees. Where the listing
    breaks off, what was seen before stays as it was: a later look reads on until it joins it.
    """
    wire = Wire(web, reddit_pace.API, BUDGET, name)
    if web.glance:
        depth, comments, memory = min(depth, PAGE), False, {}
    seen: dict[str, int] = memory.get("seen") or {}
    unread: dict[str, int] = memory.get("unread") or {}
    try:
        reddit = _reddit(keys, wire)
        found, whole, capped = _newest(reddit, name, depth, seen)
    except CollectError:
        raise
    except Exception as error:  # PRAW raises its own, and asserts; the Wire knows the reason
        return _remembering(_trouble(wire, error), wire)
    said: list[dict[str, Any]] = []
    lost = 0
    if whole and comments:
        waiting = _waiting(found, seen, unread)
        said, left, lost = trees(reddit, waiting, wire)
        unread = dict(list(left.items())[:MOST_UNREAD])
        lost += len(left) - len(unread)
    later = unread if comments else {p["id"] for p in found}  # to be read when comments are wished for
    now_seen = {
        p["id"]: seen.get(p["id"], -1) if p["id"] in later else p["answers"]
        for p in found[: max(MOST_SEEN, depth)]
    }
    told = {
        "way": "api",
        "posts": found,
        "comments": said,
        "before": memory.get("ids") or [],
        "seen": now_seen if whole else seen,
        "unread": unread,
        "remarks": [
            *([AT_CAP] if whole and _ended(found, seen, capped) else []),
            *([LATER.format(len(unread))] if comments and unread else []),
            *([LOST.format(lost)] if lost else []),
            *([CUT] if wire.trouble or not whole else []),
        ],
        "rest": _rest(wire),
    }
    return _remembering(Answer(keys.oauth_url, 200, body=json.dumps(told).encode()), wire)


def gone(
    names: Sequence[str], missed: Container[str], keys: Keys, web: Web
) -> tuple[list[str], list[str], str | None]:
    """Those of these fullnames (``t3_…``, ``t1_…``) that Reddit shows no longer; those it did not name; the
    last one that was asked where Reddit broke off, else None.

    A mark ("[deleted]", a reason for removal) counts at once; what an answer leaves out is gone where
    it was ``missed`` in the look before too, else only not named: one bad answer must not empty a
    store. CollectError where Reddit could not be asked at all.
    """
    wire = Wire(web, reddit_pace.API, RECHECKS)
    lost: list[str] = []
    unnamed: list[str] = []
    upto = None
    try:
        reddit = _reddit(keys, wire)
        for at in range(0, len(names), PAGE):
            batch = list(names[at : at + PAGE])
            told = {thing["name"]: thing for thing in map(plain, reddit.info(fullnames=batch))}
            for name in batch:
                if name in told:
                    lost += [name] if _is_gone(told[name]) else []
                else:
                    (lost if name in missed else unnamed).append(name)
            upto = batch[-1]
    except CollectError:
        raise
    except Exception as error:
        if upto is None:
            raise CollectError(_trouble(wire, error).error or STRANGE) from None
        return lost, unnamed, upto
    return lost, unnamed, None


def _is_gone(thing: dict[str, Any]) -> bool:
    return bool(thing.get("removed")) or is_gone(thing.get("title"), thing["text"])


def _reddit(keys: Keys, wire: Wire) -> Any:
    """PRAW, given everything outright: a praw.ini in the working folder has no say."""
    reddit = praw.Reddit(
        "DEFAULT",
        requestor_kwargs={"session": wire},
        check_for_updates=False,
        check_for_async=False,
        ratelimit_seconds=0,
        client_id=keys.client_id,
        client_secret=keys.client_secret,
        username=keys.username,
        password=keys.password,
        refresh_token=keys.refresh_token,
        redirect_uri=None,
        user_agent=wire.web.user_agent,
        reddit_url=base(keys.url, wire.web.allow_private),
        oauth_url=base(keys.oauth_url, wire.web.allow_private),
    )
    # PRAW 8 has no argument for it; between its own tries it would sleep for up to four seconds.
    core: Any = reddit._core
    core._retry_strategy_class = _Once
    return reddit


def _newest(
    reddit: Any, name: str, depth: int, seen: dict[str, int]
) -> tuple[list[dict[str, Any]], bool, bool]:
    """The newest submissions; whether the listing was read as far as it was meant to be; whether so many
    pages were asked as Reddit lists of anything."""
    found: dict[str, dict[str, Any]] = {}
    size = min(PAGE, depth)
    after, asked = None, 0
    try:
        while asked < CAP:
            page = {"limit": size} if after is None else {"limit": size, "after": after}
            listing = reddit.get(f"r/{name}/new", params=page)
            asked += size
            things = [plain(thing) for thing in listing.children if "title" in vars(thing)]
            found |= {thing["id"]: thing for thing in things if thing["id"] not in found}
            after, size = listing.after, PAGE
            joined = not seen or any(id_ in seen for id_ in found)  # nothing to join on to, the first time
            if not after or (joined and len(found) >= depth):
                break
    except Exception:
        if not found:
            raise
        return list(found.values()), False, False
    return list(found.values()), True, asked >= CAP


def _waiting(found: list[dict[str, Any]], seen: dict[str, int], unread: dict[str, int]) -> dict[str, int]:
    """The threads to be read, the newest first, with how often each was broken off."""
    grown = [p["id"] for p in found if p["answers"] and seen.get(p["id"]) != p["answers"]]
    lost = {p["id"] for p in found if _is_gone(p)}
    waiting = {id_: unread.get(id_, 0) for id_ in grown} | unread
    return {id_: tries for id_, tries in waiting.items() if id_ not in lost}


def _ended(found: list[dict[str, Any]], seen: dict[str, int], capped: bool) -> bool:
    """Whether the listing ended before anything known: removed posts count for its 1,000, unseen.

    One that fits on a page is all that the subreddit has.
    """
    if any(post["id"] in seen for post in found):
        return False
    return capped or (bool(seen) and len(found) > PAGE)


def _rest(wire: Wire) -> int:
    """Seconds that Reddit asked for in the middle of a look."""
    until = wire.trouble.retry_at if wire.trouble else None
    return int((until - wire.web.clock()).total_seconds()) if until else 0


def _trouble(wire: Wire, error: Exception) -> Answer:
    """The Answer for what PRAW raised. Its own words may hold what was asked: they stay out."""
    detail = type(error).__name__
    if wire.trouble:
        return replace(wire.trouble, detail=wire.trouble.detail or detail)
    if isinstance(error, OAuthException):
        return Answer("", 200, error=REFUSED, detail=detail, state="paused")
    return Answer("", 200, error=STRANGE, detail=detail, state="failing")


def _remembering(answer: Answer, wire: Wire) -> Answer:
    """The answer, with how long all of Reddit is to be left alone where it asked for that."""
    until = wire.trouble.retry_at if wire.trouble else None
    return replace(answer, remember={"reddit_api_next": until.isoformat()}) if until else answer
