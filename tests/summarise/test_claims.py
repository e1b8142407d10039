from datetime import UTC, datetime
from typing import Any

import pytest
from small import frame, post

from listening.summarise.claims import Claim, claims, lexicon

AT = datetime(2026, 11, 12, 8, 12, tzinfo=UTC)
TEXTS = (
    "The bridge has collapsed",
    "omg the bridge has collapsed!! stay away",
    "Just seen it. The bridge has collapsed.",
    "Apparently Weir Lane bridge collapsed this morning",
)


def talk(*texts: str, **given: Any) -> Any:
    rows = [
        post(str(n), AT.replace(minute=12 + n), text=t, issues=["flooding"], **given)
        for n, t in enumerate(texts)
    ]
    return frame(*rows)


def known(*items: tuple[str, str]) -> Any:
    rows = [
        post(f"o{n}", AT.replace(minute=50), channel=c, title=t, text=None, author=None, source="County")
        for n, (c, t) in enumerate(items)
    ]
    return frame(*rows)


def test_what_four_accounts_say_and_nobody_confirms_is_a_claim() -> None:
    official = known(("official", "Weir Lane bridge closed for checks"), ("press", "Larkford floods: live"))
    assert claims(talk(*TEXTS), official, lexicon()) == [
        Claim("The bridge has collapsed", 4, 4, AT, AT.replace(minute=15), ("0", "1", "2", "3"), nearest="o0")
    ]


@pytest.mark.parametrize("channel", ["press", "official"])
def test_what_an_outlet_or_a_public_body_says_too_is_no_claim(channel: str) -> None:
    assert claims(talk(*TEXTS), known((channel, "Bridge collapse in Larkford")), lexicon()) == []


def test_a_denial_does_not_confirm() -> None:
    found = claims(talk(*TEXTS), known(("official", "Weir Lane bridge has not collapsed")), lexicon())
    assert [(c.words, c.nearest) for c in found] == [("The bridge has collapsed", "o0")]


def test_what_two_accounts_say_is_not_repeated() -> None:
    assert claims(talk(*TEXTS[:2]), known(), lexicon()) == []
    assert claims(talk(*TEXTS, author="v1"), known(), lexicon()) == []


@pytest.mark.parametrize(
    "text",
    [
        "Has the bridge collapsed?",
        "The bridge has not collapsed, calm down",
        "The bridge hasn’t collapsed",
        "It collapsed",
        "Collapsed",
    ],
)
def test_questions_denials_and_words_without_a_subject_claim_nothing(text: str) -> None:
    assert claims(talk(text, text, text, text), known(), lexicon()) == []


def test_posts_that_carry_a_flag_are_never_a_claim() -> None:
    assert claims(talk(*TEXTS, flags=["accusation"]), known(), lexicon()) == []


def test_claims_of_different_things_stand_apart() -> None:
    other = (
        "The school has been evacuated",
        "the school is being evacuated",
        "School evacuated, kids on the field",
    )
    found = claims(talk(*TEXTS, *other), known(), lexicon())
    assert [(c.words, c.posts) for c in found] == [
        ("The bridge has collapsed", 4),
        ("The school has been evacuated", 3),
    ]


def test_nothing_said_is_no_claim() -> None:
    assert claims(frame(), frame(), lexicon()) == []
