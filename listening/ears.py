"""The commands about the list of sources itself: find a site's feeds, carry lists of feeds in and out."""

import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from listening.command import area_of, one_of, plainly
from listening.errors import WordsError

FORMATS = ("text", "json")
Channel = Annotated[
    str, typer.Option(help="What the new sources are: press, official, public, report or heard.")
]


@plainly
def find(
    context: typer.Context,
    address: Annotated[str, typer.Argument(help="A site, or one of its pages: haverdale.example")],
    channel: Channel = "press",
    format: Annotated[
        str, typer.Option("--format", help="text for people, json for machines (a row a line).")
    ] = "text",
) -> None:
    """Find the feeds of a website, try each once, and print lines to paste into sources.yaml.

    Example: python -m listening find https://www.example.org --channel official
    """
    from listening.collect import finding
    from listening.collect.web import NO_ADDRESS, Web
    from listening.post import CHANNELS

    one_of("format", format, FORMATS)
    one_of("channel", channel, CHANNELS)
    area = area_of(context)
    found = finding.find(address, Web(area.user_agent, allow_private=area.allow_private))
    if found.reason == NO_ADDRESS:
        raise WordsError(f"the address must be that of a website, like haverdale.example; got {address!r}")
    if format == "json":
        for row in found.feeds:
            typer.echo(json.dumps(asdict(row) | {"newest": row.newest and row.newest.isoformat()}))
    elif found.feeds:
        typer.echo(_told(found.feeds, area, channel, datetime.now(UTC)))
    if not found.feeds:
        typer.echo(f"{found.reason} ({_several(found.tried, 'address', 'es')} tried)", err=True)
        raise typer.Exit(1)


@plainly
def sources(
    context: typer.Context,
    to: Annotated[Path | None, typer.Option("--to", help="Write the feeds to this OPML file.")] = None,
    come: Annotated[Path | None, typer.Option("--from", help="Add the feeds of this OPML file.")] = None,
    channel: Channel = "press",
) -> None:
    """Write your feeds to an OPML file for another reader, or add the feeds of such a file.

    What is added is switched off until you have read its terms. A feed whose category is one of our
    channels gets that channel, every other the one given.

    Examples: python -m listening sources --to feeds.opml
              python -m listening sources --from feeds.opml --channel official
    """
    from listening.post import CHANNELS

    one_of("channel", channel, CHANNELS)
    if (to is None) == (come is None):
        raise WordsError("give either --to FILE, to write an OPML file, or --from FILE, to add its feeds")
    area = area_of(context)
    typer.echo(_written(area, to) if to else _added(area, come, channel))


def _told(feeds: Any, area: Any, channel: str, now: datetime) -> str:
    """What was found, a line each, and the lines to paste for what is not among the sources yet."""
    from listening import sourcefile

    known = {source.url: source.name for source in area.sources}
    rows = []
    for row in feeds:
        newest = f", newest {row.newest.astimezone(area.zone):%d %B %Y}" if row.newest else ""
        listed = f" Already in {area.config.name}: {known[row.address]}." if row.address in known else ""
        rows.append(
            f"  {row.address}\n    {row.title}: {_several(row.items, 'item')}{newest}. {row.note}{listed}"
        )
    fresh = [sourcefile.Ear(row.title, row.address, channel) for row in feeds if row.address not in known]
    told = f"Found {_several(len(feeds), 'feed')}:\n" + "\n".join(rows)
    if not fresh:
        return told
    ears = sourcefile.named(fresh, area.source_by_name)
    pasted = sourcefile.lines(ears, now.date()).rstrip()
    return f"{told}\n\nTo paste at the end of sources: in {area.config.name}:\n{pasted}"


def _written(area: Any, to: Path) -> str:
    from listening import opml

    feeds = [source for source in area.sources if source.kind == "feed" and source.url]
    try:
        to.write_bytes(opml.document(feeds, f"Sources for {area.name}", datetime.now(UTC)))
    except OSError as error:
        raise WordsError(f"the file cannot be written: {to}: {error.strerror}") from error
    return f"{_several(len(feeds), 'feed')} written to {to}."


def _added(area: Any, come: Path | None, channel: str) -> str:
    """Add what can be added; say what could not, and why."""
    from listening import opml, sourcefile

    assert come is not None, "asked for with --from only"
    try:
        outlines = opml.outlines(come.read_bytes(), come.name)
    except OSError as error:
        raise WordsError(f"the file cannot be read: {come}: {error.strerror}") from error
    fresh, left = _sorted_out(outlines, area, channel)
    if fresh:
        sourcefile.add(area.config, fresh, datetime.now(UTC).date())
    told = (
        f"{_several(len(fresh), 'feed')} added to {area.config.name}, switched off until you read the terms."
    )
    return "\n".join([told if fresh else f"Nothing was added to {area.config.name}.", *left])


def _sorted_out(outlines: Any, area: Any, channel: str) -> tuple[list[Any], list[str]]:
    """Those that can be added, and a sentence for each that cannot; no address with a secret is repeated."""
    from listening.entries import is_web, secret_in
    from listening.post import CHANNELS
    from listening.sourcefile import Ear, named

    known = {source.url for source in area.sources}
    fresh, left = [], []
    for outline in outlines:
        if not is_web(outline.url):
            left.append(f"  left out: {outline.name}: its address is not a web address")
        elif secret_in(outline.url):
            left.append(f"  left out: {outline.name}: its address carries a password, a token or a key")
        elif outline.url in known:
            left.append(f"  left out: {outline.name}: it is there already")
        else:
            mine = next((word for word in outline.categories if word in CHANNELS), channel)
            fresh.append(
                Ear(outline.name, outline.url, mine, "came with a list of feeds; terms not read yet")
            )
    return named(fresh, area.source_by_name), left


def _several(number: int, noun: str, more: str = "s") -> str:
    return f"{number:,} {noun}" + ("" if number == 1 else more)
