"""Today, drawn: the words in their order, one click to the posts, and nothing of a post taken for code."""

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from screen import LONG, ROOT, SHOUT, in_order, read
from streamlit.testing.v1 import AppTest

from listening.show import patch, pieces

Look = Callable[..., AppTest]
page = partial(read, key="today")


@pytest.fixture
def look(open_page: Look) -> Look:
    """Open the dashboard on the sample at an address."""
    return partial(open_page, "dashboard")


def test_a_source_that_was_down_in_the_chosen_time_is_told_from_a_quiet_one(look: Look) -> None:
    said = " ".join(page(look(ward="Larkford Bridge", period="28d")))
    assert "DaleLine news was not heard from 29 October to 4 November." in said
    assert "was not heard from" not in " ".join(page(look(ward="Larkford Bridge")))


def test_a_quiet_day_in_one_ward(look: Look) -> None:
    in_order(
        page(look(ward="Larkford Bridge", now="2026-11-03T07:30")),
        "Tuesday 3 November, 07:30",
        "A usual week in Larkford Bridge.",
        "Nothing stands out.",
        "What people mentioned",
        "Parking",
        "usually",
        "Runs it: [Northshire County Council",
        "See all",
        "A good word",
        "“Whoever fixed the swings in Priory Park, thank you. Kids were over the moon.”",
        "Haverdale Forum · Sunday",
        "A question nobody has answered",
        "Coming up",
        "Thu 5 Nov Planning Committee: 14 homes, Weir Lane",
        "Tone",
        "What we could hear",
        "That is all for today.",
        "How is this worked out?",
    )


def test_a_bad_day_in_the_same_ward(look: Look) -> None:
    in_order(
        page(look(ward="Larkford Bridge", period="today", now="2026-11-12T09:20")),
        "Thursday 12 November, 09:20",
        "Flooding on Weir Lane is being talked about now.",
        "Confirmed",
        "✓ Flood warning for the Haver at Larkford",
        "Northshire Flood Centre · 07:15",
        "✓ Crews at Weir Lane",
        "✓ Rest centre open at Larkford Hall",
        "Not confirmed",
        "? “The bridge has collapsed” – 4 posts, 4 accounts, first at 08:12.",
        "Where",
        "Weir Lane",
        "What people say",
        "“",
        "Who does what",
        "Danger to life · 999",
        "What we could hear",
        "Why am I told this?",
    )


def test_a_ward_that_could_not_be_heard_says_nothing_else(look: Look) -> None:
    lines = page(look(ward="Upper Dale", now="2026-11-11T07:30"))
    in_order(
        lines,
        "Wednesday 11 November, 07:30",
        "We cannot tell you about Upper Dale today.",
        "Its only source, Dale Parish News, has not answered since Monday 06:10",
        "This is not the same as “nothing happened”.",
        "Last week it carried",
        "Nearby:",
        "Coldbrook",
        "Moorside",
    )
    assert not [line for line in lines if line in ("What people mentioned", "Tone", "That is all for today.")]


def test_an_officers_morning(look: Look) -> None:
    lines = page(look(now="2026-11-16T07:45"))
    in_order(
        lines,
        "Haverdale · last 7 days · Monday 16 November, 07:45",
        "Nothing else stands out.",
        "Stands out",
        "1  Flooding, Larkford",
        "2  Bins, Stenby",
        "Loud, not wide",
        "Where the posts could be placed",
        "one ward",
        "Left out as noise:",
        "Ears",
        "That is all for today.",
    )


def test_the_morning_names_what_was_planted_and_nothing_else(look: Look) -> None:
    lines = page(look(now="2026-11-16T07:45"))
    assert lines[1] == (
        "Five things stand out: flooding in Larkford (falling), bins in Stenby (rising),"
        " fires in Tannery (falling) and two more."
    )
    assert [line for line in lines if re.match(r"\d  ", line)] == [
        "1  Flooding, Larkford",
        "2  Bins, Stenby",
        "3  Fires, Tannery",
        "4  Bins, Larkford Bridge",
        "5  Road closures, Larkford Bridge",
    ]
    assert lines[lines.index("Loud, not wide") + 1] == "Parking, Haver"
    assert lines[lines.index("Good news") + 1].startswith("Libraries and culture, Haverdale: 15 posts")


def test_what_stands_out_says_what_was_done_and_remembers_it(look: Look, own_copy: str) -> None:
    app = look(store=own_copy, now="2026-11-16T07:45")

    def stands() -> list[str]:
        said = (p.proto.popover.label.replace("\\", "") for p in app.get("popover"))
        return [label for label in said if label != "More"]

    assert stands()[1] == "Answered · 1 statement, newest 2 November"
    app.session_state["done_bins-waste_town:Stenby"] = True
    app.run()
    app.radio(key="step_bins-waste_town:Stenby").set_value("closed").run()
    app.radio(key="role_bins-waste_town:Stenby").set_value("councillor").run()
    app.button(key="save_bins-waste_town:Stenby").click().run()
    assert not app.exception
    assert stands()[1] == "Closed · today · councillor"
    assert stands()[0].startswith("Answered · 7 statements"), "and nowhere else"


def test_a_ward_dead_for_more_than_a_week_is_told_of_the_week_before(look: Look) -> None:
    app = look(ward="Upper Dale", period="28d", now="2026-11-16T07:45")
    assert "The week before, it carried 2 posts." in page(app)
    assert any(link.proto.label.startswith("See all ") for link in app.get("page_link"))


def test_a_sensitive_issue_of_one_account_is_not_told(look: Look) -> None:
    asked = {"ward": "Millgate", "issue": "health-nhs", "now": "2026-11-16T07:45"}
    app = look(**asked)
    assert app.title[0].value == "Too few to show\\."
    assert not any("1 post" in line for line in page(app))
    assert look(**asked, posts="all").title[0].value == "Too few to show\\."


def test_no_posts_offer_no_list(look: Look) -> None:
    lines = page(look(period="today", now="2026-11-14T00:01"))
    assert not [line for line in lines if line.startswith("See all 0")]


def test_a_town_says_who_is_loud_and_does_not_let_it_stand_out(look: Look) -> None:
    lines = page(look(town="Haver", now="2026-11-16T07:45"))
    assert "Parking: loud, not wide: 8 accounts wrote 48 of 51 posts." in lines
    assert "parking" not in lines[1]


@pytest.mark.parametrize(
    "address",
    [
        {},
        {"period": "today"},
        {"period": "28d"},
        {"period": "90d"},
        {"town": "Stenby"},
        {"town": "Stenby", "period": "today"},
        {"issue": "bins-waste"},
        {"ward": "Coldbrook"},
        {"ward": "Coldbrook", "period": "today"},
        {"ward": "Haver Market", "period": "90d"},
        {"ward": "Larkford Bridge", "now": "2026-06-10T09:00"},
        {"posts": "all"},
        {"posts": "nonsense", "ward": "Coldbrook"},
    ],
    ids=str,
)
def test_every_view_can_be_opened_and_none_draws_a_chart(address: dict[str, str], look: Look) -> None:
    app = look(**address)
    assert len(app.title) == 1
    for chart in ("plotly_chart", "vega_lite_chart", "iframe"):
        assert not app.get(chart)


def test_one_click_leads_to_the_posts_and_one_leads_back(look: Look) -> None:
    app = look(ward="Larkford Bridge", now="2026-11-03T07:30")
    told = int(app.button(key="see_all").label.split()[2])
    app.button(key="see_all").click().run()
    assert app.title[0].value.replace("\\", "") == f"{told} posts: Larkford Bridge, last 7 days"
    assert len(app.text) >= told
    back = next(b for b in app.button if b.label == "Back to Today")
    back.click().run()
    assert app.title[0].value.replace("\\", "") == "A usual week in Larkford Bridge."


def test_methods_and_reasons_are_drawn_only_when_they_are_opened(look: Look) -> None:
    app = look(ward="Larkford Bridge", period="today", now="2026-11-12T09:20")
    told = " ".join(page(app))
    assert patch.HOW[0] not in told
    assert "The rule: 5 accounts" not in told


def test_nothing_in_a_post_is_taken_for_code(monkeypatch: pytest.MonkeyPatch, live_config: Path) -> None:
    monkeypatch.setenv("LISTENING_CONFIG", str(live_config))
    app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=LONG)
    for name, value in {"area": "own", "ward": "Quarry Hill"}.items():
        app.query_params[name] = value
    app.run()
    _harmless(app)
    app.query_params["posts"] = "all"
    app.run()
    _harmless(app)
    assert [t.value for t in app.text if SHOUT.split("</script> ")[1] in t.value], (
        "the post is shown letter by letter"
    )
    assert not [t.value for t in app.text if "v1" in t.value.split()], "no author is shown"


def _harmless(app: AppTest) -> None:
    assert not app.exception
    for kind in ("markdown", "caption", "title", "header"):
        for element in app.get(kind):
            assert not re.search(r"(?<!\\)(<script|<img|<b>|\]\(javascript|!\[|:red\[)", element.value), (
                element.value
            )


@pytest.mark.parametrize(
    ("url", "drawn"),
    [
        (
            "https://forum.haverdale.example/t/1",
            "[forum\\.haverdale\\.example ↗](<https://forum.haverdale.example/t/1>)",
        ),
        (
            "https://www.haverdale.example/a b>c",
            "[haverdale\\.example ↗](<https://www.haverdale.example/a%20b%3Ec>)",
        ),
        (
            "https://hаverdale.example/",
            "[xn\\-\\-hverdale\\-16g\\.example ↗](<https://h%D0%B0verdale.example/>)",
        ),
        ("javascript:alert(1)", "link not kept"),
        ("data:text/html,x", "link not kept"),
        ("https://[oops", "link not kept"),
        ("", "link not kept"),
        (None, "link not kept"),
    ],
)
def test_only_web_links_are_made_and_they_show_where_they_lead(url: str | None, drawn: str) -> None:
    assert pieces.link(url) == drawn


def test_a_body_is_linked_by_its_name_where_it_has_an_address() -> None:
    assert pieces.named("us", None) == "us"
    assert pieces.named("us", "javascript:x") == "us"
    assert (
        pieces.named("The *Council*", "https://a.example/r") == "[The \\*Council\\* ↗](<https://a.example/r>)"
    )
