"""Texts as hashed n-grams, and their scores by a table of weights: numpy only, a batch at a time.

A gram is a run of 2 to 5 letters inside a word and its edges, or of 1 to 3 words. Each is hashed
to one of ``2 ** bits`` columns (Weinberger and others 2009, "Feature hashing"), so there is no list
of grams to keep; the hash is our own, the same on every machine and in every process.

    grams = ngrams.read(["No bus again", "Lovely lights"], bits=16)   a Grams: (row, column, value) triples
    table = ...                                                       float32, (2 ** bits, classes)
    ngrams.scores(grams, table)                                       float64, (texts, classes)

A table is learnt with ``training.fit(grams, wanted)``. The hash of a substring is the difference
of two places of one running sum of ``letter * P ** place`` (Rabin and Karp 1987), shifted back to
place 0, so that all grams of a batch come from a few array operations: about 15 µs a post.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating[Any]]
BLOCK = 30_000  # characters hashed at once: more outgrow the processor's cache
_BASE = 0x9E3779B97F4A7C15  # any odd number has an inverse modulo 2 ** 64
_INVERSE = pow(_BASE, -1, 2**64)
_MIX = 0xBF58476D1CE4E5B9
_STRAIGHT = str.maketrans(dict.fromkeys("’‘ʼ`´＇", "'") | dict.fromkeys("123456789", "0"))
# A word with its apostrophes, a mark that colours a sentence, or one symbol (an emoji).
_SHOUTED = re.compile(r"([!?])\1+")
_TOKEN = re.compile(r"[^\W_]+(?:'[^\W_]+)*|[!?#£%]|[^\x00-⃿]")


class Grams(NamedTuple):
    """Triples: text ``row`` holds the gram hashed to ``column``, ``value`` strong; ``texts`` rows in all.

    A gram that comes twice in a text stands here twice. The values of a text's letter grams are
    equal and so are those of its word grams; the squares of each sum to 1.
    """

    row: NDArray[np.int64]
    column: NDArray[np.int64]
    value: NDArray[np.float32]
    texts: int


def read(
    texts: Sequence[str], bits: int = 16, letters: tuple[int, int] = (2, 5), words: tuple[int, int] = (1, 3)
) -> Grams:
    """The grams of texts in ``2 ** bits`` columns; lengths are first and last, (1, 0) means none."""
    parts = [
        part
        for first, spaced in _blocks([" " + " ".join(tokens(text)) for text in texts])
        for part in _hashed(first, spaced, bits, letters, words)
    ]
    if not parts:
        return Grams(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.float32), len(texts))
    row, column, value = (np.concatenate(arrays) for arrays in zip(*parts, strict=True))
    return Grams(row, column, value, len(texts))


def blocks(
    texts: Sequence[str], bits: int = 16, letters: tuple[int, int] = (2, 5), words: tuple[int, int] = (1, 3)
) -> Iterator[Grams]:
    """The grams of ``read``, some texts at a time and in order: no more than the processor's cache holds."""
    for _, spaced in _blocks([" " + " ".join(tokens(text)) for text in texts]):
        parts = _hashed(0, spaced, bits, letters, words)
        if parts:
            row, column, value = (np.concatenate(arrays) for arrays in zip(*parts, strict=True))
            yield Grams(row, column, value, len(spaced))
        else:
            yield Grams(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.float32), len(spaced))


def tokens(text: str) -> list[str]:
    """Lower-case words, marks and symbols; digits are 0, apostrophes straight, a run of marks is one."""
    found: list[str] = _TOKEN.findall(_SHOUTED.sub(r"\1", text.lower().translate(_STRAIGHT)))
    return found


def scores(grams: Grams, table: Floats) -> NDArray[np.float64]:
    """(texts, classes): the sums of value times weight over each text's grams."""
    result = np.empty((grams.texts, table.shape[1]))
    for one in range(table.shape[1]):
        weights = table[:, one].take(grams.column) * grams.value
        result[:, one] = np.bincount(grams.row, weights, grams.texts)
    return result


def _blocks(spaced: list[str]) -> list[tuple[int, list[str]]]:
    """The texts in runs of about BLOCK characters, each with the number of its first text."""
    blocks: list[tuple[int, list[str]]] = []
    room = 0
    for n, text in enumerate(spaced):
        if room <= 0:
            blocks.append((n, []))
            room = BLOCK
        blocks[-1][1].append(text)
        room -= len(text)
    return blocks


def _hashed(
    first: int, spaced: list[str], bits: int, letters: tuple[int, int], words: tuple[int, int]
) -> list[tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float32]]]:
    """Rows, columns and values of one block's letter grams and of its word grams."""
    codes = np.frombuffer(("".join(spaced) + " ").encode("utf-32-le"), np.uint32).astype(np.uint64)
    size = len(codes)
    powers, back = _powers(_BASE, size), _powers(_INVERSE, size)
    sums = np.append(np.uint64(0), np.cumsum(codes * powers))
    rows = np.repeat(np.arange(len(spaced)), [len(text) for text in spaced])
    spaces = np.flatnonzero(codes == 32)
    found = []
    for lengths, pairs in (
        (letters, _letter_grams(spaces, size, letters)),
        (words, _word_grams(spaces, rows, words)),
    ):
        if not pairs:
            continue
        starts, ends = (np.concatenate(side) for side in zip(*pairs, strict=True))
        mixed = (sums[ends] - sums[starts]) * back[starts] + np.uint64(lengths is words)
        mixed ^= mixed >> np.uint64(32)
        column = (mixed * np.uint64(_MIX)) >> np.uint64(64 - bits)
        row = rows[starts]
        share = 1 / np.sqrt(np.maximum(np.bincount(row, minlength=len(spaced)), 1))
        found.append((row + first, column.astype(np.int64), share.astype(np.float32)[row]))
    return found


def _powers(base: int, size: int) -> NDArray[np.uint64]:
    """1, base, base squared, … modulo 2 ** 64."""
    steps = np.full(size, base, np.uint64)
    steps[0] = 1
    return np.cumprod(steps)


def _letter_grams(spaces: NDArray[Any], size: int, lengths: tuple[int, int]) -> list[tuple[Any, Any]]:
    """Starts and ends of each length; a gram may begin or end with a space and holds none within."""
    reach = np.append(np.repeat(spaces[1:], np.diff(spaces)), size)  # the next space after each place
    pairs = []
    for length in range(lengths[0], lengths[1] + 1):
        starts = np.flatnonzero(reach[: max(size - length + 1, 0)] >= np.arange(length - 1, size))
        pairs.append((starts, starts + length))
    return pairs


def _word_grams(spaces: NDArray[Any], rows: NDArray[Any], lengths: tuple[int, int]) -> list[tuple[Any, Any]]:
    """Starts and ends of each length; words of two texts never make one gram."""
    starts, ends = spaces[:-1] + 1, spaces[1:]
    real = ends > starts
    starts, ends = starts[real], ends[real]
    pairs = []
    for length in range(lengths[0], lengths[1] + 1):
        firsts, lasts = starts[: max(len(starts) - length + 1, 0)], ends[length - 1 :]
        together = rows[firsts] == rows[lasts - 1]
        pairs.append((firsts[together], lasts[together]))
    return pairs
