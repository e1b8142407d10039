"""Wording: whether two posts say the same in the same words.

Two texts are *alike* where their words are equal once case, punctuation, spaces and addresses are
dropped (five words at least), or nearly so: their runs of three words overlap (Jaccard), or,
between outlets, the shorter text stands whole in the longer one, whatever the headlines are. What
differs must then be slips and additions. Where each has a number, a day or a name that the other
lacks, they are two notices from one form. Residents' words, twenty of them at least, may differ by
slips and two added words alone, and by no number, day or name.

Candidates are found by their *sketch*: the 16 smallest hashes of the runs of three words in the
first 80 words, MinHash as Broder first gave it ("On the resemblance and containment of documents",
1997, "min_s"). Two texts whose runs overlap by a half share some 8 of 16. Thresholds and run length are
measured in ``benchmarks/copies.py``.
"""

import re
from functools import cached_property, lru_cache
from typing import Any
from zlib import crc32

from listening import article

SHORTEST = 5  # words: fewer prove nothing ("Same here, thanks")
NEAR_FROM = 12  # words of an outlet's text: below it only equal words are copies
SPOKEN_FROM = 20  # words of a resident's: two people often say one short thing
RUN = 3  # words
LEAD = 80  # words of a text that its sketch is made of
KEYS = 16  # hashes a sketch
SHARED = 2  # hashes two sketches share before the words are compared
OVERLAP = 0.4  # of the runs of two residents' posts
ADDED = 2  # words a resident may add ("please share"): with more it is an opinion of their own
OVERLAP_PRINTED = 0.5  # of the runs of two outlets' texts
WITHIN = 0.75  # of the runs of the shorter of two outlets' texts, found in the longer
STRICT = 60  # words: in a shorter text every exchanged word may change what is said
PRINTED = ("press", "official")

_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
_WORD = re.compile(r"\w+")
_JOINED = re.compile(r"['’]")
_NUMBERS = frozenset(
    _WORD.findall(
        """
    one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand
    million first second third fourth fifth sixth seventh eighth ninth tenth half double
        """
    )
)
_DAYS = frozenset(
    _WORD.findall(
        """
    monday tuesday wednesday thursday friday saturday sunday january february march april june july
    august september october november december today tonight tomorrow yesterday
        """
    )
)
_NOT = frozenset(
    _WORD.findall(
        """
    not no never none nobody nothing without cancelled postponed false fake untrue denies denied isnt
    wasnt arent werent hasnt havent didnt dont doesnt wont cant cannot couldnt wouldnt shouldnt
        """
    )
)


class Wording:
    """One post as it is compared; what is needed is worked out when it is first asked for."""

    def __init__(
        self, title: Any, text: Any, channel: str = "public", source: str = "", url: Any = None
    ) -> None:
        self._raw = tuple(t if isinstance(t, str) else "" for t in (title, text))
        self.channel, self.printed = channel, channel in PRINTED
        self.source = source
        self.article = article.name(url) if self.printed and isinstance(url, str) else None

    def same_article(self, root: "Wording") -> bool:
        """Whether both are press or official items and give one address."""
        return (
            self.article is not None
            and self.article == root.article
            and root.channel in repeated_by(self.channel)
        )

    def same_outlet(self, other: "Wording") -> bool:
        """Whether both come from one source, or from one site."""
        sites = [(w.article or "").partition("/")[0] for w in (self, other)]
        return self.source == other.source or sites[0] == sites[1] != ""

    @cached_property
    def title(self) -> list[str]:
        """The words of the headline."""
        return _words(self._raw[0])

    @cached_property
    def text(self) -> list[str]:
        """The words beneath it."""
        return _words(self._raw[1])

    @cached_property
    def words(self) -> list[str]:
        """All words."""
        return self.title + self.text

    @cached_property
    def key(self) -> str | None:
        """The words as one, or None where there are too few to say anything."""
        return " ".join(self.words) if len(self.words) >= SHORTEST else None

    @cached_property
    def runs(self) -> frozenset[str]:
        """Every three words that follow each other."""
        return frozenset(_runs(self.words))

    @cached_property
    def body(self) -> frozenset[str]:
        """The runs of the text alone, or of the title where there is no text."""
        return frozenset(_runs(self.text or self.title))

    @cached_property
    def facts(self) -> frozenset[str]:
        """Numbers, days and names: words with a digit, and words that are capitalised within a sentence."""
        told = {w for w in self.words if w in _NUMBERS or w in _DAYS or not w.isalpha()}
        return frozenset(told.union(*(_names(t) for t in self._raw)))


def repeated_by(channel: str) -> tuple[str, ...]:
    """The channels of which a post of this one can be a copy.

    A channel is counted by itself, so its posts are copies of its own; only the press reprints what a
    public body said. Two reports, or two things heard at the door, are two, however they are worded.

    >>> repeated_by("press"), repeated_by("report")
    (('press', 'official'), ())
    """
    if channel in ("report", "heard"):
        return ()
    return ("press", "official") if channel == "press" else (channel,)


def alike(a: Wording, b: Wording) -> bool:
    """Whether a post is one text with ``b``, its possible root.

    One outlet's two articles are two, however much of a standing summary they share.
    """
    if a.key is None or b.key is None or b.channel not in repeated_by(a.channel):
        return False
    if a.key == b.key:
        return True
    printed = a.printed and b.printed
    if printed and a.same_outlet(b):
        return False
    if min(len(a.words), len(b.words)) < (NEAR_FROM if printed else SPOKEN_FROM):
        return False
    near = overlap(a, b) >= (OVERLAP_PRINTED if printed else OVERLAP) or (printed and _within(a, b))
    return near and not _differ(a, b, printed)


def may_be_near(post: Wording) -> bool:
    """Whether a post can be alike with one of other words: it is long enough, and a channel repeats."""
    shortest = NEAR_FROM if post.printed else SPOKEN_FROM
    return len(post.words) >= shortest and bool(repeated_by(post.channel))


def overlap(a: Wording, b: Wording) -> float:
    """The share of their runs of three words that two posts have in common (Jaccard), 0 to 1."""
    shared = len(a.runs & b.runs)
    return shared / (len(a.runs) + len(b.runs) - shared)


@lru_cache(maxsize=4_096)
def sketch(title: str | None, text: str | None) -> tuple[int, ...]:
    """The ``KEYS`` smallest hashes (32 bits) of the first words, or () where there are too few words."""
    return sketched(_words(title or "") + _words(text or ""))


def sketched(words: list[str]) -> tuple[int, ...]:
    """The sketch of a post by its words, those of its title first."""
    words = words[:LEAD]
    if len(words) < SHORTEST:
        return ()
    # the multiplication takes away what CRC keeps of the order of similar texts
    hashed = {crc32(run.encode()) * 0x9E3779B1 & 0xFFFFFFFF for run in _runs(words)}
    return tuple(sorted(hashed)[:KEYS])


def _words(text: str) -> list[str]:
    found: list[str] = _WORD.findall(_unaddressed(text).lower().replace("'", "").replace("’", ""))
    return found


def _unaddressed(text: str) -> str:
    return _ADDRESS.sub(" ", text) if "://" in text or "www." in text else text


def _runs(words: list[str]) -> list[str]:
    return [" ".join(run) for run in zip(*(words[n:] for n in range(RUN)), strict=False)] or [" ".join(words)]


def _within(a: Wording, b: Wording) -> bool:
    if min(len(a.text or a.title), len(b.text or b.title)) < NEAR_FROM:
        return False
    return len(a.body & b.body) >= WITHIN * min(len(a.body), len(b.body))


def _differ(a: Wording, b: Wording, printed: bool) -> bool:
    """Whether each tells something the other does not, or one denies what the other says."""
    mine, theirs = set(a.words), set(b.words)
    own = bool(a.facts - theirs), bool(b.facts - mine)
    if all(own) or (any(own) and not printed):
        return True
    # an outlet's own headline may put it differently; the text beneath it may not
    if printed and a.text and b.text:
        mine, theirs = set(a.text), set(b.text)
    if printed and min(len(mine), len(theirs)) > STRICT:
        return False
    left, right = mine - theirs, theirs - mine
    if (left | right) & _NOT:
        return True
    left, right = _told(left, right), _told(right, left)
    return bool(left and right) or (not printed and len(left | right) > ADDED)


def _told(words: set[str], others: set[str]) -> set[str]:
    """The words that are no slip of the pen for one of the others."""
    return {w for w in words if not any(_slip(w, o) for o in others)}


def _slip(a: str, b: str) -> bool:
    """Whether two words of five letters or more are one letter, or two exchanged ones, apart."""
    if min(len(a), len(b)) < 5 or abs(len(a) - len(b)) > 1:
        return False
    n = next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    swapped = a[n + 1 : n + 2] + a[n : n + 1] + a[n + 2 :] == b[n:]
    return swapped or a[n + 1 :] == b[n + 1 :] or a[n + 1 :] == b[n:] or a[n:] == b[n + 1 :]


def _names(text: str) -> set[str]:
    """Words capitalised within a sentence; none of a line that capitalises most of its words."""
    found: set[str] = set()
    for sentence in re.split(r"[.!?:;\n“”\"]+", _unaddressed(text)):
        words = _WORD.findall(_JOINED.sub("", sentence))
        named = [w.lower() for w in words[1:] if w[0].isupper() and len(w) > 1]
        if 2 * len(named) < len(words) or len(words) < 4:
            found.update(named)
    return found
