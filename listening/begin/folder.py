"""Folder: the files of a new area, written whole or not at all.

They are written into a folder of their own beside the one wanted, loaded from there as a check, and only
then given their name. What stands there already is refused, or, where asked for, replaced with the old
files kept as ``….before``; a sources.yaml is never replaced.
"""

import os
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from listening.area import Area, load
from listening.errors import AreaError, WordsError

SOURCES = "sources.yaml"
READABLE = 0o755


def refuse(folder: Path, force: bool) -> None:
    """WordsError where something stands there already and must not be replaced."""
    if folder.exists() and not folder.is_dir():
        raise WordsError(f"nothing was written: {folder} is a file: give another folder with --to")
    if not force and folder.is_dir() and any(folder.iterdir()):
        raise WordsError(
            f"nothing was written: {folder} is there already: give --force to replace its wards and "
            "boundaries (its sources.yaml stays), or another folder with --to"
        )


def written(folder: Path, files: Mapping[str, bytes], force: bool) -> Area:
    """The area these files describe, once they stand in the folder; no change where they don't load."""
    refuse(folder, force)
    parent = folder.resolve().parent
    draft = None
    try:
        parent.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=parent))
        draft.chmod(READABLE)
        area = _checked(draft, folder, files)
        _take_place(draft, folder)
    except OSError as error:
        raise WordsError(f"the folder cannot be written: {folder}: {error.strerror or error}") from error
    finally:
        if draft is not None:
            shutil.rmtree(draft, ignore_errors=True)
    return replace(area, config=folder.resolve() / SOURCES)


def _checked(draft: Path, folder: Path, files: Mapping[str, bytes]) -> Area:
    """The area as it loads from the draft, with the sources.yaml that will stand beside it."""
    for name, content in files.items():
        (draft / name).write_bytes(content)
    mine = folder / SOURCES
    if mine.is_file():
        shutil.copyfile(mine, draft / SOURCES)
    try:
        return load(draft / SOURCES)
    except AreaError as error:
        raise AreaError(f"nothing was written: the new wards do not fit {mine}:\n{error}") from error


def _take_place(draft: Path, folder: Path) -> None:
    if not folder.exists() or not any(folder.iterdir()):
        if folder.exists():
            folder.rmdir()
        os.rename(draft, folder)
        return
    for file in sorted(draft.iterdir()):
        there = folder / file.name
        if file.name == SOURCES and there.exists():
            continue
        if there.exists():
            os.replace(there, there.with_name(f"{there.name}.before"))
        os.replace(file, there)
