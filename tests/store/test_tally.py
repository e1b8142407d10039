"""Exact figures over windows, against a plain recount."""

from collections import defaultdict
from datetime import timedelta
from typing import Any

import naive
import pandas as pd
import pytest
from store_posts import AREA, DAY, NOW, crowd, post, posts, voice

from listening.errors import WordsError
from listening.store import Store
from listening.store.figures import FIGURES

Posts = list[naive.Post]


def _window(store: Store, days: float, **only: Any) -> Posts:
    """The posts a tally over the last days is about, each with a real issue."""
    found = store.posts(since=NOW - days * DAY, until=NOW, noise=True, **only)
    records: Posts = found.to_dict("records")
    return records


def _told(frame: pd.DataFrame, keys: list[str]) -> dict[tuple[Any, ...], dict[str, int]]:
    return dict(naive.rows(frame, keys))


def _whole(found: Posts) -> dict[str, int]:
    return naive.figures((p, p["tone"]) for p in found) | {"loudest3": naive.loudest3(found)}


@pytest.mark.parametrize("seed", range(5))
def test_a_window_without_groups_is_one_row_of_posts_with_a_real_issue(store: Store, seed: int) -> None:
    store.write(crowd(300, days=40, seed=seed), AREA, NOW)
    for days in (0.4, 7, 28):
        talk = [p for p in _window(store, days, channels=["public"]) if p["issues"]]
        assert _told(store.tally(NOW - days * DAY, NOW), []) == {(): _whole(talk)}


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("level", ["ward", "town", "channel", "source", "placement", "street", "hour", "day"])
def test_each_way_of_grouping_equals_a_plain_recount(store: Store, seed: int, level: str) -> None:
    store.write(crowd(300, days=20, seed=seed), AREA, NOW)
    groups: dict[tuple[str, Any], list[tuple[naive.Post, str | None]]] = defaultdict(list)
    for p in _window(store, 9):
        for issue, tone in zip(p["issues"], p["issue_tones"], strict=True):
            for value in _values(level, p):
                groups[issue, value].append((p, tone))
    expected = {
        key: naive.figures(found) | {"loudest3": naive.loudest3([p for p, _ in found])}
        for key, found in groups.items()
    }
    asked = store.tally(NOW - 9 * DAY, NOW, by=("issue", level), channels=None)
    assert _told(asked, ["issue", level]) == expected


@pytest.mark.parametrize("seed", range(3))
def test_the_same_hours_of_several_days_are_one_question(store: Store, seed: int) -> None:
    store.write(crowd(300, days=20, seed=seed), AREA, NOW)
    mornings = [(NOW - (n + 0.2) * DAY, NOW - n * DAY) for n in (1, 3, 9)]
    one = store.tally(mornings[-1][0], NOW, by=("day", "issue"), spans=mornings)
    each = pd.concat([store.tally(*span, by=("day", "issue")) for span in reversed(mornings)])
    assert len(one) > 3
    pd.testing.assert_frame_equal(one, each.reset_index(drop=True))
    assert store.tally(NOW - 20 * DAY, NOW, spans=[])["posts"].tolist() == [0]


def _values(level: str, p: naive.Post) -> set[Any]:
    if level == "placement":
        return {
            "ward" if p["wards"] else "town" if p["towns"] else "several" if p["maybe_wards"] else "unknown"
        }
    one_each: dict[str, Any] = {
        "channel": p["channel"],
        "source": p["source"],
        "hour": naive.local(p).hour,
        "day": naive.local(p).tz_localize(None).normalize(),
    }
    if level in one_each:
        return {one_each[level]}
    if level == "town":
        townless = any(AREA.ward_by_name[w].town is None for w in p["wards"]) or not p["towns"]
        return {*p["towns"], *(["none"] if townless else [])}
    return set(p["places" if level == "street" else "wards"]) or {"none"}


def test_a_union_of_wards_and_towns_counts_each_post_and_voice_once(store: Store) -> None:
    store.write(crowd(400, days=20, seed=9), AREA, NOW)
    talk = [
        p
        for p in _window(store, 20, channels=["public"])
        if p["issues"] and ({"Weirside", "Upper Dale"} & set(p["wards"]) or "Stenby" in p["towns"])
    ]
    asked = store.tally(NOW - 20 * DAY, NOW, wards=["Weirside", "E05900004"], towns=["Stenby"])
    assert _told(asked, []) == {(): _whole(talk)}


def test_a_union_of_issues_takes_the_tone_of_the_post_and_one_issue_its_own(store: Store) -> None:
    mixed = post(1, issues=["bins", "potholes"], issue_tones=["negative", "positive"], tone="unclear")
    store.write(posts(mixed), AREA, NOW)
    tones = ["negative", "neutral", "positive", "unclear"]

    def of(issues: list[str] | None) -> list[int]:
        return store.tally(NOW - 7 * DAY, NOW, issues=issues).loc[0, tones].tolist()

    assert of(["bins"]) == [1, 0, 0, 0]
    assert of(["potholes"]) == [0, 0, 1, 0]
    assert of(["bins", "potholes"]) == of(None) == of(["any"]) == [0, 0, 0, 1]


def test_the_unrecognised_and_the_noise_are_told_only_where_they_are_asked_for(store: Store) -> None:
    store.write(posts(post(1, issues=[]), post(2, issues=[], noise="sport"), post(3)), AREA, NOW)
    window = NOW - 7 * DAY, NOW
    assert store.tally(*window)["posts"].tolist() == [1]
    assert store.tally(*window, by="issue")["issue"].tolist() == ["bins"]
    assert store.tally(*window, issues=["none"])["posts"].tolist() == [1]
    both = store.tally(*window, by="issue", issues=["none", "sport"])
    assert both[["issue", "posts"]].values.tolist() == [["none", 1], ["sport", 1]]


def test_blocks_are_counted_back_from_the_end(store: Store) -> None:
    moments = [
        NOW - timedelta(microseconds=1),
        NOW - DAY,
        NOW - DAY - timedelta(microseconds=1),
        NOW - 3 * DAY,
    ]
    store.write(posts(*(post(n, published=m) for n, m in enumerate(moments))), AREA, NOW)
    asked = store.tally(NOW - 3 * DAY, NOW, by="block", block=DAY)
    assert asked[["block", "posts"]].values.tolist() == [[0, 2], [1, 1], [2, 1]]


def test_the_window_holds_its_beginning_and_not_its_end(store: Store) -> None:
    store.write(posts(post(1, published=NOW - DAY), post(2, published=NOW)), AREA, NOW)
    assert store.tally(NOW - DAY, NOW)["posts"].tolist() == [1]
    assert store.tally(NOW, NOW + DAY)["posts"].tolist() == [1]


def test_the_three_loudest_are_found_in_each_group(store: Store) -> None:
    wrote = {1: 5, 2: 4, 3: 3, 4: 2}
    loud = [(v, n) for v, times in wrote.items() for n in range(times)]
    rows = [
        post(10 * v + n, author=voice(v), copy_of="invented:10" if v == 1 and n > 1 else None)
        for v, n in loud
    ]
    store.write(posts(*rows, post(1, author=None)), AREA, NOW)
    assert store.tally(NOW - 7 * DAY, NOW, by="issue")[["posts", "copies", "loudest3"]].values.tolist() == [
        [12, 3, 9]
    ]


def test_nothing_found_is_a_row_of_noughts_or_a_frame_without_rows(store: Store) -> None:
    assert _told(store.tally(NOW - DAY, NOW, wards=["Weirside"]), []) == {
        (): dict.fromkeys((*FIGURES, "loudest3"), 0)
    }
    empty = store.tally(NOW - DAY, NOW, by=("day", "issue", "ward", "block"), block=DAY)
    assert len(empty) == 0
    store.write(posts(post(1, published=NOW - timedelta(hours=1))), AREA, NOW)
    full = store.tally(NOW - DAY, NOW, by=("day", "issue", "ward", "block"), block=DAY)
    assert empty.dtypes.to_dict() == full.dtypes.to_dict()


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"by": "week"}, "by must be of issue, ward, .*; got 'week'"),
        ({"by": "block"}, "block=timedelta and by='block' go together"),
        ({"by": "block", "block": timedelta(0)}, "block must be longer than nothing"),
        ({"wards": ["Atlantis"]}, "ward must be one of .*; got 'Atlantis'"),
        ({"towns": ["Atlantis"]}, "town must be one of .*; got 'Atlantis'"),
    ],
)
def test_words_that_are_not_possible_are_refused_with_the_choices(
    store: Store, asked: dict[str, Any], sentence: str
) -> None:
    store.write(posts(post(1)), AREA, NOW)
    with pytest.raises(WordsError, match=sentence):
        store.tally(NOW - DAY, NOW, **asked)


@pytest.mark.parametrize("by", [(), ("issue",), ("issue", "street"), ("ward", "day")])
@pytest.mark.parametrize("figures", [("posts", "voices"), ("complaints", "sources"), ("posts", "loudest3")])
def test_figures_chosen_are_those_of_the_whole_tally(
    store: Store, by: tuple[str, ...], figures: tuple[str, ...]
) -> None:
    store.write(crowd(200, days=20, seed=2), AREA, NOW)
    window = (NOW - 9 * DAY, NOW)
    whole = store.tally(*window, by)
    order = [name for name in whole if name in (*by, *figures)]
    pd.testing.assert_frame_equal(store.tally(*window, by, figures=figures), whole[order])


def test_a_tally_refuses_a_figure_that_there_is_not(store: Store) -> None:
    with pytest.raises(WordsError, match=r"figures must be of posts, .*; got 'likes'"):
        store.tally(NOW - DAY, NOW, figures=["likes"])


def test_who_carried_which_ward_is_as_the_tally_has_it(store: Store) -> None:
    store.write(crowd(120, days=20, seed=3), AREA, NOW)
    window = (NOW - 9 * DAY, NOW)
    rows = store.tally(*window, ("source", "ward"), channels=None)
    expected = rows.loc[rows["ward"] != "none", ["source", "ward"]].reset_index(drop=True)
    assert len(expected) > 3
    pd.testing.assert_frame_equal(store.carried(*window), expected)
