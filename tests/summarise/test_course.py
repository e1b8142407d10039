from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pandas as pd
import pytest
from small import frame, post

from listening.area import Area
from listening.store import Store
from listening.summarise import course, course_words, shares
from listening.summarise.course import Line, Point, Trend
from listening.summarise.event import Item
from listening.summarise.figures import Figures
from listening.summarise.scope import Scope
from listening.summarise.shares import Part
from listening.summarise.trends import Usual

NOW = datetime(2026, 11, 16, 8, tzinfo=UTC)  # a Monday
DAY = timedelta(days=1)
WEEK = timedelta(days=7)
TWO_TO_SEVEN = Usual(2, 7, 13)
EMPTY = pd.DataFrame({"week": [], "posts": [], "voices": []})


def point(begins: date, posts: int, usual: Usual | None = TWO_TO_SEVEN, chosen: bool = True) -> Point:
    return Point(begins, posts, posts, usual, chosen)


def line(*posts: int, usual: Usual | None = TWO_TO_SEVEN, step: str = "week") -> Line:
    last, length = date(2026, 11, 9), timedelta(days=7 if step == "week" else 1)
    starts = [last - length * n for n in range(len(posts))][::-1]
    return Line("Stenby", step, tuple(point(d, n, usual) for d, n in zip(starts, posts, strict=True)))


TREND = Trend(
    figures=Figures(posts=27, voices=22, sources=4, negative=12, neutral=8, positive=4, unclear=3),
    loudest=9,
    usual=Usual(2, 7, 25),
    weeks=25,
    before=20,
    direction="no clear change",
    line=line(6, 11, 20, 27),
    tone_place="Haverdale",
    tone=Figures(posts=64, voices=49, negative=31, neutral=14, positive=7, unclear=12),
    official=(),
    press=(),
)


@pytest.fixture
def bins(scope: Callable[..., Scope]) -> Callable[..., Scope]:
    return lambda **given: scope(**{"ward": None, "town": "Larkford", "issue": "bins", "now": NOW, **given})


# --- points and their usual range ------------------------------------------------------------------


def test_a_point_is_a_finished_week_and_a_week_without_a_row_is_a_nought() -> None:
    rows = pd.DataFrame({"week": [pd.Timestamp("2026-11-02")], "posts": [5], "voices": [4]})
    found = course.points(rows, "week", date(2026, 10, 21), date(2026, 11, 16), shown=13, chosen=1)
    assert found == (
        Point(date(2026, 10, 26), 0, 0, None, False),
        Point(date(2026, 11, 2), 5, 4, None, False),
        Point(date(2026, 11, 9), 0, 0, None, True),
    )


def test_usual_is_what_came_before_the_chosen_weeks() -> None:
    weeks = [date(2026, 11, 9) - WEEK * n for n in range(14)][::-1]
    posts = [3, 2, 5, 4, 3, 2, 5, 4, 3, 6, 5, 11, 20, 27]
    rows = pd.DataFrame({"week": weeks, "posts": posts, "voices": posts})
    found = course.points(rows, "week", weeks[0], date(2026, 11, 16), shown=4, chosen=3)
    assert {p.usual for p in found} == {Usual(2, 6, 11)}
    assert [(p.posts, p.lies, p.chosen) for p in found] == [
        (5, "within", False),
        (11, "above", True),
        (20, "above", True),
        (27, "above", True),
    ]


def test_a_day_is_held_against_its_own_weekday() -> None:
    days = [date(2026, 11, 15) - DAY * n for n in range(7 * 12)][::-1]
    posts = [10 if d.weekday() == 5 else 1 for d in days]
    rows = pd.DataFrame({"day": days, "posts": posts, "voices": posts})
    found = course.points(rows, "day", days[0], date(2026, 11, 16), shown=3, chosen=7)
    assert [(f"{p.begins:%a}", p.usual) for p in found] == [
        ("Fri", Usual(1, 1, 11)),
        ("Sat", Usual(10, 10, 11)),
        ("Sun", Usual(1, 1, 11)),
    ]


def test_nothing_was_heard_before_anybody_listened() -> None:
    assert course.points(EMPTY, "week", date(2026, 11, 12), date(2026, 11, 16), 13, 4) == ()


def test_accounts_that_are_no_longer_known_are_none_not_nought() -> None:
    rows = pd.DataFrame(
        {"week": [pd.Timestamp("2026-11-09")], "posts": [5], "voices": pd.array([pd.NA], dtype="Int64")}
    )
    (found,) = course.points(rows, "week", date(2026, 11, 9), date(2026, 11, 16), 1, 1)
    assert found.voices is None


# --- gathered from a real store --------------------------------------------------------------------


@pytest.fixture
def rising(store: Store, area: Area) -> Store:
    """Twenty quiet weeks, then four of a rise; a council post on it, one elsewhere, and one in the press."""
    quiet = [post(f"q{n}", NOW - 4 * WEEK - n * 3.5 * DAY, issues=["bins"]) for n in range(40)]
    rise = [
        post(f"r{w}.{n}", NOW - w * WEEK - DAY - timedelta(hours=n), issues=["bins"], tone="negative")
        for w, posts in enumerate((24, 12, 8, 6))
        for n in range(posts)
    ]
    other = [post("p", NOW - DAY), post("s", NOW - DAY, issues=["homelessness"], author="one")]
    body = {"author": None, "tone": None, "issues": ["bins"], "wards": [], "url": "https://c.example/1"}
    flood = {"channel": "official", "source": "Northshire Flood Centre", **body}
    said = [
        post("o1", NOW - 3 * DAY, title="New days", **flood),
        post("o2", NOW - 2 * DAY, title="New days", **flood),
        post("o3", NOW - DAY, title="Up the dale", **(flood | {"towns": []})),
        post("c", NOW - DAY, channel="press", source="Haverdale Courier", title="Bins!", **body),
    ]
    store.write(frame(*quiet, *rise, *other, *said), area, NOW)
    store.roll(area, NOW)
    return store


def test_a_rise_is_gathered_with_its_course_its_usual_range_and_what_was_said(
    rising: Store, bins: Callable[..., Scope]
) -> None:
    found = course.gather(rising, bins(period="7d"))
    assert (found.figures.posts, found.figures.voices, found.before, found.direction) == (
        24,
        24,
        12,
        "rising",
    )
    assert (found.usual, found.line.step, len(found.line.points)) == (Usual(2, 2, 18), "day", 28)
    assert [(i.title, i.published) for i in found.official] == [("New days", NOW - 2 * DAY)]
    assert [i.title for i in found.press] == ["Bins!"]
    weeks = course.gather(rising, bins(period="28d")).line
    assert [(p.posts, p.lies) for p in weeks.points[-4:]] == [
        (7, "above"),
        (8, "above"),
        (12, "above"),
        (24, "above"),
    ]


def test_lines_side_by_side_carry_their_own_names(rising: Store, bins: Callable[..., Scope]) -> None:
    both = course.lines(rising, bins(period="28d"), ["bins", "parking"], ["town:Larkford"])
    assert [(x.label, x.points[-1].posts) for x in both] == [("Bins", 24), ("Parking", 1)]
    places = course.lines(rising, bins(period="28d"), ["bins"], ["town:Larkford", "Larkford Mount"])
    assert [(x.label, x.points[-1].posts) for x in places] == [("Larkford", 24), ("Larkford Mount", 0)]


def test_share_of_voice_is_of_all_talk_in_the_place_and_hides_a_sensitive_issue_of_few(
    rising: Store, bins: Callable[..., Scope]
) -> None:
    rows, whole = shares.parts(rising, bins(period="7d"), "issue")
    assert (whole, [(p.label, p.posts) for p in rows]) == (26, [("Bins", 24), ("Parking", 1)])
    assert (rows[0].low, rows[0].high) == (pytest.approx(0.759, abs=1e-3), pytest.approx(0.979, abs=1e-3))


@pytest.mark.parametrize(
    ("by", "said"),
    [
        ("place", [("Larkford Bridge", 24)]),
        ("source", [("Haverdale Forum", 24)]),
        ("channel", [("Residents' posts", 24), ("Public bodies", 2), ("Press", 1)]),
    ],
)
def test_a_figure_is_cut_by_place_source_and_channel(
    by: str, said: list[tuple[str, int]], rising: Store, bins: Callable[..., Scope]
) -> None:
    rows, _ = shares.parts(rising, bins(period="7d"), by)
    assert [(p.label, p.posts) for p in rows] == said
    assert (rows[0].low is None) is (by != "source")


def test_below_ten_accounts_no_share_is_told(store: Store, area: Area, bins: Callable[..., Scope]) -> None:
    store.write(frame(*(post(f"a{n}", NOW - DAY, issues=["bins"]) for n in range(9))), area, NOW)
    rows, whole = shares.parts(store, bins(), "issue")
    assert (rows, whole) == ((Part("Bins", 9, 9),), 9)


@pytest.mark.parametrize("period", ["today", "7d", "28d", "90d"])
def test_an_empty_store_is_told_without_a_figure(
    period: str, store: Store, area: Area, bins: Callable[..., Scope]
) -> None:
    store.write(frame(), area, NOW)
    scope = bins(period=period)
    found = course.gather(store, scope)
    assert (found.figures, found.usual, found.before, found.line.points) == (Figures(), None, None, ())
    assert course_words.company(found, scope) == ""
    assert course_words.direction(found, scope) == ""
    assert course_words.level(found.line, 0) == ["No usual range yet."]
    assert shares.parts(store, scope, "place") == ((), 0)


def test_a_window_that_begins_before_the_first_post_says_since_when(
    store: Store, area: Area, bins: Callable[..., Scope]
) -> None:
    store.write(frame(post("a", NOW - timedelta(days=8)), post("b", NOW - timedelta(days=1))), area, NOW)
    assert course.gather(store, bins(period="7d")).begun is None
    assert course.gather(store, bins(period="90d")).begun == (NOW - timedelta(days=8)).date()


# --- sentences, word for word ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "given", "said"),
    [
        ({}, {}, "Bins in Larkford: 27 posts this week, usually 2–7"),
        ({}, {"issue": None}, "Larkford: 27 posts this week, usually 2–7"),
        ({"usual": None}, {"period": "90d"}, "Bins in Larkford: 27 posts in three months"),
        (
            {"usual": None, "begun": date(2026, 11, 9)},
            {"period": "90d"},
            "Bins in Larkford: 27 posts since 9 November",
        ),
        (
            {"figures": Figures(), "usual": Usual(0, 3, 20)},
            {},
            "No posts about bins in Larkford this week; that is usual",
        ),
        ({"figures": Figures()}, {"issue": None}, "No posts about Larkford this week; usually 2–7"),
        ({"figures": Figures(), "usual": None}, {}, "No posts about bins in Larkford this week"),
    ],
)
def test_the_heading_is_a_finding(
    changes: dict[str, object], given: dict[str, object], said: str, bins: Callable[..., Scope]
) -> None:
    assert course_words.finding(replace(TREND, **changes), bins(**given)) == said


def test_a_figure_is_told_with_its_accounts_its_sources_and_its_loudest(bins: Callable[..., Scope]) -> None:
    said = "From 22 accounts on 4 sources. The loudest three accounts wrote 9 of the 27 posts."
    assert course_words.company(TREND, bins()) == said
    thin = replace(TREND, figures=Figures(posts=1, voices=1, sources=1), usual=None, weeks=3)
    said = "From 1 account on 1 source. There is no usual range yet: heard for 3 weeks."
    assert course_words.company(thin, bins()) == said


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "No clear change: 27 posts, and 20 in the week before."),
        ({"usual": Usual(13, 28, 20)}, "No clear change: 27 posts, usually 13–28."),
        ({"direction": "rising", "before": 0}, "Rising: 27 posts, against none in the week before."),
        ({"direction": "falling", "before": 1200}, "Falling: 27 posts, against 1,200 in the week before."),
        ({"direction": None}, "Too few accounts to say whether it is rising."),
        (
            {"direction": None, "before": None},
            "We have not listened long enough to say whether it is rising.",
        ),
    ],
)
def test_whether_it_is_rising(changes: dict[str, object], said: str, bins: Callable[..., Scope]) -> None:
    assert course_words.direction(replace(TREND, **changes), bins()) == said


def test_of_part_of_a_day_no_direction_is_told(bins: Callable[..., Scope]) -> None:
    assert course_words.direction(TREND, bins(period="today")) == ""


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (
            line(6, 11, 20, 27),
            [
                "3 of 4 weeks were above usual (2–7):"
                " the weeks from 26 October (11), 2 November (20) and 9 November (27)."
            ],
        ),
        (
            line(6, 1, 27),
            [
                "1 of 3 weeks was above usual (2–7): the week from 9 November (27).",
                "1 of 3 weeks was below usual (2–7): the week from 2 November (1).",
            ],
        ),
        (
            line(9, 8, 12, 20, 27, step="day"),
            [
                "5 of 5 days were above usual (2–7): most of all"
                " Saturday 7 November (12), Sunday 8 November (20) and Monday 9 November (27)."
            ],
        ),
        (line(6, 5), ["All 2 weeks were within their usual range (2–7)."]),
        (line(6), ["The week was within its usual range."]),
        (line(6, usual=None), ["No usual range yet: heard for 5 weeks."]),
    ],
)
def test_days_and_weeks_outside_the_usual_range_are_named(found: Line, said: list[str]) -> None:
    assert course_words.level(found, 5) == said
    assert all(len(s.split()) <= 25 for s in said)


def test_tone_is_four_shares_of_a_place_with_enough_posts(bins: Callable[..., Scope]) -> None:
    assert course_words.tone(bins(), TREND.figures, "Haverdale", TREND.tone) == [
        "27 posts is too few to judge one town.",
        "Across Haverdale (64 posts): 31 unhappy, 14 neutral, 7 pleased, 12 can't tell.",
        "About 48 in a hundred are unhappy; between 37 and 60 if these posts are typical.",
    ]
    few = replace(TREND.tone, negative=1, neutral=0, positive=0, unclear=0)
    assert course_words.tone(bins(), few, "Larkford", few) == ["1 post is too few to judge tone."]
    assert course_words.tone(bins(), Figures(), "Haverdale", Figures()) == ["No posts to judge tone by."]


def test_a_share_has_its_interval_in_words() -> None:
    assert course_words.part(Part("Bins", 27, 22, 0.2216, 0.4102), 88) == (
        "Bins: 27 of 88 posts, 31 in a hundred (between 22 and 41)"
    )
    assert course_words.part(Part("Bins", 1, 1), 2) == "Bins: 1 of 2 posts"


def test_the_heading_over_the_parts() -> None:
    rows = [Part("Quarry Hill", 14, 11), Part("Foxholes", 2, 2), Part("Eastgate", 1, 1), Part("Mount", 1, 1)]
    assert course_words.parts_finding(rows, "place", 27) == "Quarry Hill 14, Foxholes 2 and Eastgate 1"
    assert course_words.parts_finding(rows, "issue", 27, "Foxholes") == "Foxholes: 2 of 27 posts"
    assert course_words.parts_finding(rows, "issue", 27) == "Quarry Hill: 14 of 27 posts"
    assert course_words.parts_finding([], "place", 0) == "No post names a place"
    assert course_words.parts_finding([], "issue", 0) == "No posts to divide"


def test_lines_are_held_each_against_its_own_usual_range_and_never_ranked() -> None:
    calm, loud = replace(line(3, 4), label="Haver"), line(3, 27)
    assert course_words.compare_finding([calm, loud]) == "Stenby above usual; the rest as usual"
    assert course_words.compare_finding([calm]) == "Haver: all as usual"
    assert course_words.compare_finding([loud, line(3, 1)]) == "Stenby above usual and Stenby below usual"
    assert course_words.compared(loud) == "Stenby: 27 posts in the newest week, usually 2–7"
    assert course_words.compared(line(1, usual=None, step="day")) == "Stenby: 1 post yesterday"
    assert course_words.compared(replace(loud, points=())) == "Stenby: not heard long enough"


def test_what_a_public_body_said_is_told_with_its_day(bins: Callable[..., Scope]) -> None:
    item = Item("New days", "Council", "official", NOW - 14 * DAY, None)
    assert course_words.note(item, bins()) == "2 November: New days"
    said = "No public body we read wrote about bins in Larkford in this time."
    assert course_words.nobody(bins()) == said
