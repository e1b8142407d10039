"""What comments say: themes in people's own words, from 20 comments up.

A theme is a group of comments that say nearly the same (``groups``), named by the most typical
short phrase of its own comments; what belongs to no group is "Other". What people decided (a name,
two themes joined, one split) is applied afterwards: first the analysis, then the decisions.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from listening.given import columns
from listening.post import TONES
from listening.summarise import groups as grouping
from listening.summarise.phrasing import label_of
from listening.summarise.quotes import ALIKE, alike, quotable
from listening.summarise.quotes import words as said
from listening.summarise.rows import each
from listening.summarise.terms import CUE, Table, project, table
from listening.summarise.voices import accounts

FEWEST = 20  # comments; fewer are read, not grouped
QUOTES = 3
SIGNED = 10  # of a theme's terms it is known by again
SIGNED_BY = 2  # comments that hold a term, before it is kept in a decision
SAME = 0.3  # share of such terms (Jaccard) from which a theme is the one a decision is about
OTHER = "Other"
NEEDED = (
    *("id", "channel", "title", "text", "author", "wards", "towns", "places"),
    *("tone", "cues", "flags", "copy_of"),
)
COLUMNS = (
    "label",  # people's own words, or the name somebody gave it
    "posts",  # ids, most typical first
    "comments",  # how many
    "voices",  # accounts behind them and behind their copies
    "before",  # comments of the earlier time that are like it; <NA> without one
    *TONES,
    "questions",
    "quotes",  # ids: the most typical that may be quoted
    "terms",  # what it is known by again, for decisions
    "renamed",
)


@dataclass
class _Theme:
    rows: np.ndarray  # which comments
    name: str | None = None  # given by somebody
    before: list[int] = field(default_factory=list)  # which earlier comments
    other: bool = False


def themes(
    posts: pd.DataFrame,
    decisions: pd.DataFrame | None = None,
    before: pd.DataFrame | None = None,
    earlier: Iterable[str] = (),
) -> pd.DataFrame:
    """One row a theme (COLUMNS), largest first, "Other" last; no rows under 20 comments.

    ``posts`` are annotated comments on one matter, copies among them: those are folded into the
    comment they repeat, and only their accounts count. ``decisions`` are ``Store.decisions("theme")``:
    ``about`` holds the terms of a theme, ``value`` one of ``{"rename": name}``,
    ``{"join": terms of the other}``, ``{"split": true}``. ``before`` are the comments of the time
    before, as long; ``earlier`` are texts on anything, which tell what is common anyway.
    Raises WordsError where a column is missing.
    """
    columns(posts, NEEDED, "themes")
    roots = posts[posts["copy_of"].isna()].reset_index(drop=True)
    if len(roots) < FEWEST:
        return pd.DataFrame(columns=list(COLUMNS))
    known = table(roots, earlier)
    grouped = grouping.groups(known.rows, known.first)
    past = None if before is None else before[before["copy_of"].isna()]
    then = np.full(0, grouping.OTHER) if past is None else grouping.join(grouped, project(known, past))
    labels = [*range(grouped.label.max() + 1), grouping.OTHER]
    found = [
        _Theme(
            np.flatnonzero(grouped.label == n), None, np.flatnonzero(then == n).tolist(), n == grouping.OTHER
        )
        for n in labels
    ]
    decided = _decided([t for t in found if len(t.rows)], decisions, known)
    order = sorted(decided, key=lambda t: (t.other, -len(t.rows), int(t.rows.min())))
    copies = _copies(posts)
    rows = [_row(theme, order, roots, copies, known, past is not None) for theme in order]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _copies(posts: pd.DataFrame) -> dict[str, pd.DataFrame]:
    repeated = posts[posts["copy_of"].notna()]
    return {str(root): rows for root, rows in repeated.groupby("copy_of")}


def _row(
    theme: _Theme,
    others: list[_Theme],
    roots: pd.DataFrame,
    copies: dict[str, pd.DataFrame],
    known: Table,
    past: bool,
) -> dict[str, Any]:
    typical = _typical(theme.rows, known)
    rows = roots.iloc[typical]
    voices = pd.concat([rows[["author"]], *(copies[i][["author"]] for i in rows["id"] if i in copies)])
    outside = roots.drop(index=roots.index[theme.rows])
    taken = {o.name for o in others if o.name}
    name = theme.name or (OTHER if theme.other else label_of(rows, outside, taken))
    return {
        "label": name,
        "posts": rows["id"].tolist(),
        "comments": len(rows),
        "voices": accounts(voices),
        "before": len(theme.before) if past else pd.NA,
        **{tone: int((rows["tone"] == tone).sum()) for tone in TONES},
        "questions": sum("question" in cues for cues in rows["cues"]),
        "quotes": _quotes(rows, known.first[typical]),
        "terms": signature(theme.rows, known),
        "renamed": theme.name is not None,
    }


def _typical(rows: np.ndarray, known: Table) -> np.ndarray:
    """The theme's comments, those most like the rest of it first."""
    near = known.rows[rows] @ known.rows[rows].sum(axis=0)
    return rows[np.argsort(-near, kind="stable")]


def _quotes(rows: pd.DataFrame, firsts: np.ndarray) -> list[str]:
    """Up to three that differ in more than their place, the most typical first; none that carries a flag."""
    chosen: list[Any] = []
    told = quotable(rows)
    for post in each(told[~pd.Series(firsts, rows.index)[told.index].duplicated()]):
        text = said(post.title, post.text)
        if len(chosen) < QUOTES and all(alike(text, said(c.title, c.text)) < ALIKE for c in chosen):
            chosen.append(post)
    return [c.id for c in chosen]


def signature(rows: np.ndarray, known: Table) -> list[str]:
    """The terms that most tell these comments from the others: by them a decision finds its theme again."""
    held = known.rows > 0
    inside, all_ = held[rows].sum(axis=0), held.sum(axis=0)
    outside = (all_ - inside) / max(1, len(held) - len(rows))
    telling = np.where(inside >= SIGNED_BY, inside / max(1, len(rows)) - outside, 0.0)
    order = np.argsort(-telling, kind="stable")[:SIGNED]
    return [known.terms[i] for i in order if telling[i] > 0 and known.terms[i][0] not in CUE]


def _decided(found: list[_Theme], decisions: pd.DataFrame | None, known: Table) -> list[_Theme]:
    """The themes as people left them: decisions in the order they were made, undone ones left out."""
    if decisions is None or decisions.empty:
        return found
    undone = set(decisions["undoes"].dropna()) if "undoes" in decisions else set()
    for row in each(decisions):
        value = row.value if isinstance(row.value, dict) else {}
        theme = _about(row.about, found, known)
        if theme is None or getattr(row, "id", None) in undone:
            continue
        if isinstance(value.get("rename"), str):
            theme.name = value["rename"] or None
        elif "join" in value:
            found = _joined(found, theme, _about(value["join"], found, known))
        elif value.get("split"):
            found = _split(found, theme, known)
    return found


def _about(about: Any, found: list[_Theme], known: Table) -> _Theme | None:
    """The theme most like the one these terms were of."""
    wanted = set((about or {}).get("terms", []) if isinstance(about, dict) else [])
    best, which = SAME, None
    for theme in found:
        own = set(signature(theme.rows, known))
        share = len(own & wanted) / max(1, len(own | wanted))
        if share >= best and not theme.other:
            best, which = share, theme
    return which


def _joined(found: list[_Theme], one: _Theme, other: _Theme | None) -> list[_Theme]:
    if other is None or other is one:
        return found
    both = _Theme(np.sort([*one.rows, *other.rows]), other.name or one.name, [*one.before, *other.before])
    return [t for t in found if t is not one and t is not other] + [both]


def _split(found: list[_Theme], theme: _Theme, known: Table) -> list[_Theme]:
    """The theme in two; its earlier comments stay with the larger part."""
    part = grouping.halves(known.rows[theme.rows])
    if part is None or len(np.unique(part)) < 2:
        return found
    two = sorted((theme.rows[part == n] for n in (0, 1)), key=len, reverse=True)
    larger, smaller = _Theme(two[0], None, theme.before), _Theme(two[1])
    return [t for t in found if t is not theme] + [larger, smaller]
