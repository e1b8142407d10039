"""The Wards page: what it says of the sample, of a ward with little to go on, and of a new installation."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from screen import CHROMIUM, FLAGS, ROOT, serving
from streamlit.testing.v1 import AppTest

from listening import pipeline
from listening.area import load
from listening.post import Post, frame
from listening.store import connect, keys
from listening.summarise import compare

MOMENT = "2026-11-16T07:45"
PLAIN = re.compile(r"\\(?=[!-/:-@\[-`{-~])|\u2060")


def screen() -> None:
    from listening.show import chooser, opening
    from listening.show.pages import wards

    opened = opening.open_area()
    wards.page(opened.store, opened.area, chooser.choose(opened.area, opened.now), opened.now)


def page(monkeypatch: pytest.MonkeyPatch, sample_store: str, config: Path, **query: str) -> AppTest:
    monkeypatch.setenv("LISTENING_SAMPLE_STORE", sample_store)
    monkeypatch.setenv("LISTENING_CONFIG", str(config))
    app = AppTest.from_function(screen, default_timeout=60)
    for name, value in query.items():
        app.query_params[name] = value
    return app.run()


def said(app: AppTest) -> list[str]:
    kinds = (app.title, app.markdown, app.caption)
    return [PLAIN.sub("", str(e.value)) for kind in kinds for e in kind]


def table(app: AppTest) -> list[list[str]]:
    shown = app.table[0].value.map(lambda cell: PLAIN.sub("", cell))
    return [list(row) for row in shown.to_numpy().tolist()]


@pytest.fixture(autouse=True)
def _own_store_of_the_configuration(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LISTENING_STORE", raising=False)


def test_the_sample_shows_its_wards_by_distance_from_their_own_usual(
    monkeypatch: pytest.MonkeyPatch, sample_store: str, own_config: Path
) -> None:
    app = page(monkeypatch, sample_store, own_config, now=MOMENT)
    assert not app.exception
    words = said(app)
    assert words[:2] == [
        "Five wards are above their usual range.",
        "One ward could not be heard.",
    ]
    rows = table(app)
    assert [(r[0], r[-1]) for r in rows[:5]] == [
        ("Larkford Bridge", "far above usual"),
        ("Larkford Park", "above usual"),
        ("Quarry Hill", "above usual"),
        ("Eastgate", "just above usual"),
        ("Tannery", "just above usual"),
    ]
    assert rows[-1] == ["Upper Dale", "–", "0–4", "–", "–", "0", "could not be heard"]
    assert compare.FOOT in words
    assert any(
        re.fullmatch(r"one ward \d+ · a town only \d+ · several .* \d+ · cannot tell \d+", w) for w in words
    )
    drawn = app.get("plotly_chart")[0].proto
    assert drawn.alt.startswith("Map of the wards. far above usual: Larkford Bridge.")
    assert "data:application/json;base64," in drawn.config


def test_a_ward_is_judged_over_the_chosen_time_and_not_over_the_last_day(
    monkeypatch: pytest.MonkeyPatch, sample_store: str, own_config: Path
) -> None:
    app = page(monkeypatch, sample_store, own_config, now=MOMENT, period="28d")
    assert "Upper Dale could be heard for part of the time." in said(app)
    (row,) = [r for r in table(app) if r[0] == "Upper Dale"]
    assert (row[1], row[-2:]) == ("6", ["1", "heard 21 of 28 days"])
    drawn = app.get("plotly_chart")[0].proto
    assert "Upper Dale (heard 21 of 28 days)" in drawn.alt
    assert "could not be heard" not in drawn.alt


def test_a_ward_with_little_to_go_on_is_shown_for_longer(
    monkeypatch: pytest.MonkeyPatch, sample_store: str, own_config: Path
) -> None:
    app = page(monkeypatch, sample_store, own_config, now=MOMENT, ward="Coldbrook")
    words = said(app)
    assert not app.exception
    assert "Coldbrook · last 28 days (we widened it from 7 days, which held 2 posts)" in words
    assert words[0].startswith("9 posts from 8 accounts; usually ")
    assert table(app)[0][::4] == ["Speeding", "Northshire County Council"]
    assert table(app)[0][3] == "Main Street 3, Ford Lane 1"
    assert any(w.startswith("Tone: 9 posts is too few. There is no town to borrow from. ") for w in words)
    assert "Heard through 2 sources. A ward this quiet online is not a ward without problems." in words


def test_what_was_done_about_an_issue_of_the_ward_is_said(
    monkeypatch: pytest.MonkeyPatch, own_copy: str, own_config: Path
) -> None:
    store = connect(own_copy)
    about = {"issue": "speeding-road-safety", "place": "Coldbrook"}
    then = datetime(2026, 10, 20, 12, tzinfo=UTC)
    store.decide("officer", "done", about, {"step": "passed", "more": "County highways"}, then)
    store.close()
    words = said(page(monkeypatch, own_copy, own_config, now=MOMENT, ward="Coldbrook"))
    assert "Raised? Speeding: Passed to County highways · 20 October · officer" in words


def test_a_ward_that_could_not_be_heard_has_no_figures(
    monkeypatch: pytest.MonkeyPatch, sample_store: str, own_config: Path
) -> None:
    app = page(monkeypatch, sample_store, own_config, now=MOMENT, ward="Upper Dale")
    assert not app.exception
    assert "We cannot tell you about Upper Dale today." in " ".join(said(app))
    assert not app.table


def test_a_click_on_the_map_chooses_the_ward_and_a_button_leads_back(
    monkeypatch: pytest.MonkeyPatch, sample_store: str, own_config: Path
) -> None:
    app = page(monkeypatch, sample_store, own_config, now=MOMENT, ward="Moorside")
    app.button[0].click().run()
    assert "ward" not in app.query_params
    assert app.get("plotly_chart")


def test_a_new_installation_has_no_usual_yet(
    monkeypatch: pytest.MonkeyPatch, sample_store: str, live_config: Path
) -> None:
    app = page(monkeypatch, sample_store, live_config)
    assert not app.exception
    assert said(app)[0] == "No ward has a usual range yet: that takes 8 weeks, so far there are 0."
    assert {row[-1] for row in table(app)} == {"no usual yet"}


def test_a_real_area_with_a_handful_of_posts_is_drawn_whole(
    monkeypatch: pytest.MonkeyPatch, sample_store: str, tmp_path: Path
) -> None:
    """Ashfield's 23 wards with five invented posts; nobody was asked for anything."""
    config = ROOT / "sources.yaml"
    area = load(config)
    store = connect(f"sqlite:///{tmp_path / 'own.db'}")
    now = datetime.now(UTC)
    source = next(s for s in area.sources if s.channel == "public")
    texts = [
        "Bins missed again in Carsic",
        "Potholes in Skegby",
        "Bins not emptied, Carsic",
        "Litter, Selston",
    ]
    posts = [
        Post(
            f"feed:{n}",
            source.name,
            "public",
            "post",
            now - timedelta(hours=n + 1),
            now,
            text=text,
            author=f"v{n}",
        )
        for n, text in enumerate(texts)
    ]
    pipeline.understand(frame(posts), area, store, keys.key(store, area, make=True), now)
    store.close()
    monkeypatch.setenv("LISTENING_STORE", f"sqlite:///{tmp_path / 'own.db'}")
    app = page(monkeypatch, sample_store, config)
    assert not app.exception
    assert len(table(app)) == len(area.wards)
    assert app.get("plotly_chart")[0].proto.alt.count(",") >= len(area.wards) - 3


def test_every_sentence_is_short() -> None:
    from listening.show.pages.wards import HOW

    for sentence in (compare.FOOT, *HOW):
        assert len(sentence.split()) <= 25


# --- in a browser that can reach nobody but this machine ------------------------------------------


@pytest.fixture(scope="module")
def tab(sample_store: str, own_config: Path) -> Iterator[Any]:
    sync_api = pytest.importorskip("playwright.sync_api", reason="THE BROWSER TESTS DID NOT RUN")
    environment = {"LISTENING_SAMPLE_STORE": sample_store, "LISTENING_CONFIG": str(own_config)}
    with serving(**environment, LISTENING_STORE="") as address, sync_api.sync_playwright() as player:
        chromium = player.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        tab = chromium.new_page(viewport={"width": 1440, "height": 1200})
        tab.home, tab.asked = address, []
        tab.on("request", lambda request: tab.asked.append(request.url))
        yield tab
        chromium.close()


def drawn(tab: Any) -> None:
    tab.locator(".choroplethlayer path").first.wait_for(timeout=60_000)
    tab.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')


@pytest.mark.browser
def test_the_map_is_drawn_whole_and_asks_nobody_else_for_anything(tab: Any) -> None:
    tab.asked.clear()
    tab.goto(f"{tab.home}/wards?now={MOMENT}")
    drawn(tab)
    assert tab.locator(".choroplethlayer path").count() == 18
    outside = [url for url in tab.asked if not url.startswith((tab.home, "data:", "blob:"))]
    assert outside == []


@pytest.mark.browser
def test_a_click_on_a_ward_puts_it_into_the_address_and_back_undoes_it(tab: Any) -> None:
    tab.goto(f"{tab.home}/wards?now={MOMENT}")
    drawn(tab)
    name = tab.locator(".st-key-ward_map text").filter(has_text="Quarry").first.bounding_box()
    tab.mouse.click(name["x"] + name["width"] / 2, name["y"] + name["height"] / 2)
    tab.wait_for_url("**ward=Quarry+Hill**")
    tab.get_by_text("Quarry Hill · last 7 days").wait_for()
    tab.go_back()
    drawn(tab)
    assert "ward=" not in tab.url


@pytest.mark.browser
def test_the_page_is_not_wider_than_a_phone(tab: Any) -> None:
    tab.set_viewport_size({"width": 390, "height": 844})
    tab.goto(f"{tab.home}/wards?now={MOMENT}")
    drawn(tab)
    wide = """[document.documentElement, ...document.querySelectorAll('[data-testid="stMain"]')]
              .map(e => e.scrollWidth - e.clientWidth)"""
    assert max(tab.evaluate(wide)) <= 0
    tab.set_viewport_size({"width": 1440, "height": 1200})
