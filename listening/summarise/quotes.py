"""What people say: which of their own words a page shows, and which it never does.

Nothing that carries a flag is quoted. A quote is short, and says where and when, never who.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import pandas as pd

from listening.summarise.rows import each, pick

LONGEST = 160  # characters of a quote on a page
SHORTEST = 4  # words; "Agreed!" tells nobody anything
ANSWER_WITHIN = timedelta(days=7)
ALIKE = 0.5  # share of content words two questions share to be one (Jaccard)

_SENTENCE = re.compile(r"(?<=[.!?…])[”\"')]*\s+|\n+")
_WORD = re.compile(r"[a-z0-9]+")
_IDLE = frozenset(
    re.findall(
        r"\w+",
        """a an and any anyone anybody are as at be been but by can could do does did for from get got has
        have how i if in is it its know me my of on or our please so some somebody someone that the their
        there they this to us was we what when where which who why will with would you your""",
    )
)


@dataclass(frozen=True)
class Quote:
    """A resident's own words, cut short, and where they stood."""

    text: str
    source: str
    published: datetime
    id: str
    accounts: int = 1  # how many said or asked the same


def short(text: str, longest: int = LONGEST) -> str:
    """The opening of a text, at whole sentences where they fit, else cut between words with an ellipsis."""
    words = " ".join(text.split())
    if len(words) <= longest:
        return words
    kept = ""
    for sentence in _SENTENCE.split(words):
        if len(kept) + len(sentence) + 1 > longest:
            break
        kept = f"{kept} {sentence}".strip()
    return kept or words[: longest - 1].rsplit(" ", 1)[0].rstrip(",;:–-") + "…"


def words(title: object, text: object) -> str:
    """What a post says: its text, else its title."""
    return next((p for p in (text, title) if isinstance(p, str) and p.strip()), "")


def quotable(posts: pd.DataFrame) -> pd.DataFrame:
    """Residents' posts without a flag, long enough to say something, no copies."""
    if posts.empty:
        return posts
    enough = [
        len(words(t, x).split()) >= SHORTEST for t, x in zip(posts["title"], posts["text"], strict=True)
    ]
    told = pd.Series(enough, index=posts.index, dtype=bool) & posts["copy_of"].isna()
    plain = posts["flags"].map(lambda flags: not flags).astype(bool)
    return posts[told & plain & (posts["channel"] == "public")]


def good_word(posts: pd.DataFrame) -> Quote | None:
    """The newest post that praises and is pleased; thanks that carry a complaint are left out."""
    pleased = posts[posts["tone"] == "positive"] if len(posts) else posts
    kind = [c for c in each(quotable(pleased)) if "praise" in c.cues and "complaint" not in c.cues]
    return quote(max(kind, key=lambda p: p.published)) if kind else None


def said(posts: pd.DataFrame, most: int = 2) -> list[Quote]:
    """A few posts that differ: complaints and places first, then the earliest; one a thread."""
    pool = quotable(posts)
    if pool.empty:
        return []
    rank = [
        (-len(p.places) - ("complaint" in p.cues), p.published, p)
        for p in each(pool)
        if "question" not in p.cues
    ]
    chosen: list[Quote] = []
    for *_, post in sorted(rank, key=lambda r: r[:2]):
        if len(chosen) < most and all(alike(words(post.title, post.text), q.text) < ALIKE for q in chosen):
            chosen.append(quote(post))
    return sorted(chosen, key=lambda q: q.published)


def questions(posts: pd.DataFrame, official: pd.DataFrame) -> list[Quote]:
    """The questions nobody has answered in public, most askers first, then oldest.

    Answered is: an official post in the same thread after it, or one on the same issue and place
    within 7 days after it. Equal questions are one, with its number of askers.
    """
    groups: list[tuple[Quote, set[str], set[object]]] = []  # with its content words and its askers
    asked = quotable(posts)
    asked = pick(asked, ("question" in cues for cues in asked["cues"])).sort_values("published")
    bodies = list(each(official[official["published"] >= asked["published"].min()])) if len(asked) else []
    for post in each(asked):
        if answered(post, bodies):
            continue
        asker = post.author or post.id
        content = _content(_question(words(post.title, post.text)))
        same = next((askers for _, known, askers in groups if _shared(known, content) >= ALIKE), None)
        if same is not None:
            same.add(asker)
        else:
            new = quote(post)
            groups.append((new, _content(_question(new.text)), {asker}))
    open_ones = [replace(q, accounts=len(askers)) for q, _, askers in groups]
    return sorted(open_ones, key=lambda q: (-q.accounts, q.published))


def answered(post: Any, official: Iterable[Any]) -> bool:
    """Whether a public body has answered this post: rows of official posts, see ``questions``."""
    return any(item.published >= post.published and answers(post, item) for item in official)


def alike(one: str, other: str) -> float:
    """The share of content words two texts have in common, 0–1 (Jaccard)."""
    return _shared(_content(one), _content(other))


def quote(post: Any) -> Quote:
    """A row of the posts frame as a quote."""
    text = short(words(post.title, post.text))
    return Quote(text, post.source, post.published.to_pydatetime(), post.id)


def answers(post: Any, item: Any) -> bool:
    """Whether an official item, earlier ones too, is in a post's thread or on its issue and place."""
    if post.thread is not None and post.thread == item.thread:
        return True
    if item.published > post.published + ANSWER_WITHIN:
        return False
    place, theirs = {*post.wards, *post.towns}, {*item.wards, *item.towns}
    same_place = not place or not theirs or bool(place & theirs)
    return same_place and bool({*post.issues} & {*item.issues})


def _shared(one: set[str], other: set[str]) -> float:
    return len(one & other) / len(one | other) if one | other else 0.0


def _question(text: str) -> str:
    """The sentence that asks, where one ends in a question mark; else the whole."""
    return next(
        (s for s in _SENTENCE.split(" ".join(text.split())) if s.rstrip("”\"') ").endswith("?")), text
    )


def _content(text: str) -> set[str]:
    return {w for w in _WORD.findall(text.lower().replace("’", "").replace("'", "")) if w not in _IDLE}
