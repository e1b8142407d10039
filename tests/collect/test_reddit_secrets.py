"""Reddit's secrets: planted everywhere they come from, and looked for everywhere they must not be."""

import json
import logging
from collections.abc import Iterable
from typing import Any

import pytest
from haverdale import BEARER, INFO, JSON, NEW, NEW_FEED, SECRETS, TOKEN, Clock, subreddit, web_of, written
from misbehaving import NOW, Server

from listening import collect
from listening.collect import reddit
from listening.collect.reddit_keys import keys
from listening.collect.web import Web

WITH_A_KEY = [name for name in SECRETS if "FEED" not in name]
WITH_A_TOKEN = [name for name in SECRETS if "FEED" in name]


@pytest.fixture
def _every_log(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)  # the loggers that know the secrets have their own, higher level
    for name in ("urllib3", "requests", "listening"):
        caplog.set_level(logging.DEBUG, name)


def told(web: Web, log: Iterable[logging.LogRecord]) -> str:
    """All that a round leaves behind, in one text."""
    kept: list[Any] = []
    memory: dict[str, Any] = {}
    for _ in range(2):
        [(_, found, run)] = collect.ask([subreddit()], {"r/haverdale": memory}, web, NOW)
        memory = found.memory
        kept += [found, run, json.dumps(memory)]
    return repr(kept) + repr([r.getMessage() + str(r.exc_info) for r in log]) + repr(keys())


@pytest.mark.usefixtures("_every_log")
@pytest.mark.parametrize("status", [200, 302, 400, 401, 403, 404, 429, 500])
@pytest.mark.parametrize("at", [TOKEN, NEW, INFO])
def test_a_key_is_in_no_log_no_sentence_and_no_memory(
    server: Server,
    reddit: Web,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    status: int,
    at: str,
) -> None:
    for name in WITH_A_KEY:
        monkeypatch.setenv(name, SECRETS[name])
    if status != 200:
        echo = json.dumps({**SECRETS, "error": BEARER}).encode()  # a server that says it all back
        server.gives(at, status, echo, Location=f"/?{SECRETS['REDDIT_CLIENT_SECRET']}", Content_Type=JSON)
    said = told(reddit, caplog.records) + repr(collect.recheck(subreddit(), ["reddit:t3_weir1"], {}, reddit))
    assert not [secret for secret in (*SECRETS.values(), BEARER) if secret in said]
    assert server.paths
    assert not [secret for secret in (*SECRETS.values(), BEARER) if secret in repr(server.paths)]


@pytest.mark.usefixtures("_every_log")
@pytest.mark.parametrize("status", [200, 301, 403, 404, 429, 500])
def test_a_feeds_token_is_in_no_log_no_sentence_no_memory_and_no_post(
    server: Server, feed_token: Web, caplog: pytest.LogCaptureFixture, status: int
) -> None:
    query = f"?feed={SECRETS['REDDIT_FEED_TOKEN']}&amp;user={SECRETS['REDDIT_FEED_USER']}"
    body = (
        written("new.atom").replace(b'/"/>', b"/" + query.encode() + b'"/>').replace(b"<p>", query.encode())
    )
    location = query.replace("&amp;", "&")
    server.gives(NEW_FEED, status, body, Location=location, ETag='"7"')
    said = told(feed_token, caplog.records)
    assert not [name for name in WITH_A_TOKEN if SECRETS[name] in said]
    assert SECRETS["REDDIT_FEED_TOKEN"] in server.paths[0]


def test_an_answer_on_its_way_to_be_understood_holds_no_token(server: Server, feed_token: Web) -> None:
    answer = reddit.fetch(subreddit(), {}, feed_token)
    assert not [name for name in WITH_A_TOKEN if SECRETS[name] in repr(answer)]
    assert answer.url == server.url(NEW_FEED)


def test_a_dead_server_gives_no_secret_away(
    server: Server, feed_token: Web, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("REDDIT_URL", "https://127.0.0.1:9")
    said = told(web_of(Clock()), caplog.records)
    assert "could not be reached" in said
    assert not [name for name in WITH_A_TOKEN if SECRETS[name] in said]


def test_the_key_is_sent_as_oauth_has_it_and_the_bearer_only_to_the_api(
    server: Server, key: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    [(_, _, run)] = collect.ask([subreddit(comments=False)], {}, key, NOW)
    assert run.state == "ok"
    token, listing = server.headers
    assert token["Authorization"] == "Basic aWQtaG9sbHlob2NrLTE6c2VjcmV0LWJyYW1ibGUtMg=="
    assert listing["Authorization"] == f"bearer {BEARER}"
    assert all(asked["User-Agent"].startswith("listening/test") for asked in server.headers)


@pytest.mark.parametrize(
    ("names", "sent"),
    [
        ([], "grant_type=client_credentials"),
        (["REDDIT_USERNAME", "REDDIT_PASSWORD"],
         "grant_type=password&password=password-thistle-4&username=council-listener-3"),
        (["REDDIT_REFRESH_TOKEN"], "grant_type=refresh_token&refresh_token=refresh-sorrel-5"),
    ],
)  # fmt: skip
def test_each_kind_of_application_asks_for_its_token_in_its_own_way(
    server: Server, key: Web, monkeypatch: pytest.MonkeyPatch, names: list[str], sent: str
) -> None:
    for name in names:
        monkeypatch.setenv(name, SECRETS[name])
    said: list[str] = []
    ordinary = server.manners[TOKEN]

    def note(visit: Any) -> None:
        said.append(visit.said)
        ordinary(visit)

    server.does(TOKEN, note)
    [(_, _, run)] = collect.ask([subreddit(comments=False)], {}, key, NOW)
    assert (run.state, said) == ("ok", [sent])


def test_a_praw_ini_beside_us_has_no_say(
    server: Server, key: Web, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    (tmp_path / "praw.ini").write_text(
        "[DEFAULT]\nclient_id=theirs\nuser_agent=Mozilla/5.0\nusername=x\npassword=y\n"
    )
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("praw.config.Config.CONFIG", None)
    [(_, _, run)] = collect.ask([subreddit(comments=False)], {}, key, NOW)
    assert (run.state, server.headers[0]["User-Agent"][:14]) == ("ok", "listening/test")
    monkeypatch.setattr("praw.config.Config.CONFIG", None)
