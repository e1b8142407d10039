"""Short texts as rows of numbers: which words they hold, and how much each word tells.

A comment has ten words, so that two people who mean the same often share two of them. Four things
help: word endings are cut, words of one sense are joined (``data/lexicons/alike.txt``), what all
comments are about (the issue's own words) weighs nothing, and names of places are left out.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from listening.summarise.quotes import words as said
from listening.summarise.rows import each

LEXICONS = Path(__file__).parents[2] / "data" / "lexicons"
SENSE, CUE = "=", "?"  # what a joined sense and a cue begin with: never a word
SENSE_WEIGHT = 1.2  # beside a word's own 1.0: a sense joins what words keep apart
PAIR_WEIGHT = 0.7  # two words in a row: rarer, and partly told by its words already
SAME = 0.6  # share of terms (Jaccard) from which two texts say the same
CUES = ("question", "praise")  # of the analysis: a question groups with questions

_TOKEN = re.compile(r"\[[a-z ]+\]|[a-z0-9]+(?:[’'][a-z]+)?|[.,;:!?–—()\n]")
_IDLE = frozenset(
    re.findall(
        r"\w+",
        """a about after all also am an and any are as at back be because been before being but by
        can could did do does doing done down for from get gets getting go goes going gone got had
        has have he her here him his how i if in into is it its just know last like made make many
        may me more most much my never new next no nor not now of off on one ones only or other our
        out over own please put really said say says see she should since so some such than that the
        their them then there these they thing things this those though through to today too two
        under until up us very want was way we week weeks well went were what where which while who
        why will with would yes yet you your s t ve re ll m d don didn doesn isn wasn won hi hello
        all everyone morning thats ive im its dont cant wont even ever every three four five six""",
    )
)


@dataclass(frozen=True)
class Table:
    """Texts × terms: ``rows`` are unit vectors (a text that says nothing is all noughts)."""

    rows: np.ndarray
    first: np.ndarray  # of each row: the first that says nearly the same, itself included
    terms: tuple[str, ...]
    weights: np.ndarray  # of the terms
    without: frozenset[str]  # words of places, left out


@cache
def senses(path: Path = LEXICONS / "alike.txt") -> dict[str, str]:
    """Words (two joined by an underscore) to the sense they share with others."""
    lines = path.read_text(encoding="utf-8").splitlines()
    pairs = [line.partition(":") for line in lines if not line.startswith("#")]
    return {word: SENSE + name for name, _, words in pairs for word in words.split()}


def tokens(text: str) -> list[str]:
    """Words in lower case, and the marks that end a clause; bracketed marks ("[name]") end one too."""
    low = text.lower().replace("’", "'").replace("'s", "").replace("n't", "nt").replace("'", "")
    return [t if t[0] not in "[.,;:!?–—()\n" else "." for t in _TOKEN.findall(low)]


def stem(word: str) -> str:
    """A word without its commonest endings: ``emptied`` and ``empty``, ``bins`` and ``bin`` are one.

    The first steps of Porter (1980), doi:10.1108/eb046814, without its measure.
    """
    for ending, instead in (("ies", "y"), ("ied", "y"), ("sses", "ss"), ("ing", ""), ("ed", ""), ("s", "")):
        bare = word.removesuffix(ending)
        if word.endswith(ending) and len(bare) > 2 and not (ending == "s" and bare[-1] in "su"):
            word = bare[:-1] if len(bare) > 3 and bare[-1] == bare[-2] not in "lse" else bare
            word += instead
            break
    return word[:-1] if len(word) > 4 and word.endswith("e") else word


def idle(word: str) -> bool:
    """Whether a word carries no meaning of its own: ``the``, ``again``, ``week``."""
    return word in _IDLE


def terms(text: str, without: frozenset[str] = frozenset()) -> dict[str, float]:
    """What a text holds: stems, pairs of them, and senses, each with its weight."""
    found: dict[str, float] = {}
    words = tokens(text)
    known = senses()
    for first, second in zip(words, [*words[1:], "."], strict=True):
        for word in (first, f"{first}_{second}"):
            if word in known:
                found[known[word]] = SENSE_WEIGHT
    kept = ["." if w in without else w for w in words]
    bare = [w if w == "." else stem(w) for w in kept if w == "." or (w not in _IDLE and len(w) > 1)]
    found |= {w: 1.0 for w in bare if w != "."}
    pairs = pairwise(bare)
    found |= {f"{a} {b}": PAIR_WEIGHT for a, b in pairs if "." not in (a, b)}
    return found


def places(posts: pd.DataFrame) -> frozenset[str]:
    """The words of all places that these posts name: they say where, not what."""
    names = {
        n for column in ("places", "wards", "towns") if column in posts for row in posts[column] for n in row
    }
    return frozenset(word for name in names for word in tokens(name))


def table(posts: pd.DataFrame, earlier: Iterable[str] = ()) -> Table:
    """Posts as rows of weighted terms. ``earlier`` are texts that tell which words are common anyway.

    A term weighs its inverse document frequency (Spärck Jones 1972, doi:10.1108/eb026526) over
    earlier texts and these, times the share of these posts *without* it: what everybody says here
    parts nobody. A term of one text joins nothing and is left out.
    """
    where = places(posts)
    found = [_held(p, where) for p in each(posts)]
    first = _firsts(found)
    here = Counter(t for i in sorted({int(f) for f in first}) for t in found[i])
    shared = {t for t, n in here.items() if n > 1}
    # One sentence that many repeat, and that shares no word with the rest, is known by its own words.
    alone = {t for n, f in enumerate(found) if first[n] != n and not shared & set(f) for t in f}
    vocabulary = tuple(sorted(shared | alone))
    weights = _weights(vocabulary, here, len(np.unique(first)), earlier)
    return Table(_rows(found, vocabulary, weights), first, vocabulary, weights, where)


def project(other: Table, posts: pd.DataFrame) -> np.ndarray:
    """Other posts as rows of the same terms: an earlier time beside this one."""
    found = [_held(p, other.without | places(posts)) for p in each(posts)]
    return _rows(found, other.terms, other.weights)


def _held(post: Any, without: frozenset[str]) -> dict[str, float]:
    cues = {CUE + c: 1.0 for c in post.cues if c in CUES}
    return terms(said(post.title, post.text), without) | cues


def _rows(found: list[dict[str, float]], vocabulary: Sequence[str], weights: np.ndarray) -> np.ndarray:
    held = np.array([[f.get(t, 0.0) for t in vocabulary] for f in found], dtype=float)
    return unit(held.reshape(len(found), len(vocabulary)) * weights)


def _firsts(texts: Sequence[dict[str, float]]) -> np.ndarray:
    """Which text is the first of those that share most of their terms: many may repeat one sentence."""
    every = {t: n for n, t in enumerate(sorted({t for text in texts for t in text}))}
    held = np.zeros((len(texts), len(every)), dtype=np.float32)
    for row, text in zip(held, texts, strict=True):
        row[[every[t] for t in text]] = 1.0
    if not texts:
        return np.zeros(0, dtype=int)
    both, size = held @ held.T, held.sum(axis=1)
    same = both >= SAME * np.maximum(1.0, size[:, None] + size[None, :] - both)
    np.fill_diagonal(same, True)
    firsts: np.ndarray = np.argmax(same, axis=1)
    return firsts


def _weights(
    vocabulary: Sequence[str], here: Counter[str], number: int, earlier: Iterable[str]
) -> np.ndarray:
    background = [terms(text) for text in earlier]
    common = Counter(t for b in background for t in b)
    total = len(background) + number
    rarity = [np.log((total + 1) / (common[t] + here[t] + 1)) + 0.5 for t in vocabulary]
    spread = [(1 - here[t] / (number + 1)) for t in vocabulary]
    weights: np.ndarray = np.array(rarity) * np.array(spread)
    return weights


def unit(rows: np.ndarray) -> np.ndarray:
    """Each row at length 1; empty rows stay empty."""
    length = np.linalg.norm(rows, axis=1, keepdims=True) if rows.size else np.ones((len(rows), 1))
    result: np.ndarray = rows / np.where(length > 0, length, 1.0)
    return result
