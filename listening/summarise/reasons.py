"""The reason a collector gave, as part of what is said of a source.

A reason is one or more sentences. The first says what happened; those behind it what follows from it
("Resting until 13:05: …") or what is odd about an answer that could be read.
"""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from listening.post import NOTHING_NEW, NOTHING_YET
from listening.summarise import words

LONDON = ZoneInfo("Europe/London")  # on whose clock collectors say until when they rest
_RESTING = re.compile(r"Resting until (\d\d):(\d\d)(?: on (\d{1,2} [A-Z][a-z]+))?: ([^.]+)\.")


def clause(sentences: str) -> str:
    """The first sentence as part of another: no capital, no full stop, nothing in brackets."""
    return words.lower(sentences.split(". ")[0].split(" (")[0].strip().rstrip("."))


def behind(sentences: str, said: datetime, now: datetime) -> str:
    """The sentences behind the first; a rest that is over is no longer told."""
    rest = sentences.partition(". ")[2]
    return _RESTING.sub("", rest).strip() if rested(rest, said, now) else rest


def remarks(reason: str) -> str:
    """What is odd about a source that answers; empty where nothing is."""
    return reason.replace(NOTHING_NEW, "").replace(NOTHING_YET, "").strip()


def pause(reason: str, said: datetime, now: datetime) -> str:
    """Why a source is not asked just now."""
    resting = _RESTING.match(reason)
    if resting and rested(reason, said, now):
        return f"{words.capital(resting[4])}. Its rest is over: it may be asked again."
    if reason.startswith(("Paused", "Resting", "Waiting")):
        return f"{reason.rstrip('.')}."
    why = clause(reason)
    if reason.startswith("needs"):
        why = why.replace("needs", "this source needs", 1)
    return f"Paused: {why}. Everything else works." if why else "Paused. Everything else works."


def rested(reason: str, said: datetime, now: datetime) -> bool:
    """Whether the rest that a reason of the time ``said`` tells of is over.

    >>> from datetime import UTC
    >>> noon = datetime(2026, 11, 16, 12, tzinfo=UTC)
    >>> why = "Resting until 13:05: it asked us to slow down."
    >>> rested(why, noon, noon), rested(why, noon, noon + timedelta(hours=2))
    (False, True)
    """
    found = _RESTING.search(reason)
    if not found:
        return False
    local = said.astimezone(LONDON)
    end = local.replace(hour=int(found[1]), minute=int(found[2]), second=59)
    for ahead in range(366) if found[3] else ():  # "on 17 November": the next such day
        day = local + timedelta(days=ahead)
        if f"{day.day} {day:%B}" == found[3]:
            end = end.replace(year=day.year, month=day.month, day=day.day)
            break
    return now > end
