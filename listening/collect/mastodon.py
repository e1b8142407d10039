"""Mastodon: what is said in public under chosen hashtags, or on the local timeline, of one named instance.

In sources.yaml: ``kind: mastodon``, ``channel: public``, ``url: https://instance.example``, and
``options: {hashtags: [ashfield, hucknall], local: false}``: at least one of the two.
Gives: HTML text with its warning line, dates, edits to what is still among the newest, the writer's
address for ``clean`` to hash, number of replies and favourites (visibility only), the post that opened
a conversation where it is in the same answer. What was deleted since (``recheck``).
Does not give: accounts that did not agree to be searched (``indexable`` must be true, ``noindex`` must
not), anything but public posts, boosts, bots, pictures, polls, profiles, what other instances keep to
themselves; posts older than the first look. An account's wish is asked again with every post.
Addresses: /@name/… names the writer, so a post's address is its author-free form, /statuses/<id>.
Limits: Mastodon allows 300 requests in 5 minutes to an address; 10 a round here, and when the header
X-RateLimit-Remaining says 0 nothing is asked before X-RateLimit-Reset. Deletions: 400 posts are looked up
in a round and the next 400 in the next, of older instances (before 4.3) some 120 of them, others each day.
Terms: each instance's own, to be read and noted in sources.yaml; ask its administrators first. What is
deleted there must be deleted here, so ``recheck`` is to be asked daily.
Checked: 2026-11-22, in mastodon/documentation (commit 2903485: timelines, statuses, Status, Account,
rate-limits) and in mastodon/mastodon (REST::AccountSerializer, config/routes/web_app.rb, the web
client's legacy route /statuses/:statusId).
Verified: never against a real instance; against a server in the tests that answers as those say.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlsplit

from listening.area import Source
from listening.collect.api import STRANGE, Api, bare, parsed, rest, site, when
from listening.collect.entry import count, markup, tidy
from listening.collect.gather import LONGEST, found
from listening.collect.turns import Part, believed, turn
from listening.collect.web import NEEDS_KEY, Answer, Web
from listening.errors import CollectError
from listening.post import Found, Post

BUDGET = 10  # requests a round
PAGE = 40  # posts an answer, the most Mastodon gives
BATCH = 20  # ids an answer
MOST_RECHECKED = 400  # ids in one go
RECHECKS = 120  # requests in one go,
RESERVED = 2  # of them to ask for the instance itself
MORE = "More was said than one round reads; the oldest of it was left out."
CUT = "It broke off in the middle; what it had said was used."
_NUMBER = re.compile(r"[0-9A-Za-z]{1,40}")


def fetch(source: Source, memory: dict[str, Any], web: Web) -> Answer:
    """The newest posts of each timeline, back to the last one met, as JSON."""
    base = site(source.url)
    api = Api(web, BUDGET)
    last = memory.get("last") or {}
    said: dict[str, dict[str, Any]] = {}
    met: dict[str, str] = {}
    for name, url, parameters in _timelines(source, base):
        heard = _read(api, url, parameters, last.get(name))
        said |= {status["id"]: status for status in heard}
        met |= {name: max((s["id"] for s in heard), key=_order)} if heard else {}
        if api.trouble and not said:
            return _refused(api.trouble)
    told = {
        "base": base,
        "statuses": [_plain(status, base) for status in said.values()],
        "last": {**last, **met},
        "before": memory.get("ids") or [],
        "remarks": [CUT] if api.trouble else [MORE] if api.left <= 0 else [],
        "rest": rest(api),
    }
    return Answer(base, 200, body=json.dumps(told).encode())


def parse(answer: Answer, source: Source, now: datetime) -> Found:
    """The posts of an Answer, newest first, and those whose writer no longer wishes to be found.

    ``Found.memory`` adds to what every source remembers: ``base``, the instance's address, and
    ``last``, the newest id met on each timeline.
    """
    if answer.error or answer.body is None:
        raise CollectError(answer.error or "It sends an empty answer.")
    told = json.loads(answer.body)
    host = _host(told["base"])
    statuses = {status["id"]: status for status in told["statuses"]}
    posts = [_post(s, statuses, told["base"], source, now) for s in statuses.values() if s["open"]]
    withdrawn = [f"mastodon:{host}/{s['id']}" for s in statuses.values() if not s["open"]]
    gone = [i for i in withdrawn if i in set(told["before"])]
    memory = {"base": told["base"], "last": told["last"], "min_interval": told["rest"]}
    return found((p for p in posts if p.text), gone, told["before"], memory, told["remarks"])


def recheck(ids: Sequence[str], memory: dict[str, Any], web: Web) -> list[str]:
    """Those of these ids that the instance shows no longer (404 or 410), or whose writer withdrew.

    Asked in batches first, where the instance can (Mastodon 4.3), then one by one for what is
    missing there. Where no post stands, the instance itself must. A Part where it broke off.
    """
    base = str(memory.get("base") or "")
    start = f"mastodon:{_host(base)}/"
    ours = [i.removeprefix(start) for i in ids if base and i.startswith(start)]
    numbers = [number for number in ours if _NUMBER.fullmatch(number)]
    api = Api(web, RECHECKS)
    open_, missing = _in_batches(api, base, turn(numbers, MOST_RECHECKED, web.clock()))
    missing = numbers if missing is None else missing
    off = False
    for number in turn(missing, max(api.left - RESERVED, 0), web.clock()):
        status = api.ask(f"{base}/api/v1/statuses/{number}")
        if _is_status(status):
            open_[number] = _plain(status, base)["open"]
        elif api.trouble and api.trouble.status in (404, 410):
            open_[number] = False
        off = bool(api.rest_until or (api.trouble and api.trouble.status in (None, 429)))
        if off or api.left <= RESERVED:
            break
    gone = [f"{start}{number}" for number in numbers if open_.get(number) is False]
    lost = believed(gone, any(open_.values()), lambda: _stands(api, base))
    return Part(lost, None) if off else lost


def _in_batches(api: Api, base: str, numbers: list[str]) -> tuple[dict[str, bool], list[str] | None]:
    """By id whether a post may be read, and the ids it said nothing of; None where it knows no batches."""
    open_: dict[str, bool] = {}
    for at in range(0, len(numbers), BATCH):
        batch = numbers[at : at + BATCH]
        told = api.ask(f"{base}/api/v1/statuses", [("id[]", number) for number in batch])
        if not isinstance(told, list):
            return open_, None
        open_ |= {s["id"]: _plain(s, base)["open"] for s in told if _is_status(s) and s["id"] in batch}
    return open_, [number for number in numbers if number not in open_]


def _stands(api: Api, base: str) -> bool:
    """Whether the instance itself answers, by what it says of itself (before Mastodon 4, by v1)."""
    told = (api.ask(f"{base}/api/{version}/instance") for version in ("v2", "v1"))
    return any(isinstance(one, dict) and "version" in one for one in told)


def _timelines(source: Source, base: str) -> list[tuple[str, str, list[tuple[str, object]]]]:
    """Name, address and parameters of each timeline that is read."""
    tags = [str(tag) for tag in source.options.get("hashtags") or ()]
    timelines: list[tuple[str, str, list[tuple[str, object]]]] = [
        (f"#{tag}", f"{base}/api/v1/timelines/tag/{quote(tag, safe='')}", []) for tag in tags
    ]
    if source.options.get("local"):
        timelines.append(("local", f"{base}/api/v1/timelines/public", [("local", "true")]))
    if not timelines:
        raise CollectError("Its options name no timeline; write options: {hashtags: [ashfield]}.")
    return timelines


def _read(api: Api, url: str, parameters: list[tuple[str, object]], last: str | None) -> list[dict[str, Any]]:
    """What a timeline lists, newest first: one page, and more where the last one met is further back."""
    heard: dict[str, dict[str, Any]] = {}
    older: list[tuple[str, object]] = []
    while True:
        told = api.ask(url, [*parameters, ("limit", PAGE), *older])
        if told is None:
            if api.trouble and api.trouble.status == 404 and _is_unused(api.trouble):
                api.trouble = None
            break
        if not isinstance(told, list):
            api.trouble = Answer(url, 200, error=STRANGE, detail="no list", state="failing")
            break
        page = {status["id"]: status for status in told if _is_status(status)}
        fresh = page.keys() - heard.keys()
        heard |= page
        if not fresh or last is None or len(told) < PAGE:
            break
        oldest = min(page, key=_order)
        if _order(oldest) <= _order(last):
            break
        older = [("max_id", oldest)]
    return list(heard.values())


def _is_unused(answer: Answer) -> bool:
    """Whether the instance itself says that nobody has used a hashtag yet: empty is not broken."""
    said = parsed(answer.body or b"")
    return isinstance(said, dict) and "error" in said


def _is_status(thing: object) -> bool:
    number = thing.get("id") if isinstance(thing, dict) else None
    return isinstance(number, str) and _NUMBER.fullmatch(number) is not None


def _order(number: str) -> tuple[int, str]:
    """Ids are numbers that grow with time, written as text, but not promised to be numbers."""
    return len(number), number


def _plain(status: dict[str, Any], base: str) -> dict[str, Any]:
    """A status's own words and figures; of its account the address alone, for ``clean`` to hash."""
    account = status.get("account")
    account = account if isinstance(account, dict) else {}
    named = tidy(account.get("acct")) or ""
    may = (
        account.get("indexable") is True
        and not account.get("noindex")
        and not account.get("bot")
        and not account.get("suspended")
        and status.get("visibility") == "public"
        and not status.get("reblog")
    )
    return {
        "id": status["id"],
        "open": bool(may),
        "author": (named if "@" in named else f"{named}@{_host(base)}") if named and may else None,
        "html": tidy(status.get("content")) if may else None,
        "warning": tidy(status.get("spoiler_text")) if may else None,
        "created": status.get("created_at"),
        "edited": status.get("edited_at"),
        "answers": tidy(status.get("in_reply_to_id")),
        "replies": status.get("replies_count"),
        "score": status.get("favourites_count"),
    }


def _post(
    status: dict[str, Any], statuses: dict[str, dict[str, Any]], base: str, source: Source, now: datetime
) -> Post:
    created, edited = when(status["created"]), when(status["edited"])
    published = min(created or now, now)
    text = status["html"]
    return Post(
        id=f"mastodon:{_host(base)}/{status['id']}",
        source=source.name,
        channel=source.channel,
        kind="comment" if status["answers"] else "post",
        published=published,
        collected=now,
        url=f"{base}/statuses/{status['id']}",
        title=markup(status["warning"]),
        text=text[:LONGEST] if text else None,
        author=status["author"],
        thread=_thread(status, statuses, _host(base)),
        edited=min(edited, now) if edited and edited > published else None,
        dated=created is not None,
        replies=count(status["replies"]),
        score=count(status["score"]),
    )


def _thread(status: dict[str, Any], statuses: dict[str, dict[str, Any]], host: str) -> str | None:
    """The post that opened the conversation, as far as the same answer tells."""
    opener, steps = status, 0
    while opener["answers"] in statuses and steps <= len(statuses):
        opener, steps = statuses[opener["answers"]], steps + 1
    return None if opener is status or opener["answers"] else f"mastodon:{host}/{opener['id']}"


def _refused(answer: Answer) -> Answer:
    """A refusal in Mastodon's sense: 401 and 422 say that only members may look."""
    if answer.status in (401, 422):
        return replace(bare(answer), error=NEEDS_KEY, state="paused")
    return bare(answer)


def _host(base: str) -> str:
    return urlsplit(base).netloc
