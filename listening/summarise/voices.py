"""How many different accounts stand behind a figure, and whether a few wrote most of it.

Only counts leave this file: no account is ever named, ranked or followed.
"""

from collections import Counter
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import pandas as pd

from listening.given import columns

LOUD_POSTS = 20  # fewer posts are never called loud
LOUD_SHARE = 0.8  # of the posts, written by
LOUD_ACCOUNTS = 8  # this many accounts or fewer,
LOUD_EACH = 3  # each of whom wrote at least this many


@dataclass(frozen=True)
class Loud:
    """A few accounts that wrote most of the posts."""

    posts: int
    accounts: int  # all of them
    few: int  # the loud ones
    written: int  # by the loud ones
    daily: int  # posts there would be at one per account and day


def voices(posts: pd.DataFrame) -> pd.DataFrame:
    """How many accounts wrote how many of these posts: one row a number of posts, the largest first.

    Columns: ``wrote`` (posts an account), ``accounts``, ``posts`` (theirs together), ``share`` (0–1,
    of all posts that have an account) and ``loudest_three`` (the share that the three loudest
    accounts wrote, the same in every row). Posts without an account count for none; no account is
    told from another. Raises WordsError where ``author`` is missing.

    >>> voices(pd.DataFrame({"author": ["a", "a", "b", None]})).to_dict("records")[0]
    {'wrote': 2, 'accounts': 1, 'posts': 2, 'share': 0.6666666666666666, 'loudest_three': 1.0}
    """
    columns(posts, ("author",), "voices")
    each = posts["author"].dropna().value_counts()
    total = int(each.sum())
    rows = each.value_counts().sort_index(ascending=False)
    result = pd.DataFrame({"wrote": rows.index.astype("int64"), "accounts": rows.to_numpy(dtype="int64")})
    result["posts"] = result["wrote"] * result["accounts"]
    result["share"] = result["posts"] / max(1, total)
    result["loudest_three"] = loudest(posts) / max(1, total)
    return result


def accounts(posts: pd.DataFrame) -> int:
    """How many different accounts wrote these posts; posts without an account count for none."""
    return int(posts["author"].nunique()) if len(posts) else 0


def loudest(posts: pd.DataFrame, most: int = 3) -> int:
    """How many of these posts the few loudest accounts wrote."""
    return int(posts["author"].dropna().value_counts().head(most).sum())


def loud(posts: pd.DataFrame, zone: ZoneInfo) -> Loud | None:
    """Whether talk is loud rather than wide; None where it is not.

    Loud is: 20 posts or more, of which 80 % were written by at most 8 accounts with 3 or more each.
    """
    each = Counter(posts["author"].dropna().tolist())
    few = sorted((n for n in each.values() if n >= LOUD_EACH), reverse=True)[:LOUD_ACCOUNTS]
    written = sum(few)
    if len(posts) < LOUD_POSTS or not few or written < LOUD_SHARE * len(posts):
        return None
    own = posts[posts["author"].notna()]
    local = own["published"].dt.tz_convert(zone).dt.date
    daily = len(set(zip(own["author"], local, strict=True)))
    return Loud(len(posts), len(each), len(few), written, daily)
