"""Public functions answer an ordinary mistake with a sentence that says what they need."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pandas as pd
import pytest

import listening
from listening.errors import WordsError
from listening.post import ANNOTATIONS, COLUMNS

NOW = datetime(2026, 11, 16, 8, tzinfo=UTC)
NAIVE = NOW.replace(tzinfo=None)
NONE = pd.DataFrame()
POSTS = pd.DataFrame(columns=[*COLUMNS, *ANNOTATIONS])
DAILY = pd.DataFrame(columns=["day", "issue", "place", "conversations", "posts"])
AREA: Any = "sources.yaml"


@pytest.mark.parametrize("given", [NONE, pd.DataFrame({"x": [1]}), None])
@pytest.mark.parametrize(
    ("ask", "who"),
    [
        (lambda frame: listening.stories(frame, NOW), "stories"),
        (lambda frame: listening.themes(frame), "themes"),
        (lambda frame: listening.phrases(frame, POSTS), "phrases"),
        (lambda frame: listening.phrases(POSTS, frame), "phrases, before,"),
        (lambda frame: listening.voices(frame), "voices"),
        (lambda frame: listening.trends(frame, NOW), "trends"),
        (lambda frame: listening.bursts(frame, NOW), "bursts"),
    ],
)
def test_a_frame_without_its_columns_is_a_sentence(
    ask: Callable[[Any], Any], who: str, given: pd.DataFrame | None
) -> None:
    needs = "a DataFrame; got NoneType" if given is None else "the columns .*; missing: "
    with pytest.raises(WordsError, match=rf"^{who} needs {needs}.*\(store\.(posts|counts)\(.*\) has"):
        ask(given)


def test_columns_without_rows_are_an_empty_answer() -> None:
    assert listening.stories(POSTS, NOW).empty
    assert listening.themes(POSTS).empty
    assert listening.phrases(POSTS, POSTS).empty
    assert listening.voices(POSTS).empty
    assert listening.trends(DAILY, NOW).empty
    assert listening.bursts(DAILY, NOW).empty


@pytest.mark.parametrize("now", [NAIVE, NAIVE.date(), "2026-11-16"])
@pytest.mark.parametrize(
    "ask",
    [
        lambda now: listening.stories(POSTS, now),
        lambda now: listening.trends(DAILY, now),
        lambda now: listening.bursts(DAILY, now),
    ],
)
def test_a_now_without_its_zone_is_a_sentence(ask: Callable[[Any], Any], now: Any) -> None:
    with pytest.raises(WordsError, match=r"^now (must be a datetime with|needs) its zone, such as datetime"):
        ask(now)


def test_annotate_says_what_it_was_given_amiss() -> None:
    area = listening.load("data/sample/sources.yaml")
    post = {"id": ["a"], "source": "Forum", "channel": "public", "text": "Bins.", "published": "rubbish"}
    with pytest.raises(WordsError, match=r"published must hold times such as 2026-.*; got 'rubbish'"):
        listening.annotate(pd.DataFrame(post), area)
    with pytest.raises(WordsError, match=r"annotate needs an Area, as listening.load.*; got 'sources.yaml'"):
        listening.annotate(POSTS, AREA)
    with pytest.raises(WordsError, match="a posts frame needs a DataFrame; got list"):
        listening.annotate(["Bins"], area)
