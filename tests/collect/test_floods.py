import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl

import pytest
from misbehaving import NOW, Server
from official import PATHS, asked, lives, one, written

from listening.collect.web import Web
from listening.post import Post

PATH = PATHS["floods"]
RAISED = datetime(2026, 11, 15, 18, 55, tzinfo=UTC)


def alert(level: int = 3, area: str = "999WAF001", message: str = "Rising.", **times: str) -> dict[str, Any]:
    names = {"changed": "timeSeverityChanged", "said": "timeMessageChanged", "raised": "timeRaised"}
    item = {"floodAreaID": area, "description": "River Weir", "severityLevel": level, "message": message}
    return item | {names[name]: value for name, value in times.items()}


def gives(server: Server, *items: Any) -> None:
    server.gives(PATH, body=json.dumps({"items": list(items)}).encode())


def test_a_warning_becomes_a_post_with_its_level_place_and_page(server: Server, web: Web) -> None:
    lives(server, "floods")
    found, run = asked(one(server, "floods"), web)
    assert (run.state, run.reason) == ("ok", "")
    assert found.posts == [
        Post(
            id="floods:999WAF001/2026-11-15T18:55",
            source="floods",
            channel="official",
            kind="article",
            published=RAISED,
            collected=NOW,
            url="https://check-for-flooding.service.gov.uk/target-area/999WAF001",
            title="Flood alert: River Weir at Haverdale",
            text="<p>River levels are rising &amp; may reach Mill Lane tonight.</p>"
            "<p>River or sea: River Weir</p>",
            edited=datetime(2026, 11, 16, 9, 10, tzinfo=UTC),
        )
    ]


def test_a_warning_that_worsens_and_ends_stays_the_same_post(server: Server, web: Web) -> None:
    gives(server, alert(3, changed="2026-11-16T06:00:00", raised="2026-11-16T06:00:30"))
    memory: dict[str, Any] = {}
    found, _ = asked(one(server, "floods"), web)
    seen = [(found.posts[0].id, found.posts[0].title, found.posts[0].published)]
    memory = found.memory
    for level, time in ((2, "08:00:00"), (1, "09:00:00"), (4, "11:00:00")):
        gives(server, alert(level, changed=f"2026-11-16T{time}", raised=f"2026-11-16T{time}"))
        found, _ = asked(one(server, "floods"), web, memory)
        memory = found.memory
        seen.append((found.posts[0].id, found.posts[0].title, found.posts[0].published))
        assert found.gone == []
    name, day = "floods:999WAF001/2026-11-16T06:00", datetime(2026, 11, 16, 6, tzinfo=UTC)
    assert seen == [
        (name, "Flood alert: River Weir", day),
        (name, "Flood warning: River Weir", day),
        (name, "Severe flood warning: River Weir", day),
        (name, "Flood warning no longer in force: River Weir", day),
    ]


def test_a_warning_that_leaves_the_list_is_no_deletion(server: Server, web: Web) -> None:
    gives(server, alert(changed="2026-11-16T06:00:00"))
    first, _ = asked(one(server, "floods"), web)
    gives(server)
    second, run = asked(one(server, "floods"), web, first.memory)
    assert (second.posts, second.gone, run.state) == ([], [], "quiet")


@pytest.mark.parametrize("etag", [{}, {"ETag": '"1"'}])
def test_a_dry_month_is_quiet_and_not_stale(server: Server, web: Web, etag: dict[str, str]) -> None:
    gives(server, alert(changed="2026-11-16T06:00:00"))
    found, _ = asked(one(server, "floods"), web)
    server.gives(PATH, body=b'{"items": []}', **etag)
    for days in (10, 20, 30, 40):
        found, run = asked(one(server, "floods"), web, found.memory, now=NOW + timedelta(days=days))
        assert (run.state, run.reason) == ("quiet", "It answers, and holds nothing new.")


def test_a_new_warning_for_an_area_whose_last_one_ended_is_another(server: Server, web: Web) -> None:
    gives(server, alert(3, changed="2026-11-15T06:00:00"))
    first, _ = asked(one(server, "floods"), web)
    gives(server, alert(4, changed="2026-11-15T09:00:00"))
    over, _ = asked(one(server, "floods"), web, first.memory)
    gives(server, alert(2, changed="2026-11-16T07:00:00"))
    again, _ = asked(one(server, "floods"), web, over.memory)
    assert [f.posts[0].id for f in (first, over, again)] == [
        "floods:999WAF001/2026-11-15T06:00",
        "floods:999WAF001/2026-11-15T06:00",
        "floods:999WAF001/2026-11-16T07:00",
    ]


def test_an_empty_answer_by_mistake_does_not_make_a_second_warning(server: Server, web: Web) -> None:
    gives(server, alert(changed="2026-11-16T06:00:00"))
    first, _ = asked(one(server, "floods"), web)
    gives(server)
    empty, _ = asked(one(server, "floods"), web, first.memory)
    gives(server, alert(changed="2026-11-16T06:00:00", said="2026-11-16T10:00:00"))
    again, _ = asked(one(server, "floods"), web, empty.memory)
    assert again.posts[0].id == first.posts[0].id


def test_a_failure_forgets_no_warning(server: Server, web: Web) -> None:
    gives(server, alert(3, changed="2026-11-16T06:00:00"))
    first, _ = asked(one(server, "floods"), web)
    server.gives(PATH, body=b"{")
    failed, run = asked(one(server, "floods"), web, first.memory)
    assert run.state == "failing"
    gives(server, alert(2, changed="2026-11-16T08:00:00"))
    again, _ = asked(one(server, "floods"), web, failed.memory)
    assert again.posts[0].id == first.posts[0].id


def test_a_warning_without_times_is_undated_and_keeps_its_name(server: Server, web: Web) -> None:
    gives(server, alert())
    first, _ = asked(one(server, "floods"), web)
    gives(server, alert(message="Still rising."))
    again, _ = asked(one(server, "floods"), web, first.memory, now=NOW + timedelta(hours=1))
    assert [(p.id, p.published, p.dated) for p in first.posts + again.posts] == [
        ("floods:999WAF001/2026-11-16T12:00", NOW, False)
    ] * 2


def test_a_time_in_summer_is_one_in_london(server: Server, web: Web) -> None:
    gives(server, alert(changed="2026-07-16T06:00:00"))
    found, _ = asked(one(server, "floods"), web)
    assert found.posts[0].published == datetime(2026, 7, 16, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("options", "query"),
    [
        ({}, []),
        ({"county": ["Northshire", "Test Dale"]}, [("county", "Northshire,Test Dale")]),
        ({"lat": 53.1, "long": -1.25, "dist": 10.0}, [("lat", "53.1"), ("long", "-1.25"), ("dist", "10")]),
    ],
)
def test_the_options_say_where(server: Server, web: Web, options: dict[str, Any], query: list[Any]) -> None:
    lives(server, "floods")
    asked(one(server, "floods", **options), web)
    assert parse_qsl(server.paths[0].partition("?")[2]) == query


def test_only_the_named_areas_are_kept(server: Server, web: Web) -> None:
    gives(server, alert(area="999WAF001"), alert(area="999WAF002"))
    found, _ = asked(one(server, "floods", areas=["999waf002"]), web)
    assert [p.id.partition("/")[0] for p in found.posts] == ["floods:999WAF002"]


def test_warnings_that_cannot_be_read_are_left_out_and_said(server: Server, web: Web) -> None:
    gives(server, alert(changed="2026-11-16T06:00:00"), "word", {"severityLevel": 2}, alert(level=9))
    found, run = asked(one(server, "floods"), web)
    assert (len(found.posts), run.state, run.reason) == (1, "ok", "Some of its warnings could not be read.")


def test_an_address_with_a_query_is_asked_as_it_is(server: Server, web: Web) -> None:
    lives(server, "floods")
    asked(replace(one(server, "floods", county=["X"]), url=server.url(f"{PATH}?county=Northshire")), web)
    assert server.paths == [f"{PATH}?county=Northshire"]
    assert b"Haverdale" in written("floods.json")
