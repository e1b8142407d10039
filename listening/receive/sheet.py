"""Sheet: what a file holds, whatever its form: columns, rows, and what stands around them."""

from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd


@dataclass(frozen=True)
class Broken:
    """A row that cannot even be read as a row: its number, its words as they came, and why."""

    number: int
    words: str
    reason: str


@dataclass(frozen=True)
class Sheet:
    """Rows of a file.

    ``rows`` holds text, datetimes or None; its index is the row's number as a person counts it.
    ``above`` is what stands before the header, and on the sheet's tab, page header and properties.
    """

    name: str
    rows: pd.DataFrame
    above: tuple[str, ...] = ()
    broken: tuple[Broken, ...] = ()
    remarks: tuple[str, ...] = field(default=())  # sentences a person should read
    neutral: bool = False  # cells may carry the apostrophe that keeps a spreadsheet from computing

    @property
    def columns(self) -> list[str]:
        """The names of the columns."""
        return [str(c) for c in self.rows.columns]

    def saying(self, *remarks: str) -> "Sheet":
        """The same sheet with more to read."""
        return replace(self, remarks=(*self.remarks, *remarks))


def cell(value: Any) -> Any:
    """A cell as text, datetime or None; whole numbers without their ".0"."""
    if value is None or (not isinstance(value, list | dict) and pd.isna(value)):
        return None
    if hasattr(value, "year"):
        return value
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        value = int(value)
    return str(value).strip() or None
