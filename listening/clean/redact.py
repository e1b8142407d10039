"""Redact: personal data in a text is replaced by a mark that says what stood there.

    [e-mail] [phone] [plate] [NI number] [NHS number] [bank details] [card number] [date of birth]
    [coordinates] (exact ones, and what3words)   [UPRN] (of a property)
    [account] (an @name or u/name)   [link] (an address that names its author)
    [number] (of a house)   [name] (a private person, where recognised)   NG17 4… (a postcode's sector)

Each form is only looked for where its cheapest sign is there: so many digits, an "@", "://".
Redacting twice changes nothing more. Never claim that a redacted text is free of personal data:
it is masked where recognised.
"""

from listening.clean import (
    accounts,
    addresses,
    asides,
    bank,
    births,
    doors,
    homes,
    households,
    names,
    nextdoors,
    numbers,
    oldplates,
    outline,
    plates,
    postcodes,
    signs,
    spoken,
    spots,
    worded,
)
from listening.clean.guard import Guard
from listening.clean.signs import Signs

PASSES = 4
LONGEST = 10_000  # characters; a mark can be longer than what it replaces


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


def _words(text: str, guard: Guard, people: bool) -> str:
    """A text without links, redacted; what stood beside a link that is gone is read as it was before."""
    if addresses.GONE in text:
        return addresses.GONE.join(_words(part, guard, people) for part in text.split(addresses.GONE))
    told = signs.signs(text)
    text = accounts.masked(text, guard, told)
    for _ in range(PASSES):  # a mark is shorter or longer than what stood there: what is near changes
        before, text = text, _structured(text, guard, told)
        if text == before:
            break
    return names.masked(text, guard) if people else text


# What a postcode with something unusual in it looks like.
_PARTED = (b"0\n0aa", b"0.0aa", b"0/0aa", b"0_0aa", b"0,0aa", b"0, 0aa", b"0. 0aa", b"aa 00 0aa", b"aa 000aa")


def _structured(text: str, guard: Guard, told: Signs) -> str:
    """All forms but addresses, accounts and names."""
    if "square" in told:
        text = spots.squares(text)
    if "spoken" in told:
        text = spoken.masked(text)
    if "spelt number" in told:
        text = homes.spelt(text, guard)
    if "counted" in told and "street" in told:
        text = worded.masked(text, guard)
    digits = outline.digits(text)
    if digits:
        text = _numbers(text, digits, guard, told)
    elif "reg" in told or ("make" in told and oldplates.ends(text)):
        text = oldplates.parts(text)
    if "said" in told:  # a year in words
        text = births.masked(text, guard.holders, told, guard.given)
    if digits or told & doors.SPELT:
        text = doors.masked(text, told)
    if digits:
        text = asides.masked(nextdoors.masked(text, told), told)
    spelt = "spelt door" in told
    return households.masked(text, spelt) if digits or spelt else text


def _numbers(text: str, digits: int, guard: Guard, told: Signs) -> str:
    """All forms with digits; each is looked for where the outline says that it may stand."""
    form, whole = outline.outline(text), text
    if digits >= 6:
        text = spots.masked(text, form)
        text = births.masked(text, guard.holders, told, guard.given)
        text = bank.masked(text, form, told)
        if form.run >= 13:
            text = bank.cards(text)
        text = numbers.nhs(text) if form.run >= 10 or b"000/000/0000" in form.letters else text
        if form.insured or ("ni" in told and (form.run or form.beside)):
            text = numbers.national_insurance(text, form.insured, "ni" in told)
        if "[N" in text:
            text = births.among(text)
        if form.run >= 8:
            text = numbers.phones(text)
        if digits >= 11 and "07" in text:
            text = numbers.mobiles(text)
        if form.run and "ring" in told:
            text = numbers.local_phones(text)
    elif digits >= 2:
        text = births.masked(text, guard.holders, told, guard.given)
        if "ni" in told:  # with the letter O for nought it has fewer digits
            text = numbers.national_insurance(text, insured=False)
    parted = b"0aa" in form.letters and any(gap in form.letters for gap in _PARTED)
    if form.beside or parted or b"0 a a" in form.letters or "GIR" in text or "gir" in text:
        text = postcodes.masked(
            text, guard.postcode, b"00aa" in form.letters or b"0 0aa" in form.letters, parted
        )
    # a mark may have taken away what a plate was joined to
    text = plates.masked(text, form if text == whole else outline.outline(text), told)
    return homes.masked(text, guard)
