import math
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pandas as pd
import pytest

from listening.errors import WordsError
from listening.summarise.trends import Usual, change, stands, trends, usual, usually, weekly, wilson

NOW = datetime(2026, 11, 3, 7, 30, tzinfo=UTC)


def test_the_usual_range_leaves_out_one_week_in_ten_and_no_more() -> None:
    weeks = pd.Series([7] * 22 + [0, 40, 5, 13])
    assert usual(weeks) == Usual(5, 13, 26)


def test_only_the_newest_26_weeks_count() -> None:
    assert usual(pd.Series([500] * 10 + [4] * 26)) == Usual(4, 4, 26)


def test_seven_weeks_are_too_few_for_a_range_and_eight_are_enough() -> None:
    assert usual(pd.Series([3] * 7)) is None
    assert usual(pd.Series([3] * 8)) == Usual(3, 3, 8)


@pytest.mark.parametrize(
    ("found", "weeks", "said"),
    [
        (Usual(5, 13, 26), 26, "usually 5–13"),
        (Usual(0, 0, 26), 26, "usually none"),
        (Usual(4, 4, 26), 26, "usually 4"),
        (Usual(1380, 1470, 26), 26, "usually 1,380–1,470"),
        (None, 3, "no usual range yet: heard for 3 weeks"),
        (None, 1, "no usual range yet: heard for 1 week"),
    ],
)
def test_a_range_is_said_in_plain_words(found: Usual | None, weeks: int, said: str) -> None:
    assert usually(found, weeks) == said


def test_a_figure_lies_above_below_or_within_its_range() -> None:
    assert [stands(n, Usual(5, 13, 26)) for n in (4, 5, 13, 14)] == ["below", "within", "within", "above"]
    assert stands(4, None) is None


def test_a_block_holds_seven_whole_days_and_days_without_a_row_are_noughts() -> None:
    daily = pd.Series(
        {date(2026, 10, 26): 2, date(2026, 10, 20): 5, date(2026, 10, 19): 1, date(2026, 10, 27): 99}
    )
    assert weekly(daily, date(2026, 10, 10), date(2026, 10, 27)).tolist() == [1, 7]


@pytest.mark.parametrize("shape", [lambda daily: daily, dict])
def test_midnights_of_a_zone_are_its_own_days(shape: Callable[[pd.Series], Any]) -> None:
    days = pd.date_range("2026-07-06", periods=14, tz="Europe/London")
    daily = pd.Series([9, *[1] * 6, 20, *[2] * 6], index=days)
    assert weekly(shape(daily), date(2026, 7, 6), date(2026, 7, 20)).tolist() == [15, 32]


def test_a_day_without_a_number_is_a_nought() -> None:
    daily = pd.Series([1, math.nan, 2], index=[date(2026, 10, 20), date(2026, 10, 21), date(2026, 10, 22)])
    assert weekly(daily, date(2026, 10, 20), date(2026, 10, 27)).tolist() == [3]


def test_days_before_anybody_was_heard_are_no_silence() -> None:
    assert weekly(pd.Series({date(2026, 10, 26): 2}), date(2026, 10, 24), date(2026, 10, 27)).tolist() == []


def test_longer_blocks_overlap_and_step_a_week() -> None:
    daily = pd.Series({date(2026, 10, 1) + timedelta(days=n): 1 for n in range(35)})
    assert weekly(daily, date(2026, 10, 1), date(2026, 11, 5), 28).tolist() == [28, 28]


def test_wilson_gives_the_published_interval() -> None:
    # Newcombe (1998), table I: 81 of 263 → .2553 to .3662
    assert wilson(81, 263) == (pytest.approx(0.2553, abs=5e-5), pytest.approx(0.3662, abs=5e-5))
    assert wilson(0, 0) == (0.0, 1.0)


@pytest.mark.parametrize(
    ("before", "after", "accounts", "said"),
    [
        (10, 12, 20, "no clear change"),
        (10, 30, 30, "rising"),
        (30, 10, 30, "falling"),
        (0, 9, 9, "no clear change"),
        (0, 0, 0, "no clear change"),
    ],
)
def test_an_arrow_needs_a_change_that_chance_seldom_makes_and_ten_accounts(
    before: int, after: int, accounts: int, said: str
) -> None:
    assert change(before, after, accounts) == said


def test_trends_compares_the_last_week_of_a_cell_with_the_one_before_and_its_usual() -> None:
    days = pd.date_range("2026-08-01", "2026-11-02")
    daily = pd.DataFrame({"day": days, "issue": "bins", "posts": 1, "conversations": 1, "voices": 1})
    daily.loc[daily["day"] >= "2026-10-27", ["posts", "conversations", "voices"]] = 12
    rows = trends(daily, NOW)
    assert rows.to_dict("records") == [
        {"issue": "bins", "posts": 84, "before": 7, "low": 7, "high": 7, "weeks": 12, "direction": "rising"}
    ]


def test_a_rise_is_not_judged_from_daily_accounts_and_is_from_exact_ones() -> None:
    days = pd.date_range("2026-08-01", "2026-11-02")
    quiet = pd.DataFrame({"day": days, "issue": "bins", "posts": 0, "conversations": 0, "voices": 0})
    rise = quiet.tail(7).assign(posts=2, conversations=2, voices=2)  # 14 accounts, two a day
    new = {"issue": "new", "block": 0, "posts": 3, "conversations": 3, "voices": 3}
    met = {"issue": "bins", "block": 0, "posts": 15, "conversations": 14, "voices": 14}
    daily, current = pd.concat([quiet, rise]), pd.DataFrame([new, met])
    row = {"issue": "bins", "posts": 14, "before": 0, "low": 0, "high": 0, "weeks": 12}
    assert trends(daily, NOW).to_dict("records") == [row | {"direction": "not judged"}]
    loud = daily.assign(conversations=daily["conversations"] * 20).drop(columns="voices")
    alone = trends(loud, NOW)
    assert alone["direction"].tolist() == ["not judged"], "conversations are no accounts"
    assert trends(daily, NOW, current=current).to_dict("records") == [
        row | {"posts": 15, "direction": "rising"},
        row | {"issue": "new", "posts": 3, "direction": "not judged"},
    ]
    gone = trends(daily, NOW, current=current.assign(block=1))
    assert gone[["posts", "before", "direction"]].values.tolist() == [
        [0, 15, "falling"],
        [0, 3, "not judged"],
    ]


@pytest.mark.parametrize(
    "current",
    [
        pd.DataFrame({"issue": ["bins"], "posts": [1], "voices": [1], "conversations": [1]}),
        pd.DataFrame({"issue": ["bins"] * 2, "block": 0, "posts": 1, "voices": 1, "conversations": 1}),
    ],
    ids=["without block", "twice"],
)
def test_exact_figures_in_another_shape_are_refused(current: pd.DataFrame) -> None:
    daily = pd.DataFrame({"day": [date(2026, 11, 1)], "issue": "bins", "posts": 1})
    with pytest.raises(WordsError, match=r"one row a cell and block, with the columns issue, block, posts"):
        trends(daily, NOW, current=current)


def test_trends_of_nothing_is_no_rows() -> None:
    assert trends(pd.DataFrame({"day": [], "posts": []}), NOW).empty
    new = pd.DataFrame({"day": pd.Series([], dtype="datetime64[us]"), "issue": [], "posts": []})
    assert trends(new, NOW).empty, "as a new store gives it"
