"""The posts behind a figure: text, source, age, place, tone, and the words the labels rest on.

No author, ever. Posts held back are not here; abusive ones wait behind a click; of the press only
headline and link are shown.
"""

from datetime import datetime
from typing import Any

import pandas as pd
import streamlit as st

from listening.area import Area
from listening.show import pieces
from listening.show.copies import beside
from listening.show.frame import literal
from listening.store import Store
from listening.summarise import findings, words
from listening.summarise.figures import PUBLIC, READ, shown
from listening.summarise.kept import kept, too_few, visible
from listening.summarise.rows import each
from listening.summarise.scope import Scope

A_PAGE = 20
TONE = {"negative": "unhappy", "neutral": "neutral", "positive": "pleased", "unclear": "can't tell"}
SURE = {"sure": "", "likely": " (likely)", "check": " (check this)"}
CUES = {
    "complaint": "complaint",
    "question": "question",
    "praise": "praise",
    "unsure_sarcasm": "may be sarcasm",
}
WHY_ABUSIVE = "May be abusive. Judged by its words alone: some are missed, and some are only blunt."


def posts(store: Store, scope: Scope, key: str) -> None:
    """The list of the scope's posts, newest first, with a way back."""
    st.button("Back to Today", icon=":material/arrow_back:", type="tertiary", on_click=_close)
    found = store.posts(scope.since, scope.until, channels=PUBLIC, limit=READ, **scope.read)
    found = found[found["collected"] <= scope.until]
    roots = found[found["copy_of"].isna()]
    readable = visible(found, scope.area)  # copies carry voices
    readable = readable[readable["copy_of"].isna()]
    few = too_few(found, scope.area)
    abusive = readable["flags"].map(lambda flags: "abuse" in flags).astype(bool)
    row = store.tally(scope.since, scope.until, channels=PUBLIC, **scope.only)
    if shown(scope.area, row, scope.issue).empty:
        st.title(literal(findings.TOO_FEW), anchor=False)
        return
    st.title(literal(heading(len(roots), scope)), anchor=False)
    pieces.lines(*findings.kept_from_view(kept(roots), scope.area.phones), *findings.not_shown(few))
    _pages(store, readable[~abusive], scope, f"post_{key}")
    if abusive.any():
        opened = st.expander(f"Show {words.count(int(abusive.sum()), 'abusive post')}", on_change="rerun")
        if opened.open:
            with opened:
                st.caption(WHY_ABUSIVE)
                _pages(store, readable[abusive], scope, f"abusive_{key}")


def heading(number: int, scope: Scope) -> str:
    """``8 posts: Larkford Bridge, last 7 days``"""
    when = {"today": "since midnight", "7d": "last 7 days", "28d": "last 28 days", "90d": "last 90 days"}
    return f"{words.count(number, 'post')}: {findings.where(scope)}, {when[scope.period]}"


def item(row: Any, area: Area, now: datetime) -> None:
    """One post."""
    if row.title:
        st.text(row.title)
    if row.channel not in ("press",) and row.text:
        st.text(row.text)
    where = ", ".join([*row.places, *row.wards, *(() if row.wards else row.towns)])
    maybe = f"may be {words.listed(row.maybe_wards)}" if row.maybe_wards else ""
    facts = [row.source, words.since(row.published, now, area.zone), where or maybe, TONE.get(row.tone, "")]
    if not row.dated:
        facts[1] = "undated"
    pieces.small(
        " · ".join([*(literal(f) for f in facts if f), pieces.link(row.url)]), literal(because(row, area))
    )


def because(row: Any, area: Area) -> str:
    """Why it is listed where it is: ``Parking: “parked on the path” (likely)``."""
    known = area.issue_by_slug
    said = []
    for label, why in (row.evidence or {}).items():
        name = known[label].label if label in known else words.capital(CUES.get(label, label))
        found = ", ".join(f"“{w}”" for w in why.get("words", [])[:4])
        said.append(f"{name}: {found}{SURE.get(why.get('confidence', 'sure'), '')}" if found else "")
    return " · ".join(s for s in said if s)


def _pages(store: Store, rows: pd.DataFrame, scope: Scope, key: str) -> None:
    """Twenty posts, and twenty more a click."""
    shown = int(st.session_state.get(f"{key}_shown", A_PAGE))
    copies = store.posts(copies_of=rows["id"].head(shown).tolist(), noise=True)
    for row in each(rows.head(shown)):
        with st.container(border=True):
            item(row, scope.area, scope.until)
            beside(row, copies[copies["collected"] <= scope.until], scope.area, scope.until)
    if len(rows) > shown:
        st.button(
            f"Show {min(A_PAGE, len(rows) - shown)} more",
            key=f"{key}_more",
            on_click=_more,
            args=(key, shown),
        )


def _more(key: str, shown: int) -> None:
    st.session_state[f"{key}_shown"] = shown + A_PAGE


def _close() -> None:
    st.query_params.pop("posts", None)
