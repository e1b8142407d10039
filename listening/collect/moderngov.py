"""ModernGov: the meetings a council has coming up, with their agendas, from its public web service.

In sources.yaml: ``kind: moderngov`` and ``url``, the site (https://democracy.example.gov.uk);
``options: {committees: [142, 310]}`` keeps to some committees, by the number in the address of their page.
Gives: a post a meeting of the next four weeks: its body and day in the title; hour, place and the titles
of the agenda's open items as text; a link to its papers. Called-off meetings say so.
Does not give: papers, minutes, votes, attendance, members' names; titles of restricted items; meetings
that were; when something was put up (a post is undated: it counts from when we met it); a meeting that is
taken off the calendar without a word. What's new there is a feed where a site has it (mgRss.aspx?XXR=0):
give that as ``kind: feed``.
Limits: one request for the list (one a committee where some are named, up to 20) and one an agenda, for
the 10 next meetings; once a day is enough.
Terms: agendas are public by law (Local Government Act 1972, part VA). Some sites refuse programs.
Checked: 2026-11-22, in programs of others that ask it: DemocracyClub's LGSF scrapers, and readers of the
Senedd's, Lambeth's and six other councils' services, which agree on the names of the fields. That -1
stands for all committees one of them found, at the Senedd; that dates must be written 31/12/2026, two.
Where a site holds meetings and this finds none, it may not know the -1: name its committees.
Verified: never against a live site; on answers written from those, and a misbehaving server in the tests.

The service escapes words for HTML before it escapes them for XML, so titles are unescaped once more.
It has been seen to send far more than the days asked for, so days are checked here.
"""

import json
import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit
from xml.etree.ElementTree import Element

from listening.area import Source
from listening.collect import document
from listening.collect.dates import LONDON
from listening.collect.entry import markup, tidy
from listening.collect.web import Answer, Web
from listening.errors import CollectError
from listening.post import Found, Post

RARE = UNDATED = True  # councils have recesses, and an agenda says when the meeting is, not when it came
EVERY_COMMITTEE = "-1"
AHEAD = timedelta(days=28)
AGENDAS = 10  # of the next meetings
MOST = 500  # meetings of one look
MOST_ITEMS = 60  # titles of one agenda
MOST_COMMITTEES = 20
NOT_THESE = "It sends something that is no list of meetings."
NO_SITE = "Its url must be the address of the council's ModernGov site."
PARTLY = "Some of its agendas could not be read."
_SERVICE = re.compile(r"/mgwebservice\.asmx.*$", re.IGNORECASE | re.DOTALL)
_CALLED_OFF = re.compile(r"cancel|postpone|abandon", re.IGNORECASE)


def fetch(source: Source, memory: dict[str, Any], web: Web) -> Answer:
    """The lists of meetings and the next agendas, as one JSON document; the first failure ends it."""
    site = _site(source)
    today = web.clock().astimezone(LONDON).date()
    lists: list[str] = []
    for committee in (source.options.get("committees") or [EVERY_COMMITTEE])[:MOST_COMMITTEES]:
        answer = web.get(f"{site}/mgWebService.asmx/GetAllMeetingsByDate?{_days(committee, today)}")
        if answer.error:
            return answer
        lists.append(document.body(answer) or "")
    told = {
        "lists": lists,
        "agendas": _papers(site, lists, today, web),
        "today": today.isoformat(),
        "before": memory.get("ids") or [],
        "told": memory.get("agendas") or [],
    }
    return replace(answer, body=json.dumps(told).encode(), headers={})


def _papers(site: str, lists: list[str], today: date, web: Web) -> dict[str, str | None]:
    """What is said of the next meetings by their numbers; None where one did not answer."""
    papers: dict[str, str | None] = {}
    for meeting in _meetings(lists, today)[:AGENDAS]:
        answer = web.get(f"{site}/mgWebService.asmx/GetMeeting?lMeetingId={meeting['id']}")
        papers[meeting["id"]] = document.body(answer) if answer.body else None
        if answer.retry_at:  # it asked for rest: the other agendas wait for the next look
            break
    return papers


def parse(answer: Answer, source: Source, now: datetime) -> Found:
    """A post a meeting, the soonest first; ``memory["agendas"]`` names those whose agenda was told.

    A meeting whose agenda was told, and could not be read this time, is left as it was, unless it is
    called off.
    """
    told = json.loads(document.body(answer) or "{}")
    site, with_agenda = _site(source), dict.fromkeys(told["told"])
    posts, failed = [], 0
    for meeting in _meetings(told["lists"], date.fromisoformat(told["today"])):
        post_id = f"moderngov:{urlsplit(site).netloc.lower()}/{meeting['id']}"
        papers = told["agendas"].get(meeting["id"], "")  # "" where it was not asked for
        agenda = _agenda(papers) if papers else None
        failed += agenda is None and papers != ""
        if agenda is None and post_id in with_agenda and not _CALLED_OFF.search(meeting["status"]):
            continue
        if agenda and agenda[1]:
            with_agenda[post_id] = None
        posts.append(_post(post_id, meeting, agenda or ("", []), site, source, now))
    memory = _remembered(posts, list(with_agenda), told["before"], now)
    return Found(posts, memory=memory, remark=PARTLY if failed else None)


def _remembered(posts: list[Post], agendas: list[str], before: list[str], now: datetime) -> dict[str, Any]:
    """A calendar is never stale: in a recess it is as it should be."""
    ids = dict.fromkeys([*(post.id for post in posts), *before])
    return {"ids": list(ids)[: 2 * MOST], "agendas": agendas[-MOST:], "newest": now.isoformat()}


def _site(source: Source) -> str:
    url = _SERVICE.sub("", source.url or "").rstrip("/")
    if "?" in url or not url:
        raise CollectError(NO_SITE)
    return url


def _days(committee: str, today: date) -> str:
    return urlencode(
        {
            "lCommitteeId": committee,
            "sFromDate": f"{today:%d/%m/%Y}",
            "sToDate": f"{today + AHEAD:%d/%m/%Y}",
            "sAllOrNone": "none",
            "bIsAscendingDateOrder": "true",
        }
    )


def _meetings(lists: list[str], today: date) -> list[dict[str, Any]]:
    """The meetings of these lists that are ahead, the soonest first; CollectError where one is no list."""
    found: dict[str, dict[str, Any]] = {}
    for text in lists:
        root = document.tree(text)
        if not _lists(root):
            raise CollectError(NOT_THESE)
        above = _said(root, "committeetitle")
        for element in root.iter("meeting"):
            name, on = _said(element, "meetingid"), _day(_said(element, "meetingdate"))
            body = _said(element, "committeetitle") or above
            if name.isdecimal() and body and on and today <= on <= today + AHEAD:
                number = _said(element, "committeeid") or _said(root, "committeeid")
                parts = {n: _said(element, f"meeting{n}") for n in ("time", "status")}
                found[name] = {"id": name, "on": on, "body": body, "committee": number, **parts}
    return sorted(found.values(), key=lambda m: (m["on"], m["time"], m["id"]))[:MOST]


def _lists(root: Element) -> bool:
    """Whether a document is a list of meetings; an empty one has a name or a count that says so."""
    signs = ("meeting", "meetingscount")
    return "meeting" in root.tag.lower() or any(root.find(f".//{sign}") is not None for sign in signs)


def _said(element: Element, name: str) -> str:
    return (tidy(document.unescaped(element.findtext(name) or "")) or "")[:500]


def _day(words: str) -> date | None:
    """The day of 31/12/2026; the service writes no other form."""
    found = re.match(r"(\d{2})/(\d{2})/(\d{4})", words)
    try:
        return date(int(found[3]), int(found[2]), int(found[1])) if found else None
    except ValueError:
        return None


def _agenda(text: str) -> tuple[str, list[str]] | None:
    """The place and the titles of the open items, none where the agenda is not out; None if unreadable."""
    try:
        root = document.tree(text)
    except CollectError:
        return None
    place = _said(root, "meetinglocation")
    if _said(root, "agendapublished").lower() == "false":
        return place, []
    items = [i for i in root.iter("agendaitem") if _said(i, "isrestricted").lower() != "true"]
    titles = (_said(item, "agendaitemtitle") for item in items)
    return place, [title for title in titles if title][:MOST_ITEMS]


def _post(
    post_id: str,
    meeting: dict[str, Any],
    agenda: tuple[str, list[str]],
    site: str,
    source: Source,
    now: datetime,
) -> Post:
    """The day ends the title and begins the text, written as people and ``summarise.ahead`` read it."""
    day = f"{meeting['on']:%A} {meeting['on'].day} {meeting['on']:%B %Y}"
    off = _CALLED_OFF.search(meeting["status"])
    status = f"{meeting['status']}: " if off else ""
    when = ", ".join(part for part in (day, meeting["time"], agenda[0]) if part)
    items = "".join(f"<li>{markup(title)}</li>" for title in agenda[1])
    return Post(
        id=post_id,
        source=source.name,
        channel=source.channel,
        kind="article",
        published=now,
        collected=now,
        url=f"{site}/ieListDocuments.aspx?{urlencode({'CId': meeting['committee'], 'MId': meeting['id']})}",
        title=markup(f"{status}{meeting['body']}, {day}"),
        text=f"<p>{markup(when)}.</p>" + (f"<p>Agenda:</p><ul>{items}</ul>" if items else ""),
        dated=False,
    )
