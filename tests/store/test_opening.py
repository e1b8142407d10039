"""Opening: made once, by whoever is first; refused where it is not ours, or newer."""

import os
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect
from store_posts import AREA, NOW, ONLY_SQLITE, post, posts

from listening.errors import BusyStore, NewerStore, StoreError, WordsError
from listening.store import Store, connect, opening, sqlite
from listening.store.schema import REVISION, metadata


def test_two_processes_open_a_fresh_store_at_once_20_times_of_20(
    tmp_path: Path, other: Callable[..., Any]
) -> None:
    two = [other("open"), other("open")]
    assert [each.hear() for each in two] == ["ready", "ready"]
    for number in range(20):
        (tmp_path / f"fresh-{number}").mkdir()
        for each in two:
            each.tell(f"sqlite:///{tmp_path}/fresh-{number}/listening.db")
        assert [each.hear() for each in two] == ["ok 0", "ok 0"], number


def _is_table(name: str | None, kind: str, _parents: object) -> bool:
    return kind != "table" or not str(name).startswith("search")  # FTS5 and its shadows


@ONLY_SQLITE
def test_the_migrations_make_the_tables_of_the_schema(store: Store) -> None:
    with store._disk.reading() as connection:
        own = MigrationContext.configure(connection, opts={"include_name": _is_table})
        assert compare_metadata(own, metadata) == []
        stands = MigrationContext.configure(connection).get_current_revision()
        rowless = {
            name: "WITHOUT ROWID" in connection.exec_driver_sql(
                "SELECT sql FROM sqlite_master WHERE name = ?", (name,)
            ).scalar_one()
            for name in inspect(connection).get_table_names()
            if not name.startswith("search")
        }  # fmt: skip
    assert stands == REVISION
    assert {name for name, without in rowless.items() if without} == {"counts", "mention", "sketch", "spot"}


def test_a_store_opened_again_is_as_it_was(store: Store, url: str) -> None:
    store.write(posts(post(1)), AREA, NOW)
    again = connect(url)
    assert again.posts()["id"].tolist() == ["invented:1"]
    again.close()


@ONLY_SQLITE
def test_a_store_of_the_first_version_can_be_searched_when_it_is_opened(store: Store) -> None:
    store.write(posts(*(post(n, text=f"Gate {n}, wheelie-bin.") for n in range(1_100))), AREA, NOW)
    with sqlite3.connect(store.path) as raw:
        for table in ("search", "sketch", "story_post", "story"):
            raw.execute(f"DROP TABLE {table}")
        raw.execute("UPDATE alembic_version SET version_num = '0001'")
    raw.close()
    store.close()
    again = connect(f"sqlite:///{store.path}")
    assert len(again.posts(search="wheeliebin")) == 1_100
    assert again.posts(search="1099")["id"].tolist() == ["invented:1099"]
    again.close()


@ONLY_SQLITE
def test_the_settings_are_those_that_keep_the_file_whole_and_clean(store: Store) -> None:
    expected = {
        "journal_mode": "wal", "foreign_keys": 1, "busy_timeout": 15_000, "synchronous": 1,
        "secure_delete": 1, "temp_store": 2,
    }  # fmt: skip
    with store._disk.reading() as connection:
        told = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in expected}
    assert told == expected


@pytest.mark.parametrize("revision", [f"{int(REVISION) + 1:04}", "a1b2"])
def test_a_newer_store_is_refused_in_a_sentence(tmp_path: Path, revision: str) -> None:
    url = f"sqlite:///{tmp_path}/listening.db"
    connect(url).close()
    with sqlite3.connect(tmp_path / "listening.db") as raw:
        raw.execute("UPDATE alembic_version SET version_num = ?", (revision,))
    raw.close()
    with pytest.raises(NewerStore, match=rf"a later version of this program wrote it \(store {revision}"):
        connect(url)


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        (
            "postgresql://user:secret@host",
            r"or a PostgreSQL database, .*; got 'postgresql://user:\*\*\*@host",
        ),
        ("postgresql:/user:secret@host/a", r"store must be like .*; got 'postgresql:/user:\*\*\*@host/a'"),
        (
            "postgresql://u:SECRET@SECRET@127.0.0.1:1/x",
            r"each @ in its password written %40; got 'postgresql://u:\*\*\*@127.0.0.1:1/x'",
        ),
        ("postgresql://u:SECRET@SEC/RET@host/x", r"written %40; got 'postgresql://u:\*\*\*@host/x'"),
        ("postgresql:/u:SECRET@SECRET@host/x", r"got 'postgresql:/u:\*\*\*@host/x'"),
        (
            "postgresql://u:/SECRET@host:port/x",
            r"a number for its port, .*'postgresql://u:\*\*\*@host:port/x'",
        ),
        (
            "postgresql://host:port/x",
            "port, like postgresql://user@host:5432/listening; got",
        ),
        ("u:SECRET@SECRET@host/x", r"got 'u:\*\*\*@host/x'"),
        ("my/own/u:SECRET@host/x", r"got 'my/own/u:\*\*\*@host/x'"),
        ("mysql://host/listening", "store must name a SQLite file"),
        ("sqlite://", "store must name a SQLite file"),
        ("sqlite:///:memory:", "store must name a SQLite file"),
        ("data/listening.db", "store must be like sqlite:///data/listening.db; got 'data/listening.db'"),
    ],
)
def test_an_address_that_is_no_sqlite_file_is_refused(url: str, sentence: str) -> None:
    with pytest.raises(WordsError, match=sentence) as told:
        connect(url)
    assert "SEC" not in str(told.value)


def test_what_is_no_database_is_left_alone_and_refused(tmp_path: Path) -> None:
    file = tmp_path / "listening.db"
    file.write_text("a letter to the council, " * 100)
    with pytest.raises(StoreError, match=r"the store could not be opened: .*: this file is not a database"):
        connect(f"sqlite:///{file}")
    assert file.read_text() == "a letter to the council, " * 100


def test_another_programs_database_is_left_alone_and_refused(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "listening.db") as raw:
        raw.execute("CREATE TABLE recipes (name TEXT)")
    raw.close()
    with pytest.raises(StoreError, match="this database belongs to another program"):
        connect(f"sqlite:///{tmp_path}/listening.db")


def test_a_folder_that_cannot_be_made_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file where the folder should be")
    with pytest.raises(StoreError, match=r"the store could not be opened: .*data/listening\.db"):
        connect(f"sqlite:///{tmp_path}/data/listening.db")


def test_a_folder_that_is_missing_is_said_and_not_made(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"nope/x\.db: there is no folder .*nope; make it first, or mend"):
        connect(f"sqlite:///{tmp_path}/nope/x.db")
    assert not (tmp_path / "nope").exists()


def test_the_configured_folder_is_made_where_it_lies_beside_the_configuration(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    for folder, made in (("home/data", True), ("elsewhere", False)):
        file = tmp_path / folder / "listening.db"
        opening.make_folder(replace(AREA, config=home / "sources.yaml", store=f"sqlite:///{file}"))
        assert file.parent.exists() is made


def test_what_the_system_says_is_told_once_and_without_its_number(tmp_path: Path) -> None:
    (tmp_path / "listening.db.lock").mkdir()
    sentence = f"the store could not be opened: {tmp_path}/listening.db: Is a directory"
    with pytest.raises(StoreError, match=f"^{sentence}$"):
        connect(f"sqlite:///{tmp_path}/listening.db")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_is_a_sentence(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(StoreError, match="the store could not be opened"):
        connect(f"sqlite:///{tmp_path}/listening.db")


def test_who_waits_too_long_for_another_to_open_is_told_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "WAIT_S", 0)
    path = tmp_path / "listening.db"
    with opening.beside(path), pytest.raises(BusyStore, match="being set up by another program"):
        connect(f"sqlite:///{path}")
    connect(f"sqlite:///{path}").close()


def test_a_store_held_by_another_writer_is_a_sentence_and_a_reader_is_not_in_the_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "SETTINGS", ("PRAGMA busy_timeout=50", *sqlite.SETTINGS[1:]))
    store = connect(f"sqlite:///{tmp_path}/listening.db")
    with store._disk.reading() as reader:
        reader.exec_driver_sql("SELECT * FROM post").fetchall()
        store.write(posts(post(1)), AREA, NOW)
    with store._disk.writing():
        assert len(store.posts()) == 1
        with pytest.raises(StoreError, match=r"could not be written: .*another program has held it"):
            store.write(posts(post(2)), AREA, NOW)
    store.close()


@ONLY_SQLITE
def test_a_full_disk_is_a_sentence_and_nothing_half_written_is_kept(store: Store) -> None:
    store.write(posts(post(1)), AREA, NOW)
    with store._disk.reading() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")
    large = posts(*(post(n, text="x" * 5000) for n in range(2, 400)))
    with pytest.raises(StoreError, match=r"could not be written: .*the disk is full; make room"):
        store.write(large, AREA, NOW)
    assert store.posts()["id"].tolist() == ["invented:1"]
    assert store.counts(by="day")["posts"].tolist() == [1]


def test_text_that_has_no_bytes_is_a_sentence(store: Store) -> None:
    with pytest.raises(StoreError, match="could not be written"):
        store.write(posts(post(1, text="half a \ud83d surrogate")), AREA, NOW)
    assert store.empty
