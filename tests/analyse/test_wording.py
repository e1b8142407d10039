"""What residents' words are about, where no term names it."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from invented import frame, small_area

import listening
from benchmarks import learn_wording
from listening import analyse
from listening.analyse import wording
from listening.analyse.matching import read
from listening.analyse.tonemodel import TONES
from listening.area import Area, Issue

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
    assert together.shape == (len(SAID), len(model.slugs), 2)
    np.testing.assert_array_equal(together, alone)
    np.testing.assert_array_equal(model.scores(texts[::-1], NONE)[::-1], together)
    assert model.scores([], []).shape == (0, len(model.slugs), 2)
    whole, loudest = together[0].T
    np.testing.assert_array_equal(whole, loudest)  # of one sentence both are the same
    assert (together[4, :, 1] > together[4, :, 0]).any()


def test_the_unnamed_matter_is_heard_and_its_words_are_given() -> None:
    model = wording.shipped()
    for said, slug in ((SAID[0], "bins-waste"), (SAID[1], "buses")):
        text = read(None, said)
        row = dict(zip(model.slugs, model.scores([text], [[]])[0].mean(1), strict=True))
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
    one, other = model.scores([short, long], [[], []])[:, column, 0] - model.bias[column]
    assert 0 < other < one


@pytest.mark.parametrize(
    ("tone", "text"),
    [
        ("negative", "third week running, nobody came, fed up of ringing them"),
        ("neutral", "anyone know what time it opens on Monday"),
        ("positive", "thank you so much to the lads who helped mum, smashing job"),
    ],
)
def test_words_alone_tell_a_plain_tone_the_same_in_any_company(tone: str, text: str) -> None:
    model, texts = wording.shipped(), [read(None, text), read(None, "bins not emptied again"), read(None, "")]
    row = model.tones(texts[:1])[0]
    assert TONES[int(row.argmax())] == tone
    np.testing.assert_array_equal(row, model.tones(texts * 40)[3])
    assert model.tones([]).shape == (0, len(TONES))


@pytest.mark.parametrize(
    ("words", "root"),
    [
        ("lamp lamps lamp's", "lamp"),
        ("tree trees", "tree"),
        ("bus buses", "bus"),
        ("empty emptied emptying", "empty"),
        ("speed speeding speeds", "speed"),
        ("family families", "family"),
        ("tip tips tipped tipping", "tip"),
        ("crossing crossings", "crossing"),
        ("park parks parked", "park"),
        ("parking", "parking"),
        ("rate rates", "rate"),
        ("rat rats", "rat"),
        ("care cares", "care"),
        ("car cars", "car"),
        ("12.30 7", "0"),
        ("glass", "glass"),
    ],
)
def test_endings_are_taken_off_and_no_more(words: str, root: str) -> None:
    assert {wording.stem(word) for word in words.split()} == {root}


def test_places_and_little_words_are_never_a_reason() -> None:
    model = wording.shipped()
    text = read(None, "It is up to Selston at Mill Lane, the wheelie bin is not emptied. £ ?")
    masks = [(12, 19), (23, 32)]
    for slug in model.slugs:
        for start, end in model.because(text, masks, slug):
            assert end - start >= wording.SHORTEST
            assert not any(first < end and start < last for first, last in masks)


def test_masks_leave_every_letter_where_it_was() -> None:
    text = read(None, "at Mill Lane")
    for mask in ([(3, 12)], [(3, 3)], [(3, 40)], [(12, 20)], [(3, 7), (8, 12)]):
        assert len(wording.masked(text, mask)) == len(text.low)


def test_many_long_texts_are_read_some_at_a_time_and_alike() -> None:
    model = wording.shipped()
    long, short = read(None, "bins not emptied again. " * 2_000), read(None, "bus was late")
    many = [short, *[long] * (wording.BLOCK // len(long.low) + 1), short]
    rows = model.scores(many, [[]] * len(many))
    np.testing.assert_array_equal(rows[0], rows[-1])
    np.testing.assert_array_equal(rows[1], model.scores([long], [[]])[0])
    assert rows.shape == (len(many), len(model.slugs), 2)


@pytest.mark.parametrize("block", [1, 60, wording.BLOCK])
def test_however_many_letters_are_read_at_once_the_same_is_said(
    monkeypatch: pytest.MonkeyPatch, block: int
) -> None:
    model, one = wording.shipped(), "bins not emptied again."
    texts = [read(None, said) for said in (*SAID, one, " ".join([one] * 100 + ["The bus was late."]))]
    masks: list[list[tuple[int, int]]] = [[]] * len(texts)
    alone = np.concatenate([model.scores([text], [[]]) for text in texts])
    monkeypatch.setattr(wording, "BLOCK", block)
    rows = model.scores(texts, masks)
    np.testing.assert_array_equal(rows, alone)
    bins, bus = (model.slugs.index(slug) for slug in ("bins-waste", "buses"))
    assert rows[-1, bins, 1] == rows[-2, bins, 1]  # the sentence that says most, however often it is said
    assert rows[-1, bus, 1] > rows[-2, bus, 1]  # and the last one is heard
    grown = (rows[-1, bins, 0] - model.bias[bins]) / (rows[-2, bins, 0] - model.bias[bins])
    assert grown == pytest.approx(10, rel=0.05)  # a hundred times the sum, of ten times the length


def test_talk_of_nothing_sounds_like_nothing() -> None:
    model = wording.shipped()
    column = model.slugs.index(wording.NOTHING)
    said = ("Two nil up at half time and we still lost, typical", "Bins not emptied again, third week")
    chat, complaint = model.scores([read(None, one) for one in said], [[], []])[:, column, 0]
    assert chat > 0 > complaint


def test_an_issue_leads_only_what_the_whole_wording_would_say(area: Area) -> None:
    """An area with few issues, and a user's filter class with a slug that the wording knows."""
    bus = next(i for i in area.issues if i.slug == "roads-potholes")
    few = small_area(issues=(bus,))
    said = (
        "Gran waited nine weeks for her hip appointment and then they cancelled it",
        "pothole on Mill Lane",
    )
    assert analyse.run(frame(*said), few)["issues"].tolist() == [[], ["roads-potholes"]]
    fete = Issue("events-community", "Fetes", "none", terms=("fete",), noise=True)
    row = analyse.run(
        frame("Fun day on the green, stalls, a tombola, come along"), small_area(issues=(fete,))
    )
    assert (row.iloc[0]["noise"], row.iloc[0]["issues"]) == (None, [])


@pytest.mark.parametrize(
    "text",
    [
        "Happy birthday to our Jan, sixty today and doesn't look it",
        "Two nil up at half time and we still lost, typical",
        "Anybody else watching that baking thing tonight",
        "My courier never turned up, third time this week",
        "Lost my keys somewhere near the chippy, ring me if you find them",
        "What a sunset",
        "New kitten pictures as promised",
        "Broadband is down again, I am on my phone",
        "The clock is slow",
    ],
)
def test_small_talk_stays_without_an_issue(text: str) -> None:
    whole = listening.load(Path(__file__).parents[2] / "sources.yaml")
    assert analyse.run(frame(text), whole).iloc[0]["issues"] == []


def test_the_shipped_table_is_the_one_that_was_read_over() -> None:
    assert wording.digest() == "f6585ae748ff627d479977561fbbb5d05d6d28af172665d7dcd3dbbcd8033c97"
    assert wording.FILE.stat().st_size < 2_000_000


def test_the_same_remarks_make_the_same_table_in_any_process(tmp_path: Path) -> None:
    sums = {
        subprocess.run(
            [sys.executable, "-c", LEARN],
            env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(sums) == 1
    assert sums.pop().strip()


LEARN = """
import hashlib
from benchmarks import learn_wording
said = ["bins not emptied again", "they missed our wheelie bin", "bus never came", "late bus, full bus"]
about = [{"bins-waste": 1.0}, {"bins-waste": 1.0}, {"buses": 1.0}, {"buses": 0.5}]
placed = learn_wording.placed(said * 5, about * 5, [[]] * 20)
model = learn_wording.learnt(placed, ["bins-waste", "buses"], toned=False)
print(hashlib.sha256(model.table.tobytes() + repr(model.rows).encode()).hexdigest())
"""


def test_a_word_that_no_text_holds_is_known_by_its_company() -> None:
    said = ["the bus was late", "a coach trip", "my bin was missed", "rubbish left out"] * 5
    about = [{"buses": 1.0}, {"buses": 1.0}, {"bins-waste": 1.0}, {"bins-waste": 1.0}] * 5
    placed = learn_wording.placed(said, about, [[]] * len(said))
    model = learn_wording.learnt(placed, ["bins-waste", "buses"], toned=False)
    train, trash = model.scores([read(None, "train"), read(None, "trash")], [[], []])[:, :, 0]
    assert train[1] > trash[1]
    assert trash[0] > train[0]


def test_tones_are_learnt_beside_the_issues_and_leave_them_alone() -> None:
    said = [
        "bins not emptied, shameful",
        "lovely clean bins, thank you",
        "bin day is Monday",
        "no bus again",
    ] * 5
    about = [{"bins-waste": 1.0}, {"bins-waste": 1.0}, {"bins-waste": 1.0}, {"buses": 1.0}] * 5
    tones = [[1.0, 0.0, 0.0], [0.0, 0.0, 1.0], [0.0, 1.0, 0.0], [1.0, 0.0, 0.0]] * 5
    placed = learn_wording.placed(said, about, tones)
    both = learn_wording.learnt(placed, ["bins-waste", "buses"])
    texts = [read(None, one) for one in ("shameful", "lovely, thank you", "on Monday")]
    assert [TONES[n] for n in both.tones(texts).argmax(1)] == ["negative", "positive", "neutral"]
    alone = learn_wording.learnt(placed, ["bins-waste", "buses"], toned=False)
    assert alone.tones(texts).shape == (3, 0)
    assert both.rows == alone.rows
    np.testing.assert_array_equal(both.table, alone.table)
    np.testing.assert_array_equal(learn_wording.learnt(placed, []).tones(texts), both.tones(texts))
