"""The command ``import``."""

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from listening.command import area_of, plainly, store_of


@plainly
def import_(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="A CSV, Excel, JSON or Parquet file; - for a pasted block.")],
    source: Annotated[
        str | None, typer.Option(help="Whose words these are, by name in sources.yaml.")
    ] = None,
    sheet: Annotated[
        str | None, typer.Option(help="The sheet of an Excel file. [default: the first]")
    ] = None,
    map: Annotated[
        list[str] | None, typer.Option("--map", help='Which column is what: text="Case notes". Repeat it.')
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show how it would be read; store nothing.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Go on without asking.")] = False,
    not_confidential: Annotated[
        str | None, typer.Option(help="Why a file with a marking is no confidential one; kept on record.")
    ] = None,
) -> None:
    """Bring posts in from a file; the same redaction as everywhere, rejected rows come back in a file.

    What each column is taken for is shown first. Confidential and exempt papers are refused.

    Examples: python -m listening import comments.csv --source "Own Page comments" --dry-run
              python -m listening import log.xlsx --map text="Case notes" --map published="Date logged"
    """
    from listening.receive import deed

    area = area_of(context)
    pasted = sys.stdin.read() if str(file) == "-" else ""
    here = sys.stdin.isatty() and sys.stdout.isatty()
    asked = deed.Asked(file, source, sheet, deed.told(map or []), dry_run, yes, not_confidential, pasted)

    def show(line: str) -> None:
        typer.echo(line, err=not (here or dry_run))

    ask = typer.confirm if here else None
    typer.echo(deed.bring_in(store_of(area, make=True), area, asked, datetime.now(UTC), show, ask))
