"""Which posts repeat another: the same text shared, syndicated or posted twice.

A post is a copy where its words are those of an earlier one (``listening.wording`` says when), or
where it gives the address of an article that an earlier one gave: press and official items alone.
The root is whichever was collected first; a copy names its root, never another copy. The same
post met again (the same id), edited or not, is no copy of itself. An address that one source gave
to several items of one round is a page's, not an article's.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

import pandas as pd

from listening import wording
from listening.wording import SHARED, Wording, overlap

COLUMNS = ("id", "source", "channel", "url", "title", "text", "collected", "copy_of")
MOST = 50  # candidates compared word for word: a form with a thousand notices stays cheap


class Told(Wording):
    """One post as it is compared, and the root it is known to repeat."""

    def __init__(self, row: dict[str, Any]) -> None:
        super().__init__(row["title"], row["text"], row["channel"], row["source"], row["url"])
        self.id = str(row["id"])
        self.collected: pd.Timestamp = row["collected"]
        self.root: str | None = _text(row["copy_of"])
        self.sketch = wording.sketched(self.words)


class Heard:
    """The posts met so far, found by their words, their sketch and their address."""

    def __init__(self) -> None:
        self.posts: list[Told] = []
        self._same: dict[tuple[str, str | None], int] = {}  # by channel and words
        self._near: defaultdict[int, list[int]] = defaultdict(list)
        self._at: dict[tuple[str, str | None], int] = {}  # by channel and address
        self._pages: set[str] = set()
        self._given: set[tuple[str, str, pd.Timestamp]] = set()

    def add(self, post: Told) -> None:
        """Let a post be found from now on."""
        number = len(self.posts)
        self.posts.append(post)
        if post.key:
            self._same.setdefault((post.channel, post.key), number)
        for key in post.sketch:
            self._near[key].append(number)
        if post.article:
            self._at.setdefault((post.channel, post.article), number)

    def given(self, post: Told) -> None:
        """Learn from all posts, before any is compared, which addresses are pages and not articles."""
        if post.article:
            where = (post.article, post.source, post.collected)
            if where in self._given:
                self._pages.add(post.article)
            self._given.add(where)

    def first(self, post: Told) -> Told | None:
        """The post that this one repeats most closely, the earliest of equals."""
        found = {n for n in self._candidates(post) if self.posts[n].root != post.id}
        best = min(found, key=lambda n: (-overlap(post, self.posts[n]), n), default=None)
        return None if best is None else self.posts[best]

    def _candidates(self, post: Told) -> Iterator[int]:
        same = True  # whether the first post of the same words will do, where there is one
        for channel in wording.repeated_by(post.channel):
            if (channel, post.key) in self._same:
                yield (first := self._same[channel, post.key])
                same = same and self.posts[first].root != post.id
            if (channel, post.article) in self._at and post.article not in self._pages:
                yield self._at[channel, post.article]
        if same and not wording.may_be_near(post):
            return
        shared = Counter(n for key in post.sketch for n in self._near.get(key, ()))
        for n, number in shared.most_common(MOST):
            if number >= SHARED and wording.alike(post, self.posts[n]):
                yield n


def run(posts: pd.DataFrame, recent: pd.DataFrame | None = None) -> list[str | None]:
    """For each post the id of the root it repeats, or None; in the order of the frame.

    ``recent`` are posts of the last days, ``COLUMNS``; those that share neither words nor address
    with any of the posts may be left out.
    """
    fresh = list(_told(posts.assign(copy_of=None)))
    by_id = {post.id: post for post in fresh}
    known = [] if recent is None else [p for p in _told(recent) if p.id not in by_id]
    heard = Heard()
    for post in (*known, *fresh):
        heard.given(post)
    for post in _parted(sorted(known, key=lambda p: p.collected), by_id):
        heard.add(post)
    for post in sorted(fresh, key=lambda p: p.collected):
        first = heard.first(post)
        post.root = None if first is None else first.root or first.id
        heard.add(post)
    # a root that was edited into a copy of another passes its root on, so that nothing chains
    final = [by_id[p.root].root or p.root if p.root in by_id else p.root for p in fresh]
    return [root if root != post.id else None for root, post in zip(final, fresh, strict=True)]


def _parted(known: list[Told], edited: dict[str, Told]) -> Iterator[Told]:
    """Copies whose root has other words now: the first of them is the root of the others."""
    heirs: dict[str, str] = {}
    for post in known:
        root = edited.get(post.root or "")
        if root is not None and not (wording.alike(post, root) or post.same_article(root)):
            heir = heirs.setdefault(root.id, post.id)
            post.root = heir if heir != post.id else None
        yield post


def _told(posts: pd.DataFrame) -> Iterator[Told]:
    columns = (posts[name] if name in posts else [None] * len(posts) for name in COLUMNS)
    for values in zip(*columns, strict=True):
        yield Told(dict(zip(COLUMNS, values, strict=True)))


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None
