"""What leaves a page as a file: rows that have passed ``share``, safe for a spreadsheet, and recorded."""

from datetime import datetime
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from listening import share
from listening.store import Store
from listening.summarise import words

HEADINGS = {"voices": "accounts"}  # what the code calls otherwise than the page


def button(
    store: Store,
    role: str,
    what: str,
    rows: pd.DataFrame,
    about: dict[str, Any],
    now: datetime,
    key: str | None = None,
) -> None:
    """A download of rows that have passed ``share``, with their number on it; that they left is recorded.

    ``what`` is posts or counts; ``about`` says where and when they are of, for the record. Without
    rows there is no button.
    """
    if rows.empty:
        return
    number = (
        words.count(len(rows), "post") if what == "posts" else words.count(len(rows), "row") + " of counts"
    )
    st.download_button(
        f"Download {number} (CSV)",
        partial(csv, rows),
        file_name=f"{what}.csv",
        mime="text/csv",
        key=key,
        icon=":material/download:",
        type="tertiary",
        on_click=record,
        args=(store, role, what, {"rows": len(rows), **about}, now),
    )


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
    return (
        "\ufeff# " + note + "\n" + share.neutral(flat.rename(columns=HEADINGS)).to_csv(index=False)
    ).encode()


def record(store: Store, role: str, what: str, about: dict[str, Any], now: datetime) -> None:
    """Keep that something left: what kind, how many rows and of which window, never its content."""
    store.decide(role, "export", what, about, now)
