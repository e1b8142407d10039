import queue
import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from misbehaving import NOW, RSS, Server, Visit, source

from listening import collect
from listening.area import Source
from listening.collect import rounds
from listening.collect.web import Web
from listening.post import Found, Run

HOUR = timedelta(hours=1)


def asked(
    sources: list[Source], web: Web, memory: dict[str, Any] | None = None, **more: Any
) -> tuple[Found, Run]:
    """What came of the first source, its memory given."""
    memories = {sources[0].name: memory or {}}
    outcomes = list(collect.ask(sources, memories, web, more.pop("now", NOW), **more))
    return next((found, run) for who, found, run in outcomes if who == sources[0])


def item(name: str, date: str = "Mon, 16 Nov 2026 07:40:00 GMT") -> str:
    day = f"<pubDate>{date}</pubDate>" if date else ""
    return f"<item><guid>https://courier.example/{name}</guid><title>{name}</title>{day}</item>"


def feed(*items: str) -> bytes:
    return f"<rss version='2.0'><channel><title>x</title>{''.join(items)}</channel></rss>".encode()


def test_something_new_is_ok_and_the_same_again_is_quiet(server: Server, web: Web) -> None:
    courier = source(server.gives("/rss", body=RSS, ETag='"7"'))
    found, run = asked([courier], web)
    assert [p.title for p in found.posts] == ["Weir Lane under water"]
    assert (run.source, run.at, run.state, run.reason, run.items, run.new) == ("Courier", NOW, "ok", "", 1, 0)
    again, quiet = asked([courier], web, found.memory)
    assert (again.posts, quiet.state, quiet.items) == ([], "quiet", 0)
    assert quiet.reason == "It answers, and holds nothing new."
    assert again.memory == found.memory
    assert server.headers[1]["If-None-Match"] == '"7"'


def test_a_memory_is_small_json_and_of_times_in_utc(server: Server, web: Web) -> None:
    found, _ = asked(
        [source(server.gives("/rss", body=RSS, Last_Modified="Mon, 16 Nov 2026 07:40:00 GMT"))], web
    )
    assert [len(found.memory.pop(mark)) for mark in ("body_hash", "address")] == [64, 16]
    assert [len(mark) for mark in found.memory["rhythm"].pop("marks")] == [8]
    assert found.memory == {
        "asked_at": "2026-11-16T12:00:00+00:00",
        "failures": 0,
        "ids": [found.posts[0].id],
        "last_modified": "Mon, 16 Nov 2026 07:40:00 GMT",
        "min_interval": 0,
        "newest": "2026-11-16T07:40:00+00:00",
        "rhythm": {
            "arrived": "2026-11-16T07:40:00+00:00",
            "days": {"2026-11-16": 1},
            "known": "2026-11-16",
            "size": 1,
        },
    }


def test_what_rolls_off_is_forgotten_and_what_stays_is_not_new(server: Server, web: Web) -> None:
    courier = source(server.gives("/rss", body=feed(item("a"), item("b"))))
    first, _ = asked([courier], web)
    server.gives("/rss", body=feed(item("b")))
    second, run = asked([courier], web, first.memory)
    assert ([p.title for p in second.posts], run.state, run.items) == (["b"], "quiet", 1)
    assert second.memory["ids"] == [p.id for p in second.posts]
    assert second.gone == []


def test_an_empty_answer_forgets_nothing(server: Server, web: Web) -> None:
    courier = source(server.gives("/rss", body=feed(item("a"))))
    first, _ = asked([courier], web)
    server.gives("/rss", body=feed())
    empty, run = asked([courier], web, first.memory)
    assert (empty.posts, run.state, empty.memory["ids"]) == ([], "quiet", first.memory["ids"])


def test_a_feed_that_never_held_anything_is_quiet(server: Server, web: Web) -> None:
    _, run = asked([source(server.gives("/rss", body=feed()))], web)
    assert (run.state, run.reason) == ("quiet", "It answers, and holds nothing yet.")


@pytest.mark.parametrize(("every", "state"), [(timedelta(minutes=15), "stale"), (timedelta(days=2), "ok")])
def test_a_feed_without_anything_new_for_long_is_stale_by_its_own_pace(
    server: Server, web: Web, every: timedelta, state: str
) -> None:
    courier = source(server.gives("/rss", body=feed(item("a", "Thu, 29 Oct 2026 23:30:00 GMT"))), every=every)
    _, run = asked([courier], web)
    assert run.state == state
    if state == "stale":
        assert run.reason == "It answers, but its newest item is of 29 October 2026."


def test_a_feed_goes_stale_though_all_its_answers_are_not_modified(server: Server, web: Web) -> None:
    courier = source(server.gives("/rss", body=RSS))
    first, _ = asked([courier], web)
    _, run = asked([courier], web, first.memory, now=NOW + timedelta(days=20))
    assert run.state == "stale"


def test_an_undated_feed_is_as_fresh_as_its_last_unknown_item(server: Server, web: Web) -> None:
    courier = source(server.gives("/rss", body=feed(item("a", ""))))
    first, ok = asked([courier], web)
    server.gives("/rss", body=feed(item("a", ""), ""))
    _, quiet = asked([courier], web, first.memory, now=NOW + HOUR)
    server.gives("/rss", body=feed(item("a", ""), " "))
    _, stale = asked([courier], web, first.memory, now=NOW + timedelta(days=15))
    server.gives("/rss", body=feed(item("a", ""), item("b", "")))
    _, awake = asked([courier], web, first.memory, now=NOW + timedelta(days=15))
    assert [run.state for run in (ok, quiet, stale, awake)] == ["ok", "quiet", "stale", "ok"]


def test_a_web_page_is_a_failure_that_keeps_the_memory_of_the_feed(server: Server, web: Web) -> None:
    courier = source(server.gives("/rss", body=RSS, ETag='"7"'))
    first, _ = asked([courier], web)
    server.gives("/rss", body=b"<!doctype html><html></html>", ETag='"8"')
    found, run = asked([courier], web, first.memory, now=NOW + HOUR)
    again, _ = asked([courier], web, found.memory, now=NOW + 2 * HOUR)
    assert (found.posts, run.state, run.reason) == ([], "failing", "It sends a web page instead of a feed.")
    assert found.memory == {
        **first.memory,
        "failures": 1,
        "asked_at": "2026-11-16T13:00:00+00:00",
        "failing_since": "2026-11-16T13:00:00+00:00",
    }
    assert (again.memory["failures"], again.memory["failing_since"]) == (2, "2026-11-16T13:00:00+00:00")
    server.gives("/rss", body=feed(item("b")))
    recovered, _ = asked([courier], web, again.memory)
    assert recovered.memory["failures"] == 0
    assert "failing_since" not in recovered.memory


def test_a_reason_holds_no_status_code_and_the_error_does(server: Server, web: Web) -> None:
    _, run = asked([source(server.gives("/rss", 404))], web)
    assert (run.state, run.reason, run.error) == (
        "failing",
        "There is nothing at its address any more.",
        "HTTP 404",
    )


def test_a_source_that_rests_is_paused_and_not_due_before_its_time(server: Server, web: Web) -> None:
    courier = source(server.gives("/rss", 429, Retry_After="3900"))
    found, run = asked([courier], web)
    assert (run.state, run.reason) == ("paused", "Resting until 13:05: it asked us to slow down.")
    assert found.memory == {"asked_at": "2026-11-16T12:00:00+00:00", "retry_at": "2026-11-16T13:05:00+00:00"}
    assert not collect.due(courier, found.memory, NOW + HOUR)
    assert collect.due(courier, found.memory, NOW + timedelta(minutes=65))
    server.gives("/rss", body=RSS)
    recovered, _ = asked([courier], web, found.memory)
    assert "retry_at" not in recovered.memory


def test_a_changed_address_is_asked_afresh(server: Server, web: Web) -> None:
    first, _ = asked([source(server.gives("/old", body=RSS, ETag='"7"'))], web)
    _, run = asked([source(server.gives("/new", body=RSS, ETag='"7"'))], web, first.memory)
    assert "If-None-Match" not in server.headers[1]
    assert (run.state, run.items) == ("quiet", 1)


@pytest.mark.parametrize(
    ("changes", "checklist", "reason"),
    [
        ({"enabled": False, "why_disabled": "It is gone."}, True, "It is gone."),
        ({"enabled": False}, True, "Switched off in sources.yaml."),
        ({"kind": "telegraph"}, True, "Paused: this version cannot read telegraph yet."),
        ({"channel": "public"}, False, "Waiting for the checklist (three minutes)."),
        ({"channel": "report"}, False, "Waiting for the checklist (three minutes)."),
        ({"channel": "heard"}, False, "Waiting for the checklist (three minutes)."),
    ],
)
def test_what_is_not_to_be_asked_is_not_asked(
    server: Server, web: Web, changes: dict[str, Any], checklist: bool, reason: str
) -> None:
    url = server.gives("/rss", body=RSS)
    found, run = asked([source(url, **changes)], web, {"ids": ["feed:1"]}, checklist_done=checklist)
    assert (run.state, run.reason, server.paths) == ("paused", reason, [])
    assert (found.posts, found.memory) == ([], {"ids": ["feed:1"]})


@pytest.mark.parametrize(
    ("changes", "checklist"),
    [
        ({"channel": "press"}, False),
        ({"channel": "official"}, False),
        ({"channel": "report", "licence": "OGL"}, False),
        ({"channel": "public"}, True),
    ],
)
def test_what_needs_no_checklist_is_asked_at_once(
    server: Server, web: Web, changes: dict[str, Any], checklist: bool
) -> None:
    _, run = asked([source(server.gives("/rss", body=RSS), **changes)], web, checklist_done=checklist)
    assert run.state == "ok"


def test_one_failing_source_among_many_stops_none_of_them(server: Server, web: Web) -> None:
    def slam(visit: Visit) -> None:
        visit.slam()

    addresses = [server.gives(f"/{n}", body=feed(item(f"{n}"))) for n in range(8)]
    addresses += [
        server.does("/slam", slam),
        server.gives("/500", 500),
        server.gives("/html", body=b"<html>"),
    ]
    addresses += ["http://nowhere.invalid/rss", "http://10.0.0.1/rss", "http://[bad", "", None]
    sources = [source(url, name=str(n)) for n, url in enumerate(addresses)]
    outcomes = {who.name: (found, run) for who, found, run in collect.ask(sources, {}, web, NOW)}
    assert [run.state for _, run in (outcomes[str(n)] for n in range(16))] == ["ok"] * 8 + ["failing"] * 8
    assert all(
        run.reason and found.memory["failures"] == 1
        for found, run in outcomes.values()
        if run.state == "failing"
    )


def test_a_fault_of_our_own_is_one_source_failing(
    server: Server, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    def faulty(*_: object) -> Found:
        raise ZeroDivisionError("http://127.0.0.1/?token=sesame")

    monkeypatch.setattr("listening.collect.feed.parse", faulty)
    _, run = asked([source(server.gives("/rss", body=RSS))], web)
    assert (run.state, run.reason) == ("failing", "Something went wrong on our side while reading it.")
    assert run.error == "ZeroDivisionError"


def test_one_host_hears_one_request_at_a_time(server: Server, web: Web) -> None:
    def unhurried(visit: Visit) -> None:
        visit.server.closing.wait(0.02)
        visit.say(200, RSS)

    sources = [source(server.does(f"/{n}", unhurried), name=str(n)) for n in range(6)]
    assert [run.state for _, _, run in collect.ask(sources, {}, web, NOW)] == ["ok"] * 6
    assert server.most_inside == 1


def test_hosts_are_asked_side_by_side(serve: Callable[[str], Server], web: Web) -> None:
    both = threading.Barrier(2)  # neither answers before both are asked

    def together(visit: Visit) -> None:
        both.wait(timeout=5)
        visit.say(200, RSS)

    sources = [source(serve(host).does("/rss", together), name=host) for host in ("127.0.0.1", "127.0.0.2")]
    assert [run.state for _, _, run in collect.ask(sources, {}, web, NOW)] == ["ok", "ok"]


def test_a_source_is_given_as_soon_as_it_is_done(serve: Callable[[str], Server], web: Web) -> None:
    gate = threading.Event()
    slow, fast = serve("127.0.0.1"), serve("127.0.0.2")

    def wait_for_the_other(visit: Visit) -> None:
        gate.wait(timeout=5)
        visit.say(200, RSS)

    sources = [
        source(slow.does("/rss", wait_for_the_other), name="slow"),
        source(fast.gives("/rss", body=RSS), name="fast"),
    ]
    names = []
    for who, _, _ in collect.ask(sources, {}, web, NOW):
        names.append(who.name)
        gate.set()
    assert names == ["fast", "slow"]


def test_leaving_early_drops_what_is_not_asked_yet(server: Server, web: Web) -> None:
    gate = threading.Event()

    def wait_until_left(visit: Visit) -> None:
        if visit.path != "/0":
            gate.wait(timeout=5)
        visit.say(200, RSS)

    round_ = collect.ask(
        [source(server.does(f"/{n}", wait_until_left), name=str(n)) for n in range(5)], {}, web, NOW
    )
    next(round_)
    round_.close()  # type: ignore[attr-defined]
    gate.set()
    for thread in threading.enumerate():
        if thread.name.startswith("collect"):
            thread.join(timeout=5)
    assert len(server.paths) <= 2


def test_nobody_to_ask_is_an_empty_round(web: Web) -> None:
    assert list(collect.ask([], {}, web, NOW)) == []


@pytest.mark.parametrize(
    ("minutes_ago", "memory", "due"),
    [
        (None, {}, True),
        (14, {}, False),
        (15, {}, True),
        (15, {"min_interval": 3600}, False),
        (60, {"min_interval": 3600}, True),
        (15, {"max_age": 3600}, False),
        (60, {"max_age": 3600}, True),
        (60, {"retry_at": "2026-11-16T12:01:00+00:00"}, False),
        (60, {"retry_at": "2026-11-16T12:00:00+00:00"}, True),
        (-30, {}, True),  # the clock was put back
    ],
)
def test_when_a_source_is_due(minutes_ago: int | None, memory: dict[str, Any], due: bool) -> None:
    if minutes_ago is not None:
        memory = {**memory, "asked_at": (NOW - timedelta(minutes=minutes_ago)).isoformat()}
    assert collect.due(source(), memory, NOW) is due


def test_a_timer_that_fires_a_second_early_is_in_time() -> None:
    memory = {"asked_at": (NOW - timedelta(minutes=15) + timedelta(seconds=2)).isoformat()}
    assert collect.due(source(), memory, NOW)


def test_a_source_switched_off_is_never_due() -> None:
    assert not collect.due(source(enabled=False), {}, NOW)


def test_answers_are_handed_on_together_as_far_as_they_are_there_and_no_more_than_a_transaction_holds() -> (
    None
):
    done: queue.SimpleQueue[Any] = queue.SimpleQueue()
    for number in (600, 600, 5, 0):
        done.put((None, Found([None] * number), None))  # type: ignore[list-item]
    taken = [[len(found.posts) for _, found, _ in rounds._drawn(done)] for _ in range(2)]
    assert taken == [[600, 600], [5, 0]]
    assert done.empty()
