"""Today: what should I know? One column that reads from top to bottom, and ends."""

from datetime import datetime, timedelta

import streamlit as st

from listening.area import Area
from listening.show import glance, heard, hearing, ledger, patch, pieces, reading
from listening.show.chooser import PERIODS, Choice, window
from listening.show.ledger import Kept
from listening.store import Store
from listening.summarise import noted, overview, silences, standing, today, words
from listening.summarise.hearing import Coverage
from listening.summarise.overview import Overview, Week
from listening.summarise.scope import Scope
from listening.summarise.standing import Cells
from listening.summarise.today import Today

STEP = timedelta(minutes=5)


def page(store: Store, area: Area, choice: Choice, now: datetime) -> None:
    """Draw Today for the chosen place and period; ``?posts=`` opens the posts behind a figure."""
    pieces.style()
    with st.container(key="today"):
        scope = scope_of(area, choice, now, store)
        asked = st.query_params.get("posts")
        if asked:
            issue = asked if asked in area.issue_by_slug else scope.issue
            reading.posts(store, scope.at(issue=issue), key=asked)
            return
        st.caption(_when(scope, choice))
        ears = hearing.coverage(store, area, choice, now)
        scope = scope.at(unheard=not ears.heard)
        if ears.deaf:
            patch.deaf(store, scope, ears, hearing.states(store, area, now))
        elif scope.kind == "area" and not scope.issue:
            _glance(store, scope, ears)
        else:
            _patch(store, scope, ears)
        heard.form(store, scope)


def scope_of(area: Area, choice: Choice, now: datetime, store: Store | None = None) -> Scope:
    """What the chooser says, as the summaries take it; with a ``store``, knowing its silences."""
    since, until = window(choice, now, area.zone)
    quiet = hearing.silences(store, area, now) if store else silences.NONE
    return Scope(area, choice.ward, choice.town, choice.issue, choice.period, since, until, quiet)


def _when(scope: Scope, choice: Choice) -> str:
    at = words.moment(scope.until, scope.area.zone)
    return at if scope.kind == "ward" else f"{scope.place} · {PERIODS[choice.period].lower()} · {at}"


def _patch(store: Store, scope: Scope, ears: Coverage) -> None:
    figures = _today(store, scope.area.store, store.version, _key(scope), scope)
    patch.draw(figures, scope, ears)


def _glance(store: Store, scope: Scope, ears: Coverage) -> None:
    figures = _overview(store, scope.area.store, store.version, _key(scope), scope)
    glance.draw(store, figures, scope, ears, hearing.states(store, scope.area, scope.until))


def _key(scope: Scope) -> tuple[object, ...]:
    """What a figure depends on beside the store: the choice, and the time to five minutes."""
    exact = scope.until.timestamp()
    at = exact if scope.area.clock else exact // STEP.total_seconds()
    return scope.ward, scope.town, scope.issue, scope.period, at


@ledger.dropped
@st.cache_resource(max_entries=4, show_spinner=False)  # only read, and too much to copy for each
def _cells(_store: Store, url: str, version: int, at: object, _scope: Scope) -> Cells:
    """Every issue in every place: the same whatever place the reader looks at."""
    with _store.moment():
        return standing.cells(Kept(_store, _scope.area, version), _scope)


@ledger.dropped
@st.cache_resource(max_entries=4, show_spinner=False)
def _week(_store: Store, url: str, version: int, at: object, _scope: Scope) -> Week:
    """What is told of the last seven days: the same whatever time the reader chooses."""
    found = _cells(_store, url, version, at, _scope)
    with _store.moment():
        return overview.of_week(Kept(_store, _scope.area, version), _scope, found)


@st.cache_data(max_entries=128, show_spinner=False)
def _today(
    _store: Store,
    url: str,
    version: int,
    key: tuple[object, ...],
    _scope: Scope,
) -> Today:
    kept = Kept(_store, _scope.area, version)
    with _store.moment():
        if _scope.period != "7d" or _scope.issue:
            return today.gather(kept, _scope)
        found = _cells(_store, url, version, key[-1], _scope)
        noisy = noted.loud_here(kept, _scope, found)
        stands = standing.standing(kept, _scope, found, [(n.slug, n.key) for n in noisy])
        return today.gather(kept, _scope, stands, tuple((n.slug, n.loud) for n in noisy if n.loud))


@st.cache_data(max_entries=32, show_spinner=False)
def _overview(_store: Store, url: str, version: int, key: tuple[object, ...], _scope: Scope) -> Overview:
    told = _week(_store, url, version, key[-1], _scope)
    with _store.moment():
        return overview.gather(Kept(_store, _scope.area, version), _scope, told)
