"""The sample's words: templates from ``data/sample/words`` and how a post is put together from them.

A post is a lead, often a detail of its issue, often an opening or a closing that suits its stance.
Leads are drawn like cards, without putting back, so that the same one does not come twice in a row.
"""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from random import Random
from typing import Any
from zlib import crc32

from ruamel.yaml import YAML

from listening.area import Area, Place

STANCES = {"complaint": 38, "question": 9, "praise": 14, "sarcasm": 5, "remark": 34}  # in 100 posts
STREETS_FIRST = 8  # a street is named so many times as often as a park, school or landmark
PLACE_WORDS = {
    "street": ["on"],
    "park": ["in", "by"],
    "school": ["by", "near"],
    "landmark": ["at", "near", "by"],
}


@cache
def book(folder: Path) -> dict[str, Any]:
    """Every file of a folder of words, by its name; read once a process."""
    yaml = YAML(typ="safe")
    return {file.stem: yaml.load(file.read_text(encoding="utf-8")) for file in sorted(folder.glob("*.yaml"))}


class Words:
    """The templates, and the chance to draw from them; the same random numbers give the same words."""

    def __init__(self, area: Area, random: Random) -> None:
        self.files = book(area.config.parent / "words")
        self.random = random
        self.phrases = self.files["phrases"]
        self.issues = {slug: f["weight"] for slug, f in self.files.items() if "complaint" in f}
        noises = {slug: f["weight"] for slug, f in self.files.items() if "lines" in f}
        self.noises = {slug: weight for slug, weight in noises.items() if slug != "replies"}
        self._decks: dict[str, list[Any]] = {}

    def draw(self, name: str, cards: Sequence[Any]) -> Any:
        """The next card of a shuffled deck; it is shuffled anew when it is empty."""
        deck = self._decks.setdefault(name, [])
        if not deck:
            deck += cards
            self.random.shuffle(deck)
        return deck.pop()

    def post(self, slug: str, at: str, stance: str | None = None) -> tuple[str, str, str]:
        """A post about an issue at a place phrase (" on Delph Road"), its stance, and its template."""
        file = self.files[slug]
        able = [s for s in STANCES if s in file]
        stance = stance or self.random.choices(able, [STANCES[s] for s in able])[0]
        lead = self.draw(f"{slug} {stance}", file[stance])
        parts = [lead]
        if self.random.random() < 0.5:
            parts.append(self.draw(f"{slug} detail", file["detail"]))
        return self.fill(" ".join(self.dressed(parts, stance)), at), stance, f"{slug} {stance}: {lead}"

    def dressed(self, parts: list[str], stance: str) -> list[str]:
        """The sentences with an opening or a closing, as people have habits."""
        if self.random.random() < 0.3:
            parts = [self.draw(f"opener {stance}", self.phrases["openers"][stance]), *parts]
        if self.random.random() < 0.45:
            parts = [*parts, self.draw(f"tail {stance}", self.phrases["tails"][stance])]
        return parts

    def noise(self, slug: str) -> tuple[str, str]:
        """Small talk of a filter class (football, adverts, lost pets), and its template."""
        file = self.files[slug]
        lead = self.draw(slug, file["lines"])
        parts = [lead]
        if self.random.random() < 0.7:
            parts.append(self.draw(f"{slug} tail", file["tails"]))
        return self.fill(" ".join(parts), ""), f"{slug}: {lead}"

    def line(self, name: str, lines: Sequence[str], at: str = "") -> str:
        """One of some lines, its slots filled."""
        return self.fill(self.draw(name, lines), at)

    def fill(self, template: str, at: str) -> str:
        """The template with its slots filled; each sentence begins with a capital."""
        text = template.format_map(_Slots(self.phrases["slots"], self.random, at))
        return ". ".join(s[:1].upper() + s[1:] for s in text.split(". "))


class _Slots(dict[str, str]):
    def __init__(self, slots: dict[str, list[str]], random: Random, at: str) -> None:
        super().__init__(at=at)
        self._slots, self._random = slots, random

    def __missing__(self, name: str) -> str:
        value = self._random.choice(self._slots[name.lower()])
        return value[:1].upper() + value[1:] if name[0].isupper() else value


def at(place: Place, town: str | None, random: Random) -> str:
    """How a resident says where: " on Delph Road", at times with the town."""
    phrase = f" {random.choice(PLACE_WORDS[place.kind])} {place.name}"
    if town and (len(place.wards) > 1 or random.random() < 0.2):
        phrase += random.choice((f" in {town}", f", {town}"))
    return phrase


def habit(text: str, handle: str | None) -> str:
    """The text as this writer types: some never use capitals, some no apostrophes, some shout a little."""
    kind = crc32((handle or "").encode()) % 100
    if kind < 8:
        return text.lower()
    if kind < 15:
        return text.replace("'", "")
    if kind < 20 and text.endswith("."):
        return text[:-1] + "!!"
    return text
