"""What every kind of source keeps to, whatever its service sends."""

import importlib
import json
import re
import time
from datetime import timedelta
from typing import Any

import pytest
from misbehaving import FEEDS, NOW, RSS, Server, Visit, source
from official import FILES, PATHS, asked, lives, one, written

from listening import collect
from listening.area import SOURCE_KINDS, Source
from listening.collect.outcome import OUR_FAULT
from listening.collect.web import Web
from listening.summarise import health

HEADINGS = ("In sources.yaml:", "Gives:", "Does not give:", "Limits:", "Terms:", "Checked:", "Verified:")
BY_ADDRESS = ("feed", *PATHS)  # kinds that read one address each; Reddit's laws stand in its own tests
BAD = {
    "gone": (404, b"", "There is nothing at its address any more."),
    "server fault": (500, b"", "Its server has a fault and sends nothing we could read."),
    "refused": (403, b"", "It refuses to be read by a program like this one."),
    "empty": (200, b"", "It sends an empty answer."),
    "blank": (200, b" \r\n ", "It sends an empty answer."),
    "huge": (200, b"<" * 200_001, "It sent more than 5 MB, which is too much for a feed."),
}


@pytest.mark.parametrize("folder", ["feeds", "official", "platforms", "reddit"])
def test_every_answer_says_at_its_top_where_it_is_from_and_of_which_day(folder: str) -> None:
    for file in (FEEDS.parent / folder).iterdir():
        top = " ".join(file.read_text(encoding="utf-8").splitlines()[:5])
        assert re.search(r"(?:Written|Recorded) from [^{]*20\d\d-\d\d-\d\d", top), file.name


def of(kind: str, server: Server) -> tuple[Source, str]:
    """A source of this kind that can be asked, and the path it is asked at."""
    if kind == "feed":
        return source(server.gives("/rss", body=RSS), kind), "/rss"
    lives(server, kind)
    body = written(FILES[kind]).replace(b"https://local.gov.uk", b"")
    server.gives(PATHS[kind], body=body)
    return one(server, kind), PATHS[kind]


@pytest.mark.parametrize("kind", collect.KINDS)
def test_a_kind_tells_the_same_things_of_itself(kind: str) -> None:
    words = importlib.import_module(f"listening.collect.{kind}").__doc__ or ""
    places = [words.find(f"\n{heading}") for heading in HEADINGS]
    assert -1 not in places
    assert places == sorted(places)


@pytest.mark.parametrize("kind", collect.KINDS)
def test_a_kind_can_be_written_in_sources_yaml_and_can_fetch_and_parse(kind: str) -> None:
    module = importlib.import_module(f"listening.collect.{kind}")
    assert kind in SOURCE_KINDS
    assert callable(module.fetch)
    assert callable(module.parse)


@pytest.mark.parametrize("kind", BY_ADDRESS)
def test_what_it_gives_is_of_this_source_and_never_from_the_future(
    kind: str, server: Server, web: Web
) -> None:
    who, _ = of(kind, server)
    found, run = asked(who, web)
    assert (run.state, run.items) == ("ok", len(found.posts))
    assert found.posts
    assert {(p.source, p.channel, p.collected) for p in found.posts} == {(kind, who.channel, NOW)}
    assert all(p.published <= NOW and p.id.startswith(f"{kind}:") for p in found.posts)
    assert len({p.id for p in found.posts}) == len(found.posts)
    assert found.gone == []


@pytest.mark.parametrize("kind", BY_ADDRESS)
def test_asked_again_it_holds_nothing_new_and_its_memory_is_small_json(
    kind: str, server: Server, web: Web
) -> None:
    who, _ = of(kind, server)
    first, _ = asked(who, web)
    assert json.loads(json.dumps(first.memory)) == first.memory
    again, run = asked(who, web, first.memory)
    assert (run.state, run.reason) == ("quiet", "It answers, and holds nothing new.")
    assert {p.id for p in again.posts} <= {p.id for p in first.posts}
    assert again.memory["ids"] == first.memory["ids"]


@pytest.mark.parametrize("kind", BY_ADDRESS)
@pytest.mark.parametrize("trouble", BAD)
def test_trouble_is_a_sentence_and_forgets_nothing(kind: str, trouble: str, server: Server, web: Web) -> None:
    who, path = of(kind, server)
    first, _ = asked(who, web)
    status, body, reason = BAD[trouble]
    server.gives(path, status, body)
    found, run = asked(who, web, first.memory)
    assert (run.state, run.reason, found.posts, found.gone) == ("failing", reason, [], [])
    assert found.memory == {**first.memory, "failures": 1, "failing_since": NOW.isoformat()}


@pytest.mark.parametrize("kind", BY_ADDRESS)
def test_a_service_that_wants_rest_gets_it(kind: str, server: Server, web: Web) -> None:
    who, path = of(kind, server)
    server.gives(path, 429, Retry_After="3600")
    found, run = asked(who, web)
    assert (run.state, run.reason) == ("paused", "Resting until 13:00: it asked us to slow down.")
    assert not collect.due(who, found.memory, NOW + timedelta(minutes=59))


@pytest.mark.parametrize("kind", BY_ADDRESS)
@pytest.mark.parametrize(
    "body",
    [
        b"<!DOCTYPE html><html><body>Sign in</body></html>",
        b"<html" + b"<" * 1000,
        b'{"items": {}, "results": 7}',
        b'{"items": [' + b"[" * 50_000,
        b'{"items": [{"severityLevel": 1' + b"0" * 6_000,
        b"<a>" * 30_000,
        b"\xff\xfe\x00\xd8words",
        b"null",
        b"<!DOCTYPE a [<!ENTITY b 'cc'><!ENTITY c '&b;&b;'>]><meetings>&c;</meetings>",
    ],
)
def test_rubbish_is_a_failing_source_and_no_fault_of_ours(
    kind: str, body: bytes, server: Server, web: Web
) -> None:
    who, path = of(kind, server)
    server.gives(path, body=body)
    found, run = asked(who, web)
    assert (run.state, found.posts) == ("failing", [])
    assert run.reason.endswith(".")
    assert run.reason != OUR_FAULT


@pytest.mark.parametrize("kind", BY_ADDRESS)
def test_a_connection_that_breaks_off_is_a_failing_source(kind: str, server: Server, web: Web) -> None:
    who, path = of(kind, server)

    def slam(visit: Visit) -> None:
        visit.slam()

    server.does(path, slam)
    _, run = asked(who, web)
    assert (run.state, run.reason) == ("failing", "It broke off in the middle of its answer.")


@pytest.mark.parametrize("kind", BY_ADDRESS)
@pytest.mark.parametrize("unit", [b"<a ", b'<a href="', b"<!--", b"&#", b"<a x=y ", b"<a>", b"{", b'"\\u'])
def test_a_body_made_to_take_for_ever_does_not(kind: str, unit: bytes, server: Server, web: Web) -> None:
    who, path = of(kind, server)
    server.gives(path, body=unit * (190_000 // len(unit)))
    started = time.process_time()
    asked(who, web)
    assert time.process_time() - started < 5


def test_every_kind_in_this_list_is_known_here() -> None:
    own_tests: dict[str, Any] = {"reddit": "test_reddit_api"}
    unwatched = {"facebook_page", "fixmystreet", "mastodon", "bluesky"}  # their laws stand beside them
    assert set(collect.KINDS) <= {*BY_ADDRESS, *own_tests, *unwatched}


ODD: tuple[Any, ...] = (
    None,
    7,
    -1.5,
    True,
    "",
    "odd",
    [],
    [None],
    {},
    {"id": 7},
    ["a"],
    "\ud800",
    "&#" + "9" * 5000,
)


@pytest.mark.parametrize("kind", ["govuk", "floods"])
def test_no_odd_value_in_any_field_is_a_fault_of_ours(kind: str, server: Server, web: Web) -> None:
    who, path = of(kind, server)
    said = json.loads(written(FILES[kind]))
    [items] = [value for name, value in said.items() if name in ("items", "results")]
    for field in [*items[0], "floodArea.notation", "floodArea.riverOrSea"]:
        for odd in ODD:
            first = json.loads(json.dumps(items[0]))
            outer, _, inner = field.partition(".")
            if inner and outer in first:
                first[outer][inner] = odd
            else:
                first[outer] = odd
            name = "items" if kind == "floods" else "results"
            server.gives(path, body=json.dumps({**said, name: [first, *items[1:]]}).encode())
            found, run = asked(who, web)
            assert run.reason != OUR_FAULT, (field, odd, run.error)
            assert run.state in ("ok", "quiet"), (field, odd)
            for post in found.posts:
                f"{post.id}{post.url}{post.title}{post.text}".encode()  # no half of a character


@pytest.mark.parametrize(
    "odd", ["", "odd", "&amp;amp;", "0", "99999999999999999999", "٣", "\u2028", "&#" + "9" * 5000 + ";"]
)
def test_no_odd_word_in_a_calendar_is_a_fault_of_ours(odd: str, server: Server, web: Web) -> None:
    who, path = of("moderngov", server)
    for field in (
        "meetingid",
        "committeeid",
        "committeetitle",
        "meetingdate",
        "meetingtime",
        "meetingstatus",
    ):
        words = written("meetings.xml").decode()
        start = words.index(f"<{field}>") + len(field) + 2
        body = words[:start] + odd.replace("&#", "&amp;#") + words[words.index("</", start) :]
        server.gives(path, body=body.encode())
        _, run = asked(who, web)
        assert (run.state, run.reason) == ("ok", ""), (field, odd, run.error)


@pytest.mark.parametrize("kind", PATHS)
def test_a_service_that_was_never_met_is_told_as_such(kind: str) -> None:
    assert "\nVerified: never against" in (importlib.import_module(f"listening.collect.{kind}").__doc__ or "")
    assert kind not in health.MET
