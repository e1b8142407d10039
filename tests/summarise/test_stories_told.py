"""Breaking, word for word: what a story says of itself, what a claim does, and a quiet day."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pandas as pd
import pytest
from small import frame, post

from listening.area import Area, Place
from listening.summarise import bulletin
from listening.summarise.announced import Announced, announced
from listening.summarise.breaking import Breaking, Told, at, gather
from listening.summarise.findings import SHARE
from listening.summarise.identity import assigned
from listening.summarise.scope import Scope
from listening.summarise.whynot import RULE, why_not

NOW = datetime(2026, 11, 12, 9, 20, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
Make = Callable[..., Scope]
BRIDGE = "The bridge has collapsed. Flooding on Weir Lane, stay away."
TEXTS = ("Weir Lane is flooding", "Flooding on Weir Lane, can't get out", BRIDGE, BRIDGE, BRIDGE)


def ordinary() -> list[dict[str, Any]]:
    return [
        post(f"p{d}{n}", NOW - d * DAY - n * HOUR - MINUTE, text=f"Parked on the path, number {d} {n}")
        for d in range(25)
        for n in (1, 2)
    ]


def flood(**given: Any) -> list[dict[str, Any]]:
    about = {"issues": ["flooding"], "places": ["Weir Lane"]} | given
    return [post(f"f{n}", NOW - (5 - n) * 30 * MINUTE, text=t, **about) for n, t in enumerate(TEXTS)]


def item(id: str, at: datetime, title: str, **given: Any) -> dict[str, Any]:
    said = {"channel": "official", "source": "Northshire Flood Centre", "author": None, "text": None}
    about = {"issues": ["flooding"], "places": ["Weir Lane"], "url": "https://floods.example/1"}
    return post(id, at, title=title, **(said | about | given))


ITEMS = [
    item("o", NOW - 116 * MINUTE, "Flood warning: Weir Lane flooding"),
    item(
        "c",
        NOW - 60 * MINUTE,
        "Flooding on Weir Lane: homes hit",
        channel="press",
        source="Haverdale Courier",
    ),
    item("b", NOW - 30 * MINUTE, "Weir Lane bridge closed for checks", source="County"),
]


@pytest.fixture
def patch(area: Area) -> Area:
    return replace(area, places=(Place("Weir Lane", ("Larkford Bridge",)),))


def view(area: Area, *rows: dict[str, Any]) -> Breaking:
    posts = frame(*ordinary(), *rows)
    return gather(assigned(posts, NOW), posts, posts[posts["published"] > NOW - DAY], area, NOW)


@pytest.fixture
def busy(patch: Area) -> Breaking:
    return view(patch, *flood(), *ITEMS)


@pytest.fixture
def told(busy: Breaking) -> Told:
    (one,) = busy.open
    return one


def test_a_busy_morning_says_what_grows_and_what_nobody_confirms(busy: Breaking, scope: Make) -> None:
    assert bulletin.finding(busy, scope(None, now=NOW)) == [
        "One confirmed event is growing.",
        "One claim is going round that nobody has confirmed.",
    ]
    assert bulletin.reading(busy) == "Read in the last 24 hours: 7 posts, 3 press and official items."


def test_a_story_says_who_tells_it_where_and_how_it_spread(told: Told, area: Area) -> None:
    zone = area.zone
    assert bulletin.label(told) == "GROWING · official + 1 outlet"
    assert (told.headline, told.wards) == ("Flooding on Weir Lane", ("Larkford Bridge",))
    assert bulletin.figures(told, NOW, zone) == "5 posts from 5 accounts, 1 source. By the hour: 2, 2, 1."
    assert [(bulletin.said_at(s.at, NOW, zone), s.what, s.who, s.kind) for s in told.steps] == [
        ("06:50", "first post", "Haverdale Forum", "residents"),
        ("07:24", "Flood warning: Weir Lane flooding", "Northshire Flood Centre", "official"),
        ("07:24", "first shown here", "2 accounts on 1 source", ""),
        ("08:20", "Flooding on Weir Lane: homes hit", "Haverdale Courier", "press"),
        ("08:50", "Weir Lane bridge closed for checks", "County", "official"),
    ]
    assert bulletin.first(told) == "Residents were first, by 34 minutes."


def test_a_claim_is_said_to_be_one_and_not_judged(told: Told, area: Area) -> None:
    ((claim, nearest),) = told.claims
    assert bulletin.claim_title(claim) == "A claim that the bridge has collapsed"
    assert bulletin.claim(claim, NOW, area.zone) == (
        "3 posts from 3 accounts, first at 07:50, last at 08:50. No outlet or public body says so."
    )
    assert nearest
    assert bulletin.nearest(nearest, NOW, area.zone) == (
        "Nearest official post: “Weir Lane bridge closed for checks”, 08:50"
    )
    assert bulletin.before_sharing_claim(claim, NOW) == [
        "Only on social media, 1 hour old, 3 accounts.",
        SHARE,
    ]


def test_what_residents_alone_tell_is_unconfirmed(patch: Area, scope: Make) -> None:
    found = view(patch, *flood()[:3])
    (alone,) = found.open
    assert bulletin.label(alone) == "UNCONFIRMED · only social media"
    assert bulletin.finding(found, scope(None, now=NOW)) == ["One story has only residents' word so far."]
    assert bulletin.before_sharing(alone, NOW) == ["Only on social media, 2 hours old, 3 accounts.", SHARE]
    assert bulletin.first(alone) == ""


def test_before_sharing_a_confirmed_story(told: Told) -> None:
    assert bulletin.before_sharing(told, NOW) == [
        "Confirmed by 2 public bodies and 1 outlet, 2 hours old, 5 accounts.",
        "One claim in it is not confirmed.",
        "Link to a public body or an outlet, not to a resident's post.",
    ]


def test_a_fading_story_gives_its_last_hours(told: Told, area: Area) -> None:
    old = replace(told, phase="fading", began=NOW - 17 * HOUR, recent=1, accounts=4)
    assert bulletin.figures(old, NOW, area.zone) == (
        "5 posts from 4 accounts since yesterday 16:20; 1 in the last six hours."
    )


def test_a_quiet_day(patch: Area, scope: Make, told: Told) -> None:
    found = replace(view(patch), posts=124, talk=False)
    assert bulletin.finding(found, scope(None, now=NOW)) == [
        "Nothing is breaking.",
        "124 posts were read in the last 24 hours; no story has three accounts.",
    ]
    assert bulletin.finding(found, scope("Upper Dale", now=NOW)) == [
        "Nothing is breaking in Upper Dale.",
        "124 posts were read in the last 24 hours across Haverdale; none makes a story here.",
    ]
    assert bulletin.finding(replace(found, talk=True), scope(None, now=NOW))[1] == (
        "124 posts were read in the last 24 hours; people speak of what they usually speak of."
    )
    past = replace(told, headline="Fire at the old dye works", first=NOW - DAY)
    assert bulletin.last_thing(past, NOW, patch.zone) == (
        "Last thing here: Fire at the old dye works, 11 November (closed)."
    )
    assert bulletin.ears(19, 21) == "Ears: 19 of 21 heard in the last day."


def test_a_place_and_an_issue_see_their_own_stories(busy: Breaking, scope: Make) -> None:
    def seen(*where: Any, **given: Any) -> int:
        return len(at(busy, scope(*where, now=NOW, **given)).open)

    assert seen("Larkford Bridge") == seen(None, town="Larkford") == seen(None, issue="flooding") == 1
    assert seen("Upper Dale") == seen(None, issue="bins") == 0


def test_a_larger_story_says_how_much_of_it_is_here(told: Told, scope: Make) -> None:
    partly = replace(told, where={"Larkford Bridge": 3, "Larkford": 5})
    assert bulletin.here(partly, scope("Larkford Bridge", now=NOW)) == "In Larkford Bridge: 3 of its 5 posts."
    assert bulletin.here(partly, scope(None, town="Larkford", now=NOW)) == ""


def spread(on_street: int, in_ward: int, number: int = 6) -> list[dict[str, Any]]:
    """Posts of one flood in Larkford: the first name Weir Lane, the next its ward, the rest neither."""
    rows = flood() + [r | {"id": f"h{n}", "author": f"h{n}"} for n, r in enumerate(flood())]
    for n, row in enumerate(rows[:number]):
        row["places"] = ["Weir Lane"] if n < on_street else []
        row["wards"] = ["Larkford Bridge"] if n < on_street + in_ward else []
    return rows[:number]


@pytest.mark.parametrize(
    ("on_street", "in_ward", "headline", "wards"),
    [
        (1, 0, "Flooding in Larkford", ()),
        (1, 3, "Flooding in Larkford", ("Larkford Bridge",)),
        (2, 0, "Flooding in Larkford", ()),
        (2, 1, "Flooding on Weir Lane", ("Larkford Bridge",)),  # a long event names other streets too
        (3, 0, "Flooding on Weir Lane", ("Larkford Bridge",)),
    ],
)
def test_a_story_is_on_a_street_and_in_a_ward_only_where_half_of_all_its_posts_are(
    patch: Area, on_street: int, in_ward: int, headline: str, wards: tuple[str, ...]
) -> None:
    (one,) = view(patch, *spread(on_street, in_ward)).open
    assert (one.posts, one.headline, one.wards) == (6, headline, wards)


def test_a_story_is_in_a_town_only_where_half_of_all_its_posts_are(patch: Area) -> None:
    rows = spread(0, 6)
    for row in rows[2:]:
        row["towns"] = []
    (one,) = view(patch, *rows).open
    assert one.headline == "Flooding"


def test_what_is_held_back_is_counted_and_never_claimed(patch: Area) -> None:
    (one,) = view(patch, *flood(flags=["abuse"]), *ITEMS).open
    assert (one.kept.abusive, one.claims) == (5, ())


def test_a_headline_that_accuses_is_not_shown(patch: Area) -> None:
    accused = ITEMS[1] | {"flags": ["accusation"]}
    (one,) = view(patch, *flood(), ITEMS[0], accused).open
    assert [s.who for s in one.steps if s.kind == "press"] == []


def test_talk_of_elections_is_no_story_and_a_sensitive_one_needs_three_accounts(patch: Area) -> None:
    assert view(patch, *flood(issues=["elections"])).open == ()
    alone = [item("o", NOW - HOUR, "Shelter on Weir Lane", issues=["homelessness"])]
    few = flood(issues=["homelessness"])
    assert view(patch, *few[:2], *alone).open == ()
    assert len(view(patch, *few[:3], *alone).open) == 1


def test_government_speaks_in_a_lane_of_its_own(area: Area) -> None:
    here = {"wards": [], "towns": [], "places": []}
    guidance = item(
        "g",
        NOW - 2 * DAY,
        "New guidance on winter road treatment",
        source="Department for Places",
        evidence={"flooding": {"words": ["Gritting"]}},
        **here,
    )
    consults = item(
        "k",
        NOW - 3 * DAY,
        "Consultation opens: parish boundaries",
        text="The consultation closes on Friday 8 January 2027.",
        **(here | {"issues": []}),
    )
    placed = item("l", NOW, "Consultation on Weir Lane")
    chatter = item("m", NOW, "Museum open day", **here)
    rows = announced(frame(guidance, consults, placed, chatter), area, NOW)
    assert [(r.title, bulletin.announcement(r, NOW, area.zone)) for r in rows] == [
        ("New guidance on winter road treatment", ("Tue", "matches: gritting")),
        ("Consultation opens: parish boundaries", ("Mon", "closes 8 January")),
    ]
    assert [r.source for r in announced(frame(guidance, consults), area, NOW, "flooding")] == [
        "Department for Places"
    ]


@pytest.mark.parametrize(
    ("back", "said"),
    [(0, "Today"), (1, "Yesterday"), (2, "Sat"), (5, "Wed"), (6, "10 Nov"), (7, "9 Nov")],
)
def test_an_announcement_of_six_days_back_or_more_has_its_date(area: Area, back: int, said: str) -> None:
    monday = datetime(2026, 11, 16, 8, tzinfo=UTC)
    row = Announced(monday - back * DAY, "Consultation opens", "County", None, (), None, None)
    assert bulletin.announcement(row, monday, area.zone) == (said, "")


@pytest.mark.parametrize(
    ("word", "answer"),
    [
        ("flood", "“flood” is part of a story: Flooding on Weir Lane. 7 posts say it there."),
        ("gritting", "No post of the last 24 hours says “gritting”."),
        ("parked", f"Fewer than 3 accounts say “parked”. {RULE}"),
        ("@somebody", "We look for topics and places, never for people."),
        ("ab", "Ask for a word of 3 to 40 letters."),
        ("(", "Ask for a word of 3 to 40 letters."),
    ],
)
def test_why_a_word_is_not_here(patch: Area, busy: Breaking, word: str, answer: str) -> None:
    read: pd.DataFrame = frame(*ordinary(), *flood(), *ITEMS)
    assert why_not(word, read, busy, NOW) == answer


def test_nothing_read_is_said(patch: Area, scope: Make) -> None:
    found = gather(assigned(frame(), NOW), frame(), frame(), patch, NOW)
    assert bulletin.finding(found, scope(None, now=NOW))[1] == ("No posts were read in the last 24 hours.")
