from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from small import frame

from listening.summarise import sayings
from listening.summarise.comments import Comments, Said, Theme, Word
from listening.summarise.event import Item
from listening.summarise.figures import Figures
from listening.summarise.kept import Kept
from listening.summarise.quotes import Quote
from listening.summarise.scope import Scope

NOW = datetime(2026, 11, 16, 8, tzinfo=UTC)
STREETS = (("Delph Road", 8), ("Quarry Rise", 5), ("Chapel Walk", 3), ("", 5))
BROWN = Theme(
    "Brown bin not emptied, third week",
    21, 17, 4, 16, 2, 0, 3, 0, (), STREETS, None, (), (), False, False,
)  # fmt: skip
REPLY = replace(BROWN, label="No reply from the council", comments=12, voices=11, before=5, negative=9)
CREW = replace(BROWN, label="Thanks to the crew", comments=7, negative=0, positive=6)
OTHER = replace(BROWN, label="Other", comments=31, other=True)
FIGURES = Figures(posts=64, voices=49, negative=31, neutral=14, positive=7, unclear=12)


def found(*themes: Theme, **given: object) -> Comments:
    values = {
        "figures": FIGURES,
        "loudest": 9,
        "before": 32,
        "copies": 0,
        "source": ("Council page comments", 41),
        "word": None,
        "kept": Kept(),
        "hushed": False,
        "posts": frame(),
    }
    return Comments(themes=themes or (BROWN, REPLY, OTHER), **{**values, **given})  # type: ignore[arg-type]


def test_the_heading_says_what_where_when_and_how_many(scope: Callable[..., Scope]) -> None:
    here = scope(ward=None, town="Larkford", issue="bins", period="28d", now=NOW)
    assert sayings.heading(here, 64) == "Themes · Bins · Larkford · 19 October to 16 November · 64 comments"
    assert (
        sayings.heading(scope(period="today", now=NOW), 1)
        == "Themes · Larkford Bridge · 16 November · 1 comment"
    )


def test_the_finding_is_the_largest_group_and_the_next() -> None:
    assert sayings.finding(found()) == [
        "The main complaint: “brown bin not emptied, third week”, 21 of 64 comments.",
        "A smaller group: “no reply from the council”, 12.",
    ]
    assert sayings.finding(found(CREW, OTHER)) == ["The main thanks: “thanks to the crew”, 7 of 64 comments."]
    mixed = replace(BROWN, label="I can't say", negative=2)
    assert sayings.finding(found(mixed)) == ["Said most: “I can't say”, 21 of 64 comments."]


def test_the_main_complaint_is_the_largest_theme_that_is_mostly_unhappy() -> None:
    day = replace(BROWN, label="Has our day changed?", comments=7, negative=4, neutral=3, positive=0)
    bags = replace(day, label="A bag lottery", negative=5, neutral=0)
    assert sayings.finding(found(day, bags)) == [
        "The main complaint: “a bag lottery”, 7 of 64 comments.",
        "A group as large: “has our day changed?”, 7.",
    ]
    asked = replace(day, comments=9, negative=4)
    assert sayings.finding(found(asked, bags)) == [
        "The main complaint: “a bag lottery”, 7 of 64 comments.",
        "A larger group: “has our day changed?”, 9.",
    ]
    thanks = replace(CREW, comments=9, positive=9)
    assert (
        sayings.finding(found(thanks, bags))[0] == "The main thanks: “thanks to the crew”, 9 of 64 comments."
    )


@pytest.mark.parametrize(
    ("posts", "said"),
    [
        (0, "No comments in this time."),
        (1, "1 comment is too few to group. Read it below."),
        (12, "12 comments is too few to group. Read them below."),
        (25, "25 comments, and no two groups among them. Read them below."),
    ],
)
def test_few_comments_are_not_grouped_and_that_is_said(posts: int, said: str) -> None:
    assert sayings.finding(found(OTHER, figures=Figures(posts=posts))) == [said]


def test_a_sensitive_issue_of_two_accounts_is_not_shown() -> None:
    assert sayings.finding(found(hushed=True)) == [
        "Fewer than 3 accounts wrote about this sensitive issue. It is shown from 3 up."
    ]


def test_the_table_has_a_row_a_theme_and_one_of_all() -> None:
    assert sayings.table(found(BROWN, replace(REPLY, before=None))) == [
        ("", "comments", "accounts", "before", "unhappy", "neutral", "pleased", "can't tell"),
        ("Brown bin not emptied, third week", "21", "17", "4", "16", "2", "0", "3"),
        ("No reply from the council", "12", "11", "–", "9", "2", "0", "3"),
        ("All", "64", "49", "32", "31", "14", "7", "12"),
    ]
    assert sayings.compact(BROWN) == "17 accounts · before 4 · 16 unhappy · 2 neutral · 3 can't tell"


def test_how_many_are_unhappy_is_said_with_its_interval() -> None:
    assert sayings.tone(found()) == (
        "About half are unhappy (between 37 and 60 in a hundred, if these 64 are like the rest)."
    )


def test_tone_has_its_floors() -> None:
    few = Figures(posts=29, voices=20, negative=29)
    assert sayings.tone(found(figures=few)) == "29 comments is too few to judge tone."
    loud = Figures(posts=64, voices=9, negative=64)
    assert sayings.tone(found(figures=loud)) == "64 comments from 9 accounts is too few to judge tone."


@pytest.mark.parametrize(
    ("share", "said"),
    [(0.0, "hardly any"), (0.16, "about one in six"), (0.52, "about half"), (1.0, "nearly all")],
)
def test_shares_are_said_as_people_say_them(share: float, said: str) -> None:
    assert sayings.part(share) == said


def test_accounts_the_loudest_three_and_where_most_are_from() -> None:
    assert sayings.voices(found()) == (
        "49 accounts; the loudest three wrote 9 of 64. 41 are from Council page comments."
    )
    few = found(figures=Figures(posts=4, voices=2), source=("Haverdale Forum", 4))
    assert sayings.voices(few) == "2 accounts. All are from Haverdale Forum."


def test_copies_are_said_to_be_folded() -> None:
    assert sayings.copies(found()) == ""
    assert sayings.copies(found(copies=1)) == "1 copy was folded into the comment it repeats."
    assert sayings.copies(found(copies=7)) == "7 copies were folded into the comments they repeat."


def test_a_theme_says_its_comments_its_questions_and_its_streets() -> None:
    assert sayings.label(BROWN) == "Brown bin not emptied, third week · 21 comments"
    assert sayings.label(replace(BROWN, questions=6)) == (
        "Brown bin not emptied, third week · 21 comments · 6 are questions"
    )
    assert sayings.said_on(BROWN) == (
        "Said on: Delph Road 8 · Quarry Rise 5 · Chapel Walk 3 · no street named 5"
    )
    assert sayings.said_on(replace(BROWN, streets=(("", 5),))) == ""


def test_a_quote_says_where_and_how_old_and_whether_it_may_be_mockery() -> None:
    missed = Quote("Missed again. Brilliant service.", "Haverdale Forum", NOW - timedelta(days=5), "1")
    assert sayings.attributed(Said(missed, "Stenby", True), NOW) == (
        "marked can't tell: may be sarcasm · Stenby · 5 days ago"
    )
    assert sayings.attributed(Said(missed, "", False), NOW) == "5 days ago"


def test_the_official_answer_is_named_dated_and_marked() -> None:
    at = datetime(2026, 11, 2, 10, tzinfo=UTC)
    item = Item("Garden waste: new days", "Haverdale District Council", "official", at, None)
    assert sayings.answer(item, NOW, UTC) == (
        "Haverdale District Council, 2 November: “Garden waste: new days” (official)"
    )


def test_a_new_word_is_worth_knowing(scope: Callable[..., Scope]) -> None:
    month = scope(period="28d", now=NOW)
    assert sayings.worth_knowing(Word("bag lottery", 7, 0), month) == (
        "Worth knowing: “bag lottery” is new this month (7 comments) and no issue covers it yet."
    )
    assert sayings.worth_knowing(Word("bag lottery", 7, 2), month) == (
        "Worth knowing: “bag lottery” is said more this month (7 comments, two in the twelve weeks before)."
    )
    assert sayings.worth_knowing(None, month) == ""


def test_a_name_that_cannot_be_given_says_why() -> None:
    assert sayings.unnamed("Brown bins", (REPLY,)) == ""
    assert sayings.unnamed("  ", ()) == "Give the theme a name first."
    assert sayings.unnamed("x" * 61, ()) == "A name has at most 60 letters; this one has 61."
    assert sayings.unnamed("no reply from the COUNCIL", (REPLY,)) == (
        "Another theme has this name. Join the two instead."
    )


def test_no_sentence_is_longer_than_25_words() -> None:
    said = [*sayings.HOW, *sayings.finding(found()), sayings.tone(found())]
    said += [sayings.voices(found()), sayings.copies(found(copies=7))]
    for text in said:
        for sentence in text.split(". "):
            assert len(sentence.split()) <= 25, sentence
