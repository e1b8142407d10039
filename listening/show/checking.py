"""One post at a time: what is it about, where, in what tone? Without the answer of the analysis."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from listening import labelling
from listening.area import Area
from listening.errors import ListeningError
from listening.show import pieces
from listening.show.frame import literal
from listening.show.post import bold
from listening.show.reading import WHY_ABUSIVE
from listening.store import Store
from listening.summarise import accuracy_labels, words
from listening.summarise.accuracy_labels import CODERS, NONE, Draw
from listening.summarise.corrected import TONE
from listening.summarise.rows import each
from listening.summarise.shares import CHANNELS

A_DRAW = 50  # posts drawn at a click: ten minutes
NO_ISSUE, NO_WARD, A_WARD = "None of these", "It does not say", "In a ward"
FOI = "What you label is kept with your letter, not your name."
HELD = ("safeguarding", "accusation")


def form(
    store: Store, area: Area, role: str, now: datetime, labels: pd.DataFrame, draws: Sequence[Draw]
) -> None:
    """The next post to label, or a button that draws some; open at once where nobody has checked yet."""
    pieces.section("Check posts")
    no = st.session_state.pop("check_no", "")
    if no:
        st.warning(literal(no))
    if not draws:
        _draw(store, area, role, now)
        return
    who = st.segmented_control(
        "Who labels?", CODERS, key="check_who", default=CODERS[0], required=True, help=FOI
    )
    drawn = accuracy_labels.drawn(store.decisions(accuracy_labels.DRAWN), draws[-1].key)
    skipped = st.session_state.setdefault("check_skipped", set())
    left = accuracy_labels.waiting(drawn, labels, draws[-1].key, str(who))
    post = _next(store, [i for i in left if i not in skipped])
    mine = len(drawn) - len(left)
    pieces.small(f"{mine:,} of {words.count(len(drawn), 'post')} labelled by {who}.")
    if post is None:
        pieces.lines("That is all of this draw. Somebody else can label it too, under another letter.")
        _draw(store, area, role, now)
    else:
        _ask(store, area, role, now, post, draws[-1].key, str(who))
    if mine:
        undo = partial(_undo, store, role, now, draws[-1].key, str(who))
        st.button("Take my last label back", key="check_undo", type="tertiary", on_click=undo)


def _next(store: Store, ids: list[str]) -> Any:
    """The first of these posts that is still held and may still be shown; None where there is none."""
    for one in ids:
        for row in each(store.posts(ids=[one], noise=True)):
            if not set(HELD) & set(row.flags):
                return row
    return None


def _draw(store: Store, area: Area, role: str, now: datetime) -> None:
    if st.button(f"Draw {A_DRAW} posts to check", key="check_draw"):
        bar = st.progress(0.0, "Reading posts")

        def advance(done: int, of: int) -> None:
            bar.progress(done / of, "Reading posts")

        try:
            seed = secrets.randbelow(labelling.LARGEST_SEED)
            labelling.draw(store, area, A_DRAW, seed, role, now, progress=advance)
        except ListeningError as error:
            st.session_state["check_no"] = str(error)
        st.rerun()


def _ask(store: Store, area: Area, role: str, now: datetime, post: Any, draw: str, who: str) -> None:
    """The post, and the buttons. Keys hold the post and the coder: the next one begins empty."""
    key = f"{post.id}_{who}"
    with st.container(border=True, key="check_post"):
        _words(post)
    tone = None
    if post.channel == "public":
        tone = st.segmented_control("How does the writer feel about it?", [*TONE.values()], key=f"tone_{key}")
    where = st.segmented_control("Where is it?", [NO_WARD, A_WARD], key=f"where_{key}")
    wards = [NONE] if where == NO_WARD else []
    if where == A_WARD:
        wards = st.multiselect("Which ward?", sorted(w.name for w in area.wards), key=f"wards_{key}")
    issues = {i.slug: i.label for i in sorted(area.issues, key=lambda i: i.label) if not i.noise}
    about = st.pills(
        "What is it about?", [NONE, *issues], selection_mode="multi", key=f"about_{key}",
        format_func=lambda slug: issues.get(slug, NO_ISSUE),
    )  # fmt: skip
    row = labelling.Row(post.id, draw, who, tuple(about), tuple(wards), tone or "")
    with st.container(horizontal=True, gap="small"):
        ready = bool(about and wards and (tone or post.channel != "public"))
        take = partial(_take, store, area, row, role, now)
        st.button("Keep, next post", key="check_keep", disabled=not ready, on_click=take)
        st.button("Skip", key="check_skip", on_click=partial(st.session_state["check_skipped"].add, post.id))


def _words(post: Any) -> None:
    box: Any = st
    if "abuse" in post.flags:
        pieces.small(WHY_ABUSIVE)
        box = st.expander("Show the post")
    for text in (post.title, post.text):
        if isinstance(text, str) and text:
            box.markdown(bold(text, ()))
    pieces.small(literal(CHANNELS.get(post.channel, post.channel)))


def _take(store: Store, area: Area, row: labelling.Row, role: str, now: datetime) -> None:
    taken = labelling.take(store, area, [row], role, now)
    if taken.bad:
        st.session_state["check_no"] = taken.bad[0][1]


def _undo(store: Store, role: str, now: datetime, draw: str, who: str) -> None:
    held = store.decisions(accuracy_labels.TRUTH)
    last = accuracy_labels.newest(held, draw, who)
    if last is not None:
        number, post = last
        store.decide(role, accuracy_labels.TRUTH, post, None, now, undoes=number)
