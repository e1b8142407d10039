"""What stands around a name and says where it is, and whether it is ours at all.

Who writes is a prior, never a proof: where residents, officers or councillors of the area speak,
"on Milton Street" is ours if we have one; a newspaper's is not, without a local name beside it.
Street names that half the country has (High Street) stay candidates whoever writes.
"""

from dataclasses import dataclass

from listening.analyse.gazetteer import Gazetteer, Mention, Name
from listening.analyse.matching import Text, fold
from listening.analyse.mentions import ON
from listening.analyse.namesakes import attached, stands


@dataclass(frozen=True, slots=True)
class Post:
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


def anchors(text: Text, mention: Mention, mentions: list[Mention]) -> list[Mention]:
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
    return sorted((m for m in able if not m.name.anchored or agrees(text, mention, m)), key=nearness)


def agrees(text: Text, place: Mention, other: Mention) -> bool:
    """Whether a street, park or school confirms a ward or village of the same sentence."""
    if not (place.name.is_place and place.name.typed and set(place.name.wards) & set(other.name.wards)):
        return False
    return text.sentence(place.start) == text.sentence(other.start)


def narrowed(post: Post, mention: Mention) -> tuple[list[str], str | None]:
    """The wards a place may stand in, given its surroundings; and how sure something local makes it.

    A town attached to a name that has no such street there means a namesake we don't know: no ward.
    A town's name means the town itself before its outlying villages, but then it is only likely.
    """
    wards = mention.name.wards
    for anchor in anchors(post.text, mention, post.mentions):
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


def met(post: Post, mention: Mention) -> str | None:
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


def _pointed(post: Post, mention: Mention) -> bool:
    """Whether an ordinary word is written as a name: "on Kingsway", "the Twitchell"."""
    start, words = mention.start, post.text.original[mention.start : mention.end].split()
    if words[0] in ("the", "The"):
        inside = post.text.sentences[post.text.sentence(start)][0] < start
        return words[-1][0].isupper() and (words[0] == "the" or inside)
    street = mention.name.kind == "street"
    if len(words) > 1 and not street and all(word[0].isupper() for word in words):
        return True
    return stands(ON, post.text.low, start) if street else mention.located


def passing(post: Post, mention: Mention, found: list[str]) -> bool:
    """Whether a village is only where somebody goes to or comes from, and the matter is elsewhere."""
    return bool(found) and not set(mention.name.wards) & set(found) and post.before(mention, "to", "from")
