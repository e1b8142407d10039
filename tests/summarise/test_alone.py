from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from small import frame, post

from listening.area import Area, Body
from listening.store import Store
from listening.summarise import alone
from listening.summarise.alone import Alone, Raised
from listening.summarise.figures import Figures, Mentioned
from listening.summarise.scope import Scope
from listening.summarise.trends import Usual

NOW = datetime(2026, 11, 3, 7, 30, tzinfo=UTC)
DAY = timedelta(days=1)


def mentioned(label: str, posts: int, usual: Usual | None = None, **given: object) -> Mentioned:
    figures: dict[str, object] = {"voices": posts, "weeks": 20, "streets": (), "runs": None, "reports": 0}
    return Mentioned(**{"slug": label.lower(), "label": label, "posts": posts, "usual": usual,
                        "reported": None, **figures, **given})  # type: ignore[arg-type]  # fmt: skip


QUIET = Alone(
    asked="7d",
    before=2,
    figures=Figures(posts=9, voices=8, negative=3, neutral=4, positive=2),
    usual=Usual(4, 13, 20),
    weeks=22,
    mentioned=(),
    tone_place="Haverdale",
    tone=Figures(posts=682, negative=200, neutral=300, positive=100, unclear=82),
    raised=(),
)


@pytest.fixture
def dale(scope: Callable[..., Scope]) -> Scope:
    """Upper Dale has no town around it."""
    return scope(ward="Upper Dale", period="28d")


def test_a_ward_with_little_to_go_on_says_how_far_the_window_was_widened(dale: Scope) -> None:
    assert alone.title(QUIET, dale) == (
        "Upper Dale · last 28 days (we widened it from 7 days, which held 2 posts)"
    )
    assert alone.title(replace(QUIET, before=0, asked="today"), dale) == (
        "Upper Dale · last 28 days (we widened it from today, which held no posts)"
    )
    assert alone.title(replace(QUIET, asked="28d"), dale) == "Upper Dale · last 28 days"


def test_the_finding_is_the_figures_beside_the_usual(dale: Scope) -> None:
    assert alone.finding(QUIET, dale) == "9 posts from 8 accounts; usually 4–13. Nothing stands out."
    new = replace(QUIET, usual=None, weeks=3)
    assert alone.finding(new, dale) == "9 posts from 8 accounts; no usual range yet: heard for 3 weeks."
    busy = replace(QUIET, mentioned=(mentioned("Speeding", 4, Usual(0, 1, 20)),))
    assert alone.finding(busy, dale) == (
        "9 posts from 8 accounts; usually 4–13. Speeding: 4 posts, usually 0–1."
    )
    above = replace(QUIET, figures=Figures(posts=20, voices=18))
    assert alone.finding(above, dale) == "20 posts from 18 accounts; usually 4–13."
    assert alone.finding(QUIET, dale.at(period="90d")) == "9 posts from 8 accounts. Nothing stands out."
    none = replace(QUIET, figures=Figures())
    assert alone.finding(none, dale) == "No posts about Upper Dale in four weeks; usually 4–13."


def test_the_issues_have_their_streets_and_who_runs_them() -> None:
    body = Body("highways", "Northshire County Council")
    speeding = mentioned(
        "Speeding", 4, Usual(0, 5, 20), streets=(("Main Street", 3), ("Ford Lane", 1)), runs=body
    )
    found = replace(QUIET, mentioned=(speeding, mentioned("Buses", 3, streets=(("", 3),))))
    assert alone.table(found).to_numpy().tolist() == [
        ["Speeding", "4", "0–5", "Main Street 3, Ford Lane 1", "Northshire County Council"],
        ["Buses", "3", "–", "–", "–"],
    ]
    assert list(alone.table(found)) == ["issue", "posts", "usually", "where", "runs it"]
    many = replace(QUIET, mentioned=tuple(mentioned(f"Issue {n}", 9 - n) for n in range(8)))
    assert len(alone.table(many)) == 6
    assert alone.others(many) == "Also: issue 6 3, issue 7 2."


def test_the_tone_of_few_posts_is_not_told_and_a_larger_place_is(
    dale: Scope, scope: Callable[..., Scope]
) -> None:
    assert alone.tone(QUIET, dale, trends=True) == (
        "Tone: 9 posts is too few. There is no town to borrow from. Whole area (682 posts): see Trends."
    )
    assert alone.tone(QUIET, dale) == (
        "Tone: 9 posts is too few. There is no town to borrow from. "
        "Whole area (682 posts): 200 unhappy, 300 neutral, 100 pleased, 82 can't tell."
    )
    town = replace(QUIET, tone_place="Larkford", tone=Figures(negative=30, neutral=10))
    assert alone.tone(town, scope()) == (
        "Tone: 9 posts is too few. Across Larkford (40 posts): "
        "30 unhappy, 10 neutral, 0 pleased, 0 can't tell."
    )
    assert alone.tone(replace(QUIET, tone=Figures(negative=3)), dale) == "Tone: 9 posts is too few."
    enough = replace(QUIET, figures=Figures(posts=31, negative=12, neutral=9, positive=10))
    assert alone.tone(enough, dale) == "Tone: 31 posts: 12 unhappy, 9 neutral, 10 pleased, 0 can't tell."


def test_a_quiet_ward_is_not_called_a_ward_without_problems() -> None:
    assert alone.heard(QUIET, 2) == (
        "Heard through 2 sources. A ward this quiet online is not a ward without problems."
    )
    busy = replace(QUIET, before=156, figures=Figures(posts=156, voices=119))
    assert alone.heard(busy, 11) == "Heard through 11 sources."


def test_what_was_raised_is_named_with_its_body_and_day(dale: Scope) -> None:
    row = Raised("Speeding", "Dale Parish Council", datetime(2026, 10, 14, 12, tzinfo=UTC), None)
    assert alone.said_raised(row, dale) == "Raised? Speeding: Dale Parish Council, 14 October"


def upper_dale(id: str, days: int, **given: object) -> dict[str, object]:
    return post(id, NOW - days * DAY, wards=["Upper Dale"], towns=[], source="Dale Parish News", **given)


def test_the_window_widens_until_it_holds_five_posts(
    store: Store, area: Area, scope: Callable[..., Scope]
) -> None:
    here = scope(ward="Upper Dale")
    posts = [upper_dale(f"a{n}", n) for n in (2, 10, 15, 20)]
    official = upper_dale("o", 19) | {"channel": "official", "author": None}
    store.write(frame(*posts, official), area, NOW)
    wide, found = alone.gather(store, here)
    assert (wide.period, found.before, found.figures.posts) == ("28d", 1, 4)
    store.write(frame(upper_dale("b", 25), upper_dale("c", 60)), area, NOW)
    wide, found = alone.gather(store, here)
    assert (wide.period, wide.since, found.figures.posts) == ("28d", NOW - 28 * DAY, 5)
    assert [m.slug for m in found.mentioned] == ["parking"]
    assert [(r.label, r.source) for r in found.raised] == [("Parking", "Dale Parish News")]


def test_a_window_that_would_only_look_longer_is_not_taken(
    store: Store, area: Area, scope: Callable[..., Scope]
) -> None:
    store.write(frame(upper_dale("a", 2)), area, NOW)
    wide, found = alone.gather(store, scope(ward="Upper Dale"))
    assert (wide.period, found.figures.posts) == ("7d", 1)


def test_a_ward_with_enough_to_go_on_is_not_widened(
    store: Store, area: Area, scope: Callable[..., Scope]
) -> None:
    store.write(frame(*(upper_dale(f"a{n}", 2) for n in range(5))), area, NOW)
    wide, found = alone.gather(store, scope(ward="Upper Dale"))
    assert (wide.period, found.before, found.usual, found.weeks) == ("7d", 5, None, 0)
