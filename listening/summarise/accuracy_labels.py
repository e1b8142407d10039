"""What people said of posts they were shown without the analysis' answer, and which they were shown.

Three kinds of decision: a ``draw`` (how many posts there were, and what the analysis said of them, in
numbers), a ``drawn`` for each post of it (its place and its weight) and a ``truth`` for each label.
A label holds what the analysis said at that moment, so that later corrections, newer analyses and the
purge of the text change nothing about what was right or wrong. The last two are *about* the post: an
erasure strikes them with it.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from listening.area import Area
from listening.errors import WordsError
from listening.post import TONES
from listening.summarise.corrected import TONE
from listening.summarise.rows import each

DRAW, DRAWN, TRUTH = "draw", "drawn", "truth"  # the kinds of decision
NONE = "none"  # what is written where a post is about no issue, or in no ward that can be told
LABELS = (
    "post", "draw", "coder", "weight", "channel", "at", "version",
    "issues", "wards", "tone", "said_issues", "said_wards", "said_tone",
)  # fmt: skip
CODERS = ("coder A", "coder B", "coder C", "coder D")
_CODER = re.compile(r"coder [A-Za-z]|[A-Za-z]{1,4}")


@dataclass(frozen=True)
class Draw:
    """One random sample, as it was drawn."""

    key: str
    at: pd.Timestamp
    totals: dict[str, Any]  # see accuracy_sample.totals
    left_out: int  # posts that may not be read whole, so could not be drawn


def coder(said: str) -> str:
    """Who labels: a letter (``coder A``) or initials, never a name; a WordsError for anything else."""
    plain = " ".join(said.replace(".", "").split())
    if not _CODER.fullmatch(plain):
        raise WordsError(f"a coder is a letter, like 'coder A', or up to four initials; got {said!r}")
    return f"coder {plain[-1].upper()}" if plain[:6] == "coder " else plain.upper()


def truth(
    issues: Iterable[str], wards: Iterable[str], tone: str | None, channel: str, area: Area
) -> dict[str, Any]:
    """What a person says of one post, checked: slugs, names of wards, and a tone where there is one.

    Issues are read by slug or label, wards by name, tones as the code or the screen has them, all
    in any case. ``none`` alone is no issue, or no ward that can be told for sure; nothing at all is
    refused, for it may be forgotten. Tone is asked of residents' own posts only.
    """
    slugs = {i.slug: i.label for i in area.issues if not i.noise}
    names = {**{s.lower(): s for s in slugs}, **{label.lower(): s for s, label in slugs.items()}}
    spots = {w.name.lower(): w.name for w in area.wards}
    tones = {**{t: t for t in TONES}, **{word: t for t, word in TONE.items()}}
    held = None
    if channel == "public":
        held = _known([tone or ""], "tone", {**tones, "cant tell": "unclear"}, ", ".join(TONE.values()))[0]
    return {
        "issues": _known(issues, "issues", names, "their labels parted by ;, or none"),
        "wards": _known(wards, "wards", spots, "their names parted by ;, or none"),
        "tone": held,
    }


def _known(said: Iterable[str], what: str, known: dict[str, str], allowed: str) -> list[str]:
    given = [" ".join(s.split()).lower().replace("’", "'") for s in said]
    given = [s for s in given if s]
    if not given:
        raise WordsError(f"{what} must be {allowed}; it is empty")
    if given == [NONE] and what != "tone":
        return []
    strange = [s for s in given if s not in known]
    if strange:
        raise WordsError(f"{what} must be {allowed}; got {strange[0]!r}")
    return list(dict.fromkeys(known[s] for s in given))


def value(coder: str, draw: str, weight: float, post: Any, told: dict[str, Any]) -> dict[str, Any]:
    """What the decision of a label holds; ``post`` is as the store has it, with what the analysis says."""
    tone = post.tone if isinstance(post.tone, str) else None
    answer = {"issues": list(post.issues), "wards": list(post.wards), "tone": tone, "version": post.version}
    return {
        "coder": coder, "draw": draw, "weight": weight, "channel": post.channel, **told, "said": answer,
    }  # fmt: skip


def labels(decisions: pd.DataFrame) -> pd.DataFrame:
    """The labels that stand, oldest first, a row each (LABELS): of two by one person the newer does.

    ``decisions`` are those of the kind "truth". One that was undone or erased does not stand.
    """
    undone = {int(n) for n in decisions["undoes"].dropna()}
    rows: dict[tuple[str, str, str], dict[str, Any]] = {}
    for row in each(decisions):
        if row.id in undone or row.erased or not isinstance(row.value, dict):
            continue
        held = row.value
        said = held["said"]
        rows[row.about, held["draw"], held["coder"]] = {
            **{k: held[k] for k in ("draw", "coder", "weight", "channel", "issues", "wards", "tone")},
            **{f"said_{k}": said[k] for k in ("issues", "wards", "tone")},
            **{"post": row.about, "at": row.at, "version": said["version"]},
        }
    return pd.DataFrame(list(rows.values()), columns=list(LABELS))


def draws(decisions: pd.DataFrame) -> tuple[Draw, ...]:
    """The samples that were drawn, oldest first; ``decisions`` are those of the kind "draw"."""
    rows = (r for r in each(decisions) if not r.erased)
    return tuple(Draw(r.about, r.at, r.value["totals"], r.value["left_out"]) for r in rows)


def drawn(decisions: pd.DataFrame, draw: str) -> pd.DataFrame:
    """The posts of one draw in the order they are shown: columns id, weight. Kind: "drawn"."""
    rows = [
        (r.about, float(r.value["weight"]))
        for r in each(decisions)
        if not r.erased and r.value["draw"] == draw
    ]
    return pd.DataFrame(rows, columns=["id", "weight"])


def waiting(drawn: pd.DataFrame, labels: pd.DataFrame, draw: str, coder: str) -> list[str]:
    """The ids of a draw that this coder has not labelled yet, in their order."""
    mine = labels[(labels["draw"] == draw) & (labels["coder"] == coder)]
    return [i for i in drawn["id"] if i not in set(mine["post"])]


def parted(cell: Any) -> Sequence[str]:
    """A cell of a file as its parts: ``Bins; Litter``; an empty one has none."""
    return [p.strip() for p in re.split(r"[;\n]", str(cell or "")) if p.strip()]


def newest(decisions: pd.DataFrame, draw: str, coder: str) -> tuple[int, str] | None:
    """The number and the post of this coder's newest label that stands; kind: "truth"."""
    undone = {int(n) for n in decisions["undoes"].dropna()}
    for row in each(decisions.iloc[::-1]):
        held = row.value
        mine = isinstance(held, dict) and (held["draw"], held["coder"]) == (draw, coder)
        if mine and row.id not in undone and not row.erased:
            return int(row.id), str(row.about)
    return None
