"""What residents' words are about, where no term names it."""

from pathlib import Path

import numpy as np
import pytest

from benchmarks import learn_wording
from listening.analyse import wording
from listening.analyse.matching import read

SAID = [
    "Third week running and the lorry drove straight past, it's stinking",
    "The 9.15 never came, stood at the stop for an hour in the rain",
    "Lovely evening in Portland Park",
    "",
    "It's been dark from the bridge to the school since the clocks went back.\nAnybody rung them?",
]
NONE: list[list[tuple[int, int]]] = [[]] * len(SAID)


def test_a_batch_says_what_each_text_says_alone() -> None:
    model = wording.shipped()
    texts = [read(None, said) for said in SAID]
    together = model.scores(texts, NONE)
    alone = np.concatenate([model.scores([text], [[]]) for text in texts])
    assert together.shape == (len(SAID), len(model.slugs))
    np.testing.assert_array_equal(together, alone)
    np.testing.assert_array_equal(model.scores(texts[::-1], NONE)[::-1], together)
    assert model.scores([], []).shape == (0, len(model.slugs))


def test_the_unnamed_matter_is_heard_and_its_words_are_given() -> None:
    model = wording.shipped()
    for said, slug in ((SAID[0], "bins-waste"), (SAID[1], "buses")):
        text = read(None, said)
        row = dict(zip(model.slugs, model.scores([text], [[]])[0], strict=True))
        assert max(row, key=lambda one: row[one]) == slug
        spans = model.because(text, [], slug)
        assert 1 <= len(spans) <= wording.SHOWN
        assert spans == sorted(spans)
        assert all(said[start:end].strip() == said[start:end] != "" for start, end in spans)


def test_a_places_name_says_nothing_of_the_matter() -> None:
    model = wording.shipped()
    parks, drinks = (read(None, f"I was in {name} yesterday") for name in ("Station Park", "Tavern Brook"))
    masks = [[(9, 21)], [(9, 21)]]
    rows = model.scores([parks, drinks], masks)
    np.testing.assert_array_equal(rows[0], rows[1])
    assert (model.scores([parks, drinks], [[], []])[0] != rows[0]).any()
    assert wording.masked(parks, masks[0]) == "i was in §            yesterday"


def test_a_word_nobody_wrote_adds_length_and_nothing_else() -> None:
    model = wording.shipped()
    short, long = (read(None, said) for said in ("bins not emptied", "bins not emptied zzyzxq"))
    column = model.slugs.index("bins-waste")
    one, other = model.scores([short, long], [[], []])[:, column] - model.bias[column]
    assert 0 < other < one


@pytest.mark.parametrize(
    ("word", "root"), [("emptied", "empti"), ("lamps", "lamp"), ("buses", "bus"), ("12.30", "0")]
)
def test_endings_are_taken_off(word: str, root: str) -> None:
    assert wording.stem(word) == wording.stem(root)


def test_the_shipped_table_is_the_one_that_was_read_over() -> None:
    assert wording.digest() == "b6deec5a7ae9c21d2552cd7456f9662340e4daf0e302e8a5ae19a37824def327"
    assert wording.FILE.stat().st_size < 2_000_000


def test_the_same_remarks_make_the_same_table(tmp_path: Path) -> None:
    said = ["bins not emptied again", "they missed our wheelie bin", "bus never came", "late bus, full bus"]
    about = [{"bins-waste": 1.0}, {"bins-waste": 1.0}, {"buses": 1.0}, {"buses": 0.5}]
    texts = learn_wording.placed(said * 5, about * 5)
    one, other = (learn_wording.learnt(texts, ["bins-waste", "buses"]) for _ in range(2))
    np.testing.assert_array_equal(one.table, other.table)
    assert one.rows == other.rows
    met, unmet = one.scores([read(None, "the wheelie was missed"), read(None, "train")], [[], []])
    assert met[0] > met[1]
    assert unmet[1] > unmet[0]  # "train" by its company alone: no text holds it
