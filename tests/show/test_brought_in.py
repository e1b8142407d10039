"""What was brought in by hand is shown on every page, with what could not be heard beside it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from screen import ROOT, SAMPLE, in_order, opened, read

from listening import pipeline
from listening.area import load
from listening.post import Post, Run, frame
from listening.store import connect, keys

CONFIG = """\
area: {area}
issues: {issues}
store: sqlite:///own.db
checklist: {{controller: Us, contact: us@example.org, purpose: p, lawful_basis: l, retention: 90 days}}
sources:
  - {{name: Page comments, kind: file, channel: public, display: full}}
"""
FEED = "  - {name: Valley Dispatch, kind: feed, url: https://dispatch.example/feed, channel: press}\n"
NOW = datetime.now(UTC)
DAY = timedelta(days=1)
BROUGHT = "What is told here was brought in by hand."
PAGES = {"today": "today", "breaking": "breaking", "trends": "today", "themes": "themes", "wards": "wards"}
Own = Callable[..., None]


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sample_store: str) -> Own:
    """Make an area of one's own with posts of Quarry Hill from a file, of so many days ago."""

    def make(*ago: float, feed: str = "", run: Run | None = None) -> None:
        path = tmp_path / "sources.yaml"
        words = CONFIG.format(area=SAMPLE.parent / "area", issues=ROOT / "data" / "issues.yaml") + feed
        path.write_text(words, encoding="utf-8")
        area = load(path)
        store = connect(area.store)
        posts = [_post(n, NOW - days * DAY) for n, days in enumerate(ago)]
        pipeline.understand(frame(posts), area, store, keys.key(store, area, make=True), NOW)
        if run:
            store.record(run, {})
        store.close()
        monkeypatch.delenv("LISTENING_STORE", raising=False)
        monkeypatch.setenv("LISTENING_CONFIG", str(path))
        monkeypatch.setenv("LISTENING_SAMPLE_STORE", sample_store)

    return make


def _post(number: int, at: datetime) -> Post:
    text = f"The brown bin in Quarry Hill was left full again, week {number}. Nobody came."
    return Post(
        f"file:{number}", "Page comments", "public", "comment", at, NOW, text=text, author=f"v{number}"
    )


def lines(name: str, **address: str) -> list[str]:
    return read(opened(name, "own", **address), PAGES[name])


@pytest.mark.parametrize("ward", [None, "Quarry Hill"])
@pytest.mark.parametrize("name", PAGES)
def test_an_area_that_has_only_a_file_is_told_of_what_the_file_holds(
    name: str, ward: str | None, own: Own
) -> None:
    own(*[n / 2 for n in range(1, 13)])
    where = {"ward": ward} if ward else {"issue": "bins-waste"}
    said = "\n".join(lines(name, **where))
    assert "We cannot tell you" not in said
    if name == "wards" and not ward:
        assert "Quarry Hill could be heard for part of the time." in said
        return
    assert "No source that we ask has spoken about it in the last 90 days." in said
    assert BROUGHT in said
    assert ("12 posts" in said) or ("12 comments" in said) or name == "breaking"


def test_the_week_of_a_file_is_called_neither_quiet_nor_usual(own: Own) -> None:
    own(*[n / 2 for n in range(1, 7)], *[n / 2 for n in range(14, 2 * 7 * 20)])
    said = lines("today", ward="Quarry Hill")
    first = said[1]
    assert first.startswith("We heard 6 posts from 6 accounts; usually "), said
    assert said[2] == "No source that we ask was heard in this time."
    whole = lines("today")
    assert "6 posts about Haverdale this week." in whole
    assert not any("quiet" in line or "stands out" in line for line in whole)


@pytest.mark.parametrize(
    ("run", "why"),
    [
        (None, "has not been asked yet."),
        (Run("Valley Dispatch", NOW - DAY, "failing", "It fell."), "has not answered yet (it fell)."),
    ],
)
def test_a_feed_that_was_not_heard_is_the_only_source_we_ask(run: Run | None, why: str, own: Own) -> None:
    own(1, 2, 3, feed=FEED, run=run)
    said = lines("today", ward="Quarry Hill")
    in_order(said, "We heard 3 posts", "What people mentioned", "What we could hear", BROUGHT)
    assert f"The only source we ask, Valley Dispatch, {why}" in "\n".join(said)
    assert not any("Its only source" in line for line in said)


def test_a_time_in_which_nothing_was_brought_in_still_cannot_be_told(own: Own) -> None:
    own(9, 10, 11, feed=FEED)
    said = lines("today", ward="Quarry Hill")
    assert "We cannot tell you about Quarry Hill today." in said
    assert "The only source we ask, Valley Dispatch, has not been asked yet." in "\n".join(said)
    assert BROUGHT in "\n".join(lines("today", ward="Quarry Hill", period="28d"))
    assert "We cannot tell you about Coldbrook today." in lines("today", ward="Coldbrook", period="28d")


def test_nothing_breaking_is_only_said_of_what_was_brought_in(own: Own) -> None:
    own(3, 4)
    said = lines("breaking", ward="Quarry Hill")
    in_order(said, "What was brought in tells of nothing that is breaking in Quarry Hill.", BROUGHT)
    assert not any(line.startswith(("Nothing is breaking", "Ears:")) for line in said)


def test_the_counts_of_sources_agree(own: Own) -> None:
    own(1, feed=FEED)
    assert _sources() == (
        "0 of 1 source was heard in the last day.",
        "0 heard · 1 not asked yet · 1 brought in by hand",
    )


def test_an_area_without_a_source_to_ask_says_so(own: Own) -> None:
    own(1)
    assert _sources() == ("No source is asked here.", "0 heard · 1 brought in by hand")


def _sources() -> tuple[str, str]:
    """The finding of the page Sources, and its line of all ears."""
    app = opened("sources", "own")
    return str(app.title[0].value).replace("\\", ""), str(app.text[0].value)
