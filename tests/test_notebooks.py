"""Every notebook runs for a stranger, from its own folder, and is kept without outputs."""

import os
import re
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

import listening
from listening import sample

ROOT = Path(__file__).parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
QUIET = "ignore::DeprecationWarning"  # of Jupyter's own parts, which are no part of the product


@pytest.fixture(scope="module")
def sample_store() -> str:
    """The address of the sample's store, as `make run` has built it."""
    path, _ = sample.ensure(url=os.environ.get("LISTENING_SAMPLE_STORE"))
    return f"sqlite:///{path.resolve()}"


@pytest.fixture
def run(sample_store: str, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    monkeypatch.setenv("LISTENING_SAMPLE_STORE", sample_store)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv("PYDEVD_DISABLE_FILE_VALIDATION", "1")

    def run(path: Path) -> nbformat.NotebookNode:
        notebook = nbformat.read(path, as_version=4)
        place = {"metadata": {"path": str(path.parent)}}
        NotebookClient(notebook, timeout=300, kernel_name="python3", resources=place).execute()
        return notebook

    return run


def shown(notebook: nbformat.NotebookNode) -> str:
    """What its cells printed or gave, as plain text; warnings too."""
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", ())]
    return "\n".join(o.get("text") or o.get("data", {}).get("text/plain", "") for o in outputs)


def test_they_are_numbered_and_ask_one_question_each() -> None:
    assert [p.name.split("_")[0] for p in NOTEBOOKS] == [f"{n:02d}" for n in range(1, len(NOTEBOOKS) + 1)]
    for path in NOTEBOOKS:
        first = nbformat.read(path, as_version=4).cells[0].source
        assert first.count("?*\n") == 1, path.name


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_they_are_kept_without_outputs(path: Path) -> None:
    for cell in nbformat.read(path, as_version=4).cells:
        assert not cell.get("outputs")
        assert cell.get("execution_count") is None


@pytest.mark.filterwarnings(QUIET)
def test_a_first_look_at_a_ward_runs(run) -> None:  # type: ignore[no-untyped-def]
    said = shown(run(NOTEBOOKS[0]))
    assert "Haverdale" in said
    # as the page Trends says of Larkford Bridge: tests/show/test_page_and_function.py
    assert re.search(r"drains-water +16 +0 .* rising\n", said)
    assert re.search(r"bins-waste +12 +2 .* rising\n", said)
    assert "not judged" in said
    assert "Warning" not in said


@pytest.mark.filterwarnings(QUIET)
def test_how_right_is_the_sentiment_gives_both_intervals_of_all_that_a_page_holds(  # type: ignore[no-untyped-def]
    run, sample_store: str
) -> None:
    said = shown(run(NOTEBOOKS[1]))
    assert "Wilson" in said
    assert "bootstrap" in said
    assert "Warning" not in said
    area, store = listening.load(sample.making.HOME), listening.connect(sample_store)
    held = store.posts(channels=["public"])
    store.close()
    counted = held[held["copy_of"].isna()].merge(sample.truth(area)[["id", "stance", "template"]], on="id")
    assert re.search(rf"without noise +{len(held)}\n", said)
    assert re.search(rf"without copies +{len(counted)}\n", said)
    matrix = re.findall(r"^(\w+) +(\d+) +(\d+) +(\d+) +(\d+)\n", said, re.M)[:7]
    assert [row[0] for row in matrix][-2:] == ["event", "other"]
    assert sum(int(n) for row in matrix for n in row[1:]) == len(counted)
    complaints = counted[counted["stance"] == "complaint"]
    templates = complaints["template"].nunique()
    assert re.search(rf"complaints found negative +{len(complaints)} +{templates} ", said)
    negative = (counted["tone"] == "negative").sum()
    share = rf"complaint +{negative} +\d+ +\d+% +(\d+)%–(\d+)% +(\d+)%–(\d+)%\n"
    low, high, least, most = (int(n) for n in re.search(share, said).groups())  # type: ignore[union-attr]
    assert most - least > 2 * (high - low), "posts of one template are no separate draws"
