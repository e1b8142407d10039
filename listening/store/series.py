"""Each day's counts of residents, by issue and place, in memory: `counts` tells them from here.

What Today holds a week against is ninety thousand rows at a million posts, and a reader waits for none
of them. So the columns of the frame are made once: every place and issue is a cut of them, and one
place is read from where its own rows lie together. 17 bytes a row, and twice 41 as frames: some 10 MB.
`tests/store/test_columns.py` holds the answers against the database's.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import ColumnElement, Connection, func

from listening.store.packed import NOBODY, Array, Codes, coded, lists, met, ranks
from listening.store.places import NONE, Places
from listening.store.schema import counts
from listening.store.times import dates

NUMBERS = {"start": "int32", "noise": "int8", "posts": "int32", "conversations": "int32"}
WORDS = {"place": "int16", "issue": "int16"}  # places by their keys
FIGURES = ("posts", "conversations")
CHANNEL = "public"  # the one that is held
DAILY = (counts.c.period == "day",)


@dataclass(frozen=True)
class Series:
    """Rows of the roll-up, one a day, issue and place, in that order."""

    column: dict[str, Array]
    codes: dict[str, Codes]  # of the columns of words
    known: Places

    @classmethod
    def empty(cls) -> "Series":
        """Of a store without posts."""
        column = {name: np.zeros(0, kind) for name, kind in (NUMBERS | WORDS).items()}
        return cls(column, {name: {} for name in WORDS}, Places())

    def renewed(self, connection: Connection, days: list[int], known: Places) -> "Series":
        """With the rows of these days as the database has them now."""
        c, codes = counts.c, {name: dict(words) for name, words in self.codes.items()}
        numbers: dict[str, ColumnElement[Any]] = {name: c[name] for name in NUMBERS}
        numbers["conversations"] = func.coalesce(c.conversations, NOBODY)
        words: dict[str, ColumnElement[Any]] = {name: c[name] for name in WORDS}
        found = lists(connection, numbers, words, (*DAILY, c.channel == CHANNEL, c.start.in_(days)))
        new = {name: found[name].astype(kind) for name, kind in NUMBERS.items()}
        new |= {name: coded(found[name], codes[name], kind) for name, kind in WORDS.items()}
        stay = ~np.isin(self.column["start"], days)
        whole = {name: np.concatenate([column[stay], new[name]]) for name, column in self.column.items()}
        issue, place = (ranks(codes[name])[whole[name]] for name in ("issue", "place"))
        order = np.lexsort((place, issue, whole["start"]))  # as `counts` gives them
        return Series({name: column[order] for name, column in whole.items()}, codes, known)

    def told(
        self,
        by: Sequence[str],
        figures: Sequence[str],
        days: Sequence[int | None],
        places: Sequence[str],
        issues: Sequence[str] | None,
    ) -> pd.DataFrame:
        """The counts of days in [first, end) of these places (keys); of these issues, or every real one."""
        own = self._real if issues is None else self
        rows = own._rows(days, places)
        if issues is not None:
            codes = self.column["issue"][rows]
            here = np.flatnonzero(met(self.codes["issue"], issues)[codes])
            rows = here + rows.start if isinstance(rows, slice) else rows[here]
        # A cut shares its values with what is held until somebody writes to it: then pandas copies.
        cut = {name: own._spoken[name].iloc[rows] for name in (*by, *figures)}
        return pd.DataFrame(cut, copy=False).reset_index(drop=True)

    def _rows(self, days: Sequence[int | None], places: Sequence[str]) -> Any:
        """The rows of some days and places, in order: a slice where they are of every place."""
        start = self.column["start"]
        first, last = days
        begin = 0 if first is None else int(np.searchsorted(start, first))
        end = len(start) if last is None else int(np.searchsorted(start, last))
        wanted = met(self.codes["place"], places)
        if wanted.all():
            return slice(begin, max(begin, end))
        found = []
        for code in np.flatnonzero(wanted):
            lying = self._lying[self._ends[code] : self._ends[code + 1]]
            found.append(lying[slice(*np.searchsorted(lying, [begin, end]))])
        return found[0] if len(found) == 1 else np.sort(np.concatenate([np.zeros(0, "int64"), *found]))

    @cached_property
    def _real(self) -> "Series":
        """The rows of issues: neither of any, nor of none, nor of a filter class."""
        which = ~met(self.codes["issue"], ("any", NONE))[self.column["issue"]] & (self.column["noise"] == 0)
        return Series({name: column[which] for name, column in self.column.items()}, self.codes, self.known)

    @cached_property
    def _lying(self) -> Array:
        """The rows with those of each place together."""
        return np.argsort(self.column["place"], kind="stable")

    @cached_property
    def _ends(self) -> Array:
        """Where those of each place begin, and the end of all."""
        return np.searchsorted(self.column["place"][self._lying], np.arange(len(self.codes["place"]) + 1))

    @cached_property
    def _spoken(self) -> dict[str, pd.Series]:
        """The columns as a frame has them."""
        made = {"day": dates(self.column["start"])}
        for name in WORDS:
            words = [self.known.name(w) if name == "place" else w for w in self.codes[name]]
            made[name] = pd.Series(np.array(words, dtype="object")[self.column[name]], dtype="object")
        made["posts"] = pd.Series(self.column["posts"].astype("int64"))
        number = self.column["conversations"].astype("int64")
        made["conversations"] = pd.Series(pd.arrays.IntegerArray(number, number == NOBODY))
        return made
