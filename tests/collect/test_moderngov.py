from datetime import timedelta

import pandas as pd
import pytest
from misbehaving import NOW, Server
from official import AGENDA, PATHS, asked, lives, one, written

from listening.collect.dates import LONDON
from listening.collect.web import Web
from listening.post import Post, frame
from listening.summarise.ahead import Ahead, ahead

LIST = PATHS["moderngov"]


def test_the_meetings_ahead_are_told_with_day_hour_place_and_open_items(server: Server, web: Web) -> None:
    lives(server, "moderngov")
    council = one(server, "moderngov")
    host = server.url("").removeprefix("http://")
    found, run = asked(council, web)
    assert (run.state, run.items, run.reason) == ("ok", 3, "")

    def post(number: int, committee: int, title: str, text: str) -> Post:
        url = f"{server.url('')}/ieListDocuments.aspx?CId={committee}&MId={number}"
        return Post(
            id=f"moderngov:{host}/{number}", source="moderngov", channel="official", kind="article",
            published=NOW, collected=NOW, url=url, title=title, text=text, dated=False,
        )  # fmt: skip

    agenda = "<p>Agenda:</p><ul><li>Apologies</li><li>Fourteen homes, Weir Lane &lt;outline&gt;</li></ul>"
    assert found.posts == [
        post(812, 9, "Cancelled: Cabinet, Monday 16 November 2026",
             "<p>Monday 16 November 2026, 6.30 pm, Council Chamber.</p>" + agenda),
        post(811, 12, "Planning &amp; Licensing Committee, Thursday 26 November 2026",
             "<p>Thursday 26 November 2026, 10.00 am, Council Chamber.</p>" + agenda),
        post(813, 9, "Cabinet, Monday 14 December 2026",
             "<p>Monday 14 December 2026, Council Chamber.</p>" + agenda),
    ]  # fmt: skip


def test_it_asks_for_all_bodies_and_four_weeks_in_british_dates(server: Server, web: Web) -> None:
    lives(server, "moderngov")
    asked(one(server, "moderngov"), web)
    assert server.paths[0] == (
        f"{LIST}?lCommitteeId=-1&sFromDate=16%2F11%2F2026&sToDate=14%2F12%2F2026"
        "&sAllOrNone=none&bIsAscendingDateOrder=true"
    )
    assert server.paths[1:] == [f"{AGENDA}?lMeetingId={n}" for n in (812, 811, 813)]


def test_only_the_named_committees_are_asked_each_once(server: Server, web: Web) -> None:
    lives(server, "moderngov")
    asked(one(server, "moderngov", committees=["12", "9"]), web)
    assert [p.partition("&")[0] for p in server.paths if LIST in p] == [
        f"{LIST}?lCommitteeId=12",
        f"{LIST}?lCommitteeId=9",
    ]


def test_what_is_coming_up_reads_a_meeting_s_day_from_its_post(server: Server, web: Web) -> None:
    lives(server, "moderngov")
    found, _ = asked(one(server, "moderngov"), web)
    coming = ahead(frame(found.posts), NOW, LONDON)
    assert [(a.on.isoformat(), a.title) for a in coming] == [
        ("2026-11-16", "Cancelled: Cabinet"),
        ("2026-11-26", "Planning &amp; Licensing Committee"),
        ("2026-12-14", "Cabinet"),
    ]


def test_a_date_on_the_agenda_is_not_taken_for_the_meeting_s(server: Server, web: Web) -> None:
    lives(server, "moderngov")
    closing = written("agenda.xml").replace(b"Apologies", b"Views on the park by 18 November 2026")
    server.gives(AGENDA, body=closing)
    found, _ = asked(one(server, "moderngov"), web)
    coming: list[Ahead] = ahead(frame(found.posts)[1:2], NOW, LONDON)
    assert [a.on.isoformat() for a in coming] == ["2026-11-26"]


def test_an_agenda_that_is_not_out_yet_is_no_agenda(server: Server, web: Web) -> None:
    lives(server, "moderngov")
    server.gives(
        AGENDA, body=written("agenda.xml").replace(b"<agendapublished>True", b"<agendapublished>False")
    )
    found, run = asked(one(server, "moderngov"), web)
    assert run.reason == ""
    assert found.posts[0].text == "<p>Monday 16 November 2026, 6.30 pm, Council Chamber.</p>"


@pytest.mark.parametrize("answer", [(404, b""), (200, b"<html>"), (200, b""), (200, b"<meeting>")])
def test_a_meeting_whose_agenda_fails_is_told_without_and_never_loses_one_it_had(
    server: Server, web: Web, answer: tuple[int, bytes]
) -> None:
    lives(server, "moderngov")
    before, _ = asked(one(server, "moderngov"), web)
    server.gives(AGENDA, answer[0], answer[1])
    fresh, run = asked(one(server, "moderngov"), web)
    assert fresh.posts[0].text == "<p>Monday 16 November 2026, 6.30 pm.</p>"
    assert (run.state, run.reason) == ("ok", "Some of its agendas could not be read.")
    again, _ = asked(one(server, "moderngov"), web, before.memory)
    assert [p.title for p in again.posts] == ["Cancelled: Cabinet, Monday 16 November 2026"]
    assert again.memory["ids"] == before.memory["ids"]
    assert again.memory["agendas"] == before.memory["agendas"]


def test_a_meeting_pushed_behind_the_ten_next_ones_keeps_its_agenda(server: Server, web: Web) -> None:
    lives(server, "moderngov")
    before, _ = asked(one(server, "moderngov"), web)
    row = (
        "<meeting><meetingid>{0}</meetingid><committeetitle>Body {0}</committeetitle>"
        "<meetingdate>17/11/2026</meetingdate></meeting>"
    )
    more = "".join(row.format(n) for n in range(20, 32)).encode()
    server.gives(LIST, body=written("meetings.xml").replace(b"<meetings>", b"<meetings>" + more))
    again, run = asked(one(server, "moderngov"), web, before.memory)
    assert {p.id.rpartition("/")[2] for p in again.posts} == {"812", *map(str, range(20, 32))}
    assert (run.state, run.reason) == ("ok", "")


def test_it_stops_asking_for_agendas_where_the_site_wants_rest(server: Server, web: Web) -> None:
    lives(server, "moderngov")
    server.gives(AGENDA, 429, Retry_After="900")
    found, run = asked(one(server, "moderngov"), web)
    assert (len(found.posts), run.state) == (3, "ok")
    assert len([p for p in server.paths if p.startswith(AGENDA + "?")]) == 1


def test_a_month_later_what_was_is_not_ahead(server: Server, web: Web) -> None:
    lives(server, "moderngov")
    later = NOW + timedelta(days=29)
    web.clock = lambda: later
    found, run = asked(one(server, "moderngov"), web, now=later)
    assert [p.title for p in found.posts] == ["Cabinet, Tuesday 15 December 2026"]
    assert run.state == "ok"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"<error>no such method</error>", "It sends something that is no list of meetings."),
        (
            b"<!DOCTYPE m [<!ENTITY a 'b'>]><meetings>&a;</meetings>",
            "Its answer declares entities, which we do not read.",
        ),
        (b"<meetings>" + b"<meeting>" * 20_000, "Its answer is damaged and cannot be read."),
    ],
)
def test_what_is_no_list_fails_in_a_sentence(server: Server, web: Web, body: bytes, reason: str) -> None:
    server.gives(LIST, body=body)
    _, run = asked(one(server, "moderngov"), web)
    assert (run.state, run.reason) == ("failing", reason)


def test_an_empty_calendar_is_quiet(server: Server, web: Web) -> None:
    server.gives(LIST, body=b"<root><meetingscount>0</meetingscount></root>")
    _, run = asked(one(server, "moderngov"), web)
    assert (run.state, run.reason) == ("quiet", "It answers, and holds nothing new.")


def test_a_meeting_that_is_moved_is_the_same_meeting_on_another_day(server: Server, web: Web) -> None:
    lives(server, "moderngov")
    first, _ = asked(one(server, "moderngov"), web)
    server.gives(LIST, body=written("meetings.xml").replace(b"26/11/2026", b"03/12/2026"))
    second, _ = asked(one(server, "moderngov"), web, first.memory)
    assert second.posts[1].id == first.posts[1].id
    assert second.posts[1].title == "Planning &amp; Licensing Committee, Thursday 3 December 2026"


def test_a_recess_is_quiet_and_not_stale(server: Server, web: Web) -> None:
    lives(server, "moderngov")
    found, _ = asked(one(server, "moderngov"), web)
    server.gives(LIST, body=b"<meetings></meetings>")
    for days in (20, 40, 60):
        found, run = asked(one(server, "moderngov"), web, found.memory, now=NOW + timedelta(days=days))
        assert (run.state, run.reason) == ("quiet", "It answers, and holds nothing new.")


def test_a_long_calendar_costs_no_more_than_its_ten_next_agendas(server: Server, web: Web) -> None:
    lives(server, "moderngov")
    row = (
        "<meeting><meetingid>{0}</meetingid><committeetitle>Body {0}</committeetitle>"
        "<meetingdate>20/11/2026</meetingdate></meeting>"
    )
    server.gives(LIST, body=f"<meetings>{''.join(row.format(n) for n in range(700))}</meetings>".encode())
    found, _ = asked(one(server, "moderngov"), web)
    assert (len(found.posts), len(server.paths)) == (500, 11)


def test_the_address_of_the_service_itself_will_do(server: Server, web: Web) -> None:
    from dataclasses import replace

    lives(server, "moderngov")
    council = one(server, "moderngov")
    found, _ = asked(replace(council, url=server.url("/mgWebService.asmx?op=GetMeetings")), web)
    assert len(found.posts) == 3
    assert isinstance(frame(found.posts), pd.DataFrame)
