"""Reddit without a key, through the feeds of a subreddit: its newest posts and its newest comments.

One feed a look, by turns, and one look a minute over all subreddits. The token of a private feed
is added to the address on its way out and taken out of whatever comes back.
"""

import json
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from listening.collect import reddit_pace
from listening.collect.encoding import decoded
from listening.collect.reddit_keys import Keys, base
from listening.collect.reddit_wire import refusal, unkept
from listening.collect.web import Answer, Web, resting
from listening.errors import ListeningError

ONCE_A_MINUTE = "Reddit lets us look once a minute"
REFUSING = "Reddit is refusing us: it may want a key, or another feed token. Everything else works."
RETRY = timedelta(hours=1)  # where it refuses, without a word for how long
ACCEPT = "application/atom+xml, application/rss+xml;q=0.9, application/xml;q=0.8"


def look(name: str, comments: bool, memory: dict[str, Any], keys: Keys, web: Web) -> Answer:
    """One feed of a subreddit, as JSON; resting where this minute's look is taken."""
    which = "comments" if comments and memory.get("feed") == "new" else "new"
    address = f"{base(keys.url, web.allow_private)}/r/{name}/{which}/.rss"
    try:
        now, at = reddit_pace.RSS.take(web.clock, timedelta(0), web.ledger)
    except ListeningError as error:  # the store that keeps the ledger
        return unkept(address, error)
    if at > now:
        sentence = resting(at, now, ONCE_A_MINUTE)
        return Answer(address, error=sentence, detail="held back", state="paused", retry_at=at)
    secret = {"feed": keys.feed_token, "user": keys.feed_user} if keys.feed_token else {}
    marks: dict[str, Any] = (memory.get("marks") or {}).get(which) or {}
    conditions = {"If-None-Match": marks.get("etag"), "If-Modified-Since": marks.get("last_modified")}
    headers = {"Accept": ACCEPT, **{n: v for n, v in conditions.items() if v}}
    answer = web.send("GET", f"{address}?{urlencode({'limit': 100, **secret})}", headers)
    answer = web.judged(answer, len(headers) > 1, marks.get("body_hash"))
    meant = _meant(answer, name, now)
    # The address it was found at holds the token, and what came with a refusal is of no more use.
    meant = replace(meant, url=address, body=None if meant.error else meant.body)
    if meant.status in (429, 503) and meant.retry_at:
        reddit_pace.RSS.hold(meant.retry_at, web.ledger)
    return _told(meant, which, memory, keys, now)


def _meant(answer: Answer, name: str, now: datetime) -> Answer:
    """The answer, where it is a refusal in Reddit's own sense."""
    told = refusal(answer, name) or ((REFUSING, "paused") if answer.status == 403 else None)
    if told is None:
        return answer
    error, state = told
    return replace(answer, error=error, state=state, retry_at=now + RETRY if state == "paused" else None)


def _told(answer: Answer, which: str, memory: dict[str, Any], keys: Keys, now: datetime) -> Answer:
    """What ``reddit_posts`` reads, and what to remember of it."""
    after = now + reddit_pace.MINUTE
    if answer.status in (429, 503) and answer.retry_at:
        after = max(after, answer.retry_at)
    remember = {"reddit_rss_next": after.isoformat(), "feed": which}  # one that fails takes its turn too
    if answer.error:
        return Answer(
            answer.url,
            answer.status,
            error=answer.error,
            detail=answer.detail,
            state=answer.state,
            retry_at=answer.retry_at,
            remember=remember,
        )
    text = None
    marks = dict(memory.get("marks") or {})
    if answer.body is not None:
        text = keys.without(decoded(answer.body, answer.headers.get("content-type", "")))
        validators = {n: answer.headers.get(n.replace("_", "-")) for n in ("etag", "last_modified")}
        marks[which] = {n: v for n, v in {**validators, "body_hash": answer.digest}.items() if v}
    told = {"way": "rss", "feed": which, "text": text, "marks": marks, "before": memory.get("ids") or []}
    return Answer(answer.url, 200, body=json.dumps(told).encode(), remember=remember)
