"""Posts made in one line, as the analysis hands them on."""

import hashlib
from datetime import datetime
from typing import Any

import pandas as pd

from listening.post import ANNOTATIONS, COLUMNS, UTC_DTYPE


def post(id: str, published: datetime, **given: Any) -> dict[str, Any]:
    """A public, plain, annotated post about parking in Larkford Bridge, unless something else is given."""
    row: dict[str, Any] = dict.fromkeys((*COLUMNS, *ANNOTATIONS))
    row |= {
        "id": id,
        "source": "Haverdale Forum",
        "channel": "public",
        "kind": "post",
        "published": published,
    }
    row |= {"collected": published, "text": f"A car on the path again, number {id}.", "author": f"v{id}"}
    row |= {
        "dated": True,
        "language": "en",
        "issues": ["parking"],
        "wards": ["Larkford Bridge"],
        "towns": ["Larkford"],
    }
    row |= {"maybe_wards": [], "places": [], "sentiment": 0.0, "tone": "neutral", "cues": [], "flags": []}
    row |= {"evidence": {}, "version": "t", **given}
    if row["author"]:
        row["author"] = "v" + hashlib.sha256(row["author"].encode()).hexdigest()[:24]
    row["issue_tones"] = [row["tone"] or "neutral" for _ in row["issues"]]
    return row


def frame(*rows: dict[str, Any]) -> pd.DataFrame:
    """Posts as the analysis hands them on."""
    names = (*COLUMNS, *ANNOTATIONS)
    result = pd.DataFrame({n: pd.Series([r[n] for r in rows], dtype="object") for n in names})
    for name in ("published", "collected", "edited"):
        result[name] = pd.to_datetime(result[name], utc=True).astype(UTC_DTYPE)
    result["dated"] = result["dated"].astype(bool)
    result["sentiment"] = result["sentiment"].astype(float)
    return result
