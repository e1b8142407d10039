"""Accounts: e-mail addresses, also spelt out, and names of accounts, with an @ or told beside a platform."""

# ruff: noqa: SIM905 - a list of words reads best as words

import re

from ahocorasick_rs import AhoCorasick, Implementation

from listening.clean.guard import Guard
from listening.clean.outline import folded
from listening.clean.signs import ALL, Signs

_LOCAL, _DOMAIN = r"[\w][\w.%+'\-]{0,254}", r"(?:[\w\-]{1,63}\.){1,6}[^\W\d_][\w\-]{0,61}[^\W_]"
_ENDS = r"(?i:com|net|org|uk|co\.uk|org\.uk|me|eu)"
_EMAIL = re.compile(
    rf"(?<![\w@]){_LOCAL}\s?@{{1,2}}\s?{_DOMAIN}"
    # a slip in the domain: "ann@example . com", "ann@example,com"
    rf"|(?<![\w@]){_LOCAL}\s?@\s?[\w\-]{{2,63}}(?:\s?[.,]\s?[\w\-]{{2,63}})?(?:\s[.,]\s?|[.,]|\.\s(?=com\b"
    rf"|co\.uk\b|net\b)){_ENDS}\b"
)
_BRACKET_AT, _BRACKET_DOT = (
    r"\s{0,2}[\[({<]\s?(?:at|@)\s?[\])}>]\s{0,2}",
    r"\s{0,2}[\[({<]\s?dot\s?[\])}>]\s{0,2}",
)
_MAILBOXES = (
    r"(?:gmail|googlemail|hotmail|outlook|yahoo|icloud|aol|btinternet|live|sky|talktalk|ntlworld"
    r"|virginmedia|protonmail|msn|me)"
)
_JOINED = r"(?:\s(?:dot|underscore|dash|hyphen)\s[\w\-]{1,40})"
_SPELT = re.compile(
    rf"(?<![\w@]){_LOCAL}{_JOINED}{{0,3}}{_BRACKET_AT}[\w\-]{{1,63}}"
    rf"(?:(?:{_BRACKET_DOT}|\.|\sdot\s)[\w\-]{{1,63}}){{1,5}}"
    rf"|(?<![\w@])[\w][\w.%+'\-]{{0,63}}{_JOINED}{{0,3}}\sat\s(?!the\s|an?\s|this\s"
    r"|that\s)[\w\-]{1,63}(?:\sdot\s[\w\-]{1,40}){1,4}\b"
    rf"|(?<![\w@])[\w][\w.%+'\-]{{0,63}}{_JOINED}{{1,3}}\sat\s[\w\-]{{1,63}}(?:\.[\w\-]{{1,40}}){{1,4}}\b"
    rf"|(?<![\w@])[\w][\w.%+'\-]{{0,63}}\sat\s{_MAILBOXES}(?:\.|\s?dot\s?|\s)(?:com|co[. ]uk|net|org|uk)\b"
    rf"|(?<![\w@]){_LOCAL}\s?@\s?[\w\-]{{1,63}}(?:(?:{_BRACKET_DOT}|\sdot\s)[\w\-]{{1,63}}){{1,5}}",
    re.IGNORECASE,
)
_SPELT_SIGN = re.compile(
    rf"[\[({{<]\s?(?:at|@|dot)\s?[\])}}>]|\s(?:underscore|hyphen|dash)\s|\sdot\s|\sat\s{_MAILBOXES}(?:\."
    rf"|\s?dot|\sco)"
)
_MAIL_SIGN = re.compile(r"@\s?[\w\-]{1,63}\s?[.,]")
_AT_MAILBOX = re.compile(rf"(?<![\w@])[\w][\w.%+'\-]{{1,63}}@{_MAILBOXES}(?![\w.@])", re.IGNORECASE)
# After "e-mail me", a name "at" a domain is an address: "email us, bookings at larkhall.co.uk".
_TOLD_MAIL = re.compile(
    r"(?P<cue>\be-?mail(?:s|ed)?\b\W{0,3}(?:(?:me|us|him|her|is|to|on|address)\W{1,3}){0,3})"
    r"[\w][\w.+\-]{1,40},?\sat\s(?:(?:[\w\-]{1,40}\.){1,3}(?:com|org|net|co|uk)|gmail|hotmail|outlook|yahoo"
    r"|icloud|btinternet|protonmail|googlemail)\b",
    re.IGNORECASE,
)
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
_SITES = (
    r"(?:insta(?:gram)?|ig|snap(?:chat)?|snapchat|tik ?tok|twitter|telegram|discord|skype|facebook|fb|reddit"
    r"|threads|bluesky|vinted|depop|kik|psn|xbox|gamer ?tag|twitch|youtube|messenger|strava|linkedin|steam"
    r"|spotify|pinterest|ebay|whatsapp|user ?name|screen name|handle|ps[45]|playstation|roblox|fortnite"
    r"|minecraft|onlyfans|gumtree|marketplace|cash ?app|user)"
)
# It must not look like a word: a digit, a low line or a dot inside; never a time, a sum or a size.
_SIGNED = (
    r"(?![0-9.,:]+(?:am|pm|k|p|m|st|nd|rd|th|ish|hrs?|mins?|ft|mph|pm)?\b)(?=[0-9_.\-]*[A-Za-z])(?=[\w.\-]*"
    r"(?:[0-9_]|(?-i:[a-z]\.[a-z]|[A-Z]{2}\.[A-Z])))[A-Za-z0-9_][\w.\-]{2,38}\w"
)
_FILLED = (
    r"(?:(?:(?:(?:name|handle|username|id|tag)['’]?s|i['’]?m|i am|seller|channel|user|profile|page|name"
    r"|handle"
    r"|id|account|username|me|him|her|us|is|was|are|at|on|as|it's|its|under|called|add"
    r"|add me)(?!\w)|:|=|-|–|,|\()\s?)"
)
_NAMED = re.compile(
    rf"(?P<cue>\b{_SITES}\b(?:'s)?\s?{_FILLED}{{0,4}}){_SIGNED}"
    rf"|(?<![\w@.\-/]){_SIGNED}(?=,?\s(?:is my |is on |on |over on |via )(?:my )?{_SITES}\b)",
    re.IGNORECASE,
)
# Whose account it is, in so many words: then any one word.
_PLATFORMS = (
    "insta|instagram|ig|snap|snapchat|tiktok|tik tok|twitter|telegram|discord|skype|facebook|fb|reddit"
    "|threads|bluesky|vinted|depop|kik|psn|xbox|gamertag|gamer tag|twitch|youtube|messenger|strava|linkedin"
    "|steam"
    "|spotify|pinterest|ebay|whatsapp|username|user name|screen name|handle|ps4|ps5|playstation|user"
    "|roblox|fortnite|minecraft|onlyfans|gumtree|marketplace|cash app|cashapp"
).split("|")
_FIND = AhoCorasick(_PLATFORMS, implementation=Implementation.DFA)
_CALLED = re.compile(
    rf"(?P<cue>\b(?:my|his|her|their|our) (?:(?:{_SITES} )?(?:user ?name|gamer ?tag|screen name)"
    rf"|{_SITES} (?:handle|account name|name|tag)|handle)"
    rf"\s?(?:['’]s|is|was|:|=|-)\s?['\"“‘]?|\b{_SITES} (?:handle|username|user name|tag|name) ?(?:is|:)\s?"
    rf"|\b(?:on|over on) {_SITES} (?:as|under) )"
    r"(?!(?:not|now|the|a|an|on|in|my|still|gone|taken|blocked|hacked|already|always|just|private|wrong"
    r"|too)\b)@?[A-Za-z0-9_][\w.\-]{2,38}\w",
    re.IGNORECASE,
)
# A plain word as a name, where nothing else can be meant: "insta: muddyboots", "add me on snap, littlefox".
_OWN_SITES = (
    r"(?:insta(?:gram)?|ig|snap(?:chat)?|tik ?tok|telegram|discord|skype|kik|psn|xbox|gamer ?tag|twitch"
    r"|vinted|depop"
    r"|ebay|strava|steam|user ?name|screen name)"
)
_WORDED = re.compile(
    rf"(?P<cue>\b(?:{_OWN_SITES}: ?|(?:my|our|his|her) {_OWN_SITES}(?:['’]s| is)(?: just)? "
    rf"|{_SITES} (?:handle"
    rf"|user) (?:is )?|(?:add|find|follow|message|dm) (?:me|us|him|her) on {_SITES}[,:]? (?:at |as "
    rf"|under )?))"
    r"(?!(?:not|now|the|on|in|my|still|gone|taken|blocked|hacked|already|always|just|private|wrong|too"
    r"|down|full|off"
    r"|broken|public|dead|going|playing|being|rubbish|terrible|amazing|awful|great|brilliant|better|worse"
    r"|closed|open"
    r"|please|thanks|thank|cheers|instead|anytime|message|group|groups|page|pages|post|posts|link"
    r"|comments?|photo"
    r"|photos|video|data|error|account|accounts|password|support|research|interface|experience|agreement"
    r"|friendly"
    r"|today|tonight|tomorrow|yesterday|here|there|everyone|anyone|everything|nothing|something|because"
    r"|working"
    r"|empty|boring|useless|mental|mint|class|hilarious|different|same|fake|locked|banned|suspended|old"
    r"|new|it)\b)"
    r"(?-i:[a-z][a-z.]{4,30}[a-z])(?<!ed)(?<!ing)(?<!ive)(?<!ful)(?<!ble)(?<!ous)(?<!ly)(?<!less)(?=\s*(?:[.,;!?)\n]|$|\b(?:if|for|and|or|please|xx?)\b))",
    re.IGNORECASE,
)
_MODELS = re.compile(
    r"(?i)^(?:[0-9]+(?:gb|tb|mb|kg|mg|ml|mm|cm|km|am|pm|th|st|nd|rd|s|x|hz|fps|d|p|k)|series-?[a-z]|covid-?19"
    r"|[a-z]{1,2}[0-9]{1,4}|.*\.(?:com|uk|org|net|social|app|gov|it|tv|io|jpe?g|png|pdf|mp4|py|js|csv"
    r"|txt|docx?|xlsx?|html?|zip|exe))$"
)
# Accounts of bodies and of people in office say so in their names.
_OFFICIAL = re.compile(
    r"(?:[a-z0-9_](?:DC|BC|CC|MBC|MP|NHS|PCC)|(?i:council|police|fire|ambulance|nhs|gov|govuk|_mp))(?:UK)?$"
    r"|^(?i:nhs|bbc|itv|cllr|gov|police)[A-Z_]"
)
MARK = "[account]"


def masked(text: str, guard: Guard, told: Signs = ALL) -> str:
    """The text with addresses as ``[e-mail]`` and names of accounts as ``[account]``."""
    low = text.lower()
    spelt = [m.span() for m in _SPELT_SIGN.finditer(folded(text))] if "@" in text or "spelt" in told else []
    before = text
    if "@" in text and _MAIL_SIGN.search(text):
        text = _EMAIL.sub("[e-mail]", text)
    if "@" in text:
        text = _AT_MAILBOX.sub("[e-mail]", text)
    if spelt:
        text = (
            _near(_SPELT, text, spelt)
            if before == text and len(folded(text)) == len(text)
            else _SPELT.sub("[e-mail]", text)
        )
    if "domain" in told and " at " in low:
        text = _PLAIN_AT.sub("[e-mail]", text)
    if "domain" in told and _SIGNED_AT.search(low):
        text = _AT_SIGNED.sub("[e-mail]", text)
    if ".bsky." in low:
        text = _SKY.sub(MARK, text)
    if "mail" in told and " at " in low:
        text = _TOLD_MAIL.sub(r"\g<cue>[e-mail]", text)
    if "@" in text:
        text = _AT_NAME.sub(
            lambda m: m[0] if official(m["name"], guard) and "@" not in m[0][1:] else MARK, text
        )
    if "platform" in told:
        if "#" in text and "discord" in low:
            text = _TAGGED.sub(MARK, text)
        text = _told(text)
        if "_" in text and not _CODE.search(text):
            text = _LOWLINE.sub(rf"\g<cue>{MARK}", text)
        if _WORD_NUMBER.search(text) and not _CODE.search(text):
            text = _NUMBERED.sub(_named, text)
        text = _ALSO.sub(rf"\g<cue>{MARK}", text) if MARK in text else text
    if "direct" in told and not _CODE.search(text):
        text = _DIRECT.sub(_named, text)
    if "u/" in low or "r/" in low:
        text = _U_NAME.sub(MARK, text)
    return text


def _near(pattern: re.Pattern[str], text: str, spots: list[tuple[int, int]]) -> str:
    """The text with addresses that are found around their signs as marks."""
    parts, done = [], 0
    for start, end in spots:
        found = pattern.search(text, max(done, start - AROUND), end + AROUND) if end > done else None
        if found:
            parts += [text[done : found.start()], "[e-mail]"]
            done = found.end()
    return "".join([*parts, text[done:]])


AROUND = 90  # characters around the sign of an address that is spelt out
# Other names of the same person or of what is asked for, in a text that speaks of a platform.
_ALSO = re.compile(
    rf"(?<=\[account\])(?P<cue>,? ?(?:or|and|/|not|&|then)(?: maybe)? ){_SIGNED}", re.IGNORECASE
)
_LOWLINE = re.compile(
    r"(?P<cue>\b(?:is it|it'?s|its|is|called|find|follow|add|msg|message|dm|i'?m|i am|under|search"
    r"|handle(?: is|'s)?)[:,]? )"
    r"(?=[\w.]*[a-z0-9]_)(?=[\w.]*[a-z])[a-z0-9][\w.]{3,38}\w(?![\w(:/=\[])",
    re.IGNORECASE,
)
_WORD_NUMBER = re.compile(r"[0-9](?<=[A-Za-z.][A-Za-z.][A-Za-z.][0-9])")
# A word with a number at its end, told as what somebody is called there.
_NUMBERED = re.compile(
    r"(?P<cue>\b(?:now|it'?s|its|is|called|find|follow|add|message|dm|under|search|as|user|name|handle"
    r"|account|profile"
    r"|page)[:,]? (?:me |us |him |her |on |under |as "
    r"|called ){0,2})(?=\w*[A-Za-z]{3})[A-Za-z][A-Za-z.]{3,30}[0-9]{1,4}(?![\w(:/=\[.-])",
    re.IGNORECASE,
)
# Where to write: "dm dazza_85".
_DIRECT = re.compile(
    r"(?P<cue>\b(?:dm|inbox|pm)(?: me| us)?[:,]? (?:at |on )?|\b(?:my|the) @ is "
    r"|\bon everything:? )(?=[\w.]*[A-Za-z]{3})"
    r"(?=[A-Za-z.]*(?:_|[0-9]))[A-Za-z][\w.]{3,38}(?<=\w)(?![\w(:/=\[.-])",
    re.IGNORECASE,
)
# A name that is no word, "at" a domain: "j.smith at example.org".
_PLAIN_AT = re.compile(
    r"(?<![\w@.])(?:[a-z][\w\-]{0,30}[._][a-z][\w.\-]{0,30}"
    r"|[a-z]{3,30}[0-9]{2,6})\sat\s(?![\w.\-]{0,60}(?:gov|nhs|police|ac)\.uk)"
    r"(?:[\w\-]{2,40}\.){1,3}(?:com|org|net|uk)\b",
    re.IGNORECASE,
)
# "ann*at*example.com"
_SIGNED_AT = re.compile(r"([*_~|\-])at\1")
_AT_SIGNED = re.compile(
    r"(?<![\w@./])[\w.+\-]{1,40}?([*_~|\-])at\1[\w\-]{2,40}(?:\.[\w\-]{2,20}){0,2}\.(?:com|org|net|uk)\b",
    re.IGNORECASE,
)
_SKY = re.compile(r"(?<![\w@./])[\w\-]{2,40}\.bsky\.(?:social|app)\b", re.IGNORECASE)
_CODE = re.compile(r"[{}();]\s*$|[:=]=|->|\bdef\b|\bimport\b|::|\w\(\)", re.MULTILINE)


_TAGGED = re.compile(r"(?<![\w#&/])[A-Za-z][\w.]{1,31}#[0-9]{4}(?!\w)")


def official(account: str, guard: Guard) -> bool:
    """Whether an account's name reads as that of a body, a place of the area or somebody in office."""
    letters = re.sub(r"[^a-z]", "", account.lower())
    if letters in guard.accounts or _OFFICIAL.search(account) is not None:
        return True
    return (0, len(account)) in guard.spans(account)


def _sites(text: str) -> list[tuple[int, int]]:
    """Where a platform is named, as a word of its own or with an 's."""
    low = text.lower()
    if len(low) != len(text):
        return [(n, n) for n in range(0, len(text), 60)]
    hits = ((a, b) for _, a, b in _FIND.find_matches_as_indexes(low, overlapping=True))
    return [(a, b) for a, b in hits if not (low[a - 1 : a].isalnum() or low[b : b + 1].isalnum())]


def _told(text: str) -> str:
    """The text without names of accounts that stand close to that of a platform."""
    parts, done, clear = [], 0, 0
    for start, end in _sites(text):
        if start < clear:  # what begins here stood in the part just searched
            continue
        clear = end + 12
        for form in (_NAMED, _CALLED, _WORDED):
            found = form.search(text, max(done, start - 60), end + 70)
            if found and _named(found) != found[0]:
                parts += [text[done : found.start()], _named(found)]
                done, clear = found.end(), 0
    return "".join([*parts, text[done:]])


def _named(found: re.Match[str]) -> str:
    cue = found["cue"] or ""
    if " : " in cue and _PLAIN.fullmatch(found[0][len(cue) :]):
        return found[0]  # a term of a program: "(FB : is_finite"
    return found[0] if _MODELS.match(found[0][len(cue) :]) else cue + MARK


_PLAIN = re.compile("[a-z_]+")
