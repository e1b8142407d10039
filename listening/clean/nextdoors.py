"""Next doors: numbers of houses told beside another one, beside a street's name, or by who calls there."""

import re

from listening.clean.doorcues import HOMES
from listening.clean.doorcues import NOT_HOMES as _NOT
from listening.clean.outline import numbers
from listening.clean.signs import ALL, Signs

MARK = "[number]"
_ONE = r"[0-9]{1,3}[a-f]?(?![\w%£$€]|[.:,/][0-9]|[\-–/][0-9A-Za-z]|['’](?!s\b))"
_TWO = rf"{_ONE}(?:(?:, | and | & | or |, then | then |, and ){_ONE}){{0,4}}"
_EACH = re.compile(rf"\b{_ONE}", re.IGNORECASE)
_KIND = (
    r"(?:street|st|road|rd|avenue|ave|lane|ln|drive|close|crescent|cres|court|grove|terrace|gardens|gdns|way"
    r"|place|square|row|mews|view|rise)"
)
_STREET = rf"(?:[A-Za-z'’]{{3,16}} ){{1,2}}(?i:{_KIND})\b"
# "I'm 131, the one with the green door", "we're 33 on Cobden Street".
_MINE = re.compile(
    rf"(?P<lead>\b(?:i['’]?m|i am|we['’]?re|we are|she['’]?s|he['’]?s|they['’]?re|its|it['’]?s"
    rf"|mine['’]?s|mine is"
    rf"|ours is|hers is|his is)(?: at)? (?:number |no\.? ?)?)(?P<row>{_ONE})"
    rf"(?=,? (?:the (?:one|house|bungalow|flat|end|corner|white|blue|green|red|black|door|gate)\b"
    rf"|(?:on|in|at|down|up|of|just off|along) (?-i:[A-Z][a-z'’]+ )(?-i:[A-Z][a-z]+ )?{_KIND}\b)"
    rf"|[^.!?\n]{{0,40}}?,? [^.!?\n,]{{0,20}}?{_KIND},? (?-i:[A-Z]{{1,2}}[0-9]{{1,2}} [0-9]…))",
    re.IGNORECASE,
)
# Before a masked one: "14, [number] and [number] Mill Road".
_BEFORE = re.compile(
    r"(?P<lead>(?:^|\n|\b(?:at|outside|opposite|of|both|between|from|numbers?|houses|no|nos|by|and|to)\.? ))"
    r"(?P<row>[0-9]{1,3}[a-f]?)(?=(?:, |,? and | & | or | to )(?:number |no\.? ?)?\[number\])",
    re.IGNORECASE,
)
# After the street of a masked one: "[number] Mill Road or 16".
_AFTER = re.compile(
    rf"(?P<lead>\[number\] {_STREET},? (?:or|and|not|nor|then|instead of) (?:at |number |no\.?"
    rf" ?)?)(?P<row>{_ONE})"
    r"(?=\s*(?:[,.;:!?)]|$|\b(?:is|are|has|have|had|who|as|again|too|but|though)\b))",
    re.IGNORECASE,
)
# What was done for or to houses beside a masked one: "when 64 and 60 got emptied".
_DONE = re.compile(
    rf"(?P<lead>\b(?:when|while|whilst|and|but|only|not|even|yet|though|because|cos|as|so|why|just)"
    rf" )(?P<row>{_TWO})"
    r"(?= (?:both |all |have |has |had |got |get |gets |was |were |did |are |is |always ){1,3}"
    r"(?:the same|emptied|collected|missed|flooded|done|burgled|delivered|theirs|their|there|swept"
    r"|fixed|gritted"
    r"|cleared"
    r"|skipped|fine|ok|okay|empty|one|new|keys?)\b)",
    re.IGNORECASE,
)
_EITHER = re.compile(
    rf"(?P<lead>(?<![\w.:,/\-£$€]))(?P<row>{_TWO})(?= (?:on )?(?:either|each|both) sides?\b)", re.IGNORECASE
)
# Where callers and thieves go: "a knock at 44, they went to 46 after".
_CALLERS = re.compile(
    r"\b(?:knock(?:ed|ing|s)?|door ?to ?door|door-to-door|cold call\w*|doorbell|salesm[ae]n|hawkers?"
    r"|door handles|broke in(?:to)?|broken into|burgl\w+|jehovah\w*|trick or treat\w*)\b",
    re.IGNORECASE,
)
_CALLED = re.compile(
    rf"(?P<lead>\b(?:knock(?:ed|ing|s)?(?: on| at)?|at|to|from|on|tried|burgled|into|then|did) )"
    rf"(?P<row>{_TWO}){_NOT}(?=\s*(?:[,.;:!?)]|$|\b(?:and|then|after|next|they|he|she|but|last|this|on"
    rf"|yesterday"
    r"|tonight|today|again|who|in|around|about)\b))",
    re.IGNORECASE,
)
# With a letter it is no hour: "noise from 6a".
_LETTERED = re.compile(
    r"(?P<lead>\b(?:from|at|outside|opposite|behind|by) )(?P<row>[0-9]{1,3}[a-f])(?=\s*(?:[,.;:!?)]|$"
    r"|\b(?:and|or|who"
    r"|is|are|has|have|again|every)\b))",
    re.IGNORECASE,
)
# The street first: "living at Mill Road 14", "Mill Road (no. 14)".
_FIRST = re.compile(
    rf"(?P<lead>\b(?:liv(?:e|es|ing)|stay(?:s|ing)?|address(?: is|:)?|moved|house)(?: at| in| on| to)?"
    rf" {_STREET},? )"
    rf"(?P<row>{_ONE})(?=\s*(?:[,.;:!?)]|$|\n))"
    rf"|(?P<lead2>\b{_KIND} \((?:house |door )?(?:no\.?|number|nr\.?) ?)(?P<row2>{_ONE})(?=\))",
    re.IGNORECASE,
)


def masked(text: str, told: Signs = ALL) -> str:
    """The text with such numbers as ``[number]``."""
    if MARK not in text and not told & _SIGNS:
        return text
    forms = {form for sign, form in (("mine", "mine"), ("street first", "first")) if sign in told}
    if MARK in text:
        forms |= {"before", "after", "done", "lettered"}
    if "caller" in told and _CALLERS.search(text):
        forms.add("called")
    if "sides" in told:
        text = _EITHER.sub(lambda m: _row(m) if HOMES.search(m.string) else m[0], text)
    return _around(text, forms) if forms else text


def _around(text: str, forms: set[str]) -> str:
    """The text with what the forms find around its numbers replaced, by the word that leads to each."""
    parts, done = [], 0
    for at, end in numbers(text):
        if end - at > 3 or at < done:
            continue
        before = text[max(0, at - 14) : at]
        lead = before.rstrip(" ,").rpartition(" ")[2].lower().lstrip("(").rpartition("\n")[2]
        kinds = _LEADS.get(lead, ()) if lead else ("before",)
        for kind in kinds:
            found = kind in forms and _FORMS[kind].search(text, max(done, at - BEFORE), at + AFTER)
            if found and at in (found.start("row"), found.start("row2") if kind == "first" else -1):
                parts += [text[done : found.start()], _called(found) if kind == "called" else _row(found)]
                done = found.end()
                break
    return "".join([*parts, text[done:]])


_SIGNS = frozenset({"mine", "street first", "caller", "sides"})
BEFORE, AFTER = 56, 130  # characters around a number in which its form stands
_FORMS = {
    "mine": _MINE,
    "before": _BEFORE,
    "after": _AFTER,
    "done": _DONE,
    "called": _CALLED,
    "lettered": _LETTERED,
    "first": _FIRST,
}
_LEADS: dict[str, tuple[str, ...]] = {}
for _kind, _leads in (
    ("before", "at outside opposite of both between from number numbers houses no no. by and to"),
    ("mine", "i'm i’m im am we're we’re are she's he's they're its it's mine's is at number no no."),
    (
        "first",
        "street st road rd avenue ave lane ln drive close crescent cres court grove terrace gardens gdns way",
    ),
    (
        "first",
        "place square row mews view rise no no. number nr nr. street, road, lane, avenue, close, drive,",
    ),
    ("after", "or and not nor then of at number no no."),
    ("done", "when while whilst and but only not even yet though because cos as so why just"),
    ("lettered", "from at outside opposite behind by"),
    ("called", "knock knocked knocking knocks at to from on tried burgled into then did"),
):
    for _lead in _leads.split(" "):
        _LEADS[_lead] = (*_LEADS.get(_lead, ()), _kind)


def _row(found: re.Match[str]) -> str:
    name = "row" if found["row"] else "row2"
    at = found.start(name) - found.start()
    return found[0][:at] + _EACH.sub(MARK, found[name]) + found[0][at + len(found[name]) :]


def _called(found: re.Match[str]) -> str:
    """Small figures may be hours: only lettered ones, larger ones and those of a knock count."""
    text = found.string
    near = text[max(0, found.start() - 90) : found.start()] + text[found.end() : found.end() + 90]
    small = all(int(re.match("[0-9]+", n)[0]) <= 12 and n.isdigit() for n in _EACH.findall(found["row"]))  # type: ignore[index]
    return found[0] if small or not HOMES.search(found["lead"] + near) else _row(found)
