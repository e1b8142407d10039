"""The particulars of the Sources page: below a source's sentence, of the wards, of the checklist."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd

from listening.area import Area, Source
from listening.summarise import health, words
from listening.summarise.hearing import Coverage
from listening.summarise.listened import Listened

GROUPS = {
    "failing": "Not answering",
    "stale": "Late",
    "paused": "Paused",
    "never": "Not asked yet",
    "quiet": "Quiet: alive, nothing new for a day",
    "ok": "Heard",
    "off": "Switched off",
}
CHANNELS = {
    "press": "Press",
    "official": "Council and public bodies",
    "public": "Residents",
    "report": "Fault reports",
    "heard": "Told to us",
}
DISPLAY = {
    "headline_link": "headline and link only",
    "excerpt": "a short excerpt and the link",
    "full": "full text",
}
LINES = {
    "controller": "who is responsible",
    "contact": "whom to ask",
    "purpose": "what it is for",
    "lawful_basis": "on what legal ground",
    "retention": "how long words are kept",
}
FEW = 2  # a ward with so many ears or fewer is named


def facts(row: dict[Any, Any], now: datetime, zone: ZoneInfo) -> str:
    """Channel, last heard, pace and longest gap: "Residents · last heard Sunday · 2 posts a week"."""
    parts = [CHANNELS[row["channel"]]]
    if row["state"] in ("failing", "paused") and not pd.isna(row["last_heard"]):
        parts.append(f"last heard {words.day(row['last_heard'], now, zone)}")
    if row["state"] != "off" and not pd.isna(row["last_heard"]):
        parts.append(pace(row["posts_a_day"]))
    if not pd.isna(row["longest_gap"]):
        parts.append(f"longest gap {_long(row['longest_gap'])}")
    return " · ".join(parts)


def pace(posts_a_day: float) -> str:
    """How much a source carries, in the unit that gives a whole number: a day, a week, four weeks."""
    for days, unit in ((1, "a day"), (7, "a week"), (28, "in four weeks")):
        number = round(posts_a_day * days)
        if number >= 1:
            return f"{words.count(number, 'post')} {unit}"
    return "no posts in four weeks"


def _long(gap: timedelta) -> str:
    hours = int(gap / timedelta(hours=1))
    return words.count(hours // 24, "day") if hours >= 48 else words.count(hours, "hour")


def terms(source: Source, area: Area) -> str:
    """How a source's words may be used, how long its text stays, and when that was checked."""
    keep = min(source.keep or area.retention, area.retention)
    sentences = [f"Shown as {DISPLAY[source.display]}.", f"Its text is kept {words.count(keep.days, 'day')}."]
    if source.licence:
        sentences.append(f"Licence: {source.licence}.")
    if source.terms:
        sentences.append(f"Terms: {source.terms.rstrip('.')}.")
    if source.checked:
        sentences.append(f"Checked {source.checked.day} {source.checked:%B %Y}.")
    return " ".join(sentences)


def wards_heard(coverages: dict[str, Coverage]) -> str:
    """Which wards could not be heard, and which hang on one or two ears."""
    deaf = [ward for ward, c in coverages.items() if c.deaf]
    few = [ward for ward, c in coverages.items() if not c.deaf and c.heard <= FEW]
    first = "Every ward could be heard in the last day."
    if deaf and len(deaf) == len(coverages):
        first = "No ward could be heard in the last day."
    elif deaf:
        of = f"{len(deaf)} of {words.count(len(coverages), 'ward')}"
        first = f"{of} could not be heard in the last day{_names(deaf)}."
    if not few:
        return first
    have = "1 more has" if len(few) == 1 else f"{len(few)} more have"
    return f"{first} {have if deaf else have.replace(' more', '')} only one or two ears{_names(few)}."


def wards_silent(over: dict[str, Listened], time: str) -> str:
    """Which wards could not be heard all through a time ("last 7 days"); empty where all could."""
    broken = [ward for ward, found in over.items() if found.broken]
    if not broken:
        return ""
    all_of_them = len(broken) == len(over)
    some = "no ward" if all_of_them else words.count(len(broken), "ward")
    could = "could be heard all the time" if all_of_them else "could not be heard all the time"
    return f"In the {time}, {some} {could}{'' if all_of_them else _names(broken)}."


def days_heard(found: Listened) -> str:
    """How much of a time a ward was heard: "all", "5 of 7 days", "9 of 14 hours", "none"."""
    if not found.broken:
        return "all"
    whole = found.until - found.since
    unit, size = ("day", timedelta(days=1)) if whole > timedelta(days=1) else ("hour", timedelta(hours=1))
    heard = round(found.share * (whole / size))
    return f"{heard} of {words.count(max(1, round(whole / size)), unit)}" if heard else "none"


def _names(wards: Sequence[str]) -> str:
    return f": {words.listed(wards)}" if len(wards) <= 4 else ""


def checklist(area: Area) -> list[str]:
    """What the operator still has to fill in, where, and what waits for it; one sentence if nothing."""
    missing = area.checklist.missing
    if not missing:
        return ["The checklist is filled in."]
    waiting = [s.name for s in area.sources if s.enabled and health.waits(area, s)]
    result = [
        f"The checklist in {area.config.name} still needs {words.count(len(missing), 'line')}:",
        *(f"- {line} ({LINES[line]})" for line in missing),
    ]
    if not waiting:
        return [*result, "\nNo source waits for it yet; residents' words will."]
    wait = "waits" if len(waiting) == 1 else "wait"
    return [*result, f"\n{words.count(len(waiting), 'source')} of residents' words {wait} for it."]
