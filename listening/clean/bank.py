"""Bank: sort codes, account numbers, IBANs and cards.

A sort code and an account beside each other need no word; either alone needs one. A card or IBAN whose
check is right needs none; one mistyped is taken beside "card" or "IBAN", as it gives away as much.
ISO/IEC 7812 (Luhn) and ISO 13616 from general knowledge.
"""

import re

from listening.clean.outline import Outline, folded, outline, unmarked
from listening.clean.signs import ALL, Signs

_EDGE = r"(?<![\w£$€.\-/])"
_GAP = r"(?:\s?[\-–]\s?|\s)"
_DOT = r"(?:\s?[\-–.]\s?|\s)?"  # beside a cue
_SORT = (
    rf"(?:[0-9]{{2}}{_DOT}[0-9]{{2}}{_DOT}[0-9]{{2}}|[0-9]{{2}}/[0-9]{{2}}/[0-9]{{2}}|[0-9](?: [0-9]){{5}})"
)
_BARE_SORT = rf"[0-9]{{2}}{_GAP}[0-9]{{2}}{_GAP}[0-9]{{2}}"
_IS = r"(?:\s?(?:is|was)\b)?[\s:=\-]{0,4}"
_NO = r"(?:\s?(?:no|num(?:ber)?|#)\b)?\.?"
_ACCOUNT_CUE = rf"(?:\ba/c|\bacc(?:n?t)?|\bacnt|\baccount)\.?{_NO}{_IS}"
_SORT_CUE = rf"(?:\bsort(?:\s?-?codes?)?|\bs/?c)\.?{_NO}{_IS}"
_ALONE = r"(?:[0-9]{8}|[0-9]{4}\s[0-9]{4})"
_ACCOUNT = rf"(?:{_ALONE}|[0-9]{{2}}(?:[ \-][0-9]{{2}}){{3}}|[0-9](?: [0-9]){{7}})"  # beside a cue
_JOIN = r"\s{0,2}[,;/|&:\-–]?\s{0,2}(?:and\s)?(?:into\s)?(?:the\s)?"
_BANK = re.compile(
    rf"{_EDGE}(?:{_SORT_CUE})?{_BARE_SORT}{_JOIN}(?:{_ALONE}|[0-9](?: [0-9]){{7}}"
    rf"|{_ACCOUNT_CUE}{_ACCOUNT})(?![0-9])"
    rf"|{_EDGE}[0-9]{{6}}\s?[,/|&]?\s?{_ALONE}(?![0-9])|{_EDGE}[0-9]{{8}}\s?[,/|&]?\s?[0-9]{{6}}(?![0-9])"
    rf"|{_EDGE}[0-9]{{8}}{_JOIN}(?:{_SORT_CUE})?{_BARE_SORT}(?![0-9\-])"
    rf"|{_EDGE}{_SORT_CUE}{_SORT}(?![0-9])(?:{_JOIN}(?:{_ACCOUNT_CUE})?(?:{_ACCOUNT}|[0-9]{{7}})(?![0-9]))?"
    rf"|{_EDGE}{_ACCOUNT_CUE}(?:{_ACCOUNT}|[0-9]{{7}})(?![0-9])(?:{_JOIN}(?:{_SORT_CUE})?{_SORT}(?![0-9]))?",
    re.IGNORECASE,
)
_THREE = re.compile(r"[0-9]{2}(?:\s?[\-–]\s?|\s)[0-9]{2}(?:\s?[\-–]\s?|\s)[0-9]{2}(?![0-9])")
_SORTED = re.compile(r"sort|s/?c")  # a sort code alone: six digits
# In a text that speaks of an account, its other numbers too: "the code is 20.45.81 and it's 73390164".
_TOLD = re.compile(
    r"\bsort\s?-?codes?\b|\ba/?c\b|\b(?:bank|account)\s(?:details|no|num)|\biban\b|\bbacs\b|\[bank details\]"
    r"|\b(?:my|our|your|his|her|their|wrong) (?:bank )?account\b|\bdirect debit\b|\bstanding order\b"
    r"|\bbuilding society\b"
    r"|\b(?:monzo|starling|revolut|barclays|hsbc|natwest|santander|halifax|lloyds bank|bank transfer)\b"
)
_LOOSE = re.compile(
    rf"{_EDGE}(?:[0-9]{{2}}([ ]?[\-–.][ ]?|[ ])[0-9]{{2}}\1[0-9]{{2}}|[0-9]{{8}})(?![\w\-/]|[.,:][0-9])"
)
_NOT_BANK = re.compile(
    r"\b(?:ref(?:erence)?|order|invoice|case|member(?:ship)?|dob|d\.o\.b\.?|born|birth|on|since|from|until|by"
    r"|dated?|call|ring|phone|tel)\W{0,3}(?:no|num|number|is|the)?\W{0,3}$",
    re.IGNORECASE,
)
_LETTERED = r"(?:[ \-]?(?=[A-Za-z]{0,3}[0-9])[A-Za-z0-9]{4}){2,7}(?:[ \-]?[A-Za-z0-9]{0,2}[0-9])?"
_IBAN = re.compile(
    r"(?<![\w])[A-Za-z]{2}[0-9]{2}(?: ?[A-Za-z0-9]{4}){3,7}(?: ?[A-Za-z0-9]{1,3})?(?![\w])", re.A
)
_IBAN_CUED = re.compile(
    rf"(?<![\w])[A-Za-z]{{2}}[0-9]{{2}}(?:[ \-]?[A-Za-z0-9]{{4}})?{_LETTERED}(?![0-9])", re.A
)
_CARD = re.compile(r"(?<![\w£$€.,\-])[2-6](?:[ \-]?[0-9]){12,18}(?![0-9])")
_CARD_CUED = re.compile(
    r"(?<![\w£$€.,\-])(?:[2-6][0-9]{3}(?:[ \-.]?[0-9]{4}){3}|3[47][0-9]{2}[ \-.]?[0-9]{6}[ \-.]?[0-9]{5})"
    r"(?![0-9])"
)
_CARD_SIGN = re.compile(
    r"\b(?:(?:credit|debit|bank|visa|travel|fuel)?\s?cards?|visa|mastercard|amex|exp(?:ir\w{1,4})?|cvv|cvc"
    r"|long number|(?:16|sixteen)[ \-]digits?|digits on the (?:front|back))\b"
)
_BANK_CARD = re.compile(
    r"\b(?:bank|debit|credit|visa|amex|barclaycard|monzo|lloyds|natwest)\s?(?:debit )?cards?\b"
)
_NO_CARD = re.compile(
    r"\b(?:order|tracking|parcel|ref(?:erence)?|delivery)\W{0,3}(?:no|num|number)?\W{0,3}$", re.I
)
_EXPIRY = re.compile(
    r"(?P<cue>\[card number\]\W{1,3}|\bexp(?:ir(?:y|es|ing))?\.?(?:\sdate)?\W{0,3}(?:is\s)?"
    r"|\bvalid (?:to|until|thru)\s)"
    r"(?:0[1-9]|1[0-2])\s?[/\-\s]\s?(?:20)?[0-9]{2}(?![0-9/])"
    r"|(?P<cvv>\b(?:cvv|cvc|security code)\W{0,3}(?:is\s)?)[0-9]{3,4}(?![0-9])"
    r"|(?P<back>\W)[0-9]{3}(?= on the back)",
    re.IGNORECASE,
)
MARK, CARD = "[bank details]", "[card number]"
NEAR = 60  # characters around a card number in which a card must be named
FAR = 280  # the same before it for a bank's card


def masked(text: str, form: Outline | None = None, told: Signs = ALL) -> str:
    """Sort code and account number, in either order, paired or named, and IBANs, as ``[bank details]``."""
    form = form or outline(text)
    low = folded(text)
    if b"aa00" in form.letters:
        if "iban" in low:
            text = _IBAN_CUED.sub(MARK, text)
        text = _IBAN.sub(lambda m: MARK if iban(m[0]) else m[0], text)
    if form.run >= 7 or (form.run and _SORTED.search(low)):
        if "bank" in told or _THREE.search(text):
            text = _BANK.sub(lambda m: m[0] if _sorted(m, low) else MARK, text)
        if ("bank" in told or MARK in text) and _TOLD.search(text.lower()):
            text = _LOOSE.sub(lambda m: m[0] if _NOT_BANK.search(text[: m.start()][-30:]) else MARK, text)
    return text


def _sorted(found: re.Match[str], low: str) -> bool:
    """Whether it is an order to sort so many things: "sort 20 45 60 bags"."""
    said = found[0].lower()
    if not said.startswith("sort ") or "code" in said or sum(c.isdigit() for c in said) > 6:
        return False
    return " " in said[5:].strip() and not _MONEY.search(low)


_MONEY = re.compile(r"\b(?:bank|accoun?t|acct?|a/c|acnt|pay(?:ment)?|paid|transfer|natwest|monzo|code)\b")


def iban(written: str) -> bool:
    """Whether an IBAN's check digits are right (ISO 13616: the rearranged number is 1 modulo 97).

    >>> iban("GB29 NWBK 6016 1331 9268 19"), iban("GB29 NWBK 6016 1331 9268 18")
    (True, False)
    """
    plain = written.replace(" ", "").upper()
    return int("".join(str(int(c, 36)) for c in plain[4:] + plain[:4])) % 97 == 1


def cards(text: str) -> str:
    """Card numbers that pass Luhn's check, or stand beside "card", with expiry, as ``[card number]``."""
    done = _CARD.sub(_card, text)
    if _CARD_SIGN.search(folded(unmarked(text))):
        done = _CARD_CUED.sub(_cued, done)
    return _EXPIRY.sub(lambda m: (m["cue"] or m["cvv"] or m["back"]) + CARD, done) if CARD in done else done


def _cued(found: re.Match[str]) -> str:
    """The mark for a number that fails the check, where a card is spoken of close by."""
    bare = unmarked(found.string)
    before, after = bare[max(0, found.start() - NEAR) : found.start()], bare[found.end() :][:NEAR]
    near = _CARD_SIGN.search(folded(before)) or _CARD_SIGN.search(folded(after))
    near = near or _BANK_CARD.search(folded(bare[max(0, found.start() - FAR) : found.start()]))
    return CARD if near and not _NO_CARD.search(before) else found[0]


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
            return CARD + found[0][end:]
    return found[0]
