"""Is our VADER the original to the last bit, and how much faster is it?

Equal: every line and every field of VADER's own ground-truth and rating files, and of the other
labelled texts, all four numbers compared by ``repr``. Speed: both scorers score the same posts in
turns, in this one process, by processor time. Warm: 1,000 posts once scored are scored again.
Unseen: a new scorer meets each post once, from its first word on. Length: one text made four
times as long, the lowest of seven.

The texts need LISTENING_BENCH_DATA (`sentiment`, `bbcrss`, `reddit_uk_top`): without it only the
length is measured.
"""

import csv
import gzip
import json
import os
import random
import sys
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from listening.analyse import vader

SEED, WARM, ROUNDS, BLOCK = 7, 1_000, 7, 1_000
LENGTHS = (1_000, 4_000, 16_000)  # words
PROSE = "The lane is not safe after dark , but the new lights are GREAT and so is the kind warden !"
DENSE = "bad but good sad BUT GREAT so not happy , kind of ugly ! 😀"


def main() -> str:
    said = [
        "## vader\n",
        "Our VADER beside vaderSentiment, in turns, processor time (`benchmarks/vader.py`).\n",
    ]
    data = os.environ.get("LISTENING_BENCH_DATA")
    said += [*_equal(Path(data)), *_speed(Path(data))] if data else ["LISTENING_BENCH_DATA is not set.\n"]
    return "\n".join([*said, *_length()]) + "\n"


def _equal(data: Path) -> list[str]:
    theirs, ours = SentimentIntensityAnalyzer(), vader.Scorer()
    rows = ["| texts | number | not identical |", "|--|--:|--:|"]
    for name, texts in _sets(data):
        wrong = sum(repr(ours.polarity_scores(t)) != repr(theirs.polarity_scores(t)) for t in texts)
        rows.append(f"| {name} | {len(texts):,} | {wrong} |")
    return [*rows, ""]


def _sets(data: Path) -> Iterator[tuple[str, list[str]]]:
    folder = data / "sentiment"
    yield "VADER's ground truth and ratings", _fields(sorted((folder / "vader").glob("*.txt")))
    yield (
        "other labelled texts",
        _fields(
            p
            for f in ("goemotions", "tweeteval", "irony", "sts_gold")
            for p in sorted((folder / f).iterdir())
        ),
    )
    yield "posts and items", _posts(data)


def _fields(files: Any) -> list[str]:
    """Each line as it stands, its end included, and each of its fields."""
    texts: list[str] = []
    for file in files:
        for line in file.read_text(encoding="utf-8", errors="replace").splitlines(keepends=True):
            texts += [line, *(line.split("\t") if "\t" in line else ())]
    return texts


def _posts(data: Path) -> list[str]:
    """Titles and texts of a news feed and of UK subreddits, mixed, each once."""
    with gzip.open(data / "bbcrss/items.jsonl.gz", "rt", encoding="utf-8") as file:
        texts = [f"{row['title']}. {row['description']}" for row in map(json.loads, file)]
    csv.field_size_limit(sys.maxsize)
    for path in sorted((data / "reddit_uk_top").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            texts += [f"{row['title']} {row['selftext']}".strip() for row in csv.DictReader(file)]
    return random.Random(SEED).sample(unique := list(dict.fromkeys(texts)), len(unique))


def _speed(data: Path) -> list[str]:
    truth = [
        line.split("\t")[2].strip()
        for p in sorted((data / "sentiment/vader").glob("*GroundTruth.txt"))
        for line in p.read_text(encoding="utf-8", errors="replace").splitlines()
    ]
    sets = {
        "posts and items": _posts(data),
        "ground truth of VADER": random.Random(SEED).sample(truth, len(truth)),
    }
    sets |= {
        f"{name}, 20 to 30 words": [t for t in texts if 20 <= len(t.split()) <= 30]
        for name, texts in sets.items()
    }
    rows = ["| | texts | words | original | ours | times as fast |", "|--|--:|--:|--:|--:|--:|"]
    for name, texts in sets.items():
        rows += [
            _row(f"{name}: warm", texts[:WARM], _warm(texts[:WARM])),
            _row(f"{name}: unseen", texts, _unseen(texts)),
        ]
    return [*rows, ""]


def _row(name: str, texts: list[str], took: tuple[float, float]) -> str:
    words = sum(len(text.split()) for text in texts) / len(texts)
    each = " | ".join(f"{seconds / len(texts) * 1e6:.1f} µs" for seconds in took)
    return f"| {name} | {len(texts):,} | {words:.0f} | {each} | {took[0] / took[1]:.1f} |"


def _warm(texts: list[str]) -> tuple[float, float]:
    """The median of each scorer's rounds."""
    scorers = SentimentIntensityAnalyzer(), vader.Scorer()
    rounds = [[_seconds(scorer, texts) for scorer in scorers] for _ in range(ROUNDS + 1)][1:]
    theirs, ours = (sorted(times)[ROUNDS // 2] for times in zip(*rounds, strict=True))
    return theirs, ours


def _unseen(texts: list[str]) -> tuple[float, float]:
    theirs, ours = SentimentIntensityAnalyzer(), vader.Scorer()
    blocks = [texts[n : n + BLOCK] for n in range(0, len(texts), BLOCK)]
    pairs = [(_seconds(theirs, block), _seconds(ours, block)) for block in blocks]
    return sum(pair[0] for pair in pairs), sum(pair[1] for pair in pairs)


def _length() -> list[str]:
    """How much longer a text four times as long takes."""
    rows = [
        "| words | " + " | ".join(f"{n:,}" for n in LENGTHS) + " | at most, for 4 × the length |",
        "|--|" + "--:|" * 4,
    ]
    scorer = vader.Scorer()
    for name, line in (("prose", PROSE), ("feeling and but in every line", DENSE)):
        words = line.split()
        texts = [" ".join((words * (n // len(words) + 1))[:n]) for n in LENGTHS]
        rounds = [[_seconds(scorer, [text]) for text in texts] for _ in range(ROUNDS)]
        least = [min(times) for times in zip(*rounds, strict=True)]
        most = max(b / a for a, b in pairwise(least))
        rows.append(f"| {name} | " + " | ".join(f"{s * 1e3:.2f} ms" for s in least) + f" | {most:.1f} × |")
    return rows


def _seconds(scorer: Any, texts: list[str]) -> float:
    began = time.process_time()
    for text in texts:
        scorer.polarity_scores(text)
    return time.process_time() - began


if __name__ == "__main__":
    print(main())
