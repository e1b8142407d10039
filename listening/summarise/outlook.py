"""The sentences of Today for the whole area."""

from collections.abc import Mapping

from listening.summarise.noted import Noted
from listening.summarise.overview import Overview
from listening.summarise.partly import partly, silent
from listening.summarise.scope import SPANS, TIMES, Scope
from listening.summarise.standing import Standing
from listening.summarise.trends import Usual, stands, usually
from listening.summarise.words import capital, count, listed, lower, spelled

FOLDED = "One post per account per day would make it"
PLACEMENT = {
    "ward": "one ward",
    "town": "a town only",
    "several": "several possible wards",
    "unknown": "cannot tell",
}
NAMED = 3  # things, or kinds of noise, that are named; the rest are counted


def headline(view: Overview, scope: Scope) -> list[str]:
    """Which things stand out, and that the rest does not."""
    heard = not partly(scope, view.audible)
    silence = [] if heard else [silent(scope, view.audible)]
    if not view.figures.posts and not heard:
        return [f"We heard no posts about local issues in {scope.area.name} {TIMES[scope.period]}.", *silence]
    if not view.figures.posts:
        return [f"No posts about local issues in {scope.area.name} {TIMES[scope.period]}."]
    if not view.week.standing:
        kind = stands(view.figures.posts, view.usuals.get("posts"))
        words = {"above": "busy", "below": "quiet", "within": "usual"} if heard else {"above": "busy"}
        word = words.get(kind or "", "")
        first = (
            f"A {word} {SPANS[scope.period]} in {scope.area.name}."
            if word
            else f"{count(view.figures.posts, 'post')} about {scope.area.name} {TIMES[scope.period]}."
        )
        if not heard and kind == "within":
            posts = count(view.figures.posts, "post")
            first = f"What we heard in {scope.area.name} was usual: {posts} {TIMES[scope.period]}."
        single = [] if scope.silent else ["No single issue stands out."]  # nothing was held against silence
        return [first, *single, *silence]
    rows = view.week.standing
    more = len(rows) - NAMED
    names = listed([*map(_named, rows[:NAMED]), *([f"{spelled(more)} more"] if more > 0 else [])])
    number = capital(spelled(len(rows)))
    things = "thing stands" if len(rows) == 1 else "things stand"
    return [f"{number} {things} out{of_week(scope)}: {names}.", "Nothing else stands out.", *silence]


def of_week(scope: Scope) -> str:
    """That a figure is of the last 7 days, where the page looks at another period; empty otherwise."""
    return "" if scope.period == "7d" else " in the last 7 days"


def _named(row: Standing) -> str:
    way = f" ({row.direction})" if row.direction in ("rising", "falling") else ""
    if not way and row.weeks:
        way = " (rising)"
    return f"{lower(row.label)} in {row.place}{way}"


def measure(number: int, noun: str, usual: Usual | None, known: bool = True) -> tuple[str, str]:
    """A figure and its range: ``682 posts``, ``usually 380–470``."""
    return count(number, noun), usually(usual) if known and usual else ""


def unanswered(number: int) -> str:
    """``4 have no answer yet``"""
    if not number:
        return "all have an answer"
    return f"{number} {'has' if number == 1 else 'have'} no answer yet"


def standing_figures(row: Standing, weeks: int) -> str:
    """``206 posts · 141 accounts · usually 0–2``"""
    return f"{count(row.posts, 'post')} · {count(row.voices, 'account')} · {usually(row.usual, weeks)}"


def course(row: Standing) -> str:
    """How it went: four rising weeks, or the days that had posts; and how many bodies confirm it."""
    if row.weeks:
        weeks = f"{capital(spelled(len(row.weeks)))} weeks running: {', '.join(str(w) for w in row.weeks)}."
        return f"{weeks} {confirmed(row)}".strip()
    begun = [f"earlier {row.days[0][1]}"] if row.days[0][1] else []  # its day has the name of today's
    days = " · ".join([*begun, *(f"{d:%a} {n}" for d, n in row.days[1:] if n)])
    return f"{days}. {confirmed(row)}".strip() if days else confirmed(row)


def confirmed(row: Standing) -> str:
    """``Confirmed by three public bodies.``; one body's notice is told as a statement, not as this."""
    number = len(row.bodies)
    return f"Confirmed by {spelled(number)} public bodies." if number > 1 else ""


def spread(row: Standing) -> str:
    """``Larkford Bridge 122 · Larkford Park 14 · “Larkford” only 55 · elsewhere 15``; empty for one ward."""
    if not row.parts and not row.only_place:
        return ""
    rest = row.posts - row.only_place - sum(number for _, number in row.parts)
    only = [f"“{row.place}” only {row.only_place}"] if row.only_place else []
    other = [f"elsewhere {rest}"] if rest > 0 and row.parts else []
    return " · ".join([*(f"{name} {number}" for name, number in row.parts), *only, *other])


def owner(row: Standing) -> str:
    """``Runs it: us. Reports to the council there: 11.``"""
    runs = f"Runs it: {row.runs.name}." if row.runs else ""
    reports = f"Reports to the council there: {row.reports}." if row.reports else ""
    return f"{runs} {reports}".strip()


def loud(row: Noted) -> list[str]:
    """``51 posts · 11 accounts · 8 of them wrote 48`` and what folding would make of it."""
    assert row.loud is not None
    figures = f"{count(row.loud.posts, 'post')} · {count(row.loud.accounts, 'account')}"
    return [f"{figures} · {row.loud.few} of them wrote {row.loud.written}", f"{FOLDED} {row.loud.daily}."]


def quiet(row: Noted) -> str:
    """``Ring road works, Haver: no posts, 12–20 a week until October``"""
    assert row.usual is not None
    assert row.until is not None
    range_ = usually(row.usual).removeprefix("usually ")
    posts = count(row.posts, "post") if row.posts else "no posts"
    return f"{row.label}, {row.place}: {posts}, {range_} a week until {row.until:%B}"


def good(row: Noted) -> str:
    """``Libraries, Haver: 9 posts, 9 accounts, all pleased``"""
    pleased = "all pleased" if row.pleased == row.posts else f"{row.pleased} pleased"
    return f"{row.label}, {row.place}: {count(row.posts, 'post')}, {count(row.voices, 'account')}, {pleased}"


def placed(counts: Mapping[str, int]) -> str:
    """``one ward 308 · a town only 162 · several possible wards 38 · cannot tell 174``"""
    return " · ".join(f"{name} {counts.get(key, 0):,}" for key, name in PLACEMENT.items())


def unplaced(number: int) -> str:
    """``174 posts are about local issues but don't say where.``"""
    if number == 1:
        return "1 post is about a local issue but doesn't say where."
    return f"{number:,} posts are about local issues but don't say where."


def left_out(kinds: tuple[tuple[str, int], ...]) -> str:
    """``Left out as noise: 422 (football 201, adverts 133, lost pets 41, other 47)``"""
    total = sum(n for _, n in kinds)
    if not total:
        return "Nothing was left out as noise."
    named = [f"{lower(label)} {n:,}" for label, n in kinds[:NAMED]]
    rest = sum(n for _, n in kinds[NAMED:])
    return f"Left out as noise: {total:,} ({', '.join([*named, *([f'other {rest:,}'] if rest else [])])})"
