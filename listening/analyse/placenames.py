"""How a place's name may be written: in short, with a slip, or by its distinctive part alone.

Short forms of street words (Rd, St, Ln …) are made from the area's own names, so "Mill Rd" is found
only where there is a Mill Road. A slip is one letter left out, doubled or swapped, or a vowel taken
for another: what hands and ears do, and seldom another name. A first letter is never a slip.
"""

import re
from collections.abc import Collection, Iterable, Iterator

from listening.analyse.matching import fold

# The short forms residents write for street words; own list, 2026-11-22.
SHORT = {
    "road": ("rd",),
    "street": ("st", "str"),
    "lane": ("ln",),
    "avenue": ("ave", "av"),
    "drive": ("dr",),
    "crescent": ("cres",),
    "close": ("cl",),
    "gardens": ("gdns",),
    "terrace": ("terr",),
    "court": ("ct",),
    "place": ("pl",),
    "square": ("sq",),
}
_FULL = {short: word for word, forms in SHORT.items() for short in (word, *forms)}
_STREET = re.compile(rf" ({'|'.join(sorted(_FULL, key=len, reverse=True))})(?!\w)")
_BEFORE = re.compile(r"[^\W\d_][\w']*\.?(?: [^\W\d_][\w']*\.?){0,2}$")  # up to three words
# What the names of schools, stations and other places end in, and the words beside which their
# distinctive part alone ("the lollipop lady at Hillocks") means them: a key of names.yaml.
_ENDINGS = (
    (
        r"( church of england| ce| community)? (primary|infants?|juniors?|high) ?(school|academy)?|"
        r"( community)? (academy|school)",
        "school_cues",
    ),
    (r" tram( stop)?", "tram_cues"),
    (r"( train| railway| bus| parkway)? station", "station_cues"),
    (r" hospital", "hospital_cues"),
    (r" leisure centre| pool| gym", "leisure_cues"),
)
_NO_PART = ("national", "central", "community", "county", "royal", "village", "church", "parish", "general")
_ROUND = 6  # letters a name has at least, before a slip in it is believed
_VOWELS = "aeiouy"


def written(name: str) -> set[str]:
    """How a name may be written: short street words, and for &, Saint or St, 's or s."""
    plain = re.sub(r"\s*\(.*?\)", "", fold(name)).replace(".", "").strip()
    forms = {plain} if plain else set()
    forms |= {f.replace(" & ", " and ") for f in forms} | {f.replace(" and ", " & ") for f in forms}
    forms |= {re.sub(r"^(st|saint) ", other, f) for f in forms for other in ("st ", "saint ")}
    for form in list(forms):
        *first, last = form.split()
        forms |= {" ".join((*first, short)) for short in SHORT.get(last, ()) if first}
    forms |= {re.sub(r"(\w{3,})s( |$)", r"\1's\2", f, count=1) for f in forms if "'" not in f and " " in f}
    return forms | {f.replace("'", "") for f in forms}


def part(name: str) -> tuple[str, str] | None:
    """The distinctive part of a school's, station's or hospital's name, and the cues it needs.

    >>> part("Hillocks Primary Academy"), part("Butler's Hill tram stop")
    (('hillocks', 'school_cues'), ("butler's hill", 'tram_cues'))
    """
    low = fold(name)
    for ending, cues in _ENDINGS:
        found = re.fullmatch(rf"(.*?)({ending})", low)
        base = found[1].removeprefix("the ") if found else ""
        if len(base) > 4 and base not in _NO_PART:
            return base, cues
    return None


def slips(name: str) -> Iterator[str]:
    """The name with one slip in one of its words of six letters or more; the words' first letters stay.

    >>> sorted(slips("hucknall"))[:4]
    ['hacknall', 'hcknall', 'hcuknall', 'hecknall']
    """
    for word in re.findall(rf"[a-z]{{{_ROUND},}}", name):
        for made in dict.fromkeys(_slips(word)):
            yield re.sub(rf"\b{word}\b", made, name, count=1)


def _slips(word: str) -> Iterator[str]:
    for n in range(1, len(word)):
        letter, rest = word[n], word[n + 1 :]
        yield word[:n] + rest
        yield word[: n + 1] + letter + rest
        yield word[: n + 1] + "e" + rest
        if rest and rest[0] != letter:
            yield word[:n] + rest[0] + letter + rest[1:]
        if letter in _VOWELS:
            yield from (word[:n] + v + rest for v in _VOWELS if v != letter)


class Streets:
    """Streets by their names with a slip, or with the words drawn together: "Lowmoor Road"."""

    def __init__(self, names: Iterable[str]) -> None:
        self._known: dict[tuple[str, str], set[str]] = {}
        self._joined: dict[tuple[str, str], str] = {}
        for name in names:
            base, _, word = fold(name).replace("'", "").rpartition(" ")
            letters = base.replace(" ", "")
            if word not in SHORT or len(letters) < _ROUND:
                continue
            self._joined[letters, word] = name
            for n in range(1, len(letters)):
                self._known.setdefault((letters[:n] + letters[n + 1 :], word), set()).add(name)

    def find(self, low: str, known: Collection[int] = ()) -> Iterator[tuple[int, int, str]]:
        """Start, end and right name of what reads as one of the streets, in a folded text.

        ``known`` are the ends of names that stand as they should: they are not looked at again.
        """
        for street in _STREET.finditer(low):
            start = street.start()
            before = _BEFORE.search(low, max(0, start - 60), start)
            if street.end() in known or not before:
                continue
            words = before[0].split(" ")
            for first in range(len(words)):
                base = " ".join(words[first:])
                name = self._meant(re.sub(r"[ '.]", "", base), _FULL[street[1]])
                if name:
                    yield start - len(base), street.end(), name
                    break

    def _meant(self, letters: str, word: str) -> str | None:
        if len(letters) < _ROUND - 1:
            return None
        if (letters, word) in self._joined:
            return self._joined[letters, word]
        near = set(self._known.get((letters, word), ()))
        for n in range(1, len(letters)):
            cut = letters[:n] + letters[n + 1 :]
            if (cut, word) in self._joined and letters[n] in ("e", letters[n - 1], *letters[n + 1 : n + 2]):
                near.add(self._joined[cut, word])  # a doubled letter, or an e too many
            near |= {
                name for name in self._known.get((cut, word), ()) if _swapped(letters, _letters(name), n)
            }
        return near.pop() if len(near) == 1 else None


def _letters(name: str) -> str:
    return fold(name).replace("'", "").rpartition(" ")[0].replace(" ", "")


def _swapped(wrong: str, right: str, n: int) -> bool:
    """Whether two words of one length differ by two neighbours swapped, or by one vowel for another."""
    if len(wrong) != len(right):
        return False
    odd = [i for i in range(len(wrong)) if wrong[i] != right[i]]
    if len(odd) == 1:
        return wrong[odd[0]] in _VOWELS and right[odd[0]] in _VOWELS
    return (
        len(odd) == 2
        and odd[1] == odd[0] + 1
        and (wrong[odd[0]], wrong[odd[1]]) == (right[odd[1]], right[odd[0]])
    )
