"""What the tests of the screen share: stores made once, and a loud word where no browser is."""

import contextlib
import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from screen import CHROMIUM, SAMPLE, configured, hostile_post, opened
from streamlit.testing.v1 import AppTest

from listening import pipeline, sample
from listening.area import load
from listening.post import Run, frame
from listening.store import connect, keys


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "browser: needs a Chromium on this machine")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    ours = [item for item in items if item.get_closest_marker("browser")]
    if ours and CHROMIUM is None:
        for item in ours:
            item.add_marker(pytest.mark.skip(reason="THE BROWSER TESTS DID NOT RUN: no Chromium here"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if CHROMIUM is None:
        terminalreporter.write_line(
            "THE BROWSER TESTS DID NOT RUN: no chromium or google-chrome found", red=True
        )


@pytest.fixture(scope="session")
def sample_store(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a copy of the sample's store; built once where the one kept is not of this code."""
    path = tmp_path_factory.mktemp("sample") / "sample.db"
    with contextlib.suppress(FileNotFoundError):
        shutil.copy(SAMPLE.parent.parent / "sample.db", path)
    sample.ensure(SAMPLE, f"sqlite:///{path}")
    return f"sqlite:///{path}"


@pytest.fixture(scope="session")
def own_config(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A configured area nobody has listened for yet; its only source has a hostile name."""
    folder = tmp_path_factory.mktemp("own")
    return configured(folder)


@pytest.fixture(scope="session")
def live_config(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A configured area with five posts of the last hours, as hostile as posts can be."""
    path = configured(tmp_path_factory.mktemp("live"))
    area = load(path)
    store = connect(area.store)
    now = datetime.now(UTC)
    posts = frame([hostile_post(area, n, now - timedelta(hours=n)) for n in range(1, 6)])
    pipeline.understand(posts, area, store, keys.key(store, area, make=True), now)
    store.record(Run(area.sources[0].name, now, "ok", items=5, new=5), {})
    store.close()
    return path


@pytest.fixture
def own_copy(sample_store: str, tmp_path: Path) -> str:
    """The address of a sample of one's own, to be written to."""
    copy = tmp_path / "copy.db"
    shutil.copy(sample_store.removeprefix("sqlite:///"), copy)
    return f"sqlite:///{copy}"


@pytest.fixture
def open_page(monkeypatch: pytest.MonkeyPatch, sample_store: str) -> Callable[..., AppTest]:
    """Open a page by its name at an address: on the sample, in ``store`` or in the shared one."""

    def at(name: str, store: str = sample_store, area: str = "sample", **address: str) -> AppTest:
        monkeypatch.setenv("LISTENING_SAMPLE_STORE", store)
        return opened(name, area, **address)

    return at
