"""Lists of feeds: read as other programs write them, and as nobody should."""

import time
from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest

from listening.area import Source
from listening.errors import WordsError
from listening.opml import DEEPEST, Outline, document, outlines

NOW = datetime(2026, 11, 16, 12, tzinfo=UTC)
# Written from opml.org/spec2.opml and the forms that feed readers export, 2026-11-22. All names are invented.
NESTED = b"""<?xml version="1.0" encoding="ISO-8859-1"?>
<opml version="1.1"><head><title>Mine</title></head><body>
 <outline text="official"><outline text="The dale">
  <outline type="rss" text="Parish" title="Parish &amp; Council" xmlUrl=" https://parish.example/rss "/>
 </outline></outline>
 <outline text="Courier" xmlUrl="https://courier.example/rss" category="/News/press,/local"/>
 <outline text="Courier again" xmlUrl="https://courier.example/rss"/>
 <outline text="A note, no feed"/>
 <outline xmlUrl="https://bare.example/rss"/>
</body></opml>"""

TOO_MUCH = "a list of feeds must have at most 2,000 feeds, 50 deep: the file"
MANY = b"<opml>" + b"".join(b"<outline xmlUrl='https://a.example/%d'/>" % n for n in range(2_001))


def test_feeds_come_with_the_names_of_their_folders_the_nearest_first() -> None:
    assert outlines(NESTED) == [
        Outline("Parish & Council", "https://parish.example/rss", ("The dale", "official")),
        Outline("Courier", "https://courier.example/rss", ("press", "local")),
        Outline("https://bare.example/rss", "https://bare.example/rss", ()),
    ]


def test_feeds_go_out_with_their_channel_and_nothing_else_goes() -> None:
    sources = [
        Source("Mill & <Weir>", "feed", "press", "https://a.example/?x=1&y=2"),
        Source("r/dale", "reddit", "public"),
        Source("Council", "feed", "official"),
        Source("Flöds", "feed", "official", "https://b.example/", enabled=False),
    ]
    written = document(sources, "Sources for Haverdale", NOW)
    assert outlines(written) == [
        Outline("Mill & <Weir>", "https://a.example/?x=1&y=2", ("press",)),
        Outline("Flöds", "https://b.example/", ("official",)),
    ]
    head = ElementTree.fromstring(written).find("head")
    assert head is not None
    assert head.findtext("dateCreated") == "Mon, 16 Nov 2026 12:00:00 +0000"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "this is not OPML: the file: its XML is damaged"),
        (b"name,url\n", "this is not OPML: the file: its XML is damaged"),
        (b"<opml><body>", "this is not OPML: the file: its XML is damaged"),
        (b"<rss><channel/></rss>", "this is not OPML: the file: it begins with 'rss', not opml"),
        (b"<opml>" + b"<outline>" * (DEEPEST + 1), TOO_MUCH),
        (
            MANY,
            TOO_MUCH,
        ),
        (b" " * 5_000_001, "a list of feeds must be at most 5 MB: the file"),
    ],
)  # fmt: skip
def test_what_is_no_list_of_feeds_is_refused_in_a_sentence(body: bytes, reason: str) -> None:
    with pytest.raises(WordsError) as caught:
        outlines(body)
    assert str(caught.value) == reason


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize(
    "trap",
    [
        "<!DOCTYPE o [<!ENTITY a 'ha'><!ENTITY b '&a;&a;'>]><opml><outline text='&b;' xmlUrl='https://a.example'/></opml>",
        "<!DOCTYPE o SYSTEM 'file:///etc/hostname'><opml/>",
        "<!DOCTYPE o [<!ENTITY x SYSTEM 'file:///etc/hostname'>]><opml>&x;</opml>",
    ],
)  # fmt: skip
def test_a_file_that_declares_entities_is_refused(trap: str, encoding: str) -> None:
    with pytest.raises(WordsError, match="must not declare a document type or entities"):
        outlines(trap.encode(encoding))


def test_a_file_of_a_million_elements_is_refused_soon() -> None:
    started = time.process_time()
    with pytest.raises(WordsError):
        outlines(b"<opml>" + b"<a>" * 1_000_000)
    assert time.process_time() - started < 1
