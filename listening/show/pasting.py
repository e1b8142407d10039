"""Pasting: comments copied off a page, looked at as they would be kept, then brought in.

What is pasted stays in memory until it is redacted; nothing of a row that is refused is written.
"""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import streamlit as st

from listening.area import Area
from listening.errors import ListeningError
from listening.receive import deed
from listening.show import pieces
from listening.store import Store

HOW = (
    "Copy comments off a page and paste them here. Names of writers are not kept."
    " You see first what would be kept."
)
NOWHERE = "To bring in posts, add a source of kind file to sources.yaml."
MOST = 200_000  # characters of one block
LOOKED, ANSWER = "pasted_looked", "pasted_answer"


def form(opened: Callable[[], Store], area: Area, now: datetime) -> None:
    """The form, folded away until it is wanted; an invented area has none.

    ``opened`` gives the area's store, made where there is none yet, and is asked only when it is needed.
    """
    box = st.expander("Paste posts", icon=":material/content_paste:", on_change="rerun", key="pasted")
    if not box.open:
        return
    logs = [source.name for source in area.sources if source.kind == "file" and source.enabled]
    with box:
        pieces.lines(*st.session_state.pop(ANSWER, ()))
        if not logs:
            st.text(NOWHERE)
            return
        st.text(HOW)
        with st.form("pasting", border=False, clear_on_submit=False):
            source = st.selectbox("Whose words are these?", logs, key="pasted_source")
            text = st.text_area("Posts, an empty line between two", max_chars=MOST, key="pasted_text")
            if st.form_submit_button("Look"):
                st.session_state[LOOKED] = (source, text) if text.strip() else None
        if looked := st.session_state.get(LOOKED):
            _look(opened(), area, looked, now)


def _look(store: Store, area: Area, looked: tuple[str, str], now: datetime) -> None:
    """What a block would become; the button that brings it in only where it may come in."""
    lines: list[str] = []
    try:
        deed.bring_in(store, area, _asked(*looked, dry=True), now, lines.append, None)
    except ListeningError as error:
        pieces.lines(*lines, str(error))
        return
    pieces.lines(*lines)
    st.button("Bring them in", on_click=_bring, args=(store, area, looked, now), key="pasted_bring")


def _bring(store: Store, area: Area, looked: tuple[str, str], now: datetime) -> None:
    try:
        answer = deed.bring_in(store, area, _asked(*looked, dry=False), now, lambda line: None, None)
    except ListeningError as error:
        answer = str(error)
    else:
        st.session_state["pasted_text"] = ""
    st.session_state[LOOKED] = None
    st.session_state[ANSWER] = (answer,)


def _asked(source: str, text: str, dry: bool) -> deed.Asked:
    return deed.Asked(Path("-"), source, dry=dry, yes=True, pasted=text)
