"""The whole room: raw posts in, clean posts out."""

from datetime import UTC, datetime

import pandas as pd

from listening import clean
from listening.area import Area
from listening.clean.voices import pseudonym
from listening.post import COLUMNS, Post, frame

NOW = datetime(2026, 11, 16, 8, tzinfo=UTC)
KEY = b"k" * 32


def post(**said: object) -> Post:
    usual = {
        "id": "reddit:1",
        "source": "r/Larkford",
        "channel": "public",
        "kind": "post",
        "published": NOW,
        "collected": NOW,
    }
    return Post(**{**usual, **said})  # type: ignore[arg-type]


def test_a_post_comes_out_plain_redacted_pseudonymous_and_placed(area: Area) -> None:
    raw = post(
        title="<b>My neighbour Ffion</b>",
        text="<p>@jane says NG17 4EA floods, ring 07700 900123</p>",
        url="https://www.reddit.com/r/Larkford/comments/1/slug",
        author="Jane_Doe",
        thread="reddit:1",
    )
    cleaned = clean.run(frame([raw]).set_index(pd.Index([7])), area, KEY)
    expected = post(
        title="My neighbour [name]",
        text="[account] says NG17 4… floods, ring [phone]",
        url="https://www.reddit.com/r/Larkford/comments/1",
        author=pseudonym("jane_doe", "reddit", KEY),
        thread="reddit:1",
        place_hint="X05000001",
    )
    pd.testing.assert_frame_equal(cleaned, frame([expected]).set_index(pd.Index([7])))


def test_press_and_official_posts_have_no_voice_and_keep_names(area: Area) -> None:
    posts = frame(
        [
            post(channel=c, text="Mrs Fenwick, 12 Mill Road", author="A Reporter")
            for c in ("press", "official")
        ]
    )
    cleaned = clean.run(posts, area, KEY)
    assert cleaned["author"].tolist() == [None, None]
    assert cleaned["text"].tolist() == ["Mrs Fenwick, [number] Mill Road"] * 2


def test_absent_fields_stay_absent_and_nothing_but_markup_is_absent_too(area: Area) -> None:
    cleaned = clean.run(
        frame([post(), post(text="<p></p>", url="javascript:x", author="[deleted]")]), area, KEY
    )
    assert cleaned[["title", "text", "url", "author", "place_hint"]].isna().all().all()


def test_a_hint_the_collector_gave_is_kept(area: Area) -> None:
    cleaned = clean.run(frame([post(text="at NG17 4EA", place_hint="X05000002")]), area, KEY)
    assert cleaned["place_hint"].tolist() == ["X05000002"]


def test_an_empty_frame_comes_back_empty_with_all_columns(area: Area) -> None:
    cleaned = clean.run(frame([]), area, KEY)
    assert cleaned.columns.tolist() == list(COLUMNS)
    assert len(cleaned) == 0


def test_what_came_in_is_not_changed(area: Area) -> None:
    posts = frame([post(text="ring 07700 900123", author="jane")])
    before = posts.copy(deep=True)
    clean.run(posts, area, KEY)
    pd.testing.assert_frame_equal(posts, before)
