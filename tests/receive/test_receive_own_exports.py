"""Out and in again: what the gate let out comes back as it was, column by column, but for who wrote it."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pandas as pd
import pytest
from invented_council import area

from listening import collect, exchange, pipeline
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
    # Under `headline_link` a post without a title leaves with its labels and no words at all.
    post(10, "Courier", "press", "Bins in Stenby were missed again, the council says.", author=None),
    post(11, "Courier", "press", "Potholes on Mill Lane in Quarry Hill.", author=None),
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


def test_without_words_the_labels_of_any_version_come_back_and_stay(tmp_path: Path) -> None:
    here, store = filled(tmp_path / "one")
    file = tmp_path / "out.csv"
    exchange.export(store, here, "posts", "csv", file, None, None, NOW)
    store.close()
    file.write_text(
        file.read_text(encoding="utf-8").replace(let_out_version(here), "0" * 12), encoding="utf-8"
    )
    (tmp_path / "two").mkdir()
    there = area(tmp_path / "two")
    empty = connect(there.store)
    lines: list[str] = []
    deed.bring_in(empty, there, deed.Asked(file), NOW, lines.append, None)
    assert "2 rows hold no words, for none were let out; their labels come in." in lines
    pipeline.retag(there, empty, NOW, every=True, make=partial(ThreadPoolExecutor, 1))
    kept = empty.posts(noise=True).set_index("id")
    empty.close()
    wordless = kept[kept["title"].isna() & kept["text"].isna()]
    assert wordless["issues"].tolist() == [["bins-waste"], ["roads-potholes"]]
    assert wordless["wards"].tolist() == [[], ["Quarry Hill"]]


def test_an_export_takes_no_words_away_from_the_store_it_left(tmp_path: Path) -> None:
    here, store = filled(tmp_path / "one")
    before = store.posts(noise=True)["text"].tolist()
    file = tmp_path / "out.csv"
    exchange.export(store, here, "posts", "csv", file, None, None, NOW)
    assert brought(store, here, file) == f"0 new, 0 changed, {len(POSTS)} already known."
    assert store.posts(noise=True)["text"].tolist() == before
    store.close()


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


# An id of each kind of source as its collector makes it, and of what people bring in themselves.
IDS = {
    "feed": f"feed:{HASH}",
    "reddit": "reddit:t1_lx2abc9",
    "facebook_page": "facebook_page:100200300400_500600700",
    "fixmystreet": "fixmystreet:www.fixmystreet.example/5231",
    "moderngov": "moderngov:democracy.haverdale.example/1234",
    "govuk": f"govuk:{HASH}",
    "lga": f"lga:{HASH}",
    "floods": "floods:999WAF001/2026-11-15T18:55",
    "mastodon": "mastodon:social.example:8443/113498765432109876",
    "bluesky": f"bluesky:{HASH}",
    "heard": f"heard:{HASH}",
    "import": f"import:{HASH}",
}


def test_an_id_of_every_kind_of_source_is_tried() -> None:
    assert set(IDS) == {*collect.KINDS, "heard", "import"}


def holding(folder: Path, name: str) -> tuple[Area, Store]:
    """An area whose store holds one post of this id, in a thread of the same kind."""
    here = area(folder)
    store = connect(here.store)
    given = [replace(POSTS[1], id=name, thread=name)]
    pipeline.understand(frame(given), here, store, keys.key(store, here, make=True), NOW)
    return here, store


def brought(store: Store, here: Area, file: Path) -> str:
    return deed.bring_in(store, here, deed.Asked(file), NOW, lambda line: None, None)


@pytest.mark.parametrize("form", ["csv", "jsonl", "xlsx", "parquet"])
@pytest.mark.parametrize("kind", IDS)
def test_an_export_doubles_nothing_and_brings_nothing_deleted_back(
    kind: str, form: str, tmp_path: Path
) -> None:
    here, store = holding(tmp_path, IDS[kind])
    file = tmp_path / f"out.{form}"
    exchange.export(store, here, "posts", form, file, None, None, NOW)
    assert brought(store, here, file) == "0 new, 0 changed, 1 already known."
    assert store.posts(noise=True)[["id", "thread"]].values.tolist() == [[IDS[kind], IDS[kind]]]
    store.gone([IDS[kind]], here, NOW)
    refused = "0 new, 0 changed, 0 already known. 1 were erased before and stay out."
    assert brought(store, here, file) == refused
    store.close()


def test_what_was_erased_on_request_stays_out(tmp_path: Path) -> None:
    here, store = holding(tmp_path, IDS["fixmystreet"])
    file = tmp_path / "out.jsonl"
    exchange.export(store, here, "posts", "jsonl", file, None, None, NOW)
    store.erase(here, NOW, ids=[IDS["fixmystreet"]], role="operator")
    assert brought(store, here, file).endswith("1 were erased before and stay out.")
    assert store.posts(noise=True).empty
    store.close()


@pytest.mark.parametrize("name", [
    IDS["facebook_page"], "mastodon:social.example/JaneSmith", "floods:jane smith/2026-11-15T18:55",
    f"jane_smith:{HASH}",
])  # fmt: skip
def test_an_id_that_may_name_a_writer_is_hashed_in_a_file_without_our_note(name: str, tmp_path: Path) -> None:
    here, store = holding(tmp_path, IDS["feed"])
    file = tmp_path / "out.jsonl"
    exchange.export(store, here, "posts", "jsonl", file, None, None, NOW)
    rows = file.read_text(encoding="utf-8").partition("\n")[2].replace(IDS["feed"], name)
    file.write_text(rows.replace(IDS["feed"].replace("/", r"\/"), name), encoding="utf-8")
    assert brought(store, here, file).startswith("1 new")
    held = set(store.posts(noise=True)[["id", "thread"]].values.ravel()) - {IDS["feed"]}
    assert [str(v).partition(":")[0] for v in held] == ["import"]
    store.close()


@pytest.mark.parametrize("number", [1e300, 99_999_999_999, -1, 2**31])
def test_a_count_no_store_keeps_is_no_count(number: float, tmp_path: Path) -> None:
    here, store = holding(tmp_path, IDS["feed"])
    store.close()
    line = {"id": f"feed:{HASH[::-1]}", "source": "Page comments", "channel": "public", "kind": "post",
            "published": "2026-11-21T10:00:00Z", "collected": "2026-11-21T10:00:00Z", "version": "0",
            "text": "Bins in Stenby", "replies": number, "score": number}  # fmt: skip
    file = tmp_path / "out.jsonl"
    file.write_text(json.dumps(line) + "\n", encoding="utf-8")
    again = connect(here.store)
    assert brought(again, here, file).startswith("1 new")
    kept = again.posts(noise=True).set_index("id").loc[line["id"]]
    again.close()
    assert kept[["replies", "score"]].isna().all()
