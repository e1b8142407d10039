"""The sentences of Trends: what the figures of ``course`` and ``shares`` say, in plain words.

Pure; text without any mark-up. Every sentence has at most 25 words.
"""

from collections.abc import Sequence
from datetime import tzinfo

from listening.summarise import findings
from listening.summarise.course import LENGTH, UNHEARD, Line, Point, Trend
from listening.summarise.event import Item
from listening.summarise.figures import TONE_FROM, Figures
from listening.summarise.partly import partly, silent
from listening.summarise.scope import TIMES, Scope
from listening.summarise.shares import Part
from listening.summarise.trends import JUDGED_FROM, stands, usually, wilson
from listening.summarise.words import count, listed, lower, on

BEFORE = {"7d": "the week before", "28d": "the four weeks before", "90d": "the three months before"}
NAMED = 3  # days or weeks named in one sentence
TOO_FEW = "Too few accounts to say whether it is rising."
NOT_LONG_ENOUGH = "We have not listened long enough to say whether it is rising."


def finding(trend: Trend, scope: Scope) -> str:
    """The heading: ``Bins in Stenby: 27 posts this week, usually 2–7``."""
    unsure = partly(scope, trend.audible)
    if not trend.figures.posts and unsure:
        return f"We heard no posts about {findings.about(scope)} {TIMES[scope.period]}"
    if not trend.figures.posts:
        about = lower(scope.area.issue_by_slug[scope.issue].label) + " in " if scope.issue else ""
        usual = {"within": "; that is usual", "below": f"; {usually(trend.usual)}"}
        rest = usual.get(stands(0, trend.usual) or "", "")
        return f"No posts about {about}{scope.place} {TIMES[scope.period]}{rest}"
    what = f"{scope.area.issue_by_slug[scope.issue].label} in {scope.place}" if scope.issue else scope.place
    heard = "we heard " if unsure else ""
    time = f"since {trend.begun.day} {trend.begun:%B}" if trend.begun else TIMES[scope.period]
    said = f"{what}: {heard}{count(trend.figures.posts, 'post')} {time}"
    return f"{said}, {usually(trend.usual)}" if trend.usual else said


def company(trend: Trend, scope: Scope) -> str:
    """``From 22 accounts on 4 sources. The loudest three accounts wrote 9 of the 64 posts.``"""
    f = trend.figures
    if not f.posts:
        return ""
    said = f"From {count(f.voices, 'account')} on {count(f.sources, 'source')}."
    if not trend.usual and scope.period != "90d":
        said += f" There is {usually(None, trend.weeks)}."
    if f.voices > NAMED + 1:
        said += f" The loudest three accounts wrote {trend.loudest:,} of the {f.posts:,} posts."
    return said


def direction(trend: Trend, scope: Scope) -> str:
    """Rising, falling, or ``No clear change``; why nothing can be said where nothing can."""
    if scope.period == "today" or not (trend.figures.posts or trend.before):
        return ""
    if partly(scope, trend.audible):
        return f"{silent(scope, trend.audible)} So we cannot say whether it is rising."
    if trend.before is None:
        return NOT_LONG_ENOUGH
    if trend.direction is None:
        return TOO_FEW
    then = f"{trend.before:,}" if trend.before else "none"
    then += f" in {BEFORE[scope.period]}"
    if trend.direction == "no clear change":
        if trend.usual and stands(trend.figures.posts, trend.usual) == "within":
            return findings.no_change(trend.figures.posts, trend.usual)
        return f"No clear change: {count(trend.figures.posts, 'post')}, and {then}."
    return f"{trend.direction.capitalize()}: {count(trend.figures.posts, 'post')}, against {then}."


def level(line: Line, weeks: int) -> list[str]:
    """Which of the chosen days or weeks lay outside their usual range, named."""
    every = [p for p in line.points if p.chosen]
    chosen = [p for p in every if not p.gap]
    if every and not chosen:
        return [f"None of the {len(every)} {line.step}s could be heard."]
    if not chosen or all(p.usual is None for p in chosen):
        return [f"{usually(None, weeks).capitalize()}."]
    outside = [_outside(chosen, line.step, where) for where in ("above", "below")]
    said = [s for s in outside if s]
    if said:
        return said
    if len(chosen) == 1:
        return [f"The {line.step} {'we heard ' * (len(every) > 1)}was within its usual range."]
    if any(p.deaf for p in every):
        return [f"What we heard was within its usual range{_range(chosen)}."]
    return [f"All {len(chosen)} {line.step}s were within their usual range{_range(chosen)}."]


def unheard(line: Line) -> str:
    """``Could not be heard: Monday 9 to Sunday 15 November.``; the last three such times; or nothing."""
    runs: list[list[Point]] = []
    for before, point in zip([None, *line.points], line.points, strict=False):
        if point.gap:
            if before and before.gap:
                runs[-1].append(point)
            else:
                runs.append([point])
    if not runs:
        return ""
    more = "most lately " if len(runs) > NAMED else ""
    return f"Could not be heard: {more}{listed([_spell(run, line.step) for run in runs[-NAMED:]])}."


def _spell(run: Sequence[Point], step: str) -> str:
    names = [point_name(p, step) for p in run]
    ends = names[0] if len(run) == 1 else f"{names[0]} to {names[-1]}"
    return ends if step == "day" else f"the week{'s' * (len(run) > 1)} from {ends}"


def reason(point: Point, step: str) -> str:
    """Why a row of the table has no number, or may be low: ``could not be heard``, ``heard 4 of 7 days``."""
    if point.gap:
        return UNHEARD
    if not point.deaf or step == "day":
        return ""
    if point.deaf == LENGTH[step]:
        return "heard in part"  # through no source that is asked: its posts were brought in by hand
    return f"heard {LENGTH[step] - point.deaf} of {LENGTH[step]} days"


def _outside(chosen: Sequence[Point], step: str, where: str) -> str:
    out = [p for p in chosen if p.lies == where]
    if not out:
        return ""
    far = sorted(out, key=lambda p: (-abs(p.posts - _end(p, where)), p.begins))[:NAMED]
    names = listed([f"{point_name(p, step)} ({p.posts:,})" for p in sorted(far, key=lambda p: p.begins)])
    verb = "was" if len(out) == 1 else "were"
    lead = "" if len(far) == len(out) else "most of all "
    plural = f"the week{'s' if len(far) > 1 else ''} from " if step == "week" else ""
    return f"{len(out)} of {len(chosen)} {step}s {verb} {where} usual{_range(chosen)}: {lead}{plural}{names}."


def _end(point: Point, where: str) -> int:
    assert point.usual is not None
    return point.usual.high if where == "above" else point.usual.low


def _range(chosen: Sequence[Point]) -> str:
    """`` (2–7)`` where all points share one range."""
    ranges = {p.usual for p in chosen}
    only = ranges.pop() if len(ranges) == 1 else None
    return f" ({usually(only).removeprefix('usually ')})" if only else ""


def point_name(point: Point, step: str) -> str:
    """``Thursday 12 November``, or for a week its Monday, ``9 November``."""
    date = f"{point.begins.day} {point.begins:%B}"
    return date if step == "week" else f"{point.begins:%A} {date}"


def tone(scope: Scope, own: Figures, place: str, wide: Figures) -> list[str]:
    """Four shares with their numbers, and the share of the unhappy with its interval, in words."""
    said = findings.tone(scope, own, place, wide)
    if wide.scored < TONE_FROM or wide.voices < JUDGED_FROM:
        return said
    low, high = (round(100 * end) for end in wilson(wide.negative, wide.scored))
    share = round(100 * wide.negative / wide.scored)
    return [
        *said,
        f"About {share} in a hundred are unhappy; between {low} and {high} if these posts are typical.",
    ]


def part(row: Part, whole: int) -> str:
    """``Bins: 27 of 88 posts, 31 in a hundred (between 22 and 41)``; a share only where it may be told."""
    said = f"{row.label}: {row.posts:,} of {count(whole, 'post')}"
    if row.low is None or row.high is None:
        return said
    share, low, high = (round(100 * n) for n in (row.posts / whole, row.low, row.high))
    return f"{said}, {share} in a hundred (between {low} and {high})"


def parts_finding(rows: Sequence[Part], by: str, whole: int, chosen: str | None = None) -> str:
    """The heading over the parts: the share of ``chosen``, or of the largest; else the first three."""
    if not rows:
        return "No post names a place" if by == "place" else "No posts to divide"
    if by in ("issue", "source"):
        return part(next((r for r in rows if r.label == chosen), rows[0]), whole)
    return listed([f"{r.label} {r.posts:,}" for r in rows[:NAMED]])


def compared(line: Line) -> str:
    """``Stenby: 27 posts in the newest week, usually 2–7``: each beside its own usual range, never ranked."""
    if not line.points:
        return f"{line.label}: not heard long enough"
    last = line.points[-1]
    if last.gap:
        return f"{line.label}: {UNHEARD} {'in the newest week' if line.step == 'week' else 'yesterday'}"
    when = "in the newest week" if line.step == "week" else "yesterday"
    usual = f", {usually(last.usual)}" if last.usual else ""
    return f"{line.label}: {count(last.posts, 'post')} {when}{usual}"


def compare_finding(lines: Sequence[Line]) -> str:
    """The heading over lines side by side: which stand outside their own usual range now."""
    last = [(x.label, x.points[-1].lies) for x in lines if x.points]
    gone = {x.label for x in lines if x.points and x.points[-1].gap}
    out = [f"{label} {lies} usual" for label, lies in last if lies in ("above", "below")]
    out += [f"{label} {UNHEARD}" for label, _ in last if label in gone]
    if not out:
        return f"{listed([label for label, _ in last])}: all as usual"
    rest = "" if len(out) == len(last) else "; the rest as usual"
    return f"{listed(out)}{rest}"


def note(item: Item, scope: Scope) -> str:
    """``2 November: Garden waste: new days for brown bins in Stenby``"""
    zone: tzinfo = scope.area.zone
    day = on(item.published.astimezone(zone).date(), scope.until.astimezone(zone).date())
    return f"{day}: {item.title}"


def nobody(scope: Scope) -> str:
    """That no public body was heard on this; never a reproach, for they may have spoken elsewhere."""
    label = lower(scope.area.issue_by_slug[scope.issue].label) if scope.issue else "this"
    return f"No public body we read wrote about {label} in {scope.place} in this time."
