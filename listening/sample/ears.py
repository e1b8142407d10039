"""The sample's run history: what was asked of each source, when, and what came.

A source that answers has a run a week that brought its posts, confirmed until the week's end;
``runs`` of planted.yaml says when it did not answer, was paused, or was not asked at all.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

import pandas as pd

from listening.area import Source
from listening.post import Run, State
from listening.sample.ordinary import WEEK, World

Span = tuple[datetime, datetime]


def runs(world: World, posts: pd.DataFrame) -> list[Run]:
    """The runs that brought these posts, oldest first."""
    came = {name: rows["collected"] for name, rows in posts.groupby("source")}
    empty = posts["collected"].iloc[:0]
    histories = (_history(world, s, came.get(s.name, empty)) for s in world.area.sources)
    return sorted((run for history in histories for run in history), key=lambda r: (r.at, r.source))


def _history(world: World, source: Source, collected: "pd.Series[pd.Timestamp]") -> Iterator[Run]:
    # Polls of a source come at the same odd minute, as they do where one worker asks them in turn.
    lag = source.every * Random(source.name).random()
    begin, end = world.moment_of(world.first), world.clock - lag
    spells = [r for r in world.planted["runs"] if r["source"] == source.name]
    for spell in sorted(spells, key=lambda r: str(r["since"])):
        since = world.local(spell["since"])
        until = world.local(spell["until"]) if "until" in spell else end
        yield from _answers(source, (begin, since - source.every), collected)
        if spell["state"] != "unasked":
            said = {"reason": spell["reason"], "error": spell["error"], "seconds": 20.0}
            yield Run(source.name, since, spell["state"], **said)
            yield Run(source.name, until - source.every if "until" in spell else end, spell["state"], **said)
        begin = until
    yield from _answers(source, (begin, end), collected)


def _answers(source: Source, span: Span, collected: "pd.Series[pd.Timestamp]") -> Iterator[Run]:
    """A run a week in which the source answered, and its last confirmation."""
    begin, end = span
    while begin < end:
        stop = min(begin + WEEK, end)
        new = int(((collected >= begin) & (collected < stop + source.every)).sum())
        state: State = "ok" if new else "quiet"
        yield Run(source.name, begin, state, items=max(new, 20), new=new, seconds=0.4)
        if stop - source.every > begin:
            yield Run(source.name, stop - timedelta(seconds=1), state, items=20, seconds=0.4)
        begin = stop
