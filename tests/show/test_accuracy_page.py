"""Accuracy, drawn: no number before somebody looked, one post at a time, and never the analysis' answer."""

import re
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from screen import CHROMIUM, FLAGS, SHOUT, configured, hostile_post, opened, read, serving
from streamlit.testing.v1 import AppTest

from listening import labelling, pipeline
from listening.area import load
from listening.post import Run, frame
from listening.store import Store, connect, keys

NUMBER = 30  # posts


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An area of one's own with thirty posts about bins in Quarry Hill, as hostile as posts can be."""
    path = configured(tmp_path)
    area, now = load(path), datetime.now(UTC)
    with closing(connect(area.store)) as store:
        posts = frame([hostile_post(area, n, now - timedelta(hours=n)) for n in range(1, NUMBER + 1)])
        pipeline.understand(posts, area, store, keys.key(store, area, make=True), now)
        store.record(Run(area.sources[0].name, now, "ok", items=NUMBER, new=NUMBER), {})
    monkeypatch.setenv("LISTENING_CONFIG", str(path))
    monkeypatch.delenv("LISTENING_STORE", raising=False)
    return path


def held(path: Path, ask: Callable[[Store], object]) -> object:
    with closing(connect(load(path).store)) as store:
        return ask(store)


def label(app: AppTest, about: str = "bins-waste", tone: str = "unhappy") -> AppTest:
    """Fill in the form as it stands and keep it."""
    for group in app.get("button_group"):
        if group.label == "How does the writer feel about it?":
            group.set_value([tone] if isinstance(group.value, list) else tone)
        if group.label == "Where is it?":
            group.set_value(["It does not say"] if isinstance(group.value, list) else "It does not say")
        if group.label == "What is it about?":
            group.set_value([about])
    app.run()
    app.button(key="check_keep").click().run()
    assert not app.exception
    return app


def test_before_anybody_looked_it_says_so_and_how_to_begin_and_never_a_number(own: Path) -> None:
    app = opened("accuracy", "own")
    lines = read(app, "today")
    assert "Nobody has checked yet" in lines
    assert "Draw 50 posts to check" in lines
    assert not [line for line in lines if re.search(r"\d+ in 100|of 100|\d ?%|–\d", line)]


def test_posts_are_drawn_and_labelled_one_by_one_and_the_last_can_be_taken_back(own: Path) -> None:
    app = opened("accuracy", "own")
    app.button(key="check_draw").click().run()
    assert not app.exception
    lines = read(app, "today")
    assert f"0 of {NUMBER} posts labelled by coder A." in lines
    said = " ".join(lines)
    assert "because of" not in said, "the answer of the analysis is not shown"
    assert SHOUT.split("</script> ")[1] in said, "the words are shown letter by letter"
    label(app)
    assert f"1 of {NUMBER} posts labelled by coder A." in read(app, "today")
    (kept,) = held(own, lambda s: s.decisions("truth")["value"].tolist())  # type: ignore[misc]
    assert (kept["coder"], kept["issues"], kept["wards"], kept["tone"]) == (
        "coder A", ["bins-waste"], [], "negative",
    )  # fmt: skip
    assert kept["said"]["issues"] == ["bins-waste"]
    assert kept["said"]["wards"] == ["Quarry Hill"]
    app.button(key="check_undo").click().run()
    assert f"0 of {NUMBER} posts labelled by coder A." in read(app, "today")


def test_what_was_checked_is_told_with_its_intervals_and_what_is_too_few(own: Path) -> None:
    def fill(store: Store) -> None:
        now, area = datetime.now(UTC), load(own)
        drawn = labelling.draw(store, area, NUMBER, 1, "officer", now)
        for who in ("coder A", "coder B"):
            rows = [
                labelling.Row(
                    post, drawn.key, who, ("bins",), ("none",) if n < 9 else ("quarry hill",), "unhappy"
                )
                for n, post in enumerate(drawn.posts["id"])
            ]
            assert not labelling.take(store, area, rows, "officer", now).bad

    held(own, fill)
    app = opened("accuracy", "own")
    lines = read(app, "today")
    assert lines[1] == "About 100 in 100 issues we name are right"
    assert f"{NUMBER} posts checked by 2 people" in lines[2]
    assert (
        "Issues: of 100 we name, 100 (89–100) are right. Of 100 that people find, we name 100 (90–100)."
        in lines
    )
    assert (
        "Wards: of 100 we name, 70 (52–83) are right. Of 100 that people find, we name 100 (86–100)." in lines
    )
    assert "That is all of this draw. Somebody else can label it too, under another letter." in lines
    assert f"Of {NUMBER} posts labelled by two people, they agree well on wards." in lines
    assert "People said" in app.get("plotly_chart")[0].proto.spec
    assert [t.value.columns[0] for t in app.table][:2] == ["Issue", "Ward"]


@pytest.mark.browser
@pytest.mark.slow
def test_a_post_is_labelled_on_a_phone(own: Path) -> None:
    sync_api = pytest.importorskip("playwright.sync_api")
    with serving(LISTENING_CONFIG=str(own)) as address, sync_api.sync_playwright() as player:
        chromium = player.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        tab = chromium.new_page(viewport={"width": 390, "height": 844})
        tab.goto(f"{address}/accuracy?area=own")
        tab.get_by_role("button", name="Draw 50 posts to check").click(timeout=60_000)
        for role, name, state in (
            ("radio", "unhappy", "aria-checked"),
            ("radio", "It does not say", "aria-checked"),
            ("button", "Bins", "aria-pressed"),
        ):
            choice = tab.get_by_role(role, name=name, exact=True)
            choice.click(timeout=60_000)
            sync_api.expect(choice).to_have_attribute(state, "true")
        tab.get_by_role("button", name="Keep, next post").click()
        tab.get_by_text(f"1 of {NUMBER} posts labelled by coder A.").wait_for()
        assert tab.evaluate("document.documentElement.scrollWidth") <= 390
        assert tab.evaluate("window.pwned === undefined")
        chromium.close()
    assert held(own, lambda s: len(s.decisions("truth"))) == 1
