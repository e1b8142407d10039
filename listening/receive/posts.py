"""Posts: rows of a sheet as raw posts, and the rows that cannot be used, each with its reason."""

import hashlib
import hmac
import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pandas as pd

from listening import clean, identity, post, share
from listening.analyse import version
from listening.area import Area
from listening.clean import guard, postcodes
from listening.receive import days, markings, named, own, words
from listening.receive.columns import Columns
from listening.receive.sheet import Sheet

AHEAD = timedelta(days=1)  # a clock may be wrong by an hour, not by a year
KINDS = {"press": "article", "official": "article", "public": "post", "report": "report", "heard": "post"}
WRITERS = ("public", "press", "official")  # of a report or a log nobody's name comes in, not even hashed


@dataclass(frozen=True)
class Taken:
    """What a sheet gave: every row is in ``good``, in ``bad``, or one of the ``repeats``."""

    good: pd.DataFrame  # raw posts, with post.COLUMNS; the index is the row's number
    bad: pd.DataFrame  # the rows as they came, with ``reason`` first
    repeats: int = 0  # rows that say again what another row of the file says
    labels: pd.DataFrame | None = None  # of our own exports, by id
    remarks: tuple[str, ...] = ()
    # Rows marked confidential: ``reason`` and ``row`` alone, for their words are written nowhere.
    marked: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=["reason", "row"]))


def taken(sheet: Sheet, columns: Columns, area: Area, source: str | None, key: bytes, now: datetime) -> Taken:
    """The posts of a sheet; ids are kept where they are ours, else made with the area's key."""
    reading = _Reading(sheet, columns, area, source, key, now)
    made = [reading.row(number, cells) for number, cells in _each(sheet)]
    bad = [(n, cells, why) for n, cells, result in made if isinstance(why := result, str)]
    good = {n: result for n, _, result in made if isinstance(result, dict)}
    frame = pd.DataFrame(
        list(good.values()), index=list(good), columns=[*post.COLUMNS, "native"], dtype="object"
    )
    frame["id"] = reading.ids(frame)
    repeated = frame["id"].duplicated()
    kept = post.complete(frame[~repeated].drop(columns="native"))
    labels = (
        own.labels(sheet.rows.loc[kept.index].assign(id=kept["id"]), version(area)) if reading.ours else None
    )
    rejected, marked = _rejected(sheet, bad, columns)
    remarks = (*reading.remarks, *_wordless(kept))
    return Taken(kept, rejected, int(repeated.sum()), labels, remarks, marked)


def _wordless(kept: pd.DataFrame) -> list[str]:
    """A sentence about posts of our own exports whose source lets no words leave, where there are any."""
    number = int(own.wordless(kept).sum())
    rows, their = ("1 row holds", "its") if number == 1 else (f"{number} rows hold", "their")
    return [f"{rows} no words, for none were let out; {their} labels come in."] if number else []


def _each(sheet: Sheet) -> list[tuple[int, dict[str, Any]]]:
    names = sheet.columns
    rows = zip(sheet.rows.index, sheet.rows.itertuples(index=False, name=None), strict=True)
    undo = share.restored if sheet.neutral else (lambda v: v)
    return [(int(n), dict(zip(names, map(undo, cells), strict=True))) for n, cells in rows]


def _rejected(
    sheet: Sheet, bad: list[tuple[int, dict[str, Any], str]], columns: Columns
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The rows that cannot be used, with their words; and, without, those a marking keeps out."""
    names = [n for n in sheet.columns if n not in ("reason", "row")]
    held = {n for n, cells, _ in bad if markings.of_row(cells.items(), columns)}
    marked = [(why, n) for n, _, why in bad if n in held]
    marked += [(why, b.number) for b in sheet.broken if (why := markings.of_words(b.words))]
    kept = {n for _, n in marked}
    rows = [
        {"reason": why, "row": n, **{k: cells[k] for k in names}} for n, cells, why in bad if n not in kept
    ]
    whole = [
        {"reason": b.reason, "row": b.number, **({names[0]: b.words} if names else {})}
        for b in sheet.broken
        if b.number not in kept
    ]
    rejected = pd.DataFrame([*rows, *whole], columns=["reason", "row", *names], dtype="object")
    return rejected, pd.DataFrame(marked, columns=["reason", "row"], dtype="object")


class _Reading:
    """What all rows of a sheet share."""

    def __init__(
        self, sheet: Sheet, columns: Columns, area: Area, source: str | None, key: bytes, now: datetime
    ) -> None:
        self.sheet, self.columns, self.area, self.source, self.key, self.now = (
            sheet,
            columns,
            area,
            source,
            key,
            now,
        )
        self.ours = own.holds(sheet)
        self.noted = own.noted(sheet)
        self.undated = sheet.name == "pasted"
        self.role = {role: columns.of(role) for role in {c.role for c in columns.each}}
        self.guard = guard.guard(area)
        # Who wrote a row may stand in several columns, of which at most one is taken for the author.
        self.writers = [
            c.name for c in columns.each if c.role == "author" or words.plain(c.name) in words.WORDS["author"]
        ]
        self.personal = [n for n in columns.dropped.get("names", []) if n not in self.writers]
        self.placing = columns.dropped.get("addresses", [])
        self.wards = {name.lower(): w.code for w in area.wards for name in (w.name, *w.aliases)}
        self.names = {old: s.name for s in area.sources for old in (*s.was, s.name)}
        written = sheet.rows[self.role["published"][0]].tolist() if self.role.get("published") else []
        self.british, told = days.day_first(written)
        placed = [] if not self.placing or not area.postcodes else [
            f"{', '.join(self.placing)}: used to find the ward, then dropped."
        ]  # fmt: skip
        self.remarks = (*([told] if told else []), *placed)

    def one(self, cells: dict[str, Any], role: str) -> Any:
        """The first filled cell of a role."""
        return next((cells[n] for n in self.role.get(role, ()) if cells[n] is not None), None)

    def row(self, number: int, cells: dict[str, Any]) -> tuple[int, dict[str, Any], dict[str, Any] | str]:
        """A row as a raw post without an id, or the reason why it cannot be one."""
        why = markings.of_row(cells.items(), self.columns)
        text, title = self.words(cells)
        worded = text or self.one(cells, "title") or self.ours  # the gate may have let out no words of ours
        moment = days.moment(self.one(cells, "published"), self.area.zone, self.british)
        source = self.names.get(str(self.source or self.one(cells, "source") or ""))
        if not why and not worded:
            why = "text is empty"
        elif not why and moment is None and not (self.undated and self.one(cells, "published") is None):
            why = "published is not a date we can read"
        elif not why and moment is not None and moment > self.now + AHEAD:
            why = f"published is in the future: {moment.astimezone(self.area.zone):%d %B %Y}"
        elif not why and source is None:
            why = "source is not in sources.yaml"
        if why or source is None:
            return number, cells, why or "source is not in sources.yaml"
        channel = self.area.source_by_name[source].channel
        if channel not in clean.NO_VOICE:  # a newsroom or a council may name itself
            writer, accounts = [cells[n] for n in self.writers], channel in WRITERS
            text, title = (named.without(v, writer, self.guard, accounts=accounts) for v in (text, title))
        return number, cells, self.post(cells, source, moment, text, title)

    def words(self, cells: dict[str, Any]) -> tuple[str | None, str | None]:
        """Text and title; without a title, its class and place stand there."""
        text = markings.unsigned(str(self.one(cells, "text") or ""))
        title = str(self.one(cells, "title") or "")
        if not self.ours:
            more = [
                str(cells[n])
                for r in ("category", "place")
                for n in self.role.get(r, ())
                if cells[n] is not None
            ]
            missing = [m for m in dict.fromkeys(more) if m.lower() not in f"{title} {text}".lower()]
            title = ", ".join([title, *missing]) if title else ", ".join(missing)
        personal = [cells[n] for n in self.personal]
        return named.without(text, personal, self.guard), named.without(title, personal, self.guard)

    def post(
        self, cells: dict[str, Any], source: str, moment: datetime | None, text: str | None, title: str | None
    ) -> dict[str, Any]:
        channel = self.area.source_by_name[source].channel
        thread, author = self.one(cells, "thread"), self.one(cells, "author")
        made = {
            "id": None,
            "native": self.one(cells, "id"),
            "source": source,
            "channel": channel,
            "kind": "comment" if channel == "public" and thread else KINDS[channel],
            "published": min(moment, self.now) if moment else self.now,
            "collected": self.now,
            "url": self.one(cells, "url"),
            "title": title,
            "text": text,
            "author": str(author) if author is not None and channel in WRITERS else None,
            "thread": self.identity(source, str(thread)) if thread else None,
            "dated": moment is not None,
            "place_hint": self.hint(cells),
        }
        return made | self.ours_of(cells) if self.ours else made

    def ours_of(self, cells: dict[str, Any]) -> dict[str, Any]:
        """What only our own exports say; nothing is collected later than now."""
        zone = self.area.zone
        when = {n: days.moment(cells.get(n), zone) for n in ("collected", "edited")}
        kind = cells.get("kind")
        return {
            "author": None,
            "kind": kind if kind in post.KINDS_OF_POST else "post",
            "collected": min(when["collected"] or self.now, self.now),
            "edited": when["edited"],
            "dated": own.yes(cells.get("dated")),
            "replies": own.number(cells.get("replies")),
            "score": own.number(cells.get("score")),
        }

    def hint(self, cells: dict[str, Any]) -> str | None:
        """The ward a row names outright, or that its postcode lies in; the postcode goes no further."""
        if self.ours:
            return None
        for name in self.role.get("place", ()):
            if code := self.wards.get(re.sub(r"\s+ward$", "", str(cells[name] or "").strip().lower())):
                return code
        codes = (
            postcodes.ward(str(cells[n] or ""), self.guard.postcode, self.area.postcodes)
            for n in self.placing
        )
        return next((code for code in codes if code), None)

    def identity(self, source: str, native: str) -> str:
        """An id of ours as it is; of anything else (a case number, a handle) a keyed hash."""
        if identity.known(native, self.noted):
            return native
        said = f"{source}\x00{native}".encode("utf-8", "surrogatepass")
        return "import:" + hmac.new(self.key, said, hashlib.sha256).hexdigest()[:32]

    def ids(self, rows: pd.DataFrame) -> list[str]:
        """One id a row: of its native id, else of source, time and words.

        A log has several rows a case: where a native id comes again with other words, the further
        rows are told apart by their order.
        """
        seen: dict[str, list[str]] = {}
        result = []
        for row in rows.to_dict("records"):
            said, source = f"{row['title']}\x00{row['text']}", str(row["source"])
            if row["native"] is None or self.undated:
                when = row["author"] if self.undated else row["published"]
                result.append(self.identity(source, f"\x00{when}\x00{said}"))
                continue
            native = str(row["native"])
            met = seen.setdefault(f"{source}\x00{native}", [])
            if said not in met:
                met.append(said)
            number = met.index(said)
            result.append(self.identity(source, native if not number else f"{native}\x00{number}"))
        return result


def sample(cleaned: pd.DataFrame, most: int = 3) -> list[str]:
    """The first rows as they would be kept: redacted, one line each."""
    shown = []
    for row in cleaned.head(most).itertuples():
        words = " – ".join(str(v) for v in (row.title, row.text) if isinstance(v, str))
        when = f"{row.published:%Y-%m-%d}" if row.dated else "no date"
        shown.append(f"{when}  {' '.join(words.split())[:160] or '(no words)'}")
    return shown


def redacted(good: pd.DataFrame, area: Area, key: bytes) -> pd.DataFrame:
    """The raw posts as they would be kept: the same cleaning as everywhere."""
    return clean.run(good, area, key)
