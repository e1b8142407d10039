"""One post in Explore: its words with the evidence in bold, where it stood, and why it is listed."""

from datetime import datetime
from typing import Any

import pandas as pd
import streamlit as st

from listening.area import Area
from listening.show import pieces
from listening.show.copies import beside
from listening.show.frame import literal
from listening.show.reading import CUES, SURE, TONE
from listening.summarise import seeking, words
from listening.summarise.words import lower

HELD = ("abuse", "accusation", "safeguarding")  # labels whose words are not repeated


def item(
    row: Any, area: Area, now: datetime, terms: tuple[str, ...] = (), copies: pd.DataFrame | None = None
) -> None:
    """Draw one post and who repeats it; of the press only headline and link. Never its author."""
    wanted = (*terms, *evidence(row))
    if row.title:
        st.markdown(bold(row.title, wanted))
    if row.channel != "press" and row.text:
        st.markdown(bold(row.text, wanted))
    where = ", ".join([*row.places, *row.wards, *(() if row.wards else row.towns)])
    maybe = f"may be {words.listed(row.maybe_wards)}" if row.maybe_wards else ""
    at = words.since(row.published, now, area.zone) if row.dated else "undated"
    facts = [row.source, at, where or maybe, TONE.get(row.tone, "")]
    said = " · ".join([*(literal(f) for f in facts if f), pieces.link(row.url)])
    pieces.small(said, literal(" · ".join(why(row, area))))
    if copies is not None:
        beside(row, copies, area, now)


def evidence(row: Any) -> list[str]:
    """The words that the post's labels rest on."""
    labels = (row.evidence or {}).items()
    return [str(w) for label, found in labels if label not in HELD for w in found.get("words", [])]


def bold(text: str, wanted: tuple[str, ...] | list[str]) -> str:
    """The text as Markdown shows it letter by letter, the wanted words in bold; lines stay lines."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "  \n".join(_bold(line, wanted) for line in lines if line)


def _bold(line: str, wanted: tuple[str, ...] | list[str]) -> str:
    runs = seeking.stretches(line, wanted)
    return "".join(f"**{literal(run)}**" if hit and run.strip() == run else literal(run) for run, hit in runs)


def why(row: Any, area: Area) -> list[str]:
    """Why it is listed: ``issue: bins – because of “not emptied”``, ``street: Weir Lane – because of …``."""
    said = []
    for label, found in (row.evidence or {}).items():
        quoted = [f"“{w}”" for w in found.get("words", [])[:3]]
        if label in HELD or not quoted:
            continue
        known = area.issue_by_slug.get(label)
        kind = found.get("how", "")
        kind = "ward" if label in area.ward_by_name else kind
        name = f"issue: {lower(known.label)}" if known else CUES.get(label) or f"{kind}: {label}"
        sure = SURE.get(found.get("confidence", "sure"), "")
        by = "its wording: " if kind == "wording" else ""
        said.append(f"{name} – because of {by}{words.listed(quoted)}{sure}")
    return said
