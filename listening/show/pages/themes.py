"""Themes: what do comments say? For an issue, a place, or both; names people give are remembered."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import pandas as pd
import streamlit as st

from listening.area import Area
from listening.show import hearing, patch, pieces, reading
from listening.show.chooser import Choice
from listening.show.frame import literal
from listening.show.pages.today import scope_of
from listening.store import Store
from listening.summarise import comments, findings, sayings, words
from listening.summarise.comments import Comments, Theme
from listening.summarise.figures import PUBLIC
from listening.summarise.phrasing import names_somebody
from listening.summarise.rows import each
from listening.summarise.scope import Scope, ranked

STEP = timedelta(minutes=5)
ROLE = "officer"  # who renames and joins; while roles are off, everybody may
SHOWN = 40  # comments in one list
OFFERED = 8  # issues to choose from where none was chosen
# Our own words only: a table that a phone can hold, and quotes as on Today.
_STYLE = """<style>
.st-key-themes [data-testid="stTable"] td, .st-key-themes [data-testid="stTable"] th {padding: .3rem .45rem}
.st-key-themes [data-testid="stTable"] td:not(:first-child),
.st-key-themes [data-testid="stTable"] th:not(:first-child) {text-align: right !important}
.st-key-themes button[kind="tertiary"] {min-height: 1.75rem}
.st-key-themes [class*="st-key-quote"] {border-left: 3px solid currentColor; padding-left: .75rem}
.st-key-themes h1 {font-size: 1.6rem; line-height: 1.25; padding: 0 0 .25rem}
.st-key-wide {display: none}
@media (min-width: 640px) {.st-key-wide {display: block} .st-key-narrow {display: none}}
</style>"""


def page(store: Store, area: Area, choice: Choice, now: datetime) -> None:
    """Draw Themes for the chosen place, issue and time."""
    st.html(_STYLE)
    scope = scope_of(area, choice, now)
    with st.container(key="themes"):
        if scope.kind == "area" and not scope.issue:
            _offer(store, scope)
            return
        ears = hearing.coverage(store, area, choice, now)
        found = _comments(store, area.store, store.version, _key(scope), scope)
        if ears.deaf and not found.figures.posts:
            st.caption(literal(sayings.heading(scope)))
            patch.deaf(store, scope, ears, hearing.states(store, area, now))
            return
        number = 0 if found.hushed else found.figures.posts
        st.caption(literal(sayings.heading(scope, number)))
        _draw(store, found, scope)
        pieces.lines(ears.sentence)
        _how()


def _key(scope: Scope) -> tuple[object, ...]:
    """What a figure depends on beside the store: the choice, and the time to five minutes."""
    exact = scope.until.timestamp()
    return scope.key, scope.issue, scope.period, exact if scope.area.clock else exact // STEP.total_seconds()


@st.cache_data(max_entries=32, show_spinner="Reading the comments …")
def _comments(_store: Store, url: str, version: int, key: tuple[object, ...], _scope: Scope) -> Comments:
    return comments.gather(_store, _scope, _store.decisions("theme"))


def _offer(store: Store, scope: Scope) -> None:
    """Neither issue nor place: the issues that most is said about, as a way in."""
    st.title(literal(sayings.choose(scope.area)), anchor=False)
    rows = store.tally(scope.since, scope.until, by=("issue",), channels=PUBLIC)
    kept = rows[ranked(scope.area, rows["issue"])] if len(rows) else rows
    known = scope.area.issue_by_slug
    for row in each(kept.sort_values(["posts", "issue"], ascending=[False, True]).head(OFFERED)):
        if not known[row.issue].sensitive:
            label = f"{known[row.issue].label} · {words.count(int(row.posts), 'comment')}"
            st.button(
                literal(label), key=f"issue_{row.issue}", type="tertiary", on_click=_choose, args=(row.issue,)
            )


def _choose(issue: str) -> None:
    st.query_params["issue"] = issue


def _draw(store: Store, found: Comments, scope: Scope) -> None:
    first, *rest = sayings.finding(found)
    st.title(literal(first), anchor=False)
    pieces.lines(*rest)
    if not found.grouped:
        _list(found.posts, scope, "few")
        pieces.lines(*findings.kept_from_view(found.kept, scope.area.phones))
        return
    _table(found)
    pieces.lines(sayings.tone(found), sayings.voices(found), sayings.copies(found))
    pieces.lines(sayings.worth_knowing(found.word, scope))
    for number, theme in enumerate(found.themes):
        _theme(store, number, theme, found, scope)
    pieces.lines(*findings.kept_from_view(found.kept, scope.area.phones))


def _table(found: Comments) -> None:
    """The table; on a phone a line a theme, which needs no scrolling sideways."""
    head, *rows = sayings.table(found)
    shown = pd.DataFrame([(literal(row[0]), *row[1:]) for row in rows], columns=["Theme", *head[1:]])
    with st.container(key="wide"):
        st.table(shown, hide_index=True, border="horizontal", alt="Themes: comments, accounts and tone")
    with st.container(key="narrow"):
        for theme in found.themes:
            st.markdown(f"**{literal(theme.label)}** {theme.comments}  \n{literal(sayings.compact(theme))}")


def _theme(store: Store, number: int, theme: Theme, found: Comments, scope: Scope) -> None:
    key = f"theme_{number}"
    box = st.expander(literal(sayings.label(theme)), key=key, on_change="rerun", expanded=number == 0)
    if not box.open:
        return
    with box:
        for said in theme.said:
            with st.container(key=f"quote_{said.quote.id}", gap=None):
                pieces.words(said.quote.text)
                pieces.small(literal(sayings.attributed(said, scope.until)))
        pieces.lines(sayings.said_on(theme))
        if theme.answer:
            told = sayings.answer(theme.answer, scope.until, scope.area.zone)
            pieces.small(f"{literal(told)} · {pieces.link(theme.answer.url)}")
        if st.toggle(f"Read all {theme.comments}", key=f"{key}_all"):
            _list(found.posts[found.posts["id"].isin(theme.ids)], scope, key)
        if not theme.other:
            _change(store, number, theme, found.themes, scope)


def _list(posts: pd.DataFrame, scope: Scope, key: str) -> None:
    """Comments, newest first; abusive ones behind a count."""
    abusive = posts["flags"].map(lambda flags: "abuse" in flags).astype(bool)
    for row in each(posts[~abusive].head(SHOWN)):
        with st.container(border=True):
            reading.item(row, scope.area, scope.until)
    if abusive.any() and st.toggle(sayings.hidden(int(abusive.sum())), key=f"{key}_abusive"):
        st.caption(reading.WHY_ABUSIVE)
        for row in each(posts[abusive].head(SHOWN)):
            with st.container(border=True):
                reading.item(row, scope.area, scope.until)


def _change(store: Store, number: int, theme: Theme, themes: Sequence[Theme], scope: Scope) -> None:
    """Rename, join, split: what is decided here is remembered and undoes nothing of the analysis."""
    others = [t for t in themes if t is not theme and not t.other]
    with st.popover("Rename · Join · Split", key=f"change_{number}"):
        name = st.text_input(
            "New name", value=theme.label, max_chars=sayings.NAME_LENGTH, key=f"name_{number}"
        )
        given = (store, theme, {"rename": name.strip()}, scope)
        wrong = sayings.unnamed(name, tuple(others)) or _named(name)
        if wrong:
            pieces.lines(wrong)
        st.button("Rename", key=f"rename_{number}", on_click=_decide, args=given, disabled=bool(wrong))
        if others:
            labels = [t.label for t in others]
            which = st.selectbox(
                "Join with", range(len(labels)), format_func=lambda n: labels[n], key=f"with_{number}"
            )
            value = {"join": _about(others[which], scope)}
            st.button("Join", key=f"join_{number}", on_click=_decide, args=(store, theme, value, scope))
        st.button(
            "Split in two",
            key=f"split_{number}",
            on_click=_decide,
            args=(store, theme, {"split": True}, scope),
        )


def _named(name: str) -> str:
    """A theme is never called after somebody."""
    return "A name may not name a person." if names_somebody(name) or "@" in name else ""


def _about(theme: Theme, scope: Scope) -> dict[str, Any]:
    return {**comments.matter(scope), "label": theme.label, "terms": list(theme.terms)}


def _decide(store: Store, theme: Theme, value: dict[str, Any], scope: Scope) -> None:
    store.decide(ROLE, "theme", _about(theme, scope), value, scope.until)


def _how() -> None:
    how = st.expander("How is this worked out?", on_change="rerun", key="how")
    if how.open:
        with how:
            pieces.lines(*sayings.HOW)
