import gzip
import logging
import socket
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from misbehaving import NOW, RSS, Server, Visit, hurried

from listening.collect import web as words
from listening.collect.web import Web

DIGEST = "5a1b0ab6b4b9ef86bd2a6eb9ec4a7b64"  # never the digest of RSS


def test_a_good_answer_holds_the_body_and_we_say_who_we_are(server: Server, web: Web) -> None:
    answer = web.get(server.gives("/rss", body=RSS, ETag='"7"'))
    assert (answer.status, answer.body, answer.error, answer.not_modified) == (200, RSS, None, False)
    assert answer.headers["etag"] == '"7"'
    assert server.headers[0]["User-Agent"] == "listening/test"
    assert "If-None-Match" not in server.headers[0]


def test_validators_are_sent_and_a_304_is_not_modified(server: Server, web: Web) -> None:
    answer = web.get(server.gives("/rss", 304), etag='"7"', last_modified="Mon, 16 Nov 2026 07:40:00 GMT")
    assert (answer.not_modified, answer.body, answer.error) == (True, None, None)
    assert server.headers[0]["If-None-Match"] == '"7"'
    assert server.headers[0]["If-Modified-Since"] == "Mon, 16 Nov 2026 07:40:00 GMT"


def test_the_same_body_under_a_new_etag_is_not_modified(server: Server, web: Web) -> None:
    url = server.gives("/rss", body=RSS, ETag='"8"')
    known = web.get(url).digest
    answer = web.get(url, etag='"7"', known=known)
    assert (answer.not_modified, answer.body, answer.headers["etag"]) == (True, None, '"8"')


def test_a_new_body_under_the_old_etag_is_an_answer(server: Server, web: Web) -> None:
    answer = web.get(server.gives("/rss", body=RSS, ETag='"7"'), etag='"7"', known=DIGEST)
    assert (answer.not_modified, answer.body) == (False, RSS)


def test_a_304_nobody_asked_for_is_a_failure_unless_we_know_the_body(server: Server, web: Web) -> None:
    url = server.gives("/rss", 304)
    assert web.get(url).state == "failing"
    assert web.get(url, known=DIGEST).not_modified


@pytest.mark.parametrize(
    ("status", "state", "sentence"),
    [
        (401, "paused", "Paused: this source needs a key. Everything else works."),
        (403, "failing", "It refuses to be read by a program like this one."),
        (404, "failing", "There is nothing at its address any more."),
        (410, "failing", "It has been taken down for good."),
        (418, "failing", "It does not accept our request."),
        (204, "failing", "Its server has a fault and sends nothing we could read."),
    ],
)
def test_a_refusal_is_said_in_plain_words_and_not_asked_twice(
    server: Server, web: Web, status: int, state: str, sentence: str
) -> None:
    answer = web.get(server.gives("/rss", status))
    assert (answer.state, answer.error, answer.detail) == (state, sentence, f"HTTP {status}")
    assert len(server.paths) == 1


def test_a_fault_of_the_server_is_tried_twice_more(server: Server, web: Web, naps: list[float]) -> None:
    answer = web.get(server.gives("/rss", 500))
    assert answer.error == "Its server has a fault and sends nothing we could read."
    assert (len(server.paths), naps) == (3, [0.5, 2.0])


def test_a_passing_fault_is_nothing_to_speak_of(server: Server, web: Web) -> None:
    def at_the_third(visit: Visit) -> None:
        visit.say(200, RSS) if len(server.paths) == 3 else visit.say(502)

    assert web.get(server.does("/rss", at_the_third)).body == RSS


@pytest.mark.parametrize(
    ("status", "header", "until", "sentence"),
    [
        (429, {"Retry_After": "3900"}, 65, "Resting until 13:05: it asked us to slow down."),
        (
            429,
            {"Retry_After": "Mon, 16 Nov 2026 12:30:00 GMT"},
            30,
            "Resting until 12:30: it asked us to slow down.",
        ),
        (429, {}, 15, "Resting until 12:15: it asked us to slow down."),
        (503, {"Retry_After": "3900"}, 65, "Resting until 13:05: it is too busy to answer."),
        (
            429,
            {"Retry_After": "99999999"},
            1440,
            "Resting until 12:00 on 17 November: it asked us to slow down.",
        ),
    ],
)
def test_a_host_that_asks_for_rest_gets_it(
    server: Server,
    web: Web,
    naps: list[float],
    status: int,
    header: dict[str, str],
    until: int,
    sentence: str,
) -> None:
    answer = web.get(server.gives("/rss", status, **header))
    assert (answer.state, answer.error) == ("paused", sentence)
    assert answer.retry_at == NOW + timedelta(minutes=until)
    assert (len(server.paths), naps) == (1, [])


def test_a_time_in_summer_is_said_as_the_clock_on_the_wall_says_it(server: Server, naps: list[float]) -> None:
    july = datetime(2026, 7, 1, 11, 0, tzinfo=UTC)
    web = hurried(naps, clock=lambda: july)
    answer = web.get(server.gives("/rss", 429, Retry_After="3900"))
    assert answer.error == "Resting until 13:05: it asked us to slow down."


def test_a_rest_of_seconds_is_waited_for_here(server: Server, web: Web, naps: list[float]) -> None:
    def at_the_second(visit: Visit) -> None:
        visit.say(200, RSS) if len(server.paths) == 2 else visit.say(429, Retry_After="3")

    assert web.get(server.does("/rss", at_the_second)).body == RSS
    assert naps == [3.0]


def test_a_503_without_a_time_is_tried_again_before_we_rest(server: Server, web: Web) -> None:
    answer = web.get(server.gives("/rss", 503))
    assert (answer.state, answer.retry_at, len(server.paths)) == ("paused", NOW + timedelta(minutes=15), 3)


def test_an_answer_that_breaks_off_is_tried_again_and_then_said_so(server: Server, web: Web) -> None:
    def break_off(visit: Visit) -> None:
        visit.send_response(200)
        visit.send_header("Content-Length", "5000")
        visit.end_headers()
        visit.wfile.write(RSS)
        visit.slam()

    answer = web.get(server.does("/rss", break_off))
    assert (answer.error, answer.body, len(server.paths)) == (words.BROKEN_OFF, None, 3)


def test_redirects_are_followed_five_times_and_no_more(server: Server, web: Web) -> None:
    for step in range(5):
        server.gives(f"/{step}", (301, 302, 303, 307, 308)[step], Location=f"/{step + 1}")
    server.gives("/5", body=RSS)
    answer = web.get(server.url("/0"))
    assert (answer.body, answer.url) == (RSS, server.url("/5"))
    server.gives("/5", 302, Location="/6")
    server.gives("/6", body=RSS)
    assert web.get(server.url("/0")).error == words.CIRCLES


def test_a_redirect_to_itself_ends(server: Server, web: Web) -> None:
    assert web.get(server.gives("/rss", 302, Location="/rss")).error == words.CIRCLES
    assert len(server.paths) == 6


@pytest.mark.parametrize(
    "url", ["ftp://127.0.0.1/x", "file:///etc/passwd", "/rss", "", "http://", "http://[::1"]
)
def test_what_is_no_web_address_is_refused(web: Web, url: str) -> None:
    assert web.get(url).error == words.NO_ADDRESS


def test_a_redirect_out_of_the_web_is_refused(server: Server, web: Web) -> None:
    assert web.get(server.gives("/rss", 302, Location="ftp://127.0.0.1/x")).error == words.NO_ADDRESS


def test_a_body_over_the_limit_is_dropped_before_it_is_read(server: Server, web: Web) -> None:
    sent = []

    def fifty_megabytes(visit: Visit) -> None:
        visit.send_response(200)
        visit.end_headers()
        for _ in range(1_000):
            visit.wfile.write(b"x" * 50_000)
            sent.append(50_000)

    answer = web.get(server.does("/rss", fifty_megabytes))
    assert (answer.error, answer.body) == (words.TOO_BIG, None)
    assert web.get(server.gives("/said", body=RSS, Content_Length="50000000")).error == words.TOO_BIG
    assert sum(sent) < 50_000_000


def test_a_gzip_bomb_is_dropped_while_it_unpacks(server: Server, web: Web) -> None:
    bomb = gzip.compress(b"\0" * 50_000_000)
    answer = web.get(server.gives("/rss", body=bomb, Content_Encoding="gzip"))
    assert (len(bomb) < 200_000, answer.error, answer.body) == (True, words.TOO_BIG, None)


def test_a_packed_answer_is_unpacked_and_a_garbled_one_said_to_be(server: Server, web: Web) -> None:
    assert web.get(server.gives("/a", body=gzip.compress(RSS), Content_Encoding="gzip")).body == RSS
    assert web.get(server.gives("/b", body=RSS, Content_Encoding="gzip")).error == words.GARBLED


def test_no_network_and_a_wrong_address_are_one_plain_sentence(web: Web) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    sentence = "It could not be reached from here (no network, or the address is wrong)."
    assert web.get(f"http://127.0.0.1:{port}/rss").error == sentence
    assert web.get("http://nowhere.invalid/rss").error == sentence
    assert web.get(f"http://{'a' * 64}.example/rss").error == sentence


def test_an_untrusted_answer_is_not_taken(server: Server, web: Web) -> None:
    server.gives("/rss", body=RSS)
    answer = web.get(server.url("/rss").replace("http:", "https:"))
    assert (answer.error, answer.state) == (words.NOT_TRUSTED, "failing")


def test_a_token_in_an_address_is_in_no_log_and_no_sentence(
    server: Server, web: Web, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    server.gives("/ok", 302, Location="/gone?token=sesame")
    server.gives("/gone", 404)
    answer = web.get(server.url("/ok?token=sesame"))
    broken = web.get("http://127.0.0.1:bad/?token=sesame")
    said = [answer.error, answer.detail, broken.error, broken.detail, caplog.text]
    assert not [words for words in said if "sesame" in (words or "")]


def test_a_host_is_asked_one_thing_at_a_time(server: Server, web: Web) -> None:
    def unhurried(visit: Visit) -> None:
        visit.server.closing.wait(0.03)
        visit.say(200, RSS)

    url = server.does("/rss", unhurried)
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(web.get, [url] * 8))
    assert [a.status for a in answers] == [200] * 8
    assert server.most_inside == 1


def test_time_in_the_queue_is_not_held_against_a_host(server: Server, naps: list[float]) -> None:
    def unhurried(visit: Visit) -> None:
        visit.server.closing.wait(0.1)
        visit.say(200, RSS)

    url = server.does("/rss", unhurried)
    web = hurried(naps, total=0.3)
    with ThreadPoolExecutor(6) as pool:
        assert [a.error for a in pool.map(web.get, [url] * 6)] == [None] * 6


def test_send_gives_what_came_whatever_its_status_and_goes_nowhere_else(server: Server, web: Web) -> None:
    moved = server.gives("/moved", 302, b"there", Location="/there")
    refused = server.gives("/refused", 403, b'{"reason": "private"}')
    answers = [web.send("GET", moved), web.send("POST", refused, {"X-Own": "1"}, b"a=1")]
    assert [(a.status, a.body, a.error) for a in answers] == [
        (302, b"there", None),
        (403, b'{"reason": "private"}', None),
    ]
    assert (server.paths, server.headers[1]["X-Own"]) == (["/moved", "/refused"], "1")
    assert {headers["User-Agent"] for headers in server.headers} == {"listening/test"}


def test_send_goes_by_the_same_checked_line(web: Web) -> None:
    assert web.send("GET", "http://10.0.0.1/").error == web.get("http://10.0.0.1/").error
    assert web.send("GET", "file:///etc/passwd").error == web.get("file:///etc/passwd").error
