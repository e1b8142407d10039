"""``python -m listening …``: one command per deed, each a few lines over the rooms.

Exit 0: done. Exit 1: the deed failed. Exit 2: the words or the configuration are wrong.
"""

import _thread
import json
import signal
import sys
import threading
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from dotenv import load_dotenv

from listening import ears
from listening.begin.command import init
from listening.collecting import check, collect
from listening.command import FORMATS, Format, area_of, one_of, plainly, store_of
from listening.evaluate import evaluate
from listening.moving import move
from listening.receive.command import import_

HERE = Path(__file__).parent.parent

app = typer.Typer(
    name="listening",
    help="Hear what residents and the press say about a council's patch, and show it honestly.",
    epilog="Begin with: python -m listening dashboard",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("check")(check)
app.command("collect")(collect)


@app.callback()
def options(
    context: typer.Context,
    config: Annotated[
        Path | None,
        typer.Option(envvar="LISTENING_CONFIG", help="The sources.yaml to use. [default: sources.yaml]"),
    ] = None,
    store: Annotated[
        str | None,
        typer.Option(help="The store's address, instead of LISTENING_STORE or the one it names."),
    ] = None,
) -> None:
    """Options that stand before the command."""
    context.obj = {"config": config or _default_config(), "store": store}


def _default_config() -> Path:
    here = Path("sources.yaml")
    return here if here.exists() else HERE / "sources.yaml"


@app.command()
@plainly
def status(context: typer.Context, format: Format = "text") -> None:
    """How each source is: heard, quiet, failing, and why.

    Example: python -m listening status --format json
    """
    from listening.summarise import health

    one_of("format", format, FORMATS)
    area = area_of(context)
    store = store_of(area)
    now = area.clock or datetime.now(UTC)
    states = health.states(area, store.runs(until=now), store.heard(now), now)
    if format == "json":
        typer.echo(states.to_json(orient="records", lines=True, date_format="iso"))
        return
    typer.echo(f"{area.name}: {health.ears(states)}")
    for row in states.itertuples():
        typer.echo(f"  {row.state:<8} {row.name}: {row.sentence}")


@app.command()
@plainly
def dashboard(
    context: typer.Context,
    port: Annotated[
        int,
        typer.Option(
            min=1, max=65515, help="Where it listens on this machine; a free one beside it if taken."
        ),
    ] = 8501,
    collecting: Annotated[
        bool, typer.Option("--collect/--no-collect", help="Also ask the sources while it runs.")
    ] = True,
) -> None:
    """Open the dashboard, and keep asking the sources beside it, until Ctrl-C.

    Example: python -m listening dashboard --port 8600
    """
    from listening import serve

    serve.run(HERE / "dashboard.py", context.obj["config"], context.obj["store"], port, collecting)


@app.command()
@plainly
def analyse(
    context: typer.Context,
    every: Annotated[
        bool, typer.Option("--all", help="Every post, also those of the present version.")
    ] = False,
    format: Format = "text",
) -> None:
    """Tag stored posts anew, on all cores, after a change of issues, places or words.

    Stop it when you like: what is done is kept, and the next run does the rest; with --all
    it begins at the first post again. Days from which a purge has taken posts stay as they are.

    Example: python -m listening analyse
    """
    from listening import pipeline
    from listening.bar import Bar

    one_of("format", format, FORMATS)
    area = area_of(context)
    with Bar("Tagging anew", format) as advance:
        done = pipeline.retag(area, store_of(area), every=every, progress=advance)
    if format == "json":
        typer.echo(json.dumps({"posts": done.posts, "frozen": done.frozen}))
        return
    words = {0: "No post was", 1: "1 post was"}.get(done.posts, f"{done.posts:,} posts were")
    kept = f" {done.frozen:,} on days already frozen keep their tags." if done.frozen else ""
    typer.echo(f"{words} tagged anew.{kept}")


@app.command()
@plainly
def export(
    context: typer.Context,
    what: Annotated[str, typer.Argument(help="posts, mentions or counts")],
    to: Annotated[Path, typer.Option("--to", help="The file to write.")],
    format: Annotated[str, typer.Option("--format", help="csv, jsonl, xlsx or parquet")] = "csv",
    since: Annotated[str | None, typer.Option(help="First day, e.g. 2026-11-01.")] = None,
    until: Annotated[str | None, typer.Option(help="Last day, included.")] = None,
) -> None:
    """Write posts, mentions or counts to a file, through the gate that lets out no more than may leave.

    Example: python -m listening export counts --format xlsx --to bins.xlsx --since 2026-11-01
    """
    from listening import exchange

    area = area_of(context)
    now = area.clock or datetime.now(UTC)
    typer.echo(exchange.export(store_of(area), area, what, format, to, since, until, now))


app.command("import")(import_)
app.command("move")(move)
app.command("evaluate")(evaluate)
app.command("find")(ears.find)
app.command("sources")(ears.sources)
app.command("init")(init)


def main() -> None:
    """The program."""
    sys.unraisablehook = _not_lost
    load_dotenv()
    app()


def _not_lost(fault: Any) -> None:
    """A stop that came while something was being cleaned up, where Python drops it, comes again at once."""
    if not issubclass(fault.exc_type, KeyboardInterrupt):
        sys.__unraisablehook__(fault)
        return
    ends = signal.getsignal(signal.SIGTERM) is signal.default_int_handler  # as under a dashboard
    again = threading.Timer(0.01, _thread.interrupt_main, [signal.SIGTERM if ends else signal.SIGINT])
    with suppress(RuntimeError):  # no thread begins any more while Python ends: it stops as it is
        again.start()
