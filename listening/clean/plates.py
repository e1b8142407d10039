"""Number plates: the current form alone, older ones only beside a vehicle or the word reg.

Current: two letters, a valid age (02–29, 51–79), three letters (DVLA INF104, checked 2026-11-22).
An outward postcode and a shouted word look alike ("NG17 AND"), as do two words and a number
("ON 20 MAY"); a plate with spaces is therefore taken in capitals, and never where its letters
are such words unless a cue stands near.
"""

# ruff: noqa: SIM905 - a list of words reads best as words

import re

from listening.clean.outline import Outline, outline

CUE_WITHIN = 28  # characters around an older form in which a vehicle must be named
_AGE = "(?:0[2-9]|[12][0-9]|5[1-9]|[67][0-9])"
_FIRST, _SECOND, _LAST = "[A-HJ-PR-Y]", "[A-HJ-PR-Y]", "[A-HJ-PR-Z]"
_TAG = rf"{_FIRST}{_SECOND}"
_EDGE, _END = r"(?<![A-Za-z0-9£])", r"(?![A-Za-z0-9])"
_CURRENT = re.compile(
    rf"{_EDGE}(?:{_TAG}[ ]?{_AGE}[ \-]?{_LAST}{{3}}|(?i:{_TAG}{_AGE}-?{_LAST}{{3}})|(?i:{_TAG}{_AGE}["
    rf" ]{_LAST}{{3}})){_END}"
)
# The same with letters that no plate has, as people misread them: beside a vehicle or the word reg, or with
# a Q where no word has one.
_MISREAD = re.compile(rf"{_EDGE}(?:[A-Z]{{2}}[ ]?{_AGE}[ ]?[A-Z]{{3}}|[a-z]{{2}}{_AGE} ?[a-z]{{3}}){_END}")
_SHAPE = re.compile(r"\b[A-Za-z]{2} ?[0-9]{2}[ \-]?[A-Za-z]{3}\b")
# The outline of all of the above, from its digits on, as that is quick; bytes, as an outline is.
_TOLD = re.compile(rb"00(?:(?<=\baa00)|(?<=\baa 00))[ -]?aaa\b")
# Letters beside digits: without them no older plate, and no vehicle need be looked for.
_MIXED = re.compile(r"[A-Za-z][0-9]|[0-9][A-Za-z]|\b[A-Z]{1,3}[ \-][0-9]|[0-9][ \-][A-Z]{1,3}\b")
_OLDER = re.compile(
    rf"{_EDGE}(?:[A-HJ-NPR-TV-Y][0-9]{{1,3}}[ \-]?[A-HJ-PR-Y]{{3}}|[A-Z]{{3}}[ \-]?[0-9]{{1,3}}["
    rf" \-]?[A-HJ-NPR-TV-Y]"
    rf"|(?i:[A-HJ-NPR-TV-Y][0-9]{{2,3}}[A-HJ-PR-Y]{{3}}|[A-Z]{{3}}[0-9]{{2,3}}[A-HJ-NPR-TV-Y])){_END}"
)
# The outline of an older one, from its first digit on.
_SKETCH = re.compile(rb"0(?:(?<=[aA?]0)|(?<=A[ -]0))0{0,2}(?:[ -]?A|[a?])")
_DATELESS = re.compile(
    r"(\b(?:reg(?:istration)?|(?:number[ ])?plate|vrm)\b[\s.:#]*(?:no|number|mark)?[\s.:#]*(?:is"
    r"|was)?[\s:\"']*)"
    r"([A-Z]{1,3}[ ]?[0-9]{1,4}|[0-9]{1,4}[ ]?[A-Z]{1,3})(?![A-Za-z0-9])"
)
_VEHICLE = re.compile(
    r"\b(?:cars?|vans?|vehicles?|reg|registration|plates?|vrm|driver|driving|parked|lorry|truck"
    r"|motorbike|moped|scooter|taxi|caravan"
    r"|trailer|BMW|Audi|Ford|Transit|Corsa|Golf|Fiesta|Focus|Astra|Clio|Polo|Mercedes|Vauxhall|Nissan"
    r"|Toyota|Honda|Peugeot|Renault|Citroen|Skoda|Kia|Hyundai|Tesla|Qashqai|Micra|Insignia|Passat"
    r"|Range Rover|Land Rover|4x4|jeep|pickup|minibus|fly[ -]?tipp\w*)\b",
    re.IGNORECASE,
)
_REG = re.compile(r"\b(?:reg|registration|plates?|vrm)\b", re.IGNORECASE)
_OTHER_CODE = re.compile(
    r"\b(?:flight|model|part|serial|ref(?:erence)?|code|version|postcode|product|batch"
    r"|size)\W{0,3}(?:no|number)?\W{0,3}$",
    re.IGNORECASE,
)
_WORDS = frozenset(
    (
        "ADD AGE AGO ALL AND ANY ARE ARM ART ASK BAD BAG BAN BAR BED BEE BET BIG BOX BOY BUS BUT BUY CAN "
        "CAP CAR CAT CUP CUT DAD DAY DOG DRY DUE EAR EAT END EYE FAN FAR FED FEE FEW FLY FOR FUN GAP GAS "
        "GET GOD GOT GUN GUY HAD HAM HAS HAT HER HEY HOT HOW JOB JOY KEY LAD LAW LAY LEG LET LOT LOW MAD "
        "MAN MAP MAY MEN MET MOM MPH MUM NEW NET NOR NOT NOW OFF OLD ONE OUR OUT OWN PAY PEN PER PET POT "
        "PUB PUT RAN RAT RAW RED RUN SAD SAT SAW SAY SEA SEE SET SHE SKY SON SUE SUN TAX TEA TEN THE TOO "
        "TOP TOY TRY TWO USE VAN WAR WAS WAY WET WHO WHY WON YES YET YOU JAN FEB MAR APR JUN JUL AUG SEP "
        "OCT NOV DEC GMT BST KMH MIN SEC HRS YRS PPL PCM"
    ).split()
)
_PAIRS = frozenset(
    (
        "AM AN AS AT BE BY DO ED EU EX GO HE IF IN IS IT ME MR MY NO OF OH OK ON OR PM SO TO TV UK UP US VS "
        "WE"
    ).split()
)


def masked(text: str, form: Outline | None = None) -> str:
    """The text with every vehicle registration as ``[plate]``.

    >>> masked("White van AB12 CDE parked on the A611 again")
    'White van [plate] parked on the A611 again'
    """
    form = form or outline(text)
    if _TOLD.search(form.letters):
        text = _SHAPE.sub(lambda m: "[plate]" if _is_plate(text, m) else m[0], text)
    if _any_older(text, form) and _MIXED.search(text) and _VEHICLE.search(text):
        text = _OLDER.sub(lambda m: "[plate]" if _older(text, m) else m[0], text)
        text = _DATELESS.sub(lambda m: m[1] + "[plate]", text)
    return text


def _any_older(text: str, form: Outline) -> bool:
    """Whether a text holds what may be an older plate: asked before the many words for vehicles."""
    if _SKETCH.search(form.places):
        return True
    return any(word in text for word in ("reg", "plate", "vrm")) and _DATELESS.search(text) is not None


def _is_plate(text: str, found: re.Match[str]) -> bool:
    if _CURRENT.fullmatch(found[0]):
        return _current(text, found)
    if not _MISREAD.fullmatch(found[0]) or found[0][-3:].upper() in _WORDS:
        return False
    if "Q" in found[0][-3:].upper().replace("QU", "") and not _OTHER_CODE.search(
        text[: found.start()][-CUE_WITHIN:]
    ):
        return True  # no plate has a Q there, and nothing else has one so
    near = text[max(0, found.start() - CUE_WITHIN) : found.end() + CUE_WITHIN]
    return _VEHICLE.search(near) is not None and not _OTHER_CODE.search(text[: found.start()][-CUE_WITHIN:])


def _current(text: str, found: re.Match[str]) -> bool:
    plate = found[0].upper()
    before = text[: found.start()][-CUE_WITHIN:]
    near = before + " " + text[found.end() : found.end() + CUE_WITHIN]
    if _OTHER_CODE.search(before):
        return False
    if _REG.search(near):
        return True
    spaced = " " in plate or "-" in plate
    if spaced and (plate[-3:] in _WORDS or (plate[:3] == plate[:2] + " " and plate[:2] in _PAIRS)):
        return False
    if not (found[0][-3:].islower() and " " in found[0]) or _no_word(plate[-3:]):
        return True
    return bool(_VEHICLE.search(near)) and plate[-3:] not in _WORDS


def _no_word(letters: str) -> bool:
    """Whether three capitals can be no word of English: no vowel, or a Q without its U."""
    return letters not in _WORDS and (not set(letters) & set("AEIOUY") or "Q" in letters.replace("QU", ""))


def _older(text: str, found: re.Match[str]) -> bool:
    letters = re.findall(r"[A-Z]+", found[0].upper())
    before = text[: found.start()][-CUE_WITHIN:]
    near = before + " " + text[found.end() : found.end() + CUE_WITHIN]
    if _OTHER_CODE.search(before) or any(w in _WORDS for w in letters):
        return False
    return _VEHICLE.search(near) is not None
