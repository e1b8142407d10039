"""The command ``move``: a store carried into another database."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Annotated, Any

import typer

from listening.command import area_of, plainly, store_of


@plainly
def move(
    context: typer.Context,
    to: Annotated[
        str, typer.Option("--to", help="Where to: an empty database, or a file that is not there.")
    ],
) -> None:
    """Carry the whole store into another database, and count the rows on both sides.

    The old store stays as it is. Broken off in the middle, the same command goes on where it stopped;
    once all is there, it only counts again.

    Example: python -m listening move --to postgresql://listening@db.example/listening
    """
    from listening.store import keys
    from listening.store.opening import file_of

    area = area_of(context)
    store = store_of(area)
    carried: set[str] = set()  # tables; none where an earlier move has brought everything
    with _rows_moved() as advance:

        def told_of(table: str, done: int, of: int) -> None:
            carried.add(table)
            advance(table, done, of)

        counts = store.move(to, datetime.now(UTC), told_of)
    told = ", ".join(f"{name} {number:,}" for name, number in counts.items() if number)
    done = "Moved and counted" if carried else "Everything is there already, counted"
    typer.echo(f"{done} on both sides: {told or 'nothing, the store is empty'}.")
    carry = keys.carried(store, to, area)
    if carry:
        typer.echo(carry)
    # a server's address may carry a password, which sources.yaml may not
    behind = "" if file_of(to) is None else f"behind `store:` in {area.config}, or "
    typer.echo(f"Then put the new address {behind}into LISTENING_STORE.")


@contextmanager
def _rows_moved() -> Iterator[Callable[[str, int, int], None]]:
    """A bar a table on a terminal, a line a table elsewhere."""
    if not sys.stdout.isatty():
        yield lambda table, done, of: typer.echo(f"  {table}: {done:,} of {of:,}") if done == of else None
        return
    from rich.progress import Progress

    with Progress(transient=True) as bar:
        tasks: dict[str, Any] = {}

        def advance(table: str, done: int, of: int) -> None:
            if table not in tasks:
                tasks[table] = bar.add_task(table, total=of)
            bar.update(tasks[table], completed=done, total=of)

        yield advance
