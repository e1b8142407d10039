"""Today for the whole area: an officer's morning."""

import pandas as pd
import streamlit as st

from listening.show import doing, heard, pieces
from listening.show.frame import literal
from listening.show.patch import HOW
from listening.store import Store
from listening.summarise import findings, health, outlook, words
from listening.summarise.deeds import Deed, Matter
from listening.summarise.hearing import Coverage
from listening.summarise.overview import Overview, Week
from listening.summarise.scope import Scope
from listening.summarise.standing import Standing


def draw(store: Store, view: Overview, scope: Scope, ears: Coverage, states: pd.DataFrame) -> None:
    """The page for the whole area."""
    first, *rest = outlook.headline(view, scope)
    st.title(literal(first), anchor=False)
    pieces.lines(*rest)
    _figures(view, scope)
    when, week = outlook.of_week(scope), view.week
    if week.standing:
        pieces.section(f"Stands out{when}")
        done = doing.told(store, scope.until)
        for number, row in enumerate(week.standing, 1):
            _standing(store, number, row, view, scope, done)
    if week.loud:
        pieces.section(f"Loud, not wide{when}")
        for note in week.loud:
            with st.container(gap=None):
                st.markdown(f"**{literal(f'{note.label}, {note.place}')}**")
                pieces.lines(*outlook.loud(note))
    _notes(week, when)
    heard.told(view.door)
    pieces.section("Where the posts could be placed")
    pieces.lines(outlook.placed(view.placed), outlook.left_out(view.noise))
    said = findings.kept_from_view(view.kept, scope.area.phones)
    if said:
        pieces.section("Kept from view")
        pieces.lines(*said)
    pieces.section("Ears")
    pieces.lines(health.ears(states), ears.sentence)
    pieces.lines(findings.END)
    how = st.expander("How is this worked out?", on_change="rerun", key="how")
    if how.open:
        with how:
            pieces.lines(*HOW)


def _figures(view: Overview, scope: Scope) -> None:
    """Four figures with their usual range and the week as a small picture."""
    f = view.figures
    rows = [("post", f.posts, "posts"), ("account", f.voices, "voices")]
    rows += [("complaint", f.complaints, "complaints"), ("question", f.questions, "questions")]
    with st.grid(4, min_column_width=150):
        for noun, number, name in rows:
            with st.container(gap=None):
                figure, usual = outlook.measure(number, noun, view.usuals.get(name))
                st.markdown(f"**{figure}**")
                more = outlook.unanswered(view.unanswered) if name == "questions" and number else usual
                pieces.small(literal(more), words.bars(view.days[name]) if scope.period == "7d" else "")
    if f.posts:
        pieces.opens(findings.see_all(f.posts), "all", "see_all")


def _standing(
    store: Store, number: int, row: Standing, view: Overview, scope: Scope, done: tuple[Deed, ...]
) -> None:
    with st.container(gap=None):
        st.markdown(f"**{number}  {literal(f'{row.label}, {row.place}')}**")
        figures = outlook.standing_figures(row, view.weeks)
        pieces.lines(figures, outlook.course(row), outlook.spread(row), outlook.owner(row))
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            key = f"see_{row.slug}_{row.key}"
            st.button(findings.see_all(row.posts), key, type="tertiary", on_click=_look, args=(row, scope))
            said = (row.statements, row.last_statement)
            doing.box(store, scope.area, Matter(row.slug, row.key), scope.until, key[4:], done, *said)


def _look(row: Standing, scope: Scope) -> None:
    """Open the posts of one row: its place, its issue and its week go into the address."""
    if row.key in scope.area.ward_by_name:
        st.query_params["ward"] = row.key
    elif row.key != scope.area.code:
        st.query_params["town"] = row.place
    st.query_params.pop("period", None)  # its figures are of the last 7 days, the default
    st.query_params["posts"] = row.slug


def _notes(week: Week, when: str) -> None:
    for title, notes, say in (
        ("Gone quiet", week.quiet, outlook.quiet),
        ("Good news", week.good, outlook.good),
    ):
        if notes:
            pieces.section(f"{title}{when}")
            pieces.lines(*(say(note) for note in notes))
