"""Spoken: numbers told in words, as speech becomes text: "oh seven seven double oh nine …".

Digits are read one by one, "double" and "hundred" included, in words or figures; a run of them counts
where it can be nothing else (a phone begins with a nought) or beside its name. A postcode so told keeps
its sector.
"""

# ruff: noqa: SIM905 - a list of words reads best as words

import re

from listening.clean import postcodes
from listening.clean.bank import CARD
from listening.clean.bank import MARK as BANK
from listening.clean.outline import folded, unmarked

_VALUES = {
    **dict.fromkeys(("oh", "o", "zero", "nought", "naught"), "0"),
    **{w: str(n) for n, w in enumerate("one two three four five six seven eight nine".split(), 1)},
    "hundred": "00",
}
_TIMES = {"double": 2, "triple": 3, "treble": 3}
_NAMED = "|".join(word for word in _VALUES if word != "hundred")
_UNIT = rf"(?:(?:(?:double|triple|treble)[ ])?(?:{_NAMED})|[0-9]{{1,6}})"
_GAP = r"(?:[ ,.\-]{1,3}|\n)"
_RUN = re.compile(rf"(?<![\w£$€'’])(?:{_UNIT})(?:{_GAP}(?:{_UNIT}|hundred)){{3,19}}(?![\w'’])", re.IGNORECASE)
_TOKEN = re.compile(rf"(?:{_UNIT}|hundred)(?![a-z])", re.IGNORECASE)
_INSURED = re.compile(
    rf"(?<![\w'’])[a-z][ ]?[a-z]{_GAP}(?P<run>{_UNIT}(?:{_GAP}{_UNIT}){{2,5}})(?:{_GAP}[a-d])?(?![\w'’])",
    re.IGNORECASE,
)
_POSTCODE = re.compile(
    rf"(?<![\w'’])(?P<area>[a-z](?:[ ]?[a-z])?)[ ](?P<run>{_UNIT}(?:[ ]{_UNIT}){{1,2}})[ ]"
    rf"(?P<last>[abd-hjlnp-uw-z][ ]?[abd-hjlnp-uw-z])(?![\w'’])",
    re.IGNORECASE,
)
_NI = re.compile(r"\b(?:ni|nino|n\.i|(?:national )?insurance)\b")
_BANK = re.compile(r"\b(?:sort|account|acc|acct|a/c|bank)\b")
_CODE = re.compile(r"\b(?:postcode|post code|address|live|lives|moved|collect)\b")


def masked(text: str) -> str:
    """The text with phones, NHS, NI, bank and card numbers told in words as their marks.

    >>> masked("ring oh seven seven double oh nine double oh one two three please")
    'ring [phone] please'
    """
    low = folded(unmarked(text))
    if _NI.search(low):
        text = _INSURED.sub(lambda m: "[NI number]" if len(_read(m["run"])) == 6 else m[0], text)
    told = _CODE.search(low) is not None
    text = _POSTCODE.sub(lambda m: _coded(m, told), text)
    return _RUN.sub(lambda m: _marked(m[0], low), text)


def _read(run: str) -> str:
    """The digits of a run.

    >>> _read("oh seven double eight")
    '0788'
    """
    digits = ""
    for token in _TOKEN.findall(run):
        *times, word = token.lower().split(" ")
        digits += (_VALUES.get(word) or word) * (_TIMES[times[0]] if times else 1)
    return digits


def _marked(run: str, low: str) -> str:
    tokens = list(_TOKEN.finditer(run))
    if sum(not token[0].isdigit() for token in tokens) < 2 and "hundred" not in run.lower():
        return run
    for last in reversed(tokens):  # what follows may be a word of its own: "… one two three one day"
        mark = _kind(_read(run[: last.end()]), low)
        if mark:
            return mark + run[last.end() :]
    return run


def _kind(digits: str, low: str) -> str:
    """Which number so many digits are, or nothing."""
    if re.fullmatch(r"07[0-9]{9}|0[12][0-9]{8,9}", digits):
        return "[phone]"
    if len(digits) == 10 and "nhs" in low:
        return "[NHS number]"
    if len(digits) == 16 and "card" in low:
        return CARD
    return BANK if len(digits) in (6, 8, 14) and _BANK.search(low) else ""


def _coded(found: re.Match[str], told: bool) -> str:
    """The sector of a postcode in words; with its cue, or where its letters are those of an area."""
    area, digits = found["area"].replace(" ", "").upper(), _read(found["run"])
    real = area in postcodes.AREAS and len(digits) in (2, 3)
    sure = told or (len(area) == 2 and len(digits) == 3 and " " in found["last"])
    if not real or not sure or any(c.isdigit() for c in found["run"]):
        return found[0]
    return f"{area}{digits[:-1]} {digits[-1]}…"
