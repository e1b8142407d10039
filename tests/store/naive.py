"""The figures of the store, reckoned a second time, as plainly as can be: sets in a loop."""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import Any

import pandas as pd
from store_posts import AREA

from listening.post import TONES

BITS = {"complaints": "complaint", "questions": "question", "praise": "praise"}
Post = dict[str, Any]


def labels(post: Post) -> list[tuple[str, str | None]]:
    """The issues a post counts for, with the tone it counts with."""
    if not post["issues"]:
        return [(post["noise"] or "none", post["tone"])]
    return [*zip(post["issues"], post["issue_tones"], strict=True), ("any", post["tone"])]


def grounds(post: Post) -> set[str]:
    """The keys of the places a post counts for."""
    wards = {AREA.ward_by_name[w].code for w in post["wards"]} or {"none"}
    return wards | {f"town:{t}" for t in post["towns"]} | {AREA.code}


def figures(found: Iterable[tuple[Post, str | None]]) -> dict[str, int]:
    """The figures of some posts, each with the tone it counts with."""
    every = list(found)
    roots = [(p, tone) for p, tone in every if p["copy_of"] is None]
    result = {
        "posts": len(roots),
        "copies": len(every) - len(roots),
        "conversations": len({p["thread"] or p["id"] for p, _ in roots}),
        "voices": len({p["author"] for p, _ in every if p["author"]}),
        "sources": len({p["source"] for p, _ in roots}),
    }
    result |= {name: sum(cue in p["cues"] for p, _ in roots) for name, cue in BITS.items()}
    return result | {tone: sum(t == tone for _, t in roots) for tone in TONES}


def voices_by_tone(found: Iterable[tuple[Post, str | None]]) -> dict[str, int]:
    """Accounts by the tone of most of their posts, each once a day; a draw is unclear."""
    days: dict[Hashable, Counter[str]] = defaultdict(Counter)
    for p, tone in found:
        if p["author"] and tone:
            days[p["author"], local(p).date()][tone] += 1
    chosen: Counter[str] = Counter()
    for tones in days.values():
        (tone, most), *others = tones.most_common()
        chosen["unclear" if others and others[0][1] == most else tone] += 1
    return {f"voices_{tone}": chosen[tone] for tone in TONES}


def local(post: Post) -> pd.Timestamp:
    """When a post was published, on the area's clock."""
    at: pd.Timestamp = post["published"].tz_convert(AREA.zone)
    return at


def counts(frame: pd.DataFrame, start: Callable[[Post], Any]) -> dict[tuple[Any, ...], dict[str, int]]:
    """(start, channel, issue, place) -> figures."""
    cells: dict[tuple[Any, ...], list[tuple[Post, str | None]]] = defaultdict(list)
    for p in frame.to_dict("records"):
        for issue, tone in labels(p):
            for place in grounds(p):
                cells[start(p), p["channel"], issue, place].append((p, tone))
    return {key: figures(found) | voices_by_tone(found) for key, found in cells.items()}


def loudest3(found: Iterable[Post]) -> int:
    """How many of the posts the three loudest accounts wrote."""
    wrote = Counter(p["author"] for p in found if p["author"] and p["copy_of"] is None)
    return sum(n for _, n in wrote.most_common(3))


def rows(store_frame: pd.DataFrame, keys: list[str]) -> Iterator[tuple[tuple[Any, ...], dict[str, int]]]:
    """The rows of a frame as (key, figures)."""
    for row in store_frame.to_dict("records"):
        yield tuple(row.pop(k) for k in keys), {name: int(v) for name, v in row.items()}
