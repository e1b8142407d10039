"""What was done about an issue in a place: told by people, append-only, by date and role.

A deed is the decision ``"done"`` of the store; ``undoes`` takes one back. Nothing here is about a
resident: a team may be named, a person may not. What a public body said in its own posts on the
same issue and place counts without typing. Both count for 60 days.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

import pandas as pd

from listening.area import Area
from listening.summarise import seeking
from listening.summarise.phrasing import given_names
from listening.summarise.rows import each
from listening.summarise.scope import TOWN, parents
from listening.summarise.words import count, day

KIND = "done"  # of the decision
COUNTS_FOR = timedelta(days=60)  # product rule 10: what is older says nothing about now
STEPS = {"seen": "Seen", "passed": "Passed to …", "answered": "Answered", "closed": "Closed"}
NOBODY = "Not looked at"
LONGEST = 60  # letters of a team's name
NEEDED = {"passed": "Which team?", "answered": "Where is the answer? Paste its link."}
NO_TEAM = "Write the name of a team, such as Waste. Never a person, a number or an address."
NO_LINK = "A link begins with https:// and leads to a page of a public body."
ASKED_FOR = "What you write here can be asked for under freedom of information. Name teams, never people."
SAMPLE = "In this sample area it is kept in the sample only. You can undo it."

PUBLIC = (".gov.uk", ".nhs.uk", ".police.uk")  # only public bodies are given these names
PEOPLES = ("reddit", "facebook_page", "mastodon", "bluesky")  # sources on hosts where anybody writes

_WORD = re.compile(r"[^\W\d_]+")
_HOST = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+")
_UK_POSTCODE = re.compile(r"\b[A-Z]{1,2}[0-9][0-9A-Z]?\s*[0-9][A-Z]{2}\b", re.IGNORECASE)
_SEVERAL = re.compile(r"[0-9](?:[ ().-]?[0-9]){4}")  # no team has so many digits
Masked = Callable[[str, Area], str]


@dataclass(frozen=True)
class Matter:
    """What a deed is about: an issue in a place, or a story that has none."""

    issue: str  # its slug
    place: str  # its key among the places
    story: str = ""  # its id, where a story is about no issue or place

    @property
    def key(self) -> dict[str, str]:
        """The same as a decision holds it."""
        return {"story": self.story} if self.story else {"issue": self.issue, "place": self.place}


@dataclass(frozen=True)
class Deed:
    """One thing that was done."""

    number: int  # of the decision
    matter: Matter
    step: str  # of STEPS
    more: str  # the team, or the link
    role: str
    at: datetime


def deeds(decisions: pd.DataFrame, now: datetime) -> tuple[Deed, ...]:
    """The deeds that stand at ``now``, oldest first; one that was undone or erased does not.

    ``decisions`` are those of the kind "done", as the store gives them.
    """
    undone = {int(n) for n in decisions["undoes"].dropna()}
    found = []
    for row in each(decisions):
        if row.id in undone or row.erased or row.at > now or not _whole(row.about, row.value):
            continue
        about, value = row.about, row.value
        matter = Matter(about.get("issue", ""), about.get("place", ""), about.get("story", ""))
        more = str(value.get("more") or "")
        found.append(Deed(int(row.id), matter, value["step"], more, row.role, row.at.to_pydatetime()))
    return tuple(found)


def _whole(about: Any, value: Any) -> bool:
    return isinstance(about, Mapping) and isinstance(value, Mapping) and value.get("step") in STEPS


def upon(found: Iterable[Deed], matter: Matter, area: Area) -> tuple[Deed, ...]:
    """The deeds on this matter, oldest first: on the issue, here or in a larger place around it."""
    if matter.story:
        return tuple(d for d in found if d.matter.story == matter.story)
    around = {matter.place, *_above(matter.place, parents(area))}
    return tuple(d for d in found if d.matter.issue == matter.issue and d.matter.place in around)


def _above(place: str, known: Mapping[str, str]) -> Iterable[str]:
    while place in known:
        place = known[place]
        yield place


def newest(found: Iterable[Deed], now: datetime) -> Deed | None:
    """The newest deed that still counts."""
    fresh = [d for d in found if now - d.at <= COUNTS_FOR]
    return fresh[-1] if fresh else None


def story(id: str, issues: Iterable[str], place: str | None, area: Area) -> Matter:
    """What a story is about: its first issue in its place, so that it is one matter with that issue there."""
    known = [i for i in issues if i in area.issue_by_slug]
    if known and place:
        return Matter(known[0], place if place in area.ward_by_name else f"{TOWN}{place}")
    return Matter("", "", id)


def refused(step: str, more: str, area: Area, masked: Masked) -> str:
    """Why a deed cannot be kept as it is; empty where it can.

    A team's name may hold no account, no given name and nothing that reads as somebody's name: the
    check of Explore's search (``seeking``), and a list of given names that only names of places and
    bodies of the area may use. A surname alone passes, for most are words. Neither a team nor a link
    may hold what ``masked`` (the redaction of posts) would mask.
    """
    more = more.strip()
    if step not in NEEDED:
        return ""
    if not more:
        return NEEDED[step]
    if step == "answered":
        return "" if _is_link(more, area, masked) else NO_LINK
    if len(more) > LONGEST:
        return NO_TEAM
    local = set(_WORD.findall(seeking.local(area)))
    named = {w for w in _WORD.findall(more.lower()) if w in given_names()} - local
    return NO_TEAM if named or seeking.refused(more, area) or _personal(more, area, masked) else ""


def _personal(words: str, area: Area, masked: Masked) -> bool:
    """Whether redaction finds something, or what it needs more words for stands there alone."""
    return bool(
        any(masked(said, area) != said for said in (words, words.title()))
        or _UK_POSTCODE.search(words)
        or _SEVERAL.search(words)
    )


def _is_link(text: str, area: Area, masked: Masked) -> bool:
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return False
    if parts.scheme not in ("http", "https") or port not in (None, 80, 443) or re.search(r"\s", text):
        return False
    return _is_public(parts, area) and not seeking.names_account(text) and not _tells(parts, area, masked)


def _is_public(parts: SplitResult, area: Area) -> bool:
    """Whether a link leads to a body of the area, an official source, or a host like theirs (PUBLIC)."""
    given = [b.report for b in area.bodies]
    given += [s.url for s in area.sources if s.channel == "official" and s.kind not in PEOPLES]
    hosts = {_host(urlsplit(url)) for url in given if url}
    found = _host(parts)
    return _HOST.fullmatch(found) is not None and (found in hosts or f".{found}".endswith(PUBLIC))


def _host(parts: SplitResult) -> str:
    return (parts.hostname or "").removeprefix("www.")


def _tells(parts: SplitResult, area: Area, masked: Masked) -> bool:
    """Whether redaction would mask something in the path or after it, as it stands or read as words."""
    pieces = re.split(r"[/&=?;]", unquote("/".join((parts.path, parts.query, parts.fragment))))
    said = [form for p in pieces for form in (p, re.sub(r"[-_+.]+", " ", p))]
    return any(masked(form, area) != form for words in said for form in (words, words.title()))


# --- the sentences ------------------------------------------------------------------------------


def said(deed: Deed, now: datetime, area: Area) -> str:
    """``Passed to Waste · Friday · officer``; a link is drawn beside it."""
    done = f"Passed to {deed.more}" if deed.step == "passed" else STEPS[deed.step]
    return f"{done} · {day(deed.at, now, area.zone)} · {deed.role}"


def status(deed: Deed | None, statements: int, last: datetime | None, now: datetime, area: Area) -> str:
    """The newest thing done, in a few words: what was typed, else what public bodies said, else nothing.

    ``statements`` are official posts on the same issue and place in the last 60 days.
    """
    if deed and not (deed.step == "seen" and statements):
        return said(deed, now, area)
    if statements and last:
        return f"Answered · {count(statements, 'statement')}, newest {day(last, now, area.zone)}"
    return NOBODY
