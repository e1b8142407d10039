"""Gather: the posts of one look as a Found, with what the source is to remember of them."""

from collections.abc import Iterable
from typing import Any

from listening.post import Found, Post

LONGEST = 100_000  # characters of HTML of one text
MOST_IDS = 2_000  # remembered, the newest first


def found(
    posts: Iterable[Post],
    gone: Iterable[str],
    before: Iterable[str],
    memory: dict[str, Any],
    remarks: Iterable[str] = (),
    most: int = MOST_IDS,
) -> Found:
    """The posts, newest first, one an id and none that is gone.

    ``before`` are the ids of earlier looks: a platform lists only what is newest, so what it no
    longer lists stays remembered, newest first and ``most`` of them, and what is gone does not.
    """
    lost = list(dict.fromkeys(gone))
    kept = {post.id: post for post in posts if post.id not in set(lost)}
    newest_first = sorted(kept.values(), key=lambda post: post.published, reverse=True)
    ids = dict.fromkeys(post.id for post in newest_first) | dict.fromkeys(before)
    dates = [post.published for post in newest_first if post.dated]
    told = {
        **memory,
        "ids": [i for i in ids if i not in set(lost)][:most],
        "newest": max(dates).isoformat() if dates else None,
    }
    return Found(newest_first, lost, told, " ".join(remarks) or None)
