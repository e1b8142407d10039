"""Explore: show me the posts. Search, filters, why each is listed, and a way to put a label right."""

from datetime import datetime
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from listening.area import Area
from listening.errors import WordsError
from listening.show import address, chooser, hearing, leaving, pieces
from listening.show.chooser import PERIODS, Choice
from listening.show.found import MOST, Asked, find, terms
from listening.show.frame import literal
from listening.show.pages.today import scope_of
from listening.show.post import item
from listening.show.reading import TONE, WHY_ABUSIVE
from listening.store import Store
from listening.store.search import parse
from listening.summarise import corrected, findings, seeking, words
from listening.summarise.corrected import Correction
from listening.summarise.rows import each
from listening.summarise.scope import Scope
from listening.summarise.shares import CHANNELS

A_PAGE = 25
HELP = "Words that must all be there · “missed bin” · bin* · OR · -brown · (…)"
ABOUT = {"": "Local issues", "all": "Anything (noise left out)", "none": "No issue we know"}
MARKED = {
    "": "Any kind",
    "complaint": "Complaints",
    "question": "Questions",
    "praise": "Praise",
    "unsure_sarcasm": "May be sarcasm",
    "corrected": "Corrected by us",
}


def page(store: Store, area: Area, choice: Choice, now: datetime) -> None:
    """Draw Explore for the chosen place, issue, period, words and filters."""
    pieces.style()
    with st.container(key="today"):
        scope = scope_of(area, choice, now)
        st.caption(
            f"{literal(scope.place)} · {PERIODS[scope.period].lower()} · {words.moment(now, area.zone)}"
        )
        asked = _asked(area, scope)
        no = seeking.refused(asked.search, area)
        if no:
            st.title(literal(no.partition(". ")[0].removesuffix(".") + "."), anchor=False)
            pieces.lines(no.partition(". ")[2])
            return
        try:
            query = parse(asked.search)
        except WordsError as error:
            st.title("This search cannot be read", anchor=False)
            pieces.lines(str(error))
            return
        _list(store, scope, choice, asked, terms(query))


def _asked(area: Area, scope: Scope) -> Asked:
    """The search box, and the filters behind a click; all stand in the address."""
    search = address.words(
        "Search", "q", placeholder="Search the posts: brown bin", type="search", icon=":material/search:",
        help=HELP, label_visibility="collapsed",
    )  # fmt: skip
    active = [p for p in ("channel", "source", "tone", "marked", "about") if st.query_params.get(p)]
    with st.expander(f"Filters ({len(active)})" if active else "Filters", expanded=bool(active)):
        if "issue" not in st.query_params:
            address.one("Issue", "issue", {"": "Any issue"} | {i.slug: i.label for i in chooser.issues(area)})
        with st.grid(2, min_column_width=150, gap="small"):
            channels = {"": "Residents", "all": "All channels"} | {
                c: label for c, label in CHANNELS.items() if c != "public"
            }
            channel = address.one("Channel", "channel", channels)
            sources = {"": "All sources"} | {
                s.name: s.name for s in sorted(area.sources, key=lambda s: s.name)
            }
            source = address.one("Source", "source", sources)
            tone = address.one(
                "Tone", "tone", {"": "Any tone"} | {t: words.capital(w) for t, w in TONE.items()}
            )
            marked = address.one("Kind", "marked", MARKED)
            about = "" if scope.issue else address.one("About", "about", ABOUT)
    return Asked(search, channel, source, tone, marked, about)


def _list(store: Store, scope: Scope, choice: Choice, asked: Asked, wanted: tuple[str, ...]) -> None:
    area = scope.area
    told = corrected.corrections(store.decisions("label"))
    found = find(store, scope, asked, frozenset(told))
    ears = hearing.coverage(store, area, choice, scope.until).sentence
    abusive = found.posts["flags"].map(lambda flags: "abuse" in flags).astype(bool)
    readable, rude = found.posts[~abusive], found.posts[abusive]
    if found.posts.empty:
        first, then = seeking.nothing(scope, asked.search, asked.filtered)
        st.title(literal(first), anchor=False)
        pieces.lines(then, ears)
    else:
        st.title(literal(seeking.heading(len(found.posts), scope, asked.search)), anchor=False)
    if found.full:
        pieces.lines(
            f"These are the newest {MOST:,}. Choose a place, an issue or a shorter time for the rest."
        )
    pieces.lines(*findings.kept_from_view(found.kept, area.phones), *findings.not_shown(found.few))
    if found.unnamed:
        pieces.lines(seeking.elsewhere(found.unnamed))
        st.button("Show them too", type="tertiary", key="unnamed", on_click=_everything)
    _export(store, scope, choice, asked, found.safe)
    pages = -(-len(readable) // A_PAGE)
    at = address.leaf(pages)
    _posts(store, scope, choice, readable.iloc[(at - 1) * A_PAGE : at * A_PAGE], told, wanted)
    address.leaves(at, pages)
    if len(rude):
        shown = st.expander(f"Show {words.count(len(rude), 'abusive post')}", on_change="rerun", key="rude")
        if shown.open:
            with shown:
                st.caption(WHY_ABUSIVE)
                _posts(store, scope, choice, rude.head(A_PAGE), told, wanted)
    if len(found.posts):
        pieces.lines(ears)  # a list is as long as what could be heard


def _posts(
    store: Store,
    scope: Scope,
    choice: Choice,
    rows: pd.DataFrame,
    told: dict[str, tuple[Correction, ...]],
    terms: tuple[str, ...],
) -> None:
    copies = store.posts(copies_of=rows["id"].tolist(), noise=True)
    for row in each(rows):
        with st.container(border=True, gap="xxsmall"):
            item(row, scope.area, scope.until, terms, copies[copies["collected"] <= scope.until])
            mine = told.get(row.id, ())
            for one in mine:
                pieces.small(f"**{literal(corrected.said(one, scope.area))}** · {literal(one.role)}")
            _correct(store, scope, choice, row, mine)


def _correct(store: Store, scope: Scope, choice: Choice, row: Any, mine: tuple[Correction, ...]) -> None:
    """Two small menus: one click puts a label right, and the newest correction can be taken back."""
    wrong = corrected.choices(row, scope.area)
    more = corrected.more_issues(row, scope.area)
    with st.container(horizontal=True, gap="small"):
        for label, values in (("Correct", wrong), ("Also about", more)):
            if values:
                key = f"{label}_{row.id}"
                decide = partial(_decide, store, choice.role, row.id, values, key, scope.until)
                st.menu_button(
                    label,
                    list(values),
                    key=key,
                    type="tertiary",
                    format_func=literal,
                    on_click=decide,
                )
        if mine:
            undo = partial(_undo, store, choice.role, row.id, mine[-1], scope.until)
            st.button("Undo", key=f"undo_{row.id}", type="tertiary", on_click=undo)


def _decide(
    store: Store, role: str, post: str, values: dict[str, dict[str, str | None]], key: str, now: datetime
) -> None:
    said = st.session_state.get(key)
    if said in values:
        store.decide(role, "label", about=post, value=values[said], now=now)


def _undo(store: Store, role: str, post: str, newest: Correction, now: datetime) -> None:
    store.decide(role, "label", about=post, value=None, now=now, undoes=newest.number)


def _export(store: Store, scope: Scope, choice: Choice, asked: Asked, safe: pd.DataFrame) -> None:
    about = {"place": scope.key, "issue": scope.issue, "search": asked.search or None}
    about |= {"since": scope.since.isoformat(), "until": scope.until.isoformat()}
    leaving.button(store, choice.role, "posts", safe, about, scope.until)


def _everything() -> None:
    st.query_params["about"] = "all"
