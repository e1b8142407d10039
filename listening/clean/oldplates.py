"""Older and private plates, and parts of one: only beside a vehicle, its make or the word reg."""

# ruff: noqa: SIM905 - a list of words reads best as words

import re

from ahocorasick_rs import AhoCorasick, Implementation

from listening.clean import loneplates
from listening.clean.outline import Outline, unmarked
from listening.clean.postcodes import AREAS
from listening.clean.signs import Signs, at_words
from listening.clean.vehicles import GATE, MODELS, OTHER_CODE, PAIRS, REG, TRIMS, VEHICLE, WORDS, no_word

FAR = 400  # characters of a post that speaks of one thing
WITHIN = 40  # characters around an older form in which a vehicle must be named
MARK = "[plate]"
_EDGE, _END = r"(?<![A-Za-z0-9£])", r"(?![A-Za-z0-9])"
# Letters beside digits: without them no older plate, and no vehicle need be looked for.
_MIXED = re.compile(
    r"[A-Za-z][0-9]|[0-9][A-Za-z]|\b[A-Z]{1,3}[ \-][0-9]|[0-9][ \-][A-Z]{1,3}\b"
    r"|\b[c-hk-lnp-tw-y] [0-9]{2,3} [a-z]{3}\b"
)
_OLDER = re.compile(
    rf"{_EDGE}(?:[A-HJ-NPQR-TV-Y] ?[0-9]{{1,3}}[ \-]?[A-HJ-PR-Z]{{3}}|[A-Z]{{3}}[ \-]?[0-9]{{1,3}}"
    rf"[ \-]?[A-HJ-NPR-TV-Y]"
    rf"|[c-hk-lnp-tw-y] ?[0-9]{{2,3}} [a-hj-pr-z]{{3}}"
    rf"|(?i:[A-HJ-NPQR-TV-Y][0-9]{{2,3}}[A-HJ-PR-Z]{{3}}|[A-Z]{{3}}[0-9]{{2,3}}[A-HJ-NPR-TV-Y])){_END}"
)
# The outline of an older one, from its first digit on.
_SKETCH = re.compile(rb"0(?:(?<=[aA?]0)|(?<=A[ -]0))0{0,2}(?:[ -]?A|[a?])")
# The same in small letters with a blank: "p492 kgh", "n 91 ple".
_SMALL = re.compile(
    rb"00 aaa(?!a)(?:(?<=[^a0A]a00 aaa)|(?<=[^a0A]a 00 aaa)|(?<=[^a0A]a000 aaa)|(?<=[^a0A]a 000 aaa)"
    rb"|(?<=\Aa00 aaa)|(?<=\Aa000 aaa))"
)
_IS = r"(?:(?:no|number|mark|is|was|it's|its|of|looks like|like)\b[\s.:]{0,3}){0,3}"
_REGGED = r"(?<!\[)\b(?:reg(?:istration)?|(?:number ?)?plate|vrm)\b[\s.:#,\-\"'(]{0,4}"
_DATELESS = re.compile(
    rf"({_REGGED}{_IS}[\"'(]?)([A-Z]{{1,3}}[ \-]?[0-9]{{1,4}}|[0-9]{{1,4}}[ \-]?[A-Z]{{1,3}})"
    rf"(?![A-Za-z0-9]|-[A-Za-z])"
)
# Any mixed word right after "reg"; after a make one that no model is called.
_SOLID = r"(?=[A-Za-z]{0,6}[0-9])(?=[0-9]{0,4}[A-Za-z])[A-Za-z0-9]{4,7}"
_ANY = re.compile(
    rf"(?P<reg>(?i:{_REGGED}{_IS}))(?P<token>{_SOLID}(?:[ \-][A-Za-z0-9]{{1,3}}(?=[^\w'’]|$))?"
    rf"|[a-z][0-9]{{1,3}} [a-z]{{3}}\b"
    r"|[a-z]{3} ?[0-9]{1,4}(?: ?[a-z])?\b)(?![A-Za-z0-9])"
)
_AFTER_MAKE = re.compile(
    r"[,.:]?\s\(?(?:reg\s)?(?P<token>(?:[A-Za-z]{1,2}[0-9]{1,2}[A-Za-z]{2,4}(?:\s[A-Za-z]\b)?"
    r"|(?-i:[A-Z]{3}) [0-9]{2,4}[A-Za-z]?|(?-i:[A-Z]{2}) [0-9]{4}|[A-Za-z][0-9]{1,3} [A-Za-z]{3}"
    r"|(?-i:[0-9]{1,3} [A-Z]{3})))"
    r"(?![A-Za-z0-9])",
    re.IGNORECASE,
)
_TOKENS = (
    r"(?P<token>(?-i:[A-Z]{2}) ?[0-9O]{1,2}(?-i:[ \-]?[A-Z]{1,2}(?![A-Za-z]))?(?: [0-9](?=-?\s?"
    r"(?:something|\?|\.)))?|[A-Za-z]{2}[0-9]{2}(?![0-9])|(?-i:[0-9]{1,3} ?[A-Z]{3}(?![A-Za-z])"
    r"|[0-9]{2}[A-Z]{1,2}(?![A-Za-z])"
    r"|[A-Z]{3}(?![A-Za-z])|[A-Z] ?[0-9]{2,3}(?![0-9]))|[0-9]{2} ?[a-z]{3}(?![a-z]))"
)
_THE_END = (
    r"(?:(?:at|on|in|near) (?:the |its )?(?:end|start|front|beginning|middle|back)|in it|on it|somewhere)\b"
)
# "reg had HUL at the end", "KX and then HUL on the end of the plate".
_WITHIN = re.compile(
    r"(?<!\[)\b(?:regs?|registration|plates?|vrm)\b(?: \w+){0,2}? (?:had|has|with|have|having|got|was"
    r"|is|contains?)(?: a| an| the)? "
    rf"[\"']?{_TOKENS}(?=[\"']? {_THE_END})",
    re.IGNORECASE,
)
_ON_PLATE = re.compile(
    rf"(?P<lead>\b(?:had|has|with|got|saw|a|the) [\"']?){_TOKENS}"
    r"(?=[\"']? (?:(?:at|on|in) )?(?:the )?(?:(?:end|start|front|beginning|middle|back) )?(?:of|on|in)"
    r" (?:the |its |his |her |their )"
    r"(?:number ?)?(?:reg|registration|plate)\b)",
    re.IGNORECASE,
)
_ON_SIGN = re.compile(r"(?<=[nf]) (?:the|its|his|her|their) (?:number ?)?(?:reg|plate)")
# Half a plate that was put right: "FD71 no wait [plate]".
_ENDS = re.compile(
    r"(?P<lead>\b(?i:end(?:s|ed|ing)?|start(?:s|ed|ing)?)(?: (?:in|with))? )(?P<token>[A-HJ-PR-Z]{3}"
    r"|[A-Z]{2}[0-9]{2})(?![\w'’])"
)
_AMENDED = re.compile(
    r"(?<![A-Za-z0-9£])(?P<token>[A-Z]{2}[0-9]{2}|[A-Z][0-9]{1,3}|[A-Z]{2} [0-9]{2})"
    r"(?=[ ,.…\-]{1,5}(?:(?i:no|wait|sorry|or|i mean|hang on|actually|not|scrub that|something|then|and"
    r" then|maybe|er|erm|hmm)\b"
    r"[ ,.…\-]{1,4}){1,4}\[plate\])"
)
_AT_FRONT = re.compile(
    rf"{_EDGE}(?P<token>[A-Z]{{2}}(?:0[2-9]|[12][0-9]|5[1-9]|[67][0-9]))(?= (?:on|at) (?:the |its )(?:front"
    rf"|back|end|bumper|plate)\b)"
)
_PART = re.compile(
    r"(?<!\[)\b(?:regs?|registration|plates?|vrm)\b[^.\n]{0,60}?\b(?:says?|said|reads?|start(?:s|ed|ing)?"
    r"|begin(?:s|ning)?"
    r"|began|end(?:s|ed|ing)?|finish(?:es|ed|ing)?|part(?:ial|ly)?|something|first|last"
    r"|only (?:have|got|saw|caught)|look(?:s|ed)? like|includ(?:es|ed|ing)|contain(?:s|ed)|maybe|possibly)\b"
    rf"(?:[\s:,.\"'(…\-]|\b(?:with|in|bit|is|was|half|the|letters|part|of|it|got|digits|like|two|three|four"
    rf"|few|might|may|could|be|were|are|numbers|think)\b){{0,12}}{_TOKENS}",
    re.IGNORECASE,
)

_OR = re.compile(rf"(?<=\[plate\])(?:,? (?:or|and|then)(?: maybe)? |,? ?/ ?){_TOKENS}", re.IGNORECASE)
# "the last three letters were XKD", and two parts with a gap: "KX18 something BVN".
_LAST = re.compile(
    r"\b(?:last|first|final) (?:two|three|four|few|2|3|4|bit|part|half)"
    r"(?: (?:letters|digits|numbers|characters|bits?))?"
    rf"(?:[\s:,\"'(]|\b(?:of|the|it|reg|plate|is|was|are|were|might|be|may|could)\b){{1,10}}{_TOKENS}",
    re.IGNORECASE,
)
_HALF = re.compile(
    rf"{_EDGE}[A-HJ-PR-Y]{{2}}(?:0[2-9]|[12][0-9]|5[1-9]"
    rf"|[67][0-9])(?: ?[A-HJ-PR-Z]{{1,2}}(?![A-Za-z0-9'’]))?(?![\w'’]| [0-9])"
)
_END_PART = re.compile(rf"{_EDGE}[A-HJ-PR-Z]{{3}}(?= (?:at|on) the (?:end|back)\b)")
_SMALL_END = re.compile(
    r"(?P<lead>(?:reg|plate|registration)s? (?:that |which )?(?:end|start)(?:s|ing|ed)?(?: in"
    r"| with)? )(?P<token>[a-z]{3})\b"
)
_CAPITALS = re.compile(rb"00(?<=AA00)")
_GAPPED = re.compile(
    rf"{_EDGE}(?P<one>[A-Z]{{2}}[0-9]{{2}})(?P<gap>[ -]?(?:something|\?{{1,3}}|\*{{1,3}}|_{{1,3}}|…"
    rf"|\.{{2,3}})[ -]?)(?P<two>[A-Z]{{3}})?{_END}"
)


_REG_WORDS = AhoCorasick(["reg", "plate", "number", "vrm"], implementation=Implementation.DFA)
_END_WORDS = AhoCorasick(["end", "start"], implementation=Implementation.DFA)
_LAST_WORDS = AhoCorasick(["last ", "first ", "final "], implementation=Implementation.DFA)


def masked(text: str, form: Outline, told: Signs) -> str:
    """The text with such registrations as ``[plate]``."""
    if (_SKETCH.search(form.places) or _SMALL.search(form.places)) and _MIXED.search(text):
        bare = unmarked(text)
        text = _OLDER.sub(lambda m: MARK if _older(bare, m) else m[0], text)
    if "gap" in told and _CAPITALS.search(form.places):
        text = _GAPPED.sub(lambda m: f"{MARK}{m['gap']}{MARK}" if m["two"] else _starred(m), text)
    if "reg" in told and REG.search(text):
        text = at_words(_DATELESS, _REG_WORDS, text, lambda m: m[1] + MARK)
        text = at_words(_ANY, _REG_WORDS, text, _after_reg)
        text = loneplates.personal(text)
        text = parts(text)
    if "make" in told:
        text = _made(text)
        if ends(text):
            text = at_words(_ENDS, _END_WORDS, text, _ended)
    if "make" in told and b"AA00" in form.places and _HALF.search(text):
        text = _HALF.sub(_half_car, text)
    if b"aa00" in form.letters or b" AAA " in form.places:
        text = loneplates.fled(text)
    if MARK in text and (" end" in text or " back" in text):
        text = _END_PART.sub(lambda m: m[0] if m[0] in WORDS else MARK, text)
    if b"AA00 aa aaa" in form.places:
        text = _AT_FRONT.sub(lambda m: m[0] if m[0][:2] in AREAS else MARK, text)
    if ("**" in text or "??" in text) and _CAPITALS.search(form.places):
        text = _GAPPED.sub(_starred, text)
    return _AMENDED.sub(MARK, text) if MARK in text else text


def _starred(found: re.Match[str]) -> str:
    """ "AB12 ***" beside a car."""
    near = found.string[max(0, found.start() - WITHIN) : found.end() + WITHIN]
    return MARK + found["gap"] + MARK * bool(found["two"]) if VEHICLE.search(near) else found[0]


def _made(text: str) -> str:
    """The text without what stands right after a make and is no model's name."""
    parts, done, low = [], 0, text.lower()
    if len(low) != len(text):
        return text
    for _, start, end in GATE.find_matches_as_indexes(low, overlapping=True):
        found = (
            _AFTER_MAKE.match(text, end) if start >= done and not low[start - 1 : start].isalnum() else None
        )
        if found and _is_private(found["token"]):
            parts += [text[done : found.start("token")], MARK]
            done = found.end()
    return "".join([*parts, text[done:]])


def _ended(found: re.Match[str]) -> str:
    """ "Ending BVN" close to a car; not where a word or a postcode's first half stands there."""
    text, token = found.string, found["token"]
    near = text[max(0, found.start() - WITHIN) : found.end() + WITHIN]
    plate = token[:2] not in AREAS if token[-1].isdigit() else no_word(token)
    return found["lead"] + MARK if plate and VEHICLE.search(near) else found[0]


def ends(text: str) -> bool:
    """Whether a text may tell how something ends or starts."""
    return " end" in text or " start" in text or text[:3].lower() == "end"


def parts(text: str) -> str:
    """The text without what is told of a registration: "reg ends KJU, or maybe KJV"."""
    if ends(text):
        text = at_words(_ENDS, _END_WORDS, text, _ended)
        text = at_words(_SMALL_END, _REG_WORDS, text, _small_end)
    for _ in range(3):  # a first part, then the last, and what else it might be
        text = at_words(_PART, _REG_WORDS, text, _part)
    text = _GAPPED.sub(lambda m: f"{MARK}{m['gap']}{MARK}" if m["two"] else f"{MARK}{m['gap']}", text)
    if _HALF.search(text) and VEHICLE.search(unmarked(text)):
        text = _HALF.sub(_half, text)
    text = at_words(_LAST, _LAST_WORDS, text, _part)
    text = at_words(_WITHIN, _REG_WORDS, text, _part)
    if " of the " in text or " on the " in text or " in the " in text or " of its " in text:
        text = _ON_PLATE.sub(_part, text) if _ON_SIGN.search(text) else text
    return _OR.sub(_part, text) if MARK in text else text


def _half(found: re.Match[str]) -> str:
    """Half a plate in a text that speaks of one; an outward postcode looks alike."""
    token = found[0]
    return token if (token[:2] in AREAS and len(token) == 4) or token[:2] in PAIRS else MARK


def _half_car(found: re.Match[str]) -> str:
    """The same right after a car's name, "black golf LB19"; not its model, "Volvo XC60"."""
    before = found.string[max(0, found.start() - 24) : found.start()]
    return found[0] if found[0][:2] in MODELS or not VEHICLE.search(unmarked(before)) else _half(found)


def _small_end(found: re.Match[str]) -> str:
    token = found["token"].upper()
    return found[0] if token in WORDS or token in _LEAD_ON else found["lead"] + MARK


_LEAD_ON = frozenset("WAS AND WITH ITS THE FOR BUT SHE HES MID EAR IVE SIX TEN TWO ONE".split())


def _older(text: str, found: re.Match[str]) -> bool:
    letters = re.findall(r"[A-Z]+", found[0].upper())
    before = text[: found.start()][-WITHIN:]
    near = before + " " + text[found.end() : found.end() + WITHIN]
    if OTHER_CODE.search(before):
        return False
    if any(w in WORDS or w in TRIMS for w in letters) and not REG.search(before[-12:]):
        return False
    if VEHICLE.search(near):
        return True
    if loneplates.alone(found[0], letters, before, near):
        return True
    if found[0][1] == " ":
        return False
    # far from a vehicle's name no road or junction: "A38 RTC"
    return len(text) < FAR and found[0][0].upper() not in "ABMJV" and VEHICLE.search(text) is not None


def _after_reg(found: re.Match[str]) -> str:
    token = found["token"]
    letters = re.findall(r"[A-Z]+", token.upper())
    usual = any(w in WORDS or w in PAIRS for w in letters) and " " in token
    unit = re.fullmatch(
        r"[0-9]+(?:st|nd|rd|th|am|pm|mph|yrs?|days?|hrs?|mins?|years?|miles?|k|m|p)?", token, re.IGNORECASE
    )
    return found[0] if usual or unit else found["reg"] + MARK


def _is_private(token: str) -> bool:
    """Whether a mixed word may be a plate: none of its runs of letters is a word or an engine."""
    letters = re.findall(r"[A-Z]+", token.upper())
    return not any(w in WORDS or w in TRIMS for w in letters)


def _part(found: re.Match[str]) -> str:
    token = found["token"]
    letters = re.findall(r"[A-Z]+", token.upper())
    if any(w in WORDS or (w in PAIRS and " " in token) for w in letters):
        return found[0]
    return found[0][: len(found[0]) - len(token)] + MARK
