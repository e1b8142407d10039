"""Are cues, flags and language told, is abuse told from criticism, and does personal data go?

The open hands (``benchmarks/hands``) as the product reads them, redacted first; true is what both labellers
say, posts on which they differ are left out of that label (cues: of posts in English). The learnt part of a
label is scored on each hand by a model of the others; its rules were written with most of them at hand,
so those figures flatter.
Beside it, in the same run, a plain list of keywords. In brackets: 95 % intervals of 1,000 bootstrap draws.
Functions, forms and names are invented (``safety_cases``); Davidson, OLID, Presidio and scrubadub need
LISTENING_BENCH_DATA and were never tuned to. LISTENING_BENCH_HELD_OUT=1 scores the held-out hands:
once a release.
"""

import csv
import os
import random
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

import listening
from benchmarks import learn_cues, personal, safety_cases, writers
from listening import analyse, clean
from listening.analyse import flags, learned, lexicons
from listening.analyse.matching import read
from listening.area import Area
from listening.clean import guard, redact
from listening.post import complete

CUES, FLAGS = ("complaint", "question", "praise"), ("abuse", "accusation", "safeguarding", "elections")
DRAWS, SEED = 1_000, 7
PLAIN = {
    "complaint": "broken|missed|not working|not been|still|again|awful|terrible|disgrace|rubbish|worst"
    "|useless|joke|shambles|fed up|disgusting",
    "question": r"\?",
    "praise": "thank|great|brilliant|well done|lovely|fantastic|credit|amazing|excellent|proud",
    "abuse": "idiot|moron|scum|bastard|twat|wanker|bitch|cunt|prick|slag|kill|stab|fuck|shit|die\\b|cow"
    "|rat\\b|pig|useless|thick|stupid",
    "accusation": "stole|thief|theft|fraud|corrupt|bribe|backhander|crook|liar|criminal|dealing|cover up"
    "|covered up",
    "safeguarding": "suicid|self harm|abuse|neglect|at risk|kill myself|bruise|vulnerable|missing|domestic"
    "|safeguard",
    "elections": "election|vote|voting|councillor|cllr|candidate|labour|tory|conservative|reform|ballot|poll",
    "another language": r"[^\x00-ɏ‐-⃿☀-➿\U0001f000-\U0001faff]|[ąęłńśźżćăâîșțŵŷ]",
}
Row = dict[str, Any]


def main() -> str:
    area = listening.load(Path(__file__).parents[1] / "sources.yaml")
    said = ["## safety\n", "Cues, flags, language and personal data (`benchmarks/safety.py`).\n"]
    said += _hands(area, [row for hand in writers.OPEN for row in _rows(hand)], True)
    held_out = os.environ.get("LISTENING_BENCH_HELD_OUT") == "1"
    if held_out:
        held = writers.held_out()
        said += [f"Held out: {writers.named(held)}, with the weights as shipped.\n"]
        said += _hands(area, [row for hand in held for row in _rows(hand)], False)
    said += [
        *_functions(),
        *personal.given_away(area, held_out),
        *personal.forms(area),
        *personal.names(area),
        *_speed(area),
    ]
    data = os.environ.get("LISTENING_BENCH_DATA")
    said += _public(area, Path(data)) if data else ["LISTENING_BENCH_DATA is not set.\n"]
    return "\n".join(said) + "\n"


def _rows(hand: int) -> list[Row]:
    files = ("hand", "labels_A", "labels_B", "kinds")
    return [
        {"hand": hand, "text": post["text"], "a": a, "b": b, "kinds": kinds["kinds"]}
        for post, a, b, kinds in zip(*(writers.lines(f, hand) for f in files), strict=True)
    ]


def _annotated(area: Area, texts: list[str]) -> pd.DataFrame:
    """As the product would: cleaned, then analysed."""
    posts = complete(
        pd.DataFrame(
            {
                "id": [f"feed:{n}" for n in range(len(texts))],
                "source": "Forum",
                "channel": "public",
                "published": pd.Timestamp("2026-11-16 08:00", tz="UTC"),
                "text": pd.Series(texts, dtype="object"),
            }
        )
    )
    return analyse.run(clean.run(posts, area, bytes(32)), area)


def _told(area: Area, rows: list[Row], left_out: bool) -> list[set[str]]:
    """What each post is told to be; with ``left_out`` the learnt part comes from the other hands."""
    models: dict[float, learned.Model | None] = dict.fromkeys({r["hand"] for r in rows})
    if left_out:
        models |= learn_cues.folds(learn_cues.taught())[1]
    told: list[set[str]] = []
    elections = {i.slug for i in area.issues if i.election}
    for hand, model in sorted(models.items()):
        mine = [r["text"] for r in rows if r["hand"] == hand]
        with _weights(model):
            for row in _annotated(area, mine).itertuples():
                other = ["another language"] * (row.language not in (None, "en"))
                told.append(
                    {*row.cues, *row.flags, *other, *["elections"] * bool(elections & set(row.issues))}
                )
    return told


@contextmanager
def _weights(model: learned.Model | None) -> Iterator[None]:
    """These weights in place of the shipped ones, with the shipped thresholds."""
    kept, shipped = learned.shipped, learned.shipped()
    if model is not None:
        cut = _cuts()
        learned.shipped = lambda: learned.Model(model.table, model.bias - cut)  # type: ignore[assignment]
    learned._met.clear()
    try:
        yield
    finally:
        learned.shipped = kept
        learned._met.clear()
        assert learned.shipped() is shipped


def _cuts() -> Any:
    """The thresholds that were taken off the shipped bias."""
    with np.load(learned.FILE, allow_pickle=False) as kept:
        return kept["cut"]


def _hands(area: Area, rows: list[Row], left_out: bool) -> list[str]:
    told = _told(area, rows, left_out)
    plain = [{k for k, p in PLAIN.items() if re.search(p, r["text"], re.IGNORECASE)} for r in rows]
    out = [
        "| label | posts | precision | recall | F1 | F1 by hand | keywords: precision | recall |",
        "|--|--:|--:|--:|--:|--|--:|--:|",
    ]
    for label in (*CUES, *FLAGS, "another language"):
        true = [_true(r, label) for r in rows]
        ours, theirs = ([label in t for t in side] for side in (told, plain))
        f1 = " ".join(
            f"{_f1(true, ours, [r['hand'] == h for r in rows]):.2f}"
            for h in sorted({r["hand"] for r in rows})
        )
        p, r_, f = (_interval(true, ours, figure) for figure in (_precision, _recall, _both))
        p2, r2 = (figure(np.array(_pairs(true, theirs))) for figure in (_precision, _recall))
        out.append(f"| {label} | {sum(map(bool, true))} | {p} | {r_} | {f} | {f1} | {p2:.2f} | {r2:.2f} |")
    return [*out, "", *_criticism(rows, told, plain), *personal.hands(area, rows)]


def _true(row: Row, label: str) -> bool | None:
    if label == "another language":
        return bool(row["a"]["language"] != "en") if row["a"]["language"] == row["b"]["language"] else None
    if label in CUES and row["a"]["language"] != "en":
        return None  # counted apart: the product gives no cue there
    key = "cues" if label in CUES else "flags"
    one, other = (label in row[side][key] for side in "ab")
    return one if one == other else None


def _criticism(rows: list[Row], told: list[set[str]], plain: list[set[str]]) -> list[str]:
    """How much of what is not abuse is flagged as it, and how much of its grave part is found."""
    groups: dict[str, Callable[[Row], bool]] = {
        "robust criticism": lambda r: "criticism" in r["kinds"] and "abuse" not in r["a"]["flags"],
        "reported abuse": lambda r: "reported_abuse" in r["kinds"] and "abuse" not in r["a"]["flags"],
        "any post that is no abuse": lambda r: "abuse" not in r["a"]["flags"],
        "threats (should be)": lambda r: "threat" in r["a"]["flags"] and "threat" in r["b"]["flags"],
    }
    out = ["| flagged as abuse | posts | ours | keywords |", "|--|--:|--:|--:|"]
    for name, within in groups.items():
        picked = [n for n, row in enumerate(rows) if within(row)]
        ours = _interval([True] * len(picked), ["abuse" in told[n] for n in picked], _recall, 3)
        theirs = np.mean(["abuse" in plain[n] for n in picked])
        out.append(f"| {name} | {len(picked)} | {ours} | {theirs:.3f} |")
    return [*out, ""]


def _pairs(true: list[bool | None], said: list[bool]) -> list[tuple[bool, bool]]:
    return [(bool(t), bool(s)) for t, s in zip(true, said, strict=True) if t is not None]


def _precision(pairs: Any) -> float:
    return float(pairs[pairs[:, 1], 0].mean()) if pairs[:, 1].any() else 0.0


def _recall(pairs: Any) -> float:
    return float(pairs[pairs[:, 0], 1].mean()) if pairs[:, 0].any() else 0.0


def _both(pairs: Any) -> float:
    hits = (pairs[:, 0] & pairs[:, 1]).sum()
    return float(2 * hits / max(1, pairs.sum()))


def _f1(true: list[bool | None], said: list[bool], within: list[bool]) -> float:
    kept = [(t, s) for t, s, w in zip(true, said, within, strict=True) if w]
    return _both(np.array(_pairs([t for t, _ in kept], [s for _, s in kept])))


def _interval(true: Any, said: list[bool], figure: Callable[[Any], float], digits: int = 2) -> str:
    """A figure with its 95 % interval over draws of posts."""
    pairs = np.array(_pairs(true, said))
    draws = np.random.default_rng(SEED).integers(0, len(pairs), (DRAWS, len(pairs)))
    low, high = np.quantile([figure(pairs[draw]) for draw in draws], [0.025, 0.975])
    return f"{figure(pairs):.{digits}f} ({low:.{digits}f}–{high:.{digits}f})"


def _abusive() -> Callable[[str], bool]:
    tool = flags.Flags(lexicons.load("flags"), lexicons.given_names(), ())
    return lambda text: "abuse" in tool.find(read(None, text), "public")


def _functions() -> list[str]:
    flagged = _abusive()
    out = ["| function | should be flagged | cases | flagged: ours | keywords |", "|--|--|--:|--:|--:|"]
    for name, (abusive, patterns) in safety_cases.FUNCTIONS.items():
        texts = list(dict.fromkeys(p.replace("{who}", who) for p in patterns for who in safety_cases.WHO))
        theirs = np.mean([bool(re.search(PLAIN["abuse"], t, re.IGNORECASE)) for t in texts])
        ours = np.mean([flagged(t) for t in texts])
        out.append(f"| {name} | {'yes' if abusive else 'no'} | {len(texts)} | {ours:.2f} | {theirs:.2f} |")
    return [*out, ""]


def _speed(area: Area) -> list[str]:
    texts = [row["text"] for hand in writers.OPEN for row in _rows(hand)]
    protected = guard.guard(area)
    tools = analyse._compiled(area)

    def labels() -> None:
        scores = learned.marks(texts)
        for text, row in zip([read(None, t) for t in texts], scores.tolist(), strict=True):
            marks = dict(zip(learned.LABELS, row, strict=True))
            tools.languages.guess(text.low)
            analyse.cues.read(text, "public", tools.cues.find(text), None, {}, [], marks)
            tools.flags.find(text, "public", marks)

    runs: dict[str, Callable[[], object]] = {
        "cues, flags and language": labels,
        "redaction": lambda: [redact.redact(t, protected) for t in texts],
    }
    out = ["| step | posts a second |", "|--|--:|"]
    for name, run in runs.items():
        out.append(f"| {name} | {len(texts) / min(_seconds(run) for _ in range(5)):,.0f} |")
    return [*out, ""]


def _seconds(run: Callable[[], object]) -> float:
    began = time.process_time()
    run()
    return time.process_time() - began


def _public(area: Area, data: Path) -> list[str]:
    flagged = _abusive()
    with (data / "abuse/davidson/labeled_data.csv").open(encoding="utf-8", newline="") as file:
        davidson = [(row["class"], row["tweet"]) for row in csv.DictReader(file)]
    with (data / "abuse/olid/olid-training-v1.0.tsv").open(encoding="utf-8", newline="") as file:
        olid = [
            (row["subtask_a"], row["tweet"])
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        ]
    out = ["| public set | posts | flagged: ours | keywords |", "|--|--:|--:|--:|"]
    for name, rows, kind in (
        ("Davidson: hate", davidson, "0"), ("Davidson: offensive words", davidson, "1"),
        ("Davidson: neither", davidson, "2"),
        ("OLID: offensive", olid, "OFF"), ("OLID: not", olid, "NOT"),
    ):  # fmt: skip
        texts = random.Random(SEED).sample(texts := [t for k, t in rows if k == kind], min(len(texts), 1_400))
        theirs = np.mean([bool(re.search(PLAIN["abuse"], t, re.IGNORECASE)) for t in texts])
        out.append(f"| {name} | {len(texts)} | {np.mean([flagged(t) for t in texts]):.3f} | {theirs:.3f} |")
    return [*out, "", *personal.vectors(area, data)]


if __name__ == "__main__":
    print(main())
