"""FixMyStreet: faults that residents reported, from the feed of an area or body, or by Open311.

In sources.yaml: ``kind: fixmystreet``, ``channel: report``, ``url``: the address of a feed
(…/rss/reports/<body>, …/rss/reports/<body>/<ward>, …/rss/area/<area>, …/rss/l/<lat>,<lon>/<km>), and
that is all; or, for Open311, ``url: https://www.fixmystreet.com`` and ``options: {body: 2560}``, the
number of the body as the site's own. Further options for Open311: ``days`` (30: how far back the first
round looks, up to 90), ``jurisdiction`` (fixmystreet.com: the server wants one and reads none).
Gives: title, the fault in the resident's words with its category, the date it was confirmed, and, by
feed, the nearest address as the site words it, by Open311 the number of updates. What was hidden since
is found by ``recheck``.
Does not give: who reported it. The name (``requestor_name``), lines such as "Reported by … at 10:15",
coordinates and pictures are dropped before anything is kept: a report is placed by its words alone.
Whether it was mended is not told.
Limits: a feed holds the newest 20. Open311 gives up to 1,000 an answer; windows of a week, 6 requests a
round. The server calls its Open311 "not yet stabilized". Deletions: 150 reports are looked up in a round,
the next 150 in the next.
Terms: the site's own, noted in sources.yaml; reports are residents' words, so it waits for the checklist.
Checked: 2026-11-22, in mysociety/fixmystreet at commit 84d7c80 (Controller/Rss.pm, Open311.pm, Reports.pm,
Report.pm, db/fixture.sql) and, for Open311, in the field names of smart-data-models'
dataModel.IssueTracking and in a page of 2018 that reads agency_responsible=2514, whose list stood then
in "requests".
Verified: never against a real site; against a server in the tests that answers as that code does.
"""

import html
import json
import re
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from listening.area import Source
from listening.collect import feed
from listening.collect.api import LATER, STRANGE, Api, bare, rest, site, when
from listening.collect.encoding import decoded
from listening.collect.entry import count, markup, tidy
from listening.collect.gather import LONGEST, found
from listening.collect.turns import Part, believed, turn
from listening.collect.web import Answer, Web
from listening.errors import CollectError
from listening.post import Found, Post

BUDGET = 6  # requests a round
MOST_RECHECKED = 150  # reports asked after in one go, a page each
WINDOW = timedelta(days=7)
OVERLAP = timedelta(hours=6)  # a report is listed by when it was confirmed, and may come late
DAYS = 30
MOST_LISTED = 1_000  # by an answer, unless the site's own setting says less
FULL = "It lists at most 1,000 reports a week: some could not be seen."
JURISDICTION = "fixmystreet.com"
_REPORT = re.compile(r"/report/([0-9]{1,12})(?:$|[/?#])")
_NUMBER = re.compile(r"[0-9]{1,12}")
# "Reported via iOS in the Potholes category by A Name at 10:15, Mon": Problem.pm, meta_line.
_REPORTER = re.compile(
    r"\s*Reported\b.*?\b(?:by|anonymously)\b.*?\bat\s+[0-9]{1,2}[:.][0-9]{2}", re.IGNORECASE
)
_LINE = re.compile(r"[^\n<>]+")
LONGEST_LINE = 400  # characters of a line about who reported it
_SITE_LINK = re.compile(r"<br>\s*<a href=[^<>]{1,300}>Report on [^<>]{1,100}</a>\s*$")
_PICTURE = re.compile(r"<img [^<>]{0,500}>")
_DAY = re.compile(r",\s+[0-9]{1,2}(?:st|nd|rd|th)?\s+[A-Z][a-z]{2,8}$")  # "Broken lamp, 10th October"
_CATEGORY = re.compile(r"<category>([^<]{1,200})</category>")
_LINK = re.compile(r"<link>\s*([^<\s]{1,500})\s*</link>")


def fetch(source: Source, memory: dict[str, Any], web: Web) -> Answer:
    """The feed's Answer, or what Open311 lists since the last round, as JSON."""
    return _open311(source, memory, web) if "body" in source.options else feed.fetch(source, memory, web)


def parse(answer: Answer, source: Source, now: datetime) -> Found:
    """The reports of an Answer, newest first.

    ``Found.memory`` adds to what every source remembers: ``base``, the site's address, and, by
    Open311, ``until``, the end of the last window that was read.
    """
    if "body" in source.options:
        if answer.error or answer.body is None:
            raise CollectError(answer.error or "It sends an empty answer.")
        told = json.loads(answer.body)
        posts = [_post(request, told["base"], source, now) for request in told["requests"]]
        memory = {"base": told["base"], "until": told["until"], "min_interval": told["rest"]}
        return found(posts, [], told["before"], memory, told["remarks"])
    read = feed.parse(answer, source, now)
    if answer.body is None:
        return read
    base = site(source.url)
    posts = [_post(r, base, source, now) for r in _listed(answer, read.posts)]
    memory = {name: value for name, value in read.memory.items() if name not in ("ids", "newest")}
    return found(posts, [], [], {**memory, "base": base}, [read.remark] if read.remark else [])


def recheck(ids: Sequence[str], memory: dict[str, Any], web: Web) -> list[str]:
    """Those of these reports whose own page is not there any more (404), or was taken down (410).

    Where no report stands, the site's own front page must. A Part where it broke off: the report that
    made it do so has had its turn.
    """
    base = str(memory.get("base") or "")
    start = f"fixmystreet:{urlsplit(base).netloc}/"
    numbers = [i.removeprefix(start) for i in ids if base and i.startswith(start)]
    gone: list[str] = []
    standing = 0
    upto = None
    for number in turn([n for n in numbers if _NUMBER.fullmatch(n)], MOST_RECHECKED, web.clock()):
        answer = web.send("GET", f"{base}/report/{number}")
        standing += answer.status == 200
        gone += [f"{start}{number}"] if answer.status in (404, 410) else []
        if answer.error or answer.status in (403, 429) or (answer.status or 0) >= 500:
            upto = f"{start}{number}"
            break
    lost = believed(gone, standing > 0, lambda: web.send("GET", f"{base}/").status == 200)
    return Part(lost, upto) if upto else lost


def _open311(source: Source, memory: dict[str, Any], web: Web) -> Answer:
    """Window after window, as far as the budget reaches; a failure only where not one could be read."""
    base = site(source.url)
    api = Api(web, BUDGET)
    requests: dict[str, dict[str, Any]] = {}
    until = start = _since(source, memory, web.clock())
    full = False
    for first, last in _windows(start, web.clock()):
        told = api.ask(f"{base}/open311/v2/requests.json", _query(source, first, last))
        listed = _requests(told)
        if listed is None:
            break
        full = full or len(listed) >= MOST_LISTED
        plain = [_plain(request) for request in listed if isinstance(request, dict)]
        requests |= {request["id"]: request for request in plain if _NUMBER.fullmatch(request["id"])}
        until = last
    if until == start:
        trouble = api.trouble or Answer(base, 200, error=STRANGE, detail="no requests", state="failing")
        return bare(trouble)
    remarks = [FULL] if full else []
    told = {
        "base": base,
        "requests": list(requests.values()),
        "until": min(until, web.clock()).isoformat(),
        "before": memory.get("ids") or [],
        "remarks": [*remarks, LATER] if until < web.clock() else remarks,
        "rest": rest(api),
    }
    return Answer(base, 200, body=json.dumps(told).encode())


def _since(source: Source, memory: dict[str, Any], now: datetime) -> datetime:
    """Where the next window begins."""
    until = when(memory.get("until"))
    if until is None or until > now:
        return now - timedelta(days=source.options.get("days", DAYS))
    return until - OVERLAP


def _windows(start: datetime, now: datetime) -> Iterator[tuple[datetime, datetime]]:
    """A week at a time, oldest first: an answer holds 1,000 reports and leaves out the rest unsaid."""
    while start < now:
        yield start, start + WINDOW
        start += WINDOW


def _requests(told: Any) -> list[Any] | None:
    """The reports of an answer: by GeoReport v2 a list, by FixMyStreet now and in 2018 one inside others."""
    if isinstance(told, dict) and isinstance(told.get("requests"), list):
        first = told["requests"][0] if told["requests"] else {"request": []}
        told = first.get("request") if isinstance(first, dict) else None
    elif isinstance(told, dict):
        told = told.get("service_requests")
    return told if isinstance(told, list) else None


def _query(source: Source, first: datetime, last: datetime) -> list[tuple[str, object]]:
    return [
        ("jurisdiction_id", source.options.get("jurisdiction", JURISDICTION)),
        ("agency_responsible", source.options["body"]),
        ("start_date", first.isoformat(timespec="seconds")),
        ("end_date", last.isoformat(timespec="seconds")),
    ]


def _plain(request: dict[str, Any]) -> dict[str, Any]:
    """A report's own words and figures; the reporter's name, coordinates and picture are not read."""
    title, detail = tidy(request.get("title")), tidy(request.get("detail"))
    return {
        "id": str(request.get("service_request_id") or ""),
        "title": markup(title),
        "detail": markup(_nameless(detail or ("" if title else tidy(request.get("description")) or ""))),
        "category": tidy(request.get("service_name")),
        "reported": request.get("requested_datetime"),
        "replies": request.get("comment_count"),
    }


def _listed(answer: Answer, items: Sequence[Post]) -> Iterator[dict[str, Any]]:
    """The reports of a feed in the same form; a feed's reader has no room for categories."""
    text = decoded(answer.body or b"", answer.headers.get("content-type", ""))
    categories = {}
    for part in re.split(r"<item[ >]", text)[1:]:
        link, category = _LINK.search(part), _CATEGORY.search(part)
        if link and category:
            categories[link[1]] = html.unescape(category[1])
    for item in items:
        number = _REPORT.search(item.url or "")
        if number:
            words = _SITE_LINK.sub("", _PICTURE.sub("", item.text or "").strip())
            yield {
                "id": number[1],
                "title": _DAY.sub("", item.title or "") or None,
                "detail": tidy(_nameless(words)),
                "category": tidy(categories.get(item.url or "")),
                "reported": item.published.isoformat() if item.dated else None,
                "replies": None,
            }


def _nameless(words: str) -> str:
    """The words without the site's line about who reported it and when."""
    return _LINE.sub(lambda line: "" if _is_reporter(line[0]) else line[0], words)


def _is_reporter(line: str) -> bool:
    return len(line) <= LONGEST_LINE and _REPORTER.match(line) is not None


def _post(request: dict[str, Any], base: str, source: Source, now: datetime) -> Post:
    reported = when(request["reported"])
    parts = [markup(request["category"]), request["detail"]]
    text = "<br>".join(part for part in parts if part)
    return Post(
        id=f"fixmystreet:{urlsplit(base).netloc}/{request['id']}",
        source=source.name,
        channel=source.channel,
        kind="report",
        published=min(reported or now, now),
        collected=now,
        url=f"{base}/report/{request['id']}",
        title=request["title"],
        text=text[:LONGEST] or None,
        dated=reported is not None,
        replies=count(request["replies"]),
    )
