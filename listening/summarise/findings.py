"""The sentences of Today for a place: what the figures say, in plain words.

Every function is pure and gives text without any mark-up. Words are kept to a reading age of
about eleven: no sentence over 25 words, no statistics; those live under *How is this worked out?*
"""

import re
from collections.abc import Iterable
from datetime import datetime, tzinfo

from listening.area import Area, Body
from listening.summarise import words
from listening.summarise.ahead import Ahead
from listening.summarise.bursts import FALSE_ALARMS_AREA, FALSE_ALARMS_WARD
from listening.summarise.claims import Claim
from listening.summarise.event import Also, Event, Item
from listening.summarise.figures import TONE_FROM, Figures, Mentioned
from listening.summarise.kept import Kept
from listening.summarise.partly import partly, silent
from listening.summarise.quotes import Quote
from listening.summarise.scope import SPANS, TIMES, Scope
from listening.summarise.today import Today
from listening.summarise.trends import JUDGED_FROM, Usual, stands, usually
from listening.summarise.voices import Loud
from listening.summarise.words import (
    capital,
    clock,
    count,
    listed,
    lower,
    on,
    part_of_day,
    since,
    spelled,
    when,
)

SENTENCE = re.compile(r"(?<=[.!?])[”)]*\s+")
END = "That is all for today."
TOO_FEW = "Too few to show."
NO_STREET = "no street named"
CHECK = "Check before you pass it on."
SHARE = "If you pass on something untrue about a person you may answer for it in law."


def headline(today: Today, scope: Scope) -> list[str]:
    """The finding: one sentence to read first, then at most two with its figures."""
    if today.hushed:
        return [TOO_FEW]
    if today.event:
        return [talked_about(today.event, scope.area), *talked_figures(today.event, scope)]
    if partly(scope, today.audible):
        return heard_of(today, scope)
    if not today.figures.posts:
        return [nothing(scope, today.usual)]
    first = f"A usual {SPANS[scope.period]} {of(scope)}."
    rest = "" if scope.issue else above(today.mentioned, scope, "Nothing stands out.")
    if today.standing:
        first = outstanding(today, scope)
        rest = "Nothing else stands out."
    elif stands(today.figures.posts, today.usual) != "within":
        lies = stands(today.figures.posts, today.usual) or ""
        kind = {"above": "busy", "below": "quiet"}.get(lies, "")
        if not kind:
            return plain(today, scope)
        first = f"A {kind} {SPANS[scope.period]} {of(scope)}."
        rest = "" if scope.issue else above(today.mentioned, scope, "No single issue stands out.")
    return [line for line in (first, figures(today, scope), rest) if line]


def heard_of(today: Today, scope: Scope) -> list[str]:
    """Where its ears were down for a time: what was heard, beside its range, and when they were silent.

    Little talk is then called neither usual nor low.
    """
    silence = silent(scope, today.audible)
    if not today.figures.posts:
        return [f"We heard no posts about {where(scope)} {TIMES[scope.period]}.", silence]
    numbers = figures(today, scope)
    if today.standing:
        return [outstanding(today, scope), numbers, silence]
    lies = stands(today.figures.posts, today.usual)
    if lies == "above":
        return [f"A busy {SPANS[scope.period]} {of(scope)}.", numbers, silence]
    if lies == "within":
        return [f"What we heard {of(scope)} was usual: {numbers}", silence]
    return [f"We heard {numbers}", silence]


def outstanding(today: Today, scope: Scope) -> str:
    """``One thing stands out in Larkford Bridge: bins.``"""
    names = listed(lower(label) for label in today.standing)
    things = f"{capital(spelled(len(today.standing)))} thing{'s' * (len(today.standing) > 1)}"
    return f"{things} stand{'s' * (len(today.standing) == 1)} out in {where(scope)}: {names}."


def plain(today: Today, scope: Scope) -> list[str]:
    """Without a usual range: ``21 posts about Moorside in three months.``, and from how many accounts."""
    number = today.figures.posts
    they = "It is" if number == 1 else "They are"
    first = f"{count(number, 'post')} about {about(scope)} {TIMES[scope.period]}."
    written_ = written(today.figures).partition(" from ")[2]
    copies = f", with {_copies(today.figures)}" if today.figures.copies else ""
    range_ = "" if scope.period == "90d" else f"; {usually(today.usual, today.weeks)}"
    rest = "" if scope.issue else above(today.mentioned, scope, "No single issue stands out.")
    return [line for line in (first, f"{they} from {written_}{copies}{range_}.", rest) if line]


def about(scope: Scope) -> str:
    """``Larkford Bridge``; ``bins in Stenby``."""
    if not scope.issue:
        return scope.place
    return f"{lower(scope.area.issue_by_slug[scope.issue].label)} in {scope.place}"


def above(rows: Iterable[Mentioned], scope: Scope, otherwise: str) -> str:
    """``Well above its usual range: bins.``; what stands out is tested for the last 7 days only.

    Over other periods an issue is named where 10 accounts or more took it half as high again as its
    usual range; where none did, nothing is claimed.
    """
    if scope.period == "7d":
        return otherwise
    names = [
        lower(r.label) for r in rows if r.usual and r.voices >= JUDGED_FROM and r.posts > 1.5 * r.usual.high
    ]
    return f"Well above its usual range: {listed(names)}." if names else ""


def of(scope: Scope) -> str:
    """``in Larkford Bridge``; ``for bins in Stenby``."""
    issue = f"for {lower(scope.area.issue_by_slug[scope.issue].label)} " if scope.issue else ""
    return f"{issue}in {scope.place}"


def where(scope: Scope) -> str:
    """The place and the issue: ``Larkford Bridge``; ``bins in Stenby``."""
    if not scope.issue:
        return scope.place
    return f"{scope.place}: {lower(scope.area.issue_by_slug[scope.issue].label)}"


def figures(today: Today, scope: Scope) -> str:
    """``8 posts from 7 accounts; usually 5–13.``"""
    posts = written(today.figures)
    return f"{posts}." if scope.period == "90d" else f"{posts}; {usually(today.usual, today.weeks)}."


def written(figures: Figures) -> str:
    """``8 posts from 7 accounts``; ``6 posts (and 6 copies) from 12 accounts``."""
    copies = f" (and {_copies(figures)})" if figures.copies else ""
    return f"{count(figures.posts, 'post')}{copies} from {count(figures.voices, 'account')}"


def _copies(figures: Figures) -> str:
    return f"{figures.copies:,} {'copy' if figures.copies == 1 else 'copies'}"


def not_shown(number: int) -> list[str]:
    """Why a list of posts is shorter than its number says; nothing where it is not."""
    if not number:
        return []
    of = "its topic" if number == 1 else "their topic"
    return [f"{count(number, 'post')} not shown: too few accounts wrote about {of}."]


def nothing(scope: Scope, usual: Usual | None) -> str:
    """No posts while the ears are alive; whether that is usual is said where it is known."""
    said = {"within": "; that is usual", "below": f"; {usually(usual)}"}.get(stands(0, usual) or "", "")
    return f"No posts about {where(scope)} {TIMES[scope.period]}{said}."


def no_change(posts: int, usual: Usual) -> str:
    """``No clear change: 22 posts, usually 13–28.``"""
    return f"No clear change: {count(posts, 'post')}, {usually(usual)}."


def only(source: str, posts: int) -> str:
    """``All 6 posts are from Haverdale Forum.``"""
    return f"All {posts} posts are from {source}." if posts > 1 else f"The post is from {source}."


def loud_not_wide(loud: Loud, label: str = "") -> str:
    """``Loud, not wide: 8 accounts wrote 48 of 51 posts.``; of one issue, after its name."""
    start = f"{label}: loud" if label else "Loud"
    return f"{start}, not wide: {count(loud.few, 'account')} wrote {loud.written} of {loud.posts} posts."


def vague(name: str, wards: Iterable[str]) -> str:
    """``“Station Road” is in Haver Market and Larkford Mount. Shown in neither.``"""
    places = list(wards)
    return f"“{name}” is in {listed(places)}. Shown in {'neither' if len(places) == 2 else 'none of them'}."


def talked_about(event: Event, area: Area) -> str:
    """``Flooding on Weir Lane is being talked about now.``; ``Fires at Old Dye Works are being …``"""
    kind = next((p.kind for p in area.places if p.name == event.street), "street")
    place = f" {'on' if kind == 'street' else 'at'} {event.street}" if event.street else ""
    return f"{event.label}{place} {'are' if plural(event.label) else 'is'} being talked about now."


def plural(label: str) -> bool:
    """Whether a label takes "are": ``Bins``, ``Street lights``, ``Libraries and culture``.

    >>> [plural(label) for label in ("Fires", "Flooding", "Homelessness", "Schools and colleges")]
    [True, False, False, True]
    """
    return " and " in label or (label.endswith("s") and not label.endswith("ss"))


def talked_figures(event: Event, scope: Scope) -> list[str]:
    """``31 posts from 24 accounts since 06:41; on a usual Thursday morning there are none.``"""
    zone, now = scope.area.zone, scope.until
    posts = written(event.figures)
    part = f"{now.astimezone(zone):%A} {part_of_day(now, zone)}"
    there = usually(event.usual).removeprefix("usually ")
    verb = "is" if there == "1" else "are"
    return [f"{posts} since {clock(event.first, zone)}; on a usual {part} there {verb} {there}."]


def whole_town(town: str, label: str, posts: int) -> str:
    """``Larkford as a whole: 47 posts about flooding since midnight.``"""
    return f"{town} as a whole: {count(posts, 'post')} about {lower(label)} since midnight."


def streets(rows: Iterable[tuple[str, int]], most: int = 4) -> str:
    """``Weir Lane 2 · Market Street 1 · no street named 1``; empty where no street was named at all."""
    named = list(rows)
    if not any(name for name, _ in named):
        return ""
    shown = [r for r in named if r[0]][:most] + [r for r in named if not r[0]]
    return " · ".join(f"{name or NO_STREET} {number}" for name, number in shown)


def runs(body: Body | None) -> str:
    """``Runs it: Northshire County Council``; ``Runs it: us``; empty where the area does not say."""
    return f"Runs it: {body.name}" if body else ""


def reported(row: Mentioned, now: datetime, zone: tzinfo) -> str:
    """``Reported too: 1 report, 29 October``; empty without reports."""
    if not row.reports or row.reported is None:
        return ""
    date = on(row.reported.astimezone(zone).date(), now.astimezone(zone).date())
    return f"Reported too: {count(row.reports, 'report')}, {'' if row.reports == 1 else 'last '}{date}"


def ordinarily(row: Mentioned) -> str:
    """The range beside one issue; silent for a single post, which needs none."""
    return usually(row.usual) if row.usual and row.posts > 1 else ""


def others(rows: Iterable[Mentioned]) -> str:
    """The issues below the list: ``Also: buses 2, parks 1.``; empty where there is none."""
    named = [f"{lower(row.label)} {row.posts}" for row in rows]
    return f"Also: {', '.join(named)}." if named else ""


def see_all(posts: int) -> str:
    """``See all 8 posts``"""
    return "See the post" if posts == 1 else f"See all {posts:,} posts"


def confirmed(item: Item, now: datetime, zone: tzinfo) -> str:
    """``Northshire Flood Centre · 07:15``"""
    return f"{item.source} · {when(item.published, now, zone)}"


def unspoken(event: Event) -> str:
    """That nobody has confirmed it yet; empty where a public body or an outlet has."""
    if event.confirmed:
        return ""
    if event.press:
        return "Not confirmed yet: no public body has said anything."
    return "Not confirmed yet: no outlet or public body has said anything."


def unconfirmed(claim: Claim, nearest: Item | None, now: datetime, zone: tzinfo) -> str:
    """Who has said it, that nobody has confirmed it, and the official post closest to it."""
    said = (
        f"“{claim.words}” – {count(claim.posts, 'post')}, {count(claim.accounts, 'account')},"
        f" first at {since(claim.first, now, zone)}. No outlet or public body says so."
    )
    if nearest is None:
        return f"{said} {CHECK}"
    at = since(nearest.published, now, zone)
    return f"{said} Nearest official post: “{nearest.title}”, {nearest.source}, {at}. {CHECK}"


def also(row: Also) -> str:
    """``Bins 3 posts, usually 0–1. Part of the same event.``"""
    range_ = f", {usually(row.usual)}" if row.usual else ""
    return f"{row.label} {count(row.posts, 'post')}{range_}.{' Part of the same event.' if row.same else ''}"


def attributed(quote: Quote, now: datetime, zone: tzinfo) -> str:
    """``Haverdale Forum · Sunday``; with ``asked by 5 accounts`` where several asked the same."""
    stood = f"{quote.source} · {when(quote.published, now, zone)}"
    return f"{stood} · asked by {quote.accounts} accounts" if quote.accounts > 1 else stood


def open_questions(number: int) -> str:
    """The heading over the questions."""
    return "A question nobody has answered" if number == 1 else "Questions nobody has answered"


def more_questions(number: int) -> str:
    """``2 more questions have no answer.``"""
    return f"{number} more question{' has' if number == 1 else 's have'} no answer."


def coming(item: Ahead) -> tuple[str, str]:
    """``Thu 5 Nov`` and what is on."""
    return words.ahead(item.on), item.title


def tone(scope: Scope, own: Figures, place: str, wide: Figures) -> list[str]:
    """Four shares with their numbers; where the place has too few, of the larger place, saying so."""
    if not wide.scored:
        return ["No posts to judge tone by."]
    four = (
        f"{wide.negative:,} unhappy, {wide.neutral:,} neutral, {wide.positive:,} pleased,"
        f" {wide.unclear:,} can't tell."
    )
    if place == scope.place:
        if own.scored >= TONE_FROM:
            return [f"{count(own.scored, 'post')}: {four}"]
        return [f"{count(own.scored, 'post')} is too few to judge tone."]
    kind = "ward" if scope.ward else "town"
    few = f"{count(own.scored, 'post')} is too few to judge one {kind}." if own.scored else ""
    if wide.scored < TONE_FROM:
        return [few or f"No posts to judge one {kind} by."]
    return [*([few] if few else []), f"Across {place} ({count(wide.scored, 'post')}): {four}"]


def kept_from_view(kept: Kept, phones: dict[str, str]) -> list[str]:
    """How many posts are not shown, and whom to call where somebody may be at risk."""
    said = []
    if kept.abusive:
        said.append(f"{count(kept.abusive, 'abusive post')} hidden.")
    if kept.at_risk:
        duty = f" Duty officer {phones['duty_officer']} ·" if phones.get("duty_officer") else ""
        said.append(
            f"{count(kept.at_risk, 'post')} held back: somebody may be at risk.{duty} danger now: 999"
        )
    if kept.accusations:
        makes = "makes" if kept.accusations == 1 else "make"
        posts = f"{count(kept.accusations, 'post')} {makes} an accusation about a named person."
        said.append(f"{posts} Not shown here, not in any brief.")
    return said


def why_told(event: Event, scope: Scope) -> list[str]:
    """Why this stands at the top: the rule, and how this case met it."""
    zone = scope.area.zone
    where_ = {"ward": "this ward", "town": "this town", "area": scope.area.name}[scope.kind]
    sources = count(event.figures.sources, "source")
    begin, fifth = clock(event.first, zone), clock(event.fifth, zone)
    between = f"At {begin}" if begin == fifth else f"Between {begin} and {fifth}"
    most = f"the most we saw was {event.usual.high}" if event.usual.high else "we saw none"
    return [
        f"{between}, 5 accounts posted about {lower(event.label)} in {where_}.",
        f"By now they are {event.figures.voices}, on {sources}.",
        f"On {event.usual.weeks} earlier {scope.until.astimezone(zone):%A}s up to this hour, {most}.",
        "The rule: 5 accounts since midnight, in more talks than chance would bring.",
        false_alarms(FALSE_ALARMS_AREA, FALSE_ALARMS_WARD),
    ]


def false_alarms(area: float, ward: float) -> str:
    """``About 10 false alarms a year for the whole area; for one ward, fewer than one.``

    The figures are the measured ones, a year.
    """
    one = "fewer than one" if ward < 1 else f"about {ward:.0f}"
    return f"We expect about {area:.0f} false alarms a year for the whole area; for one ward, {one}."
