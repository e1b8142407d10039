"""Which area is open, from which store, and at what hour: nothing is drawn here but a spinner.

The configured area is opened where its store has posts; until then, or where the address says
``area=sample``, the sample. Whoever began in the sample stays there: when the first posts of
their own area come, they are told, and nothing changes under their hands.
"""

import gc
import os
import sys
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock

import streamlit as st

from listening import sample
from listening.area import Area, load
from listening.errors import StoreError
from listening.show import ledger
from listening.store import Store, connect, make_folder
from listening.summarise import words

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "data" / "sample" / "sources.yaml"
SQLITE = "sqlite:///"
_building = Lock()  # two readers who open a new installation together wait for one sample


@dataclass(frozen=True)
class Opened:
    """What the pages stand on."""

    area: Area
    store: Store
    now: datetime  # UTC; in the sample it stands still
    remarks: tuple[str, ...] = ()  # quiet sentences about what the address asked for in vain
    own: Area | None = None  # the reader's own area, while the sample is open


def open_area() -> Opened:
    """The area, store and hour that this address and this installation lead to.

    Nothing that was kept of an older version of its store is left in memory then.
    Raises ListeningError where the configuration or a store cannot be read.
    """
    opened = _opened()
    ledger.seen(opened.area.store, opened.store.version)
    _settle(len(sys.modules))
    return opened


@st.cache_resource(max_entries=1, show_spinner=False)
def _settle(modules: int) -> None:
    """Leave what is loaded for good out of Python's search for garbage, when there is more of it.

    Else each search looks through all of pandas and Plotly: it took up to half the time of a page.
    """
    gc.collect()
    gc.freeze()


def _opened() -> Opened:
    asked = st.query_params.get("area", "")
    if asked == "sample":
        return _sample(None)
    own = own_area()
    store = own_store(own)
    if store is not None:
        with suppress(StoreError):  # a store that can be read only says so where something is to be kept
            store.meet(own)
    has_posts = store is not None and not store.empty
    if store is None or which(asked, has_posts, st.session_state.get("began_in_sample", False)) == "sample":
        st.session_state["began_in_sample"] = True
        return _sample(own)
    remark = ("“now” in the address works in the sample area only.",) if "now" in st.query_params else ()
    return Opened(own, store, datetime.now(UTC), remark)


def which(asked: str, has_posts: bool, began_in_sample: bool) -> str:
    """ "own" or "sample": what to open, from the address, the reader's store and their session."""
    if not has_posts:
        return "sample"
    return "sample" if began_in_sample and asked != "own" else "own"


def own_area() -> Area:
    """The configured area: LISTENING_CONFIG or sources.yaml."""
    return _area(Path(os.environ.get("LISTENING_CONFIG") or ROOT / "sources.yaml"))


def own_store(area: Area) -> Store | None:
    """The configured area's store, or None where nothing was ever collected; it is not created here."""
    return _connected(area.store, _identity(area.store)) if _exists(area.store) else None


def made(area: Area) -> Store:
    """The configured area's store, made now where there is none."""
    if not _exists(area.store):
        make_folder(area)
        connect(area.store).close()
    return _connected(area.store, _identity(area.store))


def _sample(own: Area | None) -> Opened:
    area = _area(SAMPLE)
    area = replace(area, store=os.environ.get("LISTENING_SAMPLE_STORE") or area.store)
    if not _exists(area.store):
        with st.spinner("Making the sample area, 26 weeks of invented posts. This is done once."), _building:
            sample.ensure(SAMPLE, area.store)
    store = _connected(area.store, _identity(area.store))
    now, remark = clock(area, st.query_params.get("now"), store.first())
    return Opened(area, store, now, (remark,) if remark else (), own)


def clock(area: Area, asked: str | None, first: datetime | None) -> tuple[datetime, str | None]:
    """The sample's hour: where its clock stands, or the local time asked for, never later than that.

    A time that cannot be read or cannot be had leaves the clock alone, and a sentence says so.
    ``first`` is when the first post was published.
    """
    assert area.clock is not None, "only an area whose clock stands still is replayed"
    if not asked:
        return area.clock, None
    try:
        wanted = datetime.fromisoformat(asked)
        moment = (wanted if wanted.tzinfo else wanted.replace(tzinfo=area.zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        return area.clock, "The address asks for a time we cannot read. Write it as 2026-11-12T09:20."
    if moment > area.clock:
        return area.clock, f"The sample area ends on {words.moment(area.clock, area.zone)}."
    if first is not None and moment < first:
        return area.clock, f"The sample area begins on {words.moment(first, area.zone)}."
    return moment, None


def _area(path: Path) -> Area:
    return _loaded(str(path), _stamp(path))


@st.cache_resource(max_entries=8, show_spinner=False)
def _loaded(path: str, stamp: tuple[float, str | None]) -> Area:
    return load(path)


@st.cache_resource(max_entries=8, show_spinner=False)
def _connected(url: str, identity: int) -> Store:
    store = connect(url)
    store.hold()
    return store


def _stamp(path: Path) -> tuple[float, str | None]:
    """When the configuration was last changed, the newest of its YAML files; and the store named outside."""
    files = [path, *path.parent.glob("*/*.yaml"), *path.parent.glob("data/areas/*/*.yaml")]
    changed = max((f.stat().st_mtime for f in files if f.exists()), default=0.0)
    return changed, os.environ.get("LISTENING_STORE")


def _file(url: str) -> Path | None:
    return Path(url.removeprefix(SQLITE)) if url.startswith(SQLITE) else None


def _exists(url: str) -> bool:
    """Whether there is a store to open; a server's is taken to be there."""
    file = _file(url)
    return file is None or (file.exists() and file.stat().st_size > 0)


def _identity(url: str) -> int:
    """Another number where another file has taken a SQLite store's place."""
    file = _file(url)
    return 0 if file is None else file.stat().st_ino
