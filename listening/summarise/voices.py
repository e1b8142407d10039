"""How many different accounts stand behind a figure, and whether a few wrote most of it.

Only counts leave this file: no account is ever named, ranked or followed.
"""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

import pandas as pd

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


def voices(posts: pd.DataFrame) -> int:
    """How many different accounts wrote these posts; posts without an account count for none."""
    return int(posts["author"].nunique()) if len(posts) else 0


def loud(posts: pd.DataFrame, zone: ZoneInfo) -> Loud | None:
    """Whether talk is loud rather than wide; None where it is not.

    Loud is: 20 posts or more, of which 80 % were written by at most 8 accounts with 3 or more each.
    """
    own = posts[posts["author"].notna()]
    if len(posts) < LOUD_POSTS or own.empty:
        return None
    each = own["author"].value_counts()
    few = each[each >= LOUD_EACH].head(LOUD_ACCOUNTS)
    written = int(few.sum())
    if few.empty or written < LOUD_SHARE * len(posts):
        return None
    local = own["published"].dt.tz_convert(zone).dt.date
    daily = len(set(zip(own["author"], local, strict=True)))
    return Loud(len(posts), len(each), len(few), written, daily)
