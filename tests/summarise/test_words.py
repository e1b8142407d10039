from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from listening.summarise import words

LONDON = ZoneInfo("Europe/London")
NOW = datetime(2026, 11, 3, 7, 30, tzinfo=UTC)  # a Tuesday


def test_a_moment_is_said_whole_and_on_the_local_clock() -> None:
    assert words.moment(NOW, LONDON) == "Tuesday 3 November, 07:30"
    assert words.moment(datetime(2026, 7, 1, 23, 5, tzinfo=UTC), LONDON) == "Thursday 2 July, 00:05"


@pytest.mark.parametrize(
    ("back", "day", "when", "since"),
    [
        (timedelta(hours=1), "today", "06:30", "06:30"),
        (timedelta(hours=9), "yesterday", "yesterday", "yesterday 22:30"),
        (timedelta(days=2), "Sunday", "Sunday", "Sunday 07:30"),
        (timedelta(days=6), "Wednesday", "Wednesday", "Wednesday 07:30"),
        (timedelta(days=7), "27 October", "27 October", "27 October, 07:30"),
        (timedelta(days=400), "29 September 2025", "29 September 2025", "29 September 2025, 08:30"),
    ],
)
def test_a_day_is_said_the_way_people_say_it(back: timedelta, day: str, when: str, since: str) -> None:
    at = NOW - back
    assert (words.day(at, NOW, LONDON), words.when(at, NOW, LONDON), words.since(at, NOW, LONDON)) == (
        day,
        when,
        since,
    )


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (20, "just now"),
        (60, "1 minute ago"),
        (250, "4 minutes ago"),
        (3 * 3600, "3 hours ago"),
        (90000, "1 day ago"),
    ],
)
def test_an_age_is_said_in_its_largest_whole_unit(seconds: int, said: str) -> None:
    assert words.ago(NOW - timedelta(seconds=seconds), NOW) == said


def test_numbers_agree_with_their_nouns() -> None:
    said = [
        words.count(1, "post"),
        words.count(0, "post"),
        words.count(1204, "account"),
        words.count(2, "query"),
    ]
    assert said == ["1 post", "0 posts", "1,204 accounts", "2 queries"]


def test_lists_and_small_numbers_are_words() -> None:
    assert words.listed(["bins"]) == "bins"
    assert words.listed(["bins", "buses", "parks"]) == "bins, buses and parks"
    assert [words.spelled(n) for n in (0, 2, 12)] == ["no", "two", "12"]
    assert words.listed([]) == ""


def test_a_label_in_a_sentence_keeps_its_abbreviation() -> None:
    assert [words.lower("Bins and waste"), words.lower("CCTV"), words.lower("SEND support")] == [
        "bins and waste",
        "CCTV",
        "SEND support",
    ]


def test_a_day_to_come_is_short() -> None:
    assert words.ahead(date(2026, 11, 5)) == "Thu 5 Nov"


def test_midnight_is_the_local_one_on_the_day_the_clock_changes() -> None:
    at = datetime(2026, 10, 25, 12, tzinfo=UTC)
    assert words.midnight(at, LONDON).astimezone(UTC) == datetime(2026, 10, 24, 23, tzinfo=UTC)


def test_bars_draw_the_week_small() -> None:
    assert words.bars([0, 0, 6, 12, 3]) == "▁▁▄▇▃"
    assert words.bars([0, 0]) == "▁▁"
    assert words.bars([]) == ""
