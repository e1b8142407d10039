"""Invented talk of five weeks in which one thing happens: a flood on a lane."""

from datetime import datetime, timedelta
from typing import Any

from store_posts import DAY, NOW, post

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
WORDS = (
    "Weir Lane is flooding, water across both lanes",
    "Flooding on Weir Lane, can't get out",
    "Flood water past the postbox on Weir Lane",
    "Weir Lane flooded, the water is at the gate",
    "Water is still rising on Weir Lane, what a flood",
)
PLACE = {"wards": ["Weirside"], "towns": ["Larkford"]}
Rows = list[dict[str, Any]]


def ordinary(days: int = 25) -> Rows:
    """Two accounts a day that complain of potholes: posts 100 to 149."""
    return [
        post(
            100 + 2 * d + n,
            published=NOW - d * DAY - (n + 1) * HOUR,
            text=f"A hole in the road, number {d} {n}",
            title=None,
            issues=["potholes"],
            **PLACE,
        )
        for d in range(days)
        for n in (0, 1)
    ]


def flood(*numbers: int, at: datetime = NOW - 2 * HOUR, **given: Any) -> Rows:
    """Posts of the flood, ten minutes apart."""
    about = {"issues": ["flooding"], "places": ["Weir Lane"], "title": None, **PLACE}
    return [
        post(n, **(about | {"published": at + n * 10 * MINUTE, "text": WORDS[n % len(WORDS)]} | given))
        for n in numbers
    ]
