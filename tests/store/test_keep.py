"""What may stay and what must go: purge, erasure, deletion upstream, frozen days."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import inspect
from store_posts import AREA, DAY, NOW, ONLY_SQLITE, crowd, post, posts, voice

from listening.errors import WordsError
from listening.store import Store, Written, connect, sqlite

ALL = {"issues": ["bins", "potholes", "flooding", "any", "none", "sport"]}
LATER = NOW + 89 * DAY + timedelta(hours=20)  # what was collected a day before NOW is over


def _bytes(store: Store) -> bytes:
    """All that is held: the files, or every row of every table as words."""
    if store.path is not None:
        return b"".join(file.read_bytes() for file in store.path.parent.glob("listening.db*"))
    with store._disk.reading() as connection:
        tables = inspect(connection).get_table_names()
        each = (connection.exec_driver_sql(f"SELECT t::text FROM {name} t").scalars() for name in tables)
        return "\n".join(row for rows in each for row in rows).encode()


def _counts(store: Store, period: str = "day") -> pd.DataFrame:
    return store.counts(by=(period, "channel", "issue", "place"), **ALL)  # type: ignore[arg-type]


def test_text_leaves_when_its_time_is_over_and_the_counts_stay(store: Store) -> None:
    store.write(crowd(200, days=120, seed=3), AREA, NOW)
    before = {p: _counts(store, p) for p in ("day", "week", "month")}
    gone = store.posts(until=NOW - 90 * DAY, noise=True)
    chat = store.posts(since=NOW - 90 * DAY, until=NOW - 30 * DAY, sources=["Chat"], noise=True)
    assert len(gone) > 20
    assert len(chat) > 20
    assert store.purge(AREA, NOW) == len(gone) + len(chat)
    assert store.posts(until=NOW - 90 * DAY, noise=True).empty
    assert store.posts(until=NOW - 30 * DAY, sources=["Chat"], noise=True).empty
    for period, frame in before.items():
        pd.testing.assert_frame_equal(_counts(store, period), frame)
    assert store.purge(AREA, NOW) == 0
    assert store.recount().empty


@ONLY_SQLITE
def test_no_byte_of_a_purged_post_is_left_and_every_byte_of_the_others_is(store: Store) -> None:
    random, old, new = Random(1), NOW - 100 * DAY, NOW - 2 * DAY
    marks = [f"{random.getrandbits(96):024x}" for _ in range(3000)]  # in no order: pages split, cells move
    planted = {n: random.random() < 0.5 for n in range(3000)}

    def made(n: int, collected: datetime, letter: str) -> dict[str, Any]:
        text = f"PLANT{marks[n]} " + letter * random.randrange(2500)
        return post(n, id=f"p:{marks[n]}", author=f"v{marks[n]}", text=text, url=None, collected=collected)

    for part in range(0, 3000, 500):
        numbers = range(part, part + 500)
        store.write(posts(*(made(n, old if planted[n] else new, "x") for n in numbers)), AREA, NOW)
        again = random.sample(range(part + 500), 80)
        store.write(posts(*(made(n, new, "y") for n in again)), AREA, NOW)
    assert store.purge(AREA, NOW) == sum(planted.values())
    data = _bytes(store)
    # the ends of the marks: the search index leaves out what a word's beginning shares with the one before
    left = {n for n in range(3000) if marks[n][-12:].encode() in data}
    assert left == {n for n in range(3000) if not planted[n]}


def test_a_reader_in_the_way_delays_the_scrubbing_and_the_next_purge_makes_up_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "SETTINGS", ("PRAGMA busy_timeout=50", *sqlite.SETTINGS[1:]))
    store = connect(f"sqlite:///{tmp_path}/listening.db")
    store.write(posts(post(1, published=NOW - 100 * DAY, text="PLANTED")), AREA, NOW)
    with store._disk.reading() as reader:
        reader.exec_driver_sql("SELECT text FROM post").fetchall()
        assert store.purge(AREA, NOW) == 1
    assert b"planted" in _bytes(store).lower()
    assert store.purge(AREA, NOW) == 0
    assert b"planted" not in _bytes(store).lower()
    store.close()


def test_a_week_that_ended_while_nothing_was_written_is_counted_before_its_text_leaves(store: Store) -> None:
    store.write(posts(post(1, published=NOW)), AREA, NOW)
    assert store.purge(AREA, NOW + 100 * DAY) == 1
    assert store.counts(by="week")[["posts", "voices"]].values.tolist() == [[1, 1]]
    assert store.counts(by="month")[["posts", "voices"]].values.tolist() == [[1, 1]]


def test_the_shorter_of_keep_and_retention_holds(store: Store) -> None:
    then = NOW - 10 * DAY
    store.write(posts(post(1, published=then), post(2, published=then, source="Chat")), AREA, NOW)
    short = replace(AREA, retention=timedelta(days=20))
    assert store.purge(short, then + 20 * DAY - timedelta(seconds=1)) == 0
    assert store.purge(short, then + 20 * DAY) == 2


def test_in_an_invented_area_nothing_is_purged(store: Store) -> None:
    area = replace(AREA, invented=True)
    store.write(posts(post(1)), area, NOW)
    assert store.purge(area, NOW + 4000 * DAY) == 0
    assert len(store.posts()) == 1


def test_a_late_post_for_a_frozen_day_is_stored_and_read_but_not_counted(store: Store) -> None:
    store.write(posts(post(1), post(2, published=NOW, collected=NOW)), AREA, NOW)
    store.purge(AREA, LATER)
    before = _counts(store)
    late = post(3, collected=LATER, wards=["Weirside"])
    assert store.write(posts(late), AREA, LATER) == Written(new=1, late=1)
    assert store.posts(wards=["Weirside"])["id"].tolist() == ["invented:3"]
    pd.testing.assert_frame_equal(_counts(store), before)
    assert store.tally(NOW - 7 * DAY, NOW)["posts"].tolist() == [0]
    edit = late | {
        "text": "New.",
        "issues": ["potholes"],
        "issue_tones": ["neutral"],
        "collected": LATER + DAY,
    }
    assert store.write(posts(edit), AREA, LATER + DAY) == Written(edited=1)
    pd.testing.assert_frame_equal(_counts(store), before)
    assert store.tally(NOW - 7 * DAY, NOW)["posts"].tolist() == [0]


def test_posts_of_a_frozen_day_are_not_tagged_anew(store: Store) -> None:
    store.write(posts(post(1), post(2, collected=NOW + 9 * DAY)), AREA, NOW)
    store.purge(AREA, LATER)
    assert store.write(posts(post(2, version="two", collected=LATER)), AREA, LATER) == Written(unchanged=1)


def test_an_old_day_that_was_never_purged_counts_as_any_other(store: Store) -> None:
    replay = post(1, published=NOW - 700 * DAY, collected=NOW)
    assert store.write(posts(replay), AREA, NOW) == Written(new=1)
    assert store.counts(by="day")["posts"].tolist() == [1]


def test_a_month_whose_text_left_before_it_was_over_knows_its_posts_but_not_its_voices(store: Store) -> None:
    hasty = replace(AREA, retention=timedelta(days=3))
    start = NOW - 15 * DAY  # 1 November
    store.write(posts(post(1, published=start), post(2, published=start)), AREA, start)
    store.purge(hasty, start + 4 * DAY)
    store.write(posts(post(3, published=start + 20 * DAY)), AREA, start + 20 * DAY)
    store.roll(AREA, start + 30 * DAY)
    row = store.counts(by="month").iloc[0]
    assert row[["posts", "negative", "neutral", "voices_neutral"]].tolist() == [3, 0, 3, 3]
    assert row[["voices", "conversations", "sources"]].isna().all()


def test_a_week_counted_before_its_day_froze_keeps_its_voices_and_takes_later_posts_of_open_days(
    store: Store,
) -> None:
    monday = NOW - 7 * DAY
    store.write(posts(post(1, published=monday), post(2, published=monday + DAY)), AREA, NOW)
    store.purge(replace(AREA, retention=timedelta(days=7)), NOW)
    store.write(posts(post(3, published=monday + DAY)), AREA, NOW)
    assert store.counts(by="week")[["posts", "voices"]].values.tolist() == [[3, 2]]


def test_what_was_deleted_upstream_is_gone_for_good_and_its_day_counted_again(store: Store) -> None:
    store.write(posts(post(1), post(2), post(3, published=NOW - 40 * DAY)), AREA, NOW)
    version = store.version
    assert store.gone(["invented:2", "invented:3", "invented:99"], AREA, NOW) == 2
    assert store.posts()["id"].tolist() == ["invented:1"]
    assert store.counts(by="day")["posts"].tolist() == [1]
    assert store.counts(by="week")["posts"].tolist() == [1]
    assert store.version > version
    assert store.recount().empty
    assert store.write(posts(post(2), post(4)), AREA, NOW) == Written(new=1, refused=1)


def test_nothing_gone_is_nothing_done(store: Store) -> None:
    store.write(posts(post(1)), AREA, NOW)
    version = store.version
    assert store.gone([], AREA, NOW) == store.gone(["invented:9"], AREA, NOW) == 0
    assert store.version == version


def test_when_a_root_goes_its_next_copy_takes_its_place(store: Store) -> None:
    copies = [post(n, copy_of="invented:0", collected=NOW - n * timedelta(hours=1)) for n in (1, 2, 3)]
    store.write(posts(post(0, collected=NOW - DAY), *copies), AREA, NOW)
    store.gone(["invented:0"], AREA, NOW)
    back = store.posts().set_index("id")["copy_of"]
    assert back.to_dict() == {"invented:1": "invented:3", "invented:2": "invented:3", "invented:3": None}
    assert store.counts(by="day")[["posts", "copies", "voices"]].values.tolist() == [[1, 2, 3]]
    assert store.recount().empty


def test_a_purge_makes_no_copy_a_post_for_its_root_is_counted_already(store: Store) -> None:
    root = post(0, published=NOW - 95 * DAY)
    copy = post(1, published=NOW - 88 * DAY, copy_of="invented:0")
    store.write(posts(root, copy), AREA, NOW)
    store.purge(AREA, NOW)
    assert store.counts(by="day")[["posts", "copies"]].values.tolist() == [[1, 0], [0, 1]]


@pytest.mark.parametrize(
    ("by", "left"),
    [
        ({"author": voice(7)}, [3]),
        ({"url": "https://forum.example.org/1"}, [3, 2]),
        ({"ids": ["invented:3", "invented:99"]}, [2, 1]),
    ],
)
def test_an_erasure_takes_the_posts_their_counts_and_every_byte_and_keeps_them_out(
    store: Store, by: dict[str, Any], left: list[int]
) -> None:
    rows = [post(1, author=voice(7)), post(2, author=voice(7), published=NOW - 40 * DAY), post(3)]
    frame = posts(*(r | {"text": f"PLANT{r['id'][-1]}"} for r in rows))
    store.write(frame, AREA, NOW)
    erased = {1, 2, 3} - set(left)
    assert store.erase(AREA, NOW, **by) == len(erased)
    assert store.write(frame, AREA, NOW) == Written(unchanged=len(left), refused=len(erased))
    assert sorted(store.posts()["id"]) == sorted(f"invented:{n}" for n in left)
    assert store.counts(by="day")["posts"].sum() == len(left)
    assert store.counts(by="month")["posts"].sum() == (2 in left)
    assert store.recount().empty
    assert {n for n in (1, 2, 3) if f"plant{n}".encode() in _bytes(store).lower()} == set(left)
    assert store.posts(ids=[f"invented:{n}" for n in erased]).empty


def test_an_address_is_kept_out_also_where_it_had_not_come_yet(store: Store) -> None:
    assert store.erase(AREA, NOW, url="https://forum.example.org/1") == 0
    assert store.write(posts(post(1), post(2)), AREA, NOW) == Written(new=1, refused=1)


def test_an_erasure_leaves_a_record_that_names_nobody_and_strikes_what_was_decided(store: Store) -> None:
    store.write(posts(post(1)), AREA, NOW)
    store.decide("officer", "note", "invented:1", "PLANTED", NOW)
    store.erase(AREA, NOW, author=voice(1))
    found = store.decisions()[["what", "about", "value", "erased"]].values.tolist()
    assert found == [["note", None, None, True], ["erasure", None, {"posts": 1}, False]]
    store.verify()
    for words in (b"PLANTED", voice(1).encode(), b"invented:1"):
        assert words not in _bytes(store)


def test_counts_of_a_frozen_day_name_nobody_and_stay_when_a_post_of_it_is_erased(store: Store) -> None:
    store.write(posts(post(1), post(2, collected=NOW + 9 * DAY)), AREA, NOW)
    store.purge(AREA, LATER)
    before = _counts(store)
    assert store.erase(AREA, LATER, author=voice(2)) == 1
    pd.testing.assert_frame_equal(_counts(store), before)


def test_a_copy_of_an_erased_root_that_comes_later_is_a_root(store: Store) -> None:
    store.erase(AREA, NOW, ids=["invented:1"])
    store.write(posts(post(1), post(2, copy_of="invented:1")), AREA, NOW)
    assert store.posts()[["id", "copy_of"]].values.tolist() == [["invented:2", None]]


def test_an_erasure_needs_one_thing_to_go_by(store: Store) -> None:
    with pytest.raises(WordsError, match="erase needs one of author, url, ids"):
        store.erase(AREA, NOW)
    with pytest.raises(WordsError, match="erase needs one of author, url, ids"):
        store.erase(AREA, NOW, author=voice(1), url="https://forum.example.org/1")
