"""Who else has the same words: their number beside a post, and behind a click the list."""

from datetime import datetime
from typing import Any

import pandas as pd
import streamlit as st

from listening.area import Area
from listening.show import pieces
from listening.show.frame import literal
from listening.summarise import copied, words

MOST = 50  # places listed of one text


def beside(row: Any, copies: pd.DataFrame, area: Area, now: datetime) -> None:
    """Draw who has the same words: their number, and behind a click each place, time and link."""
    told = copied.copied(row, copies)
    if told is None:
        return
    opened = st.expander(told.sentence, on_change="rerun", key=f"copies_{row.id}")
    if opened.open:
        with opened:
            for place in told.where[:MOST]:
                at = words.since(place.at, now, area.zone) if place.dated else "undated"
                pieces.small(" · ".join([literal(place.source), literal(at), pieces.link(place.url)]))
            if len(told.where) > MOST:
                pieces.small(f"These are the newest {MOST} of {len(told.where):,}.")
