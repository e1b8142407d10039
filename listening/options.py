"""Options: what only one kind of source knows, checked when sources.yaml is read.

One function a kind, in one table: it takes the keys it knows from the entry `options`, and notes every
fault with its line. The options of a kind that is not in the table are taken as they are.
`CHANNELS` holds the kinds that carry residents' own words: their channel is not the operator's to
choose, because `official` would let them past the checklist.
"""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from listening.entries import Entry

CHANNELS = {
    "reddit": "public",
    "facebook_page": "public",
    "fixmystreet": "report",
    "mastodon": "public",
    "bluesky": "public",
    "heard": "heard",
}
LONGEST_EVERY = {"bluesky": timedelta(minutes=30)}  # a round reads no more of the stream than it can
NEED_ADDRESS = ("feed", "fixmystreet", "mastodon", "bluesky", "moderngov")  # the address that is asked
DEEPEST_PAGE = 200  # posts of a Facebook Page that are looked at in one round
LONGEST_BACK = 90  # days of fault reports read the first time: as long as text is kept
SHORTEST_WORD = 4  # letters; "bin" would bring half of Bluesky with it
MOST_WORDS = 50
# Degrees, degrees and kilometres: the flood service knows no place elsewhere.
GREAT_BRITAIN = {"lat": (49.0, 61.0), "long": (-9.0, 2.0), "dist": (0.1, 200.0)}
_TAG = re.compile(r"[^\W_][\w]{1,99}")


def options(entry: Entry, kind: str) -> dict[str, Any]:
    """The options of a source as plain values; faults are noted in the entry."""
    check = KINDS.get(kind)
    if check is None:
        entry.refuse_secrets()
        return {str(key): entry.take(key) for key in entry.data}
    checked = check(entry)
    entry.done()
    return {name: value for name, value in checked.items() if value is not None}


def channel(entry: Entry, kind: str, given: str) -> str:
    """The channel of a source; a fault where its kind has one of its own and another is given."""
    own = CHANNELS.get(kind, given)
    if given != own and entry.data.get("channel") == given:  # else its fault is told already
        entry.fault(f"channel of a {kind} must be {own}; got {given!r}", "channel")
    return given


def every(entry: Entry, kind: str, given: timedelta) -> timedelta:
    """How often a source is asked; a fault where its kind can't wait so long."""
    longest = LONGEST_EVERY.get(kind)
    if longest and given > longest:
        given_words = str(entry.data.get("every"))
        entry.fault(
            f"every of a {kind} must be {longest.seconds // 60} min or less; got {given_words!r}", "every"
        )
    return given


def _facebook_page(entry: Entry) -> dict[str, Any]:
    page = entry.take("page", needed=True)
    if page is not None and not re.fullmatch(r"[0-9]{5,20}", str(page)):
        entry.fault(f"page must be the Page's own number, such as 123456789012345; got {str(page)!r}", "page")
    return {
        "page": str(page or ""),
        "depth": _whole(entry, "depth", 1, DEEPEST_PAGE),
        "comments": entry.yes("comments", default=True),
    }


def _fixmystreet(entry: Entry) -> dict[str, Any]:
    return {
        "body": _whole(entry, "body", 1, 10**9),
        "jurisdiction": entry.matching("jurisdiction", r"[\w.-]{1,60}", "a plain word") or None,
        "days": _whole(entry, "days", 1, LONGEST_BACK),
    }


def _mastodon(entry: Entry) -> dict[str, Any]:
    checked = {"hashtags": _tags(entry), "local": entry.yes("local")}
    if not any(checked.values()):
        entry.fault("options must name hashtags, or say local: true", "hashtags")
    return checked


def _bluesky(entry: Entry) -> dict[str, Any]:
    words = list(entry.texts("words"))
    for i, word in enumerate(words):
        if "@" in word or len(re.findall(r"\w", word)) < SHORTEST_WORD:
            says = f"words must hold words of {SHORTEST_WORD} letters or more, and nobody's handle"
            entry.fault(f"{says}; got {word!r}", "words", i)
    checked = {"words": words, "hashtags": _tags(entry)}
    if not any(checked.values()):
        entry.fault("options must name words or hashtags", "words")
    if (many := len(words) + len(checked["hashtags"])) > MOST_WORDS:
        entry.fault(f"words and hashtags must be {MOST_WORDS} or fewer; got {many}", "words")
    return checked


def _floods(entry: Entry) -> dict[str, Any]:
    point = {name: _number(entry, name, *bounds) for name, bounds in GREAT_BRITAIN.items()}
    if 0 < sum(entry.has(name) for name in point) < len(point):
        entry.fault("lat, long and dist must be given together")
    return {"county": _texts(entry, "county"), **point, "areas": _texts(entry, "areas")}


def _moderngov(entry: Entry) -> dict[str, Any]:
    return {"committees": _texts(entry, "committees")}


def _govuk(entry: Entry) -> dict[str, Any]:
    return {name: _texts(entry, name) for name in ("organisations", "topics", "words")}


def _lga(entry: Entry) -> dict[str, Any]:
    if entry.data:
        entry.fault("an lga has no options", next(iter(entry.data)))
    return {str(key): entry.take(key) for key in entry.data}


def _texts(entry: Entry, key: str) -> list[str] | None:
    """One text or number, or a list of them, as a list of texts; None where it is not given."""
    value = entry.take(key)
    if value is None:
        return None
    many = value if isinstance(value, list) else [value]
    for one in many:
        if isinstance(one, bool) or not isinstance(one, str | int) or not str(one).strip():
            entry.fault(f"{key} must be a text or a list of texts; got {_plainly(one)}", key)
            return None
    return [str(one).strip() for one in many]


def _number(entry: Entry, key: str, least: float, most: float) -> float | None:
    """A number within bounds; None where it is not given."""
    value = entry.take(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
        entry.fault(f"{key} must be a number from {least:g} to {most:g}; got {_plainly(value)}", key)
        return None
    return float(value)


def _plainly(value: Any) -> str:
    """A value as a person would write it; what holds others by its kind alone."""
    kinds = {list: "a list", dict: "keys and values"}
    return next((words for kind, words in kinds.items() if isinstance(value, kind)), repr(value))


def _tags(entry: Entry) -> list[str]:
    """Hashtags in lower case, without their #."""
    tags = [tag.removeprefix("#") for tag in entry.texts("hashtags")]
    for i, tag in enumerate(tags):
        if not _TAG.fullmatch(tag):
            entry.fault(f"hashtags must be one word each, without blanks; got {tag!r}", "hashtags", i)
    return [tag.lower() for tag in tags]


def _whole(entry: Entry, key: str, least: int, most: int) -> int | None:
    """A whole number within bounds; None where it is not given."""
    value = entry.take(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        given = repr(str(value)) if isinstance(value, str) else value
        entry.fault(f"{key} must be a whole number from {least:,} to {most:,}; got {given}", key)
        return None
    return int(value)


KINDS: dict[str, Callable[[Entry], dict[str, Any]]] = {
    "facebook_page": _facebook_page,
    "fixmystreet": _fixmystreet,
    "mastodon": _mastodon,
    "bluesky": _bluesky,
    "floods": _floods,
    "moderngov": _moderngov,
    "govuk": _govuk,
    "lga": _lga,
}
