"""What leaves a page as a file: rows that have passed ``share``, safe for a spreadsheet, and recorded."""

from datetime import datetime
from typing import Any

import pandas as pd

from listening import share
from listening.store import Store


def csv(rows: pd.DataFrame) -> bytes:
    """UTF-8 with a byte order mark, for Excel; the first line is a note: banner, area, date, sizes.

    ``rows`` come from ``share.posts`` or ``share.counts``, whose ``attrs`` hold the heading. Lists
    are joined by semicolons.
    """
    flat = rows.copy()
    for name in flat.columns:
        if flat[name].map(lambda v: isinstance(v, list | dict)).any():
            flat[name] = flat[name].map(lambda v: "; ".join(map(str, v)) if v else "")
    heading = rows.attrs.get("heading", {})
    first = [heading["sample"]] if "sample" in heading else []
    more = [f"{name}: {value}" for name, value in heading.items() if name != "sample"]
    note = " · ".join([*first, *more])
    return ("\ufeff# " + note + "\n" + share.neutral(flat).to_csv(index=False)).encode()


def record(store: Store, role: str, what: str, about: dict[str, Any], now: datetime) -> None:
    """Keep that something left: what kind, how many rows and of which window, never its content."""
    store.decide(role, "export", what, about, now)
