"""Names of private people, masked where a cue gives them away.

Cues lead because no list of names is complete, and lists miss minority names most. A strong cue
("my name is", "Mrs", "my neighbour", "a man called") takes any capitalised name; a weak one
("thanks to", "ask for", "our") needs a given name on the list; after "RIP" two words will do too; and what
is said of strangers ("avoid", "renting off", "who runs") needs a listed name and a surname. With no cue
at all a listed name with a capitalised surname goes too, outside headlines: what is told of a stranger
in public is seldom introduced ("Ask Gordon Pliversedge where the money went").
Precision comes first: a lone name without a cue stays, and whoever shows a post must say "masked where
recognised". Office-holders, streets, schools and towns of the area are never masked.
"""

# ruff: noqa: SIM905 - a list of words reads best as words

import re

from ahocorasick_rs import AhoCorasick, Implementation

from listening.clean.guard import Guard, Span, free

MARK = "[name]"
_UP, _LOW = "A-ZÀ-ÖØ-Þ\u0100-\u017f", "a-zß-öø-ÿ\u0100-\u017f"
_ONE = rf"(?:Mc|Mac|O'|D'|Al-|El-)?[{_UP}][{_LOW}]+(?:-[{_UP}][{_LOW}]+)?"
_NAME = rf"(?P<name>{_ONE}(?:[ ]{_ONE}){{0,2}})(?![\w\[])"
_KIN = (
    r"neighbou?rs?|(?:next|next-)[ ]?door neighbou?rs?|son|daughter|wife|husband|partner|mum|mam|mom"
    r"|dad|mother|father|brother|sister"
    r"|friends?|mate|nan|nana|grandad|granddad|grandma|grandson|granddaughter|niece|nephew|uncle|aunt"
    r"|auntie|aunty|cousin|boyfriend"
    r"|girlfriend|fianc[eé]e?|carer|landlord|landlady|tenant|colleague|stepson|stepdaughter|ex|baby"
    r"|lad|lass|lodger|cleaner|babysitter"
)
_SOMEBODY = (
    r"man|woman|lad|lass|bloke|guy|lady|girl|boy|kid|child|person|pensioner|neighbou?r|someone"
    r"|somebody|chap|fella|teacher|driver|owner"
    r"|resident|mother|father|mum|dad|son|daughter|youth|teenager|couple|chap|worker|manager|nurse|carer"
)
_AFTERWARDS = r"next door|over the road|across the road|down the road|(?:at|from|of|in) \[number\]"
STRONG, PAIR, LISTED = "any name", "two words, or a listed name", "a listed name"
BOTH = "two words, the first listed"
# What the name must be, the cue's own words in lower case (a text without them skips the rule), the rule.
_CUES = [
    (STRONG, "my name|i am called|i'm called",
     rf"(?i:\bmy name(?:'s| is)|\bI am called|\bI'm called) {_NAME}"),
    (STRONG, "mr|mrs| ms| mx|mister| miss ",
     rf"\b(?i:Mr|Mrs|Ms|Mx|Mister)\.? {_NAME}|\bMiss {_NAME.replace('?P<name>', '?P<miss>')}"),
    (STRONG, "mr|mrs| ms| miss ",
     r"\b(?:MR|MRS|MS|MISS)\.? (?P<name>[A-Z][A-Z'\-]{2,})\b"),
    (STRONG, " neighbo| next| son| daughter| wife| husband| partner| mum| mam| mom| dad| mother| father"
     "| brother| sister| friend| mate| nan| grand| niece| nephew| uncle| aunt| cousin| boyf| girlf| fianc"
     "| carer| landl| tenant| colleague| step| ex | ex,| baby| lad| lass| lodger| cleaner",
     rf"\b(?i:my|our|his|her|their) (?:(?i:old|late|elderly|little|eldest|youngest|best|dear)"
     rf" )?(?i:{_KIN}),? (?:(?i:called|named) )?{_NAME}"),
    (STRONG, "called |named |name of |calling |calls ",
     rf"\b(?i:{_SOMEBODY})(?i:'s| is| was| who is|,)? (?i:called|named|by the name of) {_NAME}"
     rf"|\b(?i:call(?:s|ed|ing)? (?:him|her|them)sel(?:f|ves)) {_NAME.replace('?P<name>', '?P<self>')}"),
    (STRONG, "regards|yours ",
     rf"(?i:\b(?:kind |best |warm )?regards|\byours (?:sincerely|faithfully))[,.]?\s{_NAME}(?=[\s.!]*$)"),
    (PAIR, "rip|r.i.p|rest in peace|memory of|funeral|condolences|happy |the name",
     rf"(?:\bRIP\b|\bR\.I\.P\.?|(?i:\brest in peace|\bin (?:loving )?memory of|\bfuneral (?:of|for)"
     rf"|\bcondolences to(?: the family of)?|\bin the name(?: of)?|\bhappy [0-9]{{1,3}}(?:st|nd|rd|th)"
     rf"(?: birthday)? to)),? (?:(?i:to) )?{_NAME}"),
    (LISTED, "thank|cheers|shout|well done|kudos|congrat|hats off|big up",
     rf"(?i:\b(?:many )?thanks|\bthank you|\bthankyou|\bcheers|\bshout ?out|\bwell done|\bkudos"
     rf"|\bcongrat(?:ulation)?s|\bhats off|\bbig up)(?i:,? to| goes to|,)?\s{_NAME}"),
    (LISTED, "ask for|speak |spoke |contact | call | ring | text | email | message | phone | dm | rang "
     "|called |messaged ",
     rf"(?i:\bask for|\bsp(?:eak|oke) (?:to|with)|\b(?:contact|call|ring|text|email|message|phone|dm"
     rf"|rang|called|messaged)) {_NAME}"),
    (LISTED, "next door|the road|[number]",
     rf"\b{_NAME} (?={_AFTERWARDS})"),
    (LISTED, " our | uncle | aunt| happy birthday| congrats to| bless ",
     rf"\b(?i:our|uncle|auntie|aunty|aunt|happy birthday(?: to)?(?: our)?|bless) {_NAME}"),
    (LISTED, " old | owd | ole | big | young | poor | everyone knows| everybody knows",
     rf"(?<!the )(?<!The )\b(?i:old|owd|ole|big|young|poor|(?:everyone|everybody) knows) {_NAME}"),
    (BOTH, "do not use|don't use|dont use|avoid|away from|name and shame|names and shames|renting off|rent "
           "off|rents off"
     "|renting from|bought off|bought from|hired |recommend |leave your",
     rf"\b(?i:(?:do not|don't|dont|never) use|avoid|(?:stay|keep|steer)(?: well)? (?:away|clear) (?:from"
     rf"|of)|name and shame(?: time)?[:,]?"
     rf"|rent(?:ing|s)? (?:off|from)|bought (?:off|from)|hired|recommend|leave your \w+ with) {_NAME}"),
    (BOTH, "who run|who ran|who rent|who own|who live|who coach|who work|who does|who took|who kept|who "
           "charge|who call| that runs| that rents| took my| took our| kept my| kept our| stole | nicked my"
           "| has had ",
     rf"\b{_NAME},? (?=(?i:who (?:runs?|ran|rents?|owns?|lives?|coaches|works?|does|took|kept|charges"
     rf"|calls)|that (?:runs|rents)"
     rf"|took (?:my|our)|kept (?:my|our)|stole |nicked my|has had (?:my|our|money)))"),
]  # fmt: skip
# With no cue: a listed name and a surname, neither of them part of a longer run of capitals.
_PAIR = re.compile(
    rf"(?<![\w'’\-])(?P<name>{_ONE}(?: {_ONE}){{1,2}}|[A-Z]{{3,}} [A-Z]{{4,}}(?:-[A-Z]{{3,}})?)(?![\w\[])"
)
_LONG, _MARKS = re.compile(rf"\b[{_UP}{_LOW}]{{4,}}"), re.compile(r"\[[\w -]+\]")
_ROYAL = frozenset("king queen prince princess saint st pope duke lord lady jesus".split())
_STARTS = frozenset(".!?:;\"“‘'(*\n-–—")
_RULES = [(need, re.compile(pattern)) for need, _, pattern in _CUES]
_WORDS = [(word, rule) for rule, (_, words, _) in enumerate(_CUES) for word in words.split("|")]
_KIN_RULES = {rule for rule, (_, words, _) in enumerate(_CUES) if "ask for" in words or " our " in words}
_GATE = AhoCorasick([word for word, _ in _WORDS], implementation=Implementation.DFA)
_QUIET = re.compile(
    r"(?i:\bmy name(?:'s| is)) (?P<name>[a-z][a-z'\-]+(?: [a-z][a-z'\-]+)?)(?=\s*(?:[,.!?;]|$|and\b"
    r"|from\b|i\b|i'm\b))"
)
_QUIET_TITLE = re.compile(r"\b(?:mr|mrs) (?P<name>[a-z][a-z'\-]{2,})\b")
# "our gemma", "ask for walt": only a listed name.
_QUIET_KIN = re.compile(
    r"\b(?:our|uncle|auntie|aunty|ask for) (?P<name>[a-z]{3,})\b(?! (?:and|road|street|lane|close|avenue"
    r"|court)\b)"
)
_OFFICE = re.compile(
    r"(?:\b(?:Cllrs?|Councillors?|MPs?|Mayor|Mayoress|Sir|Dame|Lord|Lady|Leader|Minister|Secretary"
    r"|Commissioner|PCC|President|Prof(?:essor)?)\.?,? )$"
)
_MP = re.compile(r",? MP\b")
_KINDS = frozenset(
    (
        "street st road rd avenue ave lane drive close court crescent grove gardens terrace way walk hill "
        "rise row mews square park estate green farm school academy primary college church chapel hospital "
        "surgery centre center library hall pub arms inn hotel house shop stores bakery butchers garage "
        "cafe fc afc rfc cc club society trust council ltd plc group association charity band choir ward "
        "parish day bridge pond wood woods lake reservoir dam station motors cars taxis travel coaches "
        "construction homes builders fish bar chippy salon cars hospice foundation"
    ).split()
)


def masked(text: str, guard: Guard) -> str:
    """The text with private people's names as ``[name]``; whoever holds an office stays."""
    low = " " + text.lower().replace("\n", " ")
    rules = {_WORDS[word][1] for word, _, _ in _GATE.find_matches_as_indexes(low, overlapping=True)}
    for rule in sorted(rules):
        need, pattern = _RULES[rule]
        text = _apply(text, pattern, need, guard)
    if _PAIR.search(text):
        text = "[link]".join(_pairs(part, guard) for part in text.split("[link]"))
    if rules & {0, 1}:  # a name in lower case is only taken after "my name is" and "mr", "mrs"
        for quiet in (_QUIET, _QUIET_TITLE):
            text = quiet.sub(lambda m: _quietly(m, guard), text)
    if rules & _KIN_RULES:
        text = _QUIET_KIN.sub(lambda m: _quietly(m, guard) if m["name"] in guard.given else m[0], text)
    return text


def _pairs(text: str, guard: Guard) -> str:
    return text if _headline(text) else _PAIR.sub(lambda found: _pair(found, text, guard), text)


def _headline(text: str) -> bool:
    """Whether nearly all longer words have capitals, so that a capital tells nothing."""
    long = _LONG.findall(_MARKS.sub(" ", text))
    raised = sum(word[0].isupper() for word in long)
    return len(long) > 3 and 5 * raised > 4 * len(long) and not all(word.isupper() for word in long)


def _pair(found: re.Match[str], text: str, guard: Guard) -> str:
    """``[name]`` for a listed name and a surname that stand in a text without a cue."""
    whole, start, end = found["name"], *found.span("name")
    words = whole.split()
    if len(words) == 3 and _first(text[:start]) and not {words[0].lower()} & (_ROYAL | guard.given):
        start += len(words[0]) + 1  # "Ask Gordon Pliversedge where it went"
    before = text[:start].rstrip(" ")
    run = "" if not before or before[-1].isspace() else before.split()[-1]  # none at the start of a line
    if run[:1].isupper() and run[-1:] not in _STARTS and not _first(before[: len(before) - len(run)]):
        return whole  # "St John Fisher", "King George": a longer name of something else
    if {text[start:end].lower(), text[start:end].lower().removesuffix("s")} & guard.figures:
        return whole
    stop = _stop(text, start, end, found, BOTH, guard, guard.spans(text))
    return whole if stop == start else text[found.start() : start] + MARK + text[stop:end]


def _first(before: str) -> bool:
    """Whether what follows begins a sentence."""
    return not before.strip() or before.rstrip()[-1] in _STARTS


def _apply(text: str, pattern: re.Pattern[str], need: str, guard: Guard) -> str:
    found = pattern.search(text)
    if found is None:
        return text
    spans = guard.spans(text)
    parts, done = [], 0
    while found:
        start, end = next(found.span(g) for g in pattern.groupindex if found[g] is not None)
        stop = _stop(text, start, end, found, need, guard, spans)
        if stop > start:
            parts += [text[done:start], MARK]
            done = stop
        # the next cue may stand inside this name ("Mrs Rowe Mrs Pendle")
        found = pattern.search(text, stop if stop > start else max(start, found.start() + 1))
    return "".join([*parts, text[done:]])


def _stop(
    text: str, start: int, end: int, found: re.Match[str], need: str, guard: Guard, spans: list[Span]
) -> int:
    """Where the name that begins at ``start`` ends; ``start`` itself where there is none to mask."""
    titled = re.match(r"(?i:mr|mrs|ms|mx|mister)\b", found[0]) is not None or "name" in found[0].lower()[:8]
    titled = titled or re.search(r"(?:man|woman|bloke|lad|lass|guy|lady) called $", text[:start]) is not None
    tokens = [(start + m.start(), start + m.end()) for m in re.finditer(r"[^ ]+", text[start:end])]
    following = re.match(r"[ ]([\w']+)", text[end:])
    if following and following[1].lower() in _KINDS:
        return start
    kept: list[Span] = []
    for a, b in tokens:
        word = text[a:b].lower()
        if word in _KINDS:
            return start  # "Smith Street", "Jones Bakery"
        places = [s for s in spans if not free([s], a, b)]
        surname = titled and len(tokens) == 1 and places == [(a, b)]  # "Mr Sutton" is no town
        if not surname and (word in guard.ordinary or places):
            break
        kept.append((a, b))
    if not kept or _in_office(text, start, kept[-1][1], titled, guard):
        return start
    listed = text[kept[0][0] : kept[0][1]].lower().partition("-")[0] in guard.given
    shouted = need == STRONG and not titled and _titlecase(found, start - found.start())
    if (need in (LISTED, BOTH) or shouted) and not listed:
        return start
    if need == BOTH and len(kept) < 2:
        return start
    if need == PAIR and len(kept) < 2 and not listed:
        return start
    return kept[-1][1]


def _titlecase(found: re.Match[str], length: int) -> bool:
    """Whether the cue itself is written like a headline: "My Neighbour Keeps Parking Here"."""
    cue = found[0][:length].split()
    return len(cue) > 1 and cue[-1][:1].isupper()


def _in_office(text: str, start: int, end: int, titled: bool, guard: Guard) -> bool:
    name = text[start:end].lower()
    if name in guard.holders or (titled and name in guard.surnames):
        return True
    return bool(_OFFICE.search(text[max(0, start - 20) : start]) or _MP.match(text, end))


def _quietly(found: re.Match[str], guard: Guard) -> str:
    """A name in lower case, where the cue is strong and the words after it are no ordinary ones."""
    name = found["name"].split()
    if name[0] in guard.ordinary or found["name"] in guard.holders or name[-1] in guard.surnames:
        return found[0]
    more = name[1:] and name[1] in guard.ordinary
    cue = found[0][: len(found[0]) - len(found["name"])]
    return cue + MARK + (f" {name[1]}" if more else "")
