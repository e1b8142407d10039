"""What is kept from view: the posts that may not be read here, and how many they are."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from listening.area import Area
from listening.summarise.figures import SENSITIVE_FROM


@dataclass(frozen=True)
class Kept:
    """What is kept from view, in numbers."""

    abusive: int = 0
    at_risk: int = 0
    accusations: int = 0


def visible(posts: pd.DataFrame, area: Area) -> pd.DataFrame:
    """Posts that may be read: none held back, no accusation, no sensitive issue of fewer than 3 accounts.

    Give copies with the posts: the accounts of copies are voices too.
    """
    return posts if posts.empty else posts[~_held(posts) & ~hushed(posts, area)]


def too_few(posts: pd.DataFrame, area: Area) -> int:
    """How many posts (copies not counted) are not shown for the sake of fewer than 3 accounts alone."""
    if posts.empty:
        return 0
    return int((hushed(posts, area) & ~_held(posts) & posts["copy_of"].isna()).sum())


def _held(posts: pd.DataFrame) -> pd.Series:
    held = (bool(f) and not {"safeguarding", "accusation"}.isdisjoint(f) for f in posts["flags"])
    return pd.Series(np.fromiter(held, bool, len(posts)), index=posts.index)


def hushed(posts: pd.DataFrame, area: Area) -> pd.Series:
    """Which posts touch a sensitive issue that fewer than 3 accounts of these posts wrote about."""
    accounts: dict[str, set[str]] = {}
    sensitive = {i.slug for i in area.issues if i.sensitive}
    for issues, author in zip(posts["issues"], posts["author"], strict=True):
        for slug in sensitive.intersection(issues):
            accounts.setdefault(slug, set()).add(author)
    few = {slug for slug, who in accounts.items() if len(who - {None}) < SENSITIVE_FROM}
    told = (not few.isdisjoint(issues) for issues in posts["issues"])
    return pd.Series(np.fromiter(told, bool, len(posts)), index=posts.index)


def kept(posts: pd.DataFrame) -> Kept:
    """How many of these posts are kept from view, each counted once, by the gravest reason."""
    flags = [set(f) for f in posts["flags"] if f]
    risk = sum("safeguarding" in f for f in flags)
    accused = sum("accusation" in f and "safeguarding" not in f for f in flags)
    return Kept(sum(f == {"abuse"} for f in flags), risk, accused)
