"""Worded: the number of a house in words right before its street, "forty-two Cobden Street"."""

# ruff: noqa: SIM905 - a list of words reads best as words

import re

from ahocorasick_rs import AhoCorasick, Implementation

from listening.clean import homes
from listening.clean.guard import Guard, free

_ONES = "one|two|three|four|five|six|seven|eight|nine"
_UNDER = (
    rf"(?:(?:twenty|thirty|forty|fourty|fifty|sixty|seventy|eighty|ninety|ninty)(?:[- ]?(?:{_ONES}))?"
    rf"|(?:thir|four|fif|six|seven|eigh|nine)teen|ten|eleven|twelve|{_ONES})"
)
_NUMBER = (
    rf"(?:(?:a|one|two|three)[- ]hundred(?:[- ]and)?(?:[- ]{_UNDER})?"
    rf"|(?:{_ONES})[- ](?:oh|o|nought|zero)[- ](?:{_ONES})|{_UNDER})"
)
_HOUSE = re.compile(rf"(?P<number>{_NUMBER})(?:[ -]?[a-f])?,? (?=(?P<next>[A-Za-z]))", re.IGNORECASE)
_STARTS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty thirty forty fourty fifty sixty seventy eighty ninety ninty"
).split()
_FIND = AhoCorasick(
    [f"{before}{word}" for word in (*_STARTS, "a hundred") for before in (" ", "\n", "(", '"', "“", ",")],
    implementation=Implementation.DFA,
)
# Before it: it counts several streets or tells which.
_COUNTS = re.compile(
    r"\b(?:the|these|those|all|both|other|last|first|next|every|only|over|about|nearly|around|top|bus"
    r"|route|no|than"
    r"|past|half|or|page|part|chapter|act|level|year|class|room|channel|radio|age|aged|my|your|our"
    r"|their|his|her"
    r"|another|of) $",
    re.IGNORECASE,
)
# After its street: an end, a verb or what leads on.
_GOES_ON = re.compile(
    r"\.?(?=\s*(?:[.,;:!?)\"”’'\n\[]|$|(?:has|have|had|is|was|and|to|for|with|on|in|at|please|pls|plz"
    r"|again|where|who"
    r"|which|because|cos|since|but|took|keeps?|never|not|when|while|about|after|before|if|there|here"
    r"|n?g[0-9]{1,2}"
    r"|again|said|says|this|last|every|today|yesterday|tomorrow|still|now|are|were|been|being|got|left"
    r"|by|near"
    r"|opposite|from|can|could|would|will|needs?|wants?|i|we|my|our|it|he|she|they|so|as)\b))",
    re.IGNORECASE,
)


def masked(text: str, guard: Guard) -> str:
    """The text with such numbers as ``[number]``; "two Mill Road shops" counts shops.

    Only right before a street of the area or what is written like one.
    """
    low = text.lower()
    if len(low) != len(text):
        return text
    parts, done = [], 0
    for _, start, _ in _FIND.find_matches_as_indexes(f" {low}"):  # so much further: a blank stands before
        if start < done:
            continue
        found = _HOUSE.match(text, start)
        if found is None or found["number"] == "One" or _COUNTS.search(text[max(0, start - 12) : start]):
            continue
        end = _street(text, found, guard)
        if end and not free(guard.spans(text), start, found.end("number")):
            continue  # the street's own name
        if (
            end
            and _GOES_ON.match(text, end)
            and not (_FEW.fullmatch(found["number"]) and _few(text, found, end))
        ):
            parts += [text[done:start], f"{homes.MARK} "]
            done = found.end()
    return "".join([*parts, text[done:]])


def _few(text: str, found: re.Match[str], end: int) -> bool:
    """Whether a small number may be an hour or count something: "Saturday six, Mill Square"."""
    after = text[found.end() : found.end() + 20].partition(" ")[0].lower()
    if "," in found[0] or after in _MEASURES or (after.endswith("s") and found["number"].lower() != "one"):
        return True  # "Seven Oaks Road", "Ten Acre Lane"
    lead = _PLACED.search(text[max(0, found.start() - 14) : found.start()])
    return lead is None or (
        lead[0].strip(' \n(:"“') in ("", ",") and text[end : end + 2].strip(" .")[:1] not in ("", ",")
    )


_MEASURES = frozenset("acre mile gate gates ways way elm oak tree trees hill hills".split())
_FEW = re.compile(rf"{_ONES}|ten|eleven|twelve", re.IGNORECASE)
_PLACED = re.compile(
    r"(?:^|\n|[,(:\"“] ?|\b(?:at|from|to|of|outside|opposite|behind|by|near|is|am|are|address|collect"
    r"|lives?)) ?$",
    re.IGNORECASE,
)


def _street(text: str, found: re.Match[str], guard: Guard) -> int:
    """Where the street after a number ends, 0 where there is none."""
    if (
        not found["next"].isupper()
        and text[found.end() : found.end() + 20].partition(" ")[0] not in guard.firsts
    ):
        return 0
    words = homes.words(text, found.end())
    count = homes.street([word for _, word in words], guard)
    return words[count - 1][0] if count else 0
