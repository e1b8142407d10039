"""What is true of PostgreSQL alone: its sentences, several processes at once, restarts in the middle."""

import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from pg_server import EMPTY, Server
from sqlalchemy import Transaction, make_url
from store_posts import AREA, NOW, crowd, post, posts

import listening
from benchmarks.local import configuration, feed_server
from listening.errors import BusyStore, NewerStore, StoreError, WrongKey
from listening.post import Run
from listening.store import Store, connect, keys, opening, postgres
from listening.store.schema import REVISION, metadata

POSTS, CALLS = 2_400, 4


@pytest.fixture
def url(fresh: Callable[[], str]) -> str:
    """Here every store is on the server."""
    return fresh()


@pytest.fixture(scope="module")
def own_server() -> Iterator[Server]:
    """A server that may be taken down without disturbing other tests."""
    running = Server()
    yield running
    running.close()


@pytest.fixture
def on_own(own_server: Server, request: pytest.FixtureRequest) -> Iterator[str]:
    name = "own_" + re.sub(r"\W", "_", request.node.name.lower())[-40:]
    own_server.say(f"CREATE DATABASE {name} TEMPLATE {EMPTY}")
    yield own_server.url(name)
    own_server.say(f"DROP DATABASE {name} WITH (FORCE)")


def test_the_migrations_make_the_tables_of_the_schema(store: Store) -> None:
    def is_ours(name: str | None, kind: str, _parents: object) -> bool:
        return (kind, name) != ("table", "search")

    with store._disk.reading() as connection:
        own = MigrationContext.configure(connection, opts={"include_name": is_ours})
        assert compare_metadata(own, metadata) == []
        assert MigrationContext.configure(connection).get_current_revision() == REVISION


def test_two_processes_open_a_fresh_database_at_once(server: Server, other: Callable[..., Any]) -> None:
    two = [other("open"), other("open")]
    assert [each.hear() for each in two] == ["ready", "ready"]
    for number in range(5):
        server.say(f"CREATE DATABASE bare_{number}")
        for each in two:
            each.tell(server.url(f"bare_{number}"))
        assert [each.hear() for each in two] == ["ok 0", "ok 0"], number
        server.say(f"DROP DATABASE bare_{number} WITH (FORCE)")


def test_who_waits_too_long_for_another_to_open_is_told_so(
    store: Store, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "WAIT_S", 0)
    with store.alone(), pytest.raises(BusyStore, match="being set up by another program: postgresql://"):
        connect(url)
    connect(url).close()


def test_a_newer_database_and_another_programs_are_left_alone(server: Server, store: Store, url: str) -> None:
    with store._disk.writing() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(NewerStore, match=r"a later version of this program wrote it \(store 9999"):
        connect(url)
    with store._disk.writing() as connection:
        connection.exec_driver_sql("ALTER TABLE post RENAME TO parcel")
    with pytest.raises(StoreError, match="this database belongs to another program"):
        connect(url)


def test_what_is_wrong_with_an_address_is_a_sentence_without_the_password(server: Server) -> None:
    folder = server.folder
    hba = folder / "pg_hba.conf"
    before = hba.read_text()
    server.say("CREATE ROLE guest LOGIN PASSWORD 'right'")
    hba.write_text("local all guest scram-sha-256\n" + before)
    server.say("SELECT pg_reload_conf()")
    at = f"host={make_url(server.url('postgres')).query['host']}"
    wrong = {
        f"postgresql://guest:SECRET@/empty_store?{at}": "the server refuses this user or this password",
        f"postgresql://guest@/empty_store?{at}": "the server wants a password",
        f"postgresql://guest@/empty_store?{at}&password=SECRET": "the server refuses this user",
        f"postgresql://guest:right@/empty_store?{at}": "this database user may not do that",
        f"postgresql://postgres:SECRET@/nothing?{at}": "the server knows no such database or user",
        "postgresql://me:SECRET@127.0.0.1:1/listening": "no database server answers there",
        "postgresql://me:SECRET@/listening?host=/nowhere": "no database server answers there",
    }
    try:
        for url, sentence in wrong.items():
            with pytest.raises(StoreError, match=sentence) as told:
                connect(url).posts()
            assert str(told.value).startswith("the store could not be ")
            assert "SECRET" not in str(told.value), url
            assert "postgresql://" in str(told.value)
    finally:
        hba.write_text(before)
        server.say("SELECT pg_reload_conf()")
        server.say("DROP ROLE guest")


def test_a_sentence_names_the_servers_host_and_port_and_nothing_secret(store: Store, url: str) -> None:
    named = make_url(url)
    with closing(connect(f"{url}&application_name=SECRET&port=5432")) as again:
        assert again.where.endswith(f"/{named.database}?host={named.query['host']}&port=5432")


def test_a_database_of_the_same_name_on_another_server_is_another(
    own_server: Server, on_own: str, fresh: Callable[[], str], server: Server
) -> None:
    name = str(make_url(on_own).database)
    server.say(f"CREATE DATABASE {name} TEMPLATE {EMPTY}")
    try:
        with closing(connect(on_own)) as store:
            store.write(posts(post(1)), AREA, NOW)
            assert store.move(server.url(name), NOW)["post"] == 1
    finally:
        server.say(f"DROP DATABASE {name} WITH (FORCE)")


def test_a_database_is_the_same_however_its_address_is_written(store: Store, url: str) -> None:
    named = make_url(url)
    same = f"postgresql:///{named.database}?host={named.query['host']}&port=5432&user={named.username}"
    with pytest.raises(StoreError, match="it is there already"):
        store.move(same, NOW)


def test_a_server_that_is_away_is_not_taken_for_the_key(
    own_server: Server, on_own: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(keys.VARIABLE, raising=False)
    monkeypatch.setattr(postgres, "RESTART_S", 0.5)
    with closing(connect(on_own)) as store:
        own_server.stop()
        try:
            with pytest.raises(StoreError, match=r"opened: postgresql://.*: no database server") as told:
                keys.key(store, replace(AREA, config=tmp_path / "sources.yaml"), make=True)
            assert "listening.key" not in str(told.value)
        finally:
            own_server.start()


def test_the_key_is_beside_the_configuration_and_bound_to_the_store(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(keys.VARIABLE, raising=False)
    area = replace(AREA, config=tmp_path / "sources.yaml")
    made = keys.key(store, area, make=True)
    assert (tmp_path / "listening.key").read_text() == made.hex() + "\n"
    assert keys.key(store, area) == made
    (tmp_path / "listening.key").unlink()
    with pytest.raises(WrongKey, match=r"put .*listening\.key back"):
        keys.key(store, area, make=True)


def test_writers_take_turns_and_a_reader_sees_one_moment(
    store: Store, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres, "WRITES", postgres.WRITES.replace(f"{postgres.BUSY_S}s", "50ms"))
    store.write(posts(post(1)), AREA, NOW)
    with closing(connect(url)) as second, store._disk.reading() as reader:
        count = "SELECT count(*) FROM post"
        assert reader.exec_driver_sql(count).scalar() == 1
        second.write(posts(post(2)), AREA, NOW)
        assert reader.exec_driver_sql(count).scalar() == 1
        with store._disk.writing(), pytest.raises(StoreError, match="another program has held it"):
            second.write(posts(post(3)), AREA, NOW)
        assert len(second.posts()) == 2


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The same posts, written into a file without any accident."""
    with closing(connect(f"sqlite:///{tmp_path_factory.mktemp('whole')}/listening.db")) as store:
        store.write(crowd(POSTS, days=60, seed=11), AREA, NOW)
        yield store


def _completed(store: Store, whole: Store) -> None:
    """Write everything once more; then nothing is lost and nothing is there twice."""
    assert store.recount().empty
    held = len(store.posts(noise=True))
    again = store.write(crowd(POSTS, days=60, seed=11), AREA, NOW)
    assert (again.new, again.unchanged) == (POSTS - held, held)
    found, expected = (s.posts(noise=True).sort_values("id", ignore_index=True) for s in (store, whole))
    pd.testing.assert_frame_equal(found, expected)
    for period in ("day", "week", "month"):
        by = (period, "channel", "issue", "place")
        pd.testing.assert_frame_equal(store.counts(by=by), whole.counts(by=by))
    assert len(store.posts(search="words", noise=True)) == POSTS
    assert store.recount().empty


@pytest.mark.parametrize(
    ("call", "delay"),
    [(1, 0.05), *(pytest.param(*point, marks=pytest.mark.slow) for point in ((0, 0.0), (3, 0.15)))],
)
def test_a_writer_killed_at_any_point_leaves_a_whole_store_and_the_next_run_completes_it(
    url: str, other: Callable[..., Any], whole: Store, call: int, delay: float
) -> None:
    writer = other("write", url, POSTS, CALLS)
    while writer.hear() != f"begin {call}":
        pass
    time.sleep(delay)
    writer.kill()
    with closing(connect(url)) as store:
        _completed(store, whole)


def test_an_open_store_outlives_a_restart(own_server: Server, on_own: str) -> None:
    with closing(connect(on_own)) as store:
        store.write(posts(post(1)), AREA, NOW)
        own_server.stop()
        late = threading.Timer(1.0, own_server.start)
        late.start()
        assert store.posts()["id"].tolist() == ["invented:1"]  # waits for it
        late.join()
        store.write(posts(post(2)), AREA, NOW)
        assert len(store.posts()) == 2


def test_a_server_that_stays_away_is_a_sentence(
    own_server: Server, on_own: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres, "RESTART_S", 0.5)
    with closing(connect(on_own)) as store:
        own_server.stop()
        try:
            with pytest.raises(StoreError, match=r"could not be read: postgresql://.*: no database server"):
                store.posts()
        finally:
            own_server.start()


def test_a_lease_that_could_not_be_given_back_keeps_its_own_process_out_no_more(
    own_server: Server, on_own: str, other: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres, "RESTART_S", 0.5)
    minute = timedelta(minutes=1)
    with closing(connect(on_own)) as store:
        away = pytest.raises(StoreError, match="no database server answers")
        with away, store.lease("collect", NOW):
            own_server.stop()
        own_server.start()
        busy = pytest.raises(BusyStore)
        with store.lease("collect", NOW + minute), busy, store.lease("second", NOW + 2 * minute):
            pytest.fail("two collectors at once")
        collector = other("lease", on_own)
        assert collector.hear() == "held"
        with pytest.raises(BusyStore), store.lease("collect", NOW):
            pytest.fail("two collectors at once")


def test_a_lease_whose_taking_nobody_confirmed_keeps_its_own_process_out_no_more(
    own_server: Server, on_own: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def kept_unheard(self: Any, *failure: object) -> None:
        leave(self, *failure)
        if self.connection.get_execution_options().get("writes"):
            raise gone

    with closing(connect(on_own)) as store:
        gone = StoreError("the database server went away")
        leave = Transaction.__exit__
        monkeypatch.setattr(Transaction, "__exit__", kept_unheard)
        with pytest.raises(StoreError), store.lease("collect", NOW):
            pytest.fail("not confirmed")
        monkeypatch.undo()
        with store.lease("collect", NOW + timedelta(minutes=1)):
            pass


@pytest.mark.parametrize("moment", ["in a transaction", "at any time"])
def test_a_restart_in_the_middle_of_a_collect_loses_nothing_and_doubles_nothing(
    own_server: Server, on_own: str, whole: Store, moment: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Either the collect waits and goes on, or it fails in a sentence and the next one does the rest."""
    reached, failed = threading.Event(), []
    index = postgres.index

    def slow(*given: Any) -> None:
        reached.set()
        if moment == "in a transaction":
            time.sleep(1.5)
        index(*given)

    monkeypatch.setattr(postgres, "index", slow)

    def collect(store: Store) -> None:
        try:
            with store.lease("collect", NOW):
                store.write(crowd(POSTS, days=60, seed=11), AREA, NOW)
                store.record(Run("Forum", NOW, "ok", new=POSTS), {})
        except StoreError as error:
            failed.append(str(error))

    with closing(connect(on_own)) as store:
        collecting = threading.Thread(target=collect, args=(store,))
        collecting.start()
        assert reached.wait(30)
        own_server.stop()
        own_server.start()
        collecting.join(60)
        if moment == "in a transaction":
            assert len(failed) == 1
        for sentence in failed:
            assert "the database server went away; nothing half-written was kept" in sentence
        _completed(store, whole)
        with store.lease("collect", NOW):  # given back, also after the accident
            pass


def test_a_restart_while_a_source_is_kept_is_waited_for_and_the_round_goes_on(
    own_server: Server, on_own: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reached, index = threading.Event(), postgres.index

    def slow(*given: Any) -> None:
        if not reached.is_set():
            reached.set()
            own_server.stop()
            own_server.start()
        index(*given)

    monkeypatch.setattr(postgres, "index", slow)
    item = "<item><guid>urn:1</guid><title>Bins missed</title><link>https://paper.example/1</link></item>"
    feed = f"<rss version='2.0'><channel><title>t</title>{item}</channel></rss>".encode()
    with feed_server({"/one": feed}) as address, closing(connect(on_own)) as store:
        area = listening.load(configuration(tmp_path, {"One": f"{address}/one"}))
        runs = listening.listen(area, store, NOW)
        assert reached.is_set()
        assert runs[["source", "state", "new"]].to_numpy().tolist() == [["One", "ok", 1]]
        assert (len(store.posts()), len(store.runs())) == (1, 1)
