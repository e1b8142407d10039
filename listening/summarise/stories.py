"""Stories: posts and items that are about one thing that happened.

Method. The posts of the last 7 days are weighed by how rare their words, issues and places are
(``alike``) and joined by average linkage (``linkage``); a silence of 36 hours ends a story. What
comes out is mostly everyday talk. A cluster *stands* as a story only where

- two outlets tell of it in their own words; or
- a press or official item and two accounts of residents do; or
- three accounts of residents do within 24 hours;

and, but for two outlets, more accounts than usual write of that issue in that place: chance would
bring so many less than once in ten thousand days (in five hundred beside an item).

A post is seen from when it was collected, so that a replay knows no more than the page did.
"""

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

import pandas as pd

from listening.summarise import copied
from listening.summarise.clusters import DAY, Known, clusters, most
from listening.summarise.rows import pick

HISTORY = 28 * DAY  # what a caller hands over: the window of 7 days and three weeks of usual talk before it
CLOSED = DAY  # without a post
RECENT = timedelta(hours=6)
COLUMNS = (
    *("id", "posts", "headline", "first_seen", "last_seen", "sources", "corroboration", "phase"),
    *("places", "issues", "voices", "was"),
)


def stories(posts: pd.DataFrame, now: datetime, known: pd.DataFrame | None = None) -> pd.DataFrame:
    """One row a story, newest first, from annotated posts of the last 28 days; ``COLUMNS``.

    ``posts`` and ``sources`` are tuples of ids (oldest first) and names (most posts first);
    ``voices`` counts residents' accounts; ``places`` are streets, wards and towns, most named
    first; ``corroboration`` is ``residents only``, or ``official``, ``1 outlet``, ``2 outlets``
    joined by `` + ``; ``phase`` is growing, steady, fading, closed, or unconfirmed (open, and
    residents only). ``known`` is what an earlier call gave: a story keeps its id where most of
    its posts went, the older id where two became one (``was`` holds the other), and a story
    whose posts have left the window is handed on, closed.
    """
    return of([c.rows for c in clusters(posts, now, _ids(known)) if c.stands], now, known)


def of(found: Iterable[pd.DataFrame], now: datetime, known: pd.DataFrame | None = None) -> pd.DataFrame:
    """The same from the posts of each story that stands."""
    rows, gone = _named([_story(rows, now) for rows in found], known)
    rows += [row | {"phase": "closed"} for row in gone]
    rows.sort(key=lambda r: (r["last_seen"], r["id"]), reverse=True)
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _story(rows: pd.DataFrame, now: datetime) -> dict[str, Any]:
    talk = rows[rows["channel"] == "public"]
    proof = corroboration(rows)
    last = rows["published"].max().to_pydatetime()
    return {
        "id": "s" + hashlib.sha256(str(rows["id"].iloc[0]).encode()).hexdigest()[:12],
        "posts": tuple(rows["id"]),
        "headline": _headline(rows),
        "first_seen": rows["published"].min().to_pydatetime(),
        "last_seen": last,
        "sources": most(rows["source"]),
        "corroboration": proof,
        "phase": phase(rows["published"], now, proof),
        "places": most(_flat(rows, ("places", "wards", "towns"))),
        "issues": most(_flat(rows, ("issues",))),
        "voices": int(talk["author"].nunique()),
        "was": (),
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


def _ids(known: pd.DataFrame | None) -> Known:
    return [] if known is None else [frozenset(p) for p in known["posts"]]


def _named(
    rows: list[dict[str, Any]], known: pd.DataFrame | None
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The rows under their known ids, and the known stories no row took up."""
    if known is None or known.empty:
        return rows, []
    taken: dict[int, list[dict[str, Any]]] = {}
    gone = []
    for old in known.sort_values(["first_seen", "id"])[list(COLUMNS)].to_dict("records"):
        shared = [len(set(old["posts"]) & set(row["posts"])) for row in rows]
        if not shared or not max(shared):
            gone.append({str(k): v for k, v in old.items()})
            continue
        taken.setdefault(shared.index(max(shared)), []).append({str(k): v for k, v in old.items()})
    for number, olds in taken.items():
        first, *others = olds
        was = [*first["was"], *(i for o in others for i in (o["id"], *o["was"]))]
        start = min(first["first_seen"], rows[number]["first_seen"])
        rows[number] |= {"id": first["id"], "was": tuple(was), "first_seen": start}
    return rows, gone
