"""The commands that ask the sources: ``check`` tries each once, ``collect`` keeps what they say."""

import json
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from typing import Annotated, Any

import typer

from listening.command import FORMATS, Format, area_of, one_of, plainly, store_of
from listening.errors import ListeningError, NewerStore, StoreError, WrongKey

STEP = 15.0  # seconds between two looks for due sources, under --watch


@plainly
def check(
    context: typer.Context,
    offline: Annotated[bool, typer.Option("--offline", help="Only read the files; ask no source.")] = False,
    format: Format = "text",
) -> None:
    """Read the configuration, then try each source once; none of their words is stored.

    A source that asked a collector for rest is left alone here too, and Reddit's pace is kept together.

    Example: python -m listening check --offline
    """
    from listening import collect
    from listening.area import describe
    from listening.collect.web import Web, resting
    from listening.post import Run

    one_of("format", format, FORMATS)
    area = area_of(context)
    if format == "text":
        typer.echo(describe(area))
    if offline:
        return
    now, store = datetime.now(UTC), _store_there(area)
    memories = _memories(store)
    asked = []
    for source in (s for s in area.sources if s.enabled):
        until = collect.wished(memories.get(source.name, {}), now)
        if until is None:
            asked.append(source)
        else:
            paused = Run(source.name, now, "paused", resting(until, now, "it asked us to slow down"))
            _tell(paused, format, stored=False)
    web = Web(area.user_agent, allow_private=area.allow_private).glancing()
    web = web.paced(store.revise) if store else web
    runs = []
    ready = not area.checklist.missing
    for _, _, run in collect.ask(asked, memories, web, now, checklist_done=ready):
        runs.append(run)
        _tell(run, format, stored=False)
    if format == "text":
        for source in area.sources:
            if not source.enabled:
                typer.echo(
                    f"  off      {source.name}: {source.why_disabled or 'switched off in sources.yaml'}"
                )
    if any(run.state == "failing" for run in runs):
        raise typer.Exit(1)


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
    one_of("format", format, FORMATS)
    area = area_of(context)
    store = store_of(area, make=True)
    if watch:
        with suppress(KeyboardInterrupt):  # which is how it ends
            _watch(area, store, now, format)
        return
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


def _tell(run: Any, format: str, stored: bool = True) -> None:
    """A line, or a row, on how a source did; what is new is told only where it was `stored`."""
    if format == "json":
        told = ("source", "state", "items", *(["new"] if stored else []), "error", "seconds", "reason")
        row = {k: getattr(run, k) for k in told}
        typer.echo(json.dumps(row, ensure_ascii=False))
        return
    typer.echo(f"  {run.state:<8} {run.source}: {_how(run, stored)}")


def _how(run: Any, stored: bool) -> str:
    """How a source did: its items where it answered, and whatever is odd about it."""
    from listening.summarise import reasons

    if run.state not in ("ok", "quiet", "stale"):
        return str(run.reason)
    odd = reasons.remarks(run.reason)
    new = f", {run.new} new" if stored else ""
    return f"{run.items} items{new}" + (f". {odd}" if odd else "")


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


def _store_there(area: Any) -> Any:
    """The store, where there is one to ask; else None."""
    with suppress(ListeningError):  # one that can't be opened is told where it is needed
        return store_of(area)
    return None


def _memories(store: Any) -> dict[str, dict[str, Any]]:
    """What the sources remember, but the validators of their last answers: what is tried is read in full.

    Nothing, where the store can't be read: a check is then what it would be without one.
    """
    seen, known = ("etag", "last_modified", "body_hash"), dict[str, dict[str, Any]]()
    with suppress(ListeningError):
        known = store.memories() if store else {}
    return {name: {k: v for k, v in m.items() if k not in seen} for name, m in known.items()}
