"""The key: made once, bound to its store, missed aloud."""

import stat
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from store_posts import AREA, ONLY_SQLITE

from listening.errors import StoreError, WrongKey
from listening.store import Store, connect, keys


@pytest.fixture(autouse=True)
def _no_key_around(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(keys.VARIABLE, raising=False)


def _file(store: Store) -> Path:
    return store.path.with_name("listening.key")


@ONLY_SQLITE
def test_a_key_is_made_once_beside_the_store_for_its_owner_alone(store: Store) -> None:
    made = keys.key(store, AREA, make=True)
    assert len(made) == 32
    assert _file(store).read_text() == made.hex() + "\n"
    assert stat.S_IMODE(_file(store).stat().st_mode) == 0o600
    assert keys.key(store, AREA) == keys.key(store, AREA, make=True) == made
    assert [f.name for f in store.path.parent.glob("*key*")] == ["listening.key"]


@ONLY_SQLITE
def test_the_store_keeps_a_fingerprint_and_not_the_key(store: Store) -> None:
    made = keys.key(store, AREA, make=True)
    data = b"".join(f.read_bytes() for f in store.path.parent.glob("listening.db*"))
    assert made.hex().encode() not in data
    assert made not in data


@ONLY_SQLITE
def test_no_key_is_made_unasked(store: Store) -> None:
    with pytest.raises(WrongKey, match="no key for pseudonyms yet: Haverdale: the first collect or import"):
        keys.key(store, AREA)
    assert not _file(store).exists()


@ONLY_SQLITE
def test_a_missing_key_is_missed_and_never_made_anew(store: Store) -> None:
    keys.key(store, AREA, make=True)
    _file(store).unlink()
    with pytest.raises(
        WrongKey, match=r"key for pseudonyms is missing: Haverdale: put .*listening\.key back"
    ):
        keys.key(store, AREA, make=True)
    assert not _file(store).exists()


@ONLY_SQLITE
def test_another_key_is_refused_in_the_file_and_in_the_environment(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys.key(store, AREA, make=True)
    monkeypatch.setenv("LISTENING_KEY", "ab" * 32)
    with pytest.raises(WrongKey, match="not the one this store was begun with: Haverdale: LISTENING_KEY"):
        keys.key(store, AREA)
    monkeypatch.delenv("LISTENING_KEY")
    _file(store).write_text("cd" * 32)
    with pytest.raises(WrongKey, match=r"begun with: Haverdale: .*listening\.key has the fingerprint"):
        keys.key(store, AREA)


@ONLY_SQLITE
def test_the_environment_comes_before_the_file(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LISTENING_KEY", " " + "AB" * 32 + "\n")
    assert keys.key(store, AREA, make=True) == bytes.fromhex("ab" * 32)
    assert not _file(store).exists()
    monkeypatch.delenv("LISTENING_KEY")
    _file(store).write_text("ab" * 32)
    assert keys.key(store, AREA) == bytes.fromhex("ab" * 32)


@ONLY_SQLITE
@pytest.mark.parametrize("words", ["", "secret", "ab" * 31, "zz" * 32])
def test_what_is_no_key_is_refused_and_never_repeated(store: Store, words: str) -> None:
    _file(store).write_text(words)
    with pytest.raises(WrongKey, match=r"must be 64 hexadecimal digits: .*listening\.key") as told:
        keys.key(store, replace(AREA, name="Here"), make=True)
    assert not words or words not in str(told.value)


@ONLY_SQLITE
def test_a_file_that_resists_is_named_as_the_key_and_not_as_the_store(store: Store) -> None:
    _file(store).mkdir()
    with pytest.raises(StoreError, match=r"^the key could not be read: .*listening\.key: Is a directory$"):
        keys.key(store, AREA)


@ONLY_SQLITE
def test_a_key_is_carried_only_where_it_is_and_over_no_other(store: Store, tmp_path: Path) -> None:
    to = f"sqlite:///{tmp_path}/new/listening.db"
    old, new = _file(store), tmp_path / "new" / "listening.key"
    new.parent.mkdir()
    assert keys.carried(store, to, AREA) is None  # it has had none yet
    made = keys.key(store, AREA, make=True)
    assert keys.carried(store, to, AREA) == (
        f"Carry the key for pseudonyms along, or collecting stops: copy {old} to {new}"
    )
    new.write_text("cd" * 32)
    assert keys.carried(store, to, AREA) == (
        f"Another store's key for pseudonyms is at {new}: leave it there, and set LISTENING_KEY "
        f"to what stands in {old}, or collecting stops"
    )
    new.unlink()
    old.unlink()
    assert keys.carried(store, to, AREA) == (
        f"The key for pseudonyms is not at {old}, and collecting stops without it: "
        f"put it back from your backup, as {new}"
    )
    new.write_text(made.hex() + "\n")
    assert keys.carried(store, to, AREA) is None


def test_two_processes_that_begin_at_once_agree(tmp_path: Path, other: Callable[..., Any]) -> None:
    two = [other("key"), other("key")]
    assert [each.hear() for each in two] == ["ready", "ready"]
    for number in range(5):
        (tmp_path / str(number)).mkdir()
        url = f"sqlite:///{tmp_path}/{number}/listening.db"
        for each in two:
            each.tell(url)
        first, second = (each.hear() for each in two)
        assert first == second
        store = connect(url)
        assert keys.key(store, AREA).hex() == first
        store.close()
