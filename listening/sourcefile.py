"""Source file: sources.yaml, added to. Every line that stands in it, comments too, stays as it is.

``lines`` writes entries as they are pasted under ``sources:``; ``add`` puts them there: the new text is
written beside the file, read back and checked, and only then takes its place.
"""

import io
import os
import shutil
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq

from listening.area import Area, load
from listening.entries import Faults, read
from listening.errors import AreaError, WordsError

EVERY = "30 min"
TERMS = "Terms not read; headline and link only."
LONGEST_NAME = 80


@dataclass(frozen=True)
class Ear:
    """A feed that may become a source; it is off until somebody has read its terms."""

    name: str
    url: str
    channel: str = "press"
    why: str = "its terms were not read yet"


def lines(ears: Iterable[Ear], checked: date, indent: int = 2) -> str:
    """The entries as YAML, each a list item ``indent`` blanks deep, with an empty line before each."""
    yaml = YAML(typ="rt")
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.width = 4096
    written = []
    for ear in ears:
        out = io.StringIO()
        yaml.dump([_entry(ear, checked)], out)
        item = out.getvalue()
        written.append("\n" + "".join(f"{' ' * indent}{line[2:]}" for line in item.splitlines(keepends=True)))
    return "".join(written)


def named(ears: Iterable[Ear], taken: Iterable[str]) -> list[Ear]:
    """The same, each with a name that nobody else has: "Chad", "Chad (2)"."""
    used = set(taken)
    result = []
    for ear in ears:
        base = " ".join(ear.name.split())[:LONGEST_NAME] or ear.url
        name, number = base, 1
        while name in used:
            number += 1
            name = f"{base} ({number})"
        used.add(name)
        result.append(replace(ear, name=name))
    return result


def add(config: Path, ears: Iterable[Ear], checked: date) -> Area:
    """The area with these sources added to its file; their names must be new (``named``).

    AreaError or WordsError, and no change, where they can't be added.
    """
    path = config.resolve()
    before = load(path)
    wanted = list(ears)
    text = path.read_bytes().decode("utf-8")
    end = "\r\n" if "\r\n" in text else "\n"
    at, indent = _end_of_sources(path, text)
    kept = text.splitlines(keepends=True)
    if not kept[at - 1].endswith("\n"):
        kept[at - 1] += end
    added = lines(wanted, checked, indent).replace("\n", end)
    draft = path.with_name(f"{path.name}.new")
    draft.write_bytes("".join([*kept[:at], added, *kept[at:]]).encode("utf-8"))
    try:
        after = _checked(draft, before, wanted)
        shutil.copymode(path, draft)
        os.replace(draft, path)
    finally:
        draft.unlink(missing_ok=True)
    return replace(after, config=path)


def _entry(ear: Ear, checked: date) -> dict[str, Any]:
    return {
        "name": ear.name,
        "kind": "feed",
        "url": ear.url,
        "channel": ear.channel,
        "every": EVERY,
        "enabled": False,
        "why_disabled": ear.why,
        "display": "headline_link",
        "terms": {"note": TERMS, "checked": checked},
    }


def _end_of_sources(path: Path, text: str) -> tuple[int, int]:
    """After how many lines the list of sources ends, and how deep its dashes stand."""
    faults = Faults()
    data = read(path, faults).data
    listed = data.get("sources")
    if not isinstance(listed, CommentedSeq) or not len(listed) or listed.fa.flow_style():
        raise WordsError(
            f"sources must be a list with a dash before each, and hold one at least: {path.name}"
        )
    first = text.splitlines()[listed.lc.item(0)[0]]
    indent = len(first) - len(first.lstrip())
    return _last_line(listed[-1], listed.lc.item(len(listed) - 1)[0], text, indent), indent


def _last_line(last: CommentedMap, start: int, text: str, indent: int) -> int:
    """The line after the last that belongs to the last entry: those deeper than its dash."""
    rows = text.splitlines()
    end = start + 1
    for number in range(start + 1, len(rows)):
        row = rows[number]
        if row.strip() and len(row) - len(row.lstrip()) <= indent:
            break
        if row.strip():
            end = number + 1
    return end


def _checked(draft: Path, before: Area, wanted: list[Ear]) -> Area:
    """The area the draft describes: the same as before, and the new sources at the end of its list."""
    after = load(draft)
    old, new = after.sources[: len(before.sources)], after.sources[len(before.sources) :]
    same = replace(after, sources=old, config=before.config) == before
    if not same or [(s.name, s.url, s.channel) for s in new] != [(e.name, e.url, e.channel) for e in wanted]:
        raise AreaError(f"the sources could not be added without changing others: {before.config.name}")
    return after
