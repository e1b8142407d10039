"""Voices: a handle becomes a keyed pseudonym, and is forgotten.

Counting distinct voices needs to know that two posts have one writer, never who it is. The
pseudonym is HMAC-SHA256 (RFC 2104) under the area's secret key, so nobody without the key can
try handles against it; the platform is part of what is hashed, so that one name on two
platforms is two voices.
"""

import hashlib
import hmac

from listening.errors import WordsError

DIGITS = 24  # hex digits kept: 96 bits, no collision to be expected below 10^13 voices
# What platforms write where there is no account: no voice, never one big shared voice.
ABSENT = frozenset(
    {
        "",
        "[deleted]",
        "[removed]",
        "deleted",
        "removed",
        "anonymous",
        "anonymous user",
        "anon",
        "unknown",
        "none",
    }
)


def pseudonym(handle: str | None, platform: str, key: bytes) -> str | None:
    """``v`` and 24 hex digits for a handle, or None where there is no account.

    Case and outer spaces do not count: platforms ignore them too.

    >>> pseudonym("Example", "reddit", b"k" * 32) == pseudonym(" example", "reddit", b"k" * 32)
    True
    >>> pseudonym("[deleted]", "reddit", b"k" * 32) is None
    True
    """
    if not key:
        raise WordsError("the key for pseudonyms must not be empty")
    name = handle.strip().casefold() if isinstance(handle, str) else ""
    if name in ABSENT:
        return None
    said = f"{platform}\x00{name}".encode("utf-8", "surrogatepass")
    return "v" + hmac.new(key, said, hashlib.sha256).hexdigest()[:DIGITS]
