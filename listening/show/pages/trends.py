"""Trends: is it rising? Level, course and parts; with one issue chosen, its dossier."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

import pandas as pd
import streamlit as st

from listening import share
from listening.area import Area
from listening.show import address, charts, chooser, doing, dossier, hearing, leaving, pieces, series
from listening.show.chooser import PERIODS, Choice
from listening.show.dossier import Note
from listening.show.frame import link, literal
from listening.show.ledger import Kept
from listening.show.pages.today import scope_of
from listening.store import Store
from listening.summarise import course, course_words, findings, health, shares, words
from listening.summarise.course import MOST, Line, Trend
from listening.summarise.figures import PUBLIC, TONE_FROM
from listening.summarise.scope import TOWN, Scope, spoken
from listening.summarise.shares import PARTS, Part

CUTS = {"": "Where", "issue": "What about", "source": "Said on", "channel": "Channel"}
HOW = (
    "Posts are residents' public posts and comments; copies are folded into one.",
    "The usual range is where nine in ten lay, over up to 26 weeks before the time you chose.",
    "It needs 8 weeks. A day is held against its own weekday. A week begins on Monday.",
    "Where nothing could be heard for most of a day, no posts is a gap, and no part of the usual range.",
    "A week counts for the usual range if five of its days could be heard.",
    "Only finished days and weeks are in the picture.",
    "Rising or falling is said only where chance would seldom make such a change, and from 10 accounts.",
    "A share comes with the range it may well lie in. A post may name two issues or two places.",
    "Statistics: 95 % Wilson intervals; a conditional test of two Poisson rates on conversations.",
    "Before and after: the same number of whole weeks, at most four, without the day itself.",
    "What changed in the other wards too is taken away. Two notes close together cannot be told apart.",
    "Talk falls after a peak by itself: what came after need not come from it.",
    "Statistics: difference in differences of log counts, 95 % interval (Gart and Zweifel 1967).",
    "Download: figures of fewer than 5 accounts are hidden, so no one can be picked out.",
)


def page(store: Store, area: Area, choice: Choice, now: datetime) -> None:
    """Draw Trends for the chosen place, issue and period."""
    pieces.style()
    with st.container(key="today"):
        scope = scope_of(area, choice, now, store)
        st.caption(
            f"{literal(scope.place)} · {PERIODS[scope.period].lower()} · {words.moment(now, area.zone)}"
        )
        if "issue" not in st.query_params:
            labels = {"": "All issues – choose one for its dossier"}
            address.one("Issue", "issue", labels | {i.slug: i.label for i in chooser.issues(area)},
                        label_visibility="collapsed")  # fmt: skip
        ears = hearing.coverage(store, area, choice, now)
        scope = scope.at(unheard=not ears.heard)
        if ears.deaf:
            first, *rest = ears.sentences
            st.title(literal(first), anchor=False)
            pieces.lines(*rest)
            _before(store, scope, choice)
        else:
            _drawn(store, scope, choice)
            pieces.section("What we could hear")
            whole = scope.kind == "area" and ears.heard
            pieces.lines(health.ears(hearing.states(store, area, now)) if whole else ears.sentence)
        how = st.expander("How is this worked out?", on_change="rerun", key="how")
        if how.open:
            with how:
                pieces.lines(*HOW)


def _before(store: Store, scope: Scope, choice: Choice) -> None:
    """How it went before its ears fell silent: the days since then are a gap."""
    trend = _trend(store, scope.area.store, store.version, key(scope), scope)
    if any(not p.gap for p in trend.line.points):
        _level(store, trend, scope, choice, ())


def _drawn(store: Store, scope: Scope, choice: Choice) -> None:
    trend = _trend(store, scope.area.store, store.version, key(scope), scope)
    st.title(literal(course_words.finding(trend, scope)), anchor=False)
    pieces.lines(course_words.company(trend, scope), course_words.direction(trend, scope))
    if trend.figures.posts:
        link("Explore", findings.see_all(trend.figures.posts))
    done = doing.told(store, scope.until) if scope.issue else ()
    notes = dossier.notes(trend, done, scope)
    _level(store, trend, scope, choice, notes)
    if scope.issue:
        dossier.draw(store, trend, scope, notes, done, key(scope))
    _tone(trend, scope)
    _parts(store, scope, trend.figures.posts)
    _compare(store, scope)


def _level(store: Store, trend: Trend, scope: Scope, choice: Choice, notes: Sequence[Note]) -> None:
    first, *more = course_words.level(trend.line, trend.weeks)
    if trend.line.points:
        figure = series.course(trend.line, [dossier.stands(n, trend.line.step, scope) for n in notes])
        leave = partial(_download, store, scope, choice, trend.line)
        table, silent = series.points_table([trend.line]), course_words.unheard(trend.line)
        alt = f"{first} {silent} The table below has the figures." if silent else ""
        said = first.removesuffix(".")
        charts.show(figure, said, table, "level", alt=alt, below=[silent], leave=leave)
    else:
        pieces.lines(first)
    pieces.lines(*more)
    if notes:
        pieces.small("Dotted lines: what was done and what public bodies said, by its number below.")


def _download(store: Store, scope: Scope, choice: Choice, line: Line) -> None:
    """The counts behind the line, through the gate; that they left is recorded."""
    if not line.points:
        return
    since = line.points[0].begins
    issues = [scope.issue] if scope.issue else None
    by = (line.step, "issue", "place") if scope.issue else (line.step, "place")
    kept = Kept(store, scope.area, store.version)
    rows = kept.counts(by, since=since, places=[scope.key], issues=issues, channels=PUBLIC)
    rows = rows[rows[line.step] <= pd.Timestamp(line.points[-1].begins)]
    about = {"place": scope.key, "issue": scope.issue, "since": str(since)}
    safe = course.with_gaps(share.counts(rows, scope.area, scope.until), line, scope)
    leaving.button(store, choice.role, "counts", safe, about, scope.until)


def _tone(trend: Trend, scope: Scope) -> None:
    said = course_words.tone(scope, trend.figures, trend.tone_place, trend.tone)
    pieces.section("Tone")
    if trend.tone.scored >= TONE_FROM:
        finding = f"Tone of {words.count(trend.tone.scored, 'post')}: {trend.tone_place}"
        charts.show(series.tone(trend.tone), finding, series.tone_table(trend.tone), "tone")
    pieces.lines(*said)


def _parts(store: Store, scope: Scope, posts: int) -> None:
    """The figure cut by place, issue, source or channel."""
    if not posts:
        return
    pieces.section("What it is made of")
    by = address.tabs("Cut by", "by", CUTS) or "place"
    rows, whole = _parts_of(store, scope.area.store, store.version, (*key(scope), by), scope, by)
    chosen = scope.area.issue_by_slug[scope.issue].label if scope.issue else None
    finding = course_words.parts_finding(rows, by, whole, chosen)
    if rows:
        charts.show(series.bars(rows[:PARTS]), finding, series.parts_table(rows, whole), f"parts_{by}")
    else:
        pieces.lines(f"{finding}.")
    if len(rows) > PARTS:
        pieces.small(f"{len(rows) - PARTS} more stand in the table.")
    if by == "place":
        pieces.small("A place with more sources is heard more: hold each against its own usual range.")


def _compare(store: Store, scope: Scope) -> None:
    """Up to four issues, or with one issue chosen four places, side by side."""
    pieces.section("Side by side")
    labels = _places(scope) if scope.issue else {i.slug: i.label for i in chooser.issues(scope.area)}
    own = scope.key if scope.issue else ""
    labels.pop(own, None)
    most = MOST - 1 if scope.issue else MOST
    what = "places" if scope.issue else "issues"
    label = f"Compare up to {most} {'more ' if scope.issue else ''}{what}"
    asked = address.several(label, "with", labels, most, placeholder=f"Choose {what}")
    if not asked:
        return
    cells = ((scope.issue,), (own, *asked)) if scope.issue else (tuple(asked), (scope.key,))
    lines = _lines(store, scope.area.store, store.version, (*key(scope), cells), scope, *cells)
    charts.show(
        series.together(lines), course_words.compare_finding(lines), series.points_table(lines), "together"
    )
    for line in lines:
        silent = course_words.unheard(line)
        pieces.small(literal(f"{line.label}: {words.lower(silent)}") if silent else "")
    pieces.lines(*(f"{course_words.compared(line)}." for line in lines))


def _places(scope: Scope) -> dict[str, str]:
    towns = [f"{TOWN}{t.name}" for t in scope.area.towns]
    wards = sorted(w.name for w in scope.area.wards)
    return {p: spoken(scope.area, p) for p in (scope.area.code, *towns, *wards)}


def key(scope: Scope) -> tuple[object, ...]:
    """What a figure depends on beside the store: the choice, and the time to five minutes."""
    exact = scope.until.timestamp()
    return scope.ward, scope.town, scope.issue, scope.period, exact if scope.area.clock else exact // 300


@st.cache_data(max_entries=64, show_spinner=False)
def _trend(_store: Store, url: str, version: int, key: tuple[object, ...], _scope: Scope) -> Trend:
    with _store.moment():
        return course.gather(Kept(_store, _scope.area, version), _scope)


@st.cache_data(max_entries=64, show_spinner=False)
def _parts_of(
    _store: Store, url: str, version: int, key: tuple[object, ...], _scope: Scope, by: str
) -> tuple[tuple[Part, ...], int]:
    with _store.moment():
        return shares.parts(Kept(_store, _scope.area, version), _scope, by)


@st.cache_data(max_entries=64, show_spinner=False)
def _lines(
    _store: Store,
    url: str,
    version: int,
    key: tuple[object, ...],
    _scope: Scope,
    issues: tuple[str | None, ...],
    places: tuple[str, ...],
) -> tuple[Line, ...]:
    with _store.moment():
        return course.lines(Kept(_store, _scope.area, version), _scope, list(issues), list(places))
