import hashlib
from math import isnan

import pytest
from invented import Annotated

from listening.analyse import sentiment, tonemodel
from listening.analyse.matching import read as as_text


@pytest.mark.parametrize(
    ("text", "tone"),
    [
        ("Absolutely chuffed with the new play area", "positive"),
        ("Gutted about the closure", "negative"),
        ("can’t fault them", "positive"),
        ("What a shambles", "negative"),
        ("The meeting is on Tuesday at seven", "neutral"),
        ("The bus was there", "neutral"),
        ("Rang nine times and been cut off every time", "negative"),
        ("Third week and the lorry drove straight past", "negative"),
        ("Does anyone know what time the pool opens?", "neutral"),
    ],
)
def test_the_tone_of_a_post(read: Annotated, text: str, tone: str) -> None:
    assert read(text)["tone"] == tone


@pytest.mark.parametrize("shouted", ["", "!", "!!", "!!!!!", "!" * 12])
@pytest.mark.parametrize(
    "text",
    ["No bus again", "Bins not emptied for three weeks", "Disgusting", "Still waiting for the bin lorry"],
)
def test_a_complaint_that_is_shouted_stays_one(read: Annotated, text: str, shouted: str) -> None:
    row = read(text + shouted)
    assert row["tone"] == "negative"
    assert "praise" not in row["cues"]


@pytest.mark.parametrize("text", ["!!!", "...", "14.30", "?!"])
def test_marks_alone_tell_no_tone(read: Annotated, text: str) -> None:
    row = read(text)
    assert (row["tone"], row["sentiment"], row["cues"]) == ("unclear", 0.0, [])


def test_no_texts_have_no_tones() -> None:
    assert sentiment.scorer().chances([]).shape == (0, 3)
    assert sentiment.scorer().score([]) == []


@pytest.mark.parametrize("channel", ["press", "official", "report", "heard"])
def test_only_residents_own_posts_are_scored(read: Annotated, channel: str) -> None:
    row = read("Horrible, disgusting potholes", channel=channel)
    assert isnan(row["sentiment"])
    assert (row["tone"], row["issue_tones"]) == (None, [None])


def test_a_post_in_another_language_is_not_scored(read: Annotated) -> None:
    row = read("Dlaczego nie ma wywozu śmieci na naszej ulicy, czy ktoś wie co się dzieje")
    assert (row["language"], row["tone"]) == ("pl", None)
    assert isnan(row["sentiment"])


def test_sentiment_is_the_chance_of_positive_less_that_of_negative(read: Annotated) -> None:
    kind, cruel = read("Lovely, thank you so much")["sentiment"], read("Horrible and disgusting")["sentiment"]
    assert 0.5 < kind <= 1
    assert -1 <= cruel < -0.5


def test_each_issue_has_the_tone_of_its_own_sentences(read: Annotated) -> None:
    row = read("The swings are wonderful, thank you. The potholes are a horrible, dangerous disgrace.")
    assert dict(zip(row["issues"], row["issue_tones"], strict=True)) == {
        "roads-potholes": "negative",
        "parks-play": "positive",
    }


@pytest.mark.parametrize("joint", [" but ", "; ", " and ", ". "])
def test_each_issue_has_the_tone_of_its_own_clauses(read: Annotated, joint: str) -> None:
    row = read(f"the library staff are lovely{joint}the car park is a joke")
    assert dict(zip(row["issues"], row["issue_tones"], strict=True)) == {
        "libraries-culture": "positive",
        "parking": "negative",
    }


def test_a_clause_that_names_no_issue_belongs_to_the_one_before() -> None:
    text = as_text(
        None, "Nice day. The swings are new. Shame. The pothole is back, and the hole is deep. Again!"
    )
    swings, pothole = text.low.index("swings"), text.low.index("pothole")
    said = sentiment.about(text, [[(pothole, pothole + 7)], [(swings, swings + 6)]])
    assert [part.original for part in said] == [
        "The pothole is back, and the hole is deep. Again!",
        "Nice day. The swings are new. Shame.",
    ]


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
    assert row["tone"] in ("unclear", "negative")
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
    assert len(sentiment.scorer().compounds(as_text(None, "a horrible mess " * 1200))) == 39
    assert len(sentiment.scorer().compounds(as_text(None, "A mess. " * 1200))) == sentiment.SENTENCES


def test_a_row_of_the_same_emoji_counts_once() -> None:
    one, many = (sentiment.scorer().compounds(as_text(None, "fine " + "😀" * n)) for n in (1, 40))
    assert one == many


def test_a_hashtag_is_read_as_its_words() -> None:
    tagged, plain = (sentiment.scorer().compounds(as_text(None, t)) for t in ("#LovelyPark", "Lovely Park"))
    assert tagged == plain


def test_many_texts_score_as_each_alone() -> None:
    texts = [
        as_text(None, t) for t in ("Lovely lights", "No bus again!", "😡", "the pool opens at nine " * 90)
    ]
    alone = [sentiment.scorer().score([text])[0] for text in texts]
    assert sentiment.scorer().score(texts * 200) == alone * 200


def test_the_scorer_is_built_once() -> None:
    assert sentiment.scorer() is sentiment.scorer()


def test_the_weights_are_those_that_were_measured_and_fit_the_signs() -> None:
    content = tonemodel.FILE.read_bytes()
    assert hashlib.sha256(content).hexdigest() == tonemodel.FILE.with_suffix(".sha256").read_text().split()[0]
    assert len(content) < 2_000_000
    model, signs = tonemodel.load(), sentiment.scorer().signs([as_text(None, "a text")])
    assert model.signs.shape == (signs.shape[1], len(tonemodel.TONES))
