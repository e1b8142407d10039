"""What was done: how it stands, in a few words, and the box in which people say so.

While roles are off everybody may, and says which they are. What is told is kept by ``Store.decide``,
append-only; the newest can be taken back by another decision. In the sample area it is kept in the
sample's own store, which holds nothing else that matters.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import streamlit as st

from listening.area import Area
from listening.masked import masked
from listening.show import pieces
from listening.show.frame import literal
from listening.store import Store
from listening.summarise import deeds
from listening.summarise.deeds import Deed, Matter

ROLES = ("officer", "councillor")  # who may say what was done (care.md, Roles)
LABELS = {"passed": "Team", "answered": "Link to the answer"}


def told(store: Store, now: datetime) -> tuple[Deed, ...]:
    """All that was done, as far as it stands."""
    return deeds.deeds(store.decisions(deeds.KIND), now)


def box(
    store: Store,
    area: Area,
    matter: Matter,
    now: datetime,
    key: str,
    found: Sequence[Deed],
    statements: int = 0,
    last: datetime | None = None,
) -> None:
    """How a matter stands, as a button that opens the box; ``found`` are all deeds (``told``).

    ``statements`` are what public bodies said on it in the last 60 days, ``last`` the newest of them.
    """
    mine = deeds.upon(found, matter, area)
    stands = deeds.status(deeds.newest(mine, now), statements, last, now, area)
    opened = st.popover(literal(stands), type="tertiary", key=f"done_{key}", on_change="rerun")
    if opened.open:
        with opened:
            st.markdown("**What was done**")
            for deed in reversed(mine):
                line(deed, now, area)
            _ask(store, area, matter, now, key)
            own = [d for d in mine if d.matter == matter]
            if own:
                given = (store, own[-1], now)
                st.button("Undo the newest", key=f"undo_{key}", type="tertiary", on_click=_undo, args=given)


def line(deed: Deed, now: datetime, area: Area, before: str = "") -> None:
    """One deed, with its link."""
    said = literal(before + deeds.said(deed, now, area))
    pieces.small(f"{said} · {pieces.link(deed.more)}" if deed.step == "answered" else said)


def _ask(store: Store, area: Area, matter: Matter, now: datetime, key: str) -> None:
    step = st.radio("What was done", list(deeds.STEPS), format_func=deeds.STEPS.__getitem__,
                    key=f"step_{key}", label_visibility="collapsed")  # fmt: skip
    if step in LABELS:
        st.text_input(LABELS[step], key=f"more_{key}", max_chars=500)
    st.radio("Your role", ROLES, key=f"role_{key}", horizontal=True)
    pieces.small(deeds.ASKED_FOR, deeds.SAMPLE if area.invented else "")
    st.button("Save", key=f"save_{key}", on_click=_save, args=(store, area, matter, now, key))
    no = st.session_state.pop(f"no_{key}", "")
    if no:
        st.warning(no)


def _save(store: Store, area: Area, matter: Matter, now: datetime, key: str) -> None:
    state: Any = st.session_state
    step, more = state[f"step_{key}"], str(state.get(f"more_{key}", "")).strip()
    no = deeds.refused(step, more, area, masked)
    if no:
        state[f"no_{key}"] = no
        return
    value = {"step": step, "more": more if step in LABELS else ""}
    store.decide(state[f"role_{key}"], deeds.KIND, matter.key, value, now)


def _undo(store: Store, deed: Deed, now: datetime) -> None:
    store.decide(deed.role, deeds.KIND, deed.matter.key, None, now, undoes=deed.number)
