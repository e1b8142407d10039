"""What a post does: complain, ask, praise; and where praise beside a failure may be sarcasm.

Cues are read in residents' own words only (channels public, heard and report); a fault report is
a complaint by definition. The words stand in data/lexicons/cues.yaml.
"""

import re
from collections.abc import Mapping
from typing import Any

from listening.analyse import learned
from listening.analyse.issues import Found
from listening.analyse.matching import Evidence, Hit, Matcher, Span, Text, longest

OWN_WORDS = ("public", "heard", "report")
# What speaks for and against a cue beside its learnt score, in the score's measure (natural log of the odds).
_SIGNS = {
    "complaint": {
        **{"failed": 0.5, "wrong": 0.8, "about": 0.8, "sarcasm": 0.5, "thanks": -0.35, "only asks": -0.4},
        **{"bare": -0.4, "negative": 0.5, "positive": -0.25, "": -1.1},
    },
    "question": {
        **{"asked": 1.0, "mark": 0.3, "rhetorical": -6.0, "thanks": -0.7, "neutral": 0.5, "": -0.7},
    },
    "praise": {
        **{"thanks": 1.2, "polite": -1.0, "mended": 0.5, "failed": -0.5, "mock": -5.0, "about": 0.2},
        **{"bare": -0.8, "negative": -0.4, "positive": 0.8, "": -0.4},
    },
}
Marks = Mapping[str, float]
_SHORT, _LONG = 8, 20  # words of a post: too few to tell by themselves; enough to do more than ask
_EXCLAMATION = 6  # words: "Brilliant work, Stenby council." beside a failure is seldom meant
_OPENING = 3  # words at the start of a sentence where mock praise stands: "Well done for …"
_CONTRAST = re.compile(r"\b(?:but|although|though|however|despite|shame|except|apart from|hope|hopefully)\b")
_NEGATED = re.compile(r"(?:n't|\bnot|\bnever|\bno|\bwithout|\bstill to|\byet to)(?: \w+){0,2} $")
_LEAD = (
    r"\W*(?:(?:so|and|but|ok|hi all|hi|hello|hey|hiya|please|also|question|serious question|just wondering"
    r"|anyway|right|now then|ey up"
    r"|quick one|genuinely|er|erm|morning|evening|afternoon)\W+){0,2}"
)
_INTERROGATIVE = re.compile(
    rf"{_LEAD}(?:is|are|was|were|does|do|did|has|have|can|could|will|would|should|when|when's|where|where's"
    rf"|wheres|who|who's|whos|which"
    r"|whose|what|what's|whats|how|how's|hows|any|anyone|anybody|any1|owt|whereabouts|why|why's)\b"
)
# A question by its order of words, with no mark at its end.
_ASKS = re.compile(
    rf"{_LEAD}(?:(?:is|are|was|were|does|do|did|has|have|can|could|will|would|should"
    rf"|r)(?:n't)? (?:\w+ )?(?:i|we|you|u|they|he|she|it|the|that"
    r"|this|them|there|any|anyone|anybody|someone|our|my|mi|trains|buses|bins)\b(?! (?:mind|believe"
    r"|tell you|understand))"
    r"|(?:when|where|what|how|who|which)(?:'s| is| are| do| does| did| was| were| can| will| we| u| time"
    r"| time's| much| many| often| long"
    r"| day| looks| runs| owns| collects)\b(?! (?:said|told|wrote))|(?:when's|where's|wheres|what's|whats"
    r"|who's|whos|how's|why's)\b"
    r"|(?:anyone|anybody|any1|has anyone|has anybody) (?:else )?(?:know|no|knows|got|have|found|seen|heard"
    r"|want|lost|recommend|fancy|tried|used|had|going|selling)\b)"
)
_COUNCIL = re.compile(r"\b(?:you|your|council|cllr|councillor|mayor|mp|highways|housing|planning|county)\b")
_NEIGHBOURS = re.compile(
    r"\b(?:any ?one|any ?body|any1|some ?one|some ?body|who knows|folk|people|us|which of you)\b"
)
_ASIDE = re.compile(r"[,;:] ")
_MARK = re.compile(r"\w+\W{0,3}?[?\u061f\u037e\uff1f]")  # of several scripts, with the word before it
_WHY = re.compile(r"\W*(?:(?:so|and|but)\W+)?why\b")


class Cues:
    """The cue words, ready to be searched for: groups of ``cues.yaml``."""

    def __init__(self, lexicon: dict[str, list[str]]) -> None:
        self._matcher = Matcher((term, group) for group, terms in lexicon.items() for term in terms)

    def find(self, text: Text) -> dict[str, list[Hit[str]]]:
        """Group to hits. Masked words ("thanks in advance") are no praise; "not fixed" is a failure."""
        found: dict[str, list[Hit[str]]] = {}
        for hit in self._matcher.find(text.low):
            found.setdefault(hit.value, []).append(hit)
        found = {group: longest(hits) for group, hits in found.items()}
        masks = found.pop("not_praise", [])
        for group in ("praise", "mock"):
            found[group] = [
                h for h in found.get(group, []) if not any(m.start <= h.start < m.end for m in masks)
            ]
        done = found.pop("remedy", [])
        undone = [h for h in done if _NEGATED.search(text.low, max(0, h.start - 40), h.start)]
        found["remedy"] = [h for h in done if h not in undone]
        found["failure"] = longest(found.get("failure", []) + undone)
        return found


Hits = dict[str, list[Hit[str]]]


def sarcasm(text: Text, hits: Hits) -> list[Span]:
    """The mock praise of a post: kind words beside a failure that nobody has put right.

    Either a phrase that is hardly ever meant ("thanks for nothing", "great job leaving"); or a
    kind word that opens a sentence which goes on to a failure, or a short sentence right before or
    after one. A contrast ("lovely park but the gate is broken") is a mixed view, and
    a remedy ("thanks for fixing the broken swing") is thanks.
    """
    found = [(h.start, h.end) for h in hits.get("sarcasm", [])]
    wrong = {text.sentence(h.start) for group in ("failure", "problem") for h in hits.get(group, [])}
    mended = {text.sentence(h.start) for h in hits.get("remedy", [])}
    for mock in hits.get("mock", []):
        here = text.sentence(mock.start)
        start, end = text.sentences[here]
        sentence = text.low[start:end]
        if here in mended or _CONTRAST.search(sentence):
            continue
        opens = len(text.low[start : mock.start].split()) < _OPENING
        beside = {here - 1, here + 1} & (wrong - mended)
        if opens and (here in wrong or (beside and len(sentence.split()) <= _EXCLAMATION)):
            found.append((mock.start, mock.end))
    return found


def read(
    text: Text, channel: str, hits: Hits, tone: str | None, found: Found, mock: list[Span], marks: Marks
) -> dict[str, Evidence]:
    """Cue to evidence, in the order complaint, question, praise, unsure_sarcasm.

    ``found`` are the issues, ``marks`` the scores of ``learned``; ``tone`` is None where the channel is not
    scored. The evidence of a question says by ``how`` who is asked: council, neighbours or cue.
    """
    if channel not in OWN_WORDS or not (channel == "report" or any(map(str.isalpha, text.low))):
        return {}
    failed = [span for evidence in found.values() if evidence.how == "failure" for span in evidence.spans]
    wrong = [*failed, *_spans(hits, "failure"), *_spans(hits, "persistence")]
    thanks, asked = _spans(hits, "praise"), _questions(text, hits, tone)
    told = _told(text, hits, found, asked) | {"failed": failed, "mock": mock, tone or "": True, "": True}
    cues = {
        cue: Evidence(spans or learned.because(text.original, cue), "cue", "likely")
        for cue, spans in (("complaint", wrong), ("question", asked), ("praise", thanks))
        if marks[cue] + sum(much for sign, much in _SIGNS[cue].items() if told.get(sign)) >= 0
        or (cue == "complaint" and channel == "report")
    }
    if "question" in cues:
        cues["question"].how = _to(text, asked)
    if mock:
        cues["unsure_sarcasm"] = Evidence(mock, "cue", "likely")
    return cues


def marked(text: Text) -> dict[str, Evidence]:
    """The question of a post whose language has no cue words here: where it puts a question mark.

    Of 87 such posts of the open hands 80 ask for an answer.
    """
    spans = [(m.start(), m.end()) for m in _MARK.finditer(text.low)]
    return {"question": Evidence(spans, "cue", "likely")} if spans else {}


def _told(text: Text, hits: Hits, found: Found, asked: list[Span]) -> dict[str, Any]:
    """The signs of ``_SIGNS`` that stand in a post: what is true of it, by name."""
    thanks = hits.get("praise", [])
    polite = _only_polite(_spans(hits, "praise"), asked)
    wrong = bool(hits.get("failure") or hits.get("persistence"))
    words = len(text.low.split())
    return {
        "wrong": wrong,
        "about": found,
        "sarcasm": hits.get("sarcasm"),
        "thanks": thanks and not polite,
        "polite": polite,
        "mended": hits.get("remedy"),
        "asked": asked,
        "mark": asked and "?" in text.low,
        "rhetorical": not asked and (hits.get("rhetorical") or ("?" in text.low and words < _SHORT)),
        "only asks": len(asked) == 1 and words < _LONG and not hits.get("failure"),
        "bare": words < _SHORT and not (wrong or found or hits.get("problem") or hits.get("mock")),
    }


def _to(text: Text, asked: list[Span]) -> str:
    """Who is asked: the council, the neighbours, or (``cue``) whoever reads it."""
    said = " ".join(text.low[a:b] for a, b in asked) or text.low
    return "neighbours" if _NEIGHBOURS.search(said) else "council" if _COUNCIL.search(said) else "cue"


def _spans(hits: Hits, group: str) -> list[Span]:
    return [(h.start, h.end) for h in hits.get(group, [])]


def _questions(text: Text, hits: Hits, tone: str | None) -> list[Span]:
    """The sentences that ask somebody something; rhetorical ones ("why bother?") are left out.

    "Why …?" in an unhappy post, or beside "again" and "still", is a complaint and no question.
    """
    rhetorical = {text.sentence(h.start) for h in hits.get("rhetorical", [])}
    weary = {text.sentence(h.start) for h in hits.get("persistence", [])}
    asking = {text.sentence(h.start) for h in hits.get("ask", [])}
    asked = []
    for n, (start, end) in enumerate(text.sentences):
        sentence = text.low[start:end].strip()
        marked = sentence.rstrip("\"')] ").endswith("?")
        why = _WHY.match(sentence) is not None
        if n in rhetorical or (why and (n in weary or tone == "negative")):
            continue
        if (
            n in asking
            or _ASKS.match(sentence)
            or (marked and any(map(_INTERROGATIVE.match, _ASIDE.split(sentence))))
        ):
            asked.append((start, start + len(text.low[start:end].rstrip())))
    return asked


def _only_polite(thanks: list[Span], asked: list[Span]) -> bool:
    """Whether all thanks are the close of a request: "When does it open? Thanks"."""
    return bool(asked) and all(end - start <= 9 and start > asked[0][0] for start, end in thanks)


def groups(lexicon: dict[str, Any]) -> dict[str, list[str]]:
    """``cues.yaml`` as group to terms."""
    return {group: [str(t) for t in terms] for group, terms in lexicon.items()}
