from datetime import UTC, datetime, timedelta
from typing import Any

import pandas as pd
import pytest
from small import frame, post

from listening.summarise.phrases import COLUMNS, log_likelihood, phrases

AT = datetime(2026, 11, 1, 10, tzinfo=UTC)
LOTTERY = [
    "It's a bag lottery with the bins: some rows get them.",
    "Garden waste is a bag lottery now.",
    "Call it what it is, a bag lottery.",
    "Won the bag lottery today.",
    "This bag lottery has to stop.",
    "Bag lottery again.",
    "Lost the bag lottery.",
]


def said(*texts: str, **given: Any) -> pd.DataFrame:
    return frame(*(post(str(n), AT + timedelta(minutes=n), text=t, **given) for n, t in enumerate(texts)))


def ordinary(number: int) -> list[str]:
    return [f"Bins left out, {n} of them." for n in range(number)]


def test_seven_comments_with_a_phrase_nobody_used_before_are_new() -> None:
    found = phrases(said(*LOTTERY, *ordinary(30)), said(*ordinary(200)))
    assert found["phrase"].tolist() == ["bag lottery"]
    row = found.iloc[0]
    assert (row["posts"], row["voices"], row["before"], row["new"]) == (7, 7, 0, True)
    assert row["ids"] == [str(n) for n in range(7)]
    assert found.columns.tolist() == list(COLUMNS)


def test_a_phrase_that_was_said_as_often_before_is_not_told() -> None:
    assert phrases(said(*LOTTERY, *ordinary(30)), said(*LOTTERY * 6, *ordinary(180))).empty


def test_a_phrase_that_was_said_less_before_has_risen() -> None:
    found = phrases(said(*LOTTERY, *ordinary(30)), said(LOTTERY[0], *ordinary(400)))
    assert found[["phrase", "before", "new"]].values.tolist() == [["bag lottery", 1, False]]


def test_two_accounts_make_no_new_phrase_however_often_they_say_it() -> None:
    rows = said(*LOTTERY, *ordinary(30))
    rows["author"] = ["v1", "v2"] * 18 + ["v1"]
    assert phrases(rows, said(*ordinary(200))).empty


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("Left out at Delph Road.", {"places": ["Delph Road"]}),
        ("Ask aaron about it.", {}),
        ("They told Ozwick about it.", {}),
        ("Seen [name] about it.", {}),
        ("Wheelie trolley about it.", {"evidence": {"bins": {"words": ["wheelie trolley"]}}}),
    ],
)
def test_places_persons_masked_words_and_known_terms_are_never_news(text: str, given: Any) -> None:
    rows = pd.concat([said(*[text] * 9, **given), said(*ordinary(30))], ignore_index=True)
    words = " ".join(phrases(rows, said(*ordinary(200)))["phrase"])
    assert not {"delph", "road", "aaron", "ozwick", "name", "wheelie", "trolley"} & set(words.split())


def test_nothing_is_new_beside_nothing() -> None:
    assert phrases(said(*LOTTERY), frame()).empty
    assert phrases(frame(), said(*ordinary(9))).empty


def test_the_log_likelihood_is_that_of_dunning() -> None:
    assert log_likelihood(7, 64, 0, 300) == pytest.approx(24.995, abs=0.001)
    assert log_likelihood(1, 100, 9, 300) == 0.0
