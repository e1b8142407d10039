"""The dashboard in a real browser that can reach nobody but this machine."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from screen import CHROMIUM, FLAGS, HOSTILE, serving

from listening.show.frame import BANNER

pytestmark = pytest.mark.browser
sync_api = pytest.importorskip(
    "playwright.sync_api", reason="THE BROWSER TESTS DID NOT RUN: no playwright here"
)

PAGES = ("/", "/breaking", "/themes", "/wards", "/trends", "/explore", "/sources", "/accuracy")
MOMENTS = (
    "/",
    "/?ward=Larkford+Bridge&now=2026-11-03T07:30",
    "/?ward=Larkford+Bridge&period=today&now=2026-11-12T09:20",
    "/?ward=Upper+Dale&now=2026-11-11T07:30",
    "/?town=Stenby&period=28d",
    "/?issue=bins-waste",
    "/breaking?now=2026-11-12T09:20",
    "/themes?town=Stenby&issue=bins-waste",
    "/wards",
    "/wards?ward=Coldbrook",
    "/trends?issue=bins-waste&period=90d",
    "/explore?town=Stenby",
    "/sources",
    "/sources?ward=Upper+Dale&now=2026-11-11T07:30",
    "/accuracy",
)
WIDE = """[document.documentElement, ...document.querySelectorAll('[data-testid="stMain"]')]
          .map(e => e.scrollWidth - e.clientWidth)"""
WARM_BYTES = 1_000_000
# Where Streamlit looks for its server from a page that is not the first one; it then finds it at the root.
FEELERS = re.compile(r"/[a-z]+/_stcore/(health|host-config)")


@pytest.fixture(scope="module")
def dashboard(sample_store: str, own_config: Path) -> Iterator[str]:
    with serving(
        LISTENING_SAMPLE_STORE=sample_store, LISTENING_CONFIG=str(own_config), LISTENING_STORE=""
    ) as address:
        yield address


@pytest.fixture(scope="module")
def live(sample_store: str, live_config: Path) -> Iterator[str]:
    with serving(
        LISTENING_SAMPLE_STORE=sample_store, LISTENING_CONFIG=str(live_config), LISTENING_STORE=""
    ) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with sync_api.sync_playwright() as player:
        chromium = player.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def tab(browser: Any) -> Iterator[Any]:
    """A tab of a desk's size, with nothing remembered; it keeps what it asked for and what went wrong."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    tab = context.new_page()
    tab.asked, tab.wrong = [], []
    tab.on("request", lambda request: tab.asked.append(request.url))
    tab.on("pageerror", lambda error: tab.wrong.append(str(error)))
    tab.on(
        "console",
        lambda said: tab.wrong.append(f"{said.text} {said.location}") if said.type == "error" else None,
    )
    yield tab
    context.close()


def show(tab: Any, address: str) -> None:
    """Open an address and wait until the page has been drawn whole."""
    tab.goto(address)
    tab.get_by_role("heading").first.wait_for()
    done(tab)


def done(tab: Any) -> None:
    tab.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')
    sync_api.expect(tab.get_by_test_id("stSkeleton")).to_have_count(0)  # pieces whose script is still to come


def heading(tab: Any) -> str:
    return str(tab.get_by_role("heading").first.inner_text())


@pytest.mark.parametrize("path", MOMENTS)
def test_every_page_asks_nobody_else_says_that_it_is_invented_and_fits_a_phone(
    tab: Any, dashboard: str, path: str
) -> None:
    show(tab, dashboard + path)
    outside = [url for url in tab.asked if not url.startswith((dashboard, "data:", "blob:"))]
    assert outside == []
    assert not [line for line in tab.wrong if not FEELERS.search(line)]
    assert tab.get_by_test_id("stMain").inner_text().strip().startswith(BANNER)
    assert tab.get_by_role("note").first.inner_text().strip() == BANNER
    tab.set_viewport_size({"width": 390, "height": 844})
    tab.wait_for_timeout(300)  # charts follow the window with a delay
    assert max(tab.evaluate(WIDE)) <= 0


@pytest.mark.parametrize("path", PAGES)
def test_an_area_with_posts_of_its_own_has_no_banner(tab: Any, live: str, path: str) -> None:
    show(tab, live + path)
    assert BANNER not in tab.get_by_test_id("stMain").inner_text()


def test_a_link_opens_on_the_view_it_was_taken_from(tab: Any, dashboard: str) -> None:
    show(tab, f"{dashboard}/?ward=Larkford+Bridge&period=28d")
    assert tab.get_by_role("combobox", name="Where").input_value().strip() == "Larkford Bridge"
    assert tab.get_by_role("combobox", name="When").input_value() == "Last 28 days"
    assert "Larkford Bridge" in tab.get_by_test_id("stMain").inner_text()


def test_the_chooser_says_the_time_that_a_page_shows(tab: Any, dashboard: str) -> None:
    show(tab, f"{dashboard}/themes?town=Stenby&issue=bins-waste")
    assert tab.get_by_role("combobox", name="When").input_value() == "Last 28 days"
    show(tab, f"{dashboard}/trends?town=Stenby")
    assert tab.get_by_role("combobox", name="When").input_value() == "Last 7 days"
    show(tab, f"{dashboard}/breaking")
    assert tab.get_by_role("combobox", name="When").count() == 0, "it looks at a time of its own"


def test_the_posts_of_a_wards_own_page_open_in_explore_over_the_same_time(tab: Any, dashboard: str) -> None:
    show(tab, f"{dashboard}/wards?ward=Coldbrook&now=2026-11-16T07:45")
    tab.get_by_role("link", name="See all 9 posts").click()
    tab.wait_for_url("**/explore?**")
    sync_api.expect(tab.get_by_role("heading").first).to_have_text("9 posts: Coldbrook, in four weeks")


def test_the_box_of_what_was_done_can_be_reached_and_says_who_may_ask_for_it(
    tab: Any, dashboard: str
) -> None:
    show(tab, f"{dashboard}/?now=2026-11-16T07:45")
    tab.get_by_role("button", name="Answered · 1 statement, newest 2 November").click()
    tab.get_by_text("can be asked for under freedom of information").wait_for()
    tab.get_by_text("Passed to …").click()
    tab.get_by_label("Team").wait_for()


def test_choosing_a_ward_changes_heading_and_address_and_back_undoes_it(tab: Any, dashboard: str) -> None:
    show(tab, dashboard)
    before = heading(tab)
    tab.get_by_role("combobox", name="Where").click()
    tab.get_by_role("option", name="Larkford Priory").click()
    tab.wait_for_url("**/?ward=Larkford+Priory")
    sync_api.expect(tab.get_by_role("heading").first).to_contain_text("Larkford Priory")
    tab.go_back()
    sync_api.expect(tab.get_by_role("heading").first).to_have_text(before)


def test_the_choice_goes_along_to_the_other_page_and_back(tab: Any, dashboard: str) -> None:
    show(tab, f"{dashboard}/?town=Stenby&now=2026-11-12T09:20")
    tab.get_by_role("button", name="More").click()
    tab.get_by_role("link", name="Sources", exact=True).click()
    tab.wait_for_url("**/sources?*")
    done(tab)
    assert "town=Stenby" in tab.url
    assert "Thursday 12 November, 09:20" in tab.get_by_test_id("stMain").inner_text()
    tab.get_by_role("link", name="Today", exact=True).click()
    tab.wait_for_url(lambda url: "/sources" not in url and "town=Stenby" in url)


def test_an_issue_across_the_area_opens_a_second_list(tab: Any, dashboard: str) -> None:
    show(tab, dashboard)
    tab.get_by_role("combobox", name="Where").click()
    tab.keyboard.type("across the area")
    tab.keyboard.press("Enter")
    tab.get_by_role("combobox", name="Which issue").click()
    tab.get_by_role("option", name=re.compile("^Bins")).first.click()
    tab.wait_for_url("**/?issue=bins-waste")


def test_the_sample_can_be_replayed(tab: Any, dashboard: str) -> None:
    show(tab, f"{dashboard}/sources?now=2026-11-11T07:30&ward=Upper+Dale")
    said = tab.get_by_test_id("stMain").inner_text()
    assert "Wednesday 11 November, 07:30" in said
    assert "We cannot tell you about Upper Dale today." in said


def test_place_and_time_stand_side_by_side_on_a_phone(tab: Any, dashboard: str) -> None:
    tab.set_viewport_size({"width": 390, "height": 844})
    show(tab, dashboard)
    where, when = (tab.get_by_role("combobox", name=name).bounding_box() for name in ("Where", "When"))
    assert where["y"] == when["y"]
    assert where["x"] + where["width"] <= when["x"]


@pytest.mark.parametrize("path", ["/", "/?posts=bins-waste", "/?ward=Quarry+Hill", "/sources"])
def test_hostile_words_are_only_words(tab: Any, live: str, path: str) -> None:
    show(tab, live + path)
    assert tab.evaluate("window.pwned") is None
    assert tab.locator('[data-testid="stMain"] script, [data-testid="stMain"] img').count() == 0
    assert tab.locator('a[href^="javascript"], a[href*="evil.example"]').count() == 0
    assert not [url for url in tab.asked if "evil.example" in url]


def test_a_hostile_source_name_is_shown_letter_by_letter(tab: Any, live: str) -> None:
    show(tab, f"{live}/sources")
    assert HOSTILE in tab.get_by_test_id("stMain").inner_text().replace("\u2060", "")


def test_today_is_light_once_the_browser_has_been_here(tab: Any, dashboard: str) -> None:
    show(tab, dashboard)
    weight = _weigh(tab)
    tab.asked.clear()
    show(tab, f"{dashboard}/?ward=Larkford+Bridge")
    assert 0 < sum(weight) < WARM_BYTES
    assert not [url for url in tab.asked if "plotly" in url.lower()]


def _weigh(tab: Any) -> list[int]:
    """Every byte that comes over the line from here on: answers as sent, and what the socket says."""
    weight: list[int] = []
    line = tab.context.new_cdp_session(tab)
    line.send("Network.enable")
    line.on("Network.loadingFinished", lambda e: weight.append(int(e["encodedDataLength"])))
    line.on("Network.webSocketFrameReceived", lambda e: weight.append(len(e["response"]["payloadData"])))
    return weight


def test_the_keyboard_reaches_the_chooser_and_chooses(tab: Any, dashboard: str) -> None:
    show(tab, dashboard)
    where = tab.get_by_role("combobox", name="Where")
    for _ in range(4):  # the link past the header, the page itself, the chooser
        tab.keyboard.press("Tab")
        if where.evaluate("input => input === document.activeElement"):
            break
    sync_api.expect(where).to_be_focused()
    tab.keyboard.type("Moorside")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/?ward=Moorside")
