"""Stories as they are kept: ids for good, no words, nothing left of posts that have gone."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import event, select
from store_posts import AREA, DAY, NOW, post, posts, voice
from store_talk import HOUR, MINUTE, flood, ordinary
from test_keep import _bytes

from listening.pipeline import tell_stories
from listening.store import Store, connect
from listening.store.schema import story, story_post

LATER = NOW + HOUR


def kept(store: Store, until: datetime = LATER) -> list[tuple[str, tuple[str, ...]]]:
    """Ids and posts, the latter without what all ids of these tests begin with."""
    found = store.stories(NOW - 7 * DAY, until)
    return [
        (key, tuple(p.removeprefix("invented:") for p in members))
        for key, members in zip(found["id"], found["posts"], strict=True)
    ]


def rows(store: Store) -> tuple[list[Any], list[Any]]:
    with store._disk.reading() as connection:
        return connection.execute(select(story.c.id, story.c.merged_into)).all(), connection.execute(
            select(story_post)
        ).all()


@pytest.fixture
def told(store: Store) -> Store:
    """A store in which the flood is a story of three posts."""
    store.write(posts(*ordinary(), *flood(0, 1, 2)), AREA, NOW)
    tell_stories(store, NOW)
    return store


def test_what_happened_is_kept_with_its_posts_and_when_it_was_first_told(told: Store) -> None:
    found = told.stories(NOW - DAY, NOW)
    assert found.drop(columns="id").to_dict("records") == [
        {
            "posts": ("invented:0", "invented:1", "invented:2"),
            "first_seen": NOW - 2 * HOUR,
            "told": NOW - 2 * HOUR + 20 * MINUTE,
            "was": (),
        }
    ]
    assert told.stories(NOW - HOUR, NOW).empty


def test_new_posts_join_the_story_that_is_known(told: Store) -> None:
    ((key, _),) = kept(told)
    told.write(posts(*flood(3, 4)), AREA, LATER)
    version = told.version
    tell_stories(told, LATER)
    assert kept(told) == [(key, ("0", "1", "2", "3", "4"))]
    assert told.version > version


def test_a_round_that_brought_nothing_tells_nothing_and_an_edit_is_looked_at(told: Store) -> None:
    version = told.version
    assert told.told == version
    tell_stories(told, LATER)
    assert (told.version, told.told) == (version, version)
    told.write(posts(*flood(1, text="Potholes again.", issues=["potholes"], collected=NOW)), AREA, NOW)
    assert told.told != told.version
    tell_stories(told, LATER)
    assert told.told == told.version


def test_telling_the_same_again_changes_nothing(told: Store) -> None:
    version, found = told.version, told.stories(NOW - 28 * DAY, NOW)
    assert told.tell(found, LATER, version) is False
    assert (told.version, kept(told)) == (version, kept(told))


def test_who_has_written_since_the_posts_were_read_is_told_of_by_the_next_run(told: Store) -> None:
    version, found = told.version, told.stories(NOW - 28 * DAY, NOW)
    told.write(posts(*flood(3)), AREA, LATER)
    told.tell(found, LATER, version)
    assert told.told != told.version
    tell_stories(told, LATER)
    assert [members for _, members in kept(told)] == [("0", "1", "2", "3")]


def test_of_two_stories_that_become_one_the_older_stays_and_the_other_points_to_it(told: Store) -> None:
    ((key, _),) = kept(told)
    one = told.stories(NOW - DAY, NOW).to_dict("records")[0]
    parted = told.stories(NOW - DAY, NOW).iloc[[0, 0]].reset_index(drop=True)
    parted["id"], parted["posts"] = [key, "younger"], [one["posts"][:1], one["posts"][1:]]
    parted["first_seen"] = [one["first_seen"], one["first_seen"] + MINUTE]
    told.tell(parted, NOW, told.version)
    assert sorted(kept(told)) == sorted([(key, ("0",)), ("younger", ("1", "2"))])
    told.write(posts(*flood(3)), AREA, LATER)
    tell_stories(told, LATER)
    assert kept(told) == [(key, ("0", "1", "2", "3"))]
    assert told.stories(NOW - DAY, LATER)["was"].tolist() == [("younger",)]
    assert sorted(rows(told)[0]) == sorted([(key, None), ("younger", key)])
    tell_stories(told, LATER)
    assert told.stories(NOW - DAY, LATER)["was"].tolist() == [("younger",)]


def test_the_past_shows_a_story_from_when_it_was_told_with_the_posts_collected_by_then(told: Store) -> None:
    ((key, _),) = kept(told)
    early = flood(4, at=NOW - 4 * HOUR, collected=LATER)
    told.write(posts(*flood(3), *early), AREA, LATER)
    tell_stories(told, LATER)
    assert kept(told) == [(key, ("4", "0", "1", "2", "3"))]
    assert kept(told, NOW - HOUR) == [(key, ("0", "1", "2", "3"))]
    assert told.stories(NOW - DAY, NOW - HOUR)["first_seen"].tolist() == [NOW - 2 * HOUR]
    assert told.stories(NOW - DAY, LATER)["first_seen"].tolist() == [NOW - 4 * HOUR + 40 * MINUTE]
    assert kept(told, NOW - 2 * HOUR + 20 * MINUTE) == [(key, ("0", "1", "2"))]
    assert kept(told, NOW - 2 * HOUR + 19 * MINUTE) == []


def test_a_collector_killed_between_its_posts_and_its_stories_is_made_up_for_by_the_next(
    url: str, store: Store, other: Callable[..., Any]
) -> None:
    writer = other("talk", url)
    assert writer.hear() == "written"
    writer.kill()
    assert (len(store.posts()), store.told, kept(store)) == (53, None, [])
    tell_stories(store, NOW)
    assert [members for _, members in kept(store)] == [("0", "1", "2")]
    assert store.told == store.version


def test_posts_older_than_28_days_are_not_looked_at(store: Store) -> None:
    once_usual = [
        row for n in range(200, 320, 4) for row in flood(n, n + 1, n + 2, n + 3, at=NOW - (n / 8 + 8) * DAY)
    ]
    assert max(row["published"] for row in once_usual) < NOW - 28 * DAY
    store.write(posts(*once_usual, *ordinary(), *flood(0, 1, 2)), AREA, NOW)
    tell_stories(store, NOW)  # who looked at those would find nothing unusual
    assert [members for _, members in kept(store)] == [("0", "1", "2")]


def test_a_quiet_round_reads_no_posts(told: Store) -> None:
    asked: list[str] = []
    event.listen(told._disk.engine, "before_cursor_execute", lambda *said: asked.append(said[2]))
    tell_stories(told, LATER)
    assert asked
    assert not [statement for statement in asked if "FROM post" in statement]
    told.write(posts(*flood(3)), AREA, LATER)
    tell_stories(told, LATER)
    assert [statement for statement in asked if "FROM post" in statement]


def test_a_purge_leaves_no_byte_of_a_story(store: Store) -> None:
    headline = {
        "source": "Courier",
        "channel": "press",
        "author": None,
        "title": "PLANTED flood on Weir Lane",
    }
    paper = flood(9, **headline, text="Water on Weir Lane.")
    store.write(posts(*ordinary(), *flood(0, 1, 2), *paper), AREA, NOW)
    tell_stories(store, NOW)
    ((key, members),) = kept(store)
    assert "9" in members
    assert key.encode() in _bytes(store)
    store.write(posts(post(7, published=NOW + 80 * DAY)), AREA, NOW + 80 * DAY)
    assert store.purge(AREA, NOW + 91 * DAY) == 54
    assert rows(store) == ([], [])
    for words in (b"planted", b"postbox", key.encode()):
        assert words not in _bytes(store).lower()


@pytest.mark.parametrize(
    "remove",
    [
        lambda store, number: store.gone([f"invented:{number}"], AREA, LATER),
        lambda store, number: store.erase(AREA, LATER, author=voice(number)),
    ],
    ids=["gone", "erased"],
)
def test_what_is_removed_is_in_no_story_and_the_last_post_takes_the_story_and_its_pointers(
    told: Store, remove: Callable[[Store, int], int]
) -> None:
    ((key, _),) = kept(told)
    merged = told.stories(NOW - DAY, NOW).assign(was=[("younger",)])
    told.tell(merged, NOW, told.version)
    remove(told, 0)
    assert kept(told) == [(key, ("1", "2"))]
    remove(told, 1)
    remove(told, 2)
    assert rows(told) == ([], [])
    tell_stories(told, LATER)
    assert kept(told) == []


def test_a_post_that_goes_while_stories_are_reckoned_is_in_none(told: Store) -> None:
    version, found = told.version, told.stories(NOW - DAY, NOW)
    told.gone(["invented:0", "invented:1", "invented:2"], AREA, LATER)
    told.tell(found, LATER, version)
    assert rows(told) == ([], [])


def test_a_store_opened_again_has_its_stories(told: Store, url: str) -> None:
    again = connect(url)
    assert kept(again) == kept(told)
    again.close()
