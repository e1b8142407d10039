"""Asides: numbers of houses told in passing: signed with, set against a neighbour's, or as far as works went.

"Any problems give us a shout, Dave at 31", "[number] had theirs. Not 25", "gritted as far as 45".
"""

# ruff: noqa: SIM905 - a list of words reads best as words

import re
from collections.abc import Callable

from listening.clean.doorcues import HOMES
from listening.clean.householdcues import END
from listening.clean.householdwords import AGED, HOUSEHOLD, SERVICES
from listening.clean.signs import ALL, Signs

MARK = "[number]"
BEFORE, AFTER, NEAR = 64, 60, 110  # characters around a number: its form, and what is spoken of
HOURS, LAST = 12, 420  # a smaller number may be an hour; few streets have a larger one
_FIGURE = r"[0-9]{1,3}[a-fA-F]?(?!\w)"
_ONE = rf"(?P<row>{_FIGURE})"
_EACH = re.compile(_FIGURE)
# At the end of what is said, by name: ", Dave at 31".
_SIGNED = re.compile(
    r"(?:^|[,.!?:)\n\-–😀-🙏🌀-🗿] ?"
    r"|\b(?:from|love|ask|thanks|cheers|see|ring|text|call|message|and|x+|say|tell"
    r"|told|says) )(?P<who>[A-Z][a-z'’\-]{1,14}(?: (?:and|&) [A-Z][a-z'’\-]{1,14})?) at (?:no\.? ?|number )?"
    rf"{_ONE}(?=\s*(?:$|[.!?\n)]|[xX]+\b))"
)
_NO_WHO = frozenset(
    (
        "still all look not only even just up down aged age now then dead gone out back here there home him"
        " her them us me is was be are were am i he she it we they you or nor died retired married worked"
        " working works driving open opens closed closes start starts finish shut sold priced stuck capped"
        " looking being having living and starting standing currently roughly limit speed temperature"
    ).split()
)
# Whoever makes a noise from an hour on: "barking from 5am at 27".
_CLOCK = re.compile(
    r"\b(?:bark\w*|music|hammer\w*|drill\w*|bang\w*|shout\w*|scream\w*|noise|racket|party|parties|partying"
    r"|row"
    r"|rowing|alarm|cockerel|bonfires?|crying|singing|drums?|karaoke|fireworks|strimmer|mower|mowing|howling"
    r"|building work|dogs?|kids|telly|screeching|revving|grinding|sawing)\b[^.!?\n]{0,24}? (?:from|since"
    r"|until"
    r"|till?|at|past|gone|by|before|after) (?:(?:half|quarter) (?:past|to) )?(?:[0-9]{1,2}(?:[.:][0-9]{2})?"
    r" ?(?:am|pm)?|midnight|midday|noon|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|dawn|dusk)"
    r"(?: in the (?:morning|afternoon|evening)| at night|ish|(?: every| each| last)? (?:morning|night"
    r"|day)s?)?"
    rf" (?:at|from) {_ONE}(?:{END}|(?= ?$))",
    re.IGNORECASE,
)
# Set against a masked one: "Not 25, they got theirs".
_AGAINST = re.compile(
    r"(?:^|[.!?;:,(\n…\-–] ?|\b(?:but|and|yet|though|just|only|why) )not (?:at |for |from |to |no\.? ?"
    r"|number )?"
    rf"{_ONE}(?=\s*(?:$|[.!?;)\n]|, ?(?:they|he|she|who|we|that|thats|that's|it|oh|even|just|mind|nor|or|not"
    r"|though|obviously|somehow|funnily|as|only)\b| though\b| obviously\b| mind\b))",
    re.IGNORECASE,
)
# What was done at the next one: "33 got done. 35 got done."
_DONE = re.compile(
    rf"(?:^|[.!?,;\n] ?){_ONE}(?= (?:all |both |have |has |had |got |get |gets |was |were |did "
    rf"|always ){{1,2}}"
    r"(?:the same|emptied|collected|missed|flooded|done|delivered|theirs|swept|gritted|cleared|skipped|fine"
    r"|ok|nothing|one|new)\b)",
    re.IGNORECASE,
)
# As far as it went: "resurfaced the road as far as 99".
_WORKS = re.compile(
    r"\b(?:resurfac\w+|tarmac\w*|relaid|laid|gritt?\w*|swept|sweep\w*|plough\w*|dug up|digging|patched"
    r"|painted"
    r"|collected|emptied|delivered|leaflets?|leafleted|fib(?:re|er)|broadband|kerbs?|pavements?|yellow lines"
    r"|lines|cones?|flooded|floods?|flooding|water came|power|lights|hedges?|road closed|dropped|bins"
    r"|binm[ae]n"
    r"|postie|post(?:man)?|numbers|street)\b[^.!?\n]{0,30}? (?:as far as|up to|down to|right to|along to"
    r"|stopped at"
    r"|only to|from|just past|just before|stops at|got to|gets to|reached|ends at|ended at|starts at"
    r"|start at) "
    rf"(?:no\.? ?|number )?(?P<row>{_FIGURE}(?: (?:to|down to|up to|through to) {_FIGURE})?){END}",
    re.IGNORECASE,
)
# In a block of flats: "I can hear Graham in 8".
_BLOCK = re.compile(
    r"\b(?:i['’]?m|we['’]?re|hear|hears|heard|smell|above|below|under|upstairs|downstairs|the (?:girl|lad"
    r"|bloke|man|woman|lady|couple"
    r"|guy|lass|family|lot|people|telly|baby|kids?|dog|music|noise|leak|damp|chap)|him|her|them|those"
    r"|whoever(?:['’]s)?"
    rf"|who['’]?s)(?: [A-Za-z]{{2,12}}){{0,3}}? in (?:no\.? ?|number )?{_ONE}"
    r"(?! (?:the|a|an|minutes?|mins?|weeks?|hours?|days?|years?|months?|of|or|to|per|out|seconds?|miles?"
    r"|stages?"
    r"|parts?|words?|languages|goes|different|other|more|places|rooms|houses|homes|people)\b|[\w%£]"
    r"|[.:,/\-][0-9])",
    re.IGNORECASE,
)
# "Its 7, brown door"; "mum's at 3, the end house".
_DOOR = re.compile(
    r"(?:^|[,.(\n] ?|\b(?:(?:is|i['’]?m|am|['’]re|are|['’]s|live|lives|living|me|us|mum|nan|dad|knock|left"
    r"|still) at|is|it['’]?s|i['’]?m|we['’]?re|number|no\.?|to|house|mine|ours|hers|address"
    r"|door) )"
    rf"{_ONE}(?=[,.]? ?[(\-–]? ?(?:the |with (?:the|a) |it['’]?s (?:the|a) |it has a "
    rf"|got a )?(?:one with (?:the|a) )?"
    r"(?:(?:dark|light|bright|big|little|old|new) )?(?:red|blue|green|white|black|brown|yellow|grey|gray"
    r"|pink|purple"
    r"|orange|cream|end|corner) (?:front )?(?:door|gate|house|bungalow|garage)\b)",
    re.IGNORECASE,
)
# One house, in brackets or not: "the house with the boat (55)", "next door (31)".
_BRACKET = re.compile(
    r"\b(?:(?<!the )house|bungalow|semi|cottage|next ?door|end one|corner one|detached|property|new build"
    r"|opposite"
    r"|(?:the|my|our|his|her|their|that|this|green|white|corner|end|empty|council|student) (?:house|flat"
    r"|place|garden"
    rf"|drive|hedge|fence|extension|door))(?:['’]s)?(?: (?:with|on|by"
    rf"|near) [a-z ]{{3,24}}?)? ?\((?:no\.? ?|number )?{_ONE}(?=\)\s*(?:$|[.,;!?]|(?:is|are|was|has|had"
    rf"|have|who|needs?|got|and"
    r"|keeps?|wants?|smokes|plays|never|always|still|next|opposite|with|again|on|at|in)\b))",
    re.IGNORECASE,
)
# "45 put the complaint in, not us", "it was 52 that rang the council".
_DID = re.compile(
    r"(?:^|[.!?;:,(\n] ?|\b(?P<was>it was|its|it['’]s|was it) |\b(?:both|and|but|so|cos|because|that|think"
    r"|reckon|know"
    rf"|turns out|apparently|only|said|heard|if|when|bet"
    rf"|guess) ){_ONE}(?= (?:and (?:no\.? ?)?[0-9]{{1,3}} )?(?P<who>that"
    r" |who )?(?:put (?:the|a|in|up)|told|rang|phoned|called the|reported|complained|moaned|grassed"
    r"|objected|signed|said"
    r"|says|thinks|reckons|wants|won['’]?t|refused|refuses|asked|emailed|wrote|started it|took|dumped|got"
    r"|did it|did"
    r"|didn['’]?t|lets|let|never|always|knocked|left)\b)",
    re.IGNORECASE,
)
_FEUD = re.compile(
    r"\b(?:not us|not me|not ours?|next ?doors?|neighbou?rs?|complain\w*|complaints?|landlord|extension"
    r"|scaffold\w*"
    r"|fences?|hedges?|wind chimes?|our (?:road|street|row|close)|bins? out|parcels?|wheelie|noise team"
    r"|environmental"
    r" health|housing)\b",
    re.IGNORECASE,
)
_MANY = re.compile(
    r"\b(?:people|residents|votes?|voted|of (?:us|them|you)|out of|petition|signatures|responses|replies"
    r"|members|objections"
    r"|letters|comments|survey|poll|replied|attended|councillors|households|homes|houses|drivers|pupils"
    r"|likes|turned up"
    r"|consult\w*|per ?cent|in favour|against)\b",
    re.IGNORECASE,
)
_FLATS = re.compile(
    r"\b(?:flats?|apartments?|block|landing|stairwell|hmo|bedsits?|maisonettes?|wardens?)\b", re.I
)
_CONTACT = re.compile(
    r"\b(?:give (?:us|me) a (?:shout|ring|knock|bell)|street party|anyone (?:wants?|needs?|fancies)|booked"
    r"|let me know"
    r"|see you (?:there|all)|pop round|pop in|message me|text me|ring me|knock)\b",
    re.I,
)
_STREETS = re.compile(
    r"\b(?:road|street|avenue|close|lane|crescent|row|drive|kerbs?|pavement|lights|gritt?\w*|bins?"
    r"|binm[ae]n|swept|sweep\w*|resurf\w+"
    r"|plough\w*|tarmac\w*|fibre|leaflets?)\b",
    re.I,
)
_OTHER = re.compile(
    r"\b(?:mph|speed\w*|limit|per ?cent|degrees|votes?|signatures|score\w*|goals?|bus|route|tram|junction"
    r"|page"
    r"|chapter|appointments?|queue|aged?|ages|birthday|years|numbers? [0-9]+ to|budget|tax|price\w*"
    r"|cost\w*|raffle"
    r"|level|stage|phase|class|room|platform|pitch|hall|peg|stall|locker|column)\b",
    re.IGNORECASE,
)


def masked(text: str, told: Signs = ALL) -> str:
    """The text with such numbers as ``[number]``.

    >>> masked("Bins at [number] done. Not 25, they forgot")
    'Bins at [number] done. Not [number], they forgot'
    """
    forms = {
        name for sign, name in (("works", "works"), ("noise", "clock"), ("flat", "block")) if sign in told
    }
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
                parts += [text[done:at], _EACH.sub(MARK, found["row"])]
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
    row = _EACH.findall(found["row"])[0]
    return (row.isdigit() and int(row) <= HOURS) or int(row.rstrip("abcdefABCDEF")) > LAST


def _other(found: re.Match[str]) -> bool:
    at = found.start("row")
    return (
        _OTHER.search(_near(found)) is not None or AGED.search(found.string[max(0, at - 40) : at]) is not None
    )


def _home(found: re.Match[str]) -> bool:
    near = _near(found)
    return MARK in near or HOMES.search(near) is not None or HOUSEHOLD.search(near) is not None


def _signed(found: re.Match[str]) -> bool:
    """A closing name, or one where homes are spoken of; never an age or an hour."""
    who = found["who"].split()[0].lower()
    if _small(found) or _other(found) or who in _NO_WHO or who.endswith(("ed", "ing")):
        return False
    near = _near(found)
    return _home(found) or _STREETS.search(near) is not None or _CONTACT.search(near) is not None


def _clock(found: re.Match[str]) -> bool:
    return not _small(found) and not _OTHER.search(found[0])


def _against(found: re.Match[str]) -> bool:
    return MARK in _near(found) and not _other(found) and HOMES.search(_near(found)) is not None


def _works(found: re.Match[str]) -> bool:
    return not _small(found) and not _OTHER.search(_near(found)) and _STREETS.search(_near(found)) is not None


def _block(found: re.Match[str]) -> bool:
    near = _near(found)
    return (
        _FLATS.search(near) is not None and not _other(found) and int(re.sub(r"\D", "", found["row"])) <= LAST
    )


def _door(found: re.Match[str]) -> bool:
    return not _other(found) and int(re.sub(r"\D", "", found["row"])) <= LAST


def _did(found: re.Match[str]) -> bool:
    """One house as a single one: never so many people who said or signed something."""
    near = _near(found)
    if _small(found) or _other(found) or _MANY.search(near):
        return False
    return _FEUD.search(near) is not None or (MARK in near and HOMES.search(near) is not None)


_ENDS = frozenset((*".!?,;", ""))
_OPENS = ("done", "did", "door")
_FORMS: dict[str, tuple[re.Pattern[str], Callable[[re.Match[str]], bool]]] = {
    "door": (_DOOR, _door),
    "signed": (_SIGNED, _signed),
    "clock": (_CLOCK, _clock),
    "works": (_WORKS, _works),
    "against": (_AGAINST, _against),
    "done": (_DONE, _against),
    "did": (_DID, _did),
    "block": (_BLOCK, _block),
    "bracket": (_BRACKET, _door),
}
_LEADS: dict[str, tuple[str, ...]] = {
    "at": ("door", "signed", "clock", "works"),
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
