"""The frame: which area is open, at what hour, and calm words when it cannot be."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from screen import ROOT, SAMPLE
from streamlit.testing.v1 import AppTest

from listening.area import Area, load
from listening.errors import WordsError
from listening.show.frame import BANNER, FIRST_VIEW, literal
from listening.show.opening import clock, which
from listening.store import connect

FIRST = datetime(2026, 5, 18, 6, tzinfo=UTC)


@pytest.fixture(scope="module")
def area() -> Area:
    return load(SAMPLE)


@pytest.mark.parametrize(
    ("asked", "has_posts", "began_in_sample", "opens"),
    [
        ("", False, False, "sample"),
        ("", True, False, "own"),
        ("", True, True, "sample"),  # nothing changes under the reader's hands
        ("own", True, True, "own"),
        ("own", False, False, "sample"),
        ("bogus", True, False, "own"),
    ],
)
def test_what_is_opened(asked: str, has_posts: bool, began_in_sample: bool, opens: str) -> None:
    assert which(asked, has_posts, began_in_sample) == opens


def test_the_samples_clock_stands_still_until_the_address_moves_it(area: Area) -> None:
    assert clock(area, None, FIRST) == (area.clock, None)
    assert clock(area, "2026-11-12T09:20", FIRST) == (datetime(2026, 11, 12, 9, 20, tzinfo=UTC), None)
    assert clock(area, "2026-07-01T09:20", FIRST)[0] == datetime(2026, 7, 1, 8, 20, tzinfo=UTC), "London time"
    assert clock(area, "2026-11-12T09:20+02:00", FIRST)[0] == datetime(2026, 11, 12, 7, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("2026-11-16T08:01", "The sample area ends on Monday 16 November, 08:00."),
        (
            "9999-12-31T23:59-12:00",
            "The address asks for a time we cannot read. Write it as 2026-11-12T09:20.",
        ),
        ("2026-05-18T06:59", "The sample area begins on Monday 18 May, 07:00."),
        ("0001-01-01", "The sample area begins on Monday 18 May, 07:00."),
        ("yesterday", "The address asks for a time we cannot read. Write it as 2026-11-12T09:20."),
        ("2026-02-30T09:00", "The address asks for a time we cannot read. Write it as 2026-11-12T09:20."),
    ],
)
def test_a_time_that_cannot_be_had_leaves_the_clock_alone(area: Area, asked: str, said: str) -> None:
    moment, remark = clock(area, asked, FIRST)
    assert moment == area.clock
    assert remark == said


def test_only_an_area_whose_clock_stands_still_is_replayed(area: Area) -> None:
    with pytest.raises(AssertionError):
        clock(replace(area, clock=None), "2026-11-12T09:20", FIRST)


def test_nothing_of_a_text_is_taken_for_markdown() -> None:
    assert literal("Bins, again") == "Bins\\, again"
    assert literal("![](x) :red[a] $b$ <i> `c`") == (
        "\\!\\[\\]\\(x\\) \\:\u2060red\\[a\\] \\$b\\$ \\<i\\> \\`c\\`"
    )
    assert literal("http://x www.x a@b") == "http\\:\u2060\\/\\/x www\u2060\\.x a\u2060\\@b"


def opened(monkeypatch: pytest.MonkeyPatch, sample_store: str, config: Path, **query: str) -> AppTest:
    monkeypatch.setenv("LISTENING_SAMPLE_STORE", sample_store)
    monkeypatch.setenv("LISTENING_CONFIG", str(config))
    monkeypatch.delenv("LISTENING_STORE", raising=False)
    app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60)
    for name, value in query.items():
        app.query_params[name] = value
    return app.run()


def said(app: AppTest) -> str:
    return " ".join(str(e.value) for kind in (app.markdown, app.text, app.caption, app.error) for e in kind)


def html(app: AppTest) -> str:
    return " ".join(e.proto.body for e in app.get("html"))


def test_without_posts_of_its_own_the_sample_is_open_and_says_it_is_invented(
    monkeypatch: pytest.MonkeyPatch, sample_store: str, own_config: Path
) -> None:
    app = opened(monkeypatch, sample_store, own_config)
    assert not app.exception
    assert BANNER in html(app)
    assert FIRST_VIEW in said(app)


def test_an_area_with_posts_is_opened_and_carries_no_banner(
    monkeypatch: pytest.MonkeyPatch, sample_store: str, live_config: Path
) -> None:
    app = opened(monkeypatch, sample_store, live_config)
    assert not app.exception
    assert BANNER not in html(app)
    assert FIRST_VIEW not in said(app)


def test_the_address_forces_the_sample(
    monkeypatch: pytest.MonkeyPatch, sample_store: str, live_config: Path
) -> None:
    assert BANNER in html(opened(monkeypatch, sample_store, live_config, area="sample"))


def test_a_faulty_configuration_is_a_sentence_with_file_and_line_never_a_traceback(
    monkeypatch: pytest.MonkeyPatch, sample_store: str, own_config: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "sources.yaml"
    broken.write_text(own_config.read_text().replace("kind: feed", "kind: fed"), encoding="utf-8")
    app = opened(monkeypatch, sample_store, broken)
    assert not app.exception
    assert [e.proto.title for e in app.error] == ["The configuration cannot be read."]
    shown = app.error[0].value.replace("\\", "").replace("\u2060", "")
    assert "sources.yaml line" in shown
    assert "feed" in shown


def test_a_store_of_a_later_version_is_refused_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, sample_store: str, own_config: Path, tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path / 'later.db'}"
    connect(url).close()
    with sqlite3.connect(tmp_path / "later.db") as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    database.close()
    monkeypatch.setenv("LISTENING_SAMPLE_STORE", sample_store)
    monkeypatch.setenv("LISTENING_CONFIG", str(own_config))
    monkeypatch.setenv("LISTENING_STORE", url)
    app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60).run()
    assert not app.exception
    assert "later version" in app.error[0].value


def test_a_bogus_address_is_answered_quietly(
    monkeypatch: pytest.MonkeyPatch, sample_store: str, own_config: Path
) -> None:
    app = opened(monkeypatch, sample_store, own_config, ward="Nowhere", now="later")
    assert not app.exception
    assert "not in Haverdale" in said(app)
    assert "a time we cannot read" in said(app)


def test_a_source_that_has_just_been_added_is_no_slip(
    monkeypatch: pytest.MonkeyPatch, sample_store: str, live_config: Path
) -> None:
    config = live_config.with_name("later.yaml")  # beside the store of the first
    config.write_text(live_config.read_text() + "  - {name: New ear, kind: file, channel: public}\n")
    with closing(connect(load(config).store)) as store:
        with pytest.raises(WordsError, match=r"source must be one of .*; got 'New ear'"):
            store.posts(sources=["New ear"])
        assert not opened(monkeypatch, sample_store, config).exception
        assert store.posts(sources=["New ear"]).empty
