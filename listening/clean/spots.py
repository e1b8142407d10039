"""Spots: exact coordinates and property numbers, which point at one home.

A pair of degrees counts where it lies around these islands (latitude 49–61, longitude -9 to 2) and is
exact: three decimals of latitude are some hundred metres. A single number is never taken. Grid
references are those of the Ordnance Survey with four or five digits each way; a UPRN, the number of a
property, needs its cue. All from general knowledge.
"""

import re

from listening.clean.outline import Outline, folded, outline

_GAP = r"\s?(?:[,;/|]|[-\u2013](?=\s)|\band\b|\bby\b)?\s{0,2}"
_LAT = r"\+?(?:49|5[0-9]|60)\.[0-9]{3,}\s?°?\s?(?:north|N)?"
_LON = r"[-\u2013\u2212+]?[0-9]\.[0-9]{2,}\s?°?\s?(?:west|east|[WE])?"
_CUE = r"(?:(?:lat(?:itude)?|lon(?:g|gitude)?|lng)(?:\sis)?\s?[:=]?\s?)?"
_EDGE, _END = r"(?<![\w.£$€\-])", r"(?![\w]|\.[0-9])"
_PAIR = re.compile(
    rf"{_EDGE}{_CUE}(?:{_LAT}{_GAP}{_CUE}{_LON}|{_LON}{_GAP}{_CUE}{_LAT}"
    r"|N\s?(?:49|5[0-9]|60)\.[0-9]{3,}[\s,;/]{1,3}[WE]\s?[0-9]\.[0-9]{3,}"
    rf"|(?:49|5[0-9]|60),[0-9]{{4,}}[\s;/]{{1,3}}[-\u2013\u2212]?[0-9],[0-9]{{4,}}){_END}",
    re.IGNORECASE,
)
_PART = (
    r"0{0,2}[0-9]{1,2}\s?[°º]\s?(?:[0-9]{1,2}(?:\.[0-9]+)?\s?['′’]?\s?(?:[0-9]{1,2}(?:\.[0-9]+)?\s?"
    r"(?:[\"″”]|'')?)?|[0-9]{1,2}\.[0-9]+)?\s?"
)
_DEGREES = re.compile(
    rf"{_EDGE}(?:{_PART}N{_GAP}{_PART}[WE]|N\s?{_PART}{_GAP}[WE]\s?{_PART})(?<!\s)(?!\w)"
    rf"|{_EDGE}(?:N\s?[0-9]{{2}}\s[0-9]{{1,2}}\.[0-9]{{2,}}"
    rf"{_GAP}[WE]\s?[0-9]{{1,3}}\s[0-9]{{1,2}}\.[0-9]{{2,}}"
    rf"|[0-9]{{2}}\s[0-9]{{1,2}}\.[0-9]{{2,}}\s?N{_GAP}[0-9]{{1,3}}\s[0-9]{{1,2}}\.[0-9]{{2,}}\s?[WE])(?!\w)",
    re.IGNORECASE,
)
_MINUTES = re.compile(r"[0-9]\s[0-9]{1,2}\.[0-9]{2,}")
_THREE = r"[a-z]{3,18}\.[a-z]{3,18}\.[a-z]{3,18}"  # a square of three metres, told by three words
_WORDS = re.compile(
    rf"(?<![\w/:])///\s?{_THREE}(?![\w.])"
    rf"|(?P<cue>\b(?:what ?3 ?words?|w3w|what three words)\b[^.\n]{{0,20}}?[\s:])"
    rf"{_THREE}(?![\w.])",
    re.IGNORECASE,
)
_GRID = re.compile(
    r"(?<!\w)(?:sk(?= ?[0-9]{5})|[HJNOST][A-HJ-Z])\s?"
    r"(?:[0-9]{5}\s?[0-9]{5}|[0-9]{4}\s?[0-9]{4})(?!\w)"
)
# To a hundred metres: parted, or beside what says that it is one.
_SHORT_GRID = re.compile(
    r"(?<!\w)(?!NO |SO |TO |HE |OF |OH |OK |ON |OR |SH |TV )[HNOST][A-HJ-Z] [0-9]{3} [0-9]{3}(?!\w|\s?[0-9])"
)
_GRID_CUED = re.compile(r"(?<!\w)[HNOST][A-HJ-Z]\s?[0-9]{3}\s?[0-9]{3}(?!\w|\s?[0-9])")
_GRID_SIGN = re.compile(r"\bgrid\b|\bos (?:ref|map)|\bco-?ord")
_SPELT_DEGREES = re.compile(
    r"\b(?:49|5[0-9]|60) degrees?,? [0-9]{1,2}(?:\.[0-9]+)? min(?:ute)?s?,?(?: (?:and"
    r" )?[0-9]{1,2}(?:\.[0-9]+)? sec(?:ond)?s?)?"
    r",? (?:north|n)\b,?\s{0,2}(?:and |by )?[0-9] degrees?,? [0-9]{1,2}(?:\.[0-9]+)? min(?:ute)?s?,?"
    r"(?: (?:and )?[0-9]{1,2}(?:\.[0-9]+)? sec(?:ond)?s?)?,? (?:west|east|w|e)\b",
    re.IGNORECASE,
)
_UPRN = re.compile(
    r"\bUPRNs?\b[\s:.#=]{0,3}(?:(?:no|num|number)\b[\s:.#]{0,3})?(?:is\s)?[0-9]{6,12}(?!\w)", re.IGNORECASE
)


def squares(text: str) -> str:
    """What three words say of a square of three metres, as ``[coordinates]``."""
    return _WORDS.sub(lambda m: (m["cue"] or "") + "[coordinates]", text)


def masked(text: str, form: Outline | None = None) -> str:
    """The text with such pairs as ``[coordinates]`` and property numbers as ``[UPRN]``.

    >>> masked("Lamp out at 53.12345,-1.26543, UPRN 100030123456")
    'Lamp out at [coordinates], [UPRN]'
    """
    form = form or outline(text)
    if "uprn" in folded(text):
        text = _UPRN.sub("[UPRN]", text)
    if b"00.000" in form.letters or b"00,0000" in form.letters:
        text = _PAIR.sub("[coordinates]", text)
    if "°" in text or "º" in text or (b".00" in form.letters and _MINUTES.search(text)):
        text = _DEGREES.sub("[coordinates]", text)
    if "degree" in text:
        text = _SPELT_DEGREES.sub("[coordinates]", text)
    if form.run >= 8:
        text = _GRID.sub("[coordinates]", text)
    if b"AA 000 000" in form.places:
        text = _SHORT_GRID.sub("[coordinates]", text)
    if (b"000 000" in form.letters or b"000000" in form.letters) and _GRID_SIGN.search(folded(text)):
        text = _GRID_CUED.sub("[coordinates]", text)
    return text
