"""Given: what a caller hands over, looked at once: a slip is answered with a sentence, no traceback."""

from collections.abc import Iterable, Sequence
from datetime import datetime

import pandas as pd

from listening.errors import WordsError

POSTS = "store.posts() has them"
FORM = "datetime(2026, 11, 9, tzinfo=UTC)"


def instant(value: datetime, name: str = "a time") -> datetime:
    """The same time; anything but a datetime with its zone is a WordsError."""
    if not isinstance(value, datetime):
        raise WordsError(f"{name} must be a datetime with its zone, such as {FORM}; got {value!r}")
    if value.tzinfo is None:
        raise WordsError(f"{name} needs its zone, such as {FORM}; got {value!r}")
    return value


def words(value: str | Sequence[str] | None) -> Sequence[str] | None:
    """Words as a list; one by itself is a list of one, and None (all of them) stays None."""
    return (value,) if isinstance(value, str) else value


def columns(frame: pd.DataFrame, needed: Iterable[str], who: str, hint: str = POSTS) -> None:
    """Nothing, where a frame has these columns; else a WordsError with who needs them and where they are."""
    if not isinstance(frame, pd.DataFrame):
        raise WordsError(f"{who} needs a DataFrame; got {type(frame).__name__} ({hint})")
    names = list(needed)
    if missing := [name for name in names if name not in frame.columns]:
        raise WordsError(
            f"{who} needs the columns {', '.join(names)}; missing: {', '.join(missing)} ({hint})"
        )
