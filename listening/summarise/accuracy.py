"""How right the analysis is, measured against what people said of a random sample of posts.

Precision: of what the analysis says, how much is right. Recall: of what is there, how much it says.
Both are estimates for all posts a sample was drawn from: each checked post counts by its weight.

How sure that is: ``accuracy_rates``.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from listening.post import TONES
from listening.summarise.accuracy_alpha import agreement
from listening.summarise.accuracy_labels import Draw
from listening.summarise.accuracy_rates import Change, Rate, change, rate, recall

FEWEST = 10  # checked posts behind a share; below, there are too few labels
ROUND = 20  # checked posts of a draw, from which on it can be held against another
PARTS = ("issue", "ward", "tone")
ALL = ""  # the key of a part as a whole


@dataclass(frozen=True)
class Measure:
    """How right one issue, ward, tone or channel is; ``key`` "" is the part as a whole."""

    part: str  # issue, ward, tone; "channel": the issues of one channel
    key: str
    precision: Rate
    recall: Rate


@dataclass(frozen=True)
class Report:
    """All that the labels say."""

    posts: int  # checked posts; a post in two draws counts twice
    coders: int
    measures: tuple[Measure, ...]
    confusion: pd.DataFrame  # columns said, truth (of TONES), posts: labels, as many as there are
    twice: int  # posts labelled by two people
    alpha: dict[str, float | None]  # issues, wards, tone
    changes: tuple[Change, ...]  # since the draw before; empty where there is none to hold it against
    versions: tuple[str, ...]  # of the analysis, oldest first

    def of(self, part: str, key: str = ALL) -> Measure | None:
        """One measure; None where there is none."""
        return next((m for m in self.measures if (m.part, m.key) == (part, key)), None)


@dataclass(frozen=True)
class _Unit:
    """A checked post: what the analysis said, and what each person did."""

    draw: str
    weight: float
    channel: str
    said: dict[str, frozenset[str]]  # by part
    truths: dict[str, tuple[frozenset[str], ...]]


def report(labels: pd.DataFrame, draws: Sequence[Draw], answers: pd.DataFrame | None = None) -> Report:
    """What the labels (``accuracy_labels.labels``) say of the analysis as it answered at that time.

    ``answers`` holds another analysis against the same labels: a frame indexed by post id with
    issues, wards, tone; posts it lacks are left out. The numbers of the draws stay those of the
    analysis they were drawn by.
    """
    if answers is not None:
        labels = _answered(labels, answers)
    units, totals = _units(labels), {d.key: d.totals for d in draws}
    order = [d.key for d in draws if sum(u.draw == d.key for u in units) >= ROUND]
    twice, alphas = agreement(labels)
    versions = tuple(dict.fromkeys(str(v) for v in labels["version"]))
    return Report(
        len(units),
        labels["coder"].nunique(),
        tuple(_measures(units, totals)),
        _confusion(labels),
        twice,
        alphas,
        tuple(_changes(units, totals, order)),
        versions,
    )


def _answered(labels: pd.DataFrame, answers: pd.DataFrame) -> pd.DataFrame:
    kept = labels[labels["post"].isin(answers.index)]
    found = answers.loc[kept["post"]]
    names = ("issues", "wards", "tone")
    return kept.assign(**{f"said_{n}": pd.Series(list(found[n]), index=kept.index) for n in names})


def _units(labels: pd.DataFrame) -> list[_Unit]:
    """The checked posts; within a draw the weights have the mean 1: a draw counts by what was labelled."""
    units = []
    for _, rows in labels.groupby(["draw", "post"], sort=False):
        last = rows.iloc[-1]
        said = {p: _set(last[f"said_{n}"]) for p, n in (("issue", "issues"), ("ward", "wards"))}
        truths = {p: tuple(map(_set, rows[n])) for p, n in (("issue", "issues"), ("ward", "wards"))}
        toned = tuple(_set(t) for t in rows["tone"] if isinstance(t, str))
        if toned and isinstance(last["said_tone"], str):
            said["tone"], truths["tone"] = _set(last["said_tone"]), toned
        units.append(_Unit(last["draw"], float(last["weight"]), last["channel"], said, truths))
    means: dict[str, list[float]] = {}
    for unit in units:
        means.setdefault(unit.draw, []).append(unit.weight)
    mean = {draw: sum(w) / len(w) for draw, w in means.items()}
    return [_Unit(u.draw, u.weight / mean[u.draw], u.channel, u.said, u.truths) for u in units]


def _set(value: Any) -> frozenset[str]:
    return frozenset([value] if isinstance(value, str) else value)


def _measures(units: list[_Unit], totals: dict[str, Any]) -> list[Measure]:
    found = []
    for part in PARTS:
        some = [u for u in units if part in u.said]
        known = {key for u in some for key in (*u.said[part], *(k for t in u.truths[part] for k in t))}
        for key in (ALL, *sorted(known)):
            found.append(_measure(part, key, some, totals))
    for name in dict.fromkeys(u.channel for u in units):
        here = [u for u in units if u.channel == name]
        held = {d: t["channels"].get(name, {"posts": 0, "issue": 0}) for d, t in totals.items()}
        given = {d: {"posts": t["posts"], "issue": {ALL: t["issue"]}} for d, t in held.items()}
        whole = _measure("issue", ALL, here, given)
        found.append(Measure("channel", name, whole.precision, whole.recall))
    return found


def _floored(rate: Rate) -> Rate:
    return rate if rate.posts >= FEWEST else Rate(None, 0.0, 1.0, rate.posts)


def _measure(part: str, key: str, units: list[_Unit], totals: dict[str, Any]) -> Measure:
    """Precision and recall of one key of a part, or of all of them together."""
    rows = []
    for u in units:
        said = {k for k in u.said[part] if key in (ALL, k)}
        each_truth = [{k for k in t if key in (ALL, k)} for t in u.truths[part]]
        people = len(each_truth)
        right = sum(len(said & t) for t in each_truth) / people
        missed = sum(len(t - said) for t in each_truth) / people
        rows.append((u.weight, len(said), right, missed))
    said_posts = [(w * s, r / s) for w, s, r, _ in rows if s]
    precision = rate(said_posts)
    missing = rate([(w, m) for w, _, _, m in rows])
    wanted = sum(r + m > 0 for _, _, r, m in rows)
    found = recall(_often(part, key, units, totals), precision, missing, wanted)
    if part == "tone" and not key:  # each post has one: what is missed is what is wrong
        found = precision
    return Measure(part, key, _floored(precision), _floored(found))


def _often(part: str, key: str, units: list[_Unit], totals: dict[str, Any]) -> float:
    """How often the analysis says it, per post, in all posts the samples stand for."""
    told = 0.0
    for u in units:
        known = totals[u.draw]
        posts = known["toned"] if part == "tone" else known["posts"]
        number = known[part].get(key, 0) if key else sum(known[part].values())
        told += number / posts if posts else 0.0
    return told / len(units) if units else 0.0


def _confusion(labels: pd.DataFrame) -> pd.DataFrame:
    toned = labels[labels["tone"].notna() & labels["said_tone"].notna()]
    pairs = list(zip(toned["said_tone"], toned["tone"], strict=True))
    rows = [(said, truth, pairs.count((said, truth))) for said in TONES for truth in TONES]
    return pd.DataFrame(rows, columns=["said", "truth", "posts"])


def _changes(units: list[_Unit], totals: dict[str, Any], order: list[str]) -> list[Change]:
    """The newest draw with labels enough against the one before it."""
    if len(order) < 2:
        return []
    then, now = ([u for u in units if u.draw == key] for key in order[-2:])
    found = []
    for part in PARTS:
        before, after = (
            _measure(part, ALL, [u for u in some if part in u.said], totals) for some in (then, now)
        )
        for kind in ("precision",) if part == "tone" else ("precision", "recall"):
            step = change(part, kind, getattr(before, kind), getattr(after, kind))
            if step:
                found.append(step)
    return found


def worst(m: Measure) -> float:
    """The lower of both shares, of those that are known."""
    return min(r.share for r in (m.precision, m.recall) if r.share is not None)


def weakest(found: Report, part: str) -> list[Measure]:
    """The issues or wards with labels enough, the least right first (by the lower of both shares)."""

    known = [
        m
        for m in found.measures
        if m.part == part and m.key != ALL and (m.precision.share is not None or m.recall.share is not None)
    ]
    return sorted(known, key=lambda m: (worst(m), m.key))
