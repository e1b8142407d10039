"""A server that answers as Reddit does for the invented r/haverdale, and a clock that sleeping moves."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from misbehaving import NOW, Server, Visit, hurried, source

from listening.area import Source
from listening.collect.web import Web

REDDIT = Path(__file__).parent / "reddit"
TOKEN = "/api/v1/access_token"
NEW = "/r/haverdale/new"
TREE = "/comments/weir1/"
BRANCH = "/comments/weir1/_/aaa1"
MORE = "/api/morechildren/"
INFO = "/api/info/"
NEW_FEED = "/r/haverdale/new/.rss"
COMMENT_FEED = "/r/haverdale/comments/.rss"
SECRETS = {
    "REDDIT_CLIENT_ID": "id-hollyhock-1",
    "REDDIT_CLIENT_SECRET": "secret-bramble-2",
    "REDDIT_USERNAME": "council-listener-3",
    "REDDIT_PASSWORD": "password-thistle-4",
    "REDDIT_REFRESH_TOKEN": "refresh-sorrel-5",
    "REDDIT_FEED_TOKEN": "feed-yarrow-6",
    "REDDIT_FEED_USER": "feeduser-clover-7",
}
BEARER = "bearer-campion-8"
MARKS = (
    "[ Removed by Reddit on account of violating the [content policy](/help/contentpolicy). ]",
    "[ Removed by reddit in response to a copyright notice. ]",
    "[unavailable]",
    "[deleted]",
)
JSON = "application/json; charset=UTF-8"


class Clock:
    """Time of day that stands still but for sleeping."""

    def __init__(self) -> None:
        self.now = NOW
        self.naps: list[float] = []

    def __call__(self) -> datetime:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.naps.append(seconds)
        self.now += timedelta(seconds=seconds)


def web_of(clock: Clock, **changes: object) -> Web:
    return hurried(clock.naps, clock=clock, sleep=clock.sleep, **changes)


def subreddit(name: str = "r/haverdale", **options: Any) -> Source:
    options = {"subreddit": "haverdale", **options}
    return source(None, name, kind="reddit", channel="public", options=options)


def written(name: str) -> bytes:
    """A fixture's answer, without the note that says where its shape is from."""
    text = (REDDIT / name).read_text(encoding="utf-8")
    return json.dumps(json.loads(text)["answer"]).encode() if name.endswith(".json") else text.encode()


def lives(server: Server, **headers: str) -> None:
    """r/haverdale on an ordinary day."""
    token = {"access_token": BEARER, "token_type": "bearer", "expires_in": 86400, "scope": "*"}
    server.gives(TOKEN, body=json.dumps(token).encode(), Content_Type=JSON)
    for path, name in ((NEW, "new"), (TREE, "tree"), (BRANCH, "branch"), (MORE, "more"), (INFO, "info")):
        server.gives(path, body=written(f"{name}.json"), Content_Type=JSON, **headers)
    server.gives(NEW_FEED, body=written("new.atom"), Content_Type="application/atom+xml; charset=UTF-8")
    server.gives(COMMENT_FEED, body=written("comments.atom"), Content_Type="application/atom+xml")


def in_turn(server: Server, path: str, *manners: tuple[int, bytes, dict[str, str]]) -> None:
    """Answers a path with one after the other, and with the last from then on."""
    left = list(manners)

    def manner(visit: Visit) -> None:
        status, body, headers = left.pop(0) if len(left) > 1 else left[0]
        visit.say(status, body, **headers)

    server.does(path, manner)


def page(names: list[str], after: str | None = None, answers: int = 0) -> bytes:
    """A listing of submissions that are as short as can be."""
    children = [
        {
            "kind": "t3",
            "data": {"id": n, "name": f"t3_{n}", "title": n, "selftext": "", "author": "OldMillMoss"},
        }
        for n in names
    ]
    for child in children:
        child["data"] |= {"created_utc": 1794816000.0, "num_comments": answers, "score": 1, "edited": False}
    return json.dumps({"kind": "Listing", "data": {"children": children, "after": after}}).encode()


def pages(server: Server, total: int, answers: int = 0) -> None:
    """A subreddit of many submissions, listed in pages as they are asked for."""

    def manner(visit: Visit) -> None:
        asked = dict(part.split("=") for part in visit.path.partition("?")[2].split("&"))
        first = int(asked["after"].removeprefix("t3_p")) + 1 if "after" in asked else 0
        size = min(int(asked["limit"]), 100)
        names = [f"p{n}" for n in range(first, min(first + size, total))]
        after = f"t3_{names[-1]}" if names and first + size < total else None
        visit.say(200, page(names, after, answers), Content_Type=JSON)

    server.does(NEW, manner)
