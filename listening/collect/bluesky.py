"""Bluesky: what is said in public with one of our words or hashtags, from the stream Jetstream.

In sources.yaml: ``kind: bluesky``, ``channel: public``, ``url: https://jetstream2.us-east.bsky.network``
(one of Bluesky's own public servers, or another's), and ``options: {words: [Hucknall], hashtags:
[ashfield]}``: at least one of the two; words of four letters or more, whole and in either case.
Gives: text, dates, the writer's DID for ``clean`` to hash, the post that opened the conversation, and
which of our newest 10,000 posts were deleted since, or changed so that they name us no more: as long as
text is kept (90 days) where fewer than 110 a day name us; of a busier source the oldest are forgotten.
Also which accounts were deleted, deactivated, suspended or taken down since, or label themselves
``!no-unauthenticated`` now: all posts of theirs that we hold go, found by the pseudonym kept beside them.
Does not give: what names none of our words (it is forgotten as it is read), accounts that ask not to be
shown to people without an account (label ``!no-unauthenticated``), labels that a moderator puts on
somebody's post or account later (they are not in this stream; an account's is seen when it speaks again),
addresses (they hold the writer), pictures, likes, reposts, names, anything from before the first round,
or from more than 36 hours ago: who left in such a gap, their posts stay until they are due to go.
Limits: the stream carries every post of the network, about 30 KB a second; a round reads 60 seconds or
64 MB of it at most and goes on where it stopped, at once where it is behind. It is asked at its `every`,
30 min or less. Whose posts may be shown is then asked of BLUESKY_PUBLIC_URL
(https://public.api.bsky.app), 25 accounts a request, 20 requests a round; what was said after the first
that is not answered for is read again in the next round, and where none is the round fails.
Terms: Bluesky's Developer Guidelines: honour deletions and labels; no key is needed. Bluesky asks that
the stream be used, not the search, for reading in bulk (bluesky-social/atproto #3423).
Checked: 2026-11-22, in bluesky-social/jetstream at commit 9a30def (docs/README.md 5.1: /subscribe, whose
form stays as it is; internal/subscribe/testdata/golden_v1.jsonl) and in appview-wg-bsky/jetstream, the
README of the servers before; the label in soapbox-pub/ditto !596 and the lexicon app.bsky.actor.profile.
Verified: never against Bluesky itself; against a websocket server in the tests that answers as those say.
"""

import json
import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit

from listening.area import Source
from listening.collect.api import LATER, Api, bare, site, when
from listening.collect.dates import LONDON
from listening.collect.entry import markup
from listening.collect.gather import found
from listening.collect.jetstream import HIDDEN, POSTS, PROFILE, Listener
from listening.collect.web import Answer, Web
from listening.errors import CollectError
from listening.post import Found, Post

STEADY = True  # the stream runs on while we wait: always asked at its `every`
SECONDS = 60.0  # of listening in a round
BYTES = 64_000_000  # as they come over the line
LARGEST = 50_000  # bytes of one message; Jetstream leaves out what is larger
FIRST_LOOK = timedelta(minutes=15)  # how far back the first round begins
LOOKBACK = timedelta(hours=36)  # how far back Jetstream goes
SHOWN_BY = "https://public.api.bsky.app"
BATCH, REQUESTS = 25, 20  # accounts a request, requests a round
MOST_KNOWN = 10_000  # ids of posts whose deletion is heard
LATE = 60_000_000  # microseconds behind the present that are told
FAR = timedelta(days=1)  # a writer's own date that is farther than this from the stream's is none
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
    listener = Listener(words, tags, memory.get("ids") or (), _microseconds(now))
    wanted = [("wantedCollections", POSTS), ("wantedCollections", PROFILE)]
    query = [*wanted, ("maxMessageSizeBytes", LARGEST), ("cursor", cursor)]
    address = f"{site(source.url)}/subscribe"
    answer = web.stream(f"{address}?{urlencode(query)}", listener.hear, SECONDS, BYTES)
    answer = replace(bare(answer), url=address)
    if listener.at is None and (answer.error or listener.damaged):
        return answer if answer.error else replace(answer, error=NOTHING, detail="no JSON", state="failing")
    firsts = _firsts(listener)
    shown = _shown(list(firsts), web)
    if isinstance(shown, Answer):
        return shown
    stop = next((at for did, at in firsts.items() if did not in shown), None)
    told = {
        "posts": [
            post
            for post in listener.posts.values()
            if shown.get(post["did"]) and (stop is None or post["heard"] < stop)
        ],
        "gone": listener.gone,
        "left": [*listener.left, *(did for did, open_ in shown.items() if open_ is False)],
        "cursor": (listener.at or cursor) if stop is None else stop,
        "behind": _is_behind(listener, cursor, answer) or stop is not None,
        "before": memory.get("ids") or [],
        "remarks": [*_remarks(listener, cursor, answer, memory), *([LATER] if stop is not None else [])],
    }
    return Answer(address, 200, body=json.dumps(told).encode())


def parse(answer: Answer, source: Source, now: datetime) -> Found:
    """The posts of an Answer, newest first, and the ids of those that are gone.

    ``Found.memory`` adds to what every source remembers: ``cursor``, microseconds since 1970, and
    ``behind``, whether there is more to be read at once.
    """
    if answer.error or answer.body is None:
        raise CollectError(answer.error or "It sends an empty answer.")
    told = json.loads(answer.body)
    posts = [_post(post, source, now) for post in told["posts"]]
    memory = {"cursor": told["cursor"], "behind": told["behind"] or None, "salt": None, "marks": None}
    heard = found(posts, told["gone"], told["before"], memory, told["remarks"], MOST_KNOWN)
    return replace(heard, left=told["left"])


def _cursor(memory: dict[str, Any], now: datetime) -> int:
    """Where to begin: with the last message again, for several share a moment; a little back at first."""
    cursor = memory.get("cursor")
    known = isinstance(cursor, int) and cursor <= _microseconds(now)
    return int(cursor) if known and cursor else _microseconds(now - FIRST_LOOK)


def _microseconds(moment: datetime) -> int:
    return int(moment.timestamp()) * 1_000_000 + moment.microsecond


def _firsts(listener: Listener) -> dict[str, int]:
    """The accounts whose posts we heard, in the order of their first one, with its moment."""
    firsts: dict[str, int] = {}
    for post in sorted(listener.posts.values(), key=lambda post: post["heard"]):
        firsts.setdefault(post["did"], post["heard"])
    return firsts


def _shown(dids: list[str], web: Web) -> dict[str, bool | None] | Answer:
    """Whether accounts may be shown to people without one, as far as was answered; where not at all, why.

    None of an account that nobody knows: it was closed, or is too new.
    """
    shown_by = _shown_by(web)
    api = Api(web, REQUESTS)
    shown: dict[str, bool | None] = {}
    for at in range(0, len(dids), BATCH):
        batch = dids[at : at + BATCH]
        told = api.ask(f"{shown_by}/xrpc/app.bsky.actor.getProfiles", [("actors", did) for did in batch])
        profiles = told.get("profiles") if isinstance(told, dict) else None
        if not isinstance(profiles, list):
            if shown:
                break
            trouble = api.trouble or Answer(shown_by, 200, detail="no profiles", state="failing")
            return replace(bare(trouble), url=shown_by, error=UNASKED, passing=False)
        known = {str(p.get("did")): not _is_hidden(p) for p in profiles if isinstance(p, dict)}
        shown |= {did: known.get(did) for did in batch}
    return shown


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
    if listener.at and _is_behind(listener, 0, answer):
        remarks.append(BEHIND.format(_day(listener.at)))
    return remarks


def _is_behind(listener: Listener, cursor: int, answer: Answer) -> bool:
    """Whether it came on from the cursor, and not as far as the present."""
    at = listener.at or 0
    return not answer.error and cursor < at < listener.until - LATE


def _day(microseconds: int) -> str:
    there = datetime.fromtimestamp(microseconds / 1_000_000, LONDON)
    return f"{there:%H:%M} on {there.day} {there:%B}"


def _post(post: dict[str, Any], source: Source, now: datetime) -> Post:
    """A date the writer's own program gives is believed where it is about when the stream had the post."""
    heard = datetime.fromtimestamp(post["heard"] / 1_000_000, UTC)
    created = when(post["created"])
    if created and abs(created - heard) > FAR:
        created = None
    return Post(
        id=post["id"],
        source=source.name,
        channel=source.channel,
        kind="comment" if post["comment"] else "post",
        published=min(created or heard, now),
        collected=now,
        text=markup(post["text"]),
        author=post["did"],
        thread=post["thread"],
        dated=created is not None,
    )
