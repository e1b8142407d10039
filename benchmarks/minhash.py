"""Our sketches beside the signatures of rensa and datasketch, where they are installed.

rensa (written in Rust) and datasketch are libraries for finding near-copies in any set of texts; neither
is needed to run the project. They are given our words and our runs of three, so that signatures alone
are compared; ``benchmarks/copies.py`` prints what is found here beside its own.
"""

import importlib
from collections.abc import Callable
from functools import partial
from time import process_time
from typing import Any
from zlib import crc32

import pandas as pd

from listening import wording

PERMUTATIONS, BANDS = 126, 42  # of rensa's signatures: pairs alike by a half are candidates in 99.6 of 100
THRESHOLD = 0.5  # of the runs of two texts, as estimated from their signatures


def library(name: str) -> Any:
    """The library, or None where it is not installed."""
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


def seconds(work: Callable[[], Any]) -> float:
    """Time of this process's own, its threads' too: others work on the machine."""
    wording.sketch.cache_clear()
    began = process_time()
    work()
    return process_time() - began


def signatures(texts: list[str]) -> list[str]:
    """How many signatures a second each makes of the same texts: from the text, and from its runs alone."""
    rensa = library("rensa")
    if rensa is None:
        return ["rensa is not installed: no signatures were compared.", ""]
    runs = [list(wording.Wording(None, text).runs) for text in texts]
    assert ours(runs[0]) == wording.sketch(None, texts[0])
    split = seconds(lambda: [wording.Wording(None, text).runs for text in texts])
    made = {f"ours, the {wording.KEYS} smallest hashes": seconds(lambda: [ours(some) for some in runs])}
    for number in (wording.KEYS, PERMUTATIONS):
        sign = partial(rensa.RMinHash.digests_from_token_sets, runs, number, 1)
        made[f"rensa {version(rensa)}, {number} permutations"] = seconds(sign)
    rows = [
        f"| {name} | {len(texts) / (split + took):,.0f} | {len(texts) / took:,.0f} |"
        for name, took in made.items()
    ]
    said = (
        "Signatures a second, of invented posts of 12 to 60 words. Finding the words takes most of the time"
        " from a text; the signature itself is sooner made in rensa's Rust than in our Python."
    )
    return [said, "", "| | from text | from runs of words |", "|--|--:|--:|", *rows, ""]


def ours(runs: list[str]) -> tuple[int, ...]:
    """The sketch that ``wording.sketch`` makes, of runs that are known already."""
    hashed = {crc32(run.encode()) * 0x9E3779B1 & 0xFFFFFFFF for run in runs}
    return tuple(sorted(hashed)[: wording.KEYS])


def version(library: Any) -> str:
    """The library's release."""
    return importlib.import_module("importlib.metadata").version(library.__name__)


def folded(rensa: Any, frame: pd.DataFrame) -> list[str | None]:
    """The root of each text by rensa alone: whichever came before and is nearest, from THRESHOLD on."""
    index = rensa.RMinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS, num_bands=BANDS)
    ids, signed, roots = list(frame["id"]), [], list[str | None]()
    for n, words in enumerate(map(wording.Wording, frame["title"], frame["text"])):
        own = rensa.RMinHash(num_perm=PERMUTATIONS, seed=1)
        own.update(list(words.runs))
        near = {m: own.jaccard(signed[m]) for m in index.query(own)} if words.key else {}
        best = min(near, key=lambda m: (-near[m], m), default=None)
        found = None if best is None or near[best] < THRESHOLD else best
        roots.append(None if found is None else roots[found] or ids[found])
        signed.append(own)
        if words.key:
            index.insert(n, own)
    return roots


def peer(name: str, week: pd.DataFrame, fresh: pd.DataFrame) -> str:
    """The same candidates by another library: signatures of both sides, an index, and the questions."""
    found = library(name)
    if found is None:
        return "not installed"
    ask = _rensa if name == "rensa" else _datasketch
    return f"{seconds(lambda: ask(found, week, fresh)):.1f} s"


def _rensa(rensa: Any, week: pd.DataFrame, fresh: pd.DataFrame) -> None:
    index = rensa.RMinHashLSH(threshold=0.4, num_perm=PERMUTATIONS, num_bands=BANDS)
    for n, text in enumerate(week["text"]):
        index.insert(n, _signed(rensa.RMinHash(num_perm=PERMUTATIONS, seed=1), text))
    for text in fresh["text"]:
        index.query(_signed(rensa.RMinHash(num_perm=PERMUTATIONS, seed=1), text))


def _signed(signature: Any, text: str) -> Any:
    signature.update(list(wording.Wording(None, text).runs))
    return signature


def _datasketch(datasketch: Any, week: pd.DataFrame, fresh: pd.DataFrame) -> None:
    index = datasketch.MinHashLSH(threshold=0.4, num_perm=128)
    for n, text in enumerate(week["text"]):
        index.insert(n, _hashed(datasketch, text))
    for text in fresh["text"]:
        index.query(_hashed(datasketch, text))


def _hashed(datasketch: Any, text: str) -> Any:
    signature = datasketch.MinHash(num_perm=128)
    signature.update_batch([run.encode() for run in wording.Wording(None, text).runs])
    return signature
