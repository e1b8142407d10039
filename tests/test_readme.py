"""The README cannot lie: every command and every page stands in it, and its code runs."""

import re
from pathlib import Path

import pytest
import typer

import listening
from listening.cli import app

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_readme_names_every_command() -> None:
    commands = set(typer.main.get_command(app).commands)  # type: ignore[attr-defined]
    assert commands >= {"analyse", "check", "collect", "dashboard", "status", "export", "import", "move"}
    for name in commands:
        assert f"| `{name}` |" in README


def test_the_readme_names_every_page() -> None:
    pages = {f.stem for f in (ROOT / "listening/show/pages").glob("*.py")} - {"__init__"}
    for page in pages:
        assert f"| {page.capitalize()} |" in README


def test_every_public_name_is_there_and_can_be_called() -> None:
    for name in listening.__all__:
        if name != "__version__":
            assert callable(getattr(listening, name)), name


def test_an_unknown_public_name_says_which_there_are() -> None:
    with pytest.raises(AttributeError, match="it has load, connect"):
        listening.nothing  # noqa: B018


def test_the_readmes_code_for_researchers_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code = re.search(r"```python\n(.*?)```", README, re.S)
    assert code
    monkeypatch.chdir(ROOT)
    scope: dict[str, object] = {}
    exec(code[1].replace("area.store)", f"'sqlite:///{tmp_path}/listening.db')"), scope)
    assert {"posts", "daily", "moved"} <= scope.keys()


def test_no_document_names_this_machine_or_a_registry() -> None:
    for path in [
        *ROOT.glob("*.md"),
        ROOT / "requirements.txt",
        ROOT / "requirements-dev.txt",
        *ROOT.glob("benchmarks/*.md"),
    ]:
        assert not re.search(
            r"(?<![\w.])/(home|root|work)/|--index-url|/simple\b", path.read_text(encoding="utf-8")
        ), path
