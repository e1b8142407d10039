"""Post: the one shape every platform becomes; and what a collector says when it comes home.

A post is one public item.
Its times are UTC or refused; an absent field is ``None``, never an invented default.
"""

from dataclasses import dataclass, field, fields
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

import pandas as pd

from listening.errors import WordsError
from listening.given import columns, instant

CHANNELS = ("press", "official", "public", "report", "heard")
KINDS_OF_POST = ("article", "post", "comment", "report")
STATES = ("ok", "quiet", "stale", "failing", "paused", "never")
TONES = ("negative", "neutral", "positive", "unclear")

State = Literal["ok", "quiet", "stale", "failing", "paused", "never"]

# What a Run says of a source that answered and brought nothing; whatever else it says is a remark.
NOTHING_NEW = "It answers, and holds nothing new."
NOTHING_YET = "It answers, and holds nothing yet."


@dataclass(frozen=True, slots=True)
class Post:
    """One public item.

    As a collector makes it, ``title`` and ``text`` may hold HTML and ``author`` is the
    platform's own name for the writer; after ``clean`` both texts are plain and redacted and
    ``author`` is a keyed pseudonym. Only the second kind is ever written, queued or sent on.
    """

    id: str  # `platform:` and the native id where that says nothing of the author, else its SHA-256
    source: str  # its name in sources.yaml
    channel: str  # one of CHANNELS
    kind: str  # one of KINDS_OF_POST
    published: datetime  # UTC; the first date seen
    collected: datetime  # UTC; when we met it
    url: str | None = None  # canonical, in its author-free form; None: "link not kept"
    title: str | None = None
    text: str | None = None
    author: str | None = None
    thread: str | None = None  # the article or submission it belongs to
    edited: datetime | None = None  # UTC; last change. An edit changes text, never the day
    dated: bool = True  # False where the source gave no date
    place_hint: str | None = None  # ward code of a full postcode, set as the postcode is redacted
    replies: int | None = None  # visibility only; never an opinion measure
    score: int | None = None  # visibility too; of a ``heard`` note, how many people said it

    def __post_init__(self) -> None:
        for name in ("published", "collected", "edited"):
            value = getattr(self, name)
            if value is not None and value.utcoffset() != timedelta(0):
                raise WordsError(f"{name} must be a UTC time; got {value!r} (post {self.id!r})")
        if self.channel not in CHANNELS:
            raise WordsError(
                f"channel must be one of {', '.join(CHANNELS)}; got {self.channel!r} (post {self.id!r})"
            )


COLUMNS = tuple(f.name for f in fields(Post))
TIMES = ("published", "collected", "edited")
UTC_DTYPE = pd.DatetimeTZDtype("us", "UTC")

# What `annotate` adds. Lists are Python lists, never None; `issue_tones` runs beside `issues`.
ANNOTATIONS = (
    "language",  # ISO 639-1, or None where too short to tell
    "issues",  # slugs
    "issue_tones",  # tone of the sentences that name that issue, in the order of `issues`
    "wards",  # names of the resolved wards
    "towns",  # towns of the resolved wards, towns named outright, the town all candidates share
    "maybe_wards",  # candidates of an ambiguous name: shown, never counted
    "places",  # streets, parks, schools, landmarks by canonical name
    "sentiment",  # -1..1, NaN where not scored
    "tone",  # one of TONES, or None where not scored
    "cues",  # of: complaint, question, praise, unsure_sarcasm
    "flags",  # of: abuse, accusation, safeguarding
    "noise",  # slug of a filter class (sport, advert …), or None
    "copy_of",  # id of the root this one repeats, or None
    "evidence",  # dict: label -> {"words": [...], "how": str, "confidence": "sure"|"likely"|"check"}
    "version",  # of the analysis: taxonomy, gazetteer and code
)


def frame(posts: list[Post]) -> pd.DataFrame:
    """Posts as a frame with exactly ``COLUMNS``; times are ``datetime64[us, UTC]``.

    >>> frame([]).columns.tolist() == list(COLUMNS)
    True
    """
    rows = {name: [getattr(p, name) for p in posts] for name in COLUMNS}
    result = pd.DataFrame({n: pd.Series(v, dtype="object") for n, v in rows.items()})
    return _typed(result)


def complete(posts: pd.DataFrame) -> pd.DataFrame:
    """The same posts with any missing optional Post column added as None, and times typed."""
    columns(posts, ("id", "source", "channel", "published"), "a posts frame")
    missing = [n for n in COLUMNS if n not in posts.columns]
    result = posts.copy()
    for name in missing:
        default: Any = {"dated": True, "kind": "post"}.get(name)
        result[name] = result["published"] if name == "collected" else default
    return _typed(result)


def _typed(posts: pd.DataFrame) -> pd.DataFrame:
    for name in TIMES:
        try:
            posts[name] = pd.to_datetime(posts[name], utc=True).astype(UTC_DTYPE)
        except (ValueError, TypeError) as error:
            wrong = posts[name][pd.to_datetime(posts[name], utc=True, errors="coerce").isna()].dropna()
            got = repr(wrong.iloc[0]) if len(wrong) else str(error)
            raise WordsError(f"{name} must hold times such as 2026-11-09T08:00Z; got {got}") from error
    posts["dated"] = posts["dated"].astype(bool)
    return posts


@dataclass(frozen=True)
class Found:
    """What one answer of a source held, understood.

    ``gone`` are ids deleted upstream; ``memory`` is the small JSON dict to keep for next time;
    ``remark`` is a sentence where the answer was odd but not useless. ``left`` are accounts, by the
    platform's own names, that were closed or hid themselves, wherever they wrote: hashed and forgotten
    like an author, to find what of theirs we hold.
    """

    posts: list[Post]
    gone: list[str] = field(default_factory=list)
    memory: dict[str, Any] = field(default_factory=dict)
    remark: str | None = None
    left: list[str] = field(default_factory=list, repr=False)


@dataclass(frozen=True)
class Run:
    """What was asked of a source, when, and what came.

    ``items`` is what the answer held, ``new`` what had not been met before;
    ``reason`` is the plain sentence a person reads, ``error`` the technical one for the log.
    """

    source: str
    at: datetime  # UTC
    state: State
    reason: str = ""
    items: int = 0
    new: int = 0
    error: str | None = None
    seconds: float = 0.0


def utc(value: datetime) -> datetime:
    """The same instant in UTC; a naive time is refused."""
    return instant(value).astimezone(UTC)
