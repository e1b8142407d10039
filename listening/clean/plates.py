"""Number plates: the current form alone, older ones (``oldplates``) only beside a vehicle or the word reg.

Current: two letters, a valid age (02–29, 51–79), three letters (DVLA INF104, checked 2026-11-22).
An outward postcode and a shouted word look alike ("NG17 AND"), as do two words and a number
("ON 20 MAY"); a plate with spaces is therefore taken in capitals, and never where its letters
are such words unless a cue stands near.
"""

import re

from listening.clean import oldplates
from listening.clean.outline import Outline, outline, unmarked
from listening.clean.postcodes import AREAS
from listening.clean.signs import ALL, Signs
from listening.clean.vehicles import OTHER_CODE, PAIRS, REG, VEHICLE, WORDS, no_word

CUE_WITHIN = 28  # characters around an older form in which a vehicle must be named
_AGE = "(?:0[2-9]|[12][0-9]|5[1-9]|[67][0-9])"
_FIRST, _SECOND, _LAST = "[A-HJ-PR-Y]", "[A-HJ-PR-Y]", "[A-HJ-PR-Z]"
_TAG = rf"{_FIRST}{_SECOND}"
_EDGE, _END = r"(?<![A-Za-z0-9£])", r"(?![A-Za-z0-9])"
_CURRENT = re.compile(
    rf"{_EDGE}(?:{_TAG}[ .]?{_AGE}[ .\-]?{_LAST}{{3}}|{_TAG}-{_AGE}-{_LAST}{{3}}"
    rf"|(?i:{_TAG}{_AGE}[.\-]?{_LAST}{{3}})|(?i:{_TAG}{_AGE}"
    rf"[ ]{_LAST}{{3}})|(?i:{_TAG} {_AGE} ?{_LAST}{{3}})){_END}"
)
# The same with letters that no plate has, as people misread them: beside a vehicle or the word reg, or with
# a Q where no word has one.
_MISREAD = re.compile(rf"{_EDGE}(?:[A-Z]{{2}}[ ]?{_AGE}[ ]?[A-Z]{{3}}|[a-z]{{2}}{_AGE} ?[a-z]{{3}}){_END}")
_SHAPE = re.compile(r"\b[A-Za-z]{2}[ .\-]?[0-9]{2}[ .\-]?[A-Za-z]{3}\b")
# The outline of all of the above, from its digits on, as that is quick; bytes, as an outline is.
_TOLD = re.compile(rb"00(?:(?<=\baa00)|(?<=\baa[ .-]00))[ .-]?aaa\b")
# As speech becomes text: "A B 1 2 C D E".
_SPACED = re.compile(rf"{_EDGE}{_FIRST} ?{_SECOND} [0-9] ?[0-9] {_LAST} {_LAST} {_LAST}{_END}", re.IGNORECASE)
# Northern Ireland's, told by an I or a Z in the letters of its county: in a post that names a vehicle.
_IRISH = re.compile(rf"{_EDGE}[A-Z](?:I[A-Z]|[A-Z]Z)[ \-]?(?!19|20[0-3])[0-9]{{4}}{_END}")
_NAMED = re.compile(rf"{VEHICLE.pattern}|\bmotor\b", VEHICLE.flags)
_NOT_IRISH = frozenset(["PIN", "VIN", "VIP", "PIP", "SIM", "ZIP", "NIP", "HIV", "AIR", "FIX", "MIX", "SIX"])
MARK = "[plate]"


def masked(text: str, form: Outline | None = None, told: Signs = ALL) -> str:
    """The text with every vehicle registration as ``[plate]``.

    >>> masked("White van AB12 CDE parked on the A611 again")
    'White van [plate] parked on the A611 again'
    """
    form = form or outline(text)
    if _TOLD.search(form.letters):
        bare = unmarked(text)
        text = _SHAPE.sub(lambda m: MARK if _is_plate(bare, m) else m[0], text)
    if b"0 a a a" in form.letters:
        text = _SPACED.sub(MARK, text)
    if (b"aaa0000" in form.letters or b"aaa 0000" in form.letters) and _NAMED.search(unmarked(text)):
        text = _IRISH.sub(lambda m: m[0] if m[0][:3] in _NOT_IRISH | WORDS else MARK, text)
    return oldplates.masked(text, form, told)


def _is_plate(text: str, found: re.Match[str]) -> bool:
    if _CURRENT.fullmatch(found[0]):
        return _current(text, found)
    if not _MISREAD.fullmatch(found[0]) or found[0][-3:].upper() in WORDS:
        return False
    if "Q" in found[0][-3:].upper().replace("QU", "") and not OTHER_CODE.search(
        text[: found.start()][-CUE_WITHIN:]
    ):
        return True  # no plate has a Q there, and nothing else has one so
    near = text[max(0, found.start() - CUE_WITHIN) : found.end() + CUE_WITHIN]
    return VEHICLE.search(near) is not None and not OTHER_CODE.search(text[: found.start()][-CUE_WITHIN:])


def _current(text: str, found: re.Match[str]) -> bool:
    plate = found[0].upper()
    before = text[: found.start()][-CUE_WITHIN:]
    near = before + " " + text[found.end() : found.end() + CUE_WITHIN]
    if OTHER_CODE.search(before):
        return False
    if REG.search(near):
        return True
    spaced = any(gap in plate for gap in " -.")
    if found[0][2] in " ." and not (found[0].isupper() or found[0].islower()):
        return False  # "Ab 17 Uhr"
    pair = plate[:2] in PAIRS and plate[2] in " ."
    if spaced and (plate[-3:] in WORDS or pair):
        return False
    small = found[0][-3:].islower()
    if (
        small
        and found[0].islower()
        and spaced
        and plate[2] != " "
        and plate[:2] not in AREAS
        and plate[:2] not in PAIRS
    ):
        return True
    if not (small and spaced) or (no_word(plate[-3:]) and plate[2] != " "):
        return True
    return VEHICLE.search(near) is not None or (no_word(plate[-3:]) and found[0].islower())
