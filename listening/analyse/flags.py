"""What a person should look at before anyone else does: abuse, accusation, safeguarding, elections.

Abuse is rules only (``abuse``), and means "please look"; an unflagged post is not a cleared one.
Accusation: a word such as fraud or bribe close to somebody named, in office or pointed at ("the landlord of
that pub"), or what reads as one.
Safeguarding: a child or adult who may be at risk, or self-harm, by rule or by what reads so.
Elections: talk of voting, parties, candidates, councillors' conduct; ``analyse`` makes it the area's
election issue, which is never ranked.
Press and official posts answer for themselves: accusation and safeguarding are not read there.
"""

import re
from collections.abc import Mapping
from math import inf
from typing import Any

from listening.analyse import abuse, learned
from listening.analyse.matching import Evidence, Hit, Matcher, Span, Text, near

_FEWEST = 8  # words of a post that a score alone may flag
_NEAR = 8  # words between an accusation and whom it is about
_RISK = 6  # words between a person and what happens to them
_CALLED = re.compile(
    r"\b(?:(?i:cllr|councillor|mayor|mr|mrs|ms) [^\W\d_]|(?:Dr|PC|Sgt|Sir|Lord|Lady) [A-Z])[\w'-]+"
)

# Two words of which the first may be a given name; the second may begin the next two.
_TWO = re.compile(r"\b([a-z]{3,})(?= ([a-z][a-z'-]{4,}))")
_FULL = re.compile(r"\b([A-Z][a-z]+)(?= ([A-Z][\w'-]+))")
# Behind a given name these make a place of it: Victoria Street.
_GROUND = frozenset(
    ["street", "road", "lane", "avenue", "drive", "close", "court", "terrace", "square", "gardens", "way"]
) | {"hill", "park", "house", "hall", "school", "centre", "st", "rd", "ave"}


class Flags:
    """The flag words, ready to be searched for; ``names`` are office-holders of the area."""

    def __init__(self, lexicon: dict[str, Any], given: frozenset[str], names: tuple[str, ...]) -> None:
        terms = [(t, group) for group in _GROUPS for t in lexicon[group]]
        terms += [(t, group) for group, way in abuse.ways(lexicon).items() for t in way["words"]]
        terms += [(f"{t}s", "insults") for t in lexicon["insults"]]
        terms += [(t + end, "coarse") for t in lexicon["coarse"] for end in ("", "s", "es")]
        self._matcher = Matcher([*terms, *((name, "office") for name in names)])
        self._given = given
        self._abuse = abuse.Abuse(lexicon)
        posts, people, where, hints = (
            "|".join(lexicon[group]) for group in ("posts", "people", "whereabouts", "hinted")
        )
        self._post = re.compile(
            rf"\b(?:the|that|our|a certain|this|whoever's|his|her) (?:[\w']+ ){{0,3}}(?:{posts})"
            rf" (?:{where})\b|(?:^|[.!?:,\n] ?)(?:{posts}) (?:{where})\b"
            rf"|\b(?:that|this) (?:[\w']+ ){{0,2}}(?:{posts})\b"
        )
        self._somebody = re.compile(
            rf"\[plate\]|\b(?:the|that|our|certain|this|its|it's|a) (?:[\w']+ ){{0,2}}(?:{people})"
            rf" (?:{where})\b"
            r"|(?:^|[.!?,:;\n] ?|\b(?:it's|its|ask|is|was|of) )(?:him|her) (?:that|who|at|in|with|from)\b"
            rf"|\b(?:{hints})\b"
        )

    def find(
        self, text: Text, channel: str, marks: Mapping[str, float] = learned.NONE
    ) -> dict[str, Evidence]:
        """Flag to evidence, in the order abuse, accusation, safeguarding, elections.

        The evidence of abuse says by ``how`` what it is: threat, slur or insult. ``marks`` are the scores of
        ``learned``: they find what no rule lists. They are believed beside a sign of it, a person named or
        pointed at or one at risk, and alone where they are plain (``_ALONE``).
        """
        hits: dict[str, list[Hit[str]]] = {}
        low = self._abuse.unmasked(text)
        for hit in self._matcher.find(low):
            hits.setdefault(hit.value, []).append(hit)
        spans, kind = self._abuse.find(text, low, hits)
        found = {"abuse": Evidence(spans, kind, "check")}
        if channel not in ("press", "official"):
            accused = "accusation" in hits or marks["accusation"] >= 0  # else it does not matter who is named
            named, pointed = (self._named(text, hits), self._pointed(text)) if accused else ([], [])
            least = 0 if named else _POINTED if pointed else _ALONE["accusation"]
            least = inf if marks["praise"] >= _PRAISED else least
            found["accusation"] = _either(
                self._accusation(text, hits, named + pointed), text, "accusation", marks, least
            )
            found["safeguarding"] = _either(
                _at_risk(text, hits), text, "safeguarding", marks, _least_risk(hits)
            )
            found["elections"] = Evidence(_spans(hits, "elections"), "rule", "check")
        return {flag: why for flag, why in found.items() if why.spans}

    def _accusation(self, text: Text, hits: dict[str, list[Hit[str]]], named: list[Hit[str]]) -> list[Span]:
        masks = hits.get("no_accusation", [])
        accusing = [
            h
            for h in hits.get("accusation", [])
            if not any(m.start <= h.start and h.end <= m.end for m in masks)
        ]
        return [span for pair in near(text, accusing, named, _NEAR) for span in _both(pair)]

    def _named(self, text: Text, hits: dict[str, list[Hit[str]]]) -> list[Hit[str]]:
        """Persons: by office or post ("the head at that school"), after Mr or Cllr, or by full name."""
        spans = [m.span() for m in _CALLED.finditer(text.original)] + self._full_names(text, _FULL)
        spans += [m.span() for m in self._post.finditer(text.low)]
        return hits.get("office", []) + [Hit(*span, "office") for span in spans]

    def _pointed(self, text: Text) -> list[Hit[str]]:
        """Persons told by where they live or stand, or by the plate that was taken out."""
        spans = [m.span() for m in self._somebody.finditer(text.low)]
        return [Hit(*span, "pointed") for span in spans + self._full_names(text, _TWO)]

    def _full_names(self, text: Text, written: re.Pattern[str]) -> list[Span]:
        """Given name and surname, both capitalised or both not."""
        return [
            (m.start(), m.end(2))
            for m in written.finditer(text.original)
            if m[1].lower() in self._given and m[2].lower() not in _GROUND
        ]


_GROUPS = (
    *(
        "insults",
        "rude_words",
        "group_words",
        "reported",
        "own_telling",
        "accusation",
        "no_accusation",
        "office",
    ),
    *("risk", "risk_person", "risk_deed", "risk_anyone", "risk_sign", "pet", "no_risk", "elections"),
)


# Scores from which the weights are believed without a sign: who may be at risk is worth a look. Whoever is
# accused stands in the post, so that an accusation without anybody told is none.
_ALONE = {"accusation": inf, "safeguarding": 1.0}
_STRAYED = frozenset(["missing since", "not come home", "hasn't come home", "hasnt come home"])  # so do cats
_PRAISED = 0.5  # from it on, a post that thanks somebody accuses nobody
_ONE_SIGN = 0.5  # from it on, beside somebody with a single sign that they may be at risk
_POINTED = 0.5  # from it on, beside somebody who is pointed at without a name or a post


def _either(spans: list[Span], text: Text, flag: str, marks: Mapping[str, float], least: float) -> Evidence:
    """By a rule's words; or, from the least score on, by those words that speak for it most."""
    learnt = marks[flag] >= least and not spans and len(text.low.split()) >= _FEWEST
    return Evidence(
        learned.because(text.original, flag) if learnt else spans, "learnt" if learnt else "rule", "check"
    )


def _least_risk(hits: dict[str, list[Hit[str]]]) -> float:
    """The score that is believed, by what stands beside it: a deed or two signs, one sign, or nothing."""
    if "risk_person" in hits and "risk_deed" in hits:
        return 0
    signs = len({hit.start for hit in hits.get("risk_sign", ())})
    if not signs or not ("risk_person" in hits or "risk_anyone" in hits):
        return _ALONE["safeguarding"]
    return 0 if signs > 1 else _ONE_SIGN


def _spans(hits: dict[str, list[Hit[str]]], group: str) -> list[Span]:
    return [(h.start, h.end) for h in hits.get(group, [])]


def _both(pair: tuple[Hit[str], Hit[str]]) -> tuple[Span, Span]:
    return (pair[0].start, pair[0].end), (pair[1].start, pair[1].end)


def _at_risk(text: Text, hits: dict[str, list[Hit[str]]]) -> list[Span]:
    """Phrases that say it alone, or a person beside a deed; masks take out figures of speech."""
    masks = hits.get("no_risk", [])
    people, deeds = hits.get("risk_person", []), hits.get("risk_deed", [])
    spans = [(h.start, h.end) for h in hits.get("risk", [])]
    spans += [span for pair in near(text, deeds, people, _RISK) for span in _both(pair)]
    if "pet" in hits:
        spans = [s for s in spans if text.low[slice(*s)] not in _STRAYED]
    return [s for s in spans if not any(m.start <= s[0] and s[1] <= m.end for m in masks)]
