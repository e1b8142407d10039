"""I heard this: what a councillor was told at the door or in surgery, as one post of channel ``heard``.

A note is one post and no voice, however many people it speaks of: their number is kept as its ``score``
and said in its title, and is never added to posts or accounts. Its sentence walks the same way as all
posts: redacted before the disk, analysed, stored, purged.
"""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import pandas as pd

from listening import post
from listening.area import Area, Source
from listening.errors import WordsError
from listening.store import Store

MOST = 500  # people: a full hall; more is a petition
LONGEST = 300  # characters of the sentence
BACK = timedelta(days=28)  # how long ago it may have been heard
ELSE = "Something else"


@dataclass(frozen=True)
class Spot:
    """A place to choose: a ward, or a street with the ward it stands in."""

    label: str  # as it is read in the list
    said: str = ""  # as the title says it; empty for the whole area
    ward: str | None = None  # its code


@dataclass(frozen=True)
class Note:
    """What is typed into the form."""

    issue: str | None  # a slug; None: something else
    spot: Spot
    people: int
    words: str = ""
    day: date | None = None  # None: today
    key: str = ""  # one a form: sent twice, it is one note


def source(area: Area) -> Source | None:
    """Where notes go: the first source of kind ``heard`` that is on; None where there is none."""
    return next((s for s in area.sources if s.kind == "heard" and s.channel == "heard" and s.enabled), None)


def spots(area: Area) -> list[Spot]:
    """The whole area, its wards, then its streets and other places, a line for each ward they are in."""
    code = {w.name: w.code for w in area.wards}
    wards = [Spot(w.name, w.name, w.code) for w in sorted(area.wards, key=lambda w: w.name)]
    places = [Spot(f"{p.name} ({w})", p.name, code[w]) for p in area.places for w in p.wards if w in code]
    return [Spot(f"All of {area.name}"), *wards, *sorted(places, key=lambda s: s.label)]


def raw(note: Note, area: Area, now: datetime) -> pd.DataFrame:
    """The note as one raw post; a WordsError where a number or a day is not possible."""
    known = source(area)
    if known is None and not area.invented:
        raise WordsError(f"no source of kind heard is in {area.config.name}: add one to keep what you hear")
    if not 1 <= note.people <= MOST:
        raise WordsError(f"how many people must be 1 to {MOST}; got {note.people}")
    if note.issue is None and not note.words.strip():
        raise WordsError("say in a few words what it was about, or choose an issue")
    made = {
        "id": "heard:"
        + hashlib.sha256(f"{_name(known)}\x00{note.key or repr(note)}".encode()).hexdigest()[:32],
        "source": _name(known),
        "channel": "heard",
        "kind": "post",
        "published": _when(note, area, now),
        "collected": now,
        "title": title(note, area),
        "text": note.words.strip()[:LONGEST] or None,
        "score": note.people,
        "place_hint": note.spot.ward,
    }
    return post.complete(pd.DataFrame([made], dtype="object"))


def _name(known: Source | None) -> str:
    """The source's name; in the invented area, which keeps no notes, any will do."""
    return known.name if known else "I heard this"


def title(note: Note, area: Area) -> str:
    """``Heard from 4 people: Bins, Mill Lane``; ``analyse.told`` reads it."""
    about = area.issue_by_slug[note.issue].label if note.issue else ELSE
    people = "1 person" if note.people == 1 else f"{note.people} people"
    return f"Heard from {people}: {', '.join(p for p in (about, note.spot.said) if p)}"


def _when(note: Note, area: Area, now: datetime) -> datetime:
    """Now, or noon of an earlier day: the hour was not asked."""
    today = now.astimezone(area.zone).date()
    day = note.day or today
    if not today - BACK <= day <= today:
        raise WordsError(f"when must be in the last {BACK.days} days; got {day}")
    return now if day == today else datetime.combine(day, time(12), area.zone)


def shown(note: Note, area: Area, now: datetime) -> list[str]:
    """The lines that would be kept, redacted; nothing is stored."""
    from listening import clean

    cleaned = clean.run(raw(note, area, now), area, b"nothing is stored with this key").iloc[0]
    return [str(v) for v in (cleaned["title"], cleaned["text"]) if isinstance(v, str)]


def keep(note: Note, area: Area, store: Store, now: datetime) -> list[str]:
    """Store the note, and give the lines as they were kept; it need not wait for a collector at work.

    Raises WordsError where the area is invented, the checklist is not filled in, or no source of kind
    ``heard`` is there.
    """
    from listening import (
        pipeline,  # here: it knows all rooms, and a page that is only read needs none of them
    )

    row = raw(note, area, now)
    pipeline.bring_in(row, area, store, now, alone=False)
    return shown(note, area, now)
