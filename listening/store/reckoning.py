"""What `tally` asks of the database, reckoned from columns in memory: the same rows, to the last figure.

`tests/store/test_columns.py` holds one against the other.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import numpy as np
import pandas as pd

from listening.post import TONES
from listening.store.columns import Columns
from listening.store.figures import CUES, DIFFERENT
from listening.store.packed import NOBODY
from listening.store.places import NONE, Places
from listening.store.times import local_day, micro

LOUDEST, LOUD = 3, "loudest3"
ROOM = 1 << 25  # cells that are ticked off in a table of bits; beyond, and where few are met, by a hash
Array = Any  # of numpy
Names = Sequence[str] | None
Span = tuple[datetime, datetime]
# What is the same for all mentions of a post.
OF_A_POST = frozenset(("channel", "source", "placement", "day", "hour", "block"))
BITS = {"complaints": CUES["complaint"], "questions": CUES["question"], "praise": CUES["praise"]}


class Cell:
    """The mentions a question is about: their places in the columns, narrowed step by step."""

    def __init__(self, held: Columns, window: Span, known: Places) -> None:
        self.held, self.window, self.known = held, window, known
        self.rows: Any = held.rows(*(local_day(at, known.zone) for at in window))

    def __getitem__(self, name: str) -> Array:
        return self.held.column[name][self.rows]

    def words(self, name: str, wanted: Names) -> Array:
        """Which mentions have one of these words."""
        known, codes = self.held.codes[name], self[name]
        found = [known[word] for word in wanted or () if word in known]
        if len(found) == 1:
            return codes == found[0]
        here = np.zeros(len(known) + 1, bool)
        here[found] = True
        return here[codes]

    def keep(self, which: Array) -> None:
        """Leave the others out."""
        found = np.flatnonzero(which)
        self.rows = found + self.rows.start if isinstance(self.rows, slice) else self.rows[found]

    def placed(self, wards: Names, towns: Names) -> None:
        """Leave the mentions in any of these wards and towns: first, for few are, and need no search."""
        if wards is None and towns is None:
            return
        places = [("ward", key) for key in self.known.ward_keys(wards or ())]
        places += [("town", name) for name in self.known.town_names(towns or ())]
        found = [self.held.having(*place, self.rows) for place in places]
        self.rows = found[0] if len(found) == 1 else np.unique(np.concatenate([np.zeros(0, "int32"), *found]))

    def on_days(self, spans: Sequence[Span]) -> None:
        """Leave the days that these times touch."""
        if not isinstance(self.rows, slice):
            return  # the mentions of some places are few
        zone = self.known.zone
        ends = [[local_day(at, zone) for at in span] for span in spans]
        days = sorted({day for first, last in ends for day in range(first, last + 1)})
        rows = (self.held.rows(day, day) for day in days)
        self.rows = np.concatenate([np.arange(0), *(np.arange(r.start, r.stop) for r in rows)])

    def within(self, spans: Sequence[Span]) -> Array:
        """Which mentions are of posts published in one of these [begin, end); days are in order."""
        at, which = self["at"], np.zeros(len(self["at"]), bool)
        for span in spans:
            begin, end = (self._day(local_day(moment, self.known.zone)) for moment in span)
            if begin.start >= end.stop:
                continue
            inside = np.ones(end.stop - begin.start, bool)
            for day in (begin, end):  # between them nothing need be looked at
                edge = (at[day] >= micro(span[0])) & (at[day] < micro(span[1]))
                inside[day.start - begin.start : day.stop - begin.start] = edge
            which[begin.start : end.stop] |= inside
        return which

    def _day(self, day: int) -> slice:
        """Where the rows of a day lie among those of the cell."""
        rows = self.held.rows(day, day)
        if isinstance(self.rows, slice):
            ends = np.clip([rows.start, rows.stop], self.rows.start, self.rows.stop) - self.rows.start
        else:
            ends = np.searchsorted(self.rows, [rows.start, rows.stop])
        return slice(int(ends[0]), int(ends[1]))

    def about(self, issues: Names) -> Array:
        """Which mentions are of these issues; None and "any" are each real one."""
        every = issues is None or "any" in issues
        which = self["real"] == 1 if every else np.zeros(len(self["real"]), bool)
        return which if issues is None or list(issues) == ["any"] else which | self.words("issue", issues)


def cell(
    held: Columns,
    window: Span,
    known: Places,
    wards: Names,
    towns: Names,
    issues: Names,
    channels: Names,
    spans: Sequence[Span] | None,
) -> Cell:
    """The mentions `tally` is about, without what it asks of a ward in `by`."""
    found = Cell(held, window, known)
    found.placed(wards, towns)
    if spans is not None:
        found.on_days(spans)
    which = found.about(issues) & found.within([window])
    if channels is not None:
        which &= found.words("channel", channels)
    if spans is not None:
        which &= found.within(spans)
    found.keep(which)
    return found


def posts(
    held: Columns,
    window: Span,
    wards: Names,
    towns: Names,
    issues: Names,
    channels: Names,
    sources: Names,
    noise: bool,
    limit: int | None,
) -> list[int]:
    """The keys of the posts that have such mentions, newest first: as `posts` finds them."""
    found = Cell(held, window, held.known)
    found.placed(wards, towns)
    which = found.within([window])
    for name, wanted in (("channel", channels), ("source", sources)):
        if wanted is not None:
            which &= found.words(name, wanted)
    if issues is not None:
        which &= found.about(issues)
    if not noise:
        which &= found.about(["any", NONE])
    found.keep(which)
    found.keep(_firsts(found))
    newest = np.lexsort((-found["post"].astype("int64"), -found["at"]))[:limit]
    keys: list[int] = found["post"][newest].tolist()
    return keys


def noise(held: Columns, window: Span, channels: Names) -> list[tuple[Any, ...]]:
    """Each filter class and its posts (copies folded), most first."""
    found = Cell(held, window, held.known)
    which = (found["real"] == 0) & (found["copy"] == 0) & ~found.words("issue", [NONE])
    if channels is not None:
        which &= found.words("channel", channels)
    found.keep(which & found.within([window]))
    return sorted(rows(found, ("issue",), ("posts",), True, 1), key=lambda row: (-row[1], row[0]))


def _firsts(found: Cell) -> Array:
    """Which mentions are the first of their post: those of a post stand side by side."""
    posts = found["post"]
    return np.append(True, posts[1:] != posts[:-1])[: len(posts)]


def rows(
    found: Cell, by: Sequence[str], told: Sequence[str], single: bool, block: int
) -> list[tuple[Any, ...]]:
    """The keys of each group and its figures, in the order of `told`; `block` in microseconds."""
    if "ward" in by:
        found.keep(found["ward"] != found.held.codes["ward"].get("", -1))
    if alone := OF_A_POST.issuperset(by):  # each post is in one group: its first mention tells all
        found.keep(_firsts(found))
    streets = _streets(found) if "street" in by else None
    keys = [_key(found, name, streets, block) for name in by]
    groups, values = _grouped(keys, len(found["at"]))
    number = len(values[0]) if by else 1
    figures = _figures(found, groups, number, told, "tone" if single else "post_tone", alone)
    names = [_named(found, name, value) for name, value in zip(by, values, strict=True)]
    return list(zip(*names, *(figures[name].tolist() for name in told), strict=True))


def _streets(found: Cell) -> Array:
    """The streets of each mention; a mention of several stands there several times from now on."""
    posts, held = found["post"], found.held
    first, last = (np.searchsorted(held.spot_post, posts, side=side) for side in ("left", "right"))
    times = np.maximum(last - first, 1)
    ends = np.cumsum(times)
    step = np.arange(ends[-1] if len(ends) else 0) - np.repeat(ends - times, times)
    at = np.repeat(first, times) + step
    without = np.repeat(last == first, times)
    found.keep(np.ones(len(posts), bool))
    found.rows = np.repeat(found.rows, times)
    if not len(held.spot_place):
        return np.full(len(at), NOBODY)
    return np.where(without, NOBODY, held.spot_place[np.minimum(at, len(held.spot_place) - 1)])


def _key(found: Cell, name: str, streets: Array | None, block: int) -> Array:
    if name == "street":
        return streets
    if name == "day":
        return found.held.day(
            np.arange(found.rows.start, found.rows.stop) if isinstance(found.rows, slice) else found.rows
        )
    if name == "block":
        return (micro(found.window[1]) - 1 - found["at"]) // block
    return found[name]


def _named(found: Cell, name: str, value: Array) -> list[Any]:
    """The values of a key as the table has them."""
    codes = found.held.codes.get(name)
    if codes is None:
        return list(value.tolist())
    words = {number: word for word, number in codes.items()} | {NOBODY: NONE}
    return [words[number] for number in value.tolist()]


def _grouped(keys: Sequence[Array], size: int) -> tuple[Array, list[Array]]:
    """The number of each row's group; and the values of the groups, key by key."""
    group, spans = np.zeros(size, "int64"), []
    for key in keys:
        low, high = (int(key.min()), int(key.max())) if size else (0, 0)
        spans.append((low, high - low + 1))
        group = group * spans[-1][1] + (key - low)
    different, group = _numbered(group)
    values = []
    for low, span in reversed(spans):
        values.append(different % span + low)
        different = different // span
    return group, values[::-1]


def _numbered(group: Array) -> tuple[Array, Array]:
    """The different numbers, in order, and the place of each row's number among them."""
    top = int(group.max()) + 1 if len(group) else 0
    if top > max(1_000_000, len(group)):
        return np.unique(group, return_inverse=True)
    met = np.zeros(top, bool)
    met[group] = True
    return np.flatnonzero(met), (np.cumsum(met) - 1)[group]


def _figures(
    found: Cell, groups: Array, number: int, told: Sequence[str], tone: str, alone: bool
) -> dict[str, Array]:
    """Each figure of each group; `alone`: each post stands there once."""
    made: dict[str, Array] = {}
    root = found["copy"] == 0
    light = set(told) <= set(DIFFERENT) and not (alone and "posts" in told)
    if "posts" in told and light:
        posts = found["post"]
        base = int(posts.min()) if len(posts) else 0
        made["posts"] = _different(groups[root], number, posts[root] - base)
    if "conversations" in told:
        made["conversations"] = _different(groups[root], number, found["thread"][root])
    if "voices" in told:
        voice = found["voice"]
        some = voice > 0
        made["voices"] = _different(groups[some], number, voice[some])
    if "sources" in told:
        made["sources"] = _different(groups[root], number, found["source"][root])
    if light:
        return made
    if not alone:
        posts = found["post"].astype("int64")
        top = int(posts.max()) + 1 if len(posts) else 1
        once = ~pd.Series(groups * top + posts).duplicated().to_numpy()
        groups = groups[once]
        found.keep(once)
    return made | _once(found, groups, number, told, tone)


def _once(found: Cell, groups: Array, number: int, told: Sequence[str], tone: str) -> dict[str, Array]:
    """The figures for which each post must stand in a group once, as here."""
    copies = found["copy"]
    root = copies == 0

    def counted(which: Array) -> Array:
        return np.bincount(groups[which], minlength=number)

    made = {"posts": counted(root), "copies": counted(~root)}
    cues = found["cues"]
    made |= {name: counted(root & (cues & bit > 0)) for name, bit in BITS.items() if name in told}
    if not set(TONES).isdisjoint(told):
        tones, codes = found[tone], found.held.codes[tone]
        made |= {name: counted(root & (tones == codes.get(name, -1))) for name in TONES}
    if LOUD in told:
        made[LOUD] = _loudest(groups, number, found["voice"], root)
    return made


def _loudest(groups: Array, number: int, voice: Array, root: Array) -> Array:
    """Posts (copies folded) by the three loudest accounts of each group."""
    some = root & (voice > 0)
    top = int(voice.max()) + 1 if len(voice) else 1
    pair, wrote = np.unique(groups[some] * top + voice[some], return_counts=True)
    group = pair // top
    order = np.lexsort((-wrote, group))
    group, wrote = group[order], wrote[order]
    rank = np.arange(len(group)) - np.searchsorted(group, group)
    few = rank < LOUDEST
    return np.bincount(group[few], wrote[few], minlength=number).astype("int64")


def _different(groups: Array, number: int, values: Array) -> Array:
    """How many different values each group has."""
    span = int(values.max()) + 1 if len(values) else 1
    cells = groups * span + values
    if number * span <= min(ROOM, 65_536 + 16 * len(values)):
        met = np.zeros(number * span, bool)
        met[cells] = True
        return np.count_nonzero(met.reshape(number, span), axis=1)
    return np.bincount(pd.unique(cells) // span, minlength=number)
