"""Graph: the council's own Page read through Facebook's Graph API, with its own limits and errors.

Only what becomes a post is asked for. Of a writer that is the number alone, no name; the names of
people who are tagged in a text are masked before anything else sees it. Pages of an answer are turned
by cursor: the ready-made address of the next page repeats the token. That address is never read.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from listening.collect.api import LATER, STRANGE, Api, parsed, rest
from listening.collect.entry import count, tidy
from listening.collect.facebook_keys import Key
from listening.collect.turns import believed
from listening.collect.web import LONGEST_REST, USUAL_REST, Answer, Web, resting
from listening.errors import CollectError

BUDGET = 40  # requests a look; a Page's own limit is 4,800 a day for each account that engages with it
PAGE = 50  # posts an answer; Facebook allows 100, and cuts long answers short
COMMENTS_PAGE = 100
MOST_COMMENTS = 500  # of one post in one look
BATCH = 50  # ids an answer, as Facebook allows
RESERVED = 3  # of the requests of a recheck, to ask for the Page itself, and a further try
MOST_RECHECKED = 1_000  # ids in one go
POST = "id,message,message_tags,created_time,from{id},is_published,is_hidden"
COUNT = "comments.filter(stream).order(reverse_chronological).limit(1).summary(true){id}"
COMMENT = "id,message,message_tags,created_time,from{id},is_hidden,comment_count"
EXPIRED = "Paused: needs a key that works. Facebook refuses the one it was given. Everything else works."
NOT_OURS = "Paused: Facebook is refusing us. Our key may not read this Page's posts and comments."
NO_PAGE = "Facebook knows no such Page, or does not show it to us."
SLOWER = "Facebook asked us to slow down"
CUT = "Facebook broke off in the middle; what it had said was used."
MASK = "[account]"
NAME = re.compile(r"[0-9]{1,20}(?:_[0-9]{1,20}){0,2}")  # of a post or comment

# Graph API, "Handle errors" and "Rate limits"; 80001 is the Pages' own limit.
OVER, TOO_MANY = (102, 190, 458, 459, 460, 463, 464, 467), (4, 17, 32, 341, 368, 613, 80001)
ABSENT = (100, 803)


def look(page: str, depth: int, comments: bool, memory: dict[str, Any], key: Key, web: Web) -> Answer:
    """The Page's newest posts, and the comments of those that grew, as JSON for ``facebook_page``."""
    api = Api(web, BUDGET, {"Authorization": f"Bearer {key.token}"})
    fields = f"{POST},{COUNT}" if comments else POST
    found, _, _ = _pages(api, f"{key.url}/{page}/feed", [("fields", fields)], min(PAGE, depth), depth)
    if not found and api.trouble:
        return meant(api.trouble, web.clock())
    posts = [_plain(post, page) for post in found if post["id"].startswith(f"{page}_")]
    seen: dict[str, int] = memory.get("seen") or {}
    known = set(memory.get("ids") or ())
    last: dict[str, str | None] = memory.get("last") or {}
    said, read, further = _grown(
        api, key, posts if comments else [], (seen, last), memory.get("further") or {}, known
    )
    told = {
        "page": page,
        "posts": posts,
        "comments": [{**_plain(comment, page), "thread": name} for name, comment in said],
        "seen": {p["id"]: read.get(p["id"], seen.get(p["id"], -1)) for p in posts},
        "last": {p["id"]: p["newest"] if p["id"] in read else last.get(p["id"]) for p in posts},
        "further": further,
        "before": memory.get("ids") or [],
        "remarks": _remarks(api, further),
        "rest": rest(_rested(api)),
    }
    return Answer(key.url, 200, body=json.dumps(told).encode())


def gone(names: Sequence[str], page: str, key: Key, web: Web) -> tuple[list[str], str | None]:
    """Those of these ids that Facebook shows no longer, or that the Page has hidden; the last one that
    was asked where not all could be, else None.

    One id that is missing spoils the whole answer, so a batch that fails is cut in two until it is
    found. Where nothing at all stands, the Page's own feed must: the key may have lost its rights.
    CollectError where Facebook could not be asked.
    """
    api = Api(web, BUDGET, {"Authorization": f"Bearer {key.token}"})
    missing: list[str] = []
    standing = 0
    upto = None
    batches = [list(names[at : at + BATCH]) for at in range(0, min(len(names), MOST_RECHECKED), BATCH)]
    while batches and api.left > RESERVED:
        batch = batches.pop(0)
        told = api.ask(f"{key.url}/", [("ids", ",".join(batch)), ("fields", "id,is_hidden")])
        if isinstance(told, dict):
            there = {name for name in batch if isinstance(told.get(name), dict)}
            hidden = {name for name in there if told[name].get("is_hidden") is True}
            standing += len(there - hidden)
            missing += [name for name in batch if name not in there - hidden]
            upto = batch[-1]
        elif api.trouble and _code(api.trouble) in ABSENT:
            half = len(batch) // 2
            missing += batch if half == 0 else []
            upto = batch[-1] if half == 0 else upto
            batches = [part for part in (batch[:half], batch[half:]) if half] + batches
        else:
            break
    if not standing and api.trouble and not missing:
        raise CollectError(meant(api.trouble, web.clock()).error or STRANGE)
    lost = believed(missing, standing > 0, lambda: _stands(api, page, key))
    return lost, upto if upto and upto != names[-1] else None


def _stands(api: Api, page: str, key: Key) -> bool:
    """Whether the key still reads what people wrote under the Page."""
    told = api.ask(
        f"{key.url}/{page}/feed", [("fields", "id,from{id},comments.limit(1){from{id}}"), ("limit", 1)]
    )
    return isinstance(told, dict) and isinstance(told.get("data"), list)


def meant(answer: Answer, now: datetime) -> Answer:
    """A refusal in Facebook's own sense; what it said beside its code is dropped."""
    code = _code(answer)
    bare = replace(answer, body=None, headers={}, detail=f"{answer.detail}, code {code}")
    if code in TOO_MANY:
        until = now + min(_regained(answer) or USUAL_REST, LONGEST_REST)
        return replace(bare, error=resting(until, now, SLOWER), state="paused", retry_at=until)
    if code in OVER or answer.status == 401:
        return replace(bare, error=EXPIRED, state="paused")
    if code in (3, 10) or 200 <= code < 300 or (answer.status == 403 and not code):
        return replace(bare, error=NOT_OURS, state="paused")
    if code in ABSENT or (answer.status == 404 and not code):
        return replace(bare, error=NO_PAGE, state="failing")
    return replace(bare, detail=answer.detail) if not code else bare


def _pages(
    api: Api,
    url: str,
    parameters: list[tuple[str, object]],
    size: int,
    most: int,
    known: set[str] | None = None,
    cursor: str | None = None,
) -> tuple[list[dict[str, Any]], bool, str | None]:
    """What an edge lists, newest first; whether it was read to its end, or to what is known; else the cursor
    of what is older.

    It begins behind the ``cursor`` of an earlier look. Facebook has been seen to send the same page over
    and over: one with nothing new in it is the last.
    """
    found: dict[str, dict[str, Any]] = {}
    while len(found) < most:
        told = api.ask(url, [*parameters, ("limit", size), *([("after", cursor)] if cursor else [])])
        if told is None:
            return list(found.values()), False, None
        listed = told.get("data") if isinstance(told, dict) else None
        if not isinstance(listed, list):
            api.trouble = Answer(url, 200, error=STRANGE, detail="no data", state="failing")
            return list(found.values()), False, None
        named = [t for t in listed if isinstance(t, dict) and isinstance(t.get("id"), str)]
        things = {t["id"]: t for t in named if NAME.fullmatch(t["id"])}
        fresh = things.keys() - found.keys()
        found |= things
        older = _at(told, "paging", "cursors", "after")
        if not fresh or not isinstance(older, str) or not _at(told, "paging", "next"):
            return list(found.values())[:most], True, None
        if known and known & {f"facebook_page:{name}" for name in things}:
            return list(found.values())[:most], True, None
        cursor = older
    return list(found.values())[:most], False, cursor


def _grown(
    api: Api,
    key: Key,
    posts: list[dict[str, Any]],
    before: tuple[dict[str, int], dict[str, str | None]],
    begun: dict[str, list[Any]],
    known: set[str],
) -> tuple[list[tuple[str, dict[str, Any]]], dict[str, int | None], dict[str, list[Any]]]:
    """The comments of the posts that have other comments than before, by post the number that was read,
    and by post that was read in part the cursor to go on with, and its number when that was begun.

    Other comments: their number, or the newest of them (one taken away, one added), has changed.
    """
    said: list[tuple[str, dict[str, Any]]] = []
    seen, last = before
    read = {
        p["id"]: p["answers"]
        for p in posts
        if p["id"] not in begun
        and (not p["answers"] or (seen.get(p["id"]), last.get(p["id"])) == (p["answers"], p["newest"]))
    }
    further = {p["id"]: begun[p["id"]] for p in posts if p["id"] in begun and p["shown"]}
    for post in posts:
        name = post["id"]
        if name in read or not post["shown"]:
            continue
        parameters: list[tuple[str, object]] = [
            ("fields", COMMENT),
            ("filter", "stream"),
            ("order", "reverse_chronological"),
        ]
        stop_at = known if seen.get(name, -1) >= 0 else None  # read to its end before
        cursor, count_then = further.pop(name, [None, post["answers"]])
        edge = f"{key.url}/{name}/comments"
        told, whole, older = _pages(api, edge, parameters, COMMENTS_PAGE, MOST_COMMENTS, stop_at, cursor)
        said += [(name, comment) for comment in told]
        if older:
            further[name] = [older, count_then]
        elif whole or (api.trouble and _code(api.trouble) in ABSENT and not cursor):
            read[name] = count_then
        elif api.trouble and _code(api.trouble) in ABSENT:
            continue  # the cursor is not known any more: begun anew in the next round
        elif api.trouble or api.left <= 0:
            if cursor:
                further[name] = [cursor, count_then]
            break
    return said, read, further


def _plain(thing: dict[str, Any], page: str) -> dict[str, Any]:
    """A post's or comment's own words and figures."""
    writer = _at(thing, "from", "id")
    answers = _at(thing, "comments", "summary", "total_count")
    listed = _at(thing, "comments", "data")
    return {
        "id": thing["id"],
        "text": _masked(thing),
        "author": tidy(writer),
        "own": writer == page,
        "created": thing.get("created_time"),
        "newest": _at(listed[0], "id") if isinstance(listed, list) and listed else None,
        "answers": count(thing.get("comment_count") if answers is None else answers),
        "shown": thing.get("is_hidden") is not True and thing.get("is_published") is not False,
    }


def _masked(thing: dict[str, Any]) -> str | None:
    """The words without the names of people tagged in them."""
    words = thing.get("message")
    if not isinstance(words, str):
        return None
    tags = thing.get("message_tags")
    for tag in tags if isinstance(tags, list) else []:
        name = tag.get("name") if isinstance(tag, dict) else None
        if isinstance(name, str) and len(name) > 1 and tag.get("type", "user") == "user":
            words = words.replace(name, MASK)
    return words


def _code(answer: Answer) -> int:
    """Facebook's own number for what went wrong; 0 where it says none."""
    code = _at(parsed(answer.body or b""), "error", "code")
    return code if isinstance(code, int) else 0


def _regained(answer: Answer) -> timedelta | None:
    """How long the Page's limit lasts, by the header X-Business-Use-Case-Usage (minutes)."""
    usage = parsed(answer.headers.get("x-business-use-case-usage", "").encode())
    rows = (
        [row for rows in usage.values() if isinstance(rows, list) for row in rows]
        if isinstance(usage, dict)
        else []
    )
    minutes = [_at(row, "estimated_time_to_regain_access") for row in rows]
    longest = max((m for m in minutes if isinstance(m, int)), default=0)
    return timedelta(minutes=min(longest, 100_000)) if longest > 0 else None


def _at(thing: Any, *path: str) -> Any:
    """What stands at the end of a path of keys, or None."""
    for key in path:
        thing = thing.get(key) if isinstance(thing, dict) else None
    return thing


def _remarks(api: Api, further: dict[str, list[Any]]) -> list[str]:
    remarks = [CUT] if api.trouble else []
    return [*remarks, LATER] if further or (api.left <= 0 and not api.trouble) else remarks


def _rested(api: Api) -> Api:
    """The Api, its last trouble read in Facebook's sense."""
    if api.trouble:
        api.trouble = meant(api.trouble, api.web.clock())
    return api
