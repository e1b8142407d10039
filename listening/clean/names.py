"""Names of private people, masked where a cue gives them away.

Cues lead because no list of names is complete, and lists miss minority names most. A strong cue
("my name is", "Mrs", "my neighbour", "a man called") takes any capitalised name; a weak one
("thanks to", "ask for", "our") needs a given name on the list; after "RIP" two words will do too; and what
is said of strangers ("avoid", "renting off", "who runs") needs a listed name and a surname. With no cue
at all a listed name with a capitalised surname goes too, outside headlines: what is told of a stranger
in public is seldom introduced ("Ask Gordon Pliversedge where the money went").
A first name alone goes where what stands around it tells of a person (``namelone``). The famous stay.
Precision comes first: a lone name without a cue stays, and whoever shows a post must say "masked where
recognised". Office-holders, streets, schools and towns of the area are never masked.
"""

import re

from ahocorasick_rs import AhoCorasick, Implementation

from listening.clean import nameforms, namejudge, namelone
from listening.clean.guard import Guard, Span
from listening.clean.namecues import BOTH, CUES, LISTED, LOW, ONE, ONE_NAME, PAIR, STRONG, UP
from listening.clean.namewords import FAME, LABELS, ROLES, ROYAL, SHORT, STARTERS

MARK = "[name]"
# With no cue: a listed name and a surname, neither of them part of a longer run of capitals.
_PAIR = re.compile(
    # a capital first and what stands before it after: so only capitals are tried
    rf"(?P<name>[{UP}](?<![\w'’\-][{UP}])(?:(?:(?:ac?|c|'|l-)[{UP}])?[{LOW}]+(?:-[{UP}][{LOW}]+)?"
    rf"(?: [A-Z]\.?)?(?: {ONE}){{1,2}}|[A-Z]{{2,}}(?:-[A-Z]{{3,}})? [A-Z]{{4,}}(?:-[A-Z]{{3,}})?))(?![\w\[])"
)
_LONG, _MARKS = re.compile(rf"\b[{UP}{LOW}]{{4,}}"), re.compile(r"\[[\w -]+\]")
PASSES = 4
_STARTS = frozenset(".!?:;\"“‘'(*\n-–—")
_RULES = [(need, re.compile(pattern)) for need, _, pattern in CUES]
_WORDS = [(word, rule) for rule, (_, words, _) in enumerate(CUES) for word in words.split("|")]
_GATE = AhoCorasick([word for word, _ in _WORDS], implementation=Implementation.DFA)
_QUIET = re.compile(
    r"(?i:\bmy name(?:'s| is)) (?P<name>[a-z][a-z'\-]+(?: [a-z][a-z'\-]+)?)(?=\s*(?:[,.!?;]|$|and\b"
    r"|from\b|i\b|i'm\b))"
)
_QUIET_TITLE = re.compile(
    r"(?<!the )(?<!my )(?<!our )(?<!your )(?<!and )\b(?P<title>mr|mrs) (?P<name>[a-z][a-z'\-]{2,})\b"
)
# Initials and a surname: "P. Limb"; not "plan B. Then".
_BESIDE = r"\[(?:phone|e-mail|account|bank details|card number|number|date of birth|NI number|NHS number)\]"
_INITIALS = re.compile(
    rf"(?<![\w.'’\-])(?P<name>(?:[A-Z]\.[ ]?){{1,3}}{ONE}|(?:(?:[A-Z]\.[ ]?){{2,3}}[A-Z]{{4,}}"
    rf"|[A-Z]\. ?[A-Z]{{4,}}(?=,? ?\[))(?:-[A-Z]+)?)(?![\w\[])"
)
# With no points, right beside a mark: "A J Fettlewick, [bank details]".
_BARE = rf"(?:[B-HJ-Z][ ]|A[ ](?=[A-Z][ ])){{1,3}}{ONE}"
_BARE_BESIDE = re.compile(
    rf"(?<![\w.'’\-])(?P<name>{_BARE})(?=(?:,| -|:)? ?\(?{_BESIDE})"
    rf"|{_BESIDE}[,.:]? (?:name )?(?P<after>{_BARE})(?![\w\[])"
)
_NEXT_TO = re.compile(rf",? ?[:\-–(]? ?{_BESIDE}")
_SIGNED = re.compile(
    rf"(?:[.!?)\]…][ ]{{1,3}}|\n)(?:(?i:cheers|thanks|thank you|thx|ta|love|best|regards|from),? )?{ONE_NAME}"
    rf"(?= x{{1,4}}\b| from [A-Z]|[\s.!]*$)"
    r"(?: x{1,4}| from [A-Z][a-z]+)?[\s.!]*$"
)
_AND = re.compile(rf"(?:,| and| &| /| or| n| an) {ONE_NAME}")
# Part of what somebody is called: "Big [name]", "[name] "Dot" Fettle", "[name] P.".
_BIG = re.compile(
    rf"\b(?:Big|Little|Lil|Owd|Mad|Tall) \[name\]|\[name\](?: [\"“('](?:{ONE}|\[name\])[\"”)'] (?:{ONE}"
    rf"|\[name\])| [B-HJ-Z]\b\.?(?! ?[A-Z\[]))"
)


def masked(text: str, guard: Guard) -> str:
    """The text with private people's names as ``[name]``; whoever holds an office stays."""
    for again in range(PASSES):  # what stands beside a mark is read anew
        before, text = text, _once(text, guard, again > 0)
        if text == before or MARK not in text:
            break
    return text


def _once(text: str, guard: Guard, again: bool) -> str:
    low = f" {text.lower()} ".replace("\n", " ")
    listed = namelone.listed(low, guard)
    rules = (
        set()
        if again
        else {_WORDS[word][1] for word, _, _ in _GATE.find_matches_as_indexes(low, overlapping=True)}
    )
    for rule in sorted(rules):  # none again: cues see no marks of names
        need, pattern = _RULES[rule]
        if listed or need in (STRONG, PAIR):
            text = _apply(text, pattern, need, guard)
    if listed:
        text = namelone.masked(text, listed, guard)
    if "." in text and _POINT.search(text):
        text = _INITIALS.sub(lambda found: _initialed(found, text, guard), text)
    if MARK[0] in text:
        text = _apply(text, _BARE_BESIDE, PAIR, guard)
    if listed and _TWO.search(text):
        text = _pairs(text, guard)
    if MARK in text:
        text = _joined(text, guard)
    if listed:
        text = _signed(text, guard)
    if rules & {0, 1}:  # a name in lower case is only taken after "my name is" and "mr", "mrs"
        for quiet in (_QUIET, _QUIET_TITLE):
            text = quiet.sub(lambda m: _quietly(m, guard), text)
    return _BIG.sub(MARK, text) if MARK in text else text


_TWO = re.compile(rf"[{UP}][\w'’\-]* [{UP}]")  # what a pair can't do without, and quicker to see
_POINT = re.compile(r"[A-Z]\. ?[A-Z]")


def _initialed(found: re.Match[str], text: str, guard: Guard) -> str:
    """``[name]`` for initials and a surname, unless the letter ends a sentence or labels something."""
    whole, before = found["name"], text[max(0, found.start() - 60) : found.start()].rstrip(" ")
    run = "" if not before or before[-1].isspace() else before.split()[-1]
    single = whole.count(".") == 1
    if re.sub(r"[^A-Z]", "", whole.rpartition(".")[0] + ".").lower() in SHORT:
        return whole
    labelled = (
        run[-1:].isdigit()
        or run.lower().strip(",;:(\"'") in LABELS
        or (
            run[:1].isupper()
            and run.lower() not in ROLES
            and run[-1:] not in _STARTS
            and run[-1:] not in ",;"
        )
    )
    beside = _NEXT_TO.match(text, found.end()) is not None
    starter = found["name"].rpartition(".")[2].strip().lower() in STARTERS
    if (
        labelled
        or (single and (starter or whole[0] == "X"))
        or (
            single
            and run[:1].isupper()
            and not _first(before[: len(before) - len(run)])
            and run[-1:] != ","
            and not beside
        )
    ):
        return whole
    if re.sub(r"[^a-z]+", " ", whole.lower()) in guard.figures or (
        single
        and _first(before)
        and before
        and not beside
        and text[found.end() : found.end() + 1] not in tuple(',.;:)"')
        and text[found.end() : found.end() + 60].strip(" .!x\n")
    ):  # as a text's last words it is a signature
        return whole
    start, end = found.span("name")
    stop = namejudge.stop(text, start, end, "", PAIR, guard, guard.spans(text))
    return MARK + text[stop:end] if stop > start else whole


def _signed(text: str, guard: Guard) -> str:
    """A listed name that ends a text by itself, as a signature does, is masked."""
    tail = text[-60:]
    if not tail.rstrip(" .!x\n").rpartition(" ")[2][:1].isupper() and "\n" not in tail:
        return text
    found = _SIGNED.search(tail)
    if found is None or not namejudge.given(found["name"].lower().split()[0], guard):
        return text
    if found[0][found.start("name") - found.start() - 2 :][:1] in ".!? " and nameforms.PETS.search(
        text, max(0, len(text) - 200)
    ):
        return text  # "There's a duck in the underpass. Kevin."
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
            stop = namejudge.stop(text, start, end, "", LISTED, guard, spans)
            if stop == start:
                break
            parts += [text[done:start], MARK]
            done = stop
    return "".join([*parts, text[done:]])


def _pairs(text: str, guard: Guard) -> str:
    if _headline(text):
        return text
    spans = guard.spans(text)
    return _PAIR.sub(lambda found: _pair(found, text, guard, spans), text)


def _headline(text: str) -> bool:
    """Whether nearly all longer words have capitals, so that a capital tells nothing."""
    long = _LONG.findall(_MARKS.sub(" ", text))
    raised = sum(word[0].isupper() for word in long)
    return len(long) > 3 and 5 * raised > 4 * len(long) and not all(word.isupper() for word in long)


def _pair(found: re.Match[str], text: str, guard: Guard, spans: list[Span]) -> str:
    """``[name]`` for a listed name and a surname that stand in a text without a cue."""
    whole, start, end = found["name"], *found.span("name")
    words = whole.split()
    if (
        len(words) == 3
        and _first(text[max(0, start - 80) : start])
        and words[0].lower() not in ROYAL
        and not namejudge.given(words[0].lower(), guard)
    ):
        start += len(words[0]) + 1  # "Ask Gordon Pliversedge where it went"
    if not namejudge.given(text[start:end].split()[0].lower(), guard):
        return whole
    before = text[max(0, start - 80) : start].rstrip(" ")
    run = "" if not before or before[-1].isspace() else before.split()[-1]  # none at the start of a line
    raised = run[:1].isupper() or run.startswith(MARK)
    if run[-1:] in tuple(",;") and text.isupper():
        raised = False  # in capitals throughout they tell nothing
    if raised and run[-1:] not in _STARTS and not _first(before[: len(before) - len(run)][-3:]):
        return whole  # "St John Fisher", "King George": a longer name of something else
    stop = namejudge.stop(text, start, end, "", BOTH, guard, spans)
    if stop == start or _famous(text, start, end):
        return whole
    return text[found.start() : start] + MARK + text[stop:end]


_FAME = re.compile(rf"(?i:\b(?:{FAME})\b)")
# Before a pair: it is a place or a shop; after it: a firm, or the famous.
_AT = re.compile(
    r"(?i:\b(?:at|in|into|inside|near|nr|opposite|outside|via|past|behind|up|down|along|round|(?:back"
    r"|front|end|top|bottom|corner"
    r"|side) of|the) $)"
)
_FIRM = re.compile(
    r"(?i: (?:are|were|have|sell|do|don't|aren't|haven't|is (?:shut|closed|closing|open)|opens|delivers?)\b)"
)


def _famous(text: str, start: int, end: int) -> bool:
    """Whether a pair without a cue stands as a place, a firm or the famous do."""
    if _AT.search(text[max(0, start - 16) : start]) and not text.startswith(("'s", "’s"), end):
        return True
    firm = _FIRM.match(text, end) and not re.search(r"(?:\band|&) $", text[max(0, start - 5) : start])
    return bool(firm or _FAME.search(text, max(0, start - 160), end + 160))


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
        stop = namejudge.stop(text, start, end, text[found.start() : start], need, guard, spans)
        if stop > start:
            parts += [text[done:start], MARK]
            done = stop
        # the next cue may stand inside this name ("Mrs Rowe Mrs Pendle")
        found = pattern.search(text, stop if stop > start else max(start, found.start() + 1))
    return "".join([*parts, text[done:]])


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
