"""Doors: the number of a house told without its street: "at number 12", "the lady at 9", "flat c".

A number has many other uses (a bus, a score, an hour), so each form needs a sign that homes are meant:
somebody who lives there, something delivered, damp or a fence; and none that something else is.
"""

# ruff: noqa: SIM905 - a list of words reads best as words

import re
import string
from collections.abc import Callable

from ahocorasick_rs import AhoCorasick, Implementation

from listening.clean import doorcues as cues
from listening.clean.householdwords import COUNTER
from listening.clean.outline import numbers
from listening.clean.signs import ALL, Signs, at_words

MARK = "[number]"
SPELT = frozenset({"spelt number", "flat"})  # signs without which a text needs a digit
BEFORE = 48  # characters before a number in which what leads to it begins
AT = 32  # the same for a number after "at"
NEAR = 90  # characters around a number in which homes must be spoken of
_HOURS = frozenset("one two three four five six seven eight nine ten eleven twelve".split())


def masked(text: str, told: Signs = ALL) -> str:
    """The text with numbers of houses told without a street as ``[number]``.

    >>> masked("The lady at 9 took our parcel in, flat c did not")
    'The lady at [number] took our parcel in, flat [number] did not'
    """
    before = text
    if "…" in text and _CUT.search(text):
        text = cues.CODED.sub(rf"\g<lead>{MARK}", text)
    if "flat" in told:
        text = at_words(cues.FLAT, _FLAT_WORDS, text, _flat)
    spots = _spots(text, told)
    for lead, pattern, replace in _FAMILIES:
        if lead in spots:
            now = _replaced(pattern, text, sorted(spots[lead]), replace, AT if lead == "at" else BEFORE)
            if now != text:
                text, spots = now, _spots(now, told)
    text = _opposed(text)
    return _again(before, text) if text != before else text


_CUT = re.compile("[0-9] [0-9]…")
_BEFORE_NUMBER = frozenset(" .(\n#" + string.ascii_letters)
_AT_WORDS, _NUMBER_WORDS = (re.compile(rf"{lead}(?=(?:{cues.IN_WORDS})\b)") for lead in (" at ", "number "))
_LEADS = {
    **dict.fromkeys("number numbers no no. nos nos. nr nr. #".split(), ("number", "beyond", "house")),
    **dict.fromkeys("house door is: is number's".split(), ("house", "mine")),
    **dict.fromkeys("for by".split(), ("sent",)),
    **dict.fromkeys("outside opposite of behind".split(), ("beside",)),
    **dict.fromkeys("got has have says saying marked reads numbered".split(), ("painted",)),
    **dict.fromkeys("was only just actually address".split(), ("mine",)),
    "at": ("at",),
    "to": ("sent", "beside"),
    "with": ("sent", "painted"),
    "a": ("painted",),
}  # the word before a number: which forms it may be


def _opposed(text: str) -> str:
    """The text without the numbers that stand right beside a masked one, as in "12, not [number]"."""
    parts, done, mark = [], 0, text.find(MARK)
    while mark >= 0:
        after = mark + len(MARK)
        for pos, end in ((mark - 24, after), (after, after + 48)):
            found = cues.NOT_THAT.search(text, max(done, pos), end)
            if found:
                parts += [text[done : found.start()], _not_that(found)]
                done = found.end()
        mark = text.find(MARK, after)
    return "".join([*parts, text[done:]])


def _not_that(found: re.Match[str]) -> str:
    """The mark for what stands against a masked number; "I'm 24" is an age where no post went astray."""
    if found["mine"] and not cues.MAILED.search(found.string):
        return found[0]
    return (found["not"] or "") + MARK


def _spots(text: str, told: Signs) -> dict[str, list[int]]:
    """Where numbers stand that may be doors, by what leads to them."""
    found: dict[str, list[int]] = {}
    for at, end in numbers(text):
        if end - at > 3 or (at and text[at - 1] not in _BEFORE_NUMBER):
            continue
        lead = (
            text[max(0, at - 12) : at].rstrip(" ").rpartition(" ")[2].rpartition(",")[2].lower().lstrip('"“(')
        )
        for form in (
            _LEADS.get(lead, ()) if lead != "at" or cues.AT_LAST.search(text, max(0, at - 24), at) else ()
        ):
            found.setdefault(form, []).append(at)
        if text[at : at + 10].lower().partition(" ")[2][:4] == "the ":
            found.setdefault("named", []).append(at)
    if "post" not in told:
        found.pop("sent", None)
        found.pop("mine", None)
    low = text.lower() if "spelt number" in told else ""
    if len(low) == len(text):
        for form, words in (("at", _AT_WORDS), ("number", _NUMBER_WORDS)):
            for spelt in words.finditer(low):
                found.setdefault(form, []).append(spelt.end())
    return found


def _replaced(
    pattern: re.Pattern[str],
    text: str,
    spots: list[int],
    replace: Callable[[re.Match[str]], str],
    before: int,
) -> str:
    """The text with what a form finds around the spots replaced; it begins so many characters before one."""
    parts, done = [], 0
    for at in spots:
        if at < done:
            continue
        found = pattern.search(text, max(done, at - before), at + NEAR)
        if found and found.start("row") <= at <= found.end("row"):
            parts += [text[done : found.start()], replace(found)]
            done = found.end()
    return "".join([*parts, text[done:]])


def _flat(found: re.Match[str]) -> str:
    return found["lead"] + _FLATS.sub(MARK, found["row"])


_FLAT_WORDS = AhoCorasick(["flat", "apartment", "apt", "bungalow"], implementation=Implementation.DFA)
_FLATS = re.compile(r"\b(?:[0-9]{1,3}[a-zA-Z]?|[a-hA-H])\b|^[a-z]{3,6}$", re.IGNORECASE)
_EACH = re.compile(cues.ONE, re.IGNORECASE)
_STANDING = re.compile(r"[.!?] ?(?P<row>[0-9]{1,3}[a-f]?)(?=[.!?]|$)", re.IGNORECASE)


def _row(found: re.Match[str]) -> str:
    """The match with each number of its row as a mark."""
    at = found.start("row") - found.start()
    return found[0][:at] + _EACH.sub(MARK, found["row"]) + found[0][at + len(found["row"]) :]


def _numbered(found: re.Match[str]) -> str:
    text, plain = found.string, _around(found)
    before = text[: found.start() + 1][-14:]
    if cues.VOLUME.search(before) or cues.RANK.search(before[:-1]):
        return found[0]
    if not found["sure"] and (_COUNTED if found["row"] != "1" else _FIRST).match(text, found.end()):
        return found[0]
    if (
        before.rstrip()[-1:] == "?"
        and found["word"].lower().startswith("no.")
        and _GIVEN.match(text, found.end())
    ):
        return found[0]  # "Any letters? No. 12 for next door though"
    spelt = not found["row"][0].isdigit()
    if found["row"].lower() == "one" and _FIRST.match(text, found.end()):
        return found[0]  # "flowers to number one mum"
    if (
        spelt
        and not found["sure"]
        and (found["row"].lower() == "one" or not (cues.MAILED.search(plain) or not _LISTED.search(text)))
    ):
        return found[0]
    if "'s" in text[found.end() : found.end() + 2].replace("’", "'") or found["sure"]:
        return found[0] if cues.OTHER.search(_around(found)) else _drop(found)
    homes = (
        cues.HOMES.search(plain) or cues.ON_STREET.match(text, found.end()) or _OWNS.match(text, found.end())
    )
    return _drop(found) if homes and not cues.OTHER.search(plain) else found[0]


_LISTED = re.compile(r"\b(?:number one|firstly|reasons?|rules?|things)\b", re.IGNORECASE)
_OWNS = re.compile(
    r" (?:(?:has|have|had|keeps?|feeds?) (?:a|an|two|three|the) (?:[a-z]+ )?(?:cockerel|hens?|chickens?"
    r"|dogs?|cats?|pigeons"
    r"|foxes|skip|vans?|caravan|trampoline|camera|doorbell|hot tub|leak|rats?|trees?|hedge|bonfire|party"
    r"|parties|drive"
    r"|lodger|conifers|shed|extension)\b|keeps? (?:arguing|burning|shouting|banging|blocking|parking"
    r"|smoking|feeding"
    r"|dumping|leaving|playing|drilling|fighting|rowing|screaming)\b)",
    re.IGNORECASE,
)
# What a number counts, right after it: "No. 3 bins", "no. 4 emails so far".
_COUNTED = re.compile(
    r" (?!(?:has|is|was|does|needs|keeps|lets|plays|always|leaves|gets|goes|says|his|this|ours|theirs|hers|as"
    r"|us|thanks"
    r"|cheers|sends|owns|wants|lives|feeds|parks|sits|sounds|looks|smells|stinks)\b)[a-z]+s\b"
)
_FIRST = re.compile(r" (?!(?:has|is|was|and|or|on|in|at|who|had|got|again|please)\b)[a-z]")
_GIVEN = re.compile(r" (?:for|of|more|left|times|in|to|so)\b")


def _around(found: re.Match[str]) -> str:
    """What stands around a match, without it: what is told far away says nothing of it."""
    text = found.string
    return text[max(0, found.start() - NEAR) : found.start()] + " " + text[found.end() : found.end() + NEAR]


def _drop(found: re.Match[str]) -> str:
    """The match with its numbers as marks, and "number" gone where there is one only."""
    return found["lead"] + (MARK if _EACH.fullmatch(found["row"]) else _EACH.sub(MARK, found["row"]))


def _at(found: re.Match[str]) -> str:
    text, row = found.string, found["row"]
    first = _EACH.match(row)
    figure = re.match("[0-9]+", row)
    lettered = re.search("[0-9] ?[a-f]", row, re.IGNORECASE) is not None
    plain = _around(found)
    if first is None or (figure and figure[0] == "0") or cues.OTHER.search(text[found.end() :][:16]):
        return found[0]
    if found["lives"] or (lettered and not found["still"]):
        return _row(found)
    small = (figure is None and row.lower() in _HOURS) or (figure is not None and int(figure[0]) <= 12)
    if found["who"]:
        if _OUGHT.match(text, found.end()):
            return found[0]
        if small and _HOUR.match(text, found.end()):
            return found[0]
        if found["who"].lower() == "works" and not _ROADWORKS.search(
            text[max(0, found.start() - 10) : found.start()]
        ):
            return found[0]  # "still works at 84"
        if found["who"].lower() in cues.FIXED and cues.STANDS.match(text, found.end()):
            return _row(found)
        if found["who"].lower() in cues.PEOPLE and cues.STANDS.match(text, found.end()):
            return _row(found)
        home = cues.HOMES.search(plain) or cues.KEEPS.match(text, found.end())
        return found[0] if small and not home else _row(found)
    if found["put"]:
        return _row(found) if cues.POSTED.search(text) and not small else found[0]
    homes = cues.HOMES.search(plain) is not None or _MARKED.search(plain) is not None
    if _AGED.search(text[max(0, found.start() - 16) : found.start() + 1]):
        return found[0]
    return _row(found) if homes and not small and figure is not None and int(figure[0]) < 400 else found[0]


_OUGHT = re.compile(r" (?:should|can|must|ought|get|need|may)\b", re.IGNORECASE)  # "people at 60 should"
_HOUR = re.compile(r" (?:this (?:morning|afternoon|evening)|on [a-z]+day)\b", re.IGNORECASE)
_ROADWORKS = re.compile(r"\b(?:the|road|gas|water|building|these|those|electric) ?$", re.IGNORECASE)
_AGED = re.compile(r"\b(?:moved|retired|died|married|started|left)\b", re.IGNORECASE)  # "moved here at 30"
_MARKED = re.compile(r"\[(?:date of birth|NI number|NHS number|phone|e-mail)\]|[0-9]…")


def _again(before: str, text: str) -> str:
    """The same number once more as a sentence of its own: "I live at 40!! 40!!"."""
    return _STANDING.sub(lambda m: m[0][: -len(m["row"])] + MARK, text) if _LIVES.search(before) else text


_LIVES = re.compile(r"\blives? at\b", re.IGNORECASE)


def _near_homes(found: re.Match[str]) -> str:
    sure = found.groupdict().get("sure") or cues.HOMES.search(_around(found))
    return _row(found) if sure else found[0]


def _posted(found: re.Match[str]) -> str:
    return _row(found) if cues.POSTED.search(_around(found) + found["lead"]) else found[0]


def _mine(found: re.Match[str]) -> str:
    return _row(found) if cues.MAILED.search(found.string) and not COUNTER.search(found.string) else found[0]


def _whole(found: re.Match[str]) -> str:
    return found["lead"] + MARK


_FAMILIES = (
    *(
        ("named", cues.NAMED, _row),
        ("house", cues.HOUSE, _row),
        ("number", cues.NUMBERED, _numbered),
        ("at", cues.AT, _at),
    ),
    *(("sent", cues.SENT, _posted), ("beside", cues.BESIDE, _near_homes), ("beyond", cues.BEYOND, _whole)),
    *(("painted", cues.PAINTED, _near_homes), ("mine", cues.MINE, _mine)),
)
