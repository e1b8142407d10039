"""analyse: what a clean post is about, where, in what tone, and why we think so.

A frame in, the same frame out with the columns of ``post.ANNOTATIONS``; no clock, no network.
The word lists and the area's names are compiled once a process and version.

    issues      terms, false friends, objects and their failures     wards      names to wards
    sentiment   tone of residents' own words                         cues       complaint, question, praise
    flags       abuse, accusation, safeguarding                      noise      sport, adverts …
    language    English or not                                       copies     the same words again
    wording     what residents' words are about where no term names it
"""

import gc
import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from math import nan
from typing import Any, NamedTuple

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
    told,
    tonemodel,
    wards,
    weighing,
    wording,
)
from listening.analyse.gazetteer import Gazetteer, Mention, Name
from listening.analyse.matching import Evidence, Hit, Text, read
from listening.analyse.sentiment import Score
from listening.analyse.tonelayer import Layer
from listening.area import Area, Issue
from listening.errors import WordsError
from listening.post import ANNOTATIONS, complete

CODE = "3"  # raised whenever the same words and names would be read differently
TOGETHER = 500  # posts read a step at a time: what they hold meanwhile stays small
_ASKED = ("channel", "source", "place_hint")
READ = ("title", "text", *_ASKED)  # what of a post is looked at: its words, and where they come from
TAGS = tuple(name for name in ANNOTATIONS if name != "copy_of")


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
    if not isinstance(area, Area):
        raise WordsError(f"annotate needs an Area, as listening.load('sources.yaml') gives it; got {area!r}")
    result = complete(posts)
    tagged = tags(result, area)
    with _unswept():
        roots = copies.run(result, recent)
    for name in ANNOTATIONS:
        result[name] = pd.Series(roots, result.index, dtype="object") if name == "copy_of" else tagged[name]
    return result


def tags(posts: pd.DataFrame, area: Area) -> pd.DataFrame:
    """What each post says by itself: ``TAGS``, by the index. Takes complete posts, or ``READ`` of them."""
    with _unswept():
        return _tags(posts, _compiled(area))


def _tags(posts: pd.DataFrame, tools: Tools) -> pd.DataFrame:
    texts = [read(title, body) for title, body in zip(posts["title"], posts["text"], strict=True)]
    spoken = [tools.languages.guess(text.low) for text in texts]
    layer = Layer(*tools.area.tone_layer)
    scores = _scores(texts, spoken, posts["channel"], layer)
    marks = _marks(texts, spoken, posts["channel"])
    columns = (posts[c] for c in _ASKED)
    known = list(map(_Post, texts, spoken, scores, marks, *columns))
    rows = [row for n in range(0, len(known), TOGETHER) for row in _annotate(tools, known[n : n + TOGETHER])]
    _tone_issues(texts, rows, layer)
    result = pd.DataFrame(index=posts.index)
    for name in TAGS:
        values = [tools.version if name == "version" else row.get(name) for row in rows]
        kind = "float64" if name == "sentiment" else "object"
        result[name] = pd.Series(values, index=posts.index, dtype=kind)
    return result


@contextmanager
def _unswept() -> Iterator[None]:
    """Python's collector of cycles rests: nothing here makes any, and its rounds are a fifth of the work."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def tone_chances(posts: pd.DataFrame) -> NDArray[np.float64]:
    """(posts, 3): the model's chances of negative, neutral and positive, before any area's layer."""
    texts = [read(title, body) for title, body in zip(posts["title"], posts["text"], strict=True)]
    return sentiment.scorer().chances(texts)


def version(area: Area) -> str:
    """Twelve hex digits over the area's issues and names, the lexicons and this code's number."""
    names = (area.name, area.aliases, area.wards, area.towns, area.places, area.elsewhere, area.council)
    covers = tuple((s.name, s.kind, s.covers) for s in area.sources)
    bodies = tuple(body.name for body in area.bodies)
    models = (learned.SHA256, weighing.weights(), wording.digest(), tonemodel.digest(), area.tone_layer)
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


def _marks(texts: list[Text], spoken: list[str | None], channels: Iterable[str]) -> list[cues.Marks]:
    """The learnt scores of residents' own words in English, all at once; of others they are not asked for."""
    own = [
        n
        for n, (language, channel) in enumerate(zip(spoken, channels, strict=True))
        if channel in cues.OWN_WORDS and language in ("en", None)
    ]
    rows = learned.marks([texts[n].original for n in own]).tolist()
    found = {n: dict(zip(learned.LABELS, row, strict=True)) for n, row in zip(own, rows, strict=True)}
    return [found.get(n, learned.NONE) for n in range(len(texts))]


class _Post(NamedTuple):
    """A post as far as it was read for a whole batch."""

    text: Text
    spoken: str | None
    score: Score | None
    marks: cues.Marks
    channel: str
    source: str
    place_hint: Any


def _annotate(tools: Tools, posts: list[_Post]) -> list[dict[str, Any]]:
    """The posts' rows of annotations, all but copies and version: a step at a time, each for all of them.

    What a step looks words up in then stays in the processor's cache, which is half of the time.
    """
    words = [tools.cues.find(post.text) for post in posts]
    named = [mentions.find(post.text, tools.gazetteer, tools.lists) for post in posts]
    flagged = [tools.flags.find(post.text, post.channel, post.marks) for post in posts]
    placed = [_placed(tools, post, found) for post, found in zip(posts, named, strict=True)]
    failures = [found["failure"] for found in words]
    matched = [
        tools.taxonomy.find(post.text, where.spans, faults, said)
        for post, where, faults, said in zip(
            posts, placed, failures, _voices(posts, placed, failures), strict=True
        )
    ]
    return [_row(tools, *each) for each in zip(posts, words, placed, matched, flagged, strict=True)]


def _voices(
    posts: list[_Post], placed: list[wards.Placed], faults: list[list[Hit[Any]]]
) -> list[weighing.Voices]:
    """What residents' own words in English say of each issue, all at once; of others it is not asked."""
    own = [n for n, p in enumerate(posts) if p.channel in cues.OWN_WORDS and p.spoken in ("en", None)]
    model = wording.shipped()
    masks = [issues.quiet(posts[n].text, placed[n].spans, faults[n]) for n in own]
    rows = model.scores([posts[n].text for n in own], masks).tolist()
    found = {n: dict(zip(model.slugs, row, strict=True)) for n, row in zip(own, rows, strict=True)}
    return [found.get(n, issues.NOT_ASKED) for n in range(len(posts))]


def _placed(tools: Tools, post: _Post, named: list[Mention]) -> wards.Placed:
    """Where a post is."""
    hint = post.place_hint
    ward = tools.gazetteer.ward_by_code.get(hint) if isinstance(hint, str) else None
    covered, local = tools.covers.get(post.source), tools.gazetteer.is_local(post.channel, post.source)
    return wards.resolve(post.text, named, tools.gazetteer, covered, ward, local=local)


def _row(
    tools: Tools,
    post: _Post,
    words: cues.Hits,
    placed: wards.Placed,
    matched: issues.Found,
    flagged: dict[str, Evidence],
) -> dict[str, Any]:
    """One post's row of annotations."""
    text, spoken, score, marks, channel, *_ = post
    if channel == "heard":
        matched = told.told(text, matched, tools.area.issue_by_slug)
    found, filtered = noise.split(matched, tools.area.issue_by_slug)
    english = spoken in ("en", None)
    mock = cues.sarcasm(text, words) if english and channel in cues.OWN_WORDS else []
    tone = None if score is None else sentiment.mocking(score.tone) if mock else score.tone
    cued = cues.read(text, channel, words if english else {}, tone, found, mock, marks)
    if not english and channel in cues.OWN_WORDS:
        cued |= cues.marked(text)
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
