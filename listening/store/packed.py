"""Columns of a table as arrays of numpy: words as small numbers that stand for them."""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import ColumnElement, Connection, Text, cast, func, select

GAP = "\x1f"  # between words: the unit separator, which no name holds
NOBODY = -1  # where the table has no value
Array = Any  # of numpy
Codes = dict[str, int]  # a word and the number that stands for it


def lists(
    connection: Connection,
    numbers: dict[str, ColumnElement[Any]],
    words: dict[str, ColumnElement[Any]],
    conditions: Sequence[ColumnElement[bool]],
) -> dict[str, Array]:
    """Columns as arrays. The database strings them together: a tenth of the work of a row after another."""
    asked = [func.aggregate_strings(cast(c, Text), " ") for c in numbers.values()]
    asked += [func.aggregate_strings(c, GAP) for c in words.values()]
    row = connection.execute(select(func.count(), *asked).where(*conditions)).one()
    if not row[0]:
        return dict.fromkeys((*numbers, *words), np.zeros(0, "int64"))
    told = dict(zip((*numbers, *words), row[1:], strict=True))
    made = {name: np.fromstring(told[name], dtype="int64", sep=" ") for name in numbers}
    return made | {name: np.array(told[name].split(GAP), dtype=object) for name in words}


def coded(words: Array, known: Codes, kind: str) -> Array:
    """Words as the numbers that stand for them; new ones are added to those known."""
    places, different = pd.factorize(words)
    numbers = [known.setdefault(word, len(known)) for word in different]
    return np.array(numbers, dtype=kind)[places]


def ranks(codes: Codes) -> Array:
    """Where each code's word stands among all words."""
    rank = np.zeros(len(codes), "int64")
    rank[[codes[word] for word in sorted(codes)]] = np.arange(len(codes))
    return rank


def met(codes: Codes, wanted: Iterable[str]) -> Array:
    """Of each code whether its word is wanted."""
    here = np.zeros(len(codes), bool)
    here[[codes[word] for word in wanted if word in codes]] = True
    return here
