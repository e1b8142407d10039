"""What a text does, as numbers: the columns that the tone model learns from beside its n-grams.

    feeling    VADER with our words: the mean, least, greatest and last of its sentences; after the last "but"
    groups     capped counts of the groups of words in data/lexicons/tone.yaml
    shape      questions, exclamations, capitals, digits, quotes, emoji, hashtags, length
    crosses    a failure that is not asked about, praise beside a failure, and the like

They are learnt from, not decided by: the weights say what each is worth. Another column, or another
order, needs other weights (benchmarks/train_tone.py).
"""

import re
from math import log1p

from listening.analyse.matching import Matcher

MOST = 2  # of one group in a text: a list of faults is no stronger than two
_NEUTRAL = 0.05  # VADER's own bound
_QUOTED = re.compile(r"[\"“”]")
_DIGIT = re.compile(r"\d")
_TIME = re.compile(r"\d\s?[ap]m\b|\b\d{1,2}[:.]\d\d\b|o'clock")
_PHONE = re.compile(r"\b0\d{3,4} ?\d{3}")
_STRETCHED = re.compile(r"(\w)\1\1|\.\.\.|…")
_MASKED = re.compile(r"\b\w*[*$@]\w*|\b[a-z]+1[a-z]+\b")  # f**k, sh1t
_TURNS = ("but", "though", "although", "however", "shame", "except", "still")
_TURN = re.compile(rf"\b(?:{'|'.join(_TURNS)})\b")
_WHY = re.compile(r"(?:^|[.!?]\s+)(?:so |and |but )?(?:why|how come|who'?s|when(?:'s| are| will| we))\b")
_ASK = re.compile(
    r"(?:^|[.!?,]\s+)(?:is|are|does|do|did|has|have|can|could|will|would|when|where|who|which|what|how|any\w*)\b"
    r"[^.!?]*\?"
)
_NUMBERED = re.compile(r"\b(?:third|fourth|fifth|second|\d+(?:st|nd|rd|th)|(?:week|day|hour|month) \w+)\b")


class Signs:
    """The groups of ``tone.yaml`` and the worth of emoji (-1..1), ready to be counted."""

    def __init__(self, groups: dict[str, list[str]], emoji: dict[str, float]) -> None:
        self._groups = list(groups)
        self._matcher = Matcher((str(t), n) for n, terms in enumerate(groups.values()) for t in terms)
        self._emoji = emoji
        self._pictures = re.compile("[" + "".join(emoji) + "]")

    def read(self, original: str, low: str, compounds: list[float], after: float) -> list[float]:
        """The columns of one text; ``low`` is folded, ``after`` VADER's compound after the last "but"."""
        counts = [0] * len(self._groups)
        for hit in self._matcher.find(low):
            if counts[hit.value] < MOST:
                counts[hit.value] += 1
        feeling = _feeling(compounds, after)
        pictures = [] if original.isascii() else [self._emoji[p] for p in self._pictures.findall(original)]
        plain_ask = "?" in low and _ASK.search(low) is not None
        crosses = _crosses(dict(zip(self._groups, counts, strict=True)), feeling, plain_ask)
        marks = [plain_ask, *_marks(original, low), max([0.0, *pictures]), min([0.0, *pictures])]
        return [*feeling, *counts, *marks, *_shape(original), *crosses]


def after_turn(low: str) -> str:
    """What follows the last "but" (or its like); empty where there is none."""
    if not any(word in low for word in _TURNS):
        return ""
    *_, last = [len(low), *(found.end() for found in _TURN.finditer(low))]
    return low[last:]


def _feeling(compounds: list[float], after: float) -> list[float]:
    """Mean, least, greatest and last charged sentence; after the turn; uncharged; sign of the mean."""
    charged = [c for c in compounds if c]
    if not charged:
        return [0.0, 0.0, 0.0, 0.0, after, 1.0, 0.0]
    mean = sum(charged) / len(charged)
    sign = float((mean > _NEUTRAL) - (mean < -_NEUTRAL))
    return [mean, min(charged), max(charged), charged[-1], after, 0.0, sign]


def _marks(original: str, low: str) -> list[float]:
    """Question and exclamation marks, times, numbers, quotes, stretched and masked words."""
    digits = sum(map(low.count, "0123456789")) if low.isascii() else len(_DIGIT.findall(low))
    return [
        min(low.count("?"), 3),
        low.rstrip().endswith("?"),
        _WHY.search(low) is not None,
        min(low.count("!"), 3),
        min(len(_TIME.findall(low)), 2) if digits or "o'clock" in low else 0,
        digits > 4 and _PHONE.search(low) is not None,
        _NUMBERED.search(low) is not None,
        min(digits, 6) / 3,
        min(len(_QUOTED.findall(original)), 2),
        _STRETCHED.search(low) is not None,
        ("*" in low or "$" in low or "@" in low or "1" in low) and _MASKED.search(low) is not None,
        "😂" in original or "🤣" in original,
        "#" in original,
    ]


def _shape(original: str) -> list[float]:
    """Capitals, length, how it begins and ends."""
    words = original.split()
    size = len(words)
    return [
        min(sum(len(w) > 2 and w.isupper() for w in words), 3),
        size > 2 and original.isupper(),
        log1p(size),
        size <= 6,
        size >= 40,
        original[:1].islower(),
        original.rstrip()[-1:].isalnum(),
    ]


def _crosses(n: dict[str, int], feeling: list[float], plain_ask: bool) -> list[float]:
    """What two signs say together; ``n`` counts by group."""
    wrong = min(2, n["failure"] + n["hazard"] + n["verdict"] + n["fear"])
    kind = min(2, n["praise"] + n["thanks"] + n["kindness"])
    weary = n["persist"] + n["duration"] + n["rhetorical"] + n["mock"]
    asked = plain_ask or n["ask"] > 0
    least, greatest = feeling[1:3]
    return [
        0 if asked else wrong,
        min(wrong, kind),
        kind if not wrong and least > -0.2 else 0,
        n["thanks"] > 0 and n["mended"] > 0,
        asked and not wrong and not weary,
        n["notice"] > 0 and n["days"] > 0 and not wrong,
        n["mine"] > 0 and wrong > 0,
        not (wrong or kind or asked or weary),
        min(max(0.0, greatest), max(0.0, -least)),
    ]
