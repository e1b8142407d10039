"""Households: a bare number that means those who live there, "the lads from 33", "58 has had complaints".

A number up to twelve may be an hour or a count; it needs a closer cue than a larger one.
"""

# ruff: noqa: SIM905 - a list of words reads best as words

import re

from listening.clean import householdcues as cues
from listening.clean import householdwords as words
from listening.clean.doorcues import HOMES, MAILED, OTHER

MARK = "[number]"
BEFORE, AFTER, NEAR = 64, 70, 100  # characters around a number: what leads to it, follows, is spoken of
HOURS, LAST = 12, 420  # a smaller number may be an hour; few streets have a larger one
Found = re.Match[str]
_SENTENCE = re.compile(r"[.!?\n] ")
_HOURS = frozenset("two three four five six seven eight nine ten eleven twelve".split())


def masked(text: str, spelt: bool = False) -> str:
    """The text with such numbers as ``[number]``, also those in words.

    >>> masked("the lads from 33 had music on till four")
    'the lads from [number] had music on till four'
    """
    low = text.lower()
    low = low if len(low) == len(text) else text
    parts, done = [], 0
    spots = [found.span() for found in cues.NUMBER.finditer(low)]
    for at, end in sorted([*spots, *_spelt(low)]) if spelt else spots:
        found = at >= done and _found(low, at, end, max(done, at - BEFORE))
        if found:
            parts += [text[done : found.start("row")], cues.EACH.sub(MARK, text[slice(*found.span("row"))])]
            done = found.end("row")
    return "".join([*parts, text[done:]])


def _spelt(text: str) -> list[tuple[int, int]]:
    """Where numbers in words stand after what may lead to a home."""
    leads = (end for _, _, end in words.FIND.find_matches_as_indexes(text))
    return [found.span() for end in leads if (found := cues.SPELT.match(text, end))]


def _found(text: str, at: int, end: int, start: int) -> Found | None:
    """The form in which the number that begins at ``at`` means a household, or None."""
    for name in _names(text, at, end):
        form, sure = _FORMS[name]
        found = form.search(text, start, at + AFTER)
        if found and found.start("row") == at and sure(found):
            return found
    return None


def _names(text: str, at: int, end: int) -> list[str]:
    """Which forms may be there, by the word before the number and what follows."""
    said = text[max(0, at - 20) : at].split()
    lead = said[-1].strip('"“') if said else ""
    if lead in words.NUMBERED and len(said) > 1:
        lead = said[-2].strip('"“')
    forms: list[str] = []
    if row := cues.ENDS.match(text, at):
        forms = [*words.LEADS.get(lead.strip("(,.-=:"), ()), *words.LEADS.get(lead[-1:], ())]
        if forms and _small(row) and MARK not in text:
            few = ("from",) * (lead == "from") + ("over",) * (len(_figures(row)) > 1)
            few += ("done",) * lead.startswith(("odd", "even", "side", "numbers"))
            forms = [name for name in forms if name in words.SMALL or name in few]
    elif lead in ("live", "lives", "lived"):
        forms = ["lives"]
    if text[at - 1 : at] in ("#", "\n", ""):
        forms.append("hash" if text[at - 1 : at] == "#" else "called")
    after = text[end : end + 16].lstrip('abcdef"”')
    if after[:1] in ("'", "’", "s"):
        forms.append("owns")
    elif after[:1] in (" ", ","):
        word = after.lstrip(" ,").partition(" ")[0]
        forms += words.NEXT.get(word, ()) if word != "and" or after[5:6].isdigit() else ()
        forms += ("asked",) * (lead in words.ASKED)
    return forms if text[at].isdigit() else [name for name in forms if name in words.SPELT]


def _near(found: Found) -> str:
    text = found.string
    a, b = found.span("row")
    return text[max(0, a - NEAR) : a] + " " + text[b : b + NEAR]


def _figures(found: Found) -> list[int]:
    """The numbers of a row; in words they count as an hour or as one that is none."""
    row = found["row"]
    if row.isdigit():
        return [int(row)]
    each = (found[0] for found in cues.EACH.finditer(row))
    return [int(n.rstrip("abcdef½")) if n[0].isdigit() else HOURS + (n not in _HOURS) for n in each]


def _count(found: Found) -> bool:
    """Whether a number of the row is none that a street has."""
    return not 0 < min(_figures(found)) <= max(_figures(found)) <= LAST


def _small(found: Found) -> bool:
    """Whether each number of the row may be an hour, or is none that a street has."""
    lettered = re.search("[0-9][a-fA-F]", found["row"]) is not None
    return _count(found) or (not lettered and max(_figures(found)) <= HOURS)


def _other(found: Found) -> bool:
    """Whether ages, speeds or scores are spoken of around it."""
    (at, end), text = found.span("row"), found.string
    if _told(found):
        return True
    if found["row"] in words.SERVICES and words.SERVICE.search(_near(found)):
        return True
    lead = text[max(0, at - 40) : at]
    said = _SENTENCE.split(lead)[-1] + " " + _SENTENCE.split(text[end : end + 40])[0]
    return bool(OTHER.search(_near(found)) or words.AGED.search(lead) or words.SPEED.search(said))


def _told(found: Found) -> bool:
    """Whether it is a year ("shut the pits in 85"), a temperature or a room, by what stands by it."""
    at, row = found.start("row"), found["row"]
    lead = found.string[max(0, at - 60) : at]
    if lead.endswith(" in ") and row.isdigit() and 45 <= int(row) <= 99 and words.EVENT.search(lead):
        return True
    if row[-1] in "cf" and words.MEASURED.search(lead) and words.WARM.search(_near(found)):
        return True
    if lead.endswith(("is ", "was ")) and words.MINE.search(lead) and words.COUNTER.search(_near(found)):
        return True
    return words.ROOM.search(lead[-36:]) is not None


def _home(found: Found) -> bool:
    near = _near(found)
    if _other(found):
        return False
    return MARK in near or HOMES.search(near) is not None or words.HOUSEHOLD.search(near) is not None


def _large(found: Found) -> bool:
    return not _small(found) and _home(found)


def _any(found: Found) -> bool:
    return not _count(found) and _home(found)


def _from(found: Found) -> bool:
    """An hour may follow "at", an age too where no neighbour is named."""
    by = found["by"]
    if _small(found):
        return by == "from" and not _count(found) and found["sure"] is not None and _home(found)
    return not _other(found) if found["sure"] or by == "from" else _home(found)


def _went(found: Found) -> bool:
    if found["by"] == "from" and " to " in found["row"]:
        return False  # a rise or a range
    return not _small(found) and (not _other(found) if found["sure"] else _home(found))


def _done(found: Found) -> bool:
    if found["verb"].startswith(("odd", "even")):
        return not _count(found)
    return not _small(found) and not _other(found) if found["sure"] else _large(found)


def _loose(found: Found) -> bool:
    """Ages and speeds stand "at" a number too, so that a home itself must be spoken of."""
    beside = MARK in _near(found) and "," not in found[0]
    if found["by"] in ("at", "by") and not (beside or HOMES.search(_near(found))):
        return False
    return not (found["by"] == "from" and " to " in found["row"]) and _large(found)


def _beside(found: Found) -> bool:
    if found["span"] or _small(found):
        return (_large if found["span"] else _any)(found)
    return not _other(found)


def _over(found: Found) -> bool:
    """Several on one side of a street may be small: "bins for 2, 4 and 6"."""
    if not _small(found):
        return _home(found)
    side = len({n % 2 for n in _figures(found)}) == 1 and len(_figures(found)) > 1
    return side and found["by"] in ("for", "of", "between", "at") and _any(found)


def _asked(found: Found) -> bool:
    return _any(found) or (not _small(found) and not _other(found))


def _lives(found: Found) -> bool:
    return not _count(found) and not _other(found) and (not _small(found) or _home(found))


def _own(found: Found) -> bool:
    if found["at"] or found["stay"]:
        return not _small(found) and not _other(found) and not words.COUNTING.match(found.string, found.end())
    return _any(found) if MARK in _near(found) else _large(found)


def _street(found: Found) -> bool:
    return _home(found) if _small(found) or found["gap"] != " " else not _other(found)


def _turned(found: Found) -> bool:
    """Two numbers of the same digits, or where homes are spoken of."""
    if all(n % 10 == 0 for n in _figures(found)) and not MAILED.search(_near(found)):
        return False  # a limit of speed
    same = sorted(found["one"]) == sorted(found["two"]) and len(found["one"]) > 1
    return not _count(found) and (same or _home(found))


_FORMS = {
    "from": (cues.FROM, _from),
    "went": (cues.WENT, _went),
    "beside": (cues.PLACE, _beside),
    "over": (cues.OVER, _over),
    "lives": (cues.LIVES_IN, _lives),
    "owns": (cues.OWNS, _any),
    "does": (cues.DOES, _any),
    "done": (cues.DONE, _done),
    "loose": (cues.LOOSE, _loose),
    "hash": (cues.HASH, _any),
    "called": (cues.CALLED, _any),
    "asked": (cues.ASKED, _asked),
    "own": (cues.OWN, _own),
    "shown": (cues.SHOWN, _large),
    "bin": (cues.BIN, _any),
    "ours": (cues.WITH_OURS, _any),
    "street": (cues.STREET, _street),
    "turned": (cues.TURNED, _turned),
}
