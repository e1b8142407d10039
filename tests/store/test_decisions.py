"""Decisions: appended, chained, and found out when tampered with."""

import pytest
from store_posts import NOW

from listening.errors import StoreError, WordsError
from listening.store import Store


@pytest.fixture
def three(store: Store) -> Store:
    store.decide("officer", "label", "invented:1", {"issue": "bins", "right": False}, NOW)
    store.decide("admin", "export", "counts", {"rows": 12}, NOW)
    store.decide("officer", "label", "invented:1", None, NOW, undoes=1)
    return store


def _tamper(store: Store, statement: str) -> None:
    with store._disk.writing() as connection:
        connection.exec_driver_sql(statement)


def test_decisions_come_back_as_they_were_made_oldest_first(three: Store) -> None:
    found = three.decisions()
    assert found.columns.tolist() == ["id", "at", "role", "what", "about", "value", "undoes", "erased"]
    assert found.drop(columns="undoes").values.tolist() == [
        [1, NOW, "officer", "label", "invented:1", {"issue": "bins", "right": False}, False],
        [2, NOW, "admin", "export", "counts", {"rows": 12}, False],
        [3, NOW, "officer", "label", "invented:1", None, False],
    ]
    assert found["undoes"].fillna(0).tolist() == [0, 0, 1]
    assert three.decisions(what="export")["id"].tolist() == [2]
    three.verify()


def test_no_decisions_are_an_empty_frame_of_the_same_columns(store: Store) -> None:
    empty = store.decisions()
    store.verify()
    store.decide("officer", "note", None, "seen", NOW)
    assert empty.dtypes.to_dict() == store.decisions().dtypes.to_dict()


def test_what_changes_a_page_raises_the_version_and_an_export_does_not(three: Store) -> None:
    before = three.version
    three.decide("admin", "export", "posts", {"rows": 1}, NOW)
    assert three.version == before
    three.decide("officer", "mute", "bins", "2026-12-01", NOW)
    assert three.version == before + 1


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        (
            "UPDATE decision SET value = '{\"rows\": 1}' WHERE pk = 2",
            "row 2: its content is not what was written",
        ),
        ("UPDATE decision SET at = at - 1 WHERE pk = 1", "row 1: its content is not what was written"),
        (
            "UPDATE decision SET content = 'x' WHERE pk = 2",
            "row 2: its digest does not follow from the one before",
        ),
        ("DELETE FROM decision WHERE pk = 2", "row 2: it is missing"),
        ("DELETE FROM decision WHERE pk = 3", "row 3: it is missing"),
        ("UPDATE decision SET about = NULL WHERE pk = 3", "row 3: its content is not what was written"),
    ],
)
def test_a_row_that_was_tampered_with_is_found_and_named(three: Store, statement: str, sentence: str) -> None:
    _tamper(three, statement)
    with pytest.raises(StoreError, match=f"the record of decisions has been tampered with: {sentence}"):
        three.verify()


def test_what_a_decision_says_can_be_erased_and_the_chain_still_holds(three: Store) -> None:
    three.decide("officer", "note", "invented:2", "PLANTED-WORDS", NOW)
    three.strike(4)
    row = three.decisions().iloc[3]
    assert row[["role", "what", "about", "value", "erased"]].tolist() == ["officer", "note", None, None, True]
    three.verify()
    assert three.decide("officer", "note", None, "next", NOW) == 5
    three.verify()


def test_only_a_decision_that_is_there_can_be_undone_or_struck(three: Store) -> None:
    with pytest.raises(WordsError, match="undoes must be the number of a decision; got 9"):
        three.decide("officer", "label", None, None, NOW, undoes=9)
    with pytest.raises(WordsError, match="there is no decision 9 to strike"):
        three.strike(9)


def test_what_belongs_together_is_kept_together_or_not_at_all(store: Store) -> None:
    before = store.version
    assert store.decide_all(
        "officer", [("draw", "a", {"posts": 2}), ("drawn", "p1", {"draw": "a"})], NOW
    ) == [1, 2]
    assert store.decisions("drawn")["about"].tolist() == ["p1"]
    assert store.version == before, "no cached figure looks different for a draw or a label"
    with pytest.raises(TypeError):
        store.decide_all("officer", [("truth", "p1", 1), ("truth", "p2", object())], NOW)
    assert len(store.decisions()) == 2
    store.verify()
