"""The roll-up, against a recount that knows nothing of how the store does it."""

from datetime import date, timedelta
from typing import Any

import naive
import pandas as pd
import pytest
from store_posts import AREA, DAY, NOW, crowd, post, posts, voice

from listening.errors import WordsError
from listening.store import Store, roll

ALL = ["bins", "potholes", "flooding", "any", "none", "sport"]


def _start(period: str, p: naive.Post) -> pd.Timestamp:
    day = naive.local(p).tz_localize(None).normalize()
    if period == "week":
        return day - pd.Timedelta(days=day.weekday())
    return day.replace(day=1) if period == "month" else day


def _finished(period: str, start: pd.Timestamp) -> bool:
    ends = {"day": start, "week": start + pd.Timedelta(days=7), "month": start + pd.offsets.MonthBegin(1)}
    return bool(ends[period] <= pd.Timestamp(NOW.date()))


def _as_stored(store: Store, period: str) -> dict[tuple[object, ...], dict[str, int]]:
    frame = store.counts(by=(period, "channel", "issue", "place"), issues=ALL)
    names = {w.name: w.code for w in AREA.wards}
    frame["place"] = frame["place"].map(lambda place: names.get(place, place))
    return dict(naive.rows(frame, [period, "channel", "issue", "place"]))


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("period", ["day", "week", "month"])
def test_days_finished_weeks_and_finished_months_equal_a_plain_recount(
    store: Store, seed: int, period: str
) -> None:
    found = crowd(400, days=75, seed=seed)
    for part in (found[::3], found[1::3], found[2::3]):
        store.write(part, AREA, NOW)
    expected = naive.counts(store.posts(noise=True), lambda p: _start(period, p))
    assert _as_stored(store, period) == {k: v for k, v in expected.items() if _finished(period, k[0])}
    assert store.recount().empty


def test_a_post_in_two_wards_of_a_town_counts_once_in_the_town_and_once_in_the_area(store: Store) -> None:
    both = post(1, wards=["Weirside", "Mill Bank"], towns=["Larkford"], issues=["bins", "flooding"])
    store.write(posts(both), AREA, NOW)
    by_place = store.counts(by=("day", "place")).set_index("place")["posts"]
    assert by_place.to_dict() == {"Weirside": 1, "Mill Bank": 1, "town:Larkford": 1, AREA.code: 1}
    by_issue = store.counts(by=("day", "issue")).set_index("issue")["posts"]
    assert by_issue.to_dict() == {"bins": 1, "flooding": 1}
    assert store.counts(by="day")["posts"].tolist() == [1]


def test_a_town_named_beside_a_ward_elsewhere_counts_in_the_town_and_not_as_unplaced(store: Store) -> None:
    store.write(posts(post(1, wards=["Upper Dale"], towns=["Stenby"])), AREA, NOW)
    by_place = store.counts(by=("day", "place")).set_index("place")["posts"]
    assert by_place.to_dict() == {"Upper Dale": 1, "town:Stenby": 1, AREA.code: 1}


def test_a_post_without_a_ward_is_of_none_and_of_its_town(store: Store) -> None:
    store.write(posts(post(1, towns=["Stenby"]), post(2)), AREA, NOW)
    by_place = store.counts(by=("day", "place")).set_index("place")["posts"]
    assert by_place.to_dict() == {"none": 2, "town:Stenby": 1, AREA.code: 2}


def test_copies_reduce_posts_and_outlets_but_never_voices(store: Store) -> None:
    copies = [post(n, copy_of="invented:0", source="Chat", thread="same") for n in range(1, 30)]
    store.write(posts(post(0), *copies), AREA, NOW)
    row = store.counts(by="day").iloc[0]
    told = row[["posts", "copies", "conversations", "voices", "sources"]]
    assert told.tolist() == [1, 29, 1, 30, 1]


def test_an_absent_account_is_no_voice_and_an_account_counts_once_a_day_by_most_of_its_posts(
    store: Store,
) -> None:
    tones = ("negative", "negative", "positive")
    loud = [post(n, author=voice(1), tone=tone) for n, tone in enumerate(tones)]
    drawn = [post(n, author=voice(2), tone=tone) for n, tone in ((4, "positive"), (5, "negative"))]
    store.write(posts(*loud, *drawn, post(6, author=None, tone="neutral")), AREA, NOW)
    row = store.counts(by="day").iloc[0]
    assert row[["posts", "voices"]].tolist() == [6, 2]
    tones_of = row[["voices_negative", "voices_neutral", "voices_positive", "voices_unclear"]]
    assert tones_of.tolist() == [1, 0, 0, 1]


def test_noise_is_counted_apart_and_never_as_any_or_none(store: Store) -> None:
    store.write(posts(post(1, issues=[], noise="sport"), post(2, issues=[]), post(3)), AREA, NOW)
    assert store.counts(by=("day", "issue"))["issue"].tolist() == ["bins"]
    asked = store.counts(by=("day", "issue"), issues=["any", "none", "sport"])
    assert dict(zip(asked["issue"], asked["posts"], strict=True)) == {"any": 1, "none": 1, "sport": 1}
    assert store.noise(NOW - 7 * DAY, NOW).values.tolist() == [["sport", 1]]


def test_channels_are_rows_of_their_own_and_residents_are_what_is_meant(store: Store) -> None:
    store.write(posts(post(1), post(2, channel="press", source="Courier", author=None)), AREA, NOW)
    assert store.counts(by="day")["posts"].tolist() == [1]
    apart = store.counts(by=("day", "channel"))
    assert dict(zip(apart["channel"], apart["posts"], strict=True)) == {"press": 1, "public": 1}


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"by": ("issue",)}, "by needs one of day, week, month: voices can't be added over periods"),
        ({"by": ("day", "week")}, "by needs one of day, week, month"),
        ({"by": ("day", "ward")}, "by must be of day, week, month, issue, place, channel; got 'ward'"),
        ({"by": "day", "channels": ["public", "press"]}, "voices can't be added over channels"),
        ({"by": "day", "issues": ["bins", "potholes"]}, "voices can't be added over issues"),
        ({"by": "day", "places": ["Weirside", "Mill Bank"]}, "voices can't be added over places"),
        ({"by": ("day", "place"), "places": ["Atlantis"]}, "place must be one of .*; got 'Atlantis'"),
    ],
)
def test_what_would_count_double_is_refused_with_what_to_use(
    store: Store, asked: dict[str, object], sentence: str
) -> None:
    store.write(posts(post(1)), AREA, NOW)
    with pytest.raises(WordsError, match=sentence):
        store.counts(**asked)  # type: ignore[arg-type]


def test_a_day_is_a_local_day_and_in_a_window_where_its_midnight_is(store: Store) -> None:
    summer = pd.Timestamp("2026-07-01T23:30Z")  # half past midnight on 2 July in London
    store.write(posts(post(1, published=summer)), AREA, NOW)
    day = store.counts(by="day")["day"]
    assert day.tolist() == [pd.Timestamp("2026-07-02")]
    assert str(day.dtype) == "datetime64[us]"
    midnight = pd.Timestamp("2026-07-01T23:00Z").to_pydatetime()
    assert len(store.counts(by="day", since=midnight)) == 1
    assert len(store.counts(by="day", since=midnight + timedelta(minutes=1))) == 0
    assert len(store.counts(by="day", until=midnight)) == 0
    assert len(store.counts(by="day", since=date(2026, 7, 2), until=date(2026, 7, 3))) == 1


def test_an_unfinished_week_has_no_row_until_it_is_over_also_where_nothing_more_is_written(
    store: Store,
) -> None:
    store.write(posts(post(1, published=NOW)), AREA, NOW)
    assert store.counts(by="week").empty
    before = store.version
    store.roll(AREA, NOW + 6 * DAY)
    assert store.counts(by="week").empty
    assert store.version == before
    store.roll(AREA, NOW + 7 * DAY)
    assert store.counts(by="week")[["week", "posts"]].values.tolist() == [[pd.Timestamp("2026-11-16"), 1]]
    assert store.counts(by="month").empty
    store.roll(AREA, NOW + 16 * DAY)
    assert store.counts(by="month")["month"].tolist() == [pd.Timestamp("2026-11-01")]


def test_a_post_written_while_its_week_is_being_reckoned_is_not_lost(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    then, reckon = NOW - 7 * DAY, roll.period_rows
    waiting = [posts(post(2, published=then))]

    def interrupted(*given: Any) -> Any:
        rows = reckon(*given)
        if waiting:
            store.write(waiting.pop(), AREA, NOW - 6 * DAY)  # its week is not over: only the day is rolled
        return rows

    monkeypatch.setattr(roll, "period_rows", interrupted)
    store.write(posts(post(1, published=then)), AREA, NOW)
    assert store.counts(by="week")[["posts", "voices"]].values.tolist() == [[2, 2]]


def test_an_empty_store_gives_the_columns_and_no_rows(store: Store) -> None:
    empty = store.counts(by=("day", "issue", "place"))
    assert empty.columns[:3].tolist() == ["day", "issue", "place"]
    assert len(empty) == 0
    store.write(posts(post(1)), AREA, NOW)
    assert empty.dtypes.to_dict() == store.counts(by=("day", "issue", "place")).dtypes.to_dict()


@pytest.mark.parametrize("by", [("day",), ("day", "issue"), ("day", "issue", "place"), ("week", "place")])
def test_figures_chosen_are_those_of_the_whole_reading(store: Store, by: tuple[str, ...]) -> None:
    store.write(crowd(300, days=40, seed=1), AREA, NOW)
    whole = store.counts(by)
    chosen = store.counts(by, figures=["voices", "posts"])
    assert len(whole) > 1
    pd.testing.assert_frame_equal(chosen, whole[[*by, "posts", "voices"]])


def test_a_figure_that_there_is_not_is_refused(store: Store) -> None:
    with pytest.raises(WordsError, match=r"figures must be of posts, .*; got 'likes'"):
        store.counts("day", figures=["likes"])


def test_a_reading_has_a_row_a_cell_however_many_posts_there_are(store: Store) -> None:
    by, few = ("day", "issue", "place"), posts(*(post(n) for n in range(3)))
    store.write(few, AREA, NOW)
    before = store.counts(by)
    store.write(posts(*(post(n) for n in range(3, 200))), AREA, NOW)
    after = store.counts(by)
    assert after[list(by)].equals(before[list(by)])
    assert [before["posts"].tolist(), after["posts"].tolist()] == [[3, 3], [200, 200]]
