"""Guard: what redaction must leave alone in an area — its places, bodies and office-holders.

A street that is masked can no longer place a post, and what an office-holder does in office is
public. The guard is built once an area and kept while the area says the same.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from ahocorasick_rs import AhoCorasick

from listening.area import Area
from listening.clean import postcodes

FOLDER = Path(__file__).parents[2] / "data" / "lexicons"
Span = tuple[int, int]


@dataclass(frozen=True)
class Guard:
    """The protected phrases of one area, ready to be found in a text, and its word lists."""

    phrases: AhoCorasick
    streets: frozenset[str]  # lower case
    firsts: frozenset[str]  # their first words
    holders: frozenset[str]  # full names of office-holders, lower case
    surnames: frozenset[str]
    accounts: frozenset[str]  # names of bodies as account names: lower case, letters only
    given: frozenset[str]  # given names
    ordinary: frozenset[str]  # capitalised words that are not names
    figures: frozenset[str]  # full names of public and invented figures
    postcode: postcodes.Pattern

    def spans(self, text: str) -> list[Span]:
        """Where protected phrases stand in a text, as whole words, whatever their case."""
        low = text.lower()
        if len(low) != len(text):  # a few letters grow in lower case; positions must not move
            low = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
        found = ((a, b) for _, a, b in self.phrases.find_matches_as_indexes(low, overlapping=True))
        return [(a, b) for a, b in found if _whole(low, a, b)]


def guard(area: Area) -> Guard:
    """The guard of an area, built once for the same names."""
    places = [n for p in area.places for n in (p.name, *p.aliases)]
    wards = [n for w in area.wards for n in (w.name, *w.aliases, *(name for name, _ in w.was))]
    towns = [n for t in area.towns for n in (t.name, *t.aliases)]
    bodies = [area.council, *(b.name for b in area.bodies)]
    others = [area.name, *area.aliases, *area.elsewhere, *wards, *towns, *bodies]
    return _built(tuple(places), tuple(others), tuple(bodies), area.office_holders, area.postcode_areas)


@lru_cache(maxsize=8)
def _built(
    places: tuple[str, ...],
    others: tuple[str, ...],
    bodies: tuple[str, ...],
    holders: tuple[str, ...],
    letters: tuple[str, ...],
) -> Guard:
    people = frozenset(_TITLE.sub("", h).strip().lower() for h in holders) - {""}
    phrases = {_straight(n) for n in (*places, *others, *holders)} | people
    return Guard(
        phrases=AhoCorasick(sorted(p for p in phrases if len(p) > 2)),
        streets=frozenset(map(_straight, places)),
        firsts=frozenset(_straight(place).partition(" ")[0] for place in places),
        holders=people,
        surnames=frozenset(p.split()[-1] for p in people),
        accounts=frozenset(re.sub(r"[^a-z]", "", b.lower()) for b in bodies) - {""},
        given=words("given_names"),
        ordinary=words("not_names"),
        figures=words("figures", ","),
        postcode=postcodes.pattern(letters),
    )


_TITLE = re.compile(
    r"^(?:(?:Cllr|Councillor|Mayor|Sir|Dame|Lord|Lady|Rt Hon|Dr|Mr|Mrs|Ms)\.?\s+)+|\s+MP$", re.IGNORECASE
)


@lru_cache(maxsize=4)
def words(name: str, between: str | None = None) -> frozenset[str]:
    """The entries of one list in data/lexicons, lower case; lines beginning with # are its origin."""
    lines = (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    told = (w.strip() for line in lines if not line.startswith("#") for w in line.lower().split(between))
    return frozenset(told) - {""}


def free(spans: Iterable[Span], start: int, end: int) -> bool:
    """Whether a stretch of text touches none of the protected ones."""
    return all(end <= a or b <= start for a, b in spans)


def _straight(name: str) -> str:
    return name.replace("’", "'").strip().lower()


def _whole(text: str, start: int, end: int) -> bool:
    return not (text[start - 1 : start].isalnum() or text[end : end + 1].isalnum())
