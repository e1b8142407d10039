"""Configure: sources.yaml, with the area folder and the issues.yaml it names -> a checked Area.

    area: data/areas/ashfield       a folder with wards.yaml, and postcodes.csv where there is one
    issues: data/issues.yaml        [{slug, label, duty, parent, terms, exclude, failures, …}]
    store: sqlite:///data/listening.db
    checklist: {controller, contact, purpose, lawful_basis, retention}
    network: {allow_private, user_agent}
    sources: [{name, kind, channel, url, every, covers, …}]     kind file: imported; heard: typed in
         every: the fastest it is asked; while it brings nothing new, down to a third as often
    invented: true, clock: 2026-11-16T08:00     only for a sample: where its local time stands still

Every path is relative to the file. All faults of all files are told at once, each with its line:
a person mends them in one go.
"""

import json
import math
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from listening import __version__, options
from listening.area import DISPLAYS, SOURCE_KINDS, Area, Checklist, Issue, Source
from listening.entries import Entry, Faults, nearest, once, read, secret_in, without_password
from listening.errors import AreaError
from listening.ground import ground
from listening.post import CHANNELS

RETENTION = timedelta(days=90)  # text of every post, whatever its channel, unless the operator says less
EVERY = timedelta(minutes=30)
SLUG = r"[a-z0-9]+(-[a-z0-9]+)*"
RESERVED = ("any", "none")  # the store's own words for "at least one issue" and "no issue recognised"
NO_DUTY = "none"  # of filter classes: nobody runs the football


def area(path: Path) -> Area:
    """The Area that a sources.yaml describes, or one AreaError listing every fault."""
    path = path.resolve()
    faults = Faults()
    top = read(path, faults)
    folder, taxonomy = (path.parent / top.text(key, needed=True) for key in ("area", "issues"))
    faults.stop()  # without these two there is nothing else to read
    listed = read(taxonomy, faults, f"{path.name} line {top.line('issues')}")
    issues = _issues(listed)
    listed.done()
    wards = read(folder / "wards.yaml", faults, f"{path.name} line {top.line('area')}")
    patch = ground(wards, folder, {i.duty for i in issues})
    patch["invented"] = top.yes("invented") or wards.yes("invented")
    wards.done()
    settings = _settings(top, path.parent, patch)
    sources = _sources(top, [w.name for w in patch["wards"]] + [t.name for t in patch["towns"]])
    top.done()
    faults.stop()
    layer = _tone_layer(tone_file(path))
    return Area(**patch, **settings, issues=issues, sources=sources, config=path, tone_layer=layer)


def tone_file(config: Path) -> Path:
    """Where the last layer of tone stands that labels taught (``listening.relearn``): sources.tone.json."""
    return config.with_name(f"{config.stem}.tone.json")


def _tone_layer(path: Path) -> tuple[float, ...]:
    """Four numbers; none where there is no such file, an AreaError where it is broken."""
    if not path.exists():
        return ()
    try:
        layer = tuple(float(x) for x in json.loads(path.read_text(encoding="utf-8"))["layer"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise AreaError(f"the file cannot be read: {path}: delete it, or learn again: {error}") from error
    if len(layer) != 4 or not all(map(math.isfinite, layer)):
        raise AreaError(f"layer must be four numbers; got {list(layer)} ({path.name}): delete it")
    return layer


def _settings(top: Entry, folder: Path, patch: dict[str, Any]) -> dict[str, Any]:
    """What sources.yaml says beside its sources: the checklist, the network, the store, the clock."""
    checklist = _checklist(top.mapping("checklist"))
    network = top.mapping("network")
    asks = network.text("user_agent", default=_user_agent(checklist, patch["council"] or patch["name"]))
    if not (asks.isascii() and asks.isprintable()) or asks.lower().startswith("mozilla"):
        network.fault(f"user_agent must say who asks, in plain letters; got {asks!r}", "user_agent")
    settings = {
        "checklist": checklist,
        "retention": checklist.retention or RETENTION,
        "allow_private": network.texts("allow_private"),
        "user_agent": asks,
        "store": _store(top, folder),
        "clock": _clock(top, ZoneInfo(patch["timezone"]), patch["invented"]),
    }
    network.done()
    return settings


def _checklist(form: Entry) -> Checklist:
    lines = {key: form.text(key) for key in ("controller", "contact", "purpose", "lawful_basis")}
    checklist = Checklist(**lines, retention=form.span("retention", least="1 day"))
    form.done()
    return checklist


def _user_agent(checklist: Checklist, council: str) -> str:
    """Who asks, honestly: an operator who has left no contact yet is not passed off as the council."""
    who = f"+{checklist.contact}; {checklist.controller or council}"
    about = who if checklist.contact else f"no contact given yet; listening to {council}"
    return f"listening/{__version__} ({about})".encode("ascii", "replace").decode()


def _store(top: Entry, folder: Path) -> str:
    """The database URL; a SQLite path becomes absolute, counted from the file's own folder."""
    url = top.text("store", default="sqlite:///data/listening.db")
    scheme, _, rest = url.partition("://")
    kind = scheme.partition("+")[0]
    if secret_in(url):
        top.fault("store carries a password; give the address as LISTENING_STORE in the environment", "store")
    elif kind not in ("sqlite", "postgresql") or not rest.strip("/") or (kind == "sqlite" and rest[0] != "/"):
        forms = "sqlite:///path/to/file.db or postgresql://host/name"
        shown = without_password(url)
        top.fault(f"store must be {forms}; got {shown!r}{nearest(kind, ('sqlite', 'postgresql'))}", "store")
    elif kind == "sqlite" and rest != "/:memory:":
        return f"{scheme}:///{(folder / rest[1:]).resolve()}"
    return url


def _clock(top: Entry, zone: ZoneInfo, invented: bool) -> datetime | None:
    """Where time stands still: given as a local time of an invented area, kept in UTC."""
    value = top.take("clock")
    if value is None:
        return None
    try:
        stands = datetime.fromisoformat(str(value))
    except ValueError:
        stands = datetime.max.replace(tzinfo=UTC)
    if stands.tzinfo is not None:
        top.fault(f"clock must be a local time such as 2026-11-16T08:00; got {str(value)!r}", "clock")
        return None
    if not invented:
        top.fault("clock can stand still in an invented area only; remove it, or add invented: true", "clock")
    return stands.replace(tzinfo=zone).astimezone(UTC)


def _sources(top: Entry, places: list[str]) -> tuple[Source, ...]:
    entries = top.entries("sources", "source")
    sources = tuple(_source(entry, places) for entry in entries)
    once(entries, "name", [s.name for s in sources])
    names = {s.name for s in sources}
    for entry, source in zip(entries, sources, strict=True):
        for i, old in enumerate(source.was):
            if old in names:
                entry.fault(f"was must hold names no longer in use; got {old!r}", "was", i)
    return sources


def _source(entry: Entry, places: list[str]) -> Source:
    kind = entry.choice("kind", SOURCE_KINDS)
    enabled = entry.yes("enabled", default=True)
    note, checked = _terms(entry)
    source = Source(
        name=entry.text("name", needed=True),
        kind=kind,
        channel=options.channel(entry, kind, entry.choice("channel", CHANNELS)),
        url=entry.web("url", needed=enabled and kind in options.NEED_ADDRESS),
        every=options.every(entry, kind, entry.span("every", least="1 min", default=EVERY) or EVERY),
        enabled=enabled,
        why_disabled=entry.text("why_disabled") or None,
        covers=entry.texts("covers"),
        keep=entry.span("keep", least="1 day"),
        display=entry.choice("display", DISPLAYS, default="headline_link"),
        terms=note,
        checked=checked,
        licence=entry.text("licence") or None,
        was=entry.texts("was"),
        options=options.options(entry.mapping("options"), kind),
        line=entry.line(),
    )
    for i, name in enumerate(source.covers):
        if name not in places:
            says = f"covers must name wards or towns of this area; got {name!r}{nearest(name, places)}"
            entry.fault(says, "covers", i)
    entry.done()
    return source


def _terms(entry: Entry) -> tuple[str | None, Any]:
    """The note on a source's terms, and the day it was checked."""
    terms = entry.mapping("terms")
    note, checked = terms.text("note") or None, terms.day("checked")
    terms.done()
    return note, checked


def _issues(top: Entry) -> tuple[Issue, ...]:
    entries = top.entries("issues", "issue")
    issues = tuple(_issue(entry) for entry in entries)
    once(entries, "slug", [i.slug for i in issues])
    return issues


def _issue(entry: Entry) -> Issue:
    noise = entry.yes("noise")
    slug = entry.matching("slug", SLUG, "lower-case words joined by hyphens", needed=True)
    if slug in RESERVED:
        entry.fault(f"slug must not be {' or '.join(RESERVED)}; got {slug!r}", "slug")
    families = entry.entries("failures", "family of failures")
    anywhere = entry.entries("together", "family of failures")
    issue = Issue(
        slug=slug,
        label=entry.text("label", needed=True),
        duty=entry.matching("duty", r"[a-z]+(_[a-z]+)*", "a lower-case word", needed=not noise) or NO_DUTY,
        terms=_phrases(entry, "terms"),
        exclude=_phrases(entry, "exclude"),
        failures=tuple((_phrases(f, "objects"), _phrases(f, "words")) for f in families),
        parent=entry.matching("parent", SLUG, "lower-case words joined by hyphens") or None,
        sensitive=entry.yes("sensitive"),
        noise=noise,
        election=entry.yes("election"),
        lgsl=entry.numbers("lgsl"),
        fixmystreet=entry.texts("fixmystreet"),
        spots=_phrases(entry, "spots"),
        together=tuple((_phrases(f, "objects"), _phrases(f, "words")) for f in anywhere),
    )
    for family in (*families, *anywhere):
        family.done()
    for i, phrase in enumerate(issue.exclude):
        if phrase.lower() in (t.lower() for t in (*issue.terms, *issue.spots)):
            entry.fault(f"exclude must not hold a term of its own issue; got {phrase!r}", "exclude", i)
    entry.done()
    return issue


def _phrases(entry: Entry, key: str) -> tuple[str, ...]:
    """Plain phrases; ``*`` may stand for the rest of the last word."""
    phrases = entry.texts(key)
    for i, phrase in enumerate(phrases):
        if re.search(r"[()\[\]{}]|\*.|(^|\W)\w{0,2}\*", phrase):
            says = f"{key} must hold plain phrases, with * after three letters or more of the last word only"
            entry.fault(f"{says}; got {phrase!r}", key, i)
    return phrases
