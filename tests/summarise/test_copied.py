"""What is said beside a post that others repeat, and how many outlets tell one text."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pandas as pd
import pytest
from small import frame, post

from listening.summarise.copied import Elsewhere, copied, outlets
from listening.summarise.rows import each
from listening.summarise.stories import corroboration

NOW = datetime(2026, 11, 16, 8, tzinfo=UTC)
HOUR = timedelta(hours=1)


def item(id: str, source: str, hours: int = 0, **given: Any) -> dict[str, Any]:
    url = f"https://example.org/{id}"
    return post(id, NOW + hours * HOUR, source=source, author=None, url=url, **({"channel": "press"} | given))


def beside(*rows: dict[str, Any]) -> Any:
    """What is said beside the first row."""
    every = frame(*rows)
    return copied(next(each(every)), every.iloc[1:])


def test_an_article_says_in_how_many_other_outlets_it_stands_and_where() -> None:
    found = beside(
        item("a", "Courier"),
        item("b", "Dale Radio", 1, copy_of="a"),
        item("c", "Gazette", 2, copy_of="a", dated=False),
        item("d", "Gazette", 3, copy_of="a"),
        item("x", "Gazette", 4, copy_of="another"),
    )
    assert found.sentence == "Also in: 2 other outlets"
    assert found.where == (
        Elsewhere("Gazette", NOW + 3 * HOUR, True, "https://example.org/d"),
        Elsewhere("Gazette", NOW + 2 * HOUR, False, "https://example.org/c"),
        Elsewhere("Dale Radio", NOW + HOUR, True, "https://example.org/b"),
    )


def test_the_same_words_from_thirty_people_are_one_text_and_thirty_accounts() -> None:
    rows = [post(str(n), NOW, author=f"v{n}", copy_of="0" if n else None) for n in range(30)]
    assert beside(*rows).sentence == "The same words from 30 accounts"


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([post("a", NOW), post("b", NOW, author="va", copy_of="a")], "Posted 2 times"),
        ([item("a", "Courier"), item("b", "Courier", copy_of="a")], "Posted 2 times"),
        (
            [
                item("a", "Courier"),
                item("b", "Radio", copy_of="a"),
                *(post(n, NOW, copy_of="a") for n in "cd"),
            ],
            "Also in: 1 other outlet · The same words from 2 accounts",
        ),
    ],
)
def test_one_account_and_one_source_are_no_others(rows: list[dict[str, Any]], sentence: str) -> None:
    assert beside(*rows).sentence == sentence


def test_a_post_that_nobody_repeats_says_nothing() -> None:
    assert beside(post("a", NOW), post("b", NOW), post("c", NOW, copy_of="b")) is None


def test_a_copy_that_is_held_back_is_not_linked_to() -> None:
    found = beside(item("a", "Courier"), item("b", "Radio", copy_of="a", flags=["accusation"]))
    assert [place.url for place in found.where] == [None]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([item("a", "Courier"), item("b", "Radio")], "2 outlets"),
        ([item("a", "Courier"), item("b", "Radio", copy_of="a")], "1 outlet"),
        ([item("b", "Radio", copy_of="a"), item("c", "Gazette", copy_of="a")], "1 outlet"),
        ([item("a", "Courier"), item("b", "Radio", copy_of="a"), item("c", "Radio")], "2 outlets"),
        ([item("a", "Council", channel="official"), item("b", "Radio", copy_of="a")], "official"),
        ([item("a", "Council", channel="official"), item("b", "Radio")], "official + 1 outlet"),
        ([post("a", NOW)], "residents only"),
    ],
)
def test_one_text_in_two_outlets_is_one_outlets(rows: list[dict[str, Any]], said: str) -> None:
    assert corroboration(frame(*rows)) == said


def test_the_outlet_that_had_the_text_first_is_named() -> None:
    rows = frame(item("b", "Radio", -1, copy_of="a"), item("a", "Courier"), item("c", "Gazette"))
    assert sorted(outlets(rows)) == ["Courier", "Gazette"]
    assert isinstance(outlets(rows[:0]), pd.Series)
