"""Widgets whose value stands in the address: what is chosen can be sent as a link.

As in the chooser the address is the truth: a widget is set from it on every run and writes to it
when it changes. What an address asks for in vain is as if it had not been asked.
"""

from collections.abc import Collection, Mapping
from typing import Any

import streamlit as st

LEAFED = "page"  # whatever changes what is listed leads back to its first page


def one(label: str, part: str, labels: Mapping[str, str], where: Any = st, **look: Any) -> str:
    """One of ``labels`` (its keys are what the address says); "" is the default and leaves the address."""
    asked = st.query_params.get(part, "")
    value = asked if asked in labels else next(iter(labels))
    st.session_state[f"at_{part}"] = value
    where.selectbox(
        label,
        list(labels),
        key=f"at_{part}",
        format_func=lambda entry: labels.get(entry, entry),
        on_change=_write,
        args=(part,),
        filter_mode="contains",
        **look,
    )
    return value


def tabs(label: str, part: str, labels: Mapping[str, str]) -> str:
    """The same as buttons in a row."""
    asked = st.query_params.get(part, "")
    value = asked if asked in labels else next(iter(labels))
    st.session_state[f"at_{part}"] = value
    st.segmented_control(
        label,
        list(labels),
        key=f"at_{part}",
        required=True,
        format_func=lambda entry: labels.get(entry, entry),
        on_change=_write,
        args=(part,),
        label_visibility="collapsed",
    )
    return value


def several(label: str, part: str, labels: Mapping[str, str], most: int, **look: Any) -> list[str]:
    """Up to ``most`` of ``labels``, joined by commas in the address."""
    value = within(st.query_params.get(part, ""), labels, most)
    st.session_state[f"at_{part}"] = value
    st.multiselect(
        label,
        list(labels),
        key=f"at_{part}",
        max_selections=most,
        format_func=lambda entry: labels.get(entry, entry),
        on_change=_write,
        args=(part,),
        **look,
    )
    return value


def within(asked: str, known: Collection[str], most: int) -> list[str]:
    """What an address asks for, as far as it is known: each once, in its order."""
    return [part for part in dict.fromkeys(asked.split(",")) if part in known][:most]


def words(label: str, part: str, **look: Any) -> str:
    """Free words."""
    value = st.query_params.get(part, "").strip()
    st.session_state[f"at_{part}"] = value
    st.text_input(label, key=f"at_{part}", on_change=_write, args=(part,), **look)
    return value


def leaf(pages: int) -> int:
    """The page of a list that the address asks for, from 1; the nearest there is."""
    asked = st.query_params.get(LEAFED, "1")
    return min(max(int(asked) if asked.isdecimal() and len(asked) < 6 else 1, 1), max(pages, 1))


def leaves(at: int, pages: int) -> None:
    """Newer and older, and where one is; nothing for a list of one page."""
    if pages > 1:
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key="leaves"):
            for label, to in (("Newer", at - 1), ("Older", at + 1)):
                st.button(
                    label, key=f"leaf_{label}", disabled=not 1 <= to <= pages, on_click=_turn, args=(to,)
                )
            st.caption(f"Page {at:,} of {pages:,}", width="content")


def _turn(to: int) -> None:
    if to > 1:
        st.query_params[LEAFED] = str(to)
    else:
        st.query_params.pop(LEAFED, None)


def _write(part: str) -> None:
    value = st.session_state[f"at_{part}"]
    said = ",".join(value) if isinstance(value, list) else str(value if value is not None else "").strip()
    st.query_params.pop(LEAFED, None)
    if said:
        st.query_params[part] = said
    else:
        st.query_params.pop(part, None)
