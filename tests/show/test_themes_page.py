"""Themes, drawn: the words in their order, names that last, and nothing of a post taken for code."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from screen import SHOUT, in_order, read
from streamlit.testing.v1 import AppTest

from listening.store import connect

Look = Callable[..., AppTest]
BINS = {"town": "Stenby", "issue": "bins-waste"}


lines = partial(read, key="themes", kinds=("title", "markdown", "caption", "text", "expander"))


@pytest.fixture
def look(open_page: Look) -> Look:
    """Open the page on the sample at an address."""
    return partial(open_page, "themes")


def labels(app: AppTest) -> list[str]:
    return [str(row) for row in app.table[0].value["Theme"]]


def test_bins_in_stenby_over_four_weeks(look: Look) -> None:
    app = look(**BINS)
    in_order(
        lines(app),
        "Themes · Bins · Stenby · 19 October to 16 November · 65 comments",
        "The main complaint: “",
        "A smaller group: “",
        "About two thirds are unhappy (between 56 and 78 in a hundred, if these 65 are like the rest).",
        "50 accounts; the loudest three wrote 9 of 65.",
        "Worth knowing: “bag lottery” is new this month (7 comments) and no issue covers it yet.",
        "“",
        "Quarry Hill · ",
        "Said on: Delph Road",
        "11 sources speak about this town.",
        "How is this worked out?",
    )
    table = app.table[0].value
    assert table["comments"].iloc[-1] == "65"
    assert sum(int(n) for n in table["comments"].iloc[:-1]) == 65
    assert 5 <= len(table) <= 9
    assert "A bag lottery" in labels(app)
    assert "Thanks to the bin crew" in labels(app)


def test_the_theme_that_asks_is_told_the_official_answer(look: Look) -> None:
    opened = look(**BINS)
    asks = [n for n, e in enumerate(opened.expander) if "day" in e.label and "are questions" in e.label]
    opened.session_state[f"theme_{asks[0]}"] = True
    opened.run()
    assert not opened.exception
    in_order(
        lines(opened),
        "Haverdale District Council, 2 November: “Garden waste: new days for brown bins in Stenby”",
    )


def test_in_a_single_week_the_complaint_is_no_question_and_the_answer_no_advert(look: Look) -> None:
    app = look(period="7d", **BINS)
    in_order(
        lines(app),
        "The main complaint: “a bag lottery”, 7 of 27 comments.",
        "A group as large: “has our day changed to Thursday or not?”, 7.",
        "Haverdale District Council, 2 November: “Garden waste: new days for brown bins in Stenby”",
    )
    assert not any("drivers wanted" in line for line in lines(app))


def test_a_ward_with_almost_nothing_is_read_and_not_grouped(look: Look) -> None:
    app = look(ward="Coldbrook")
    in_order(
        lines(app),
        "Themes · Coldbrook",
        "9 comments is too few to group. Read them below.",
    )
    assert not app.table
    assert any("near miss with a pony" in t.value for t in app.text)
    in_order(lines(look(ward="Withen Valley")), "Themes · Withen Valley", "No comments in this time.")


def test_a_ward_that_could_not_be_heard_says_nothing_else(look: Look) -> None:
    app = look(ward="Upper Dale", period="7d")
    told = lines(app)
    in_order(
        told,
        "Themes · Upper Dale · 9 November to 16 November",
        "We cannot tell you about Upper Dale today.",
        "Its only source, Dale Parish News, has not answered since 9 November",
        "The week before, it carried 2 posts.",
        "Nearby:",
    )
    assert not [line for line in told if "comment" in line]
    app.button(key="near_Coldbrook").click().run()
    assert app.query_params["ward"] == "Coldbrook"


def test_comments_from_before_a_ward_fell_silent_are_read_beside_what_could_not_be_heard(look: Look) -> None:
    app = look(ward="Upper Dale", period="90d")
    in_order(
        lines(app),
        "Themes · Upper Dale · 18 August to 16 November · 17 comments",
        "17 comments",
        "We cannot tell you about Upper Dale today. Its only source, Dale Parish News, has not answered",
        "How is this worked out?",
    )


def test_neither_issue_nor_place_leads_to_the_issues_most_talked_about(look: Look) -> None:
    app = look()
    assert lines(app)[0] == "Choose an issue or a place in Haverdale: themes are read for one at a time."
    app.button(key="issue_bins-waste").click().run()
    assert not app.exception
    assert app.query_params["issue"] == "bins-waste"
    assert lines(app)[0].startswith("Themes · Bins · Haverdale")


def test_the_chooser_says_the_four_weeks_that_are_shown_and_a_shorter_time_can_be_had(look: Look) -> None:
    app = look(**BINS)
    assert app.selectbox(key="choose_period").value == "28d"
    app.selectbox(key="choose_period").set_value("7d").run()
    assert lines(app)[0] == "Themes · Bins · Stenby · 9 November to 16 November · 27 comments"
    app.selectbox(key="choose_period").set_value("28d").run()
    assert "period" not in app.query_params


def test_a_new_name_and_a_join_are_remembered(look: Look, own_copy: str) -> None:
    app = look(store=own_copy, **BINS)
    before = labels(app)
    app.text_input(key="name_0").set_value("Brown bins left behind").run()
    app.button(key="rename_0").click().run()
    assert not app.exception
    assert labels(app)[0] == "Brown bins left behind"
    app.selectbox(key="with_0").set_value(0).run()
    app.button(key="join_0").click().run()
    again = labels(look(store=own_copy, **BINS))
    assert again[0] == "Brown bins left behind"
    assert len(again) == len(before) - 1
    store = connect(own_copy)
    decided = store.decisions("theme")
    store.verify()
    store.close()
    assert decided["value"].tolist()[0] == {"rename": "Brown bins left behind"}
    assert set(decided["about"].iloc[0]) == {"issue", "place", "label", "terms"}
    assert labels(look(store=own_copy, issue="bins-waste", town="Haver"))[0] != "Brown bins left behind"


@pytest.mark.parametrize("name", ["Complaint by Aaron", "ask @someone"])
def test_a_theme_is_never_named_after_a_person(look: Look, name: str) -> None:
    app = look(**BINS)
    app.text_input(key="name_0").set_value(name).run()
    assert "A name may not name a person." in lines(app)
    assert app.button(key="rename_0").disabled


def test_abuse_is_behind_a_count_and_what_is_held_back_is_never_shown(look: Look) -> None:
    app = look(town="Larkford", issue="flooding")
    told = " ".join([*lines(app), *(t.value for t in app.text)])
    assert "4 abusive posts hidden." in told
    assert "1 post held back: somebody may be at risk." in told
    assert "scumbag" not in told
    assert "elderly neighbour" not in told


@pytest.mark.parametrize(
    "address",
    [
        {"town": "Larkford", "issue": "flooding", "period": "7d"},
        {"issue": "roads-potholes", "period": "90d"},
        {"ward": "Quarry Hill", "period": "today"},
        {"town": "Haver", "period": "28d"},
        {"ward": "Larkford Bridge", "now": "2026-06-10T09:00"},
        {"issue": "homelessness", "ward": "Foxholes"},
    ],
    ids=str,
)
def test_every_view_can_be_opened(look: Look, address: dict[str, str]) -> None:
    assert len(look(**address).title) == 1


def test_nothing_in_a_post_is_taken_for_code(
    look: Look, monkeypatch: pytest.MonkeyPatch, live_config: Path
) -> None:
    monkeypatch.setenv("LISTENING_CONFIG", str(live_config))
    app = look(area="own", ward="Quarry Hill")
    assert [t.value for t in app.text if SHOUT.split("</script> ")[1] in t.value], "letter by letter"
    for element in (*app.markdown, *app.caption, *app.title):
        assert "<script" not in element.value.replace("\\<", "")
