"""Sketches: what finds, among the posts of the last days, those that a new one may repeat.

A row is as long as a line of text, however long the post is, and stands in the order of collecting:
to look for twenty posts among a busy week's 70,000 reads some twelve megabytes in one run, and no words.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from zlib import crc32

import numpy as np
import pandas as pd
from sqlalchemy import Connection, delete, select

from listening import article
from listening.store import dialect
from listening.store.schema import post, sketch
from listening.store.times import micro, moments
from listening.wording import KEYS, PRINTED, SHARED
from listening.wording import sketch as sketched

COLUMNS = ("id", "source", "channel", "url", "title", "text", "collected", "copy_of")
KEPT = timedelta(days=8)  # a day longer than copies are looked for
AT_ONCE = 10_000  # rows read at a time
MOST = 5_000  # posts asked for in one statement


def remember(connection: Connection, stored: Sequence[dict[str, Any]]) -> None:
    """Keep the sketches of these rows of `post`, in place of older ones."""
    pks = [row["pk"] for row in stored]
    connection.execute(delete(sketch).where(sketch.c.post.in_(pks)))
    made = [
        {"collected": row["collected"], "post": row["pk"], "hashes": keys, "page": page}
        for row in stored
        for keys, page in [(_packed(row["title"], row["text"]), _page(row["channel"], row["url"]))]
        if keys or page is not None
    ]
    if made:
        dialect.pour(connection, sketch, made)


def trim(connection: Connection, now: datetime) -> None:
    """Forget the sketches in which nothing is looked for any more."""
    connection.execute(delete(sketch).where(sketch.c.collected < micro(now - KEPT)))


def texts(connection: Connection, like: pd.DataFrame, since: datetime, until: datetime) -> pd.DataFrame:
    """The posts collected from `since` to `until`, both included, that one of these may repeat.

    All are there that share two hashes of their sketch, or the address of their article, with one of
    `like`; a few others may be. `COLUMNS`, earliest collected first. What another source brought in
    this very round was collected at `until`, and belongs to it.
    """
    pks = _found(connection, like, micro(since), micro(until))
    chosen = [post.c[name] for name in COLUMNS]
    rows: list[Any] = []
    for first in range(0, len(pks), MOST):
        rows += connection.execute(select(post.c.pk, *chosen).where(post.c.pk.in_(pks[first : first + MOST])))
    rows.sort(key=lambda row: (row.collected, row.pk))
    result = pd.DataFrame([row[1:] for row in rows], columns=list(COLUMNS), dtype="object")
    result["collected"] = moments(result["collected"])
    return result


def _found(connection: Connection, like: pd.DataFrame, since: int, until: int) -> list[int]:
    wanted = np.unique(_hashes([_packed(t, x) for t, x in zip(like["title"], like["text"], strict=True)]))
    wanted = wanted[wanted > 0]  # zeros are what a post without words has
    pages = {_page(c, u) for c, u in zip(like["channel"], like["url"], strict=True)} - {None}
    s = sketch.c
    asked = select(s.post, s.hashes, s.page).where(s.collected.between(since, until))
    found: list[int] = []
    for rows in connection.execution_options(yield_per=AT_ONCE).execute(asked).partitions():
        near = np.isin(_hashes([row.hashes for row in rows]), wanted).sum(axis=1) >= SHARED
        found += [row.post for row, hit in zip(rows, near.tolist(), strict=True) if hit or row.page in pages]
    return found


def _hashes(keys: list[str]) -> Any:
    """Packed sketches as an array, a row each; one of a post without words is all zeros."""
    whole = "".join(k or "0" * 8 * KEYS for k in keys)
    return np.frombuffer(bytes.fromhex(whole), dtype=">u4").astype("u4").reshape(-1, KEYS)


def _packed(title: Any, text: Any) -> str:
    """A sketch as hexadecimal digits; a short one is filled up with its last hash."""
    keys = sketched(*(w if isinstance(w, str) else None for w in (title, text)))
    return "".join(f"{k:08x}" for k in (*keys, *keys[-1:] * (KEYS - len(keys))))


def _page(channel: Any, url: Any) -> int | None:
    """A number for the article a press or official item leads to."""
    name = article.name(url) if channel in PRINTED and isinstance(url, str) else None
    return None if name is None else crc32(name.encode())
