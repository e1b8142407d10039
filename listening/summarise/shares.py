"""What a figure is made of: its issues, places, sources and channels; share of voice with its interval."""

from dataclasses import dataclass

from listening.area import Area
from listening.summarise.figures import PUBLIC, SENSITIVE_FROM, WEIGHT, figures
from listening.summarise.rows import each, pick
from listening.summarise.scope import Ledger, Scope, ranked
from listening.summarise.trends import JUDGED_FROM, wilson

PARTS = 8
BY = ("issue", "place", "source", "channel")
CHANNELS = {
    "public": "Residents' posts",
    "report": "Fault reports",
    "press": "Press",
    "official": "Public bodies",
    "heard": "Heard in person",
}


@dataclass(frozen=True)
class Part:
    """One issue, place, source or channel of a figure."""

    label: str
    posts: int
    voices: int
    low: float | None = None  # 95 % interval of its share of all posts, 0–1; None: not to be judged
    high: float | None = None


def parts(store: Ledger, scope: Scope, by: str) -> tuple[tuple[Part, ...], int]:
    """The figure cut by issue, place, source or channel (BY), most posts first; and the whole.

    Shares carry a Wilson interval, from 10 accounts; channels and places have none: posts of
    different channels are not one whole, and a place with more sources is heard more.
    A post may name several issues or places, so parts can add up to more than the whole.
    """
    if by == "issue":  # share of voice: of all talk in the place, whatever issue is chosen
        scope = scope.at(issue=None)
    area, cut = scope.area, _cut(scope, by)
    channels = None if by == "channel" else PUBLIC
    told = {"figures": WEIGHT, **scope.only}
    rows = store.tally(scope.since, scope.until, by=(cut,), channels=channels, **told)
    if by == "issue":
        few = [
            s in area.issue_by_slug and area.issue_by_slug[s].sensitive and v < SENSITIVE_FROM
            for s, v in zip(rows["issue"], rows["voices"], strict=True)
        ]
        rows = pick(rows, (r and not f for r, f in zip(ranked(area, rows["issue"]), few, strict=True)))
    elif by == "place":
        rows = pick(rows, (_inside(scope, cut, str(n)) for n in rows[cut]))
    whole = figures(store.tally(scope.since, scope.until, channels=PUBLIC, **told))
    judged = by in ("issue", "source") and whole.voices >= JUDGED_FROM
    found = [
        Part(
            _name(area, by, str(getattr(row, cut))),
            int(row.posts),
            int(row.voices),
            *(wilson(row.posts, whole.posts) if judged else (None, None)),
        )
        for row in each(rows)
        if row.posts
    ]
    return tuple(sorted(found, key=lambda p: (-p.posts, p.label))), whole.posts


def _cut(scope: Scope, by: str) -> str:
    return ("street" if scope.ward else "ward") if by == "place" else by


def _inside(scope: Scope, cut: str, name: str) -> bool:
    if cut == "street":
        return name != "none"
    return any(w.name == name and scope.town in (None, w.town) for w in scope.area.wards)


def _name(area: Area, by: str, value: str) -> str:
    if by == "issue":
        return area.issue_by_slug[value].label
    return CHANNELS.get(value, value) if by == "channel" else value
