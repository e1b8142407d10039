"""VADER's scores, equal to the original's to the last bit: its oddities are kept on purpose."""

import ast
import doctest
import random
import re
import time
import tracemalloc
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from vaderSentiment.vaderSentiment import BOOSTER_DICT, NEGATE, SPECIAL_CASES, SentimentIntensityAnalyzer

from listening import analyse, clean, sample
from listening.analyse import lexicons, sentiment, vader
from listening.analyse.matching import read as as_text
from listening.area import load
from listening.sample.making import HOME, KEY

QUICK, LARGE = 4_000, 60_000
THEIRS, OURS = SentimentIntensityAnalyzer(), vader.Scorer()
# Words of our own, some of which turn others: in the original's lexicon there are none such.
EXTRA = {"so": 1.0, "very": 0.9, "never": -1.5, "not": -1.0, "without": -0.5, "least": -1.0, "but": 1.5}
EXTRA |= {"lane": -2, "can't_fault": 2.3, "good": 0.0, "this": 0.5, "of": 0.5, "or": -0.5}
THEIRS_EXTENDED = SentimentIntensityAnalyzer()
THEIRS_EXTENDED.lexicon.update(EXTRA)
EMOJI = [e for e in THEIRS.emojis if len(e) == 1]
FEELING = ["good", "GREAT", "bad", "sad", "love", "hate", "kind", "no", "badass", "doubt", "heart", "die"]
FEELING += ["shit", "bomb", "ass", "kiss", "death", "stop", "right", "yeah", "beating", "fine", "won", "like"]
TURNS = [*NEGATE, "couldn't've", "N'T"]
TURNS += ["so", "this", "never so", "never this", "never", "without doubt", "without a doubt", "without"]
TURNS += ["least", "at least", "very least", "no", "no bus or", "no lane nor", "or", "at", "of", "kind of"]
TURNS += ["but"] * 9
TURNS += [*SPECIAL_CASES, *SPECIAL_CASES, "the", "for", "just enough", "sort of", "to"]
PLAIN = ["the", "a", "lane", "bus", "bin", "12", "NHS", "I", "ward", "Mill", "café", "STRASSE", "straße"]
ODD = ["İ", "ſo", "GOOD\u0301", "\u212aind", "ﬁne", "Σας", "\u200b", "\ufe0f"]
ODD += ["👩\u200d👧", "🇬🇧", "👍🏽", "🔛", "🆙"]
MARKS = [*[""] * 6, "!", "!!", "?", "??", ",", ".", "...", ":", "'", '"', ")", "!?", "’", "-", "_"]
GAPS = [*[" "] * 30, "  ", "\n", "\t", "\u00a0", "\u3000", "\x1f", ""]


def generated(number: int, seed: int) -> Iterator[str]:
    """Texts that nobody wrote, thick with what VADER has a rule for."""
    dice = random.Random(seed)
    listed = [*THEIRS.lexicon]
    pools = (FEELING, listed, TURNS, [*BOOSTER_DICT], PLAIN, [*EMOJI, *ODD], [":)", ":D", "<3", "-"])
    for _ in range(number):
        weights = [4, 4, 7, 3, dice.choice((2, 8)), 1, 1]
        shout = dice.choice((0, 0, 0.1, 0.5, 1))
        text = dice.choice(("", "", "", " ", "!"))
        for pool in dice.choices(pools, weights, k=dice.choice((0, 1, 2, 3, 4, 5, 6, 8, 12, 16, 40))):
            words = dice.choice(pool)
            for word in words.split() if dice.random() < 0.95 else [words]:
                written = word.upper() if dice.random() < shout else word
                around = dice.choice(MARKS) if dice.random() < 0.1 else "", dice.choice(MARKS)
                marked = dice.random() < 0.4
                text += around[0] + written + (around[1] if marked else "") + dice.choice(GAPS)
        yield text


@cache
def known(number: int, seed: int, extra: bool = False) -> list[tuple[str, str]]:
    """Generated texts and what the original says of each; repr tells 0.0 from -0.0."""
    theirs = THEIRS_EXTENDED if extra else THEIRS
    return [(text, repr(theirs.polarity_scores(text))) for text in generated(number, seed)]


def differing(scorer: vader.Scorer, number: int, seed: int, extra: bool = False) -> Iterator[str]:
    rows = known(number, seed, extra)
    return (text for text, says in rows if repr(scorer.polarity_scores(text)) != says)


def test_generated_texts_score_as_the_original_scores_them() -> None:
    assert list(differing(OURS, QUICK, 1)) == []


def test_words_of_ones_own_count_as_in_the_original_s_lexicon_and_stay_with_their_scorer() -> None:
    ours = vader.Scorer(EXTRA)
    assert list(differing(ours, QUICK, 1, extra=True)) == []
    assert list(differing(OURS, QUICK, 1)) == []
    assert ours.polarity_scores("the lane") != OURS.polarity_scores("the lane")


@pytest.mark.slow
def test_many_generated_texts_score_as_the_original_scores_them() -> None:
    assert list(differing(OURS, LARGE, 2)) == []


PIECES = st.sampled_from([*FEELING, *TURNS, *PLAIN, *ODD, *EMOJI[::40], "BUT", "!", "????", " ", "\n"])


@settings(max_examples=400, deadline=None)
@given(st.lists(st.one_of(PIECES, st.text(max_size=6)), max_size=24).map(" ".join) | st.text(max_size=60))
def test_any_text_scores_as_the_original_scores_it(text: str) -> None:
    assert repr(OURS.polarity_scores(text)) == repr(THEIRS.polarity_scores(text))


@settings(max_examples=500, deadline=None)
@given(
    st.floats(0, 1)
    | st.integers(0, 20_000).map(lambda n: n / 20_000)
    | st.integers(0, 16).map(lambda n: n / 16)
)
def test_rounding_is_that_of_round(number: float) -> None:
    assert vader._rounded(number, 3, 1e3) == round(number, 3)
    assert vader._rounded(number, 4, 1e4) == round(number, 4)


def faults() -> dict[str, tuple[str, str]]:
    blocks = Path(__file__).with_name("vader_faults.txt").read_text(encoding="utf-8").strip().split("\n\n")
    lines = [block.replace("\\n", "\n") for block in blocks[1:]]
    found = [re.fullmatch(r"(.*?)\n- (.*)\n\+ ?(.*)", block, re.DOTALL) for block in lines]
    return {match[1]: (match[2], match[3]) for match in found if match}


@pytest.mark.parametrize(("old", "new"), faults().values(), ids=faults())
def test_the_generated_texts_catch_a_rule_left_out(old: str, new: str) -> None:
    source = Path(vader.__file__).read_text(encoding="utf-8")
    assert source.count(old) == 1, f"{old!r} must stand once in vader.py"
    broken = ModuleType(vader.__name__)
    exec(compile(source.replace(old, new), vader.__file__, "exec", dont_inherit=True), vars(broken))
    assert any(
        next(differing(broken.Scorer(extra), QUICK, 1, extra is EXTRA), None) for extra in (None, EXTRA)
    )


def theirs_with_our_words() -> Any:
    """The original with the words and phrases of tone.yaml, each phrase as one word."""
    lexicon, scorer = lexicons.load("tone"), SentimentIntensityAnalyzer()
    scorer.lexicon.update(lexicon["words"])
    scorer.lexicon.update({re.sub(r"\W+", "_", p): value for p, value in lexicon["phrases"].items()})
    return scorer


@pytest.fixture
def plain(monkeypatch: pytest.MonkeyPatch) -> sentiment.Scorer:
    """The room's scorer with the original underneath."""
    slow = sentiment.Scorer()
    monkeypatch.setattr(slow, "_vader", theirs_with_our_words())
    return slow


@pytest.mark.parametrize("number", [500, pytest.param(20_000, marks=pytest.mark.slow)])
def test_the_sample_is_read_as_with_the_original(
    plain: sentiment.Scorer, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    area = load(HOME)
    posts = clean.run(sample.posts(area).tail(number), area, KEY)
    ours = analyse.run(posts, area)
    monkeypatch.setattr(sentiment, "scorer", lambda: plain)
    pd.testing.assert_frame_equal(ours, analyse.run(posts, area), check_exact=True)
    assert ours["tone"].notna().sum() > number / 10


def test_the_texts_of_the_tone_tests_score_as_with_the_original(plain: sentiment.Scorer) -> None:
    tree = ast.parse(Path(__file__).with_name("test_tone.py").read_text(encoding="utf-8"))
    texts = [n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str)]
    texts = [as_text(None, text) for text in (*texts, "a horrible mess " * 1200, "fine " + "😀" * 40)]
    assert [sentiment.scorer().compounds(t) for t in texts] == [plain.compounds(t) for t in texts]


def test_every_answer_is_the_caller_s_own() -> None:
    OURS.polarity_scores("the lane")["neu"] = 9.0
    assert OURS.polarity_scores("the lane") == THEIRS.polarity_scores("the lane")


def test_no_emoji_is_ascii_as_ascii_texts_are_not_searched_for_them() -> None:
    assert not [e for e in EMOJI if e.isascii()]


def test_the_memory_of_tokens_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vader, "KEPT", 50)
    monkeypatch.setattr(vader, "STRANGERS", 300)
    scorer, sizes = vader.Scorer(), []
    for text, says in known(QUICK, 1)[:500]:
        assert repr(scorer.polarity_scores(text)) == says
        sizes.append(len(scorer._memory))
    assert max(sizes) == 50
    assert min(sizes[sizes.index(50) :]) < 50, "forgotten and begun anew, as talk changes"


def test_long_tokens_are_not_remembered() -> None:
    scorer = vader.Scorer()
    scorer.polarity_scores("good " + "x" * (vader.LONGEST + 1))
    assert list(scorer._memory) == ["good"]


@pytest.mark.slow
def test_memory_is_flat_once_full() -> None:
    scorer = vader.Scorer()
    tracemalloc.start()
    try:
        sizes = []
        for part in range(4):
            for n in range(vader.KEPT):
                scorer.polarity_scores(f"good{part}.{n} isn't{part}.{n}'t")
            sizes.append(tracemalloc.get_traced_memory()[1])
    finally:
        tracemalloc.stop()
    assert max(sizes[1:]) < sizes[0] * 1.1


@pytest.mark.slow
@pytest.mark.parametrize(
    "text", ["the lane is bad but ", "good ", "sad BUT GOOD, ", "😀", "the bomb so ", "no kind of "]
)
def test_time_grows_with_the_length_not_its_square(text: str) -> None:
    def seconds(times: int) -> float:
        begun = time.process_time()
        OURS.polarity_scores(text * times)
        return time.process_time() - begun

    once, fourfold = (min(seconds(times) for _ in range(7)) for times in (4_000, 16_000))
    assert fourfold < 8 * once  # 16 times where each word looks at all others


def test_the_example_in_the_words_of_the_file_is_true() -> None:
    assert doctest.testmod(vader).failed == 0
