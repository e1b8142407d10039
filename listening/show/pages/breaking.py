"""Breaking: what just happened, who has it, and who confirms it."""

from datetime import datetime

import pandas as pd
import streamlit as st

from listening.area import Area
from listening.show import doing, hearing, patch, pieces, reading
from listening.show.chooser import Choice
from listening.show.frame import literal
from listening.show.pages.today import STEP, scope_of
from listening.store import Store
from listening.summarise import breaking, bulletin, deeds, findings, words
from listening.summarise.breaking import Breaking, Step, Told
from listening.summarise.claims import Claim
from listening.summarise.clusters import DAY, WINDOW
from listening.summarise.deeds import Deed
from listening.summarise.event import Item
from listening.summarise.hearing import Coverage
from listening.summarise.identity import assigned
from listening.summarise.kept import kept, visible
from listening.summarise.rows import each
from listening.summarise.scope import Scope
from listening.summarise.stories import HISTORY
from listening.summarise.whynot import why_not

MOST = 100  # posts of a story listed
HOW = (
    "Posts and items become one story by the rare words, the issue, the place and the time they share.",
    "Residents make a story from 3 accounts within 24 hours, if so many are unusual there.",
    "Before a week of earlier talk is known it takes 5 accounts that name one ward or street.",
    "Two outlets that tell of one thing in their own words make one too; so does an item beside 2 accounts.",
    "A title names a street where a third of the posts name it and half name it or its ward.",
    "Growing: the last 3 hours brought more than the 3 before. Fading: 6 hours brought under a tenth.",
    "A story closes when nobody has posted for 24 hours.",
    "Statistics: TF-IDF with earlier posts, neighbour smoothing, average linkage; a gamma-Poisson tail.",
)
# Our own words only.
_STYLE = """<style>
.st-key-breaking {max-width: 52rem}
.st-key-breaking h1 {font-size: 1.6rem; line-height: 1.25; padding: 0 0 .25rem}
.st-key-breaking h2 {font-size: .875rem; letter-spacing: .06em; text-transform: uppercase; padding: 1rem 0 0}
.st-key-breaking h3 {font-size: 1.15rem; padding: 0}
.st-key-breaking button[kind="tertiary"] {min-height: 1.75rem}
.st-key-breaking [data-testid="stCaptionContainer"] a {opacity: 1}
</style>"""


def page(store: Store, area: Area, choice: Choice, now: datetime) -> None:
    """Draw Breaking for the chosen place and issue; ``?story=`` opens the posts of one story."""
    st.html(_STYLE)
    with st.container(key="breaking"):
        scope = scope_of(area, choice, now)
        st.caption(f"{scope.place} · {words.moment(now, area.zone)} · looks for news every minute")
        coverage = hearing.coverage(store, area, choice, now)
        if coverage.deaf:
            patch.deaf(store, scope, coverage, hearing.states(store, area, now))
            return
        whole = _gathered(store, area.store, store.version, _key(area, now), area, now)
        asked = st.query_params.get("story")
        told = next((t for t in (*whole.open, whole.last) if t and asked in (t.id, *t.was)), None)
        if told:
            _posts(store, scope, told)
        else:
            _draw(store, scope, breaking.at(whole, scope), coverage)


def _key(area: Area, now: datetime) -> float:
    """Exact where the clock stands still, else to five minutes."""
    return now.timestamp() if area.clock else now.timestamp() // STEP.total_seconds()


@st.cache_data(max_entries=16, show_spinner="Reading the last days")
def _gathered(_store: Store, url: str, version: int, key: float, _area: Area, _now: datetime) -> Breaking:
    stories = _stories(_store, _now)
    since = min([_now - WINDOW, *stories["first_seen"]])
    return breaking.gather(stories, _store.posts(since, _now), _read(_store, _now), _area, _now)


def _stories(store: Store, now: datetime) -> pd.DataFrame:
    """Those that are kept; where no round has told any yet, what one would tell now."""
    if store.told is None:
        return assigned(store.posts(now - HISTORY, now), now)
    return store.stories(now - WINDOW, now)


def _read(store: Store, now: datetime) -> pd.DataFrame:
    """All that was read in the last day, small talk too."""
    return store.posts(now - DAY, now, noise=True)


def _draw(store: Store, scope: Scope, view: Breaking, ears: Coverage) -> None:
    first, *rest = bulletin.finding(view, scope, ears.heard > 0)
    st.title(literal(first), anchor=False)
    pieces.lines(*rest)
    now, zone = scope.until, scope.area.zone
    done = doing.told(store, now)
    for told in view.open:
        _story(store, told, scope, done)
    if not view.open:
        if view.last:
            pieces.lines(bulletin.last_thing(view.last, now, zone))
        pieces.lines(bulletin.ears(ears.heard, ears.total) if ears.heard else ears.sentence)
    if view.announced:
        pieces.section("From government and sector bodies")
        for row in view.announced:
            day, touches = bulletin.announcement(row, now, zone)
            with st.container(gap=None):
                st.markdown(f"**{literal(day)}** {literal(row.title)}")
                pieces.small(
                    " · ".join(x for x in (pieces.named(row.source, row.url), literal(touches)) if x)
                )
    pieces.section("What was read")
    if view.open:  # a quiet page has said it above
        pieces.lines(bulletin.reading(view))
    _why_not(store, scope, view)
    pieces.lines(ears.sentence if view.open else findings.END)
    how = st.expander("How is this worked out?", on_change="rerun", key="how")
    if how.open:
        with how:
            pieces.lines(*HOW)


def _story(store: Store, told: Told, scope: Scope, done: tuple[Deed, ...]) -> None:
    now, zone = scope.until, scope.area.zone
    with st.container(border=True, gap="small", key=f"box_{told.id}"):
        pieces.small(literal(bulletin.label(told)))
        st.subheader(literal(told.headline), anchor=False)
        pieces.small(literal(", ".join(told.wards)))
        pieces.lines(bulletin.figures(told, now, zone), bulletin.here(told, scope))
        st.markdown("  \n".join(_step(s, scope) for s in told.steps if told.phase != "fading" or s.url))
        pieces.lines(bulletin.first(told))
        pieces.lines(*findings.kept_from_view(told.kept, scope.area.phones))
        matter = deeds.story(told.id, told.issues, next(iter(told.wards), None), scope.area)
        doing.box(store, scope.area, matter, now, told.id, done, *bulletin.statements(told))
        _foot(told.id, told.posts, bulletin.before_sharing(told, now), story=told.id)
    for number, (claim, item) in enumerate(told.claims):
        _claim(claim, item, scope, f"{told.id}_{number}")


def _step(step: Step, scope: Scope) -> str:
    """One line of the timeline, as Markdown in which all of theirs is literal."""
    at = bulletin.said_at(step.at, scope.until, scope.area.zone)
    who = pieces.named(step.who, step.url) if step.kind in ("press", "official") else literal(step.who)
    more = " · ".join(p for p in (who, step.kind, "edited since" if step.edited else "") if p)
    return f"**{literal(at)}** {literal(step.what)} · {more}"


def _claim(claim: Claim, item: Item | None, scope: Scope, key: str) -> None:
    now, zone = scope.until, scope.area.zone
    with st.container(border=True, gap="small", key=f"claim_{key}"):
        pieces.small("UNCONFIRMED · only social media")
        st.subheader(literal(bulletin.claim_title(claim)), anchor=False)
        pieces.small(bulletin.PART)
        pieces.lines(bulletin.claim(claim, now, zone))
        if item:
            where = pieces.named(item.source, item.url)
            st.markdown(f"{literal(bulletin.nearest(item, now, zone))} · {where}")
        pieces.lines(bulletin.CANNOT_JUDGE)
        _foot(key, 0, bulletin.before_sharing_claim(claim, now))


def _foot(key: str, posts: int, before: list[str], story: str | None = None) -> None:
    if story and posts:
        st.button(findings.see_all(posts), f"see_{key}", type="tertiary", on_click=_open, args=(story,))
    share = st.expander("Before you share", on_change="rerun", key=f"share_{key}")
    if share.open:
        with share:
            pieces.lines(*before)


def _open(story: str) -> None:
    st.query_params["story"] = story


def _close() -> None:
    st.query_params.pop("story", None)


def _why_not(store: Store, scope: Scope, view: Breaking) -> None:
    """Something missing? A word, and why it makes no story."""
    asked = st.text_input(
        "Something missing? Why not here?", placeholder="A word, such as sandbags", key="why"
    )
    if asked:
        st.text(why_not(asked, _read(store, scope.until), view, scope.until))


def _posts(store: Store, scope: Scope, told: Told) -> None:
    """The residents' posts of one story, newest first; what is held back is counted, never shown."""
    st.button("Back to Breaking", icon=":material/arrow_back:", type="tertiary", on_click=_close)
    rows = store.posts(ids=list(told.ids), channels=("public",))
    readable = visible(rows[rows["copy_of"].isna()], scope.area)
    calm = readable[~readable["flags"].map(lambda flags: "abuse" in flags).astype(bool)]
    st.title(literal(f"{words.count(told.posts, 'post')}: {told.headline}"), anchor=False)
    pieces.lines(*findings.kept_from_view(kept(rows), scope.area.phones))
    for row in each(calm.head(MOST)):
        with st.container(border=True):
            reading.item(row, scope.area, scope.until)
    if len(calm) > MOST:
        st.caption(f"These are the newest {MOST} of {len(calm)}.")
