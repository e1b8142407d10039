"""Postcodes: a full one is cut to its sector, after it has placed the post.

A full postcode is some 15 homes, so the last two letters go: ``NG17 4EA`` is kept as ``NG17 4…``.
The sector stays, and an outward code alone ("NG17") is never touched: both place a post without
finding a house. Only real postcode areas count (Royal Mail's 124 letters, checked 2026-11-22), and
inward letters never hold C, I, K, M, O or V. A capital O written for nought is understood.
"""

# ruff: noqa: SIM905 - a list of words reads best as words

import re
from collections.abc import Mapping
from functools import cache

AREAS = (
    "AB AL B BA BB BD BF BH BL BN BR BS BT BX CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY "
    "E EC EH EN EX FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN "
    "LS LU M ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP "
    "SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE"
).split()

# Districts here may end in a letter: EC1A, W1T, SE1P.
_LETTERED = frozenset("E EC N NW SE SW W WC".split())
# After an outward code these are ordinals and units, not inward codes: "M1 1st", "E1 5ft", "W1 2hr".
_NOT_INWARD = re.compile(r"1st|2nd|3rd|[04-9]th|[0-9](?:ft|hr|bn|gb|tb)")
_SHOUTED = frozenset(
    ["OUT", "OUR", "OLD", "ONE", "OFF", "OWN", "ODD"]
)  # words that begin with O, not with nought
_SHAPE = re.compile(
    r"(?P<out>[A-Za-z]{1,2}[0-9][0-9A-Za-z]?|GIR|gir)"
    r"[ -]{0,2}(?:\((?=[0-9][A-Za-z]{2}\)))?(?P<in>[0-9O](?:(?i:[ABD-HJLNP-UW-Z]{2})|[ ](?!AN|AS|AT|BE|BY|HE"
    r"|UP|US|WE|PE|AD|TV|EU|HR|HRS"
    r"|FT|LB|TH|ST|ND|RD)[ABD-HJLNP-UW-Z]{2}|[ ](?!hr|ft|lb|th|st|nd|rd|pt|hz)[bdfghjlnpqrstwxz]{2}))"
    r"(?![A-Za-z0-9])"
    r"(?P<whole>)(?P<wrong>)"
)
# Mistyped, with letters that no inward code has: only where it is written as one.
_WRONG = re.compile(
    r"(?P<out>)(?P<in>)(?P<whole>[A-Za-z]{2}[1-9][0-9]?)(?P<wrong>[0-9](?i:(?!km|mm|cm|kg|ml|mb|kb|tb"
    r"|kw|mp|ma"
    r"|mi|mo|kv|cc|am|ok|im|ic)[A-Z]{2})|(?<=[0-9]) [0-9](?!KM|MM|CM|KG|ML|MB|KB|KW|MP|AM|PM|OK|IM|IC|TH|ST"
    r"|ND|RD|X|MI|MO)"
    r"[A-Z]{2})(?![A-Za-z0-9])"
)
# With something unusual between its halves or after its letters: only areas of two letters.
_PARTED = re.compile(
    r"(?<![A-Za-z0-9])(?:(?P<out>[A-Z]{2}[0-9]{1,2}|[a-z]{2}[0-9]{2})\s?[\n./_,]\s?"
    r"|(?P<whole>(?:[A-Z]{2} [0-9]{2}|(?!pm|pa|me|so|hr|po|la|al|br|ha|ox)[a-z]{2} [0-9]{2}) ?))"
    r"(?P<in>[0-9](?i:[ABD-HJLNP-UW-Z]{2}))(?![A-Za-z0-9])(?P<wrong>)"
)
# As speech becomes text: "N G 17 4 E A".
_SPACED = re.compile(
    r"(?<![A-Za-z0-9])(?P<out>[A-Z] ?[A-Z] ?[0-9] ?[0-9]?)"
    r"(?: (?P<in>[0-9]) ?(?P<last>[ABD-HJLNP-UW-Z] [ABD-HJLNP-UW-Z]))"
    r"(?![A-Za-z0-9])"
)
# "NG16 6…, not 6RU": the other one's end.
_OTHER = re.compile(
    r"(?P<cue>[0-9]…,? (?:not|or|instead of|rather than|and not|and)"
    r" )(?P<digit>[0-9])(?i:[ABD-HJLNP-UW-Z]{2})(?![A-Za-z0-9])"
)
_HINT = re.compile(r"[0-9] ?[0-9][A-Za-z]{2}(?![A-Za-z0-9])")
Pattern = frozenset[str]  # the letters of the areas that count


@cache
def pattern(extra: tuple[str, ...] = ()) -> Pattern:
    """The areas whose postcodes are found; ``extra`` are letters an invented area adds to the real ones."""
    return frozenset({*AREAS, *(e.upper() for e in extra)})


FULL = pattern()


def masked(text: str, areas: Pattern = FULL, mistyped: bool = True, parted: bool = True) -> str:
    """The text with every full postcode cut to its sector, ``mistyped`` and oddly ``parted`` ones too.

    >>> masked("Flooding at NG17 4EA again")
    'Flooding at NG17 4… again'
    """

    def cut(found: re.Match[str]) -> str:
        code = _read(text, found, areas)
        return code[:-2] + "…" if code else found[0]

    text = _SHAPE.sub(cut, text)
    if _SPACED_SIGN.search(text):
        text = _SPACED.sub(lambda m: _spaced(m, areas), text)
    if _SPLIT_SIGN.search(text):
        text = _SPLIT.sub(lambda m: _spaced(m, areas), text)
    if parted:
        text = _PARTED.sub(cut, text)
    if "…" in text:
        text = _OTHER.sub(r"\g<cue>\g<digit>…", text)
    return _WRONG.sub(cut, text) if mistyped and _HINT.search(text) else text


# Parted between its last letters: "ng16 6e w"; not "NG17 4x a week".
_SPLIT = re.compile(
    r"(?<![A-Za-z0-9])(?P<out>[A-Z]{2}[0-9]{1,2}|[A-Z] [A-Z] [0-9] ?[0-9]) ?(?P<in>[0-9]) ?"
    r"(?P<last>[ABD-HJLNP-UW-Z] [BD-HJLNP-UW-Z]|[ABD-HJLNP-UW-Z] A(?=\s*(?:[.,;!?)]|$)))(?![A-Za-z0-9'’]"
    r"| [A-Za-z]\b)",
    re.IGNORECASE,
)
_SPLIT_SIGN = re.compile("[0-9] ?[A-Za-z] [A-Za-z](?![A-Za-z0-9'’])")
_SPACED_SIGN = re.compile("[0-9] ?[A-Z] [A-Z]")


def _spaced(found: re.Match[str], areas: Pattern) -> str:
    """The sector of a postcode with blanks between its letters."""
    outward = found["out"].replace(" ", "").upper()
    return f"{outward} {found['in']}…" if outward[:2] in areas else found[0]


def ward(text: str, areas: Pattern, wards: Mapping[str, str]) -> str | None:
    """The code of the ward in which the first known full postcode of a text stands, or None."""
    codes = (_read(text, found, areas) for found in _SHAPE.finditer(text))
    return next((wards[code] for code in codes if code and code in wards), None)


def held(text: str) -> bool:
    """Whether a text holds a full postcode of a real area."""
    return any(_read(text, found, FULL) for found in _SHAPE.finditer(text))


def _read(text: str, found: re.Match[str], areas: Pattern) -> str | None:
    """The postcode as it is properly written, or None where only its shape is one."""
    if text[found.start() - 1 : found.start()].isalnum() and found.start():
        return None
    inward, outward = (
        (found["in"] or found["wrong"]).replace(" ", ""),
        (found["out"] or found["whole"]).replace(" ", "").upper(),
    )
    if _NOT_INWARD.fullmatch(inward) or inward in _SHOUTED or (inward[0] == "O" and not inward.isupper()):
        return None
    if outward == "GIR":
        return "GIR 0AA" if inward.upper() == "0AA" else None
    size = 2 if outward[1].isalpha() else 1
    letters, tail = outward[:size], outward[size:]
    if letters not in areas or (tail[-1].isalpha() and tail[-1] != "O" and letters not in _LETTERED):
        return None
    if tail[-1] == "O" and letters not in _LETTERED:
        tail = tail[:-1] + "0"
    return f"{letters}{tail} {'0' if inward[0] == 'O' else inward[0]}{inward[1:].upper()}"
