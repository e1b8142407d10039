"""Own: what our own exports hold, back as it left; only who wrote it never left, and never returns.

Ids, times, kinds and threads come back as they were. Labels of the present version of the analysis come
back too, for the gate may have let out less of the text than they were made from; of another version
they are made anew, but where the gate let out no words at all: there they are all that is left, and come
back as they are. A safety flag of either reading holds. A post that we hold with more words keeps them.
"""

import math
from collections.abc import Callable
from typing import Any

import pandas as pd

from listening.post import ANNOTATIONS
from listening.receive.sheet import Sheet

MARKS = frozenset({"id", "source", "channel", "kind", "published", "collected", "version"})
NOTE = ("area: ", "made: ", "status: internal")  # what the note above every export of ours says
LARGEST = 2**31 - 1  # of a count, as the store keeps it
LISTS = ("issues", "issue_tones", "wards", "towns", "maybe_wards", "places", "cues", "flags")
LABELS = tuple(c for c in ANNOTATIONS if c not in ("evidence", "version"))


def holds(sheet: Sheet) -> bool:
    """Whether these are posts that we exported."""
    return set(sheet.columns) >= MARKS


def noted(sheet: Sheet) -> bool:
    """Whether our own note stands above these posts too; columns alone anybody can name."""
    above = " ".join(sheet.above)
    return holds(sheet) and all(words in above for words in NOTE)


def labels(rows: pd.DataFrame, version: str) -> pd.DataFrame:
    """The labels of rows of this version, or without words, by post id, for `pipeline.bring_in`."""
    same = rows[(rows["version"] == version) | wordless(rows)]
    columns = [name for name in LABELS if name in same]
    made = {}
    for name in columns:
        reader: Callable[[Any], Any] = READ.get(name) or _text
        made[name] = pd.Series([reader(v) for v in same[name]], index=same["id"], dtype="object")
    return pd.DataFrame(made, index=same["id"].tolist())


def wordless(rows: pd.DataFrame) -> pd.Series:
    """Which rows have neither title nor text."""
    missing = [rows[name].isna() for name in ("title", "text") if name in rows]
    return pd.concat(missing, axis=1).all(axis=1) if missing else pd.Series(True, index=rows.index)


def whole(left: Any, held: Any) -> Any:
    """The text that is held, where what left is nothing, or only the beginning, of it; else what left.

    >>> whole("The bins…", "The bins were missed."), whole(None, "Late"), whole("Late", "Late again")
    ('The bins were missed.', 'Late', 'Late')
    """
    cut = left is None or left.endswith("…")
    return held if cut and isinstance(held, str) and held.startswith((left or "").rstrip("…")) else left


def number(value: Any) -> int | None:
    """A whole number from 0 to the largest the store keeps, or None."""
    try:
        whole = int(float(value))
    except (TypeError, ValueError, OverflowError):
        return None
    return whole if 0 <= whole <= LARGEST else None


def yes(value: Any) -> bool:
    """Whether a cell says true; an empty one does."""
    return str(value).strip().lower() not in ("false", "0")


def _text(value: Any) -> str | None:
    return str(value) if value is not None else None


def _list(value: Any) -> list[str | None]:
    return [None if v == "None" else v for v in str(value).split("; ")] if value is not None else []


def _fraction(value: Any) -> float:
    try:
        return float(value)
    except (TypeError, ValueError):
        return math.nan


READ: dict[str, Callable[[Any], Any]] = {**dict.fromkeys(LISTS, _list), "sentiment": _fraction}
