"""Listed given names, capital or small, masked where what stands around them tells of a person.

Each is found first and its surroundings are read then, so that a text without any costs next to nothing.
What surely tells a person ("Leanne's mum", "parcel for Wojtek", "it's Magda here") takes any listed name;
what only may ("Lenny waded in", "(Pauline)") leaves those that are words, places, brands or stars as well,
and is not heard where fame, office or animals are the matter.
"""

import re
from functools import lru_cache

from listening.clean import nameforms as forms
from listening.clean import namejudge
from listening.clean.guard import Guard, Span, free
from listening.clean.namecues import LISTED
from listening.clean.namelists import GIVEN, UNSURE
from listening.clean.namewords import ALONE, DEEDS, KINDS, WORDLIKE

MARK = "[name]"
_ROADS = {"road", "street", "lane", "close", "drive", "way", "house", "row", "walk", "rise"}
_NEVER = {"nana", "amma", "baba", "nanny"}


def masked(text: str, words: frozenset[bytes], guard: Guard) -> str:
    """The text with listed given names as ``[name]`` where they are surely those of private people."""
    spans, parts, done, talk = guard.spans(text), [], 0, _Talk(text)
    for start, end in _found(text, words):
        word = text[start:end]
        low = namejudge.plainly(word.lower()).partition("-")[0]
        if (
            start < done
            or low in _NEVER
            or (word[0].islower() and low in WORDLIKE and low not in guard.given)
        ):
            continue
        stop = _small(text, start, end, guard, spans) if word[0].islower() else start
        if word[0].isupper():
            stop = _large(text, start, word, guard, spans, talk)
        if stop > start:
            parts += [text[done:start], MARK]
            done = stop
    return "".join([*parts, text[done:]]) if parts else text


def _large(text: str, start: int, word: str, guard: Guard, spans: list[Span], talk: "_Talk") -> int:
    """Where a name with a capital ends; ``start`` where it is none to mask."""
    run = (forms.CAPITALS if word.isupper() else forms.RUN).match(text, start)
    if run is None or any(b == start - 1 for _, b in spans):  # "Kirkby Stephen"
        return start
    low, end = namejudge.plainly(word.lower()).partition("-")[0], run.end()
    for more in forms.MORE.finditer(run[0]):
        if more[1].lower() in guard.ordinary:  # "Dave Thanks"
            end = start + more.start()
            break
    cue = _told(text, start, end, low, talk, guard)
    if cue is None:
        return start
    stop = namejudge.stop(text, start, end, cue, LISTED, guard, spans)
    if stop == start and low in ALONE and text[start:end] == word and cue:
        return end if namejudge.plain(text, start, end, guard, spans) else start
    if stop == start + len(word) and forms.INITIAL.search(text[start:end]):
        return end
    return stop


class _Talk:
    """What a text is about, asked only where it matters."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.told: dict[int, bool] = {}

    def plain(self, at: int) -> bool:
        """Whether neither fame, office nor animals are the matter around a place in the text."""
        part = at // 256
        if part not in self.told:
            near = self.text[max(0, part * 256 - 256) : part * 256 + 512]
            self.told[part] = not any(
                form.search(near) for form in (forms.FAMOUS, forms.IN_OFFICE, forms.PETS)
            )
        return self.told[part]


def _told(text: str, start: int, end: int, low: str, talk: _Talk, guard: Guard) -> str | None:
    """The cue ("" for what follows) that tells of a person, or None."""
    before, after, name = text[max(0, start - 64) : start], text[end : end + 48], text[start:end]
    near = before[-24:]
    last = near.rstrip().rpartition(" ")[2]
    if (
        forms.PET_CUE.search(near)
        or forms.LETTER.search(near)
        or namejudge.figure(f"{last} {name}", "", guard)
    ):
        return None
    if (forms.INITIAL.search(name) and not forms.ROYAL.match(name)) or forms.NICKED.match(after):
        return ""
    if (beyond := forms.NEXT.match(after)) and namejudge.figure(f"{name} {beyond[1]}", "", guard):
        return None  # "Simon says"
    pair = forms.PAIRED.search(near)
    if forms.ARTICLE.search(near) or (pair and namejudge.figure(f"{pair[1]} {name}", "", guard)):
        return None  # "Jack and Jill"
    if cue := forms.BEFORE.search(before):
        # a greeting and a word that is a name too ("Thanks Will do") is none
        hasty = low in ALONE and cue[0].lower().startswith(("thanks", "cheers", "sorry", "yes"))
        return None if hasty else cue[0]
    day = low not in UNSURE and forms.DAYS.search(near)
    if day and forms.OTHER_DAY.search(text[max(0, start - 80) : start - 9] + after):
        return ""
    if last[:1].isupper() and last[-1:].isalpha() and forms.INSIDE.search(near):
        return None  # "Kirkby Stephen"
    if (beside := forms.AFTER.match(after)) and not (low in UNSURE and "[" in beside[0]):
        return ""
    ends = forms.ALONE.match(after) or forms.SHORT_END.match(after)
    if ends and (" " in name or low in guard.given) and forms.MARKED.search(before):
        return ""
    if low in UNSURE or (low in WORDLIKE and low not in guard.given):
        return None
    if (couple := forms.COUPLE.match(after)) and namejudge.figure(f"{name} {couple[1]}", "", guard):
        return None
    paired = couple is not None and namejudge.given(namejudge.plainly(couple[1].lower()), guard)
    return "" if (paired or _may(name, near, after)) and talk.plain(start) else None


def _may(name: str, before: str, after: str) -> bool:
    """Whether a name stands as those of people do, and as some others too."""
    if (
        forms.SHORT_END.match(after)
        and before[-2:-1].islower()
        and " " not in name
        and not forms.LINKS.search(before)
    ):
        return True  # "I took the photo Clive"
    if forms.ITS.search(before) and forms.ITS_AFTER.match(after):
        return True
    if (not before.strip() or before.rstrip()[-1] in ".!?\n") and forms.CALLED_OUT.match(after):
        return True  # "Janet, your purse is here"
    if before.endswith("(") and after.startswith(")"):
        return True
    inside = before.endswith(", ") and forms.COMMA.match(after) is not None
    if inside and not before[:-2].rpartition(" ")[2][:1].isupper():
        return True
    return forms.MAY_AFTER.match(after) is not None


def _small(text: str, start: int, end: int, guard: Guard, spans: list[Span]) -> int:
    """Where a name in small letters ends; ``start`` where it is none."""
    word = text[start:end]
    before, after = text[max(0, start - 48) : start], text[end : end + 48]
    if word in guard.ordinary or forms.PET_CUE.search(before):
        return start
    if not free(spans, start, end) or forms.LOW_OFFICE.match(after):
        return start
    last = forms.LOW_SURNAME.match(text, end)
    surname = last is not None and last["last"] not in guard.ordinary and last["last"] not in KINDS
    surname = surname and last is not None and free(spans, *last.span("last"))
    beside = (
        last is not None
        and surname
        and forms.LOW_FREE.search(before)
        and forms.LOW_MARK.match(text, last.end())
    )
    initial = forms.LOW_INITIAL.match(after)
    if word in UNSURE and not (initial or before.endswith(("uncle ", "auntie ", "aunty "))):
        return start
    both = forms.LOW_BOTH.match(after)
    if (
        both
        and not forms.LOW_FREE.search(before)
        and not re.search(r"\b(?:is|was|by|its|called|knows|of|and) $", before)
    ):
        both = None
    if both and not (
        namejudge.given(both[1], guard) and both[1] not in UNSURE and both[1] not in guard.ordinary
    ):
        both = None
    sure = forms.LOW_BEFORE.search(before) or forms.LOW_AFTER.match(after)
    ends = forms.LOW_ENDS.search(before) and forms.SHORT_END.match(after)
    if not (sure or ends or beside or initial or both) or _kind(after):
        return start
    if initial:
        return end + initial.end()
    if both:
        return end + both.end()
    if surname and last is not None:
        return last.end()
    ending = forms.LOW_ENDING.match(text, end)
    return ending.end() if ending and free(spans, *ending.span()) else end


def _kind(after: str) -> bool:
    """Whether the next word makes the name that of a place or a shop."""
    following = re.match(r" ([a-z]+)", after)
    return following is not None and following[1] in KINDS and following[1] not in DEEDS - _ROADS


def listed(low: str, guard: Guard) -> frozenset[bytes]:
    """The listed names that a text in lower case has, with plain letters; it ends with a space."""
    if not low.isascii():
        low = namejudge.plainly(low)
    words = low.encode("ascii", "replace").translate(_STRIPPED).replace(b"'s ", b" ").split()
    return _names(guard.given).intersection(words)


@lru_cache(maxsize=4)
def _names(given: frozenset[str]) -> frozenset[bytes]:
    return frozenset(name.encode("ascii", "replace") for name in given | GIVEN | WORDLIKE)


def _level(text: str) -> str:
    """The text in lower case with plain letters, each where it stood."""
    low = text.lower()
    if low.isascii():
        return low
    if len(low) != len(text):  # a few letters grow in lower case
        low = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return namejudge.plainly(low)


def _found(text: str, words: frozenset[bytes]) -> list[tuple[int, int]]:
    """Where the words stand in a text as words of their own, in order."""
    level, places = _level(text), []
    for word in (name.decode() for name in words):
        at = level.find(word)
        while at >= 0:
            whole = forms.WORD.match(text, at)
            if whole and len(whole[0].partition("-")[0]) == len(word):
                places.append(whole.span())
            at = level.find(word, at + len(word))
    return sorted(places)


_STRIPPED = bytes(n if chr(n).isalnum() or chr(n) == "'" else 32 for n in range(256))
