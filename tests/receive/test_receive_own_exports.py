"""Out and in again: what the gate let out comes back as it was, column by column, but for who wrote it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pandas as pd
import pytest
from invented import area

from listening import exchange, pipeline
from listening.area import Area
from listening.errors import WordsError
from listening.post import Post, frame
from listening.receive import deed
from listening.share import LEAVES
from listening.store import Store, connect, keys

NOW = datetime(2026, 11, 22, 12, 0, 0, tzinfo=UTC)
HASH = "0123456789abcdef" * 2


def post(number: int, source: str, channel: str, text: str | None, **more: object) -> Post:
    at = NOW - timedelta(hours=number, microseconds=0 if "whole" in more else 1)
    more.pop("whole", None)
    given = {"author": f"writer_{number}x"} | more
    return Post(
        f"feed:{number:x}{HASH[1:]}",
        source,
        channel,
        "post",
        at,
        NOW - timedelta(minutes=number),
        text=text,
        **given,
    )  # type: ignore[arg-type]


POSTS = [
    post(
        1,
        "Page comments",
        "public",
        "The bins in Quarry Hill were missed again. When will they come?",
        title="=Bins?",
    ),
    post(2, "Page comments", "public", "The bins in Quarry Hill were missed again. When will they come?"),
    post(
        3,
        "Page comments",
        "public",
        "Thank you for the swings in Priory Park,\nthey are great & £5 <3",
        score=7,
        replies=2,
    ),
    post(
        4,
        "Contact centre",
        "report",
        "Street light out on Weir Lane",
        author=None,
        url="https://fix.example/report/1",
    ),
    post(
        5,
        "Courier",
        "press",
        "A long story about flooding in Stenby.",
        title="Flooding in Stenby",
        author=None,
    ),
    post(6, "Page comments", "public", "Postcode HV1 1GE has no lights", thread=f"feed:{HASH}", dated=False),
    post(7, "Page comments", "public", "Potholes everywhere", edited=NOW - timedelta(minutes=2)),
]


def filled(folder: Path) -> tuple[Area, Store]:
    folder.mkdir()
    here = area(folder)
    store = connect(here.store)
    pipeline.understand(frame(POSTS), here, store, keys.key(store, here, make=True), NOW)
    return here, store


def let_out(store: Store, here: Area) -> pd.DataFrame:
    rows = exchange._rows(store, here, "posts", None, None, NOW)
    return rows.sort_values("id", ignore_index=True)


@pytest.mark.parametrize("kind", ["csv", "jsonl", "xlsx", "parquet"])
def test_all_that_the_gate_let_out_comes_back(kind: str, tmp_path: Path) -> None:
    here, store = filled(tmp_path / "one")
    out = let_out(store, here)
    file = tmp_path / f"out.{kind}"
    exchange.export(store, here, "posts", kind, file, None, None, NOW)
    (tmp_path / "two").mkdir()
    there = area(tmp_path / "two")
    empty = connect(there.store)
    said = deed.bring_in(empty, there, deed.Asked(file), NOW, lambda line: None, None)
    assert said == f"{len(POSTS)} new, 0 changed, 0 already known."
    assert empty.posts(noise=True)["author"].isna().all()
    back = let_out(empty, there)
    if kind == "xlsx":  # a spreadsheet's time is good to a thousandth of a second
        for rows in (out, back):
            for name in ("published", "collected", "edited"):
                rows[name] = rows[name].dt.round("ms")
    assert list(back.columns) == [c for c in LEAVES if c in out]
    for name in out.columns:
        assert back[name].tolist() == out[name].tolist() or back[name].equals(out[name]), name
    for opened in (store, empty):
        opened.close()


def test_labels_of_another_version_are_made_anew(tmp_path: Path) -> None:
    here, store = filled(tmp_path / "one")
    file = tmp_path / "out.jsonl"
    exchange.export(store, here, "posts", "jsonl", file, None, None, NOW)
    store.close()
    old = file.read_text(encoding="utf-8")
    version = let_out_version(here)
    file.write_text(old.replace(version, "0" * 12).replace("bins-waste", "sport-x"), encoding="utf-8")
    (tmp_path / "two").mkdir()
    there = area(tmp_path / "two")
    empty = connect(there.store)
    deed.bring_in(empty, there, deed.Asked(file), NOW, lambda line: None, None)
    kept = empty.posts(noise=True)
    empty.close()
    assert set(kept["version"]) == {version}
    assert ["bins-waste"] in kept["issues"].tolist()


def let_out_version(here: Area) -> str:
    from listening.analyse import version

    return version(here)


def test_a_file_cannot_take_a_flag_away(tmp_path: Path) -> None:
    here, store = filled(tmp_path / "one")
    bad = frame([post(9, "Page comments", "public", "Cllr Bates is a crook and takes bribes in Stenby")])
    pipeline.understand(bad, here, store, keys.key(store, here), NOW)
    flags = {r.id: r.flags for r in store.posts(noise=True).itertuples()}[bad["id"][0]]
    file = tmp_path / "out.parquet"
    held = store.posts(noise=True).drop(columns="author").assign(flags="")
    held.map(lambda v: "; ".join(map(str, v)) if isinstance(v, list) else v).drop(
        columns="evidence"
    ).to_parquet(file)
    store.close()
    (tmp_path / "two").mkdir()
    there = area(tmp_path / "two")
    empty = connect(there.store)
    deed.bring_in(empty, there, deed.Asked(file), NOW, lambda line: None, None)
    back = {r.id: r.flags for r in empty.posts(noise=True).itertuples()}[bad["id"][0]]
    empty.close()
    assert "accusation" in flags
    assert back == flags


def test_counts_are_no_posts_and_do_not_come_back(tmp_path: Path) -> None:
    here, store = filled(tmp_path / "one")
    file = tmp_path / "counts.csv"
    exchange.export(store, here, "counts", "csv", file, None, None, NOW + timedelta(days=2))
    with pytest.raises(WordsError, match=r"no column of counts\.csv reads as text"):
        deed.bring_in(store, here, deed.Asked(file, "Contact centre"), NOW, lambda line: None, None)
    store.close()
