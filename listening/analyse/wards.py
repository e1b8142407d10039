"""Which wards, towns and places a post is about, and how sure that is.

What a name may mean is narrowed by what stands nearest: a town attached to it, one in the same
sentence, elsewhere in the post, in the title, and last what its source covers. A name that stays
in several wards is given to none of them: they are its ``maybe_wards``.
Sure: a full postcode, or a place with a local name or source beside it. Likely: a name alone that
is distinctive, or that residents write of their own area. Check: candidates, shown and never counted.

Who writes is a prior, never a proof: where residents, officers or councillors of the area speak,
"Milton Street" is ours if we have one; a newspaper's is not, without a local name beside it. Street
names that half the country has (High Street) stay candidates whoever writes.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from listening.analyse.gazetteer import Gazetteer, Mention, Name
from listening.analyse.matching import Evidence, Span, Text, fold
from listening.analyse.mentions import ON
from listening.analyse.namesakes import attached

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


@dataclass(frozen=True, slots=True)
class _Post:
    """What all steps look at: the words, the names in them, and where they were said."""

    text: Text
    mentions: list[Mention]
    gazetteer: Gazetteer
    source: Name | None
    local: bool

    def before(self, mention: Mention, *words: str) -> bool:
        """Whether one of these words stands right before a name."""
        return self.text.low.endswith(tuple(f"{w} " for w in words), 0, mention.start)

    def between(self, mention: Mention) -> bool:
        """Whether it is one end of a way: "between Stenby and Underdale"."""
        ends = [m for m in self.mentions if self.before(m, "between")]
        low = self.text.low
        for first in ends:
            for other in self.mentions:
                if low[first.end : other.start] == " and " and first.name.wards != other.name.wards:
                    return mention is first or mention is other
        return False


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
        post = _Post(text, mentions, gazetteer, source, local)
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


def _narrowed(post: _Post, mention: Mention) -> tuple[list[str], str | None]:
    """The wards a place may stand in, given its surroundings; and how sure something local makes it.

    A town attached to a name that has no such street there means a namesake we don't know: no ward.
    A town's name means the town itself before its outlying villages, but then it is only likely.
    """
    wards = mention.name.wards
    for anchor in _anchors(post.text, mention, post.mentions):
        shared = [w for w in wards if w in anchor.name.wards]
        core = [w for w in shared if w not in post.gazetteer.outlying]
        if len(core) == 1 < len(shared):
            return core, "likely"
        if shared:
            return shared, "sure"
        if attached(post.text, mention, anchor):
            return [], None
    shared = [w for w in wards if post.source and w in post.source.wards]
    core = [w for w in shared if w not in post.gazetteer.outlying]
    if shared:
        return (core, "likely") if len(core) == 1 < len(shared) else (shared, "sure")
    return list(wards), "sure" if any(m.name.kind == "area" for m in post.mentions) else None


def _places(placed: Placed, post: _Post) -> list[tuple[Mention, list[str], str]]:
    """Streets, parks, schools and landmarks; gives back those still in several wards."""
    unsettled = []
    for mention in post.mentions:
        name, span = mention.name, (mention.start, mention.end)
        if not name.is_place:
            continue
        wards, beside = _narrowed(post, mention)
        met = "sure" if beside else _met(post, mention)
        if not wards or not met:
            continue
        if met != "check" or post.local:
            _append(placed.places, [name.canonical])
            placed.spans.append(span)
        if met != "check" and len(wards) == 1:
            placed.add(wards[0], span, name.kind, beside or "likely")
        else:
            unsettled.append((mention, wards, met))
    return unsettled


def _met(post: _Post, mention: Mention) -> str | None:
    """How sure it is that a name without a local name beside it is ours at all; None: it is not."""
    name = mention.name
    if fold(name.canonical) in post.gazetteer.famous:
        return "check" if post.local and mention.located else None
    if post.gazetteer.is_common(name):
        return "check" if name.typed or _pointed(post, mention) else None
    if (name.cues or name.slip) and not post.local:
        return None
    if name.cues == "street_cues" and post.text.original[mention.start].islower():
        return "check"  # "on reform" may be no street
    if not name.anchored:
        return "likely"
    if name.typed:
        return "likely" if post.local and (mention.located or name.kind != "street") else "check"
    return "likely" if post.local and _pointed(post, mention) else None


def _pointed(post: _Post, mention: Mention) -> bool:
    """Whether an ordinary word is written as a name: "on Kingsway", "the Twitchell"."""
    start, words = mention.start, post.text.original[mention.start : mention.end].split()
    if words[0] in ("the", "The"):
        inside = post.text.sentences[post.text.sentence(start)][0] < start
        return words[-1][0].isupper() and (words[0] == "the" or inside)
    street = mention.name.kind == "street"
    if len(words) > 1 and not street and all(word[0].isupper() for word in words):
        return True
    return ON.search(post.text.low, 0, start) is not None if street else mention.located


def _settle(placed: Placed, unsettled: list[tuple[Mention, list[str], str]], gazetteer: Gazetteer) -> None:
    """Names in several wards: settled by a ward already found, else candidates.

    "The corner of Outram Street and Station Road" needs one of them only.
    """
    found = list(placed.wards)
    for mention, wards, met in unsettled:
        span = (mention.start, mention.end)
        shared = [w for w in wards if w in found]
        if len(shared) == 1:
            placed.add(shared[0], span, mention.name.kind, "likely")
            continue
        _candidates(placed, span, mention.name, wards, gazetteer, in_town=met != "check")


def _candidates(
    placed: Placed, span: Span, name: Name, wards: Iterable[str], gazetteer: Gazetteer, in_town: bool = True
) -> None:
    """A name that may mean several wards; a town they all share is no guess, if it is ours at all."""
    towns = {gazetteer.ward_town.get(w) for w in wards}
    for ward in wards:
        placed.add(ward, span, name.kind, "check")
    if in_town and len(towns) == 1:
        _append(placed.towns, [t for t in towns if t])


def _wards(placed: Placed, post: _Post) -> None:
    """Wards named outright; one whose name is an ordinary word needs a local town or a councillor.

    Where the ward's name is its village's or street's too, "in Underwood" does for local people.
    """
    found = list(placed.wards)
    for mention in post.mentions:
        name, span = mention.name, (mention.start, mention.end)
        if name.kind != "ward":
            continue
        around = [a.name for a in _anchors(post.text, mention, post.mentions) if a.name.kind != "ward"]
        anchors = [a for a in around if name.canonical in a.wards]
        anchors += [m.name for m in post.mentions if _agree(post.text, m, mention)]
        titled = post.before(mention, "councillor for", "cllr for", "ward of", "village of")
        place = post.gazetteer.also.get(post.text.low[mention.start : mention.end])
        meant = post.local and mention.located and place is not None and name.canonical in place.wards
        if name.anchored and not anchors and not titled and not meant:
            continue
        if place and place.is_place and ON.search(post.text.low, 0, mention.start):
            _append(placed.places, [place.canonical])
        placed.spans.append(span)
        if _passing(post, mention, found):
            continue
        doubt = post.between(mention) or (name.slip and not post.local)
        placed.add(name.canonical, span, "ward name", "check" if doubt else "sure" if anchors else "likely")


def _passing(post: _Post, mention: Mention, found: list[str]) -> bool:
    """Whether a village is only where somebody goes to or comes from, and the matter is elsewhere."""
    return bool(found) and not set(mention.name.wards) & set(found) and post.before(mention, "to", "from")


def _villages(placed: Placed, post: _Post) -> None:
    """Villages: they give their ward, unless they only say where a street of the same sentence is."""
    text, found = post.text, list(placed.wards)
    sentences = {text.sentence(start) for start, _ in placed.spans}
    for mention in post.mentions:
        name, span = mention.name, (mention.start, mention.end)
        if name.kind != "village":
            continue
        anchored = any(
            (a.name.kind in ("town", "area") and set(a.name.wards) & set(name.wards))
            or _agree(text, a, mention)
            for a in post.mentions
        )
        if name.anchored and not anchored and not (post.local and mention.located):
            continue
        beside = text.sentence(mention.start) in sentences
        _append(placed.places, [name.canonical])
        placed.spans.append(span)
        if beside or set(name.wards) & set(placed.wards) or _passing(post, mention, found):
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
