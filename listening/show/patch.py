"""Today for one patch, a ward or a town (or one issue): drawn from top to bottom."""

import pandas as pd
import streamlit as st

from listening.show import heard, pieces
from listening.show.frame import link, literal
from listening.show.hearing import carried_last_week
from listening.store import Store
from listening.summarise import duties, findings, hearing, words
from listening.summarise.event import Event, Item
from listening.summarise.figures import PUBLIC, Mentioned, figures, shown
from listening.summarise.hearing import Coverage
from listening.summarise.quotes import Quote
from listening.summarise.scope import Scope
from listening.summarise.today import Today

QUESTIONS = 3  # shown; the rest are counted
ROWS = 8  # issues; the rest share a line
WARDS = 8
HOW = (
    "Posts are residents' public posts and comments; copies are folded into one.",
    "The usual range is where nine weeks in ten lay, over up to 26 weeks.",
    "A week that could not be heard on more than two days is left out of it.",
    "A range needs 8 weeks. A week holds every weekday once.",
    "An issue stands out when its talk is far above its own past weeks. We look at every issue in every"
    " place at once and keep false finds to about one in twenty.",
    "A count may lie above its usual range by chance. It stands out only where chance would seldom"
    " bring so much talk.",
    "It also needs 3 accounts, 3 separate conversations, and twice what we expected.",
    "Statistics: negative-binomial predictive tail on conversations, Benjamini–Hochberg at 5 %.",
    "Tone is a hint, from words alone. On the page of an issue it is that of the sentences that name"
    " the issue.",
    "Tone of a place needs 30 posts. A place with fewer borrows from the place around it.",
)


def draw(today: Today, scope: Scope, ears: Coverage) -> None:
    """The page for one place that could be heard."""
    first, *rest = findings.headline(today, scope)
    st.title(literal(first), anchor=False)
    pieces.lines(*rest)
    pieces.lines(*(findings.whole_town(*wide) for wide in today.around))
    for label, few in today.noisy:
        pieces.lines(findings.loud_not_wide(few, label))
    if today.loud and not today.noisy:
        pieces.lines(findings.loud_not_wide(today.loud))
    if today.event:
        _event(today.event, scope)
    else:
        if today.only_source and today.figures.posts > 2:
            pieces.lines(findings.only(today.only_source, today.figures.posts))
        _mentioned(today, scope)
    heard.told(today.door, () if today.event else [m.slug for m in today.mentioned[:ROWS]])
    _voices(today, scope)
    _tone(today, scope)
    _kept(today, scope)
    pieces.section("What we could hear")
    pieces.lines(ears.sentence)
    if not today.event:
        pieces.lines(findings.END)
    _why(today, scope)


def deaf(store: Store, scope: Scope, ears: Coverage, states: pd.DataFrame) -> None:
    """The page for a place that could not be heard: what is known of its ears, and nothing else."""
    first, *rest = ears.sentences
    st.title(literal(first), anchor=False)
    pieces.lines(*rest)
    if scope.ward:
        own = states[states["name"].isin(ears.names)]
        pieces.lines(carried_last_week(store, scope.area, scope.until, scope.ward, own))
    _heard_part(store, scope)
    if scope.ward:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown("Nearby:", width="content")
            for ward in hearing.nearby(scope.area, scope.ward):
                st.button(ward, key=f"near_{ward}", type="tertiary", on_click=_go, args=(ward,))
            link("Sources", "Sources page")


def _heard_part(store: Store, scope: Scope) -> None:
    """The way to the posts of that part of the window that was heard, where there are any."""
    row = store.tally(scope.since, scope.until, channels=PUBLIC, **scope.only)
    posts = figures(shown(scope.area, row, scope.issue)).posts
    if posts:
        link("Explore", findings.see_all(posts))


def _go(ward: str) -> None:
    st.query_params["ward"] = ward


def _mentioned(today: Today, scope: Scope) -> None:
    if not today.mentioned:
        return
    pieces.section("What people mentioned")
    notes = {d.slug: d.sentence for d in today.door}
    for row in today.mentioned[:ROWS]:
        _row(row, scope, notes.get(row.slug, ""))
    pieces.lines(findings.others(today.mentioned[ROWS:]))
    pieces.opens(findings.see_all(today.figures.posts), "all", "see_all")
    if today.wards:
        pieces.section("Where")
        pieces.lines(findings.streets(today.wards, WARDS))
    for name, wards in today.vague[:2]:
        pieces.small(literal(findings.vague(name, wards)))


def _row(row: Mentioned, scope: Scope, note: str = "") -> None:
    """One issue: its posts behind a click, its usual range, its streets, who runs it."""
    with st.container(gap=None):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f"**{literal(row.label)}**", width="content")
            pieces.opens(words.count(row.posts, "post"), row.slug, f"see_{row.slug}")
            usual = findings.ordinarily(row)
            if usual:
                st.markdown(literal(usual), width="content")
        runs = f"Runs it: {pieces.named(row.runs.name, row.runs.report)}" if row.runs else ""
        streets = findings.streets(row.streets) if row.posts > 1 else ""
        reported = findings.reported(row, scope.until, scope.area.zone)
        pieces.small(literal(streets), runs, literal(reported), literal(note))


def _event(event: Event, scope: Scope) -> None:
    now, zone = scope.until, scope.area.zone
    if event.confirmed:
        pieces.section("Confirmed")
        for item in event.confirmed:
            _item(item, scope)
    pieces.lines(findings.unspoken(event))
    if event.claims:
        pieces.section("Not confirmed")
        for claim, nearest in event.claims:
            pieces.lines(f"? {findings.unconfirmed(claim, nearest, now, zone)}")
            if nearest and nearest.url:
                pieces.small(f"{literal(nearest.source)} · {pieces.link(nearest.url)}")
    if event.press:
        pieces.section("In the press")
        for item in event.press:
            said = f"{item.title} · {findings.confirmed(item, now, zone)}"
            pieces.small(f"{literal(said)} · {pieces.link(item.url)}")
    where = findings.streets(event.streets)
    if where:
        pieces.section("Where")
        pieces.lines(where)
    if event.said:
        pieces.section("What people say")
        for quote in event.said:
            _quote(quote, scope, "said")
        pieces.opens(findings.see_all(event.figures.posts), event.slug, "see_event")
    pieces.section("Who does what")
    st.markdown(
        "  \n".join(f"{literal(what)} · **{literal(who)}**" for what, who in duties.duties(event, scope.area))
    )
    if event.also:
        pieces.section(f"Also in the {scope.kind}")
        pieces.lines(*(findings.also(row) for row in event.also))


def _item(item: Item, scope: Scope) -> None:
    said = findings.confirmed(item, scope.until, scope.area.zone)
    with st.container(gap=None):
        st.markdown(f"✓ {literal(item.title)}")
        pieces.small(f"{literal(said)} · {pieces.link(item.url)}")


def _voices(today: Today, scope: Scope) -> None:
    if today.good and not today.event:
        pieces.section("A good word")
        _quote(today.good, scope, "good")
    if today.questions and not today.event:
        pieces.section(findings.open_questions(len(today.questions)))
        for quote in today.questions[:QUESTIONS]:
            _quote(quote, scope, "asked")
        if len(today.questions) > QUESTIONS:
            pieces.lines(findings.more_questions(len(today.questions) - QUESTIONS))
    if today.ahead:
        pieces.section("Coming up")
        for item in today.ahead:
            day, title = findings.coming(item)
            with st.container(gap=None):
                st.markdown(f"**{literal(day)}** {literal(title)}")
                pieces.small(f"{literal(item.source)} · {pieces.link(item.url)}")


def _quote(quote: Quote, scope: Scope, kind: str) -> None:
    with st.container(key=f"quote_{kind}_{quote.id}", gap=None):
        pieces.words(quote.text)
        pieces.small(literal(findings.attributed(quote, scope.until, scope.area.zone)))


def _tone(today: Today, scope: Scope) -> None:
    if today.figures.posts and not today.event:
        pieces.section("Tone")
        pieces.lines(" ".join(findings.tone(scope, today.figures, today.tone_place, today.tone)))


def _kept(today: Today, scope: Scope) -> None:
    said = findings.kept_from_view(today.kept, scope.area.phones)
    if said:
        pieces.section("Kept from view")
        pieces.lines(*said)


def _why(today: Today, scope: Scope) -> None:
    if today.event:
        why = st.expander("Why am I told this?", on_change="rerun", key="why")
        if why.open:
            with why:
                pieces.lines(*findings.why_told(today.event, scope))
    how = st.expander("How is this worked out?", on_change="rerun", key="how")
    if how.open:
        with how:
            pieces.lines(*HOW)
