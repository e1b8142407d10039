"""Text: whatever a source sends, as plain text that is safe to keep, count and show.

All text is hostile until it has been through here. HTML is read by a real parser (Lexbor, by
way of selectolax), never by patterns; scripts, styles and frames are dropped with what they
hold; links keep their words and, where it is author-free, their address. What is left holds no
markup, no control, zero-width or direction-changing characters, and is in Unicode's form NFC.
"""

import html
import re
import unicodedata

from selectolax.lexbor import LexborHTMLParser

from listening.clean import addresses

LONGEST = 10_000  # characters kept of a text: far beyond any post, short of an attack
SOURCE = 60_000  # characters of HTML looked at; deep nesting makes parsing slow beyond this
ROUNDS = 3  # feeds that escape twice are common; more layers than these are play

_BLOCKS = (
    "p,div,br,li,ul,ol,dl,dt,dd,tr,table,h1,h2,h3,h4,h5,h6,blockquote,pre,hr,section,article,header,footer,"
    "figure,figcaption,option,aside,main,nav,form,address,details,summary"
)
_DROPPED = (
    "script style head title iframe object embed noscript template svg math canvas audio video textarea "
    "select"
)
_TAGS = (
    "a abbr b base body button center cite code col del em font frame frameset html i img input ins kbd "
    "label link mark marquee meta q s samp small source span strike strong sub sup td th thead tbody "
    "tfoot time tt u var wbr"
)
_NAMES = "|".join(sorted({*_BLOCKS.split(","), *_DROPPED.split(), *_TAGS.split()}, key=len, reverse=True))
# Markup, as opposed to a "<" somebody typed: a known tag, closed; any tag with an attribute; a comment.
_MARKUP = re.compile(
    rf"</?(?:{_NAMES})(?:[\s/][^<>]*)?>|<[a-z][^<>]*=[^<>]*>|<!--|<!\[CDATA|<!doctype", re.IGNORECASE
)
_OPENING = re.compile(r"<(?![!?]|/?[a-zA-Z](?:[^<>\"']|\"[^\"]{0,2000}\"|'[^']{0,2000}'){0,500}>)")
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
# C0 and C1 controls, soft hyphen, zero-width and bidi marks, variation selectors, tags, lone surrogates.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e0fff]"
)
# One replacement after the other: str.translate asks a dictionary for every character of such a text.
_AT = (("＠", "@"), ("﹫", "@"))
_APOSTROPHES = tuple((mark, "'") for mark in "’‘ʼ＇´`")
_FOLDED = re.compile(r"[^\S\n]*\n\s*")
_HALF = re.compile(r"[\s0-9()+./@-]*\S*$")  # what a cut may leave of a number or an address


def plain(source: str) -> str:
    """The plain text of HTML or text; paragraphs are parted by one newline.

    At most ``LONGEST`` characters. Never raises, whatever the input; "a < b" is text and stays.

    >>> plain("<p>Bins &amp; glass</p><p>a < b<script>x()</script></p>")
    'Bins & glass\\na < b'
    """
    text = source[:SOURCE]
    if "<" in text or "&" in text:
        for _ in range(ROUNDS):
            if _MARKUP.search(text):
                text = _parsed(text)
            elif _ENTITY.search(text):
                text = _ENTITY.sub(lambda m: html.unescape(m[0]), text)
            else:
                break
    return _cut(_tidy(text))


def _parsed(source: str) -> str:
    """The words of an HTML fragment, blocks parted by newlines."""
    # A line end in HTML is a space; only an empty line is left as a break.
    folded = _FOLDED.sub(lambda m: "\n" if m[0].count("\n") > 1 else " ", source.replace("\x00", ""))
    tree = LexborHTMLParser(_unescaped(folded), is_fragment=True)
    tree.strip_tags(_DROPPED.split(), recursive=True)
    for link in tree.css("a[href]"):
        address = _shown(link.text(), link.attributes.get("href"))
        if address:
            link.insert_after(address)
    for block in tree.css(_BLOCKS):
        block.insert_before("\n")
        block.insert_after("\n")
    if "<t" in source or "<T" in source:
        for cell in tree.css("td,th"):
            cell.insert_after(" ")
    # text() begins at the first node of a fragment and reads on through its siblings
    return tree.root.text() if tree.root is not None else ""


def _unescaped(source: str) -> str:
    """A "<" that begins no tag, as in "I <3 this" or "a<b and <b>c</b>", is kept from the parser."""
    return _OPENING.sub("&lt;", source.replace("<![CDATA[", "").replace("]]>", ""))


def _shown(words: str, href: str | None) -> str | None:
    """The address to show after a link's words: none where they are the address, or it is not kept."""
    said = words.strip()
    if not said or "://" in said or said.startswith("www."):
        return None
    address = addresses.canonical(href)
    return f" ({address})" if address else None


def _tidy(text: str) -> str:
    """Unseen characters out, NFC, straight apostrophes, white space folded."""
    if not text.isascii():
        text = _exchanged(unicodedata.normalize("NFC", _exchanged(_UNSEEN.sub("", text), _AT)), _APOSTROPHES)
    elif text.isprintable() and "  " not in text:  # most posts: nothing to do
        return text.strip()
    else:
        text = _UNSEEN.sub("", text)
    return "\n".join(filter(None, (" ".join(line.split()) for line in text.split("\n"))))


def _exchanged(text: str, pairs: tuple[tuple[str, str], ...]) -> str:
    for old, new in pairs:
        text = text.replace(old, new)
    return text


def _cut(text: str) -> str:
    """At most LONGEST characters, without half a number or address at the end."""
    if len(text) <= LONGEST:
        return text
    return _HALF.sub("", text[: LONGEST - 1]) + "…"
