import pytest
from invented import Annotated


@pytest.mark.parametrize(
    ("text", "cues"),
    [
        ("Still no sign of the bin lorry, this is awful", ["complaint"]),
        ("The brown one has not been emptied", ["complaint"]),
        ("What time does the library open on Saturdays?", ["question"]),
        ("Does anyone know who to ring about a dead badger", ["question"]),
        ("Where do we get sandbags? No answer on the phone, it is a disgrace.", ["complaint", "question"]),
        ("Thank you to whoever fixed the swings, kids were over the moon", ["praise"]),
        ("Hot soup at six in the morning. Could not fault them.", ["praise"]),
        ("Bins missed again. Brilliant work", ["complaint", "unsure_sarcasm"]),
        ("Market Street has a new bakery", []),
    ],
)
def test_what_a_post_does(read: Annotated, text: str, cues: list[str]) -> None:
    assert read(text)["cues"] == cues


@pytest.mark.parametrize(
    "text",
    [
        "Why bother?",
        "What's the point of a council?",
        "Why is it always us again?",
        "Really? Another pothole?",
        "How hard can it be to empty a bin?",
    ],
)
def test_a_question_to_nobody_is_no_question(read: Annotated, text: str) -> None:
    assert "question" not in read(text)["cues"]


def test_thanks_at_the_end_of_a_question_are_no_praise(read: Annotated) -> None:
    assert read("When does the tip open on Sundays? Thanks")["cues"] == ["question"]
    assert read("Can anyone recommend a plumber? Thanks in advance")["cues"] == ["question"]


def test_a_report_is_a_complaint_by_definition(read: Annotated) -> None:
    assert read("Lamp 14, Weir Lane", channel="report")["cues"] == ["complaint"]
    assert read(None, channel="report")["cues"] == ["complaint"]


@pytest.mark.parametrize("channel", ["press", "official"])
def test_press_and_officials_neither_complain_nor_ask_nor_praise(read: Annotated, channel: str) -> None:
    assert read("Is this the worst road? Thank you, awful council", channel=channel)["cues"] == []


def test_what_was_not_put_right_is_a_failure(read: Annotated) -> None:
    row = read("Horrible. The swing was not fixed")
    assert row["cues"] == ["complaint"]
    assert row["evidence"]["complaint"]["words"] == ["not fixed"]


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("anybody found one glove, left hand", "neighbours"),
        ("when are you opening that slide at the pool", "council"),
        ("what time's the tip shut Sundays", "cue"),
    ],
)
def test_a_question_needs_no_mark_and_says_whom_it_asks(read: Annotated, text: str, asked: str) -> None:
    assert read(text)["evidence"]["question"]["how"] == asked


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("Kiedy jest wywóz śmieci na naszej ulicy, czy ktoś wie?", True),
        ("متى سيتم جمع القمامة في شارعنا؟", True),
        ("Mae'r bws yn hwyr eto ac mae pawb yn aros yn y glaw", False),
    ],
)
def test_a_question_in_another_language_is_told_by_its_mark(read: Annotated, text: str, asks: bool) -> None:
    found = read(text)
    assert found["cues"] == ["question"] * asks
    assert read(text, channel="press")["cues"] == []
    if asks:
        assert found["evidence"]["question"]["how"] == "cue"
