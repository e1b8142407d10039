"""Before and after a note: what is compared, with what, and when nothing is."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from small import frame, post

from listening.area import Area
from listening.store import Store
from listening.summarise import effects
from listening.summarise.effects import FEW, FEW_THERE, SAME, YOUNG, Effect
from listening.summarise.scope import Scope

NOW = datetime(2026, 11, 16, 8, tzinfo=UTC)  # a Monday
WEEK = timedelta(days=7)
NOTE = date(2026, 11, 1)  # two whole weeks before, two after
AT = datetime(2026, 11, 1, 12, tzinfo=UTC)
Filled = Callable[..., Store]


@pytest.fixture
def filled(store: Store, area: Area) -> Filled:
    """A store with posts a week about parking in a ward: 20 weeks up to ``before``, then others."""

    def fill(here: tuple[int, int], there: tuple[int, int], weeks: int = 20) -> Store:
        rows = []
        for ward, (before, after) in (("Larkford Bridge", here), ("Larkford Mount", there)):
            for week in range(-weeks, 2):
                for n in range(after if week >= 0 else before):
                    at = AT + week * WEEK + timedelta(days=1 + n % 6, minutes=n)
                    rows.append(post(f"{ward}{week}.{n}", at, wards=[ward]))
        store.write(frame(*rows), area, NOW)
        store.roll(area, NOW)
        return store

    return fill


@pytest.fixture
def parking(scope: Callable[..., Scope]) -> Callable[..., Scope]:
    return lambda **given: scope(**{"issue": "parking", "period": "28d", "now": NOW, **given})


def only(store: Store, scope: Scope, day: date = NOTE) -> Effect:
    return effects.effects(store, scope, [day])[day]


def test_a_fall_that_other_wards_do_not_share_is_clear(filled: Filled, parking: Callable[..., Scope]) -> None:
    found = only(filled((20, 4), (20, 20)), parking())
    assert found == Effect(2, before=40, after=8, here="fewer", others=SAME)
    assert effects.said(found) == (
        "Two weeks before: 20 posts a week. After: 4. Clearly fewer. Other wards: no clear change."
    )


def test_a_fall_that_other_wards_share_is_none_of_its_own(
    filled: Filled, parking: Callable[..., Scope]
) -> None:
    found = only(filled((20, 6), (40, 12)), parking())
    assert (found.here, found.others) == (SAME, "falling")
    assert effects.said(found).endswith("Other wards: falling. Beside them, no clear change here.")


def test_a_level_that_others_left_behind_is_told_as_such(
    filled: Filled, parking: Callable[..., Scope]
) -> None:
    found = only(filled((20, 20), (20, 80)), parking())
    assert (found.here, found.others) == ("fewer", "rising")
    assert effects.said(found) == (
        "Two weeks before: 20 posts a week. After: 20. "
        "Clearly fewer than other wards lead us to expect. Other wards: rising."
    )


def test_a_change_that_chance_may_bring_is_no_clear_change(
    filled: Filled, parking: Callable[..., Scope]
) -> None:
    found = only(filled((9, 6), (9, 8)), parking())
    assert (found.here, found.others) == (SAME, SAME)
    assert effects.said(found).endswith("After: 6. No clear change, here or in other wards.")


def test_below_ten_accounts_only_the_counts_are_told(filled: Filled, parking: Callable[..., Scope]) -> None:
    found = only(filled((2, 0), (20, 20)), parking())
    assert found == Effect(2, before=4, after=0, why_not=FEW)
    assert (
        effects.said(found) == "Two weeks before: 2 posts a week. After: none. Too few accounts to compare."
    )


def test_other_wards_without_ten_accounts_are_no_measure(
    filled: Filled, parking: Callable[..., Scope]
) -> None:
    assert only(filled((20, 4), (1, 1)), parking()).why_not == FEW_THERE


def test_the_whole_area_is_held_against_itself(filled: Filled, parking: Callable[..., Scope]) -> None:
    found = only(filled((20, 4), (20, 4)), parking(ward=None))
    assert found == Effect(2, before=80, after=16, here="fewer", others=None)
    assert effects.said(found) == "Two weeks before: 40 posts a week. After: 8. Clearly fewer."


def test_a_town_is_held_against_the_wards_outside_it(filled: Filled, parking: Callable[..., Scope]) -> None:
    assert only(filled((20, 4), (20, 4)), parking(ward=None, town="Larkford")).why_not == FEW_THERE


def test_after_fewer_than_eight_weeks_nothing_is_compared(
    filled: Filled, parking: Callable[..., Scope]
) -> None:
    found = only(filled((20, 4), (20, 20), weeks=9), parking())
    assert found == Effect(2, before=40, after=8, why_not=YOUNG)


def test_a_source_that_began_in_between_spoils_the_comparison(
    filled: Filled, store: Store, area: Area, parking: Callable[..., Scope]
) -> None:
    filled((20, 4), (20, 20))
    store.write(frame(post("new", AT + timedelta(days=2), source="Council page comments")), area, NOW)
    assert only(store, parking()).why_not == YOUNG


def test_a_day_needs_a_whole_week_on_both_sides(filled: Filled, parking: Callable[..., Scope]) -> None:
    scope = parking()
    store = filled((20, 4), (20, 20))
    soon, long_ago = date(2026, 11, 9), date(2026, 5, 1)
    assert effects.effects(store, scope, [soon, long_ago]) == {}
    assert effects.too_soon(soon, scope)
    assert not effects.too_soon(date(2026, 11, 8), scope)
    assert only(store, scope, date(2026, 11, 8)).weeks == 1


def test_an_empty_store_says_nothing(store: Store, parking: Callable[..., Scope]) -> None:
    assert effects.effects(store, parking(), [NOTE]) == {}
    assert effects.effects(store, parking(), []) == {}


ONE = Effect(1, before=20, after=27)


@pytest.mark.parametrize(
    ("effect", "said"),
    [
        (ONE, "Week before: 20 posts. After: 27. No clear change."),
        (replace(ONE, before=1), "Week before: 1 post. After: 27. No clear change."),
        (Effect(4, 1, 0), "Four weeks before: fewer than 1 a week. After: none. No clear change."),
        (Effect(4, 0, 3, why_not=FEW), "Four weeks before: none. After: 1. Too few accounts to compare."),
        (
            Effect(2, 2400, 3000, "more", "falling"),
            "Two weeks before: 1,200 posts a week. After: 1,500. Clearly more. Other wards: falling.",
        ),
    ],
)
def test_each_is_said_in_short_plain_sentences(effect: Effect, said: str) -> None:
    assert effects.said(effect) == said
    for sentence in said.split(". "):
        assert len(sentence.split()) <= 25
