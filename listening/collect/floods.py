"""Floods: flood alerts and warnings of the Environment Agency. England only.

In sources.yaml: ``kind: floods``; ``options`` say where: ``county`` (one or several), or ``lat``, ``long``
and ``dist`` (km) together, or ``areas`` (codes of flood areas, such as 034WAF428: all else is left out).
``url`` is needed only where the service stands elsewhere, or carries a whole query of its own.
Gives: a post a warning, with its level and area in the title, the Agency's message as text, and a link
to its page. It changes as the warning does; "no longer in force" is a change, never a deletion.
Does not give: Wales, Scotland, Northern Ireland; river levels; warnings that ended before we first looked.
Limits: the service renews its data every 15 minutes; one request a look.
Terms: Open Government Licence v3.0: "this uses Environment Agency flood and river level data from the
real-time data API (Beta)". In an emergency the official page is the one to read.
Checked: 2026-11-22: environment.data.gov.uk/flood-monitoring/doc/reference; fields, and answers of
2015, 2025 and 2026, in public code that reads it (the R package eaflood and others).
Verified: never against the service; on answers written from those, and a misbehaving server in the tests.

A warning has no number of its own there any more: its address is that of its area, and ``timeRaised``
moves with every message. So it is told apart by its area and the time it took its level when we first
met it, remembered until it leaves the list, or comes back after it was over. Times carry no zone and
are read as times in London.
"""

import json
from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlencode

from listening.area import Source
from listening.collect import document
from listening.collect.dates import read
from listening.collect.entry import markup, tidy
from listening.collect.web import Answer, Web
from listening.errors import CollectError
from listening.post import Found, Post

RARE = STEADY = True  # a warning is worth nothing half an hour late: always asked at its `every`
HERE = "https://environment.data.gov.uk/flood-monitoring/id/floods"
PAGE = "https://check-for-flooding.service.gov.uk/target-area/"
# The severity levels of the service's reference.
LEVELS = {
    1: "Severe flood warning",
    2: "Flood warning",
    3: "Flood alert",
    4: "Flood warning no longer in force",
}
OVER = 4
MOST = 2_000  # warnings of one answer
LONGEST = 20_000  # characters of one message
NOT_THESE = "It sends data, but no list of flood warnings."
PARTLY = "Some of its warnings could not be read."


def fetch(source: Source, memory: dict[str, Any], web: Web) -> Answer:
    """The service's Answer, with the warnings we knew."""
    answer = document.ask(_address(source), memory, web)
    return replace(answer, remember={"floods": str(memory.get("floods") or "{}")})


def parse(answer: Answer, source: Source, now: datetime) -> Found:
    """A post a warning, the newest first; ``memory["floods"]`` says since when each area is warned."""
    text = document.body(answer)
    if text is None:
        return Found([], memory=document.unchanged(answer) | {"newest": now.isoformat()})
    sent = document.data(text)
    items = sent.get("items") if isinstance(sent, dict) else None
    if not isinstance(items, list):
        raise CollectError(NOT_THESE)
    warnings = [item for item in items[:MOST] if isinstance(item, dict) and _area(item) and _level(item)]
    only = {code.upper() for code in source.options.get("areas", ())}
    chosen = [item for item in warnings if not only or _area(item).upper() in only]
    known = _since(chosen, json.loads(answer.remember.get("floods") or "{}"), now)
    posts = {a: _post(item, known[a], source, now) for item in chosen if (a := _area(item)) in known}
    listed = sorted(posts.values(), key=lambda post: post.published, reverse=True)
    memory = {
        **document.remembered(answer, _address(source), listed),
        "floods": json.dumps(known),
        "newest": now.isoformat(),  # a list of what is in force now is never stale, however long it is empty
    }
    return Found(listed, memory=memory, remark=PARTLY if len(warnings) < len(items) else None)


def _since(items: list[dict[str, Any]], before: dict[str, Any], now: datetime) -> dict[str, Any]:
    """By area, its level and since when it is warned, ISO; a warning after one that is over is another.

    One that was over before we met it is left out.
    """
    known = {}
    for item in items:
        area, level = _area(item), _level(item)
        earlier = before.get(area)
        if earlier and (level == OVER or earlier["level"] != OVER):
            known[area] = {"since": earlier["since"], "level": level}
        elif level != OVER:
            moment = _time(item, "timeSeverityChanged") or _time(item, "timeRaised") or now
            known[area] = {"since": min(moment, now).isoformat(), "level": level}
    return known


def _address(source: Source) -> str:
    url = source.url or HERE
    where = {"county": ",".join(source.options.get("county", ()))} | _point(source)
    given = {name: value for name, value in where.items() if value}
    return url if not given or "?" in url else f"{url}?{urlencode(given)}"


def _point(source: Source) -> dict[str, str]:
    """Latitude and longitude in degrees and distance in km, all of them or none."""
    return {name: f"{source.options[name]:g}" for name in ("lat", "long", "dist") if name in source.options}


def _area(item: dict[str, Any]) -> str:
    inner = item.get("floodArea")
    code = item.get("floodAreaID") or (inner.get("notation") if isinstance(inner, dict) else None)
    return (tidy(code) or "")[:50]


def _level(item: dict[str, Any]) -> int | None:
    level = item.get("severityLevel")
    return level if isinstance(level, int) and level in LEVELS else None


def _post(item: dict[str, Any], known: dict[str, Any], source: Source, now: datetime) -> Post:
    level, area, since = _level(item), _area(item), datetime.fromisoformat(known["since"])
    changes = [_time(item, name) for name in ("timeMessageChanged", "timeSeverityChanged")]
    edited = max((min(moment, now) for moment in changes if moment), default=since)
    inner = item.get("floodArea")
    river = markup(inner.get("riverOrSea")) if isinstance(inner, dict) else None
    said = markup(item.get("message"))
    lines = [said[:LONGEST] if said else None, f"River or sea: {river}" if river else None]
    return Post(
        id=f"floods:{area}/{since:%Y-%m-%dT%H:%M}",
        source=source.name,
        channel=source.channel,
        kind="article",
        published=since,
        collected=now,
        url=PAGE + quote(area, safe=""),
        title=f"{LEVELS[level or OVER]}: {markup(item.get('description')) or area}",
        text="".join(f"<p>{line}</p>" for line in lines if line) or None,
        edited=edited if edited > since else None,
        dated=any(_time(item, name) for name in ("timeSeverityChanged", "timeRaised")),
    )


def _time(item: dict[str, Any], name: str) -> datetime | None:
    return read(tidy(item.get(name)))
