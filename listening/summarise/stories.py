"""Stories: posts and items that are about one thing that happened.

Method. The posts of the last 7 days are weighed by how rare their words, issues and places are
(``alike``) and joined by average linkage (``linkage``); a silence of 36 hours ends a story. What
comes out is mostly everyday talk. A cluster *stands* as a story only where

- two outlets tell of it in their own words; or
- a press or official item and two accounts of residents do; or
- three accounts of residents do within 24 hours;

and, but for two outlets, more accounts than usual write of that issue in that place: chance would
bring so many less than once in ten thousand days (in five hundred beside an item). Before a week
of earlier talk is known nothing is usual: then five accounts within 24 hours, in one ward or street.

A post is seen from when it was collected, so that a replay knows no more than the page did.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

import pandas as pd

from listening.given import columns, instant
from listening.summarise import copied
from listening.summarise.clusters import DAY, most
from listening.summarise.identity import assigned
from listening.summarise.rows import pick

HISTORY = 28 * DAY  # what a caller hands over: the window of 7 days and three weeks of usual talk before it
CLOSED = DAY  # without a post
RECENT = timedelta(hours=6)
NEEDED = (
    *("id", "source", "channel", "published", "collected", "title", "text", "author"),
    *("issues", "wards", "towns", "places", "flags", "copy_of"),
)
COLUMNS = (
    *("id", "posts", "headline", "first_seen", "last_seen", "sources", "corroboration", "phase"),
    *("places", "issues", "voices", "told", "was"),
)


def stories(posts: pd.DataFrame, now: datetime, known: pd.DataFrame | None = None) -> pd.DataFrame:
    """One row a story, newest first, from annotated posts of the last 28 days; ``COLUMNS``.

    ``posts`` and ``sources`` are tuples of ids (oldest first) and names (most posts first);
    ``told`` is when it first was one; ``voices`` counts residents' accounts; ``places`` are
    streets, wards and towns, most named first; ``corroboration`` is ``residents only``, or
    ``official``, ``1 outlet``, ``2 outlets`` joined by `` + ``; ``phase`` is growing, steady,
    fading, closed, or unconfirmed (open, and residents only). ``known`` is what an earlier call
    gave: new posts join its stories, which keep their ids (``identity``; ``was`` holds those that
    became one with it), and a story whose posts have left the window is handed on, closed.
    Raises WordsError where a column is missing, or ``now`` has no zone.
    """
    columns(posts, NEEDED, "stories")
    instant(now, "now")
    return described(assigned(posts, now, known), posts, now, known)


def described(
    kept: pd.DataFrame, posts: pd.DataFrame, now: datetime, known: pd.DataFrame | None = None
) -> pd.DataFrame:
    """The same for stories that are ``KEPT``, from those of their posts that are here.

    Of a story none of whose posts is here, what ``known`` says of it is handed on.
    """
    olds = {} if known is None else {old["id"]: old for old in known.to_dict("records")}
    rows = []
    for story in kept.to_dict("records"):
        own = posts[posts["id"].isin(story["posts"])].sort_values(["published", "id"])
        if len(own):
            rows.append(story | _story(own, now))
        elif story["id"] in olds:
            rows.append(olds[story["id"]] | story | {"phase": "closed"})
    rows.sort(key=lambda r: (r["last_seen"], r["id"]), reverse=True)
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _story(rows: pd.DataFrame, now: datetime) -> dict[str, Any]:
    talk = rows[rows["channel"] == "public"]
    proof = corroboration(rows)
    return {
        "headline": _headline(rows),
        "last_seen": rows["published"].max().to_pydatetime(),
        "sources": most(rows["source"]),
        "corroboration": proof,
        "phase": phase(rows["published"], now, proof),
        "places": most(_flat(rows, ("places", "wards", "towns"))),
        "issues": most(_flat(rows, ("issues",))),
        "voices": int(talk["author"].nunique()),
    }


def corroboration(rows: pd.DataFrame) -> str:
    """Who confirms it beside residents: ``official + 2 outlets``, ``1 outlet``, ``residents only``.

    One text in two outlets is one outlet's.
    """
    outlets = copied.outlets(rows).nunique()
    said = ["official"] if (rows["channel"] == "official").any() else []
    said += [f"{outlets} outlet{'s' * (outlets > 1)}"] if outlets else []
    return " + ".join(said) or "residents only"


def phase(published: pd.Series, now: datetime, proof: str) -> str:
    """growing: the last 3 hours brought more than the 3 before. fading: 6 hours brought under a tenth.

    closed: nothing for 24 hours. An open story that residents alone tell is unconfirmed.
    """
    if now - published.max() >= CLOSED:
        return "closed"
    if proof == "residents only":
        return "unconfirmed"
    half = RECENT / 2
    late, before = (published > now - half).sum(), published.between(now - RECENT, now - half).sum()
    if late > before and 10 * late >= len(published):  # a long story that stirs once more is not growing
        return "growing"
    return "fading" if 10 * (late + before) < len(published) else "steady"


def _headline(rows: pd.DataFrame) -> str:
    """The first headline of a public body, else of an outlet, else issue and place; no resident's words."""
    for channel in ("official", "press"):
        told = rows[(rows["channel"] == channel) & _titled(rows)]
        calm = pick(told, (not f for f in told["flags"]))
        if len(calm):
            return str(calm["title"].iloc[0])
    issue = next(iter(most(_flat(rows, ("issues",)))), "").replace("-", " ")
    place = next(iter(most(_flat(rows, ("places", "wards", "towns")))), "")
    return (
        ", ".join(p for p in (issue[:1].upper() + issue[1:], place) if p) or "Something is being talked about"
    )


def _titled(rows: pd.DataFrame) -> pd.Series:
    """Which rows have a title."""
    return rows["title"].map(lambda t: isinstance(t, str) and bool(t.strip())).astype(bool)


def _flat(rows: pd.DataFrame, columns: Iterable[str]) -> list[str]:
    return [v for column in columns for values in rows[column] for v in values]
