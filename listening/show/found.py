"""What Explore lists: read from the store, narrowed, and split into what may be read and what may leave."""

from dataclasses import dataclass
from functools import partial

import pandas as pd
import streamlit as st

from listening import share
from listening.show import ledger
from listening.store import Store
from listening.store.search import Either, Every, Phrase, Query
from listening.summarise.kept import Kept, kept, too_few, visible
from listening.summarise.scope import Scope

MOST = 10_000  # posts read for one list: more is no list


@dataclass(frozen=True)
class Asked:
    """What the reader wants to see, beside place and time."""

    search: str
    channel: str
    source: str
    tone: str
    marked: str
    about: str

    @property
    def filtered(self) -> bool:
        """Whether anything narrows the list beside the words."""
        return bool(self.channel or self.source or self.tone or self.marked)


@dataclass(frozen=True)
class Found:
    """The posts of a list, newest first, and what is kept from view."""

    posts: pd.DataFrame  # roots that may be read
    kept: Kept
    few: int  # not shown: on a sensitive issue of too few accounts
    safe: pd.DataFrame  # as they may leave
    full: bool  # more were found than are read
    unnamed: int  # posts with the words that name no local issue


def find(store: Store, scope: Scope, asked: Asked, told: frozenset[str]) -> Found:
    """The list; ``told`` are the ids of posts with a corrected label."""
    where = (scope.ward, scope.town, scope.issue, scope.period, scope.until.timestamp())
    return _found(store, scope.area.store, store.version, (*where, asked), scope, asked, told)


@ledger.dropped
@st.cache_resource(max_entries=8, show_spinner=False)
def _found(
    _store: Store,
    url: str,
    version: int,
    key: tuple[object, ...],
    _scope: Scope,
    _asked: Asked,
    _told: frozenset[str],
) -> Found:
    """One list, kept as long as nothing new comes. Nobody changes what is kept here."""
    read = partial(_read, _store, _scope, _asked)
    issues = [_scope.issue] if _scope.issue else {"": ["any"], "none": ["none"]}.get(_asked.about)
    rows = read(issues)
    full = len(rows) >= MOST
    rows = _kept(rows[rows["collected"] <= _scope.until], _asked, _told)
    roots = rows[rows["copy_of"].isna()]
    unnamed = 0
    if _asked.search and not _scope.issue and not _asked.about:
        more = _kept(read(["none"]), _asked, _told)
        more = visible(more, _scope.area)
        unnamed = int(more["copy_of"].isna().sum())
    safe = share.posts(roots, _scope.area, _scope.until, purpose="export")
    readable = visible(rows, _scope.area)  # copies carry voices
    readable = readable[readable["copy_of"].isna()]
    return Found(readable, kept(roots), too_few(rows, _scope.area), safe, full, unnamed)


def _read(store: Store, scope: Scope, asked: Asked, issues: list[str] | None) -> pd.DataFrame:
    channels = {"": ["public"], "all": None}.get(asked.channel, [asked.channel])
    if asked.source and not asked.channel:
        channels = None  # a source named outright is listed whatever its channel is
    return store.posts(
        scope.since,
        scope.until,
        wards=[scope.ward] if scope.ward else None,
        towns=[scope.town] if scope.town else None,
        issues=issues,
        channels=channels,
        sources=[asked.source] if asked.source else None,
        limit=MOST,
        search=asked.search or None,
    )


def _kept(rows: pd.DataFrame, asked: Asked, told: frozenset[str]) -> pd.DataFrame:
    if asked.tone:
        rows = rows[rows["tone"] == asked.tone]
    if asked.marked == "corrected":
        rows = rows[rows["id"].isin(told)]
    elif asked.marked:
        rows = rows[rows["cues"].map(lambda cues: asked.marked in cues).astype(bool)]
    return rows


def terms(query: Query | None) -> tuple[str, ...]:
    """The words a search looks for, to be marked in what it finds; what it leaves out is not among them."""
    if isinstance(query, Phrase):
        return (" ".join(query.words) + ("*" if query.begins else ""),)
    if isinstance(query, Either | Every):
        return tuple(term for part in query.parts for term in terms(part))
    return ()
