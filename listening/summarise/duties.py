"""Who does what in an event: the sentences of that list."""

from listening.area import Area, Body
from listening.summarise.event import Event
from listening.summarise.words import listed, lower

DUTIES = 5  # issues whose bodies are named
DANGER = ("Danger to life", "999")


def duties(event: Event, area: Area) -> list[tuple[str, str]]:
    """Who does what in an event: the body of each issue its posts name, ours, and the line for danger."""
    shared: dict[str, list[str]] = {}
    for slug in event.duties[:DUTIES]:
        body = area.body(slug)
        if body:
            shared.setdefault(reach(body, area), []).append(area.issue_by_slug[slug].label)
    rows = [(_together(labels), who) for who, labels in shared.items()]
    ours = f"us · out of hours {area.phones['out_of_hours']}" if area.phones.get("out_of_hours") else ""
    rest = [("Anything else", ours)] if ours and ours not in shared else []
    return [*rows, *rest, DANGER]


def reach(body: Body, area: Area) -> str:
    """A body by name and how to reach it now: ``us · out of hours 01632 960 101``."""
    phone = area.phones.get("out_of_hours") if body.name == "us" else body.phone
    if not phone:
        return body.name
    return f"{body.name} · {'out of hours ' if body.name == 'us' else ''}{phone}"


def _together(labels: list[str]) -> str:
    return listed([labels[0], *(lower(label) for label in labels[1:])])
