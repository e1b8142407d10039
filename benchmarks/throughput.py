"""Posts a second from feed bytes to stored, analysed posts, beside the plain script a user would write.

Data: 10,000 invented posts of the sample area in 200 RSS documents of 50, made here. Both sides get
the same bytes, in the same process, in turns; the best of three rounds of each counts.
The plain script: feedparser, VADER on the whole text, pandas ``to_sql``. It cleans, redacts, matches
and counts nothing. "The same steps plainly" adds selectolax, the redaction, and a regular
expression per issue and place list, still one post at a time.
"""

import re
import sqlite3
import tempfile
import time
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path
from xml.sax.saxutils import escape

import feedparser
import pandas as pd
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

import listening
from benchmarks.local import configuration
from listening import pipeline, post, sample
from listening.area import Area
from listening.clean import text as clean_text
from listening.collect import feed
from listening.collect.web import Answer
from listening.store import keys

POSTS, PER_FEED, ROUNDS = 10_000, 50, 3
KEY = bytes(32)


def documents() -> list[bytes]:
    area = listening.load(sample.making.HOME)
    posts = sample.posts(area).sample(POSTS, random_state=1).sort_values("published")
    return [rss(posts.iloc[i : i + PER_FEED]) for i in range(0, POSTS, PER_FEED)]


def rss(posts: pd.DataFrame) -> bytes:
    """A feed of these posts."""
    items = "".join(
        f"<item><guid isPermaLink='false'>{escape(p.id)}</guid><title>{escape(p.title or '')}</title>"
        f"<link>https://forum.example/{i}</link><description>{escape(p.text or '')}</description>"
        f"<pubDate>{format_datetime(p.published.to_pydatetime())}</pubDate></item>"
        for i, p in enumerate(posts.itertuples())
    )
    return (
        f"<?xml version='1.0'?><rss version='2.0'><channel><title>x</title>{items}</channel></rss>".encode()
    )


def ours(feeds: list[bytes], folder: Path, area: Area) -> None:
    store = listening.connect(f"sqlite:///{folder / 'ours.db'}")
    now = datetime(2026, 11, 16, 8, tzinfo=UTC)
    key = keys.key(store, area, make=True)
    source = area.sources[0]
    batch = []
    for body in feeds:
        batch += feed.parse(Answer(body=body, status=200, url=source.url), source, now).posts
        if len(batch) >= 2_000:
            pipeline.understand(post.frame(batch), area, store, key, now)
            batch = []
    if batch:
        pipeline.understand(post.frame(batch), area, store, key, now)
    assert len(store.posts(noise=True)) == POSTS


def plain(feeds: list[bytes], folder: Path) -> None:
    analyser = SentimentIntensityAnalyzer()
    with sqlite3.connect(folder / "plain.db") as db:
        for body in feeds:
            rows = [
                {
                    "title": e.title,
                    "text": e.summary,
                    "published": e.get("published"),
                    "tone": analyser.polarity_scores(f"{e.title} {e.summary}")["compound"],
                }
                for e in feedparser.parse(body).entries
            ]
            pd.DataFrame(rows).to_sql("posts", db, if_exists="append", index=False)


def same_steps(feeds: list[bytes], folder: Path, area: Area) -> None:
    analyser = SentimentIntensityAnalyzer()
    patterns = {i.slug: _pattern(i.terms) for i in area.issues if i.terms}
    places = _pattern(tuple(p.name.lower() for p in area.places))
    private = [re.compile(p) for p in PRIVATE]
    rows = []
    for body in feeds:
        for entry in feedparser.parse(body).entries:
            said = clean_text.plain(f"{entry.title}. {entry.summary}")
            for pattern in private:
                said = pattern.sub("[hidden]", said)
            low = said.lower()
            tones = [analyser.polarity_scores(s)["compound"] for s in re.split(r"(?<=[.!?])\s+", said)]
            rows.append(
                {
                    "text": said,
                    "tone": sum(tones) / len(tones),
                    "issues": ",".join(s for s, p in patterns.items() if p.search(low)),
                    "places": ",".join(places.findall(low)),
                }
            )
    with sqlite3.connect(folder / "same.db") as db:
        pd.DataFrame(rows).to_sql("posts", db, index=False)


PRIVATE = (
    r"[\w.+-]+@[\w-]+\.[\w.]+",
    r"(?:\+44|0)\d[\d ]{8,11}",
    r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}",
    r"\b[A-Z]{2}\d{2} ?[A-Z]{3}\b",
    r"[@]\w+",
    r"\b\d+[A-Za-z]? (?=[A-Z]\w+ (?:Road|Street|Lane))",
)


def _pattern(terms: tuple[str, ...]) -> re.Pattern[str]:
    words = "|".join(re.escape(t.rstrip("*")) + (r"\w*" if t.endswith("*") else "") for t in terms)
    return re.compile(rf"\b(?:{words})\b")


def main() -> str:
    feeds = documents()
    best: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        area = listening.load(configuration(Path(folder), {"Forum": "http://127.0.0.1/feed"}, "public"))
        for _ in range(ROUNDS):
            for name, run in (
                ("ours", lambda f: ours(feeds, f, area)),
                ("plain script", lambda f: plain(feeds, f)),
                ("the same steps plainly", lambda f: same_steps(feeds, f, area)),
            ):
                with tempfile.TemporaryDirectory() as fresh:
                    begun = time.perf_counter()
                    run(Path(fresh))
                    best[name] = min(best.get(name, 1e9), time.perf_counter() - begun)
    rows = "".join(
        f"| {name} | {POSTS / seconds:,.0f} | {seconds / best['ours']:.2f} |\n"
        for name, seconds in best.items()
    )
    return (
        f"## throughput\n\nFeed bytes to stored, analysed posts: {POSTS:,} posts, {len(feeds)} documents,"
        f" best of {ROUNDS} (`benchmarks/throughput.py`).\n\n"
        f"| | posts a second | its time over ours |\n|---|--:|--:|\n{rows}"
    )


if __name__ == "__main__":
    print(main())
