"""Claims that are going round and that nobody has confirmed.

A claim is a short assertion of a drastic event ("the bridge has collapsed") made by three
accounts or more. It is unconfirmed where no press or official item in the same frame says so.
Nothing here says that a claim is false; it says who has said it.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from listening.summarise.rows import each, pick

ACCOUNTS = 3  # a claim of fewer accounts is not repeated here
LONGEST = 18  # words; in a longer sentence the subject is seldom what stands before the verb
LEXICON = Path(__file__).parents[2] / "data" / "lexicons" / "claims.csv"

_AUXILIARY = (
    r"(?:has|have|had|is|was|are|were|been|being|just|now|apparently|already|actually|completely|partly|all)"
)
_SUBJECT = r"(?P<subject>(?:(?:the|a|an|that|our|this)\s+)?(?:[\w'’-]+\s+){0,2}?[\w'’-]+)"
_NO = re.compile(
    r"\b(?:not|never|no|isn[’']?t|hasn[’']?t|wasn[’']?t|haven[’']?t|didn[’']?t|false|untrue|rumou?rs?)\b"
)
_SENTENCE = re.compile(r"(?<=[.!?…])\s+|\n+")
_FILLER = {
    "the",
    "a",
    "an",
    "that",
    "our",
    "this",
    "it",
    "its",
    "and",
    "so",
    "heard",
    "says",
    "saying",
    "said",
}
_WEAK = {
    "it",
    "he",
    "she",
    "they",
    "we",
    "i",
    "you",
    "who",
    "which",
    "there",
    "someone",
    "this",
    "that",
    "what",
}


@dataclass(frozen=True)
class Event:
    """One kind of drastic event."""

    name: str
    verb: re.Pattern[str]  # what every such sentence has: looked for first, it costs a tenth
    said: re.Pattern[str]  # with the group `subject`
    stems: re.Pattern[str]


@dataclass(frozen=True)
class Claim:
    """What several accounts say and no outlet or public body does."""

    words: str  # “The bridge has collapsed”, as most put it
    posts: int
    accounts: int
    first: datetime
    last: datetime
    ids: tuple[str, ...]
    nearest: str | None = None  # id of the official item closest to it


@cache
def lexicon(path: Path = LEXICON) -> tuple[Event, ...]:
    """The kinds of event that count as drastic, from ``data/lexicons/claims.csv``."""
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(
            Event(
                row["event"],
                re.compile(rf"\s{row['pattern']}\b", re.IGNORECASE),
                re.compile(rf"\b{_SUBJECT}\s+(?:{_AUXILIARY}\s+)*?{row['pattern']}\b", re.IGNORECASE),
                re.compile(row["stems"], re.IGNORECASE),
            )
            for row in csv.DictReader(file)
        )


def claims(talk: pd.DataFrame, known: pd.DataFrame, events: Iterable[Event]) -> list[Claim]:
    """The unconfirmed claims in ``talk``, most accounts first.

    ``talk`` are the residents' posts of one event and place; ``known`` the press and official
    items of the same place and time. Posts that carry a flag are never quoted as a claim.
    A question, a denial and a hedge that names no subject are no claims.
    """
    open_talk = [
        (post, _sentences(_text(post.title, post.text)))
        for post in each(pick(talk, (not flags for flags in talk["flags"])))
    ]
    result = []
    for event in events:
        for head, rows in _grouped(open_talk, event).items():
            claim = _claim(head, rows, event, known)
            if claim:
                result.append(claim)
    return sorted(result, key=lambda c: (-c.accounts, c.first))


def says_so(text: str, head: str, event: Event) -> bool:
    """Whether a press or official text says that it happened; a denial does not."""
    return any(
        event.stems.search(s) and head in s.lower() and not _NO.search(s.lower()) for s in _sentences(text)
    )


def _claim(head: str, rows: list[dict[str, object]], event: Event, known: pd.DataFrame) -> Claim | None:
    frame = pd.DataFrame(rows).drop_duplicates("id")
    accounts = int(frame["author"].nunique())
    texts = {i: _text(t, x) for i, t, x in zip(known["id"], known["title"], known["text"], strict=True)}
    if accounts < ACCOUNTS or any(says_so(t, head, event) for t in texts.values()):
        return None
    words = Counter(frame["words"]).most_common()
    best = min((w for w, n in words if n == words[0][1]), key=lambda w: (abs(len(w.split()) - 4), w))
    return Claim(
        best,
        len(frame),
        accounts,
        frame["published"].min().to_pydatetime(),
        frame["published"].max().to_pydatetime(),
        tuple(frame["id"]),
        _nearest(head, known),
    )


def _grouped(talk: list[tuple[Any, list[str]]], event: Event) -> dict[str, list[dict[str, object]]]:
    """What was asserted, by the last word of its subject; ``talk`` are posts with their sentences."""
    groups: dict[str, list[dict[str, object]]] = {}
    for post, sentences in talk:
        for head, words in _assertions(sentences, event):
            row = {"id": post.id, "author": post.author, "published": post.published, "words": words}
            groups.setdefault(head, []).append(row)
    return groups


def _assertions(sentences: list[str], event: Event) -> Iterator[tuple[str, str]]:
    for sentence in sentences:
        found = event.verb.search(sentence) and event.said.search(sentence)
        if not found or sentence.rstrip().endswith("?") or len(sentence.split()) > LONGEST:
            continue
        subject = [w for w in found["subject"].lower().split() if w not in _FILLER]
        if not subject or subject[-1] in _WEAK or _NO.search(sentence.lower()):
            continue
        words = found[0].split()
        while words[0].lower() in {"and", "so", "heard", "says", "saying", "said", "that"} and len(words) > 2:
            words = words[1:]
        phrase = " ".join(words)
        yield (
            subject[-1],
            phrase[:1].upper() + phrase[1:].lower() if phrase.isupper() else phrase[:1].upper() + phrase[1:],
        )


def _nearest(head: str, known: pd.DataFrame) -> str | None:
    """The newest official item that names the subject, else none."""
    official = known[known["channel"] == "official"]
    named = [
        (at, i)
        for i, at, t, x in zip(
            official["id"], official["published"], official["title"], official["text"], strict=True
        )
        if head in _text(t, x).lower()
    ]
    return max(named)[1] if named else None


def _sentences(text: str) -> list[str]:
    return [s for s in _SENTENCE.split(text) if s.strip()]


def _text(title: object, text: object) -> str:
    return ". ".join(str(part) for part in (title, text) if isinstance(part, str) and part)
