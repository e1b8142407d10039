from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from listening.analyse import copies

SAME = "Weir Lane is closed until Friday"


def posts(*rows: tuple[str, str | None, str | None, int], **columns: Any) -> pd.DataFrame:
    """Rows of id, title, text and minute collected."""
    frame = pd.DataFrame(list(rows), columns=["id", "title", "text", "minute"], dtype="object")
    frame["collected"] = [pd.Timestamp(2026, 11, 16, 8, m, tz="UTC") for m in frame.pop("minute")]
    every = {"copy_of": None, "source": "Forum", "channel": "public", "url": None} | columns
    return frame.assign(**every)


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


WIRE = (
    "A burst main has shut Weir Lane in Larkford and left some 400 homes without water since Tuesday night."
    " Engineers hope to mend it before the morning. Bottled water is handed out at the leisure centre."
)


def item(id: str, title: str | None, text: str | None, minute: int, **columns: Any) -> pd.DataFrame:
    """A press item, of an outlet and a site of its own unless one is given."""
    site = {"source": f"Outlet {id}", "channel": "press", "url": f"https://{id}.example/news"}
    return posts((id, title, text, minute), **(site | columns))


def talk(id: str, text: str, minute: int = 0) -> pd.DataFrame:
    return posts((id, None, text, minute), source="Forum", channel="public", url=None)


def run(*rows: pd.DataFrame) -> list[str | None]:
    return copies.run(pd.concat(rows, ignore_index=True))


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Burst main leaves homes dry", WIRE),
        ("Homes without water", WIRE + " (c) PA Media 2026"),
        ("Homes without water", "Our reporter followed it all night. " + WIRE),
        ("HOMES WITHOUT WATER", WIRE.replace("Engineers", "Enginers").replace("handed", "hnaded")),
        ("Homes without water", WIRE.rpartition(" Bottled")[0]),
        ("Water off in Weir Lane", " ".join(WIRE.split()[:24]) + " …"),
    ],
    ids=["headline", "tail", "own first line", "typos", "cut", "summary"],
)
def test_an_article_as_another_outlet_has_it_is_a_copy(title: str, text: str) -> None:
    assert run(item("a", "Homes without water", WIRE, 0), item("b", title, text, 1)) == [None, "a"]


def test_the_same_story_in_other_words_is_no_copy() -> None:
    other = (
        "Hundreds of taps ran dry overnight after a pipe gave way beneath Weir Lane, the water company says."
    )
    assert run(item("a", "Homes without water", WIRE, 0), item("b", "Homes without water", other, 1)) == [
        None,
        None,
    ]


NOTICES = [
    ("Weir Lane", "Monday 16 November"),
    ("Mill Yard", "Monday 16 November"),
    ("Weir Lane", "Monday 23 November"),
]


@pytest.mark.parametrize(
    "form",
    [
        "Road closure: {} is closed to all traffic from {} for repairs to the road. Please follow the signs.",
        "{}: a flood alert has been issued on {}. River levels are high and low land by the river may flood.",
    ],
)
@pytest.mark.parametrize("channel", ["official", "public"])
def test_notices_from_one_form_are_told_apart_by_place_and_date(form: str, channel: str) -> None:
    rows = [item(str(n), None, form.format(*what), n, channel=channel) for n, what in enumerate(NOTICES)]
    assert run(*rows) == [None] * 3


def test_applications_are_told_apart_by_their_number() -> None:
    form = "Application 2026/{}: a new house has been proposed. You can comment on our website."
    assert run(*(item(str(n), form.format(n), None, 0) for n in (123, 124, 125))) == [None] * 3


def test_a_notice_of_one_street_in_small_letters_is_not_that_of_another() -> None:
    said = "anyone know why {} is shut again this morning there are police cars everywhere"
    assert run(talk("a", said.format("weir lane")), talk("b", said.format("mill yard"), 1)) == [None, None]


@pytest.mark.parametrize("word", ["not ", "no longer "])
def test_a_denial_is_no_copy(word: str) -> None:
    said = "The council says the tip on Quarry Road will {}close for good at the end of this winter"
    assert run(talk("a", said.format("")), talk("b", said.format(word), 1)) == [None, None]


TALK = "Lost a grey cat near the old mill last night, she is shy and answers to no name, ring if you see her"


@pytest.mark.parametrize(
    ("text", "copied"),
    [
        (TALK.upper() + "!!!", True),
        ("Please share. " + TALK, True),
        (TALK.replace("answers", "anwsers"), True),
        (TALK + " What a shame that the council took away the wardens who used to help", False),
        (TALK.replace("cat", "dog"), False),
    ],
    ids=["shouted", "shared", "typo", "own opinion", "another animal"],
)
def test_residents_may_add_a_slip_or_a_few_words_and_no_more(text: str, copied: bool) -> None:
    assert run(talk("a", TALK), talk("b", text, 1)) == [None, "a" if copied else None]


def test_short_posts_are_copies_in_equal_words_alone() -> None:
    rows = [
        talk("a", "Bin day tomorrow?"),
        talk("b", "Bin day tomorrow?", 1),
        talk("c", "Thanks!"),
        talk("d", "Thanks!"),
    ]
    assert run(*rows) == [None] * 4
    assert run(talk("a", "Is it brown bin day tomorrow?"), talk("b", "Is it brown bin day tomorow?", 1)) == [
        None,
        None,
    ]


def test_two_sources_with_one_address_have_one_article() -> None:
    one = item("a", "Burst main", WIRE, 0, url="https://www.example.org/news/1")
    two = item("b", "Something else altogether", None, 1, url="http://example.org/news/1/amp")
    assert run(one, two) == [None, "a"]
    assert run(one, two.assign(channel="public")) == [None, None]
    assert run(one.assign(url="https://example.org/"), two.assign(url="https://example.org")) == [None, None]


def test_an_article_that_its_source_gives_again_under_a_new_headline_is_folded() -> None:
    one = item("a", "Burst main", WIRE, 0, url="https://example.org/news/1", source="Courier")
    assert run(
        one, item("b", "Pipe mended", None, 9, url="https://example.org/news/1", source="Courier")
    ) == [None, "a"]


def test_items_of_one_round_that_lead_to_one_page_are_items_of_their_own() -> None:
    page = {"url": "https://example.org/news", "source": "Council"}
    rows = [item(n, f"Item {n} of the week has its own words", None, 0, **page) for n in "abc"]
    assert run(*rows) == [None] * 3


def test_two_articles_of_one_site_under_one_standing_summary_are_two() -> None:
    standing = (
        "A man was found hurt beside the river in Larkford last week and the police ask who saw him there."
    )
    site = "https://example.org/news/"
    one = item("a", "Man found by the river", standing, 0, url=site + "1")
    assert run(one, item("b", "Man leaves hospital", standing, 9, url=site + "2")) == [None, None]


def test_copies_of_an_edited_root_go_on_without_it() -> None:
    recent = pd.concat([posts(("b", None, SAME, 2), copy_of="a"), posts(("c", None, SAME, 3), copy_of="a")])
    fresh = posts(("a", None, "Something else was said here today", 9), ("d", None, SAME, 9))
    assert copies.run(fresh, recent) == [None, "b"]


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 5), st.integers(0, 3), st.integers(0, 9)), max_size=12),
    st.integers(0, 12),
)
def test_a_copy_never_names_a_copy(said: list[tuple[int, int, int]], known: int) -> None:
    texts = (SAME, SAME + " at noon", WIRE, WIRE + " (c) PA Media")
    rows = {str(n): (str(n), None, texts[text], minute) for n, text, minute in said}
    every = list(rows.values())
    before, fresh = posts(*every[:known]), posts(*every[known:])
    before["copy_of"] = pd.Series(copies.run(before), dtype="object")
    held = dict(zip(before["id"], before["copy_of"], strict=True))
    found = dict(zip(fresh["id"], copies.run(fresh, before), strict=True))
    assert all(root is None or (held | found)[root] is None for root in (held | found).values())
