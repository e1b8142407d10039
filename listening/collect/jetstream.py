"""Jetstream: Bluesky's public stream, read from where we were to now, and filtered on the way.

A Listener keeps what names one of our words or hashtags and forgets everything else at once: nothing
that does not match outlives the line it was read from. It also hears which of our own posts were
deleted, and which accounts were closed or hid themselves while it listens: of all Bluesky, for nothing
here tells whose posts we hold.

A post's id is the hash of its address, because the address holds its writer's DID. Ids are all that is
known here of earlier posts: nothing tells which of them one account wrote. Who has left is therefore
handed on by name, once, and found in the store by the pseudonym that stands there until a post is purged.
"""

import hashlib
import json
import re
from collections.abc import Collection
from typing import Any

POSTS = "app.bsky.feed.post"
PROFILE = "app.bsky.actor.profile"  # where an account labels itself
TAG = "app.bsky.richtext.facet#tag"
HIDDEN = "!no-unauthenticated"  # the account's wish not to be shown to people without an account
# An account that is not active for one of these reasons is still there; for any other it has left:
# deactivated, deleted, suspended, takendown (lexicon com.atproto.sync.subscribeRepos#account, 2026-11-22).
STILL_THERE = ("desynchronized", "throttled")
_DID = re.compile(r"did:[a-z]{1,20}:[A-Za-z0-9._:%-]{1,250}")  # atproto.com/specs/did
_KEY = re.compile(r"[A-Za-z0-9._:~-]{1,512}")  # atproto.com/specs/record-key
_ADDRESS = re.compile(rf"at://({_DID.pattern})/{re.escape(POSTS)}/({_KEY.pattern})")
MOST_TEXT = 20_000  # characters; Bluesky allows 300 graphemes
AHEAD = 600_000_000  # microseconds that its clock may be ahead of ours


def identity(did: str, key: str) -> str:
    """The id of a post, saying nothing of its writer."""
    address = f"at://{did}/{POSTS}/{key}"
    return "bluesky:" + hashlib.sha256(address.encode()).hexdigest()[:32]


class Listener:
    """Hears one message after the other; ``posts`` by id and ``gone`` are what was meant for us.

    ``left`` are the accounts that were closed, or asked not to be shown to people without an account.
    ``known`` are the ids of earlier posts, ``until`` is the present in microseconds since 1970.
    ``at`` is the time of the last message in microseconds since 1970, ``first`` that of the first.
    """

    def __init__(
        self,
        words: list[str],
        hashtags: list[str],
        known: Collection[str],
        until: int,
    ) -> None:
        self.known, self.until = set(known), until
        self.tags = {tag.lower() for tag in hashtags}
        each = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
        tag = "|".join(re.escape(tag) for tag in sorted(self.tags, key=len, reverse=True))
        either = [rf"(?<!\w)(?:{each})(?!\w)"] if each else []
        either += [rf"(?<![\w#/])#(?:{tag})(?!\w)"] if tag else []
        self.named = re.compile("|".join(either), re.IGNORECASE)
        self.posts: dict[str, dict[str, Any]] = {}
        self.gone: list[str] = []
        self.left: dict[str, None] = {}
        self.first: int | None = None
        self.at: int | None = None
        self.damaged = 0

    def hear(self, message: str) -> bool:
        """Take one message; False as soon as we have caught up with the present."""
        try:
            event = json.loads(message)
            moment = event["time_us"]
            did = event["did"]
            if not isinstance(moment, int) or not _DID.fullmatch(did):
                raise TypeError
            if not 0 < moment <= self.until + AHEAD:
                raise ValueError
        except (ValueError, RecursionError, KeyError, TypeError):
            self.damaged += 1
            return True
        self.first = moment if self.first is None else self.first
        self.at = max(moment, self.at or 0)
        if isinstance(event.get("commit"), dict):
            self._commit(did, event["commit"], moment)
        elif isinstance(event.get("account"), dict):
            self._account(did, event["account"])
        return self.at < self.until

    def _commit(self, did: str, commit: dict[str, Any], moment: int) -> None:
        key = commit.get("rkey")
        if commit.get("collection") == PROFILE and _is_hidden(commit.get("record")):
            self._leave(did)
        if commit.get("collection") != POSTS or not isinstance(key, str) or not _KEY.fullmatch(key):
            return
        name, record = identity(did, key), self._meant(commit.get("record"))
        if record is not None and commit.get("operation") in ("create", "update"):
            self.posts[name] = _plain(name, did, record, moment)
            self.gone = [other for other in self.gone if other != name]  # it names us again
        elif commit.get("operation") != "create" and (name in self.known or name in self.posts):
            self._forget(name)

    def _meant(self, record: object) -> dict[str, Any] | None:
        """The post, where it names one of our words or hashtags and anybody at all may read it."""
        if not isinstance(record, dict) or not isinstance(record.get("text"), str):
            return None
        if _is_hidden(record):
            return None
        named = self.named.search(record["text"][:MOST_TEXT]) or self.tags & _tags(record)
        return record if named else None

    def _account(self, did: str, account: dict[str, Any]) -> None:
        """An account was deleted, deactivated, suspended or taken down; or it is back."""
        if account.get("active") is False and account.get("status") not in STILL_THERE:
            self._leave(did)

    def _leave(self, did: str) -> None:
        """Of an account nothing is to stay: what it said in this round is dropped here."""
        self.left[did] = None
        self.posts = {name: post for name, post in self.posts.items() if post["did"] != did}

    def _forget(self, name: str) -> None:
        self.posts.pop(name, None)
        if name in self.known and name not in self.gone:
            self.gone.append(name)


def _is_hidden(record: object) -> bool:
    """Whether a post, or a whole account by its profile, is labelled for people with an account only."""
    labels = _listed(record.get("labels"), "values") if isinstance(record, dict) else []
    return any(isinstance(label, dict) and label.get("val") == HIDDEN for label in labels)


def _tags(record: dict[str, Any]) -> set[str]:
    """The hashtags of a post: those in its text by their marks, and those beside it."""
    found = {tag.lower() for tag in _listed(record, "tags") if isinstance(tag, str)}
    for facet in _listed(record, "facets"):
        for feature in _listed(facet, "features"):
            if (
                isinstance(feature, dict)
                and feature.get("$type") == TAG
                and isinstance(feature.get("tag"), str)
            ):
                found.add(feature["tag"].lower())
    return found


def _listed(thing: object, key: str) -> list[Any]:
    value = thing.get(key) if isinstance(thing, dict) else None
    return value if isinstance(value, list) else []


def _plain(name: str, did: str, record: dict[str, Any], moment: int) -> dict[str, Any]:
    """A post's own words, its writer for ``clean`` to hash, and the conversation it belongs to."""
    reply = record.get("reply")
    root = reply.get("root") if isinstance(reply, dict) else None
    address = root.get("uri") if isinstance(root, dict) else None
    opener = _ADDRESS.fullmatch(str(address or ""))
    return {
        "id": name,
        "did": did,
        "text": record["text"][:MOST_TEXT],
        "created": record.get("createdAt"),
        "heard": moment,
        "comment": reply is not None,
        "thread": identity(opener[1], opener[2]) if opener else None,
    }
