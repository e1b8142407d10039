"""Area: a council's patch — wards, towns, places, bodies, issues, sources, settings.

``load("sources.yaml")`` gives a checked Area, or an AreaError that says file, line and what is
allowed. Areas share nothing: one area, one store.
"""

import os
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

AREA_TYPES = ("district", "county", "unitary", "london_borough", "metropolitan", "scottish", "welsh", "ni")
PLACE_KINDS = ("street", "park", "school", "landmark", "estate", "village")
DISPLAYS = ("headline_link", "excerpt", "full")
# A kind that is not built yet loads: the collector pauses it and says so.
SOURCE_KINDS = (
    "feed",
    "reddit",
    "facebook_page",
    "fixmystreet",
    "moderngov",
    "govuk",
    "lga",
    "floods",
    "mastodon",
    "bluesky",
    "file",
    "heard",
)
BROUGHT_IN = ("file", "heard")  # nobody asks these: a file is imported, a councillor types a note


@dataclass(frozen=True)
class Place:
    """A street, park, school or landmark, as residents name it."""

    name: str  # canonical
    wards: tuple[str, ...]  # names of the wards it stands in; several: it needs its town
    kind: str = "street"  # street, park, school, landmark, estate, village
    aliases: tuple[str, ...] = ()
    anchored: bool = False  # True: an ordinary word or common name, counted only beside its town


@dataclass(frozen=True)
class Ward:
    """One electoral ward; keyed by its GSS code."""

    name: str
    code: str
    town: str | None = None
    vintage: str | None = None  # boundary vintage, e.g. 2025-05
    aliases: tuple[str, ...] = ()  # other names, old names included
    was: tuple[tuple[str, str], ...] = ()  # (name, code) it carried before a rename
    centroid: tuple[float, float] | None = None  # lon, lat in degrees
    anchored: bool = False  # True: its name is an ordinary word and needs a town or "ward" beside it


@dataclass(frozen=True)
class Town:
    """A town or a village cluster that groups wards."""

    name: str
    aliases: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()  # words after it that mean another place ("Coldfield")


@dataclass(frozen=True)
class Body:
    """Who runs a duty here."""

    duty: str
    name: str  # as in "Runs it: Northshire County Council"; "us" for the council itself
    report: str | None = None  # where a resident reports it
    phone: str | None = None


@dataclass(frozen=True)
class Issue:
    """One class of the taxonomy. It names a duty; the area says which body runs that."""

    slug: str
    label: str
    duty: str
    terms: tuple[str, ...] = ()  # `*` at the end only
    exclude: tuple[str, ...] = ()  # false friends: they mask their own span
    failures: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = ()  # (objects, failure words)
    parent: str | None = None
    sensitive: bool = False  # listed only from 3 accounts up
    noise: bool = False  # a filter class (sport, adverts …): counted as noise, never as an issue
    election: bool = False  # talk of elections and conduct: never ranked
    lgsl: tuple[int, ...] = ()  # ids in the Local Government Services List
    fixmystreet: tuple[str, ...] = ()  # FixMyStreet's categories
    spots: tuple[str, ...] = ()  # terms that are also places ("by the bus stop"): not counted in passing
    together: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = ()  # as failures, anywhere in the post


@dataclass(frozen=True)
class Source:
    """One feed, subreddit, page … Its name is its identity."""

    name: str
    kind: str
    channel: str
    url: str | None = None
    every: timedelta = timedelta(minutes=30)
    enabled: bool = True
    why_disabled: str | None = None  # said where enabled is false
    covers: tuple[str, ...] = ()  # ward or town names it could have heard; empty: the whole area
    keep: timedelta | None = None  # how long its text may stay; None: the area's retention
    display: str = "headline_link"  # headline_link, excerpt, full
    terms: str | None = None  # a note of its terms
    checked: date | None = None  # when the terms and address were last checked
    licence: str | None = None  # e.g. "OGL": openly licensed sources need no checklist
    was: tuple[str, ...] = ()
    options: dict[str, Any] = field(default_factory=dict)  # what only this kind knows
    line: int | None = None  # in sources.yaml


@dataclass(frozen=True)
class Checklist:
    """The operator's five lines; until all are there, residents' words are not collected."""

    controller: str = ""
    contact: str = ""
    purpose: str = ""
    lawful_basis: str = ""
    retention: timedelta | None = None

    @property
    def missing(self) -> list[str]:
        """The lines still empty, by name."""
        names = ("controller", "contact", "purpose", "lawful_basis", "retention")
        return [n for n in names if not getattr(self, n)]


@dataclass(frozen=True)
class Area:
    """A council's patch, checked."""

    name: str
    code: str
    type: str  # district, county, unitary, london_borough, metropolitan, scottish, welsh, ni
    timezone: str
    wards: tuple[Ward, ...]
    towns: tuple[Town, ...]
    places: tuple[Place, ...]
    bodies: tuple[Body, ...]
    issues: tuple[Issue, ...]
    sources: tuple[Source, ...]
    checklist: Checklist
    store: str  # database URL, absolute
    config: Path  # the sources.yaml it came from
    aliases: tuple[str, ...] = ()  # other names of the whole area
    council: str = ""  # e.g. "Ashfield District Council"
    office_holders: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()  # places outside that make a namesake foreign
    phones: dict[str, str] = field(default_factory=dict)  # out_of_hours, duty_officer …
    postcodes: dict[str, str] = field(default_factory=dict)  # full postcode -> ward code
    postcode_areas: tuple[str, ...] = ()  # letters an invented area adds to the real ones
    allow_private: tuple[str, ...] = ()  # hosts on private networks that may be asked
    user_agent: str = ""
    invented: bool = False  # the sample area: a banner everywhere, its clock stands still
    clock: datetime | None = None  # UTC; where set, "now" stands still here
    retention: timedelta = timedelta(days=90)
    tone_layer: tuple[float, ...] = ()  # what the team's own labels taught; see analyse/tonelayer.py

    @cached_property
    def zone(self) -> ZoneInfo:
        """The area's time zone."""
        return ZoneInfo(self.timezone)

    @cached_property
    def ward_by_name(self) -> dict[str, Ward]:
        """Current ward names to wards."""
        return {w.name: w for w in self.wards}

    @cached_property
    def ward_by_code(self) -> dict[str, Ward]:
        """GSS codes to wards."""
        return {w.code: w for w in self.wards}

    @cached_property
    def issue_by_slug(self) -> dict[str, Issue]:
        """Slugs to issues."""
        return {i.slug: i for i in self.issues}

    @cached_property
    def source_by_name(self) -> dict[str, Source]:
        """Names to sources."""
        return {s.name: s for s in self.sources}

    def body(self, issue: str) -> Body | None:
        """Who runs an issue here, or None where the area does not say."""
        duty = self.issue_by_slug[issue].duty
        return next((b for b in self.bodies if b.duty == duty), None)

    def hears(self, source: Source, ward: str) -> bool:
        """Whether a source could have heard of a ward."""
        return not source.covers or ward in source.covers or self.ward_by_name[ward].town in source.covers


def load(path: str | Path = "sources.yaml") -> Area:
    """The Area that a sources.yaml describes, checked.

    Its store is ``LISTENING_STORE`` where the environment or ``.env`` has that; an invented area keeps its
    own. Raises one AreaError that lists every fault found, one a line, each with its file and line.
    """
    from dotenv import load_dotenv

    from listening import configure  # imported here: it needs the nouns above

    load_dotenv()
    area, elsewhere = configure.area(Path(path)), os.environ.get("LISTENING_STORE")
    return replace(area, store=elsewhere) if elsewhere and not area.invented else area


def describe(area: Area) -> str:
    """A few lines that tell a person what was read.

    The first is the whole in numbers; then what keeps sources waiting, and what nobody is named for.
    """
    asked = sum(s.enabled for s in area.sources)
    kinds = [
        _several(len(area.wards), "ward"),
        _several(len(area.towns), "town"),
        _several(len(area.places), "place"),
        _several(len(area.issues), "issue"),
        f"{_several(len(area.sources), 'source')} ({asked:,} enabled)",
    ]
    lines = [f"{area.name}: {', '.join(kinds)}"]
    if area.checklist.missing and not area.invented:
        lines.append(f"Checklist: still empty: {', '.join(area.checklist.missing)}")
    if unnamed := [i.label for i in area.issues if not i.noise and not area.body(i.slug)]:
        lines.append(f"Nobody is named for: {', '.join(unnamed)}")
    for source in area.sources:
        if not source.enabled:
            lines.append(f"Not asked: {source.name}: {source.why_disabled or 'no reason given'}")
    return "\n".join(lines)


def _several(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + ("" if number == 1 else "s")
