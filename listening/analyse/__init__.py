"""analyse: what a clean post is about, where, in what tone, and why we think so.

A frame in, the same frame out with the columns of ``post.ANNOTATIONS``; no clock, no network.
The word lists and the area's names are compiled once a process and version.

    issues      terms, false friends, objects and their failures     wards      names to wards
    sentiment   tone of residents' own words                         cues       complaint, question, praise
    flags       abuse, accusation, safeguarding                      noise      sport, adverts …
    language    English or not                                       copies     the same words again
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from math import nan
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from listening.analyse import (
    copies,
    cues,
    flags,
    issues,
    language,
    learned,
    lexicons,
    mentions,
    noise,
    sentiment,
    subjects,
    told,
    tonemodel,
    wards,
    weighing,
)
from listening.analyse.gazetteer import Gazetteer, Name
from listening.analyse.matching import Text, read
from listening.analyse.sentiment import Score
from listening.analyse.tonelayer import Layer
from listening.area import Area, Issue
from listening.post import ANNOTATIONS, complete

CODE = "2"  # raised whenever the same words and names would be read differently
_READ = ("channel", "source", "place_hint")
_SOUNDED = (
    "public",
    "report",
)  # channels of residents' words; a note that was heard says itself what it is about


@dataclass(frozen=True)
class Tools:
    """Everything compiled for one area."""

    version: str
    area: Area
    taxonomy: issues.Taxonomy
    gazetteer: Gazetteer
    lists: dict[str, frozenset[str]]
    cues: cues.Cues
    flags: flags.Flags
    languages: language.Languages
    covers: dict[str, Name | None]


_tools: dict[str, Tools] = {}
_latest: list[Tools] = []  # of the area asked for last


def run(posts: pd.DataFrame, area: Area, recent: pd.DataFrame | None = None) -> pd.DataFrame:
    """The posts with what they are about: every column of ``post.ANNOTATIONS`` added or renewed.

    Takes the Post columns (missing optional ones are None), keeps the index; an empty frame gives
    an empty frame with all columns. ``recent`` are the posts of the last 7 days in which a copy's
    root is looked for (``copies.COLUMNS``).
    """
    tools = _compiled(area)
    result = complete(posts)
    texts = [read(title, body) for title, body in zip(result["title"], result["text"], strict=True)]
    spoken = [tools.languages.guess(text.low) for text in texts]
    layer = Layer(*area.tone_layer)
    scores = _scores(texts, spoken, result["channel"], layer)
    grams = learned.grams([text.original for text in texts])
    learnt = learned.scored(grams, learned.shipped()).tolist()
    marks = [dict(zip(learned.LABELS, row, strict=True)) for row in learnt]
    sounds = subjects.told(grams)
    columns = (result[c] for c in _READ)
    rows = [
        _annotate(tools, *values)
        for values in zip(texts, spoken, scores, marks, sounds, *columns, strict=True)
    ]
    _tone_issues(texts, rows, layer)
    roots = copies.run(result, recent)
    for name in ANNOTATIONS:
        values: list[Any] = roots if name == "copy_of" else [row.get(name) for row in rows]
        if name == "version":
            values = [tools.version] * len(rows)
        kind = "float64" if name == "sentiment" else "object"
        result[name] = pd.Series(values, index=result.index, dtype=kind)
    return result


def tone_chances(posts: pd.DataFrame) -> NDArray[np.float64]:
    """(posts, 3): the model's chances of negative, neutral and positive, before any area's layer."""
    texts = [read(title, body) for title, body in zip(posts["title"], posts["text"], strict=True)]
    return sentiment.scorer().chances(texts)


def version(area: Area) -> str:
    """Twelve hex digits over the area's issues and names, the lexicons and this code's number."""
    names = (area.name, area.aliases, area.wards, area.towns, area.places, area.elsewhere, area.council)
    covers = tuple((s.name, s.kind, s.covers) for s in area.sources)
    bodies = tuple(body.name for body in area.bodies)
    models = (
        learned.SHA256,
        weighing.weights(),
        weighing.sounding(),
        subjects.digest(),
        tonemodel.digest(),
        area.tone_layer,
    )
    parts = (CODE, lexicons.digest(), models, area.issues, *names, bodies, area.office_holders, covers)
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:12]


def _compiled(area: Area) -> Tools:
    if _latest and _latest[0].area is area:  # a round hands over the same area for every source
        return _latest[0]
    key = version(area)
    if key not in _tools:
        _tools[key] = _compile(area, key)
    _latest[:] = [replace(_tools[key], area=area)]
    return _latest[0]


@lru_cache(maxsize=4)
def _taxonomy(known: tuple[Issue, ...]) -> issues.Taxonomy:
    return issues.Taxonomy(known, lexicons.load("spellings"))


def _compile(area: Area, key: str) -> Tools:
    gazetteer = Gazetteer(area, lexicons.elsewhere(), lexicons.given_names())
    lists = mentions.word_lists(lexicons.load("names")) | {"given": lexicons.given_names()}
    return Tools(
        version=key,
        area=area,
        taxonomy=_taxonomy(area.issues),
        gazetteer=gazetteer,
        lists=lists,
        cues=cues.Cues(cues.groups(lexicons.load("cues"))),
        flags=flags.Flags(lexicons.load("flags"), lists["given"], area.office_holders),
        languages=language.Languages(lexicons.load("languages")),
        covers={source.name: gazetteer.covers(source) for source in area.sources},
    )


def _scores(
    texts: list[Text], spoken: list[str | None], channels: Iterable[str], layer: Layer
) -> list[Score | None]:
    """The tone of residents' own posts in English, all at once; None where a post is not scored."""
    own = [
        n
        for n, (text, language, channel) in enumerate(zip(texts, spoken, channels, strict=True))
        if channel == "public" and language in ("en", None) and text.original
    ]
    found = dict(zip(own, sentiment.scorer().score([texts[n] for n in own], layer), strict=True))
    return [found.get(n) for n in range(len(texts))]


def _annotate(
    tools: Tools,
    text: Text,
    spoken: str | None,
    score: Score | None,
    marks: cues.Marks,
    sounds: weighing.Sounds,
    channel: str,
    source: str,
    place_hint: Any,
) -> dict[str, Any]:
    """One post's row of annotations, all but its copies and the version."""
    words = tools.cues.find(text)
    hint = tools.gazetteer.ward_by_code.get(place_hint) if isinstance(place_hint, str) else None
    named = mentions.find(text, tools.gazetteer, tools.lists)
    covered, local = tools.covers.get(source), tools.gazetteer.is_local(channel, source)
    placed = wards.resolve(text, named, tools.gazetteer, covered, hint, local=local)
    english = spoken in ("en", None)
    sounding = sounds if english and channel in _SOUNDED else None
    matched = tools.taxonomy.find(text, placed.spans, words["failure"], sounding)
    if channel == "heard":
        matched = told.told(text, matched, tools.area.issue_by_slug)
    found, filtered = noise.split(matched, tools.area.issue_by_slug)
    marks = marks if english else learned.NONE
    mock = cues.sarcasm(text, words) if english and channel in cues.OWN_WORDS else []
    tone = None if score is None else sentiment.mocking(score.tone) if mock else score.tone
    cued = cues.read(text, channel, words if english else {}, tone, found, mock, marks)
    flagged = tools.flags.find(text, channel, marks)
    talk = flagged.pop("elections", None)
    if (
        talk
        and channel != "heard"  # a note says itself what it is about
        and not filtered
        and not any(i.election for i in map(tools.area.issue_by_slug.__getitem__, found))
    ):
        found |= {i.slug: talk for i in tools.area.issues if i.election}
    why_noise = {filtered: matched[filtered]} if filtered else {}
    evidence = placed.evidence | found | why_noise | cued | flagged
    return {
        "sentiment": nan if score is None else score.sentiment,
        "tone": tone,
        "issue_tones": [tone] * len(found),
        "language": spoken,
        "issues": list(found),
        "wards": placed.wards,
        "towns": placed.towns,
        "maybe_wards": placed.maybe,
        "places": placed.places,
        "cues": list(cued),
        "flags": list(flagged),
        "noise": filtered,
        "evidence": {label: why.plain(text) for label, why in evidence.items()},
        "_spans": [why.spans for why in found.values()],
    }


def _tone_issues(texts: list[Text], rows: list[dict[str, Any]], layer: Layer) -> None:
    """The tone of each issue of the posts about several, by what is said of it; a lone one has its post's.

    All are "unclear" where the post may be sarcasm.
    """
    mixed = [n for n, row in enumerate(rows) if row["tone"] and len(row["issues"]) > 1]
    mixed = [n for n in mixed if "unsure_sarcasm" not in rows[n]["cues"]]
    parts = [sentiment.about(texts[n], rows[n]["_spans"]) for n in mixed]
    tones = iter(sentiment.scorer().score([part for said in parts for part in said], layer))
    for n, said in zip(mixed, parts, strict=True):
        rows[n]["issue_tones"] = [next(tones).tone for _ in said]
