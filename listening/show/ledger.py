"""A store's reading for the pages, kept in memory: wards share much of what is asked for each.

What public bodies said, the talk of the town around, the area's own figures: a reader who goes from
ward to ward asks for the same again. An answer holds for one version of the store and for times
that lie within the same five minutes (where the clock stands still, for the very same time).
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from datetime import datetime, timedelta
from threading import Lock
from typing import Any

import pandas as pd

from listening.area import Area
from listening.store import Store

STEP = timedelta(minutes=5)
KEPT = ("tally", "counts", "posts", "noise")
ROWS = 40_000  # of all answers together: some 50 MB where all of them are posts

Key = tuple[Hashable, ...]
_answers: OrderedDict[Key, pd.DataFrame] = OrderedDict()
_lock = Lock()


class Kept:
    """The store as the summaries ask it (`listening.summarise.scope.Ledger`), each answer once."""

    def __init__(self, store: Store, area: Area, version: int) -> None:
        self._store, self._own = store, (area.store, version)
        self._exact = area.clock is not None

    def __getattr__(self, name: str) -> Any:
        if name not in KEPT:
            return getattr(self._store, name)
        read: Callable[..., pd.DataFrame] = getattr(self._store, name)

        def ask(*words: Any, **named: Any) -> pd.DataFrame:
            asked = (name, self._known(words), *sorted((k, self._known(v)) for k, v in named.items()))
            return _once((*self._own, *asked), lambda: read(*words, **named))

        return ask

    def _known(self, value: Any) -> Hashable:
        if isinstance(value, (list, tuple)):
            return tuple(map(self._known, value))
        if isinstance(value, datetime) and not self._exact:
            return value.timestamp() // STEP.total_seconds()
        return value  # type: ignore[no-any-return]


def _once(key: Key, read: Callable[[], pd.DataFrame]) -> pd.DataFrame:
    """The answer to a question; the longest unused go where there are too many rows."""
    with _lock:
        found = _answers.get(key)
        if found is not None:
            _answers.move_to_end(key)
    if found is None:
        found = read()
        with _lock:
            _answers[key] = found
            while len(_answers) > 1 and sum(map(len, _answers.values())) > ROWS:
                _answers.popitem(last=False)
    return found.copy(deep=False)  # whoever adds a column adds it to their own


def forget() -> None:
    """Drop every answer."""
    with _lock:
        _answers.clear()
