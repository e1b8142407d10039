"""Named: the words of a row without what its own columns say of its writer.

A name column says who wrote the row, so every part of it is masked where it is written large, however
rare the name. Two kinds of words stay: places and office-holders of the area, and ordinary words ("The",
"Green") that stand beside no other part and no title. A given name is never an ordinary word.
"""

import re
from collections.abc import Iterable
from typing import Any

from listening.clean import HANDLE
from listening.clean.guard import Guard, free

MARK = "[name]"
_PART = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_TITLES = frozenset(("mr", "mrs", "ms", "miss", "mx", "dr", "rev", "prof", "sir", "cllr", "councillor"))
_TITLE = re.compile(r"(?:mrs?|ms|miss|mx|dr|rev)\.?\s+$", re.IGNORECASE)


def without(text: str | None, personal: Iterable[Any], guard: Guard, *, accounts: bool = False) -> str | None:
    """The words with ``[name]`` for what the cells of names say; None where no words are left.

    With ``accounts`` a cell of one word may be an account's: it goes only where it is written large, and
    one that can only be an account's is left to `clean`. What a place or body of the area is called stays.
    """
    for said in (str(v or "").strip() for v in personal):
        single = accounts and " " not in said
        if not text or (single and HANDLE.search(said)):
            continue
        if len(said) > 3 and not single and (0, len(said)) not in guard.spans(said):
            text = re.sub(rf"(?<!\w){re.escape(said)}(?!\w)", MARK, text, flags=re.IGNORECASE)
        text = _parts(text, said, guard)
    return text or None


def _parts(text: str, said: str, guard: Guard) -> str:
    """The text without runs of the name's parts: "Doe, Jane" takes "Jane Doe", "Jane" and "Doe"."""
    parts = {p for p in _PART.findall(said) if len(p) > 1 and p.lower() not in _TITLES}
    if not parts:
        return text
    one = "|".join(re.escape(p).replace("'", "['’]") for p in sorted(parts, key=len, reverse=True))
    run = re.compile(rf"(?<![\w\[])(?:{one})(?:(?:[ ]|,[ ]|-)(?:{one}))*(?![\w\]])", re.IGNORECASE)
    spans = guard.spans(text)

    def mark(found: re.Match[str]) -> str:
        kept = not any(w[0].isupper() for w in _PART.findall(found[0]))
        ordinary = all(_is_ordinary(w, guard) for w in _PART.findall(found[0]))
        titled = _TITLE.search(text[max(0, found.start() - 10) : found.start()])
        if kept or (ordinary and not titled) or not (titled or free(spans, *found.span())):
            return found[0]
        return MARK

    return run.sub(mark, text)


def _is_ordinary(word: str, guard: Guard) -> bool:
    return word.lower() in guard.ordinary and word.lower() not in guard.given
