"""A frame row by row."""

from collections import namedtuple
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

import numpy as np
import pandas as pd


def each(frame: pd.DataFrame) -> Iterator[Any]:
    """The rows, each with its columns as attributes (``row.title``)."""
    row = _row(tuple(frame.columns))
    return map(row._make, zip(*(column.tolist() for _, column in frame.items()), strict=True))


@cache
def _row(columns: tuple[str, ...]) -> Any:
    """The kind of a row: to make one takes as long as to fill some hundred rows, so each is made once."""
    return namedtuple("Row", map(str, columns), rename=True)


def pick(frame: pd.DataFrame, keep: Iterable[object]) -> pd.DataFrame:
    """The rows whose ``keep`` is true, one a row. (An empty list would pick no *columns*.)"""
    return frame[np.fromiter((bool(k) for k in keep), dtype=bool, count=len(frame))]
