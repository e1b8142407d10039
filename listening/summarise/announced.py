"""What government and sector bodies announce: items about nothing particular that touch our issues."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pandas as pd

from listening.area import Area
from listening.summarise.ahead import dates
from listening.summarise.rows import each

BACK = timedelta(days=7)
SHOWN = 5
_ANNOUNCES = re.compile(
    r"\b(?:consult\w*|guidance|call for (?:evidence|views)|fund(?:ing|s)?|grants?|strateg\w+|white paper|"
    r"green paper|bill|regulations?|legislation|inspection|settlement|polic(?:y|ies)|review|reforms?|"
    r"statutory|devolution|reorgani[sz]ation)\b",
    re.IGNORECASE,
)
_CLOSES = re.compile(r"\b(?:clos\w+|deadline|ends?|by|until|respond)\b[^.!?]*", re.IGNORECASE)


@dataclass(frozen=True)
class Announced:
    """One item of government or a sector body."""

    at: datetime
    title: str
    source: str
    url: str | None
    issues: tuple[str, ...]  # slugs
    matches: str | None  # the word of the first issue it matched
    closes: date | None


def announced(items: pd.DataFrame, area: Area, now: datetime, issue: str | None = None) -> list[Announced]:
    """The announcements of the last 7 days, newest first.

    An announcement is an official item with a headline that names no place of ours and speaks of
    a consultation, guidance, funding and the like. The council's own are left out.
    With ``issue`` only those on it.
    """
    rows = items[(items["channel"] == "official") & (items["published"] > now - BACK)]
    found = []
    for item in each(rows.sort_values("published", ascending=False)):
        text = f"{item.title or ''}. {item.text or ''}"
        own = item.source == area.council
        if not item.title or own or item.wards or item.towns or item.copy_of or not _ANNOUNCES.search(text):
            continue
        if issue is None or issue in item.issues:
            found.append(_announced(item, text, area))
    return found[:SHOWN]


def _announced(item: object, text: str, area: Area) -> Announced:
    row = dict(item._asdict())  # type: ignore[attr-defined]
    slugs = [s for s in row["issues"] if s in area.issue_by_slug]
    words = (row["evidence"] or {}).get(slugs[0], {}).get("words", []) if slugs else []
    said = row["published"].tz_convert(area.zone).date()
    ends = [d for part in _CLOSES.findall(text) for d in dates(part, said) if d >= said]
    return Announced(
        row["published"].to_pydatetime(),
        row["title"],
        row["source"],
        row["url"],
        tuple(slugs),
        words[0].lower() if words else None,
        min(ends) if ends else None,
    )
