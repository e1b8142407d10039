"""Learns the weights of the tone model and writes data/models/tone.npz: python -m benchmarks.train_tone

From the open hands (benchmarks/hands; each labeller's tone counts half, "unclear" as half negative and half
positive) and data/models/tone_posts.txt, in English. The held-out hands, the probe and the local set of
benchmarks/tone.py are never read here. The tones weigh the same however many posts they have.
What the words say by themselves comes from ``learn_wording``, remarks among them, and has to be learnt
first. Each hand with two labellers is left out once, of both; on those posts are found the heat and the
least chance, below which a share UNSURE of them lies: those are "unclear".
"""

import hashlib
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from benchmarks import learn_wording, writers
from benchmarks.writers import LABELLED_ONCE, OPEN
from listening.analyse import matching, ngrams, sentiment, tonemodel, training
from listening.analyse.tonemodel import TONES, Model

BITS, RIDGE, UNSURE = 17, 0.3, 0.2
GRAMS, SIGNS = 0.23, 0.035  # how strong a gram's value and a sign's are beside each other; found on the hands
LEAST = 2  # texts a gram must stand in
Array = NDArray[np.float64]


class Post(NamedTuple):
    """A labelled post; ``hand`` 0 is our own list. ``tones`` are those of labellers A and B."""

    hand: int
    text: str
    tones: tuple[str, str]
    kinds: tuple[str, ...]
    noise: bool


def hand(number: int) -> Iterator[Post]:
    """The English posts of one hand."""
    for post, a, b, kind in zip(
        writers.lines("hand", number), *writers.labels(number), writers.lines("kinds", number), strict=True
    ):
        if a["language"] == "en":
            tones, kinds = (a["tone"], b["tone"]), tuple(kind["kinds"])
            yield Post(number, post["text"], tones, kinds, a["noise"] is not None)


def posts() -> list[Post]:
    """All that the weights are learnt from."""
    own = (Post(0, text, (tone, tone), (), False) for tone, text in writers.own())
    return [*(post for number in (*OPEN, *LABELLED_ONCE) for post in hand(number)), *own]


def signs(texts: list[str]) -> Array:
    return sentiment.scorer().signs([matching.read(None, text) for text in texts])


def learn(taught: list[Post], signed: Array) -> Model:
    """A model from these posts and their signs, of heat 1 and never unsure."""
    wanted = np.array([writers.shares(post.tones) for post in taught])
    weights = (wanted / wanted.sum(0)).sum(1)
    grams, worth = _valued(ngrams.read([post.text for post in taught], BITS))
    mean, spread = signed.mean(0), signed.std(0) + 1e-6
    empty = Model(np.zeros((2**BITS, 3), np.float32), np.zeros((0, 3)), np.zeros(3), mean, spread, 1.0, 0.0)
    both = _beside(grams, empty.levelled(signed) * SIGNS)
    columns = 2**BITS + signed.shape[1]
    table, bias = training.fit(both, wanted, ridge=RIDGE, weights=weights, columns=columns)
    learnt = (table[: 2**BITS] * worth[:, None]).astype(np.float32)
    return empty._replace(table=learnt, signs=table[2**BITS :] * SIGNS, bias=bias)


def _valued(grams: ngrams.Grams) -> tuple[ngrams.Grams, Array]:
    """Grams with values by how rare they are (log of texts by texts that hold it), each column's worth."""
    pairs = np.unique(grams.row * 2**BITS + grams.column) % 2**BITS
    held = np.bincount(pairs, minlength=2**BITS)
    worth = np.where(held >= LEAST, np.log((1 + grams.texts) / (1 + held)) + 1, 0) * GRAMS
    value = (grams.value * worth[grams.column]).astype(np.float32)
    kept = value > 0
    return grams._replace(row=grams.row[kept], column=grams.column[kept], value=value[kept]), worth


def _beside(grams: ngrams.Grams, numbers: Array) -> ngrams.Grams:
    """Plain columns of numbers as further columns of the grams."""
    row, column = np.nonzero(numbers)
    return grams._replace(
        row=np.concatenate([grams.row, row]),
        column=np.concatenate([grams.column, column + 2**BITS]),
        value=np.concatenate([grams.value, numbers[row, column].astype(np.float32)]),
    )


def left_out(taught: list[Post], signed: Array) -> Array:
    """(posts, tones): the chances that each post of a hand has by models that never saw that hand."""
    hands = np.array([post.hand for post in taught])
    said = np.zeros((len(taught), 3))
    for away, words in learn_wording.toned():
        others, these = np.flatnonzero(~np.isin(hands, away)), np.flatnonzero(np.isin(hands, away))
        model, texts = learn([taught[n] for n in others], signed[others]), [taught[n].text for n in these]
        worded = words.tones([matching.read(None, text) for text in texts])
        said[these] = model.chances(texts, signed[these], worded)
    return said


def agreed(taught: list[Post]) -> NDArray[np.int64]:
    """The number of the tone both labellers gave; -1 where they differ or it is unclear, or there is one."""
    once = (0, *LABELLED_ONCE)
    said = [p.tones[0] if p.hand not in once and p.tones[0] == p.tones[1] else "" for p in taught]
    return np.array([TONES.index(tone) if tone in TONES else -1 for tone in said])


def calibrated(model: Model, said: Array, truth: NDArray[np.int64]) -> Model:
    """The model with the heat at which left-out chances are likeliest, and the chance that is sure enough."""
    logits, truth = np.log(said[truth >= 0] + 1e-12), truth[truth >= 0]
    rows = np.arange(len(truth))
    heats = np.arange(0.5, 3, 0.05)
    losses = [-np.log(training.chances(logits / heat)[rows, truth]).mean() for heat in heats]
    heat = float(heats[int(np.argmin(losses))])
    sure = float(np.quantile(training.chances(logits / heat).max(1), UNSURE))
    return model._replace(heat=heat, sure=round(sure, 3))


def rounded(model: Model) -> tuple[NDArray[np.int8], float]:
    scale = float(np.abs(model.table).max()) / 127
    return np.round(model.table / scale).astype(np.int8), scale


def main() -> None:
    taught = posts()
    signed = signs([post.text for post in taught])
    said = left_out(taught, signed)
    model = calibrated(learn(taught, signed), said, agreed(taught))
    table, scale = rounded(model)
    np.savez_compressed(
        tonemodel.FILE, table=table, scale=np.float32(scale), signs=model.signs.astype(np.float32),
        bias=model.bias, mean=model.mean.astype(np.float32), spread=model.spread.astype(np.float32),
        heat=np.float64(model.heat), sure=np.float64(model.sure),
    )  # fmt: skip
    digest = hashlib.sha256(tonemodel.FILE.read_bytes()).hexdigest()
    tonemodel.FILE.with_suffix(".sha256").write_text(f"{digest}  {tonemodel.FILE.name}\n", encoding="utf-8")
    truth = agreed(taught)
    right = (said.argmax(1) == truth)[truth >= 0].mean()
    print(f"{len(taught)} posts, left out {right:.3f} right, heat {model.heat:.2f}, sure {model.sure}")


if __name__ == "__main__":
    main()
