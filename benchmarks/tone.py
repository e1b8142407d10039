"""Is the tone of residents' posts right, how sure is it, and what does it cost?

Plain VADER (positive from 0.05, negative from -0.05, its own bounds) beside ours, on the same English
posts, those whose tone both labellers call negative, neutral or positive alike. Each of the open hands
(benchmarks/hands) is scored by a model that never saw that hand: learnt from the others and
from our own list of posts. The words of tone.yaml and that list were written by somebody who had read
posts of the open hands, so these figures are somewhat too kind. The sets of LISTENING_BENCH_DOMAIN (a
probe and a local set, by other authors) and the held-out hands were never learnt from; those are
scored only where LISTENING_BENCH_HELD_OUT is 1.

Full coverage takes the likeliest tone of every post; "kept" leaves out those that are "unclear".
"""

import json
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from benchmarks import train_tone, writers
from benchmarks.train_tone import Post
from listening.analyse import matching, sentiment, tonemodel
from listening.analyse.tonemodel import TONES

EDGE, DRAWS, SEED, BINS, TIMED = 0.05, 1_000, 7, 5, 5_000
Array = NDArray[np.float64]
Numbers = NDArray[np.int64]
HEAD = "| set | posts | VADER macro-F1 | ours macro-F1 | ours right | kept | of kept right | VADER there |"


def main() -> str:
    taught = train_tone.posts()
    signed = train_tone.signs([post.text for post in taught])
    said, truth = train_tone.left_out(taught, signed), train_tone.agreed(taught)
    model = train_tone.calibrated(train_tone.learn(taught, signed), said, truth)
    said = _heated(said, model.heat)
    asked = np.flatnonzero(truth >= 0)
    posts, said, truth = [taught[n] for n in asked], said[asked], truth[asked]
    plain = _vader([post.text for post in posts])
    report = ["## tone\n", "Plain VADER beside ours (`benchmarks/tone.py`).\n", HEAD, "|--|" + "--:|" * 7]
    for name, chosen in _sets(posts):
        report.append(_row(name, truth[chosen], plain[chosen], said[chosen], model.sure))
    report += [*_independent(), *_held_out(), "", *_kinds(posts, truth, plain, said, model.sure)]
    return "\n".join([*report, "", *_calibration(truth, said), "", *_speed()]) + "\n"


def _sets(posts: list[Post]) -> list[tuple[str, Numbers]]:
    tests: list[tuple[str, Callable[[Post], bool]]] = [("all open hands, each left out", lambda p: True)]
    tests += [
        ("of these, about local life", lambda p: not p.noise),
        ("noise: chat, sport, adverts", lambda p: p.noise),
    ]
    tests += [(f"hand {n}, learnt without it", lambda p, n=n: p.hand == n) for n in writers.OPEN]  # type: ignore[misc]
    return [(name, np.flatnonzero([test(post) for post in posts])) for name, test in tests]


def _row(name: str, truth: Numbers, plain: Numbers, said: Array, sure: float) -> str:
    ours, kept = said.argmax(1), said.max(1) >= sure
    f1s = " | ".join(f"{macro_f1(truth, p):.3f} {_interval(truth, p)}" for p in (plain, ours))
    right, theirs = (ours == truth), (plain == truth)
    return (
        f"| {name} | {len(truth):,} | {f1s} | {right.mean():.3f} | {kept.mean():.2f} | "
        f"{right[kept].mean():.3f} | {theirs[kept].mean():.3f} |"
    )


def macro_f1(truth: Numbers, given: Numbers) -> float:
    """The mean over tones of the harmonic mean of precision and recall."""
    both = [((truth == n) & (given == n)).sum() for n in range(3)]
    sizes = [(truth == n).sum() + (given == n).sum() for n in range(3)]
    return float(np.mean([2 * hit / max(size, 1) for hit, size in zip(both, sizes, strict=True)]))


def _interval(truth: Numbers, given: Numbers) -> str:
    """The middle 95% of the macro-F1 of DRAWS sets drawn from this one with replacement."""
    rng = np.random.default_rng(SEED)
    drawn = (rng.integers(0, len(truth), len(truth)) for _ in range(DRAWS))
    low, high = np.quantile([macro_f1(truth[d], given[d]) for d in drawn], (0.025, 0.975))
    return f"[{low:.2f}, {high:.2f}]"


def _vader(texts: list[str]) -> Numbers:
    scorer = SentimentIntensityAnalyzer()
    compounds = np.array([scorer.polarity_scores(text)["compound"] for text in texts])
    return np.where(compounds >= EDGE, 2, np.where(compounds <= -EDGE, 0, 1))


def _ours(texts: list[str]) -> Array:
    """The chances by the weights as they are kept."""
    return sentiment.scorer().chances([matching.read(None, text) for text in texts])


def _heated(said: Array, heat: float) -> Array:
    hot = np.exp(np.log(said + 1e-12) / heat)
    return np.asarray(hot / hot.sum(1, keepdims=True))


def _independent() -> list[str]:
    """The probe and the local set, by the weights as they are kept."""
    folder = os.environ.get("LISTENING_BENCH_DOMAIN")
    if not folder:
        return []
    probe = json.loads((Path(folder) / "sentiment_probe.json").read_text(encoding="utf-8"))
    lines = (Path(folder) / "tone_local_set.jsonl").read_text(encoding="utf-8").splitlines()
    local = [row for row in map(json.loads, lines) if row["tone"] in TONES]
    sets: list[tuple[str, list[Any], list[int]]] = [
        ("probe, another author", probe, [row["label"] + 1 for row in probe]),
        ("local set, another author", local, [TONES.index(row["tone"]) for row in local]),
    ]
    posts = [row for row in probe if row["register"] == "post"]
    sets.insert(1, ("of these, residents' posts", posts, [row["label"] + 1 for row in posts]))
    rows = []
    for name, items, labels in sets:
        texts = [row["text"] for row in items]
        rows.append(_row(name, np.array(labels), _vader(texts), _ours(texts), tonemodel.load().sure))
    return rows


def _held_out() -> list[str]:
    """The held-out hands, once a release: only where LISTENING_BENCH_HELD_OUT says so."""
    if os.environ.get("LISTENING_BENCH_HELD_OUT") != "1":
        return []
    held = writers.held_out()
    every = [list(train_tone.hand(number)) for number in held]
    each = zip((f"hand {number}" for number in held), every, strict=True)
    rows, whole = [], (f"{writers.named(held)}, held out", [post for posts in every for post in posts])
    for name, posts in [whole, *each]:
        truth = train_tone.agreed(posts)
        kept = np.flatnonzero(truth >= 0)
        texts = [posts[n].text for n in kept]
        rows.append(_row(name, truth[kept], _vader(texts), _ours(texts), tonemodel.load().sure))
    return rows


def _kinds(posts: list[Post], truth: Numbers, plain: Numbers, said: Array, sure: float) -> list[str]:
    """Share right by what the writer meant to write."""
    rows = ["| kind | posts | VADER right | ours right | kept | right of kept |", "|--|--:|--:|--:|--:|--:|"]
    ours, kept = said.argmax(1), said.max(1) >= sure
    for kind in sorted({kind for post in posts for kind in post.kinds}):
        these = np.array([kind in post.kinds for post in posts])
        if these.sum() >= 10:
            shares = (
                (plain == truth)[these],
                (ours == truth)[these],
                kept[these],
                (ours == truth)[these & kept],
            )
            rows.append(f"| {kind} | {these.sum()} | " + " | ".join(f"{s.mean():.2f}" for s in shares) + " |")
    return rows


def _calibration(truth: Numbers, said: Array) -> list[str]:
    """What the chance of the likeliest tone said, and how often it was right, in five equal parts."""
    rows = ["| chance of the likeliest tone | posts | said | came true |", "|--|--:|--:|--:|"]
    top, right = said.max(1), said.argmax(1) == truth
    for part in np.array_split(np.argsort(top, kind="stable"), BINS):
        rows.append(
            f"| {top[part].min():.2f} to {top[part].max():.2f} | {len(part)} | "
            f"{top[part].mean():.2f} | {right[part].mean():.2f} |"
        )
    return rows


def _speed() -> list[str]:
    """Posts a second, one process, processor time, in one run: text already read, once warmed."""
    words = [post.text for post in train_tone.posts() if post.hand]
    words = (words * (TIMED // len(words) + 1))[:TIMED]
    texts, scorer, theirs = (
        [matching.read(None, w) for w in words],
        sentiment.scorer(),
        SentimentIntensityAnalyzer(),
    )
    runs: list[tuple[str, Callable[[], Any]]] = [
        ("vaderSentiment, whole posts", lambda: [theirs.polarity_scores(w) for w in words]),
        (
            "our VADER and words, by sentence (all of the tone before)",
            lambda: [scorer.compounds(t) for t in texts],
        ),
        ("our tone", lambda: scorer.score(texts)),
    ]
    rows = [f"| {TIMED:,} posts of the open hands | posts/s | µs a post |", "|--|--:|--:|"]
    for name, run in runs:
        run()
        began = time.process_time()
        run()
        took = time.process_time() - began
        rows.append(f"| {name} | {TIMED / took:,.0f} | {took / TIMED * 1e6:.0f} |")
    return rows


if __name__ == "__main__":
    print(main())
