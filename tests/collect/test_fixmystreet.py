"""FixMyStreet by its feed and by Open311, told by a server that answers as its code does."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from misbehaving import NOW, Server
from stand_ins import EIGHT, OPEN311, RSS, asked, in_turn, look, parameters, reports, told

from listening import collect
from listening.collect.web import Web
from listening.post import Post

SITE = "https://reports.example"


def host(server: Server) -> str:
    return server.url("").removeprefix("http://")


def request(number: int, day: str = "2026-11-16T08:00:00+00:00") -> dict[str, Any]:
    return {"service_request_id": number, "title": f"Fault {number}", "requested_datetime": day}


def test_a_feed_gives_title_words_category_and_address_and_nothing_of_who_or_where_exactly(
    server: Server, town: Web
) -> None:
    found, run = look(reports(server.url(RSS)), town)
    assert (run.state, run.reason) == ("ok", "")
    shared = {"source": "Reports", "channel": "report", "kind": "report", "collected": NOW}
    assert found.posts == [
        Post(
            id=f"fixmystreet:{host(server)}/501",
            published=EIGHT + timedelta(minutes=30),
            url=server.url("/report/501"),
            title="Lamp out &amp; dark by the school",
            text="Roads &amp; street lighting<br>Third week now, &lt;really&gt; dark.\n<br>"
            "Nearest road to the pin: Weir Lane, Haverdale",
            **shared,  # type: ignore[arg-type]
        ),
        Post(
            id=f"fixmystreet:{host(server)}/500",
            published=EIGHT - timedelta(days=1) + timedelta(minutes=135),
            url=server.url("/report/500"),
            title="Pothole on Mill Hill",
            text="Potholes<br>Deep one.\n\n<br>",
            **shared,  # type: ignore[arg-type]
        ),
    ]


def test_open311_gives_the_same_reports_under_the_same_ids(server: Server, town: Web) -> None:
    by_feed, _ = look(reports(server.url(RSS)), town)
    found, run = look(reports(server.url(""), body=2560, days=7), town)
    assert (run.state, run.reason) == ("ok", "")
    assert [p.id for p in found.posts] == [p.id for p in by_feed.posts]
    lamp, pothole = by_feed.posts
    assert found.posts == [
        replace(lamp, replies=2, text="Roads &amp; street lighting<br>Third week now, &lt;really&gt; dark."),
        replace(pothole, title=None, text="Potholes<br>Pothole on Mill Hill: Deep one."),
    ]


def test_a_feed_asks_only_whether_there_is_anything_new(server: Server, town: Web) -> None:
    url = server.gives(RSS, body=b"<rss version='2.0'><channel><title>x</title></channel></rss>", ETag='"7"')
    first, _ = look(reports(url), town)
    server.gives(RSS, 304)
    _, run = look(reports(url), town, first.memory)
    assert (server.headers[1]["If-None-Match"], run.state) == ('"7"', "quiet")


def test_open311_is_read_a_week_at_a_time_and_then_from_where_it_was(server: Server, town: Web) -> None:
    here = reports(server.url(""), body=2560, jurisdiction="haverdale")
    first, _ = look(here, town)
    windows = [parameters(path) for path in server.paths]
    assert [w["start_date"][0][:10] for w in windows] == [
        f"2026-{d}" for d in ("10-17", "10-24", "10-31", "11-07", "11-14")
    ]
    assert windows[0] == {
        "jurisdiction_id": ["haverdale"],
        "agency_responsible": ["2560"],
        "start_date": ["2026-10-17T12:00:00+00:00"],
        "end_date": ["2026-10-24T12:00:00+00:00"],
    }
    assert first.memory["until"] == "2026-11-16T12:00:00+00:00"
    server.paths.clear()
    again, run = look(here, town, first.memory)
    assert [parameters(path)["start_date"] for path in server.paths] == [["2026-11-16T06:00:00+00:00"]]
    assert (run.state, again.memory["ids"]) == ("quiet", first.memory["ids"])


def test_what_the_budget_does_not_reach_is_read_in_the_next_round(server: Server, town: Web) -> None:
    here = reports(server.url(""), body=2560, days=90)
    first, run = look(here, town)
    assert (len(server.paths), run.reason) == (6, "What is left is read in the next round.")
    server.paths.clear()
    look(here, town, first.memory)
    assert parameters(server.paths[0])["start_date"] == ["2026-09-29T06:00:00+00:00"]


@pytest.mark.parametrize(
    ("answer", "items"),
    [
        ({"service_requests": [request(7)]}, 1),
        ([request(7)], 1),
        ({"requests": [{"request": [request(7)]}]}, 1),
        ({"requests": []}, 0),
    ],
)
def test_the_list_is_found_in_every_form_it_has_had(
    server: Server, town: Web, answer: Any, items: int
) -> None:
    in_turn(server, OPEN311, answer)
    found, run = look(reports(server.url(""), body=2560, days=7), town)
    assert (len(found.posts), run.error) == (items, None)


def test_an_answer_that_is_full_is_said_to_be(server: Server, town: Web) -> None:
    in_turn(server, OPEN311, {"service_requests": [request(n) for n in range(1, 1_001)]})
    found, run = look(reports(server.url(""), body=2560, days=7), town)
    assert len(found.posts) == 1_000
    assert run.reason == "It lists at most 1,000 reports a week: some could not be seen."


def test_the_line_about_who_reported_it_is_dropped_in_all_its_forms(server: Server, town: Web) -> None:
    meta = [
        "Reported by Zebedee Quillfeather at 10:15, Sun 15 November 2026",
        "Reported via Android anonymously at 9:05, Mon 2 November 2026",
        "Reported in the Potholes category by Z. Quillfeather (Ottoline B) at 10:15 today",
    ]
    ours = "Reported this by phone in spring. Reported by our whole street, and nothing done."
    listed = [
        {**request(n), "detail": f"Deep.\n{line}\nStill there."} for n, line in enumerate([*meta, ours], 1)
    ]
    in_turn(server, OPEN311, {"service_requests": listed})
    found, _ = look(reports(server.url(""), body=2560, days=7), town)
    assert [p.text for p in found.posts] == ["Deep.\n\nStill there."] * 3 + [f"Deep.\n{ours}\nStill there."]


def test_a_server_that_wants_another_word_answers_with_a_page_and_that_is_told(
    server: Server, town: Web
) -> None:
    server.gives(OPEN311, body=b"<!DOCTYPE html>\n<html>Missing jurisdiction_id</html>")
    _, run = look(reports(server.url(""), body=2560), town)
    assert (run.state, run.reason) == ("failing", "It sends a web page instead of data.")


def test_a_site_that_knows_no_such_body_sends_its_front_page(server: Server, town: Web) -> None:
    server.gives("/reports", body=b"<!doctype html><html></html>")
    server.gives(RSS, 302, Location="/reports")
    _, run = look(reports(server.url(RSS)), town)
    assert (run.state, run.reason) == ("failing", "It sends a web page instead of a feed.")


@pytest.mark.parametrize("way", [{}, {"body": 2560, "days": 7}])
def test_recheck_finds_the_reports_whose_page_is_gone(server: Server, town: Web, way: dict[str, int]) -> None:
    here = reports(server.url(RSS), **way)
    found, _ = look(here, town)
    for number, status in ((1, 200), (2, 410), (3, 404), (4, 403)):
        server.gives(f"/report/{number}", status)
    ids = [f"fixmystreet:{host(server)}/{n}" for n in (1, 2, 3)]
    told_ = [*ids, "fixmystreet:other.example/4", "feed:1", f"fixmystreet:{host(server)}/../etc"]
    assert collect.recheck(here, told_, found.memory, town) == ids[1:]
    assert asked(server)[-3:] == ["/report/1", "/report/2", "/report/3"]


@pytest.mark.parametrize("status", [403, 404, 429, 500])
def test_recheck_believes_no_look_in_which_nothing_stands(server: Server, town: Web, status: int) -> None:
    server.gives("/report/1", status)
    server.gives("/report/2", status)
    ids = [f"fixmystreet:{host(server)}/{n}" for n in (1, 2)]
    assert collect.recheck(reports(server.url(RSS)), ids, {"base": server.url("")}, town) == []


@pytest.mark.parametrize(("status", "believed"), [(200, True), (302, False), (404, False), (503, False)])
def test_recheck_believes_that_all_is_gone_where_the_site_itself_stands(
    server: Server, town: Web, status: int, believed: bool
) -> None:
    for path in ("/report/1", "/report/2"):
        server.gives(path, 410)
    server.gives("/", status, b"<!doctype html><html></html>")
    ids = [f"fixmystreet:{host(server)}/{n}" for n in (1, 2)]
    gone = collect.recheck(reports(server.url(RSS)), ids, {"base": server.url("")}, town)
    assert gone == (ids if believed else [])


def test_the_fixture_of_open311_holds_what_must_not_be_kept() -> None:
    held = json.dumps(told("open311.json"))
    assert all(word in held for word in ("requestor_name", "Quillfeather", "53.1111", "anonymously"))
