"""Reddit: the newest submissions of a subreddit and the comments under them.

In sources.yaml: ``kind: reddit``, ``options: {subreddit: nottingham}``; ``url`` is not needed. Further
options: ``comments`` (true), ``depth`` (100: how many of the newest submissions each round looks at, up
to 1,000), ``keyless`` (false: true also reads the public feed where there is neither key nor token).
Secrets stand in the environment or in .env, see ``reddit_keys``: with REDDIT_CLIENT_ID and
REDDIT_CLIENT_SECRET of an application approved by Reddit it asks the API, else with REDDIT_FEED_TOKEN
and REDDIT_FEED_USER the subreddit's feeds, else it is paused and says so.
Gives: title, text, dates, the writer's name for ``clean`` to hash, the submission a comment belongs to,
number of replies and score (visibility only), and what was deleted or removed since (``recheck``).
Does not give: pictures, what a link leads to, votes by anybody, AutoModerator's words, edits to comments
of threads that don't grow. Feeds give neither scores nor replies nor, for most of it, deletions: there
``keep`` does the forgetting.
Limits: 50 queries a minute over all subreddits and all processes of a store (Reddit allows 100), 40 a
round each and two minutes; a listing ends at
1,000 submissions, removed ones counted; a tree is read again when its number of comments changes, as far as
requests reach. Feeds: one look a minute over all subreddits, posts and comments by turns.
Deletions: 5,000 posts of a subreddit are looked up in a round, 100 a query, and the next 5,000 in the next.
What Reddit marks goes at once, what it does not name at the second look, a day later.
Terms: Reddit's Responsible Builder Policy and Data API Terms. Approval is needed since November 2025;
what is deleted there must be deleted here, so ``recheck`` is to be asked daily.
Checked: 2026-11-22, with praw 8.0.3 and prawcore 4.0.0; terms and limits as others report them.
Verified: never against Reddit itself; against a server in the tests that answers in the shapes of
PRAW's own recordings.
"""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from listening.area import Source
from listening.collect import reddit_posts, reddit_rss
from listening.collect.reddit_keys import NEEDS_KEY, keys
from listening.collect.reddit_pace import recall as recall
from listening.collect.turns import Gone, Part, turn
from listening.collect.web import Answer, Web
from listening.errors import CollectError
from listening.post import Found

OPTIONS = ("subreddit", "comments", "depth", "keyless")
DEPTH, DEEPEST = 100, 1_000
MOST_RECHECKED = 5_000  # ids in one go: 50 queries: those of a minute
MOST_MISSED = 5_000  # ids that one look could not find are remembered; others wait for their place
_IN_ADDRESS = re.compile(r"/r/(\w+)", re.ASCII)
_ID = re.compile(r"reddit:(t[13]_[0-9a-z]{1,13})")


def fetch(source: Source, memory: dict[str, Any], web: Web) -> Answer:
    """What Reddit says by the best way open to us; CollectError where the options are wrong."""
    if strange := sorted(source.options.keys() - set(OPTIONS)):
        raise CollectError(f"Its options may be {', '.join(OPTIONS)}; got {', '.join(strange)}.")
    name = _subreddit(source)
    depth = _depth(source)
    comments = _yes(source, "comments", True)
    keyless = _yes(source, "keyless", False)
    own = keys()
    if own.half:
        return Answer("", error=own.half, detail="half a key", state="paused")
    if own.client_id:
        from listening.collect import reddit_api  # PRAW is heavy: imported where it is used

        return reddit_api.look(name, depth, comments, memory, own, web)
    if own.feed_token or keyless:
        return reddit_rss.look(name, comments, memory, own, web)
    return Answer("", error=NEEDS_KEY, detail="no key", state="paused")


def parse(answer: Answer, source: Source, now: datetime) -> Found:
    """The posts of an Answer, newest first, and the ids of those gone.

    ``Found.memory`` adds to what every source remembers: ``seen``, the number of comments by
    submission; ``unread``, how often each thread that waits was broken off; ``feed``, which feed was
    asked last, and ``marks``, the validators of both.
    """
    return reddit_posts.found(answer, source, now)


def recheck(ids: Sequence[str], memory: dict[str, Any], web: Web) -> list[str]:
    """Those of these ids that Reddit shows no longer, asked of the API in batches of 100.

    What Reddit marks is gone at once; what it does not name is gone where it did not name it in the
    look before either (``missed`` in the memory). Other platforms' ids are passed over. A Part where
    Reddit broke off; CollectError where it does not answer, or where there is no approved key to ask with.
    """
    own = keys()
    names = [found[1] for i in ids if (found := _ID.fullmatch(i))]
    if not names:
        return []
    if own.half or not own.client_id:
        raise CollectError(own.half or NEEDS_KEY)
    from listening.collect import reddit_api

    before = list(memory.get("missed") or ())
    names = turn(names, MOST_RECHECKED, web.clock())
    lost, unnamed, upto = reddit_api.gone(names, set(before), own, web)
    first = min(names) if memory.get("rechecked_to") else ""
    last = upto or max(names)
    elsewhere = [name for name in before if not first <= name <= last]  # those within were asked, or purged
    remember = {"missed": [*elsewhere, *unnamed][:MOST_MISSED]}
    gone = [f"reddit:{name}" for name in lost]
    return Part(gone, f"reddit:{upto}", remember) if upto else Gone(gone, remember)


def _subreddit(source: Source) -> str:
    within = _IN_ADDRESS.search(source.url or "")
    name = str(source.options.get("subreddit") or (within[1] if within else "")).removeprefix("r/")
    if name.lower().startswith("u_"):
        raise CollectError("Somebody's own page is never read.")
    if not re.fullmatch(r"\w{2,21}", name, re.ASCII):
        raise CollectError("Its options name no subreddit; write options: {subreddit: nottingham}.")
    return name


def _depth(source: Source) -> int:
    depth = source.options.get("depth", DEPTH)
    if isinstance(depth, bool) or not isinstance(depth, int) or not 1 <= depth <= DEEPEST:
        raise CollectError("Its option depth must be a whole number from 1 to 1,000.")
    return int(depth)


def _yes(source: Source, option: str, default: bool) -> bool:
    value = source.options.get(option, default)
    if not isinstance(value, bool):
        raise CollectError(f"Its option {option} must be true or false.")
    return value
