"""The command ``init``: an area of one's own, from a council's name."""

import os
import sys
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

import typer

from listening.command import plainly

HERE = Path(__file__).parent.parent.parent
ELSEWHERE = "LISTENING_ONS"  # the address of a copy of ONS's services; its host may be a private one


@plainly
def init(
    name: Annotated[str, typer.Argument(help="The council, as people call it, or its GSS code.")],
    type: Annotated[
        str | None,
        typer.Option(
            help="district, county, unitary, london_borough, metropolitan, scottish, welsh or ni. "
            "Else asked on a terminal, or told from its code."
        ),
    ] = None,
    places: Annotated[
        Path | None, typer.Option(help="The folder of OS Open Names (opname_csv_gb), for streets and places.")
    ] = None,
    to: Annotated[
        Path | None, typer.Option(help="The folder to write; else data/areas/ and the name.")
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Replace wards and boundaries that are there; the old are kept.")
    ] = False,
) -> None:
    """Begin an area for any UK council: its wards, their boundaries, and who runs what.

    Asks the Office for National Statistics, once. What it could not find is said at the end.

    Examples: python -m listening init "Ashfield District Council"
              python -m listening init E07000170 --type district --places opname_csv_gb
    """
    typer.echo(begun(name, type, places, to, force))


def begun(
    name: str, type: str | None, places: Path | None, to: Path | None, force: bool, web: Any = None
) -> str:
    """Find the council, ask for its wards, write the folder, and say what is there and what is missing."""
    from listening.area import AREA_TYPES
    from listening.begin import councils, folder, opennames, outline
    from listening.begin.draft import Draft, own_names, wards_yaml
    from listening.begin.ears import sources_yaml
    from listening.begin.told import BUDGET, told
    from listening.collect.ons import Ons
    from listening.command import one_of
    from listening.errors import CollectError

    if type is not None:
        one_of("type", type, AREA_TYPES)
    if places is not None:
        opennames.check(places)
    ons = Ons(web or _web(), os.environ.get(ELSEWHERE) or _services())
    council = councils.chosen(ons.councils(), name, type)
    kind = councils.chosen_type(council, type or _asked(council))
    target = to or Path("data/areas") / councils.slug(councils.said(council))
    folder.refuse(target, force)
    wards = ons.wards_of(council)
    if not wards:
        raise CollectError(f"the ONS geography service gave no wards for {councils.shown(council)}")
    names = opennames.names_in(places, ons.grid(council)) if places else None
    full, named = councils.full_name(council, kind, name)
    draft = Draft(
        council=council,
        type=kind,
        full_name=full,
        vintage=ons.vintage,
        service=ons.service,
        wards=wards,
        today=datetime.now(UTC).date(),
        duties=_duties(),
        names=names,
        called=own_names(wards),
    )
    light = outline.light({w.code: w.polygons for w in wards}, BUDGET, draft.called)
    boundaries = light.geojson(draft.called)
    files = {"wards.yaml": wards_yaml(draft).encode(), "wards.geojson": boundaries}
    files["sources.yaml"] = sources_yaml(draft, _issues_from(target)).encode()
    area = folder.written(target, files, force)
    return told(draft, area, light, len(boundaries), named, target)


def _asked(council: Any) -> str | None:
    """The type as told on a terminal, the likely one proposed; None where nobody can be asked."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return None
    from listening.area import AREA_TYPES
    from listening.begin.councils import SAID, likely_type, shown

    typer.echo(f"Found {shown(council)}. Its type says who runs what:")
    for known in AREA_TYPES:
        typer.echo(f"  {known:<15} {SAID[known]}")
    while (told := str(typer.prompt("What type is it?", default=likely_type(council)))) not in AREA_TYPES:
        typer.echo(f"It must be one of {', '.join(AREA_TYPES)}; got {told!r}")
    return told


def _web() -> Any:
    """The way out, with time and room for boundaries; a host named in the environment may be private."""
    from listening.collect.arcgis import MOST, PATIENCE
    from listening.collect.web import Web

    host = urlsplit(os.environ.get(ELSEWHERE, "")).hostname
    return Web(allow_private=[host] if host else [], total=PATIENCE, read=PATIENCE, most=MOST)


def _services() -> str:
    from listening.collect.ons import SERVICES

    return SERVICES


def _issues() -> Path:
    return HERE / "data" / "issues.yaml"


def _issues_from(folder: Path) -> str:
    """issues.yaml as seen from the new folder; its whole path where there is no way between them."""
    try:
        return Path(os.path.relpath(_issues(), folder.resolve())).as_posix()
    except ValueError:  # another drive
        return _issues().as_posix()


@cache
def _duties() -> list[str]:
    """The duties that issues.yaml names, in its order."""
    from listening.entries import Faults, read

    faults = Faults()
    entries = read(_issues(), faults).entries("issues", "issue")
    faults.stop()
    return list(dict.fromkeys(duty for e in entries if (duty := e.text("duty")) and duty != "none"))
