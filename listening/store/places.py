"""Places by their keys: what the store has learnt of the area, and the names people use for it."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, func, select, update

from listening.area import Area
from listening.errors import StoreError, WordsError
from listening.store import dialect, facts
from listening.store.schema import counts, heard, memory, mention, place, post, run

NONE = "none"  # no resolved ward, no town, no issue, no street
UTC = ZoneInfo("UTC")
TOWN = "town:"  # a town's key is its name behind this
ISSUES, SOURCES = "issues", "sources"  # facts: all the words for them that were ever learnt


@dataclass(frozen=True)
class Places:
    """The store's own list of places, read once a call."""

    wards: dict[str, str] = field(default_factory=dict)  # code -> name
    towns: dict[str, str] = field(default_factory=dict)  # key -> name
    area: str = ""  # its code; empty before the first write
    zone: ZoneInfo = UTC
    issues: frozenset[str] = frozenset()  # ever learnt; none where an older version wrote last
    sources: frozenset[str] = frozenset()

    @cached_property
    def codes(self) -> dict[str, str]:
        """Ward names to codes; a code is its own name too."""
        return {name: code for code, name in self.wards.items()} | {code: code for code in self.wards}

    def ward_keys(self, names: Iterable[str]) -> list[str]:
        """Codes of wards given by name or code ("none": no resolved ward)."""
        return [self._known(name, self.codes | {NONE: NONE}, "ward") for name in names]

    def town_names(self, names: Iterable[str]) -> list[str]:
        """Towns given by name or key ("none": no town)."""
        known = {name: name for name in self.towns.values()} | self.towns | {NONE: NONE}
        return [self._known(name, known, "town") for name in names]

    def keys(self, names: Iterable[str]) -> list[str]:
        """Keys in `counts` of places given by ward name, "town:…", "area", "none" or the key itself."""
        known = (
            self.codes | {k: k for k in self.towns} | {NONE: NONE, "area": self.area, self.area: self.area}
        )
        return [self._known(name, known, "place") for name in names]

    def name(self, key: str) -> str:
        """What a key is called outside: a ward by its name, anything else by its key."""
        return self.wards.get(key, key)

    def _known(self, name: str, known: dict[str, str], what: str) -> str:
        if name in known or not self.area:  # an empty store knows no names, and has nothing to find
            return known.get(name, name)
        raise WordsError(f"{what} must be one of {', '.join(sorted(known))}; got {name!r}")


def places(connection: Connection) -> Places:
    """What the store knows of its area."""
    rows = connection.execute(select(place.c.key, place.c.name, place.c.kind)).all()
    of = {kind: {key: name for key, name, k in rows if k == kind} for kind in ("ward", "town", "area")}
    told = facts.several(connection, ("timezone", ISSUES, SOURCES))
    issues, sources = (frozenset(json.loads(told.get(name, "[]"))) for name in (ISSUES, SOURCES))
    zone = ZoneInfo(told.get("timezone", "UTC"))
    return Places(of["ward"], of["town"], next(iter(of["area"]), ""), zone, issues, sources)


def learn(connection: Connection, area: Area) -> None:
    """Take over names, towns and renames of an area's places and sources; nothing to do: nothing done."""
    belongs = facts.get(connection, "area")
    if belongs not in (None, area.code):
        raise StoreError(f"this store belongs to another area: {belongs}: got {area.name} ({area.code})")
    wards: list[object] = [[w.name, w.code, w.town, w.was] for w in area.wards]
    known: list[object] = [area.name, area.timezone, wards, [t.name for t in area.towns]]
    known.append([[s.name, s.was] for s in area.sources if s.was])
    digest = hashlib.sha256(json.dumps(known).encode()).hexdigest()
    _note(connection, area)
    if facts.get(connection, "places") == digest:
        return
    _names(connection, area)
    _renames(connection, area)
    if belongs is not None:
        facts.raise_version(connection)
    for key, value in (("area", area.code), ("timezone", area.timezone), ("places", digest)):
        facts.put(connection, key, value)


def acquainted(connection: Connection, area: Area) -> bool:
    """Whether every issue and source of an area is known; of another area's there is nothing to know."""
    return facts.get(connection, "area") != area.code or not _news(connection, area)


def meet(connection: Connection, area: Area) -> None:
    """Take over the issues and sources of the store's own area: a page may ask before a post has come."""
    if facts.get(connection, "area") == area.code:
        _note(connection, area)


def _news(connection: Connection, area: Area) -> dict[str, str]:
    """The facts to keep where the area has words that are not known; none is ever forgotten."""
    told = facts.several(connection, (ISSUES, SOURCES))
    found = {}
    for name, words in ((ISSUES, area.issue_by_slug), (SOURCES, area.source_by_name)):
        known = set(json.loads(told.get(name, "[]")))
        if not known.issuperset(words):
            found[name] = json.dumps(sorted(known.union(words)))
    return found


def _note(connection: Connection, area: Area) -> None:
    if found := _news(connection, area):
        for name, value in found.items():
            facts.put(connection, name, value)
        if facts.get(connection, "area") is not None:
            facts.raise_version(connection, days=())


def _names(connection: Connection, area: Area) -> None:
    towns = dict.fromkeys([t.name for t in area.towns] + [w.town for w in area.wards if w.town])
    rows = [{"key": w.code, "name": w.name, "kind": "ward", "town": w.town} for w in area.wards]
    rows += [{"key": TOWN + name, "name": name, "kind": "town", "town": name} for name in towns]
    rows.append({"key": area.code, "name": area.name, "kind": "area", "town": None})
    renewed = {n: (lambda new, n=n: new[n]) for n in ("name", "kind", "town")}
    connection.execute(dialect.upsert(connection, place, ["key"], renewed), rows)


def _renames(connection: Connection, area: Area) -> None:
    """Carry the past of a ward that changed its code, or a source that changed its name, over to the new."""
    stored = set(connection.scalars(select(place.c.key)))
    current = {w.code for w in area.wards}
    for ward in area.wards:
        for _, old in ward.was:
            if old in stored and old not in current:
                _recode(connection, old, ward.code)
    for source in area.sources:
        for old in source.was:
            if old not in area.source_by_name:
                for table in (post, mention, run):
                    connection.execute(update(table).where(table.c.source == old).values(source=source.name))
                for kept in (heard, memory):
                    if not connection.scalar(select(kept.c.source).where(kept.c.source == source.name)):
                        connection.execute(
                            update(kept).where(kept.c.source == old).values(source=source.name)
                        )


def _recode(connection: Connection, old: str, new: str) -> None:
    connection.execute(update(mention).where(mention.c.ward == old).values(ward=new))
    connection.execute(update(counts).where(counts.c.place == old).values(place=new))
    for column in (post.c.wards, post.c.maybe_wards):
        renamed = func.replace(column, f'"{old}"', f'"{new}"')
        connection.execute(update(post).where(column.contains(f'"{old}"')).values({column.name: renamed}))
    connection.execute(place.delete().where(place.c.key == old))
