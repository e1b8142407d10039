"""Which posts repeat another word for word: the same text shared, syndicated or posted twice.

Two posts are copies when title and text are the same after dropping case, punctuation, spaces and
addresses. Fewer than five words prove nothing ("Same here, thanks"). The root is whichever was
collected first; a copy names its root, never another copy. The same post met again (the same id),
edited or not, is no copy of itself.
"""

import re
from collections.abc import Iterable
from typing import Any, NamedTuple

import pandas as pd

SHORTEST = 5  # words
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
_WORD = re.compile(r"\w+")


class Seen(NamedTuple):
    """One post of a group of equals; sorted, the first is the root."""

    collected: pd.Timestamp
    fresh: bool  # False for what was known before: at the same instant the known one is the root
    order: int
    id: str
    copy_of: str | None


def run(posts: pd.DataFrame, recent: pd.DataFrame | None = None) -> list[str | None]:
    """For each post the id of the root it repeats, or None; in the order of the frame.

    ``recent`` are posts of the last days (columns id, title, text, collected, copy_of).
    """
    keys = [_key(t, x) for t, x in zip(posts["title"], posts["text"], strict=True)]
    groups: dict[str, list[Seen]] = {}
    if recent is not None:
        _gather(groups, recent, wanted={k for k in keys if k})
    fresh = zip(posts["collected"], posts["id"], strict=True)
    for n, (key, (collected, post)) in enumerate(zip(keys, fresh, strict=True)):
        if key:
            groups.setdefault(key, []).append(Seen(collected, True, n, str(post), None))
    roots = {key: _root(members) for key, members in groups.items() if len(members) > 1}
    found = [roots.get(key) if key else None for key in keys]
    own = {str(post): root for post, root in zip(posts["id"], found, strict=True) if root != post}
    # A root that was edited into a copy of another passes its root on, so that nothing chains.
    final = [own.get(root) or root if root else None for root in found]
    return [root if root != post else None for root, post in zip(final, posts["id"], strict=True)]


def _gather(groups: dict[str, list[Seen]], recent: pd.DataFrame, wanted: set[str]) -> None:
    columns: Iterable[Any] = zip(
        *(recent[c] for c in ("id", "title", "text", "collected", "copy_of")), strict=True
    )
    for n, (post, title, text, collected, root) in enumerate(columns):
        key = _key(title, text)
        if key in wanted:
            known = root if isinstance(root, str) else None
            groups.setdefault(key, []).append(Seen(collected, False, n, str(post), known))


def _root(members: list[Seen]) -> str:
    first = min(members, key=lambda m: (m.collected, m.fresh, m.order))
    return first.copy_of or first.id


def _key(title: Any, text: Any) -> str | None:
    """The text as it is compared, or None where it is too short to say anything."""
    both = " ".join(t for t in (title, text) if isinstance(t, str))
    words = _WORD.findall(_ADDRESS.sub(" ", both).lower().replace("'", "").replace("’", ""))
    return " ".join(words) if len(words) >= SHORTEST else None
