"""The name of a theme: the most typical short phrase that its own comments hold."""

import re
from collections import Counter
from functools import cache

import pandas as pd

from listening.summarise.quotes import quotable
from listening.summarise.quotes import words as said
from listening.summarise.rows import each
from listening.summarise.terms import LEXICONS, PAIR_WEIGHT, SENSE, places, terms

FEWEST, LONGEST = 2, 9  # words of a name
MOST_LETTERS = 48
_END = re.compile(r"(?<=[.!?…])[”\"')]*\s+|\n+")
_PART = re.compile(r"\s*[,;:–—]\s+")
_LEADS_TO = r"(?:on|in|at|near|by|round|around|along|outside|from|here in|here on|of|up|down)"
# What hangs where a place was taken out; "as bad as it is" is whole.
_TRAILING = re.compile(
    r"(?:\s+(?:on|in|at|near|by|from|past|the|a|an|this|my|our|your|their|its|and|but|or|of|to|for|with|as|than"
    r"|as it|as they|because|so|if|that|which|who|when|where"
    r"|(?<!it )(?<!they )(?<!that )(?<!there )(?<!we )(?<!you )(?:is|are|was|were)))+$",
    re.IGNORECASE,
)
_LEADING = re.compile(r"^(?:(?:and|but|or|so|because)\s+)+", re.IGNORECASE)  # of a part of a sentence


@cache
def given_names() -> frozenset[str]:
    """Given names in lower case, from ``data/lexicons/given_names.txt``."""
    lines = (LEXICONS / "given_names.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(name for line in lines if not line.startswith("#") for name in line.split())


def names_somebody(text: str) -> bool:
    """Whether a text may name a private person: a masked name, or a given name written large."""
    large = re.findall(r"\b[A-Z][a-z]+\b", text)
    return "[" in text or any(word.lower() in given_names() for word in large)


def label_of(inside: pd.DataFrame, outside: pd.DataFrame, taken: set[str] | None = None) -> str:
    """The phrase that holds most of what these comments share and the others lack.

    Whole sentences and their parts of 2 to 9 words stand for election, without the places they
    name. Each term counts with the share of comments in the theme that hold it, less that of the
    others; the sum is divided by the root of the number of words, so that short ones are not
    outvoted by long ones. No flagged post and no phrase that may name a person stands.
    """
    where = places(pd.concat([inside, outside]))
    own, rest = _shares(inside, where), _shares(outside, where)
    spots = sorted(
        {n for c in ("places", "wards", "towns") for row in inside[c] for n in row}, key=len, reverse=True
    )
    ballot: Counter[str] = Counter()
    for post in each(quotable(inside)):
        for phrase in dict.fromkeys(_phrases(said(post.title, post.text), spots)):
            ballot[phrase] += 1
    scored = [
        (_score(phrase, own, rest), votes, -len(phrase), phrase)
        for phrase, votes in ballot.items()
        if phrase not in (taken or set())
    ]
    return max(scored)[3] if scored else "No common words"


def _phrases(text: str, spots: list[str]) -> list[str]:
    found = []
    for sentence in _END.split(text):
        bare = _without(sentence.strip(" .!…\"“”'"), spots)
        for part in (bare, *_PART.split(bare)):
            whole = _LEADING.sub("", _TRAILING.sub("", part.strip()))
            short = FEWEST <= len(whole.split()) <= LONGEST and len(whole) <= MOST_LETTERS
            if short and not names_somebody(whole):
                found.append(whole[:1].upper() + whole[1:])
    return found


def _without(sentence: str, spots: list[str]) -> str:
    """The sentence without the places it names: they say where, and stand elsewhere."""
    for spot in spots:
        sentence = re.sub(
            rf"\s*\b{_LEADS_TO}\s+(?:the\s+)?{re.escape(spot)}\b|\b{re.escape(spot)}\b",
            "",
            sentence,
            flags=re.IGNORECASE,
        )
    return re.sub(r"\s+(?=[,;:?!])", "", " ".join(sentence.split()))


def _shares(posts: pd.DataFrame, where: frozenset[str]) -> dict[str, float]:
    held = Counter(t for p in each(posts) for t in terms(said(p.title, p.text), where))
    return {t: n / len(posts) for t, n in held.items()}


def _score(phrase: str, own: dict[str, float], rest: dict[str, float]) -> float:
    held = terms(phrase)
    telling = sum(w * max(0.0, own.get(t, 0.0) - rest.get(t, 0.0)) for t, w in held.items())
    words = sum(t[0] != SENSE and w != PAIR_WEIGHT for t, w in held.items())
    return float(telling / (words + 1.0) ** 0.7)
