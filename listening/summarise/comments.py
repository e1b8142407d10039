"""Everything the page Themes says, gathered once: the themes of a place, an issue and a window."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pandas as pd

from listening.area import Area
from listening.summarise.event import Item
from listening.summarise.figures import PUBLIC, READ, SENSITIVE_FROM, Figures, figures
from listening.summarise.kept import Kept, hushed, kept, visible
from listening.summarise.phrases import phrases
from listening.summarise.quotes import Quote, answers, quotable, quote, short
from listening.summarise.quotes import words as text_of
from listening.summarise.rows import each, pick
from listening.summarise.scope import Ledger, Scope, first_heard
from listening.summarise.terms import SENSE, terms
from listening.summarise.themes import FEWEST, OTHER, themes
from listening.summarise.voices import loudest

EARLIER = timedelta(days=84)  # what a phrase is new against: twelve weeks
ANSWERS = timedelta(days=28)  # how old an official item may be that answers what is still asked
ASKED = 0.5  # share of a theme's questions that hold a term, from which it is what they ask for
COMMON = 0.2  # share of the other comments that hold a term, from which it is the matter's own ("bin")
MATTER = ("issue", "place")  # what a decision about a theme carries, beside the theme's terms


@dataclass(frozen=True)
class Said:
    """A quote of a theme, where it was said of, and whether mockery is possible."""

    quote: Quote
    where: str
    sarcasm: bool


@dataclass(frozen=True)
class Theme:
    """One theme and all that is shown of it."""

    label: str
    comments: int
    voices: int
    before: int | None
    negative: int
    neutral: int
    positive: int
    unclear: int
    questions: int
    said: tuple[Said, ...]
    streets: tuple[tuple[str, int], ...]  # most first; "" is no street named
    answer: Item | None
    ids: tuple[str, ...]
    terms: tuple[str, ...]
    renamed: bool
    other: bool


@dataclass(frozen=True)
class Word:
    """A phrase that is new or risen, and how many comments hold it."""

    phrase: str
    posts: int
    before: int


@dataclass(frozen=True)
class Comments:
    """The comments of a place, an issue and a window, and what they say."""

    figures: Figures
    loudest: int  # comments by the three loudest accounts
    before: int | None  # comments of the window before; None where we did not listen for all of it
    copies: int
    source: tuple[str, int]  # the one most of them are from, and how many
    themes: tuple[Theme, ...]
    word: Word | None
    kept: Kept
    hushed: bool  # a sensitive issue of too few accounts: nothing of it is shown
    posts: pd.DataFrame  # those that may be read, newest first; abusive ones among them

    @property
    def grouped(self) -> bool:
        """Whether there were enough, and alike enough, to group."""
        return any(not t.other for t in self.themes)


def gather(store: Ledger, scope: Scope, decisions: pd.DataFrame | None = None) -> Comments:
    """All that the page says; ``decisions`` are ``Store.decisions("theme")``."""
    talk = _comments(store, scope, scope.since, scope.until)
    roots = talk[talk["copy_of"].isna()]
    total = figures(store.tally(scope.since, scope.until, channels=PUBLIC, **scope.only))
    past = _before(store, scope)
    found = _themes(talk, past, store, scope, decisions)
    readable = visible(roots, scope.area)
    items = _officials(store, scope)
    most = roots["source"].value_counts()
    return Comments(
        figures=total,
        loudest=loudest(roots),
        before=None if past is None else int(past["copy_of"].isna().sum()),
        copies=len(talk) - len(roots),
        source=(str(most.index[0]), int(most.iloc[0])) if len(most) else ("", 0),
        themes=tuple(_theme(row, roots, readable, items, scope.area) for row in each(found)),
        word=_word(store, scope, roots),
        kept=kept(roots),
        hushed=_hushed(scope, total),
        posts=readable,
    )


def _hushed(scope: Scope, total: Figures) -> bool:
    issue = scope.area.issue_by_slug.get(scope.issue or "")
    return issue is not None and issue.sensitive and total.voices < SENSITIVE_FROM


def _comments(store: Ledger, scope: Scope, since: datetime, until: datetime) -> pd.DataFrame:
    """Residents' posts of a window, each with the tone of what it says about the chosen issue."""
    rows = store.posts(since, until, channels=PUBLIC, limit=READ, **scope.read)
    rows = rows[rows["collected"] <= scope.until]
    if scope.issue and len(rows):
        rows = rows.assign(
            tone=pd.Series([_tone(p, scope.issue) for p in each(rows)], rows.index, dtype="object")
        )
    return rows


def _tone(post: Any, issue: str) -> str | None:
    told = dict(zip(post.issues, post.issue_tones or [], strict=False))
    tone: str | None = told.get(issue, post.tone)
    return tone


def _before(store: Ledger, scope: Scope) -> pd.DataFrame | None:
    """The comments of the window before, as long; None where the place was not yet heard then."""
    since = scope.since - (scope.until - scope.since)
    if first_heard(store, scope) > since.astimezone(scope.area.zone).date():
        return None
    return _comments(store, scope, since, scope.since)


def _themes(
    talk: pd.DataFrame,
    past: pd.DataFrame | None,
    store: Ledger,
    scope: Scope,
    decisions: pd.DataFrame | None,
) -> pd.DataFrame:
    if talk["copy_of"].isna().sum() < FEWEST:
        return themes(talk.head(0))
    ordinary = store.posts(scope.since - EARLIER, scope.since, channels=PUBLIC, limit=READ)
    texts = [t for t in ordinary["text"] if isinstance(t, str)]
    # What may not be read here is counted, but gives no theme its name or quote.
    quiet = hushed(talk, scope.area)
    flags = [[*f, *(["hushed"] * bool(q))] for f, q in zip(talk["flags"], quiet, strict=True)]
    talk = talk.assign(flags=pd.Series(flags, talk.index, dtype="object"))
    return themes(talk, of_matter(decisions, scope), past, texts)


def of_matter(decisions: pd.DataFrame | None, scope: Scope) -> pd.DataFrame | None:
    """The decisions made about themes of this issue and place; those of another length of time hold too."""
    if decisions is None or decisions.empty:
        return None
    here = matter(scope)
    own = (isinstance(a, dict) and {k: a.get(k) for k in MATTER} == here for a in decisions["about"])
    return pick(decisions, own)


def matter(scope: Scope) -> dict[str, Any]:
    """The issue and the place, as a decision about a theme holds them."""
    return {"issue": scope.issue, "place": scope.key}


def _officials(store: Ledger, scope: Scope) -> list[Any]:
    since = min(scope.since, scope.until - ANSWERS)
    rows = store.posts(since, scope.until, channels=("official",), limit=READ)
    return list(each(rows[rows["collected"] <= scope.until].sort_values("published")))


def _theme(row: Any, roots: pd.DataFrame, readable: pd.DataFrame, items: list[Any], area: Area) -> Theme:
    own = pick(roots, roots["id"].isin(row.posts))
    by_id = {p.id: p for p in each(readable)}
    return Theme(
        label=row.label,
        comments=int(row.comments),
        voices=int(row.voices),
        before=None if pd.isna(row.before) else int(row.before),
        negative=int(row.negative),
        neutral=int(row.neutral),
        positive=int(row.positive),
        unclear=int(row.unclear),
        questions=int(row.questions),
        said=tuple(_said(by_id[i]) for i in row.quotes if i in by_id),
        streets=_streets(own, area),
        answer=_answer(own, _asked(roots, row), items) if row.questions and row.label != OTHER else None,
        ids=tuple(i for i in row.posts if i in by_id),
        terms=tuple(row.terms),
        renamed=bool(row.renamed),
        other=row.label == OTHER,
    )


def _said(post: Any) -> Said:
    where = [*post.wards, *(() if post.wards else post.towns)]
    return Said(quote(post), ", ".join(where), "unsure_sarcasm" in post.cues)


def _streets(posts: pd.DataFrame, area: Area) -> tuple[tuple[str, int], ...]:
    """Streets and other named places, most comments first; "" counts those that name none."""
    named = {p.name for p in area.places}
    count: dict[str, int] = {}
    for places in posts["places"]:
        for name in {n for n in places if n in named} or {""}:
            count[name] = count.get(name, 0) + 1
    return tuple(sorted(count.items(), key=lambda c: (c[0] == "", -c[1], c[0])))


def _asked(roots: pd.DataFrame, row: Any) -> set[str]:
    """The terms a theme's questions ask for: its own, in half of them, and not what all speak of."""
    own = set(row.posts)
    asking = [_terms(p) for p in each(roots) if p.id in own and "question" in p.cues]
    others = [_terms(p) for p in each(roots) if p.id not in own]
    return {
        t
        for t in row.terms
        if t[0] != SENSE  # a sense joins too much: any two dates are one
        and sum(t in held for held in asking) >= ASKED * len(asking)
        and sum(t in held for held in others) < COMMON * max(1, len(others))
    }


def _terms(post: Any) -> set[str]:
    return set(terms(text_of(post.title, post.text)))


def _answer(posts: pd.DataFrame, asked: set[str], items: list[Any]) -> Item | None:
    """The official item that answers a theme; None without one.

    It holds something of what the theme asks for, and answers a comment of it (``quotes.answers``):
    a theme is one question, whoever asked first, and the item may be older than all of them. Of
    several the one that holds most of it, of equal ones the newest.
    """
    told = []
    for number, item in enumerate(items):
        shared = len(asked & set(terms(f"{item.title or ''}. {item.text or ''}")))
        if shared and _to_the_point(posts, item) and any(answers(post, item) for post in each(posts)):
            told.append((shared, number, item))
    if not told:
        return None
    item = max(told, key=lambda t: t[:2])[2]
    title = short(str(item.title or item.text or ""))
    return Item(title, item.source, item.channel, item.published.to_pydatetime(), item.url)


def _to_the_point(posts: pd.DataFrame, item: Any) -> bool:
    """Whether an item is on an issue of half a theme's comments, or stands in the thread of one."""
    on_issue = sum(bool({*item.issues} & {*issues}) for issues in posts["issues"])
    return 2 * on_issue >= len(posts) or (item.thread is not None and item.thread in set(posts["thread"]))


def _word(store: Ledger, scope: Scope, roots: pd.DataFrame) -> Word | None:
    """The most surprising phrase of these comments beside twelve earlier weeks of the whole area."""
    if len(roots) < FEWEST:
        return None
    issues = [scope.issue or "any"]
    past = store.posts(scope.since - EARLIER, scope.since, channels=PUBLIC, limit=READ, issues=issues)
    found = phrases(quotable(visible(roots, scope.area)), past)
    if found.empty or past.empty:
        return None
    return Word(str(found["phrase"].iloc[0]), int(found["posts"].iloc[0]), int(found["before"].iloc[0]))
