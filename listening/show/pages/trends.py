"""Trends: is it rising? Level, course and parts; with one issue chosen, its dossier."""

from datetime import datetime
from functools import partial

import pandas as pd
import streamlit as st

from listening import share
from listening.area import Area
from listening.show import address, chooser, hearing, leaving, pieces, series
from listening.show.chooser import PERIODS, Choice, window
from listening.show.frame import link, literal
from listening.show.ledger import Kept
from listening.store import Store
from listening.summarise import course, course_words, findings, health, shares, words
from listening.summarise.course import MOST, NOTES, Line, Trend
from listening.summarise.event import Item
from listening.summarise.figures import PUBLIC, TONE_FROM
from listening.summarise.scope import TOWN, Scope, spoken
from listening.summarise.shares import PARTS, Part

CUTS = {"": "Where", "issue": "What about", "source": "Said on", "channel": "Channel"}
HOW = (
    "Posts are residents' public posts and comments; copies are folded into one.",
    "The usual range is where nine in ten lay, over up to 26 weeks before the time you chose.",
    "It needs 8 weeks. A day is held against its own weekday. A week begins on Monday.",
    "Only finished days and weeks are in the picture.",
    "Rising or falling is said only where chance would seldom make such a change, and from 10 accounts.",
    "A share comes with the range it may well lie in. A post may name two issues or two places.",
    "Statistics: 95 % Wilson intervals; a conditional test of two Poisson rates on conversations.",
    "Download: figures of fewer than 5 accounts are hidden, so no one can be picked out.",
)


def page(store: Store, area: Area, choice: Choice, now: datetime) -> None:
    """Draw Trends for the chosen place, issue and period."""
    pieces.style()
    with st.container(key="today"):
        since, until = window(choice, now, area.zone)
        scope = Scope(area, choice.ward, choice.town, choice.issue, choice.period, since, until)
        st.caption(
            f"{literal(scope.place)} · {PERIODS[scope.period].lower()} · {words.moment(now, area.zone)}"
        )
        if "issue" not in st.query_params:
            labels = {"": "All issues – choose one for its dossier"}
            address.one("Issue", "issue", labels | {i.slug: i.label for i in chooser.issues(area)},
                        label_visibility="collapsed")  # fmt: skip
        ears = hearing.coverage(store, area, choice, now)
        if ears.deaf:
            first, *rest = ears.sentences
            st.title(literal(first), anchor=False)
            pieces.lines(*rest)
        else:
            _drawn(store, scope, choice)
        pieces.section("What we could hear")
        pieces.lines(health.ears(hearing.states(store, area, now)) if scope.kind == "area" else ears.sentence)
        how = st.expander("How is this worked out?", on_change="rerun", key="how")
        if how.open:
            with how:
                pieces.lines(*HOW)


def _drawn(store: Store, scope: Scope, choice: Choice) -> None:
    trend = _trend(store, scope.area.store, store.version, key(scope), scope)
    st.title(literal(course_words.finding(trend, scope)), anchor=False)
    pieces.lines(course_words.company(trend, scope), course_words.direction(trend, scope))
    if trend.figures.posts:
        link("Explore", findings.see_all(trend.figures.posts))
    _level(trend, scope)
    _download(store, scope, choice, trend.line)
    if scope.issue:
        _dossier(trend, scope)
    _tone(trend, scope)
    _parts(store, scope, trend.figures.posts)
    _compare(store, scope)


def _level(trend: Trend, scope: Scope) -> None:
    first, *more = course_words.level(trend.line, trend.weeks)
    marks = _marked(trend)
    if trend.line.points:
        figure = series.course(trend.line, [_stands(i, trend.line.step, scope) for i in marks])
        series.show(figure, first.removesuffix("."), series.points_table([trend.line]), "level")
    else:
        pieces.lines(first)
    pieces.lines(*more)
    if marks:
        pieces.small("Dotted lines: what public bodies said, by its number below.")


def _marked(trend: Trend) -> list[Item]:
    """The newest official items that fall into the picture, oldest first: their place is their number."""
    if not trend.line.points:
        return []
    begins = trend.line.points[0].begins
    return [i for i in reversed(trend.official[:NOTES]) if i.published.date() >= begins]


def _stands(item: Item, step: str, scope: Scope) -> pd.Timestamp:
    """Where an item stands in the picture: its day, or the Monday of its week."""
    day = pd.Timestamp(item.published.astimezone(scope.area.zone).date())
    return day if step == "day" else day - pd.Timedelta(days=day.weekday())


def _item(item: Item, scope: Scope, before: str = "") -> None:
    said = literal(f"{before}{course_words.note(item, scope)} · {item.source}")
    pieces.small(f"{said} · {pieces.link(item.url)}")


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
    if rows.empty:
        return
    safe = share.counts(rows, scope.area, scope.until)
    about = {"rows": len(safe), "place": scope.key, "issue": scope.issue, "since": str(since)}
    st.download_button(
        f"Download {words.count(len(safe), 'row')} of counts (CSV)",
        partial(leaving.csv, safe),
        file_name="counts.csv",
        mime="text/csv",
        icon=":material/download:",
        type="tertiary",
        on_click=leaving.record,
        args=(store, choice.role, "counts", about, scope.until),
    )


def _dossier(trend: Trend, scope: Scope) -> None:
    """What the chosen issue has besides its figures: who runs it, what public bodies and the press said."""
    pieces.section("Whose job it is")
    body = scope.area.body(scope.issue or "")
    st.markdown(
        f"Runs it: {pieces.named(body.name, body.report)}" if body else "The area does not say who runs this."
    )
    link("Themes", "What the comments say")
    pieces.section("What public bodies said")
    if not trend.official:
        pieces.lines(course_words.nobody(scope))
    numbers = {item: n for n, item in enumerate(_marked(trend), 1)}
    _list(trend.official, scope, "official", numbers)
    if trend.press:
        pieces.section("In the press")
        _list(trend.press, scope, "press", {})


def _list(items: tuple[Item, ...], scope: Scope, name: str, numbers: dict[Item, int]) -> None:
    for item in items[:NOTES]:
        _item(item, scope, f"({numbers[item]}) " if item in numbers else "")
    if len(items) > NOTES:
        rest = st.expander(f"{len(items) - NOTES} more", on_change="rerun", key=f"more_{name}")
        if rest.open:
            with rest:
                for item in items[NOTES:]:
                    _item(item, scope)


def _tone(trend: Trend, scope: Scope) -> None:
    said = course_words.tone(scope, trend.figures, trend.tone_place, trend.tone)
    pieces.section("Tone")
    if trend.tone.scored >= TONE_FROM:
        finding = f"Tone of {words.count(trend.tone.scored, 'post')}: {trend.tone_place}"
        series.show(series.tone(trend.tone), finding, series.tone_table(trend.tone), "tone")
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
        series.show(series.bars(rows[:PARTS]), finding, series.parts_table(rows, whole), f"parts_{by}")
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
    series.show(
        series.together(lines), course_words.compare_finding(lines), series.points_table(lines), "together"
    )
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
    return course.gather(Kept(_store, _scope.area, version), _scope)


@st.cache_data(max_entries=64, show_spinner=False)
def _parts_of(
    _store: Store, url: str, version: int, key: tuple[object, ...], _scope: Scope, by: str
) -> tuple[tuple[Part, ...], int]:
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
    return course.lines(Kept(_store, _scope.area, version), _scope, list(issues), list(places))
