"""Lone plates: an older or private plate where no vehicle is named, by what is said of its owner."""

# ruff: noqa: SIM905 - a list of words reads best as words

import re

from listening.clean.vehicles import MODELS, PAIRS, TRIMS, WORDS, no_word

MARK = "[plate]"
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


def alone(token: str, letters: list[str], near: str) -> bool:
    """Whether an older plate, "R417 OVO", stands where no vehicle is named: by what is said of its owner, or
    by letters that no word, road or model has."""
    if len(letters) != 2 or len(letters[0]) != 1 or (letters[0] in "ABMJV" and not _OWNER.search(near)):
        return False
    three = sum(c.isdigit() for c in token) == 3
    return (three and no_word(letters[1]) and letters[1] not in _CHAT) or _LEFT.search(near) is not None


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
