"""``python -m listening …``: one command per deed, each a few lines over the rooms.

Exit 0: done. Exit 1: the deed failed. Exit 2: the words or the configuration are wrong.
"""

import json
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from dotenv import load_dotenv

from listening import ears
from listening.begin.command import init
from listening.command import area_of as _area
from listening.command import one_of as _one_of
from listening.command import plainly
from listening.errors import ListeningError, NewerStore, StoreError, WrongKey
from listening.evaluate import evaluate

HERE = Path(__file__).parent.parent
STEP = 15.0  # seconds between two looks for due sources, under --watch
FORMATS = ("text", "json")

app = typer.Typer(
    name="listening",
    help="Hear what residents and the press say about a council's patch, and show it honestly.",
    epilog="Begin with: python -m listening dashboard",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
Format = Annotated[str, typer.Option("--format", help="text for people, json for machines (a row a line).")]


@app.callback()
def options(
    context: typer.Context,
    config: Annotated[
        Path | None,
        typer.Option(envvar="LISTENING_CONFIG", help="The sources.yaml to use. [default: sources.yaml]"),
    ] = None,
    store: Annotated[
        str | None,
        typer.Option(envvar="LISTENING_STORE", help="The store's address, instead of the one it names."),
    ] = None,
) -> None:
    """Options that stand before the command."""
    context.obj = {"config": config or _default_config(), "store": store}


def _default_config() -> Path:
    here = Path("sources.yaml")
    return here if here.exists() else HERE / "sources.yaml"


def _store(area: Any) -> Any:
    from listening.store import connect

    return connect(area.store)


def _memories(area: Any) -> dict[str, dict[str, Any]]:
    """What the sources remember, where there is a store to ask; it is only read.

    Without the validators of their last answers: what is tried is to be read in full.
    """
    file = area.store.removeprefix("sqlite:///") if area.store.startswith("sqlite:") else None
    if file is not None and not Path(file).is_file():
        return {}  # to open one would make it
    memories: dict[str, dict[str, Any]] = {}
    with suppress(ListeningError):  # one that can't be opened is told where it is needed
        store = _store(area)
        memories = store.memories()
        store.close()
    seen = ("etag", "last_modified", "body_hash")
    return {name: {k: v for k, v in m.items() if k not in seen} for name, m in memories.items()}


@app.command()
@plainly
def check(
    context: typer.Context,
    offline: Annotated[bool, typer.Option("--offline", help="Only read the files; ask no source.")] = False,
    format: Format = "text",
) -> None:
    """Read the configuration, then try each source once; nothing is stored.

    A source that asked a collector for rest is left alone here too.

    Example: python -m listening check --offline
    """
    from listening import collect
    from listening.area import describe
    from listening.collect.web import Web, resting
    from listening.post import Run

    _one_of("format", format, FORMATS)
    area = _area(context)
    if format == "text":
        typer.echo(describe(area))
    if offline:
        return
    now, memories = datetime.now(UTC), _memories(area)
    asked = []
    for source in (s for s in area.sources if s.enabled):
        until = collect.wished(memories.get(source.name, {}), now)
        if until is None:
            asked.append(source)
        else:
            _tell(Run(source.name, now, "paused", resting(until, now, "it asked us to slow down")), format)
    web = Web(area.user_agent, allow_private=area.allow_private)
    runs = []
    ready = not area.checklist.missing
    for _, _, run in collect.ask(asked, memories, web, now, checklist_done=ready):
        runs.append(run)
        _tell(run, format)
    if format == "text":
        for source in area.sources:
            if not source.enabled:
                typer.echo(
                    f"  off      {source.name}: {source.why_disabled or 'switched off in sources.yaml'}"
                )
    if any(run.state == "failing" for run in runs):
        raise typer.Exit(1)


@app.command()
@plainly
def collect(
    context: typer.Context,
    now: Annotated[bool, typer.Option("--now", help="Ask every source, due or not.")] = False,
    watch: Annotated[bool, typer.Option("--watch", help="Keep going until stopped with Ctrl-C.")] = False,
    format: Format = "text",
) -> None:
    """Ask the sources that are due, and keep what they say.

    Examples: python -m listening collect --now
              python -m listening collect --watch
    """
    _one_of("format", format, FORMATS)
    area = _area(context)
    store = _store(area)
    if watch:
        _watch(area, store, now, format)
    runs = _collect_once(area, store, now, format)
    if len(runs) and (runs["state"] == "failing").all():
        raise typer.Exit(1)


def _collect_once(area: Any, store: Any, every: bool, format: str) -> Any:
    from listening import pipeline

    with _progress(format) as advance:
        runs = pipeline.listen(area, store, every=every, progress=advance)
    if format == "text" and not len(runs):
        typer.echo("No source is due yet. To ask all of them: python -m listening collect --now")
    return runs


def _watch(area: Any, store: Any, every: bool, format: str) -> None:
    """Collect for ever; a busy store is waited for, and a stop signal ends it between two sources."""
    from listening import pipeline

    signal.signal(signal.SIGTERM, signal.default_int_handler)
    said: dict[str, str] = {}

    def tell(run: Any, done: int, of: int) -> None:
        if run.new or said.get(run.source) != run.state:
            _tell(run, format)
        said[run.source] = run.state

    while True:
        try:
            pipeline.listen(area, store, every=every, progress=tell)
        except (WrongKey, NewerStore):
            raise  # waiting mends neither
        except StoreError as error:  # another collector, a server that is away: told once, tried again
            if said.get("") != str(error):
                typer.echo(str(error), err=True)
            said[""] = str(error)
        every = False
        time.sleep(STEP)


def _tell(run: Any, format: str) -> None:
    if format == "json":
        row = {k: getattr(run, k) for k in ("source", "state", "items", "new", "error", "seconds", "reason")}
        typer.echo(json.dumps(row, ensure_ascii=False))
        return
    typer.echo(f"  {run.state:<8} {run.source}: {_how(run)}")


def _how(run: Any) -> str:
    """How a source did: its items where it answered, and whatever is odd about it."""
    from listening.summarise import reasons

    if run.state not in ("ok", "quiet", "stale"):
        return str(run.reason)
    odd = reasons.remarks(run.reason)
    return f"{run.items} items, {run.new} new" + (f". {odd}" if odd else "")


class _progress:  # noqa: N801 - reads as the verb it is
    """A bar on a terminal, a line a source elsewhere."""

    def __init__(self, format: str) -> None:
        self.format = format
        self.bar: Any = None

    def __enter__(self) -> Callable[[Any, int, int], None]:
        if self.format == "text" and sys.stdout.isatty():
            from rich.progress import Progress

            self.bar = Progress(transient=True)
            self.bar.start()
            self.task = self.bar.add_task("Listening", total=None)
        return self.advance

    def advance(self, run: Any, done: int, of: int) -> None:
        if self.bar:
            self.bar.update(self.task, completed=done, total=of, description=run.source[:30])
        _tell(run, self.format)

    def __exit__(self, *failure: object) -> None:
        if self.bar:
            self.bar.stop()


@app.command()
@plainly
def status(context: typer.Context, format: Format = "text") -> None:
    """How each source is, and what the store holds.

    Example: python -m listening status --format json
    """
    from listening.summarise import health

    _one_of("format", format, FORMATS)
    area = _area(context)
    store = _store(area)
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

    Stop it when you like: what is done is kept, and the next run does the rest.
    Days from which a purge has taken posts stay as they are.

    Example: python -m listening analyse
    """
    from listening import pipeline
    from listening.bar import Bar

    _one_of("format", format, FORMATS)
    area = _area(context)
    with Bar("Tagging anew", format) as advance:
        done = pipeline.retag(area, _store(area), every=every, progress=advance)
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

    area = _area(context)
    now = area.clock or datetime.now(UTC)
    typer.echo(exchange.export(_store(area), area, what, format, to, since, until, now))


@app.command("import")
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

    area = _area(context)
    pasted = sys.stdin.read() if str(file) == "-" else ""
    here = sys.stdin.isatty() and sys.stdout.isatty()
    asked = deed.Asked(file, source, sheet, deed.told(map or []), dry_run, yes, not_confidential, pasted)

    def show(line: str) -> None:
        typer.echo(line, err=not (here or dry_run))

    ask = typer.confirm if here else None
    typer.echo(deed.bring_in(_store(area), area, asked, datetime.now(UTC), show, ask))


@app.command()
@plainly
def move(
    context: typer.Context,
    to: Annotated[
        str, typer.Option("--to", help="Where to: an empty database, or a file that is not there.")
    ],
) -> None:
    """Carry the whole store into another database, and count the rows on both sides.

    The old store stays as it is. Broken off in the middle, the same command goes on where it stopped.

    Example: python -m listening move --to postgresql://listening@db.example/listening
    """
    from listening.store import keys

    area = _area(context)
    store = _store(area)
    with _rows_moved() as advance:
        counts = store.move(to, datetime.now(UTC), advance)
    told = ", ".join(f"{name} {number:,}" for name, number in counts.items() if number)
    typer.echo(f"Moved and counted on both sides: {told or 'nothing, the store is empty'}.")
    carry = keys.carried(store, to, area)
    if carry:
        typer.echo(f"Carry the key for pseudonyms along, or collecting stops: copy {carry[0]} to {carry[1]}")
    typer.echo(f"Then put the new address behind `store:` in {area.config}, or into LISTENING_STORE.")


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


app.command("evaluate")(evaluate)
app.command("find")(ears.find)
app.command("sources")(ears.sources)
app.command("init")(init)


def main() -> None:
    """The program."""
    load_dotenv()
    app()
