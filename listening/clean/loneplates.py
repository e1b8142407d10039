"""Lone plates: an older or private plate where no vehicle is named, by what is said of its owner."""

# ruff: noqa: SIM905 - a list of words reads best as words

import re

from listening.clean.postcodes import AREAS
from listening.clean.vehicles import MODELS, PAIRS, TRIMS, WORDS, no_word

MARK = "[plate]"
LONG = 800  # characters; whoever drove off is told of in a short post
_EDGE = r"(?<![A-Za-z0-9£])"
# "ET 4471, private plate", "RX 5510 on a Bentley, private plate".
_OWN_PLATE = re.compile(
    r"\b(?:private|personal|cherished|personali[sz]ed|dateless|show ?off)[ -](?:number )?(?:plate|reg)", re.I
)
_PERSONAL = re.compile(
    rf"{_EDGE}(?P<token>[A-Z]{{2,3}} ?[0-9]{{1,4}}|[0-9]{{1,4}} ?[A-Z]{{2,3}}"
    rf"|[A-Z] ?[0-9]{{1,3}} ?[A-Z]{{1,3}})"
    rf"(?=[,.]? [^.!?\n]{{0,40}}?(?i:private|personal|cherished|personali[sz]ed|dateless|show ?off)[ -]"
    rf"(?i:(?:number )?(?:plate|reg)))"
)
_OWNER = re.compile(
    r"\b(?:owner of|owns|whoever owns|belongs?(?: to)?|who(?:se| does| has)|seen)\b", re.IGNORECASE
)
# What is said of a vehicle that is only told by its plate.
_LEFT = re.compile(
    r"\b(?:owner of|owns|belongs?(?: to)?|block(?:ing|ed|s)|kerb|pavement|verge|shift(?:ed|ing)?|lights on"
    r"|alarm"
    r"|mov(?:e|ed|ing) (?:it|your|this|that|please|pls)|needs? moving|on the (?:path|grass|corner|pavement)"
    r"|(?:anyone|anybody) (?:seen|know)|stolen|nicked|note on|let (?:me|us|her|him) out|double yellows?"
    r"|yellow lines"
    r"|dumped|abandoned|speeding|wheels?|engine|beeping|hooting|windows? (?:down|open)|box(?:ed|ing) in)\b",
    re.IGNORECASE,
)
_CHAT = frozenset(
    "PLS PLZ BTW TBH THX LMK IRL RTC GPS TXT SMH RPM KPH PCH PCB SSD RGB LTD PLC LLP DVD MBS KBS".split()
)


_NAMED = re.compile(
    r"\b(?:order|error|invoice|case|ref|booking|ticket|unit|room|block|model|lamp|column|plot|licence"
    r"|permit|form|item"
    r"|application|batch|code|docket|parcel|tracking|junction|road|bus|route|flight|part"
    r"|postcode)\W{1,3}(?:no\W{1,2}|number )?"
    r"$",
    re.IGNORECASE,
)


def alone(token: str, letters: list[str], before: str, near: str) -> bool:
    """Whether an older plate, "R417 OVO", stands where no vehicle is named: by what is said of its owner, or
    by letters that no word, road or model has."""
    if len(letters) != 2 or len(letters[0]) != 1 or (letters[0] in "ABMJV" and not _OWNER.search(near)):
        return False
    if _NAMED.search(before):
        return False
    three = sum(c.isdigit() for c in token) == 3
    return (three and no_word(letters[1]) and letters[1] not in _CHAT) or _LEFT.search(near) is not None


# Whoever was seen only for a moment: half a plate is all there is of it.
_FLED = re.compile(
    r"\b(?:dr[io]ve off|driven off|driving off|hit my|hit our|hit me|hit and run|sped off|pulled (?:away"
    r"|off|out)"
    r"|(?:only|just) (?:caught|got|saw|remember)|partial|wing mirror|didn['’]?t stop|did not stop"
    r"|never stopped"
    r"|through (?:the|a) red|jumped (?:the|a) (?:red|lights?)|all i (?:got|saw|caught|remember|could)"
    r"|got away"
    r"|(?:start|end|first|last) (?:half|bit|part)? ?of (?:it|the)|before (?:he|she|it|they) (?:was|were"
    r"|turned|went)"
    r"|cut me up|overtook|rammed|scraped|clipped|and (?:gone|off)\b|raced off|legged it|made off|shot off"
    r"|seen"
    r" leaving|took off|(?:first|last) (?:half|bit|part|two|three|four) (?:was|is|of it))",
    re.IGNORECASE,
)
_HALF = re.compile(
    rf"{_EDGE}(?:[A-HJ-PR-Y]{{2}}|[a-hj-pr-y]{{2}})(?:0[2-9]|[12][0-9]|5[1-9]|[67][0-9])"
    rf"(?: [A-HJ-PR-Z]{{1,2}}(?= (?:something|and|\?)))?(?![\w'’£%]| ?[0-9]|[.:][0-9])"
)
_LETTERS = re.compile(rf"{_EDGE}[A-HJ-PR-Z]{{3}}(?= (?:at|on) the (?:end|back|front)\b)")


def fled(text: str) -> str:
    """The text without half a plate of whoever drove off, "drove off, got FD70 and that's it"."""
    if len(text) > LONG or not ((_HALF.search(text) or _LETTERS.search(text)) and _FLED.search(text)):
        return text
    text = _LETTERS.sub(lambda m: MARK if no_word(m[0]) else m[0], text)
    return _HALF.sub(lambda m: m[0] if m[0][:2].upper() in _CODES else MARK, text)


_CODES = frozenset({*AREAS, *PAIRS, *MODELS, "AW"})


def personal(text: str) -> str:
    """The text with what is told as a private plate as ``[plate]``."""
    return _PERSONAL.sub(_personal, text) if _OWN_PLATE.search(text) else text


def _personal(found: re.Match[str]) -> str:
    letters = re.findall("[A-Z]+", found[0])
    return (
        found[0]
        if any(
            w in WORDS or w in TRIMS or w in PAIRS or (w in MODELS and len(found[0].replace(" ", "")) < 6)
            for w in letters
        )
        else MARK
    )
