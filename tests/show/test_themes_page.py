"""Themes, drawn: the words in their order, names that last, and nothing of a post taken for code."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from screen import SHOUT
from streamlit.testing.v1 import AppTest

from listening.store import connect

Look = Callable[..., AppTest]
BINS = {"town": "Stenby", "issue": "bins-waste"}


def screen() -> None:
    from listening.show import chooser, opening
    from listening.show.pages import themes

    opened = opening.open_area()
    choice = chooser.choose(opened.area, opened.now)
    themes.page(opened.store, opened.area, choice, opened.now)


@pytest.fixture
def own_copy(sample_store: str, tmp_path: Path) -> str:
    """The address of a sample of one's own, to be written to."""
    copy = tmp_path / "sample.db"
    shutil.copy(sample_store.removeprefix("sqlite:///"), copy)
    return f"sqlite:///{copy}"


@pytest.fixture
def look(monkeypatch: pytest.MonkeyPatch, sample_store: str) -> Look:
    def at(store: str = sample_store, **address: str) -> AppTest:
        monkeypatch.setenv("LISTENING_SAMPLE_STORE", store)
        app = AppTest.from_function(screen, default_timeout=60)
        for name, value in {"area": "sample", **address}.items():
            app.query_params[name] = value
        app.run()
        assert not app.exception
        return app

    return at


def lines(app: AppTest) -> list[str]:
    """What is to be read, in its order, without the marks of Markdown."""
    kinds = ("title", "markdown", "caption", "text", "expander")
    return [
        line.replace("\\", "").replace("**", "")
        for block in app.container(key="themes")
        if block.type in kinds
        for line in str(getattr(block, "value", None) or getattr(block, "label", "")).split("  \n")
    ]


def in_order(told: list[str], *wanted: str) -> None:
    rest = iter(told)
    for start in wanted:
        assert any(line.startswith(start) for line in rest), f"{start!r} is missing or out of order in {told}"


def labels(app: AppTest) -> list[str]:
    return [str(row) for row in app.table[0].value["Theme"]]


def test_bins_in_stenby_over_four_weeks(look: Look) -> None:
    app = look(**BINS)
    in_order(
        lines(app),
        "Themes · Bins · Stenby · 19 October to 16 November · 64 comments",
        "The last 28 days, because the address names no time",
        "The main complaint: “",
        "A smaller group: “",
        "About a third are unhappy (between 25 and 48 in a hundred, if these 64 are like the rest).",
        "49 accounts; the loudest three wrote 9 of 64.",
        "Worth knowing: “bag lottery” is new this month (7 comments) and no issue covers it yet.",
        "“",
        "Quarry Hill · ",
        "Said on: Delph Road",
        "11 sources speak about this town.",
        "How is this worked out?",
    )
    table = app.table[0].value
    assert table["comments"].iloc[-1] == "64"
    assert sum(int(n) for n in table["comments"].iloc[:-1]) == 64
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


def test_a_ward_with_almost_nothing_is_read_and_not_grouped(look: Look) -> None:
    app = look(ward="Coldbrook")
    in_order(
        lines(app),
        "Themes · Coldbrook",
        "The last 28 days",
        "9 comments is too few to group. Read them below.",
    )
    assert not app.table
    assert any("near miss with a pony" in t.value for t in app.text)
    in_order(lines(look(ward="Withen Valley")), "Themes · Withen Valley", "No comments in this time.")


def test_a_ward_that_could_not_be_heard_says_nothing_else(look: Look) -> None:
    told = lines(look(ward="Upper Dale", now="2026-11-11T07:30"))
    assert told[0] == "We cannot tell you about Upper Dale today."
    assert not [line for line in told if "comment" in line]


def test_neither_issue_nor_place_leads_to_the_issues_most_talked_about(look: Look) -> None:
    app = look()
    assert lines(app)[0] == "Choose an issue or a place in Haverdale: themes are read for one at a time."
    app.button(key="issue_bins-waste").click().run()
    assert not app.exception
    assert app.query_params["issue"] == "bins-waste"
    assert lines(app)[0].startswith("Themes · Bins · Haverdale")


def test_the_last_seven_days_are_one_click_away(look: Look) -> None:
    app = look(**BINS)
    app.button(key="week").click().run()
    assert lines(app)[0] == "Themes · Bins · Stenby · 9 November to 16 November · 27 comments"


def test_a_new_name_and_a_join_are_remembered(look: Look, own_copy: str) -> None:
    app = look(own_copy, **BINS)
    before = labels(app)
    app.text_input(key="name_0").set_value("Brown bins left behind").run()
    app.button(key="rename_0").click().run()
    assert not app.exception
    assert labels(app)[0] == "Brown bins left behind"
    app.selectbox(key="with_0").set_value(0).run()
    app.button(key="join_0").click().run()
    again = labels(look(own_copy, **BINS))
    assert again[0] == "Brown bins left behind"
    assert len(again) == len(before) - 1
    store = connect(own_copy)
    decided = store.decisions("theme")
    store.verify()
    store.close()
    assert decided["value"].tolist()[0] == {"rename": "Brown bins left behind"}
    assert set(decided["about"].iloc[0]) == {"issue", "place", "label", "terms"}
    assert labels(look(own_copy, issue="bins-waste", town="Haver"))[0] != "Brown bins left behind"


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


def test_nothing_in_a_post_is_taken_for_code(monkeypatch: pytest.MonkeyPatch, live_config: Path) -> None:
    monkeypatch.setenv("LISTENING_CONFIG", str(live_config))
    app = AppTest.from_function(screen, default_timeout=60)
    for name, value in {"area": "own", "ward": "Quarry Hill"}.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    assert [t.value for t in app.text if SHOUT.split("</script> ")[1] in t.value], "letter by letter"
    for element in (*app.markdown, *app.caption, *app.title):
        assert "<script" not in element.value.replace("\\<", "")
