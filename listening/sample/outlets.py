"""What press, public bodies and the reporting site say in ordinary weeks."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from listening.sample.draft import Draft
from listening.sample.ordinary import World
from listening.sample.words import at

SYNDICATED = 0.09  # chance of a day with an item that two or three outlets carry word for word
ANSWERED = 0.3  # share of questions on the council's page that it answers there
SPARED = ("Larkford Bridge", "Withen Valley", "Upper Dale")  # no ordinary item is about them: plants are
SHIFT = range(6, 20)  # local hours at which items are put out
CARRIERS = ("Haverdale Courier", "Dale Radio", "Stenby Standard")


def posts(world: World, talk: list[Draft]) -> Iterator[Draft]:
    """Items of all days up to the clock, and the council's answers to questions in ``talk``."""
    day = world.first
    while day <= world.clock.date():
        drafts = [*_items(world, day), *_syndicated(world, day), *_reports(world, day)]
        yield from (d for d in drafts if d.at < world.clock and not _held(world, d))
        day += timedelta(days=1)
    yield from _answers(world, talk)


def _held(world: World, draft: Draft) -> bool:
    return world.silent(draft.source, draft.at) or world.quiet(draft)


def _items(world: World, day: date) -> Iterator[Draft]:
    weekend = 0.4 if day.weekday() > 4 else 1.2
    for source, mean in world.volumes["outlets"].items():
        channel = world.area.source_by_name[source].channel
        templates = world.words.files[channel][source]
        for _ in range(world.poisson(mean * weekend)):
            yield _item(world, source, world.words.draw(source, templates), _hour(world, day))


def _item(world: World, source: str, template: dict[str, Any], moment: datetime) -> Draft:
    draft = Draft(moment, source, "", issue=template["issue"])
    phrase = ""
    if "{at}" in template["title"] + template["text"]:
        phrase = _somewhere(world, draft)
    draft.title, draft.text = (world.words.fill(template[part], phrase) for part in ("title", "text"))
    return draft


def _somewhere(world: World, draft: Draft) -> str:
    """A place for an item, with its town, within what its source covers."""
    source = world.area.source_by_name[draft.source]
    able = [w for w in world.area.wards if w.town and w.name not in SPARED]
    ward = world.random.choice([w for w in able if world.area.hears(source, w.name)])
    place = world.random.choice([p for p in world.places[ward.name] if p.kind == "street"])
    draft.ward, draft.town, draft.street = ward.name, ward.town, place.name
    return f"{at(place, None, world.random)}, {ward.town}"


def _hour(world: World, day: date) -> datetime:
    minutes = world.random.choice(SHIFT) * 60 + world.random.randrange(60)
    return world.local(datetime.combine(day, datetime.min.time()) + timedelta(minutes=minutes))


def _syndicated(world: World, day: date) -> Iterator[Draft]:
    if world.random.random() > SYNDICATED:
        return
    template = world.words.draw("several", world.words.files["press"]["several"])
    moment = _hour(world, day)
    for source in world.random.sample(CARRIERS, world.random.choice((2, 3))):
        yield Draft(moment, source, plant="syndicated", **template)
        moment += timedelta(minutes=world.random.randrange(20, 200))


def _reports(world: World, day: date) -> Iterator[Draft]:
    for _ in range(world.poisson(world.volumes["reports"])):
        template = world.words.draw("reports", world.words.files["reports"])
        draft = Draft(world.moment(day), "Haverdale fault reports", "", issue=template["issue"])
        draft.text = world.words.fill(template["text"], _somewhere(world, draft))
        yield draft


def _answers(world: World, talk: list[Draft]) -> Iterator[Draft]:
    """The council under a question on its own page, a few hours later, in the same conversation."""
    for asked in talk:
        on_page = asked.source == "Council page comments" and asked.stance == "question"
        if not on_page or asked.plant or asked.ward in SPARED:
            continue
        moment = asked.at + timedelta(minutes=world.random.randrange(60, 1500))
        if world.random.random() < ANSWERED and moment < world.clock:
            text = world.words.line("answers", world.words.files["official"]["answers"])
            answer = Draft(moment, "Haverdale District Council", text, thread=asked.thread)
            answer.town, answer.replying = asked.town, True
            yield answer
