"""The sentences of Breaking. Each takes figures and gives words; none of them asks anything."""

from datetime import datetime, tzinfo

from listening.summarise.announced import Announced
from listening.summarise.breaking import Breaking, Told
from listening.summarise.claims import Claim
from listening.summarise.event import Item
from listening.summarise.findings import SHARE
from listening.summarise.hearing import BROUGHT
from listening.summarise.scope import Scope
from listening.summarise.words import ago, capital, count, day, on, since, spelled

CANNOT_JUDGE = "We don't say it is false. We say who has said it."
PART = "Part of the story above."
DATED = 6  # days back from which an announcement has its date: a weekday would be taken for this week's
NO_ACCOUNT_NAMED = "Link to a public body or an outlet, not to a resident's post."


def finding(view: Breaking, scope: Scope, heard: bool = True) -> list[str]:
    """``One confirmed event is growing.``, ``One claim is going round that nobody has confirmed.``

    ``heard``: some source could have spoken; else there is only what was brought in by hand.
    """
    number = {p: sum(t.phase == p for t in view.open) for p in ("growing", "steady", "unconfirmed", "fading")}
    told = sum(len(t.claims) for t in view.open)
    said = []
    if number["growing"]:
        said.append(_are(number["growing"], "confirmed event", "is growing", "are growing"))
    if number["steady"]:
        said.append(_are(number["steady"], "confirmed event", "goes on", "go on"))
    if number["unconfirmed"]:
        said.append(
            _are(
                number["unconfirmed"],
                "story",
                "has only residents' word so far",
                "have only residents' word so far",
            )
        )
    if told:
        said.append(
            _are(
                told,
                "claim",
                "is going round that nobody has confirmed",
                "are going round that nobody has confirmed",
            )
        )
    if said:
        return said
    if number["fading"]:
        none = "Nothing new is breaking." if heard else BROUGHT
        return [none, _are(number["fading"], "story", "is fading", "are fading")]
    return [quiet(scope, heard), read_quietly(view, scope)]


def quiet(scope: Scope, heard: bool = True) -> str:
    """``Nothing is breaking.``; with a place or issue, ``Nothing is breaking in Coldbrook.``

    Where no source was heard: ``What was brought in tells of nothing that is breaking.``
    """
    where = "" if scope.kind == "area" else f" in {scope.place}"
    about = f" on {_issue(scope)}" if scope.issue else ""
    start = "Nothing is breaking" if heard else "What was brought in tells of nothing that is breaking"
    return f"{start}{about}{where}."


def read_quietly(view: Breaking, scope: Scope) -> str:
    """``124 posts were read in the last 24 hours; no story has three accounts.``"""
    were = "was" if view.posts == 1 else "were"
    read = f"{count(view.posts, 'post') if view.posts else 'No posts'} {were} read in the last 24 hours"
    if not view.posts:
        return f"{read}."
    if scope.kind != "area" or scope.issue:
        return f"{read} across {scope.area.name}; none makes a story here."
    if view.talk:
        return f"{read}; people speak of what they usually speak of."
    return f"{read}; no story has three accounts."


def last_thing(told: Told, now: datetime, zone: tzinfo) -> str:
    """``Last thing here: Fire at the old dye works, 11 November (closed).``"""
    local = told.first.astimezone(zone).date()
    return f"Last thing here: {told.headline}, {on(local, now.astimezone(zone).date())} (closed)."


def ears(heard: int, total: int) -> str:
    """``Ears: 19 of 21 heard in the last day.``"""
    return f"Ears: {heard} of {total} heard in the last day."


def label(told: Told) -> str:
    """``GROWING · official + 2 outlets``"""
    return f"{told.phase.upper()} · {told.corroboration if told.confirmed else 'only social media'}"


def figures(told: Told, now: datetime, zone: tzinfo) -> str:
    """``47 posts from 38 accounts, 5 sources. By the hour: 8, 17, 22.``; a fading story: its last hours."""
    if not told.posts or told.began is None:
        return "No resident has posted about it."
    said = f"{count(told.posts, 'post')} from {count(told.accounts, 'account')}"
    if told.phase == "fading":
        return f"{said} since {since(told.began, now, zone)}; {told.recent or 'none'} in the last six hours."
    hours = ", ".join(str(n) for n in told.hours)
    return f"{said}, {count(told.sources, 'source')}. By the hour: {hours}."


def here(told: Told, scope: Scope) -> str:
    """How much of a larger story is in the chosen place: ``In Larkford Park: 5 of its 47 posts.``"""
    if scope.kind == "area" or told.where.get(scope.place, 0) == told.posts:
        return ""
    return f"In {scope.place}: {told.where.get(scope.place, 0)} of its {count(told.posts, 'post')}."


def first(told: Told) -> str:
    """``Residents were first, by 34 minutes.``; empty from half a day, and where only one side spoke."""
    items = [s for s in told.steps if s.kind in ("official", "press")]
    if not items or told.began is None:
        return ""
    lead = items[0].at - told.began
    minutes = int(abs(lead.total_seconds()) // 60)
    if minutes >= 720:
        return ""
    if minutes == 0:
        return f"Residents and {items[0].who} were at it together."
    by = count(minutes, "minute") if minutes < 120 else count(minutes // 60, "hour")
    return (
        f"Residents were first, by {by}."
        if lead.total_seconds() > 0
        else f"{items[0].who} was first, by {by}."
    )


def said_at(at: datetime, now: datetime, zone: tzinfo) -> str:
    """A time on a timeline: ``06:41``; of another day, ``yesterday 16:30``."""
    return since(at, now, zone)


def claim_title(claim: Claim) -> str:
    """``A claim that the bridge has collapsed``"""
    return f"A claim that {claim.words[:1].lower()}{claim.words[1:]}"


def claim(claim: Claim, now: datetime, zone: tzinfo) -> str:
    """Who said it, from when to when, and that nobody confirms it."""
    who = f"{count(claim.posts, 'post')} from {count(claim.accounts, 'account')}"
    begin, end = since(claim.first, now, zone), since(claim.last, now, zone)
    times = f"first {_at(begin)}, last {_at(end)}"
    return f"{who}, {times}. No outlet or public body says so."


def nearest(item: Item, now: datetime, zone: tzinfo) -> str:
    """``Nearest official post: “Weir Lane bridge closed for checks”, 08:50``; its source stands beside."""
    return f"Nearest official post: “{item.title}”, {since(item.published, now, zone)}"


def before_sharing(told: Told, now: datetime) -> list[str]:
    """What to know before passing a story on."""
    age = ago(told.began or told.first, now).removesuffix(" ago")
    if not told.confirmed:
        return [f"Only on social media, {age} old, {count(told.accounts, 'account')}.", SHARE]
    by = [count(len(told.bodies), "public body")] if told.bodies else []
    by = [b.replace("bodys", "bodies") for b in by]
    by += [count(len(told.outlets), "outlet")] if told.outlets else []
    said = [f"Confirmed by {' and '.join(by)}, {age} old, {count(told.accounts, 'account')}."]
    if told.claims:
        few = "One claim in it is" if len(told.claims) == 1 else f"{len(told.claims)} claims in it are"
        said.append(f"{few} not confirmed.")
    return [*said, NO_ACCOUNT_NAMED]


def before_sharing_claim(claim: Claim, now: datetime) -> list[str]:
    """``Only on social media, 41 minutes old, 4 accounts.``, and what the law may say."""
    age = ago(claim.first, now).removesuffix(" ago")
    return [f"Only on social media, {age} old, {count(claim.accounts, 'account')}.", SHARE]


def announcement(row: Announced, now: datetime, zone: tzinfo) -> tuple[str, str]:
    """The day, short (``Tue``, ``9 Nov``), and what it touches: ``matches: gritting``."""
    tail = [f"matches: {row.matches}"] if row.matches else []
    tail += [f"closes {row.closes.day} {row.closes:%B}"] if row.closes else []
    that, local = day(row.at, now, zone), row.at.astimezone(zone)
    if that in ("today", "yesterday"):
        return capital(that), " · ".join(tail)
    back = (now.astimezone(zone).date() - local.date()).days
    return f"{local:%a}" if back < DATED else f"{local.day} {local:%b}", " · ".join(tail)


def reading(view: Breaking) -> str:
    """``Read in the last 24 hours: 178 posts, 61 press and official items.``"""
    items = count(view.items, "press and official item")
    return f"Read in the last 24 hours: {count(view.posts, 'post')}, {items}."


def _are(number: int, noun: str, one: str, many: str) -> str:
    word = noun if number == 1 else f"{noun[:-1]}ies" if noun.endswith("ry") else f"{noun}s"
    return f"{capital(spelled(number))} {word} {one if number == 1 else many}."


def _at(said: str) -> str:
    """``at 08:12``, but ``yesterday 08:12``"""
    return f"at {said}" if said[0].isdigit() and len(said) == 5 else said


def _issue(scope: Scope) -> str:
    assert scope.issue
    name = scope.area.issue_by_slug[scope.issue].label
    return name[:1].lower() + name[1:]


def statements(told: Told) -> tuple[int, datetime | None]:
    """How many official items tell of a story, and when the newest came."""
    said = [step.at for step in told.steps if step.kind == "official"]
    return len(said), max(said, default=None)
