"""What could be heard of a place, and what to say where nothing could.

Zero is not silence: where no source could have spoken, we say so and nothing else.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd

from listening.area import BROUGHT_IN, Area
from listening.summarise import words
from listening.summarise.rows import each

WORST_FIRST = ("failing", "stale", "paused", "never", "quiet", "ok", "off")  # states of `health`
DAY = timedelta(days=1)
FACEBOOK = "We never read Facebook groups, so this is part of the picture."
NOT_NOTHING = "This is not the same as “nothing happened”."
BROUGHT = "What is told here was brought in by hand."
NOT_ALL = "A day without posts may be one that nobody brought in."
NAMED = 3  # sources named in a sentence; of more than these, the rest are counted


@dataclass(frozen=True)
class Coverage:
    """The ears of one place: how many there are, and which were heard in the last day."""

    total: int
    names: tuple[str, ...]
    heard: int
    late: tuple[str, ...]
    failing: tuple[str, ...]
    paused: tuple[str, ...]
    newest: datetime | None  # newest post of any of them
    sentences: tuple[str, ...]
    brought: bool = False  # what residents posted in the chosen time was brought in by hand

    @property
    def deaf(self) -> bool:
        """No source could have spoken and nothing was brought in: nothing may be said about the place."""
        return self.heard == 0 and not self.brought

    @property
    def sentence(self) -> str:
        """All that is to be said, as one paragraph."""
        return " ".join(self.sentences)


def coverage(
    area: Area,
    states: pd.DataFrame,
    now: datetime,
    ward: str | None = None,
    town: str | None = None,
    carried: pd.DataFrame | None = None,
    brought: bool = False,
) -> Coverage:
    """What could be heard of a ward, a town or (neither given) the whole area.

    ``states`` is what ``health.states`` gives; ``carried`` has a row for each ``source`` and
    ``ward`` a post was placed in over the last 90 days (see ``speakers``). ``brought``: residents'
    posts of the place were brought in by hand for the time that is looked at.
    """
    names = speakers(area, ward, town, carried)
    rows = [row for row in each(states) if row.name in names]
    asleep = [row for row in rows if not now - row.last_heard <= DAY]  # of a time that is missing too
    if len(asleep) < len(rows):
        place = "this ward" if ward else "this town" if town else area.name
        said = _heard_sentences(rows, asleep, now, area.zone, place)
    else:
        why = _unheard(rows, now, area.zone, brought or _spoke(area, states, ward, town, carried))
        cannot = f"We cannot tell you about {ward or town or area.name} today."
        said = (BROUGHT, why, NOT_ALL, FACEBOOK) if brought else (cannot, why, NOT_NOTHING)
    newest = _last(row.newest for row in rows)
    return Coverage(
        total=len(rows),
        names=tuple(row.name for row in rows),
        heard=len(rows) - len(asleep),
        late=tuple(row.name for row in asleep if row.state == "stale"),
        failing=tuple(row.name for row in asleep if row.state == "failing"),
        paused=tuple(row.name for row in asleep if row.state == "paused"),
        newest=newest and newest.to_pydatetime(),
        sentences=said,
        brought=brought,
    )


def speakers(
    area: Area,
    ward: str | None = None,
    town: str | None = None,
    carried: pd.DataFrame | None = None,
    by_hand: bool = False,
) -> tuple[str, ...]:
    """The sources that speak about a place, in the area's order; those switched off never do.

    Nor do files and notes: they are brought in when somebody has the time, and their absence says
    nothing. ``by_hand``: these alone.

    A source that ``covers`` the ward, its town, or a ward of the town does.
    One for the whole area does where it has carried a post placed there in the last 90 days;
    with ``carried=None`` (we have not listened for so long yet) every one of them may.
    """
    on = [s for s in area.sources if s.enabled and (s.kind in BROUGHT_IN) == by_hand]
    if ward is None and town is None:
        return tuple(s.name for s in on)
    wards = {ward} if ward else {w.name for w in area.wards if w.town == town}
    named = wards | {area.ward_by_name[ward].town if ward else town}
    pairs = () if carried is None else zip(carried["source"], carried["ward"], strict=True)
    proven = None if carried is None else {source for source, in_ward in pairs if in_ward in wards}
    return tuple(
        s.name
        for s in on
        if (not named.isdisjoint(s.covers) if s.covers else proven is None or s.name in proven)
    )


def _last(times: Iterable[Any]) -> Any:
    """The latest of some times; None where all are missing."""
    return max((at for at in times if not pd.isna(at)), default=None)


def _heard_sentences(
    rows: list[Any], asleep: list[Any], now: datetime, zone: ZoneInfo, place: str
) -> tuple[str, ...]:
    count, sources = len(rows) - len(asleep), words.count(len(rows), "source")
    if not asleep:
        newest = _last(row.newest for row in rows)
        age = (f"Newest post {words.ago(newest, now)}.",) if newest else ()
        return (f"{count} of {sources}.", *age, FACEBOOK)
    today = all(row.last_heard >= words.midnight(now, zone) for row in rows if row not in asleep)
    # Of the whole area "heard" is a state of a source (see `health.ears`): here they answered.
    verb = ("was heard" if count == 1 else "were heard") if place.startswith("this ") else "answered"
    return (
        f"{sources} speak about {place}.",
        f"{count} {verb} {'today' if today else 'in the last day'}.",
        *_missing(asleep, now, zone),
        FACEBOOK,
    )


def _missing(rows: list[Any], now: datetime, zone: ZoneInfo) -> list[str]:
    worst = sorted(rows, key=lambda row: WORST_FIRST.index(row.state))
    shown = worst if len(worst) <= NAMED else worst[: NAMED - 1]
    result = [f"{row.name}: {_short(row, now, zone)}." for row in shown]
    rest = len(worst) - len(shown)
    return [*result, f"{words.capital(words.spelled(rest))} more were not heard."] if rest else result


def _short(row: Any, now: datetime, zone: ZoneInfo) -> str:
    if row.state == "paused":
        return "paused"
    if pd.isna(row.last_heard):
        return "no answer yet" if row.state == "failing" else "not asked yet"
    return f"last heard {words.day(row.last_heard, now, zone)}"


def _spoke(
    area: Area, states: pd.DataFrame, ward: str | None, town: str | None, carried: pd.DataFrame | None
) -> bool:
    """Whether anything that was brought in by hand speaks about a place, at whatever time."""
    names = speakers(area, ward, town, carried, by_hand=True)
    return any(row.name in names and not pd.isna(row.last_heard) for row in each(states))


def _unheard(rows: list[Any], now: datetime, zone: ZoneInfo, brought: bool) -> str:
    """Why none of the sources of a place was heard; where posts were ``brought`` in, of those we ask."""
    if not rows:
        return "No source that we ask has spoken about it in the last 90 days."
    if len(rows) == 1:
        only = "The only source we ask" if brought else "Its only source"
        return f"{only}, {rows[0].name}, {_alone(rows[0], now, zone)}."
    last = _last(row.last_heard for row in rows)
    when = f"since {words.since(last, now, zone)}" if last else "yet"
    sources = f"the {len(rows)} sources we ask" if brought else f"its {len(rows)} sources"
    return f"None of {sources} has been heard {when}."


def _alone(row: Any, now: datetime, zone: ZoneInfo) -> str:
    """Why the only source of a place was not heard; a failure carries its reason."""
    if row.state == "paused":
        return "is paused"
    if row.state == "failing":
        return str(row.sentence).removeprefix("It ").removesuffix(".")
    if pd.isna(row.last_heard):
        return "has not been asked yet"
    return f"was last heard {words.day(row.last_heard, now, zone)}"


def last_week(posts: int, sources: int = 1, before: bool = False) -> str:
    """What a deaf place's sources carried: "Last week it carried 2 posts.".

    ``before`` it fell silent: "The week before, it carried 2 posts.".
    """
    they = "it" if sources == 1 else "they"
    week = "The week before," if before else "Last week"
    return f"{week} {they} carried {words.count(posts, 'post') if posts else 'no posts'}."


def week_before(now: datetime, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """``(since, until)`` of the last finished week, Monday to Sunday, local time."""
    today = words.midnight(now, zone)
    # The wall clock is what counts here: a week with a clock change has 167 or 169 hours.
    monday = today - timedelta(days=today.weekday())
    return monday - timedelta(days=7), monday


def week_heard(now: datetime, zone: ZoneInfo, last: datetime) -> tuple[datetime, datetime, bool]:
    """``(since, until, before)``: the last finished week; where a place was not heard to its end
    (``last`` is when it was last heard), the 7 days before that, and ``before`` is true.

    A dead week would read as one without posts.
    """
    since, until = week_before(now, zone)
    return (since, until, False) if last >= until else (last - timedelta(days=7), last, True)


def nearby(area: Area, ward: str, deaf: Sequence[str] = (), most: int = 2) -> tuple[str, ...]:
    """Wards near one, that can be heard, by name: of its own town (or none) first, the nearest first."""
    here = area.ward_by_name[ward]
    others = [w for w in area.wards if w.name != ward and w.name not in deaf]
    others = [w for w in others if w.town == here.town or (w.centroid and here.centroid)]
    ranked = sorted((w.town != here.town, _distance(here.centroid, w.centroid), w.name) for w in others)
    return tuple(sorted(name for _, _, name in ranked[:most]))


def _distance(one: tuple[float, float] | None, other: tuple[float, float] | None) -> float:
    """Squared, in degrees of latitude (one of longitude is 0.6 of it at 53° north); 0 where unknown."""
    if one is None or other is None:
        return 0.0
    return (0.6 * (one[0] - other[0])) ** 2 + (one[1] - other[1]) ** 2
