"""Markings: papers that must not come in, however they say so.

A marking on the whole — in the file's name, a tab, a page header, a title, a header, or alone in a row —
refuses the file. A marking in a row sends that row to the file of rejected rows. The words looked for
are those of the Government Security Classifications (OFFICIAL-SENSITIVE, SECRET, TOP SECRET; the older
PROTECT, RESTRICTED and CONFIDENTIAL) and of reports exempt under Schedule 12A to the Local Government
Act 1972 ("not for publication"); both from general knowledge.

False friends stay: "restricted parking", "exempt accommodation", "is my complaint confidential?", and
the notice under an e-mail ("This e-mail is confidential and intended only for …"), which is cut off.
"""

import re
from collections.abc import Iterable

from listening.errors import WordsError
from listening.receive.columns import Columns
from listening.receive.sheet import Sheet

# Anywhere, in any case: nobody says these by chance.
_ALWAYS = re.compile(
    r"OFFICIAL\W{0,3}[\s_]*\W{0,3}SENSITIVE|(?:under|of|by virtue of|paragraphs? [\d\s,and]+|part \w+ of)"
    r"\s+(?:\w+\s){0,6}schedule\s+12\s?A|exempt\W+(?:\w+\W+){0,4}schedule\s+12\s?A"
    r"|exempt\s+from\s+(?:publication|disclosure)|contains?\s+exempt\s+information"
    r"|strictly\s+(?:private\s+and\s+)?confidential",
    re.IGNORECASE,
)
# A marking where they stand by themselves: the whole cell or line, before a colon or dash, or in capitals.
_ALONE = (
    r"(?:private\s*(?:and|&)\s*confidential|not\s+for\s+publication|in\s+confidence|confidential|restricted"
    r"|top\s+secret|secret|protect|exempt(?:\s+(?:report|item|information|appendix|minutes))?)"
)
_STANDING = re.compile(
    rf"^\W*{_ALONE}\W*$|^\W*{_ALONE}\s*(?:[:|]|\s[-–—]\s)|[\[(]\s*{_ALONE}\s*[\])]",
    re.IGNORECASE | re.MULTILINE,
)
_SHOUTED = re.compile(
    r"\b(?:PRIVATE (?:AND|&) CONFIDENTIAL|NOT FOR PUBLICATION|TOP SECRET|STRICTLY CONFIDENTIAL)\b"
)
# On a title or a file's name a single word is enough, but for what else it may mean.
_TITLED = re.compile(
    r"(?<!non )(?<!not )\bconfidential\b|\bnot for publication\b|\btop secret\b"
    r"|\bexempt (?:report|item|items|information|appendix|minutes|agenda|papers?)\b"
    r"|\brestricted\b(?! (?:parking|byways?|access|view|zones?|mobility|area|width|height|hours|growth|use))",
    re.IGNORECASE,
)
_NOTICE = re.compile(
    r"(?:^|\n|(?<=[.!?]\s))\W*(?:(?:e-?mail\s+)?(?:confidentiality|disclaimer)\s*(?:notice|statement|note)?\s*[:\n-]"
    r"|(?:the\s+(?:information|contents?)\s+(?:contained\s+)?(?:in|of)\s+)?this\s+(?:e-?mail|message|communication"
    r"|transmission)\b(?:[^.\n]|\n(?!\n)){0,120}?\b(?:confidential|privileged|intended\s+(?:only|solely)))"
    r"(?:[^\n]|\n(?!\s*\n))*",
    re.IGNORECASE,
)
_YES = re.compile(r"\W*(?:y|yes|true|1|x|confidential|restricted|exempt|secret|private)\W*", re.IGNORECASE)
_NO = re.compile(
    r"\W*(?:n|no|false|0|none|official|public|open|unrestricted|not\s+\w+|n/?a|unclassified)?\W*", re.I
)


def on_the_whole(sheet: Sheet) -> tuple[str, str] | None:
    """Where the whole file is marked, and with which words; None where it is not."""
    stem = re.sub(r"[\W_]+", " ", sheet.name)
    places = [("its name", stem, True), *(("its title", said, True) for said in sheet.above)]
    places += [("its header", name, False) for name in sheet.columns]
    places += [("a row that says nothing else", said, False) for said in _lone(sheet)]
    for where, said, titled in places:
        found = _ALWAYS.search(said) or (_TITLED.search(said) if titled else None)
        if found is None and where != "its header":
            found = _STANDING.search(said)
        if found:
            return where, " ".join(found[0].strip(" -–—:|[]()").split())
    return None


def _lone(sheet: Sheet) -> Iterable[str]:
    """Rows with a single filled cell that is nothing but a marking; a one-column file has no such rows."""
    if len(sheet.columns) < 2:
        return
    for cells in sheet.rows.itertuples(index=False):
        filled = [c for c in cells if c is not None]
        if len(filled) == 1 and isinstance(filled[0], str) and _nothing_else(filled[0]):
            yield filled[0]


def _nothing_else(said: str) -> bool:
    """Whether a cell is a marking, at most with its descriptor (OFFICIAL-SENSITIVE [PERSONAL])."""
    rest = _ALWAYS.sub("", said)
    return len(said) < 80 and bool(_STANDING.search(said) or (rest != said and len(rest.split()) <= 2))


def refuse(sheet: Sheet, reason: str | None) -> str | None:
    """Nothing where the file is not marked; the marking where somebody answers for it with a reason.

    Else a WordsError that says where the marking stands and what to do.
    """
    found = on_the_whole(sheet)
    if found is None:
        return None
    where, words = found
    if reason and reason.strip():
        return words
    raise WordsError(
        f"{sheet.name} is marked {words!r} in {where}; nothing of it was read in. Confidential and exempt"
        " papers do not belong here. If the marking is wrong, have it taken off; if it is about something"
        ' else, say so with --not-confidential "why": your reason is kept on record.'
    )


def of_row(cells: Iterable[tuple[str, object]], columns: Columns) -> str | None:
    """Why a row must stay out, or None: a marking in a cell, or a yes in a column of markings."""
    marking, held = set(columns.of("marking")), dict(cells)
    for name in marking:
        said = str(held[name] or "")
        if _YES.fullmatch(said) or _ALWAYS.search(said):
            return f"marked confidential: {name} says {said[:40]!r}"
        if not _NO.fullmatch(said):
            return f"{name} says {said[:40]!r}: neither yes nor no, so it stays out"
    words = (of_words(v) for n, v in held.items() if isinstance(v, str) and n not in marking)
    return next((why for why in words if why), None)


def of_words(said: str) -> str | None:
    """Why words of a row must stay out, or None."""
    said = unsigned(said)
    found = _ALWAYS.search(said) or _SHOUTED.search(said) or _STANDING.search(said)
    return f"marked {' '.join(found[0].split())!r}" if found else None


def unsigned(text: str) -> str:
    """A text without the notice of confidentiality that mail programs put under it.

    >>> unsigned("Bins missed again. This e-mail is confidential and intended only for the addressee.")
    'Bins missed again.'
    """
    return _NOTICE.sub("", text).strip()
