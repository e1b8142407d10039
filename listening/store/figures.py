"""The figures of a cell: one definition, for the roll-up and for the exact tally alike.

A *cell* is a select with one row a post and group, holding ``post, voice, thread, outlet,
tone, cues, copy``. Folding reduces posts, conversations and outlets, never voices: the same words from
thirty accounts are one text and thirty voices.
"""

from typing import Any

from sqlalchemy import ColumnElement, FromClause, Label, and_, case, distinct, func

from listening.post import TONES

CUES = {"complaint": 1, "question": 2, "praise": 4}  # bits of `cues`
DISTINCT = ("conversations", "voices", "sources")  # never to be added up
ADDABLE = ("posts", "copies", "complaints", "questions", "praise", *TONES)
FIGURES = ("posts", "copies", *DISTINCT, "complaints", "questions", "praise", *TONES)
VOICES_BY_TONE = tuple(f"voices_{tone}" for tone in TONES)


def figures(cell: FromClause) -> list[Label[Any]]:
    """The columns of `FIGURES` over the rows of a cell."""
    c = cell.c
    root = c.copy == 0

    def posts_where(condition: ColumnElement[bool]) -> ColumnElement[int]:
        return func.coalesce(func.sum(case((and_(root, condition), 1), else_=0)), 0)

    named: dict[str, ColumnElement[Any]] = {
        "posts": func.coalesce(func.sum(case((root, 1), else_=0)), 0),
        "copies": func.coalesce(func.sum(c.copy), 0),
        "conversations": func.count(distinct(case((root, c.thread)))),
        "voices": func.count(distinct(c.voice)),
        "sources": func.count(distinct(case((root, c.outlet)))),
        "complaints": posts_where(c.cues.bitwise_and(CUES["complaint"]) > 0),
        "questions": posts_where(c.cues.bitwise_and(CUES["question"]) > 0),
        "praise": posts_where(c.cues.bitwise_and(CUES["praise"]) > 0),
    }
    named |= {tone: posts_where(c.tone == tone) for tone in TONES}
    return [named[name].label(name) for name in FIGURES]
