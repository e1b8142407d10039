"""An invented area and invented posts, for the tests of the store and the processes they start."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pandas as pd
import pytest

from listening.area import Area, Checklist, Issue, Source, Town, Ward
from listening.post import ANNOTATIONS, COLUMNS, TONES, UTC_DTYPE

NOW = datetime(2026, 11, 16, 8, tzinfo=UTC)  # a Monday
DAY = timedelta(days=1)
ONLY_SQLITE = pytest.mark.parametrize("url", ["sqlite"], indirect=True)  # for what is true of a file alone

AREA = Area(
    name="Haverdale",
    code="E07009999",
    type="district",
    timezone="Europe/London",
    wards=(
        Ward("Weirside", "E05900001", "Larkford"),
        Ward("Mill Bank", "E05900002", "Larkford"),
        Ward("Quarry Hill", "E05900003", "Stenby"),
        Ward("Upper Dale", "E05900004"),
    ),
    towns=(Town("Larkford"), Town("Stenby")),
    places=(),
    bodies=(),
    issues=(
        Issue("bins", "Bins", "waste"),
        Issue("potholes", "Potholes", "highways"),
        Issue("flooding", "Flooding", "drainage"),
        Issue("lamps", "Street lights", "lighting"),  # of which nobody speaks
        Issue("sport", "Sport", "none", noise=True),
    ),
    sources=(
        Source("Forum", "feed", "public"),
        Source("Chat", "feed", "public", keep=timedelta(days=30)),
        Source("Courier", "feed", "press"),
    ),
    checklist=Checklist(),
    store="",
    config=Path("sources.yaml"),
)


def voice(number: int) -> str:
    """The pseudonym of an invented account."""
    return f"v{number:024x}"


def post(number: int, **given: Any) -> dict[str, Any]:
    """One cleaned and annotated post with everything it needs; `given` says what matters to a test."""
    made: dict[str, Any] = dict.fromkeys((*COLUMNS, *ANNOTATIONS))
    made |= {name: [] for name in ("wards", "towns", "maybe_wards", "places", "cues", "flags")}
    made |= {
        "id": f"invented:{number}", "source": "Forum", "channel": "public", "kind": "post",
        "published": NOW - DAY, "url": f"https://forum.example.org/{number}", "title": f"Title {number}",
        "text": f"Words of post {number}.", "author": voice(number), "dated": True, "language": "en",
        "issues": ["bins"], "issue_tones": None, "sentiment": 0.0, "tone": "neutral", "evidence": {},
        "version": "one",
    }  # fmt: skip
    made |= given
    made["collected"] = given.get("collected", made["published"])
    if made["issue_tones"] is None:
        made["issue_tones"] = [made["tone"]] * len(made["issues"])
    return made


def posts(*rows: dict[str, Any]) -> pd.DataFrame:
    """Posts as the frame that `Store.write` takes."""
    frame = pd.DataFrame(
        {n: pd.Series([r[n] for r in rows], dtype="object") for n in (*COLUMNS, *ANNOTATIONS)}
    )
    for name in ("published", "collected", "edited"):
        frame[name] = pd.to_datetime(frame[name], utc=True).astype(UTC_DTYPE)
    frame["dated"] = frame["dated"].astype(bool)
    frame["sentiment"] = frame["sentiment"].astype("float64")
    return frame


def crowd(number: int, days: float, seed: int, end: datetime = NOW) -> pd.DataFrame:
    """Random posts: several wards and towns, copies, posts without account, place or issue, noise."""
    random = Random(seed)
    return posts(*(_anyone(n, random, end - timedelta(days=random.uniform(0, days))) for n in range(number)))


def _anyone(number: int, random: Random, when: datetime) -> dict[str, Any]:
    public = random.random() < 0.75
    issues = random.sample(["bins", "potholes", "flooding"], random.choice((0, 1, 1, 1, 2)))
    wards = random.sample(AREA.wards, random.choice((0, 0, 1, 1, 2)))
    towns = [w.town for w in wards if w.town] + random.choices([[], ["Stenby"]], (4, 1))[0]
    tone = random.choice(TONES) if public else None
    tones = [random.choice(TONES) if public else None for _ in issues]
    # copies of the post with the number a multiple of ten before
    copy_of = f"invented:{number - number % 10}" if number % 10 and random.random() < 0.15 else None
    return post(
        number,
        source=random.choice(("Forum", "Chat")) if public else "Courier",
        channel="public" if public else "press",
        published=when,
        author=voice(random.randrange(12)) if public and random.random() < 0.9 else None,
        thread=random.choice((None, "t1", "t2", "t3")),
        issues=issues,
        issue_tones=tones,
        noise="sport" if not issues and random.random() < 0.4 else None,
        wards=[w.name for w in wards],
        towns=list(dict.fromkeys(towns)),
        maybe_wards=[] if wards or random.random() < 0.7 else ["Weirside", "Quarry Hill"],
        places=random.sample(["Weir Lane", "Bridge Street"], random.choice((0, 1, 2))),
        tone=tone,
        cues=random.sample(["complaint", "question", "praise"], random.choice((0, 1, 2))),
        copy_of=copy_of,
    )
