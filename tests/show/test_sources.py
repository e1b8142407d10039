"""The Sources page: what it says of the sample, of a fresh installation, and of a hostile name."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from screen import HOSTILE
from streamlit.testing.v1 import AppTest

import listening
from listening import opml
from listening.area import Checklist

ROOT = Path(__file__).parents[2]


def screen() -> None:
    from listening.show import chooser, opening
    from listening.show.pages import sources

    opened = opening.open_area()
    choice = chooser.choose(opened.area, opened.now)
    sources.page(opened.store, opened.area, choice, opened.now)


def page(monkeypatch: pytest.MonkeyPatch, sample_store: str, config: Path, **query: str) -> AppTest:
    monkeypatch.setenv("LISTENING_SAMPLE_STORE", sample_store)
    monkeypatch.setenv("LISTENING_CONFIG", str(config))
    monkeypatch.delenv("LISTENING_STORE", raising=False)
    app = AppTest.from_function(screen, default_timeout=60)
    for name, value in query.items():
        app.query_params[name] = value
    return app.run()


def said(app: AppTest) -> str:
    return "\n".join(
        str(e.value).replace("\\", "").replace("\u2060", "")
        for kind in (app.markdown, app.text, app.caption)
        for e in kind
    )


def headings(app: AppTest) -> list[str]:
    return [
        e.value.replace("\\", "").replace("\u2060", "")
        for kind in (app.title, app.header, app.subheader)
        for e in kind
    ]


def test_the_sample_names_the_source_that_does_not_answer(
    monkeypatch: pytest.MonkeyPatch, sample_store: str, own_config: Path
) -> None:
    app = page(monkeypatch, sample_store, own_config)
    assert not app.exception
    first, *groups = headings(app)
    assert "of 21 sources were heard in the last day." in first
    assert "Dale Parish News has not answered since Monday 9 November." in first
    assert "Not answering" in groups
    assert "it sends a web page instead of a feed" in said(app)


def test_a_chosen_ward_is_told_what_could_be_heard_of_it(
    monkeypatch: pytest.MonkeyPatch, sample_store: str, own_config: Path
) -> None:
    app = page(monkeypatch, sample_store, own_config, ward="Upper Dale", now="2026-11-11T07:30")
    assert "We cannot tell you about Upper Dale today." in said(app)
    assert "Its only source, Dale Parish News, has not answered since Monday 06:10" in said(app)


def test_the_wards_that_were_silent_in_the_chosen_time_are_named_with_their_days(
    monkeypatch: pytest.MonkeyPatch, sample_store: str, own_config: Path
) -> None:
    app = page(monkeypatch, sample_store, own_config)
    assert "In the last 7 days, 1 ward could not be heard all the time: Upper Dale." in said(app)
    (table,) = app.table
    assert list(table.value.columns) == ["Ward", "Sources", "Heard in the last day", "Last 7 days"]
    assert table.value.iloc[0].tolist() == ["Upper Dale", "1", "none", "none"]
    assert set(table.value["Last 7 days"][1:]) == {"all"}
    month = page(monkeypatch, sample_store, own_config, period="28d").table[0].value
    assert month.iloc[0].tolist() == ["Upper Dale", "1", "none", "21 of 28 days"]


def test_a_silence_that_is_over_is_told_of_the_time_it_lies_in(
    monkeypatch: pytest.MonkeyPatch, sample_store: str, own_config: Path
) -> None:
    silent = "DaleLine news was not heard from 29 October to 4 November."
    month = page(monkeypatch, sample_store, own_config, ward="Stenby Market", period="28d")
    assert silent in said(month)
    assert silent not in said(page(monkeypatch, sample_store, own_config, ward="Stenby Market"))


def test_beside_the_sample_the_readers_own_sources_say_that_they_were_never_asked(
    monkeypatch: pytest.MonkeyPatch, sample_store: str, own_config: Path
) -> None:
    app = page(monkeypatch, sample_store, own_config)
    assert "Your own area: Haverdale" in headings(app)
    assert "0 of 1 source was heard in the last day." in said(app)
    assert f"**{HOSTILE}**  \nNever asked yet." in said(app)
    assert "Switched off: address follows the publisher's pattern; never seen to work." in said(app)
    assert "python -m listening collect --now" in [e.value for e in app.code]


def test_what_a_live_source_waits_for_is_said_with_the_lines_to_fill_in(
    monkeypatch: pytest.MonkeyPatch, sample_store: str, own_config: Path, tmp_path: Path
) -> None:
    lines = own_config.read_text(encoding="utf-8").replace("public task", '""')
    config = tmp_path / "sources.yaml"
    config.write_text(lines, encoding="utf-8")
    app = page(monkeypatch, sample_store, config)
    assert "Waiting for the checklist (three minutes)." in said(app)
    assert "The checklist in sources.yaml still needs 1 line:" in said(app)
    assert "- lawful_basis (on what legal ground)" in said(app)
    assert "1 source of residents' words waits for it." in said(app)


def test_a_live_area_is_not_told_that_it_is_a_sample_and_its_source_was_heard(
    monkeypatch: pytest.MonkeyPatch, sample_store: str, live_config: Path
) -> None:
    app = page(monkeypatch, sample_store, live_config)
    assert not app.exception
    assert headings(app)[0] == "1 of 1 source was heard in the last day."
    assert "The checklist is filled in." in said(app)
    assert "Your own area" not in " ".join(headings(app))


def test_the_page_says_how_to_find_another_source(
    monkeypatch: pytest.MonkeyPatch, sample_store: str, live_config: Path
) -> None:
    app = page(monkeypatch, sample_store, live_config)
    assert "Hear more" in headings(app)
    assert "python -m listening find https://www.example.org" in [e.value for e in app.code]


def test_the_feeds_leave_as_a_list_that_another_reader_takes(
    monkeypatch: pytest.MonkeyPatch, sample_store: str, live_config: Path
) -> None:
    app = page(monkeypatch, sample_store, live_config)
    area = listening.load(live_config)
    names = [source.name for source in area.sources if source.kind == "feed"]
    number = "1 feed" if len(names) == 1 else f"{len(names)} feeds"
    assert [b.label for b in app.get("download_button")] == [f"Download {number} (OPML)"]
    taken = opml.outlines(opml.document(area.sources, "ours", datetime(2026, 11, 22, tzinfo=UTC)))
    assert [outline.name for outline in taken] == names
    assert "python -m listening sources --from feeds.opml" in [e.value for e in app.code]


def test_a_checklist_that_was_filled_in_is_met_at_once(tmp_path: Path) -> None:
    from listening.show import hearing

    now = datetime(2026, 11, 16, 8, 0, 10, tzinfo=UTC)
    area = replace(listening.load(ROOT / "sources.yaml"), store=f"sqlite:///{tmp_path / 'own.db'}")
    filled = replace(area, checklist=Checklist("Us", "us@council.example", "To hear", "task", timedelta(90)))
    store = listening.connect(area.store)
    before, after = (
        hearing.states(store, each, now)["sentence"].str.contains("checklist") for each in (area, filled)
    )
    store.close()
    assert before.any()
    assert not after.any()
