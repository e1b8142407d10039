"""What is planted: the posts, crowds and fills of ``planted.yaml``, exactly as many as it says."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import chain
from typing import Any

from listening.area import Place, Ward
from listening.sample.draft import Draft
from listening.sample.ordinary import WEEK, World, converse, issue_post
from listening.sample.words import at

MOST_TRIES = 30  # draws before two posts of a crowd may say the same
OWN = ("issue", "ward", "town", "street", "stance", "noise")  # what a plant may say of all its rows
Where = list[Any]  # [ward or town, street or None]


def posts(world: World) -> Iterator[Draft]:
    """All plants; those of one pool share its writers."""
    pools: dict[str, dict[str, str]] = {}
    planted, said = world.planted, set[str]()
    for name, plant in planted["posts"].items():
        for row in plant["rows"]:
            yield _single(world, name, {**plant, **row}, pools)
    drafts = list(chain.from_iterable(_crowd(world, crowd, pools, said) for crowd in planted["crowds"]))
    drafts += [*_loud(world, planted["loud"]), *_fading(world, planted["fading"])]
    drafts += chain.from_iterable(_fill(world, fill) for fill in planted["fills"])
    converse(world, drafts)
    yield from drafts


def _single(world: World, name: str, row: dict[str, Any], pools: dict[str, dict[str, str]]) -> Draft:
    """One post, word for word. The town follows from the ward."""
    source, by = row["on"], row.get("by")
    town = row.get("town") or _town(world, row.get("ward"))
    draft = Draft(
        at=world.local(row["at"]),
        source=source,
        text=row["text"],
        template=row["text"],
        title=row.get("title"),
        author=_writer(world, pools, by, source) if by else None,
        thread=row.get("thread"),
        plant=row.get("plant", name),
        delay=timedelta(seconds=row["delay"]) if "delay" in row else None,
        before=[(world.local(b["at"]), b["title"]) for b in row.get("before", ())],
        replying=source == "Council page comments",
        dated=row.get("dated", True),
    )
    for key in OWN:
        setattr(draft, key, town if key == "town" else row.get(key))
    return draft


def _town(world: World, ward: str | None) -> str | None:
    return world.area.ward_by_name[ward].town if ward else None


def _writer(world: World, pools: dict[str, dict[str, str]], by: str, source: str) -> str:
    """The account behind a letter and number: ``a7`` is the same one wherever it stands."""
    pool = pools.setdefault(by.rstrip("0123456789"), {})
    for handle, home in pool.items():
        if home == f"{by} {source}":
            return handle
    handle = world.crowd.fresh()
    pool[handle] = f"{by} {source}"
    return handle


def _crowd(
    world: World, crowd: dict[str, Any], pools: dict[str, dict[str, str]], said: set[str]
) -> Iterator[Draft]:
    """Exactly as many posts of each place and theme, from exactly as many accounts, as it says."""
    places = [where[:2] for where in crowd["where"] for _ in range(where[2])]
    themes = [theme for theme, count in crowd["themes"].items() for _ in range(count)]
    if crowd.get("mixed"):
        world.random.shuffle(themes)
    moments = _moments(world, crowd["since"], crowd["until"], len(places))
    writers = _accounts(world, crowd, pools.setdefault(crowd.get("pool", ""), {}), len(places))
    for where, theme, (handle, source), moment in zip(places, themes, writers, moments, strict=True):
        lines = world.words.files[crowd["words"]][theme]
        yield _draft(world, crowd, where, moment, source, handle, (theme, lines), said)


def _draft(
    world: World,
    plant: dict[str, Any],
    where: Where,
    moment: datetime,
    source: str,
    handle: str | None,
    words: tuple[str, Sequence[str]],
    said: set[str],
) -> Draft:
    """One post of a crowd: words of its theme, at its place, and no text twice."""
    ward, street = (where[0], where[1]) if where[0] in world.area.ward_by_name else (None, where[1])
    phrase = _phrase(world, where)
    theme, lines = words
    for attempt in range(MOST_TRIES):
        lead = world.words.draw(f"{plant['words']} {theme}", lines)
        text = world.words.fill(lead, phrase)
        if phrase.strip() not in text:
            text = f"{street or where[0]} here. {text}"
        if text in said:
            text = f"{text} {world.words.draw('tail remark', world.words.phrases['tails']['remark'])}"
            text = world.words.fill(text, "")
        if text not in said or attempt == MOST_TRIES - 1:
            break
    said.add(text)
    draft = Draft(moment, source, text, author=handle, issue=plant["issue"], ward=ward, street=street)
    draft.town, draft.plant, draft.stance = _town(world, ward) or plant.get("town"), plant["plant"], theme
    draft.template = f"{plant['words']} {theme}: {lead}"
    return draft


def _phrase(world: World, where: Where) -> str:
    name, street = where
    if street is None:
        return f" in {name}"
    place: Place = next(p for p in world.area.places if p.name == street)
    return at(place, None, world.random)


def _accounts(
    world: World, crowd: dict[str, Any], pool: dict[str, str], count: int
) -> list[tuple[str | None, str]]:
    """A writer and source for each post: the fresh, those that come back, and the rest from both."""
    if source := crowd.get("source"):
        return [(None, source)] * count
    # Those who come back are of earlier crowds: a writer of single posts may be in this one already.
    homes = {handle: home for handle, home in pool.items() if home.startswith("- ")} or pool
    known = sorted((handle, home.split(" ", 1)[1]) for handle, home in homes.items())
    writers: list[tuple[str | None, str]] = list(world.random.sample(known, min(crowd["back"], len(known))))
    for _ in range(crowd["fresh"]):
        source = world.source(crowd["town"], world.local(crowd["since"]))
        handle = world.crowd.fresh()
        pool[handle] = f"- {source}"
        writers.append((handle, source))
    writers += [world.random.choice(writers) for _ in range(count - len(writers))]
    world.random.shuffle(writers)
    return writers


def _moments(world: World, since: str, until: str, count: int) -> list[datetime]:
    """So many times between two, in order, by how people's days go."""
    begin, end = world.local(since), world.local(until)
    hours = world.volumes["hours"]
    chosen: list[datetime] = []
    while len(chosen) < count:
        moment = begin + (end - begin) * world.random.random()
        if world.random.random() * max(hours) < hours[moment.astimezone(world.area.zone).hour]:
            chosen.append(moment.replace(microsecond=0))
    return sorted(chosen)


def _loud(world: World, plant: dict[str, Any]) -> Iterator[Draft]:
    """A few accounts that write again and again on the same days, and a few that write once."""
    loud, day = plant["loud"], date.fromisoformat(str(plant["since"]))
    handles = [(world.crowd.fresh(), s) for s in plant["sources"] for _ in range(loud["accounts"] // 2)]
    spread, extra = divmod(loud["account_days"], loud["accounts"])
    days = [
        (writer, day + timedelta(days=d))
        for n, writer in enumerate(handles)
        for d in world.random.sample(range(plant["days"]), spread + (n < extra))
    ]
    days += world.random.choices(days, k=loud["posts"] - len(days))
    once = [(world.crowd.fresh(), plant["sources"][0]) for _ in range(plant["others"])]
    days += [(writer, day + timedelta(days=2 * n + 1)) for n, writer in enumerate(once)]
    places = [where[:2] for where in plant["where"] for _ in range(where[2])]
    world.random.shuffle(places)
    file, said = world.words.files[plant["words"]], set[str]()
    for ((handle, source), when), where in zip(days, places, strict=True):
        words = ("charges", file["charges"])
        draft = _draft(world, plant, where, world.moment(when), source, handle, words, said)
        draft.text = f"{draft.text} {world.words.line('loud detail', file['detail'])}"
        yield draft


def _fading(world: World, plant: dict[str, Any]) -> Iterator[Draft]:
    """So many posts in each week of the sample, by whoever writes there."""
    file, said = world.words.files[plant["words"]], set[str]()
    for week, count in enumerate(plant["weekly"]):
        for _ in range(count):
            moment = world.moment(world.first + week * WEEK + timedelta(days=world.random.randrange(7)))
            source = world.source(plant["town"], moment)
            handle = world.crowd.writer(source)
            where, words = [plant["town"], None], ("works", file["works"])
            draft = _draft(world, plant, where, moment, source, handle, words, said)
            if world.random.random() < 0.6:
                draft.text = f"{draft.text} {world.words.line('ring detail', file['detail'])}"
            yield draft


def _fill(world: World, fill: dict[str, Any]) -> Iterator[Draft]:
    """Ordinary talk of a ward, in an exact number."""
    ward: Ward = world.area.ward_by_name[fill["ward"]]
    days = [date.fromisoformat(str(fill["since"])) + timedelta(days=n) for n in range(fill["days"])]
    able = [d for d in days if d.isoformat() != str(fill.get("but"))]
    for _ in range(fill["posts"]):
        moment = world.moment(world.random.choice(able))
        for draft in issue_post(world, moment, ward=ward, without=tuple(fill["without"])):
            draft.plant = fill["plant"]
            yield draft
