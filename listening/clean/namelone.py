"""Listed given names, capital or small, masked where what stands around them tells of a person.

Each is found first and its surroundings are read then, so that a text without any costs next to nothing.
What surely tells a person ("Leanne's mum", "parcel for Wojtek", "it's Magda here") takes any listed name; what
only may ("Lenny waded in", "(Pauline)") leaves those that are words, places, brands or stars as well,
and is not heard where fame, office or animals are the matter.
"""

import re
from functools import lru_cache

from listening.clean import namejudge
from listening.clean.guard import Guard, Span, free
from listening.clean.namecues import LISTED, LOW, ONE, UP
from listening.clean.namelists import GIVEN, UNSURE
from listening.clean.namewords import ALONE, DEEDS, FAME, KIN, KINDS, OFFICE_TALK, TRADE, WORDLIKE

MARK = "[name]"
_ROADS = frozenset("road street lane close drive way house row walk rise".split())
_NEVER = frozenset("nana amma baba nanny don't".split())
_WORD = re.compile(r"(?<![\w\[@#/.'’\-])[^\W\d_]{2,}(?:-[^\W\d_]{2,})?(?![\w@/])")
_RUN = re.compile(rf"{ONE}(?:[ ](?:{ONE}|[A-HJ-Z](?![\w'’&])\.?|[AI]\.(?= ?[,)a-z]))){{0,2}}(?![\w\[])")
_CAPITALS = re.compile(r"[A-Z]{3,}(?:-[A-Z]{2,})?(?: [A-Z]\.)?(?! [A-Z]{2,} ?(?:ROAD|STREET|LANE|CLOSE))")
_MORE = re.compile(r" (\S+)")
_INITIAL = re.compile(r" [A-Z]\.?$")
_ROYAL = re.compile(
    r"(?i:george|edward|henry|richard|charles|james|william|mary|elizabeth|john|louis|napoleon|philip|malcolm"
    r"|robert|david) (?:[IVXR]|I+|IV|VI+)$"
)
_MARKS = r"\[(?:phone|e-mail|account|bank details|card number|date of birth|NI number|NHS number|plate)\]"
_PLACE = (
    r"chippy|club|legion|pub|library|bakery|shop|school|church|flats?|office|gym|car wash|market|surgery|co-?op|spar"
    r"|post office|garage|nursery|playgroup|toddler group|bingo|bowls|yoga|pilates|slimming world|work|stall"
    r"|(?:veg|fish|fruit|cheese|cake|sweet) stall|allotments?|end house|corner|salon|school run|w\.?i\.?|food ?bank"
    r"|cafe|centre|hospital|ward|street|road|close|lane|avenue|st|rd|ave|cl|dr|agency|bungalows?|flats|number|no\.?|estate|team|choir"
    r"|bar|desk|reception|till|door|stables|kennels|farm|site|depot|workshop|group|knitting|upstairs|downstairs"
    r"|college|dance|karate|boxing|rugby|cricket|darts|quiz|chapel|mosque|temple|scouts|brownies|cubs|guides"
)
_KIN_BEFORE = rf"(?:(?<!the )(?<!thy )(?<!Thy )\b(?:{KIN})|\bthe (?:wife|missus|mrs|hubby|husband|other half|kids?|lads?|twins|girls|boys|eldest|youngest))(?:'s|s)?(?:,| of| to|,? called|,? named|,? is| was|:)? (?:our |big |little |poor |wee |gorgeous |beautiful |lovely |dear |old |young )*$"
# Right before the name: surely a person.
_BEFORE = re.compile(
    r"(?i:(?<![\w'])(?:tell|ask|see|remind|text|ring|rang|msg|message|messaged|dm|inbox|whatsapp|call|phone|contact"
    r"|thank|helped?|married|poor|owd|cheers|thanks|ta|thx|thank you|thankyou|tysm|"
    r"well done|hats off to|hi|hiya|hello|hey|ey up|ay up|dear|sorry|yes|rip|r\.i\.p\.?|bless|congrats|congratulations"
    r"|happy birthday|happy (?:[0-9]{1,3}(?:st|nd|rd|th)|anniversary)(?: birthday)?|get well soon|good luck"
    r"|(?:morning|afternoon|evening|night)|loss|attn|fao|f\.a\.o\.|c/o|tenant|driver|child|pupil|resident|"
    r"me and|me &|me or|us or|us and|him and|her and|with me,|my|your|ur|yer|our|mi|baby|lil|mister),? (?:to )?(?:our |big |little |poor |wee |gorgeous |beautiful |lovely |dear |old |young )*$"
    r"|\b(?:leav|left|hand|g[ai]v|pass|drop|pa[iy]|return|send|sent|tak|took|br[io]ught|bring|report|sp[eo]ak|spoke|talk"
    r"|chat|deliver|post|appl|reply|say|said|money|cash|cheque|note|word|back|wave|shout|shout ?out|thanks|love|congrats"
    r"|married|belong|credit|signed|sold|lent|borrow)\w*[^.!?,;\n\[]{0,24} (?:to|with|wi|off|by) $"
    r"|\b(?:signed for|taken in|run|made|organised|posted|driven|found|collected|knitted|baked|written|fixed|led) by $"
    r"|\b(?:parcels?|letters?|post|package|delivery|deliveries|cards?|meds|tablets|prescription|mail|appointment"
    r"|messages?|flowers|present|cake|number|passport|payment|place|space|seat|lift|wheelchair|collection|whip-?round"
    r"|looking|search(?:ing)?|ask(?:ing)?|thoughts|prayers|worried|sorry|refund|nursery|bed|card|\]) (?:for|about|with) $"
    r"|(?<![\w'])(?:names?(?:'s| is| was)?|goes by|name of|known as|nicknamed|(?:posting|signed|registered|listed|down) as|any(?:one|body|1) (?:know|knows|seen|remember|remembers)|ignore|calls (?:him|her)self|calling (?:him|her)self) $"
    rf"|{_KIN_BEFORE}"
    rf"|\b(?:{TRADE})(?:,| is| was|:| called)? (?:big |our )?$"
    rf"|{_MARKS}[,.:;)]*(?: -|–|,)? (?:x+ )?(?:name |thanks,? |cheers,? |ta,? )$)"
    r"|(?<!the )(?<!The )(?<![\w'])(?:Big|Little|Old|Owd|Young|Lil|Mad|Fat|Tall|Auntie|Aunty|Uncle) $"
)
# Right after it: surely a person.
_AFTER = re.compile(
    rf"(?i:['’]s (?:late |old |eldest |youngest |little |poor )?(?:{KIN}|funeral|wake|ashes|grave|house|garden|hedge|drive"
    r"|driveway|bins?|shed|front door|fence|flat|stall|birthday|wheelchair|medication|memorial)\b(?! of)"
    r"|,? (?:next door|over the road|across the road|down the road|two doors)"
    r"|,? (?:and|&) (?:me|i|my|myself|his|her|family|the kids|the family|the lads)\b(?! the)"
    r"|,? (?:if|when) (?:you|u|ur|you're|youre|your|yr) (?:see|reading|read|ar[e']|re\b|can see|get|want|could|can|know)"
    r"|,? (?:please |pls |plz )(?:ring|call|text|message|contact|get in touch|come home)"
    r"|,? (?:get in touch|ring (?:me|your|ur|us|home|him|her)|call (?:me|home|your)|come home)\b"
    r"|,? \(?(?:aged? )?[1-9][0-9]?(?:\)|,(?! ?[0-9])| years?\b| yrs?\b| ?yo\b| today| this (?:week|sat|sun|mon|fri))"
    r"|,? here(?:[,.!:]|$| from| again| with| and)"
    rf"|,? (?:from|at|in|on|off|of|behind|opposite|upstairs|up)(?: (?:the|our|my|no\.?|number|next|an?|his|her))?"
    rf"(?: [\w'’\-]+){{0,2}}? (?:{_PLACE}|\[number\])(?![\w])"
    r"|,? who (?:did|does|came|fixed|runs|works|helped|found|took|lives|drives|cleans|cuts|walks|brought|gave|looks"
    r"|looked|sat|stopped|made|used to|kindly|is collecting|has the|had the|lost)\b"
    rf"| the (?:{TRADE})\b"
    r"|,? (?:dob|d\.o\.b\.?|born)\b"
    r"| (?:passed away|passed on|passed peacefully|has died|died)\b"
    r"|['’]?s?,?(?: on| at|:| -| \(| is|\.)? ?\[(?:phone|e-mail|number|account|bank details|date of birth)\])"
)
# What only may tell a person: a name alone between commas or brackets, or doing what people do.
_DOES = (
    r"(?:said|says|told|wrote|put|puts|thought|phoned|moved (?:in|out|away|to)|picked|wants|needs|rang|knocked|waded|popped|came (?:out|round|over|down|back|and)|lives|lived|knows|reckons"
    r"|thinks|deserves?|loves|hates|works|worked|retires|retired|drops?|dropped|drove|fell|broke|collects|cooks|knits|bakes"
    r"|makes|made me|walks|walked (?:in|home|up|out|off|the)|cried|asked|helped|offered|lent|gave (?:me|us|him|her|my)|sold me|owes"
    r"|kept|lost (?:his|her|my|the)|found (?:my|the|our|a|his|her)|left (?:his|her|my|it|the)|took (?:my|our|the|him|her|it)"
    r"|has (?:it|him|her|my|our|been|a|got|had|lost|the|just|moved|passed|agreed|offered|started)|had (?:a|his|her|my)"
    r"|does (?:the|my|our|a|it|his|her|baby|all|not|hair|nails|lunches)|did (?:my|our|it|the|a|his|her)"
    r"|went (?:in|to|out|off|over|down|up|round|missing)|got (?:the|a|jumped|hit|knocked|it|him|her|my|his|home|stuck)"
    r"|(?:is|was|isn't|wasn't|has been|will be|'ll be) (?:ok|okay|fine|poorly|ill|off|home|back home|safe|missing|not well|only|a star"
    r"|a legend|a diamond|an angel|lovely|still|always|never|on holiday|coming|going|getting|having|selling|collecting|organising"
    r"|doing|in hospital|in resus|in bits|in tears|upset|gutted|heartbroken|terrified|scared|crying|pregnant|home now"
    r"|[1-9][0-9](?! ?[%a-z£])|the one|my|our|his|her|so (?:upset|kind|good|proud)|sat|stood|taking|running)"
    r"|from (?:the|our|my|down|up|over|at) [a-z]+"
    r"|would have|wouldn't have|won't be|couldn't)"
)
_CALLED_OUT = re.compile(
    r", (?:you|your|ur|u|can|could|would|please|pls|plz|thank|thanks|we|i|if|stop|get|give|ring|come|bring|move|pick)\b",
    re.IGNORECASE,
)
_MAY_AFTER = re.compile(rf"(?i: {_DOES}(?!\w))")
_DAYS = re.compile(
    r"(?i:\b(?:mon|tues?|weds?|thurs?|fri|sat|sun)(?:day|nesday|sday|rday|urday)?s?:? ?[:\-–]? $)"
)
_OTHER_DAY = re.compile(
    r"(?i:\b(?:mon|tues?|weds?|thurs?|fri|sat|sun)(?:day|nesday|sday|rday|urday)?s?:? ?[:\-–]? )(?=[A-Z\[])"
)
_ITS = re.compile(
    r"(?i:(?<![\w'])(?:it['’]?s|it is|it was|was it|this is|i['’]?m|i am|who['’]?s|where['’]?s|that['’]?s|that was|says|regards) $)"
)
_ITS_AFTER = re.compile(
    r"(?i:[,.!?](?: |$|\n)| (?:here|from|at|off|again|next|with|that|who|on|wot|what|in)\b|['’]s\b|$)"
)
_MARKED, _COMMA = re.compile(_MARKS + r"[,.:;)]* $"), re.compile(r", [a-z]")
_ALONE = re.compile(r"[ ]?[,)]")
_SHORT_END = re.compile(r"[\s.!x]*$")
PETS = re.compile(
    r"(?i:\b(?:dogs?|cats?|pupp(?:y|ies)|pups?|kittens?|labrador|staffie|spaniel|terrier|whippet|budgie|parrot|tortoise|rabbit"
    r"|ferret|hamster|horse|pony|donkey|goat|hens?|seagulls?|digger|microchip(?:ped)?|collar|answers to|duck|swan|goose|pigeon|statue"
    r"|robot|boiler|gnome|hoover)\b)"
)
_PET_CUE = re.compile(
    r"(?i:\b(?:answers to|dog|cat|pup|puppy|kitten|bottle|duck|swan|marrow|gnome)(?:'s)?,? (?:called |named )?$)"
)
_LETTER = re.compile(r"(?<!\w)[A-Z]\.? ?$")  # "D H Lawrence"
_NICKED = re.compile(rf" [\"“(']{ONE}[\"”)'] {ONE}")  # Dorothy "Dot" Fettle
_COUPLE = re.compile(rf" (?:&|and|n) ({ONE})(?![\w'’])(?! {ONE})")
_LINKS = re.compile(
    r"(?i:(?<![\w'])(?:of|like|as|than|called|loves?|watch(?:ing|ed)?|se+|saw|to|at|in|for|from|with|on|about|right|wrong|and|or|by|a|an"
    r"|the|is|was|were|be|are|into|near|via|past|through|off|over|not|no|another|every|some|any|said|drink(?:ing)?) $)"
)
_PAIRED = re.compile(rf"({ONE}) (?:&|and|n) $")
_INSIDE = re.compile(r"[\w,'’)] +[A-Z][\w'’\-]* $")
_ARTICLE = re.compile(r"(?<![\w'])(?i:an?|the|another|this|that|new) $")
_FAME, _OFFICE_TALK = (re.compile(rf"(?i:\b(?:{words})\b)") for words in (FAME, OFFICE_TALK))
# Small letters: the cue or what follows must be sure.
_LOW_BEFORE = re.compile(
    r"(?i:(?<![\w'’])(?:my name(?:'s| is)|names?(?: is|'s)?|(?:man|woman|lad|lass|bloke|fella|guy|lady|girl|boy|kid|chap|driver|owner|son|daughter|he'?s|she'?s|he is|she is) called|goes by|calls (?:him|her)self|ask for|tell|ring|text|msg|message|call|contact|thanks|cheers"
    r"|ta|thank you|thankyou|thx|well done|rip|r\.i\.p\.?|our|ur|my|uncle|aunt|auntie|aunty|mister|it'?s|its|i'?m|this is"
    r"|hi|hiya|hello|hey|ey up|sorry|dear|owd|baby|parcel for|letter for|name of|belongs? to|looking for|me and|speak to|spoke to"
    r"|thanks to|name:?|patient|tenant|happy birthday|happy (?:[0-9]{1,3}(?:st|nd|rd|th))(?: birthday)?) (?:to )?(?:our |big |little )?"
    rf"|{_KIN_BEFORE.removesuffix('$')}|\b(?:{TRADE})(?: called| is|,)? )$"
)
_LOW_AFTER = re.compile(
    rf"['’]s (?:{KIN})\b| next door| over the road| here[,.! ]| if (?:you|u|ur|your)\b| [b-hj-mo-qstvwz](?:\.| from| if|$)"
    rf"|,? from (?:the )?(?:{_PLACE})\b|,? (?:dob|d\.o\.b|born)\b|,? \(?\[(?:phone|e-mail|date of birth|account|number)\]"
    r"|,? (?:[1-9][0-9]?),"
)
_LOW_SURNAME = re.compile(
    r" (?P<last>[a-z]{3,}-[a-z]{3,}(?![\w'\-])|[a-z]{2,}[a-z'\-]{2,}(?=,|\.(?:\s|$)|\)|$|,? (?:\[|dob\b|d\.o\.b|born\b|aged?\b|\(|who\b|from\b|(?:at|on) \[)))"
)
_LOW_INITIAL = re.compile(r" [b-hj-mo-qstvwz]\b\.?(?= (?:if|from|was|is|here|who|at)\b|,)")
_LOW_MARK = re.compile(r",? (?:\[|dob\b)")
_LOW_BOTH = re.compile(r" ([a-z]{3,})\b")
_LOW_OFFICE = re.compile(r"(?: [a-z'\-]+)? (?:mp|cllr|councillor)\b")
_LOW_FREE = re.compile(r"(?:^|[.!?:;,(\n] ?)$")
_LOW_ENDS = re.compile(r"(?:[.!?…\n] ?|[a-z] x+ |\b(?:thanks|cheers|ta|regards|love|from|xx?) )$")


def masked(text: str, words: frozenset[bytes], guard: Guard) -> str:
    """The text with listed given names as ``[name]`` where they are surely those of private people."""
    spans, parts, done, talk = guard.spans(text), [], 0, _Talk(text)
    for start, end in _found(text, words):
        word = text[start:end]
        low = namejudge.plainly(word.lower()).partition("-")[0]
        if (
            start < done
            or low in _NEVER
            or (word[0].islower() and low in WORDLIKE and low not in guard.given)
        ):
            continue
        stop = _small(text, start, end, guard, spans) if word[0].islower() else start
        if word[0].isupper():
            stop = _large(text, start, word, guard, spans, talk)
        if stop > start:
            parts += [text[done:start], MARK]
            done = stop
    return "".join([*parts, text[done:]]) if parts else text


def _large(text: str, start: int, word: str, guard: Guard, spans: list[Span], talk: "_Talk") -> int:
    """Where a name with a capital ends; ``start`` where it is none to mask."""
    run = (_CAPITALS if word.isupper() else _RUN).match(text, start)
    if run is None:
        return start
    low, end = namejudge.plainly(word.lower()).partition("-")[0], run.end()
    for more in _MORE.finditer(run[0]):
        if more[1].lower() in guard.ordinary:  # "Dave Thanks"
            end = start + more.start()
            break
    cue = _told(text, start, end, low, talk, guard)
    if cue is None:
        return start
    stop = namejudge.stop(text, start, end, cue, LISTED, guard, spans)
    if stop == start and low in ALONE and text[start:end] == word and cue:
        return end if namejudge.plain(text, start, end, guard, spans) else start
    if stop == start + len(word) and _INITIAL.search(text[start:end]):
        return end
    return stop


class _Talk:
    """What a text is about, asked only where it matters."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.told: dict[int, bool] = {}

    def plain(self, at: int) -> bool:
        """Whether neither fame, office nor animals are the matter around a place in the text."""
        part = at // 256
        if part not in self.told:
            near = self.text[max(0, part * 256 - 256) : part * 256 + 512]
            self.told[part] = not any(form.search(near) for form in (_FAME, _OFFICE_TALK, PETS))
        return self.told[part]


def _told(text: str, start: int, end: int, low: str, talk: _Talk, guard: Guard) -> str | None:
    """The cue ("" for what follows) that tells of a person, or None."""
    before, after, name = text[max(0, start - 64) : start], text[end : end + 48], text[start:end]
    near = before[-24:]
    last = near.rstrip().rpartition(" ")[2]
    if _PET_CUE.search(near) or _LETTER.search(near) or namejudge.figure(f"{last} {name}", "", guard):
        return None
    if (_INITIAL.search(name) and not _ROYAL.match(name)) or _NICKED.match(after):
        return ""
    pair = _PAIRED.search(near)
    if _ARTICLE.search(near) or (pair and namejudge.figure(f"{pair[1]} {name}", "", guard)):
        return None  # "Jack and Jill"
    if cue := _BEFORE.search(before):
        # a greeting and a word that is a name too ("Thanks Will do") is none
        hasty = low in ALONE and cue[0].lower().startswith(("thanks", "cheers", "sorry", "yes"))
        return None if hasty else cue[0]
    day = low not in UNSURE and _DAYS.search(near)
    if day and _OTHER_DAY.search(text[max(0, start - 80) : start - 9] + after):
        return ""
    if last[:1].isupper() and last[-1:].isalpha() and _INSIDE.search(near):
        return None  # "Kirkby Stephen"
    if (beside := _AFTER.match(after)) and not (low in UNSURE and "[" in beside[0]):
        return ""
    ends = _ALONE.match(after) or _SHORT_END.match(after)
    if ends and (" " in name or low in guard.given) and _MARKED.search(before):
        return ""
    if low in UNSURE or (low in WORDLIKE and low not in guard.given):
        return None
    if (couple := _COUPLE.match(after)) and namejudge.figure(f"{name} {couple[1]}", "", guard):
        return None
    paired = couple is not None and namejudge.given(namejudge.plainly(couple[1].lower()), guard)
    return "" if (paired or _may(name, near, after)) and talk.plain(start) else None


def _may(name: str, before: str, after: str) -> bool:
    """Whether a name stands as those of people do, and as some others too."""
    if _SHORT_END.match(after) and before[-2:-1].islower() and " " not in name and not _LINKS.search(before):
        return True  # "I took the photo Clive"
    if _ITS.search(before) and _ITS_AFTER.match(after):
        return True
    if (not before.strip() or before.rstrip()[-1] in ".!?\n") and _CALLED_OUT.match(after):
        return True  # "Janet, your purse is here"
    if before.endswith("(") and after.startswith(")"):
        return True
    inside = before.endswith(", ") and _COMMA.match(after) is not None
    if inside and not before[:-2].rpartition(" ")[2][:1].isupper():
        return True
    return _MAY_AFTER.match(after) is not None


def _small(text: str, start: int, end: int, guard: Guard, spans: list[Span]) -> int:
    """Where a name in small letters ends; ``start`` where it is none."""
    word = text[start:end]
    before, after = text[max(0, start - 48) : start], text[end : end + 48]
    if word in guard.ordinary or _PET_CUE.search(before):
        return start
    if not free(spans, start, end) or _LOW_OFFICE.match(after):
        return start
    last = _LOW_SURNAME.match(text, end)
    surname = last is not None and last["last"] not in guard.ordinary and last["last"] not in KINDS
    surname = surname and last is not None and free(spans, *last.span("last"))
    beside = last is not None and surname and _LOW_FREE.search(before) and _LOW_MARK.match(text, last.end())
    initial = _LOW_INITIAL.match(after)
    if word in UNSURE and not (initial or before.endswith(("uncle ", "auntie ", "aunty "))):
        return start
    both = _LOW_BOTH.match(after)
    if (
        both
        and not _LOW_FREE.search(before)
        and not re.search(r"\b(?:is|was|by|its|called|knows|of|and) $", before)
    ):
        both = None
    if both and not (
        namejudge.given(both[1], guard) and both[1] not in UNSURE and both[1] not in guard.ordinary
    ):
        both = None
    sure = _LOW_BEFORE.search(before) or _LOW_AFTER.match(after)
    ends = _LOW_ENDS.search(before) and _SHORT_END.match(after)
    if not (sure or ends or beside or initial or both) or _kind(after):
        return start
    if initial:
        return end + initial.end()
    if both:
        return end + both.end()
    return last.end() if surname and last is not None else end


def _kind(after: str) -> bool:
    """Whether the next word makes the name that of a place or a shop."""
    following = re.match(r" ([a-z]+)", after)
    return following is not None and following[1] in KINDS and following[1] not in DEEDS - _ROADS


def listed(low: str, guard: Guard) -> frozenset[bytes]:
    """The listed names that a text in lower case has, with plain letters; it ends with a space."""
    if not low.isascii():
        low = namejudge.plainly(low)
    words = low.encode("ascii", "replace").translate(_STRIPPED).replace(b"'s ", b" ").split()
    return _names(guard.given).intersection(words)


@lru_cache(maxsize=4)
def _names(given: frozenset[str]) -> frozenset[bytes]:
    return frozenset(name.encode("ascii", "replace") for name in given | GIVEN | WORDLIKE)


def _level(text: str) -> str:
    """The text in lower case with plain letters, each where it stood."""
    low = text.lower()
    if low.isascii():
        return low
    if len(low) != len(text):  # a few letters grow in lower case
        low = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return namejudge.plainly(low)


def _found(text: str, words: frozenset[bytes]) -> list[tuple[int, int]]:
    """Where the words stand in a text as words of their own, in order."""
    level, places = _level(text), []
    for word in (name.decode() for name in words):
        at = level.find(word)
        while at >= 0:
            if whole := _WORD.match(text, at):
                if len(whole[0].partition("-")[0]) == len(word):
                    places.append(whole.span())
            at = level.find(word, at + len(word))
    return sorted(places)


_STRIPPED = bytes(n if chr(n).isalnum() or chr(n) == "'" else 32 for n in range(256))
