"""Files out: what leaves passes ``share``. Files in are read by ``receive``."""

import json
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pandas as pd

from listening import share
from listening.area import Area
from listening.errors import WordsError
from listening.store import Store

WHAT = ("posts", "mentions", "counts")
FORMATS = ("csv", "jsonl", "xlsx", "parquet")


def export(
    store: Store,
    area: Area,
    what: str,
    kind: str,
    to: Path,
    since: str | None,
    until: str | None,
    now: datetime,
) -> str:
    """Write one table to a file and say, in a sentence, how much of what went where.

    ``since`` and ``until`` are whole local days, the last included. The export is recorded as a
    decision. Raises WordsError for words that are not possible.
    """
    if what not in WHAT:
        raise WordsError(f"what must be one of {', '.join(WHAT)}; got {what!r}")
    if kind not in FORMATS:
        raise WordsError(f"--format must be one of {', '.join(FORMATS)}; got {kind!r}")
    start, end = _day(since, area, "since"), _day(until, area, "until")
    if start and end and start >= end:
        raise WordsError(f"--since must not be after --until; got {since} and {until}")
    rows = _rows(store, area, what, start, end, now)
    _write(rows, kind, to, area, now)
    store.decide("operator", "export", what, {"rows": len(rows), "since": since, "until": until}, now)
    banner = " SAMPLE AREA – everything here is invented." if area.invented else ""
    held = rows.attrs.get("held", 0)
    kept_back = f" {held} posts were held back." if held else ""
    return f"{len(rows)} {what} written to {to}.{kept_back}{banner}"


def _rows(
    store: Store, area: Area, what: str, start: datetime | None, end: datetime | None, now: datetime
) -> pd.DataFrame:
    if what == "counts":
        daily = store.counts(by=("day", "issue", "place", "channel"), since=start, until=end)
        return share.counts(daily, area, now)
    posts = share.posts(store.posts(since=start, until=end), area, now, purpose="export")
    return mentions(posts) if what == "mentions" else posts


def mentions(posts: pd.DataFrame) -> pd.DataFrame:
    """One row a post, issue and ward: id, day, channel, source, issue, ward, tone; "none" where unknown."""
    columns = ["id", "published", "channel", "source", "issues", "wards", "tone"]
    rows = posts[columns].rename(columns={"issues": "issue", "wards": "ward"})
    for name in ("issue", "ward"):
        rows = rows.assign(**{name: rows[name].map(lambda v: v or ["none"])}).explode(name)
    rows.attrs = dict(posts.attrs)
    return rows.reset_index(drop=True)


def _day(words: str | None, area: Area, option: str) -> datetime | None:
    if words is None:
        return None
    try:
        day = date.fromisoformat(words)
    except ValueError as error:
        raise WordsError(f"--{option} must be a day like 2026-11-01; got {words!r}") from error
    return datetime.combine(day + timedelta(days=option == "until"), time(), area.zone)


def _write(rows: pd.DataFrame, kind: str, to: Path, area: Area, now: datetime) -> None:
    """Written beside and renamed over, so that a crash leaves no half a file."""
    heading = rows.attrs.get("heading") or share.heading(area, now, {"rows": len(rows)})
    note = "; ".join(f"{name}: {said}" for name, said in reversed(heading.items()))
    part = to.with_name(to.name + ".part")
    flat = rows.copy()
    for name in flat.columns:
        if any(isinstance(v, list | dict) for v in flat[name]):
            flat[name] = flat[name].map(lambda v: "; ".join(map(str, v)) if v else "")
    try:
        to.parent.mkdir(parents=True, exist_ok=True)
        if kind == "csv":
            with part.open("w", encoding="utf-8", newline="") as file:
                file.write(f"# {note}\n")
                share.neutral(flat).to_csv(file, index=False)
        elif kind == "jsonl":
            text = flat.to_json(
                orient="records",
                lines=True,
                date_format="iso",
                date_unit="us",
                double_precision=15,
                force_ascii=False,
            )
            part.write_text(
                json.dumps({"note": note}, ensure_ascii=False) + "\n" + (text or ""), encoding="utf-8"
            )
        elif kind == "xlsx":
            _excel(share.neutral(flat), note, part)
        else:
            flat.attrs = {"note": note}
            flat.to_parquet(part, index=False)
        part.replace(to)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise WordsError(f"could not write {to}: {error.strerror}") from error


def _excel(rows: pd.DataFrame, note: str, to: Path) -> None:
    for name in rows.columns:
        if isinstance(rows[name].dtype, pd.DatetimeTZDtype):
            rows[name] = rows[name].dt.tz_convert(None)  # Excel knows no zones; the times are UTC
    options = {"options": {"strings_to_formulas": False, "strings_to_urls": False}}
    with to.open("wb") as file, pd.ExcelWriter(file, engine="xlsxwriter", engine_kwargs=options) as book:
        rows.to_excel(book, sheet_name="rows", index=False)
        pd.DataFrame({"note": [note]}).to_excel(book, sheet_name="about", index=False)
