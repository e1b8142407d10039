"""When a place could be heard: which of its sources could have spoken, hour by hour and day by day.

A source could have spoken from one answer to the next, where no more lies between than it may go
unheard (``patience``): what it brought at the second had come since the first. Late, failing and
paused runs are no answers. Before its first run it could have spoken from its first post on: its
first answer brought those. What is never asked but brought in was heard from its first post to its
last: a file tells nothing of the days after, whenever it was brought.

So no posts of a week are told apart from a week in which nobody listened.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pandas as pd

from listening.area import Area, Source
from listening.summarise import words
from listening.summarise.hearing import DAY, speakers

ANSWERED = ("ok", "quiet")
NAMED = 2  # sources, and spells of one, named in a sentence; the rest are counted
ALL_THE_TIME = "all the time"  # how `when` tells of a silence without begin and end
SHORT = timedelta(hours=12)  # a spell no longer than this is not worth a sentence

Span = tuple[datetime, datetime]


@dataclass(frozen=True)
class Listened:
    """The ears of a place over a time."""

    since: datetime
    until: datetime
    shares: dict[
        str, float
    ]  # of each source that speaks of the place: the part of the time it was heard, 0–1
    missed: dict[str, tuple[Span, ...]]  # when each of them could not be heard, where that was long
    gaps: tuple[Span, ...]  # when none of them could, however short
    deaf_days: frozenset[date]  # local days on which, from end to end of what lies in the time, none could
    sentence: str  # of silences that are over; empty where there were none

    @property
    def share(self) -> float:
        """The part of the time in which at least one source could have spoken, 0–1."""
        return 1.0 - _length(self.gaps) / max(self.until - self.since, timedelta.resolution)

    @property
    def broken(self) -> bool:
        """Whether there was a silence of all its sources long enough to be told."""
        return any(_span(gap) > SHORT for gap in self.gaps)

    def deaf(self, begins: date, days: int = 1) -> bool:
        """Whether nothing could be heard on any of so many local days: a gap there is no nought."""
        return all(begins + timedelta(days=n) in self.deaf_days for n in range(days))


def patience(source: Source) -> timedelta:
    """How long a source may go unheard between two answers."""
    return max(DAY, 3 * source.every)


def coverage(
    area: Area,
    told: Mapping[str, list[Span]],
    since: datetime,
    until: datetime,
    ward: str | None = None,
    town: str | None = None,
    carried: pd.DataFrame | None = None,
) -> Listened:
    """Which sources could have spoken about a ward, a town or the whole area from ``since`` to ``until``.

    ``told`` is what ``spells`` gives; ``carried``: as in ``hearing.speakers``.
    """
    names = speakers(area, ward, town, carried)
    inside = {name: within(told.get(name, []), since, until) for name in names}
    missed = {name: holes(spans, since, until) for name, spans in inside.items()}
    gaps = holes(_joined(span for spans in inside.values() for span in spans), since, until)
    whole = max(until - since, timedelta.resolution)
    long = {name: tuple(s for s in spans if s[1] - s[0] > SHORT) for name, spans in missed.items()}
    long = {name: spans for name, spans in long.items() if spans}
    files = speakers(area, ward, town, carried, by_hand=True)
    brought = any(within(told.get(name, []), since, until) for name in files)
    return Listened(
        since=since,
        until=until,
        shares={name: _length(spans) / whole for name, spans in inside.items()},
        missed=long,
        gaps=gaps,
        deaf_days=_whole_days(gaps, since, until, area.zone),
        sentence=_sentence(long, gaps, (since, until), area.zone, ward or town or area.name, brought),
    )


def spells(
    area: Area,
    runs: pd.DataFrame,
    heard: pd.DataFrame,
    until: datetime,
    begun: Mapping[str, datetime] | None = None,
) -> dict[str, list[Span]]:
    """When each source of the area could have spoken: spans, oldest first, none touching the next.

    ``runs`` and ``heard`` are what the store gives up to ``until``; to judge a time, let the runs begin
    the longest ``patience`` before it (four weeks are plenty). ``begun``: when each was first asked.
    """
    past = runs[runs["first"] <= until]
    runs_of = dict(iter(past.groupby("source")))
    posts_of = {row["source"]: row for row in heard.to_dict("records")}
    result = {}
    for source in area.sources:
        own, posts = runs_of.get(source.name), posts_of.get(source.name)
        spans = [] if own is None else _answers(own, until, patience(source))
        asked = (begun or {}).get(source.name)
        if posts and asked and spans and posts["first_post"] < spans[0][0] <= asked + patience(source):
            spans.insert(0, (posts["first_post"].to_pydatetime(), spans[0][0]))
        elif posts and own is None and not asked:
            spans = [(posts["first_post"].to_pydatetime(), min(posts["last_post"].to_pydatetime(), until))]
        result[source.name] = _joined(spans, patience(source))
    return result


def _answers(runs: pd.DataFrame, until: datetime, patience: timedelta) -> list[Span]:
    """The spans of a source's answers; after the last it goes on being heard, unless it then failed."""
    answered = runs["state"].isin(ANSWERED)
    rows = runs[answered].sort_values("first", kind="stable")
    first, last = rows["first"], rows["last"].where(rows["last"] <= until, until).cummax()
    begins = (first - last.shift()).gt(patience) | (pd.RangeIndex(len(rows)) == 0)  # a silence lies before
    ends = begins.shift(-1, fill_value=True)
    spans = [(a.to_pydatetime(), b.to_pydatetime()) for a, b in zip(first[begins], last[ends], strict=True)]
    if spans and answered.iloc[-1] and until - spans[-1][1] <= patience:
        spans[-1] = (spans[-1][0], until)
    return spans


def _joined(spans: Iterable[Span], apart: timedelta = timedelta(0)) -> list[Span]:
    """The spans in order; those no further ``apart`` than this made one."""
    result: list[Span] = []
    for begin, end in sorted(spans):
        if result and begin - result[-1][1] <= apart:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((begin, end))
    return result


def within(spans: Iterable[Span], since: datetime, until: datetime) -> list[Span]:
    """The parts inside a time."""
    return [(max(begin, since), min(end, until)) for begin, end in spans if begin < until and end > since]


def holes(spans: Iterable[Span], since: datetime, until: datetime) -> tuple[Span, ...]:
    """What the spans leave open of a time."""
    edges = [(since, since), *_joined(spans), (until, until)]
    pairs = ((before[1], after[0]) for before, after in pairwise(edges))
    return tuple((begin, end) for begin, end in pairs if begin < end)


def when(gaps: Iterable[Span], since: datetime, until: datetime, zone: ZoneInfo) -> str:
    """``from Tuesday to Friday``; ``since Tuesday`` where it lasts; the newest two of more; or nothing."""
    return words.listed(_since(span, (since, until), zone) for span in [*gaps][-NAMED:])


def _since(span: Span, whole: Span, zone: ZoneInfo) -> str:
    if span[1] < whole[1]:
        return _when(span, whole, zone)
    return ALL_THE_TIME if span[0] <= whole[0] else f"since {words.day(span[0], whole[1], zone)}"


def _length(spans: Iterable[Span]) -> timedelta:
    return sum((end - begin for begin, end in spans), timedelta(0))


def _whole_days(gaps: Iterable[Span], since: datetime, until: datetime, zone: ZoneInfo) -> frozenset[date]:
    """Local days that lie in a gap as far as they lie in the time at all."""
    first, last = since.astimezone(zone).date(), until.astimezone(zone).date()
    result = []
    for day in words.days(last, (last - first).days + 1):
        begin = max(datetime.combine(day, time(), zone), since)
        end = min(datetime.combine(day + timedelta(days=1), time(), zone), until)
        if begin < end and any(g[0] <= begin and end <= g[1] for g in gaps):
            result.append(day)
    return frozenset(result)


def _sentence(
    missed: Mapping[str, tuple[Span, ...]],
    gaps: tuple[Span, ...],
    whole: Span,
    zone: ZoneInfo,
    place: str,
    brought: bool,
) -> str:
    """The silences that are over: those that last are told by ``hearing.coverage``.

    Where posts of the time were ``brought`` in by hand, of the sources that we ask.
    """
    deaf = [g for g in gaps if _span(g) > SHORT and g[1] < whole[1]]
    if deaf:
        when = words.listed(_when(span, whole, zone) for span in deaf[-NAMED:])
        none = "No source that we ask was heard on" if brought else "Nothing could be heard of"
        return f"{none} {place} {when}. No posts then does not mean that nothing happened."
    over = {name: [s for s in spans if s[1] < whole[1]] for name, spans in missed.items()}
    over = {name: spans for name, spans in over.items() if spans}
    said = [f"{n} was not heard {_when(max(over[n], key=_span), whole, zone)}." for n in list(over)[:NAMED]]
    rest = len(over) - len(said)
    if rest:
        were = "was" if rest == 1 else "were"
        said.append(f"{words.capital(words.spelled(rest))} more {were} not heard all the time.")
    return " ".join(said)


def _span(span: Span) -> timedelta:
    return span[1] - span[0]


def _when(span: Span, whole: Span, zone: ZoneInfo) -> str:
    """``from Tuesday to Friday``; ``until Friday`` where it had begun before; ``for 14 hours on Tuesday``."""
    begin, end = (words.day(at, whole[1], zone) for at in span)
    if begin == end:
        on = begin if begin in ("today", "yesterday") else f"on {begin}"
        return f"for {words.count(round(_span(span) / timedelta(hours=1)), 'hour')} {on}"
    return f"until {end}" if span[0] <= whole[0] else f"from {begin} to {end}"
