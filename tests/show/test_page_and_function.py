"""A page and the functions for notebooks say the same figures of one place and time."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from screen import SAMPLE, read
from streamlit.testing.v1 import AppTest

import listening
from listening.area import load
from listening.store import connect

NOW = datetime(2026, 11, 16, tzinfo=UTC)  # midnight: the last 7 whole days are the 7 × 24 hours of the page
WEEK = timedelta(days=7)
SAID = (
    r"{ward}: (\d+) posts this week, usually (\d+)–(\d+)\n"
    r"From (\d+) accounts on \d+ sources\. The loudest three accounts wrote (\d+) of the (\d+) posts\.\n"
    r"(Rising|Falling|No clear change)(?:.* (\d+) in the week before)?"
)


@pytest.mark.parametrize(("ward", "before"), [("Larkford Bridge", True), ("Millgate", False)])
def test_trends_and_voices_say_of_a_ward_what_its_page_says(
    open_page: Callable[..., AppTest], sample_store: str, ward: str, before: bool
) -> None:
    lines = read(open_page("trends", ward=ward, now="2026-11-16T00:00"), key="today")
    page = re.search(SAID.format(ward=ward), "\n".join(lines))
    assert page, lines
    store, area = connect(sample_store), load(SAMPLE)
    since = NOW - 27 * WEEK
    daily = store.counts(by=["day", "place"], since=since, places=[ward], channels=["public"])
    two = store.tally(NOW - 2 * WEEK, NOW, by="block", block=WEEK, wards=[ward]).assign(place=ward)
    [moved] = listening.trends(daily, NOW, area.zone, current=two).to_dict("records")
    posts = store.posts(NOW - WEEK, NOW, wards=[ward], channels=["public"])
    voices = listening.voices(posts[posts["copy_of"].isna()])
    store.close()
    loudest = round(voices["loudest_three"].iloc[0] * voices["posts"].sum())
    figures = [moved["posts"], moved["low"], moved["high"], voices["accounts"].sum(), loudest, moved["posts"]]
    assert [int(n) for n in page.groups()[:6]] == figures
    assert page[7].lower() == moved["direction"]
    assert (page[8] is not None) == before
    assert not before or int(page[8]) == moved["before"]


@pytest.mark.parametrize(
    ("ward", "issue", "said"),
    [
        ("Larkford Bridge", "drains-water", "Rising: 16 posts, against none in the week before."),
        ("Larkford Bridge", "bins-waste", "Rising: 12 posts, against 2 in the week before."),
        (None, "parking", "Rising: 70 posts, against 28 in the week before."),
    ],
)
def test_trends_given_a_tally_says_the_direction_its_page_says(
    open_page: Callable[..., AppTest], sample_store: str, ward: str | None, issue: str, said: str
) -> None:
    place = {"ward": ward} if ward else {}
    assert said in "\n".join(read(open_page("trends", issue=issue, **place), key="today"))
    store, area = connect(sample_store), load(SAMPLE)
    now, wards = area.clock, [ward] if ward else None
    daily = store.counts(by=["day", "issue"], places=wards)
    two = store.tally(now - 2 * WEEK, now, by=["issue", "block"], block=WEEK, wards=wards)
    store.close()
    moved = listening.trends(daily, now, area.zone, current=two).set_index("issue").loc[issue]
    before = moved["before"] or "none"
    assert (
        f"{moved['direction'].capitalize()}: {moved['posts']} posts, against {before} in the week before."
        == said
    )
