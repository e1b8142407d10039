"""Asides: numbers of houses told in passing: signed with, set against a neighbour's, or as far as works went.

"Any problems give us a shout, Dave at 31", "[number] had theirs. Not 25", "gritted as far as 45".
"""

# ruff: noqa: SIM905 - a list of words reads best as words

import re
from collections.abc import Callable

from listening.clean import asidecues as cues
from listening.clean.doorcues import HOMES
from listening.clean.householdwords import AGED, HOUSEHOLD, SERVICES
from listening.clean.signs import ALL, Signs

MARK = "[number]"
BEFORE, AFTER, NEAR = 64, 60, 110  # characters around a number: its form, and what is spoken of
HOURS, LAST = 12, 420  # a smaller number may be an hour; few streets have a larger one


def masked(text: str, told: Signs = ALL) -> str:
    """The text with such numbers as ``[number]``.

    >>> masked("Bins at [number] done. Not 25, they forgot")
    'Bins at [number] done. Not [number], they forgot'
    """
    forms = {
        name for sign, name in (("works", "works"), ("noise", "clock"), ("flat", "block")) if sign in told
    }
    if "post" in told or "love" in text or "from us" in text:
        forms.add("kept")
    if MARK in text:
        forms |= {"against", "done"}
    parts, done = [], 0
    for spot in _SPOT.finditer(text):
        at, end = spot.span()
        if at < done or spot[0] in SERVICES:
            continue
        for name in _names(text, at, end, forms):
            form, sure = _FORMS[name]
            found = form.search(text, max(done, at - BEFORE), at + AFTER)
            if found and found.start("row") == at and sure(found):
                parts += [text[done:at], cues.EACH.sub(MARK, found["row"])]
                done = found.end("row")
                break
    return "".join([*parts, text[done:]])


def _names(text: str, at: int, end: int, forms: set[str]) -> list[str]:
    """Which forms may be there, by the word before the number and what follows."""
    if text[at - 1 : at] == "(":
        return ["bracket"] if ")" in text[end : end + 2] else []
    lead = text[max(0, at - 12) : at].rstrip(" ").rpartition(" ")[2].rpartition("\n")[2].lower()
    names = _LEADS.get(lead.lstrip(",.!?;:…-–"), ()) or (_OPENS if lead[-1:] in _ENDS else ())
    after = text[end : end + 44] if names else ""
    able = forms | {"did"} if after[1:16].lower().partition(" ")[0] in _DOINGS else forms
    if "door" in names and any(thing in after for thing in _THINGS):
        able = able | {"door"}
    if "signed" in names and after[:1] in _CLOSES:
        able = able | {"signed"}
    return [name for name in names if name in able]


_SPOT = re.compile(r"[1-9](?<![^\s(#\"“].)[0-9]{0,2}(?=[a-fA-F]?(?![\w%£°]|[.,:][0-9]|[\-–/][0-9A-Za-z]))")
_THINGS = ("door", "gate", "house", "bungalow", "garage")
_CLOSES = frozenset((*" .!?\n)abcdefxX", ""))
_DOINGS = frozenset(
    "that who put told rang phoned called reported complained moaned grassed objected signed said says "
    "thinks reckons"
    " wants won't wont won’t refused refuses asked emailed wrote started took dumped got did didnt didn't "
    "didn’t lets let"
    " never always knocked left and".split()
)


def _near(found: re.Match[str]) -> str:
    at, end = found.span("row")
    return found.string[max(0, at - NEAR) : at] + " " + found.string[end : end + NEAR]


def _small(found: re.Match[str]) -> bool:
    """Whether the number may be an hour, or is none that a street has."""
    row = cues.EACH.findall(found["row"])[0]
    return (row.isdigit() and int(row) <= HOURS) or int(row.rstrip("abcdefABCDEF")) > LAST


def _other(found: re.Match[str]) -> bool:
    at = found.start("row")
    return (
        cues.OTHER.search(_near(found)) is not None
        or AGED.search(found.string[max(0, at - 40) : at]) is not None
    )


def _home(found: re.Match[str]) -> bool:
    near = _near(found)
    return MARK in near or HOMES.search(near) is not None or HOUSEHOLD.search(near) is not None


def _signed(found: re.Match[str]) -> bool:
    """A closing name, or one where homes are spoken of; never an age or an hour."""
    who = found["who"].split()[0].lower()
    if _small(found) or _other(found) or who in cues.NO_WHO or who.endswith(("ed", "ing")):
        return False
    near = _near(found)
    return _home(found) or cues.STREETS.search(near) is not None or cues.CONTACT.search(near) is not None


def _clock(found: re.Match[str]) -> bool:
    return not _small(found) and not cues.OTHER.search(found[0])


def _against(found: re.Match[str]) -> bool:
    before = found.string[max(0, found.start() - 20) : found.start()]
    if _COUNTED.search(before):
        return False  # "12 days, not 9"
    return MARK in _near(found) and not _other(found) and HOMES.search(_near(found)) is not None


def _works(found: re.Match[str]) -> bool:
    return (
        not _small(found)
        and not cues.OTHER.search(_near(found))
        and cues.STREETS.search(_near(found)) is not None
    )


def _block(found: re.Match[str]) -> bool:
    near = _near(found)
    return (
        cues.FLATS.search(near) is not None
        and not _other(found)
        and int(re.sub(r"\D", "", found["row"])) <= LAST
    )


def _door(found: re.Match[str]) -> bool:
    return not _other(found) and int(re.sub(r"\D", "", found["row"])) <= LAST


def _kept(found: re.Match[str]) -> bool:
    return int(re.sub(r"\D", "", found["row"])) <= LAST and not _clocked(found)


def _clocked(found: re.Match[str]) -> bool:
    return AGED.search(found[0]) is not None or cues.OTHER.search(_near(found)) is not None


def _did(found: re.Match[str]) -> bool:
    """One house as a single one: never so many people who said or signed something."""
    near = _near(found)
    if _small(found) or _other(found) or cues.MANY.search(near):
        return False
    return cues.FEUD.search(near) is not None or (MARK in near and HOMES.search(near) is not None)


_ENDS = frozenset((*".!?,;", ""))
_COUNTED = re.compile(r"[0-9%](?: [a-z]{2,12})?[ ,]*$")
_OPENS = ("done", "did", "door")
_FORMS: dict[str, tuple[re.Pattern[str], Callable[[re.Match[str]], bool]]] = {
    "door": (cues.DOOR, _door),
    "signed": (cues.SIGNED, _signed),
    "kept": (cues.KEPT, _kept),
    "clock": (cues.CLOCK, _clock),
    "works": (cues.WORKS, _works),
    "against": (cues.AGAINST, _against),
    "done": (cues.DONE, _against),
    "did": (cues.DID, _did),
    "block": (cues.BLOCK, _block),
    "bracket": (cues.BRACKET, _door),
}
_LEADS: dict[str, tuple[str, ...]] = {
    "at": ("door", "kept", "signed", "clock", "works"),
    "from": ("clock", "works", "against"),
    "in": ("block",),
    "not": ("against",),
    "for": ("against",),
    **dict.fromkeys(
        "both and but so cos because that think reckon know out apparently only said heard if when bet "
        "guess".split(),
        ("did",),
    ),
    **dict.fromkeys(("its", "it's", "it’s", "was", "it"), ("door", "did")),
    **dict.fromkeys("is i'm i’m im we're we’re mine ours hers address door house".split(), ("door",)),
    **dict.fromkeys(("to", "as", "past", "before", "reached"), ("door", "works", "against")),
    **dict.fromkeys(("no", "no.", "number"), ("door", "signed", "works", "against", "block")),
}
