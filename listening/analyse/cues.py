"""What a post does: complain, ask, praise; and where praise beside a failure may be sarcasm.

Cues are read in residents' own words only (channels public, heard and report); a fault report is
a complaint by definition. The words stand in data/lexicons/cues.yaml.
"""

import re
from typing import Any

from listening.analyse.matching import Evidence, Hit, Matcher, Span, Text, longest

OWN_WORDS = ("public", "heard", "report")
_EXCLAMATION = 6  # words: "Brilliant work, Stenby council." beside a failure is seldom meant
_OPENING = 3  # words at the start of a sentence where mock praise stands: "Well done for …"
_CONTRAST = re.compile(r"\b(?:but|although|though|however|despite|shame|except|apart from|hope|hopefully)\b")
_NEGATED = re.compile(r"(?:n't|\bnot|\bnever|\bno|\bwithout|\bstill to|\byet to)(?: \w+){0,2} $")
_INTERROGATIVE = re.compile(
    r"\W*(?:(?:so|and|but|ok|hi all|hi|hello|please|also|question|just wondering|anyway)\W+){0,2}"
    r"(?:is|are|was|were|does|do|did|has|have|can|could|will|would|should|when|where|who|which|whose|"
    r"what|what's|whats|how|how's|any|anyone|anybody|whereabouts|why)\b"
)
_ASIDE = re.compile(r"[,;:] ")
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
    text: Text, channel: str, hits: Hits, tone: str | None, failed: list[Span], mock: list[Span]
) -> dict[str, Evidence]:
    """Cue to evidence, in the order complaint, question, praise, unsure_sarcasm.

    ``failed`` are the spans of issues found by an object and its failure; ``tone`` is None where
    the channel is not scored.
    """
    cues: dict[str, list[Span]] = {}
    if channel not in OWN_WORDS:
        return {}
    wrong = _spans(hits, "failure") + _spans(hits, "persistence")
    thanks, mended = _spans(hits, "praise"), _spans(hits, "remedy")
    asked = _questions(text, hits, tone)
    unhappy = (tone == "negative" or bool(mock)) and not (mended and max(mended) > max(wrong, default=(0, 0)))
    if channel == "report" or (wrong and unhappy) or (failed and not (mended and thanks)):
        cues["complaint"] = [*failed, *wrong]
    if asked:
        cues["question"] = asked
    if thanks and not mock and tone != "negative" and not _only_polite(text, thanks, asked):
        cues["praise"] = thanks
    if mock:
        cues["unsure_sarcasm"] = mock
    return {cue: Evidence(spans, "cue", "likely") for cue, spans in cues.items()}


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
        if n in asking or (marked and any(map(_INTERROGATIVE.match, _ASIDE.split(sentence)))):
            asked.append((start, start + len(text.low[start:end].rstrip())))
    return asked


def _only_polite(text: Text, thanks: list[Span], asked: list[Span]) -> bool:
    """Whether all thanks are the close of a request: "When does it open? Thanks"."""
    return bool(asked) and all(end - start <= 9 and start > asked[0][0] for start, end in thanks)


def groups(lexicon: dict[str, Any]) -> dict[str, list[str]]:
    """``cues.yaml`` as group to terms."""
    return {group: [str(t) for t in terms] for group, terms in lexicon.items()}
