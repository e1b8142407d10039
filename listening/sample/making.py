"""Making the sample: the posts, and from them, through the true pipeline, a store."""

import contextlib
import hashlib
import os
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random

import pandas as pd

from listening import analyse, clean
from listening.analyse import copies
from listening.area import Area, load
from listening.post import TIMES, UTC_DTYPE, Run
from listening.sample import draft, ears, ordinary, outlets, plants
from listening.store import Store, connect
from listening.summarise.identity import assigned
from listening.summarise.stories import HISTORY

SEED = 20261116  # the day the sample's clock stands still
HOME = Path(__file__).parents[2] / "data" / "sample" / "sources.yaml"
# The sample's key for pseudonyms is published on purpose: nobody in the sample exists, so it
# protects nothing. It is never used for a real area, whose key is made and kept apart.
KEY = hashlib.sha256(b"Haverdale does not exist").digest()
BATCH = timedelta(days=7)  # copies are looked for as far back, and a batch stays a second's work
LOOK = BATCH / 2  # between two looks for stories: no post leaves the 7 days unseen, and all take seconds
# The code a built sample depends on.
PARTS = ("sample", "clean", "analyse", "store")
STORIES = ("alike", "bursts", "clusters", "identity", "linkage", "rows", "stories", "trends")


@dataclass(frozen=True)
class Made:
    """All of the sample's posts, what is true of them, and earlier versions of the edited ones."""

    posts: pd.DataFrame
    truth: pd.DataFrame
    earlier: pd.DataFrame


_made: dict[tuple[Path, int], Made] = {}


def posts(area: Area, seed: int = SEED) -> pd.DataFrame:
    """Raw posts of 26 weeks, oldest first, as a collector would bring them: HTML, handles and all."""
    return _make(area, seed).posts.copy()


def truth(area: Area, seed: int = SEED) -> pd.DataFrame:
    """What is true of each post (``draft.TRUTHS``), because it was made up."""
    return _make(area, seed).truth.copy()


def earlier(area: Area, seed: int = SEED) -> pd.DataFrame:
    """Earlier versions of the posts that were edited, oldest first: the same ids, other headlines."""
    return _make(area, seed).earlier.copy()


def runs(area: Area, seed: int = SEED) -> list[Run]:
    """Runs to record, oldest first; one that repeats the last state with nothing new extends it."""
    return ears.runs(ordinary.World(area, seed), _make(area, seed).posts)


def _make(area: Area, seed: int) -> Made:
    known = (area.config, seed)
    if known not in _made:
        world = ordinary.World(area, seed)
        talk = [*plants.posts(world), *ordinary.posts(world)]
        drafts = [*talk, *outlets.posts(world, talk)]
        raw, true = draft.posts(drafts, area, Random(seed))
        _made[known] = Made(raw, true, _earlier(drafts, raw))
    return _made[known]


def _earlier(drafts: list[draft.Draft], raw: pd.DataFrame) -> pd.DataFrame:
    """A row for each headline that stood before the last one, as it was collected then."""
    edited = {d.title: d.before for d in drafts if d.before}
    versions = []
    for _, post in raw[raw["title"].isin(list(edited))].iterrows():
        changes = edited[post["title"]]
        stood = [None, *(at for at, _ in changes[:-1])]
        for since, (_, title) in zip(stood, changes, strict=True):
            seen = post["collected"] if since is None else since
            versions.append({**post, "title": title, "edited": since, "collected": seen})
    result = pd.DataFrame(versions, columns=list(raw.columns))
    for name in TIMES:
        result[name] = pd.to_datetime(result[name], utc=True).astype(UTC_DTYPE)
    return result


def build(url: str, config: str | Path = HOME) -> None:
    """Write the sample's store anew: posts cleaned, analysed and written, then the run history.

    It is built beside its place and renamed when it is whole: a crash leaves nothing half-built.
    """
    area = load(config)
    path = Path(url.removeprefix("sqlite:///"))
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.stem}.building-{os.getpid()}.db")
    try:
        store = connect(f"sqlite:///{beside}")
        try:
            _fill(store, area)
        finally:
            store.close()
        with contextlib.closing(sqlite3.connect(beside)) as raw:
            raw.execute(f"PRAGMA user_version={stamp(Path(config))}")
        _remove(path)
        os.replace(beside, path)
    finally:
        _remove(beside)
        Path(f"{beside}.lock").unlink(missing_ok=True)


def ensure(config: str | Path = HOME, url: str | None = None) -> tuple[Path, bool]:
    """The path of the sample's store, and whether it had to be built now.

    ``url`` puts it elsewhere than the configuration says. It is built where it is absent, and anew
    where its words, its configuration or the code it passes have changed.
    """
    url = url or load(config).store
    path = Path(url.removeprefix("sqlite:///"))
    if path.exists():
        with contextlib.closing(sqlite3.connect(path)) as raw:
            if raw.execute("PRAGMA user_version").fetchone()[0] == stamp(Path(config)):
                return path, False
    build(url, config)
    return path, True


def stamp(config: Path) -> int:
    """A number that changes with the sample's words, the configuration and the code it passes."""
    code = Path(__file__).parents[1]
    data = Path(__file__).parents[2] / "data"
    files = [*config.parent.rglob("*.yaml"), *config.parent.rglob("*.csv"), data / "issues.yaml"]
    files += [f for part in ("lexicons", "models") for f in (data / part).iterdir() if f.is_file()]
    files += [f for part in PARTS for f in (code / part).rglob("*.py")]
    files += [code / "summarise" / f"{name}.py" for name in STORIES]
    whole = hashlib.sha256()
    for file in sorted(files):
        whole.update(file.read_bytes())
    return int.from_bytes(whole.digest()[:4]) & 0x7FFFFFFF


def _fill(store: Store, area: Area) -> None:
    made = _make(area, SEED)
    recent: pd.DataFrame | None = None
    for batch in _batches(made):
        annotated = analyse.run(clean.run(batch, area, KEY), area, recent)
        store.write(annotated, area, batch["collected"].max().to_pydatetime())
        known = annotated if recent is None else pd.concat([recent, annotated])
        recent = known[known["collected"] > known["collected"].max() - BATCH]
        recent = recent[list(copies.COLUMNS)]
    _tell(store, area)
    for run in runs(area):
        store.record(run, {}, lapse=timedelta.max)  # it was heard all the time that lies between two


def _tell(store: Store, area: Area) -> None:
    """Tell the stories as a collector would have: looking back twice a week, the last time at the clock.

    What a look finds counts from when the posts that made it a story had been collected.
    """
    posts = store.posts().sort_values("published")
    last = area.clock or posts["collected"].max().to_pydatetime()
    told = None
    for looks in range((last - posts["published"].min()) // LOOK, -1, -1):
        at = last - looks * LOOK
        told = assigned(posts[posts["published"].between(at - HISTORY, at)], at, told)
    if told is not None:
        store.tell(told, last, store.version)


def _batches(made: Made) -> Iterator[pd.DataFrame]:
    """Posts by the week they were collected in; before the last version of a post, its earlier ones."""
    weeks = (made.posts["collected"] - made.posts["collected"].min()) // BATCH
    for _, batch in made.posts.groupby(weeks):
        for _, version in made.earlier[made.earlier["id"].isin(batch["id"])].groupby(level=0):
            yield version
        yield batch


def _remove(path: Path) -> None:
    """Take a SQLite file away, its log first of all: a log left behind would be read into the next file."""
    for name in (path, Path(f"{path}-wal"), Path(f"{path}-shm")):
        name.unlink(missing_ok=True)
