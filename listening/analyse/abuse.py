"""Abuse of a person: a threat, a coarse name, an unkind one aimed at somebody, a slur.

Swearing at large ("bloody potholes"), mild names (clown, muppet) and the harshest word about a road or a
council are criticism. Words in quotation marks, or said to have been said ("she was called …"), are a
report and not flagged; what the writer threatens outside them is. Of veiled threats some are found: those
worded as many are.
Masked spellings are read through (``masked``). Slurs are kept as SHA-256 hashes, so that this
project does not print them.
"""

import re
from hashlib import sha256
from typing import Any

from listening.analyse.masked import Masks
from listening.analyse.matching import Hit, Span, Text

_WORD = re.compile(r"[a-z]{3,}")
_QUOTES = re.compile(
    r"[\"“][^\"“”\n]{1,300}[\"”]|(?<!\w)['‘](?=\w)(?:[^'‘’\n]|(?<=\w)['’](?=\w)){3,80}['’](?!\w)"
)
_PERSON = (
    r"(?:(?:he|she)(?: is|'s| was)|(?:hes|shes|theyre|they're|they are)|(?:this|that|our|the) (?:man|woman"
    r"|bloke|councillor|mayor|mp"
    r"|leader)(?: is|'s| was)|(?:cllr|councillor|mayor|mr|mrs|ms)(?: [a-z'-]+){1,2}(?: is|'s| was))"
)
_YOU = r"(?:you|you're|youre|your|u|ur|ya|yer|yous)"
# Before a coarse noun: it is what something is, or somebody is pitied.
_IS = re.compile(
    r"(?:\b[a-z']+(?:'s| is| was| are| were)|\b(?:it|its|it's|this is|that's a|be|bit of|such) ?)"
    r"(?: (?:an?|such|absolute|total|right|proper|real|complete|utter|bit|of|fucking|bloody|the|pure|big))* $"
)
_PITIED = re.compile(
    r"(?<!you )\b(?:poor|lucky|jammy|daft|clever|hard) (?:old |little )?$|you (?:poor|lucky|jammy|clever) $"
)
# A person named before it in the sentence: then it is said of that person and of no thing.
_SOMEBODY = re.compile(
    r"\b(?:he|she|hes|he's|shes|she's|you|u|your|ur|who|whoever|they|cllr|councillor|mayor|mp|mr|mrs|ms|man"
    r"|woman|lad|lass|bloke|warden|driver"
    r"|leader|neighbour|boss|officer|planner|manager|landlord|teacher)\b"
)
_BEFORE = 70  # characters looked at for the person
_OF_THING = re.compile(
    r" and [a-z]+ (?:pub|inn|arms)\b| of an? (?!man|woman|councillor|mayor|leader|mp\b|human|person|lad"
    r"|bloke|neighbour|driver|warden)"
    r"| (?:off|about|it|them|him|her|us|people|each other)\b| (?:thing|things|bins?|potholes?|roads?"
    r"|weather|machine|app|lights|junction|hill|bus|buses|traffic|queue|wind|printer)\b"
)
_KEPT = 1 << 16  # innocent words remembered
_WITHIN = 14  # words from a report to what is reported


class Abuse:
    """The words and patterns of ``flags.yaml`` that tell abuse."""

    def __init__(self, lexicon: dict[str, Any]) -> None:
        self._slurs = frozenset(map(bytes.fromhex, lexicon["slurs_sha256"]))
        self._innocent: set[str] = set()
        one = [w for g in ("coarse", "insults", "unkind", "swears") for w in lexicon[g] if " " not in w]
        self._masks = Masks(["shit", *one, *lexicon["masked"]], self._slur)
        pieces: dict[str, str] = {}
        for name, pattern in lexicon["pieces"].items():
            pieces[name] = _filled(pattern, pieces)
        unkind, coarse, insult = (_either(lexicon[g]) for g in ("unkind", "coarse", "insults"))
        kind, beast = _either(lexicon["filler"]), _either(lexicon["beasts"])
        any_word = rf"(?:{kind}|{unkind})"
        office = r"(?:cllr|councillor|mayor) [a-z]+"
        self._coarse = re.compile(rf"\b(?:{coarse})(?:e?s)?\b")
        self._names = re.compile(
            rf"\b(?:{_YOU}|{_PERSON})(?:,? {any_word}){{0,6}} (?:{insult})s?\b"
            rf"|\b(?:{insult}) of an? (?:man|woman|councillor|mayor|leader|mp|human|person)\b"
            rf"|\b(?:that|the|this|you) (?:{any_word} ){{0,2}}(?:{insult}) {office}"
            rf"|\b(?:{unkind}) (?:{any_word} ){{0,2}}(?!(?:{beast})\b)(?:{insult})s?\b"
            rf"|\b(?:that|the|this) (?:stupid|lying|ugly|smug|two faced|spineless|miserable|selfish"
            rf"|evil)(?: {any_word}){{0,2}} (?:{beast})\b"
        )
        # Masked, it is no animal: nobody hides what a cow is.
        self._beast = re.compile(rf"\b(?:{unkind}) (?:{any_word} ){{0,2}}(?:{beast})\b")
        self._rude, self._group = (
            re.compile("|".join(f"(?:{_filled(p, pieces)})" for p in lexicon[g]))
            for g in ("to_your_face", "group_abuse")
        )
        self._threats = {
            group: re.compile(_filled(one["way"], pieces)) for group, one in ways(lexicon).items()
        }

    def unmasked(self, text: Text) -> str:
        """The folded text with its masked words in plain letters."""
        return self._masks.read(text.low)

    def find(self, text: Text, low: str, hits: dict[str, list[Hit[str]]]) -> tuple[list[Span], str]:
        """The spans in ``low``, unmasked, and of what kind they are, the gravest first: threat, slur, insult.

        ``hits`` are the words of the lexicon there, by group.
        """
        threats: list[Span] = []
        for group in self._threats.keys() & hits.keys():
            threats += _spans(self._threats[group], low)
        slurs = self._slurred(low)
        if "group_words" in hits:
            slurs += _spans(self._group, low)
        names = []
        if "coarse" in hits:
            names = [m.span() for m in self._coarse.finditer(low) if _of_a_person(low, m)]
        if "insults" in hits:
            names += [m.span() for m in self._names.finditer(low)]
        if "rude_words" in hits or "****" in low:
            names += _spans(self._rude, low)
        if low != text.low:
            names += [(a, b) for a, b in _spans(self._beast, low) if low[a:b] != text.low[a:b]]
        kinds = {"threat": threats, "slur": slurs, "insult": names}
        kept = {
            kind: [s for s in spans if not _reported(text, s, hits, kind)] for kind, spans in kinds.items()
        }
        return [s for spans in kept.values() for s in spans], next(
            (k for k, v in kept.items() if v), "insult"
        )

    def _slurred(self, low: str) -> list[Span]:
        """Words whose hash is on the list; those that are not are hashed once."""
        new = set(_WORD.findall(low)) - self._innocent
        found = {word for word in new if self._slur(word)}
        self._innocent |= new - found
        if len(self._innocent) > _KEPT:
            self._innocent.clear()
        return [m.span() for m in _WORD.finditer(low) if m[0] in found] if found else []

    def _slur(self, word: str) -> bool:
        plain = word.encode()
        return sha256(plain).digest() in self._slurs or (
            plain[-1:] == b"s" and sha256(plain[:-1]).digest() in self._slurs
        )


def ways(lexicon: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The ways of a threat, each under the name its words are searched by."""
    return {f"threat {n}": one for n, one in enumerate(lexicon["threats"])}


def _spans(pattern: re.Pattern[str], low: str) -> list[Span]:
    """Where a pattern stands; blanks that joined letters left behind ("k i l l him") count as one."""
    if "  " not in low:
        return [m.span() for m in pattern.finditer(low)]
    kept = [n for n, c in enumerate(low) if c != " " or low[n - 1 : n] != " "]
    found = pattern.finditer("".join(low[n] for n in kept))
    return [(kept[m.start()], kept[m.end() - 1] + 1) for m in found if m.end() > m.start()]


def _either(words: list[str]) -> str:
    return "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True))


def _filled(pattern: str, pieces: dict[str, str]) -> str:
    return re.sub(r"<([a-z]+)>", lambda m: pieces[m[1]], pattern)


def _of_a_person(low: str, found: re.Match[str]) -> bool:
    before = re.split(r"[.!?\n]", low[max(0, found.start() - _BEFORE) : found.start()])[-1]
    if _PITIED.search(before) or _OF_THING.match(low, found.end()):
        return False
    return not _IS.search(before) or _SOMEBODY.search(before) is not None


def _reported(text: Text, span: Span, hits: dict[str, list[Hit[str]]], kind: str) -> bool:
    """Whether the words are somebody's report of abuse: in quotation marks, or said to have been said."""
    if any(q.start() < span[0] and span[1] < q.end() for q in _QUOTES.finditer(text.original)):
        return True
    here = text.sentence(span[0])
    told = [g for g in hits.get("reported", []) if text.sentence(g.start) == here]
    if kind == "threat":
        own = [o for o in hits.get("own_telling", []) if text.sentence(o.start) == here and o.start < span[0]]
        told = [g for g in told if g.start < span[0] and not any(o.end > g.start for o in own)]
    return any(len(text.low[min(g.end, span[1]) : max(g.start, span[0])].split()) <= _WITHIN for g in told)
