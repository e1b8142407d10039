"""Who may know whom: read from the imports, as the architecture has it."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent / "listening"
ROOMS = ("collect", "clean", "analyse", "store", "summarise", "show", "send")
MAY_IMPORT = {"show": {"summarise", "store"}, "send": {"summarise", "store"}}
ONLY = {
    "streamlit": {"show"},
    "praw": {"collect"},
    "httpx2": {"collect"},
    "websockets": {"collect"},
    "sqlalchemy": {"store"},
}
PURE = ("clean", "analyse", "summarise")
WORLD = {"socket", "httpx2", "requests", "urllib.request", "sqlalchemy", "streamlit", "praw", "subprocess"}
FILES = sorted(ROOT.rglob("*.py"))


def imports(file: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def room(file: Path) -> str:
    return file.relative_to(ROOT).parts[0].removesuffix(".py")


@pytest.mark.parametrize("file", FILES, ids=lambda f: str(f.relative_to(ROOT)))
def test_a_file_knows_only_whom_it_may_know(file: Path) -> None:
    here = room(file)
    known = {name.split(".")[1] for name in imports(file) if name.startswith("listening.")}
    if here in ROOMS:
        strangers = (known & set(ROOMS)) - {here} - MAY_IMPORT.get(here, set())
        assert not strangers, f"{here} must not know {strangers}"
    if here in ("post", "area", "errors", "configure"):
        assert not known & set(ROOMS), f"the noun {here} must know no room"


@pytest.mark.parametrize("file", FILES, ids=lambda f: str(f.relative_to(ROOT)))
def test_each_door_to_the_world_is_in_one_room(file: Path) -> None:
    tops = {name.split(".")[0] for name in imports(file)}
    for library, rooms in ONLY.items():
        assert library not in tops or room(file) in rooms, f"only {rooms} may import {library}"


@pytest.mark.parametrize("name", PURE)
def test_a_pure_room_opens_nothing_and_asks_no_clock(name: str) -> None:
    for file in (ROOT / name).rglob("*.py"):
        assert not imports(file) & WORLD, file
        calls = {
            ast.unparse(n.func) for n in ast.walk(ast.parse(file.read_text())) if isinstance(n, ast.Call)
        }
        assert not calls & {"datetime.now", "time.time", "date.today", "datetime.utcnow"}, file


def test_no_package_reexports_a_function_named_like_one_of_its_modules() -> None:
    for package in ROOT.rglob("__init__.py"):
        modules = {f.stem for f in package.parent.glob("*.py")} | {
            d.name for d in package.parent.iterdir() if d.is_dir()
        }
        names = {
            alias.asname or alias.name
            for node in ast.parse(package.read_text()).body
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
            if node.module
            and node.module.startswith("listening.")
            and (ROOT.parent / node.module.replace(".", "/")).with_suffix(".py").exists()
        }
        assert not names & modules, f"{package}: {names & modules}"
