"""Paste posts on Sources: looked at as they would be kept, brought in by a click, never twice."""

from pathlib import Path

import pytest
from screen import configured
from streamlit.testing.v1 import AppTest
from test_heard_form import own, read  # noqa: F401

from listening.area import load
from listening.store import connect

SOURCE = "  - {name: Page comments, kind: file, channel: public, display: full}\n"
BLOCK = "Eve Ample\n2d\nBins in Weir Lane left again, ring 07700 900123\n\nThe lamp by the school is out"


def screen() -> None:
    from listening.show import chooser, opening
    from listening.show.pages import sources

    opened = opening.open_area()
    sources.page(opened.store, opened.area, chooser.choose(opened.area, opened.now), opened.now)


def page(words: str = "") -> AppTest:
    app = AppTest.from_function(screen, default_timeout=60)
    app.session_state["pasted"] = True
    app.run()
    if words:
        next(t for t in app.text_area if t.key == "pasted_text").set_value(words)
        press(app, "Look")
    assert not app.exception
    return app


def press(app: AppTest, label: str) -> None:
    next(b for b in app.button if b.label == label).click()
    app.run()
    assert not app.exception


@pytest.fixture
def live(own: Path) -> Path:  # noqa: F811
    own.write_text(own.read_text(encoding="utf-8") + SOURCE, encoding="utf-8")
    return own


def texts(path: Path) -> set[str]:
    store = connect(load(path).store)
    rows = store.posts(sources=["Page comments"], noise=True)
    store.close()
    return set(rows["text"])


def test_a_pasted_block_is_shown_as_it_would_be_kept_and_comes_in_by_a_click(live: Path) -> None:
    app = page(BLOCK)
    said = "\n".join(read(app))
    assert "2 new, 0 already known, 0 rejected." in said
    assert "[phone]" in said
    assert "900123" not in said
    assert texts(live) == set()
    press(app, "Bring them in")
    assert "2 new, 0 changed, 0 already known." in "\n".join(read(app))
    assert texts(live) == {"Bins in Weir Lane left again, ring [phone]", "The lamp by the school is out"}
    assert not [b for b in app.button if b.label == "Bring them in"]
    held = b"".join(p.read_bytes() for p in live.parent.glob("own.db*"))
    assert b"900123" not in held
    assert b"Ample" not in held


def test_what_is_marked_confidential_has_no_button(live: Path) -> None:
    app = page("OFFICIAL-SENSITIVE\n\nThe family at the end house is being moved")
    assert not [b for b in app.button if b.label == "Bring them in"]
    assert "confidential" in "\n".join(read(app)).lower()


def test_without_a_source_for_files_the_form_says_what_to_add(own: Path) -> None:  # noqa: F811
    assert "To bring in posts, add a source of kind file to sources.yaml." in read(page())


def test_the_first_posts_of_an_area_can_be_pasted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sample_store: str
) -> None:
    fresh = configured(tmp_path)
    fresh.write_text(fresh.read_text(encoding="utf-8") + SOURCE, encoding="utf-8")
    monkeypatch.setenv("LISTENING_CONFIG", str(fresh))
    monkeypatch.setenv("LISTENING_SAMPLE_STORE", sample_store)
    app = page(BLOCK)
    press(app, "Bring them in")
    assert len(texts(fresh)) == 2
