"""Labels a person has put right: what the analysis said stays, what they said stands beside it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pandas as pd

from listening.area import Area
from listening.summarise.rows import each
from listening.summarise.words import lower

TONE = {"negative": "unhappy", "neutral": "neutral", "positive": "pleased", "unclear": "can't tell"}
CUES = {"complaint": "a complaint", "question": "a question", "praise": "praise"}


@dataclass(frozen=True)
class Correction:
    """One label of one post, put right."""

    number: int  # of the decision
    part: str  # issue, ward, cue, tone
    was: str | None  # what the analysis said; None: it said nothing
    now: str | None  # what the person said; None: this label is wrong
    role: str
    at: datetime


def corrections(decisions: pd.DataFrame) -> dict[str, tuple[Correction, ...]]:
    """The corrections that stand, by post id, oldest first.

    ``decisions`` are those of the kind "label", as the store gives them. One that was undone or
    erased does not stand; of two on the same label the newer does.
    """
    undone = {int(n) for n in decisions["undoes"].dropna()}
    found: dict[str, dict[tuple[str, str | None], Correction]] = {}
    for row in each(decisions):
        if row.id in undone or row.erased or not _whole(row.value):
            continue
        value = row.value
        said = Correction(row.id, value["part"], value["was"], value["now"], row.role, row.at.to_pydatetime())
        # A post has one tone, but any number of issues: what is added is its own label.
        label = (said.part, None if said.part == "tone" else said.was or said.now)
        found.setdefault(str(row.about), {}).pop(label, None)
        found[str(row.about)][label] = said
    return {post: tuple(labels.values()) for post, labels in found.items()}


def _whole(value: Any) -> bool:
    return isinstance(value, Mapping) and {"part", "was", "now"} <= value.keys()


def choices(post: Any, area: Area) -> dict[str, dict[str, str | None]]:
    """What can be put right on a post: a sentence, and the value of the decision it makes."""
    known, said = area.issue_by_slug, dict[str, dict[str, str | None]]()
    for slug in post.issues:
        if slug in known:
            said[f"Not about {lower(known[slug].label)}"] = _value("issue", slug, None)
    for ward in post.wards:
        said[f"Not in {ward}"] = _value("ward", ward, None)
    for cue in post.cues:
        if cue in CUES:
            said[f"Not {CUES[cue]}"] = _value("cue", cue, None)
    if post.channel == "public":
        for tone, word in TONE.items():
            if tone != post.tone:
                said[f"Tone: {word}"] = _value("tone", post.tone, tone)
    return said


def more_issues(post: Any, area: Area) -> dict[str, dict[str, str | None]]:
    """The issues a post could also be about: label, and the value of the decision."""
    free = [i for i in area.issues if not i.noise and not i.election and i.slug not in post.issues]
    return {i.label: _value("issue", None, i.slug) for i in sorted(free, key=lambda i: i.label)}


def _value(part: str, was: str | None, now: str | None) -> dict[str, str | None]:
    return {"part": part, "was": was, "now": now}


def said(correction: Correction, area: Area) -> str:
    """``Corrected: not about bins``, ``Corrected: also about litter``, ``Corrected: tone unhappy``."""
    known = area.issue_by_slug
    was, now = correction.was or "", correction.now or ""
    if correction.part == "tone":
        return f"Corrected: tone {TONE.get(now, now)}"
    if correction.part == "issue" and now:
        return f"Corrected: also about {lower(known[now].label) if now in known else now}"
    if correction.part == "issue":
        return f"Corrected: not about {lower(known[was].label) if was in known else was}"
    if correction.part == "cue":
        return f"Corrected: not {CUES.get(was, was)}"
    return f"Corrected: not in {was}"
