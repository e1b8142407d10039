"""Why a word makes no story: answered with counts and a rule, never with anybody's post."""

import re
from datetime import datetime

import pandas as pd

from listening.summarise.breaking import Breaking
from listening.summarise.clusters import ACCOUNTS, DAY
from listening.summarise.rows import each
from listening.summarise.words import count

SHORTEST, LONGEST = 3, 40  # letters of what may be asked for
RULE = (
    "A story needs 3 accounts within 24 hours and more than is usual,"
    " or 2 outlets, or a public body beside residents."
)
_HANDLE = re.compile(r"(?:^|\s)(?:@|/?u/)\w", re.IGNORECASE)


def why_not(word: str, read: pd.DataFrame, view: Breaking, now: datetime) -> str:
    """In which story a word is, or why it makes none. ``read`` are the posts of the last day, noise too.

    An account cannot be asked for, and fewer than 3 accounts are never told exactly.
    """
    asked = " ".join(word.split())
    if _HANDLE.search(asked):
        return "We look for topics and places, never for people."
    if not SHORTEST <= len(asked) <= LONGEST:
        return f"Ask for a word of {SHORTEST} to {LONGEST} letters."
    fresh = read[(read["published"] > now - DAY) & (read["collected"] <= now)]
    pattern = re.compile(rf"\b{re.escape(asked)}", re.IGNORECASE)
    said = [p for p in each(fresh) if pattern.search(f"{p.title or ''} {p.text or ''}") and not _held(p)]
    if not said:
        return f"No post of the last 24 hours says “{asked}”."
    for told in view.open:
        inside = sum(p.id in told.ids for p in said)
        if inside:
            return f"“{asked}” is part of a story: {told.headline}. {_times(inside)} there."
    return f"{_short(asked, said)} {RULE}"


def _short(asked: str, said: list[object]) -> str:
    talk = [p for p in said if p.channel == "public"]  # type: ignore[attr-defined]
    items = len(said) - len(talk)
    accounts = len({p.author for p in talk if p.author})  # type: ignore[attr-defined]
    if not talk:
        return f"No resident says “{asked}”; {count(items, 'press or official item')} {_do(items)}."
    if accounts < ACCOUNTS:
        return f"Fewer than {ACCOUNTS} accounts say “{asked}”."
    posts = f"{count(len(talk), 'post')} from {count(accounts, 'account')} say “{asked}”"
    return f"{posts}, but not of one thing, or no more than is usual."


def _do(items: int) -> str:
    return "does" if items == 1 else "do"


def _times(number: int) -> str:
    return f"{count(number, 'post')} {'says' if number == 1 else 'say'} it"


def _held(post: object) -> bool:
    flags = set(post.flags)  # type: ignore[attr-defined]
    return bool(flags & {"safeguarding", "accusation"})
