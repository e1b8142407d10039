"""Bluesky: what is said in public with one of our words or hashtags, from the stream Jetstream.

In sources.yaml: ``kind: bluesky``, ``channel: public``, ``url: https://jetstream2.us-east.bsky.network``
(one of Bluesky's own public servers, or another's), and ``options: {words: [Hucknall], hashtags:
[ashfield]}``: at least one of the two; words of four letters or more, whole and in either case.
Gives: text, dates, the writer's DID for ``clean`` to hash, the post that opened the conversation, and
what was deleted, changed so that it names us no more, or whose account was closed, within 30 days.
Does not give: what names none of our words (it is forgotten as it is read), accounts that ask not to be
shown to people without an account (label ``!no-unauthenticated``), addresses (they hold the writer),
pictures, likes, reposts, names, anything from before the first round, or from more than 36 hours ago.
Limits: the stream carries every post of the network, about 30 KB a second; a round reads 60 seconds or
64 MB of it at most and goes on in the next where it stopped. Whose posts may be shown is then asked of
BLUESKY_PUBLIC_URL (https://public.api.bsky.app), 25 accounts a request, 20 requests a round; where
that is not answered the round fails, nothing is kept, and the same stretch is read again.
Terms: Bluesky's Developer Guidelines: honour deletions and labels; no key is needed. Bluesky asks that
the stream be used, not the search, for reading in bulk (bluesky-social/atproto #3423).
Checked: 2026-11-22, in bluesky-social/jetstream at commit 9a30def (docs/README.md 5.1: /subscribe, whose
form stays as it is; internal/subscribe/testdata/golden_v1.jsonl) and in appview-wg-bsky/jetstream, the
README of the servers before; the label in soapbox-pub/ditto !596 and the lexicon app.bsky.actor.profile.
Verified: never against Bluesky itself; against a websocket server in the tests that answers as those say.
"""

import json
import os
import secrets
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit

from listening.area import Source
from listening.collect.api import Api, bare, site, when
from listening.collect.dates import LONDON
from listening.collect.entry import markup
from listening.collect.gather import found
from listening.collect.jetstream import HIDDEN, POSTS, Listener, mark
from listening.collect.web import Answer, Web
from listening.errors import CollectError
from listening.post import Found, Post

SECONDS = 60.0  # of listening in a round
BYTES = 64_000_000  # as they come over the line
LARGEST = 50_000  # bytes of one message; Jetstream leaves out what is larger
FIRST_LOOK = timedelta(minutes=15)  # how far back the first round begins
LOOKBACK = timedelta(hours=36)  # how far back Jetstream goes
SHOWN_BY = "https://public.api.bsky.app"
BATCH, REQUESTS = 25, 20  # accounts a request, requests a round
REMEMBERED = timedelta(days=30)
MOST_MARKS = 2_000
NOTHING = "It answers, but sends nothing we could read."
UNASKED = "Bluesky does not say just now whose posts may be shown. It is read again in the next round."
BEHIND = "It is read up to {}; the rest follows in the next round."
GAP = "The stream no longer held what was said between {} and {}."
BROKEN = "The stream broke off; what it had said was used."


def fetch(source: Source, memory: dict[str, Any], web: Web) -> Answer:
    """What the stream said of us since the last round, as JSON."""
    words, tags = source.options.get("words") or [], source.options.get("hashtags") or []
    if not words and not tags:
        raise CollectError("Its options name nothing to listen for; write options: {words: [Hucknall]}.")
    now = web.clock()
    cursor = _cursor(memory, now)
    salt = memory.get("salt") or secrets.token_hex(8)
    known = {name: whose for name, (whose, _) in (memory.get("marks") or {}).items()}
    listener = Listener(words, tags, known, salt, _microseconds(now))
    query = [("wantedCollections", POSTS), ("maxMessageSizeBytes", LARGEST), ("cursor", cursor)]
    address = f"{site(source.url)}/subscribe"
    answer = web.stream(f"{address}?{urlencode(query)}", listener.hear, SECONDS, BYTES)
    answer = replace(bare(answer), url=address)
    if listener.at is None and (answer.error or listener.damaged):
        return answer if answer.error else replace(answer, error=NOTHING, detail="no JSON", state="failing")
    hidden = _hidden({post["did"] for post in listener.posts.values()}, web)
    if isinstance(hidden, Answer):
        return hidden
    told = {
        "posts": [post for post in listener.posts.values() if post["did"] not in hidden],
        "gone": listener.gone,
        "cursor": listener.at or cursor,
        "salt": salt,
        "marks": memory.get("marks") or {},
        "before": memory.get("ids") or [],
        "remarks": _remarks(listener, cursor, answer, memory),
    }
    return Answer(address, 200, body=json.dumps(told).encode())


def parse(answer: Answer, source: Source, now: datetime) -> Found:
    """The posts of an Answer, newest first, and the ids of those that are gone.

    ``Found.memory`` adds to what every source remembers: ``cursor``, microseconds since 1970,
    ``salt``, and ``marks``, by id the mark of its account and its day.
    """
    if answer.error or answer.body is None:
        raise CollectError(answer.error or "It sends an empty answer.")
    told = json.loads(answer.body)
    posts = [_post(post, source, now) for post in told["posts"]]
    fresh = {p["id"]: [mark(p["did"], told["salt"]), now.date().isoformat()] for p in told["posts"]}
    oldest = (now - REMEMBERED).date().isoformat()
    marks = {
        name: [whose, day]
        for name, (whose, day) in {**fresh, **told["marks"]}.items()
        if day >= oldest and name not in set(told["gone"])
    }
    memory = {
        "cursor": told["cursor"],
        "salt": told["salt"],
        "marks": dict(list(marks.items())[:MOST_MARKS]),
    }
    return found(posts, told["gone"], told["before"], memory, told["remarks"])


def _cursor(memory: dict[str, Any], now: datetime) -> int:
    """Where to begin: with the last message again, for several share a moment; a little back at first."""
    cursor = memory.get("cursor")
    known = isinstance(cursor, int) and cursor <= _microseconds(now)
    return int(cursor) if known and cursor else _microseconds(now - FIRST_LOOK)


def _microseconds(moment: datetime) -> int:
    return int(moment.timestamp()) * 1_000_000 + moment.microsecond


def _hidden(dids: set[str], web: Web) -> set[str] | Answer:
    """Which of these accounts are not to be shown to people without one; an Answer where nobody says."""
    shown_by = _shown_by(web)
    api = Api(web, REQUESTS)
    waiting, hidden = sorted(dids), set[str]()
    while waiting:
        batch, waiting = waiting[:BATCH], waiting[BATCH:]
        told = api.ask(f"{shown_by}/xrpc/app.bsky.actor.getProfiles", [("actors", did) for did in batch])
        profiles = told.get("profiles") if isinstance(told, dict) else None
        if not isinstance(profiles, list):
            trouble = api.trouble or Answer(shown_by, 200, detail="no profiles", state="failing")
            return replace(bare(trouble), url=shown_by, error=UNASKED, passing=False)
        shown = [p.get("did") for p in profiles if isinstance(p, dict) and not _is_hidden(p)]
        hidden |= {did for did in batch if did not in shown}  # some have no account any more
    return hidden


def _is_hidden(profile: dict[str, Any]) -> bool:
    labels = profile.get("labels")
    listed = labels if isinstance(labels, list) else []
    return any(isinstance(label, dict) and label.get("val") == HIDDEN for label in listed)


def _shown_by(web: Web) -> str:
    address = os.environ.get("BLUESKY_PUBLIC_URL", "").strip() or SHOWN_BY
    parts = urlsplit(address)
    if parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in web.allow_private):
        return address.rstrip("/")
    raise CollectError("BLUESKY_PUBLIC_URL must begin with https://.")


def _remarks(listener: Listener, cursor: int, answer: Answer, memory: dict[str, Any]) -> list[str]:
    """What a person should know of a round that was not the whole."""
    remarks = [BROKEN] if answer.error else []
    lost = int(LOOKBACK / timedelta(microseconds=1))
    if memory.get("cursor") and listener.first and listener.until - cursor > lost:
        remarks.append(GAP.format(_day(cursor), _day(listener.first)))
    if listener.at and listener.until - listener.at > 60_000_000 and not answer.error:
        remarks.append(BEHIND.format(_day(listener.at)))
    return remarks


def _day(microseconds: int) -> str:
    there = datetime.fromtimestamp(microseconds / 1_000_000, LONDON)
    return f"{there:%H:%M} on {there.day} {there:%B}"


def _post(post: dict[str, Any], source: Source, now: datetime) -> Post:
    """A date the writer's own program gives is believed unless it lies in the future."""
    created = when(post["created"])
    return Post(
        id=post["id"],
        source=source.name,
        channel=source.channel,
        kind="comment" if post["comment"] else "post",
        published=min(created or when(post["heard"]) or now, now),
        collected=now,
        text=markup(post["text"]),
        author=post["did"],
        thread=post["thread"],
        dated=created is not None,
    )
