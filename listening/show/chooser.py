"""The chooser: where and when, in one line at the top of the page, kept in the address.

The address is the truth (``?ward=Larkford+Bridge&period=7d``): the widgets are set from it on
every run and write to it when they change, so that a view can be sent as a link and the browser's
back button works. What an address asks for in vain falls back to the default, and a quiet
sentence says so.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import streamlit as st

from listening.area import Area, Issue

Period = Literal["today", "7d", "28d", "90d"]

PERIODS: dict[str, str] = {
    "today": "Since midnight",
    "7d": "Last 7 days",
    "28d": "Last 28 days",
    "90d": "Last 90 days",
}
DEFAULTS: dict[str, Period] = {"themes": "28d"}  # comments need time to gather; every other page: 7 days
TIMELESS = ("breaking", "sources", "accuracy")  # pages that look at a time of their own, whatever was chosen
KEPT = ("ward", "town", "issue", "period", "area", "now")  # what the address carries from page to page
ISSUES = "issues:"  # the entry of the place list that opens the list of issues
CHOSEN = "An issue, anywhere"  # what the box says then: the issue stands in its own, and a phone is narrow


@dataclass(frozen=True)
class Choice:
    """What the reader chose: at most one of ward and town; neither is the whole area."""

    ward: str | None = None  # its name
    town: str | None = None
    issue: str | None = None  # its slug
    period: Period = "7d"
    role: Literal["councillor", "officer", "researcher"] = "councillor"

    def place(self, area: Area) -> str:
        """The chosen place's name, as a heading says it."""
        return self.ward or self.town or area.name


def window(choice: Choice, now: datetime, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """``(since, until)`` of the chosen period, in the zone of ``now``; ``until`` is ``now`` itself.

    "today" begins at the local midnight; "7d" is the 7 × 24 hours up to now.
    """
    if choice.period == "today":
        midnight = datetime.combine(now.astimezone(zone).date(), time(), zone)
        return midnight.astimezone(now.tzinfo), now
    return now - timedelta(days=int(choice.period.removesuffix("d"))), now


def read(area: Area, params: Mapping[str, str], period: Period = "7d") -> tuple[Choice, list[str]]:
    """The choice an address asks for, and a sentence for each part of it that could not be had.

    ``period`` is that of an address that names none. A ward goes before a town. Nothing of the
    address is repeated in a sentence: it is not our text.
    """
    asked = {k: params.get(k) or None for k in ("ward", "town", "issue", "period")}
    known: dict[str, Collection[str]] = {
        "ward": area.ward_by_name,
        "town": {t.name for t in area.towns},
        "issue": {i.slug for i in issues(area)},
        "period": PERIODS,
    }
    refused = [k for k, value in asked.items() if value is not None and value not in known[k]]
    kept: dict[str, Any] = {"period": period}
    kept |= {k: v for k, v in asked.items() if v is not None and k not in refused}
    if "ward" in kept:
        kept.pop("town", None)
    if {"ward", "town"} <= set(refused):
        refused.remove("town")  # one remark on the place is enough
    return Choice(**kept), [_refusal(area, k, period) for k in refused]


def _refusal(area: Area, part: str, period: Period) -> str:
    if part == "period":
        return f"The address asks for a time we do not have. You see the {PERIODS[period].lower()}."
    if part == "issue":
        return "The address names an issue we do not know. You see all issues."
    return f"The address names a {part} that is not in {area.name}. You see all of {area.name}."


def issues(area: Area) -> list[Issue]:
    """The issues that can be chosen, by label; talk of elections and noise cannot."""
    return sorted((i for i in area.issues if not i.noise and not i.election), key=lambda i: i.label)


def places(area: Area) -> dict[str, str]:
    """The entries of the place list and their labels: the area, each town with its wards, the rest.

    Keys read ``""``, ``town:Haver``, ``ward:Haver Castle`` and ``issues:``.
    Wards stand a little to the right below their town.
    """
    result = {"": f"All of {area.name}"}
    for town in sorted(t.name for t in area.towns):
        inside = sorted(w.name for w in area.wards if w.town == town)
        if inside:
            result[f"town:{town}"] = f"All of {town}"
            result |= {f"ward:{name}": f"\u2003{name}" for name in inside}
    alone = sorted(w.name for w in area.wards if f"ward:{w.name}" not in result)
    return result | {f"ward:{name}": name for name in alone} | {ISSUES: "An issue across the area…"}


def place_params(place: str) -> dict[str, str]:
    """What an entry of the place list puts in the address; a place takes any issue away."""
    if place == ISSUES:
        return {"issue": ""}
    kind, _, name = place.partition(":")
    return {kind: name} if name else {}


def choose(area: Area, now: datetime, page: str | None = None) -> Choice:
    """Draw the chooser and give what it says; ``now`` is the clock of the page it stands on.

    ``page`` is that page's name in the address; without it, the address that the reader is at tells.
    """
    page = _page() if page is None else page
    usual = DEFAULTS.get(page, Choice.period)
    choice, remarks = read(area, st.query_params, usual)
    here = _place(choice)
    with st.grid(2, min_column_width=130, gap="xsmall", key="chooser"):
        # Indented in the list only: the chosen one stands at the edge of its box.
        named = CHOSEN if here == ISSUES else places(area)[here].strip()
        _select("Where", "place", places(area) | {here: named}, here)
        if page not in TIMELESS:
            _select("When", "period", PERIODS, choice.period, usual)
        if "issue" in st.query_params:
            labels = {"": "Choose an issue"} | {i.slug: i.label for i in issues(area)}
            _select("Which issue", "issue", labels, choice.issue or "")
    for remark in remarks:
        st.caption(remark)
    return choice


def _page() -> str:
    """The page that the reader is at, as its address ends; empty for the first."""
    return urlsplit(st.context.url or "").path.rstrip("/").rpartition("/")[2]


def _place(choice: Choice) -> str:
    if choice.ward:
        return f"ward:{choice.ward}"
    if choice.town:
        return f"town:{choice.town}"
    return ISSUES if "issue" in st.query_params else ""


def _select(label: str, part: str, labels: dict[str, str], value: str, usual: str = "") -> None:
    key = f"choose_{part}"
    st.session_state[key] = value  # the address rules, whatever the widget said before
    st.selectbox(
        label,
        list(labels),
        key=key,
        format_func=lambda entry: labels[entry],
        label_visibility="collapsed",
        filter_mode="contains",
        on_change=_write,
        args=(part, usual),
    )


def _write(part: str, usual: str) -> None:
    """Put what a widget now says into the address; the page's ``usual`` leaves it."""
    value = st.session_state[f"choose_{part}"]
    if part == "place":
        for name in ("ward", "town", "issue"):
            st.query_params.pop(name, None)
        st.query_params.update(place_params(value))
    elif part == "period" and value == usual:
        st.query_params.pop(part, None)
    else:
        st.query_params[part] = value
