from math import isnan
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented import frame, small_area

from listening import analyse, post
from listening.area import Area, Issue
from listening.errors import WordsError

LISTS = ("issues", "issue_tones", "wards", "towns", "maybe_wards", "places", "cues", "flags")
AREA = small_area()


def test_a_posts_whole_row(area: Area) -> None:
    row = analyse.run(frame("Weir Lane again: horrible potholes, Larkford"), area).iloc[0]
    words: dict[str, Any] = {
        "Larkford Bridge": {"words": ["Weir Lane"], "how": "street", "confidence": "likely"},
        "Larkford": {"words": ["Larkford"], "how": "town", "confidence": "sure"},
        "roads-potholes": {"words": ["potholes"], "how": "term", "confidence": "likely"},
        "complaint": {"words": ["again", "potholes"], "how": "cue", "confidence": "likely"},
    }
    words["Larkford Bridge"]["confidence"] = "sure"
    assert row[list(post.ANNOTATIONS)].drop("sentiment").to_dict() == {
        "language": "en",
        "issues": ["roads-potholes"],
        "issue_tones": ["negative"],
        "wards": ["Larkford Bridge"],
        "towns": ["Larkford"],
        "maybe_wards": [],
        "places": ["Weir Lane"],
        "tone": "negative",
        "cues": ["complaint"],
        "flags": [],
        "noise": None,
        "copy_of": None,
        "evidence": words,
        "version": analyse.version(area),
    }
    assert row["sentiment"] < 0


def test_an_empty_frame_has_every_column(area: Area) -> None:
    result = analyse.run(frame(), area)
    assert len(result) == 0
    assert set(post.COLUMNS + post.ANNOTATIONS) <= set(result.columns)
    assert result["sentiment"].dtype == "float64"


def test_a_frame_as_collect_makes_it_is_taken(area: Area) -> None:
    result = analyse.run(post.frame([]), area)
    assert list(result.columns) == [*post.COLUMNS, *post.ANNOTATIONS]


def test_the_index_is_kept_and_the_frame_given_is_not_changed(area: Area) -> None:
    given_frame = frame("Bins missed", None, "Weir Lane").set_index(pd.Index([7, 3, 7]))
    before = given_frame.copy(deep=True)
    result = analyse.run(given_frame, area)
    assert list(result.index) == [7, 3, 7]
    assert result["issues"].tolist() == [["bins-waste"], [], []]
    pd.testing.assert_frame_equal(given_frame, before)


def test_a_post_without_words_has_nothing_but_empty_lists(area: Area) -> None:
    row = analyse.run(frame(None), area).iloc[0]
    assert [row[name] for name in LISTS] == [[]] * len(LISTS)
    assert (row["language"], row["tone"], row["noise"], row["evidence"]) == (None, None, None, {})
    assert isnan(row["sentiment"])


def test_what_was_annotated_before_is_renewed(area: Area) -> None:
    once = analyse.run(frame("Bins missed on Weir Lane"), area)
    pd.testing.assert_frame_equal(analyse.run(once, area), once)


def test_a_frame_without_its_sources_is_refused(area: Area) -> None:
    with pytest.raises(WordsError, match="needs the columns"):
        analyse.run(frame("Bins missed").drop(columns="source"), area)


def test_the_version_changes_with_a_term_a_place_or_a_ward(area: Area) -> None:
    issues = (*area.issues, Issue("new", "New", "us", ("newt",)))
    versions = {
        analyse.version(a)
        for a in (
            area,
            small_area(issues=issues),
            small_area(places=area.places[1:]),
            small_area(wards=area.wards[:-1]),
        )
    }
    assert len(versions) == 4
    assert analyse.version(small_area()) == analyse.version(area)


def test_two_areas_do_not_share_their_names(area: Area) -> None:
    text = frame("Flooding on Weir Lane")
    assert analyse.run(text, small_area(places=())).iloc[0]["wards"] == []
    assert analyse.run(text, area).iloc[0]["wards"] == ["Larkford Bridge"]


WORDS = st.sampled_from(
    [
        *(
            "Weir Lane",
            "Station Rd",
            "Larkford",
            "in",
            "Chester",
            ",",
            ".",
            "?",
            "\n",
            "pothole",
            "bin",
            "İ",
            "ß",
        ),
        *(
            "missed",
            "AGAIN",
            "thanks",
            "Cllr Quill",
            "stole",
            "you",
            "idiot",
            "“",
            "”",
            "’s",
            "😀😀",
            "ﬁ",
            "SEND",
        ),
        *(
            "want to end it",
            "library",
            "closed",
            "Underdale",
            "Kingsway",
            "ward",
            "Haver",
            "brilliant",
            "but",
        ),
    ]
)
TEXTS = st.one_of(st.none(), st.text(max_size=80), st.lists(WORDS, max_size=25).map(" ".join))


@settings(max_examples=150, deadline=None)
@given(title=TEXTS, text=TEXTS, channel=st.sampled_from(post.CHANNELS))
def test_any_text_is_read_and_its_evidence_really_stands_in_it(
    title: str | None, text: str | None, channel: str
) -> None:
    row = analyse.run(frame(text, title=pd.Series([title], dtype="object"), channel=channel), AREA).iloc[0]
    assert all(isinstance(row[name], list) for name in LISTS)
    assert len(row["issues"]) == len(row["issue_tones"])
    assert not set(row["wards"]) & set(row["maybe_wards"])
    whole = f"{(title or '').strip()}\n{(text or '').strip()}"
    assert all(word in whole for why in row["evidence"].values() for word in why["words"])
    labels = {*row["issues"], *row["wards"], *row["maybe_wards"], *row["cues"], *row["flags"]}
    assert labels <= set(row["evidence"])
