"""One examination for every platform: laws that hold whatever it says, or fails to say."""

import importlib
import json
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from haverdale import Clock
from misbehaving import Server
from stand_ins import (
    COMMENTS,
    FEED,
    JSON,
    OPEN311,
    PEOPLE,
    PLACES_ON_EARTH,
    PROFILES,
    TAGGED,
    TOKEN,
    Jetstream,
    bluesky,
    facebook,
    lines,
    look,
    mastodon,
    reports,
    told,
)
from stand_ins import RSS as REPORTS

import listening
from benchmarks.local import configuration
from listening import collect, pipeline
from listening.area import Source
from listening.collect.outcome import OUR_FAULT
from listening.collect.web import UNKNOWN, Web
from listening.post import Found, Run
from listening.summarise import health

HEADINGS = ("In sources.yaml:", "Gives:", "Does not give:", "Limits:", "Terms:", "Checked:", "Verified:")
ODD: tuple[Any, ...] = (
    None, 7, -1.5, True, "", "odd", "did:", [], [None], {}, {"id": 7}, ["a"], "\ud800",
    10**30, 99_999_999_999, "0001-01-01T00:00:00Z", "1969-12-31T23:59:59Z", "9999-12-31T23:59:59-23:00",
)  # fmt: skip


@dataclass(frozen=True)
class Kind:
    """How a kind is configured, the path it asks first, and the fixtures of its answers by path."""

    make: Callable[[str], Source]
    first: str
    answers: tuple[tuple[str, str], ...] = ()


FAMILY = {
    "facebook_page": Kind(
        lambda _: facebook(), FEED, ((FEED, "facebook_feed.json"), (COMMENTS, "facebook_comments.json"))
    ),
    "fixmystreet": Kind(lambda base: reports(base + REPORTS), REPORTS),
    "open311": Kind(lambda base: reports(base, body=2560, days=7), OPEN311, ((OPEN311, "open311.json"),)),
    "mastodon": Kind(mastodon, TAGGED, ((TAGGED, "mastodon_tag.json"),)),
}
JSON_KINDS = [(name, path, file) for name, kind in FAMILY.items() for path, file in kind.answers]


@pytest.fixture(params=FAMILY)
def kind(request: pytest.FixtureRequest, server: Server) -> Kind:
    return FAMILY[request.param]


@pytest.mark.parametrize("name", ["facebook_page", "fixmystreet", "mastodon", "bluesky"])
def test_a_platform_says_the_same_things_of_itself_and_that_it_was_never_met(name: str) -> None:
    words = importlib.import_module(f"listening.collect.{name}").__doc__ or ""
    at = [words.find(f"\n{heading}") for heading in HEADINGS]
    assert -1 not in at, f"{name} lacks {HEADINGS[at.index(-1)]}"
    assert at == sorted(at)
    assert "\nVerified: never" in words
    assert name in collect.KINDS
    assert name not in health.MET


def bodies() -> Iterator[tuple[str, bytes]]:
    yield "empty", b""
    yield "blank", b" \r\n"
    yield "page", b"<!DOCTYPE html><html><body>Sign in</body></html>"
    yield "damaged", b'{"data": [{"id": '
    yield "deep", b"[" * 100_000
    yield "binary", bytes(range(256)) * 20
    yield "huge", b"[" + b'"weir",' * 50_000 + b"1]"
    for odd in ODD:
        yield f"odd {odd!r}", json.dumps(odd).encode()
    for key in ("data", "service_requests", "items", "profiles"):
        for odd in ODD:
            yield f"{key} {odd!r}", json.dumps({key: odd}).encode()


@pytest.mark.parametrize("body", [pytest.param(b, id=name) for name, b in bodies()])
def test_whatever_comes_is_a_run_with_a_sentence_and_never_a_fault_of_ours(
    server: Server, token: Web, kind: Kind, body: bytes
) -> None:
    server.gives(kind.first, body=body, Content_Type=JSON)
    found, run = look(kind.make(server.url("")), token)
    assert (found.posts, run.state in ("failing", "quiet"), bool(run.reason)) == ([], True, True)
    assert run.reason != OUR_FAULT, run.error


@pytest.mark.parametrize(
    ("status", "headers", "states"),
    [
        (401, {}, ("paused",)),
        (403, {}, ("failing", "paused")),
        (404, {}, ("failing",)),
        (410, {}, ("failing",)),
        (429, {}, ("paused",)),
        (429, {"Retry_After": "1200"}, ("paused",)),
        (429, {"Retry_After": "soon"}, ("paused",)),
        (500, {}, ("failing",)),
        (502, {}, ("failing",)),
        (503, {"Retry_After": "Mon, 16 Nov 2026 12:20:00 GMT"}, ("paused",)),
        (301, {}, ("failing",)),
        (204, {}, ("failing",)),
    ],
)
def test_a_refusal_is_told_and_forgets_nothing(
    server: Server, token: Web, kind: Kind, status: int, headers: dict[str, str], states: tuple[str, ...]
) -> None:
    here = kind.make(server.url(""))
    first, _ = look(here, token)
    server.gives(kind.first, status, b"<html>no</html>" if status != 204 else b"", **headers)
    found, run = look(here, token, first.memory)
    assert run.state in states
    assert run.reason not in ("", OUR_FAULT)
    assert found.memory["ids"] == first.memory["ids"]
    if "1200" in headers.values() or status == 503:
        assert found.memory["retry_at"] == "2026-11-16T12:20:00+00:00"
    elif status == 429:
        assert found.memory["retry_at"] == "2026-11-16T12:15:00+00:00"


@pytest.mark.parametrize(
    ("here", "reason"),
    [
        (facebook(page=""), "Its options name no Page; write options: {page: 123456789012345}."),
        (facebook(page="ourcouncil"), "Its options name no Page; write options: {page: 123456789012345}."),
        (
            mastodon("https://a.example", hashtags=[]),
            "Its options name no timeline; write options: {hashtags: [ashfield]}.",
        ),
        (mastodon("a.example"), "Its url must be an address that begins with https://."),
        (reports("", body=2560), "Its url must be an address that begins with https://."),
        (
            bluesky("https://a.example", words=[], hashtags=[]),
            "Its options name nothing to listen for; write options: {words: [Hucknall]}.",
        ),
        (bluesky(""), "Its url must be an address that begins with https://."),
    ],
)
def test_a_source_that_is_not_told_what_to_read_says_so(
    server: Server, token: Web, here: Source, reason: str
) -> None:
    _, run = look(here, token)
    assert (run.state, run.reason, server.paths) == ("failing", reason, [])


def test_a_server_that_hangs_up_is_told(server: Server, token: Web, kind: Kind) -> None:
    server.does(kind.first, lambda visit: visit.slam())
    _, run = look(kind.make(server.url("")), token)
    assert (run.state, run.reason) == ("failing", "It broke off in the middle of its answer.")


def test_a_memory_is_small_json_and_a_second_look_asks_for_no_more(
    server: Server, token: Web, kind: Kind
) -> None:
    here = kind.make(server.url(""))
    first, ok = look(here, token)
    asked = len(server.paths)
    again, quiet = look(here, token, json.loads(json.dumps(first.memory)))
    assert (ok.state, quiet.state) == ("ok", "quiet")
    assert len(server.paths) - asked <= asked
    assert sorted(again.memory["ids"]) == sorted(first.memory["ids"])
    assert len(json.dumps(again.memory)) < 5_000


def paths_in(thing: Any, here: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place in a JSON answer, the whole of it first."""
    yield here
    for key, inner in (
        thing.items() if isinstance(thing, dict) else enumerate(thing) if isinstance(thing, list) else ()
    ):
        yield from paths_in(inner, (*here, key))


def sound(found: Found, run: Run, where: object) -> None:
    """No fault of ours, and nothing that a database could not write down."""
    assert run.reason not in (OUR_FAULT, UNKNOWN), (where, run.error)
    for post in found.posts:
        assert 1990 <= post.published.year <= 2026, where
        assert all(n is None or 0 <= n < 2**31 for n in (post.replies, post.score)), where
    for kept in (*map(asdict, found.posts), found.memory, {"gone": found.gone}):
        json.dumps(kept, default=str, ensure_ascii=False).encode()


def changed(thing: Any, path: tuple[Any, ...], value: Any) -> Any:
    if not path:
        return value
    copy = dict(thing) if isinstance(thing, dict) else list(thing)
    copy[path[0]] = changed(copy[path[0]], path[1:], value)
    return copy


@pytest.mark.parametrize(("name", "path", "file"), JSON_KINDS)
@pytest.mark.parametrize("odd", ODD, ids=repr)
def test_no_field_that_is_odd_breaks_anything(
    server: Server, token: Web, name: str, path: str, file: str, odd: Any
) -> None:
    here, whole = FAMILY[name].make(server.url("")), told(file)
    for place in paths_in(whole):
        server.gives(path, body=json.dumps(changed(whole, place, odd)).encode(), Content_Type=JSON)
        found, run = look(here, token)
        sound(found, run, place)


@pytest.mark.parametrize("odd", ODD, ids=repr)
def test_no_event_that_is_odd_breaks_the_stream(town: Web, jetstream: Jetstream, odd: Any) -> None:
    events = [changed(event, place, odd) for event in lines() for place in paths_in(event)]
    jetstream.says = [json.dumps(event) for event in events]
    found, run = look(bluesky(jetstream.url), town)
    sound(found, run, "the stream")
    assert len(found.posts) > 2


@pytest.mark.parametrize("odd", ODD, ids=repr)
def test_no_profile_that_is_odd_breaks_anything(
    server: Server, town: Web, jetstream: Jetstream, odd: Any
) -> None:
    jetstream.says, profiles = [*lines()], told("bluesky_profiles.json")
    for place in paths_in(profiles):
        server.gives(PROFILES, body=json.dumps(changed(profiles, place, odd)).encode())
        found, run = look(bluesky(jetstream.url), town)
        sound(found, run, place)
        assert len(found.posts) <= 3


def test_a_feed_of_reports_cut_off_anywhere_is_read_or_told(server: Server, town: Web) -> None:
    text = (Path(__file__).parent / "platforms" / "fixmystreet.rss").read_bytes()
    for end in range(0, len(text), 37):
        found, run = look(reports(server.gives(REPORTS, body=text[:end])), town)
        sound(found, run, end)


@pytest.mark.parametrize(
    "unit",
    ["Reported by ", "&#10;Reported by by ", "&lt;br&gt;", "<item>", "<link> ", "<category>", ", 1", "&amp;"],
)
def test_a_feed_made_to_take_for_ever_does_not(server: Server, town: Web, unit: str) -> None:
    words = unit * (150_000 // len(unit))
    text = (Path(__file__).parent / "platforms" / "fixmystreet.rss").read_text(encoding="utf-8")
    server.gives(REPORTS, body=text.replace("Deep one.", words).encode())
    started = time.process_time()
    look(reports(server.url(REPORTS)), town)
    assert time.process_time() - started < 5


def sources(server: Server, jetstream: Jetstream) -> list[Source]:
    kinds = [kind.make(server.url("")) for kind in FAMILY.values()]
    kinds = [replace(one, name=f"{one.name} {n}") for n, one in enumerate(kinds)]
    return [*kinds, bluesky(jetstream.url)]


def test_ids_addresses_and_memories_name_nobody(server: Server, token: Web, jetstream: Jetstream) -> None:
    jetstream.says = [*lines()]
    for here in sources(server, jetstream):
        found, run = look(here, token)
        assert run.state == "ok"
        outside = json.dumps([[p.id, p.url, p.thread, p.title] for p in found.posts])
        held = outside + json.dumps(found.memory) + repr(run) + " ".join(found.gone)
        assert not [name for name in (*PEOPLE, *PLACES_ON_EARTH, TOKEN) if name in held], here.kind
        assert all(p.id.startswith(f"{here.kind}:") for p in found.posts)


def test_from_every_platform_into_a_store_and_nobodys_name_is_ever_written(
    server: Server,
    token: Web,
    jetstream: Jetstream,
    clock: Clock,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level("DEBUG")
    jetstream.says = [*lines()]
    area = listening.load(configuration(tmp_path, {}, "public"))
    area = replace(area, sources=tuple(sources(server, jetstream)))
    store = listening.connect(area.store)
    first = pipeline.listen(area, store, clock.now, web=token)
    assert (set(first["state"]), first["new"].sum()) == (
        {"ok"},
        5 + 2 + 3 + 2,
    )  # Open311 gives the feed's again
    assert pipeline.listen(area, store, clock.now, web=token)["new"].sum() == 0
    posts = store.posts().set_index("id")
    assert posts["channel"].value_counts().to_dict() == {"public": 8, "report": 2, "official": 2}
    assert posts[posts["channel"] != "public"]["author"].isna().all()
    store.close()
    planted = [*PEOPLE, *PLACES_ON_EARTH, TOKEN]
    logged = " ".join(record.getMessage() for record in caplog.records if record.name.startswith("listening"))
    for file in tmp_path.rglob("*.db*"):
        held = file.read_bytes()
        assert not [name for name in planted if name.encode() in held], file
    assert not [name for name in planted if name in logged]


def test_hidden_on_facebook_and_withdrawn_on_mastodon_is_deleted_here(
    server: Server, token: Web, clock: Clock, tmp_path: Path
) -> None:
    area = listening.load(configuration(tmp_path, {}, "public"))
    area = replace(area, sources=(facebook(), mastodon(server.url(""))))
    store = listening.connect(area.store)
    pipeline.listen(area, store, clock.now, web=token)
    feed, tagged = told("facebook_feed.json"), told("mastodon_tag.json")
    feed["data"][1]["is_hidden"] = True
    tagged[0]["account"]["indexable"] = False
    server.gives(FEED, body=json.dumps(feed).encode())
    server.gives(TAGGED, body=json.dumps(tagged).encode())
    clock.sleep(900)
    pipeline.listen(area, store, clock.now, web=token)
    left = set(store.posts()["id"])
    assert not [i for i in left if i.endswith(("_12", "107"))]
    assert len(left) == 8 - 2
    store.close()
