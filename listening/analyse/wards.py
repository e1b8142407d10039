"""Which wards, towns and places a post is about, and how sure that is.

What a name may mean is narrowed by what stands nearest: a town attached to it, one in the same
sentence, elsewhere in the post, in the title, and last what its source covers. A name that stays
in several wards is given to none of them: they are its ``maybe_wards``.
Sure: a full postcode, or a place with a local name or source beside it. Likely: a distinctive
name alone. Check: candidates, shown and never counted.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from listening.analyse.gazetteer import Gazetteer, Name
from listening.analyse.matching import Evidence, Span, Text, fold
from listening.analyse.mentions import Mention, attached

_LEVELS = ("check", "likely", "sure")


@dataclass(slots=True)
class Placed:
    """Where a post is: names of wards, towns, candidates and places, spans met, and evidence."""

    wards: list[str] = field(default_factory=list)
    towns: list[str] = field(default_factory=list)
    maybe: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    evidence: dict[str, Evidence] = field(default_factory=dict)

    def add(self, ward: str, span: Span | None, how: str, confidence: str) -> None:
        """One more reason for a ward; the surest reason names the evidence."""
        if confidence == "check":
            _append(self.maybe, [ward])
        else:
            _append(self.wards, [ward])
        known = self.evidence.setdefault(ward, Evidence([], how, confidence))
        if _LEVELS.index(confidence) > _LEVELS.index(known.confidence):
            known.how, known.confidence = how, confidence
        known.spans += [span] if span else []


def resolve(
    text: Text, mentions: list[Mention], gazetteer: Gazetteer, source: Name | None, hint: str | None
) -> Placed:
    """Where a post is about, from the names in it, what its source covers and its postcode's ward."""
    placed = Placed()
    if hint:
        placed.add(hint, None, "postcode", "sure")
    if mentions:
        unsettled = _places(placed, text, mentions, gazetteer, source)
        _settle(placed, unsettled, gazetteer)
        _wards(placed, text, mentions)
        _villages(placed, text, mentions, gazetteer)
        _towns(placed, mentions, gazetteer)
    placed.maybe = [w for w in placed.maybe if w not in placed.wards]
    towns = [gazetteer.ward_town.get(w) for w in placed.wards]
    placed.towns = list(dict.fromkeys([*(t for t in towns if t), *placed.towns]))
    return placed


def _append(names: list[str], more: Iterable[str]) -> None:
    names += [n for n in more if n not in names]


def _anchors(text: Text, mention: Mention, mentions: list[Mention]) -> list[Mention]:
    """Names that can say where a mention is, the nearest first.

    A ward or village can anchor as a town does. Where its own name needs an anchor, it serves a
    street of its own in the same sentence: "Church Lane, Underwood" confirms both.
    """

    def nearness(other: Mention) -> tuple[bool, bool, bool, int]:
        same_part = (other.start < text.title_end) == (mention.start < text.title_end)
        same_sentence = text.sentence(other.start) == text.sentence(mention.start)
        distance = max(other.start - mention.end, mention.start - other.end)
        return not attached(text, mention, other), not same_sentence, not same_part, distance

    able = [m for m in mentions if not m.name.is_place and m.name.kind != "area" and m is not mention]
    return sorted((m for m in able if not m.name.anchored or _agree(text, mention, m)), key=nearness)


def _agree(text: Text, place: Mention, other: Mention) -> bool:
    """Whether a street, park or school confirms a ward or village of the same sentence."""
    if not (place.name.is_place and place.name.typed and set(place.name.wards) & set(other.name.wards)):
        return False
    return text.sentence(place.start) == text.sentence(other.start)


def _narrowed(
    text: Text, mention: Mention, mentions: list[Mention], outlying: frozenset[str], source: Name | None
) -> tuple[list[str], str | None]:
    """The wards a place may stand in, given its surroundings; and how sure something local makes it.

    A town attached to a name that has no such street there means a namesake we don't know: no ward.
    A town's name means the town itself before its outlying villages, but then it is only likely.
    """
    wards = mention.name.wards
    for anchor in _anchors(text, mention, mentions):
        shared = [w for w in wards if w in anchor.name.wards]
        core = [w for w in shared if w not in outlying]
        if len(core) == 1 < len(shared):
            return core, "likely"
        if shared:
            return shared, "sure"
        if attached(text, mention, anchor):
            return [], None
    shared = [w for w in wards if source and w in source.wards]
    if shared:
        return shared, "sure"
    return list(wards), "sure" if any(m.name.kind == "area" for m in mentions) else None


def _places(
    placed: Placed, text: Text, mentions: list[Mention], gazetteer: Gazetteer, source: Name | None
) -> list[tuple[Mention, list[str]]]:
    """Streets, parks, schools and landmarks; gives back those still in several wards."""
    unsettled = []
    for mention in mentions:
        name, span = mention.name, (mention.start, mention.end)
        if not name.is_place:
            continue
        wards, beside = _narrowed(text, mention, mentions, gazetteer.outlying, source)
        famous = fold(name.canonical) in gazetteer.famous
        if not beside and wards and (name.anchored or famous):
            if name.typed and not famous:
                for ward in wards:
                    placed.add(ward, span, name.kind, "check")
            continue
        if not wards:
            continue
        _append(placed.places, [name.canonical])
        placed.spans.append(span)
        if len(wards) == 1:
            placed.add(wards[0], span, name.kind, beside or "likely")
        else:
            unsettled.append((mention, wards))
    return unsettled


def _settle(placed: Placed, unsettled: list[tuple[Mention, list[str]]], gazetteer: Gazetteer) -> None:
    """Names in several wards: settled by a ward already found, else candidates.

    "The corner of Outram Street and Station Road" needs one of them only.
    """
    found = list(placed.wards)
    for mention, wards in unsettled:
        span = (mention.start, mention.end)
        shared = [w for w in wards if w in found]
        if len(shared) == 1:
            placed.add(shared[0], span, mention.name.kind, "likely")
            continue
        _candidates(placed, span, mention.name, wards, gazetteer)


def _candidates(placed: Placed, span: Span, name: Name, wards: Iterable[str], gazetteer: Gazetteer) -> None:
    """A name that may mean several wards; a town they all share is no guess."""
    towns = {gazetteer.ward_town.get(w) for w in wards}
    for ward in wards:
        placed.add(ward, span, name.kind, "check")
    if len(towns) == 1:
        _append(placed.towns, [t for t in towns if t])


def _wards(placed: Placed, text: Text, mentions: list[Mention]) -> None:
    """Wards named outright; one whose name is an ordinary word needs a local town or a councillor."""
    for mention in mentions:
        name = mention.name
        if name.kind != "ward":
            continue
        around = [a.name for a in _anchors(text, mention, mentions) if a.name.kind != "ward"]
        anchors = [a for a in around if name.canonical in a.wards]
        anchors += [m.name for m in mentions if _agree(text, m, mention)]
        titled = text.low[: mention.start].endswith(
            ("councillor for ", "cllr for ", "ward of ", "village of ")
        )
        if name.anchored and not anchors and not titled:
            continue
        placed.spans.append((mention.start, mention.end))
        confidence = "sure" if anchors else "likely"
        placed.add(name.canonical, (mention.start, mention.end), "ward name", confidence)


def _villages(placed: Placed, text: Text, mentions: list[Mention], gazetteer: Gazetteer) -> None:
    """Villages: they give their ward, unless they only say where a street of the same sentence is."""
    sentences = {text.sentence(start) for start, _ in placed.spans}
    for mention in mentions:
        name, span = mention.name, (mention.start, mention.end)
        if name.kind != "village":
            continue
        anchored = any(
            (a.name.kind in ("town", "area") and set(a.name.wards) & set(name.wards))
            or _agree(text, a, mention)
            for a in mentions
        )
        if name.anchored and not anchored:
            continue
        beside = text.sentence(mention.start) in sentences
        _append(placed.places, [name.canonical])
        placed.spans.append(span)
        if beside or set(name.wards) & set(placed.wards):
            continue
        if len(name.wards) == 1:
            placed.add(name.wards[0], span, "village", "sure" if anchored else "likely")
        else:
            _candidates(placed, span, name, name.wards, gazetteer)


def _towns(placed: Placed, mentions: list[Mention], gazetteer: Gazetteer) -> None:
    """Towns named outright. A town that is one ward gives that ward, any other only itself."""
    for mention in mentions:
        name, span = mention.name, (mention.start, mention.end)
        if name.kind != "town":
            continue
        _append(placed.towns, [name.canonical])
        placed.evidence.setdefault(name.canonical, Evidence([], "town", "sure")).spans.append(span)
        if len(name.wards) == 1:
            placed.add(name.wards[0], span, "town", "likely")
