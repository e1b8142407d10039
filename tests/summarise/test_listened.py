"""When a place could be heard: no posts of a week told apart from a week in which its source was down."""

import random
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pandas as pd
import pytest

from listening.area import Area, Source
from listening.summarise import listened, particulars
from listening.summarise.listened import Listened

UNTIL = datetime(2026, 11, 16, 12, tzinfo=UTC)  # a Monday; London keeps UTC in November
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
WEEK = (UNTIL - 7 * DAY, UNTIL)
NO_POSTS = pd.DataFrame(columns=["source", "posts_28d", "first_post", "last_post", "last_collected"])
Row = tuple[str, str, datetime, datetime]


def runs(*rows: Row) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["source", "state", "first", "last"])


def posts(name: str, first: datetime, last: datetime) -> pd.DataFrame:
    return pd.DataFrame([[name, 3, first, last, last]], columns=NO_POSTS.columns)


def on(day: int, hour: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=UTC)


def over(area: Area, record: pd.DataFrame, time: tuple[datetime, datetime] = WEEK, **more: Any) -> Listened:
    told = listened.spells(area, record, more.pop("heard", NO_POSTS), UNTIL, more.pop("begun", None))
    return listened.coverage(area, told, *time, **more)


@pytest.fixture
def two(area: Area) -> Area:
    from dataclasses import replace

    everywhere, dale = (
        Source("Courier", "feed", "press"),
        Source("Dale", "feed", "public", covers=("Upper Dale",)),
    )
    return replace(area, sources=(everywhere, dale), invented=False)


COURIER: Row = ("Courier", "quiet", on(1), UNTIL - 4 * MINUTE)
DALE = (
    ("Dale", "quiet", on(1), on(10, 6)),
    ("Dale", "failing", on(10, 7), on(13, 9)),
    ("Dale", "ok", on(13, 10), on(13, 10)),
    ("Dale", "quiet", on(13, 11), UNTIL - MINUTE),
)


def test_a_source_that_was_down_for_days_is_told_from_one_that_was_quiet(two: Area) -> None:
    found = over(two, runs(COURIER, *DALE), ward="Upper Dale")
    assert found.shares == {"Courier": 1.0, "Dale": pytest.approx(1 - 76 / 168)}
    assert found.missed == {"Dale": ((on(10, 6), on(13, 10)),)}
    assert (found.gaps, found.deaf_days, found.share) == ((), frozenset(), 1.0)
    assert found.sentence == "Dale was not heard from Tuesday to Friday."


def test_where_the_only_source_was_down_its_days_are_gaps_and_not_noughts(two: Area) -> None:
    nobody_else = pd.DataFrame([("Dale", "Upper Dale", 2)], columns=["source", "ward", "posts"])
    found = over(two, runs(COURIER, *DALE), ward="Upper Dale", carried=nobody_else)
    assert found.gaps == ((on(10, 6), on(13, 10)),)
    assert found.deaf_days == {date(2026, 11, 11), date(2026, 11, 12)}
    assert found.share == pytest.approx(1 - 76 / 168)
    assert found.sentence == (
        "Nothing could be heard of Upper Dale from Tuesday to Friday. "
        "No posts then does not mean that nothing happened."
    )
    assert [found.deaf(date(2026, 11, d)) for d in (10, 11, 13)] == [False, True, False]
    assert (found.deaf(date(2026, 11, 11), days=2), found.deaf(date(2026, 11, 9), days=7)) == (True, False)


def test_a_short_silence_is_no_gap_because_the_next_answer_brought_what_had_come(two: Area) -> None:
    blip = (
        ("Dale", "quiet", on(1), on(12, 6)),
        ("Dale", "failing", on(12, 7), on(13, 5)),
        ("Dale", "ok", on(13, 5), UNTIL),
    )
    assert over(two, runs(COURIER, *blip), ward="Upper Dale").missed == {}


def test_how_long_a_source_may_go_unheard_is_its_own(two: Area) -> None:
    from dataclasses import replace

    slow = replace(two, sources=(two.sources[0], replace(two.sources[1], every=2 * DAY)))
    assert over(slow, runs(COURIER, *DALE), ward="Upper Dale").missed == {}


def test_late_paused_and_failing_runs_are_no_answers(two: Area) -> None:
    for state in ("stale", "paused", "failing", "never"):
        silent = ("Dale", state, on(1), UNTIL)
        found = over(two, runs(COURIER, silent), ward="Upper Dale")
        assert (found.shares["Dale"], found.missed["Dale"]) == (0.0, (WEEK,))
        assert found.sentence == "", "a silence that lasts is told elsewhere"


def test_a_source_is_heard_up_to_now_though_its_last_answer_is_hours_old(two: Area) -> None:
    old = ("Dale", "quiet", on(1), UNTIL - 20 * HOUR)
    assert over(two, runs(COURIER, old), ward="Upper Dale").shares["Dale"] == 1.0
    then_failed = ("Dale", "failing", UNTIL - 19 * HOUR, UNTIL)
    shares = over(two, runs(COURIER, old, then_failed), ward="Upper Dale").shares
    assert shares["Dale"] == pytest.approx(1 - 20 / 168)


def test_a_first_answer_brings_what_had_come_before_it(two: Area) -> None:
    record, own = runs(COURIER, ("Dale", "ok", on(14), UNTIL)), posts("Dale", on(5), on(15))
    begun = {"Courier": on(1), "Dale": on(14)}
    assert over(two, record, heard=own, begun=begun, ward="Upper Dale").shares["Dale"] == 1.0
    old_hand = {**begun, "Dale": on(1) - 90 * DAY}
    found = over(two, record, heard=own, begun=old_hand, ward="Upper Dale")
    assert found.shares["Dale"] == pytest.approx(60 / 168), "it was asked before and has a gap"
    assert found.sentence == "Dale was not heard until Saturday."


def test_what_is_brought_in_from_a_file_was_heard_from_its_first_to_its_last(two: Area) -> None:
    brought = posts("Dale", on(1), on(13))
    assert over(two, runs(COURIER), heard=brought, ward="Upper Dale").missed == {"Dale": ((on(13), UNTIL),)}
    today = brought.assign(last_collected=UNTIL)
    found = over(two, runs(COURIER), heard=today, ward="Upper Dale")
    assert found.missed == {"Dale": ((on(13), UNTIL),)}, "an old file brought in today tells nothing of today"


def test_a_silence_of_what_we_ask_is_not_called_nothing_where_a_file_was_brought_in(two: Area) -> None:
    from dataclasses import replace

    log = Source("Log", "file", "public", covers=("Upper Dale",))
    area = replace(two, sources=(*two.sources, log))
    record = runs(COURIER, ("Dale", "quiet", on(1), on(10)), ("Dale", "quiet", on(13), UNTIL))
    gone = " Upper Dale from Tuesday to Friday. No posts then does not mean that nothing happened."
    told: dict[str, Any] = {"ward": "Upper Dale", "carried": pd.DataFrame(columns=["source", "ward"])}
    assert over(area, record, **told).sentence == f"Nothing could be heard of{gone}"
    found = over(area, record, heard=posts("Log", on(9), on(14)), **told)
    assert found.sentence == f"No source that we ask was heard on{gone}"


def test_a_source_switched_off_does_not_count(two: Area) -> None:
    from dataclasses import replace

    off = replace(two, sources=(two.sources[0], replace(two.sources[1], enabled=False)))
    assert set(over(off, runs(COURIER, *DALE), ward="Upper Dale").shares) == {"Courier"}


def test_nobody_asked_is_a_gap_from_end_to_end(two: Area) -> None:
    found = over(two, runs())
    assert (found.gaps, found.share, len(found.deaf_days)) == ((WEEK,), 0.0, 8)


def test_days_are_the_local_ones_and_the_hour_of_a_clock_change_is_no_gap(two: Area) -> None:
    night = (datetime(2026, 10, 24, 23, tzinfo=UTC), datetime(2026, 10, 26, tzinfo=UTC))  # Sunday the 25th
    before = ("Courier", "quiet", on(1) - 60 * DAY, night[0])
    after = ("Courier", "quiet", night[1] + HOUR, UNTIL)
    found = over(two, runs(before, after), (on(1) - 30 * DAY, UNTIL), ward="Larkford Bridge")
    assert found.deaf_days == {date(2026, 10, 25)}


def test_a_silence_within_a_day_is_told_in_hours_and_many_are_counted(two: Area) -> None:
    from dataclasses import replace

    four = replace(two, sources=tuple(Source(n, "feed", "press", every=MINUTE) for n in "ABCD"))
    rows: list[Row] = [("A", "quiet", on(1), UNTIL)]
    for name in "BCD":
        rows += [(name, "quiet", on(1), on(9, 13)), (name, "quiet", on(12, 13), UNTIL)]
    assert over(four, runs(*rows)).sentence == (
        "B was not heard from 9 November to Thursday. C was not heard from 9 November to Thursday. "
        "One more was not heard all the time."
    )
    today = over(
        two, runs(COURIER, ("Dale", "ok", UNTIL - HOUR, UNTIL)), (on(15, 14), UNTIL), ward="Upper Dale"
    )
    assert today.sentence == "Dale was not heard until today."


@pytest.mark.parametrize("seed", range(20))
def test_laws_of_hearing_on_invented_runs(two: Area, seed: int) -> None:
    """Shares and gaps fit together, however runs lie; more runs never mean less heard."""
    chance = random.Random(seed)
    states = ("ok", "quiet", "quiet", "failing", "stale", "paused")
    rows: list[Row] = []
    for name in ("Courier", "Dale"):
        at = UNTIL - 20 * DAY
        while at < UNTIL:
            last = at + chance.random() * 30 * HOUR
            rows.append((name, chance.choice(states), at, min(last, UNTIL)))
            at = last + chance.random() * 40 * HOUR
    found = over(two, runs(*rows), ward="Upper Dale")
    tiny = 1e-9
    assert 0 <= max(found.shares.values()) <= found.share + tiny
    assert found.share <= min(1.0, sum(found.shares.values()) + tiny)
    assert list(found.gaps) == sorted(found.gaps)
    assert all(WEEK[0] <= begin < end <= WEEK[1] for begin, end in found.gaps)
    answered = [(a, b) for _, state, a, b in rows if state in ("ok", "quiet")]
    assert not any(begin < b and a < end for begin, end in found.gaps for a, b in answered if a < b)
    halves = [over(two, runs(*rows), t, ward="Upper Dale") for t in ((WEEK[0], on(13)), (on(13), UNTIL))]
    parts = (halves[0].share * (on(13) - WEEK[0]) + halves[1].share * (UNTIL - on(13))) / (7 * DAY)
    assert found.share == pytest.approx(parts), "a time is the sum of its parts"
    more = over(
        two, runs(*rows, ("Courier", "ok", on(12), on(12, 9))).sort_values("first"), ward="Upper Dale"
    )
    assert more.share >= found.share - 1e-9


# --- its words on Sources ---


def test_wards_that_were_silent_for_part_of_the_time_are_named(two: Area) -> None:
    nobody_else = pd.DataFrame([("Dale", "Upper Dale", 2)], columns=["source", "ward", "posts"])
    broken = over(two, runs(COURIER, *DALE), ward="Upper Dale", carried=nobody_else)
    whole = over(two, runs(COURIER, *DALE), ward="Larkford Mount")
    never = over(two, runs(), ward="Upper Dale")
    said = particulars.wards_silent({"Upper Dale": broken, "Larkford Mount": whole}, "last 7 days")
    assert said == "In the last 7 days, 1 ward could not be heard all the time: Upper Dale."
    assert particulars.wards_silent({"Larkford Mount": whole}, "last 7 days") == ""
    assert (
        particulars.wards_silent({"A": broken, "B": never}, "last 7 days")
        == "In the last 7 days, no ward could be heard all the time."
    )
    assert [particulars.days_heard(f) for f in (broken, whole, never)] == ["4 of 7 days", "all", "none"]
    half_a_day = over(two, runs(("Courier", "ok", on(15, 18), UNTIL)), (on(15, 2), on(16)), ward="Upper Dale")
    assert particulars.days_heard(half_a_day) == "6 of 22 hours"


def test_no_sentence_is_longer_than_twenty_five_words(two: Area) -> None:
    nobody_else = pd.DataFrame([("Dale", "Upper Dale", 2)], columns=["source", "ward", "posts"])
    for proof in (None, nobody_else):
        for sentence in over(two, runs(COURIER, *DALE), ward="Upper Dale", carried=proof).sentence.split(
            ". "
        ):
            assert len(sentence.split()) <= 25
