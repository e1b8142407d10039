from typing import Any

import pandas as pd

from listening.analyse import copies

SAME = "Weir Lane is closed until Friday"


def posts(*rows: tuple[str, str | None, str | None, int], **columns: Any) -> pd.DataFrame:
    """Rows of id, title, text and minute collected."""
    frame = pd.DataFrame(list(rows), columns=["id", "title", "text", "minute"], dtype="object")
    frame["collected"] = [pd.Timestamp(2026, 11, 16, 8, m, tz="UTC") for m in frame.pop("minute")]
    return frame.assign(**({"copy_of": None} | columns))


def test_the_same_words_are_a_copy_of_what_was_collected_first() -> None:
    frame = posts(
        ("b", None, SAME, 5), ("a", None, SAME, 1), ("c", None, "Something else was said here today", 0)
    )
    assert copies.run(frame) == ["a", None, None]


def test_case_punctuation_addresses_and_where_the_title_ends_make_no_difference() -> None:
    frame = posts(
        ("a", "Weir Lane", "is closed until Friday!", 0),
        ("b", None, "WEIR LANE… is closed, until Friday https://example.org/x?utm=1", 1),
    )
    assert copies.run(frame) == [None, "a"]


def test_a_short_common_phrase_is_no_copy() -> None:
    assert copies.run(posts(("a", None, "Same here, thanks!", 0), ("b", None, "same here thanks", 1))) == [
        None,
        None,
    ]


def test_posts_without_words_are_no_copies() -> None:
    assert copies.run(posts(("a", None, None, 0), ("b", None, None, 1))) == [None, None]


def test_a_root_is_looked_for_among_recent_posts() -> None:
    assert copies.run(posts(("b", None, SAME, 5)), posts(("a", None, SAME, 1))) == ["a"]


def test_a_copy_names_the_root_and_never_another_copy() -> None:
    recent = posts(("b", None, SAME, 1), copy_of="a")
    assert copies.run(posts(("c", None, SAME, 5)), recent) == ["a"]


def test_the_same_post_met_again_is_no_copy_of_itself() -> None:
    assert copies.run(posts(("a", None, SAME, 5)), posts(("a", None, SAME, 1))) == [None]


def test_a_root_met_again_stays_the_root_of_its_copies() -> None:
    recent = pd.concat([posts(("a", None, SAME, 1)), posts(("b", None, SAME, 2), copy_of="a")])
    assert copies.run(posts(("a", None, SAME, 9), ("c", None, SAME, 9)), recent) == [None, "a"]


def test_nothing_chains_when_a_root_becomes_a_copy() -> None:
    other = "The rest centre is open at the hall"
    recent = pd.concat([posts(("q", None, other, 0)), posts(("b", None, SAME, 2), copy_of="a")])
    assert copies.run(posts(("a", None, other, 9), ("c", None, SAME, 9)), recent) == ["q", "b"]


def test_no_posts_give_no_copies() -> None:
    assert copies.run(posts(), posts(("a", None, SAME, 1))) == []
