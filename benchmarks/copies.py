"""Are copies found, are other posts left alone, and what does it cost in a busy week?

Recall: real headlines, summaries, articles and comments with the changes that outlets and residents
make to what they repeat, planted with a fixed seed. Precision: the same sets as they are (each
different text), retitled items of a real feed, invented notices from one form, and opinions added
to somebody's words. Time: 10,000 posts, and 20, against the 70,000 of a busy week (of invented words),
with our own sketches and, where they are installed, with rensa (126) and datasketch (128 permutations).
Where rensa is installed its signatures a second stand beside ours, and what it finds and folds by itself:
the nearest text with half of our runs in common, by its estimate. It is told nothing of outlets or names.

The first two need LISTENING_BENCH_DATA (`bbcrss`, `stories`, `sentiment/goemotions`).
"""

import csv
import gzip
import json
import os
import random
import re
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd

from benchmarks import minhash
from listening import wording
from listening.analyse import copies

SEED, BASES = 7, 600
WEEK, MANY, FEW = 70_000, 10_000, 20
AT = pd.Timestamp("2026-11-16", tz="UTC")
HEADS = ("What we know so far", "Readers have their say", "Police issue an update", "Latest from the scene")
NOTICE = (
    "{0}: closed to all traffic from {1} for repairs to the road. Please follow the signs.",
    "A flood alert is in force for {0} since {1}. River levels are high and low land may flood.",
    "Application {1}/{2}: an extension at {0} has been proposed. You can comment on our website.",
)
Text = tuple[str | None, str]
Fold = Callable[[pd.DataFrame], list[str | None]]
Change = Callable[[Text, random.Random], Text | None]


def main() -> str:
    said = [
        "## copies\n",
        "Copies found, other posts left alone, and the time it takes (`benchmarks/copies.py`).\n",
    ]
    data = os.environ.get("LISTENING_BENCH_DATA")
    said += _right(Path(data)) if data else ["LISTENING_BENCH_DATA is not set: only the time was measured.\n"]
    return "\n".join([*said, *_fast()]) + "\n"


def _right(data: Path) -> list[str]:
    folds: dict[str, Fold] = {"ours": copies.run}
    if (rensa := minhash.library("rensa")) is not None:
        folds["rensa"] = partial(minhash.folded, rensa)
    sets = {"outlets, summaries": _summaries(data), "outlets, articles": _articles(data)}
    heads = " | ".join(folds)
    rows = [f"| set, share found by | change | texts | {heads} |", f"|--|--|--:|{'--:|' * len(folds)}"]
    talk = _talk(data)
    planted = [(name, texts, "press", PRINTED) for name, texts in sets.items()]
    for name, texts, channel, changes in (*planted, ("residents", talk[:BASES], "public", SPOKEN)):
        for change, number, hits in _planted(texts, channel, changes, folds):
            shares = " | ".join(f"{hit / number:.3f}" for hit in hits)
            rows.append(f"| {name} | {change} | {number:,} | {shares} |")
    if rensa is not None:
        rows += [
            "",
            "rensa by itself takes what shares half of its runs, by estimate; it knows no other rule.",
        ]
    rows += ["", f"| no copies: folded, of them in other words, by | posts | {heads} |"]
    rows.append(f"|--|--:|{'--:|' * len(folds)}")
    for name, frame in _others(data, talk):
        told = [f"{all_}, {near}" for all_, near in (_folded(frame, fold) for fold in folds.values())]
        rows.append(f"| {name} | {len(frame):,} | {' | '.join(told)} |")
    return [*rows, ""]


def _planted(
    texts: list[Text], channel: str, changes: dict[str, Change], folds: dict[str, Fold]
) -> Iterator[tuple[str, int, list[int]]]:
    """For each change: how many texts, and how many of their copies each way of folding finds."""
    for name, change in changes.items():
        dice = random.Random(SEED)
        pairs = [(text, made) for text in texts if (made := change(text, dice)) is not None]
        if len(pairs) < 10:
            continue  # short texts have nothing to cut
        rows = [(f"a{n}", "A", channel, None, *a) for n, (a, _) in enumerate(pairs)]
        rows += [(f"b{n}", "B", channel, None, *b) for n, (_, b) in enumerate(pairs)]
        hits = []
        for fold in folds.values():
            found = zip((r[0] for r in rows), fold(_frame(rows)), strict=True)
            root = {i: r or i for i, r in found}
            hits.append(sum(root[f"a{n}"] == root[f"b{n}"] for n in range(len(pairs))))
        yield name, len(pairs), hits


def _others(data: Path, talk: list[Text]) -> Iterator[tuple[str, pd.DataFrame]]:
    heads = list(csv.DictReader((data / "stories/uci_headlines.csv").open(encoding="utf-8")))
    yield (
        "headlines of 2014, many a story",
        _frame([(r["ID"], r["PUBLISHER"], "press", None, r["TITLE"], "") for r in heads]),
    )
    news = {r["guid"]: r for r in _bbc(data)}.values()
    rows = [
        (r["guid"], f"S{n}", "press", r["link"], r["title"], r["description"]) for n, r in enumerate(news)
    ]
    yield "one outlet's articles of ten weeks", _frame(rows)
    yield "comments by strangers", _frame([(str(n), "F", "public", None, *t) for n, t in enumerate(talk)])
    streets, dates = ("Weir Lane", "Mill Yard", "Quarry Road", "Station Street"), range(11, 31)
    notices = [
        (None, form.format(s, f"{d} November" if n < 2 else 2026, d + 100))
        for n, form in enumerate(NOTICE) for s in streets for d in dates
    ]  # fmt: skip
    yield (
        "notices from three forms",
        _frame([(str(n), f"S{n}", "official", None, *t) for n, t in enumerate(notices)]),
    )


def _folded(frame: pd.DataFrame, fold: Fold) -> tuple[int, int]:
    words = dict(zip(frame["id"], map(wording.Wording, frame["title"], frame["text"]), strict=True))
    pairs = [(i, r) for i, r in zip(frame["id"], fold(frame), strict=True) if r]
    return len(pairs), sum(words[i].key != words[r].key for i, r in pairs)


def _fast() -> list[str]:
    from listening.store import connect
    from listening.store.sketches import COLUMNS

    week, fresh = _invented(0, WEEK), _invented(WEEK, WEEK + MANY)
    rows = minhash.signatures(list(fresh["text"]))
    rows += [
        f"| new posts against {WEEK:,} of the week | ours, all handed over | rensa | datasketch |",
        "|--:|--:|--:|--:|",
    ]
    for number in (MANY, FEW):
        some = fresh[:number]
        ours = minhash.seconds(partial(copies.run, some, week))
        peers = [minhash.peer(kind, week, some) for kind in ("rensa", "datasketch")]
        rows.append(f"| {number:,} | {ours:.1f} s | {' | '.join(peers)} |")
    with tempfile.TemporaryDirectory() as folder:
        store = connect(f"sqlite:///{folder}/listening.db")
        _keep(store, week)
        rows += [
            "",
            "| new posts, with the sketches the store keeps | found in the store | compared | candidates |",
        ]
        rows.append("|--:|--:|--:|--:|")
        for number in (MANY, FEW):
            some = fresh[:number]
            ends = AT.to_pydatetime(), (AT + pd.Timedelta(days=8)).to_pydatetime()
            asked = minhash.seconds(partial(store.texts, some, *ends))
            found = store.texts(some, *ends)
            took = minhash.seconds(partial(copies.run, some, found))
            assert copies.run(some, found) == copies.run(some, week[list(COLUMNS)])
            rows.append(f"| {number:,} | {asked:.2f} s | {took:.2f} s | {len(found):,} |")
        store.close()
    return rows


def _keep(store: Any, week: pd.DataFrame) -> None:
    """The week in a store, without the analysis, which is not asked about."""
    from sqlalchemy import insert

    from listening.store import sketches
    from listening.store.schema import post

    lists = dict.fromkeys(
        ("issues", "issue_tones", "wards", "towns", "maybe_wards", "places", "cues", "flags"), "[]"
    )
    fixed = lists | {"kind": "post", "dated": 1, "evidence": "{}", "day": 0, "late": 0, "digest": ""}
    columns = ("id", "source", "channel", "url", "title", "text", "collected")
    with store._disk.writing() as connection:
        made = []
        for pk, values in enumerate(zip(*(week[c] for c in columns), strict=True), 1):
            row = dict(zip(columns, values, strict=True))
            row["collected"] = row["published"] = row["seen"] = row["collected"].value // 1000
            made.append(fixed | row | {"pk": pk})
        connection.execute(insert(post), made)
        sketches.remember(connection, made)


def _invented(first: int, last: int) -> pd.DataFrame:
    """Posts of 12 to 60 words that no one wrote, drawn as words are (Zipf); one in twenty repeats another."""
    dice = random.Random(first)
    vocabulary = [
        f"{a}{b}{c}" for a in "bdfgklmnprst" for b in "aeiou" for c in ("nd", "rt", "l", "sk", "mber", "ting")
    ]
    weights = [1 / n for n in range(1, len(vocabulary) + 1)]
    texts: list[str] = []
    for n in range(first, last):
        again = n % 20 == 19
        texts.append(
            texts[n - first - 7] + " please share"
            if again
            else " ".join(dice.choices(vocabulary, weights, k=dice.randint(12, 60)))
        )
    return _frame([(str(first + n), "Forum", "public", None, None, t) for n, t in enumerate(texts)])


def _frame(rows: list[Any]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["id", "source", "channel", "url", "title", "text"], dtype="object")
    frame["collected"] = AT + pd.to_timedelta(range(len(frame)), unit="s")
    return frame.assign(copy_of=None)


def _bbc(data: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(data / "bbcrss/items.jsonl.gz", "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)


def _summaries(data: Path) -> list[Text]:
    news = {r["guid"]: r for r in _bbc(data)}.values()
    return [(r["title"], r["description"]) for r in news if len((r["description"] or "").split()) >= 12][
        :BASES
    ]


def _articles(data: Path) -> list[Text]:
    found = []
    for row in map(json.loads, (data / "stories/ecbplus.jsonl").open(encoding="utf-8")):
        text = re.sub(r" ([.,;:?!])", r"\1", row["text"].removeprefix(row["title"]).strip())
        if len(text.split()) >= 40:
            found.append((row["title"], text))
    return found


def _talk(data: Path) -> list[Text]:
    lines = (data / "sentiment/goemotions/train.tsv").read_text(encoding="utf-8").splitlines()
    texts = [t for t in dict.fromkeys(line.split("\t")[0] for line in lines) if len(t.split()) >= 20]
    return [(None, t) for t in random.Random(SEED).sample(texts, len(texts))]


def _slips(text: str, number: int, dice: random.Random) -> str:
    words = text.split()
    long = [n for n, w in enumerate(words) if len(w) > 5 and w.isalpha() and w.islower()]
    for n in dice.sample(long, min(number, len(long))):
        k = dice.randrange(1, len(words[n]) - 1)
        words[n] = words[n][:k] + words[n][k + 1] + words[n][k] + words[n][k + 2 :]
    return " ".join(words)


def _cut(text: str) -> str | None:
    sentences = re.split(r"(?<=[.!?])\s+", text)
    return " ".join([sentences[0], *sentences[2:]]) if len(sentences) > 2 else None


def _first(text: str) -> str | None:
    return " ".join(text.split()[:30]) + " …" if len(text.split()) > 60 else None


PRINTED: dict[str, Change] = {
    "another headline": lambda t, dice: (dice.choice(HEADS), t[1]),
    "a line added at the end": lambda t, _: (
        t[0],
        t[1] + " Copyright (c) PA Media 2026, all rights reserved.",
    ),
    "a first line of its own": lambda t, _: (
        t[0],
        "Our reporter has followed this since the week began. " + t[1],
    ),
    "two slips": lambda t, dice: (t[0], _slips(t[1], 2, dice)),
    "quotes and capitals": lambda t, _: ((t[0] or "").upper(), t[1].replace('"', "”").replace(" - ", " – ")),
    "a sentence cut": lambda t, _: (t[0], cut) if (cut := _cut(t[1])) else None,
    "the first 30 words": lambda t, _: (t[0], cut) if (cut := _first(t[1])) else None,
}
SPOKEN: dict[str, Change] = {
    "a line added at the end": lambda t, _: (None, t[1] + "\nPlease share."),
    "one slip": lambda t, dice: (None, _slips(t[1], 1, dice)),
    "two slips": lambda t, dice: (None, _slips(t[1], 2, dice)),
    "an opinion of eight words added (no copy)": lambda t, _: (
        None, t[1] + " What a disgrace, the council should be ashamed"
    ),
}  # fmt: skip


if __name__ == "__main__":
    print(main())
