"""Health: every state word for word, and what may be said of a place."""

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from listening.area import Area, Checklist, Source, Town, Ward
from listening.summarise import health, hearing, particulars

NOW = datetime(2026, 11, 11, 7, 30, tzinfo=UTC)  # a Wednesday; London keeps UTC in November
MONDAY_0610 = datetime(2026, 11, 9, 6, 10, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NO_RUNS = pd.DataFrame(
    columns=["source", "state", "reason", "error", "first", "last", "items", "new", "seconds"]
)
NO_POSTS = pd.DataFrame(columns=["source", "posts_28d", "first_post", "last_post", "last_collected"])


def source(name: str = "Forum", channel: str = "press", **more: Any) -> Source:
    return Source(name, "feed", channel, **more)


def area(*sources: Source, **more: Any) -> Area:
    wards = (
        Ward("Larkford Bridge", "E1", "Larkford"),
        Ward("Larkford Park", "E2", "Larkford"),
        Ward("Coldbrook", "E3"),
        Ward("Moorside", "E4"),
        Ward("Upper Dale", "E5"),
    )
    facts: dict[str, Any] = {
        "name": "Haverdale",
        "code": "X1",
        "type": "district",
        "timezone": "Europe/London",
        "wards": wards,
        "towns": (Town("Larkford"),),
        "places": (),
        "bodies": (),
        "issues": (),
        "sources": sources,
        "checklist": Checklist("Us", "post@example.org", "To hear", "Public task", 90 * DAY),
        "store": "",
        "config": Path("sources.yaml"),
    }
    return Area(**facts | more)


def runs(
    *rows: tuple[str, str, datetime, datetime] | tuple[str, str, datetime, datetime, str],
) -> pd.DataFrame:
    whole = [(*row, "")[:5] for row in rows]
    return pd.DataFrame(whole, columns=["source", "state", "first", "last", "reason"])


def heard(
    name: str = "Forum", posts: int = 28, first: datetime = NOW - 60 * DAY, last: datetime = NOW
) -> pd.DataFrame:
    return pd.DataFrame([[name, posts, first, last, last]], columns=NO_POSTS.columns)


def one(
    runs: pd.DataFrame = NO_RUNS, heard: pd.DataFrame = NO_POSTS, its: Source | None = None, **more: Any
) -> Any:
    """State and sentence of an area's one source."""
    found = health.states(area(its or source(), **more), runs, heard, NOW)
    return tuple(found.loc[0, ["state", "sentence"]])


def test_a_source_that_gave_something_new_today_was_heard() -> None:
    record = runs(("Forum", "ok", NOW - timedelta(minutes=4), NOW - timedelta(minutes=4)))
    assert one(record, heard()) == ("ok", "Heard 4 minutes ago.")


def test_empty_is_not_broken() -> None:
    friday = datetime(2026, 11, 6, 12, tzinfo=UTC)
    record = runs(
        ("Forum", "ok", friday, friday), ("Forum", "quiet", friday + HOUR, NOW - timedelta(minutes=9))
    )
    assert one(record, heard(last=friday)) == ("quiet", "Alive; nothing new since Friday.")
    assert one(record) == ("quiet", "Alive; nothing new yet.")


def test_a_source_we_have_not_asked_for_days_is_late_however_well_it_was() -> None:
    thursday = datetime(2026, 11, 5, 12, tzinfo=UTC)
    assert one(runs(("Forum", "ok", thursday, thursday)), heard(last=thursday)) == (
        "stale",
        "Last heard Thursday.",
    )


def test_a_source_asked_once_a_day_is_not_late_after_two() -> None:
    record = runs(("Forum", "quiet", NOW - 2 * DAY, NOW - 2 * DAY))
    assert one(record, heard(last=NOW - 3 * DAY), source(every=DAY)) == (
        "quiet",
        "Alive; nothing new since Sunday.",
    )


def test_a_source_that_carries_only_old_items_is_late_and_says_so() -> None:
    said = "It answers, but its newest item is of 3 May 2026."
    assert one(runs(("Forum", "stale", NOW - DAY, NOW, said)), heard(last=NOW - 90 * DAY)) == ("stale", said)


def test_a_failing_source_says_since_when_and_why() -> None:
    record = runs(
        ("Forum", "quiet", NOW - 9 * DAY, MONDAY_0610 - HOUR),
        ("Forum", "failing", MONDAY_0610, NOW - HOUR, "It sends a web page instead of a feed."),
    )
    said = "It has not answered since Monday 06:10 (it sends a web page instead of a feed)."
    assert one(record, heard(last=NOW - 9 * DAY)) == ("failing", said)


def test_a_failure_lasts_through_a_change_of_its_reason_and_ends_with_an_answer() -> None:
    record = runs(
        ("Forum", "failing", NOW - 5 * DAY, NOW - 5 * DAY, "It took too long."),
        ("Forum", "quiet", NOW - 4 * DAY, MONDAY_0610 - HOUR),
        ("Forum", "failing", MONDAY_0610, MONDAY_0610 + HOUR, "It took too long."),
        ("Forum", "failing", MONDAY_0610 + 2 * HOUR, NOW, "It sends a web page instead of a feed."),
    )
    assert health.states(area(source()), record, NO_POSTS, NOW).loc[0, "since"] == MONDAY_0610


def test_a_source_that_never_answered_does_not_claim_it_once_did() -> None:
    why = "It could not be reached from here (no network, or the address is wrong)."
    record = runs(("Forum", "failing", NOW - HOUR, NOW, why))
    assert one(record) == ("failing", "It has not answered yet (it could not be reached from here).")


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("Paused: this source needs a key. Everything else works.",) * 2,
        ("Resting until 13:05: it asked us to slow down.",) * 2,
        ("It wants a fee.", "Paused: it wants a fee. Everything else works."),
        ("needs a key", "Paused: this source needs a key. Everything else works."),
        ("", "Paused. Everything else works."),
    ],
)
def test_a_paused_source_says_why(reason: str, said: str) -> None:
    assert one(runs(("Forum", "paused", NOW - HOUR, NOW, reason))) == ("paused", said)


def test_a_rest_that_is_over_is_not_told_as_if_it_lasted() -> None:
    rests = "Resting until 05:05: it asked us to slow down."
    over = "It asked us to slow down. Its rest is over: it may be asked again."
    said_at = datetime(2026, 11, 11, 4, tzinfo=UTC)
    assert one(runs(("Forum", "paused", said_at, said_at, rests))) == ("paused", over)
    tomorrow = "Resting until 05:05 on 12 November: it asked us to slow down."
    assert one(runs(("Forum", "paused", said_at, said_at, tomorrow))) == ("paused", tomorrow)


@pytest.mark.parametrize(
    ("behind", "said"),
    [
        ("Resting until 08:05: it has failed 6 times in a row.",) * 2,
        ("Resting until 07:05: it has failed 6 times in a row.", ""),
        ("We look once a week whether it is back.",) * 2,
        (
            "It has been so for 9 days: look for its new address. "
            "Resting until 07:05: it has failed 60 times in a row.",
            "It has been so for 9 days: look for its new address.",
        ),
    ],
)
def test_what_follows_from_a_failure_stands_behind_it(behind: str, said: str) -> None:
    gone = "There is nothing at its address any more."
    record = runs(
        ("Forum", "quiet", NOW - 9 * DAY, MONDAY_0610 - HOUR),
        ("Forum", "failing", MONDAY_0610, NOW - HOUR, f"{gone} {behind}"),
    )
    since = "It has not answered since Monday 06:10 (there is nothing at its address any more)."
    assert one(record, heard(last=NOW - 9 * DAY)) == ("failing", f"{since} {said}".strip())


def test_a_source_that_never_answered_says_what_follows_too() -> None:
    record = runs(
        (
            "Forum",
            "failing",
            NOW - HOUR,
            NOW,
            "It has been taken down for good. We look once a week whether it is back.",
        )
    )
    assert one(record)[1] == (
        "It has not answered yet (it has been taken down for good). We look once a week whether it is back."
    )


@pytest.mark.parametrize("standard", ["", "It answers, and holds nothing new. "])
def test_what_is_odd_about_a_source_that_answers_is_told_beside_its_state(standard: str) -> None:
    moved = "It has moved to https://news.example/feed: change its url."
    state = "quiet" if standard else "ok"
    record = runs(("Forum", state, NOW - HOUR, NOW - HOUR, standard + moved))
    assert one(record, heard()) == ("ok", f"Heard 1 hour ago. {moved}")
    assert one(record, heard(last=NOW - 5 * DAY)) == ("quiet", f"Alive; nothing new since Friday. {moved}")
    assert one(record) == ("quiet", f"Alive; nothing new yet. {moved}")


def test_a_sudden_silence_is_late_in_the_collectors_own_words() -> None:
    said = "Usually 12 posts a day; none for 3 days."
    assert one(runs(("Forum", "stale", NOW - HOUR, NOW, said)), heard(last=NOW - 4 * DAY)) == ("stale", said)


def test_residents_words_wait_for_the_checklist_unless_openly_licensed_or_invented() -> None:
    waiting = ("paused", "Waiting for the checklist (three minutes).")
    never = ("never", "Never asked yet.")
    residents = source(channel="public")
    assert one(its=residents, checklist=Checklist()) == waiting
    assert one(its=source(channel="public", licence="OGL"), checklist=Checklist()) == never
    assert one(its=residents, checklist=Checklist(), invented=True) == never
    assert one(its=source(), checklist=Checklist()) == never


def test_a_source_switched_off_says_why() -> None:
    why = "address follows the publisher's pattern; never seen to work"
    assert one(its=source(enabled=False, why_disabled=why)) == ("off", f"Switched off: {why}.")
    assert one(its=source(enabled=False)) == ("off", "Switched off: no reason given.")


def test_what_was_brought_in_from_a_file_counts_from_the_day_it_came() -> None:
    assert one(heard=heard(last=NOW - 2 * HOUR)) == ("ok", "Heard 2 hours ago.")
    assert one(heard=heard(last=NOW - 5 * DAY)) == ("stale", "Last heard Friday.")


def test_a_replay_knows_nothing_of_later_runs() -> None:
    record = runs(
        ("Forum", "ok", NOW - HOUR, NOW - HOUR), ("Forum", "failing", NOW + HOUR, NOW + DAY, "It fell.")
    )
    assert one(record, heard()) == ("ok", "Heard 1 hour ago.")


def test_states_give_the_whole_record_of_a_source() -> None:
    record = runs(
        ("Forum", "ok", NOW - 20 * DAY, NOW - 20 * DAY),
        ("Forum", "quiet", NOW - 13 * DAY, NOW - HOUR),
    )
    found = health.states(area(source(), Source("New", "smoke", "public")), record, heard(posts=14), NOW)
    assert found.columns.tolist() == list(health.COLUMNS)
    assert found.loc[0].to_dict() == {
        "name": "Forum",
        "channel": "press",
        "state": "ok",
        "sentence": "Heard 1 hour ago.",
        "reason": "",
        "last_heard": NOW - HOUR,
        "newest": NOW,
        "since": pd.NaT,
        "posts_a_day": 0.5,
        "longest_gap": 7 * DAY,
        "asked": True,
        "verified": "never",
    }
    assert found.loc[1, ["state", "posts_a_day", "verified"]].tolist() == ["never", 0.0, "never"]
    assert found.loc[1, ["last_heard", "newest", "longest_gap"]].isna().all()


def test_the_pace_of_a_new_source_is_not_thinned_out_over_days_before_it() -> None:
    found = health.states(area(source()), NO_RUNS, heard(posts=9, first=NOW - 3 * DAY), NOW)
    assert found.loc[0, "posts_a_day"] == 3.0


def test_the_pace_of_a_source_that_fell_silent_is_that_of_its_days_before() -> None:
    record = runs(
        ("Forum", "ok", NOW - 40 * DAY, NOW - 14 * DAY),
        ("Forum", "failing", NOW - 14 * DAY, NOW, "It fell."),
    )
    found = health.states(area(source()), record, heard(posts=140, last=NOW - 14 * DAY), NOW)
    assert found.loc[0, "posts_a_day"] == 10.0


def test_a_silence_of_weeks_is_the_longest_gap_though_it_lies_between_two_failures() -> None:
    record = runs(
        ("Forum", "quiet", NOW - 26 * DAY, NOW - 20 * DAY),
        ("Forum", "failing", NOW - 20 * DAY, NOW - 12 * DAY, "It fell."),
        ("Forum", "paused", NOW - 12 * DAY, NOW - 9 * DAY, "Resting"),
        ("Forum", "ok", NOW - 9 * DAY, NOW - 9 * DAY),
        ("Forum", "quiet", NOW - 9 * DAY + HOUR, NOW),
    )
    assert health.states(area(source()), record, heard(), NOW).loc[0, "longest_gap"] == 11 * DAY


@pytest.mark.parametrize("seed", range(15))
def test_the_longest_gap_is_the_longest_time_without_an_answer_whatever_the_runs(seed: int) -> None:
    """Invented runs, half of what happened unknown; held against a search hour by hour."""
    chance = random.Random(seed)
    rows, at = [], NOW - 28 * DAY
    while at < NOW:
        last = min(at + chance.choice([0, 1, 5, 40]) * HOUR, NOW)
        rows.append(("Forum", chance.choice(["ok", "quiet", "failing", "paused", "stale"]), at, last, ""))
        at = last + chance.choice([1, 3, 30]) * HOUR
    hours = [NOW - n * HOUR for n in reversed(range(28 * 24 + 1))]
    answered = [any(a <= h <= b for _, s, a, b, _ in rows if s in ("ok", "quiet")) for h in hours]
    silences, quiet = [0], 0
    for heard_then in answered[answered.index(True) :] if True in answered else []:
        quiet = 0 if heard_then else quiet + 1
        silences.append(quiet + 1 if not heard_then else 0)
    if answered and not answered[-1]:
        silences[-1] -= 1  # the last hour is now itself, not an answer behind it
    longest = max(silences) * HOUR
    found = health.states(area(source()), runs(*rows), NO_POSTS, NOW).loc[0, "longest_gap"]
    assert (pd.NaT if longest <= DAY else longest) is found or found == longest


@pytest.mark.parametrize("seed", range(15))
def test_the_pace_is_never_less_than_over_all_days_and_counts_every_post(seed: int) -> None:
    chance = random.Random(seed)
    first, silent = chance.uniform(0, 60) * DAY, chance.uniform(0, 27) * DAY
    posts = chance.randrange(300)
    record = runs(("Forum", "quiet", NOW - 60 * DAY, NOW - silent))
    told = heard(posts=posts, first=NOW - max(first, silent), last=NOW - silent)
    a_day = health.states(area(source()), record, told, NOW).loc[0, "posts_a_day"]
    assert posts / 28 - 0.01 <= a_day <= posts


def test_an_area_without_sources_has_states_with_all_columns() -> None:
    assert health.states(area(), NO_RUNS, NO_POSTS, NOW).columns.tolist() == list(health.COLUMNS)


def ears(*pairs: tuple[str, str]) -> pd.DataFrame:
    return pd.DataFrame([(s, r, r) for s, r in pairs], columns=["state", "reason", "sentence"])


def test_the_ears_in_a_line() -> None:
    key = ("paused", "Paused: this source needs a key. Everything else works.")
    some = ears(
        *[("ok", "")] * 15, *[("quiet", "")] * 3, ("stale", ""), ("failing", "It fell."), key, ("off", "")
    )
    assert health.ears(some) == "15 heard · 3 quiet · 1 late · 1 failing · 1 paused (needs a key)"
    assert (
        health.ears(ears(("paused", health.CHECKLIST), ("never", "")))
        == "0 heard · 1 paused (checklist) · 1 not asked yet"
    )
    assert health.ears(ears(key, ("paused", health.CHECKLIST))) == "0 heard · 2 paused"


def test_the_finding_names_who_does_not_answer() -> None:
    record = runs(
        ("A", "ok", NOW - HOUR, NOW - HOUR),
        ("B", "quiet", NOW - 9 * DAY, MONDAY_0610 - HOUR),
        ("B", "failing", MONDAY_0610, NOW, "It fell."),
        ("C", "failing", NOW, NOW, "It fell."),
    )
    three = area(source("A"), source("B"), source("C"), source("D", enabled=False))
    found = health.states(three, record, heard("A"), NOW)
    assert health.finding(found, NOW, three.zone) == (
        "1 of 3 sources were heard in the last day. "
        "B has not answered since Monday 9 November. C has not answered yet."
    )
    alone = found[found["name"] == "A"]
    assert health.finding(alone, NOW, three.zone) == "1 of 1 source was heard in the last day."


def test_many_failures_are_counted_not_listed() -> None:
    names = ("A", "B", "C")
    record = runs(*[(name, "failing", NOW, NOW, "It fell.") for name in names])
    four = area(*[source(name) for name in names])
    found = health.states(four, record, NO_POSTS, NOW)
    assert (
        health.finding(found, NOW, four.zone)
        == "0 of 3 sources were heard in the last day. Three do not answer."
    )


# --- what could be heard of a place ---


def alive(*names: str, at: datetime = NOW - HOUR) -> list[tuple[str, str, datetime, datetime]]:
    return [(name, "ok", at, at) for name in names]


def test_a_ward_with_one_late_source_says_which() -> None:
    tuesday = datetime(2026, 11, 3, 7, 30, tzinfo=UTC)
    thursday = datetime(2026, 10, 29, 12, tzinfo=UTC)
    names = ("Forum", "Comments", "Courier", "Radio", "Council")
    here = area(*[source(n, covers=("Larkford",)) for n in (*names, "DaleLine news")])
    record = runs(*alive(*names, at=tuesday - HOUR), *alive("DaleLine news", at=thursday))
    posts = heard("DaleLine news", last=thursday)
    found = health.coverage(here, record, posts, tuesday, ward="Larkford Bridge")
    assert found.sentence == (
        "6 sources speak about this ward. 5 were heard today. DaleLine news: last heard Thursday. "
        "We never read Facebook groups, so this is part of the picture."
    )
    assert (found.total, found.heard, found.late, found.deaf) == (6, 5, ("DaleLine news",), False)


def test_where_all_were_heard_the_newest_post_is_what_counts() -> None:
    here = area(source("Forum"), source("Courier"))
    record = runs(*alive("Forum", "Courier"))
    found = health.coverage(here, record, heard(last=NOW - timedelta(minutes=4)), NOW)
    assert found.sentences == ("2 of 2 sources.", "Newest post 4 minutes ago.", hearing.FACEBOOK)


def test_we_say_that_we_cannot_tell_where_the_only_source_is_dead() -> None:
    here = area(source("Dale Parish News", covers=("Upper Dale",)), source("Courier", covers=("Larkford",)))
    record = runs(
        *alive("Courier", "Dale Parish News", at=MONDAY_0610 - HOUR),
        ("Dale Parish News", "failing", MONDAY_0610, NOW, "It sends a web page instead of a feed."),
    )
    found = health.coverage(here, record, NO_POSTS, NOW, ward="Upper Dale")
    assert found.deaf
    assert found.sentences == (
        "We cannot tell you about Upper Dale today.",
        "Its only source, Dale Parish News, has not answered since Monday 06:10 "
        "(it sends a web page instead of a feed).",
        "This is not the same as “nothing happened”.",
    )
    assert found.failing == ("Dale Parish News",)


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (("A", "paused", NOW, NOW, "Paused: this source needs a key."), "Its only source, A, is paused."),
        (("A", "ok", NOW - 6 * DAY, NOW - 6 * DAY), "Its only source, A, was last heard Thursday."),
        (("B", "ok", NOW, NOW), "Its only source, A, has not been asked yet."),
    ],
)
def test_every_way_to_be_deaf_has_its_words(row: Any, why: str) -> None:
    assert health.coverage(area(source("A")), runs(row), NO_POSTS, NOW).sentences[1] == why


def test_several_dead_sources_are_one_sentence() -> None:
    here = area(source("A"), source("B"))
    record = runs(*alive("A", at=MONDAY_0610), *alive("B", at=MONDAY_0610 - DAY))
    assert health.coverage(here, record, NO_POSTS, NOW).sentences[1] == (
        "None of its 2 sources has been heard since Monday 06:10."
    )
    assert (
        health.coverage(here, NO_RUNS, NO_POSTS, NOW).sentences[1]
        == "None of its 2 sources has been heard yet."
    )


def test_more_than_three_silent_sources_are_counted() -> None:
    here = area(*[source(n) for n in "ABCDE"])
    record = runs(*alive("A"), ("E", "failing", NOW, NOW, "It fell."))
    assert health.coverage(here, record, NO_POSTS, NOW).sentences == (
        "5 sources speak about Haverdale.",
        "1 answered today.",
        "E: no answer yet.",
        "B: not asked yet.",
        "Two more were not heard.",
        hearing.FACEBOOK,
    )


def test_heard_yesterday_evening_is_not_heard_today() -> None:
    here = area(source("A"), source("B"))
    found = health.coverage(here, runs(*alive("A", at=NOW - 9 * HOUR)), NO_POSTS, NOW)
    assert found.sentences[1] == "1 answered in the last day."


def test_who_speaks_about_a_ward() -> None:
    everywhere, town, ward = (
        source("Everywhere"),
        source("Town", covers=("Larkford",)),
        source("W", covers=("Larkford Park",)),
    )
    here = area(everywhere, town, ward, source("Off", enabled=False))
    proof = pd.DataFrame([("Everywhere", "Larkford Bridge", 3)], columns=["source", "ward", "posts"])
    assert hearing.speakers(here) == ("Everywhere", "Town", "W")
    assert hearing.speakers(here, ward="Larkford Bridge", carried=proof) == ("Everywhere", "Town")
    assert hearing.speakers(here, ward="Larkford Park", carried=proof) == ("Town", "W")
    assert hearing.speakers(here, town="Larkford", carried=proof) == ("Everywhere", "Town", "W")
    assert hearing.speakers(here, ward="Upper Dale", carried=proof) == ()
    assert hearing.speakers(here, ward="Upper Dale") == ("Everywhere",), "too early to tell: it may"


def test_where_posts_were_brought_in_that_and_what_we_ask_is_told_apart() -> None:
    log = Source("Log", "file", "public")
    told, brought = heard().assign(source="Log"), hearing.BROUGHT
    not_asked = "The only source we ask, Forum, has not been asked yet."

    def said(*asked: Source, posts: bool) -> tuple[str, ...]:
        states = health.states(area(*asked, log), NO_RUNS, told, NOW)
        found = hearing.coverage(area(*asked, log), states, NOW, brought=posts)
        assert (found.deaf, found.heard, found.total) == (not posts, 0, len(asked))
        return found.sentences

    assert said(source(), posts=True) == (brought, not_asked, hearing.NOT_ALL, hearing.FACEBOOK)
    assert said(source(), posts=False) == (
        "We cannot tell you about Haverdale today.",
        not_asked,
        hearing.NOT_NOTHING,
    )
    both = "None of the 2 sources we ask has been heard yet."
    assert said(source("A"), source("B"), posts=True)[1] == both
    none = "No source that we ask has spoken about it in the last 90 days."
    assert said(posts=True)[1] == none
    states = health.states(area(source(), log), NO_RUNS, NO_POSTS, NOW)
    assert (
        hearing.coverage(area(source(), log), states, NOW).sentences[1].startswith("Its only source, Forum")
    )


def test_a_file_speaks_only_of_the_wards_that_it_carried() -> None:
    here = area(source(), Source("Log", "file", "public"))
    proof = pd.DataFrame(
        [("Log", "Coldbrook", 3), ("Forum", "Upper Dale", 1)], columns=["source", "ward", "posts"]
    )
    states = health.states(here, NO_RUNS, heard().assign(source="Log"), NOW)
    assert hearing.speakers(here, ward="Coldbrook", carried=proof, by_hand=True) == ("Log",)
    assert hearing.speakers(here, ward="Upper Dale", carried=proof, by_hand=True) == ()
    found = hearing.coverage(here, states, NOW, ward="Upper Dale", carried=proof)
    assert found.sentences[1] == "Its only source, Forum, has not been asked yet."


def test_a_ward_no_source_speaks_about_is_not_a_quiet_ward() -> None:
    here = area(source("Town", covers=("Larkford",)))
    assert health.coverage(here, runs(*alive("Town")), NO_POSTS, NOW, ward="Upper Dale").sentences == (
        "We cannot tell you about Upper Dale today.",
        "No source that we ask has spoken about it in the last 90 days.",
        hearing.NOT_NOTHING,
    )


def test_last_week_is_the_finished_one_and_keeps_to_the_local_clock() -> None:
    week = hearing.week_before(datetime(2026, 10, 28, 12, tzinfo=UTC), area().zone)
    assert [w.isoformat() for w in week] == ["2026-10-19T00:00:00+01:00", "2026-10-26T00:00:00+00:00"]
    assert hearing.last_week(2) == "Last week it carried 2 posts."
    assert hearing.last_week(0, sources=3) == "Last week they carried no posts."


def test_a_dead_week_does_not_read_as_one_without_posts() -> None:
    zone, monday = area().zone, datetime(2026, 11, 9, 6, 10, tzinfo=UTC)
    finished = hearing.week_before(datetime(2026, 11, 11, 7, 30, tzinfo=UTC), zone)
    assert hearing.week_heard(datetime(2026, 11, 11, 7, 30, tzinfo=UTC), zone, monday) == (*finished, False)
    assert hearing.week_heard(datetime(2026, 11, 16, 7, 45, tzinfo=UTC), zone, monday) == (
        monday - timedelta(days=7),
        monday,
        True,
    )
    assert hearing.last_week(2, before=True) == "The week before, it carried 2 posts."


def test_the_wards_nearby() -> None:
    assert hearing.nearby(area(), "Upper Dale") == ("Coldbrook", "Moorside")
    assert hearing.nearby(area(), "Upper Dale", deaf=["Coldbrook"]) == ("Moorside",)
    mapped = tuple(
        Ward(name, name, town, centroid=(lon, 53.0))
        for name, town, lon in (
            ("A", "T", 0.0),
            ("B", "T", 0.3),
            ("C", "T", 0.1),
            ("D", None, 0.01),
            ("E", None, 0.2),
        )
    )
    assert hearing.nearby(area(wards=mapped), "A") == ("B", "C")
    assert hearing.nearby(area(wards=mapped), "A", deaf=["B"]) == ("C", "D")


# --- the particulars of the Sources page ---


def test_the_facts_below_a_source() -> None:
    record = runs(
        ("Forum", "quiet", NOW - 9 * DAY, NOW - 3 * DAY), ("Forum", "failing", NOW - 2 * DAY, NOW, "It fell.")
    )
    here = area(source(channel="public"), Source("New", "smoke", "report"))
    found = health.states(here, record, heard(posts=8, last=NOW - 5 * DAY), NOW).to_dict("records")
    said = [particulars.facts(row, NOW, here.zone) for row in found]
    assert said == [
        "Residents · last heard Sunday · 2 posts a week · longest gap 3 days",
        "Fault reports",
    ]


def test_that_no_kind_was_tried_on_a_real_service_is_said_once_and_not_on_every_row(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    here = area(source(), Source("New", "smoke", "public"))
    assert health.unmet(health.states(here, runs(), NO_POSTS, NOW)) == (
        "Verified: never. No kind of source has been tried on a real service yet; feeds on 363 recorded ones."
    )
    monkeypatch.setattr(health, "MET", frozenset({"feed"}))
    assert health.unmet(health.states(here, runs(), NO_POSTS, NOW)) == (
        "Verified never: 1 source of a kind that has not been tried on the real service yet."
    )
    assert health.unmet(health.states(area(source()), runs(), NO_POSTS, NOW)) == ""


@pytest.mark.parametrize(
    ("a_day", "said"),
    [
        (84.4, "84 posts a day"),
        (0.6, "1 post a day"),
        (0.29, "2 posts a week"),
        (0.04, "1 post in four weeks"),
        (0, "no posts in four weeks"),
    ],
)
def test_the_pace_is_said_in_whole_posts(a_day: float, said: str) -> None:
    assert particulars.pace(a_day) == said


def test_the_terms_of_a_source_give_the_shorter_time_its_text_stays() -> None:
    its = source(keep=30 * DAY, terms="headline and link only.", checked=NOW.date(), licence="OGL")
    assert particulars.terms(its, area()) == (
        "Shown as headline and link only. Its text is kept 30 days. Licence: OGL. "
        "Terms: headline and link only. Checked 11 November 2026."
    )
    assert (
        particulars.terms(source(display="full"), area()) == "Shown as full text. Its text is kept 90 days."
    )


def test_the_wards_that_cannot_be_heard_are_named() -> None:
    def cover(heard: int) -> hearing.Coverage:
        return hearing.Coverage(heard, (), heard, (), (), (), None, ())

    def said(*heard: int) -> str:
        return particulars.wards_heard({f"W{n}": cover(h) for n, h in enumerate(heard)})

    assert said(5, 6) == "Every ward could be heard in the last day."
    assert (
        said(5, 0, 1)
        == "1 of 3 wards could not be heard in the last day: W1. 1 more has only one or two ears: W2."
    )
    assert (
        said(5, 1, 2) == "Every ward could be heard in the last day. 2 have only one or two ears: W1 and W2."
    )
    assert said(0, 0) == "No ward could be heard in the last day."


def test_the_checklist_says_what_is_missing_where_and_who_waits() -> None:
    empty = area(
        source(channel="public"), source("Press"), checklist=Checklist("Us", "post@example.org", "To hear")
    )
    assert particulars.checklist(empty) == [
        "The checklist in sources.yaml still needs 2 lines:",
        "- lawful_basis (on what legal ground)",
        "- retention (how long words are kept)",
        "\n1 source of residents' words waits for it.",
    ]
    press = particulars.checklist(area(source("Press"), checklist=Checklist()))
    assert press[-1] == "\nNo source waits for it yet; residents' words will."
    assert particulars.checklist(area()) == ["The checklist is filled in."]


def test_no_sentence_is_longer_than_twenty_five_words() -> None:
    here = area(
        *[source(n) for n in ("Dale Parish News", "B", "C", "D", "E")], source("Z", covers=("Upper Dale",))
    )
    record = runs(("Dale Parish News", "failing", NOW, NOW, "It sends a web page instead of a feed."))
    for ward in (None, "Upper Dale", "Coldbrook"):
        for sentence in health.coverage(here, record, NO_POSTS, NOW, ward=ward).sentences:
            assert len(sentence.split()) <= 25


def test_what_is_brought_in_by_hand_is_never_late_and_no_ear_to_wait_for() -> None:
    log = Source("Log", "file", "report", licence="OGL")
    here = area(source(), log)
    record = runs(("Forum", "ok", NOW - DAY, NOW - HOUR))
    never = health.states(here, record, heard(), NOW).set_index("name").loc["Log"]
    assert never[["state", "sentence"]].tolist() == ["never", "Nothing was brought in yet."]
    old = heard().assign(source="Log", last_collected=NOW - 20 * DAY)
    states = health.states(here, record, old, NOW).set_index("name").loc["Log"]
    assert states["state"] == "quiet"
    assert states["sentence"].startswith("Last brought in ")
    told = health.states(here, record, heard(), NOW)
    assert health.finding(told, NOW, here.zone) == "1 of 1 source was heard in the last day."
    assert "not asked yet" not in health.ears(told)
    by_hand = health.states(here, record, old, NOW)
    assert health.ears(by_hand) == "0 heard · 1 quiet · 1 brought in by hand"
    only = health.states(area(log), NO_RUNS, old, NOW)
    assert health.finding(only, NOW, here.zone) == "No source is asked here."
    assert hearing.speakers(here) == ("Forum",)
