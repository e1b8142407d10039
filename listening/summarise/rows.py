"""A frame row by row."""

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
import pandas as pd


def each(frame: pd.DataFrame) -> Iterator[Any]:
    """The rows, each with its columns as attributes (``row.title``)."""
    return iter(frame.itertuples())


def pick(frame: pd.DataFrame, keep: Iterable[object]) -> pd.DataFrame:
    """The rows whose ``keep`` is true, one a row. (An empty list would pick no *columns*.)"""
    return frame[np.fromiter((bool(k) for k in keep), dtype=bool, count=len(frame))]
