"""I heard this: a form of twenty seconds under Today, and what was heard at the door.

In the invented area nothing is kept: the form shows what would be.
"""

import secrets
from collections.abc import Sequence
from datetime import datetime

import streamlit as st

from listening import heard
from listening.area import Area
from listening.errors import ListeningError
from listening.heard import Note
from listening.show import pieces
from listening.show.frame import link
from listening.store import Store
from listening.summarise import health
from listening.summarise.door import Door
from listening.summarise.scope import Scope

FOI = "Leave out names and addresses. What you type can be asked for under freedom of information."
NOWHERE = "To keep what you hear, add a source of kind heard to sources.yaml."
INVENTED = "This area is invented, so nothing is kept. This is what would be:"
KEPT = "Kept. Thank you."
ANSWER = "heard_answer"


def told(rows: Sequence[Door], besides: Sequence[str] = ()) -> None:
    """What was heard at the door on issues that stand in no row of their own above."""
    rest = [row for row in rows if row.slug not in besides]
    if rest:
        pieces.section("Heard at the door")
        pieces.lines(*(row.line for row in rest))


def form(store: Store, scope: Scope) -> None:
    """The form, folded away until it is wanted."""
    box = st.expander("I heard this", icon=":material/hearing:", on_change="rerun", key="heard")
    if not box.open:
        return
    with box:
        answer = st.session_state.pop(ANSWER, ())
        pieces.lines(*answer)
        area = scope.area
        known = heard.source(area)
        if not area.invented and known is None:
            st.text(NOWHERE)
        elif known is not None and health.waits(area, known):
            st.text(f"Paused. {health.CHECKLIST}")
            link("Sources", "Fill it in")
        else:
            _form(store, scope, area)


def _form(store: Store, scope: Scope, area: Area) -> None:
    issues = [i.slug for i in area.issues if not i.noise and not i.election]
    labels = {slug: area.issue_by_slug[slug].label for slug in issues} | {"": heard.ELSE}
    places = heard.spots(area)
    here = next((n for n, p in enumerate(places) if p.said == (scope.ward or "")), 0)
    today = scope.until.astimezone(area.zone).date()
    # One key a note and its boxes: kept, the form is empty, and a second click finds nothing to keep.
    key = st.session_state.setdefault("heard_key", secrets.token_hex(16))
    with st.form("heard_form", border=False, clear_on_submit=False):
        issue = st.selectbox(
            "What about?", [*labels], index=None, format_func=lambda s: labels[s], placeholder="Choose",
            key=f"heard_issue_{key}",
        )  # fmt: skip
        place = st.selectbox(
            "Where?", range(len(places)), index=here, format_func=lambda n: places[n].label,
            key=f"heard_place_{key}",
        )  # fmt: skip
        people = st.number_input("How many people said it?", 1, heard.MOST, 1, key=f"heard_people_{key}")
        words = st.text_input(
            "In your own words, if you like", max_chars=heard.LONGEST, key=f"heard_words_{key}"
        )
        day = st.date_input(
            "When?", today, min_value=today - heard.BACK, max_value=today, format="DD/MM/YYYY",
            key=f"heard_day_{key}",
        )  # fmt: skip
        st.caption(FOI)
        if st.form_submit_button("Keep it"):
            note = Note(issue or None, places[place], int(people), words, day, key)
            _sent(store, area, note, issue is not None, scope.until)


def _sent(store: Store, area: Area, note: Note, chosen: bool, now: datetime) -> None:
    if not chosen:
        st.text("Choose what it was about.")
        return
    try:
        if area.invented:
            pieces.lines(INVENTED, *heard.shown(note, area, now))
            return
        lines = heard.keep(note, area, store, now)
    except ListeningError as error:
        st.text(str(error))
        return
    st.session_state[ANSWER] = (KEPT, *lines)
    del st.session_state["heard_key"]
    st.rerun()
