"""Trees: JSON and JSON lines as rows; what is nested becomes ``from.name``.

A dump of a Page holds its posts with the comments under them. Then the comments are what residents
said: they come in, with the post they stand under as their thread, and the Page's own posts do not.
"""

import json
from collections.abc import Iterator
from typing import Any

import pandas as pd

from listening.errors import WordsError
from listening.receive.sheet import Broken, Sheet, cell

DEEPEST = 30
UNDER = ("comments", "replies")  # where a dump keeps what was said under a post


def sheet(text: str, name: str) -> Sheet:
    """The rows of a JSON document or of JSON lines; lines that are not JSON are broken."""
    text = text.lstrip("\ufeff").strip()
    broken: list[Broken] = []
    try:
        items = _items(json.loads(text))
    except ValueError:
        items, broken = _lines(text)
        if not items:
            raise WordsError(f"could not read {name}: it is neither JSON nor JSON lines") from None
    except RecursionError as error:
        raise WordsError(f"could not read {name}: it is nested too deeply") from error
    rows, remarks = _flat([(n, i) for n, i in items if set(i) != {"note"}])
    frame = pd.DataFrame([r for _, r in rows], index=[n for n, _ in rows], dtype="object")
    frame = frame.astype("object").where(frame.notna(), None)
    return Sheet(name, frame, _about(text), tuple(broken), remarks)


def _about(text: str) -> tuple[str, ...]:
    """What the document says of itself beside its rows: short texts at its top."""
    try:
        top = json.loads(text.splitlines()[0]) if text.startswith('{"note"') else json.loads(text)
    except (ValueError, RecursionError, IndexError):
        return ()
    return tuple(v for v in top.values() if isinstance(v, str)) if isinstance(top, dict) else ()


def _items(whole: Any) -> list[tuple[int, dict[str, Any]]]:
    """The largest list of objects that is not inside another one."""
    lists = list(_lists(whole, 0))
    best = max(lists, key=len, default=[whole] if isinstance(whole, dict) else [])
    found = [(n, i) for n, i in enumerate(best, 1) if isinstance(i, dict)]
    if not found:
        raise WordsError('the file holds no list of posts: JSON must hold objects such as {"message": …}')
    return found


def _lists(value: Any, depth: int) -> Iterator[list[Any]]:
    if isinstance(value, list):
        if any(isinstance(v, dict) for v in value):
            yield value
    elif isinstance(value, dict) and depth < DEEPEST:
        for inner in value.values():
            yield from _lists(inner, depth + 1)


def _lines(text: str) -> tuple[list[tuple[int, dict[str, Any]]], list[Broken]]:
    items: list[tuple[int, dict[str, Any]]] = []
    broken: list[Broken] = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            item = json.loads(line)
        except (ValueError, RecursionError):
            item = None
        if isinstance(item, dict):
            items.append((number, item))
        else:
            broken.append(Broken(number, line, "this line is not a JSON object"))
    return items, broken


def _flat(
    items: list[tuple[int, dict[str, Any]]],
) -> tuple[list[tuple[int, dict[str, Any]]], tuple[str, ...]]:
    """The objects as rows; where there is talk under them, the talk."""
    talk = [(n, row) for n, item in items for row in _under(item, str(item.get("id") or ""), 0)]
    if not talk:
        return [(n, _row(item)) for n, item in items], ()
    said = f"{len(items)} posts that the comments stand under were left out: only the comments come in."
    return [(n, row) for n, (_, row) in enumerate(talk, 1)], (said,)


def _under(item: dict[str, Any], thread: str, depth: int) -> Iterator[dict[str, Any]]:
    for key in UNDER:
        held = item.get(key)
        held = held.get("data") if isinstance(held, dict) else held
        for inner in held if isinstance(held, list) and depth < DEEPEST else ():
            if isinstance(inner, dict):
                yield _row(inner) | {"thread": thread or None}
                yield from _under(inner, thread, depth + 1)


def _row(item: dict[str, Any]) -> dict[str, Any]:
    """One object as a row: nested objects with dots, lists of plain values joined."""
    row: dict[str, Any] = {}
    waiting = [("", item, 0)]
    while waiting:
        before, inner, depth = waiting.pop()
        for key, value in inner.items():
            name = f"{before}{key}"
            if isinstance(value, dict) and depth < DEEPEST:
                waiting.append(("" if key == "properties" else f"{name}.", value, depth + 1))
            elif isinstance(value, list):
                plain = [str(v) for v in value if not isinstance(v, dict | list)]
                row[name] = "; ".join(plain) or None
            elif not isinstance(value, dict):
                row[name] = mended(cell(value)) if not isinstance(value, bool) else str(value)
    return row


def mended(value: Any) -> Any:
    """Text whose UTF-8 was written as Latin-1 letters, as Facebook's own downloads do ("â€™"), made whole."""
    if not isinstance(value, str) or not any(c in value for c in "ÃâÂð"):
        return value
    try:
        return value.encode("latin-1").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return value
