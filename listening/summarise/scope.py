"""What a page looks at: a place, perhaps one issue, and a window of time; and the store behind it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Protocol

import pandas as pd

from listening.area import Area
from listening.summarise import words
from listening.summarise.listened import ALL_THE_TIME
from listening.summarise.silences import NONE, Silences
from listening.summarise.trends import WEEKS

SPANS = {"today": "day so far", "7d": "week", "28d": "four weeks", "90d": "three months"}
TIMES = {"today": "since midnight", "7d": "this week", "28d": "in four weeks", "90d": "in three months"}
Read = Callable[..., pd.DataFrame]
TOWN = "town:"  # before a town's name in a place key


class Ledger(Protocol):
    """What summaries ask of a store: the reading methods of ``listening.store.Store``."""

    @property
    def tally(self) -> Read:
        """Exact distinct figures of a window."""

    @property
    def counts(self) -> Read:
        """The roll-up, by day, week or month."""

    @property
    def posts(self) -> Read:
        """The posts themselves, newest first."""

    @property
    def noise(self) -> Read:
        """What was left out, by kind."""

    @property
    def heard(self) -> Read:
        """One row a source that has posts."""

    def began(self, until: datetime) -> dict[str, datetime]:
        """When each source's first post was published."""

    def first(self) -> datetime | None:
        """When the first post was published."""


@dataclass(frozen=True)
class Scope:
    """A ward, a town or the whole area; one issue or all; ``[since, until)``, ``until`` being now."""

    area: Area
    ward: str | None
    town: str | None
    issue: str | None
    period: str  # today, 7d, 28d, 90d
    since: datetime
    until: datetime
    silences: Silences = field(default=NONE, repr=False)
    unheard: bool = False  # no source that is asked was heard of it: there is only what was brought in

    @property
    def place(self) -> str:
        """Its name on screen."""
        return self.ward or self.town or self.area.name

    @property
    def kind(self) -> str:
        """ward, town or area."""
        return "ward" if self.ward else "town" if self.town else "area"

    @property
    def key(self) -> str:
        """Its key among the places of the roll-up."""
        return self.ward or (f"{TOWN}{self.town}" if self.town else self.area.code)

    @property
    def only(self) -> dict[str, Any]:
        """The place and the issue, as ``tally`` and ``posts`` take them."""
        chosen = {
            "wards": [self.ward] if self.ward else None,
            "towns": [self.town] if self.town and not self.ward else None,
            "issues": [self.issue] if self.issue else None,
        }
        return {name: value for name, value in chosen.items() if value}

    @property
    def read(self) -> dict[str, Any]:
        """The same for reading posts: only those with a recognised issue, as the figures have it."""
        return {**self.only, "issues": [self.issue or "any"]}

    @property
    def home(self) -> str | None:
        """The town: its own, or its ward's."""
        return self.area.ward_by_name[self.ward].town if self.ward else self.town

    @property
    def days(self) -> int:
        """Length in whole days; 1 for the day so far."""
        return 1 if self.period == "today" else int(self.period.removesuffix("d"))

    def deaf(self, place: str = "") -> frozenset[date]:
        """The local days on which nothing could be heard of its place, or of that of a key."""
        return self.silences.days(place or self.key)

    @property
    def silent(self) -> str:
        """When in the window nothing could be heard of its place, ``from Tuesday to Friday``, or empty.

        Of a place that is ``unheard`` and never was heard before: all the time.
        """
        told = self.silences.when(self.key, self.since, self.until, self.area.zone)
        return told or (ALL_THE_TIME if self.unheard else "")

    def at(self, **changes: Any) -> "Scope":
        """The same scope elsewhere or at another time."""
        return Scope(**{**{f: getattr(self, f) for f in self.__dataclass_fields__}, **changes})


def parents(area: Area) -> dict[str, str]:
    """Each ward's town and each town's area, as place keys; a ward without a town leads to the area."""
    wards = {w.name: f"{TOWN}{w.town}" if w.town else area.code for w in area.wards}
    return {**wards, **{f"{TOWN}{t.name}": area.code for t in area.towns}}


def spoken(area: Area, place: str) -> str:
    """A place key as a reader says it: ``Larkford Bridge``, ``Larkford``, ``Haverdale``."""
    return area.name if place == area.code else place.removeprefix(TOWN)


def ranked(area: Area, issues: Any) -> list[bool]:
    """Which issues may stand in a list: the area's own, neither noise nor talk of elections."""
    known = area.issue_by_slug
    return [i in known and not known[i].noise and not known[i].election for i in issues]


def last_block(scope: Scope) -> date:
    """The day after the last whole day before the window: earlier blocks end here, not in it."""
    return (scope.until - timedelta(days=scope.days)).astimezone(scope.area.zone).date()


def weeks_heard(scope: Scope, first: date) -> int:
    """For how many weeks its place was heard before the window, since it was ``first`` heard."""
    end, deaf = last_block(scope), scope.deaf()
    return max(0, (end - first).days - sum(first <= day < end for day in deaf)) // 7


def history(scope: Scope) -> dict[str, datetime]:
    """The window of the roll-up that a usual range may rest on, whole local days."""
    end = words.midnight(scope.until - timedelta(days=scope.days), scope.area.zone)
    return {"since": end - timedelta(days=7 * WEEKS + scope.days + 1), "until": end}


def same_times(scope: Scope, weeks: int = 12) -> list[tuple[datetime, datetime]]:
    """Midnight to this hour on the same weekday of earlier weeks, newest first, on the local clock.

    Days on which nothing could be heard of the place are left out.
    """
    zone, deaf = scope.area.zone, scope.deaf()
    start, end = words.midnight(scope.until, zone), scope.until.astimezone(zone)
    times = [(start - timedelta(weeks=w), end - timedelta(weeks=w)) for w in range(1, weeks + 1)]
    return [time for time in times if time[0].date() not in deaf]


def by_morning(
    store: Ledger, times: Sequence[tuple[datetime, datetime]], by: Sequence[str] = (), **told: Any
) -> pd.DataFrame:
    """What was said of each of these (as of ``same_times``), in one question: ``tally`` by ``day``.

    ``by`` are further cuts. ``day`` is a date; a morning without posts has no row.
    """
    if not times:
        return pd.DataFrame(columns=["day", *by, *told["figures"]])
    ends = min(t[0] for t in times), max(t[1] for t in times)
    rows = store.tally(*ends, by=("day", *by), spans=times, **told)
    return rows.assign(day=rows["day"].dt.date)


def first_heard(store: Ledger, scope: Scope) -> date:
    """The local day on which the first source that could speak of the place was first heard."""
    began, area = store.began(scope.until), scope.area
    wards = [w.name for w in area.wards if scope.ward in (None, w.name) and scope.town in (None, w.town)]
    ears = [s.name for s in area.sources if s.channel == "public" and any(area.hears(s, w) for w in wards)]
    first = min((began[name] for name in ears if name in began), default=None)
    return scope.until.date() if first is None else first.astimezone(area.zone).date()
