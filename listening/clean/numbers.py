"""Numbers that identify a person: phones, National Insurance and NHS numbers.

Each form is taken on its own shape where that is rare enough, and only beside a cue where it is
not. A number after a currency sign, or inside a longer one, is never taken.
Forms: NI prefixes from HMRC's manual, NIM39110 (checked 2026-11-22); Ofcom's numbering plan (10
national digits, some areas 9) and the NHS data dictionary (modulus 11) from general knowledge, not
looked up again.
"""

import re

from ahocorasick_rs import AhoCorasick, Implementation

from listening.clean.outline import folded, unmarked
from listening.clean.signs import at_words

_S = r"[ ().\-\u2010-\u2013]{0,2}"  # between two digits of a phone
_D = r"[0-9Oo]"  # people type the letter O for nought
_L = r"[0-9OoIlSs]"  # and others, beside a cue
_EXTENSION = r"(?:\s?(?:ext(?:ension|n)?|x)\.?\s?[0-9]{1,6}|\s?/\s?[0-9]{1,6}(?![0-9]))?"
_PHONE = re.compile(
    r"(?<![\w£$€+])(?<![0-9][.,\-])(?<!\w-)"
    r"(?![0-9]{1,2}[.\-][0-9]{1,2}[.\-](?:19|20)?[0-9]{2}\b)"  # a date
    rf"(?:\(?(?:\+|00){_S}44\)?{_S}(?:\({_D}\))?{_S}{_D}?{_S}[1-35789](?:{_S}{_D}){{8,9}}"
    rf"|\(?44\)?{_S}(?:\(0\))?{_S}[1-37](?:{_S}{_D}){{9}}"
    rf"|\(?[0Oo]{_S}[1-35789](?:{_S}{_D}){{8,9}}"
    rf"|\+[1-9][0-9]{{0,2}}(?:{_S}[0-9]){{7,12}})"
    rf"{_EXTENSION}(?![0-9]|[.,:][0-9]|\s?%)"
)
# Numbers of bodies: Ofcom's 03 and 08 ranges, and a landline told as that of a body ("ring the council on").
_SERVICE = re.compile(r"(?:(?:00)?44|0)0?(?:3[0-9]{9}|8[0-9]{8})")
_BODY = re.compile(
    r"\b(?:ring(?:ing)?|rang|call(?:ed|ing)?|phone|contact|telephone|tel|try"
    r"|report(?:ed)? (?:it |this |them )?to)"
    r"(?: (?:the|your|our|my|their|[A-Z][a-z]+|local|district|borough|county)){0,4} (?:council|police|nhs"
    r"|hospital|surgery|clinic|health centre|medical centre|ambulance|fire (?:service|station|brigade)"
    r"|library|highways|environmental health|dwp|hmrc|job ?centre|citizens advice|town hall|county hall"
    r"|registrars?|dog wardens?|switchboard|helpline|hotline|customer services?|call centre|contact centre"
    r"|leisure centre|tourist information|school office|reception)"
    r"(?: (?:offices?|team|line|number|department|desk|tax|services?|station))?"
    r"(?: (?:on|at|no|number|tel))?[:.]? $"
    r"|\b(?:council|surgery|hospital|library|police|clinic|switchboard|town hall)(?: (?:switchboard|number"
    r"|line|office|phone|reception)){0,2}"
    r"(?: is| on| are on| can be reached on|:) $",
    re.IGNORECASE,
)
_SECOND = re.compile(r"(?<=\[phone\])(?P<join>(?: or |,? not | ?/ ?| and ))[2-9][0-9]{5}(?!\w|[.,:/\-][0-9])")
_GLUED = re.compile(r"(?<=[A-Za-z])07[0-9]{9}(?!\w)")  # "mob07700900123"
# A mobile in its usual groups, whatever stands between them: a slash, a line break, an emoji.
_GROUPS = re.compile(
    r"(?<![\w£$€+.])(?:07[0-9]{3}[\W_]{1,4}[0-9]{3}[\W_]{0,4}[0-9]{3}"
    r"|07[0-9]{3}[\W_]{1,4}[0-9]{2}[\W_]{1,4}[0-9]{2}[\W_]{1,4}[0-9]{2})(?!\w)"
)
_LOCAL = re.compile(
    r"(?P<cue>\b(?i:ring|phone|tel(?:ephone)?|call|landline|home number|(?:my|our|her|his|their)"
    r" number(?:'s)?"
    r"|mob(?:ile)?|text|whats ?app)\b[:.]?"
    r"(?: (?:me|us|him|her|[A-Z][a-z]+|is|on|or|at)){0,4} )"
    r"(?:(?!116 ?123)[2-9][0-9]{2} ?[0-9]{3}|7[0-9]{3} ?[0-9]{3} ?[0-9]{3})(?![0-9]| ?[0-9]|[.,:/\-][0-9])"
)
# What only a body's line has, told right after its number.
_QUEUE = re.compile(
    r"[^\n]{0,60}?\b(?:in (?:the|a) (?:phone )?queue|on hold|press [0-9]|option [0-9]|hold music"
    r"|recorded message|automated|wait(?:ed|ing) [0-9]{1,3} min\w*|[0-9]{1,3} min\w* (?:wait|to get)"
    r"|customer services?|switchboard|call centre|call handler)\b",
    re.IGNORECASE,
)
_CUES = AhoCorasick(
    [
        "ring",
        "phone",
        "tel",
        "call",
        "landline",
        "home number",
        "my number",
        "our number",
        "her number",
        "his number",
        "their number",
        "mob",
        "text",
        "whatsapp",
        "whats app",
    ],
    implementation=Implementation.DFA,
)
_NO_PHONE = re.compile(
    r"\b(?:isbn|ref(?:erence)?|order|invoice|case|planning|crime|incident|application|charity|company|policy)"
    r"[\s.:#]*(?:no|number|num|reg(?:istered)?)?[\s.:#]*(?:is\s)?(?:97[89][ \-])?$",
    re.IGNORECASE,
)
_SHORT_WORDS = r"(?!(?:as|at|am|an|he|me|we|be|pm|my|ms|mr|ex|by|hm|re|la|ha|eh|ah|ma|pa|ya|ye)\s)"
_NI = re.compile(
    rf"(?<![A-Za-z0-9])(?i:{_SHORT_WORDS})(?!(?i:BG|GB|NK|KN|TN|NT|ZZ))"
    r"(?i:QQ|[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z])[ \-.]?(?:(?:[0-9]{2}[ \-.]?){3}"
    r"|[0-9]{3}[ \-.]?[0-9]{3}[ \-.]?)"
    r"(?i:[A-D])(?![A-Za-z0-9])"
)
# Beside its name: any two letters, O for nought, any grouping, with or without the last letter.
# In pairs, as on the card, nothing else looks so, whatever its two letters.
_NI_PAIRS = re.compile(
    r"(?<![A-Za-z0-9])(?!GB|(?:AS|AT|AM|AN|HE|ME|WE|BE|PM|MY|MS|MR|EX|BY|IN|ON|TO|OF|OR|NO|SO|IS|UP|GO"
    r"|IF|DO) )"
    r"[A-Z]{2}([ \-.])[0-9]{2}\1[0-9]{2}\1[0-9]{2}\1?[A-D](?![A-Za-z0-9])"
    r"|(?<![A-Za-z0-9])[A-Z] [A-Z] (?:[0-9] ){6}[A-D](?![A-Za-z0-9])"
)
_NI_CUED = re.compile(
    rf"(?<![A-Za-z0-9])(?i:{_SHORT_WORDS}(?!(?:no|is|ni|in|of|on|to|or|so|up|us|go|if|it"
    rf"|do)\b))[A-Za-z](?: (?=[A-Za-z] [0-9]))?[A-Za-z][ \-.]{{0,2}}"
    rf"(?=[A-Za-z]?[0-9OoI])(?:{_L}[ \-.]{{0,2}}){{5}}{_L}"
    r"(?:[ \-.]{0,2}[A-Za-z])?(?![A-Za-z0-9])"
    r"|(?<![A-Za-z0-9])(?-i:[A-Z]{2}) ?[0-9]{5} ?[A-D](?![A-Za-z0-9])"  # one digit short
)
# Right after its name it may begin like a word: "NINO WE 31 74 02 A".
_NI_AFTER = re.compile(
    r"(?P<cue>\b(?:nino|ni|ni (?:no|num|number)|insurance (?:no|number))\.?(?: is|:)? )"
    r"[A-Z]{2}[ \-.]?(?:[0-9]{2}[ \-.]?){3}[A-D](?![A-Za-z0-9])",
    re.IGNORECASE,
)
_NI_SIGN = re.compile(
    r"\b(?:ni|nino|n\.i|nat(?:ional)?\.? ins(?:urance)?|insurance (?:no|num|number)"
    r")\b"
)
_WHOLE_NI = re.compile(r"[A-Za-z]{2}[ \-.]?(?:[0-9][ \-.]?){6}[A-Da-d]")
_NI_WHERE = re.compile(r"\b(?:dwp|job ?centre|hmrc|pip|universal credit|payroll|p45|p60|tax code)\b")
_TEN = r"[0-9](?:[ .\-/]{0,3}[0-9Oo]){8}[ .\-/]{0,3}[0-9]"
_NHS = re.compile(rf"(?<![\w£$€.\-+])(?!0[1237]){_TEN}(?![0-9\-]|[.,:][0-9])|(?<=NHS){_TEN}(?![0-9])")
# In three, three and four, as no phone and hardly anything else stands; only where its check digit is right.
_THREES = re.compile(r"(?<![\w£$€.\-+])[1-9][0-9]{2}([ \-])[0-9]{3}\1[0-9]{4}(?![\w\-]|[.,:][0-9])")
_NHS_NUMBER = re.compile(
    r"\b(?:n\.?h\.?s|health)\W{0,3}(?:number|num|no|id)s?\b|\bnhs (?:app|log ?in|account|record)\b"
)
_BESIDE = re.compile(r"\bNHS(?:\s(?:is|was|card|app|letter|reads|says))?\W{0,4}$", re.IGNORECASE)
_TOLD_AFTER = re.compile(r"\W{0,3}(?:that['’]?s|is) (?:the |my |his |her |our )?nhs\b", re.IGNORECASE)
# Who has such a number in hand; beside them it counts where its check digit is right.
_CARE = re.compile(
    r"\b(?:nhs|patients?|prescriptions?|jabs?|surgery|hospital|doctors?|gp|clinic|vaccin\w{2,6}|ward|chemist"
    r"|pharmacy|medication|tablets|appointment|ambulance|dentist|medical|flu|covid|wristband|red book"
    r"|hearing aid|blood test|a&e|physio\w{0,9}"
    r"|pharmacist|consultant|scan|carers?|nurses?|dialysis|patient transport|hospice|midwi(?:fe|ves)|health"
    r" visitor"
    r"|baby clinic|benefits?|birthday|dob|born)\b"
)


def phones(text: str) -> str:
    """UK phones, and foreign ones written with a plus, as ``[phone]``; 101, 111 and 999 stay."""
    if _GLUED.search(text):
        text = _GLUED.sub("[phone]", text)
    text = _PHONE.sub(lambda m: m[0] if _no_phone(text, m) else "[phone]", text)
    return _SECOND.sub(r"\g<join>[phone]", text) if "[phone]" in text else text


def mobiles(text: str) -> str:
    """Mobiles in their usual groups with something unusual between, as ``[phone]``."""
    parts, done, at = [], 0, text.find("07")
    while at >= 0:
        found = _GROUPS.match(text, at)
        if found:
            parts += [text[done:at], "[phone]"]
            done = found.end()
        at = text.find("07", at + 2)
    return "".join([*parts, text[done:]])


def local_phones(text: str) -> str:
    """Numbers without the code of their town, right after "ring", "tel" and the like, as ``[phone]``."""
    return at_words(_LOCAL, _CUES, text, lambda m: m["cue"] + "[phone]")


def national_insurance(text: str, insured: bool = True, named: bool = True) -> str:
    """NI numbers as ``[NI number]``; QQ, the dummy prefix of forms, counts too."""
    if insured:
        text = _NI_PAIRS.sub("[NI number]", _NI.sub("[NI number]", text))
    low = folded(unmarked(text)) if named else ""
    if named and "ni" in low:
        text = _NI_AFTER.sub(r"\g<cue>[NI number]", text)
    if _NI_SIGN.search(low):
        text = _NI_CUED.sub(lambda m: "[NI number]" if sum(c.isdigit() for c in m[0]) > 3 else m[0], text)
    elif _NI_WHERE.search(low):  # who asks for one: whole ones only, whatever their two letters
        text = _NI_CUED.sub(lambda m: "[NI number]" if _WHOLE_NI.fullmatch(m[0]) else m[0], text)
    return text


def nhs(text: str) -> str:
    """NHS numbers as ``[NHS number]``: any ten digits in a text that names one, or right beside "NHS"
    (a mistyped one gives away as much); others with the right check digit where care is spoken of, or
    where they stand in three, three and four."""
    text = _THREES.sub(lambda m: "[NHS number]" if _threes(text, m) else m[0], text)
    low = folded(unmarked(text))
    named, care = _NHS_NUMBER.search(low) is not None, _CARE.search(low) is not None
    if not (named or care or "nhs" in low):
        return text
    done = _NHS.sub(lambda m: "[NHS number]" if _is_nhs(text, m, named, care) else m[0], text)
    if done != text and not named:  # what stands beside one, with two figures swapped, is another
        done = _NHS.sub(lambda m: "[NHS number]" if _is_nhs(done, m, _grouped(m[0]), care) else m[0], done)
    return done


def _no_phone(text: str, found: re.Match[str]) -> bool:
    typed = re.sub(r"[^0-9]", "", found[0])
    digits = re.sub(r"[^0-9]", "", re.sub("[Oo]", "0", found[0]))
    mobile = digits.startswith("07") and len(digits) == 11
    if len(typed) < 6:
        return True
    if mobile:
        return False
    before = text[max(0, found.start() - 90) : found.start()]
    if digits.startswith("01") and digits.endswith("0000"):
        return True  # a switchboard's
    if _SERVICE.match(digits) or _NO_PHONE.search(before[-40:]):
        return True
    if digits[:2] not in ("01", "02"):
        return False
    return _BODY.search(before) is not None or _QUEUE.match(text, found.end()) is not None


def _is_nhs(text: str, found: re.Match[str], named: bool, care: bool) -> bool:
    before = text[: found.start()][-40:]
    if _NO_PHONE.search(before) and not _NHS_NUMBER.search(before.lower()):
        return False
    if named or _BESIDE.search(before) or _TOLD_AFTER.match(text, found.end()):
        return True
    return care and _grouped(found[0]) and checked(found[0])


def _threes(text: str, found: re.Match[str]) -> bool:
    return checked(found[0]) and not _NO_PHONE.search(text[max(0, found.start() - 40) : found.start()])


def _grouped(written: str) -> bool:
    """Whether ten digits stand as people write such a number: in one, or three, three and four."""
    return [len(part) for part in re.split(r"[ .\-/]+", written)] in ([10], [3, 3, 4])


def checked(written: str) -> bool:
    """Whether the last of ten digits is the check digit of the others (modulus 11).

    >>> checked("943 476 5919"), checked("943 476 5918")
    (True, False)
    """
    digits = [int(c) for c in re.sub("[Oo]", "0", written) if c.isdigit()]
    check = -sum(d * w for d, w in zip(digits[:9], range(10, 1, -1), strict=True)) % 11
    return check == digits[9]
