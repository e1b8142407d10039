"""Wards: how do places differ? A map, a table sorted by distance from each one's usual, and one ward."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

import streamlit as st

from listening import share
from listening.area import Area
from listening.show import charts, doing, frame, hearing, leaving, patch, pieces
from listening.show import map as ward_map
from listening.show.chooser import PERIODS, Choice
from listening.show.frame import literal
from listening.show.pages.today import scope_of
from listening.show.shapes import shapes
from listening.store import Store
from listening.summarise import alone, compare, deeds, outlook, words
from listening.summarise.alone import Alone
from listening.summarise.compare import Comparison
from listening.summarise.deeds import Matter
from listening.summarise.hearing import Coverage
from listening.summarise.listened import coverage
from listening.summarise.partly import silent
from listening.summarise.scope import Scope

STEP = timedelta(minutes=5)
MAP = "ward_map"
HOW = (
    "A ward's usual range is where nine in ten of its own earlier weeks lie.",
    "So in any week about one ward in twenty lies above its range by chance alone.",
    "“Just above” is above that range, but in no more talks than chance may bring.",
    "“Above” is above the range in so many talks as chance brings once in twenty weeks or less.",
    "“Far above” is five times the talks we expect, or more.",
    "A week that could not be heard is no part of the usual range.",
    "Few posts are not called low where the sources were silent for a time.",
    "Below 10 accounts we do not compare: the posts stand beside the range, and you can judge.",
    "Talks are counted, not posts: one lively thread is one talk.",
    "“One event” means many posts in few talks.",
)
# Seven columns on a phone: smaller letters, closer cells, and what is still too wide scrolls in its box.
_STYLE = """<style>
.st-key-wards h1 {font-size: 1.6rem; line-height: 1.25; padding: 0 0 .5rem}
.st-key-wards [data-testid="stTable"] td, .st-key-wards [data-testid="stTable"] th {padding: .3rem .5rem}
.st-key-wards [data-testid="stTable"] th {font-weight: 400}
@media (max-width: 640px) {
.st-key-wards [data-testid="stTable"] td, .st-key-wards [data-testid="stTable"] th
{padding: .25rem .15rem; font-size: .72rem; line-height: 1.3}
.st-key-ward_map text {font-size: 9px !important}
}
</style>"""


def page(store: Store, area: Area, choice: Choice, now: datetime) -> None:
    """Draw the wards of the area or a town side by side; a chosen ward by itself."""
    st.html(_STYLE)
    with st.container(key="wards"):
        scope = scope_of(area, choice, now, store)
        if scope.ward:
            _alone(store, scope, hearing.coverage(store, area, choice, now))
        else:
            _together(store, scope, choice)


def _together(store: Store, scope: Scope, choice: Choice) -> None:
    area = scope.area
    at = words.moment(scope.until, area.zone)
    st.caption(literal(f"{scope.place} · {PERIODS[scope.period].lower()} · {at}"))
    found = _compared(store, area.store, store.version, _key(scope), scope)
    first, *rest = compare.finding(found, scope)
    st.title(literal(first), anchor=False)
    pieces.lines(" ".join(rest))
    _map(found, scope, partial(_download, store, scope, choice, found))
    if scope.kind == "area":
        pieces.lines(outlook.placed(found.placed))
    st.caption(compare.FOOT)
    how = st.expander("How is this worked out?", on_change="rerun", key="how")
    if how.open:
        with how:
            pieces.lines(*HOW)


def _map(found: Comparison, scope: Scope, leave: Callable[[], None]) -> None:
    known = shapes(scope.area)
    drawn = [w for w in found.wards if w.ward in known]
    if not drawn:
        st.caption("No ward has a place on a map yet: wards.yaml gives no centroids.")
        charts.rows(compare.table(found), "How each ward lies against its own usual")
        return
    st.html(f"<style>{ward_map.narrow(drawn, known, MAP)}</style>")
    charts.show(
        ward_map.figure(drawn, known),
        "",
        compare.table(found),
        MAP,
        alt=ward_map.alt(drawn),
        opened=True,
        below=(ward_map.key(drawn), ward_map.unmapped([w.ward for w in found.wards if w.ward not in known])),
        on_select=choose,
        config=ward_map.CONFIG,
        leave=leave,
    )


def _download(store: Store, scope: Scope, choice: Choice, found: Comparison) -> None:
    safe = share.counts(compare.leaving(found), scope.area, scope.until)
    about = {"place": scope.key, "issue": scope.issue, "since": scope.since.isoformat()}
    leaving.button(store, choice.role, "counts", safe, about, scope.until, key="wards_download")


def choose() -> None:
    """Put the ward that was clicked into the address; a click beside the wards changes nothing."""
    points = st.session_state[MAP]["selection"]["points"]
    ward = points[0].get("location") if points else None
    if ward:
        st.query_params["ward"] = ward
        st.query_params.pop("town", None)


def _alone(store: Store, scope: Scope, ears: Coverage) -> None:
    st.button("All wards", icon=":material/arrow_back:", type="tertiary", on_click=_all)
    if ears.deaf:
        patch.deaf(store, scope, ears, hearing.states(store, scope.area, scope.until))
        return
    scope = scope.at(unheard=not ears.heard)
    wide, found = _gathered(store, scope.area.store, store.version, _key(scope), scope)
    st.caption(literal(alone.title(found, wide)))
    st.title(literal(alone.finding(found, wide)), anchor=False)
    pieces.lines(silent(wide, found.audible))
    if found.mentioned:
        charts.rows(alone.table(found), f"What people mention in {wide.place}")
    pieces.lines(alone.others(found))
    _posts(found, wide)
    pieces.lines(alone.tone(found, wide, "Trends" in st.session_state.get("pages", {})))
    for row in found.raised:
        st.markdown(f"{literal(alone.said_raised(row, wide))} · {pieces.link(row.url)}")
    _done(store, found, wide)
    pieces.lines(alone.heard(found, ears.heard) if ears.heard else ears.sentence)


def _done(store: Store, found: Alone, scope: Scope) -> None:
    """What was done about the issues of the table, the newest of each."""
    told = doing.told(store, scope.until)
    for row in found.mentioned[: alone.SHOWN]:
        mine = deeds.upon(told, Matter(row.slug, scope.key), scope.area)
        newest = deeds.newest(mine, scope.until)
        if newest:
            doing.line(newest, scope.until, scope.area, f"Raised? {row.label}: ")


def _posts(found: Alone, scope: Scope) -> None:
    """A way to the posts themselves: in Explore, over the window that is shown here."""
    if found.figures.posts:
        frame.link("Explore", alone.see(found), period=scope.period)


def _all() -> None:
    st.query_params.pop("ward", None)


def _key(scope: Scope) -> tuple[object, ...]:
    """What a figure depends on beside the store: the choice, and the time to five minutes."""
    exact = scope.until.timestamp()
    at = exact if scope.area.clock else exact // STEP.total_seconds()
    return scope.ward, scope.town, scope.issue, scope.period, at


@st.cache_data(max_entries=32, show_spinner=False)
def _compared(_store: Store, url: str, version: int, key: tuple[object, ...], _scope: Scope) -> Comparison:
    area, now = _scope.area, _scope.until
    told, carried = hearing.spells(_store, area, _scope.since, now), hearing.carried(_store, area, now)
    over = {w.name: coverage(area, told, _scope.since, now, w.name, None, carried) for w in area.wards}
    ears = {name: sum(share > 0 for share in found.shares.values()) for name, found in over.items()}
    return compare.gather(_store, _scope, ears)


@st.cache_data(max_entries=64, show_spinner=False)
def _gathered(
    _store: Store, url: str, version: int, key: tuple[object, ...], _scope: Scope
) -> tuple[Scope, Alone]:
    return alone.gather(_store, _scope)
