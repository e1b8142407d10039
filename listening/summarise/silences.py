"""The silences of our ears over all that a page looks back on, as the summaries ask for them.

A day on which no source of a place could have spoken is no evidence of quiet; and where the source
that carried most of the talk was down, less talk is no news. With ``NONE`` every day counts as heard.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pandas as pd

from listening.area import Area
from listening.summarise import listened, words
from listening.summarise.listened import SHORT, Listened, Span


@dataclass(frozen=True)
class Silences:
    """When each place and each source could not be heard."""

    places: Mapping[str, Listened] = field(default_factory=dict)  # by place key, over the whole time
    told: Mapping[str, Sequence[Span]] = field(default_factory=dict)  # when each source could be heard
    lost: Mapping[str, frozenset[date]] = field(default_factory=dict)  # days of each place: see ``days``

    def days(self, place: str) -> frozenset[date]:
        """The local days of which more than half could not be heard: no posts then is no nought."""
        return self.lost.get(place, frozenset())

    def of(self, place: str, since: datetime, until: datetime) -> tuple[Span, ...]:
        """The silences of a place that are long enough to be told, as far as they lie in a time.

        The time before it was first heard is none.
        """
        found = self.places.get(place)
        if found is None:
            return ()
        lasts = found.until  # what reaches it goes on: the record may be some minutes older than the page
        gaps = [(a, b if b < lasts else max(b, until)) for a, b in found.gaps if a > found.since]
        return _long(gaps, since, until)

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
    found = {
        key: listened.coverage(area, told, since, until, ward, town, carried)
        for key, (ward, town) in places.items()
    }
    return Silences(found, told, {key: _lost(heard, area.zone) for key, heard in found.items()})


def _lost(heard: Listened, zone: ZoneInfo) -> frozenset[date]:
    """Local days of which more than half lies in gaps, of as much of them as lies in the time."""
    gone: Counter[date] = Counter()
    whole: dict[date, int] = {}
    for begin, end in heard.gaps:
        days = (end.astimezone(zone).date() - begin.astimezone(zone).date()).days + 1
        for day in words.days(end.astimezone(zone).date(), days):
            first = max(datetime.combine(day, time(), zone), heard.since)
            last = min(datetime.combine(day + timedelta(days=1), time(), zone), heard.until)
            whole[day] = _seconds(first, last)
            gone[day] += max(0, _seconds(max(first, begin), min(last, end)))
    return frozenset(day for day, seconds in gone.items() if 2 * seconds > whole[day])


def _seconds(begin: datetime, end: datetime) -> int:
    return int(end.timestamp() - begin.timestamp())  # where clocks change, a day has 23 or 25 hours
