"""Page: a web page as a run of words, links and times, in the order they stand in it.

Only for pages that have no feed. It never fails on what it is given, and looks at each character a few
times at most: ``html.parser`` of Python 3.11.7 takes 20 seconds over 50 KB of ``<a`` (seen 2026-11-22).
A ``>`` inside an attribute ends the tag early; that costs a word or two.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from listening.collect.document import unescaped
from listening.collect.entry import tidy, web_link

RAW = ("script", "style")  # their contents are no markup
SILENT = (*RAW, "template", "svg", "noscript", "select", "button", "title")
BLOCKS = {
    "p",
    "div",
    "li",
    "ul",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "article",
    "section",
    "td",
    "tr",
    "br",
    "time",
}
MOST_PIECES = 20_000
LONGEST_TAG = 5_000  # characters
_TAG = re.compile(r"(/?)([a-zA-Z][a-zA-Z0-9]{0,20})(?=[\s/]|$)")
_ATTRIBUTE = re.compile(r"""([a-zA-Z][\w:-]{0,40})\s{0,9}=\s{0,9}(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+))""")


@dataclass(frozen=True)
class Piece:
    """A stretch of words; a link's with its address, a time's as a machine reads it."""

    words: str
    link: str | None = None
    time: str | None = None


@dataclass(frozen=True)
class Link:
    """A ``link`` element of the page's head."""

    rel: str
    kind: str
    href: str
    title: str


@dataclass
class Page:
    """One page, read: ``pieces`` and ``links`` in their order, and what it says made it."""

    text: str
    base: str
    pieces: list[Piece] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    anchors: list[str] = field(default_factory=list)  # where it links to, with or without words
    generator: str = ""
    _words: list[str] = field(default_factory=list)
    _href: str | None = None
    _time: str | None = None
    _silent: str = ""

    def __post_init__(self) -> None:
        for chunk in _without_comments(self.text).split(">"):
            words, mark, tag = chunk.rpartition("<")
            if not self._silent:
                self._words.append(words if mark else tag)
            found = _TAG.match(tag) if mark else None
            if found and found[1]:
                self._closed(found[2].lower())
            elif found:
                self._opened(found[2].lower(), tag[found.end() : LONGEST_TAG])
        self._end()

    def _opened(self, name: str, rest: str) -> None:
        if self._silent in RAW or (self._silent and name not in SILENT):
            return
        given = _attributes(rest) if name in ("a", "link", "meta", "base", "time") else {}
        if name in SILENT:
            self._silent = "" if rest.rstrip().endswith("/") else name
        elif name == "a" or name in BLOCKS:
            self._end()
            self._href = self._anchor(given) if name == "a" else self._href
            self._time = given.get("datetime") or None if name == "time" else self._time
        elif name == "meta" and given.get("name", "").lower() == "generator":
            self.generator = given.get("content", "")[:200]
        elif href := web_link(given.get("href"), self.base) if name in ("link", "base") else None:
            self._pointed(name, given, href)

    def _anchor(self, given: dict[str, str]) -> str | None:
        href = web_link(given.get("href"), self.base)
        if href and len(self.anchors) < MOST_PIECES:
            self.anchors.append(href)
        return href

    def _pointed(self, name: str, given: dict[str, str], href: str) -> None:
        if name == "base":
            self.base = href
        elif len(self.links) < MOST_PIECES:
            rel, kind = given.get("rel", "").lower(), given.get("type", "").lower()
            self.links.append(Link(rel, kind, href, given.get("title", "")))

    def _closed(self, name: str) -> None:
        if self._silent:
            self._silent = "" if name == self._silent else self._silent
        elif name == "a" or name in BLOCKS:
            self._end()
            self._href = None if name == "a" else self._href
            self._time = None if name == "time" else self._time

    def _end(self) -> None:
        words = tidy(re.sub(r"\s+", " ", unescaped("".join(self._words))))
        self._words = []
        if (words or self._time) and len(self.pieces) < MOST_PIECES:
            self.pieces.append(Piece(words or "", self._href, self._time))


def sections(pieces: list[Piece], heads: re.Pattern[str]) -> Iterator[tuple[Piece, list[Piece]]]:
    """Each piece that links to an address of this form, with the pieces up to the next such one."""
    head: Piece | None = None
    rest: list[Piece] = []
    for piece in pieces:
        if piece.words and piece.link and heads.match(piece.link):
            if head:
                yield head, rest
            head, rest = piece, []
        else:
            rest.append(piece)
    if head:
        yield head, rest


def _without_comments(text: str) -> str:
    first, *others = text.split("<!--")
    return first + "".join(part.partition("-->")[2] for part in others)


def _attributes(rest: str) -> dict[str, str]:
    found = _ATTRIBUTE.findall(rest)
    return {name.lower(): unescaped(a or b or c).strip() for name, a, b, c in reversed(found)}
