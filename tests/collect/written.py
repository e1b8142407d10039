"""Feeds written in a test, and what the collector reads in them."""

from datetime import datetime
from hashlib import sha256

from misbehaving import NOW, source

from listening.collect import feed
from listening.collect.web import Answer
from listening.post import Found

URL = "https://courier.example/rss"


def answer(body: bytes, **headers: str) -> Answer:
    return Answer(URL, 200, {name.replace("_", "-"): value for name, value in headers.items()}, body)


def parse(body: bytes | str, now: datetime = NOW, **changes: object) -> Found:
    body = body.encode() if isinstance(body, str) else body
    return feed.parse(answer(body), source(URL, **changes), now)


def rss(*items: str) -> str:
    written = "".join(f"<item>{i}</item>" for i in items)
    return f"<rss version='2.0'><channel><title>x</title>{written}</channel></rss>"


def id_of(name: str) -> str:
    return "feed:" + sha256(name.encode()).hexdigest()[:32]
