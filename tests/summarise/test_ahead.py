from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from small import frame, post

from listening.summarise.ahead import Ahead, ahead, dates

NOW = datetime(2026, 11, 3, 7, 30, tzinfo=UTC)


def test_a_date_without_a_year_is_the_next_to_come() -> None:
    assert dates("Thursday 5 November, and 8th of Jan.", date(2026, 11, 1)) == [
        date(2026, 11, 5),
        date(2027, 1, 8),
    ]
    assert dates("on 5 November 2025; 31 June; 5 Novembers", date(2026, 11, 1)) == [date(2025, 11, 5)]


def test_what_is_coming_up_is_soonest_first_and_without_its_date_twice() -> None:
    items = frame(
        post(
            "1",
            NOW,
            channel="official",
            title="Planning Committee: 14 homes, Weir Lane, Thursday 5 November",
            url="https://a.example/1",
        ),
        post(
            "2",
            NOW,
            channel="official",
            title="Road closed",
            text="From 4 November until 6 November.",
            url=None,
        ),
        post("3", NOW, channel="official", title="Minutes of 2 October 2026", text=None),
        post("4", NOW, channel="official", title="Boundary consultation closes 8 April 2027", text=None),
    )
    source = "Haverdale Forum"
    assert ahead(items, NOW, ZoneInfo("Europe/London")) == [
        Ahead(date(2026, 11, 4), "Road closed", source, "2", None),
        Ahead(
            date(2026, 11, 5), "Planning Committee: 14 homes, Weir Lane", source, "1", "https://a.example/1"
        ),
    ]


def test_a_day_in_the_title_goes_before_an_earlier_one_in_the_text() -> None:
    item = post(
        "1", NOW, channel="official", title="Cabinet, Friday 20 November", text="Views by 9 November."
    )
    [only] = ahead(frame(item), NOW, ZoneInfo("Europe/London"))
    assert (only.on, only.title) == (date(2026, 11, 20), "Cabinet")
