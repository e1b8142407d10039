"""The breaker: how a source that fails, or a host that is down, is left alone, and what is said meanwhile."""

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from misbehaving import NOW, RSS, Server, Visit, source

from listening import collect
from listening.area import Source
from listening.collect import breaker
from listening.collect.breaker import Fall
from listening.collect.web import UNREACHABLE, Web
from listening.post import Found, Run

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
DOWN = "http://nowhere.invalid"  # RFC 6761: never resolves


def asked(courier: Source, web: Web, memory: dict[str, Any], now: datetime = NOW) -> tuple[Found, Run]:
    ((_, found, run),) = collect.ask([courier], {courier.name: memory}, web, now)
    return found, run


def fails(courier: Source, web: Web, times: int) -> tuple[dict[str, Any], list[Run], list[datetime]]:
    """The memory after so many looks, each made as soon as it was due; the runs; when they were."""
    memory: dict[str, Any] = {}
    runs, when, now = [], [], NOW
    for _ in range(times):
        while not collect.due(courier, memory, now):
            now += timedelta(minutes=1)
        found, run = asked(courier, web, memory, now)
        memory = found.memory
        runs.append(run)
        when.append(now)
    return memory, runs, when


def test_after_three_failures_each_rest_is_twice_as_long_and_never_over_six_hours_and_a_quarter(
    server: Server, web: Web
) -> None:
    courier = source(server.gives("/rss", 404))
    _, _, when = fails(courier, web, 9)
    rests = [(later - earlier) / timedelta(minutes=15) for earlier, later in pairwise(when)]
    for rest, least in zip(rests, [1, 1, 2, 4, 8, 16, 24, 24], strict=True):
        assert least <= rest <= max(least * 1.25 + 0.1, 1), (rests, least)


def test_a_rest_is_told_with_its_end_and_the_number_of_failures(server: Server, web: Web) -> None:
    courier = source(server.gives("/rss", body=b"<html></html>"))
    memory, runs, _ = fails(courier, web, 6)
    page = "It sends a web page instead of a feed."
    assert [run.reason for run in runs[:2]] == [page, page]
    until = datetime.fromisoformat(memory["retry_at"])
    assert runs[5].reason == f"{page} Resting until {until:%H:%M}: it has failed 6 times in a row."
    assert (runs[5].state, memory["failures"], memory["failing_since"]) == ("failing", 6, NOW.isoformat())


def test_while_it_rests_one_try_is_one_request_and_a_good_answer_ends_it(server: Server, web: Web) -> None:
    courier = source(server.gives("/rss", 500))
    memory, _, when = fails(courier, web, 4)
    assert len(server.paths) == 3 * 3 + 1, "three tries a look before, one after the breaker has opened"
    server.gives("/rss", body=RSS)
    found, run = asked(courier, web, memory, when[-1] + 7 * HOUR)
    assert (run.state, run.reason, found.memory["failures"]) == ("ok", "", 0)
    assert not {"retry_at", "failing_since"} & found.memory.keys()
    assert collect.due(courier, found.memory, when[-1] + 8 * HOUR)


def test_asking_now_asks_whatever_rests(server: Server, web: Web) -> None:
    courier = source(server.gives("/rss", 404))
    memory, _, when = fails(courier, web, 5)
    assert not collect.due(courier, memory, when[-1] + HOUR)
    server.gives("/rss", body=RSS)
    assert asked(courier, web, memory, when[-1] + HOUR)[1].state == "ok"


def test_the_drawing_out_of_a_rest_is_the_same_each_time_and_differs_by_name() -> None:
    def rests(name: str) -> list[timedelta | None]:
        return [breaker.rest(name, timedelta(minutes=15), Fall(n, NOW), NOW, 500) for n in range(3, 9)]

    assert rests("Courier") == rests("Courier") != rests("Echo")
    spread = [breaker.rest(f"{n}", HOUR, Fall(9, NOW), NOW, None) or HOUR for n in range(200)]
    assert min(spread) >= 6 * HOUR
    assert max(spread) < 7.5 * HOUR
    assert len(set(spread)) == 200


@pytest.mark.parametrize("failures", [3, 10, 1_000, 10**9])
def test_no_number_of_failures_breaks_the_sum(failures: int) -> None:
    for every in (timedelta(minutes=1), DAY, 30 * DAY):
        rest = breaker.rest("Courier", every, Fall(failures, NOW), NOW, 500)
        assert rest is not None
        assert every <= rest <= 1.25 * max(every, 6 * HOUR)


def test_what_is_gone_for_good_is_asked_once_a_week_and_that_is_said(server: Server, web: Web) -> None:
    courier = source(server.gives("/rss", 410))
    found, run = asked(courier, web, {})
    assert (run.state, run.reason) == (
        "failing",
        "It has been taken down for good. We look once a week whether it is back.",
    )
    assert [collect.due(courier, found.memory, NOW + n * DAY) for n in (1, 6, 7)] == [False, False, True]


def test_what_is_not_there_for_a_week_is_asked_once_a_day_and_people_are_told_to_look(
    server: Server, web: Web
) -> None:
    courier = source(server.gives("/rss", 404))
    failed = {"failures": 30, "failing_since": (NOW - 9 * DAY).isoformat()}
    found, run = asked(courier, web, failed)
    assert run.reason.startswith(
        "There is nothing at its address any more. "
        "It has been so for 9 days: look for its new address. Resting until "
    )
    rest = datetime.fromisoformat(found.memory["retry_at"]) - NOW
    assert DAY <= rest <= 1.25 * DAY


def test_a_source_that_asks_us_to_slow_down_has_not_failed(server: Server, web: Web) -> None:
    courier = source(server.gives("/rss", 429, Retry_After="3900"))
    found, run = asked(courier, web, {"failures": 5, "failing_since": NOW.isoformat()})
    assert (run.state, found.memory["failures"]) == ("paused", 5)
    assert run.reason == "Resting until 13:05: it asked us to slow down."


def test_a_server_too_busy_at_every_look_has_failed(server: Server, web: Web) -> None:
    courier = source(server.gives("/rss", 503))
    memory, runs, _ = fails(courier, web, 3)
    assert [run.state for run in runs] == ["paused", "paused", "failing"]
    assert runs[0].reason == "Resting until 12:15: it is too busy to answer."
    until = datetime.fromisoformat(memory["retry_at"])
    assert runs[2].reason == (
        "Its server is too busy to answer, look after look. "
        f"Resting until {until:%H:%M}: it has failed 3 times in a row."
    )


def test_what_a_server_asks_for_is_kept_where_it_is_longer_than_our_own_rest(
    server: Server, web: Web
) -> None:
    courier = source(server.gives("/rss", 503, Retry_After="36000"))
    found, _ = asked(courier, web, {"failures": 4, "failing_since": NOW.isoformat()})
    assert found.memory["retry_at"] == (NOW + 10 * HOUR).isoformat()


# --- a host that is down ---


def several(count: int, address: str = DOWN) -> list[Source]:
    return [source(f"{address}/{n}", name=f"Paper {n}") for n in range(count)]


def test_of_a_host_that_is_down_one_source_is_tried_and_the_others_wait(web: Web) -> None:
    tries = []

    class Counting(Web):
        """The real way out, counting what is asked of it."""

        def get(self, url: str, *more: Any, **other: Any) -> Any:
            tries.append(url)
            return super().get(url, *more, **other)

    counting = Counting("listening/test", clock=lambda: NOW, sleep=lambda _: None)
    outcomes = list(collect.ask(several(4), {}, counting, NOW))
    assert len(tries) == 1
    assert [run.state for _, _, run in outcomes] == ["failing"] * 4
    waiting = "Its server could not be reached: Paper 0 was tried for all of its sources."
    assert [run.reason for _, _, run in outcomes] == [UNREACHABLE, *[waiting] * 3]


def test_sources_of_a_host_that_is_down_rest_together_and_come_back_together(
    server: Server, web: Web
) -> None:
    papers = several(3)
    failed = {p.name: {"failures": 4, "failing_since": NOW.isoformat()} for p in papers}
    outcomes = {who.name: (found, run) for who, found, run in collect.ask(papers, failed, web, NOW)}
    until = {found.memory["retry_at"] for found, _ in outcomes.values()}
    assert len(until) == 1
    (moment,) = until
    said = f"Resting until {datetime.fromisoformat(moment):%H:%M}: it has failed 5 times in a row."
    assert all(run.reason.endswith(said) for _, run in outcomes.values())
    back = [source(server.gives(f"/{n}", body=RSS), name=p.name) for n, p in enumerate(papers)]
    memories = {name: found.memory for name, (found, _) in outcomes.items()}
    then = datetime.fromisoformat(moment)
    assert all(collect.due(p, memories[p.name], then) for p in back)
    assert {run.state for _, _, run in collect.ask(back, memories, web, then)} == {"ok"}


def test_one_address_that_fails_does_not_stop_the_others_of_its_host(server: Server, web: Web) -> None:
    def slam(visit: Visit) -> None:
        visit.slam()

    addresses = [server.does("/slam", slam), server.gives("/404", 404), server.gives("/rss", body=RSS)]
    papers = [source(url, name=str(n)) for n, url in enumerate(addresses)]
    assert [run.state for _, _, run in collect.ask(papers, {}, web, NOW)] == ["failing", "failing", "ok"]


def test_a_host_that_is_down_keeps_no_other_host_waiting(serve: Callable[[str], Server], web: Web) -> None:
    fine = source(serve("127.0.0.1").gives("/rss", body=RSS), name="fine")
    states = {who.name: run.state for who, _, run in collect.ask([*several(2), fine], {}, web, NOW)}
    assert states == {"Paper 0": "failing", "Paper 1": "failing", "fine": "ok"}


def test_a_port_that_is_down_says_nothing_of_another(server: Server, web: Web) -> None:
    dead, fine = (
        source("http://127.0.0.1:9/x", name="dead"),
        source(server.gives("/rss", body=RSS), name="fine"),
    )
    states = {who.name: run.state for who, _, run in collect.ask([dead, fine], {}, web, NOW)}
    assert states == {"dead": "failing", "fine": "ok"}


def test_a_server_that_refuses_connections_is_down(serve: Callable[[str], Server], web: Web) -> None:
    gone = serve("127.0.0.2")
    address = gone.url("")
    gone.server_close()
    runs = [run for _, _, run in collect.ask(several(2, address), {}, web, NOW)]
    assert runs[0].reason == UNREACHABLE
    assert runs[1].reason.startswith("Its server could not be reached: Paper 0")
