"""Answers that can be read and are odd, from a server that misbehaves: each is noticed and told."""

from datetime import timedelta
from typing import Any

import pytest
from misbehaving import NOW, Server, source

from listening import collect
from listening.area import Source
from listening.collect.web import Web
from listening.post import Found, Run

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def asked(
    courier: Source, web: Web, memory: dict[str, Any], after: timedelta = HOUR * 0
) -> tuple[Found, Run]:
    ((_, found, run),) = collect.ask([courier], {courier.name: memory}, web, NOW + after)
    return found, run


def feed(*items: str) -> bytes:
    return f"<rss version='2.0'><channel><title>x</title>{''.join(items)}</channel></rss>".encode()


def item(name: str, ago: timedelta | None = HOUR, guid: str = "") -> str:
    day = f"<pubDate>{(NOW - ago).isoformat()}</pubDate>" if ago is not None else ""
    return f"<item><guid>https://courier.example/{guid or name}</guid><title>{name}</title>{day}</item>"


def told(run: Run) -> tuple[str, str]:
    return run.state, run.reason


WEB_PAGES = {
    "a page": b"<!doctype html><html><body>Please log in</body></html>",
    "one that calls itself XML": b"<?xml version='1.0'?><!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0//EN' "
    b"'x'><html xmlns='http://www.w3.org/1999/xhtml'><head/><body/></html>",
    "one after a remark": b"<!-- cached --><html><head><title>Consent</title></head><body></body></html>",
}


@pytest.mark.parametrize("body", WEB_PAGES.values(), ids=WEB_PAGES)
def test_a_web_page_instead_of_a_feed_is_a_failure(server: Server, web: Web, body: bytes) -> None:
    courier = source(server.gives("/rss", body=body, Content_Type="application/rss+xml"))
    assert told(asked(courier, web, {})[1]) == ("failing", "It sends a web page instead of a feed.")


def test_items_without_any_date_are_told_as_long_as_that_lasts(server: Server, web: Web) -> None:
    undated = "None of its items carries a date: each counts on the day we met it."
    courier = source(server.gives("/rss", body=feed(*(item(n, None) for n in "abc"))))
    first, run = asked(courier, web, {})
    assert told(run) == ("ok", undated)
    again, quiet = asked(courier, web, first.memory, HOUR)
    assert told(quiet) == ("quiet", f"It answers, and holds nothing new. {undated}"), "though not modified"
    server.gives("/rss", body=feed(item("d")))
    assert told(asked(courier, web, again.memory, 2 * HOUR)[1]) == ("ok", "")


def test_the_same_undated_items_for_weeks_are_told_with_the_day_they_came(server: Server, web: Web) -> None:
    courier = source(server.gives("/rss", body=feed(item("a", None), item("b", None))))
    first, _ = asked(courier, web, {})
    _, run = asked(courier, web, first.memory, 15 * DAY)
    assert told(run) == ("stale", "It answers, but with the same items since 16 November 2026.")


def test_the_same_items_with_new_dates_at_every_look_are_told(server: Server, web: Web) -> None:
    courier = source(server.gives("/rss", body=feed(item("a"), item("b"))))
    memory = asked(courier, web, {})[0].memory
    for day in range(1, 16):
        server.gives("/rss", body=feed(item("a", HOUR - day * DAY), item("b", HOUR - day * DAY)))
        found, run = asked(courier, web, memory, day * DAY)
        memory = found.memory
    assert told(run) == ("stale", "It answers, but with the same items since 16 November 2026.")


def test_a_monthly_letter_is_not_late_after_two_weeks_but_after_three_months(
    server: Server, web: Web
) -> None:
    monthly = [item(str(n), n * 30 * DAY) for n in range(4)]
    courier = source(server.gives("/rss", body=feed(*monthly)))
    first, _ = asked(courier, web, {})
    _, quiet = asked(courier, web, first.memory, 40 * DAY)
    _, late = asked(courier, web, first.memory, 91 * DAY)
    assert quiet.state == "quiet"
    assert told(late) == ("stale", "It answers, but its newest item is of 16 November 2026.")


def test_old_items_that_come_in_late_are_news_all_the_same(server: Server, web: Web) -> None:
    courier = source(server.gives("/rss", body=feed(item("a"))))
    first, _ = asked(courier, web, {})
    server.gives("/rss", body=feed(item("a"), item("b", 5 * DAY)))
    assert told(asked(courier, web, first.memory, 20 * DAY)[1]) == ("ok", "")


def test_a_sudden_zero_is_late_until_items_come_back(server: Server, web: Web) -> None:
    said = ("stale", "It answers, but is empty; usually it holds 5 items.")
    five = [item(n) for n in "abcde"]
    courier = source(server.gives("/rss", body=feed(*five)))
    first, _ = asked(courier, web, {})
    server.gives("/rss", body=feed())
    empty, run = asked(courier, web, first.memory, HOUR)
    assert told(run) == said
    still, again = asked(courier, web, empty.memory, 2 * HOUR)
    assert told(again) == said, "the same empty body once more"
    assert "is_empty" in still.memory
    server.gives("/rss", body=feed(*five))
    back, alive = asked(courier, web, still.memory, 3 * HOUR)
    assert told(alive) == ("quiet", "It answers, and holds nothing new.")
    assert "is_empty" not in back.memory


def test_an_empty_list_is_no_warning_where_few_items_ever_stood(server: Server, web: Web) -> None:
    courier = source(server.gives("/rss", body=feed(item("a"))))
    first, _ = asked(courier, web, {})
    server.gives("/rss", body=feed())
    assert asked(courier, web, first.memory, HOUR)[1].state == "quiet"


def test_a_source_that_falls_silent_is_late_by_its_own_pace(server: Server, web: Web) -> None:
    """Two posts each working day for four weeks; then nothing. NOW is a Monday."""
    days = [n for n in range(1, 30) if (NOW - n * DAY).weekday() < 5]
    items = [item(f"{n} {part}", n * DAY + part * HOUR) for n in days for part in (1, 2)]
    courier = source(server.gives("/rss", body=feed(*items)))
    memory = asked(courier, web, {})[0].memory
    states = [asked(courier, web, memory, n * DAY)[1] for n in range(6)]
    assert [run.state for run in states] == ["quiet"] * 4 + ["stale"] * 2
    assert states[4].reason == "Usually 10 posts a week; none for 6 days."


def test_a_weekend_of_silence_is_nothing_odd_for_an_office(server: Server, web: Web) -> None:
    days = [n for n in range(1, 30) if (NOW - n * DAY).weekday() < 5]
    items = [item(f"{n} {part}", n * DAY + part * timedelta(minutes=9)) for n in days for part in range(8)]
    courier = source(server.gives("/rss", body=feed(*items)))
    first, run = asked(courier, web, {})
    assert run.state == "ok", "a Monday noon after a silent weekend"
    assert asked(courier, web, first.memory, 13 * HOUR)[1].reason == "Usually 6 posts a day; none for 3 days."


def test_most_dates_in_the_future_are_told_and_one_announcement_is_not(server: Server, web: Web) -> None:
    ahead = [item(n, -9 * DAY) for n in "abc"]
    courier = source(server.gives("/rss", body=feed(*ahead, item("d"))))
    found, run = asked(courier, web, {})
    assert told(run) == ("ok", "Of its 4 items 3 are dated in the future; we take them as of today.")
    assert {post.published for post in found.posts} == {NOW, NOW - HOUR}
    server.gives("/rss", body=feed(ahead[0], item("d"), item("e")))
    assert told(asked(courier, web, {})[1]) == ("ok", "")


def test_an_hour_too_much_is_a_clock_not_the_future(server: Server, web: Web) -> None:
    courier = source(server.gives("/rss", body=feed(*(item(n, -HOUR) for n in "abcd"))))
    assert told(asked(courier, web, {})[1]) == ("ok", "")


def test_items_that_stand_in_a_feed_twice_are_kept_once_and_told(server: Server, web: Web) -> None:
    courier = source(server.gives("/rss", body=feed(*(item(n) for n in "aabbccd"))))
    found, run = asked(courier, web, {})
    assert (len(found.posts), run.items) == (4, 4)
    assert told(run) == ("ok", "Of its 7 items 3 are there twice; each is kept once.")


def test_new_ids_for_the_same_items_are_told_and_are_no_news(server: Server, web: Web) -> None:
    courier = source(server.gives("/rss", body=feed(*(item(n, guid=f"{n}?look=1") for n in "abcdef"))))
    first, _ = asked(courier, web, {})
    server.gives("/rss", body=feed(*(item(n, guid=f"{n}?look=2") for n in "abcdef")))
    second, run = asked(courier, web, first.memory, HOUR)
    same = "It gives the same items a new name at each look, so they are no news."
    assert told(run) == ("quiet", f"It answers, and holds nothing new. {same}")
    assert second.memory["rhythm"]["arrived"] == first.memory["rhythm"]["arrived"]
    server.gives("/rss", body=feed(item("g"), *(item(n, guid=f"{n}?look=3") for n in "abcdef")))
    assert asked(courier, web, second.memory, 2 * HOUR)[1].state == "ok", "one of them is really new"


def test_a_move_for_good_is_told_at_the_third_look_with_its_new_address(server: Server, web: Web) -> None:
    new = server.gives("/new", body=feed(item("a")))
    courier = source(server.gives("/rss", 301, Location="/new"))
    memory: dict[str, Any] = {}
    reasons = []
    for n in range(4):
        found, run = asked(courier, web, memory, n * HOUR)
        memory = found.memory
        reasons.append(run.reason)
    quiet = "It answers, and holds nothing new."
    assert reasons == ["", quiet, *[f"{quiet} It has moved to {new}: change its url."] * 2]
    assert new not in str(memory)
    server.gives("/rss", body=feed(item("a")))
    assert "moved_to" not in asked(courier, web, memory, 9 * HOUR)[0].memory


@pytest.mark.parametrize(
    ("first", "second", "sure"), [(301, 308, True), (302, 301, False), (307, 302, False)]
)
def test_only_a_way_that_is_permanent_from_its_start_is_a_move(
    server: Server, web: Web, first: int, second: int, sure: bool
) -> None:
    server.gives("/b", second, Location="/c")
    there = server.gives("/c", body=feed(item("a")))
    assert web.get(server.gives("/a", first, Location="/b")).moved == (there if sure else None)


def test_a_permanent_step_before_a_passing_one_is_where_it_moved(server: Server, web: Web) -> None:
    server.gives("/c", body=feed(item("a")))
    there = server.gives("/b", 302, Location="/c")
    assert web.get(server.gives("/a", 301, Location="/b")).moved == there


@pytest.mark.parametrize("secret", ["/rss?token=sesame", "/private/9f86d081884c7d65/rss"])
def test_a_new_address_that_may_hold_a_secret_is_not_named(server: Server, web: Web, secret: str) -> None:
    server.gives(secret.partition("?")[0], body=feed(item("a")))
    courier = source(server.gives("/old", 308, Location=secret))
    memory: dict[str, Any] = {}
    for n in range(3):
        found, run = asked(courier, web, memory, n * HOUR)
        memory = found.memory
    assert run.reason.endswith("It has moved to another address at 127.0.0.1: change its url.")


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"Cache_Control": "public, max-age=1800"}, 1800),
        ({"Cache_Control": "max-age=1800", "Age": "600"}, 1200),
        ({"Cache_Control": "max-age=1800", "Age": "7200"}, 0),
        ({"Cache_Control": "MAX-AGE=99999999999"}, 86400),
        ({"Cache_Control": "no-cache, max-age=1800"}, None),
        ({"Cache_Control": "s-maxage=1800"}, None),
        ({"Cache_Control": "max-age=soon"}, None),
    ],
)
def test_what_a_server_says_of_freshness_is_kept(
    server: Server, web: Web, headers: dict[str, str], seconds: int | None
) -> None:
    courier = source(server.gives("/rss", body=feed(item("a")), **headers))
    assert asked(courier, web, {})[0].memory.get("max_age") == seconds


def test_an_answer_not_modified_may_change_how_long_it_is_good(server: Server, web: Web) -> None:
    courier = source(server.gives("/rss", body=feed(item("a")), Cache_Control="max-age=3600", ETag="1"))
    first, _ = asked(courier, web, {})
    server.gives("/rss", 304, ETag="1")
    kept, _ = asked(courier, web, first.memory, HOUR)
    server.gives("/rss", 304, ETag="1", Cache_Control="max-age=0")
    changed, _ = asked(courier, web, kept.memory, 2 * HOUR)
    assert [found.memory["max_age"] for found in (first, kept, changed)] == [3600, 3600, 0]


def test_a_feed_is_asked_no_sooner_than_any_of_its_own_wishes(server: Server, web: Web) -> None:
    ttl = b"<rss version='2.0'><channel><ttl>60</ttl><title>x</title></channel></rss>"
    syndicated = (
        b"<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/' "
        b"xmlns:sy='http://purl.org/rss/1.0/modules/syndication/'><channel rdf:about='x'><title>x</title>"
        b"<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>1</sy:updateFrequency></channel></rdf:RDF>"
    )
    ways: list[tuple[int, bytes, dict[str, str]]] = [
        (200, ttl, {}),
        (200, syndicated, {}),
        (200, feed(item("a")), {"Cache_Control": "max-age=3600"}),
        (429, b"", {"Retry_After": "3600"}),
        (503, b"", {"Retry_After": "3600"}),
    ]
    for status, body, headers in ways:
        courier = source(server.gives("/rss", status, body, **headers), every=timedelta(minutes=1))
        memory = asked(courier, web, {})[0].memory
        due = [collect.due(courier, memory, NOW + HOUR + timedelta(seconds=s)) for s in (-1, 1)]
        assert due == [False, True], (status, headers)
