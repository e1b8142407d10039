"""The first command on a machine that lacks something: one sentence that names what to install."""

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")
@pytest.mark.parametrize(
    ("lacking", "named"),
    [
        ("ensurepip", "The package python3-venv is missing: install it first"),
        ("version_info", "Python 3.11 or newer is needed"),
    ],
)
def test_what_is_missing_is_named_before_anything_is_installed(
    lacking: str, named: str, tmp_path: Path
) -> None:
    shutil.copy(ROOT / "Makefile", tmp_path)
    python = tmp_path / "poorpython"
    python.write_text(f'#!/bin/sh\ncase "$2" in *{lacking}*) exit 1;; esac\nexit 0\n')
    python.chmod(0o755)
    said = subprocess.run(
        ["make", "--no-print-directory", "run", f"PYTHON={python}"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert said.returncode != 0
    assert said.stdout.startswith(named)
    assert not (tmp_path / ".venv").exists()
