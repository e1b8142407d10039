from datetime import timedelta

from misbehaving import NOW

from listening.collect.reddit_pace import API, MINUTE, RSS, Pace, recall

NO_PATIENCE = timedelta(0)


def test_a_pace_lets_so_many_through_in_any_minute() -> None:
    pace = Pace(3)
    moments = [NOW, NOW + timedelta(seconds=20), NOW + timedelta(seconds=30)]
    assert [pace.take(moment, MINUTE) for moment in moments] == moments
    assert pace.take(NOW + timedelta(seconds=31), MINUTE) == NOW + MINUTE
    assert pace.take(NOW + timedelta(seconds=31), MINUTE) == NOW + timedelta(seconds=80)


def test_who_is_turned_away_takes_nobodys_place_and_comes_back_one_after_the_other() -> None:
    pace = Pace(1)
    later = NOW + timedelta(seconds=10)
    times = [pace.take(moment, NO_PATIENCE) for moment in (NOW, later, later, later)]
    assert times == [NOW, NOW + MINUTE, NOW + 2 * MINUTE, NOW + 3 * MINUTE]
    assert pace.take(NOW + MINUTE, NO_PATIENCE) == NOW + MINUTE


def test_a_pace_that_is_held_lets_nobody_through_and_a_shorter_hold_changes_nothing() -> None:
    pace = Pace(5)
    pace.hold(NOW + 9 * MINUTE)
    pace.hold(NOW + 2 * MINUTE)
    assert pace.take(NOW, MINUTE) == NOW + 9 * MINUTE
    assert pace.take(NOW + 9 * MINUTE, MINUTE) == NOW + 9 * MINUTE


def test_a_clock_put_back_does_not_stop_it() -> None:
    pace = Pace(1)
    pace.take(NOW + timedelta(hours=1), NO_PATIENCE)
    pace.hold(NOW + timedelta(days=3))
    assert pace.take(NOW, NO_PATIENCE) == NOW


def test_memories_of_an_earlier_process_are_heeded_each_for_its_own_way() -> None:
    for pace in (API, RSS):
        pace.forget()
    recall([{"ids": []}, {"reddit_rss_next": (NOW + MINUTE).isoformat()}])
    times = [pace.take(NOW, NO_PATIENCE) for pace in (API, RSS)]
    for pace in (API, RSS):
        pace.forget()
    assert times == [NOW, NOW + MINUTE]
