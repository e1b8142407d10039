"""The sentences of the page Themes: pure, plain, and tested word for word."""

from collections.abc import Sequence
from datetime import datetime, tzinfo

from listening.area import Area
from listening.summarise import words
from listening.summarise.comments import Comments, Said, Theme, Word
from listening.summarise.event import Item
from listening.summarise.figures import TONE_FROM
from listening.summarise.findings import streets
from listening.summarise.scope import Scope
from listening.summarise.themes import FEWEST
from listening.summarise.trends import JUDGED_FROM, wilson
from listening.summarise.words import capital, count, lower, on, spelled

PARTS = (
    (0.0, "hardly any"),
    (0.1, "about one in ten"),
    (1 / 6, "about one in six"),
    (0.2, "about one in five"),
    (0.25, "about a quarter"),
    (1 / 3, "about a third"),
    (0.4, "about two in five"),
    (0.5, "about half"),
    (0.6, "about three in five"),
    (2 / 3, "about two thirds"),
    (0.75, "about three quarters"),
    (0.8, "about four in five"),
    (0.9, "about nine in ten"),
    (1.0, "nearly all"),
)
DAYS = {"today": "Since midnight", "7d": "Last 7 days", "28d": "Last 28 days", "90d": "Last 90 days"}
SARCASM = "marked can't tell: may be sarcasm"
NAME_LENGTH = 60
HOW = (
    "Comments are residents' public posts and comments; copies are folded into one.",
    "Comments that share words, or words of one sense, are put together. Nothing is drawn at random.",
    "A theme needs 4 comments, and 3 in a hundred of them all. The rest is Other.",
    "Its name is the most typical short phrase of its own comments, without places.",
    "“Before” counts the comments of the time before, as long, that are like the theme.",
    "Tone is worked out by a program from words alone. Treat it as a hint.",
    "In our trials with invented comments, sets of 20 to 30, about four in five planted themes were found.",
    "Statistics: TF-IDF, nearest-neighbour smoothing, average linkage cut by silhouette; Wilson intervals"
    " at 95 %; log-likelihood for new words.",
)


def heading(scope: Scope, number: int | None = None) -> str:
    """``Themes · Bins · Stenby · 19 October to 16 November · 64 comments``; the last where it is known."""
    issue = [scope.area.issue_by_slug[scope.issue].label] if scope.issue else []
    said = [] if number is None else [count(number, "comment")]
    return " · ".join(["Themes", *issue, scope.place, span(scope), *said])


def span(scope: Scope) -> str:
    """``19 October to 16 November``; a single day where the window is one."""
    zone = scope.area.zone
    first, last = scope.since.astimezone(zone).date(), scope.until.astimezone(zone).date()
    return on(last, last) if first == last else f"{on(first, last)} to {on(last, last)}"


def finding(found: Comments) -> list[str]:
    """The main complaint, or else what most comments say; another large group; or too few to say."""
    number = found.figures.posts
    if not number:
        return ["No comments in this time."]
    if found.hushed:
        return ["Fewer than 3 accounts wrote about this sensitive issue. It is shown from 3 up."]
    if number < FEWEST:
        them = "it" if number == 1 else "them"
        return [f"{count(number, 'comment')} is too few to group. Read {them} below."]
    groups = [t for t in found.themes if not t.other]
    if not groups:
        return [f"{count(number, 'comment')}, and no two groups among them. Read them below."]
    first = _foremost(groups)
    kind = "The main complaint" if unhappy(first) else "The main thanks" if pleased(first) else "Said most"
    said = [f"{kind}: “{_inside(first.label)}”, {first.comments} of {number:,} comments."]
    other = next((t for t in groups if t is not first), None)
    if other:
        more = other.comments - first.comments
        size = "A larger group" if more > 0 else "A smaller group" if more < 0 else "A group as large"
        said.append(f"{size}: “{_inside(other.label)}”, {other.comments}.")
    return said


def _foremost(groups: Sequence[Theme]) -> Theme:
    """The largest complaint, of equal ones the more unhappy; thanks that are larger; else the largest."""
    complaints = [t for t in groups if unhappy(t)]
    first = max(complaints, key=lambda t: (t.comments, t.negative), default=groups[0])
    return groups[0] if pleased(groups[0]) and groups[0].comments > first.comments else first


def unhappy(theme: Theme) -> bool:
    """Whether most of a theme's comments are unhappy: half at least, and more than are pleased."""
    return theme.negative > theme.positive and 2 * theme.negative >= theme.comments


def pleased(theme: Theme) -> bool:
    """The same for pleased."""
    return theme.positive > theme.negative and 2 * theme.positive >= theme.comments


def table(found: Comments) -> list[tuple[str, ...]]:
    """A heading, a row a theme, and the row of all: theme, comments, accounts, before, four tones."""
    f = found.figures
    head = ("", "comments", "accounts", "before", "unhappy", "neutral", "pleased", "can't tell")
    rows = [
        (t.label, *_numbers(t.comments, t.voices, t.before, t.negative, t.neutral, t.positive, t.unclear))
        for t in found.themes
    ]
    total = _numbers(f.posts, f.voices, found.before, f.negative, f.neutral, f.positive, f.unclear)
    return [head, *rows, ("All", *total)]


def compact(theme: Theme) -> str:
    """A theme's figures in one line, for a narrow screen."""
    before = "" if theme.before is None else f" · before {theme.before}"
    tones = zip(
        (theme.negative, theme.neutral, theme.positive, theme.unclear),
        ("unhappy", "neutral", "pleased", "can't tell"),
        strict=True,
    )
    told = " · ".join(f"{number} {name}" for number, name in tones if number)
    return f"{count(theme.voices, 'account')}{before}{f' · {told}' if told else ''}"


def tone(found: Comments) -> str:
    """How many are unhappy, and how sure that is; floors of 30 scored comments and 10 accounts."""
    f = found.figures
    if f.scored < TONE_FROM or f.voices < JUDGED_FROM:
        who = "" if f.voices >= JUDGED_FROM else f" from {count(f.voices, 'account')}"
        return f"{count(f.scored, 'comment')}{who} is too few to judge tone."
    low, high = (round(100 * end) for end in wilson(f.negative, f.scored))
    said = capital(part(f.negative / f.scored))
    sure = f"between {low} and {high} in a hundred, if these {f.scored:,} are like the rest"
    return f"{said} are unhappy ({sure})."


def part(share: float) -> str:
    """A share (0–1) as people say it: ``about half``."""
    return min(PARTS, key=lambda p: abs(p[0] - share))[1]


def voices(found: Comments) -> str:
    """``49 accounts; the loudest three wrote 9 of 64. 29 are from Haverdale Forum.``"""
    f = found.figures
    loud = f"; the loudest three wrote {found.loudest} of {f.posts:,}" if f.voices > 3 else ""
    name, number = found.source
    most = f" All are from {name}." if number == f.posts else f" {number:,} are from {name}."
    return f"{count(f.voices, 'account')}{loud}.{most}"


def copies(found: Comments) -> str:
    """``7 copies were folded into the comments they repeat.``; empty without any."""
    if not found.copies:
        return ""
    if found.copies == 1:
        return "1 copy was folded into the comment it repeats."
    return f"{found.copies:,} copies were folded into the comments they repeat."


def label(theme: Theme) -> str:
    """The line that opens a theme: ``Brown bin left full · 13 comments · 2 are questions``"""
    asked = {0: "", 1: " · 1 is a question"}.get(theme.questions, f" · {theme.questions} are questions")
    return f"{theme.label} · {count(theme.comments, 'comment')}{asked}"


def attributed(said: Said, now: datetime) -> str:
    """``Quarry Hill · 2 days ago``; with a note where it may be mockery."""
    age = words.ago(said.quote.published, now)
    return " · ".join(x for x in (SARCASM if said.sarcasm else "", said.where, age) if x)


def said_on(theme: Theme) -> str:
    """``Said on: Delph Road 8 · Quarry Rise 5 · no street named 5``; empty where none was named."""
    named = streets(theme.streets)
    return f"Said on: {named}" if named else ""


def answer(item: Item, now: datetime, zone: tzinfo) -> str:
    """``Haverdale District Council, 2 November: “Garden waste: new days” (official)``"""
    date = on(item.published.astimezone(zone).date(), now.astimezone(zone).date())
    return f"{item.source}, {date}: “{item.title}” (official)"


def worth_knowing(word: Word | None, scope: Scope) -> str:
    """That a phrase is new or has risen; empty where none has."""
    if word is None:
        return ""
    when = {"today": "today", "7d": "this week", "28d": "this month", "90d": "these three months"}[
        scope.period
    ]
    if not word.before:
        new = f"“{word.phrase}” is new {when} ({count(word.posts, 'comment')})"
        return f"Worth knowing: {new} and no issue covers it yet."
    rise = f"{count(word.posts, 'comment')}, {spelled(word.before)} in the twelve weeks before"
    return f"Worth knowing: “{word.phrase}” is said more {when} ({rise})."


def hidden(number: int) -> str:
    """``Show 2 abusive comments``"""
    return f"Show {count(number, 'abusive comment')}"


def unnamed(name: str, others: tuple[Theme, ...]) -> str:
    """Why a name cannot be given; empty where it can."""
    if not name.strip():
        return "Give the theme a name first."
    if len(name) > NAME_LENGTH:
        return f"A name has at most {NAME_LENGTH} letters; this one has {len(name)}."
    if any(t.label.lower() == name.strip().lower() for t in others):
        return "Another theme has this name. Join the two instead."
    return ""


def choose(area: Area) -> str:
    """What to do where neither an issue nor a place was chosen."""
    return f"Choose an issue or a place in {area.name}: themes are read for one at a time."


def _numbers(*given: int | None) -> tuple[str, ...]:
    return tuple("–" if n is None else f"{n:,}" for n in given)


def _inside(text: str) -> str:
    """A name inside a sentence: ``brown bin left full``; “I pay” and abbreviations stay."""
    return text if text.split(" ")[0] in ("I", "I'm", "I’m", "I've", "I’ve", "I'd") else lower(text)
