"""Reddit with an approved key, through PRAW: newest submissions, comment trees, what is gone.

What comes out are plain dicts, never PRAW's objects: those ask Reddit again when an attribute is
missing, so their ``vars`` are read instead.

A submission:  name, id, title, html, text, author, created, edited, link, answers, score, removed
A comment:     name, thread, parent, html, text, author, created, edited, link, score
"""

import json
import logging
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

import praw
from praw.models import MoreComments
from prawcore.exceptions import OAuthException
from prawcore.sessions import FiniteRetryStrategy

from listening.collect import reddit_pace
from listening.collect.reddit_keys import Keys, base
from listening.collect.reddit_posts import is_gone
from listening.collect.reddit_wire import REFUSED, Wire
from listening.collect.web import Answer, Web
from listening.errors import CollectError

CAP = 1_000  # Reddit lists no more of anything
PAGE = 100
TREE = 500  # comments asked for at once; what is beyond comes in `more`
BUDGET = 40  # requests a source may make in one round
FAULTS = 3  # threads that could not be read, before a look ends
MOST_SEEN = 300  # submissions whose number of comments is remembered
RECHECKS = 60  # requests to look up what may be gone
STRANGE = "Its answer is not what Reddit's documents describe."
AT_CAP = "Reddit lists only its newest 1,000 posts: what is older could not be seen."
LATER = "Threads left for a later round: {}."
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
    whose number of comments is not the remembered one, newest first, while requests are left.
    """
    wire = Wire(web, reddit_pace.API, BUDGET, name)
    seen: dict[str, int] = memory.get("seen") or {}
    try:
        reddit = _reddit(keys, wire)
        found, whole = _newest(reddit, name, depth, seen)
    except CollectError:
        raise
    except Exception as error:  # PRAW raises its own, and asserts; the Wire knows the reason
        return _remembering(_trouble(wire, error), wire)
    changed = [p for p in found if p["answers"] and seen.get(p["id"]) != p["answers"]]
    grown = [p for p in changed if comments and not _is_gone(p)]
    said: list[dict[str, Any]] = []
    read = _trees(reddit, grown, wire, said) if whole else set()
    unread = {p["id"] for p in grown} - read
    left = unread if comments else {p["id"] for p in found}  # to be read when comments are wished for
    told = {
        "way": "api",
        "posts": found,
        "comments": said,
        "before": memory.get("ids") or [],
        "seen": {
            p["id"]: seen.get(p["id"], -1) if p["id"] in left else p["answers"] for p in found[:MOST_SEEN]
        },
        "remarks": _remarks(whole and _ended(found, seen), len(unread), wire),
        "rest": _rest(wire),
    }
    return _remembering(Answer(keys.oauth_url, 200, body=json.dumps(told).encode()), wire)


def gone(names: Sequence[str], keys: Keys, web: Web) -> tuple[list[str], str | None]:
    """Those of these fullnames (``t3_…``, ``t1_…``) that Reddit shows no longer; the last one that was
    asked where Reddit broke off, else None.

    A batch of which Reddit knows nothing at all tells nothing: one bad answer must not empty a
    store. CollectError where Reddit could not be asked at all.
    """
    wire = Wire(web, reddit_pace.API, RECHECKS)
    missing: list[str] = []
    upto = None
    try:
        reddit = _reddit(keys, wire)
        for at in range(0, len(names), PAGE):
            batch = list(names[at : at + PAGE])
            there = [_plain(thing) for thing in reddit.info(fullnames=batch)]
            if there:
                standing = {thing["name"] for thing in there if not _is_gone(thing)}
                missing += [name for name in batch if name not in standing]
            upto = batch[-1]
    except CollectError:
        raise
    except Exception as error:
        if upto is None:
            raise CollectError(_trouble(wire, error).error or STRANGE) from None
        return missing, upto
    return missing, None


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


def _newest(reddit: Any, name: str, depth: int, seen: dict[str, int]) -> tuple[list[dict[str, Any]], bool]:
    """The newest submissions, and whether the listing was read as far as it was meant to be."""
    found: list[dict[str, Any]] = []
    overlap = not seen  # nothing to join on to, the first time
    size = min(PAGE, depth)
    listing = reddit.subreddit(name).new(limit=CAP, request_limit=size)
    try:
        while page := list(islice(listing, min(size, CAP - len(found)))):
            found += [_plain(thing) for thing in page if "title" in vars(thing)]  # submissions only
            overlap = overlap or any(post["id"] in seen for post in found)
            if len(found) >= CAP or (overlap and len(found) >= depth):
                break
    except Exception:
        if not found:
            raise
        return found, False
    return found, True


def _trees(reddit: Any, grown: list[dict[str, Any]], wire: Wire, comments: list[dict[str, Any]]) -> set[str]:
    """Read the comments of these submissions into ``comments``; the ids of those read."""
    read: set[str] = set()
    faults = 0
    for post in grown:
        submission = reddit.submission(post["id"])
        submission.comment_limit, submission.comment_sort = TREE, "new"
        try:
            forest = submission.comments
        except Exception:  # as in look; one bad thread must not keep the others waiting
            faults += 1
            if _over(wire) or faults == FAULTS:
                break
            if wire.trouble and wire.trouble.status in (403, 404):
                read.add(post["id"])
                wire.trouble = None
            continue
        whole = _unfolded(forest, wire)
        comments += [_plain(c) for c in forest.list() if not isinstance(c, MoreComments)]
        if whole or not read:  # the first of a round as far as requests reach: else it would never end
            read.add(post["id"])
        if _over(wire):
            break
    return read


def _over(wire: Wire) -> bool:
    """Whether nothing more is to be asked in this look."""
    trouble = wire.trouble
    return wire.left <= 0 or bool(trouble and (trouble.retry_at or trouble.status == 401))


def _unfolded(forest: Any, wire: Wire) -> bool:
    """Whether every `more` was looked into; those for which no request is left stay folded."""
    try:
        return not forest.replace_more(limit=wire.left)
    except Exception:  # an answer that PRAW can't place, or a Wire that is done: what is there stays
        return wire.trouble is None and wire.left > 0


def _plain(thing: Any) -> dict[str, Any]:
    """A submission's or comment's own words and figures."""
    told = vars(thing)
    submission = "title" in told
    author = told.get("author")
    plain = {
        "name": thing.fullname,
        "html": told.get("selftext_html" if submission else "body_html"),
        "text": told.get("selftext" if submission else "body"),
        "author": vars(author).get("name") if author is not None else None,
        "created": told.get("created_utc"),
        "edited": told.get("edited") or None,
        "link": told.get("permalink"),
        "score": None if told.get("score_hidden") or told.get("hide_score") else told.get("score"),
    }
    if submission:
        removed = told.get("removed_by_category")
        return {
            **plain,
            "id": told["id"],
            "title": told["title"],
            "answers": told.get("num_comments"),
            "removed": removed,
        }
    return {**plain, "thread": told.get("link_id"), "parent": told.get("parent_id")}


def _ended(found: list[dict[str, Any]], seen: dict[str, int]) -> bool:
    """Whether the listing ended before anything known: removed posts count for its 1,000, unseen.

    One that fits on a page is all that the subreddit has.
    """
    missed = bool(seen) and not any(post["id"] in seen for post in found)
    return len(found) >= CAP or (missed and len(found) > PAGE)


def _remarks(ended: bool, unread: int, wire: Wire) -> list[str]:
    """What a person should know of a look that was not the whole."""
    remarks = [AT_CAP] if ended else []
    if unread:
        remarks.append(LATER.format(unread))
    return [*remarks, CUT] if wire.trouble else remarks


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
