"""Which ward, which place: ours beside a plain look-up, in one run.

The rules were tuned on hands 1 to 4 of the open ones (`benchmarks/hands`); truth is where both labellers
name the same place. The held-out hands are scored only with LISTENING_BENCH_HELD_OUT=1. The plain look-up
knows the same names: exact, whole words, the first in the text, its first ward. A post counts as
right when its wards are exactly the person's. Villages are left out of places: the labels hold them
among the towns. Intervals: 2,000 draws of posts, 95 %.

LISTENING_BENCH_DOMAIN names a folder with `places_local_set.jsonl`, other local posts (text, wards,
outcome, context_town, set); LISTENING_BENCH_DATA a folder with `geo/geoparsing` (LGL, TR-News: news from
elsewhere, where every ward of ours is wrong).
"""

import json
import os
import re
import tempfile
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from benchmarks import writers
from benchmarks.local import configuration
from benchmarks.writers import OPEN, held_out, named
from listening import analyse
from listening.analyse import lexicons, mentions, wards
from listening.analyse.gazetteer import Gazetteer
from listening.analyse.matching import fold, read, sentences
from listening.area import Area, Source, load

DRAWS, SEED, ROUNDS = 2_000, 7, 5


class Said(NamedTuple):
    """What a person or a program says of one post."""

    wards: frozenset[str]
    maybe: frozenset[str]
    places: frozenset[str]
    level: str = ""


class Pair(NamedTuple):
    """One post: the person's answer and ours; ``placed`` says whether the labellers agree on places."""

    truth: Said
    ours: Said
    placed: bool
    hand: int


Program = Callable[[list[str]], list[Said]]


def main() -> str:
    said = [
        "## places\n",
        "Ours beside a plain look-up of the same names (`benchmarks/places.py`).\n",
        *_table(OPEN),
        *_levels(_pairs(OPEN, _ours)),
        *_speed(),
    ]
    if os.environ.get("LISTENING_BENCH_HELD_OUT") == "1":
        said += ["Held out, nothing was tuned on them:\n", *_table(held_out())]
    local = os.environ.get("LISTENING_BENCH_DOMAIN")
    said += (
        _local(Path(local) / "places_local_set.jsonl") if local else ["LISTENING_BENCH_DOMAIN is not set.\n"]
    )
    data = os.environ.get("LISTENING_BENCH_DATA")
    said += _news(Path(data) / "geo/geoparsing") if data else ["LISTENING_BENCH_DATA is not set.\n"]
    return "\n".join(said) + "\n"


@cache
def _area() -> Area:
    with tempfile.TemporaryDirectory() as folder:
        return load(configuration(Path(folder), {"Forum": "http://127.0.0.1:1/feed"}, "public"))


@cache
def _gazetteer() -> Gazetteer:
    return Gazetteer(_area(), lexicons.elsewhere(), lexicons.given_names())


def _ours(
    texts: list[str], area: Area | None = None, source: Any = "Forum", channel: str = "public"
) -> list[Said]:
    frame = pd.DataFrame({"id": [str(n) for n in range(len(texts))], "source": source, "channel": channel})
    frame = frame.assign(published=pd.Timestamp("2026-11-16", tz="UTC"), text=texts)
    return [_said(row) for row in analyse.run(frame, area or _area()).to_dict("records")]


def _said(row: dict[str, Any]) -> Said:
    levels = {row["evidence"][ward]["confidence"] for ward in row["wards"]}
    level = next((name for name in ("likely", "sure") if name in levels), "")
    places = frozenset(row["places"]) - _villages()
    return Said(frozenset(row["wards"]), frozenset(row["maybe_wards"]), places, level)


@cache
def _villages() -> frozenset[str]:
    return frozenset(p.name for p in _area().places if p.kind == "village")


@cache
def _plain_names() -> tuple[re.Pattern[str], dict[str, tuple[str, str | None]]]:
    area = _area()
    known: dict[str, tuple[str, str | None]] = {}
    for place in area.places:
        shown = None if place.kind == "village" else place.name
        for spelling in (place.name, *place.aliases):
            known.setdefault(fold(spelling), (place.wards[0], shown))
    for ward in area.wards:
        for spelling in (ward.name, *ward.aliases):
            known.setdefault(fold(spelling), (ward.name, None))
    names = "|".join(re.escape(n) for n in sorted(known, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{names})(?!\w)"), known


def _plain(texts: list[str]) -> list[Said]:
    pattern, known = _plain_names()
    answers = []
    for text in texts:
        found = [known[hit.group()] for hit in pattern.finditer(fold(text))]
        places = frozenset(place for _, place in found if place)
        answers.append(Said(frozenset(w for w, _ in found[:1]), frozenset(), places))
    return answers


def _pairs(hands: tuple[int, ...], program: Program) -> list[Pair]:
    pairs = []
    for hand in hands:
        answers = program([row["text"] for row in writers.lines("hand", hand)])
        for a, b, ours in zip(*writers.labels(hand), answers, strict=True):
            if a["where"] == b["where"] and set(a["wards"]) == set(b["wards"]):
                truth = Said(*(frozenset(a[key]) for key in ("wards", "maybe", "places")))
                pairs.append(Pair(truth, ours, set(a["places"]) == set(b["places"]), hand))
    return pairs


# Each measure: of these posts (or places), so many.
def _counts(pairs: list[Pair]) -> np.ndarray:
    """A row a post: right, given, could; several, missed, all; places right, ours, the person's."""
    rows = []
    for truth, ours, placed, _ in pairs:
        right = bool(ours.wards) and ours.wards == truth.wards
        both = len(ours.places & truth.places) if placed else 0
        rows.append((
            right, bool(ours.wards), bool(truth.wards),
            bool(ours.maybe) and not ours.wards, bool(truth.wards) and not ours.wards, 1,
            both, len(ours.places) * placed, len(truth.places) * placed,
        ))  # fmt: skip
    return np.array(rows, dtype=float)


MEASURES = {
    "wards given that are right": (0, 1),
    "of posts a person could place, rightly placed": (0, 2),
    "of those, given no ward": (4, 2),
    "of all posts, several wards": (3, 5),
    "places: precision": (6, 7),
    "places: recall": (6, 8),
}


def _table(hands: tuple[int, ...]) -> list[str]:
    programs = {"plain look-up": _pairs(hands, _plain), "ours": _pairs(hands, _ours)}
    heads = [f"{name}, hand {hand}" for name in programs for hand in hands]
    rows = [
        f"| {len(programs['ours']):,} posts of {named(hands)} | {' | '.join(programs)} |",
        "|--|--:|--:|",
    ]
    by_hand = [f"| measure | {' | '.join(heads)} |", "|--|" + "--:|" * len(heads)]
    for measure, (top, under) in MEASURES.items():
        cells = [_interval(_counts(pairs), top, under) for pairs in programs.values()]
        rows.append(f"| {measure} | {' | '.join(cells)} |")
        shares = [
            _share(_counts([p for p in pairs if p.hand == hand]), top, under)
            for pairs in programs.values()
            for hand in hands
        ]
        by_hand.append(f"| {measure} | {' | '.join(f'{share:.2f}' for share in shares)} |")
    return [*rows, "", *by_hand, ""]


def _share(counts: np.ndarray, top: int, under: int) -> float:
    return float(counts[:, top].sum() / max(1.0, counts[:, under].sum()))


def _interval(counts: np.ndarray, top: int, under: int) -> str:
    dice = np.random.default_rng(SEED)
    drawn = dice.integers(0, len(counts), size=(DRAWS, len(counts)))
    shares = counts[drawn, top].sum(axis=1) / np.maximum(1.0, counts[drawn, under].sum(axis=1))
    low, high = np.quantile(shares, (0.025, 0.975))
    return f"{_share(counts, top, under):.3f} ({low:.3f} to {high:.3f})"


def _levels(pairs: list[Pair]) -> list[str]:
    rows = ["| level of the ward | posts | right |", "|--|--:|--:|"]
    for level in ("sure", "likely"):
        counts = _counts([p for p in pairs if p.ours.level == level])
        rows.append(f"| {level} | {len(counts)} | {_share(counts, 0, 1):.3f} |")
    return [*rows, ""]


def _speed() -> list[str]:
    texts = [row["text"] for hand in OPEN for row in writers.lines("hand", hand)]
    lists = mentions.word_lists(lexicons.load("names")) | {"given": lexicons.given_names()}
    rates = []
    for _ in range(ROUNDS):
        began = time.process_time()
        for words in texts:
            text = read(None, words)
            wards.resolve(
                text, mentions.find(text, _gazetteer(), lists), _gazetteer(), None, None, local=True
            )
        rates.append(len(texts) / (time.process_time() - began))
    return [f"Names and wards of {max(rates):,.0f} posts a second (hands, the best of {ROUNDS}).\n"]


def _local(file: Path) -> list[str]:
    """Posts by another hand, some of them said by a source of one town."""
    posts = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    area = _area()
    towns = {alias: town.name for town in area.towns for alias in (town.name, *town.aliases)}
    sources = tuple(Source(name, "feed", "public", covers=(name,)) for name in dict.fromkeys(towns.values()))
    heard = [towns.get(post["context_town"], "Forum") for post in posts]
    program = {
        "plain look-up": _plain,
        "ours": partial(_ours, area=replace(area, sources=sources), source=heard),
    }
    rows = ["| other local posts | posts | wards given that are right | rightly placed |", "|--|--:|--:|--:|"]
    for name, run in program.items():
        answers = run([post["text"] for post in posts])
        for part in dict.fromkeys(post["set"] for post in posts):
            pairs = [
                Pair(Said(_wards_of(post), frozenset(), frozenset()), said, False, 0)
                for post, said in zip(posts, answers, strict=True)
                if post["set"] == part
            ]
            counts = _counts(pairs)
            shares = f"{_interval(counts, 0, 1)} | {_interval(counts, 0, 2)}"
            rows.append(f"| {part}, {name} | {len(pairs)} | {shares} |")
    return [*rows, ""]


def _wards_of(post: dict[str, Any]) -> frozenset[str]:
    return frozenset(post["wards"]) if post["outcome"] == "ward" else frozenset()


def _articles(folder: Path) -> Iterator[tuple[str, str, list[tuple[int, int]]]]:
    for name in ("lgl", "TR-News"):
        for article in ET.parse(folder / f"{name}.xml").getroot().iter("article"):
            spans = [
                (int(t.findtext("start", "0")), int(t.findtext("end", "0"))) for t in article.iter("toponym")
            ]
            yield name, article.findtext("text") or "", spans


def _news(folder: Path) -> list[str]:
    """News from elsewhere: how many of its places our lists hold, and how many wards we wrongly see."""
    articles = list(_articles(folder))
    rows = ["| news from elsewhere | places named | found in our lists |", "|--|--:|--:|"]
    for name in ("lgl", "TR-News"):
        met = [_met(text, spans) for which, text, spans in articles if which == name]
        total, found = sum(t for t, _ in met), sum(f for _, f in met)
        rows.append(f"| {name} | {total:,} | {found / total:.2f} |")
    parts = [text[s:e].strip() for _, text, _ in articles for s, e in sentences(text) if text[s:e].strip()]
    rows += ["", f"| {len(parts):,} sentences of it, all foreign | false wards per 1,000 |", "|--|--:|"]
    programs: dict[str, Program] = {
        "plain look-up": _plain,
        "ours, as press": partial(_ours, channel="press"),
        "ours, as residents' words": _ours,
    }
    for name, program in programs.items():
        wrong = sum(bool(said.wards) for said in program(parts))
        rows.append(f"| {name} | {1_000 * wrong / len(parts):.2f} |")
    return [*rows, ""]


def _met(text: str, spans: list[tuple[int, int]]) -> tuple[int, int]:
    found = {(hit.start, hit.end) for hit in _gazetteer().matcher.find(fold(text)) if not hit.value.cues}
    return len(spans), sum(span in found for span in spans)


if __name__ == "__main__":
    print(main())
