"""Draft: what was found about a council, as the text of wards.yaml and sources.yaml."""

import json
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from listening.begin.charge import charge
from listening.begin.councils import said
from listening.begin.opennames import Names, ordinary
from listening.collect.ons import Council, Found

# Words that name a ward in many towns, and mean something else in most posts.
COMMON_WARDS = re.compile(
    r"((abbey|castle|central|church|college|common|east|forest|green|hill|manor|market|mill|north|park|priory"
    r"|riverside|south|town|valley|victoria|west|and|&) ?)+",
    re.IGNORECASE,
)
FULL_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


@dataclass(frozen=True)
class Draft:
    """All that is known of a council before anything is written."""

    council: Council
    type: str
    full_name: str
    vintage: str  # of the wards: 2025-12
    service: str  # which of ONS's services they came from
    wards: list[Found]
    today: date
    duties: list[str]  # those the issues name
    names: Names | None = None  # None: OS Open Names was not given
    called: dict[str, str] = field(default_factory=dict)  # code -> a name no other ward here has

    @property
    def name(self) -> str:
        """The area's name as people say it."""
        return said(self.council)

    @property
    def county_council(self) -> str:
        """The county council above a district; empty where there is none, or it is not known."""
        return (
            f"{self.council.county} County Council" if self.type == "district" and self.council.county else ""
        )

    @property
    def runs(self) -> tuple[dict[str, str], list[str]]:
        """Who runs each duty, and the duties nobody is named for."""
        return charge(self.type, self.duties, self.county_council, self.council.code)


def own_names(wards: Iterable[Found]) -> dict[str, str]:
    """Each ward's name by code, made different where two are the same: ``Central (Mansfield)``."""
    listed = list(wards)
    often = Counter(w.name for w in listed)
    first = {w.code: f"{w.name} ({w.district or w.code})" if often[w.name] > 1 else w.name for w in listed}
    twice = Counter(first.values())
    return {w.code: first[w.code] if twice[first[w.code]] == 1 else f"{w.name} ({w.code})" for w in listed}


def month(vintage: str) -> str:
    """A vintage for people: ``2025-05`` is ``May 2025``."""
    year, number = vintage.split("-")[:2]
    return f"{FULL_MONTHS[int(number) - 1]} {year}"


def wards_yaml(draft: Draft) -> str:
    """The text of wards.yaml."""
    lines = [*_preface(draft), "", *_top(draft), "", *_bodies(draft), "", *_towns(draft), ""]
    return (
        "\n".join(
            [*lines, *_anchored(draft), "wards:", *(row for w in draft.wards for row in _ward(draft, w))]
        )
        + "\n"
    )


def _preface(draft: Draft) -> list[str]:
    year = draft.vintage[:4]
    lines = [
        f"# {draft.name}: wards, and who runs what. Begun by `python -m listening init` on {draft.today}.",
        "#",
        "# Origin and licence",
        "#   Ward names, codes, middles and boundaries: Office for National Statistics,",
        f"#   wards of {month(draft.vintage)} ({draft.service}).",
        "#   Contains public sector information licensed under the Open Government Licence v3.0.",
        f"#   Contains National Statistics and OS data, Crown copyright and database right {year}.",
    ]
    if draft.type == "county":
        lines.append("#   The wards are those of the county's districts, not its electoral divisions.")
    if draft.names:
        lines += [
            "#   Streets and places: OS Open Names, each in the wards its points lie in. A road has one",
            "#   point, and one for each named section: a long road can be missing from a ward it runs",
            "#   through, and one along a border can stand in the ward across. It holds few parks.",
        ]
    return [
        *lines,
        "#",
        "# The operator completes this: `python -m listening check --offline` says what is missing.",
    ]


def _top(draft: Draft) -> list[str]:
    aliases = [draft.council.welsh, f"{draft.name} council"]
    return [
        f"name: {scalar(draft.name)}",
        f"code: {draft.council.code}",
        f"type: {draft.type}",
        "timezone: Europe/London",
        f"council: {scalar(draft.full_name)}",
        f"aliases: {_flow(a for a in aliases if a and a != draft.name)}",
        "office_holders: []  # those in office, who may be named in posts that are shown",
        "phones: {}  # out_of_hours, duty_officer",
    ]


def _bodies(draft: Draft) -> list[str]:
    named, open_ = draft.runs
    lines = [
        "# Who runs which duty here; `us` is the council. A draft by type of council: check it with them."
    ]
    lines.append("bodies:" if named else "bodies: {}")
    lines += [f"  {duty}: {{name: {scalar(who)}}}" for duty, who in named.items()]
    if open_:
        lines.append("  # Nobody is named for these: write the name, and take the # away.")
        lines += [f'  # {duty}: {{name: ""}}' for duty in open_]
    return lines


def _towns(draft: Draft) -> list[str]:
    if draft.names and draft.names.towns:
        return [
            "# From OS Open Names. Which wards belong to each is not known: give each ward its `town:`.",
            "towns:",
            *(f"  - name: {scalar(town)}" for town in sorted(draft.names.towns)),
        ]
    return [
        "# No towns are known. A ward with a `town:` lets posts that name only the town be counted there.",
        "towns: []",
    ]


def _anchored(draft: Draft) -> list[str]:
    """The names that count only beside a town's: met everywhere, or ordinary words."""
    wards = [draft.called[w.code] for w in draft.wards if COMMON_WARDS.fullmatch(w.name)]
    own = {*draft.called.values(), *(w.name for w in draft.wards)}  # a ward is not made common by its village
    known = draft.names.places if draft.names else {}
    places = [name for name, kind in known if name not in own and ordinary(name, kind)]
    names = list(dict.fromkeys([*wards, *sorted(places)]))
    if not names:
        return []
    return [
        "# Names met all over Britain, and ordinary words: they count only beside one of our towns.",
        "anchored:",
        *(f"  - {scalar(name)}" for name in names),
        "",
    ]


def _ward(draft: Draft, ward: Found) -> list[str]:
    lines = [
        f"  - name: {scalar(draft.called[ward.code])}",
        f"    code: {ward.code}",
        f"    vintage: {draft.vintage}",
    ]
    if ward.middle:
        lines.append(f"    centroid: [{ward.middle[0]:.5f}, {ward.middle[1]:.5f}]")
    if ward.welsh and ward.welsh != ward.name:
        lines.append(f"    aliases: {_flow([ward.welsh])}")
    places = _places(draft, ward)
    return [*lines, "    places:", *places] if places else [*lines, "    places: []"]


def _places(draft: Draft, ward: Found) -> list[str]:
    """Streets first, then the rest; what bears the ward's own name says nothing more than the ward."""
    if draft.names is None:
        return []
    here = [
        key
        for key, codes in draft.names.places.items()
        if ward.code in codes and key[0] not in (ward.name, draft.called[ward.code])
    ]
    rows = []
    for name, kind in sorted(here, key=lambda key: (key[1] != "street", key)):
        other = draft.names.second.get((name, kind))
        if kind == "street" and not other:
            rows.append(f"      - {scalar(name)}")
        else:
            also = f", aliases: {_flow([other])}" if other else ""
            rows.append(f"      - {{name: {scalar(name)}, kind: {kind}{also}}}")
    return rows


def scalar(text: str) -> str:
    """A text as YAML, quoted unless it is plain words.

    >>> scalar("Upper Dale"), scalar("Dale: the rest"), scalar("true")
    ('Upper Dale', '"Dale: the rest"', '"true"')
    """
    plain = re.fullmatch(r"[A-Za-z][A-Za-z0-9 '.-]*[A-Za-z0-9.]|[A-Za-z]", text)
    if plain and text.lower() not in ("true", "false", "null", "yes", "no", "on", "off"):
        return text
    return json.dumps(text, ensure_ascii=False)


def _flow(texts: Iterable[str]) -> str:
    return f"[{', '.join(scalar(text) for text in texts)}]"
