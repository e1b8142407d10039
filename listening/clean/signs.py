"""Signs: one look at a text for what the costlier forms of redaction can't do without.

Each kind has words of which one must stand somewhere in the text, in small letters; all are looked for at
once. A kind that is missing is never there; one that is found may still be none.
"""

# ruff: noqa: SIM905 - a list of words reads best as words

import re
from collections.abc import Callable

from ahocorasick_rs import AhoCorasick, Implementation

from listening.clean.outline import folded, unmarked
from listening.clean.vehicles import MAKES

_NUMBERS = (
    "one two three four five six seven eight nine ten eleven twelve thir four fif twenty thirty forty fifty "
    "sixty seventy eighty ninety hundred"
).split()
# Blanks count: " ig " is no part of "big".
_KINDS: dict[str, tuple[str, ...]] = {
    kind: tuple(words.split("|"))
    for kind, words in {
        "platform": "insta|snap|tiktok|tik tok|twitt|telegram|discord|skype|facebook| fb|reddit|threads"
        "|bluesky|handle|vinted|depop| kik| psn|xbox|gamertag|gamer tag| user |roblox|fortnite|minecraft"
        "|onlyfans|gumtree|marketplace|cashapp|cash app|twitch|youtube|username|user name"
        "|whatsapp|messenger"
        "| ig | ig:| ig-|strava|linkedin|pinterest|steam|spotify|ebay|screen name|ps4|ps5|playstation",
        "mail": "mail",
        "direct": " dm | dm:|inbox| pm | @ is |on everything",
        "kin": "daughter| son | son,| lad |grandson|baby|child|patient|nephew|niece|brother|sister|claimant",
        "domain": ".com|.org|.net|.uk",
        "square": "///|w3w|what3|what 3|three words",
        "spelt": " underscore | dash | hyphen |mail co|outlook co|yahoo co|icloud co|live co|btinternet co"
        "|dot|at)|at]|at}|at>|at )|at ]|at >|mail.|outlook.|yahoo.|icloud.|aol.|btinternet.|live."
        "|sky.|talktalk.|ntlworld.|virginmedia.|msn.| me.",
        "reg": " reg | reg:| reg.| reg,| reg-| reg'| regs|(reg|registration|plate|vrm",
        "gap": "something",
        "caller": "knock|door to door|door-to-door|cold call|doorbell|salesm|hawker|door handle|broke in"
        "|broken in|burgl|jehovah|trick or treat",
        "works": "resurfac|tarmac|relaid| laid|gritt|swept|sweep|plough|dug up|digging|patched|painted"
        "|collected|emptied"
        "|delivered|leaflet|fibre|fiber|broadband|kerb|pavement|yellow lines| lines| cones|flood|water "
        "came|power"
        "| lights|hedges|road closed|dropped| bins|binm|postie| post|numbers| street",
        "noise": "bark|music|hammer|drill|banging|shout|scream|noise|racket|party|parties|rowing|alarm"
        "|cockerel|bonfire"
        "|crying|singing|drum|karaoke|firework|strimmer|mower|mowing|howling|building work| dog| kids"
        "|telly|revving"
        "|grinding|sawing|screech",
        "sides": "either side|each side|both sides",
        "said": " nineteen | two thousand| twenty oh | twenty ten| twenty eleven| twenty twelve",
        "person": " nino| ni | ni:|national insurance|nhs|blue badge|admission|twins|triplets|passport"
        "|patient|red book|baby clinic|review form|renewal|applicant|starter form|next of kin"
        "|particulars|dvla|d.v.l.a|licence",
        "turns": " turn|birthday|bday",
        "bank": "paid into|pay into"
        "|sort|a/c|s/c|bank |acc|acnt|iban|bacs|monzo|starling|revolut|barclays|hsbc|natwest|santander"
        "|halifax|lloyds bank",
        "ni": " ni | ni:| ni-| ni.| ni,|(ni|nino|n.i|insurance|nat ins|dwp|job centre|jobcentre|hmrc| pip "
        "|universal cr|payroll| p45| p60|tax code",
        "ring": "ring |ring:|phone| tel|call |call:|landline|home number|mobile| mob|whatsapp|text |number is"
        "|number's|number:",
        "flat": " bungalow| flat|(flat|,flat|apartment| apt",
        "post": "note says|parcel|package|evri|hermes|dpd|yodel|amazon|royal mail|courier|deliver|post|letter"
        "|card|flowers|tulips| bin|mail| bill|address|wrong house|wrong door|next door",
    }.items()
}
_KINDS["make"] = tuple(f"{before}{make}" for make in MAKES for before in (" ", "(", "/", ","))
_SPOKEN = "oh zero nought naught double triple treble one two three four five six seven eight nine".split()
_KINDS["spoken"] = tuple(f" {one} {two}" for one in _SPOKEN for two in _SPOKEN)
_KINDS["counted"] = tuple(
    f" {word}{after}"
    for n, word in enumerate(_NUMBERS)
    for after in ((" ", "teen") if word in ("four", "six", "seven", "nine") else " -" if n < 12 else ("",))
)
_KINDS["street"] = tuple(
    f" {kind}{end}"
    for kind in "st|rd|ave|av|ln|dr|cl|ct|cres|gdns|terr".split("|")
    for end in (" ", ".", ",", "?", "!", ")", ":", ";")
) + tuple(
    f" {kind}"
    for kind in (
        "street|road|avenue|lane|drive|close |court|crescent|grove|gardens|terrace|rise |mews|square|croft"
        "|villas|cottages|pavement|kingsway"
    ).split("|")
)
_KINDS["mine"] = tuple(
    f"{lead} {more}{digit}"
    for lead in (
        "i'm|i’m| im|i am|we're|we’re|we are|she's|he's|they're|it's| its|mine's|mine is|ours is|hers"
        " is|his is"
    ).split("|")
    for more in ("", "at ", "number ", "no ", "no. ")
    for digit in range(10)
)
_KINDS["street first"] = tuple(
    f"{kind}{between}{digit}"
    for kind in "street|st|road|rd|avenue|ave|lane|ln|drive|close|crescent|court|grove|terrace|gardens"
    "|way|place".split("|")
    for between in (" ", ", ", " (no ", " (no. ", " (number ", " (no", " (no.")
    for digit in range(10)
)
_KINDS["spelt number"] = tuple(f"{lead} {word}" for lead in (" at", "number") for word in _NUMBERS)
_KINDS["spelt door"] = tuple(
    f" {lead} {word}"
    for lead in ("outside", "opposite", "behind", "from", "in", "next to", "next door to", "blocking", "at")
    for word in _NUMBERS
    if word != "one"
)
_WORDS = [(word, kind) for kind, words in _KINDS.items() for word in words]
_NAMES = [kind for _, kind in _WORDS]
_FIND = AhoCorasick([word for word, _ in _WORDS], implementation=Implementation.DFA)
Signs = frozenset[str]
ALL: Signs = frozenset(_KINDS)


def at_words(
    pattern: re.Pattern[str], words: AhoCorasick, text: str, replace: Callable[[re.Match[str]], str]
) -> str:
    """``pattern.sub(replace, text)`` for a pattern that begins with one of the words, in small letters."""
    low = text.lower()
    if len(low) != len(text):
        return pattern.sub(replace, text)
    parts, done = [], 0
    for _, start, _ in words.find_matches_as_indexes(low, overlapping=True):
        found = pattern.match(text, start) if start >= done else None
        if found:
            parts += [text[done:start], replace(found)]
            done = found.end()
    return "".join([*parts, text[done:]])


def signs(text: str) -> Signs:
    """The kinds of which a word stands in the text.

    >>> sorted(signs("The tap on facebook"))
    ['platform']
    """
    low = f" {folded(unmarked(text))} ".replace("\n", " ")
    return frozenset({_NAMES[n] for n, _, _ in _FIND.find_matches_as_indexes(low, overlapping=True)})
