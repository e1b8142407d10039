"""A store's reading for the pages, kept in memory: wards share much of what is asked for each.

What public bodies said, the talk of the town around, the area's own figures: a reader who goes from
ward to ward asks for the same again. An answer holds for one version of the store and for times
that lie within the same five minutes (where the clock stands still, for the very same time).

What is removed from the store must not live on here. The collector is another process, so the
store's version is what tells of it: as soon as a reader, or the minute's look of an open page, meets
another one, all that was kept of the older is dropped (`seen`), whatever page had asked for it.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from datetime import datetime, timedelta
from threading import Lock
from typing import Any, Protocol, TypeVar

import pandas as pd
import streamlit as st

from listening.area import Area
from listening.store import Store

STEP = timedelta(minutes=5)
KEPT = ("tally", "counts", "posts", "noise", "began", "first")
ROWS = 40_000  # of all answers together: some 50 MB where all of them are posts

Key = tuple[Hashable, ...]
_answers: OrderedDict[Key, Any] = OrderedDict()
_seen: dict[str, int] = {}  # the version each store was last met at
_lock = Lock()


class Cached(Protocol):
    """A function under one of Streamlit's caches."""

    def clear(self) -> None:
        """Drop all its answers."""


C = TypeVar("C", bound=Cached)
_others: list[Cached] = []


class Kept:
    """The store as the summaries ask it (`listening.summarise.scope.Ledger`), each answer once."""

    def __init__(self, store: Store, area: Area, version: int) -> None:
        self._store, self._own = store, (area.store, version)
        self._exact = area.clock is not None

    def __getattr__(self, name: str) -> Any:
        if name not in KEPT:
            return getattr(self._store, name)
        read: Callable[..., Any] = getattr(self._store, name)

        def ask(*words: Any, **named: Any) -> Any:
            asked = (name, self._known(words), *sorted((k, self._known(v)) for k, v in named.items()))
            return _once((*self._own, *asked), lambda: read(*words, **named))

        return ask

    def _known(self, value: Any) -> Hashable:
        if isinstance(value, (list, tuple)):
            return tuple(map(self._known, value))
        if isinstance(value, datetime) and not self._exact:
            return value.timestamp() // STEP.total_seconds()
        return value  # type: ignore[no-any-return]


def _once(key: Key, read: Callable[[], Any]) -> Any:
    """The answer to a question; the longest unused go where there are too many rows."""
    with _lock:
        found = _answers.get(key)
        if found is not None:
            _answers.move_to_end(key)
    if found is None:
        found = read()
        with _lock:
            if _seen.get(str(key[0]), key[1]) == key[1]:  # else it is of a version that is over
                _answers[key] = found
            rows = sum(map(_rows, _answers.values()))
            while len(_answers) > 1 and rows > ROWS:
                rows -= _rows(_answers.popitem(last=False)[1])
    # Whoever adds a column adds it to their own.
    return found.copy(deep=False) if isinstance(found, pd.DataFrame) else found


def _rows(answer: Any) -> int:
    return len(answer) if isinstance(answer, pd.DataFrame) else 1


def dropped(function: C) -> C:
    """Mark a function of ``st.cache_resource``: its answers go with the store's version too."""
    _others.append(function)
    return function


def seen(url: str, version: int) -> None:
    """Say at which version a store was met: another one than before, and all that is kept goes."""
    with _lock:
        changed = _seen.get(url, version) != version
        _seen[url] = version
    if changed:
        forget()


def forget() -> None:
    """Drop every answer, here and in Streamlit's caches; open stores and areas stay open."""
    with _lock:
        _answers.clear()
    st.cache_data.clear()
    for function in _others:
        function.clear()
