"""Which wards, towns and places a post is about, and how sure that is.

What a name may mean is narrowed by what stands nearest: a town attached to it, one in the same
sentence, elsewhere in the post, in the title, and last what its source covers. A name that stays
in several wards is given to none of them: they are its ``maybe_wards``.
Sure: a full postcode, or a place with a local name or source beside it. Likely: a name alone that
is distinctive, or that residents write of their own area. Check: candidates, shown and never counted.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from listening.analyse.around import Post, agrees, anchors, met, narrowed, passing
from listening.analyse.gazetteer import Gazetteer, Mention, Name
from listening.analyse.matching import Evidence, Span, Text
from listening.analyse.mentions import ON
from listening.analyse.namesakes import stands

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
    text: Text,
    mentions: list[Mention],
    gazetteer: Gazetteer,
    source: Name | None,
    hint: str | None,
    local: bool = False,
) -> Placed:
    """Where a post is about, from the names in it, what its source covers and its postcode's ward.

    ``local`` says that people of the area speak: their streets are taken for the area's own.
    """
    placed = Placed()
    if hint:
        placed.add(hint, None, "postcode", "sure")
    if mentions:
        post = Post(text, mentions, gazetteer, source, local)
        unsettled = _places(placed, post)
        _settle(placed, unsettled, gazetteer)
        _wards(placed, post)
        _villages(placed, post)
        _towns(placed, mentions)
    placed.maybe = [w for w in placed.maybe if w not in placed.wards]
    towns = [gazetteer.ward_town.get(w) for w in placed.wards]
    placed.towns = list(dict.fromkeys([*(t for t in towns if t), *placed.towns]))
    return placed


def _append(names: list[str], more: Iterable[str]) -> None:
    names += [n for n in more if n not in names]


def _places(placed: Placed, post: Post) -> list[tuple[Mention, list[str], str]]:
    """Streets, parks, schools and landmarks; gives back those still in several wards."""
    unsettled = []
    for mention in post.mentions:
        name, span = mention.name, (mention.start, mention.end)
        if not name.is_place:
            continue
        wards, beside = narrowed(post, mention)
        known = "sure" if beside else met(post, mention)
        if not wards or not known:
            continue
        if known != "check" or post.local:
            _append(placed.places, [name.canonical])
            placed.spans.append(span)
        if known != "check" and len(wards) == 1:
            placed.add(wards[0], span, name.kind, beside or "likely")
        else:
            unsettled.append((mention, wards, known))
    return unsettled


def _settle(placed: Placed, unsettled: list[tuple[Mention, list[str], str]], gazetteer: Gazetteer) -> None:
    """Names in several wards: settled by a ward already found, else candidates.

    "The corner of Outram Street and Station Road" needs one of them only.
    """
    found = list(placed.wards)
    for mention, wards, known in unsettled:
        span = (mention.start, mention.end)
        shared = [w for w in wards if w in found]
        if len(shared) == 1:
            placed.add(shared[0], span, mention.name.kind, "likely")
            continue
        _candidates(placed, span, mention.name, wards, gazetteer, in_town=known != "check")


def _candidates(
    placed: Placed, span: Span, name: Name, wards: Iterable[str], gazetteer: Gazetteer, in_town: bool = True
) -> None:
    """A name that may mean several wards; a town they all share is no guess, if it is ours at all."""
    towns = {gazetteer.ward_town.get(w) for w in wards}
    for ward in wards:
        placed.add(ward, span, name.kind, "check")
    if in_town and len(towns) == 1:
        _append(placed.towns, [t for t in towns if t])


def _wards(placed: Placed, post: Post) -> None:
    """Wards named outright; one whose name is an ordinary word needs a local town or a councillor.

    Where the ward's name is its village's or street's too, "in Underwood" does for local people.
    """
    found = list(placed.wards)
    for mention in post.mentions:
        name, span = mention.name, (mention.start, mention.end)
        if name.kind != "ward":
            continue
        around = [a.name for a in anchors(post.text, mention, post.mentions) if a.name.kind != "ward"]
        beside = [a for a in around if name.canonical in a.wards]
        beside += [m.name for m in post.mentions if agrees(post.text, m, mention)]
        titled = post.before(mention, "councillor for", "cllr for", "ward of", "village of")
        place = post.gazetteer.also.get(post.text.low[mention.start : mention.end])
        meant = post.local and mention.located and place is not None and name.canonical in place.wards
        if name.anchored and not beside and not titled and not meant:
            continue
        if place and place.is_place and stands(ON, post.text.low, mention.start):
            _append(placed.places, [place.canonical])
        placed.spans.append(span)
        if passing(post, mention, found):
            continue
        doubt = post.between(mention) or (name.slip and not post.local)
        placed.add(name.canonical, span, "ward name", "check" if doubt else "sure" if beside else "likely")


def _villages(placed: Placed, post: Post) -> None:
    """Villages: they give their ward, unless they only say where a street of the same sentence is."""
    text, found = post.text, list(placed.wards)
    sentences = {text.sentence(start) for start, _ in placed.spans}
    for mention in post.mentions:
        name, span = mention.name, (mention.start, mention.end)
        if name.kind != "village":
            continue
        anchored = any(
            (a.name.kind in ("town", "area") and set(a.name.wards) & set(name.wards))
            or agrees(text, a, mention)
            for a in post.mentions
        )
        if name.anchored and not anchored and not (post.local and mention.located):
            continue
        beside = text.sentence(mention.start) in sentences
        _append(placed.places, [name.canonical])
        placed.spans.append(span)
        if beside or set(name.wards) & set(placed.wards) or passing(post, mention, found):
            continue
        if len(name.wards) > 1 or post.between(mention) or (name.slip and not post.local):
            _candidates(placed, span, name, name.wards, post.gazetteer)
        else:
            placed.add(name.wards[0], span, "village", "sure" if anchored else "likely")


def _towns(placed: Placed, mentions: list[Mention]) -> None:
    """Towns named outright. A town that is one ward gives that ward, any other only itself."""
    for mention in mentions:
        name, span = mention.name, (mention.start, mention.end)
        if name.kind != "town":
            continue
        _append(placed.towns, [name.canonical])
        placed.evidence.setdefault(name.canonical, Evidence([], "town", "sure")).spans.append(span)
        if len(name.wards) == 1:
            placed.add(name.wards[0], span, "town", "likely")
