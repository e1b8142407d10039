"""Files: the bytes of a CSV, Excel, JSON, JSON-lines or Parquet file as a sheet of rows.

A CSV may be parted by comma, semicolon, tab or bar, and be UTF-8, UTF-16 or Windows-1252. Whatever
is in it, reading ends in rows, broken rows, or one WordsError.
"""

import csv
import io
import re
import warnings
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd

from listening.errors import WordsError
from listening.receive import grid, trees, words
from listening.receive.sheet import Broken, Sheet, cell

LARGEST = 100_000_000  # bytes: years of a district's contact log
UNPACKED = 1_000_000_000  # bytes of an Excel file once unpacked: beyond this it is a trap
LONGEST_CELL = 1_000_000  # characters
PARTED_BY = ",;\t|"
NEEDS = "CSV, Excel (.xlsx), JSON, JSON lines or Parquet"
OLD = (".xls", ".xlsb", ".ods", ".numbers", ".doc", ".docx", ".pdf")


def read(path: Path, sheet: str | None = None) -> Sheet:
    """A file as a sheet; ``sheet`` names one of an Excel file, else its first visible one is read."""
    kind = path.suffix.lower()
    reader = READERS.get(kind)
    if reader is None:
        more = ": save it as .xlsx or .csv first" if kind in OLD else ""
        raise WordsError(f"a file must be {NEEDS}; got {path.name!r}{more}")
    if sheet is not None and reader is not book:
        raise WordsError(f"--sheet is for Excel files; got {path.name!r}")
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise WordsError(f"{path.name} is too large: {size:,} bytes; the most is {LARGEST:,}")
        data = path.read_bytes()
    except OSError as error:
        raise WordsError(f"could not read {path.name}: {error.strerror or error}") from error
    return reader(data, path.name, sheet)


def table(data: bytes, name: str, _: str | None = None) -> Sheet:
    """A CSV of whatever separator and encoding."""
    return parted(decoded(data), name)


def decoded(data: bytes) -> str:
    """Text of UTF-8, UTF-16 or, where it is neither, Windows-1252."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    if data[1:200:2].count(0) > 40 * len(data[:200]) / 200 / 1.25:
        return data.decode("utf-16-le", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def parted(text: str, name: str) -> Sheet:
    """The rows of a table in plain text."""
    text = text.lstrip("\ufeff")
    told = re.match(r'"?sep=(.)"?\r?\n', text)  # Excel's own way to say it
    if told:
        text = text[told.end() :]
    by = told[1] if told else _parted_by(text)
    rows = _rows(text, by)
    broken: list[Broken] = []
    if rows and _unclosed(text, by):
        number, cells = rows.pop()
        broken = [Broken(number, by.join(cells), "a quotation mark is opened and never closed")]
    found = grid.sheet(name, rows)
    return Sheet(name, found.rows, found.above, (*found.broken, *broken), found.remarks, neutral=True)


def _rows(text: str, by: str, most: int | None = None) -> list[tuple[int, list[str]]]:
    result = []
    csv.field_size_limit(LONGEST_CELL)
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=by), 1):
            result.append((number, cells))
            if most and number >= most:
                break
    except csv.Error as error:
        raise WordsError(f"could not read the table: row {len(result) + 1}: {error}") from error
    return result


def _parted_by(text: str) -> str:
    """The separator under which most headers are known words, then most rows are equally wide."""

    def fits(by: str) -> tuple[int, int, int]:
        rows = [cells for _, cells in _rows(text, by, 60) if cells]
        known = max((sum(words.known(c) for c in cells) for cells in rows[:30]), default=0)
        widths = Counter(len(cells) for cells in rows if len(cells) > 1)
        width, often = max(widths.items(), key=lambda w: (w[1], w[0]), default=(0, 0))
        return (known if known > 1 else 0), often, width

    return max(PARTED_BY, key=fits)


def _unclosed(text: str, by: str) -> bool:
    if text.count('"') % 2 == 0:
        return False
    try:
        for _ in csv.reader(io.StringIO(text, newline=""), delimiter=by, strict=True):
            pass
    except csv.Error as error:
        return "unexpected end" in str(error)
    return False


def book(data: bytes, name: str, wanted: str | None = None) -> Sheet:
    """One sheet of an Excel file: dates are dates, and what the page header says counts as a title."""
    try:
        import openpyxl  # type: ignore[import-untyped]
    except ImportError as error:
        raise WordsError(
            f"could not read {name}: Excel files need openpyxl: pip install openpyxl, or save it as CSV"
        ) from error
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(i.file_size for i in packed.infolist()) > UNPACKED:
                raise WordsError(f"{name} is too large once unpacked; the most is {UNPACKED:,} bytes")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl tells of styles it does not know
            opened = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    except WordsError:
        raise
    except Exception as error:  # a damaged file breaks openpyxl in many ways
        why = "it is damaged, locked with a password, or an old .xls; save it as .xlsx or .csv"
        raise WordsError(f"could not read {name}: {why}") from error
    chosen = _chosen(opened, name, wanted)
    rows = [(n, list(cells)) for n, cells in enumerate(chosen.iter_rows(values_only=True), 1)]
    rows = [(n, [None if str(c) in _EXCEL_FAULTS else c for c in cells]) for n, cells in rows]
    found = grid.sheet(name, rows, _around(opened, chosen))
    others = [s.title for s in opened.worksheets if s is not chosen and s.max_row > 1]
    more = (f"Read: sheet {chosen.title!r}. Not read: {', '.join(others)}.",) if others else ()
    return Sheet(name, found.rows, found.above, found.broken, (*found.remarks, *more), neutral=True)


_EXCEL_FAULTS = {"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!"}


def _chosen(opened: Any, name: str, wanted: str | None) -> Any:
    names = [s.title for s in opened.worksheets]
    if wanted is not None:
        if wanted not in names:
            raise WordsError(f"--sheet must be one of {', '.join(names)}; got {wanted!r} ({name})")
        return opened[wanted]
    shown = [s for s in opened.worksheets if s.sheet_state == "visible"]
    if not shown:
        raise WordsError(f"could not read {name}: it has no sheet with rows")
    return shown[0]


def _around(opened: Any, chosen: Any) -> list[str]:
    """Where a marking may stand beside the rows: tabs, page headers and footers, properties."""
    told = [s.title for s in opened.worksheets]
    for part in (chosen.oddHeader, chosen.oddFooter, chosen.evenHeader, chosen.firstHeader):
        told += [str(side.text) for side in (part.left, part.center, part.right) if side.text]
    known = opened.properties
    told += [
        str(v) for v in (known.title, known.subject, known.keywords, known.category, known.description) if v
    ]
    told += [str(p.value) for p in opened.custom_doc_props.props if p.value]
    about = next((s for s in opened.worksheets if s.title == "about" and s["A1"].value == "note"), None)
    return told + ([str(about["A2"].value)] if about else [])  # what an export of ours says of itself


def json_file(data: bytes, name: str, _: str | None = None) -> Sheet:
    """JSON, or JSON a line."""
    return trees.sheet(decoded(data), name)


def parquet(data: bytes, name: str, _: str | None = None) -> Sheet:
    """A Parquet file; its columns have names already."""
    try:
        rows = pd.read_parquet(io.BytesIO(data))
    except Exception as error:  # pyarrow's own errors are many
        raise WordsError(f"could not read {name}: it is no Parquet file, or damaged") from error
    named = {str(c): pd.Series([cell(v) for v in rows[c]], dtype="object") for c in rows.columns}
    note = rows.attrs.get("note")
    above = (note,) if isinstance(note, str) else ()
    return Sheet(name, pd.DataFrame(named).set_axis(range(1, len(rows) + 1)), above)


READERS: dict[str, Callable[[bytes, str, str | None], Sheet]] = {
    ".csv": table,
    ".tsv": table,
    ".txt": table,
    ".xlsx": book,
    ".xlsm": book,
    ".json": json_file,
    ".jsonl": json_file,
    ".ndjson": json_file,
    ".geojson": json_file,
    ".parquet": parquet,
}
