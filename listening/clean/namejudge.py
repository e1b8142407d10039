"""Whether capitals beside a cue are a private person's name, and where that name ends."""

import re
import unicodedata

from listening.clean.guard import Guard, Span, free
from listening.clean.namecues import BESIDE, BOTH, LISTED, PAIR, STRONG
from listening.clean.namelists import GIVEN, UNSURE
from listening.clean.namewords import DEEDS, KINDS, THINGS, TRADES, VARIETY, WORDLIKE, WORKS

_TITLED, _SHORT_TITLE = (
    re.compile(rf"(?i:{words})\b") for words in ("mr|mrs|ms|mx|mister", "mr|mrs|ms|miss")
)
_TOKEN, _FOLLOWING = re.compile("[^ ]+"), re.compile(r"(['’]?s['’]?|['’])?[ ]([\w']+)")
_MARKED = str.maketrans(
    {chr(n): unicodedata.normalize("NFKD", chr(n))[0] for n in range(0xC0, 0x180)}
    | {"ł": "l", "đ": "d", "ı": "i", "ø": "o", "’": "'"}
)
_CAPITAL = re.compile(" [A-Z]")
_PET = re.compile(r"(?i:answers to (?:the name (?:of )?)?(?:(?:mr|mrs|miss)\.? )?$)")
_CALLED = re.compile(r"(?:man|woman|bloke|lad|lass|guy|lady) called $")
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
_LEADER = re.compile(rf"\b(?i:leader|chair|head) of (?i:the )?(?i:council|opposition|planning),? {_TITLE}$")
_MP = re.compile(
    r"(?:,? MP\b|,? \(?(?:the |our )?(?:head ?(?:teacher|master|mistress)|head of|head at|principal of"
    r"|leader of|mayor of|chief constable|chief executive|police and crime|councillor|cllr"
    r"|your councillor)\b|,? \((?:Lab|Con|Lib|LD|Green|Reform|Ind|UKIP)[a-z ]{0,16}\))",
    re.IGNORECASE,
)


def stop(text: str, start: int, end: int, cue: str, need: str, guard: Guard, spans: list[Span]) -> int:
    """Where the name that begins at ``start`` ends; ``start`` itself where there is none to mask.

    ``cue`` is what was read before it, ``need`` how much the name must show of itself (``namecues``).
    """
    titled = _TITLED.match(cue) is not None or "name" in cue.lower()[:8]
    title = _SHORT_TITLE.match(cue)
    if (need != STRONG or title) and figure(text[start:end], title[0] if title else "", guard):
        return start
    if _PET.search(text[max(0, start - 32) : start]):
        return start
    if cue and figure(f"{cue.split()[-1]} {text[start:end]}" if cue.split() else "", "", guard):
        return start  # "Big Ben"
    titled = titled or _CALLED.search(text[max(0, start - 16) : start]) is not None
    tokens = [(start + m.start(), start + m.end()) for m in _TOKEN.finditer(text[start:end])]
    if _thing(text, start, end, need):
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
        if (
            kept
            and need != BOTH
            and places
            and all(s == (a, b) for s in places)
            and not _CAPITAL.match(text, b)
        ):
            places = []  # "my mum Edna Sutton"
        town = (
            not kept and b < end and need not in (BOTH, STRONG) and word in guard.given
        )  # "Chelsea Marriott"
        if not surname and ((word in guard.ordinary and not town) or places or word in THINGS):
            break
        kept.append((a, b))
    while kept and len(text[slice(*kept[-1])].rstrip(".")) == 1:
        kept.pop()
    if not kept or in_office(text, start, kept[-1][1], titled, guard):
        return start
    words = [text[a:b].lower() for a, b in kept]
    return kept[-1][1] if _enough(words, need, titled, cue, guard) else start


def plain(text: str, start: int, end: int, guard: Guard, spans: list[Span]) -> bool:
    """Whether a lone capital is no thing, no place and nobody in office."""
    word = text[start:end].lower()
    return not (
        _thing(text, start, end, LISTED)
        or word in guard.ordinary
        or in_office(text, start, end, False, guard)
        or not free(spans, start, end)
    )


def _enough(words: list[str], need: str, titled: bool, cue: str, guard: Guard) -> bool:
    """Whether the words show as much of a name as the cue asks for."""
    several = len(words) > 1
    listed = given(words[0], guard) or (need not in (BOTH, STRONG) and several and words[0] in WORDLIKE)
    if need == BESIDE:
        listed = listed or (several and any(given(word, guard) for word in words))
    shouted = need == STRONG and not titled and _titlecase(cue)
    if (need in (LISTED, BOTH, BESIDE) or shouted) and not listed:
        return False
    return several or (need != BOTH and (need != PAIR or listed))


def _thing(text: str, start: int, end: int, need: str) -> bool:
    """Whether what follows makes the name that of a street, a shop, a book or a breed."""
    following = _FOLLOWING.match(text, end)
    if need == BOTH and text[max(0, start - 12) : start].lower().endswith(VARIETY):
        return True
    if following is None:
        return False
    owned, word = following[1], following[2].lower()
    if word in WORKS or (owned and need != STRONG and word in TRADES):
        return True
    if owned and need != STRONG and following[2][0].isupper() and following[2][1:].islower():
        return not text[start:end].isupper()  # "Bev's Blooms"
    # "Joe's Cafe", not "Joe's house"
    return word in KINDS and (following[2][0].isupper() or (not owned and word not in DEEDS))


def given(word: str, guard: Guard) -> bool:
    """Whether a word in lower case is a given name on the lists, or begins with one and a hyphen."""
    first = plainly(word).partition("-")[0]
    return first in guard.given or (first in GIVEN and first not in UNSURE)


def plainly(word: str) -> str:
    """The word with its letters' marks gone: "siobhán" is listed as "siobhan"."""
    return word if word.isascii() else word.translate(_MARKED)


def figure(name: str, title: str, guard: Guard) -> bool:
    """Whether a name is that of a figure, a brand or the like, alone or with its title."""
    words = name.lower().replace("’", "'").split()
    said = {" ".join(words), " ".join(words[:2]), " ".join(words[-2:])} if len(words) > 1 else set()
    if title:
        said.add(f"{title.lower()} {words[0]}")
    said |= {form.removesuffix("s").removesuffix("'") for form in said}
    return not said.isdisjoint(guard.figures)


def _titlecase(cue: str) -> bool:
    """Whether the cue itself is written like a headline: "My Neighbour Keeps Parking Here"."""
    words = cue.split()
    return len(words) > 1 and words[-1][:1].isupper()


def in_office(text: str, start: int, end: int, titled: bool, guard: Guard) -> bool:
    """Whether a name is told with its office, or is an office-holder's of the area."""
    name = text[start:end].lower()
    if name in guard.holders or (titled and name in guard.surnames):
        return True
    before = text[max(0, start - 70) : start]
    if _LEADER.search(before):
        return True
    if "," in before[-7:] and _OFFICE_OF.search(before):
        return True
    return bool(_OFFICE.search(before[-28:]) or _MP.match(text, end))
