"""Writing: each post once, edits, late posts, copies, and what is refused."""

from dataclasses import replace
from datetime import timedelta

import pandas as pd
import pytest
from store_posts import AREA, DAY, NOW, crowd, post, posts, voice

from listening.area import Issue, Source, Ward
from listening.errors import StoreError
from listening.post import ANNOTATIONS, COLUMNS
from listening.store import Store, Written

HOUR = timedelta(hours=1)


def test_what_is_written_comes_back_as_it_was(store: Store) -> None:
    rich = post(
        1, wards=["Weirside"], towns=["Larkford"], maybe_wards=["Mill Bank"], places=["Weir Lane"],
        cues=["question"], flags=["abuse"], thread="t1", place_hint="E05900001", replies=2, score=-1,
        sentiment=-0.25, tone="negative", edited=NOW, dated=False,
        evidence={"bins": {"words": ["bin"], "how": "term", "confidence": "sure"}},
    )  # fmt: skip
    bare = post(
        2, published=NOW - 2 * DAY, url=None, title=None, author=None, sentiment=float("nan"), tone=None
    )
    frame = posts(rich, bare)
    store.write(frame, AREA, NOW)
    back = store.posts()
    assert back.columns.tolist() == [*COLUMNS, *ANNOTATIONS]
    assert back.astype("object").where(back.notna(), None).to_dict("records") == (
        frame.astype("object").where(frame.notna(), None).to_dict("records")
    )
    assert [str(back[t].dtype) for t in ("published", "collected", "edited")] == ["datetime64[us, UTC]"] * 3


def test_missing_words_come_as_none_also_where_pandas_says_nan(store: Store) -> None:
    frame = posts(post(1), post(2, title=None, url=None, author=None, copy_of=None))
    frame = frame.astype(dict.fromkeys(("title", "url", "author", "thread", "copy_of"), "str"))
    store.write(frame, AREA, NOW)
    back = store.posts(ids=["invented:2"]).iloc[0]
    assert back[["title", "url", "author", "thread", "copy_of"]].tolist() == [None] * 5
    assert store.tally(NOW - 7 * DAY, NOW).loc[0, ["posts", "copies", "voices"]].tolist() == [2, 0, 1]


def test_the_same_again_changes_nothing(store: Store) -> None:
    frame = crowd(150, days=9, seed=1)
    assert store.write(frame, AREA, NOW) == Written(new=150)
    before, version = store.posts(noise=True), store.version
    assert store.write(frame, AREA, NOW + HOUR) == Written(unchanged=150)
    pd.testing.assert_frame_equal(store.posts(noise=True), before)
    assert store.version == version


def test_a_post_met_twice_in_one_answer_is_one_post_in_its_last_wording(store: Store) -> None:
    assert store.write(posts(post(1), post(1, text="Second.")), AREA, NOW) == Written(new=1)
    assert store.posts()["text"].tolist() == ["Second."]


def test_an_edit_changes_words_and_counts_but_not_the_day(store: Store) -> None:
    store.write(posts(post(1, places=["Weir Lane"])), AREA, NOW)
    version = store.version
    again = post(1, text="Now the road.", issues=["potholes"], published=NOW, collected=NOW, author=voice(9))
    assert store.write(posts(again), AREA, NOW) == Written(edited=1)
    back = store.posts().iloc[0]
    assert back[["text", "issues", "places"]].tolist() == ["Now the road.", ["potholes"], []]
    assert back[["published", "collected", "edited", "author"]].tolist() == [
        NOW - DAY,
        NOW - DAY,
        NOW,
        voice(1),
    ]
    assert store.counts()[["day", "issue"]].values.tolist() == [[pd.Timestamp("2026-11-15"), "potholes"]]
    assert store.tally(NOW - 2 * DAY, NOW, by=("hour", "street"))[["hour", "street"]].values.tolist() == [
        [8, "none"]
    ]
    assert store.version > version
    assert store.recount().empty


def test_an_edit_that_says_when_it_was_made_keeps_that_time(store: Store) -> None:
    store.write(posts(post(1)), AREA, NOW)
    store.write(posts(post(1, text="New.", edited=NOW - HOUR, collected=NOW)), AREA, NOW)
    assert store.posts()["edited"].tolist() == [NOW - HOUR]


@pytest.mark.parametrize(
    "older",
    [
        {"collected": NOW - 2 * DAY},
        {"collected": NOW + HOUR, "edited": NOW - 5 * HOUR},
    ],
)
def test_older_words_do_not_replace_newer_ones(store: Store, older: dict[str, object]) -> None:
    store.write(posts(post(1, collected=NOW - DAY, edited=NOW - 2 * HOUR)), AREA, NOW)
    assert store.write(posts(post(1, text="Before.", **older)), AREA, NOW) == Written(unchanged=1)
    assert store.posts()["text"].tolist() == ["Words of post 1."]


def test_a_newer_analysis_of_the_same_words_is_taken_over_and_is_no_edit(store: Store) -> None:
    store.write(posts(post(0), post(1, copy_of="invented:0")), AREA, NOW)
    anew = posts(post(1, version="two", issues=["flooding"]))
    assert store.write(anew, AREA, NOW) == Written(retagged=1)
    back = store.posts(ids=["invented:1"]).iloc[0]
    assert back[["issues", "version", "copy_of"]].tolist() == [["flooding"], "two", "invented:0"]
    assert pd.isna(back["edited"])
    assert store.counts()["issue"].tolist() == ["bins", "flooding"]


def test_only_new_posts_and_new_words_need_analysing(store: Store) -> None:
    store.write(posts(post(1), post(2), post(3)), AREA, NOW)
    met = posts(
        post(1), post(2, text="New.", collected=NOW), post(3, text="Old.", collected=NOW - 9 * DAY), post(4)
    )
    met.index = [7, 5, 3, 1]
    asked = store.changed(met[list(COLUMNS)])
    assert asked.to_dict() == {7: False, 5: True, 3: False, 1: True}
    assert store.changed(met[:0]).empty


def test_an_edit_re_rolls_the_finished_week_and_month_of_its_day(store: Store) -> None:
    then = NOW - 40 * DAY
    store.write(posts(post(1, published=then)), AREA, NOW)
    store.write(posts(post(1, published=then, text="New.", issues=["potholes"], collected=NOW)), AREA, NOW)
    for period in ("week", "month"):
        assert store.counts(by=(period, "issue"))["issue"].tolist() == ["potholes"]


def test_a_copy_whose_root_never_came_is_a_root_and_the_others_are_its_copies(store: Store) -> None:
    orphans = [post(n, copy_of="invented:99", collected=NOW - n * HOUR) for n in (1, 2, 3)]
    store.write(posts(*orphans), AREA, NOW)
    back = store.posts().set_index("id")["copy_of"]
    assert back.to_dict() == {"invented:1": "invented:3", "invented:2": "invented:3", "invented:3": None}
    assert store.tally(NOW - 7 * DAY, NOW).loc[0, ["posts", "copies"]].tolist() == [1, 2]


def test_copies_never_chain(store: Store) -> None:
    store.write(posts(post(1), post(2, copy_of="invented:1")), AREA, NOW)
    store.write(posts(post(3, copy_of="invented:2"), post(4), post(5, copy_of="invented:4")), AREA, NOW)
    back = store.posts().set_index("id")["copy_of"]
    assert back["invented:3"] == "invented:1"
    assert back["invented:5"] == "invented:4"


@pytest.mark.parametrize("name", ["Jo Bloggs", "u/jo", voice(1).upper(), voice(1)[:-1], voice(1) + "\n"])
def test_a_handle_is_refused_and_nothing_is_written(store: Store, name: str) -> None:
    with pytest.raises(StoreError, match="the store takes pseudonyms only: post 'invented:2'"):
        store.write(posts(post(1), post(2, author=name)), AREA, NOW)
    assert store.empty
    assert store.version == 0


def test_posts_that_were_not_analysed_are_refused(store: Store) -> None:
    with pytest.raises(StoreError, match="columns missing: tone, flags"):
        store.write(posts(post(1)).drop(columns=["tone", "flags"]), AREA, NOW)


def test_a_ward_that_is_not_of_the_area_is_refused(store: Store) -> None:
    with pytest.raises(StoreError, match="the store knows no ward 'Atlantis'"):
        store.write(posts(post(1, wards=["Atlantis"])), AREA, NOW)


def test_another_area_is_refused(store: Store) -> None:
    store.write(posts(post(1)), AREA, NOW)
    with pytest.raises(StoreError, match="this store belongs to another area: E07009999: got Elsewhere"):
        store.write(posts(post(2)), replace(AREA, name="Elsewhere", code="E07000000"), NOW)


def test_no_posts_are_written_without_complaint(store: Store) -> None:
    assert store.write(posts(), AREA, NOW) == Written()
    assert store.empty


def test_a_renamed_ward_and_a_renamed_source_keep_their_past(store: Store) -> None:
    store.write(posts(post(1, wards=["Upper Dale"], maybe_wards=["Upper Dale"])), AREA, NOW)
    renamed = Ward("High Dale", "E05900044", was=(("Upper Dale", "E05900004"),))
    area = replace(
        AREA,
        wards=(*AREA.wards[:3], renamed),
        sources=(Source("Town Forum", "feed", "public", was=("Forum",)), *AREA.sources[1:]),
    )
    store.write(posts(post(2, wards=["High Dale"], source="Town Forum")), area, NOW)
    assert store.posts(wards=["High Dale"])["wards"].tolist() == [["High Dale"], ["High Dale"]]
    assert store.posts(wards=["High Dale"])["maybe_wards"].tolist() == [[], ["High Dale"]]
    assert store.counts(by=("day", "place"), places=["High Dale"])["posts"].tolist() == [2]
    assert store.tally(NOW - 7 * DAY, NOW, by=("ward", "source"))[
        ["ward", "source", "posts"]
    ].values.tolist() == [["High Dale", "Town Forum", 2]]
    assert store.heard(NOW)["source"].tolist() == ["Town Forum"]
    assert store.recount().empty


def test_an_issue_the_area_no_longer_has_keeps_its_counts(store: Store) -> None:
    store.write(posts(post(1, issues=["potholes"])), AREA, NOW)
    store.write(posts(post(2)), replace(AREA, issues=(Issue("bins", "Bins", "waste"),)), NOW)
    assert store.counts()["issue"].tolist() == ["bins", "potholes"]
