"""feedparser, tamed: the same reading of broken feeds, without what a hostile one could make of it.

feedparser 6.0.14 reads almost anything. Some of its habits take hours over a few megabytes made to
measure, holding up every other source (measured 2026-11-22, 160 KB each):

- an e-mail address is looked for in an author's name with a quadratic pattern (63 s);
- each tag is compared with all before it, for a list we don't use;
- ``xml:base`` is joined to itself at every element, and grows where it is nested (3 s, quadratic);
- the lines before the first element are searched with a quadratic pattern (87 s of empty lines);
- each attribute of an element is looked for among all of them (30,000 in 400 KB: 7 s, quadratic), and each
  element's namespace among all that were declared;
- what is no XML it reads again in its loose way, slowly (1.2 million unclosed elements in 3.6 MB: 27 s).

An id such as ``1`` it would join to the feed's address without its path, and two feeds of one host would
have posts of the same id.

It is also given a stream of bytes and nothing else: a ``bytes`` argument it would first try to open
as a file's name, a ``str`` as an address. A declared entity may stand for a thousand others; entities
are declared before the first element, so nothing before that reaches it. HTML's own (``&nbsp;``) it
knows without a declaration.
"""

import io
import re
from collections.abc import Mapping
from itertools import islice
from typing import Any
from xml.sax.expatreader import ExpatParser

import feedparser

from listening.errors import CollectError

TOO_DEEP = "Its feed is nested more than 1,000 elements deep, as no feed is: it was not read."
DEEPEST = 1_000  # elements within each other; a feed has about five, XHTML in it some dozens
MOST_ATTRIBUTES = 100  # of an element, the first
MOST_NAMESPACES = 100  # of a document, the first
LONGEST_LOOSE = 1_000_000  # characters of what is no XML; feeds begin with what is newest
LONGEST_BASE = 2_000  # characters of an xml:base

_mixin: Any = feedparser.mixin
_join = _mixin.make_safe_absolute_uri


def _bounded_join(base: str, rel: str | None = None) -> str:
    useful = rel and rel != base and len(base) + len(rel) <= LONGEST_BASE
    return str(_join(base, rel)) if useful else base


_mixin._FeedParserMixin._sync_author_detail = lambda self, key="author": None
_mixin._FeedParserMixin._add_tag = lambda self, term, scheme, label: self._get_context().setdefault(
    "tags", []
)
_mixin.make_safe_absolute_uri = _bounded_join
_mixin._FeedParserMixin.can_be_relative_uri -= {"id"}


class Loose(feedparser.api.LooseFeedParser):  # type: ignore[misc]  # feedparser has no types
    """feedparser's reader of what is no XML, given no more than it reads in a few seconds."""

    def feed(self, data: str) -> None:
        """Read the beginning of a document."""
        super().feed(data[:LONGEST_LOOSE])


feedparser.api.LooseFeedParser = Loose


class Whole(ExpatParser):
    """The standard library's parser, told to hand over text in one piece, and no more than a feed may hold.

    Else expat calls anew at each line and reference: HTML inside a feed comes a character at a time, and a
    third of the reading is calls. CollectError where elements are nested without end.
    """

    _parser: Any

    def reset(self) -> None:
        """Begin a document."""
        super().reset()
        self._parser.buffer_text = True
        self._depth = 0
        self._declared: set[tuple[str | None, str]] = set()

    def start_element_ns(self, name: str, attrs: Mapping[str, str]) -> None:
        """An element begins."""
        self._depth += 1
        if self._depth > DEEPEST:
            raise CollectError(TOO_DEEP)
        if len(attrs) > MOST_ATTRIBUTES:
            attrs = dict(islice(attrs.items(), MOST_ATTRIBUTES))
        super().start_element_ns(name, attrs)

    def end_element_ns(self, name: str) -> None:
        """An element ends."""
        self._depth -= 1
        super().end_element_ns(name)

    def start_namespace_decl(self, prefix: str | None, uri: str) -> None:
        """A namespace is declared; beyond the first ones it gets no name."""
        if len(self._declared) < MOST_NAMESPACES or (prefix, uri) in self._declared:
            self._declared.add((prefix, uri))
            super().start_namespace_decl(prefix, uri)


def create_parser() -> Whole:
    """The parser, for ``xml.sax.make_parser``: it asks modules by their names for one."""
    return Whole()


feedparser.api.PREFERRED_XML_PARSERS = [__name__]

_NUMBERED = re.compile(r"&#(?:[xX]([0-9a-fA-F]+)|([0-9]+));")
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # XML 1.0 has no room for them
_ELEMENT = re.compile(r"<[A-Za-z_]")
_PROLOG = (("<?", "?>"), ("<!--", "-->"), ("<!", ">"))


def parse(text: str, base: str) -> Any:
    """feedparser's reading of a document; its links are relative to ``base``."""
    document = _numbers(_ILLEGAL.sub("", _from_first_element(text)))
    return feedparser.parse(
        io.BytesIO(document.encode("utf-8", "replace")),
        response_headers={"content-type": "application/xml; charset=utf-8", "content-location": base},
        sanitize_html=False,
        resolve_relative_uris=False,
    )


def _from_first_element(text: str) -> str:
    """The document without instructions, comments and document type; "" where it has no element."""
    at = 0
    while found := next((p for p in _PROLOG if text.startswith(p[0], at)), None):
        start, end = found
        if start == "<!" and 0 <= text.find("[", at) < text.find(">", at):
            end = "]>"  # a document type with declarations inside
        stop = text.find(end, at)
        if stop < 0:
            break
        at = stop + len(end)
        at += len(text[at : at + 1000]) - len(text[at : at + 1000].lstrip())
    element = _ELEMENT.search(text, at)
    return text[element.start() :] if element else ""


def _numbers(text: str) -> str:
    """Numbered characters as they stand; the mark for "unreadable" where there is no such one."""
    return _NUMBERED.sub(_possible, text) if "&#" in text else text


def _possible(reference: re.Match[str]) -> str:
    digits = (reference[1] or reference[2]).lstrip("0")[:8] or "0"
    point = int(digits, 16 if reference[1] else 10)
    allowed = point in (9, 10, 13) or 32 <= point < 0xD800 or 0xE000 <= point < 0xFFFE
    return reference[0] if allowed or 0x10000 <= point <= 0x10FFFF else "\ufffd"
