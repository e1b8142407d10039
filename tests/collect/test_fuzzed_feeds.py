"""Feeds damaged at random: understood, or refused in words; never an exception, never an unsafe post."""

import re
from datetime import timedelta

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from misbehaving import FEEDS, NOW, source

from listening import analyse, clean, sample
from listening.area import load
from listening.collect import feed
from listening.collect.web import Answer
from listening.errors import CollectError
from listening.post import ANNOTATIONS, COLUMNS, Found, frame

WRITTEN = sorted(FEEDS.iterdir())
AREA = load(sample.making.HOME)
KEY = bytes(32)
PIECES = [
    b"<", b">", b"&", b"]]>", b"<![CDATA[", b"<!--", b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b"&a;", b"&#0;",
    b"\xff\xfe", b"\x00", b"</item>", b"<item>", b"<entry xmlns='x'>",
    b"<?xml version='1.0' encoding='utf-7'?>",
    b"{", b"[[[[", b'"', b"\\ud800", b"<pubDate>9999-99-99</pubDate>", b"<link>javascript:x</link>",
    b"\xed\xa0\x80", b"e\xcc\x81" * 50,
]  # fmt: skip
CALM = settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A feed as it is written, cut, doubled and with things put into it."""
    body = draw(st.sampled_from(WRITTEN)).read_bytes()
    for _ in range(draw(st.integers(1, 4))):
        at, width = draw(st.integers(0, len(body))), draw(st.integers(0, 200))
        body = draw(
            st.sampled_from(
                [
                    body[:at],
                    body[:at] + body[at + width :],
                    body[:at] + body[at : at + width] * 3 + body[at:],
                    body[:at] + draw(st.sampled_from(PIECES) | st.binary(max_size=20)) + body[at:],
                ]
            )
        )
    return body


@CALM
@given(damaged(), st.sampled_from(["", "application/xml; charset=utf-16", "text/html; charset=shift_jis"]))
@example(b"", "")
def test_a_damaged_feed_is_understood_or_refused_in_words(body: bytes, said: str) -> None:
    answer = Answer("https://courier.example/rss", 200, {"content-type": said} if said else {}, body)
    refused: list[str] = []
    found = Found([])
    try:
        found = feed.parse(answer, source(), NOW)
    except CollectError as refusal:
        refused.append(str(refusal))
    assert all(re.fullmatch(r"[A-Z][^<>]*\.", sentence) for sentence in refused)
    assert len({post.id for post in found.posts}) == len(found.posts)
    for post in found.posts:
        assert post.url is None or re.match(r"https?://[^/]", post.url)
        assert post.published <= NOW
        assert post.published.utcoffset() == timedelta(0)
    rows = clean.run(frame(found.posts), AREA, KEY)
    words = [text for name in ("title", "text") for text in rows[name].dropna()]
    assert not [text for text in words if re.search(r"<script|onerror=|[\x00\u202e\ud800-\udfff]", text)]


@CALM
@given(st.lists(st.text(max_size=300), min_size=1, max_size=4))
def test_any_words_at_all_are_cleaned_and_understood(texts: list[str]) -> None:
    (example_row,) = sample.posts(AREA).head(1).to_dict("records")
    posts = [dict(example_row, id=f"fuzz:{n}", title=None, text=text) for n, text in enumerate(texts)]
    import pandas as pd

    rows = clean.run(pd.DataFrame(posts)[list(COLUMNS)], AREA, KEY)
    done = analyse.run(rows, AREA)
    assert set(ANNOTATIONS) <= set(done.columns)
    assert done.index.equals(rows.index)
    for text in rows["text"].dropna():
        text.encode("utf-8")  # can be written anywhere
