"""Sources: can I trust the ears? Every source's state, the wards that can be heard, one's own area."""

from datetime import UTC, datetime
from functools import partial

import pandas as pd
import streamlit as st

from listening import opml
from listening.area import Area
from listening.errors import ListeningError
from listening.show import hearing, opening, pasting
from listening.show.chooser import PERIODS, Choice, window
from listening.show.frame import literal
from listening.store import Store
from listening.summarise import health, listened, particulars, words
from listening.summarise.hearing import FACEBOOK, WORST_FIRST, Coverage, coverage
from listening.summarise.listened import Listened

RUNS = ("source", "state", "reason", "first", "last")  # what an unopened store would give
HEARD = ("source", "posts_28d", "first_post", "last_post", "last_collected")


def page(store: Store, area: Area, choice: Choice, now: datetime) -> None:
    """Draw the page for the area that is open; beside the sample, the reader's own area too."""
    st.caption(words.moment(now, area.zone))
    states = hearing.states(store, area, now)
    st.title(literal(health.finding(states, now, area.zone)), anchor=False)
    if area.invented:
        st.markdown("[Your own area](#own-area) stands below.")
    if choice.ward or choice.town:
        st.text(hearing.coverage(store, area, choice, now).sentence)
    _sources(area, states, now)
    _wards(store, area, states, choice, now)
    if area.invented:
        _own_area()
    else:
        st.subheader("Checklist", anchor=False)
        _checklist(area)
        pasting.form(lambda: store, area, now)
    _more(area, now)


def _more(area: Area, now: datetime) -> None:
    """How to find another source; the search itself goes out into the world, which a page never does."""
    st.subheader("Hear more", anchor=False)
    st.text("Is there a news site that you miss? This command looks for its feeds and tries each one:")
    st.code("python -m listening find https://www.example.org", language=None)
    st.text(
        "It gives you the lines to paste into sources.yaml. Read the site's terms before you switch it on."
    )
    st.text("Do you keep a list of feeds in another reader? Save it as OPML and add it with this command:")
    st.code("python -m listening sources --from feeds.opml", language=None)
    feeds = sum(source.kind == "feed" for source in area.sources)
    if feeds:
        st.download_button(
            f"Download {words.count(feeds, 'feed')} (OPML)",
            partial(opml.document, area.sources, f"Sources for {area.name}", now),
            file_name="feeds.opml",
            mime="text/x-opml",
            icon=":material/download:",
            type="tertiary",
        )


def _sources(area: Area, states: pd.DataFrame, now: datetime) -> None:
    st.text(health.ears(states))
    st.caption(health.unmet(states))
    for state in WORST_FIRST:
        rows = states[states["state"] == state]
        if len(rows):
            _group(area, state, rows, now)


def _group(area: Area, state: str, rows: pd.DataFrame, now: datetime) -> None:
    """The sources in one state; those switched off wait behind a click."""
    title = particulars.GROUPS[state]
    st.subheader(title, anchor=False)
    with st.expander(words.count(len(rows), "source")) if state == "off" else st.container():
        for row in rows.to_dict("records"):
            with st.container(gap="xxsmall"):
                st.markdown(f"**{literal(row['name'])}**  \n{literal(row['sentence'])}")
                st.caption(literal(particulars.facts(row, now, area.zone)))
    if state == "off":
        return
    with st.expander("How their words may be used"):
        for name in rows["name"]:
            st.markdown(
                f"**{literal(name)}**  \n{literal(particulars.terms(area.source_by_name[name], area))}"
            )


def _wards(store: Store, area: Area, states: pd.DataFrame, choice: Choice, now: datetime) -> None:
    """Which wards can be heard now, and which could be in the chosen time."""
    carried, (since, until) = hearing.carried(store, area, now), window(choice, now, area.zone)
    told, names = hearing.spells(store, area, since, now), [w.name for w in area.wards]
    coverages = {n: coverage(area, states, now, ward=n, carried=carried) for n in names}
    over = {n: listened.coverage(area, told, since, until, ward=n, carried=carried) for n in names}
    time = words.lower(PERIODS[choice.period])
    st.subheader("Which wards can be heard", anchor=False)
    said = (particulars.wards_heard(coverages), particulars.wards_silent(over, time), FACEBOOK)
    st.text(" ".join(filter(None, said)))
    with st.expander("Ward by ward"):
        table, alt = _table(coverages, over, PERIODS[choice.period]), "How many sources speak of each ward"
        st.table(table, hide_index=True, border="horizontal", alt=alt)


def _table(coverages: dict[str, Coverage], over: dict[str, Listened], time: str) -> pd.DataFrame:
    fewest = sorted(coverages, key=lambda ward: (coverages[ward].heard, over[ward].share, ward))
    rows = [
        (
            literal(w),
            str(coverages[w].total),
            str(coverages[w].heard or "none"),
            particulars.days_heard(over[w]),
        )
        for w in fewest
    ]
    return pd.DataFrame(rows, columns=["Ward", "Sources", "Heard in the last day", time])


@st.fragment(run_every="15s")
def _own_area() -> None:
    """The configured area beside the sample: whether it is heard yet, and what it waits for."""
    st.divider()
    try:
        area = opening.own_area()
        store = opening.own_store(area)
    except ListeningError as error:
        st.header("Your own area", anchor="own-area")
        st.text(str(error))
        return
    now = datetime.now(UTC)
    st.header(literal(f"Your own area: {area.name}"), anchor="own-area")
    states = _states(store, area, now)
    st.text(health.finding(states, now, area.zone))
    if store is None:
        st.text("No source was asked yet. This command asks them all:")
        st.code("python -m listening collect --now", language=None)
    _checklist(area)
    pasting.form(lambda: store or opening.made(area), area, now)
    _sources(area, states, now)


def _states(store: Store | None, area: Area, now: datetime) -> pd.DataFrame:
    if store is not None:
        return hearing.states(store, area, now)
    return health.states(area, pd.DataFrame(columns=list(RUNS)), pd.DataFrame(columns=list(HEARD)), now)


def _checklist(area: Area) -> None:
    st.markdown("\n".join(particulars.checklist(area)))
