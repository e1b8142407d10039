"""Births: a date of birth is masked beside a cue; a date listed after a name, in what reads as a form.

"Date of birth" and its short forms take any date; "born" and "birthday" do not where an institution or
somebody in office was born. In a text that gives a person's particulars (a National Insurance number, a
badge to be renewed, twins for a school) a whole date after a name, not told as a day on which something
happened ("on 3/4/2026"), is taken too.
"""

# ruff: noqa: SIM905 - a list of words reads best as words

import re
from collections.abc import Callable

from ahocorasick_rs import AhoCorasick, Implementation

from listening.clean.outline import odd, unmarked
from listening.clean.signs import ALL, Signs, at_words

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DAY = r"[0-9]{1,2}(?:st|nd|rd|th)?"
_YEAR = r"(?:(?:19|20)[0-9]{2}|['’]?[0-9]{2})(?![0-9])"
_FEAST = (
    r"(?:christmas (?:day|eve)|boxing day|new year['’]?s (?:day|eve)|valentine['’]?s day|ve day"
    r"|hallowe['’]?en)"
)
_TH = (
    r"(?:(?:twenty|thirty)[ \-]?)?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth"
    r"|eleventh|twelfth"
    r"|(?:thir|four|fif|six|seven|eigh|nine)teenth)|twentieth|thirtieth"
)
_ONES = r"(?:one|two|three|four|five|six|seven|eight|nine)"
_SAID = (  # a year in words
    rf"(?:(?:nineteen|twenty)[ ](?:(?:oh|o)[ ]{_ONES}|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty"
    rf"|ninety)"
    rf"(?:[ \-]?{_ONES})?|(?:thir|four|fif|six|seven|eigh|nine)teen|ten|eleven|twelve)"
    rf"|two thousand(?: and)?(?: (?:{_ONES}|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen"
    rf"|twenty(?:[ \-]?{_ONES})?))?)\b"
)
_DATE = (
    rf"(?:{_DAY}\s?[/.\-]\s?(?:[0-9O]{{1,2}}|{_MONTH})\s?[/.\-]\s?{_YEAR}|(?:19"
    rf"|20)[0-9]{{2}}[\-/.][0-9]{{2}}[\-/.][0-9]{{2}}"
    rf"|{_DAY}\s?(?:of\s)?{_MONTH}\.?,?\s?{_YEAR}|{_MONTH}\.?\s{_DAY},?\s{_YEAR}|{_FEAST},?\s(?:in\s)?"
    rf"(?:19|20)[0-9]{{2}}|(?:{_DAY}|{_TH})\s(?:of\s)?{_MONTH},?\s(?:(?:in\s)?{_SAID}|{_YEAR}))"
)
_NO_YEAR = rf"(?:{_DAY}[/.\-][0-9]{{1,2}}(?![0-9])|{_DAY}\s(?:of\s)?{_MONTH}\b|{_MONTH}\s{_DAY}\b)"
# Beside a sure cue only: "dob 070785", "dob 7 7 85".
_RUN = (
    r"(?:[0-3][0-9][01][0-9](?:19|20)?[0-9]{2}(?![0-9])|[0-9]{1,2}\s[0-9]{1,2}\s(?:19|20)?[0-9]{2}(?![0-9]))"
)
_MORE = (
    rf"(?:\W{{1,3}}(?:and\s)?(?:(?:mine|his|hers)(?:\s(?:is|was))?\s)?"
    rf"(?:{_DATE}))*"
)  # of several children, say
# A mark that stands already is no cue, and no gap between a cue and a date.
_BORN = re.compile(
    r"(?P<sure>\bd[. ]?o[. ]?bs?\b\.?|(?<!\[)\b(?:date|day) of birth|\bbirth\s?-?date|\bb['’]?day)"
    r"(?P<gap>\W{0,3}(?:is|was|as|of|=|being)?\W{0,3}(?:on\s)?(?:the\s)?|\s(?:on|in|for|at) [a-z ]{2,24}?\s"
    r"(?:is\s|as\s)?)"
    rf"(?P<a>(?:{_DATE}|{_RUN}|{_NO_YEAR}){_MORE})"
    rf"|(?P<far>(?<!\[)\b(?:d\.?o\.?b\.?|date of birth)\b(?:(?!\[date)[^.!?\n0-9]){{1,45}}?)"
    rf"(?P<d>{_DATE}{_MORE})"
    rf"|(?P<weak>\bborn\b|\bbirthdays?\b)(?P<gap2>(?:(?!\[date)[^.!?\n0-9]|[0-9]{{1,2}}(?:st|nd|rd|th)\s"
    rf"(?!of|{_MONTH})){{0,30}}?)(?P<b>(?:{_DATE}|[0-9]{{1,2}}\s[0-9]{{1,2}}\s(?:19"
    rf"|20)[0-9]{{2}}(?![0-9])){_MORE})"
    rf"|(?<![\w.])b\.\s?(?P<short>{_DATE})"
    rf"|(?P<c>\b{_DATE}{_MORE})(?=\)?\s(?:is|was)\s(?:my|his|her|their)\s"
    rf"(?:birthday|dob|date of birth|birth date)"
    rf"|,?\s(?:that['’]?s|is)\s(?:my|his|her|their)\s(?:birthday|dob|date of birth)"
    r"|\s?[(,]?\s?(?:dob|d\.o\.b\.?|date of birth)\b(?!\W{0,3}(?:is\W)?[0-9])"
    r"|\s(?:for|in|on|as)\s(?:the|my|his|her|their)\s(?:dob|date of birth)\b(?!\W{0,3}(?:is\W)?[0-9]))",
    re.IGNORECASE,
)
_ONE_DATE = re.compile(rf"{_DATE}|{_NO_YEAR}|{_RUN}", re.IGNORECASE)
# What is "born" on a date and is no private person: an institution, or somebody in office.
_BODIES = (
    r"NHS|council|club|school|parks?|party|charity|town|village|company|church|league|festival|group"
    r"|cent(?:re|er)|hospital"
)
_PUBLIC = re.compile(
    rf"\b(?:{_BODIES}|idea|movement|Cllr|Councillor|MP|Mayor|Sir|Dame|Lord|Leader|King|Queen|Prince"
    r"|Princess)\b[^.!?\n0-9\]]{0,60}$",
    re.IGNORECASE,
)
_FIND = AhoCorasick(
    ["b.", "born", "birth", "dob", "d.o.b", "d o b", "d.ob", "do.b", "bday", "b'day", "b’day"],
    implementation=Implementation.DFA,
)
BEFORE, AFTER = 60, 200  # characters around a cue in which its date stands
# A form that is filled in, or a person's age told beside the date.
_FORM = re.compile(
    r"\b(?:nino|ni(?: no| num)?|national insurance|nhs (?:no|num|number)|blue badge|admissions?|twins"
    r"|triplets|passport|patient|renewal|applicant|starter form|next of kin|my particulars|d\.?v\.?l\.?a"
    r"|licence)\b"
    r"|\bnhs\W{1,2}[0-9]|\b(?:red book|baby clinic|review form)\b"
)
_TURNS = re.compile(
    r"\b(?:turn(?:s|ed|ing)|(?:is|was|be) (?:only )?) ?[0-9]{1,3} (?:today|tomorrow|on|next|this|in|soon)\b"
    r"|\bb(?:irth)?day\b|\b[0-9]{1,3} today\b"
)
_WHOLE = (
    rf"(?:{_DAY}\s?[/.\-]\s?(?:[0-9O]{{1,2}}|{_MONTH})\s?[/.\-]\s?(?:19|20)[0-9]{{2}}(?![0-9])"
    rf"|{_DAY}\s(?:of\s)?{_MONTH},?\s(?:19|20)[0-9]{{2}}(?![0-9])|{_MONTH}\s{_DAY},?\s(?:19|20)[0-9]{{2}}"
    rf"(?![0-9]))"
)
_ONE = r"[A-ZÀ-ÖØ-Þ][\w'’\-]+"
_LISTED = re.compile(
    rf"(?P<who>(?:{_ONE} {_ONE}|\[name\]|\bboth|\baged? [0-9]{{1,3}})\)?(?:\s?[,/;:|\-–]\s|\s\(|\s))(?P<date>"
    rf"(?i:{_WHOLE}))"
    r"(?=\s?(?:[,;/)|:]|$|\n|\.\s|-\s|(?i:ni|nhs|living|of)\b))"
)
_BRACKETED = re.compile(rf"(?P<who>{_ONE} {_ONE},? \()(?P<date>(?i:{_WHOLE}))(?=\))")
_AGED = re.compile(rf"(?P<who>[(,!:\-–]\s?)(?P<date>(?i:{_WHOLE}))")
# Right after a child or a patient: "my daughter (14/02/2015) needs a place".
_KINDRED = AhoCorasick(
    "daughter son grandson stepson lad baby child patient nephew niece brother sister claimant".split(),
    implementation=Implementation.DFA,
)
_KIN = re.compile(
    r"(?P<who>\b(?:daughter|(?:grand|step)?son|lad|baby|child|patient|nephew|niece|brother|sister|claimant)"
    rf"(?:'s name)?(?: (?-i:[A-Z][\w'’\-]+|\[name\])){{0,2}}(?: \(|, | ))(?P<date>{_WHOLE})(?=\)|,| (?:needs?"
    rf"|has|is|was|waited))",
    re.IGNORECASE,
)
# Asked for, and told in a sentence of its own or as somebody's: "me 17/10/62, her 02/03/64".
_ASKED = re.compile(
    r"\b(?:d\.?o\.?bs?|dates? of birth|birth ?dates?|(?:year|when|day) (?:was|were) (?:i|we|you) born)\b"
)
_PERSON = (
    r"(?:me|mine|him|his|her|hers|theirs|yours|i am|i['’]?m|(?:my|our|the|his|her) (?:husband|wife|partner"
    r"|son|daughter"
    r"|mum|mam|dad|nan|mother|father|brother|sister|lad|lass|eldest|youngest|twins?|fella|missus)(?:['’]?s)?)"
)
_STATED = re.compile(
    rf"(?P<who>(?:^|[.!?:\n\-–(] ?|\b{_PERSON}(?:,|:| is| was)? ))(?P<date>{_DATE})(?=\s*(?:[.!?,;\n)]|$"
    rf"|(?:says?|said|and"
    rf"|then|not|{_PERSON})\b))",
    re.IGNORECASE,
)
_BODY = re.compile(
    rf"\b(?:{_BODIES}|librar(?:y|ies)|shop|pub|chapel|society|band|choir|museum|theatre)\b", re.I
)
NOW = 2026  # the year of this release, to be raised with it: the same text is masked alike on any day
_YEARS = re.compile(r"(?:19|20)[0-9]{2}")
_RECENT = 2  # years: what is as young may be an appointment's date, where no child is spoken of
_LIVING = 106  # years: a date beside a name that is older is history's
_OLD = 14  # years: a date in brackets after a name that is younger may be an event's
_CHILD = re.compile(
    r"\b(?:bab(?:y|ies)|newborn|red book|nursery|toddler|twins|triplets|midwi(?:fe|ves)|health visitor"
    r"|reception place|months old|bounty|antenatal|christening)\b"
)
# Between other particulars, or right before or after one: "/ 12-02-1963 / [NI number]".
_AMONG = re.compile(
    rf"(?<=\[N)(?P<before>(?:I|HS) number\]\s?[,;/|:.\-\n]?\s?)(?P<late>(?i:{_WHOLE}))"
    rf"|(?<![\w/.\-])(?P<date>(?i:{_WHOLE}))(?=\s?(?:[,;/|\-\n&]|and)\s?(?i:(?:ni|nhs|nino"
    rf"|national insurance)\b"
    r"(?: ?(?:no|num|number)\b)?[.:]? ?)?\[(?:NI|NHS) number\])"
)
MARK = "[date of birth]"


def masked(
    text: str,
    office_holders: frozenset[str] = frozenset(),
    told: Signs = ALL,
    given: frozenset[str] = frozenset(),
) -> str:
    """Dates of birth beside a cue as ``[date of birth]``; not an institution's or office-holder's.

    In brackets after a name a date counts where the first word is one of ``given``, if there are any.
    """
    low = text.lower()
    spots = _spots(low)
    if spots or odd(text):

        def mark(found: re.Match[str]) -> str:
            before = text[: found.start()][-70:]
            public = _PUBLIC.search(before) or any(h in before.lower() for h in office_holders)
            if public and not (found["sure"] or found["far"]):
                return found[0]
            date = found["a"] or found["b"] or found["short"] or found["c"] or found["d"]
            return found[0][: len(found[0]) - len(date)] + _ONE_DATE.sub(MARK, date)

        text = _BORN.sub(mark, text) if odd(text) or len(low) != len(text) else _near(spots, text, mark)
        if _ASKED.search(low):
            text = _STATED.sub(_stated, text)
    return _listed(text, low, told, given)


def _stated(found: re.Match[str]) -> str:
    """A date given as an answer, or as somebody's; one of this year or the last is told of something else."""
    year = re.findall("[0-9]+", found["date"])[-1]
    return found[0] if int(year[-2:]) in (NOW % 100, NOW % 100 - 1) else found["who"] + MARK


def _listed(text: str, low: str, told: Signs, given: frozenset[str]) -> str:
    """Whole dates that stand after a name, in a text that gives a person's particulars."""
    if told & {"person", "turns"} and _YEARS.search(text):
        text = _told_of(text, low, told)
    if "kin" in told and _YEARS.search(text):
        text = at_words(_KIN, _KINDRED, text, lambda m: m["who"] + MARK if _kin(m) else m[0])
    at = text.find("(")
    while at >= 0:
        found = text[at + 1 : at + 2].isalnum() and _BRACKETED.search(text, max(0, at - 60), at + 40)
        if found and _named(found["who"], given):
            text = text[: found.start()] + _early(found) + text[found.end() :]
        at = text.find("(", at + 1)
    return text


def _kin(found: re.Match[str]) -> bool:
    return NOW - _LIVING <= int(_YEARS.findall(found["date"])[-1]) < NOW


def _told_of(text: str, low: str, told: Signs) -> str:
    if "person" in told and _FORM.search(unmarked(low)):
        text = _LISTED.sub(_told, text)
    if "turns" in told and _TURNS.search(low) and not _BODY.search(low):
        text = _AGED.sub(_early, text)
    return text


def _named(who: str, given: frozenset[str]) -> bool:
    return not given or who.split()[0].lower() in given


def _told(found: re.Match[str]) -> str:
    """A recent date may be an appointment's, unless it is told of several or of a child."""
    who, year = found["who"], int(_YEARS.findall(found["date"])[-1])
    sure = who[0] == "b" or _past(year, found.string)
    return who + MARK if sure else found[0]


def _past(year: int, text: str) -> bool:
    """Whether a year can only be that of a birth in a text of particulars."""
    return year < NOW - _RECENT or (year <= NOW and _CHILD.search(text.lower()) is not None)


def among(text: str) -> str:
    """Whole dates beside the mark of another particular, as ``[date of birth]``."""

    def mark(found: re.Match[str]) -> str:
        told = found["date"] or found["late"]
        if not _past(int(_YEARS.findall(told)[-1]), found.string):
            return found[0]
        return (found["before"] or "") + MARK

    return _AMONG.sub(mark, text)


def _early(found: re.Match[str]) -> str:
    years = _YEARS.findall(found["date"])
    return found["who"] + MARK if years and NOW - _LIVING <= int(years[-1]) < NOW - _OLD else found[0]


def _spots(low: str) -> list[int]:
    """Where a text may speak of a birth: its words, or a "b." that ends no word."""
    return [
        start
        for n, start, _ in _FIND.find_matches_as_indexes(low, overlapping=True)
        if n or not (low[start - 1 : start].isalnum() or low[start - 1 : start] in ("_", "."))
    ]


def _near(spots: list[int], text: str, mark: Callable[[re.Match[str]], str]) -> str:
    """The text with births around the spots replaced."""
    parts, done, clear = [], 0, 0
    for at in spots:
        if at < clear:
            continue
        while found := _BORN.search(text, max(done, at - BEFORE), at + AFTER):
            parts += [text[done : found.start()], mark(found)]
            done = found.end()
        clear = at + AFTER // 2 if at + AFTER < len(text) else len(text)
    return "".join([*parts, text[done:]])
