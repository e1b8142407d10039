"""Accuracy: how right is it? What people said of posts drawn by chance, held against what we had said."""

from datetime import datetime

import pandas as pd
import streamlit as st

from listening.area import Area
from listening.post import TONES
from listening.show import charts, checking, pieces
from listening.show.chooser import Choice
from listening.show.frame import literal
from listening.store import Store
from listening.summarise import accuracy, accuracy_labels, accuracy_words, words
from listening.summarise.accuracy import Report
from listening.summarise.corrected import TONE

FULL = {False: "#8cc4e6", True: "#0a5a88"}  # by dark: where all of a row lies; 7:1 under the figures


def page(store: Store, area: Area, choice: Choice, now: datetime) -> None:
    """Draw Accuracy. It is about the whole area, whatever place was chosen: labels are few."""
    pieces.style()
    with st.container(key="today"):
        st.caption(f"{literal(area.name)} · {words.moment(now, area.zone)}")
        labels = accuracy_labels.labels(store.decisions(accuracy_labels.TRUTH))
        draws = accuracy_labels.draws(store.decisions(accuracy_labels.DRAW))
        found = accuracy.report(labels, draws)
        st.title(literal(accuracy_words.title(found)), anchor=False)
        if labels.empty:
            pieces.lines(*accuracy_words.BEGIN)
        else:
            pieces.lines(*accuracy_words.checked(found, draws, now, area))
            pieces.lines(*accuracy_words.parts(found))
        if area.invented:
            pieces.lines(accuracy_words.INVENTED)
        checking.form(store, area, choice.role, now, labels, draws)
        if found.posts >= accuracy.FEWEST:
            _details(found, area)


def _details(found: Report, area: Area) -> None:
    changed = accuracy_words.changes(found)
    if changed:
        pieces.section("Since the draw before")
        pieces.lines(*changed)
    pieces.section("Issue by issue")
    pieces.lines(*accuracy_words.weak(found, area))
    _table(found, "issue", area)
    pieces.section("Ward by ward")
    pieces.lines(accuracy_words.thin(found, "ward"))
    _table(found, "ward", area)
    if accuracy_words.rows(found, "channel", area):
        pieces.section("Channel by channel")
        _table(found, "channel", area)
    _matrix(found)
    pieces.section("Do people agree?")
    pieces.lines(accuracy_words.agreed(found))
    with st.expander("Label in a spreadsheet instead"):
        pieces.lines(accuracy_words.BY_FILE)
        st.code("\n".join(accuracy_words.COMMANDS), language=None)
    with st.expander("How is this worked out?"):
        pieces.lines(*accuracy_words.HOW, accuracy_words.alphas(found))


def _table(found: Report, part: str, area: Area) -> None:
    """The rows with labels enough, and all of them behind a click."""
    known = accuracy_words.rows(found, part, area)
    every = accuracy_words.rows(found, part, area, every=True)
    if known:
        charts.rows(pd.DataFrame(known), f"How right, {part} by {part}")
    if len(every) > len(known):
        with st.expander(f"All {words.count(len(every), part)}"):
            charts.rows(pd.DataFrame(every), f"How right, all {part}s")


def _matrix(found: Report) -> None:
    """The confusion matrix of tone: a row for what we said, a column for what people said."""
    read = accuracy_words.matrix(found)
    if not read:
        return
    cells = found.confusion.pivot(index="said", columns="truth", values="posts").loc[list(TONES), list(TONES)]
    whole = cells.sum(axis=1).clip(lower=1)
    said, dark = [TONE[t] for t in TONES], charts.dark()
    heat = {
        "type": "heatmap", "x": said, "y": said, "z": cells.div(whole, axis=0).to_numpy().tolist(),
        "text": cells.to_numpy().tolist(), "texttemplate": "%{text}", "showscale": False,
        "zmin": 0, "zmax": 1, "xgap": 2, "ygap": 2, "hoverinfo": "skip",
        "colorscale": [[0, charts.GROUND[dark]], [1, FULL[dark]]], "textfont": {"color": charts.INK[dark]},
    }  # fmt: skip
    axis = {"showline": False, "ticks": "", "rangemode": "normal"}
    fig = charts.figure(
        heat,
        xaxis={**axis, "side": "top", "title": {"text": "People said"}},
        yaxis={**axis, "autorange": "reversed", "title": {"text": "We said"}},
        height=300,
    )
    pieces.section("Tone: what we said, what people said")
    charts.show(fig, "", pd.DataFrame(read), "matrix", alt="Tone as we said it against tone as people did")
    st.caption("Checked posts, as many as there are. On the line from corner to corner we agree.")
