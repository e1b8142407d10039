"""OPML: lists of feeds as other programs keep them, read and written.

OPML 2.0, http://opml.org/spec2.opml, checked 2026-11-22: ``outline`` elements with ``text`` and ``xmlUrl``,
nested as folders are; ``category`` a list of words between commas. Files come from strangers: a
document type is refused, and what is nested deeper than a person would is refused too.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from listening.area import Source
from listening.collect.encoding import decoded
from listening.errors import WordsError

MOST_BYTES = 5_000_000
MOST = 2_000  # feeds of one file
DEEPEST = 50  # folders within folders


@dataclass(frozen=True)
class Outline:
    """One feed of a list."""

    name: str
    url: str
    categories: tuple[str, ...] = ()  # its own, then the names of the folders it lies in, the nearest first


def outlines(body: bytes, called: str = "the file") -> list[Outline]:
    """The feeds of an OPML file, in its order, an address once; WordsError where it is none."""
    if len(body) > MOST_BYTES:
        raise WordsError(f"a list of feeds must be at most {MOST_BYTES // 1_000_000} MB: {called}")
    text = decoded(body).lstrip("\ufeff \t\r\n")
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise WordsError(f"a list of feeds must not declare a document type or entities: {called}")
    try:
        root, found = _read(text, called)
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise WordsError(f"this is not OPML: {called}: its XML is damaged") from error
    if root != "opml":
        raise WordsError(f"this is not OPML: {called}: it begins with {root or 'nothing'!r}, not opml")
    return found


def _read(text: str, called: str) -> tuple[str, list[Outline]]:
    """The name of the outermost element, and the feeds, read no further than the limits."""
    found: dict[str, Outline] = {}
    folders: list[Element] = []
    root = ""
    for event, element in _events(text):
        if event == "end":
            folders.pop()
            element.clear()
            continue
        root = root or element.tag
        if element.tag == "outline" and (outline := _outline(element, folders)):
            found.setdefault(outline.url, outline)
        folders.append(element)
        if len(folders) > DEEPEST or len(found) > MOST:
            raise WordsError(f"a list of feeds must have at most {MOST:,} feeds, {DEEPEST} deep: {called}")
    return root, list(found.values())


def document(sources: Iterable[Source], title: str, now: datetime) -> bytes:
    """The feeds among these sources as an OPML file, each with its channel as category."""
    opml = Element("opml", version="2.0")
    head = ElementTree.SubElement(opml, "head")
    ElementTree.SubElement(head, "title").text = title
    ElementTree.SubElement(head, "dateCreated").text = format_datetime(now.astimezone(UTC))
    listed = ElementTree.SubElement(opml, "body")
    for source in sources:
        if source.kind == "feed" and source.url:
            what = {"text": source.name, "title": source.name, "type": "rss"}
            ElementTree.SubElement(
                listed, "outline", {**what, "xmlUrl": source.url, "category": source.channel}
            )
    ElementTree.indent(opml)
    return bytes(ElementTree.tostring(opml, encoding="utf-8", xml_declaration=True)) + b"\n"


def _events(text: str) -> Iterator[tuple[str, Element]]:
    """Starts and ends as they come, so that reading stops where a limit is passed."""
    parser: Any = ElementTree.XMLPullParser(("start", "end"))
    for first in range(0, len(text), 65_536):
        parser.feed(text[first : first + 65_536])
        yield from parser.read_events()
    parser.close()
    yield from parser.read_events()


def _outline(element: Element, folders: list[Element]) -> Outline | None:
    url = (element.get("xmlUrl") or element.get("xmlurl") or "").strip()
    if not url:
        return None
    name = (element.get("title") or element.get("text") or "").strip()
    own = [word.strip("/ ").rpartition("/")[2] for word in (element.get("category") or "").split(",")]
    around = [
        (f.get("text") or f.get("title") or "").strip() for f in reversed(folders) if f.tag == "outline"
    ]
    return Outline(name or url, url, tuple(word for word in (*own, *around) if word))
