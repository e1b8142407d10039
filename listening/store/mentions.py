"""A post as mentions: issue × ward × town, the grain everything is counted from."""

import hashlib
from collections.abc import Iterator
from typing import Any

from listening.store.figures import CUES
from listening.store.places import NONE

ELSEWHERE = ""  # the ward of a row that only carries a further town of a post whose ward is known


def mentions(post: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The mention rows of a post, given as its row before lists are packed (`rows.rows`)."""
    fixed = {
        "day": post["day"],
        "post": post["pk"],
        "at": post["published"],
        "hour": post["hour"],
        "placement": placement(post),
        "channel": post["channel"],
        "source": post["source"],
        "voice": number(post["author"]),
        "thread": number(post["thread"] or post["id"]),
        "post_tone": post["tone"],
        "cues": sum(bit for cue, bit in CUES.items() if cue in post["cues"]),
        "copy": int(post["copy_of"] is not None or post["counted"]),
        "late": post["late"],
    }
    grounds = list(_grounds(post))
    for issue, tone, real in _labels(post):
        for ward, town in grounds:
            yield fixed | {"issue": issue, "tone": tone, "real": real, "ward": ward, "town": town}


def placement(post: dict[str, Any]) -> str:
    """How a post could be placed: in a ward, in a town only, in one of several wards, or not."""
    if post["wards"]:
        return "ward"
    if post["towns"]:
        return "town"
    return "several" if post["maybe_wards"] else "unknown"


def number(words: str | None) -> int | None:
    """63 bits that stand for a pseudonym, thread or id: faster to count than the words.

    Two of a million would collide once in some 18 million stores (birthday bound n²/2⁶⁴).
    """
    if words is None:
        return None
    return int.from_bytes(hashlib.blake2b(words.encode(), digest_size=8).digest(), "big") >> 1


def _labels(post: dict[str, Any]) -> Iterator[tuple[str, str | None, int]]:
    if post["issues"]:
        unscored = [None] * len(post["issues"])  # press and official posts carry no tones
        tones = dict(zip(post["issues"], post["issue_tones"] or unscored, strict=True))
        yield from ((issue, tone, 1) for issue, tone in tones.items())
    else:
        yield post["noise"] or NONE, post["tone"], 0


def _grounds(post: dict[str, Any]) -> Iterator[tuple[str, str]]:
    towns = dict.fromkeys(post["towns"])
    for ward in dict.fromkeys(post["wards"]):
        town = post["town_of"].get(ward) or NONE
        towns.pop(town, None)
        yield ward, town
    beside = ELSEWHERE if post["wards"] else NONE
    for town in towns or ([] if post["wards"] else [NONE]):
        yield beside, town
