"""Words that are new, or said more than before: by how far chance alone falls short of them.

Posts now are held against posts before with the log-likelihood ratio of Dunning (1993, "Accurate
methods for the statistics of surprise and coincidence", Computational Linguistics 19:1, 61–74),
which holds for the small numbers of a ward where chi-square does not.
"""

import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

import pandas as pd

from listening.given import columns
from listening.summarise.phrasing import given_names
from listening.summarise.quotes import words as said
from listening.summarise.rows import each
from listening.summarise.terms import idle, places, stem, tokens

ACCOUNTS = 3  # a phrase of fewer is nobody's news
POSTS = 3
SURPRISE = 15.13  # G² that chance reaches once in 10,000: many phrases are tried (chi-square, 1 degree)
LONGEST = 3  # words
CONTAINED = 0.8  # of a word's posts hold a longer phrase: the phrase is told, not the word
EARLIER = ("title", "text", "copy_of")
NEEDED = ("id", *EARLIER, "author", "evidence")
COLUMNS = ("phrase", "posts", "voices", "before", "surprise", "new", "ids")
_LARGE = re.compile(r"(?<=[a-z,;] )[A-Z][a-z]+")


@dataclass
class _Use:
    ids: list[str] = field(default_factory=list)
    authors: set[str] = field(default_factory=set)


def phrases(posts: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    """One row a phrase that is new or has risen (COLUMNS), most surprising first.

    ``before`` are posts on the same matter from an earlier time, however long. A phrase has one to
    three words; it needs 3 posts and 3 accounts. Left out are names of places and of private
    persons, masked words, and the words by which an issue was recognised (``evidence``): those are
    counted already. ``new`` is a phrase that no earlier post holds.
    Raises WordsError where a column is missing.
    """
    columns(posts, NEEDED, "phrases")
    columns(before, EARLIER, "phrases, before,")
    roots, past = posts[posts["copy_of"].isna()], before[before["copy_of"].isna()]
    barred = places(roots) | given_names() | _proper(roots) | _recognised(roots)
    now, then = _uses(roots, barred), Counter(p for post in each(past) for p in set(_held(post, frozenset())))
    rows = []
    for phrase, use in now.items():
        if len(use.ids) < POSTS or len(use.authors) < ACCOUNTS:
            continue
        surprise = log_likelihood(len(use.ids), len(roots), then[phrase], len(past))
        if surprise >= SURPRISE:
            rows.append(
                (phrase, len(use.ids), len(use.authors), then[phrase], surprise, not then[phrase], use.ids)
            )
    return _longest(pd.DataFrame(rows, columns=list(COLUMNS)))


def log_likelihood(now: int, posts: int, before: int, earlier: int) -> float:
    """G² of a phrase in ``now`` of ``posts`` and ``before`` of ``earlier`` posts; 0 where it has not risen.

    >>> round(log_likelihood(7, 64, 0, 300), 1)
    25.0
    """
    total, all_ = now + before, posts + earlier
    if not posts or not earlier or now / posts <= before / earlier:
        return 0.0
    cells = (
        (now, posts * total / all_),
        (before, earlier * total / all_),
        (posts - now, posts * (all_ - total) / all_),
        (earlier - before, earlier * (all_ - total) / all_),
    )
    return 2 * sum(seen * math.log(seen / expected) for seen, expected in cells if seen)


def _uses(posts: pd.DataFrame, barred: frozenset[str]) -> dict[str, _Use]:
    found: dict[str, _Use] = {}
    for post in each(posts):
        for phrase in dict.fromkeys(_held(post, barred)):
            use = found.setdefault(phrase, _Use())
            use.ids.append(post.id)
            if post.author:
                use.authors.add(post.author)
    return found


def _held(post: object, barred: frozenset[str]) -> Iterator[str]:
    """The runs of one to three words that neither begin nor end with an idle word."""
    words = tokens(said(getattr(post, "title", None), getattr(post, "text", None)))
    for start in range(len(words)):
        for length in range(1, LONGEST + 1):
            run = words[start : start + length]
            if len(run) < length or not all(w[0].isalnum() for w in run):
                break
            ends = (run[0], run[-1])
            if all(w.isalpha() and len(w) > 2 and not idle(w) for w in ends) and not barred & set(run):
                yield " ".join(run)


def _proper(posts: pd.DataFrame) -> frozenset[str]:
    """Words that stand with a large letter inside a sentence: names, of whomever."""
    return frozenset(w.lower() for p in each(posts) for w in _LARGE.findall(said(p.title, p.text)))


LOOSE = ("cue", "wording")  # a word that only complains, or speaks for an issue among others, is not its name


def _recognised(posts: pd.DataFrame) -> frozenset[str]:
    """The words by which issues and places were recognised, in all their endings."""
    every = (why for row in posts["evidence"] for why in (row or {}).values())
    told = (why for why in every if why.get("how") not in LOOSE)
    found = [w for why in told for w in why.get("words", [])]
    known = {stem(token) for words in found for token in tokens(str(words))}
    used = {t for p in each(posts) for t in tokens(said(p.title, p.text))}
    return frozenset(word for word in used if stem(word) in known)


def _longest(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows without words and parts that hardly ever stand outside a longer phrase of the list."""
    kept = []
    for place, row in zip(rows.index, each(rows), strict=True):
        inside = [
            other
            for other in each(rows)
            if f" {row.phrase} " in f" {other.phrase} " and len(other.phrase) > len(row.phrase)
        ]
        if not any(other.posts >= CONTAINED * row.posts for other in inside):
            kept.append(place)
    order = rows.loc[kept].sort_values(["surprise", "phrase"], ascending=[False, True])
    return order.reset_index(drop=True)
