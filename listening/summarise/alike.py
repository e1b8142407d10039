"""How alike short texts are: rare words and shared places count, common ones hardly.

Words are weighed by how rare they are in earlier posts and in the window together. The window
alone would call a big story's own name common, and weigh it down: the fault of plain TF-IDF
(Spärck Jones 1972, *A statistical interpretation of term specificity*), here put
right. An issue, a place and the two together are words like any other: an issue
nobody wrote about here last month says much, an everyday one says little.
"""

import math
import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from listening.summarise.rows import each

Matrix = npt.NDArray[np.float32]
Bag = dict[str, float]  # word -> weight, of length 1

POWER = 0.75  # of the inverse document frequency
BOTH = 1.0  # how much what a post is about weighs beside its words
NEIGHBOURS, FLOOR = 10, 0.1  # whose words a post borrows, and how like it they must be
SHORTEST = 3  # letters of a word
_WORD = re.compile(r"[a-z][a-z']+|\d+")
_ENDINGS = ("ings", "ing", "ed", "es", "s")
_IDLE = frozenset(
    re.findall(
        r"\w+",
        """about after all also and any are back been before being but can could did does doing don down even
        for from get getting going gone got had has have her here him his how into its just know like lot made
        make many more much not now off one only other our out over own please really said same say says see
        she should some still such than thank thanks that the their them then there these they thing this
        those though through too under until very want was way were what when where which while who why
        will with would yet you your update news live says""",
    )
)


def words(title: object, text: object) -> list[str]:
    """The words of a post in order, lower case, without endings and idle words.

    >>> words(None, "The floods: Weir Lane is flooding!")
    ['flood', 'weir', 'lane', 'flood']
    """
    both = " ".join(t for t in (title, text) if isinstance(t, str)).lower().replace("’", "'")
    found = (w.removesuffix("'s").replace("'", "") for w in _WORD.findall(both))
    return [stem(w) for w in found if len(w) >= SHORTEST and w not in _IDLE]


@lru_cache(maxsize=20_000)  # single words only: the same few thousand make up most of what is said
def stem(word: str) -> str:
    """The word without a plain English ending: ``flooded``, ``floods`` → ``flood``; ``stopped`` → ``stop``.

    Only for comparing: what is left need not be a word.
    """
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) > SHORTEST and not word.endswith("ss"):
            bare = word.removesuffix(ending)
            return bare[:-1] if bare[-1] == bare[-2] and bare[-1] not in "aeiosl" else bare
    return word


def subjects(post: Any) -> list[str]:
    """What a post is about, as words that no text holds: its issues, its places, and both together.

    Streets, wards and towns are places alike: two posts of one street share all three.
    """
    places = [f"@{p}" for p in (*post.places, *post.wards, *post.towns)]
    issues = [f"#{i}" for i in post.issues]
    return [*issues, *places, *(f"{i}{p}" for i in issues for p in places)]


class Weights:
    """How much each word says: rare ones much. Learnt from earlier posts and the window together."""

    def __init__(self, *frames: pd.DataFrame) -> None:
        self._in: Counter[str] = Counter()
        self._posts = 0
        for frame in frames:
            for post in each(frame):
                self._posts += 1
                self._in.update({*words(post.title, post.text), *subjects(post)})

    def of(self, word: str) -> float:
        """The weight of one word, 0 or more."""
        return float(math.log((self._posts + 1) / (self._in[word] + 0.5)) ** POWER)

    def bag(self, post: Any) -> Bag:
        """A post as weighed words; its text and its subjects weigh the same."""
        text = _unit({w: self.of(w) for w in words(post.title, post.text)})
        about = _unit({w: self.of(w) for w in subjects(post)})
        return _unit(text | {w: BOTH * x for w, x in about.items()})


def cosine(one: Bag, other: Bag) -> float:
    """How alike two bags of length 1 are, 0–1."""
    if len(other) < len(one):
        one, other = other, one
    return sum(weight * other[word] for word, weight in one.items() if word in other)


def smoothed(bags: Sequence[Bag]) -> Matrix:
    """How alike each pair is after every post has borrowed the words of its nearest neighbours.

    Two posts of one event may share no word; both share some with a third. A post of n words that
    only it has keeps them in its length, and is the less like any other.
    """
    near = pairs(bags)
    size, most = len(bags), min(NEIGHBOURS, max(0, len(bags) - 1))
    who = np.zeros((size, most), dtype=np.intp)
    share = np.zeros((size, most), dtype=np.float32)
    for row in range(size):
        best = np.argsort(-near[row], kind="stable")
        who[row] = best[best != row][:most]
        weight = np.where(near[row, who[row]] > FLOOR, near[row, who[row]], 0)
        share[row] = weight / (weight.sum() or 1)
    mixed = _borrowed(_borrowed(near, who, share).T, who, share)
    mixed = (mixed + mixed.T) * np.float32(
        0.5
    )  # rounding makes the two halves differ, and linkage would go in circles
    length = np.sqrt(np.maximum(np.diagonal(mixed), 1e-9))
    return np.asarray(mixed / length[:, None] / length[None, :], dtype=np.float32)


def _borrowed(rows: Matrix, who: npt.NDArray[np.intp], share: Matrix) -> Matrix:
    """Each row with the weighted mean of its neighbours' rows added."""
    result = rows.copy()
    for place in range(who.shape[1]):
        result += share[:, place, None] * rows[who[:, place]]
    return result


def pairs(bags: Sequence[Bag]) -> Matrix:
    """The cosine of each pair, by postings: only words that two posts share are looked at."""
    postings: dict[str, list[tuple[int, float]]] = {}
    for number, bag in enumerate(bags):
        for word, heft in bag.items():
            postings.setdefault(word, []).append((number, heft))
    result = np.zeros((len(bags), len(bags)), dtype=np.float32)
    for _, rows in sorted(postings.items()):
        if len(rows) > 1:
            who = np.array([n for n, _ in rows])
            weight = np.array([w for _, w in rows], dtype=np.float32)
            result[np.ix_(who, who)] += np.outer(weight, weight)
    np.fill_diagonal(result, 1.0)
    return result


def _unit(bag: Bag) -> Bag:
    length = math.sqrt(sum(x * x for x in bag.values()))
    return {w: x / length for w, x in bag.items()} if length else {}
