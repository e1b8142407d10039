"""Whether we can hear: the state of every source, in plain words.

A source is *heard* when it answered with something we could read, new or not.
Its state is one of

    ok        it answers, and something new came in the last day
    quiet     it answers, and nothing new has come for a day
    stale     it has not been heard for a day (or three times its own rhythm, where that is longer),
              or it answers with nothing but old items: on screen "late"
    failing   it was asked and did not answer, or not with what it should
    paused    it rests, or waits for a key or for the checklist
    never     it has not been asked yet
    off       switched off in sources.yaml

Empty is not broken, and unreachable is not empty.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from itertools import accumulate, takewhile
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd

from listening.area import BROUGHT_IN, Area, Source
from listening.post import UTC_DTYPE
from listening.summarise import hearing, reasons, words
from listening.summarise.hearing import DAY, Coverage
from listening.summarise.rows import each

COLUMNS = (
    "name",
    "channel",
    "state",
    "sentence",
    "reason",  # of a failure, a pause or being off
    "last_heard",  # its last answer; where it is never asked but brought in, when that was
    "newest",  # its newest post, by the date that carries
    "since",  # when a failure that still lasts began
    "posts_a_day",  # over the last 28 days, from its first post and up to when it was last heard
    "longest_gap",  # longest time unheard in the runs given; NaT: none worth naming
    "asked",  # False: a file or a note, brought in by hand
    "verified",  # "yes", or "never" where its kind has never met the real service
)
KINDS: dict[str, Any] = dict.fromkeys(("last_heard", "newest", "since"), UTC_DTYPE) | {
    "longest_gap": "timedelta64[us]"
}
# Kinds that have met the real service: none yet. No kind was asked live; feeds were read from 363
# recorded real documents, every other kind from documents written after its description.
MET: frozenset[str] = frozenset()
CHECKLIST = "Waiting for the checklist (three minutes)."
RECENT = timedelta(days=28)
EARS = {"ok": "heard", "quiet": "quiet", "stale": "late", "failing": "failing", "paused": "paused"}


def states(area: Area, runs: pd.DataFrame, heard: pd.DataFrame, now: datetime) -> pd.DataFrame:
    """One row a source of the area, in its order, with ``COLUMNS``.

    ``runs`` and ``heard`` are what the store gives for the last weeks; runs later than ``now``
    are left out, and both may be empty.
    """
    runs_of: dict[str, list[Any]] = {}
    for run in sorted((run for run in each(runs) if run.first <= now), key=lambda run: run.last):
        runs_of.setdefault(run.source, []).append(run)
    posts_of = {row.source: row for row in each(heard)}
    records = [_Record(area, s, runs_of.get(s.name, ()), posts_of.get(s.name), now) for s in area.sources]
    rows = [record.row() for record in records]
    columns = {name: [row[name] for row in rows] for name in COLUMNS}
    return pd.DataFrame(columns | {name: pd.array(columns[name], dtype=kind) for name, kind in KINDS.items()})


@dataclass(frozen=True)
class _Record:
    """What is on record of one source up to now; its few runs are rows, for a frame of them is slow."""

    area: Area
    source: Source
    runs: Sequence[Any]  # its own, oldest first
    posts: Any  # its row of `heard`, or None
    now: datetime

    def row(self) -> dict[str, Any]:
        state, sentence = self.judge()
        return {
            "name": self.source.name,
            "channel": self.source.channel,
            "state": state,
            "sentence": sentence,
            "reason": self.reason,
            "last_heard": self.last_heard,
            "newest": self.posts and self.posts.last_post,
            "since": self.failing_since,
            "posts_a_day": self.posts_a_day,
            "longest_gap": self.longest_gap,
            "asked": self.source.kind not in BROUGHT_IN,
            "verified": "yes" if self.source.kind in MET else "never",
        }

    def judge(self) -> tuple[str, str]:
        """The state and its sentence."""
        if not self.source.enabled:
            return "off", f"Switched off: {reasons.clause(self.reason) or 'no reason given'}."
        if waits(self.area, self.source):
            return "paused", CHECKLIST
        if self.last == "failing":
            return self.last, self.failure()
        if self.last == "paused":
            return self.last, reasons.pause(self.reason, self.asked, self.now)
        if self.last == "stale" and self.reason:
            return self.last, self.reason
        if self.source.kind in BROUGHT_IN:
            return self.brought_in()
        if self.last_heard is None:
            return "never", "Never asked yet."
        if self.last == "stale" or self.now - self.last_heard > self.patience:
            return "stale", f"Last heard {words.day(self.last_heard, self.now, self.area.zone)}."
        return self.alive()

    def failure(self) -> str:
        why = f" ({reasons.clause(self.reason)})" if self.reason else ""
        more = reasons.behind(self.reason, self.asked, self.now)
        if self.last_heard is None:
            return f"It has not answered yet{why}. {more}".strip()
        since = words.since(self.failing_since, self.now, self.area.zone)
        return f"It has not answered since {since}{why}. {more}".strip()

    def brought_in(self) -> tuple[str, str]:
        """Nobody asks it, so it is never late: it waits for a file or a note."""
        if self.posts is None:
            return "never", "Nothing was brought in yet."
        last = self.posts.last_collected
        said = f"Last brought in {words.day(last, self.now, self.area.zone)}."
        return ("ok" if self.now - last <= DAY else "quiet"), said

    def alive(self) -> tuple[str, str]:
        """What is odd about its answers stands behind."""
        odd = reasons.remarks(self.reason)
        if self.posts is None:
            return "quiet", f"Alive; nothing new yet. {odd}".strip()
        if self.now - self.posts.last_collected <= DAY:
            return "ok", f"Heard {words.ago(self.last_heard, self.now)}. {odd}".strip()
        last = words.day(self.posts.last_post, self.now, self.area.zone)
        return "quiet", f"Alive; nothing new since {last}. {odd}".strip()

    @property
    def last(self) -> str | None:
        """The state of its last run."""
        return str(self.runs[-1].state) if self.runs else None

    @property
    def asked(self) -> datetime:
        """When it was last asked."""
        at: datetime = self.runs[-1].last.to_pydatetime() if self.runs else self.now
        return at

    @property
    def reason(self) -> str:
        if not self.source.enabled:
            return self.source.why_disabled or ""
        return str(self.runs[-1].reason or "") if self.runs else ""

    @cached_property
    def answers(self) -> list[Any]:
        return [run for run in self.runs if run.state in ("ok", "quiet")]

    @cached_property
    def last_heard(self) -> Any:
        if self.answers:
            return min(self.answers[-1].last, pd.Timestamp(self.now))
        return self.posts and self.posts.last_collected

    @property
    def patience(self) -> timedelta:
        """How long it may go unheard before it is late."""
        return max(DAY, 3 * self.source.every)

    @property
    def failing_since(self) -> Any:
        """The earliest beginning of the failures that it has had since its last other run."""
        lasting = takewhile(lambda run: run.state == "failing", reversed(self.runs))
        return min((run.first for run in lasting), default=None)

    @property
    def posts_a_day(self) -> float:
        """A silence that lasts is left out: nothing can have come in it."""
        if self.posts is None:
            return 0.0
        lasts = self.now - self.last_heard > self.patience
        end = self.last_heard if lasts else self.now
        days = (end - max(self.posts.first_post, self.now - RECENT)) / DAY
        return float(round(self.posts.posts_28d / max(1.0, days), 2))

    @property
    def longest_gap(self) -> Any:
        """Between two answers, or since the last one."""
        if not self.answers:
            return None
        begins = [*(run.first for run in self.answers[1:]), pd.Timestamp(self.now)]
        ends = accumulate((run.last for run in self.answers), max)
        longest = max(b - e for b, e in zip(begins, ends, strict=True))
        return longest if longest > self.patience else None


def waits(area: Area, source: Source) -> bool:
    """Whether a source waits for the operator's checklist; an invented area needs none."""
    personal = source.channel in ("public", "report", "heard") and not source.licence
    return personal and not area.invented and bool(area.checklist.missing)


def unmet(states: pd.DataFrame) -> str:
    """One line for all kinds that have never met the real service; empty where every one has."""
    asked = states[states["asked"] & (states["state"] != "off")]
    never = asked["verified"] == "never"
    if not never.any():
        return ""
    if not never.all():
        some = words.count(int(never.sum()), "source")
        return f"Verified never: {some} of a kind that has not been tried on the real service yet."
    return (
        "Verified: never. No kind of source has been tried on a real service yet; feeds on 363 recorded ones."
    )


def ears(states: pd.DataFrame) -> str:
    """All ears in a line: "15 heard · 3 quiet · 1 late · 1 failing · 1 paused (needs a key)"."""
    by_hand = ~pd.Series(states.get("asked", True), index=states.index).astype(bool)
    brought = int((by_hand & states["state"].isin(["ok", "quiet"])).sum())
    states = states[~by_hand | (states["state"] == "paused")]
    counts = states["state"].value_counts()
    parts = [f"{counts.get(s, 0)} {word}" for s, word in EARS.items() if s in counts or s == "ok"]
    if "paused" in counts:
        parts[-1] += _why_paused(states[states["state"] == "paused"])
    more = [f"{counts['never']} not asked yet"] if "never" in counts else []
    return " · ".join([*parts, *more, *([f"{brought} brought in by hand"] if brought else [])])


def _why_paused(paused: pd.DataFrame) -> str:
    if (paused["sentence"] == CHECKLIST).all():
        return " (checklist)"
    return " (needs a key)" if paused["reason"].str.contains("key").all() else ""


def finding(states: pd.DataFrame, now: datetime, zone: ZoneInfo) -> str:
    """How many sources were heard in the last day and who does not answer, in at most three sentences."""
    asked = states[(states["state"] != "off") & states.get("asked", True)]
    heard = int((now - asked["last_heard"] <= DAY).sum())
    were = "was" if len(asked) == 1 else "were"
    if asked.empty and len(states):
        return "No source is asked here."
    first = f"{heard} of {words.count(len(asked), 'source')} {were} heard in the last day."
    failing = asked[asked["state"] == "failing"].to_dict("records")
    if len(failing) > 2:
        return f"{first} {words.capital(words.spelled(len(failing)))} do not answer."
    return " ".join([first, *(_silent(row, now, zone) for row in failing)])


def _silent(row: dict[Any, Any], now: datetime, zone: ZoneInfo) -> str:
    if pd.isna(row["last_heard"]):
        return f"{row['name']} has not answered yet."
    local = row["since"].astimezone(zone).date()
    return f"{row['name']} has not answered since {local:%A} {words.on(local, now.astimezone(zone).date())}."


def coverage(
    area: Area,
    runs: pd.DataFrame,
    heard: pd.DataFrame,
    now: datetime,
    ward: str | None = None,
    town: str | None = None,
    carried: pd.DataFrame | None = None,
) -> Coverage:
    """What could be heard of a ward, a town or (neither given) the whole area: ``hearing.coverage``."""
    return hearing.coverage(area, states(area, runs, heard, now), now, ward, town, carried)
