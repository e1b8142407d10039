"""Facebook Page: the posts of the council's own Page and the comments under them.

In sources.yaml: ``kind: facebook_page``, ``channel: public``, ``options: {page: 123456789012345}``, the
Page's own number; ``url`` is not needed. Further options: ``depth`` (50: how many of the newest posts
each round looks at, up to 200), ``comments`` (true). The Page's access token stands in the environment
or in .env as FACEBOOK_PAGE_TOKEN, see ``facebook_keys``; without it the source is paused and says so.
Gives: text, dates, the writer's number for ``clean`` to hash, the post a comment belongs to, number of
replies. What the Page itself says is ``official``, everybody else's words are ``public``. What was
deleted or hidden since is found by ``recheck`` and, among what is listed, at once.
Does not give: names (none is asked for, those of people tagged in a text are masked), pictures,
reactions, links to posts (Facebook's name the Page or the writer), edits to comments of posts that
get no new ones, posts elsewhere that only tag the Page, groups, other people's Pages. Only ever reads.
Limits: 40 requests a round; 500 comments of one post a round, the older ones in the next; comments are
read again when their number or the newest changes, as far as requests reach. Error 80001 and its kin,
and the header X-Business-Use-Case-Usage, put the source to rest.
Terms: Meta Platform Terms. The token needs pages_read_engagement and pages_read_user_content, which
Meta grants after App Review, from somebody who may moderate the Page. What is deleted there must be
deleted here, so ``recheck`` is to be asked daily: 1,000 ids in a round, the next 1,000 in the next.
Checked: 2026-11-22, in Meta's reference as stored by others (Page feed, Object comments, Handle errors,
Rate limits; v25.0 and v26.0) and, against it, in what users of the API report (getopenpost/openpost #271
on replies, mobolic/facebook-sdk #510 on repeated pages, strohne/Facepager #129 on code 100).
Verified: never against Facebook itself; against a server in the tests that answers as that reference says.
"""

import json
import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from listening.area import Source
from listening.collect import facebook_graph
from listening.collect.api import when
from listening.collect.entry import markup
from listening.collect.facebook_keys import NEEDS_KEY, key
from listening.collect.gather import LONGEST, found
from listening.collect.turns import Part, turn
from listening.collect.web import Answer, Web
from listening.errors import CollectError
from listening.post import Found, Post

DEPTH = 50
NO_PAGE = "Its options name no Page; write options: {page: 123456789012345}."
MOST_RECHECKED = facebook_graph.MOST_RECHECKED
_PAGE = re.compile(r"[0-9]{5,20}")
_ID = re.compile(rf"facebook_page:({facebook_graph.NAME.pattern})")


def fetch(source: Source, memory: dict[str, Any], web: Web) -> Answer:
    """What Facebook says of the Page; paused where there is no token for it."""
    page = str(source.options.get("page") or "")
    if not _PAGE.fullmatch(page):
        raise CollectError(NO_PAGE)
    own = key(page, web.allow_private)
    if own is None:
        return Answer("", error=NEEDS_KEY, detail="no key", state="paused")
    depth, comments = source.options.get("depth", DEPTH), source.options.get("comments", True)
    return facebook_graph.look(page, depth, comments, memory, own, web)


def parse(answer: Answer, source: Source, now: datetime) -> Found:
    """The posts and comments of an Answer, newest first, and the ids of those hidden since.

    ``Found.memory`` adds to what every source remembers: ``page``, its number, and ``seen``, the
    number of comments by post, ``last``, the newest of them, and ``further``, where the older go on.
    """
    if answer.error or answer.body is None:
        raise CollectError(answer.error or "It sends an empty answer.")
    told = json.loads(answer.body)
    things = [*told["posts"], *told["comments"]]
    posts = [_post(thing, source, now) for thing in things if thing["shown"] and thing["text"]]
    hidden = [f"facebook_page:{thing['id']}" for thing in things if not thing["shown"]]
    memory = {"page": told["page"], "seen": told["seen"], "last": told["last"]}
    memory["further"] = told["further"] or None
    memory["min_interval"] = told["rest"]
    return found(posts, hidden, told["before"], memory, told["remarks"])


def recheck(ids: Sequence[str], memory: dict[str, Any], web: Web) -> list[str]:
    """Those of these ids that Facebook shows no longer, asked in batches of 50.

    Other platforms' ids are passed over. A Part where not all could be asked; CollectError where
    Facebook does not answer, or where there is no token to ask with.
    """
    page = str(memory.get("page") or "")
    own = key(page, web.allow_private) if _PAGE.fullmatch(page) else None
    names = [match[1] for i in ids if (match := _ID.fullmatch(i))]
    if not names:
        return []
    if own is None:
        raise CollectError(NEEDS_KEY)
    missing, upto = facebook_graph.gone(turn(names, MOST_RECHECKED, web.clock()), page, own, web)
    gone = [f"facebook_page:{name}" for name in missing]
    return Part(gone, f"facebook_page:{upto}") if upto else gone


def _post(thing: dict[str, Any], source: Source, now: datetime) -> Post:
    created = when(thing["created"])
    text = markup(thing["text"])
    return Post(
        id=f"facebook_page:{thing['id']}",
        source=source.name,
        channel="official" if thing["own"] else source.channel,
        kind="comment" if "thread" in thing else "post",
        published=min(created or now, now),
        collected=now,
        text=text[:LONGEST] if text else None,
        author=thing["author"],
        thread=f"facebook_page:{thing['thread']}" if "thread" in thing else None,
        dated=created is not None,
        replies=thing["answers"],
    )
