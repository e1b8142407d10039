"""Redact: personal data in a text is replaced by a mark that says what stood there.

    [e-mail] [phone] [plate] [NI number] [NHS number] [bank details] [card number] [date of birth]
    [coordinates] (exact ones)   [UPRN] (of a property)
    [account] (an @name or u/name)   [link] (an address that names its author)
    [number] (of a house)   [name] (a private person, where recognised)   NG17 4… (a postcode's sector)

Each form is only looked for where its cheapest sign is there: so many digits, an "@", "://".
Redacting twice changes nothing more. Never claim that a redacted text is free of personal data:
it is masked where recognised.
"""

import re

from listening.clean import addresses, homes, names, numbers, outline, plates, postcodes, spots
from listening.clean.guard import Guard

LONGEST = 10_000  # characters; a mark can be longer than what it replaces
_LOCAL, _DOMAIN = r"[\w][\w.%+'\-]{0,254}", r"(?:[\w\-]{1,63}\.){1,6}[^\W\d_][\w\-]{0,61}[^\W_]"
_EMAIL = re.compile(rf"(?<![\w@]){_LOCAL}\s?@\s?{_DOMAIN}")
_BRACKET_AT, _BRACKET_DOT = r"\s{0,2}[\[({<]\s?at\s?[\])}>]\s{0,2}", r"\s{0,2}[\[({<]\s?dot\s?[\])}>]\s{0,2}"
_MAILBOXES = (
    r"(?:gmail|googlemail|hotmail|outlook|yahoo|icloud|aol|btinternet|live|sky|talktalk|ntlworld"
    r"|virginmedia|protonmail|msn|me)"
)
_SPELT = re.compile(
    rf"(?<![\w@]){_LOCAL}{_BRACKET_AT}[\w\-]{{1,63}}(?:(?:{_BRACKET_DOT}|\.|\sdot\s)[\w\-]{{1,63}}){{1,5}}"
    r"|(?<![\w@])[\w][\w.%+'\-]{0,63}(?:\sdot\s[\w\-]{1,40}){0,3}\sat\s(?!the\s|an?\s|this\s"
    r"|that\s)[\w\-]{1,63}(?:\sdot\s[\w\-]{1,40}){1,4}\b"
    rf"|(?<![\w@])[\w][\w.%+'\-]{{0,63}}\sat\s{_MAILBOXES}\.(?:com|co\.uk|net|org|uk)\b"
    rf"|(?<![\w@]){_LOCAL}\s?@\s?[\w\-]{{1,63}}(?:(?:{_BRACKET_DOT}|\sdot\s)[\w\-]{{1,63}}){{1,5}}",
    re.IGNORECASE,
)
# What a spelt-out address can't do without, in lower case; looked for first, because it is rare.
_BRACKETED = ("at)", "at]", "at}", "at>", "at )", "at ]", "at >")
_MAILED = (
    *(
        box + "."
        for box in ("mail", "outlook", "yahoo", "icloud", "aol", "btinternet", "live", "sky", "talktalk")
    ),
    *("ntlworld.", "virginmedia.", "msn.", " me."),
)
_SPELT_SIGN = re.compile(rf"[\[({{<]\s?(?:at|dot)\s?[\])}}>]|\sdot\s|\sat\s{_MAILBOXES}\.")
_MAIL_SIGN = re.compile(r"@\s?[\w\-]{1,63}\.")
_PLATFORMS = ("insta", "snap", "tik", "twitt", "teleg", "disco", "skype", "faceb", "fb", "redd")
_PLATFORM = re.compile(r"\b(?:" + "|".join(_PLATFORMS) + ")")
# An account: not a time or price after "@" ("doors @7pm").
_AT_NAME = re.compile(
    r"(?<![\w@])@(?![0-9]{1,4}(?:[:.][0-9]{2})?(?:am|pm|ish|p"
    r"|k)?(?![\w]))(?P<name>\w(?:[\w.\-]{0,60}\w)?)(?:@[\w\-]+(?:\.[\w\-]+)+)?",
    re.IGNORECASE,
)
_U_NAME = re.compile(
    r"(?<![\w/])/?(?:u|user)/(?:u/)?[A-Za-z0-9_\-]{3,40}(?![\w/])|(?<![\w/])/?r/u_[A-Za-z0-9_\-]{3,40}",
    re.IGNORECASE,
)
# An account that is named without a sign: "my insta is jane_doe22"; it must not look like a word.
_NAMED = re.compile(
    r"\b((?:insta(?:gram)?|snap(?:chat)?|tik ?tok|twitter|telegram|discord|skype|facebook|fb"
    r"|reddit)(?: (?:name|handle|id|account|user(?:name)?))?"
    r"(?: is|'s|:|=| -)\s?)(?=[\w.]*(?:[0-9_]|\w\.\w))[\w.]{4,40}(?<!\.)",
    re.IGNORECASE,
)
# Accounts of bodies and of people in office say so in their names.
_OFFICIAL = re.compile(
    r"(?:[a-z0-9_](?:DC|BC|CC|MBC|MP|NHS|PCC)|(?i:council|police|fire|ambulance|nhs|gov|govuk|_mp))(?:UK)?$"
    r"|^(?i:nhs|bbc|itv|cllr|gov|police)[A-Z_]"
)


def redact(text: str, guard: Guard, *, people: bool = True) -> str:
    """The text with personal data masked; ``people=False`` leaves names alone (press, official).

    At most ``LONGEST`` characters; never raises. Links inside are made canonical, or ``[link]``.
    """
    if "/" in text or "www." in text.lower():
        parts = addresses.linked(text)
        if len(parts) > 1:
            done = [addresses.in_text(p) if n % 2 else _words(p, guard, people) for n, p in enumerate(parts)]
            return "".join(done)[:LONGEST]
    return _words(text, guard, people)[:LONGEST]


def official(account: str, guard: Guard) -> bool:
    """Whether an account's name reads as that of a body or of somebody in office."""
    letters = re.sub(r"[^a-z]", "", account.lower())
    return letters in guard.accounts or _OFFICIAL.search(account) is not None


def _words(text: str, guard: Guard, people: bool) -> str:
    """A text without links, redacted: the structured forms from the longest to the shortest."""
    low = text.lower()
    spelt = ("@" in text or _spelt(low)) and _SPELT_SIGN.search(outline.folded(text))
    if _MAIL_SIGN.search(text):
        text = _EMAIL.sub("[e-mail]", text)
    if spelt:
        text = _SPELT.sub("[e-mail]", text)
    if "@" in text:
        text = _AT_NAME.sub(
            lambda m: m[0] if official(m["name"], guard) and "@" not in m[0][1:] else "[account]", text
        )
    if any(name in low for name in _PLATFORMS) and _PLATFORM.search(low):
        text = _NAMED.sub(r"\1[account]", text)
    if "u/" in low or "r/" in low:
        text = _U_NAME.sub("[account]", text)
    if "number " in low:
        text = homes.spelt(text, guard)
    digits = outline.digits(text)
    if digits:
        text = _numbers(text, digits, guard)
    return names.masked(text, guard) if people else text


def _spelt(low: str) -> bool:
    """Whether a text holds the cheapest sign of a spelt-out address."""
    if "dot" in low or ("." in low and any(sign in low for sign in _MAILED)):
        return True
    return any(end in low for end in ")]}>") and any(sign in low for sign in _BRACKETED)


def _numbers(text: str, digits: int, guard: Guard) -> str:
    """All forms with digits; each is looked for where the outline says that it may stand."""
    form, whole = outline.outline(text), text
    if digits >= 6:
        text = spots.masked(text, form)
        text = numbers.births(text, guard.holders)
        text = numbers.bank(text, form)
        if form.run >= 13:
            text = numbers.cards(text)
        text = numbers.nhs(text) if form.run >= 10 else text
        if form.insured:
            text = numbers.national_insurance(text)
        if form.run >= 8:
            text = numbers.phones(text)
    elif digits >= 2:
        text = numbers.births(text, guard.holders)
    if form.beside or "GIR" in text or "gir" in text:
        text = postcodes.masked(text, guard.postcode)
    # a mark may have taken away what a plate was joined to
    text = plates.masked(text, form if text == whole else outline.outline(text))
    return homes.masked(text, guard)
