"""What the pages ask the store about its ears; kept for a minute, so that a click costs nothing."""

from dataclasses import replace
from datetime import datetime, timedelta

import pandas as pd
import streamlit as st

from listening.area import BROUGHT_IN, Area
from listening.show.chooser import Choice, window
from listening.store import Store
from listening.summarise import health, hearing, listened
from listening.summarise import silences as silent
from listening.summarise.figures import PUBLIC
from listening.summarise.hearing import FACEBOOK, Coverage
from listening.summarise.listened import Listened, Span
from listening.summarise.scope import TOWN, Scope
from listening.summarise.silences import Silences
from listening.summarise.trends import WEEKS

BACK = timedelta(days=7 * (2 * WEEKS + 1))  # the longest that a page looks back: Trends over 90 days
STEP = timedelta(minutes=5)
RECORD = timedelta(days=28)  # how far back runs are read
PROOF = timedelta(days=90)  # how far back a source must have carried a post of a ward to speak about it
PROOF_STEP = timedelta(days=1)


def states(store: Store, area: Area, now: datetime) -> pd.DataFrame:
    """The state of every source of the area: ``health.states``."""
    asked = repr((area.sources, area.checklist))  # what the operator changes is told at once
    return _states(store, area.store, _hour(area, now), asked, area)


def coverage(store: Store, area: Area, choice: Choice, now: datetime) -> Coverage:
    """What could be heard of the chosen place: ``hearing.coverage``, and its silences in the chosen time."""
    proof = carried(store, area, now)
    known = states(store, area, now)
    found = hearing.coverage(area, known, now, choice.ward, choice.town, proof)
    if found.deaf and _brought_in(store, area, choice, now):
        return hearing.coverage(area, known, now, choice.ward, choice.town, proof, brought=True)
    silences = period(store, area, choice, now).sentence
    if found.deaf or not silences:
        return found
    said = [s for s in found.sentences if s != FACEBOOK]
    return replace(found, sentences=(*said, silences, FACEBOOK))


def _brought_in(store: Store, area: Area, choice: Choice, now: datetime) -> bool:
    """Whether residents' posts of the chosen place and time came from a file or were pasted."""
    names = {s.name for s in area.sources if s.enabled and s.kind in BROUGHT_IN}
    if not names:
        return False
    since, until = window(choice, now, area.zone)
    place = Scope(area, choice.ward, choice.town, None, choice.period, since, until)
    rows = store.tally(since, until, by=("source",), channels=PUBLIC, figures=("posts",), **place.only)
    return bool(names & {*rows["source"]})


def period(store: Store, area: Area, choice: Choice, now: datetime) -> Listened:
    """Which sources could have spoken about the chosen place in the chosen time: ``listened.coverage``."""
    since, until = window(choice, now, area.zone)
    return over(store, area, since, until, choice.ward, choice.town)


def over(
    store: Store, area: Area, since: datetime, now: datetime, ward: str | None = None, town: str | None = None
) -> Listened:
    """The same from any moment on: ``deaf`` tells which days or weeks of a series are gaps, not noughts."""
    told, proof = spells(store, area, since, now), carried(store, area, now)
    return listened.coverage(area, told, since, now, ward, town, proof)


def spells(store: Store, area: Area, since: datetime, now: datetime) -> dict[str, list[Span]]:
    """When each source could have spoken, from ``since`` on or longer: ``listened.spells``."""
    back = max(now - since, BACK)  # what every page looks back on: reckoned once for all times
    days = -(-back // timedelta(days=1))  # whole, upward: a key that does not run with the clock
    return _spells(store, area.store, _hour(area, now), days, area)


def silences(store: Store, area: Area, now: datetime) -> Silences:
    """When each place and source could not be heard, over all that a usual range may rest on."""
    at = now if area.clock else now - timedelta(seconds=now.timestamp() % STEP.total_seconds())
    return _silences(store, area.store, at, area)


def carried(store: Store, area: Area, now: datetime) -> pd.DataFrame | None:
    """Which source carried a post of which ward in the last 90 days; None where we listened for less."""
    return _carried(store, area.store, _hour(area, now))


def carried_last_week(store: Store, area: Area, now: datetime, ward: str, ears: pd.DataFrame) -> str:
    """What a ward's sources (their ``states``) carried, on any channel, in the last week that was heard.

    Empty where none of them was ever heard.
    """
    last = ears["last_heard"].max()
    if pd.isna(last):
        return ""
    since, until, before = hearing.week_heard(now, area.zone, last.to_pydatetime())
    posts = store.posts(since=since, until=until, wards=[ward], sources=list(ears["name"]))
    return hearing.last_week(int(posts["copy_of"].isna().sum()), len(ears), before)


def _hour(area: Area, now: datetime) -> datetime:
    """``now`` as a key: exact where the clock stands still, else the end of the running minute."""
    return now if area.clock else now.replace(second=0, microsecond=0) + timedelta(minutes=1)


@st.cache_data(ttl="1m", max_entries=32, show_spinner=False)
def _record(_store: Store, url: str, until: datetime) -> tuple[pd.DataFrame, pd.DataFrame]:
    return _store.runs(since=until - RECORD, until=until), _store.heard(until)


@st.cache_data(ttl="1m", max_entries=32, show_spinner=False)
def _states(_store: Store, url: str, until: datetime, asked: str, _area: Area) -> pd.DataFrame:
    return health.states(_area, *_record(_store, url, until), until)


@st.cache_data(ttl="10m", max_entries=32, show_spinner=False)
def _carried(_store: Store, url: str, until: datetime) -> pd.DataFrame | None:
    since = until - PROOF
    if _store.runs(since=since - PROOF_STEP, until=since).empty:
        return None
    return _store.carried(since, until)


@st.cache_data(ttl="10m", max_entries=32, show_spinner=False)
def _spells(_store: Store, url: str, until: datetime, days: int, _area: Area) -> dict[str, list[Span]]:
    runs = _store.runs(since=until - timedelta(days=days) - RECORD, until=until)
    heard = _record(_store, url, until)[1]
    return listened.spells(_area, runs, heard, until, _store.first_asked())


@st.cache_resource(max_entries=4, show_spinner=False)  # only read, and alike for every reader
def _silences(_store: Store, url: str, until: datetime, _area: Area) -> Silences:
    since = until - BACK
    told, proof = spells(_store, _area, since, until), carried(_store, _area, until)
    places: dict[str, tuple[str | None, str | None]] = {_area.code: (None, None)}
    places |= {f"{TOWN}{t.name}": (None, t.name) for t in _area.towns}
    places |= {w.name: (w.name, None) for w in _area.wards}
    return silent.silences(_area, told, places, since, until, proof)
