"""Keys: Reddit's secrets, read from the environment and from nowhere else.

REDDIT_CLIENT_ID, REDDIT_CLIENT_SECRET   of an application that Reddit has approved
REDDIT_USERNAME, REDDIT_PASSWORD         where the application is of the kind "script"; or instead
REDDIT_REFRESH_TOKEN                     of an account that allowed the application to read for it
REDDIT_FEED_TOKEN, REDDIT_FEED_USER      `feed=` and `user=` of an address on reddit.com/prefs/feeds
REDDIT_URL, REDDIT_OAUTH_URL             another Reddit to ask: for tests on this machine

The addresses stand beside the secrets, not in sources.yaml: who may change the list of sources may
not send the secrets elsewhere.
"""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from listening.errors import CollectError

NEEDS_KEY = (
    "Paused: Reddit needs an approved key, a feed token, or keyless: true where you hold that Reddit "
    "allows it. Everything else works."
)
HALF = "Paused: {} is set without {}. Everything else works."
KEY, ACCOUNT, FEED = PAIRS = (
    ("REDDIT_CLIENT_ID", "REDDIT_CLIENT_SECRET"),
    ("REDDIT_USERNAME", "REDDIT_PASSWORD"),
    ("REDDIT_FEED_TOKEN", "REDDIT_FEED_USER"),
)


@dataclass(frozen=True)
class Keys:
    """The secrets; none of them is shown where a Keys is."""

    client_id: str | None = field(default=None, repr=False)
    client_secret: str | None = field(default=None, repr=False)
    username: str | None = field(default=None, repr=False)
    password: str | None = field(default=None, repr=False)
    refresh_token: str | None = field(default=None, repr=False)
    feed_token: str | None = field(default=None, repr=False)
    feed_user: str | None = field(default=None, repr=False)
    url: str = "https://www.reddit.com"
    oauth_url: str = "https://oauth.reddit.com"
    half: str | None = None  # a sentence where one half of a pair that would be used is missing

    def without(self, text: str) -> str:
        """The text without the secrets of the feed's address, as Reddit may repeat them in its answer."""
        if self.feed_token and self.feed_user:
            text = text.replace(self.feed_token, "")
            text = re.sub(rf"user={re.escape(self.feed_user)}(?![\w-])", "user=", text)
        return text


def keys(environment: Mapping[str, str] | None = None) -> Keys:
    """The Keys that the environment holds now."""
    environment = os.environ if environment is None else environment
    given = {n: v.strip() for n, v in environment.items() if n.startswith("REDDIT_")}
    told = {n.removeprefix("REDDIT_").lower(): v for n, v in given.items() if v}
    pairs = (KEY, ACCOUNT) if all(given.get(name) for name in KEY) else PAIRS  # a key needs no feed
    half = next((HALF.format(*halves) for pair in pairs if (halves := _half(pair, given))), None)
    names = Keys.__dataclass_fields__.keys() - {"half"}
    return Keys(**{name: value for name, value in told.items() if name in names}, half=half)


def _half(pair: tuple[str, str], given: Mapping[str, str]) -> tuple[str, str] | None:
    """Which of two names is set, and which is not; None where both or neither are."""
    first, second = pair
    if bool(given.get(first)) == bool(given.get(second)):
        return None
    return pair if given.get(first) else (second, first)


def base(address: str, allow_private: tuple[str, ...]) -> str:
    """The address of a Reddit to ask; a secret goes out in the clear to hosts allowed by name only."""
    parts = urlsplit(address)
    if parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in allow_private):
        return address.rstrip("/")
    raise CollectError("REDDIT_URL and REDDIT_OAUTH_URL must begin with https://.")
