"""Rhythm: when a source is asked, and when its silence is odd; on invented histories."""

import math
import random
from datetime import date, datetime, timedelta
from itertools import pairwise
from statistics import fmean
from typing import Any

import pytest
from misbehaving import NOW, source

from listening import collect
from listening.collect import rhythm
from listening.post import Post

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
QUARTER = 15 * MINUTE
TODAY = NOW.date()


def remembers(silence: timedelta, **more: Any) -> dict[str, Any]:
    return {"asked_at": NOW.isoformat(), "rhythm": {"arrived": (NOW - silence).isoformat()}, **more}


def post(id_: str, ago: timedelta, dated: bool = True, title: str | None = None) -> Post:
    return Post(id_, "Courier", "press", "article", NOW - ago, NOW, title=title or id_, dated=dated)


@pytest.mark.parametrize(
    ("every", "silence", "pace"),
    [
        (QUARTER, HOUR, QUARTER),
        (QUARTER, 5 * HOUR, 30 * MINUTE),
        (QUARTER, 60 * DAY, 45 * MINUTE),
        (3 * HOUR, 60 * DAY, 6 * HOUR),
        (8 * HOUR, 60 * DAY, 8 * HOUR),
        (DAY, 60 * DAY, DAY),
    ],
)
def test_a_silent_source_is_asked_after_a_tenth_of_its_silence_within_bounds(
    every: timedelta, silence: timedelta, pace: timedelta
) -> None:
    assert rhythm.pace(every, remembers(silence)) == pace


def test_a_source_we_know_nothing_of_or_that_fails_is_asked_at_its_every() -> None:
    assert rhythm.pace(QUARTER, {"asked_at": NOW.isoformat()}) == QUARTER
    assert rhythm.pace(QUARTER, remembers(DAY, failures=1)) == QUARTER


def test_one_new_item_brings_a_silent_source_back_to_its_every() -> None:
    silent = remembers(3 * DAY, ids=["a"])
    courier, soon = source(), NOW + 16 * MINUTE
    assert not collect.due(courier, silent, soon)
    assert collect.due(
        courier, {**silent, "rhythm": rhythm.learned(silent, [post("b", HOUR)], {"b"}, NOW)}, soon
    )


def test_a_kind_whose_news_is_urgent_keeps_its_every(monkeypatch: pytest.MonkeyPatch) -> None:
    silent = remembers(30 * DAY)
    assert not collect.due(source(), silent, NOW + 16 * MINUTE)
    monkeypatch.setattr("listening.collect.feed.STEADY", True, raising=False)
    assert collect.due(source(), silent, NOW + 16 * MINUTE)


def test_no_history_makes_a_source_wait_less_than_its_every_or_more_than_the_bound() -> None:
    chance = random.Random(20261116)
    for _ in range(500):
        every = timedelta(minutes=chance.choice([1, 5, 15, 60, 600, 3000]))
        pace = rhythm.pace(every, remembers(timedelta(minutes=chance.expovariate(1 / 5000))))
        assert every <= pace <= max(every, min(3 * every, 6 * HOUR))


def test_more_silence_never_means_asked_more_often() -> None:
    paces = [rhythm.pace(QUARTER, remembers(n * HOUR)) for n in range(100)]
    assert paces == sorted(paces)


def test_the_history_of_a_source_begins_with_the_dates_of_its_first_answer() -> None:
    first = [post("a", HOUR), post("b", 2 * DAY), post("c", 2 * DAY), post("d", 4 * DAY)]
    learned = rhythm.learned({}, first, {"a", "b", "c", "d"}, NOW)
    assert learned["days"] == {"2026-11-12": 1, "2026-11-14": 2, "2026-11-16": 1}
    assert (learned["known"], learned["arrived"]) == ("2026-11-13", (NOW - HOUR).isoformat())
    assert (learned["size"], learned["gap"], "undated" in learned) == (4, 2.0, False)


def test_undated_items_of_a_first_answer_tell_nothing_of_days_before() -> None:
    learned = rhythm.learned({}, [post("a", HOUR, dated=False)], {"a"}, NOW)
    assert (learned["days"], learned["known"], learned["undated"]) == ({"2026-11-16": 1}, "2026-11-16", True)


def test_a_history_forgets_what_is_too_long_ago_and_stays_small() -> None:
    memory: dict[str, Any] = {}
    for n in range(200):
        now = NOW + n * DAY
        fresh = Post(f"{n}", "Courier", "press", "article", now, now, title=f"{n}")
        memory = {"rhythm": rhythm.learned(memory, [fresh], {f"{n}"}, now)}
    assert len(memory["rhythm"]["days"]) == 57
    assert memory["rhythm"]["known"] == min(memory["rhythm"]["days"])


def history(counts: dict[date, int], last: date) -> dict[str, Any]:
    """What is remembered of a source that brought these on these days, four weeks up to ``last``."""
    days = {day.isoformat(): n for day, n in counts.items() if n}
    arrived = NOW.replace(year=last.year, month=last.month, day=last.day)
    known = (last - 28 * DAY).isoformat()
    return {"rhythm": {"days": days, "known": known, "arrived": arrived.isoformat()}}


def daily(number: int, last: date = TODAY) -> dict[str, Any]:
    return history({last - n * DAY: number for n in range(28)}, last)


@pytest.mark.parametrize(
    ("a_day", "odd_after", "said"),
    [
        (12, 2, "Usually 12 posts a day; none for 1 day."),
        (3, 4, "Usually 3 posts a day; none for 3 days."),
        (1, 8, "Usually 7 posts a week; none for 7 days."),
    ],
)
def test_a_silence_is_odd_below_one_chance_in_a_thousand(a_day: int, odd_after: int, said: str) -> None:
    """Whole days: with 12 a day one empty day, with 1 a day seven (e to the -7 is 0.0009)."""
    told = [rhythm.silent(daily(a_day), NOW + n * DAY) for n in range(odd_after + 1)]
    assert told == [None] * odd_after + [said]


def test_too_short_a_history_judges_no_silence() -> None:
    memory = daily(12)
    memory["rhythm"]["known"] = (TODAY - 12 * DAY).isoformat()
    assert rhythm.silent(memory, NOW + 5 * DAY) is None
    memory["rhythm"]["known"] = (TODAY - 13 * DAY).isoformat()
    assert rhythm.silent(memory, NOW + 5 * DAY) is not None
    assert rhythm.silent({}, NOW) is None


def test_ten_items_in_one_letter_a_week_are_not_ten_talks() -> None:
    """The last four letters came on Mondays; the next is nine days late before that is odd."""
    letters = history({TODAY - 7 * n * DAY: 10 for n in range(4)}, TODAY)
    odd = [n for n in range(40) if rhythm.silent(letters, NOW + n * DAY)]
    assert odd[0] == 17


def test_false_alarms_of_a_steady_source_are_rare_and_a_dead_one_is_found() -> None:
    """200 invented years of Poisson days at 2 a day: an odd silence about once in three years, by chance."""
    chance = random.Random(7)

    def poisson(mean: float) -> int:
        limit, product, number = math.exp(-mean), chance.random(), 0
        while product > limit:
            product, number = product * chance.random(), number + 1
        return number

    days = [poisson(2.0) for _ in range(200 * 365)]
    longest, alarms = 0, 0
    for number in days:
        longest = 0 if number else longest + 1
        alarms += longest == 4  # exp(-2 × 4) is the first below 0.001
    assert 0 < alarms / 200 < 0.35
    assert rhythm.silent(daily(2), NOW + 5 * DAY) == "Usually 2 posts a day; none for 4 days."


def test_chance_is_poissons_where_days_vary_no_more_and_never_leaves_nought_to_one() -> None:
    chance = random.Random(3)
    before = [TODAY - n * DAY for n in range(1, 29)]
    for _ in range(300):
        counts = {day: chance.choice([0, 0, 1, 2, 9]) for day in before}
        quiet = [TODAY + n * DAY for n in range(chance.randrange(1, 20))]
        found = [rhythm.chance(before, counts, quiet[:n]) for n in range(len(quiet) + 1)]
        assert found[0] == 1.0
        assert all(0 < later <= earlier for earlier, later in pairwise(found))
        means = {
            end: fmean(n for d, n in counts.items() if (d.weekday() > 4) is end) for end in (True, False)
        }
        poisson = math.exp(-sum(means[day.weekday() > 4] for day in quiet))
        assert found[-1] >= poisson * (1 - 1e-9), "spread only makes silence likelier"


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00+00:00", "9999-12-31T23:59:59+00:00"])
def test_no_date_is_too_far_away_for_a_day(at: str) -> None:
    far = Post("a", "Courier", "press", "article", datetime.fromisoformat(at), NOW)
    assert rhythm.learned({}, [far], {"a"}, NOW)["size"] == 1
