"""The issue dossier of Trends: whose job it is, what was done, and what public bodies and the press said."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

import pandas as pd
import streamlit as st

from listening.show import doing, pieces
from listening.show.frame import link, literal
from listening.store import Store
from listening.summarise import course_words, deeds, effects
from listening.summarise.course import NOTES, Trend
from listening.summarise.deeds import Deed, Matter
from listening.summarise.effects import Effect
from listening.summarise.event import Item
from listening.summarise.scope import Scope

Note = Item | Deed  # what stands in the picture by its number


def notes(trend: Trend, done: Sequence[Deed], scope: Scope) -> list[Note]:
    """What the picture marks, oldest first: what was done, and the newest official items."""
    if not trend.line.points:
        return []
    begins = trend.line.points[0].begins
    mine = deeds.upon(done, _matter(scope), scope.area)
    known: list[Note] = [*trend.official[:NOTES], *mine[-NOTES:]]
    return sorted((n for n in known if _day(n, scope) >= begins), key=_at)


def stands(note: Note, step: str, scope: Scope) -> pd.Timestamp:
    """Where a note stands in the picture: its day, or the Monday of its week."""
    day = pd.Timestamp(_day(note, scope))
    return day if step == "day" else day - pd.Timedelta(days=day.weekday())


def draw(
    store: Store,
    trend: Trend,
    scope: Scope,
    noted: Sequence[Note],
    done: tuple[Deed, ...],
    key: tuple[object, ...],
) -> None:
    """All that the chosen issue has besides its figures; ``noted`` are ``notes``, numbered from 1."""
    pieces.section("Whose job it is")
    body = scope.area.body(scope.issue or "")
    st.markdown(
        f"Runs it: {pieces.named(body.name, body.report)}" if body else "The area does not say who runs this."
    )
    link("Themes", "What the comments say")
    days = tuple(_day(n, scope) for n in noted if not (isinstance(n, Deed) and n.step == "seen"))
    after = _effects(store, scope.area.store, store.version, (*key, days), scope, days)
    said = _by_first(noted, after, scope)
    _done(store, trend, scope, noted, done, said)
    pieces.section("What public bodies said")
    if not trend.official:
        pieces.lines(course_words.nobody(scope))
    numbers = {note: n for n, note in enumerate(noted, 1)}
    _list(trend.official, scope, "official", numbers, said)
    if any(effects.too_soon(day, scope) for day in days):
        pieces.small(effects.TOO_SOON)
    if trend.press:
        pieces.section("In the press")
        _list(trend.press, scope, "press", {}, {})


def _done(
    store: Store,
    trend: Trend,
    scope: Scope,
    noted: Sequence[Note],
    done: tuple[Deed, ...],
    said: Mapping[Note, str],
) -> None:
    area, now = scope.area, scope.until
    pieces.section("What was done")
    spoken = [i.published for i in trend.official if now - i.published <= deeds.COUNTS_FOR]
    doing.box(store, area, _matter(scope), now, "dossier", done, len(spoken), max(spoken, default=None))
    for number, note in reversed([*enumerate(noted, 1)]):
        if isinstance(note, Deed):
            with st.container(gap=None):
                doing.line(note, now, area, f"({number}) ")
                pieces.lines(said.get(note, ""))


def _by_first(noted: Sequence[Note], after: Mapping[date, Effect], scope: Scope) -> dict[Note, str]:
    """What came before and after each note; of several of one day, deeds before items, only the first."""
    found: dict[date, Note] = {}
    newest_first = [*reversed(noted)]
    for note in sorted(newest_first, key=lambda n: isinstance(n, Item)):
        found.setdefault(_day(note, scope), note)
    return {note: effects.said(after[day]) for day, note in found.items() if day in after}


def _list(
    items: tuple[Item, ...], scope: Scope, name: str, numbers: Mapping[Note, int], said: Mapping[Note, str]
) -> None:
    for item in items[:NOTES]:
        with st.container(gap=None):
            _item(item, scope, f"({numbers[item]}) " if item in numbers else "")
            pieces.lines(said.get(item, ""))
    if len(items) > NOTES:
        rest = st.expander(f"{len(items) - NOTES} more", on_change="rerun", key=f"more_{name}")
        if rest.open:
            with rest:
                for item in items[NOTES:]:
                    _item(item, scope)


def _item(item: Item, scope: Scope, before: str = "") -> None:
    said = literal(f"{before}{course_words.note(item, scope)} · {item.source}")
    pieces.small(f"{said} · {pieces.link(item.url)}")


def _matter(scope: Scope) -> Matter:
    return Matter(scope.issue or "", scope.key)


def _at(note: Note) -> datetime:
    return note.at if isinstance(note, Deed) else note.published


def _day(note: Note, scope: Scope) -> date:
    return _at(note).astimezone(scope.area.zone).date()


@st.cache_data(max_entries=64, show_spinner=False)
def _effects(
    _store: Store, url: str, version: int, key: tuple[object, ...], _scope: Scope, _days: tuple[date, ...]
) -> dict[date, Effect]:
    return effects.effects(_store, _scope, _days)
