import math
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from listening.errors import WordsError
from listening.summarise.bursts import (
    FALSE_ALARMS_AREA,
    FALSE_ALARMS_WARD,
    bursts,
    calm,
    rising,
    significant,
    smallest,
    tail,
    talked,
)
from listening.summarise.trends import Usual

NOW = datetime(2026, 11, 16, 7, 45, tzinfo=UTC)
PARENTS = {"Bridge": "town:Larkford", "Park": "town:Larkford", "Eastgate": "town:Stenby"} | {
    "town:Larkford": "X07",
    "town:Stenby": "X07",
}


def quiet(rate: float = 0.3, issues: tuple[str, ...] = ("bins", "flooding"), weeks: int = 26) -> pd.DataFrame:
    """Ordinary weeks: each cell with a steady trickle, one conversation a post."""
    days = pd.date_range(end="2026-11-08", periods=7 * weeks)
    rng = np.random.default_rng(7)
    cells = [(i, p) for i in issues for p in (*PARENTS, "X07")]
    rows = [
        (d, i, p, n, n, n)
        for i, p in cells
        for d, n in zip(days, rng.poisson(rate, len(days)), strict=True)
        if n
    ]
    return pd.DataFrame(rows, columns=["day", "issue", "place", "conversations", "voices", "posts"])


def current(*cells: tuple[str, str, int, int]) -> pd.DataFrame:
    rows = [(i, p, c, v, c) for i, p, c, v in cells]
    return pd.DataFrame(rows, columns=["issue", "place", "conversations", "voices", "posts"])


@pytest.mark.parametrize(
    ("count", "mean", "variance", "expected"),
    [
        (0, 2.0, 2.0, 1.0),
        (3, 1.0, 1.0, 1 - math.exp(-1) * 2.5),
        (1, 2.0, 4.0, 0.75),  # size 2, p .5: the chance of nought is a quarter
        (2, 2.0, 4.0, 0.5),  # and of one another quarter
    ],
)
def test_the_tail_is_that_of_the_negative_binomial(
    count: int, mean: float, variance: float, expected: float
) -> None:
    assert tail(count, mean, variance) == pytest.approx(expected, rel=1e-12)


def test_the_tail_stays_right_where_the_chance_is_tiny() -> None:
    exact = sum(math.exp(k * math.log(0.5) - 0.5 - math.lgamma(k + 1)) for k in range(60, 120))
    assert tail(60, 0.5, 0.5) == pytest.approx(exact, rel=1e-9)


def test_benjamini_hochberg_keeps_those_below_their_rank() -> None:
    p = pd.Series([0.001, 0.012, 0.02, 0.2])
    assert significant(p).tolist() == [True, True, True, False]
    assert significant(p, tests=100).tolist() == [False, False, False, False]
    assert significant(pd.Series([0.0001, 0.9]), tests=100).tolist() == [True, False]


def test_a_flood_is_reported_at_the_ward_that_carries_it() -> None:
    now = current(
        ("flooding", "Bridge", 40, 30), ("flooding", "town:Larkford", 42, 31), ("flooding", "X07", 43, 31)
    )
    rows = bursts(quiet(), NOW, current=now, parents=PARENTS)
    assert rows[["issue", "place", "conversations", "weeks"]].to_dict("records") == [
        {"issue": "flooding", "place": "Bridge", "conversations": 40, "weeks": 26}
    ]


def test_a_flood_in_two_wards_is_reported_at_their_town() -> None:
    now = current(
        ("flooding", "Bridge", 22, 20),
        ("flooding", "Park", 20, 18),
        ("flooding", "town:Larkford", 44, 38),
        ("flooding", "X07", 45, 38),
    )
    assert bursts(quiet(), NOW, current=now, parents=PARENTS)["place"].tolist() == ["town:Larkford"]


def test_without_parents_every_place_stands_for_itself() -> None:
    now = current(("flooding", "Bridge", 40, 30), ("flooding", "town:Larkford", 42, 31))
    assert sorted(bursts(quiet(), NOW, current=now)["place"]) == ["Bridge", "town:Larkford"]


@pytest.mark.parametrize(
    ("conversations", "accounts"),
    [(2, 9), (9, 2)],
    ids=["two conversations", "two accounts"],
)
def test_a_burst_needs_three_conversations_and_three_accounts(conversations: int, accounts: int) -> None:
    daily = quiet(rate=0.01)
    assert bursts(daily, NOW, current=current(("bins", "Bridge", conversations, accounts))).empty
    assert len(bursts(daily, NOW, current=current(("bins", "Bridge", 9, 9)))) == 1


def test_an_ordinary_week_has_no_bursts() -> None:
    now = current(("flooding", "Bridge", 3, 3), ("bins", "Park", 4, 4), ("bins", "X07", 5, 5))
    assert bursts(quiet(), NOW, current=now, parents=PARENTS).empty


def test_fewer_than_eight_weeks_judge_nothing() -> None:
    now = current(("flooding", "Bridge", 40, 30))
    assert bursts(quiet(weeks=7), NOW, current=now).empty
    assert len(bursts(quiet(weeks=8), NOW, current=now)) == 1


def test_without_exact_figures_the_last_seven_days_are_added_up() -> None:
    days = pd.date_range("2026-11-12", "2026-11-15")
    rush = pd.DataFrame(
        {"day": days, "issue": "flooding", "place": "Bridge", "conversations": 10, "voices": 8, "posts": 12}
    )
    rows = bursts(pd.concat([quiet(), rush]), NOW)
    assert rows[["issue", "place", "conversations", "voices", "posts"]].to_dict("records") == [
        {"issue": "flooding", "place": "Bridge", "conversations": 40, "voices": 8, "posts": 48}
    ]


def test_no_posts_at_all_are_no_bursts() -> None:
    assert bursts(quiet().iloc[:0], NOW).empty


def test_a_place_gives_way_where_another_holds_sixty_in_a_hundred_of_its_excess() -> None:
    cells = pd.DataFrame(
        [("bins", "X07", 45, 18.0), ("bins", "town:Stenby", 27, 5.0), ("bins", "Eastgate", 13, 2.0)],
        columns=["issue", "place", "conversations", "expected"],
    )
    assert smallest(cells, PARENTS)["place"].tolist() == ["town:Stenby"]


def test_five_accounts_since_midnight_are_talk_where_chance_would_not_bring_it() -> None:
    cells = pd.DataFrame(
        [
            ("flooding", "B", 31, 24, 30),
            ("bins", "B", 3, 3, 3),  # too few accounts
            ("parking", "B", 9, 8, 8),  # no more than on other weeks
            ("buses", "B", 20, 14, 1),  # one lively thread
            ("lights", "B", 12, 9, 9),  # not heard for long enough
        ],
        columns=["issue", "place", "posts", "voices", "conversations"],
    )
    none, some = pd.Series([0] * 12), pd.Series([2, 7, 4, 5, 3, 6, 4, 5, 2, 7, 5, 4])
    earlier = {("flooding", "B"): none, ("bins", "B"): none, ("parking", "B"): some, ("buses", "B"): none}
    earlier["lights", "B"] = none[:7]
    usuals = {cell: Usual(0, 7, 12) for cell in earlier}
    assert [(t.issue, t.posts, t.voices) for t in talked(cells, earlier, usuals)] == [("flooding", 31, 24)]
    assert talked(cells, {}, {}) == []


def test_the_false_alarms_told_are_the_ones_measured() -> None:
    results = (Path(__file__).parents[2] / "benchmarks" / "RESULTS.md").read_text(encoding="utf-8")
    row = results.split("## false_alarms")[1].split("|--:|\n|")[1].split("|")
    assert (float(row[0]), float(row[3])) == (FALSE_ALARMS_AREA, FALSE_ALARMS_WARD)


def test_four_rising_weeks_above_the_usual_are_a_run() -> None:
    assert rising([5, 4, 6, 11, 20, 27], Usual(2, 7, 20)) == [4, 6, 11, 20, 27]
    assert rising([9, 6, 11, 20, 27], Usual(2, 7, 20)) == [6, 11, 20, 27]
    assert rising([11, 20, 27], Usual(2, 7, 20)) == []
    assert rising([1, 2, 3, 4], Usual(2, 7, 20)) == []


def test_a_rise_is_not_its_own_usual() -> None:
    blocks = pd.Series([3, 5, 4, 6, 2, 7, 3, 5, 4, 6, 3, 6, 11, 20])
    assert calm(blocks, 27).tolist() == [3, 5, 4, 6, 2, 7, 3, 5, 4, 6]
    assert calm(blocks, 5).tolist() == blocks.tolist()


def test_bursts_says_which_column_it_misses() -> None:
    with pytest.raises(WordsError, match="missing: place, conversations"):
        bursts(pd.DataFrame({"day": [], "issue": [], "posts": []}), datetime(2026, 11, 16, tzinfo=UTC))
