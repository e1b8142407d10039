"""Trends, drawn: findings before pictures, a table for each picture, and nobody else asked for anything."""

import base64
import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from alone import served
from screen import CHROMIUM, FLAGS, PAGE, SAMPLE, in_order, read
from streamlit.testing.v1 import AppTest

from listening import share
from listening.area import load
from listening.show import leaving
from listening.show.pages import trends
from listening.store import connect
from listening.summarise import deeds

Look = Callable[..., AppTest]
lines = partial(read, key="today")


@pytest.fixture
def look(open_page: Look) -> Look:
    """Open the page on the sample at an address."""
    return partial(open_page, "trends")


def test_bins_in_stenby_over_three_months_is_a_dossier(look: Look) -> None:
    app = look(town="Stenby", issue="bins-waste", period="90d")
    in_order(
        lines(app),
        "Stenby · last 90 days · Monday 16 November, 08:00",
        "Bins in Stenby: 9",
        "From ",
        "Rising: ",
        "3 of 13 weeks were above usual (",
        "Dotted lines: what was done and what public bodies said, by its number below.",
        "Whose job it is",
        "Runs it: [us",
        "What was done",
        "What public bodies said",
        "(1) 2 November: Garden waste: new days for brown bins in Stenby · Haverdale District Council",
        "Week before: 12 posts. After: 21. No clear change, here or in other wards.",
        "Tone",
        "Tone of 9",
        "About ",
        "What it is made of",
        "Quarry Hill ",
        "A place with more sources is heard more",
        "Side by side",
        "What we could hear",
    )
    assert app.get("plotly_chart")[0].proto.alt.startswith("3 of 13 weeks were above usual")
    assert [b.label for b in app.get("download_button")] == ["Download 26 rows of counts (CSV)"]


def test_the_whole_area_over_four_weeks_has_a_share_of_voice_with_its_interval(look: Look) -> None:
    said = lines(look(period="28d", by="issue"))
    in_order(said, "Haverdale: 1,992 posts", "1 of 4 weeks was above usual", "Flooding: ", "Side by side")
    (share,) = [line for line in said if line.startswith("Flooding: ")]
    assert " in a hundred (between " in share
    assert "Whose job it is" not in said


def test_a_flood_is_named_by_its_days(look: Look) -> None:
    said = lines(look(town="Larkford", issue="flooding"))
    in_order(
        said, "Flooding in Larkford: 204 posts this week, usually 0–1", "Rising: 204 posts, against none"
    )
    assert any(line.startswith("4 of 7 days were above usual") and "(131)" in line for line in said)


def test_issues_stand_side_by_side_each_beside_its_own_usual(look: Look) -> None:
    app = look(period="28d", **{"with": "bins-waste,flooding,nonsense"})
    said = lines(app)
    in_order(
        said, "Side by side", "Bins above usual and Flooding above usual", "Bins: ", "Flooding: 210 posts"
    )
    assert len(app.get("plotly_chart")) == 4


def test_a_thin_ward_is_not_judged(look: Look) -> None:
    said = lines(look(ward="Coldbrook"))
    in_order(said, "Coldbrook: 2 posts this week, usually 0–4", "Too few accounts to say", "All 7 days were")
    assert "2 posts is too few to judge one ward." in said


def test_days_that_could_not_be_heard_are_a_gap_in_the_line_and_said_in_words(look: Look) -> None:
    app = look(ward="Upper Dale", now="2026-11-13T07:30")
    gap = "Could not be heard: Monday 9 November to Thursday 12 November."
    in_order(lines(app), "We cannot tell you about Upper Dale today.", gap, "How is this worked out?")
    assert "What we could hear" not in lines(app), "it has been said above"
    picture = app.get("plotly_chart")[0].proto
    assert gap in picture.alt
    line, hatched = (json.loads(picture.spec)["data"][n] for n in (1, -1))
    assert line["mode"] == "lines+markers"
    assert _numbers(line["y"])[-4:] == [None] * 4
    assert None not in _numbers(line["y"])[:-4]
    assert (len(_numbers(hatched["y"])), hatched["marker"]["pattern"]["shape"]) == (4, "/")
    app.toggle[0].set_value(True).run()
    rows = app.table[0].value
    assert rows.iloc[:4, -1].tolist() == ["could not be heard"] * 4
    assert rows.iloc[:4]["Posts"].tolist() == [""] * 4
    assert rows.iloc[4]["Posts"] != ""


def test_a_week_that_could_not_be_heard_leaves_with_its_reason(
    look: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    left: list[pd.DataFrame] = []
    monkeypatch.setattr(leaving, "button", lambda store, role, what, safe, *rest, **more: left.append(safe))
    look(ward="Upper Dale", period="28d")
    (safe,) = left
    last = safe.iloc[-1]
    assert (last["week"], last["voices"]) == (pd.Timestamp("2026-11-09"), "could not be heard")
    assert pd.isna(last["posts"])


def _numbers(values: Any) -> list[float | None]:
    """A column of a picture, plain or packed."""
    if isinstance(values, dict):
        return list(np.frombuffer(base64.b64decode(values["bdata"]), values["dtype"]).astype(float))
    return list(values)


@pytest.mark.parametrize(
    "address",
    [
        {},
        {"period": "today"},
        {"ward": "Coldbrook", "issue": "homelessness-lettings", "period": "90d"},
        {"ward": "Haver Market", "by": "source"},
        {"town": "Haver", "by": "channel", "issue": "parking", "with": "town:Stenby,Coldbrook,X07000001"},
        {"now": "2026-05-20T09:00", "period": "90d"},
        {"by": "nonsense", "with": ",,,"},
    ],
    ids=str,
)
def test_every_view_can_be_opened(address: dict[str, str], look: Look) -> None:
    app = look(**address)
    assert len(app.title) == 1


def test_every_sentence_of_the_method_is_short() -> None:
    assert all(len(sentence.split()) <= 25 for line in trends.HOW for sentence in line.split(". "))


def test_every_picture_can_be_read_as_a_table(look: Look) -> None:
    app = look(town="Stenby", issue="bins-waste", period="90d")
    for toggle in app.toggle:
        toggle.set_value(True)
    app.run()
    assert not app.exception
    course, tone, places = (t.value for t in app.table)
    assert course.columns.tolist() == ["Week from", "What", "Posts", "Accounts", "Usual", ""]
    assert course["Posts"].tolist()[:3] == ["27", "20", "12"]
    assert len(app.get("plotly_chart")) == 3, "the picture stays beside its table"
    assert tone["Tone"].tolist() == ["Unhappy", "Neutral", "Pleased", "Can\\'t tell"]
    assert places["What"].tolist()[0] == "Quarry Hill"


def test_choosing_an_issue_puts_it_into_the_address(look: Look) -> None:
    app = look(town="Stenby")
    app.selectbox(key="at_issue").set_value("bins-waste").run()
    assert "bins-waste" in app.query_params["issue"]
    assert lines(app)[1].startswith("Bins in Stenby: ")


DOSSIER = {"town": "Stenby", "issue": "bins-waste", "period": "90d"}


def box(app: AppTest) -> AppTest:
    """Open the box of what was done."""
    app.session_state["done_dossier"] = True
    return app.run()


def stands(app: AppTest) -> str:
    (label,) = [p.proto.popover.label for p in app.get("popover") if "undefined" not in p.proto.popover.label]
    return str(label).replace("\\", "")


def test_what_was_done_is_told_marked_in_the_picture_and_can_be_taken_back(look: Look, own_copy: str) -> None:
    app = box(look(store=own_copy, **DOSSIER))
    assert stands(app) == "Answered · 1 statement, newest 2 November"
    app.radio(key="step_dossier").set_value("passed").run()
    app.text_input(key="more_dossier").set_value("Waste").run()
    app.button(key="save_dossier").click().run()
    assert not app.exception
    assert stands(app) == "Passed to Waste · today · officer"
    in_order(
        lines(app),
        "What was done",
        "(2) Passed to Waste · today · officer",
        "What public bodies said",
        "(1) ",
    )
    box(app).button(key="undo_dossier").click().run()
    assert stands(app) == "Answered · 1 statement, newest 2 November"
    store = connect(own_copy)
    kept = store.decisions("done")
    store.verify()
    store.close()
    assert kept["about"].tolist() == [{"issue": "bins-waste", "place": "town:Stenby"}] * 2
    assert kept["value"].tolist() == [{"step": "passed", "more": "Waste"}, None]
    assert kept["undoes"].dropna().tolist() == [kept["id"].iloc[0]]


def test_beside_the_box_stands_who_may_ask_for_it_and_that_the_sample_keeps_it(look: Look) -> None:
    said = lines(box(look(**DOSSIER)))
    assert deeds.ASKED_FOR in said
    assert deeds.SAMPLE in said


def test_a_person_is_never_named_in_what_was_done(look: Look, own_copy: str) -> None:
    app = box(look(store=own_copy, **DOSSIER))
    app.radio(key="step_dossier").set_value("passed").run()
    app.text_input(key="more_dossier").set_value("Sarah in Waste").run()
    app.button(key="save_dossier").click().run()
    assert [w.value for w in app.warning] == [deeds.NO_TEAM]
    store = connect(own_copy)
    assert store.decisions("done").empty
    store.close()


def test_a_note_of_some_weeks_ago_has_its_before_and_after(look: Look, own_copy: str) -> None:
    store = connect(own_copy)
    then = datetime(2026, 10, 20, 12, tzinfo=UTC)
    about = {"issue": "bins-waste", "place": "town:Stenby"}
    store.decide("officer", "done", about, {"step": "answered", "more": "https://haverdale.example/b"}, then)
    store.close()
    said = lines(look(store=own_copy, **DOSSIER))
    in_order(
        said,
        "(1) Answered · 20 October · officer · [haverdale.example ↗](<https://haverdale.example/b>)",
        "Three weeks before: ",
        "What public bodies said",
        "(2) 2 November",
    )
    (told,) = [line for line in said if line.startswith("Three weeks before")]
    assert "Other wards" in told or "other wards" in told


def test_a_download_is_recorded_with_its_rows_and_its_cells_are_guarded(tmp_path: Path) -> None:
    area = load(SAMPLE)
    now = datetime(2026, 11, 16, 8, tzinfo=UTC)
    days = pd.to_datetime(["2026-11-02", "2026-11-09"])
    rows = pd.DataFrame({"week": days, "issue": "bins-waste", "posts": [9, 2], "voices": [9, 2]})
    text = leaving.csv(share.counts(rows, area, now)).decode("utf-8-sig").splitlines()
    assert text[0].startswith(
        "# SAMPLE AREA – everything here is invented · area: Haverdale · made: Monday 16"
    )
    assert text[1:] == [
        "week,issue,posts,accounts",
        "2026-11-02,bins-waste,9,9",
        "2026-11-09,bins-waste,,fewer than 5",
    ]
    store = connect(f"sqlite:///{tmp_path / 's.db'}")
    leaving.record(store, "officer", "counts", {"rows": 2}, now)
    (kept,) = store.decisions("export").to_dict("records")
    store.close()
    assert (kept["role"], kept["about"], kept["value"]) == ("officer", "counts", {"rows": 2})


@pytest.fixture(scope="module")
def address(sample_store: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    script = tmp_path_factory.mktemp("trends") / "page.py"
    script.write_text(PAGE.format(name="trends"), encoding="utf-8")
    with served(script, sample_store) as found:
        yield found


@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 1440])
def test_the_picture_is_drawn_without_asking_anybody_and_fits_a_phone(address: str, width: int) -> None:
    sync_api = pytest.importorskip("playwright.sync_api")
    asked: list[str] = []
    with sync_api.sync_playwright() as player:
        chromium = player.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        tab: Any = chromium.new_page(viewport={"width": width, "height": 900})
        tab.on("request", lambda request: asked.append(request.url))
        tab.goto(f"{address}/?area=sample&town=Stenby&issue=bins-waste&period=90d")
        tab.locator(".js-plotly-plot .main-svg").first.wait_for(timeout=30_000)
        tab.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')
        label = tab.get_by_label("3 of 13 weeks were above usual").count()
        wide = tab.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        chromium.close()
    assert [url for url in asked if not url.startswith((address, "data:", "blob:"))] == []
    assert label >= 1
    assert wide <= 0
