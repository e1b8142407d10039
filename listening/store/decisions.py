"""Decisions: whatever a person told the tool, append-only, each row chained to the one before.

The digest of a row's content is stored beside it, and the chain runs over those digests: the
content can be erased, and the chain still holds.
"""

import hashlib
import json
import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import Any

import pandas as pd
from sqlalchemy import Connection, insert, select, update

from listening.errors import StoreError, WordsError
from listening.store import facts
from listening.store.schema import decision
from listening.store.times import micro, moments

# No figure of a cached page looks different for them: pages ask anew.
UNSHOWN = ("opening", "export", "capture", "done", "draw", "drawn", "truth", "relearn")
BEGINNING = "0" * 64  # the digest before the first row
CONTENT = ("at", "role", "what", "about", "value", "undoes", "nonce")
Row = tuple[str, Any, Any]  # what, about, value
COLUMNS = ("id", "at", "role", "what", "about", "value", "undoes", "erased")


def decide(
    connection: Connection,
    role: str,
    what: str,
    about: Any,
    value: Any,
    now: datetime,
    undoes: int | None = None,
) -> int:
    """Append a decision and give its number; `about` and `value` are anything JSON can hold.

    The store's version is raised, except for what changes no figure: `UNSHOWN`.
    """
    if undoes is not None and connection.scalar(select(decision.c.pk).where(decision.c.pk == undoes)) is None:
        raise WordsError(f"undoes must be the number of a decision; got {undoes!r}")
    return decide_all(connection, role, [(what, about, value)], now, undoes)[0]


def decide_all(
    connection: Connection, role: str, given: Iterable[Row], now: datetime, undoes: int | None = None
) -> list[int]:
    """Append decisions that belong together, in their order: (what, about, value) each; their numbers."""
    c = decision.c
    last = connection.execute(select(c.pk, c.digest).order_by(c.pk.desc()).limit(1)).first()
    number, digest = (last.pk, last.digest) if last else (0, BEGINNING)
    rows = []
    for what, about, value in given:
        row: dict[str, Any] = {"at": micro(now), "role": role, "what": what, "undoes": undoes}
        row |= {"about": packed(about), "value": packed(value), "nonce": secrets.token_hex(16)}
        content, number = _digest(row), number + 1
        digest = _chained(digest, content)
        rows.append({**row, "pk": number, "content": content, "digest": digest})
    if rows:
        connection.execute(insert(decision), rows)
        facts.put(connection, "decisions", digest)
    if any(row["what"] not in UNSHOWN for row in rows):
        facts.raise_version(connection, ())
    return [row["pk"] for row in rows]


def decisions(connection: Connection, what: str | None = None) -> pd.DataFrame:
    """Decisions, oldest first: id, at, role, what, about, value, undoes (<NA>: none), erased."""
    c = decision.c
    asked = select(c.pk, c.at, c.role, c.what, c.about, c.value, c.undoes, c.nonce.is_(None)).order_by(c.pk)
    if what is not None:
        asked = asked.where(c.what == what)
    result = pd.DataFrame(connection.execute(asked).all(), columns=COLUMNS, dtype="object")
    result["at"] = moments(result["at"])
    for name in ("about", "value"):
        told = [None if v is None else json.loads(v) for v in result[name]]
        result[name] = pd.Series(told, dtype="object")
    return result.astype(
        {"id": "int64", "role": "object", "what": "object", "undoes": "Int64", "erased": "bool"}
    )


def strike(connection: Connection, number: int) -> None:
    """Erase what a decision is about and says; who, when and what kind stay, and so does its digest."""
    c = decision.c
    empty = {"about": None, "value": None, "nonce": None}
    done = connection.execute(update(decision).where(c.pk == number).values(empty))
    if not done.rowcount:
        raise WordsError(f"there is no decision {number!r} to strike")
    facts.raise_version(connection, ())


def verify(connection: Connection) -> None:
    """Nothing, where every row is as it was written; else a StoreError that names the first that is not."""
    digest, number = BEGINNING, 0
    for number, row in enumerate(connection.execute(select(decision).order_by(decision.c.pk)).mappings(), 1):
        digest = _chained(digest, row["content"])
        if row["pk"] != number:
            raise _broken(number, "it is missing")
        if row["digest"] != digest:
            raise _broken(number, "its digest does not follow from the one before")
        if row["nonce"] is not None and _digest(row) != row["content"]:
            raise _broken(number, "its content is not what was written")
    if (facts.get(connection, "decisions") or BEGINNING) != digest:
        raise _broken(number + 1, "it is missing")


def _broken(number: int, why: str) -> StoreError:
    return StoreError(f"the record of decisions has been tampered with: row {number}: {why}")


def packed(value: Any) -> str | None:
    """What a decision is about, or says, as its table holds it."""
    return None if value is None else json.dumps(value, ensure_ascii=False, sort_keys=True)


def _digest(row: Any) -> str:
    words = json.dumps([row[name] for name in CONTENT], ensure_ascii=True)
    return hashlib.sha256(words.encode()).hexdigest()


def _chained(last: str, content: str) -> str:
    return hashlib.sha256((last + content).encode()).hexdigest()
