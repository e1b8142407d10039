"""The sample's writers: invented handles, a few hundred regulars and many who write once."""

from pathlib import Path
from random import Random

from listening.sample.words import book

# How many regulars each source has: own choice, so that a week has about two accounts for three posts.
REGULARS = {
    "Haverdale Forum": 130,
    "Council page comments": 110,
    "Larkford Chat": 35,
    "Stenby Talk": 45,
    "Haver Noticeboard": 45,
    "Village noticeboards": 14,
    "Dale Parish News": 4,
}
FEW = 6  # regulars of any other source
STEEP = 0.8  # of Zipf's law: the loudest regulars write about ten times as often as the quietest
REGULAR, ONCE = 0.66, 0.6  # shares: by a regular; of the others, by somebody never met before
NO_ACCOUNT = {"Council page comments": 0.05, "Haver Noticeboard": 0.04}


class Crowd:
    """Hands out writers. A handle belongs to one source and is never given twice."""

    def __init__(self, words: Path, random: Random) -> None:
        lists = book(words)["handles"]
        self.first, self.second = lists["first"], lists["second"]
        self.random = random
        self._given = random.randrange(10_000)
        self._regulars: dict[str, list[str]] = {}
        self._weights: dict[str, list[float]] = {}
        self._others: dict[str, list[str]] = {}

    def fresh(self) -> str:
        """A handle nobody has yet: two words and a number."""
        pairs = len(self.first) * len(self.second)
        self._given += 1
        number, pair = divmod(self._given * 7919, pairs)
        first, second = divmod(pair, len(self.second))
        return f"{self.first[first]}_{self.second[second]}{number % 10_000}"

    def writer(self, source: str) -> str | None:
        """Somebody who writes there; None for a post that carries no account."""
        if self.random.random() < NO_ACCOUNT.get(source, 0.01):
            return None
        if source not in self._regulars:
            count = REGULARS.get(source, FEW)
            self._regulars[source] = [self.fresh() for _ in range(count)]
            self._weights[source] = [(rank + 1) ** -STEEP for rank in range(count)]
        if self.random.random() < REGULAR:
            return self.random.choices(self._regulars[source], self._weights[source])[0]
        others = self._others.setdefault(source, [])
        if not others or self.random.random() < ONCE:
            others.append(self.fresh())
            return others[-1]
        return self.random.choice(others)
