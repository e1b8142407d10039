"""The clean room: raw posts in, plain and redacted posts out, in the process that collected them.

After it no frame holds HTML, a handle, an exact address or a person's number; see ``text``,
``redact``, ``names``, ``addresses`` and ``voices`` for what each takes out, and what it can't.
"""

import re
from typing import Any

import pandas as pd

from listening.area import Area
from listening.clean import addresses, guard, outline, postcodes, redact, text, voices

_DIGIT = re.compile("[0-9]")
HANDLE = re.compile(r"[\d_.]")  # what ordinary words and most names do not hold
NO_VOICE = ("press", "official")  # a newsroom or a council speaks as itself: there is no resident to count


def run(posts: pd.DataFrame, area: Area, key: bytes) -> pd.DataFrame:
    """The same posts, clean: same columns, same index, ids and threads as they were.

    ``title`` and ``text`` are plain and redacted (names of people only outside press and
    official), ``url`` is canonical or None, ``author`` a keyed pseudonym or None, and
    ``place_hint`` the ward of the first known full postcode, read before it was masked.
    """
    protected = guard.guard(area)
    result = posts.copy()
    resident = [channel not in NO_VOICE for channel in posts["channel"]]
    titles, bodies = (
        [_unsigned(_plain(v), _said(who)) for v, who in zip(posts[name], posts["author"], strict=True)]
        for name in ("title", "text")
    )
    hints = [
        hint if isinstance(hint, str) else _hint(title, body, protected, area)
        for hint, title, body in zip(posts["place_hint"], titles, bodies, strict=True)
    ]
    authors = [
        voices.pseudonym(_said(author), identity.partition(":")[0], key) if own else None
        for author, identity, own in zip(posts["author"], posts["id"], resident, strict=True)
    ]
    made = {
        "title": [_redacted(t, protected, own) for t, own in zip(titles, resident, strict=True)],
        "text": [_redacted(t, protected, own) for t, own in zip(bodies, resident, strict=True)],
        "url": [addresses.canonical(_said(url)) for url in posts["url"]],
        "author": authors,
        "place_hint": hints,
    }
    for name, values in made.items():
        result[name] = pd.Series(values, index=posts.index, dtype="object")
    return result


def _said(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _plain(value: Any) -> str | None:
    """Plain text; None where there was none, or nothing but markup."""
    return (text.plain(value) or None) if isinstance(value, str) else None


def _unsigned(said: str | None, author: str | None) -> str | None:
    """The text without its writer's own handle, where that cannot be taken for an ordinary word."""
    if said is None or author is None or len(author) < 5 or not HANDLE.search(author):
        return said
    if author.isascii() and author.lower() not in outline.folded(said):
        return said  # as nearly always; a pattern would be made for each writer
    return re.sub(rf"(?<!\w){re.escape(author)}(?!\w)", "[account]", said, flags=re.IGNORECASE)


def _redacted(said: str | None, protected: guard.Guard, people: bool) -> str | None:
    return None if said is None else redact.redact(said, protected, people=people)


def _hint(title: str | None, body: str | None, protected: guard.Guard, area: Area) -> str | None:
    if not area.postcodes:
        return None
    told = [said for said in (title, body) if said and _DIGIT.search(said)]
    codes = (postcodes.ward(said, protected.postcode, area.postcodes) for said in told)
    return next((code for code in codes if code), None)
