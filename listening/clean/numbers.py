"""Numbers that identify a person: phones, NI and NHS numbers, bank details, cards, dates of birth.

Each form is taken on its own shape where that is rare enough, and only beside a cue where it is
not. A number after a currency sign, or inside a longer one, is never taken.
Forms: NI prefixes from HMRC's manual, NIM39110 (checked 2026-11-22); Ofcom's numbering plan (10
national digits, some areas 9), the NHS data dictionary (modulus 11) and ISO/IEC 7812 (Luhn) from
general knowledge, not looked up again.
"""

import re

from listening.clean.outline import Outline, folded, odd, outline

_S = r"[ ().\-\u2010-\u2013]{0,2}"  # between two digits of a phone
_D = r"[0-9Oo]"  # people type the letter O for nought
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
_NO_PHONE = re.compile(
    r"\b(?:isbn|ref(?:erence)?|order|invoice|case|planning|crime|incident|application|charity|company|policy)"
    r"[\s.:#]*(?:no|number|num|reg(?:istered)?)?[\s.:#]*(?:is\s)?$",
    re.IGNORECASE,
)
_SHORT_WORDS = r"(?!(?:as|at|am|an|he|me|we|be|pm|my|ms|mr|ex|by|hm|re|la|ha|eh|ah|ma|pa|ya|ye)\s)"
_NI = re.compile(
    rf"(?<![A-Za-z0-9])(?i:{_SHORT_WORDS})(?!(?i:BG|GB|NK|KN|TN|NT|ZZ))"
    r"(?i:QQ|[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z])[ \-.]?(?:[0-9]{2}[ \-.]?){3}(?i:[A-D])(?![A-Za-z0-9])"
)
_NHS = re.compile(r"(?<![\w£.\-])[0-9]{3}[ \-]?[0-9]{3}[ \-]?[0-9]{4}(?![0-9\-])")
_SORT = r"[0-9]{2}[ \-–]?[0-9]{2}[ \-–]?[0-9]{2}"
_ACCOUNT_CUE = r"(?:a/?c|acct?|account)\.?\s*(?:no|num(?:ber)?|#)?\.?\s*(?:is)?[\s:=\-]*"
_SORT_CUE = r"(?:sort\s?-?code|s/?c)\.?\s*(?:is)?[\s:=\-]*"
_BANK = re.compile(
    rf"(?<![\w£.\-/])(?i:(?P<cue>{_SORT_CUE}))?[0-9]{{2}}[ \-–][0-9]{{2}}[ \-–][0-9]{{2}}"
    rf"(?:\s*[,;/|&]?\s*(?:and\s)?(?i:{_ACCOUNT_CUE})?[0-9]{{8}})(?![0-9])"
    rf"|(?<![\w£.\-/])(?i:{_SORT_CUE}){_SORT}(?![0-9])(?:\s*[,;/"
    rf"|]?\s*(?i:{_ACCOUNT_CUE})?[0-9]{{7,8}}(?![0-9]))?"
    rf"|(?<![\w£])(?i:{_ACCOUNT_CUE})[0-9]{{7,8}}(?![0-9])(?:\s*[,;/|]?\s*(?i:{_SORT_CUE})?{_SORT}(?![0-9]))?"
)
_SORTED = re.compile(r"sort|s/?c")  # a sort code alone: six digits
_IBAN = re.compile(
    r"(?<![\w])[A-Za-z]{2}[0-9]{2}(?: ?[A-Za-z0-9]{4}){3,7}(?: ?[A-Za-z0-9]{1,3})?(?![\w])", re.A
)
_CARD = re.compile(r"(?<![\w£$€.,\-])[2-6](?:[ \-]?[0-9]){12,18}(?![0-9])")
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DAY = r"[0-9]{1,2}(?:st|nd|rd|th)?"
_YEAR = r"(?:(?:19|20)[0-9]{2}|'?[0-9]{2})(?![0-9])"
_DATE = (
    rf"(?:{_DAY}\s?[/.\-]\s?(?:[0-9]{{1,2}}|{_MONTH})\s?[/.\-]\s?{_YEAR}|(?:19"
    rf"|20)[0-9]{{2}}-[0-9]{{2}}-[0-9]{{2}}"
    rf"|{_DAY}\s(?:of\s)?{_MONTH},?\s{_YEAR}|{_MONTH}\s{_DAY},?\s{_YEAR})"
)
_NO_YEAR = rf"(?:{_DAY}[/.\-][0-9]{{1,2}}(?![0-9])|{_DAY}\s(?:of\s)?{_MONTH}\b|{_MONTH}\s{_DAY}\b)"
_MORE = rf"(?:\W{{1,3}}(?:and\s)?(?:{_DATE}))*"  # of several children, say
# A mark that stands already is no cue, and no gap between a cue and a date.
_BORN = re.compile(
    rf"(?P<sure>\bd\.?o\.?b\b\.?|(?<!\[)\bdate of birth|\bbirth\s?date|\bb'?day)(?P<gap>\W{{0,3}}(?:is"
    rf"|was)?\W{{0,3}}(?:on\s)?(?:the\s)?)(?P<a>(?:{_DATE}|{_NO_YEAR}){_MORE})"
    rf"|(?P<weak>\bborn\b|\bbirthday\b|(?<![\w.])b\.)(?P<gap2>(?:(?!\[date)[^.!?\n0-9]){{0,30}}?)(?P<b>{_DATE}{_MORE})"
    rf"|(?P<c>\b{_DATE})(?=\s(?:is|was)\s(?:my|his|her|their)\s(?:birthday|dob|date of birth|birth date))",
    re.IGNORECASE,
)
_ONE_DATE = re.compile(rf"{_DATE}|{_NO_YEAR}", re.IGNORECASE)
# What is "born" on a date and is no private person: an institution, or somebody in office.
_PUBLIC = re.compile(
    r"\b(?:NHS|council|club|school|parks?|party|charity|town|village|company|church|league|festival"
    r"|group|cent(?:re|er)|hospital"
    r"|idea|movement|Cllr|Councillor|MP|Mayor|Sir|Dame|Lord|Leader|King|Queen|Prince"
    r"|Princess)\b[^.!?\n]{0,60}$",
    re.IGNORECASE,
)
_BIRTHS = ("born", "birth", "dob", "d.o.b", "d.ob")
_B_DOT = re.compile(r"(?<![\w.])b\.")
NHS_CUE_WITHIN = 25  # characters before an NHS number in which "NHS" must stand


def phones(text: str) -> str:
    """UK phones, and foreign ones written with a plus, as ``[phone]``; 101, 111 and 999 stay."""
    return _PHONE.sub(lambda m: m[0] if _no_phone(text, m) else "[phone]", text)


def national_insurance(text: str) -> str:
    """NI numbers as ``[NI number]``; QQ, the dummy prefix of forms, counts too."""
    return _NI.sub("[NI number]", text)


def nhs(text: str) -> str:
    """NHS numbers with the right check digit and "NHS" shortly before, as ``[NHS number]``."""
    return _NHS.sub(lambda m: "[NHS number]" if _is_nhs(text, m) else m[0], text)


def bank(text: str, form: Outline | None = None) -> str:
    """Sort code and account number, in either order, paired or named, and IBANs, as ``[bank details]``."""
    form = form or outline(text)
    if b"aa00" in form.letters:
        text = _IBAN.sub(lambda m: "[bank details]" if iban(m[0]) else m[0], text)
    if form.run >= 7 or (form.run and _SORTED.search(folded(text))):
        text = _BANK.sub("[bank details]", text)
    return text


def iban(written: str) -> bool:
    """Whether an IBAN's check digits are right (ISO 13616: the rearranged number is 1 modulo 97).

    >>> iban("GB29 NWBK 6016 1331 9268 19"), iban("GB29 NWBK 6016 1331 9268 18")
    (True, False)
    """
    plain = written.replace(" ", "").upper()
    return int("".join(str(int(c, 36)) for c in plain[4:] + plain[:4])) % 97 == 1


def cards(text: str) -> str:
    """Card numbers that pass Luhn's check, as ``[card number]``."""
    return _CARD.sub(_card, text)


def births(text: str, office_holders: frozenset[str] = frozenset()) -> str:
    """Dates of birth beside a cue as ``[date of birth]``; not an institution's or office-holder's."""

    low = text.lower()
    if not (any(cue in low for cue in (*_BIRTHS, "b.", "day")) if odd(text) else _some_birth(low)):
        return text

    def mark(found: re.Match[str]) -> str:
        before = text[: found.start()][-70:]
        public = _PUBLIC.search(before) or any(h in before.lower() for h in office_holders)
        if public and not found["sure"]:
            return found[0]
        date = found["a"] or found["b"] or found["c"]
        return found[0][: len(found[0]) - len(date)] + _ONE_DATE.sub("[date of birth]", date)

    return _BORN.sub(mark, text)


def _some_birth(low: str) -> bool:
    """Whether a text may speak of a birth: its words, or a "b." that ends no word."""
    if any(word in low for word in _BIRTHS) or "bday" in low or "b'day" in low:
        return True
    if "b." not in low:
        return "do.b" in low and "day" in low
    return "do.b" in low or _B_DOT.search(low) is not None


def luhn(digits: str) -> bool:
    """Whether the last digit is Luhn's check digit of the others.

    >>> luhn("4111111111111111"), luhn("4111111111111112")
    (True, False)
    """
    doubled = (int(d) * (1 + i % 2) for i, d in enumerate(reversed(digits)))
    return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0


def _card(found: re.Match[str]) -> str:
    """The mark for the longest run of whole groups that passes; an expiry or phone may follow it."""
    ends = [m.start() for m in re.finditer(r"[ \-]|$", found[0])]
    for end in reversed(ends):
        digits = re.sub(r"[^0-9]", "", found[0][:end])
        if len(digits) >= 13 and luhn(digits):
            return "[card number]" + found[0][end:]
    return found[0]


def _no_phone(text: str, found: re.Match[str]) -> bool:
    typed = re.sub(r"[^0-9]", "", found[0])
    digits = re.sub(r"[^0-9]", "", re.sub("[Oo]", "0", found[0]))
    mobile = digits.startswith("07") and len(digits) == 11
    return len(typed) < 6 or (not mobile and _NO_PHONE.search(text[: found.start()][-40:]) is not None)


def _is_nhs(text: str, found: re.Match[str]) -> bool:
    if "NHS" not in text[max(0, found.start() - NHS_CUE_WITHIN) : found.start()].upper():
        return False
    digits = [int(c) for c in found[0] if c.isdigit()]
    check = -sum(d * w for d, w in zip(digits[:9], range(10, 1, -1), strict=True)) % 11
    return check == digits[9]
