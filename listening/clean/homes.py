"""Homes: the number of a house and flat is masked, its street stays, because it places the post.

A number of one to three digits counts where a street of the area follows, or one to three
capitalised words and a kind of street. So a false alarm costs a digit and never a place. "At 7
Mill Road was gridlocked" can't be told from an address by its form; it loses the 7.
"""

# ruff: noqa: SIM905 - a list of words reads best as words

import re
from collections.abc import Callable

from listening.clean.guard import Guard, free
from listening.clean.outline import folded

_NUMBER = re.compile(
    r"(?P<first>[0-9](?<![0-9].)[0-9]{0,2})(?:[ ]?[a-fA-F])?(?:[ ]?(?P<by>[\-–/&]|to|and|or)"
    r"[ ]?(?P<last>[0-9]{1,3})[a-fA-F]?)?(?:[ ]?,?[ ]|,\n|,(?=[A-Z]))(?=[A-Za-z])"
)
_LEAD = re.compile(  # what stands before it and goes with it
    r"(?<!\w)(?P<flat>(?:flat|apartment|apt|unit)\.?[ ](?:(?:[0-9]{1,3}[a-z]?|[a-h])[ ]?,?[ ]"
    r"(?:(?:at|of|in)[ ])?)?)?"
    r"(?:(?:house[ ])?(?:(?:no\.?|number|nr\.?)[ ]?|house[ ]))?$",
    re.IGNORECASE,
)
_NOT_BEFORE = frozenset("£$€.,:/#+%-–_")
_WORD = re.compile(r"[\w'&.\-]+")
_TYPES = frozenset(
    (
        "street st road rd avenue ave av lane ln drive dr close cl court ct crescent cres grove gardens "
        "gdns terrace terr way walk rise row mews square sq croft parade mount hill view place villas "
        "cottages chase drove gate fold wharf dale meadows"
    ).split()
)
# Before the number: it counts something else.
_COUNTED = re.compile(
    r"(?<!['’])\b(?<!\bi['’])(?:top|bus|buses|route|phase|item|page|lap|class|junction|jct|service|step"
    r"|chapter|part"
    r"|section|stage|zone|platform|gate|exit|day"
    r"|week|year|tier|series|season|round|channel|level|grade|act|rule|article|covid|over|nearly|all"
    r"|about|around|another|last|next"
    r"|under|than|first|additional|extra|j|m|a|b|age|aged|agenda|minute|tram|train|band"
    r"|month|lamp|column|garage|stall|pitch|locker|bay|allotment|peg)\.?[ ]$",
    re.IGNORECASE,
)
# In small letters a street is known by its kind, if what stands before it is no common word.
_SMALL_TYPES = frozenset(
    "street st road rd avenue ave lane ln crescent cres grove terrace drive dr close court gardens".split()
)
_COMMON = frozenset(
    (
        "a an the this that these those and or of in on at to from for by with off up down per my our your "
        "his her their its is was are were be been has had have do does did not no more other another "
        "different same each every all some any new old big small long short wide narrow busy quiet main "
        "side back front high low whole half double single dual one two three four five six person child "
        "woman lane lanes mile miles minute minutes min mins hour hours day days week weeks month months "
        "year years yr yrs metre metres meter yard yards foot feet ft mph km wheel way ways bed bedroom car "
        "cars van vans bus buses lorry lorries house houses home homes flat flats people kids men lads "
        "times time street streets road roads close private local country village town city estate school "
        "hill park church station bin bins garden tennis county crown magistrates high food squash "
        "basketball badminton grass hard test driving first second third next last left right wrong bad "
        "good nice lovely bloody potholes holes trees signs lights cones gritted blocked closed shut wet "
        "dry rainy dark very too so such like just only even still near past along across over under "
        "through around outside opposite behind between towards into onto out through till until when while "
        "where who which what why how if than as but it he she they we you i him them us me acre acres plot "
        "plots new-build car-free tree point turn turning dead-end shared access service slip ring trunk "
        "toll link relief bypass pub shop shops bike cycle foot front rear side years olds year-old pm am "
        "oclock o'clock quid pounds pence p percent pints degrees inch inches cm mm"
    ).split()
)
# In a line of capitals a word that leads on is no street's: "2 BAGS DOWN MILL HILL".
_LOUD = frozenset("DOWN ON AT IN UP OFF OVER AND FOR TO BY NEAR ALONG OUTSIDE FROM WITH".split())
# After the street: the number counted these.
_MANY = frozenset(
    (
        "lights streetlights closures works roadworks safety trading residents bus buses stop stops schemes "
        "accidents crashes potholes reports complaints homes houses households people shops trees schools "
        "cars bungalows garages allotments cottages pensioners families signs drains gullies times days "
        "weeks months"
    ).split()
)
_NOT_STREET = frozenset(
    (
        "january february march april june july august september october november december jan feb mar apr "
        "jun jul aug sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday mph am "
        "pm km acre acres mile miles yard yards metre metres minute minutes hour hours day days week weeks "
        "month months year years new downing"
    ).split()
)
# After its street: "Acacia Avenue, number 12".
_AFTER = re.compile(
    r"(?P<street>[A-Za-z']+),?[ ](?:house[ ])?(?:no\.?|number|house)"
    r"[ ]?[0-9]{1,3}[a-f]?\b(?![.:][0-9]|[ ]?%)",
    re.IGNORECASE,
)
# No street at all: "the lady at number 12". A bus has a number too, and so has the Prime Minister.
_ALONE = re.compile(
    r"(?<!in )\b((?:at|outside|opposite|by|from|live at|lives at|house)[ ])(?:no\.?|number)"
    r"[ ]?(?!10\b)[0-9]{1,3}[a-f]?\b"
    r"(?![.:][0-9]|[ ]?%|[ ](?:bus|buses|tram|stop|on the|in the))",
    re.IGNORECASE,
)
# In words: "number nine, Cottage Close".
_SPELT = re.compile(
    r"\bnumber (?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif"
    r"|six|seven|eigh|nine)teen|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[- ](?:one|two"
    r"|three|four|five|six|seven|eight|nine))?)(?P<gap>,? (?:(?:on|in|at|of) )?)(?=[A-Za-z])",
    re.IGNORECASE,
)
_MOVED = re.compile(r"\bfrom $", re.IGNORECASE)
_SCORE = re.compile(r"[A-Z][A-Za-z]+ [0-9] [A-Z][A-Za-z]+ [0-9](?!\w)")  # "Kirkby 4 Selston 1"
_GLUED = re.compile(r"\b(?:no|num|flat|number)$", re.IGNORECASE)
# What stands at the address is no home.
_TRADE = re.compile(
    r"\b(?:is|was|used to be|now|empty|former|old|closed|boarded[ -]up) (?:now )?(?:the "
    r"|an? )?(?:\w+ )?(?:shop|takeaway"
    r"|salon|barber'?s?|butcher'?s?|bookie'?s|pub|surgery|dentist'?s?|nursery|caf[eé]|bank|church|office"
    r"|factory|chippy"
    r"|chip shop|garage|studio|warehouse|club|hotel|vape)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[.!?\n]")
_TENANT = re.compile(r"\b(?:tenant of|resident of|owner of|at|lives?|we're) $", re.IGNORECASE)
_NUMBER_DOT = re.compile(r"\b(?:no|nr|flat|apt)\.$", re.IGNORECASE)
MARK = "[number]"
LONGEST_NAME = 6  # words of a street's name


def masked(text: str, guard: Guard) -> str:
    """The text with the numbers of houses and flats as ``[number]``."""
    spans: list[tuple[int, int]] | None = None
    parts, done = [], 0
    for found in _NUMBER.finditer(text):
        before = text[max(0, found.start() - 40) : found.start()]
        joined = (before[-1:].isalnum() and not _GLUED.search(before[-7:])) or (
            before[-1:] in _NOT_BEFORE
            and not (before[-1:] == "," and before[-2:-1].isalpha())
            and not _NUMBER_DOT.search(before)
        )
        if joined or not _street_follows(text, found, guard) or _is_score(text, found):
            continue
        lead = _LEAD.search(before)
        start = found.start() - (len(lead[0]) if lead else 0)
        if (
            found["last"]
            and not _range(found)
            and text[found.start("last") - 2 : found.start("last")] == "/ "
        ):
            start = found.start("last")  # two items of a list: "… 5 / 88 Alfreton Road"
        if start < done or not _is_address(text, found, start, bool(lead and lead["flat"]), guard):
            continue
        spans = guard.spans(text) if spans is None else spans
        if free(spans, found.start("first"), found.end("first")):  # "100 Acre Lane" may be the street's name
            parts += [text[done:start], f"{MARK} "]
            done = found.end()
    marked = "".join([*parts, text[done:]])
    if _NAMED.search(folded(marked)) and ("umber" in marked or "UMBER" in marked or _NO.search(marked)):
        marked = _near(_AFTER, marked, _after)
        marked = _near(_ALONE, marked, lambda m: m[1] + MARK)
    return marked


_NAMED = re.compile(r"(?:no\.?|number|house) ?[0-9]")
_NO = re.compile(r"\b(?:no|house)\b", re.IGNORECASE)


def _is_score(text: str, found: re.Match[str]) -> bool:
    at = found.start()
    score = _SCORE.search(text, max(0, at - 20), found.end() + 20)
    return score is not None and score.start() < at < score.end()


def _near(pattern: re.Pattern[str], text: str, replace: Callable[[re.Match[str]], str]) -> str:
    """The text with what a pattern finds around "number" and the like replaced."""
    low = folded(text)
    if len(low) != len(text):
        return pattern.sub(replace, text)
    parts, done = [], 0
    for named in _NAMED.finditer(low):
        found = pattern.search(text, max(done, named.start() - 24), named.end() + 16)
        if found:
            parts += [text[done : found.start()], replace(found)]
            done = found.end()
    return "".join([*parts, text[done:]])


def _after(found: re.Match[str]) -> str:
    if found["street"].lower() not in _TYPES:
        return found[0]
    return f"{found['street']} {MARK}"


def words(text: str, at: int) -> list[tuple[int, str]]:
    """The words that follow, with where each ends."""
    found = [*_WORD.finditer(text, at, at + 90)][: LONGEST_NAME + 1]
    return [(m.end() - (m[0][-1] == "."), m[0]) for m in found]


def street(words: list[str], guard: Guard) -> int:
    """How many of the words are a street, one of the area or written like one; 0 for none."""
    return _protected(words, guard) or _looks_like(words)


def spelt(text: str, guard: Guard) -> str:
    """The text with house numbers that are written in words, before a street, as ``[number]``."""

    def number(found: re.Match[str]) -> str:
        words = _WORD.findall(text[found.end() : found.end() + 90])[: LONGEST_NAME + 1]
        return MARK + found["gap"] if _protected(words, guard) or _looks_like(words) else found[0]

    return _SPELT.sub(number, text)


def _street_follows(text: str, found: re.Match[str], guard: Guard) -> bool:
    """Whether the next word may begin a street: a capital, or the first word of one of the area's."""
    word = _WORD.match(text, found.end())
    if word is None:
        return False
    small = word[0].rstrip(".")
    return word[0][0].isupper() or small.lower() in guard.firsts or _small(text, found.end()) > 0


# Common words that begin a street's name, where somebody lives "at 55b station rd".
_PLACED = frozenset("station church high park school mill hill new north south grass".split())
_LIVED = re.compile(
    r"\b(?:at|live|lives|living|of|from|to|address:?|its|it's|mine|hers|,) ?[0-9]{1,3}[a-f]? $", re.IGNORECASE
)
_BLANKS_BETWEEN = re.compile(r"[A-Za-z'\-]+(?: [A-Za-z'\-]+){1,2}")


def _small(text: str, at: int) -> int:
    """How many words are a street's in small letters: one or two uncommon ones and a kind of street."""
    run = _BLANKS_BETWEEN.match(text, at, at + 60)  # "1 person: Road surface" is no street
    for n, word in enumerate(run[0].split(" ") if run else ()):
        low = word.lower()
        if n and low.removesuffix("'s") in _SMALL_TYPES:
            return n + 1
        if not n and low in _PLACED and _LIVED.search(text[max(0, at - 16) : at]):
            continue
        if low in _COMMON or low in _NOT_STREET or not low.removesuffix("'s").isalpha() or len(low) < 3:
            return 0
    return 0


def _is_address(text: str, found: re.Match[str], start: int, flat: bool, guard: Guard) -> bool:
    if (found.start("last") != start and not _range(found)) or _COUNTED.search(
        text[max(0, start - 16) : start]
    ):
        return False
    words = _WORD.findall(text[found.end() : found.end() + 90])[: LONGEST_NAME + 1]
    length = _protected(words, guard) or _looks_like(words) or _small(text, found.end())
    if not length:
        return False
    after = words[length].lower().strip(".'") if len(words) > length else ""
    if flat:
        return True
    counts = after in _MANY and not _TENANT.search(text[max(0, start - 14) : start])
    return not counts and not _TRADE.search(_SENTENCE.split(text[found.end() : found.end() + 90])[0])


def _protected(words: list[str], guard: Guard) -> int:
    """How many of the words are a street of the area; 0 for none. Case does not count."""
    low = [w.lower().rstrip(".") for w in words[:LONGEST_NAME]]
    for n in range(len(low), 0, -1):
        name = " ".join(low[:n])
        # one word alone ("Parkside") could be any word in lower case
        if name in guard.streets and (n > 1 or words[0][:1].isupper()):
            return n
    return 0


def _looks_like(words: list[str]) -> int:
    """How many words are capitalised ones and a kind of street; 0 for none."""
    if not words or words[0].lower() in _NOT_STREET or words[0].lower() in _MANY:
        return 0
    for n, word in enumerate(words[:4]):
        if n and word.lower().rstrip(".") in _TYPES:
            return n + 1
        if not word[:1].isupper() or word in _LOUD:
            return 0
    return 0


def _range(found: re.Match[str]) -> bool:
    """Whether a pair of numbers can be houses: 12-16 is, the score 2-0 and the date 3/11 are not."""
    if found["last"] is None:
        return found["first"] != "0"
    low, high = int(found["first"]), int(found["last"])
    if "a" <= found[0].rstrip(", \n")[-1].lower() <= "f":
        return low <= high  # "22a and 22b"
    if found["by"].lower() in ("and", "or", "&") or _MOVED.search(
        found.string, max(0, found.start() - 12), found.start()
    ):
        return low > 0 and high > 0 and low != high
    return high - low == 2 if found["by"] == "/" else low < high
