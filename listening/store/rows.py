"""A posts frame as rows for the table, and rows as a frame again."""

import hashlib
import json
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from listening.area import Area
from listening.errors import StoreError
from listening.post import ANNOTATIONS, COLUMNS, TIMES, UTC_DTYPE
from listening.store.places import Places
from listening.store.times import DAY, EPOCH_DAY, moments

LISTS = ("issues", "issue_tones", "wards", "towns", "maybe_wards", "places", "cues", "flags")
BESIDE = ("hour", "town_of", "counted")  # what a row has beside the table's columns
WARDS = ("wards", "maybe_wards")  # codes inside, names outside
NUMBERS = ("replies", "score")
TEXTS = (
    "id", "source", "channel", "kind", "url", "title", "text", "author", "thread", "place_hint",
    "language", "tone", "noise", "copy_of", "version",
)  # fmt: skip
_json = json.JSONEncoder(ensure_ascii=False).encode  # made once: json.dumps would make one a call
PSEUDONYM = re.compile(r"v[0-9a-f]{24}")


def guard(posts: pd.DataFrame) -> None:
    """Refuse what has not been cleaned or not been analysed: a handle must never reach the disk."""
    missing = [name for name in (*COLUMNS, *ANNOTATIONS) if name not in posts.columns]
    if missing:
        raise StoreError(
            f"the store takes cleaned and analysed posts only: columns missing: {', '.join(missing)}"
        )
    for post_id, author in zip(posts["id"], posts["author"], strict=True):
        if isinstance(author, str) and not PSEUDONYM.fullmatch(author):
            raise StoreError(f"the store takes pseudonyms only: post {post_id!r}: its author is not one")


def rows(posts: pd.DataFrame, area: Area) -> list[dict[str, Any]]:
    """Posts as rows, oldest first, each id once (the last met holds); lists are still lists.

    Beside the table's columns a row has ``hour`` (local), ``town_of`` (ward code -> town) and
    ``counted`` (whether its text is counted already, as that of a root that is gone).
    """
    once = posts.drop_duplicates("id", keep="last").sort_values("published", kind="stable")
    columns: dict[str, list[Any]] = {name: [_text(v) for v in once[name]] for name in TEXTS}
    columns |= {name: [_number(v) for v in once[name]] for name in NUMBERS}
    columns |= {name: micros(once[name]) for name in TIMES}
    columns |= {name: [list(v) for v in once[name]] for name in LISTS}
    columns["sentiment"] = [None if v is None or math.isnan(v) else float(v) for v in once["sentiment"]]
    columns["dated"] = [int(v) for v in once["dated"]]
    columns["evidence"] = list(once["evidence"])
    columns["day"], columns["hour"] = _local(once["published"], area)
    columns["digest"] = digests(once)
    codes = {name: w.code for w in area.wards for name in (w.name, w.code, *(old for old, _ in w.was))}
    for name in WARDS:
        columns[name] = [[_code(ward, codes) for ward in wards] for wards in columns[name]]
    towns = {w.code: w.town for w in area.wards}
    fixed = {"late": 0, "town_of": towns, "counted": False}
    return [dict(zip(columns, values, strict=True)) | fixed for values in zip(*columns.values(), strict=True)]


def packed(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row as the table takes it: lists and evidence as JSON text, without what is no column."""
    flat = {k: v for k, v in row.items() if k not in BESIDE}
    for name in LISTS:
        flat[name] = _json(row[name]) if row[name] else "[]"
    flat["evidence"] = _json(row["evidence"] or {})
    return flat


def frame(
    found: Sequence[Any], places: Places, names: Sequence[str] = (*COLUMNS, *ANNOTATIONS)
) -> pd.DataFrame:
    """Rows of these columns, in that order, as a frame; lists are Python lists again."""
    each = zip(*found, strict=True) if found else ((),) * len(names)
    columns: dict[str, Iterable[Any]] = dict(zip(names, each, strict=True))
    for name in LISTS:
        if name in columns:
            columns[name] = _lists(columns[name], places if name in WARDS else None)
    if "evidence" in columns:
        columns["evidence"] = [{} if v == "{}" else json.loads(v) for v in columns["evidence"]]
    typed = {name: moments(columns[name]) for name in TIMES if name in columns}
    for name, kind in (("sentiment", "float64"), ("dated", "bool")):
        if name in columns:
            typed[name] = pd.Series(columns[name], dtype=kind)
    plain = [name for name in names if name not in typed]
    # One block for all that is no number: a column after the other would cost five times as much.
    block = np.empty((len(plain), len(found)), dtype=object)
    for row, name in enumerate(plain):
        block[row] = np.fromiter(columns[name], dtype=object, count=len(found))
    result = pd.DataFrame(block.T, columns=plain, dtype="object", copy=False)
    for name in names:
        if name in typed:
            result.insert(names.index(name), name, typed[name])
    return result


def _lists(packed: Iterable[str], wards: Places | None) -> list[list[Any]]:
    """The lists again, each row's its own; few different ones come up, so each is read once."""
    rows = list(packed)
    different = list(set(rows))
    known: dict[str, list[Any]] = dict(zip(different, json.loads(f"[{','.join(different)}]"), strict=True))
    if wards is not None:
        known = {words: [wards.name(code) for code in codes] for words, codes in known.items()}
    return list(map(list.copy, map(known.__getitem__, rows)))


def digests(posts: pd.DataFrame) -> list[str]:
    """What tells one wording of title and text from another."""
    return [_digest(_text(a), _text(b)) for a, b in zip(posts["title"], posts["text"], strict=True)]


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _number(value: Any) -> int | None:
    return None if value is None or pd.isna(value) else int(value)


def micros(times: pd.Series) -> list[Any]:
    """A column of times in microseconds; NaT becomes None."""
    typed = pd.to_datetime(times, utc=True).astype(UTC_DTYPE)
    return [
        None if missing else v
        for missing, v in zip(typed.isna(), typed.astype("int64").tolist(), strict=True)
    ]


def _local(published: pd.Series, area: Area) -> tuple[list[int], list[int]]:
    local = pd.to_datetime(published, utc=True).astype(UTC_DTYPE).dt.tz_convert(area.zone)
    days = local.dt.tz_localize(None).astype("int64") // DAY + EPOCH_DAY
    return days.tolist(), local.dt.hour.tolist()


def _digest(title: str | None, text: str | None) -> str:
    words = json.dumps([title, text], ensure_ascii=True).encode()  # escapes: any text has bytes
    return hashlib.blake2b(words, digest_size=16).hexdigest()


def _code(ward: str, codes: dict[str, str]) -> str:
    if ward not in codes:
        raise StoreError(f"the store knows no ward {ward!r}: it is not one of this area's")
    return codes[ward]
