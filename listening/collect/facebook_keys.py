"""Keys: Facebook's secrets, read from the environment and from nowhere else.

FACEBOOK_PAGE_TOKEN            the Page access token of the council's own Page
FACEBOOK_PAGE_TOKEN_<number>   the same where there are several Pages, by the Page's number
FACEBOOK_URL                   another Graph API to ask: for tests on this machine

The address stands beside the secret, not in sources.yaml: who may change the list of sources may not
send the secret elsewhere.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from listening.errors import CollectError

NEEDS_KEY = "Paused: needs a key. Facebook wants the Page's own access token. Everything else works."
GRAPH = "https://graph.facebook.com/v25.0"  # the documentation's examples name v25.0 and v26.0


@dataclass(frozen=True)
class Key:
    """The token of one Page; it is not shown where a Key is."""

    token: str = field(repr=False)
    url: str = GRAPH


def key(
    page: str, allow_private: tuple[str, ...], environment: Mapping[str, str] | None = None
) -> Key | None:
    """The Key of a Page, or None; a token goes out in the clear to hosts allowed by name only."""
    environment = os.environ if environment is None else environment
    names = (f"FACEBOOK_PAGE_TOKEN_{page}", "FACEBOOK_PAGE_TOKEN")
    token = next((value for name in names if (value := environment.get(name, "").strip())), None)
    address = environment.get("FACEBOOK_URL", "").strip() or GRAPH
    parts = urlsplit(address)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in allow_private):
        raise CollectError("FACEBOOK_URL must begin with https://.")
    return Key(token, address.rstrip("/")) if token else None
