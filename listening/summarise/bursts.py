"""What stands out: more conversations about an issue in a place than chance allows.

A cell is an issue in a place; wards, towns and the whole area are tested together.
Each cell's last 7 days are held against its own trailing weeks (negative-binomial predictive
tail: Held, Meyer & Bracher 2017, doi:10.1002/sim.7363, section 2), the false discoveries over
*all* cells are kept at 5 % (Benjamini & Hochberg 1995), and three plain minima guard the rest.
Conversations are counted, not posts: one long thread is one conversation, which cut false
alerts 11- to 19-fold in simulation (2026-11-22).
"""

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from listening.given import columns, instant
from listening.summarise.trends import FEWEST, HEARD, LONDON, WEEKS, Usual, usual

FALSE_DISCOVERIES = 0.05  # share of false rows among those reported
CONVERSATIONS = 3  # a cell with fewer is never reported
ACCOUNTS = 3
RATIO = 2.0  # at least twice what was expected
CARRIED = 0.6  # a place explains the larger one from this share of its excess on
TALKED_ACCOUNTS = 5  # since midnight: one source is enough from 5 accounts
TALKED_CONVERSATIONS = 2  # one lively thread is not yet news
TALKED_CHANCE = 0.0005  # of so many conversations by this hour on a usual day of the same name
# False alarms a year of both rules, looked at daily (simulated: false_alarms in benchmarks/RESULTS.md).
FALSE_ALARMS_AREA = 9.5  # over every issue in every place
FALSE_ALARMS_WARD = 0.39  # in one ward
BANDS = (0.3, 1.0, 3.0, 10.0)  # conversations a week; dispersion is pooled inside a band

Blocks = TypeVar("Blocks", pd.Series, list[float])  # oldest first

COUNTS = "store.counts(by=('day', 'issue', 'place')) has them"
COLUMNS = ("issue", "place", "conversations", "voices", "posts", "expected", "ratio", "p", "weeks")


def bursts(
    daily: pd.DataFrame,
    now: datetime,
    *,
    current: pd.DataFrame | None = None,
    parents: Mapping[str, str] | None = None,
    zone: ZoneInfo = LONDON,
    deaf: Mapping[str, Collection[date]] | None = None,
) -> pd.DataFrame:
    """One row a cell that stands out (COLUMNS), most surprising first; empty where none does.

    ``daily`` has ``day``, ``issue``, ``place``, ``conversations`` and may have ``posts`` and
    ``voices``: the roll-up of about 27 weeks, residents only. ``current`` has the exact figures
    of the 7 × 24 hours up to now in the same columns but ``day``; without it the last seven local
    days are added up (voices cannot be: the busiest day's stand in, too few rather than too many).
    ``parents`` maps a place to the larger one around it, so that a row is reported at the
    smallest place that carries it; without it no row hides another. Fewer than 8 weeks: no rows.
    ``deaf`` gives the days on which nothing could be heard of a place: its weeks with fewer than seven
    in ten days heard are no evidence of quiet, and a place with fewer than 8 others has no rows.
    Raises WordsError where a column is missing, or ``now`` has no zone.
    """
    columns(daily, ("day", "issue", "place", "conversations"), "bursts", COUNTS)
    today = instant(now, "now").astimezone(zone).date()
    until = today - timedelta(days=7)
    days = pd.to_datetime(daily["day"]).dt.date if len(daily) else pd.Series(dtype="object")
    weeks = min(WEEKS, (until - days.min()).days // 7) if len(daily) else 0
    if weeks < FEWEST:
        return pd.DataFrame(columns=list(COLUMNS))
    recent = _added(daily[(days > until) & (days <= today)]) if current is None else current
    heard = _heard(deaf or {}, until, weeks)
    history = _history(daily.assign(day=days), until, weeks, heard)
    cells = _judged(_figures(recent), history, weeks, heard)
    cells["significant"] = significant(cells["p"], _tests(daily, recent))
    kept = cells[
        cells["significant"]
        & (cells["weeks"] >= FEWEST)
        & (cells["conversations"] >= CONVERSATIONS)
        & (cells["voices"] >= ACCOUNTS)
        & (cells["ratio"] >= RATIO)
    ]
    rows = smallest(kept, parents or {}).sort_values(["p", "posts"], ascending=[True, False])
    return rows.reset_index(drop=True)[list(COLUMNS)]


def tail(count: int, mean: float, variance: float) -> float:
    """The chance of ``count`` or more under a negative binomial (Poisson where variance ≤ mean).

    The terms below ``count`` are added in logarithms; where they leave nothing above 1e-12 the
    tail itself is added, term by term.

    >>> round(tail(3, 1.0, 1.0), 4)
    0.0803
    """
    if count <= 0:
        return 1.0
    mean = max(mean, 1e-9)
    size = mean * mean / (variance - mean) if variance > mean * (1 + 1e-9) else None
    below = float(_masses(0, count, mean, size).sum())
    if below < 1 - 1e-9:
        return 1 - below
    return float(_masses(count, count + 200, mean, size).sum())


def significant(p: pd.Series, tests: int | None = None) -> pd.Series:
    """Which p-values pass Benjamini–Hochberg at 5 % among ``tests`` tests (untold ones count as 1)."""
    ranks = p.rank(method="first")
    passes = p[p <= ranks * FALSE_DISCOVERIES / max(tests or 0, len(p), 1)]
    return p <= passes.max() if len(passes) else pd.Series(False, index=p.index)


def smallest(cells: pd.DataFrame, parents: Mapping[str, str]) -> pd.DataFrame:
    """The rows without those that another explains, per issue.

    A place gives way to the one place inside it that stands out, where that holds 60 % of what it
    has above the expected. Where several inside stand out, or none holds so much, the larger place
    is reported and those inside it are not.
    """
    keep: list[object] = []
    for _, group in cells.groupby("issue", sort=False):
        size = group["posts"] if "posts" in group else group["conversations"]
        excess = dict(zip(group["place"], size - group["expected"], strict=True))
        reported = {p for p in excess if not _gives_way(p, excess, parents)}
        inner = {p for p in reported if reported & set(_above(p, parents))}
        keep += group.index[group["place"].isin(reported - inner)].tolist()
    return cells.loc[keep]


@dataclass(frozen=True)
class Talked:
    """An issue in a place that is being talked about now."""

    issue: str
    place: str
    posts: int
    voices: int
    usual: Usual


def talked(
    current: pd.DataFrame,
    earlier: Mapping[tuple[str, str], Sequence[int]],
    usuals: Mapping[tuple[str, str], Usual | None],
) -> list[Talked]:
    """The cells with 5 accounts since midnight that chance would seldom bring, most accounts first.

    ``current`` has ``issue``, ``place``, ``posts``, ``voices``, ``conversations`` since midnight;
    ``earlier`` the conversations, and ``usuals`` the range of posts, of the same weekday up to the
    same hour in earlier weeks; a cell with fewer than 8 of those says nothing. The conversations are
    held against their earlier numbers with the same tail as in ``bursts``.
    """
    found = []
    row: Any
    for row in current.itertuples():
        cell = (row.issue, row.place)
        past, usual = earlier.get(cell, ()), usuals.get(cell)
        if usual is None or len(past) < FEWEST or row.voices < TALKED_ACCOUNTS:
            continue
        if row.conversations >= TALKED_CONVERSATIONS and _chance(row.conversations, past) < TALKED_CHANCE:
            found.append(Talked(row.issue, row.place, int(row.posts), int(row.voices), usual))
    return sorted(found, key=lambda t: (-t.voices, t.issue, t.place))


def _chance(conversations: int, past: Sequence[int]) -> float:
    """How likely at least this many are, from a few earlier numbers of the same cell."""
    expected = (sum(past) + 0.5) / (len(past) + 1)  # Jeffreys' prior of a Poisson rate
    mean = sum(past) / len(past)
    variance = sum((n - mean) ** 2 for n in past) / (len(past) - 1)
    spread = max(1.0, variance / mean) if mean else 1.0
    return tail(int(conversations), expected, expected * (spread + 1 / (len(past) + 1)))


def rising(weeks: Iterable[float], ordinary: Usual | None) -> list[int]:
    """The run of weeks, each above the one before, that leads to the newest; empty under 4 weeks.

    Its newest must lie above the usual range: 1, 2, 3, 4 is a run but no rise.
    """
    run: list[int] = []
    for number in reversed([*weeks]):
        if number != number or (run and number >= run[0]):
            break  # of a week that could not be heard nobody knows: it equals nothing
        run.insert(0, int(number))
    return run if len(run) >= 4 and ordinary is not None and run[-1] > ordinary.high else []


def calm(blocks: Blocks, posts: int) -> Blocks:
    """The earlier weeks without those of a rise that leads to ``posts``: a rise is not its own usual."""
    run = rising([*blocks, posts], usual(blocks))
    return blocks[: len(blocks) - max(0, len(run) - 1)]


Heard = dict[str, list[bool]]  # of places with silences: which of their blocks could be heard


def _heard(deaf: Mapping[str, Collection[date]], until: date, weeks: int) -> Heard:
    """Block 0 is the newest; only places that have a block to leave out."""
    found = {}
    for place, days in deaf.items():
        blocks = [(until - day).days - 1 for day in days]
        silent = Counter(block // 7 for block in blocks if block >= 0)
        found[place] = [7 - silent[week] >= HEARD * 7 for week in range(weeks)]
    return {place: told for place, told in found.items() if not all(told)}


def _history(daily: pd.DataFrame, until: date, weeks: int, heard: Heard) -> pd.DataFrame:
    """Cells × blocks of conversations; block 0 is the newest; missing where it could not be heard."""
    block = daily["day"].map(lambda d: (until - d).days - 1)
    past = daily.assign(block=block // 7)[(block >= 0) & (block < 7 * weeks)]
    table = past.pivot_table(
        index=["issue", "place"], columns="block", values="conversations", aggfunc="sum", fill_value=0
    )
    table = table.reindex(columns=range(weeks), fill_value=0)
    if not heard:
        return table
    known = [heard.get(place, [True] * weeks) for _, place in table.index]
    return table.where(pd.DataFrame(known, index=table.index, columns=table.columns))


def _judged(cells: pd.DataFrame, history: pd.DataFrame, weeks: int, heard: Heard) -> pd.DataFrame:
    """Current cells with what was expected, how surprising they are, and from how many weeks."""
    total = history.sum(axis=1)
    known = np.array([sum(heard[p]) if p in heard else weeks for _, p in cells.index], dtype="int64")
    shape = total.reindex(cells.index, fill_value=0) + 0.5  # Jeffreys' prior of a Poisson rate
    expected = shape / (known + 1)
    spread = _dispersion(history).reindex(cells.index).fillna(1.0)
    variance = expected * (spread + 1 / (known + 1))  # of the predictive: noise, and an unsure mean
    p = [tail(int(c), m, v) for c, m, v in zip(cells["conversations"], expected, variance, strict=True)]
    result = cells.assign(expected=expected, ratio=cells["conversations"] / expected, p=p, weeks=known)
    return result.reset_index()


def _dispersion(history: pd.DataFrame) -> pd.Series:
    """Variance over mean of each cell, half its own, half that of all cells in its rate band."""
    mean = history.mean(axis=1)
    own = (history.var(axis=1, ddof=1) / mean.where(mean > 0)).clip(lower=1.0).fillna(1.0)
    band = pd.Series(np.searchsorted(BANDS, mean), index=mean.index)
    return (own + own.groupby(band).transform("mean")) / 2


def _added(days: pd.DataFrame) -> pd.DataFrame:
    how = {"conversations": "sum", "posts": "sum", "voices": "max"}
    return days.groupby(["issue", "place"]).agg({k: v for k, v in how.items() if k in days}).reset_index()


def _figures(recent: pd.DataFrame) -> pd.DataFrame:
    columns = ["conversations", "voices", "posts"]
    cells = recent.assign(**{c: recent["conversations"] for c in columns if c not in recent})
    return cells.set_index(["issue", "place"])[columns]


def _tests(daily: pd.DataFrame, recent: pd.DataFrame) -> int:
    """How many cells could have stood out: every issue met × every place met."""
    met = [{*daily[c], *recent[c]} for c in ("issue", "place")]
    return len(met[0]) * len(met[1])


def _masses(first: int, end: int, mean: float, size: float | None) -> "np.ndarray[Any, Any]":
    """The probability of each number from ``first`` to ``end``, each from the one before, in logarithms."""
    k = np.arange(first + 1, end, dtype="float64")
    if size is None:
        start = first * math.log(mean) - mean - math.lgamma(first + 1)
        steps = np.log(mean / k)
    else:
        start = math.lgamma(first + size) - math.lgamma(size) - math.lgamma(first + 1)
        start += size * math.log1p(-mean / (size + mean)) + first * math.log(mean / (size + mean))
        steps = np.log((k - 1 + size) / k * (mean / (size + mean)))
    return np.exp(start + np.concatenate([[0.0], np.cumsum(steps)]))


def _above(place: str, parents: Mapping[str, str]) -> Iterable[str]:
    while place in parents:
        place = parents[place]
        yield place


def _gives_way(place: str, excess: Mapping[str, float], parents: Mapping[str, str]) -> bool:
    """Whether one place inside ``place`` carries it: alone at its level, with 60 % of its excess."""
    inside = [q for q in excess if place in _above(q, parents)]
    nearest = [q for q in inside if not set(_above(q, parents)) & set(inside)]
    return len(nearest) == 1 and excess[nearest[0]] >= CARRIED * excess[place]
