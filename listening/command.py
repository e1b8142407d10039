"""Command: what every command on the command line needs: its area, its store, its faults in plain words."""

import sys
from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any

import typer

from listening.errors import ListeningError, StoreError, WordsError

FORMATS = ("text", "json")
Format = Annotated[str, typer.Option("--format", help="text for people, json for machines (a row a line).")]
STOPPED = 130  # the exit code of what was ended with Ctrl-C, as shells have it


def plainly(command: Callable[..., Any]) -> Callable[..., Any]:
    """Our own errors as one sentence and an exit code; anything else stays a traceback."""

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> Any:
        try:
            return command(*args, **kwargs)
        except ListeningError as error:
            typer.echo(str(error), err=True)
            raise typer.Exit(error.exit_code) from error
        except KeyboardInterrupt:
            if sys.stderr.isatty():
                typer.echo("Stopped.", err=True)
            raise typer.Exit(STOPPED) from None

    return run


def area_of(context: typer.Context) -> Any:
    """The Area of the configuration named before the command, with the store named there."""
    from dataclasses import replace

    from listening.area import load

    area = load(context.obj["config"])
    return replace(area, store=context.obj["store"]) if context.obj["store"] else area


def store_of(area: Any, make: bool = False) -> Any:
    """The area's open store; where there is none yet it is made, or StoreError says so: a slip makes none."""
    from listening.store import connect, file_of, make_folder

    if make:
        make_folder(area)
    elif (file := file_of(area.store)) is not None and not file.exists():
        raise StoreError(f"no store there yet: {file}: collect or import makes it, or mend the address")
    return connect(area.store)


def one_of(option: str, value: str, allowed: tuple[str, ...]) -> None:
    """WordsError where an option's value is none of those allowed."""
    if value not in allowed:
        raise WordsError(f"--{option} must be one of {', '.join(allowed)}; got {value!r}")
