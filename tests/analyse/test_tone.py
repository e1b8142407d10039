from math import isnan

import pytest
from invented import Annotated

from listening.analyse import sentiment
from listening.analyse.matching import read as as_text


@pytest.mark.parametrize(
    ("text", "tone"),
    [
        ("Absolutely chuffed with the new play area", "positive"),
        ("Gutted about the closure", "negative"),
        ("can’t fault them", "positive"),
        ("What a shambles", "negative"),
        ("The meeting is on Tuesday at seven", "neutral"),
        ("The new benches are lovely. The smell by the weir is horrible and disgusting.", "unclear"),
    ],
)
def test_the_tone_of_a_post(read: Annotated, text: str, tone: str) -> None:
    assert read(text)["tone"] == tone


@pytest.mark.parametrize("channel", ["press", "official", "report", "heard"])
def test_only_residents_own_posts_are_scored(read: Annotated, channel: str) -> None:
    row = read("Horrible, disgusting potholes", channel=channel)
    assert isnan(row["sentiment"])
    assert (row["tone"], row["issue_tones"]) == (None, [None])


def test_a_post_in_another_language_is_not_scored(read: Annotated) -> None:
    row = read("Dlaczego nie ma wywozu śmieci na naszej ulicy, czy ktoś wie co się dzieje")
    assert (row["language"], row["tone"]) == ("pl", None)
    assert isnan(row["sentiment"])


def test_a_long_post_is_not_stronger_than_a_short_one(read: Annotated) -> None:
    once, often = read("This is horrible."), read("This is horrible. The bus is red. " * 3)
    assert once["sentiment"] == pytest.approx(often["sentiment"])


def test_a_post_without_a_charged_word_scores_nought(read: Annotated) -> None:
    assert read("The 62 runs on Monday")["sentiment"] == 0.0


def test_each_issue_has_the_tone_of_its_own_sentences(read: Annotated) -> None:
    row = read("The swings are wonderful, thank you. The potholes are a horrible, dangerous disgrace.")
    assert dict(zip(row["issues"], row["issue_tones"], strict=True)) == {
        "roads-potholes": "negative",
        "parks-play": "positive",
    }
    assert row["tone"] == "unclear"


def test_the_only_issue_of_a_post_has_the_tone_of_the_post(read: Annotated) -> None:
    assert read("Bin day was yesterday. Disgusting service.")["issue_tones"] == ["negative"]


@pytest.mark.parametrize(
    "text",
    [
        "Bins missed AGAIN. Brilliant work",
        "Great job leaving half the rubbish on the path",
        "Thanks for nothing",
        "Oh great, another set of temporary lights",
        "Lovely. Bus cancelled.",
    ],
)
def test_kind_words_beside_a_failure_may_be_sarcasm(read: Annotated, text: str) -> None:
    row = read(text)
    assert row["tone"] == "unclear"
    assert "unsure_sarcasm" in row["cues"]
    assert "praise" not in row["cues"]


@pytest.mark.parametrize(
    "text",
    [
        "Thanks for fixing the broken swing so fast",
        "Brilliant work by the crew, the missed bin was collected today",
        "Lovely park but the gate is broken",
    ],
)
def test_thanks_for_a_remedy_and_mixed_views_are_no_sarcasm(read: Annotated, text: str) -> None:
    assert "unsure_sarcasm" not in read(text)["cues"]


def test_long_texts_are_cut_into_bounded_pieces() -> None:
    text = as_text(None, "a horrible mess " * 1200)
    scores = sentiment.scorer().score(text)
    assert len(scores) <= sentiment.SENTENCES
    assert max(s.end - s.start for s in scores) <= sentiment.SENTENCE


def test_a_row_of_the_same_emoji_counts_once() -> None:
    one, many = (sentiment.scorer().score(as_text(None, "fine " + "😀" * n))[0].compound for n in (1, 40))
    assert one == many


def test_the_scorer_is_built_once() -> None:
    assert sentiment.scorer() is sentiment.scorer()
