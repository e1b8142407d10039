"""I heard this: found on Today, filled in seconds, seen at once, and kept where it may be."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from screen import ROOT, configured, hostile_post
from streamlit.testing.v1 import AppTest

from listening import pipeline
from listening.area import load
from listening.post import Run, frame
from listening.show import heard as form
from listening.store import connect, keys

LONG = 60  # seconds: a cold machine imports for a while
SOURCE = "  - {name: I heard this, kind: heard, channel: heard, display: full}\n"


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sample_store: str) -> Path:
    """An area of one's own with five posts about bins in Quarry Hill and a source for notes."""
    path = configured(tmp_path)
    path.write_text(path.read_text(encoding="utf-8") + SOURCE, encoding="utf-8")
    area, now = load(path), datetime.now(UTC)
    store = connect(area.store)
    posts = frame([hostile_post(area, n, now - timedelta(hours=n)) for n in range(1, 6)])
    pipeline.understand(posts, area, store, keys.key(store, area, make=True), now)
    store.record(Run(area.sources[0].name, now, "ok", items=5, new=5), {})
    store.close()
    monkeypatch.setenv("LISTENING_CONFIG", str(path))
    monkeypatch.setenv("LISTENING_SAMPLE_STORE", sample_store)
    return path


def opened(**address: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=LONG)
    for name, value in address.items():
        app.query_params[name] = value
    app.session_state["heard"] = True
    app.run()
    assert not app.exception
    return app


def read(app: AppTest) -> list[str]:
    """All lines on the page, without the marks of Markdown."""
    kinds = ("title", "header", "markdown", "caption", "text")
    blocks = [b for kind in kinds for b in app.get(kind)]
    return [line.replace("\\", "") for b in blocks for line in str(b.value).split("  \n")]


def fill(
    app: AppTest, issue: str = "bins-waste", place: str | None = None, people: int = 1, words: str = ""
) -> AppTest:
    boxes = {b.label: b for b in app.selectbox}
    boxes["What about?"].select(issue)
    if place:
        box = boxes["Where?"]
        box.select_index(box.options.index(place))
    next(n for n in app.number_input if n.label == "How many people said it?").set_value(people)
    next(t for t in app.text_input if t.label == "In your own words, if you like").set_value(words)
    next(b for b in app.button if b.label == "Keep it").click()
    app.run()
    assert not app.exception
    return app


def kept(path: Path) -> list[list[object]]:
    store = connect(load(path).store)
    rows = store.posts(channels=["heard"], noise=True)
    store.close()
    return rows[["title", "text", "score", "author"]].values.tolist()


def test_a_note_is_kept_redacted_and_stands_beside_the_talk_at_once(own: Path) -> None:
    app = opened(ward="Quarry Hill")
    assert form.FOI in read(app)
    fill(app, people=2)
    app = fill(app, people=3, words="Mr Eve Ample, 07700 900123, has waited three weeks")
    assert "Heard at the door too: 2 notes, 5 people." in read(app)
    assert {"Kept. Thank you.", "Heard from 3 people: Bins, Quarry Hill"} <= set(read(app))
    assert sorted(kept(own), key=lambda row: int(str(row[2]))) == [
        ["Heard from 2 people: Bins, Quarry Hill", None, 2, None],
        ["Heard from 3 people: Bins, Quarry Hill", "Mr [name], [phone], has waited three weeks", 3, None],
    ]
    held = b"".join(p.read_bytes() for p in own.parent.glob("own.db*"))
    assert b"900123" not in held
    assert b"Ample" not in held


def test_a_second_click_keeps_no_second_note(own: Path) -> None:
    app = fill(opened(ward="Quarry Hill"), people=3, words="Bins not emptied")
    next(b for b in app.button if b.label == "Keep it").click()
    app.run()
    assert not app.exception
    assert [row[:3] for row in kept(own)] == [
        ["Heard from 3 people: Bins, Quarry Hill", "Bins not emptied", 3]
    ]
    fill(app, people=3, words="Bins not emptied")  # filled in again, it is another note
    assert len(kept(own)) == 2


def test_what_nobody_said_online_has_a_section_of_its_own(own: Path) -> None:
    app = fill(opened(ward="Quarry Hill"), issue="parking", people=4)
    lines = read(app)
    assert lines.index("Heard at the door") >= 0
    assert "Parking: 1 note, 4 people." in lines
    assert "Parking: 1 note, 4 people." in read(opened())  # and on the page of the whole area


def test_without_an_issue_nothing_is_kept(own: Path) -> None:
    app = opened()
    next(b for b in app.button if b.label == "Keep it").click()
    app.run()
    assert "Choose what it was about." in read(app)
    assert kept(own) == []


def test_something_else_needs_words(own: Path) -> None:
    app = fill(opened(), issue="")
    assert "say in a few words what it was about, or choose an issue" in read(app)
    assert kept(own) == []
    fill(app, issue="", words="The town clock is slow")
    assert [row[:2] for row in kept(own)] == [
        ["Heard from 1 person: Something else", "The town clock is slow"]
    ]


def test_it_waits_for_the_checklist(own: Path) -> None:
    own.write_text(
        own.read_text(encoding="utf-8").replace("controller: Haverdale District Council", 'controller: ""')
    )
    app = opened()
    assert "Paused. Waiting for the checklist (three minutes)." in read(app)
    assert "Keep it" not in [b.label for b in app.button]


def test_without_a_source_for_notes_it_says_what_to_add(own: Path) -> None:
    own.write_text(own.read_text(encoding="utf-8").replace(SOURCE, ""), encoding="utf-8")
    assert form.NOWHERE in read(opened())


def test_in_the_sample_nothing_is_kept_and_what_would_be_is_shown(own: Path, sample_store: str) -> None:
    before = Path(sample_store.removeprefix("sqlite:///")).stat().st_size
    app = fill(opened(area="sample"), people=3, words="Mrs Eve Ample has waited three weeks")
    lines = read(app)
    at = lines.index(form.INVENTED)
    assert lines[at + 1 : at + 3] == ["Heard from 3 people: Bins", "Mrs [name] has waited three weeks"]
    store = connect(sample_store)
    assert store.posts(channels=["heard"], noise=True).empty
    store.close()
    assert Path(sample_store.removeprefix("sqlite:///")).stat().st_size == before
