"""A slip of the pen in a question is answered with a sentence, never with a quiet nought."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete
from store_posts import AREA, DAY, NOW, crowd, post, posts

from listening.area import Issue, Source
from listening.errors import WordsError
from listening.store import Store, connect
from listening.store.schema import meta

WEEK = (NOW - 7 * DAY, NOW)
NEW = replace(
    AREA,
    issues=(*AREA.issues, Issue("swans", "Swans", "parks")),
    sources=(*AREA.sources, Source("Quiet ear", "feed", "public")),
)


@pytest.fixture
def told(store: Store) -> Store:
    store.write(crowd(60, days=6, seed=2), AREA, NOW)
    return store


@pytest.mark.parametrize(
    ("ask", "sentence"),
    [
        (lambda s: s.posts(issues=["bin"]), r"issue must be one of any, none, bins, .*; got 'bin'; did you"),
        (
            lambda s: s.posts(sources=["forum"]),
            r"source must be one of Chat, .*; got 'forum'; did you mean Fo",
        ),
        (lambda s: s.posts(channels=["publik"]), r"channel must be one of press, .*; got 'publik'; did you"),
        (lambda s: s.tally(*WEEK, issues=["bin"]), "issue must be one of .*; got 'bin'"),
        (lambda s: s.tally(*WEEK, channels=["publik"]), "channel must be one of .*; got 'publik'"),
        (lambda s: s.counts(by="day", issues=["bin"]), "issue must be one of .*; got 'bin'"),
        (lambda s: s.counts(by="day", channels=["publik"]), "channel must be one of .*; got 'publik'"),
        (lambda s: s.noise(*WEEK, channels=["publik"]), "channel must be one of .*; got 'publik'"),
        (lambda s: s.posts(limit=-1), "limit must be a whole number from 0; got -1"),
        (lambda s: s.posts("2026-11-09"), "a time must be a datetime with its zone, .*; got '2026-11-09'"),
        (lambda s: s.posts(date(2026, 11, 9)), r"a time must be a datetime .*; got datetime.date\(2026"),
        (lambda s: s.posts(NOW.replace(tzinfo=None)), "a time needs its zone"),
        (lambda s: s.tally(date(2026, 11, 9), NOW), "a time must be a datetime"),
        (lambda s: s.tally(NOW, "2026-11-09"), "a time must be a datetime"),
        (lambda s: s.counts(since="2026-11-01"), "a time must be a datetime"),
    ],
)
@pytest.mark.parametrize("holds", [False, True])
def test_a_slip_is_a_sentence(
    told: Store, url: str, ask: Callable[[Store], Any], sentence: str, holds: bool
) -> None:
    opened = connect(url)
    if holds:
        opened.hold()
        assert opened.held()
    with pytest.raises(WordsError, match=sentence):
        ask(opened)
    opened.close()


def test_what_merely_has_no_post_is_a_quiet_nought(told: Store) -> None:
    assert told.posts(issues=["lamps"], sources=["Courier"], channels=["heard"]).empty
    assert told.tally(*WEEK, issues=["lamps"])["posts"].tolist() == [0]
    assert told.counts(by="day", issues=["lamps"]).empty


def test_a_new_issue_is_known_before_it_has_a_post(told: Store, url: str) -> None:
    server = connect(url)
    server.hold()
    assert server.held()
    with pytest.raises(WordsError, match="'swans'"):
        server.posts(issues=["swans"])
    version = told.version
    told.meet(NEW)
    assert told.version == version + 1
    for each in (told, server):
        assert each.posts(issues=["swans"], sources=["Quiet ear"]).empty
        assert each.tally(*WEEK, issues=["swans"])["posts"].tolist() == [0]
    told.meet(AREA)
    told.meet(NEW)
    assert told.version == version + 1, "nothing is forgotten, so nothing is new"
    server.close()


def test_what_left_the_area_is_still_known(store: Store) -> None:
    store.write(posts(post(1, issues=["swans"], source="Old ear")), AREA, NOW)
    assert len(store.posts(issues=["swans"], sources=["Old ear"])) == 1
    store.purge(AREA, NOW + 200 * DAY)
    assert store.posts(issues=["swans"], sources=["Old ear"]).empty
    assert store.counts(by="day", issues=["swans"])["posts"].tolist() == [1]


def test_a_store_that_has_learnt_no_words_lets_them_pass(store: Store, told: Store) -> None:
    with store._disk.writing() as connection:  # as an older version left it
        connection.execute(delete(meta).where(meta.c.key.in_(["issues", "sources"])))
    assert store.posts(issues=["bin"], sources=["forum"]).empty


def test_an_empty_store_answers_every_issue_and_source_with_nothing(store: Store) -> None:
    store.meet(AREA)
    assert store.posts(issues=["bins"], sources=["Forum"]).empty
    assert store.tally(*WEEK, issues=["bins"])["posts"].tolist() == [0]


def test_one_name_by_itself_is_a_list_of_one(told: Store) -> None:
    for name, word in (("wards", "Weirside"), ("towns", "Stenby"), ("channels", "public"),
                       ("sources", "Forum"), ("issues", "bins")):  # fmt: skip
        assert told.posts(**{name: word})["id"].tolist() == told.posts(**{name: [word]})["id"].tolist() != []
    assert told.posts(columns="id").columns.tolist() == ["id"]
    alone = {"wards": "Weirside", "issues": "bins", "channels": "public", "figures": "posts"}
    assert told.tally(*WEEK, **alone).equals(told.tally(*WEEK, **{k: [v] for k, v in alone.items()}))
    one = {"places": "Weirside", "issues": "bins", "channels": "public", "figures": "posts"}
    assert told.counts(by="day", **one).equals(told.counts(by="day", **{k: [v] for k, v in one.items()}))
    assert told.noise(*WEEK, channels="public").equals(told.noise(*WEEK))


def test_a_path_is_no_address() -> None:
    with pytest.raises(WordsError, match=r"store must be an address like sqlite:///.*; got .*Path"):
        connect(Path("data/listening.db"))  # type: ignore[arg-type]
