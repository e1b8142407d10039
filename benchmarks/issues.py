"""Which issues a post is about: ours beside the raw list of terms, on posts that two labellers read alike.

The posts are the open hands (`benchmarks/hands`), those on which both labellers name the same set of issues.
Our words and rules were written with these posts at hand, so they flatter us; the weights are learnt on
the other hands each time. The raw list is a first taxonomy's terms as whole words, no masks, frozen
in `issue_terms.json` before any post was written. Intervals: 1,000 resamples of the posts.
LISTENING_BENCH_DOMAIN names a folder with `issues_local_set.jsonl`, 268 posts of another writer.
The held-out hands are scored only where LISTENING_BENCH_HELD_OUT is 1: once a release.
"""

import json
import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from benchmarks import writers
from benchmarks.writers import LABELLED_ONCE, OPEN
from listening import analyse, area
from listening.analyse import weighing
from listening.analyse.issues import Signs
from listening.analyse.matching import Matcher, Text, fold, read

HERE = Path(__file__).parent
SEED, RESAMPLES = 7, 1_000
OLD = {"flooding-drainage": ("flooding", "drains-water")}  # one issue of the local set is two of ours
RENAMED = {"street-lighting": "street-lights"}


class Post(NamedTuple):
    """A labelled post; ``noise`` is None, a filter class, or "?" where the labellers differ."""

    hand: int
    number: int  # of its line, from 0
    text: str
    issues: frozenset[str]
    implied: frozenset[str]
    noise: str | None
    kinds: tuple[str, ...]


def main() -> str:
    said = ["## issues\n", (__doc__ or "").split("\n\n")[0] + " (`benchmarks/issues.py`).\n"]
    labelled = posts(OPEN)
    finds = {"ours": _left_out(labelled), "raw list": plain([p.text for p in labelled])}
    said += _whole(labelled, finds) + _parts(labelled, finds) + _weak(labelled, finds["ours"]) + _noise(OPEN)
    domain = os.environ.get("LISTENING_BENCH_DOMAIN")
    said += _local(Path(domain)) if domain else ["LISTENING_BENCH_DOMAIN is not set: no independent set.\n"]
    if os.environ.get("LISTENING_BENCH_HELD_OUT") == "1":
        said += held_out()
    return "\n".join(said) + "\n"


def held_out() -> list[str]:
    """The held-out hands, with the weights as they are shipped. Once a release."""
    held = writers.held_out()
    labelled = posts(held)
    texts = [p.text for p in labelled]
    finds = {"ours": found(texts), "raw list": plain(texts)}
    return [f"Held out, {writers.named(held)}:\n", *_whole(labelled, finds), *_noise(held)]


def posts(hands: Iterable[int], agreed: bool = True) -> list[Post]:
    """The posts of these hands; ``agreed`` leaves out those whose sets of issues differ."""
    rows = []
    for hand in hands:
        files = (writers.lines("hand", hand), writers.lines("kinds", hand), *writers.labels(hand))
        for n, (post, kinds, a, b) in enumerate(zip(*files, strict=True)):
            if agreed and set(a["issues"]) != set(b["issues"]):
                continue
            implied = frozenset(a["implied"]) & frozenset(b["implied"])
            noise = a["noise"] if bool(a["noise"]) == bool(b["noise"]) else "?"
            rows.append(
                Post(hand, n, post["text"], frozenset(a["issues"]), implied, noise, tuple(kinds["kinds"]))
            )
    return rows


@cache
def _area() -> area.Area:
    return area.load(HERE.parent / "sources.yaml")


def _annotated(texts: list[str]) -> pd.DataFrame:
    n = len(texts)
    frame = pd.DataFrame({"text": texts, "channel": ["public"] * n, "source": ["Hands"] * n})
    frame["id"] = [str(i) for i in range(n)]
    frame["published"] = pd.Timestamp("2026-11-20", tz="UTC")
    return analyse.run(frame, _area())


def found(texts: list[str]) -> list[set[str]]:
    """Issues as the analysis that is shipped finds them."""
    return [set(issues) for issues in _annotated(texts)["issues"]]


class Find(NamedTuple):
    """All that speaks for an issue in a text, as ``weighing.facts`` takes it."""

    text: Text
    signs: dict[str, Signs]
    noise: frozenset[str]  # the filter classes' slugs
    voices: weighing.Voices


def finds(labelled: Sequence[Post]) -> list[Find]:
    """What speaks for each issue in each post; the wording as learnt on other hands than the post's own.

    Of another language the wording is not asked. The weights of the finds are learnt on hands whose wording
    may have met the hand that is judged: two dozen numbers, which can't remember a post.
    """
    from benchmarks import learn_wording

    voices = learn_wording.left_out(sorted({post.hand for post in labelled}))
    tools = analyse._compiled(_area())
    noise = frozenset(i.slug for i in _area().issues if i.noise)
    rows = []
    for post in labelled:
        text = read(None, post.text)
        words = tools.cues.find(text)
        named = analyse.mentions.find(text, tools.gazetteer, tools.lists)
        placed = analyse.wards.resolve(text, named, tools.gazetteer, None, None)
        signs = tools.taxonomy.signs(text, placed.spans, words["failure"])
        asked = tools.languages.guess(text.low) in ("en", None)
        rows.append(Find(text, signs, noise, voices[post.hand][post.number] if asked else {}))
    return rows


def _left_out(labelled: list[Post]) -> list[set[str]]:
    """Issues found with weights learnt on the other hands."""
    from benchmarks.learn_issues import learnt

    once, found, models = posts(LABELLED_ONCE), finds(labelled), {}
    more = finds(once)
    for hand in {p.hand for p in labelled}:
        others = [n for n, post in enumerate(labelled) if post.hand != hand]
        learning = learnt([*(labelled[n] for n in others), *once], [*(found[n] for n in others), *more])
        models[hand] = weighing.flat(learning)
    return [set(weighing.counted(*find, models[p.hand])) for p, find in zip(labelled, found, strict=True)]


@cache
def _raw() -> Matcher[str]:
    terms = json.loads((HERE / "issue_terms.json").read_text(encoding="utf-8"))
    return Matcher([(term, slug) for slug, words in terms.items() for term in words])


def plain(texts: list[str]) -> list[set[str]]:
    """The raw list: a term anywhere as a whole word is its issue."""
    return [{hit.value for hit in _raw().find(fold(text))} for text in texts]


def _whole(labelled: list[Post], finds: dict[str, list[set[str]]]) -> list[str]:
    rows = [
        f"{len(labelled):,} posts, {sum(len(p.issues) for p in labelled)} issues named or implied.\n",
        "| | precision | recall | named | implied |",
        "|--|--|--|--:|--:|",
    ]
    for name, sets in finds.items():
        counted = np.array([_count(p.issues, s) for p, s in zip(labelled, sets, strict=True)])
        dice = np.random.default_rng(SEED)
        drawn = counted[dice.integers(0, len(counted), (RESAMPLES, len(counted)))].sum(1)
        shares = [_share(drawn[:, 0], drawn[:, 1]), _share(drawn[:, 0], drawn[:, 2])]
        low, high = np.percentile(np.array(shares), (2.5, 97.5), axis=1)
        tp, fp, fn = counted.sum(0)
        named = _recall(labelled, sets, lambda p: p.issues - p.implied)
        implied = _recall(labelled, sets, lambda p: p.implied)
        cells = [
            f"{tp / (tp + fp):.3f} ({low[0]:.3f} to {high[0]:.3f})",
            f"{tp / (tp + fn):.3f} ({low[1]:.3f} to {high[1]:.3f})",
        ]
        rows.append(f"| {name} | {' | '.join(cells)} | {named} | {implied} |")
    return [*rows, ""]


def _count(truth: frozenset[str], said: set[str]) -> tuple[int, int, int]:
    return len(truth & said), len(said - truth), len(truth - said)


def _share(right: np.ndarray, wrong: np.ndarray) -> np.ndarray:
    shares: np.ndarray = right / np.maximum(right + wrong, 1)
    return shares


def _recall(labelled: list[Post], sets: list[set[str]], part: Callable[[Post], frozenset[str]]) -> str:
    wanted = [(part(p), s) for p, s in zip(labelled, sets, strict=True)]
    whole = sum(len(w) for w, _ in wanted)
    return f"{sum(len(w & s) for w, s in wanted) / whole:.3f} of {whole}" if whole else "–"


def _parts(labelled: list[Post], finds: dict[str, list[set[str]]]) -> list[str]:
    """By hand and by what the writer set out to write."""
    rows = [
        "| posts | number | precision | recall | raw list, precision | recall |",
        "|--|--:|--:|--:|--:|--:|",
    ]
    parts: dict[str, list[int]] = defaultdict(list)
    for n, post in enumerate(labelled):
        parts[f"hand {post.hand}"].append(n)
    for kind in sorted({k for p in labelled for k in p.kinds}):
        parts[kind] = [n for n, p in enumerate(labelled) if kind in p.kinds]
    for name, numbers in parts.items():
        cells = []
        for sets in finds.values():
            tp, fp, fn = np.array([_count(labelled[n].issues, sets[n]) for n in numbers]).sum(0)
            cells += [_part(tp, fp), _part(tp, fn)]
        rows.append(f"| {name} | {len(numbers)} | {' | '.join(cells)} |")
    return [*rows, ""]


def _part(right: int, wrong: int) -> str:
    return f"{right / (right + wrong):.2f}" if right + wrong else "–"


def _weak(labelled: list[Post], sets: list[set[str]]) -> list[str]:
    """Issues whose precision or recall is below .80."""
    table: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for post, said in zip(labelled, sets, strict=True):
        for slug in post.issues | said:
            place = 0 if slug in post.issues & said else 1 if slug in said else 2
            table[slug][place] += 1
    rows = ["| weak issue | right | wrong | missed |", "|--|--:|--:|--:|"]
    for slug, (tp, fp, fn) in sorted(table.items()):
        if tp < 0.8 * max(tp + fp, tp + fn):
            rows.append(f"| {slug} | {tp} | {fp} | {fn} |")
    return [*rows, ""]


def _noise(hands: tuple[int, ...]) -> list[str]:
    """Filter or not, on the posts on which both labellers say the same; as shipped."""
    labelled = [p for p in posts(hands, agreed=False) if p.noise != "?"]
    said = _annotated([p.text for p in labelled])["noise"]
    rows = ["| filter | precision | recall | number |", "|--|--:|--:|--:|"]
    for name in ("any", "sport", "advert", "lost-pets", "appeals", "tributes", "other"):
        pairs = [(_is(p.noise, name), _is(s, name)) for p, s in zip(labelled, said, strict=True)]
        tp, fp, fn = (sum(pair == wanted for pair in pairs) for wanted in ((1, 1), (0, 1), (1, 0)))
        rows.append(f"| {name} | {_part(tp, fp)} | {_part(tp, fn)} | {tp + fn} |")
    return [*rows, ""]


def _is(label: str | None, name: str) -> bool:
    return label == name if name != "any" else isinstance(label, str)


def _local(folder: Path) -> list[str]:
    """An earlier writer's posts; its gold is one person's."""
    lines = (folder / "issues_local_set.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    noise = {i.slug for i in _area().issues if i.noise}
    labelled = []
    ours = found([row["text"] for row in rows])
    for row, said in zip(rows, ours, strict=True):
        truth = {RENAMED.get(slug, slug) for slug in row["issues"]}
        for old, new in OLD.items():
            if old in truth:
                truth = truth - {old} | (said & set(new) or {new[0]})
        known = frozenset(t for t in truth if any(i.slug == t for i in _area().issues)) - noise
        implied = known if row["kind"] == "imp" else frozenset()
        labelled.append(Post(0, 0, row["text"], known, implied, None, (row["set"], row["kind"])))
    raw = [said - noise for said in plain([row["text"] for row in rows])]
    return ["An earlier writer's posts:\n", *_whole(labelled, {"ours": ours, "raw list": raw})]


if __name__ == "__main__":
    print(main())
