"""Zero is not silence: what could not be heard is no nought, no evidence of quiet, and no news."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import pandas as pd
import pytest
from small import frame, post

from listening import share
from listening.area import Area, Source
from listening.post import Run
from listening.store import Store
from listening.summarise import (
    alone,
    bursts,
    compare,
    course,
    course_words,
    effects,
    findings,
    listened,
    noted,
    outlook,
    overview,
    partly,
    standing,
    today,
    trends,
)
from listening.summarise.course import Point
from listening.summarise.scope import Scope
from listening.summarise.silences import Silences, silences
from listening.summarise.trends import Usual

NOW = datetime(2026, 11, 16, 8, tzinfo=UTC)  # a Monday
DAY, WEEK = timedelta(days=1), timedelta(days=7)
BACK = NOW - 54 * WEEK
FORUM, DALE = "Haverdale Forum", "Dale Parish News"
NINTH = datetime(2026, 11, 9, 6, tzinfo=UTC)
WEEKDAYS = [date(2026, 11, n) for n in range(9, 16)]


def quiet_since(area: Area, **down: tuple[datetime, datetime]) -> Silences:
    """All sources heard all the time, but those that were down from one moment to another."""
    told = {s.name: [(BACK, NOW)] for s in area.sources}
    for name, (begin, end) in down.items():
        told[name] = [(BACK, begin), (end, NOW)]
    places: dict[str, tuple[str | None, str | None]] = {area.code: (None, None)}
    places |= {f"town:{t.name}": (None, t.name) for t in area.towns} | {
        w.name: (w.name, None) for w in area.wards
    }
    proof = pd.DataFrame([(DALE, "Upper Dale"), (FORUM, "Larkford Bridge")], columns=["source", "ward"])
    return silences(area, told, places, BACK, NOW, proof)


@pytest.fixture
def here(scope: Callable[..., Scope]) -> Callable[..., Scope]:
    def make(**given: Any) -> Scope:
        known = {name: given.pop(name) for name in ("silences", "since") if name in given}
        return scope(**{"now": NOW, **given}).at(**known)

    return make


# --- what is asked of the ears ---------------------------------------------------------------------


def test_a_ward_whose_only_source_was_down_was_silent_and_its_neighbours_were_not(
    area: Area, here: Callable[..., Scope]
) -> None:
    dale = here(ward="Upper Dale", silences=quiet_since(area, **{DALE: (NINTH, NOW)}))
    assert dale.deaf() == set(WEEKDAYS) | {date(2026, 11, 16)}
    assert dale.deaf("Larkford Bridge") == frozenset()
    assert (dale.silent, dale.at(ward="Larkford Bridge").silent) == ("all the time", "")
    assert dale.at(since=NOW - 28 * DAY, period="28d").silent == "since 9 November"
    assert here(ward="Upper Dale").silent == ""


def test_a_silence_that_is_over_is_told_with_its_days(area: Area, here: Callable[..., Scope]) -> None:
    down = {DALE: (NOW - 6 * DAY, NOW - 3 * DAY)}
    assert here(ward="Upper Dale", silences=quiet_since(area, **down)).silent == "from Tuesday to Friday"
    short = {DALE: (NOW - 6 * DAY, NOW - 6 * DAY + timedelta(hours=11))}
    assert here(ward="Upper Dale", silences=quiet_since(area, **short)).silent == ""


def test_since_midnight_half_of_the_time_is_enough_to_be_told(area: Area, here: Callable[..., Scope]) -> None:
    midnight = NOW.replace(hour=0)
    night = {DALE: (NOW - timedelta(hours=5), NOW)}
    found = here(ward="Upper Dale", period="today", since=midnight, silences=quiet_since(area, **night))
    assert found.silent == "since today"


def test_what_a_silent_source_used_to_carry_is_the_part_that_could_not_be_heard(area: Area) -> None:
    found = quiet_since(area, **{FORUM: (NOW - WEEK, NOW)})
    posts = pd.Series({FORUM: 30, "Council page comments": 10})
    assert found.part(posts, NOW - WEEK, NOW) == 0.25
    assert found.part(posts, NOW - 2 * WEEK, NOW) == pytest.approx(0.625)
    assert found.part(posts, NOW - 3 * WEEK, NOW - 2 * WEEK) == 1.0
    assert Silences().part(posts, NOW - WEEK, NOW) == 1.0


# --- what is usual ------------------------------------------------------------------------------------


def test_a_block_that_could_not_be_heard_is_no_evidence_and_two_lost_days_are_let_pass() -> None:
    first, until = date(2026, 10, 5), date(2026, 11, 2)
    daily = {date(2026, 10, 5): 3, date(2026, 10, 15): 1}
    three = {date(2026, 10, 19) + n * DAY for n in range(3)} | {date(2026, 10, 12), date(2026, 10, 13)}
    assert trends.weekly(daily, first, until, deaf=three).tolist()[:2] == [3.0, 1.0]
    assert trends.weekly(daily, first, until, deaf=three).isna().tolist() == [False, False, True, False]
    assert trends.weekly(daily, first, until).tolist() == [3, 1, 0, 0]
    heard_after_all = {date(2026, 10, 14), date(2026, 10, 15), date(2026, 10, 16)}
    assert trends.weekly(daily, first, until, deaf=heard_after_all).tolist() == [3, 1, 0, 0]


def test_a_rise_does_not_run_through_a_week_that_nobody_heard() -> None:
    assert bursts.rising([1, 2, 3, 9], Usual(0, 2, 20)) == [1, 2, 3, 9]
    assert bursts.rising([1, 2, np.nan, 3, 9], Usual(0, 2, 20)) == []


def trickle(silent: set[date]) -> pd.DataFrame:
    """Three conversations a week about bins in two wards for 26 weeks, none of Upper Dale on silent days."""
    days = [NOW.date() - WEEK - n * DAY for n in range(1, 183)]
    kept = [(d, p) for n, d in enumerate(days) for p in ("Bridge", "Upper Dale") if n % 7 in (0, 2, 4)]
    rows = [(pd.Timestamp(d), "bins", p, 1, 1, 1) for d, p in kept if p == "Bridge" or d not in silent]
    return pd.DataFrame(rows, columns=["day", "issue", "place", "conversations", "voices", "posts"])


def expected(
    deaf: dict[str, set[date]] | None, daily: pd.DataFrame, conversations: int = 12
) -> dict[str, Any]:
    cells = [("bins", p, conversations, conversations, conversations) for p in ("Bridge", "Upper Dale")]
    now = pd.DataFrame(cells, columns=["issue", "place", "conversations", "voices", "posts"])
    rows = bursts.bursts(daily, NOW, current=now, deaf=deaf)
    return {r.place: (round(r.expected, 2), r.weeks) for r in rows.itertuples()}


def test_weeks_with_a_dead_source_do_not_sink_what_a_ward_is_expected_to_say() -> None:
    dead = {NOW.date() - WEEK - n * DAY for n in range(1, 8 * 7 + 1)}
    daily = trickle(dead)
    assert expected(None, daily) == {"Bridge": (2.9, 25), "Upper Dale": (1.98, 25)}
    assert expected({"Upper Dale": dead}, daily) == {"Bridge": (2.9, 25), "Upper Dale": (2.86, 17)}


def test_a_ward_heard_for_fewer_than_eight_weeks_does_not_stand_out() -> None:
    dead = {NOW.date() - WEEK - n * DAY for n in range(1, 19 * 7 + 1)}
    assert expected({"Upper Dale": dead}, trickle(dead), 20) == {"Bridge": (2.9, 25)}


def test_where_all_could_be_heard_nothing_changes() -> None:
    daily, now = trickle(set()), None
    plain = bursts.bursts(daily, NOW, current=now)
    pd.testing.assert_frame_equal(plain, bursts.bursts(daily, NOW, current=now, deaf={"Upper Dale": set()}))


# --- Trends -------------------------------------------------------------------------------------------

USUAL = Usual(1, 3, 20)
NOTHING = pd.DataFrame({"day": pd.Series([], dtype="datetime64[us]"), "posts": [], "voices": []})


def test_a_day_that_could_not_be_heard_is_a_gap_and_a_day_with_posts_is_a_point() -> None:
    rows = pd.DataFrame({"day": [pd.Timestamp("2026-11-12")], "posts": [2], "voices": [2]})
    found = course.points(rows, "day", date(2026, 11, 9), date(2026, 11, 16), 28, 7, WEEKDAYS[1:])
    assert [(p.posts, p.gap) for p in found] == [
        (0, False),
        (0, True),
        (0, True),
        (2, False),
        (0, True),
        (0, True),
        (0, True),
    ]
    assert found[1].lies is None
    few = replace(found[3], usual=Usual(5, 9, 20))
    assert few.lies is None, "so few may be what is left of a day that was half heard, or brought in"


def test_days_that_could_not_be_heard_are_left_out_of_the_usual_range() -> None:
    mondays = [date(2026, 11, 2) - n * WEEK for n in range(20)]
    rows = pd.DataFrame(
        {"day": [pd.Timestamp(d) for d in mondays[6:]], "posts": [4] * 14, "voices": [4] * 14}
    )
    first, until = mondays[-1], date(2026, 11, 16)
    plain = course.points(rows, "day", first, until, 28, 7)
    known = course.points(rows, "day", first, until, 28, 7, mondays[:6])
    (old,) = [p for p in plain if p.begins == date(2026, 11, 9)]
    (new,) = [p for p in known if p.begins == date(2026, 11, 9)]
    assert (old.usual, new.usual) == (Usual(0, 4, 20), Usual(4, 4, 14))


def test_a_week_is_a_gap_where_no_day_of_it_could_be_heard_and_else_says_how_many_could() -> None:
    rows = NOTHING.rename(columns={"day": "week"})
    deaf = [*WEEKDAYS, date(2026, 11, 7), date(2026, 11, 8)]
    found = course.points(rows, "week", date(2026, 10, 26), date(2026, 11, 16), 13, 4, deaf)
    assert [course_words.reason(p, "week") for p in found] == ["", "heard 5 of 7 days", "could not be heard"]
    line = course.Line("Upper Dale", "week", found)
    assert course_words.unheard(line) == "Could not be heard: the week from 9 November."
    assert course_words.compared(line) == "Upper Dale: could not be heard in the newest week"
    assert course_words.compare_finding([line]) == "Upper Dale could not be heard"


def days(*posts: int | None, usual: Usual | None = USUAL) -> course.Line:
    """The days from Monday 9 November on; None could not be heard."""
    told = [
        Point(d, n or 0, 0, usual, True, int(n is None), n is None)
        for d, n in zip(WEEKDAYS, posts, strict=False)
    ]
    return course.Line("Upper Dale", "day", tuple(told))


def test_the_words_over_the_line_count_only_the_days_that_were_heard() -> None:
    assert course_words.level(days(2, None, None, 1), 20) == [
        "What we heard was within its usual range (1–3)."
    ]
    assert course_words.level(days(2, None, None, 9), 20) == [
        "1 of 2 days was above usual (1–3): Thursday 12 November (9)."
    ]
    assert course_words.level(days(None, None), 20) == ["None of the 2 days could be heard."]
    assert course_words.unheard(days(2, None, None, 1, None)) == (
        "Could not be heard: Tuesday 10 November to Wednesday 11 November and Friday 13 November."
    )
    assert course_words.unheard(days(2, 0)) == ""


def test_a_time_that_could_not_be_heard_leaves_with_its_reason_and_without_a_figure(
    here: Callable[..., Scope],
) -> None:
    counts = pd.DataFrame(
        {
            "day": [pd.Timestamp("2026-11-11")],
            "place": ["Upper Dale"],
            "posts": [2],
            "voices": ["fewer than 5"],
        }
    ).astype({"posts": "Int64"})
    found = course.with_gaps(counts, days(0, None, 2), here(ward="Upper Dale"))
    assert found["day"].tolist() == [pd.Timestamp("2026-11-10"), pd.Timestamp("2026-11-11")]
    assert found["place"].tolist() == ["Upper Dale", "Upper Dale"]
    assert found["posts"].isna().tolist() == [True, False]
    assert found["voices"].tolist() == ["could not be heard", "fewer than 5"]
    assert course.with_gaps(counts, days(0, 2), here(ward="Upper Dale")) is counts


# --- an invented store: the Forum carries the ward, and falls silent -------------------------------------


@pytest.fixture
def told(store: Store, area: Area) -> Store:
    """26 weeks of twelve posts a week about parking on Weir Lane by twelve accounts, up to a week ago."""
    rows = [
        post(f"p{week}.{n}", NOW - week * WEEK + DAY * (n % 6) + timedelta(hours=2), author=f"a{n}")
        for week in range(2, 28)
        for n in range(12)
    ]
    rows += [
        post(f"m{week}.{n}", NOW - week * WEEK + DAY * (n % 6) + timedelta(hours=3), wards=["Larkford Mount"])
        for week in range(1, 28)
        for n in range(12)
    ]
    store.write(frame(*rows), area, NOW)
    store.roll(area, NOW)
    return store


DOWN = {FORUM: (NOW - 8 * DAY, NOW)}


def test_an_issue_gone_quiet_while_its_source_was_down_is_no_news(
    told: Store, area: Area, here: Callable[..., Scope]
) -> None:
    def found(quiet: Silences) -> list[str]:
        whole = here(ward=None, silences=quiet)
        first = date(2026, 5, 11)
        notes = noted.gone_quiet(told, whole, standing.cells(told, whole), first)
        return [n.place for n in notes]

    assert found(Silences()) == ["Larkford Bridge"]
    assert found(quiet_since(area, **{DALE: (NOW - 8 * DAY, NOW)})) == ["Larkford Bridge"]
    assert found(quiet_since(area, **DOWN)) == []


def test_today_calls_nothing_usual_or_quiet_that_was_not_all_heard(
    told: Store, area: Area, here: Callable[..., Scope]
) -> None:
    def said(**given: Any) -> list[str]:
        at = here(**given)
        return findings.headline(today.gather(told, at), at)

    broken = {FORUM: (NOW - 6 * DAY, NOW - 3 * DAY)}
    assert said() == ["No posts about Larkford Bridge this week; usually 12."]
    assert said(silences=quiet_since(area, **broken)) == [
        "We heard no posts about Larkford Bridge this week.",
        "Its sources were silent from Tuesday to Friday.",
    ]
    mount = quiet_since(area, **broken)
    assert said(ward="Larkford Mount") == [
        "A usual week in Larkford Mount.",
        "12 posts from 12 accounts; usually 12.",
        "Nothing stands out.",
    ]
    assert said(ward="Larkford Mount", silences=mount) == [
        "What we heard in Larkford Mount was usual: 12 posts from 12 accounts; usually 12.",
        "Its sources were silent from Tuesday to Friday.",
    ]


def test_a_main_source_that_was_down_is_reason_enough_where_others_were_heard(
    told: Store, area: Area, here: Callable[..., Scope]
) -> None:
    quiet = quiet_since(area, **DOWN)
    whole = here(ward=None, silences=quiet)
    assert (whole.silent, partly.audible(told, whole)) == ("", 0.0)
    view = overview.gather(told, whole, overview.of_week(told, whole, standing.cells(told, whole)))
    assert outlook.headline(view, whole) == [
        "12 posts about Haverdale this week.",
        "No single issue stands out.",
        "Sources that carry much of its talk were silent for a time.",
    ]
    heard = replace(view, audible=1.0)
    assert outlook.headline(heard, here(ward=None))[0] == "A quiet week in Haverdale."
    usual = replace(view, usuals={"posts": Usual(10, 20, 20)})
    assert outlook.headline(usual, whole)[0] == "What we heard in Haverdale was usual: 12 posts this week."


def test_a_place_of_which_there_is_only_what_was_brought_in_was_silent_all_the_time(
    told: Store, area: Area, here: Callable[..., Scope]
) -> None:
    log = Source("Log", "file", "public")
    brought = replace(area, sources=(log,))
    nobody = silences(brought, {}, {brought.code: (None, None)}, BACK, NOW - timedelta(minutes=5))
    whole = here(ward=None, silences=nobody).at(area=brought)
    assert whole.silent == "", "a new area's first minutes are no silence"
    whole = whole.at(unheard=True)
    assert whole.silent == "all the time"
    assert partly.silent(whole) == "No source that we ask was heard in this time."
    view = overview.gather(told, whole, overview.of_week(told, whole, standing.cells(told, whole)))
    assert outlook.headline(replace(view, usuals={"posts": Usual(20, 30, 20)}), whole) == [
        "12 posts about Haverdale this week.",
        "No source that we ask was heard in this time.",
    ]
    since = replace(nobody, places={brought.code: replace(nobody.places[brought.code], gaps=((NINTH, NOW),))})
    at = whole.at(silences=since, period="28d", since=NOW - 28 * DAY)
    assert partly.silent(at) == "The sources that we ask were silent since 9 November."


def test_a_ward_is_below_usual_only_where_it_was_heard(
    told: Store, area: Area, here: Callable[..., Scope]
) -> None:
    ears = {w.name: 1 for w in area.wards}
    few = [post(f"f{n}", NOW - DAY, author=f"a{n}", thread="one") for n in range(10)]
    told.write(frame(*few), area, NOW)

    def found(quiet: Silences) -> dict[str, tuple[str, str]]:
        at = here(ward=None, silences=quiet)
        rows = compare.table(compare.gather(told, at, ears)).set_index("ward")
        return {w: (rows.loc[w, "posts"], rows.loc[w, "compared fairly"]) for w in ("Larkford Bridge",)}

    assert found(Silences())["Larkford Bridge"] == ("10", "below usual")
    broken = quiet_since(area, **{FORUM: (NOW - 6 * DAY, NOW - 3 * DAY)})
    assert found(broken)["Larkford Bridge"] == ("10", "heard 4 of 7 days")


def test_a_ward_heard_for_part_of_the_time_is_named_and_a_high_one_stays_high(
    here: Callable[..., Scope],
) -> None:
    part = compare.Compared(
        "Upper Dale", 9, 9, 9, 1, Usual(1, 3, 20), lies=compare.ABOVE, heard="4 of 7 days"
    )
    assert compare.judgement(part) == "above usual; heard 4 of 7 days"
    assert compare.finding(compare.Comparison((part,), {}, 20), here(ward=None)) == [
        "Upper Dale is above its usual range.",
        "Upper Dale could be heard for part of the time.",
    ]


def test_how_much_of_the_time_was_heard_leaves_beside_the_counts(area: Area) -> None:
    part = compare.Compared("Upper Dale", 9, 9, 9, 1, Usual(1, 3, 20), heard="4 of 7 days")
    rows = compare.leaving(compare.Comparison((part, replace(part, ward="Coldbrook", heard="")), {}, 20))
    assert share.counts(rows, area, NOW)["heard"].tolist() == ["4 of 7 days", "all"]


def test_the_page_of_a_ward_says_what_was_heard_and_not_that_nothing_stands_out(
    told: Store, area: Area, here: Callable[..., Scope]
) -> None:
    broken = quiet_since(area, **{FORUM: (NOW - 6 * DAY, NOW - 3 * DAY)})
    plain, silent = here(ward="Larkford Mount"), here(ward="Larkford Mount", silences=broken)
    assert alone.finding(alone.gather(told, plain)[1], plain).endswith("usually 12. Nothing stands out.")
    assert alone.finding(alone.gather(told, silent)[1], silent).endswith("usually 12.")


def test_before_and_after_are_not_compared_over_days_that_could_not_be_heard(
    told: Store, area: Area, here: Callable[..., Scope]
) -> None:
    note = date(2026, 11, 1)
    at = here(
        issue="parking", period="28d", silences=quiet_since(area, **{FORUM: (NOW - 8 * DAY, NOW - 4 * DAY)})
    )
    (found,) = effects.effects(told, at, [note]).values()
    assert effects.said(found) == effects.UNHEARD
    (heard,) = effects.effects(told, here(issue="parking", period="28d"), [note]).values()
    assert effects.said(heard).startswith("Two weeks before: ")


def test_falling_is_not_said_of_a_time_that_could_not_be_heard(
    told: Store, area: Area, here: Callable[..., Scope]
) -> None:
    plain, silent = here(), here(silences=quiet_since(area, **DOWN))
    assert (
        course_words.direction(course.gather(told, plain), plain)
        == "Falling: 0 posts, against 12 in the week before."
    )
    found = course.gather(told, silent)
    assert course_words.finding(found, silent) == "We heard no posts about Larkford Bridge this week"
    assert course_words.direction(found, silent) == (
        "Its sources were silent all the time. So we cannot say whether it is rising."
    )


def test_no_sentence_has_more_than_25_words(here: Callable[..., Scope], area: Area) -> None:
    at = here(
        ward="Upper Dale",
        period="28d",
        since=NOW - 28 * DAY,
        silences=quiet_since(area, **{DALE: (NINTH, NOW)}),
    )
    said = [partly.silent(at), partly.silent(here(), 0.1), effects.UNHEARD]
    assert said[0] == "Its sources were silent since 9 November."
    assert max(len(s.split()) for s in said) <= 25


def test_the_runs_of_a_store_lead_to_the_same_silences(store: Store, area: Area) -> None:
    only = replace(area, sources=tuple(s for s in area.sources if s.name == DALE))
    for n in range(20 * 24):
        at = NOW - 20 * DAY + timedelta(hours=n)
        store.record(Run(DALE, at, "failing" if at >= NINTH else "quiet", "It fell."), {})
    told = listened.spells(only, store.runs(), store.heard(NOW), NOW, store.first_asked())
    found = silences(only, told, {"Upper Dale": ("Upper Dale", None)}, NOW - 14 * DAY, NOW)
    assert found.days("Upper Dale") == set(WEEKDAYS) | {date(2026, 11, 16)}
