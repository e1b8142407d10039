"""What answers a theme that asks: the notice that speaks of what is asked for, not of the same matter."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from small import frame, post

from listening.area import Area
from listening.store import Store
from listening.summarise.comments import gather
from listening.summarise.scope import Scope

NOW = datetime(2026, 11, 16, 8, tzinfo=UTC)
DAY = timedelta(days=1)
ASKED = (
    "Has our bin day changed to Thursday?",
    "Is the bin day Thursday now?",
    "When is bin day now, Thursday?",
)
REST = ("The bin lorry left half of it behind.", "Brilliant crew, thanks.", "Lids everywhere again.")
NOTICE = "Garden waste: new days for brown bins, every second Thursday"
ADVERT = "Bin crews: drivers wanted"


def notice(id: str, back: float, title: str, **given: Any) -> dict[str, Any]:
    said = {"channel": "official", "source": "Northshire Flood Centre", "author": None, "text": None}
    about = {"issues": ["bins"], "wards": [], "towns": []}
    return post(id, NOW - back * DAY, title=title, **(said | about | given))


def comments() -> list[dict[str, Any]]:
    """Nine that ask for the day, and eighteen that speak of bins and ask nothing."""
    texts = [(t, ["question"]) for t in ASKED * 3] + [(t, []) for t in REST * 6]
    return [
        post(f"c{n}", NOW - 3 * DAY + n * timedelta(hours=1), text=t, cues=cues, issues=["bins"])
        for n, (t, cues) in enumerate(texts)
    ]


@pytest.fixture
def answer(store: Store, area: Area, scope: Callable[..., Scope]) -> Callable[..., str | None]:
    def of(*items: dict[str, Any]) -> str | None:
        store.write(frame(*comments(), *items), area, NOW)
        found = gather(store, scope(None, issue="bins", now=NOW))
        (asking,) = (t for t in found.themes if t.questions and not t.other)
        return asking.answer and asking.answer.title

    return of


def test_a_notice_on_the_same_matter_that_does_not_speak_of_what_is_asked_is_no_answer(
    answer: Callable[..., str | None],
) -> None:
    assert answer(notice("a", 1, ADVERT)) is None


def test_a_notice_that_came_before_the_question_answers_it(answer: Callable[..., str | None]) -> None:
    assert answer(notice("n", 14, NOTICE), notice("a", 1, ADVERT)) == NOTICE


def test_of_two_notices_that_say_as_much_the_newer_is_the_answer(answer: Callable[..., str | None]) -> None:
    newer = NOTICE.replace("second", "third")
    assert answer(notice("n", 14, NOTICE), notice("m", 9, newer)) == newer


def test_a_notice_of_months_ago_or_on_another_issue_or_place_is_no_answer(
    answer: Callable[..., str | None],
) -> None:
    far = notice("f", 1, NOTICE, wards=["Upper Dale"])
    other = notice("o", 1, "Polling day is Thursday", issues=["parking"])
    assert answer(notice("n", 40, NOTICE), far, other) is None
