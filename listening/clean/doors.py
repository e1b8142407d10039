"""Doors: the number of a house told without its street: "at number 12", "the lady at 9", "flat c".

A number has many other uses (a bus, a score, an hour), so each form needs a sign that homes are meant:
somebody who lives there, something delivered, damp or a fence; and none that something else is.
"""

# ruff: noqa: SIM905 - a list of words reads best as words

import re
from collections.abc import Callable

from listening.clean.signs import ALL, Signs

MARK = "[number]"
SPELT = frozenset({"spelt number", "flat"})  # signs without which a text needs a digit
BEFORE = 48  # characters before a number in which what leads to it begins
NEAR = 90  # characters around a number in which homes must be spoken of
_HOURS = frozenset("one two three four five six seven eight nine ten eleven twelve".split())
_VOLUME = re.compile(r"\b(?:vol(?:ume)?|issue|series|part|book|chapter|bus|tram|route)\b", re.IGNORECASE)
_ONES = "one|two|three|four|five|six|seven|eight|nine"
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
IN_WORDS = (
    rf"(?:(?:{_TENS})(?:[- ]?(?:{_ONES}))?|(?:thir|four|fif|six|seven|eigh|nine)teen|ten|eleven|twelve|(?:{_ONES})"
    rf"|a hundred(?: and (?:{_ONES}|ten|(?:{_TENS})(?:[- ](?:{_ONES}))?))?)"
)
_FIGURE = r"[0-9]{1,3}(?:[ ]?[a-fA-F](?![\w']))?"
_ONE = rf"(?:{_FIGURE}|{IN_WORDS}\b)"
_JOIN = r"(?:,? (?:and|or|&|to|instead of|not|rather than) (?:at |number |no\.? ?)?|, (?=[0-9])|[\-–&/](?=[0-9]))"
_ROW = rf"{_ONE}(?:{_JOIN}{_ONE}){{0,5}}"
_STOP = r"(?![\w%£$€°]|[.:,][0-9]|[\-–/][0-9A-Za-z]|['’](?!s\b))"
# It counts, or tells a time or an age.
_NOT_HOMES = (
    r"(?!,? ?(?:bus(?:es)?|trams?|trains?|route|service|am|pm|a\.m|p\.m|o'?clock|oclock|mph|km|kmh|degrees|years?|yrs?|months?|weeks?"
    r"|days?|hours?|hrs?|minutes?|mins?|miles?|metres?|ft|feet|foot|quid|pounds?|pence|percent|per|each|times|people|percent|points?|on the list"
    r"|in the (?:morning|afternoon|evening|charts?|league|world|country|queue)|at night|tonight|tomorrow|today|sharp|til|till|until|onwards"
    r"|prompt|ish|for (?:the )?(?:stags|forest|county|town|england)|priority|issue|reason|rule|complaint|fan|fans|hit|seed|shirt"
    r"|spot|choice|problem|concern|question|cause|enemy|suspect|song|single|album|best|worst|most|will go|goes|every|or so|odd|plus|more|less"
    r"|colliery|pit|shaft|platform|pitch|court|tee|dock|furnace|in favour|against|votes?|goals?|runs?|wickets?|nil|all)\b)"
)
_HOMES = re.compile(
    r"\b(?:neighbou?rs?|next ?door|door|doors|parcel|parcels|evri|hermes|dpd|yodel|amazon|delivered|delivery|courier|post|postie|postman|letters?"
    r"|mail|landlord|landlady|tenants?|damp|mould|flooded|flooding out|live|lives|lived|living|moved|moving|estate|cul-?de-?sac|bungalow|cottage"
    r"|semi|terrace|garden|hedge|fence|drive|driveway|extension|loft|wheelie|bins?|my house|our house|her house|his house|their house|house|houses"
    r"|dog|barking|cats?|noise|party|music|rent|rented|flat|flats|plot|corner|gate|wall|roof|chimney|curtains|knock|doorbell|keys|new build"
    r"|overgrown|knotweed|rubbish|couple|lady|bloke|folk|family|address|ours|opposite|doorstep|gas bill|meter|water main|leak|power|electric"
    r"|washing|kitchen|bathroom|heating|boiler|council house|row|end house|scaffold\w*|skip|caravan|widow|widower)\b",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"\b(?:bus|buses|tram|trams|route|charts|played|striker|keeper|squad|shirt|raffle|lottery|bonus ball|downing|plays|playing|world|midfield\w*|player|quarter-final|premier|top of the league|agenda)\b",
    re.IGNORECASE,
)
# "at number 12", "number 14's dog", "numbers 7 and 9"; not "bus number 12", "the number 12", "peg number 4".
_NUMBERED = re.compile(
    rf"(?P<lead>(?:^|[.!?;:,(\n\-–]\s?|\b(?:(?P<sure>at|outside|opposite|lives? at|living at|from|by|behind|near|beside|next to|against|house|door|flat|bungalow"
    rf"|flats|houses|home)|to|of|and|or|for|(?P<mine>(?:mine|ours|hers|his|house|address|we|they|i|it) (?:is|are|am)|it's|its|we're|i'm|im)|in|with|that|but|so|only|our|my|both|old|saw|told|think|because|cos) ))"
    rf"(?P<word>(?:house |door |flat )?(?:numbers?|nos?\.|nos?(?= ?[0-9])|nr\.?) ?)(?!10\b(?!['’]s| (?:and|or|who|has|had))|one (?:of|thing|in|is to|on the))(?P<row>{_ROW}){_STOP}{_NOT_HOMES}",
    re.IGNORECASE | re.MULTILINE,
)
_WHO = (
    r"(?:lady|woman|man|bloke|lad|lads|lass|girl|boy|couple|chap|fella|guy|family|folks?|people|lot|neighbou?rs?|tenants?|students"
    r"|owner|owners|landlord|residents?|pensioner|gent|gentleman|widow|idiot|nutter|dealer|dealers|kids|druggies|cat|dog|dogs|hedge|fence|extension|skip"
    r"|alarm|party|damp|mould|leak|drains?|bins?|roof|chimney|gate|garden|tree|caravan|house|bungalow|flat|door|building work|scaffolding|parties|works)"
)
_AT = re.compile(
    rf"(?P<lead>\b(?:(?P<lives>who['’]?s|who is|anyone|(?:i|we|she|he|they|who|that|and|still|mum|dad|nan|nana|gran|grandad|parents|mother|father|sister|brother|daughter|son|actually|also|lad)"
    rf" (?:all |both |only |just |now |still |also )?(?:live|lived|am living|reside)|lives|living|residing|resident)"
    rf"|(?P<who>{_WHO})|(?P<put>left|delivered|dropped(?: off)?|handed in|posted|put|signed for|parcel|post|collect(?:ed)?|collection|pick(?:ed)? (?:it )?up|knock|tulips|flowers|card|call)"
    rf"|(?P<still>still|him|her|them|now|here|me|i'm|im|we're|is|are|was|be|mine|ours|hers|both|over|up|down)) at )(?P<row>{_ROW}){_STOP}{_NOT_HOMES}",
    re.IGNORECASE,
)
_POSTED = re.compile(r"\b(?:parcel|package|evri|hermes|dpd|yodel|amazon|royal mail|courier|delivery|delivered|post|postie|letter|card|flowers|tulips|bin|bins)\b", re.I)
_MINE = re.compile(
    rf"(?P<lead>\b(?:hers|mine|ours|theirs|his|yours|address|house) (?:is |was )(?:only |just |actually )?)(?P<row>{_FIGURE}){_STOP}{_NOT_HOMES}",
    re.IGNORECASE,
)
_MAILED = re.compile(r"\b(?:post|postie|postman|parcels?|letters?|mail|bill|bills|delivery|delivered|evri|courier|address|wrong house|wrong door|next ?doors?)\b", re.I)
_FLAT = re.compile(
    rf"(?P<lead>(?<!a )(?<!\w)(?:flat|apartment|apt)\.? (?:no\.? ?|number |nr\.? ?)?)(?P<row>[0-9]{{1,3}}[a-zA-Z]?(?:(?: and | & |, | or )[0-9]{{1,3}}[a-zA-Z]?\b){{0,3}}|[a-h](?=\s?(?:[,.;:!?)\n]|$|['’]s|at |in |on |is |has |above |below |upstairs ))|[A-H]\b)"
    r"(?![\w%£]|[.:,][0-9]|['’](?!s\b)| ?(?:rate|fee|inch|inches|quid|pounds?|p\b|percent|per|metres?|pack|packs|bed|beds|tyres?|bottles?|screen|white|caps?|miles?|hours?|minutes?|years?|months?|weeks?|days?|-))",
    re.IGNORECASE,
)
_HOUSE = re.compile(
    rf"(?P<lead>\b(?:(?:house|door) (?:number|no\.?)(?: is|:|=|,)? ?|(?:at|in|of|outside|opposite|by|from|to) house ))(?P<row>{_ROW}){_STOP}{_NOT_HOMES}",
    re.IGNORECASE,
)
# "4 The Hollies": a house among a few that share a name.
_NAMED = re.compile(
    r"(?P<lead>(?:^|[,;:(/] ?|\b(?:at|to|from|of|outside|opposite|by|live|near|is|in|no\.?|number) ))(?P<row>[0-9]{1,3}[a-f]?),? "
    r"(?=(?i:the) (?:[A-Z][a-z]+ )?(?i:hollies|paddocks?|green(?! part)|crescent|avenue|close|mount|drive|orchards?|meadows?|limes|poplars|willows|elms|beeches|laurels|firs"
    r"|oaks|chestnuts|cedars|crofts?|oval|square|grove|lane|row|spinney|coppice|copse|glade|rise|ridgeway|dale|dell|mews|cottages|maltings|granary|stables"
    r"|courtyard|gables|birches|pines|larches|rowans|maples|hawthorns|sycamores|acres?|nook|pastures|twitchell|broadway|fairways?|lawns|hallows|bungalows"
    r"|woodlands|cloisters|glebe|leas?|link|oaklands|old \w+|shires|forge|park|pines|terrace|walk|wharf|yews|heath|hawthorn|leys|beeches|vines|brambles|ashes)\b)",
    re.MULTILINE,
)
# "33, NG15 6…": right before a postcode that was a whole one.
_CODED = re.compile(
    rf"(?P<lead>(?:^|[\s,(]))(?:(?:no\.?|number|nr\.?) ?)?(?P<row>{_FIGURE})(?=[, \n]{{1,2}}[A-Z]{{1,2}}[0-9][0-9A-Z]? [0-9]…)", re.MULTILINE
)
# "parcel meant for 44", "bins outside 12 and 14".
_SENT = re.compile(
    rf"(?P<lead>\b(?:deliver(?:ed|y|ing)?|go|goes|went|gone|take|taken|took|came|come|sent|belongs?|meant|intended|post(?:ed)?|parcels?|packages?|letters?|mail|left"
    rf"|handed|signed for) (?:it |them |this |that |in )?(?:to|for|with|by|next door to) )(?P<row>{_ROW}){_STOP}"
    r"(?=\s*(?:[,.;:!?)]|$|\b(?:not|instead|and|but|again|who|has|had|so|which|because|cos|yesterday|when|thanks|please|pls|opposite|by mistake|down|up|across|over)\b))",
    re.IGNORECASE,
)
_BESIDE = re.compile(
    rf"(?P<lead>\b(?:outside|opposite|in front of|next door to|next to|behind) )(?P<row>{_ROW}){_STOP}{_NOT_HOMES}"
    r"(?=\s*(?:[,.;:!?)]|$|\b(?:not|and|but|again|who|has|had|have|is|was|were|are|so|which|because|cos|yesterday|when|please|pls|there|full|all|need|with|since|on)\b))",
    re.IGNORECASE,
)
# Painted on a door or bin: "our front door with 26 on it".
_PAINTED = re.compile(
    rf"(?P<lead>\b(?:with|got|has|have|says|saying|marked|reads|numbered) (?:a |the number |number |no\.? )?)(?P<row>{_FIGURE})"
    r"(?= (?:on (?:it|them|the (?:side|lid|front|door|gate|back|wall|bin))|painted|written|stuck on|sprayed|daubed|in (?:white|black|red|gold|big|paint)))",
    re.IGNORECASE,
)
# "We are 129, not [number] Mansfield Road", and the town between a street and its number.
_NOT_THAT = re.compile(
    r"(?<![\w£$€.,:/\-])[0-9]{1,3}[a-f]?(?=,? (?:not|or|instead of|rather than) \[number\])"
    r"|(?<=\[number\])(?P<not>,? (?:not|instead of|rather than) )[0-9]{1,3}[a-f]?(?![\w.:/%£\-])",
    re.IGNORECASE,
)
_BEYOND = re.compile(
    r"(?P<lead>\b(?i:street|st|road|rd|avenue|ave|lane|drive|close|crescent|court|grove|terrace|way|gardens)\b,?(?: [A-Z][a-z]+){1,2},? )"
    rf"(?i:no\.?|number) ?(?P<row>{_FIGURE})(?![\w%:/\-]|\.[0-9])"
)


def masked(text: str, told: Signs = ALL) -> str:
    """The text with numbers of houses told without a street as ``[number]``.

    >>> masked("The lady at 9 took our parcel in, flat c did not")
    'The lady at [number] took our parcel in, flat [number] did not'
    """
    before = text
    if "…" in text and _CUT.search(text):
        text = _CODED.sub(rf"\g<lead>{MARK}", text)
    if "flat" in told:
        text = _FLAT.sub(_flat, text)
    spots = _spots(text, told)
    for lead, pattern, replace in _FAMILIES:
        if lead in spots:
            now = _replaced(pattern, text, sorted(spots[lead]), replace)
            if now != text:
                text, spots = now, _spots(now, told)
    if MARK in text:
        text = _NOT_THAT.sub(lambda m: (m["not"] or "") + MARK, text)
    return _again(before, text) if text != before else text


_CUT = re.compile("[0-9] [0-9]…")
_SPOT = re.compile(r"[0-9](?<=[ .(\n#a-zA-Z][0-9])[0-9]{0,2}(?![0-9])|\A[0-9]{1,3}(?![0-9])")
_AT_WORDS, _NUMBER_WORDS = (re.compile(rf"{lead}(?=(?:{IN_WORDS})\b)") for lead in (" at ", "number "))
_LEADS = {
    **dict.fromkeys("number numbers no no. nos nos. nr nr. #".split(), ("number", "beyond", "house")),
    **dict.fromkeys("house door is: is".split(), ("house", "mine")),
    **dict.fromkeys("for by".split(), ("sent",)),
    **dict.fromkeys("outside opposite of behind".split(), ("beside",)),
    **dict.fromkeys("got has have says saying marked reads numbered".split(), ("painted",)),
    **dict.fromkeys("was only just actually address".split(), ("mine",)),
    "at": ("at",),
    "to": ("sent", "beside"),
    "with": ("sent", "painted"),
    "a": ("painted",),
}  # the word before a number: which forms it may be


def _spots(text: str, told: Signs) -> dict[str, list[int]]:
    """Where numbers stand that may be doors, by what leads to them."""
    found: dict[str, list[int]] = {}
    for number in _SPOT.finditer(text):
        at = number.start()
        lead = text[max(0, at - 12) : at].rstrip(" ").rpartition(" ")[2].lower()
        for form in _LEADS.get(lead, ()):
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
    pattern: re.Pattern[str], text: str, spots: list[int], replace: Callable[[re.Match[str]], str]
) -> str:
    """The text with what a form finds around the spots replaced."""
    parts, done = [], 0
    for at in spots:
        if at < done:
            continue
        found = pattern.search(text, max(done, at - BEFORE), at + NEAR)
        if found and found.start("row") <= at <= found.end("row"):
            parts += [text[done : found.start()], replace(found)]
            done = found.end()
    return "".join([*parts, text[done:]])


def _flat(found: re.Match[str]) -> str:
    return found["lead"] + _FLATS.sub(MARK, found["row"])


_FLATS = re.compile(r"\b(?:[0-9]{1,3}[a-zA-Z]?|[a-hA-H])\b")
_EACH = re.compile(_ONE, re.IGNORECASE)
_STANDING = re.compile(r"[.!?] ?(?P<row>[0-9]{1,3}[a-f]?)(?=[.!?]|$)", re.IGNORECASE)


def _row(found: re.Match[str]) -> str:
    """The match with each number of its row as a mark."""
    at = found.start("row") - found.start()
    return found[0][:at] + _EACH.sub(MARK, found["row"]) + found[0][at + len(found["row"]) :]


def _numbered(found: re.Match[str]) -> str:
    text, plain = found.string, _around(found)
    if _VOLUME.search(text[: found.start() + 1][-14:]):
        return found[0]
    spelt = not found["row"][0].isdigit()
    if spelt and not found["sure"] and (found["row"].lower() == "one" or not _MAILED.search(plain)):
        return found[0]
    if "'s" in text[found.end() : found.end() + 2].replace("’", "'") or found["sure"]:
        return found[0] if _OTHER.search(_around(found)) else _drop(found)
    return _drop(found) if _HOMES.search(plain) and not _OTHER.search(plain) else found[0]


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
    if first is None or figure and figure[0] == "0" or _OTHER.search(text[found.end() :][:16]):
        return found[0]
    if found["lives"] or (lettered and not found["still"]):
        return _row(found)
    small = (figure is None and row.lower() in _HOURS) or (figure is not None and int(figure[0]) <= 12)
    if found["who"]:
        return found[0] if small and not _HOMES.search(plain) else _row(found)
    if found["put"]:
        return _row(found) if _POSTED.search(text) and not small else found[0]
    homes = _HOMES.search(plain) is not None or _MARKED.search(plain) is not None
    return _row(found) if homes and not small and figure is not None and int(figure[0]) < 400 else found[0]


_MARKED = re.compile(r"\[(?:date of birth|NI number|NHS number|phone|e-mail)\]|[0-9]…")


def _again(before: str, text: str) -> str:
    """The same number once more as a sentence of its own: "I live at 40!! 40!!"."""
    return _STANDING.sub(lambda m: m[0][: -len(m["row"])] + MARK, text) if _LIVES.search(before) else text


_LIVES = re.compile(r"\blives? at\b", re.IGNORECASE)


def _near_homes(found: re.Match[str]) -> str:
    return _row(found) if _HOMES.search(_around(found)) else found[0]


def _posted(found: re.Match[str]) -> str:
    return _row(found) if _POSTED.search(_around(found) + found["lead"]) else found[0]


def _mine(found: re.Match[str]) -> str:
    return _row(found) if _MAILED.search(found.string) else found[0]


def _whole(found: re.Match[str]) -> str:
    return found["lead"] + MARK


_FAMILIES = (
    *(("named", _NAMED, _row), ("house", _HOUSE, _row), ("number", _NUMBERED, _numbered), ("at", _AT, _at)),
    *(("sent", _SENT, _posted), ("beside", _BESIDE, _near_homes), ("beyond", _BEYOND, _whole)),
    *(("painted", _PAINTED, _near_homes), ("mine", _MINE, _mine)),
)
