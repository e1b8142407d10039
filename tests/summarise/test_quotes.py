from datetime import UTC, datetime, timedelta

from small import frame, post

from listening.summarise.quotes import Quote, alike, good_word, questions, said, short

AT = datetime(2026, 11, 1, 10, tzinfo=UTC)
BUS = "Is the last 62 bus still 22:40 on Saturdays?"


def test_a_quote_keeps_whole_sentences_where_they_fit_and_else_whole_words() -> None:
    assert short("Bins again.  Third week!\nNobody answers.", 24) == "Bins again. Third week!"
    assert short("Water is over the kerb by the garages", 20) == "Water is over the…"
    assert short("Fine as it is.") == "Fine as it is."


def test_a_good_word_is_the_newest_praise_without_a_complaint() -> None:
    kind = "Whoever fixed the swings in Priory Park, thank you."
    rows = frame(
        post("1", AT, text=kind, cues=["praise"], tone="positive"),
        post(
            "2",
            AT + timedelta(hours=1),
            text="Thanks for nothing, bins missed",
            cues=["praise", "complaint"],
            tone="positive",
        ),
        post("3", AT + timedelta(hours=2), text="Great, just great that is", cues=["praise"], tone="unclear"),
        post(
            "4",
            AT + timedelta(hours=3),
            text="Thanks you idiots, about time",
            cues=["praise"],
            tone="positive",
            flags=["abuse"],
        ),
    )
    assert good_word(rows) == Quote(kind, "Haverdale Forum", AT, "1")
    assert good_word(rows.iloc[1:]) is None
    assert good_word(frame()) is None


def test_equal_questions_are_one_with_its_number_of_askers() -> None:
    rows = frame(
        post("1", AT, text="Where do we get sandbags? No answer on the phone.", cues=["question"]),
        post("2", AT + timedelta(minutes=5), text="Anyone know where to get sandbags?", cues=["question"]),
        post(
            "3", AT + timedelta(minutes=9), text="where can we get sandbags?", cues=["question"], author="v2"
        ),
        post("4", AT + timedelta(minutes=20), text=BUS, cues=["question"]),
        post("5", AT + timedelta(minutes=30), text="No idea about any of this", cues=[]),
    )
    assert questions(rows, frame()) == [
        Quote("Where do we get sandbags? No answer on the phone.", "Haverdale Forum", AT, "1", accounts=2),
        Quote(BUS, "Haverdale Forum", AT + timedelta(minutes=20), "4", accounts=1),
    ]


def test_a_public_body_answers_in_the_thread_or_on_the_issue_and_place_within_a_week() -> None:
    asked = frame(post("1", AT, text=BUS, cues=["question"], thread="t1"))

    def answer(after: timedelta, **given: object) -> object:
        return questions(
            asked, frame(post("o", AT + after, **{"channel": "official", "author": None, **given}))
        )

    day = timedelta(days=1)
    assert answer(day) == []
    assert answer(20 * day, thread="t1", issues=["bins"]) == []
    assert answer(8 * day) != []
    assert answer(-day) != []
    assert answer(day, issues=["bins"]) != []
    assert answer(day, wards=["Upper Dale"], towns=[]) != []
    assert answer(day, wards=[], towns=[]) == []


def test_what_people_say_are_words_that_differ() -> None:
    rows = frame(
        post("1", AT, text="Water is over the kerb by the garages", places=["Weir Lane"]),
        post(
            "2", AT + timedelta(hours=1), text="Water is over the kerb at the garages", places=["Weir Lane"]
        ),
        post("3", AT + timedelta(hours=2), text="Crews are pumping out the cellars now"),
        post("4", AT + timedelta(hours=3), text="Agreed"),
    )
    assert [q.id for q in said(rows)] == ["1", "3"]
    assert said(frame()) == []


def test_likeness_is_that_of_the_words_that_carry_meaning() -> None:
    assert alike("Where do we get sandbags?", "where can I get some sandbags") == 1.0
    assert alike("", "") == 0.0
