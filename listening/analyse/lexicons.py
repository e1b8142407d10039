"""The word lists of this room, read from data/lexicons once a process.

Each file says at its top where its words come from. Matching itself never opens a file: what is
read here is handed on as an argument.
"""

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

FOLDER = Path(__file__).parents[2] / "data" / "lexicons"
FILES = ("cues", "elsewhere", "flags", "languages", "names", "spellings", "tone")


@cache
def load(name: str) -> dict[str, Any]:
    """One lexicon by its file name without ``.yaml``, as plain lists and dicts."""
    content: dict[str, Any] = YAML(typ="safe").load(FOLDER / f"{name}.yaml")
    return content


@cache
def given_names() -> frozenset[str]:
    """Given names in lower case, from given_names.txt; lines that begin with # are its origin."""
    lines = (FOLDER / "given_names.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(name for line in lines if not line.startswith("#") for name in line.split())


@cache
def elsewhere() -> dict[str, Any]:
    """elsewhere.yaml, with the names of outside.txt among its places and words."""
    lines = (FOLDER / "outside.txt").read_text(encoding="utf-8").splitlines()
    plain, _, words = "\n".join(line for line in lines if line[:1] != "#").partition("= words\n")
    more = {"places": plain, "words": words}
    return {
        key: [*names, *(n.strip() for n in more.get(key, "").replace("\n", " ").split(",") if n.strip())]
        for key, names in load("elsewhere").items()
    }


@cache
def digest() -> str:
    """A hash over all lexicons, so that a changed word makes a new version of the analysis."""
    files = [*(f"{name}.yaml" for name in FILES), "given_names.txt", "outside.txt"]
    content = b"".join((FOLDER / file).read_bytes() for file in files)
    return hashlib.sha256(content).hexdigest()
