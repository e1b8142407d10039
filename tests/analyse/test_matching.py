from hypothesis import given
from hypothesis import strategies as st

from listening.analyse.matching import Matcher, fold, longest, near, read, sentences


def words(matcher: Matcher[str], text: str) -> list[str]:
    low = fold(text)
    return [text[h.start : h.end] for h in longest(matcher.find(low))]


def test_folding_keeps_every_letter_in_its_place() -> None:
    assert fold("Don’t Fly–Tip") == "don't fly tip"


@given(st.text())
def test_folding_never_changes_the_length(text: str) -> None:
    assert len(fold(text)) == len(text)


def test_only_whole_words_are_found() -> None:
    assert words(Matcher([("bin", "b")]), "Binary cabinets, robin, bin.") == ["bin"]


def test_a_star_stands_for_the_rest_of_a_word() -> None:
    assert words(Matcher([("pothole*", "p")]), "Potholed, potholes; pot hole") == ["Potholed", "potholes"]


def test_a_hyphen_and_a_space_are_the_same() -> None:
    assert words(Matcher([("fly-tipping", "f")]), "fly tipping, Fly-Tipping") == [
        "fly tipping",
        "Fly-Tipping",
    ]


def test_singular_and_plural_of_the_last_word_are_found() -> None:
    matcher = Matcher([("bin lorry", "b"), ("white lines", "r"), ("branch", "t")], inflect=True)
    assert words(matcher, "bin lorries, a white line, branches") == ["bin lorries", "white line", "branches"]


def test_an_apostrophe_may_be_left_out_or_put_in() -> None:
    matcher = Matcher([("children's centre", "c"), ("dogs mess", "d")], inflect=True)
    assert words(matcher, "childrens centre, dog's mess") == ["childrens centre", "dog's mess"]


def test_a_shorter_term_inside_a_longer_one_is_not_counted() -> None:
    matcher = Matcher([("dog bin", "dog"), ("bin", "bins"), ("bin", "waste")])
    found = [(h.start, h.value) for h in longest(matcher.find("dog bin or bin"))]
    assert found == [(0, "dog"), (11, "bins"), (11, "waste")]


def test_a_longer_term_that_ends_inside_a_word_hides_nothing() -> None:
    assert words(Matcher([("litter", "l"), ("litter bin", "b")]), "litter binary") == ["litter"]


def test_a_sentence_ends_at_its_mark_but_not_at_a_short_form() -> None:
    text = "Light out on Mill Rd. Still. Told Cllr. Quill?! Yes\nNext"
    assert [text[s:e].strip() for s, e in sentences(text)] == [
        "Light out on Mill Rd. Still.",
        "Told Cllr. Quill?!",
        "Yes",
        "Next",
    ]


def test_a_title_repeated_at_the_start_of_the_text_is_read_once() -> None:
    assert read("Bins missed…", "Bins missed on Mill Road").original == "Bins missed on Mill Road"


def test_title_and_text_are_two_sentences() -> None:
    text = read("Street", "light out")
    assert (text.original, text.title_end, len(text.sentences)) == ("Street\nlight out", 6, 2)


def test_near_words_are_in_one_sentence_and_close() -> None:
    text = read(None, "The lamp is out. The bin is late and the other lamp was seen to be quite out")
    matcher = Matcher([("lamp", "thing"), ("out", "fault")])
    hits = matcher.find(text.low)
    things, faults = [h for h in hits if h.value == "thing"], [h for h in hits if h.value == "fault"]
    assert [(t.start, f.start) for t, f in near(text, things, faults, 2)] == [(4, 12)]
