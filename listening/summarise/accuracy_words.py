"""How right the analysis is, in sentences and rows for people."""

from collections.abc import Sequence
from datetime import datetime

from listening.area import Area
from listening.summarise.accuracy import FEWEST, ROUND, Measure, Report, weakest, worst
from listening.summarise.accuracy_alpha import TWICE_FROM
from listening.summarise.accuracy_labels import Draw
from listening.summarise.accuracy_rates import Change, Rate
from listening.summarise.corrected import TONE
from listening.summarise.rows import each
from listening.summarise.shares import CHANNELS
from listening.summarise.words import capital, count, listed, lower, on

TOO_FEW = "too few labels"
NOBODY = "Nobody has checked yet"
BEGIN = (
    "How often the labels are right here, nobody knows until people look.",
    "Some posts are drawn by chance. You say what you read in each, without seeing what we made of it.",
    "Ten posts take about two minutes.",
)
INVENTED = "These posts are invented. What is labelled here says nothing about your own area."
AGREE = 0.8  # Krippendorff, *Content Analysis* (2004), p. 241: from here on labels can be relied upon,
PARTLY = 2 / 3  # and below here nothing may be concluded; from general knowledge
BY_FILE = "Two commands, for a team that labels many posts at once. Each person labels a copy."
COMMANDS = (
    "python -m listening evaluate --draw 100 --to to-label.xlsx",
    "python -m listening evaluate --labels to-label.xlsx",
)
HOW = (
    "Posts are drawn by chance, rare issues and places more often; each counts for as many as it stands "
    "for, so the figures are about all posts that could be drawn.",
    "Right of those we name is precision. Named of those there is recall. In brackets: 95 % intervals, "
    "Wilson's for the effective number of posts; for recall, put together from precision and misses (MOVER).",
    "Each post was held against what we had said when it was labelled. Corrections made in Explore are not "
    "drawn by chance, so they neither count here nor change anything.",
    f"Below {FEWEST} checked posts no share is given. From {ROUND} on, a draw is held against the last one.",
    "Where two people labelled a post, each counts half.",
)
HEADS = {"issue": "Issue", "ward": "Ward", "channel": "Channel"}
WEAK = 3  # issues named as the least right,
GOOD = 0.9  # where fewer than this are right, or named


def title(found: Report) -> str:
    """The finding: ``About 92 in 100 issues we name are right``; or that there are too few labels."""
    if not found.posts:
        return NOBODY
    whole = found.of("issue")
    if whole is None or whole.precision.share is None:
        return f"{count(found.posts, 'post')} checked: {TOO_FEW} yet"
    return f"About {_hundred(whole.precision.share)} in 100 issues we name are right"


def checked(found: Report, draws: Sequence[Draw], now: datetime, area: Area) -> tuple[str, ...]:
    """How much was checked, and what could not be: sentences."""
    first = min((d.at for d in draws), default=now)
    since = on(first.astimezone(area.zone).date(), now.astimezone(area.zone).date())
    people = "1 person" if found.coders == 1 else f"{found.coders} people"
    said = [f"{count(found.posts, 'post')} checked by {people}, drawn since {since}."]
    if draws and draws[-1].left_out:
        out = f"{count(draws[-1].left_out, 'post')} could not be drawn"
        said.append(f"{out}: we may show only part of them, or they are kept from view.")
    if len(found.versions) > 1:
        said.append("The analysis changed meanwhile. Each post was held against what it said then.")
    return tuple(said)


def parts(found: Report) -> tuple[str, ...]:
    """How right issues, wards and tone are: a sentence or two each; none below the fewest posts."""
    if found.posts < FEWEST:
        return ()
    lines = []
    for part, name in (("issue", "Issues"), ("ward", "Wards")):
        if whole := found.of(part):
            lines.append(f"{name}: {_of(whole)}")
    tone = found.of("tone")
    if tone:
        right = (
            f"right in {rate(tone.precision)} of 100 posts" if tone.precision.share is not None else TOO_FEW
        )
        lines.append(f"Tone: {right}.")
    return tuple(lines)


def _of(whole: Measure) -> str:
    if whole.precision.share is None and whole.recall.share is None:
        return f"{TOO_FEW} yet."
    right = f"of 100 we name, {rate(whole.precision)} are right."
    there = f"Of 100 that people find, we name {rate(whole.recall)}."
    if whole.precision.share is None:
        return there[0].lower() + there[1:]
    return right if whole.recall.share is None else f"{right} {there}"


def rate(found: Rate) -> str:
    """``92 (85–96)``: of a hundred, with its interval; or ``too few labels``."""
    if found.share is None:
        return TOO_FEW
    return f"{_hundred(found.share)} ({_hundred(found.low)}–{_hundred(found.high)})"


def _hundred(share: float) -> int:
    return round(100 * share)


def weak(found: Report, area: Area) -> tuple[str, ...]:
    """The issues that are least often right, or most often missed; how many have too few labels."""
    named = [lower(_name(m, area)) for m in weakest(found, "issue") if worst(m) < GOOD]
    lines = [f"Least right: {listed(named[:WEAK])}."] if named else []
    return (*lines, *filter(None, [thin(found, "issue")]))


def thin(found: Report, part: str) -> str:
    """How many issues or wards have too few labels; empty where none has."""
    number = sum(m.part == part and m.key != "" for m in found.measures) - len(weakest(found, part))
    return f"{count(number, part)} {'has' if number == 1 else 'have'} {TOO_FEW} yet." if number else ""


def rows(found: Report, part: str, area: Area, every: bool = False) -> list[dict[str, str]]:
    """A table as it is read: the least right first; with ``every``, also those with too few labels."""
    known = weakest(found, part)
    rest = [m for m in found.measures if m.part == part and m.key and m not in known]
    return [
        {
            HEADS[part]: _name(m, area),
            "Right of 100 we name": rate(m.precision),
            "Named of 100 there": rate(m.recall),
            "Checked": f"{m.precision.posts} named · {m.recall.posts} there",
        }
        for m in (*known, *(sorted(rest, key=lambda m: _name(m, area)) if every else ()))
    ]


def matrix(found: Report) -> list[dict[str, str]]:
    """The confusion matrix of tone as it is read: a row for each tone we said; empty with too few labels."""
    if found.confusion["posts"].sum() < FEWEST:
        return []
    told = {(r.said, r.truth): r.posts for r in each(found.confusion)}
    return [
        {"We said": TONE[said], **{f"People: {word}": str(told[said, truth]) for truth, word in TONE.items()}}
        for said in TONE
    ]


def _name(m: Measure, area: Area) -> str:
    if m.part == "channel":
        return CHANNELS.get(m.key, m.key)
    return area.issue_by_slug[m.key].label if m.key in area.issue_by_slug else m.key


def changes(found: Report) -> tuple[str, ...]:
    """The change since the draw before: a sentence each; none where there is nothing to hold it against."""
    return tuple(_changed(c) for c in found.changes)


def _changed(c: Change) -> str:
    what = {
        ("issue", "precision"): "Issues, right of 100 we name",
        ("issue", "recall"): "Issues, named of 100 there",
        ("ward", "precision"): "Wards, right of 100 we name",
        ("ward", "recall"): "Wards, named of 100 there",
        ("tone", "precision"): "Tone, right of 100 posts",
    }[c.part, c.kind]
    judged = "no clear change" if not c.clear else "better" if c.after > c.before else "worse"
    span = f"{_signed(c.low)} to {_signed(c.high)}"
    return f"{what}: {_hundred(c.before)}, now {_hundred(c.after)}: {judged} ({span})."


def _signed(step: float) -> str:
    number = round(100 * step)
    return f"+{number}" if number > 0 else f"−{-number}" if number < 0 else "0"


def agreed(found: Report) -> str:
    """Whether two people who labelled the same posts mean the same; empty where nobody did."""
    if not found.twice:
        return "No post was labelled by two people yet. So we can't say if people agree."
    if found.twice < TWICE_FROM:
        return f"{capital(count(found.twice, 'post'))} labelled by two people: too few to say if they agree."
    names = {"issues": "issues", "wards": "wards", "tone": "tone"}
    kinds: dict[str, list[str]] = {}
    for part, value in found.alpha.items():
        if value is not None:
            kinds.setdefault(_word(value), []).append(names[part])
    told = "; ".join(f"{word} on {listed(on_what)}" for word, on_what in kinds.items())
    return f"Of {count(found.twice, 'post')} labelled by two people, they agree {told}."


def _word(value: float) -> str:
    return "well" if value >= AGREE else "partly" if value >= PARTLY else "too little"


def alphas(found: Report) -> str:
    """Krippendorff's alpha in figures, for the details."""
    told = [f"{part} {value:.2f}" for part, value in found.alpha.items() if value is not None]
    if found.twice < TWICE_FROM or not told:
        return ""
    return f"Krippendorff's alpha (1: all agree, 0: as by chance): {', '.join(told)}."
