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

import re

from ahocorasick_rs import AhoCorasick, Implementation

from listening.clean.guard import Guard, Span, free
from listening.clean.namecues import BESIDE, BOTH, CUES, LISTED, LOW, ONE, ONE_NAME, PAIR, STRONG, UP
from listening.clean.namewords import (
    KINDS,
    LABELS,
    ROLES,
    ROYAL,
    SHORT,
    STARTERS,
    TRADES,
    VARIETY,
    WORDLIKE,
    WORKS,
)

MARK = "[name]"
# With no cue: a listed name and a surname, neither of them part of a longer run of capitals.
_PAIR = re.compile(
    # a capital first and what stands before it after: so only capitals are tried
    rf"(?P<name>[{UP}](?<![\w'’\-][{UP}])(?:(?:(?:ac?|c|'|l-)[{UP}])?[{LOW}]+(?:-[{UP}][{LOW}]+)?"
    rf"(?: {ONE}){{1,2}}|[A-Z]{{2,}}(?:-[A-Z]{{3,}})? [A-Z]{{4,}}(?:-[A-Z]{{3,}})?))(?![\w\[])"
)
_LONG, _MARKS = re.compile(rf"\b[{UP}{LOW}]{{4,}}"), re.compile(r"\[[\w -]+\]")
_STARTS = frozenset(".!?:;\"“‘'(*\n-–—")
_RULES = [(need, re.compile(pattern)) for need, _, pattern in CUES]
_WORDS = [(word, rule) for rule, (_, words, _) in enumerate(CUES) for word in words.split("|")]
_KIN_RULES = {rule for rule, (_, words, _) in enumerate(CUES) if "ask for" in words or " our " in words}
_GATE = AhoCorasick([word for word, _ in _WORDS], implementation=Implementation.DFA)
_QUIET = re.compile(
    r"(?i:\bmy name(?:'s| is)) (?P<name>[a-z][a-z'\-]+(?: [a-z][a-z'\-]+)?)(?=\s*(?:[,.!?;]|$|and\b"
    r"|from\b|i\b|i'm\b))"
)
_QUIET_TITLE = re.compile(
    r"(?<!the )(?<!my )(?<!our )(?<!your )(?<!and )\b(?P<title>mr|mrs) (?P<name>[a-z][a-z'\-]{2,})\b"
)
# "our gemma", "ask for walt": only a listed name.
_QUIET_KIN = re.compile(
    r"\b(?:our|uncle|auntie|aunty|ask for) (?P<name>[a-z]{3,})\b(?! (?:and|road|street|lane|close|avenue"
    r"|court)\b)"
)
_TITLE = r"(?:(?:Mr|Mrs|Ms|Miss|Dr)\.? )?"
_OFFICE = re.compile(
    r"(?:\b(?:Cllrs?|Councillors?|MPs?|Mayor|Mayoress|Sir|Dame|Lord|Lady|Baroness|Leader|Minister|Secretary"
    r"|Commissioner|PCC|President|Prof(?:essor)?|PC|WPC|PCSO|Sgt|Sergeant|Insp|Inspector|Supt|Superintendent"
    r"|Constable|DC|DS|DI|DCI|Rev|Reverend|Revd|Vicar|Canon|Bishop|Judge|Coroner|[Hh]ead ?[Tt]eacher"
    r"|Headmaster|Headmistress|[Hh]ead|Head Mistress|Principal|Chief Executive|Alderman|Captain|King|Queen"
    r"|Prince|Princess|Saint|St|Pope)\.?,? "
    rf"){_TITLE}$"
)
_OFFICE_OF = re.compile(
    rf"\b(?i:head|principal|leader|chair|director|chief executive|chief constable) "
    rf"(?:of|at) [^.!?\n]{{2,40}}, {_TITLE}$"
)
_MP = re.compile(
    r"(?:,? MP\b|,? \(?(?:the |our )?(?:head ?(?:teacher|master|mistress)|head of|head at|principal of"
    r"|leader of|mayor of|chief constable|chief executive|police and crime|councillor|cllr"
    r"|your councillor)\b|,? \((?:Lab|Con|Lib|LD|Green|Reform|Ind|UKIP)[a-z ]{0,16}\))",
    re.IGNORECASE,
)
# Initials and a surname: "P. Limb"; not "plan B. Then".
_INITIALS = re.compile(rf"(?<![\w.'’\-])(?P<name>(?:[A-Z]\.[ ]?){{1,3}}{ONE})(?![\w\[])")
_SIGNED = re.compile(
    rf"(?:[.!?)\]…][ ]{{1,3}}|\n)(?:(?i:cheers|thanks|thank you|thx|ta|love|best|regards|from),? )?{ONE_NAME}"
    rf"(?= x{{1,4}}\b| from [A-Z]|[\s.!]*$)"
    r"(?: x{1,4}| from [A-Z][a-z]+)?[\s.!]*$"
)
_AND = re.compile(rf"(?:,| and| &) {ONE_NAME}")


def masked(text: str, guard: Guard) -> str:
    """The text with private people's names as ``[name]``; whoever holds an office stays."""
    low = " " + text.lower().replace("\n", " ")
    rules = {_WORDS[word][1] for word, _, _ in _GATE.find_matches_as_indexes(low, overlapping=True)}
    for rule in sorted(rules):
        need, pattern = _RULES[rule]
        text = _apply(text, pattern, need, guard)
    if _POINT.search(text):
        text = _INITIALS.sub(lambda found: _initialed(found, text, guard), text)
    if _TWO.search(text):
        text = _pairs(text, guard)
    if MARK in text:
        text = _joined(text, guard)
    text = _signed(text, guard)
    if rules & {0, 1}:  # a name in lower case is only taken after "my name is" and "mr", "mrs"
        for quiet in (_QUIET, _QUIET_TITLE):
            text = quiet.sub(lambda m: _quietly(m, guard), text)
    if rules & _KIN_RULES:
        text = _QUIET_KIN.sub(lambda m: _quietly(m, guard) if m["name"] in guard.given else m[0], text)
    return text


_TWO = re.compile(rf"[{UP}][\w'’\-]* [{UP}]")  # what a pair can't do without, and quicker to see
_POINT = re.compile(r"[A-Z]\. ?[A-Z]")


def _initialed(found: re.Match[str], text: str, guard: Guard) -> str:
    """``[name]`` for initials and a surname, unless the letter ends a sentence or labels something."""
    whole, before = found["name"], text[max(0, found.start() - 60) : found.start()].rstrip(" ")
    run = "" if not before or before[-1].isspace() else before.split()[-1]
    single = whole.count(".") == 1
    if re.sub(r"[^A-Z]", "", whole.rpartition(".")[0] + ".").lower() in SHORT:
        return whole
    labelled = run.lower().strip(",;:(\"'") in LABELS or (
        run[:1].isupper() and run.lower() not in ROLES and run[-1:] not in _STARTS and run[-1:] not in ",;"
    )
    starter = found["name"].rpartition(".")[2].strip().lower() in STARTERS
    if (
        labelled
        or (single and (starter or whole[0] == "X"))
        or (single and run[:1].isupper() and not _first(before[: len(before) - len(run)]) and run[-1:] != ",")
    ):
        return whole
    if re.sub(r"[^a-z]+", " ", whole.lower()) in guard.figures or (
        single and _first(before) and before and text[found.end() :].strip(" .!x\n")
    ):  # as a text's last words it is a signature
        return whole
    start, end = found.span("name")
    stop = _stop(text, start, end, found, PAIR, guard, guard.spans(text))
    return MARK + text[stop:end] if stop > start else whole


def _signed(text: str, guard: Guard) -> str:
    """A listed name that ends a text by itself, as a signature does, is masked."""
    tail = text[-60:]
    if not tail.rstrip(" .!x\n").rpartition(" ")[2][:1].isupper() and "\n" not in tail:
        return text
    found = _SIGNED.search(tail)
    if found is None or found["name"].lower().partition("-")[0].split()[0] not in guard.given:
        return text
    return text[: len(text) - len(tail)] + _apply(tail, _SIGNED, LISTED, guard)


def _joined(text: str, guard: Guard) -> str:
    """Listed names in a row after a masked one go too: "[name], Zayn and Olu"."""
    parts, done, spans = [], 0, None
    while (at := text.find(MARK, done)) >= 0:
        parts.append(text[done : at + len(MARK)])
        done = at + len(MARK)
        while found := _AND.match(text, done):
            spans = guard.spans(text) if spans is None else spans
            start, end = found.span("name")
            stop = _stop(text, start, end, found, LISTED, guard, spans)
            if stop == start:
                break
            parts += [text[done:start], MARK]
            done = stop
    return "".join([*parts, text[done:]])


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
    if len(words) == 3 and _first(text[:start]) and not {words[0].lower()} & (ROYAL | guard.given):
        start += len(words[0]) + 1  # "Ask Gordon Pliversedge where it went"
    before = text[:start].rstrip(" ")
    run = "" if not before or before[-1].isspace() else before.split()[-1]  # none at the start of a line
    raised = run[:1].isupper() or run.startswith(MARK)
    if raised and run[-1:] not in _STARTS and not _first(before[: len(before) - len(run)][-3:]):
        return whole  # "St John Fisher", "King George": a longer name of something else
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


_TITLED, _SHORT_TITLE = (
    re.compile(rf"(?i:{words})\b") for words in ("mr|mrs|ms|mx|mister", "mr|mrs|ms|miss")
)
_TOKEN, _FOLLOWING = re.compile("[^ ]+"), re.compile(r"(['’]?s['’]?|['’])?[ ]([\w']+)")
_CALLED = re.compile(r"(?:man|woman|bloke|lad|lass|guy|lady) called $")


def _stop(
    text: str, start: int, end: int, found: re.Match[str], need: str, guard: Guard, spans: list[Span]
) -> int:
    """Where the name that begins at ``start`` ends; ``start`` itself where there is none to mask."""
    titled = _TITLED.match(found[0]) is not None or "name" in found[0].lower()[:8]
    title = _SHORT_TITLE.match(found[0])
    if (need != STRONG or title) and _figure(text[start:end], title[0] if title else "", guard):
        return start
    titled = titled or _CALLED.search(text[max(0, start - 16) : start]) is not None
    tokens = [(start + m.start(), start + m.end()) for m in _TOKEN.finditer(text[start:end])]
    following = _FOLLOWING.match(text, end)
    if following and (
        following[2].lower() in WORKS or (following[1] and need != STRONG and following[2].lower() in TRADES)
    ):
        return start
    if need == BOTH and text[max(0, start - 12) : start].lower().endswith(VARIETY):
        return start
    if (
        following
        and following[2].lower() in KINDS
        and (following[2][0].isupper() or not following[1])  # "Joe's Cafe", not "Joe's house"
    ):
        return start
    kept: list[Span] = []
    for a, b in tokens:
        word = text[a:b].lower()
        if b < end and len(word.rstrip(".")) == 1:
            kept.append((a, b))  # an initial
            continue
        if word in KINDS:
            return start  # "Smith Street", "Jones Bakery"
        places = [s for s in spans if not free([s], a, b)]
        surname = titled and len(tokens) == 1 and places == [(a, b)]  # "Mr Sutton" is no town
        if not surname and (word in guard.ordinary or places):
            break
        kept.append((a, b))
    while kept and len(text[slice(*kept[-1])].rstrip(".")) == 1:
        kept.pop()
    if not kept or _in_office(text, start, kept[-1][1], titled, guard):
        return start
    first = text[kept[0][0] : kept[0][1]].lower().partition("-")[0]
    listed = first in guard.given or (need not in (BOTH, STRONG) and len(kept) > 1 and first in WORDLIKE)
    if need == BESIDE:
        listed = listed or (len(kept) > 1 and any(text[a:b].lower() in guard.given for a, b in kept))
    shouted = need == STRONG and not titled and _titlecase(found, start - found.start())
    if (need in (LISTED, BOTH, BESIDE) or shouted) and not listed:
        return start
    if need == BOTH and len(kept) < 2:
        return start
    if need == PAIR and len(kept) < 2 and not listed:
        return start
    return kept[-1][1]


def _figure(name: str, title: str, guard: Guard) -> bool:
    """Whether a name is that of a figure, a brand or the like, alone or with its title."""
    words = name.lower().split()
    said = {" ".join(words), " ".join(words[:2]), " ".join(words[-2:])} if len(words) > 1 else set()
    if title:
        said.add(f"{title.lower()} {words[0]}")
    return bool({*said, *(form.removesuffix("s") for form in said)} & guard.figures)


def _titlecase(found: re.Match[str], length: int) -> bool:
    """Whether the cue itself is written like a headline: "My Neighbour Keeps Parking Here"."""
    cue = found[0][:length].split()
    return len(cue) > 1 and cue[-1][:1].isupper()


def _in_office(text: str, start: int, end: int, titled: bool, guard: Guard) -> bool:
    name = text[start:end].lower()
    if name in guard.holders or (titled and name in guard.surnames):
        return True
    before = text[max(0, start - 70) : start]
    if "," in before[-7:] and _OFFICE_OF.search(before):
        return True
    return bool(_OFFICE.search(before[-28:]) or _MP.match(text, end))


def _quietly(found: re.Match[str], guard: Guard) -> str:
    """A name in lower case, where the cue is strong and the words after it are no ordinary ones."""
    name = found["name"].split()
    if name[0] in guard.ordinary or found["name"] in guard.holders or name[-1] in guard.surnames:
        return found[0]
    if found.re is _QUIET_TITLE and f"{found['title']} {name[0]}" in guard.figures:
        return found[0]
    more = name[1:] and name[1] in guard.ordinary
    cue = found[0][: len(found[0]) - len(found["name"])]
    return cue + MARK + (f" {name[1]}" if more else "")
