"""The figures of a cell: one definition, for the roll-up and for the exact tally alike.

A *cell* is a select with one row a post and group, holding ``post, voice, thread, outlet,
tone, cues, copy``. Folding reduces posts, conversations and outlets, never voices: the same words from
thirty accounts are one text and thirty voices.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Label, and_, case, distinct, func

from listening.post import TONES

CUES = {"complaint": 1, "question": 2, "praise": 4}  # bits of `cues`
DIFFERENT = ("posts", "conversations", "voices", "sources")  # can be counted without a cell
DISTINCT = ("conversations", "voices", "sources")  # never to be added up
ADDABLE = ("posts", "copies", "complaints", "questions", "praise", *TONES)
FIGURES = ("posts", "copies", *DISTINCT, "complaints", "questions", "praise", *TONES)
VOICES_BY_TONE = tuple(f"voices_{tone}" for tone in TONES)


def figures(cell: FromClause, names: Sequence[str] = FIGURES) -> list[Label[Any]]:
    """These columns of `FIGURES` over the rows of a cell."""
    c = cell.c
    root = c.copy == 0

    def posts_where(condition: ColumnElement[bool]) -> ColumnElement[int]:
        return func.coalesce(func.sum(case((and_(root, condition), 1), else_=0)), 0)

    named: dict[str, ColumnElement[Any]] = {
        **_different(c),
        "posts": func.coalesce(func.sum(case((root, 1), else_=0)), 0),
        "copies": func.coalesce(func.sum(c.copy), 0),
        "complaints": posts_where(c.cues.bitwise_and(CUES["complaint"]) > 0),
        "questions": posts_where(c.cues.bitwise_and(CUES["question"]) > 0),
        "praise": posts_where(c.cues.bitwise_and(CUES["praise"]) > 0),
    }
    named |= {tone: posts_where(c.tone == tone) for tone in TONES}
    return [named[name].label(name) for name in names]


def different(cell: FromClause, names: Sequence[str]) -> list[Label[Any]]:
    """These columns of `DIFFERENT` over rows that may hold a post several times: a quicker question."""
    named = _different(cell.c)
    return [named[name].label(name) for name in names]


def _different(c: Any) -> dict[str, ColumnElement[Any]]:
    root = c.copy == 0
    return {
        "posts": func.count(distinct(case((root, c.post)))),
        "conversations": func.count(distinct(case((root, c.thread)))),
        "voices": func.count(distinct(c.voice)),
        "sources": func.count(distinct(case((root, c.outlet)))),
    }
