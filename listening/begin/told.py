"""Told: what a new area holds and what it lacks, in plain words."""

import sys
from contextlib import suppress
from pathlib import Path

from listening.area import Area
from listening.begin.charge import halves
from listening.begin.councils import SAID, likely_type
from listening.begin.draft import Draft, month
from listening.begin.outline import Outline

BUDGET = 300_000  # bytes of boundaries: they travel to the browser with every map
OPEN_NAMES = "OS Open Names"


def told(draft: Draft, area: Area, outline: Outline, size: int, named: bool, folder: Path) -> str:
    """Some lines: what is there, what is missing, what to do next."""
    lines = [_wards(draft, size, outline), *_type(draft), *_boundaries(draft, outline, size)]
    lines += [*_names(draft), *_towns(draft), *_bodies(draft, area)]
    if not named:
        lines.append(
            f"ONS does not list what the council calls itself: we wrote {draft.full_name!r}; mend `council:`."
        )
    lines += _sources(area)
    return "\n".join([*lines, f"Next: {_typed(folder / 'sources.yaml')}"])


def _typed(config: Path) -> str:
    """The next command as it can be typed here: with this very Python, and blanks in quotation marks."""
    python = Path(sys.executable)
    with suppress(ValueError):  # elsewhere: told with its whole path
        python = python.relative_to(Path.cwd())
    said = [f'"{path}"' if " " in str(path) else str(path) for path in (python, config)]
    return f"{said[0]} -m listening --config {said[1]} check --offline"


def _wards(draft: Draft, size: int, outline: Outline) -> str:
    drawn = f" and boundaries ({-(-size // 1000):,} KB)" if any(outline.polygons.values()) else ""
    return f"{draft.name}: {_several(len(draft.wards), 'ward')} with codes of {month(draft.vintage)}{drawn}."


def _type(draft: Draft) -> list[str]:
    lines = []
    likely = likely_type(draft.council)
    if likely and likely != draft.type:
        lines.append(
            f"You said {SAID[draft.type]}; its code {draft.council.code} is that of a {SAID[likely]}."
            " We took your word."
        )
    if draft.type == "county" and draft.council.districts:
        districts = _several(len(draft.council.districts), "district")
        lines.append(f"The wards are those of its {districts}, not the county's own electoral divisions.")
    if draft.type == "ni":
        lines.append("Councillors here stand for District Electoral Areas; these are the wards within them.")
    return lines


def _boundaries(draft: Draft, outline: Outline, size: int) -> list[str]:
    lines = []
    bare = [draft.called[w.code] for w in draft.wards if not outline.polygons.get(w.code)]
    if bare:
        lines.append(f"No boundary for {_listed(bare)}: not on the map.")
    if outline.islets:
        lines.append(f"{_several(outline.islets, 'islet')} too small to draw left out.")
    if size > BUDGET:
        lines.append(f"The boundaries are larger than {BUDGET // 1000} KB: the map will be slow.")
    return lines


def _names(draft: Draft) -> list[str]:
    names = draft.names
    known = f"We know {_several(len(draft.wards), 'ward name')} and no streets"
    if names is None:
        if draft.type == "ni":
            return [f"{known}: {OPEN_NAMES} does not cover Northern Ireland. Write them under `places:`."]
        return [f"{known}: give the folder of {OPEN_NAMES} with --places, or write them under `places:`."]
    if not names.places:
        why = " It does not cover Northern Ireland." if draft.type == "ni" else ""
        return [f"{known}: {OPEN_NAMES} ({_several(names.files, 'file')}) holds none in these wards.{why}"]
    kinds = [("street", "street"), ("park", "park"), ("school", "school"), ("village", "village")]
    counted = [_several(names.number(kind), noun) for kind, noun in kinds]
    several = sum(len(codes) > 1 for (_, kind), codes in names.places.items() if kind == "street")
    rest = len(names.places) - sum(names.number(kind) for kind, _ in kinds)
    return [
        f"From {OPEN_NAMES}: {', '.join(counted)} and {_several(rest, 'other place')}. "
        f"{_several(several, 'street')} in more than one ward.",
        "A road is known by its middle and named sections: it can be missing from a ward it runs through.",
    ]


def _towns(draft: Draft) -> list[str]:
    if draft.names and draft.names.towns:
        towns = _listed(sorted(draft.names.towns))
        return [f"No ward has a town yet. Towns known by name: {towns}. Common street names wait for that."]
    return ["No towns: a post that names only a town is counted in no ward. Give each ward its `town:`."]


def _bodies(draft: Draft, area: Area) -> list[str]:
    lines = []
    if draft.type == "district" and not draft.council.county:
        lines.append("ONS did not say which county it lies in: nobody is named for what the county runs.")
    unnamed = [i.label for i in area.issues if not i.noise and not area.body(i.slug)]
    if unnamed:
        lines.append(f"Nobody is named for: {', '.join(unnamed)}.")
    if half := halves(draft.type):
        lines.append(f"Partly named only: {', '.join(half)}.")
    return [*lines, "Who runs what is a draft by type of council: check it with the council."]


def _sources(area: Area) -> list[str]:
    on = sum(source.enabled for source in area.sources)
    state = f"{on:,} switched on" if on else "all switched off until you have seen them work"
    empty = " The checklist is empty." if len(area.checklist.missing) == 5 else ""
    return [f"{_several(len(area.sources), 'source')} in sources.yaml, {state}.{empty}"]


def _listed(names: list[str], most: int = 8) -> str:
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more


def _several(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + ("" if number == 1 else "s")
