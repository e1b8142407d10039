"""Ordinary weeks: residents' talk as it comes when nothing happens, uneven as real places are.

Each week draws for every ward, town and "nowhere" a number of posts (Poisson, rates in
``volumes.yaml``), and for each post an issue, a place, words, a source, a writer and a time.
What ``planted.yaml`` keeps quiet is left out, so that the planted cells hold what was planted.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from math import exp
from pathlib import Path
from random import Random
from typing import Any

from listening.area import Area, Place, Ward
from listening.sample.crowd import Crowd
from listening.sample.draft import PERSONAL, Draft, personal
from listening.sample.words import STREETS_FIRST, Words, at, book, habit

WEEK = timedelta(days=7)
JOIN = 0.5  # chance that a post answers in a conversation about the same thing
OPEN = timedelta(hours=36)  # a conversation is answered for so long
LONGEST_TALK = 20  # posts in one conversation
TITLED = 0.4  # share of new conversations with a title of their own


class World:
    """What all makers of posts share: the area, its volumes and plants, words, writers, chance."""

    def __init__(self, area: Area, seed: int) -> None:
        home: Path = area.config.parent
        self.area, self.random = area, Random(seed)
        files = book(home)
        self.volumes: dict[str, Any] = files["volumes"]
        self.planted: dict[str, Any] = files["planted"]
        self.words = Words(area, self.random)
        self.crowd = Crowd(home / "words", self.random)

    @cached_property
    def clock(self) -> datetime:
        """The moment the sample ends, UTC."""
        return self.area.clock or datetime.max.replace(tzinfo=UTC)

    @cached_property
    def first(self) -> date:
        """The Monday the sample begins."""
        weeks = timedelta(weeks=self.volumes["weeks"])
        return self.clock.date() - timedelta(days=self.clock.weekday()) - weeks

    @cached_property
    def places(self) -> dict[str, list[Place]]:
        """Places that stand in one ward only, by ward; streets come first by weight."""
        return {w.name: [p for p in self.area.places if p.wards == (w.name,)] for w in self.area.wards}

    def local(self, value: Any) -> datetime:
        """A local time as planted.yaml writes it, in UTC."""
        moment = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
        return moment.replace(tzinfo=self.area.zone).astimezone(UTC)

    def moment_of(self, day: date) -> datetime:
        """The local midnight a day begins with, in UTC."""
        return datetime.combine(day, time(), self.area.zone).astimezone(UTC)

    def moment(self, day: date) -> datetime:
        """A time of that local day, by how people's days go, in UTC."""
        hour = self.random.choices(range(24), self.volumes["hours"])[0]
        seconds = self.random.randrange(3600)
        local = datetime.combine(day, time(hour), self.area.zone) + timedelta(seconds=seconds)
        return local.astimezone(UTC)

    def poisson(self, mean: float) -> int:
        """A Poisson number (Knuth 1969, by multiplying uniform numbers)."""
        limit, product, count = exp(-mean), self.random.random(), 0
        while product > limit:
            product *= self.random.random()
            count += 1
        return count

    def source(self, where: str, moment: datetime) -> str:
        """A source that speaks of a place and is alive at that time."""
        able = {s: w for s, w in self.volumes["sources"][where].items() if not self.silent(s, moment)}
        return self.random.choices(list(able), list(able.values()))[0] if able else ""

    def silent(self, source: str, moment: datetime) -> bool:
        """Whether a source says nothing at that time (``silent`` in planted.yaml)."""
        return any(
            rule["source"] == source
            and self.local(rule["since"]) <= moment
            and ("until" not in rule or moment < self.local(rule["until"]))
            for rule in self.planted["silent"]
        )

    @cached_property
    def _quiet(self) -> list[tuple[datetime, datetime, dict[str, Any]]]:
        rules = self.planted["quiet"]
        return [(self.local(r["since"]), self.local(r.get("until", "2999-01-01")), r) for r in rules]

    def quiet(self, draft: Draft) -> bool:
        """Whether planted.yaml keeps the background out of this cell."""
        return any(
            since <= draft.at < until
            and (draft.ward in rule.get("wards", ()) or draft.town in rule.get("towns", ()))
            and ("issues" not in rule or draft.issue in rule["issues"])
            for since, until, rule in self._quiet
        )


def posts(world: World) -> Iterator[Draft]:
    """Residents' talk of all weeks, up to the clock, in conversations."""
    days = (world.clock.date() - world.first).days + 1
    for week in range((days + 6) // 7):
        said = _week(world, world.first + week * WEEK)
        drafts = [d for d in said if d.at < world.clock and not world.quiet(d)]
        converse(world, drafts)
        yield from drafts


def _week(world: World, monday: date) -> Iterator[Draft]:
    volumes = world.volumes
    busy = volumes["months"][monday.month]
    for ward in world.area.wards:
        for _ in range(world.poisson(volumes["wards"][ward.name] * busy)):
            yield from issue_post(world, _moment(world, monday), ward=ward)
    for town, mean in volumes["towns"].items():
        for _ in range(world.poisson(mean * busy)):
            yield from issue_post(world, _moment(world, monday), town=town)
    for _ in range(world.poisson(volumes["several"] * busy)):
        yield from issue_post(world, _moment(world, monday), several=True)
    for _ in range(world.poisson(volumes["nowhere"] * busy)):
        yield from issue_post(world, _moment(world, monday))
    for _ in range(world.poisson(volumes["noise"] * busy)):
        yield from _small_talk(world, _moment(world, monday))
    for _ in range(world.poisson(volumes["replies"] * busy)):
        yield from _small_talk(world, _moment(world, monday), "replies")


def _moment(world: World, monday: date) -> datetime:
    day = world.random.choices(range(7), world.volumes["days"])[0]
    return world.moment(monday + timedelta(days=day))


def issue_post(
    world: World,
    moment: datetime,
    ward: Ward | None = None,
    town: str | None = None,
    several: bool = False,
    without: tuple[str, ...] = (),
) -> Iterator[Draft]:
    """One post about an ordinary issue, placed as asked; none where no source could carry it."""
    slug = _issue(world, moment, ward.name if ward else town or "", without)
    where = (ward.town or ward.name) if ward else town or "nowhere"
    source = world.source(where, moment)
    if not source:
        return
    phrase, street = _where(world, slug, ward, town, several)
    text, stance, template = world.words.post(slug, phrase)
    if phrase.strip() and phrase.split()[-1] not in text:
        text = f"{text} That's{phrase}."
    author = world.crowd.writer(source)
    draft = Draft(moment, source, habit(text, author), author=author, issue=slug, stance=stance)
    draft.ward, draft.town = (ward.name, ward.town) if ward else (None, town)
    draft.street, draft.template = street, template
    yield _with_personal(world, draft)


def _issue(world: World, moment: datetime, name: str, without: tuple[str, ...]) -> str:
    seasons, month = world.volumes["seasons"], moment.month
    likes = world.volumes["favourites"].get(name, {})
    never = (*without, *world.volumes["never"].get(name, ()))
    weights = {
        slug: weight * seasons.get(slug, {}).get(month, 1) * likes.get(slug, 1)
        for slug, weight in world.words.issues.items()
        if slug not in never
    }
    return world.random.choices(list(weights), list(weights.values()))[0]


def _where(
    world: World, slug: str, ward: Ward | None, town: str | None, several: bool
) -> tuple[str, str | None]:
    """How the place is said, and the street's or park's name where one is named."""
    random = world.random
    if several:
        place = random.choice([p for p in world.area.places if len(p.wards) > 1])
        return at(place, None, random), place.name
    if ward is None and town is None:
        return random.choice(world.words.phrases["nowhere"]), None
    if ward is None:
        return random.choice((f" in {town}", f" round {town}", f" here in {town}")), None
    if random.random() < 0.15:
        return random.choice((f" in {ward.name}", f" round {ward.name}")), None
    kinds = world.words.files[slug].get("kinds")
    able = [p for p in world.places[ward.name] if not kinds or p.kind in kinds] or world.places[ward.name]
    place = random.choices(able, [STREETS_FIRST if p.kind == "street" else 1 for p in able])[0]
    return at(place, ward.town, random), place.name


def _small_talk(world: World, moment: datetime, slug: str = "") -> Iterator[Draft]:
    source = world.source("noise", moment)
    noises = world.words.noises
    slug = slug or world.random.choices(list(noises), list(noises.values()))[0]
    author = world.crowd.writer(source)
    said, template = world.words.noise(slug)
    draft = Draft(moment, source, habit(said, author), author=author, noise=slug, template=template)
    yield _with_personal(world, draft)


def _with_personal(world: World, draft: Draft) -> Draft:
    if world.random.random() < PERSONAL:
        lines = world.words.phrases["personal"]
        draft.text, draft.personal = personal(
            draft.text, lines, world.area, world.random, world.crowd.fresh(), draft.ward
        )
    return draft


def converse(world: World, drafts: list[Draft]) -> None:
    """Put drafts into conversations: a post joins an open one on the same thing, or begins its own.

    Long conversations grow longer: one is joined in proportion to its length.
    """
    talks: dict[tuple[Any, ...], list[list[Draft]]] = {}
    for draft in sorted(drafts, key=lambda d: d.at):
        key = (draft.source, draft.issue or draft.noise, draft.town)
        open_ones = [t for t in talks.get(key, []) if draft.at - t[-1].at < OPEN and len(t) < LONGEST_TALK]
        if open_ones and world.random.random() < JOIN:
            talk = world.random.choices(open_ones, [len(t) for t in open_ones])[0]
            talk.append(draft)
            draft.thread, draft.replying = talk[0].thread, True
            continue
        draft.thread = f"t{world.random.randrange(10**9):09d}"
        draft.replying = draft.source == "Council page comments"
        talks.setdefault(key, []).append([draft])
        if draft.issue and not draft.replying and world.random.random() < TITLED:
            draft.title = world.words.files[draft.issue]["title"]
