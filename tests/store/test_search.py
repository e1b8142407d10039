"""Search: one table of queries and what they find, the same on every database; and what is refused."""

from typing import Any

import pytest
from store_posts import AREA, DAY, NOW, post, posts

from listening.errors import WordsError
from listening.store import Store
from listening.store.search import GAP, LONGEST, words

TEXTS: dict[int, tuple[str | None, str]] = {
    1: ("Missed bin", "The brown bin on Mill Lane was missed again."),
    2: ("Potholes", "A pothole on the A38, and another pothole by the wheelie-bin store."),
    3: (None, "The council’s bins are late; the Café is open. CAFÉ! Naïve?"),
    4: ("Refuse", "Refuse collection: bin collected, wheeliebin cracked (not brown)."),
    5: ("Mill", "Lane closed. Don't park by St. Mary's, or at 6.30pm; £5 fine."),
    6: ("Die Straße", "Überfüllt 🗑️ im Ⅷ. Bezirk. Москва, ёлка. 東京"),
    7: (None, "Bin bin bin. It’s a co‑op re­fuse shed."),
}

QUERIES: list[tuple[str, list[int]]] = [
    ("bin", [7, 4, 2, 1]),
    ("BIN", [7, 4, 2, 1]),
    ("bins", [3]),  # nothing is stemmed
    ("bin*", [7, 4, 3, 2, 1]),
    ("the bin", [2, 1]),  # every word; none is too common
    ("brown bin", [4, 1]),
    ('"brown bin"', [1]),
    ("“brown bin”", [1]),
    ('"bin brown"', []),
    ('"mill lane"', [1]),  # a phrase does not run from a title into its text
    ('"bin bin bin"', [7]),
    ('"bin coll*"', [4]),
    ('"bin coll"*', [4]),
    ('"bin coll"', []),
    ("potholes OR refuse", [7, 4, 2]),
    ("potholes or refuse", []),  # in small letters it is a word
    ("brown -missed", [4]),
    ("brown NOT missed", [4]),
    ('bin -"brown bin" -pothole', [7, 4]),
    ("bin AND brown AND missed", [1]),
    ("bin (pothole OR missed)", [2, 1]),
    ("pothole OR brown missed", [2, 1]),  # side by side binds more than OR
    ("bin -(pothole OR brown)", [7]),
    ("(bin)", [7, 4, 2, 1]),
    ("cafe", [3]),
    ("CAFÉ", [3]),
    ("cafe\u0301", [3]),
    ("naive", [3]),
    ("council", [3]),
    ("councils", [3]),
    ("council's", [3]),
    ("don’t", [5]),
    ("dont", [5]),
    ("marys", [5]),
    ("wheelie-bin", [4, 2]),  # joined or split
    ("wheeliebin", [4, 2]),
    ('"wheelie bin"', [2]),
    ("wheelie-b*", [4, 2]),
    ('"wheeliebin store"', []),
    ("coop", [7]),
    ("co-op", [7]),
    ("a38", [2]),
    ("a3*", [2]),
    ("6.30pm", [5]),
    ("£5", [5]),
    ("bin & brown", [4, 1]),  # what is no word is passed over
    ("bin - brown", [4, 1]),
    ("strasse", [6]),
    ("uberfullt", [6]),
    ("viii", [6]),
    ("москва елка", [6]),
    ("東京", [6]),
    ("nothing-of-the-kind", []),
    ("title", []),
    ("rowid", []),
    ("NEAR", []),
    ("words:bin", []),
    ("'bin' | !brown", [4, 1]),
    ("   ", [7, 6, 5, 4, 3, 2, 1]),
    ("", [7, 6, 5, 4, 3, 2, 1]),
]

WRONG = [
    ('"brown bin', "a quotation mark is missing its other one"),
    ("(brown", "a parenthesis is not closed"),
    ("brown)", "a parenthesis is closed that was not opened"),
    ("bin ()", "there is no word between the parentheses"),
    ("OR bin", "OR needs a word on either side"),
    ("bin OR", "OR needs a word on either side"),
    ("bin OR OR brown", "OR needs a word on either side"),
    ("AND bin", "AND needs a word on either side"),
    ("bin AND", "AND needs a word on either side"),
    ("-brown", "beside what is left out it needs a word to look for"),
    ("bin OR -brown", "beside what is left out it needs a word to look for"),
    ("NOT brown", "beside what is left out it needs a word to look for"),
    ("bin NOT", "there is no word after the - or NOT"),
    ("bin NOT OR brown", "there is no word after the - or NOT"),
    ("bin --brown", "there is no word after the - or NOT"),
    ("b*n", r"a \* stands at the end of a word only"),
    ("*", r"a \* needs the beginning of a word before it"),
    ("🗑️ !", "there is no word in it"),
    ("(" * 11 + "bin" + ")" * 11, "parentheses may be 10 deep"),
    ("bin " * 101, "it may have 100 words"),
]


@pytest.fixture
def seven(store: Store) -> Store:
    rows = (post(n, title=a, text=b, published=NOW - (9 - n) * DAY) for n, (a, b) in TEXTS.items())
    store.write(posts(*rows), AREA, NOW)
    return store


def _found(store: Store, query: str, **given: Any) -> list[int]:
    return [int(i.removeprefix("invented:")) for i in store.posts(search=query, **given)["id"]]


def test_each_query_finds_what_the_table_says(seven: Store) -> None:
    assert [(query, _found(seven, query)) for query, _ in QUERIES] == QUERIES


@pytest.mark.parametrize(("query", "why"), WRONG)
def test_a_query_that_cannot_be_read_is_a_sentence(seven: Store, query: str, why: str) -> None:
    with pytest.raises(WordsError, match=f"search cannot be read: {why}; got '"):
        seven.posts(search=query)


def test_search_goes_together_with_all_other_choices(seven: Store) -> None:
    assert _found(seven, "bin", since=NOW - 6 * DAY, limit=1) == [7]
    assert _found(seven, "bin", until=NOW - 6 * DAY) == [2, 1]
    assert _found(seven, "bin", ids=["invented:3"]) == []


def test_an_edit_is_found_by_its_new_words_alone_and_a_newer_analysis_changes_nothing(store: Store) -> None:
    store.write(posts(post(1, text="The old gate.")), AREA, NOW)
    store.write(posts(post(1, text="A new fence.", collected=NOW)), AREA, NOW)
    assert (_found(store, "gate"), _found(store, "fence")) == ([], [1])
    store.write(posts(post(1, text="A new fence.", collected=NOW, version="two")), AREA, NOW)
    assert _found(store, "fence") == [1]


def test_what_is_gone_erased_or_purged_is_found_no_more(store: Store) -> None:
    rows = [post(n, text="The gate.", collected=NOW - n * DAY) for n in (1, 2, 3, 95)]
    store.write(posts(*rows), AREA, NOW)
    store.gone(["invented:1"], AREA, NOW)
    store.erase(AREA, NOW, ids=["invented:2"])
    store.purge(AREA, NOW)
    assert _found(store, "gate") == [3]


def test_a_post_may_have_no_words_or_very_many_or_very_long_ones(store: Store) -> None:
    rows = [
        post(1, title=None, text="🙂"),
        post(2, text="gate " * 20_000 + "fence"),
        post(3, text="é" * 3_000 + " shed"),
    ]
    store.write(posts(*rows), AREA, NOW)
    assert (_found(store, "gate fence"), _found(store, "shed")) == ([2], [3])
    assert _found(store, "e" * 3_000) == _found(store, "e" * LONGEST) == _found(store, "eee*") == [3]


def test_words_are_cut_once_for_all_databases() -> None:
    assert words("Wheelie-bin", None, "the Council’s wheelie-bin_1") == [
        "wheelie", "bin", GAP, "the", "council", "s", "wheelie", "bin", "1",
        GAP, "wheeliebin", GAP, "councils",
    ]  # fmt: skip
    assert words(None, "") == []
