from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from listening.area import Area
from listening.store import Store
from listening.summarise import corrected
from listening.summarise.corrected import Correction

NOW = datetime(2026, 11, 3, 7, 30, tzinfo=UTC)


def value(part: str, was: str | None, now: str | None) -> dict[str, Any]:
    return {"part": part, "was": was, "now": now}


def test_corrections_stand_until_they_are_undone_erased_or_made_anew(store: Store) -> None:
    def decide(about: str, said: Any, undoes: int | None = None) -> int:
        return store.decide("officer", "label", about, said, NOW, undoes)

    first = decide("a", value("issue", "bins", None))
    decide("a", value("tone", "negative", "neutral"))
    last = decide("a", value("tone", "negative", "positive"))
    taken_back = decide("b", value("ward", "Larkford Bridge", None))
    decide("b", None, undoes=taken_back)
    erased = decide("c", value("cue", "question", None))
    store.strike(erased)
    decide("d", "no such shape")
    assert corrected.corrections(store.decisions("label")) == {
        "a": (
            Correction(first, "issue", "bins", None, "officer", NOW),
            Correction(last, "tone", "negative", "positive", "officer", NOW),
        )
    }


def test_without_decisions_nothing_is_corrected(store: Store) -> None:
    assert corrected.corrections(store.decisions("label")) == {}


def test_every_label_of_a_post_can_be_put_right(area: Area) -> None:
    post = SimpleNamespace(
        issues=["bins", "gone"],
        wards=["Larkford Bridge"],
        cues=["complaint", "unsure_sarcasm"],
        channel="public",
        tone="negative",
    )
    assert corrected.choices(post, area) == {
        "Not about bins": value("issue", "bins", None),
        "Not in Larkford Bridge": value("ward", "Larkford Bridge", None),
        "Not a complaint": value("cue", "complaint", None),
        "Tone: neutral": value("tone", "negative", "neutral"),
        "Tone: pleased": value("tone", "negative", "positive"),
        "Tone: can't tell": value("tone", "negative", "unclear"),
    }
    assert list(corrected.more_issues(post, area)) == ["Flooding", "Homelessness", "Parking"]


def test_tone_is_asked_of_residents_words_only(area: Area) -> None:
    post = SimpleNamespace(issues=[], wards=[], cues=[], channel="press", tone=None)
    assert corrected.choices(post, area) == {}


@pytest.mark.parametrize(
    ("part", "was", "now", "said"),
    [
        ("issue", "bins", None, "Corrected: not about bins"),
        ("issue", None, "flooding", "Corrected: also about flooding"),
        ("issue", "gone", None, "Corrected: not about gone"),
        ("ward", "Larkford Bridge", None, "Corrected: not in Larkford Bridge"),
        ("cue", "complaint", None, "Corrected: not a complaint"),
        ("tone", "negative", "positive", "Corrected: tone pleased"),
    ],
)
def test_a_correction_in_words(part: str, was: str | None, now: str | None, said: str, area: Area) -> None:
    assert corrected.said(Correction(1, part, was, now, "officer", NOW), area) == said
