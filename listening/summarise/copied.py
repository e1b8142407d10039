"""Who else has the same words: what stands beside a post that others repeat, and the outlets of one text.

Copies are folded into the post they repeat, with their number and a list. The same words in three
outlets are one text; from thirty accounts they are one text and thirty accounts.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pandas as pd

from listening.summarise.rows import each
from listening.summarise.words import count

PRINTED = ("press", "official")


@dataclass(frozen=True)
class Elsewhere:
    """One place where the same words stand."""

    source: str
    at: datetime
    dated: bool
    url: str | None  # None also where the copy carries a flag: what is held back is not linked to


@dataclass(frozen=True)
class Copied:
    """What stands beside a post that others repeat, and the list behind it, newest first."""

    sentence: str
    where: tuple[Elsewhere, ...]


def copied(root: Any, copies: pd.DataFrame) -> Copied | None:
    """What to say beside ``root`` (a row of the posts frame), of whose copies ``copies`` holds all.

    An article given twice by one source is an edit, and no other outlet. None without copies.
    """
    mine = copies[copies["copy_of"] == root.id].sort_values("published", ascending=False, kind="stable")
    if mine.empty:
        return None
    printed = mine["channel"].isin(PRINTED)
    outlets = mine.loc[printed & (mine["source"] != root.source), "source"].nunique()
    said = [f"Also in: {count(outlets, 'other outlet')}"] if outlets else []
    accounts = {a for a in (root.author, *mine["author"]) if isinstance(a, str)}
    if len(accounts) > 1:
        said.append(f"The same words from {count(len(accounts), 'account')}")
    where = tuple(Elsewhere(r.source, _time(r), r.dated, None if r.flags else r.url) for r in each(mine))
    return Copied(" · ".join(said) or f"Posted {count(len(mine) + 1, 'time')}", where)


def outlets(items: pd.DataFrame) -> pd.Series:
    """The sources of press items that have words of their own, an item each; ``items`` are a story's.

    Of one text in several outlets the first counts; what repeats a public body counts for none.
    """
    told = items[items["channel"].isin(PRINTED)].sort_values("collected", kind="stable")
    first = told.assign(words=told["copy_of"].fillna(told["id"])).sort_values(
        "copy_of", key=lambda roots: roots.notna(), kind="stable"
    )
    body = set(first.loc[first["channel"] == "official", "words"])
    press = first[(first["channel"] == "press") & ~first["words"].isin(body)]
    found: pd.Series = press.drop_duplicates("words")["source"]
    return found


def _time(row: Any) -> datetime:
    at: datetime = row.published.to_pydatetime()
    return at
