"""What was heard at the door and in surgery: counted beside talk, never with it."""

from dataclasses import dataclass

import pandas as pd

from listening.summarise.figures import READ, SENSITIVE_FROM
from listening.summarise.scope import Ledger, Scope, ranked
from listening.summarise.words import count

HEARD = ("heard",)
ELSE = "Something else"


@dataclass(frozen=True)
class Door:
    """The notes on one issue, and how many people they speak of."""

    slug: str  # empty: no issue was named
    label: str
    notes: int
    people: int

    @property
    def sentence(self) -> str:
        """``Heard at the door too: 2 notes, 5 people.``"""
        return f"Heard at the door too: {count(self.notes, 'note')}, {people(self.people)}."

    @property
    def line(self) -> str:
        """``Buses: 1 note, 3 people.``"""
        return f"{self.label}: {count(self.notes, 'note')}, {people(self.people)}."


def people(number: int) -> str:
    """``1 person``, ``5 people``."""
    return "1 person" if number == 1 else f"{number:,} people"


def door(store: Ledger, scope: Scope) -> tuple[Door, ...]:
    """The notes of the window and place, an issue a row, most people first.

    Talk of elections is not ranked, and a sensitive issue of fewer than three people is not told.
    """
    told = {"channels": HEARD, "noise": True, "limit": READ, "columns": ("issues", "score")}
    posts = store.posts(scope.since, scope.until, **told, **scope.only)
    rows = [(slug, n) for i, n in zip(posts["issues"], _people(posts), strict=True) for slug in i or [""]]
    area, found = scope.area, []
    met = {slug for slug, _ in rows}
    for slug in sorted(met - {""}, key=str):
        if not ranked(area, [slug])[0] or scope.issue not in (None, slug):
            continue
        issue, mine = area.issue_by_slug[slug], [n for s, n in rows if s == slug]
        if not issue.sensitive or sum(mine) >= SENSITIVE_FROM:
            found.append(Door(slug, issue.label, len(mine), sum(mine)))
    if "" in met and scope.issue is None:
        rest = [n for s, n in rows if s == ""]
        found.append(Door("", ELSE, len(rest), sum(rest)))
    return tuple(sorted(found, key=lambda d: (-d.people, d.label)))


def _people(posts: pd.DataFrame) -> list[int]:
    """How many people each note speaks of: kept as its score."""
    return [1 if pd.isna(n) else int(n) for n in posts["score"]]
