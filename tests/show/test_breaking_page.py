"""Breaking, drawn: the words in their order, the posts of a story, a quiet day, nothing taken for code."""

import re
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from screen import SHOUT, in_order, read
from streamlit.testing.v1 import AppTest

from listening.store import connect

BUSY = "2026-11-12T09:20"
Look = Callable[..., AppTest]
page = partial(read, key="breaking")


@pytest.fixture
def look(open_page: Look) -> Look:
    """Open the page at an address, in the sample unless it says otherwise."""
    return partial(open_page, "breaking")


def test_a_busy_morning(look: Look) -> None:
    in_order(
        page(look(now=BUSY)),
        "Haverdale · Thursday 12 November, 09:20",
        "One confirmed event is growing.",
        "One claim is going round that nobody has confirmed.",
        "GROWING · official + 2 outlets",
        "Flooding on Weir Lane",
        "Larkford Bridge, Larkford Park",
        "47 posts from 38 accounts, 5 sources. By the hour: 8, 17, 22.",
        "06:41 first post · Haverdale Forum · residents",
        "06:57 first shown here · 4 accounts on 2 sources",
        "07:15 Flood warning for the Haver at Larkford · [Northshire Flood Centre ↗](<https://floods",
        "07:40 Weir Lane under water · [Haverdale Courier ↗]",
        "08:05 Crews at Weir Lane · [Northshire Fire Service ↗]",
        "08:20 Rest centre open at Larkford Hall · [Haverdale District Council ↗]",
        "09:05 Larkford floods: live · [Dale Radio ↗]",
        "Residents were first, by 34 minutes.",
        "3 abusive posts hidden.",
        "1 post held back: somebody may be at risk.",
        "See all 47 posts",
        "Before you share",
        "UNCONFIRMED · only social media",
        "A claim that the bridge has collapsed",
        "Part of the story above.",
        "4 posts from 4 accounts, first at 08:12, last at 09:01. No outlet or public body says so.",
        "Nearest official post: “Weir Lane bridge closed for checks”, 08:50 · [Northshire County Council ↗]",
        "We don't say it is false. We say who has said it.",
        "FADING · official + 2 outlets",
        "Fire at the Old Dye Works, Haver",
        "Tannery",
        "12 posts from 11 accounts since yesterday 16:30; 1 in the last six hours.",
        "yesterday 16:55 Fire breaks out at old Dye Works · [Haverdale Courier ↗]",
        "yesterday 17:20 Dye Works fire: crews on the scene · [Dale Radio ↗]",
        "From government and sector bodies",
        "Tue New guidance on winter road treatment",
        "[Department for Places ↗]",
        "Mon Consultation opens: parish boundaries",
        "[Northshire County Council ↗]",
        "Read in the last 24 hours: 184 posts, 28 press and official items.",
        "How is this worked out?",
    )


def test_nobody_at_risk_and_nothing_abusive_is_quoted(look: Look) -> None:
    app = look(now=BUSY)
    said = " ".join(page(app))
    app.button(key=next(b.key for b in app.button if b.label == "See all 47 posts")).click().run()
    assert not app.exception
    lines = page(app)
    in_order(
        lines, "47 posts: Flooding on Weir Lane", "3 abusive posts hidden.", "Flood water on Weir Lane has"
    )
    for words in (said, " ".join(lines)):
        assert not [w for w in ("scumbag", "vermin", "elderly neighbour", "Back to Today") if w in words]
    assert sum(line.startswith("Where") for line in lines) == 3


def test_before_you_share_says_how_old_it_is_and_who_confirms_it(look: Look) -> None:
    app = look(now=BUSY)
    share = [e for e in app.expander if e.label == "Before you share"]
    assert len(share) == 3


def test_why_a_word_is_not_here(look: Look) -> None:
    app = look(now=BUSY)
    app.text_input(key="why").set_value("sandbags").run()
    assert "“sandbags” is part of a story: Flooding on Weir Lane. 5 posts say it there." in page(app)
    app.text_input(key="why").set_value("<b>x</b> ![](http://evil.example)").run()
    assert "No post of the last 24 hours says “<b>x</b> ![](http://evil.example)”." in page(app)


def test_a_quiet_day(look: Look) -> None:
    in_order(
        page(look(now="2026-11-03T07:30")),
        "Nothing is breaking.",
        "146 posts were read in the last 24 hours; people speak of what they usually speak of.",
        "Ears: 19 of 21 heard in the last day.",
        "That is all for today.",
    )


@pytest.mark.parametrize("day", ["19T09:00", "20T09:00", "21T18:00", "23T09:00"])
def test_everyday_talk_of_the_first_week_makes_no_story(look: Look, day: str) -> None:
    in_order(page(look(now=f"2026-05-{day}")), "Nothing is breaking.", "That is all for today.")


def test_a_ward_sees_its_part_of_a_larger_story(look: Look) -> None:
    lines = page(look(now=BUSY, ward="Larkford Park"))
    in_order(lines, "One confirmed event is growing.", "In Larkford Park: 5 of its 47 posts.")
    assert not any("Dye Works" in line for line in lines)


def test_a_town_and_an_issue_see_their_own(look: Look) -> None:
    in_order(page(look(now=BUSY, town="Haver")), "Nothing new is breaking.", "One story is fading.", "FADING")
    in_order(page(look(now=BUSY, issue="flooding")), "One confirmed event is growing.")
    in_order(page(look(now=BUSY, issue="parking")), "Nothing is breaking on parking.")


def test_a_ward_that_could_not_be_heard_says_nothing_else(look: Look) -> None:
    lines = page(look(now=BUSY, ward="Upper Dale"))
    in_order(lines, "We cannot tell you about Upper Dale today.", "Its only source", "Last week it carried 2")
    assert not any("Nothing is breaking" in line for line in lines)


def test_a_story_nobody_knows_leads_to_the_page_itself(look: Look) -> None:
    in_order(page(look(now=BUSY, story="<script>")), "One confirmed event is growing.")


def test_the_address_of_a_story_that_became_part_of_another_leads_there(
    look: Look, sample_store: str, tmp_path: Path
) -> None:
    copied = tmp_path / "sample.db"
    shutil.copy(sample_store.removeprefix("sqlite:///"), copied)
    store, now = connect(f"sqlite:///{copied}"), datetime.fromisoformat(f"{BUSY}+00:00")
    known = store.stories(now - timedelta(days=1), now)
    flood = known[known["posts"].map(len) > 40]
    store.tell(flood.assign(was=[("sold",)]), now, store.version)
    store.close()
    app = look(store=f"sqlite:///{copied}", now=BUSY, story="sold")
    in_order(page(app), "Back to Breaking", "47 posts: Flooding on Weir Lane")


def test_a_store_whose_posts_no_round_has_told_yet_says_what_one_would(
    look: Look, sample_store: str, tmp_path: Path
) -> None:
    copied = tmp_path / "sample.db"
    shutil.copy(sample_store.removeprefix("sqlite:///"), copied)
    with closing(sqlite3.connect(copied)) as raw, raw:
        for table in ("story_post", "story", "meta WHERE key = 'told'"):
            raw.execute(f"DELETE FROM {table}")
    app = look(store=f"sqlite:///{copied}", now=BUSY)
    in_order(page(app), "One confirmed event is growing.", "47 posts from 38 accounts, 5 sources.")


def test_hostile_posts_of_an_area_of_ones_own_are_only_letters(
    look: Look, live_config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LISTENING_CONFIG", str(live_config))
    app = look(area="own")
    lines = page(app)
    assert lines[1] in ("Nothing is breaking.", "One story has only residents' word so far.")
    for open_ in [b for b in app.button if b.label.startswith("See ")]:
        open_.click().run()
    raw = [str(b.value) for b in app.container(key="breaking") if b.type in ("markdown", "caption", "title")]
    assert not any(re.search(r"(?<!\\)[<$]|(?<!\\)!\[", re.sub(r"\]\(<[^>]*>\)", "", r)) for r in raw)
    assert SHOUT


def test_a_story_is_the_same_matter_as_its_issue_in_its_place(look: Look, own_copy: str) -> None:
    store = connect(own_copy)
    at = datetime(2026, 11, 12, 9, tzinfo=UTC)
    about = {"issue": "flooding", "place": "Larkford Bridge"}
    store.decide("officer", "done", about, {"step": "passed", "more": "Emergency planning"}, at)
    store.close()
    app = look(store=own_copy, now=BUSY)
    said = [p.proto.popover.label.replace("\\", "") for p in app.get("popover")]
    assert said == [
        "Passed to Emergency planning · today · officer",
        "Answered · 1 statement, newest yesterday",
    ]
