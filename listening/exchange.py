"""Files out and files in: what leaves passes ``share``, what comes in walks the same way as all posts."""

import hashlib
import json
import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pandas as pd

from listening import pipeline, post, share
from listening.area import Area
from listening.errors import WordsError
from listening.store import Store

WHAT = ("posts", "mentions", "counts")
FORMATS = ("csv", "jsonl", "xlsx", "parquet")
OWN_ID = re.compile(r"(feed|import):[0-9a-f]{32}|reddit:t[13]_[0-9a-z]+")  # none says who wrote it


def _read_jsonl(path: Path) -> pd.DataFrame:
    """JSON lines, without the note that our own exports begin with."""
    rows = pd.read_json(path, lines=True, dtype=False, convert_dates=False)
    return rows[rows["note"].isna()].drop(columns="note") if "note" in rows else rows


def _read_csv(path: Path) -> pd.DataFrame:
    """A CSV, without the note that our own exports begin with."""
    with path.open(encoding="utf-8-sig") as file:
        noted = file.readline().startswith("# ")
    return pd.read_csv(path, dtype=str, keep_default_na=False, skiprows=int(noted), encoding="utf-8-sig")


READERS: dict[str, Callable[[Path], pd.DataFrame]] = {
    ".csv": _read_csv,
    ".jsonl": _read_jsonl,
    ".xlsx": lambda p: pd.read_excel(p, dtype=str, keep_default_na=False),
    ".parquet": pd.read_parquet,
}


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
            text = flat.to_json(orient="records", lines=True, date_format="iso", force_ascii=False)
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


def bring_in(store: Store, area: Area, file: Path, source: str | None, now: datetime) -> str:
    """Read a file of posts into the store; rows that can't be used come back beside it, with the reason."""
    good, bad = posts_of(_read(file), area, source, now)
    held = store.posts(ids=good["id"].tolist(), noise=True).set_index("id")["source"]
    theirs = good["id"].map(held).fillna(good["source"]) != good["source"]
    bad = pd.concat([bad, good[theirs].assign(reason="its id belongs to a post of another source")])
    written = pipeline.bring_in(good[~theirs], area, store, now)
    said = f"{written.new} new, {written.edited} changed, {written.unchanged} already known."
    if not len(bad):
        return said
    back = file.with_name(f"{file.stem}.rejected.csv")
    share.neutral(bad).to_csv(back, index=False)
    return (
        f"{said} {len(bad)} rows could not be used; they are in {back} with the reason."
        " That file holds them as they came: delete it when you are done."
    )


def _read(file: Path) -> pd.DataFrame:
    reader = READERS.get(file.suffix.lower())
    if reader is None:
        raise WordsError(f"a file must end in one of {', '.join(READERS)}; got {file.name!r}")
    try:
        return reader(file)
    except (OSError, ValueError, ImportError) as error:
        raise WordsError(f"could not read {file.name}: {error}") from error


def posts_of(
    rows: pd.DataFrame, area: Area, source: str | None, now: datetime
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Rows of a file as raw posts, and the rows that can't be used with a column ``reason``.

    Needed: ``text`` and ``published`` (a time; without a zone it is local), and ``source`` unless
    one is given. Dates in British order are read as such.
    """
    missing = [c for c in ("text", "published") if c not in rows.columns]
    if missing:
        raise WordsError(f"the file needs the columns text and published; missing {', '.join(missing)}")
    rows = rows.copy()
    rows["source"] = source if source else rows.get("source", "")
    when = rows["published"].map(lambda v: _moment(v, area))
    reason = pd.Series("", index=rows.index).mask(when.isna(), "published is not a date we can read")
    reason = reason.mask(rows["text"].map(lambda v: not str(v or "").strip()), "text is empty")
    reason = reason.mask(~rows["source"].isin(list(area.source_by_name)), "source is not in sources.yaml")
    bad = rows.assign(reason=reason)[reason != ""]
    good = rows[reason == ""].copy()
    dated = pd.to_datetime(when[reason == ""], utc=True)
    good["published"] = dated.mask(dated > now, pd.Timestamp(now))  # nothing was said in the future
    good["collected"] = pd.Timestamp(now)
    good["channel"] = good["source"].map(lambda n: area.source_by_name[n].channel)
    good["id"] = [
        _own(row.get("id"), *(row.get(k) for k in ("source", "published", "title", "text")))
        for _, row in good.iterrows()
    ]
    if "thread" in good:
        good["thread"] = [_own(t) if isinstance(t, str) and t else None for t in good["thread"]]
    wanted = [
        c for c in post.COLUMNS if c in good.columns and c not in ("edited", "dated", "replies", "score")
    ]
    frame = good[wanted].map(lambda v: None if isinstance(v, str) and not v else v)
    return post.complete(frame.drop_duplicates("id")), bad


def _moment(value: Any, area: Area) -> pd.Timestamp | None:
    text = str(value).strip()
    british = "/" in text[:3]  # 05/11/2026 is 5 November
    try:
        moment: Any = pd.to_datetime(text, dayfirst=british)
    except ValueError:
        return None
    if pd.isna(moment):
        return None
    if moment.tz is None:
        moment = moment.tz_localize(area.zone, ambiguous=True, nonexistent="shift_forward")
    return pd.Timestamp(moment)


def _own(value: Any, *otherwise: Any) -> str:
    """An id of ours as it left; of anything else, which may hold a handle, only its hash."""
    known = str(value or "")
    if OWN_ID.fullmatch(known):
        return known
    said = known or "\x00".join(str(v or "") for v in otherwise)
    return "import:" + hashlib.sha256(said.encode()).hexdigest()[:32]
