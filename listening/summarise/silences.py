"""The silences of our ears over all that a page looks back on, as the summaries ask for them.

A day on which no source of a place could have spoken is no evidence of quiet; and where the source
that carried most of the talk was down, less talk is no news. With ``NONE`` every day counts as heard.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pandas as pd

from listening.area import Area
from listening.summarise import listened
from listening.summarise.listened import SHORT, Listened, Span


@dataclass(frozen=True)
class Silences:
    """When each place and each source could not be heard."""

    places: Mapping[str, Listened] = field(default_factory=dict)  # by place key, over the whole time
    told: Mapping[str, Sequence[Span]] = field(default_factory=dict)  # when each source could be heard

    def days(self, place: str) -> frozenset[date]:
        """The local days on which nothing could be heard of a place."""
        found = self.places.get(place)
        return found.deaf_days if found else frozenset()

    def of(self, place: str, since: datetime, until: datetime) -> tuple[Span, ...]:
        """The silences of a place that are long enough to be told, as far as they lie in a time."""
        found = self.places.get(place)
        return _long(found.gaps, since, until) if found else ()

    def when(self, place: str, since: datetime, until: datetime, zone: ZoneInfo) -> str:
        """``from Tuesday to Friday``; ``since Tuesday`` where it lasts; empty where there was none."""
        return listened.when(self.of(place, since, until), since, until, zone)

    def missed(self, since: datetime, until: datetime) -> dict[str, float]:
        """The sources that were silent long enough to be told, each with the part it missed, 0–1."""
        whole = max(until - since, timedelta.resolution)
        found = {}
        for name, spans in self.told.items():
            gaps = listened.holes(listened.within(spans, since, until), since, until)
            if _long(gaps, since, until):
                found[name] = sum((end - begin for begin, end in gaps), timedelta(0)) / whole
        return found

    def part(self, posts: pd.Series, since: datetime, until: datetime) -> float:
        """The part of some talk that could be heard again in a time, 0–1; ``posts`` are by source."""
        missed, whole = self.missed(since, until), posts.sum()
        if not missed or not whole:
            return 1.0
        gone = sum(number * missed.get(str(name), 0.0) for name, number in posts.items())
        return float(1 - gone / whole)


def _long(gaps: Iterable[Span], since: datetime, until: datetime) -> tuple[Span, ...]:
    """More than 12 hours of the time, or more than half of a shorter one."""
    least = min(SHORT, (until - since) / 2)
    return tuple(gap for gap in listened.within(gaps, since, until) if gap[1] - gap[0] > least)


NONE = Silences()


def silences(
    area: Area,
    told: Mapping[str, list[Span]],
    places: Mapping[str, tuple[str | None, str | None]],
    since: datetime,
    until: datetime,
    carried: pd.DataFrame | None = None,
) -> Silences:
    """Of each of ``places`` (a key: its ward, its town); the rest as in ``listened.coverage``."""
    return Silences(
        {
            key: listened.coverage(area, told, since, until, ward, town, carried)
            for key, (ward, town) in places.items()
        },
        told,
    )
