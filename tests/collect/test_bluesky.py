"""Bluesky, told by a real websocket server that speaks as Jetstream does."""

import hashlib
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from haverdale import Clock
from misbehaving import NOW, Server, Visit
from stand_ins import JSON, PROFILES, Jetstream, bluesky, in_turn, lines, look, parameters, told

import listening
from benchmarks.local import configuration
from listening import collect
from listening.collect import bluesky as module
from listening.collect.jetstream import Listener, identity
from listening.collect.web import Web
from listening.post import Post

ZEBEDEE, MORWENNA = "did:plc:zebedeequillfeather77", "did:plc:morwennatregidga00042"
OTTOLINE, HIDDEN = "did:plc:ottolinebrackenbury9", "did:plc:hiddenhollyhock000001"
WEIR, REPLY = identity(ZEBEDEE, "3mnweir1"), identity(MORWENNA, "3mnreply")
HIDES = "!no-unauthenticated"
BASE = 1_794_830_000_000_000  # 2026-11-16 11:53:20 UTC
FACET = "app.bsky.richtext.facet"
NOW_US = int(NOW.timestamp()) * 1_000_000


def said(text: str, moment: int = BASE, did: str = ZEBEDEE, key: str = "3mnx", **more: Any) -> dict[str, Any]:
    record = {"$type": "app.bsky.feed.post", "text": text, "createdAt": "2026-11-16T11:50:00.000Z", **more}
    commit = {"operation": "create", "collection": "app.bsky.feed.post", "rkey": key, "record": record}
    return {"did": did, "time_us": moment, "kind": "commit", "commit": commit}


def marked(kind: str, **feature: str) -> dict[str, Any]:
    return {"facets": [{"features": [{"$type": kind, **feature}]}]}


def undone(operation: str, did: str, key: str, moment: int, **record: Any) -> dict[str, Any]:
    commit = {"operation": operation, "collection": "app.bsky.feed.post", "rkey": key, **record}
    return {"did": did, "time_us": moment, "kind": "commit", "commit": commit}


def closed(did: str, moment: int, status: str = "deleted", active: bool = False) -> dict[str, Any]:
    account = {"active": active, "did": did, "seq": 7, "status": status, "time": "2026-11-16T11:53:20.000Z"}
    return {"did": did, "time_us": moment, "kind": "account", "account": account}


def labelled(did: str, moment: int, label: str) -> dict[str, Any]:
    record = {"$type": "app.bsky.actor.profile", "labels": {"values": [{"val": label}]}}
    commit = {"operation": "update", "collection": "app.bsky.actor.profile", "rkey": "self", "record": record}
    return {"did": did, "time_us": moment, "kind": "commit", "commit": commit}


def renamed(did: str, moment: int) -> dict[str, Any]:
    identity = {"did": did, "handle": "zebedee.example", "seq": 8, "time": "2026-11-16T11:53:20.000Z"}
    return {"did": did, "time_us": moment, "kind": "identity", "identity": identity}


def listener(words: list[str], hashtags: list[str]) -> Listener:
    return Listener(words, hashtags, (), NOW_US)


def test_what_names_us_becomes_posts_that_say_nothing_of_their_writers(
    town: Web, jetstream: Jetstream
) -> None:
    jetstream.says = [*lines()]
    found, run = look(bluesky(jetstream.url), town)
    assert (run.state, run.error) == ("ok", None)
    shared = {"source": "Bluesky", "channel": "public", "collected": NOW}
    assert found.posts == [
        Post(
            id=REPLY,
            kind="comment",
            published=NOW - timedelta(minutes=8),
            text="Ours too @zebedee.example",
            author=MORWENNA,
            thread=WEIR,
            **shared,  # type: ignore[arg-type]
        ),
        Post(
            id=WEIR,
            kind="post",
            published=NOW - timedelta(minutes=10),
            text="Weir Lane in Haverdale is under water &lt;again&gt;",
            author=ZEBEDEE,
            **shared,  # type: ignore[arg-type]
        ),
    ]


def test_nothing_that_does_not_name_us_leaves_the_line_it_was_read_from(
    town: Web, jetstream: Jetstream
) -> None:
    jetstream.says = [*lines()]
    here = bluesky(jetstream.url)
    answer = module.fetch(here, {}, town)
    found = module.parse(answer, here, NOW)
    held = (answer.body or b"").decode() + repr(answer) + repr(found)
    for word in ("soup", "Haverdalesque", "labelled", "taken back", "without an account", OTTOLINE):
        assert word not in held
    assert found.left == [HIDDEN]  # who hides is told by name, to be hashed, and nowhere else
    assert HIDDEN not in repr(found) + json.dumps(found.memory)


@pytest.mark.parametrize(
    ("text", "more", "meant"),
    [
        ("haverdale at last", {}, True),
        ("In HAVERDALE.", {}, True),
        ("Upper Haverdale Green", {}, True),
        ("Haverdalesque", {}, False),
        ("#haverdale", {}, True),
        ("flooded #HaverdaleFloods!", {}, True),
        ("haverdalefloods without its mark", {}, False),
        ("##haverdalefloods", {}, False),
        ("https://a.example/#haverdalefloods", {}, False),
        ("nothing", {"tags": ["HaverdaleFloods"]}, True),
        ("nothing", marked(f"{FACET}#tag", tag="HaverdaleFloods"), True),
        ("nothing", marked(f"{FACET}#link", uri="haverdale"), False),
        ("nothing", {"facets": "haverdale", "tags": 7}, False),
        ("a++ shop", {}, True),
        ("Haverdale", {"labels": {"values": [{"val": "!no-unauthenticated"}]}}, False),
        ("Haverdale", {"labels": {"values": [{"val": "porn"}, 7]}}, True),
    ],
)  # fmt: skip
def test_words_are_found_whole_and_hashtags_by_their_marks(
    text: str, more: dict[str, Any], meant: bool
) -> None:
    ours = listener(["Haverdale", "a++"], ["haverdalefloods"])
    ours.hear(json.dumps(said(text, **more)))
    assert bool(ours.posts) is meant


def test_it_begins_a_little_back_and_goes_on_with_the_last_message(town: Web, jetstream: Jetstream) -> None:
    jetstream.says = [*lines()]
    first, _ = look(bluesky(jetstream.url), town)
    assert first.memory["cursor"] == BASE + 10
    again, run = look(bluesky(jetstream.url), town, first.memory)
    assert [parameters(path) for path in jetstream.calls] == [
        {
            "wantedCollections": ["app.bsky.feed.post", "app.bsky.actor.profile"],
            "maxMessageSizeBytes": ["50000"],
            "cursor": [str(cursor)],
        }
        for cursor in (NOW_US - 900_000_000, BASE + 10)
    ]
    assert (run.state, again.posts, again.memory["cursor"]) == ("quiet", [], BASE + 10)
    assert jetstream.agents == ["listening/test"] * 2


def test_a_goodbye_that_comes_with_the_last_word_is_no_break(town: Web, jetstream: Jetstream) -> None:
    jetstream.says = [said("Haverdale", NOW_US)]
    for _ in range(20):  # the two arrive together or apart
        assert look(bluesky(jetstream.url), town)[1].reason == ""


def test_it_leaves_as_soon_as_it_has_caught_up(town: Web, jetstream: Jetstream) -> None:
    jetstream.says = [said("Haverdale", NOW_US, key="a"), said("Haverdale", NOW_US + 1, key="b")]
    jetstream.stays = True
    found, run = look(bluesky(jetstream.url), town)
    assert ([p.id for p in found.posts], run.reason) == ([identity(ZEBEDEE, "a")], "")
    assert found.memory["cursor"] == NOW_US


def test_a_quiet_stream_is_not_waited_for(town: Web, jetstream: Jetstream) -> None:
    jetstream.says, jetstream.stays = [said("Haverdale", NOW_US - 5)], True
    found, run = look(bluesky(jetstream.url), town)
    assert (len(found.posts), run.reason) == (1, "")


def test_where_it_is_behind_it_says_so_and_goes_on_in_the_next_round(
    town: Web, jetstream: Jetstream, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "BYTES", 60_000)
    noise = [said(Random(n).randbytes(400).hex(), BASE + n, key=str(n)) for n in range(400)]
    jetstream.says = [*noise[:200], said("Haverdale", BASE + 200), *noise[201:]]
    monkeypatch.setattr("listening.collect.stream.PIECE", 1_000)
    first, run = look(bluesky(jetstream.url), town)
    assert run.reason.endswith("It is read up to 11:53 on 16 November; the rest follows in the next round.")
    assert BASE < first.memory["cursor"] < BASE + 399
    memory, posts = first.memory, len(first.posts)
    for _ in range(40):
        again, _ = look(bluesky(jetstream.url), town, memory)
        memory, posts = again.memory, posts + len(again.posts)
    assert (posts, memory["cursor"] >= BASE + 399) == (1, True)


def test_a_gap_longer_than_the_stream_remembers_is_told(town: Web, jetstream: Jetstream) -> None:
    jetstream.says = [said("Haverdale", NOW_US)]
    old = {"cursor": NOW_US - 40 * 3_600_000_000, "ids": []}
    _, run = look(bluesky(jetstream.url), town, old)
    assert run.reason == (
        "The stream no longer held what was said between 20:00 on 14 November and 12:00 on 16 November."
    )


def test_what_is_deleted_or_changed_is_gone(town: Web, jetstream: Jetstream) -> None:
    jetstream.says = [
        *(said("Haverdale", BASE + n, did, key) for n, (did, key) in enumerate([
            (ZEBEDEE, "a"), (ZEBEDEE, "b"), (ZEBEDEE, "c"), (MORWENNA, "d"), (MORWENNA, "e"),
        ])),
    ]  # fmt: skip
    first, _ = look(bluesky(jetstream.url), town)
    assert len(first.posts) == 5
    soup = {"record": {"text": "soup"}}
    jetstream.says = [
        undone("delete", ZEBEDEE, "a", BASE + 10),
        undone("update", ZEBEDEE, "b", BASE + 11, **soup),
        undone("delete", OTTOLINE, "unknown", BASE + 12),
        said("Haverdale", NOW_US, key="z"),
    ]
    second, _ = look(bluesky(jetstream.url), town, first.memory)
    gone = [identity(ZEBEDEE, "a"), identity(ZEBEDEE, "b")]
    assert second.gone == gone
    assert not set(gone) & set(second.memory["ids"])


def test_an_edit_that_names_us_again_takes_the_post_out_of_the_gone(town: Web, jetstream: Jetstream) -> None:
    jetstream.says = [said("Haverdale", BASE, key="a")]
    first, _ = look(bluesky(jetstream.url), town)
    drops = undone("update", ZEBEDEE, "a", BASE + 10, record={"text": "soup"})
    back = undone("update", ZEBEDEE, "a", BASE + 11, record={"text": "Haverdale soup"})
    jetstream.says = [drops, back]
    second, _ = look(bluesky(jetstream.url), town, first.memory)
    assert ([p.text for p in second.posts], second.gone) == (["Haverdale soup"], [])


def test_an_account_that_closes_while_we_read_says_nothing(town: Web, jetstream: Jetstream) -> None:
    jetstream.says = [said("Haverdale", BASE), closed(ZEBEDEE, BASE + 1)]
    found, _ = look(bluesky(jetstream.url), town)
    assert (found.posts, found.gone) == ([], [])


@pytest.mark.parametrize(
    ("event", "left"),
    [
        *((closed(ZEBEDEE, BASE, why), True) for why in ("deleted", "deactivated", "suspended", "takendown")),
        (labelled(ZEBEDEE, BASE, HIDES), True),
        (closed(ZEBEDEE, BASE, "throttled"), False),
        (closed(ZEBEDEE, BASE, "desynchronized"), False),
        (closed(ZEBEDEE, BASE, active=True), False),
        (labelled(ZEBEDEE, BASE, "porn"), False),
        (renamed(ZEBEDEE, BASE), False),
    ],
)  # fmt: skip
def test_an_account_has_left_where_it_is_closed_or_hides_and_not_where_it_is_slow_or_renamed(
    event: dict[str, Any], left: bool
) -> None:
    ours = listener(["Haverdale"], [])
    ours.hear(json.dumps(event))
    assert list(ours.left) == ([ZEBEDEE] if left else [])


@pytest.mark.parametrize(
    ("event", "stays"),
    [
        (closed(ZEBEDEE, BASE + 9), False),
        (labelled(ZEBEDEE, BASE + 9, HIDES), False),
        (closed(OTTOLINE, BASE + 9), True),
    ],
)
def test_when_an_account_closes_or_hides_later_all_its_posts_go_and_no_others(
    town: Web, jetstream: Jetstream, clock: Clock, tmp_path: Path, event: dict[str, Any], stays: bool
) -> None:
    area = listening.load(configuration(tmp_path, {}, "public"))
    area = replace(area, sources=(bluesky(jetstream.url),))
    store = listening.connect(area.store)
    jetstream.says = [
        said("Haverdale", BASE, key="a"),
        said("Haverdale is wet today, is it not", BASE + 1, key="b"),
    ]
    jetstream.says += [said("Haverdale", BASE + 2, did=MORWENNA, key="c")]
    listening.listen(area, store, clock.now, web=town)
    theirs, others = {identity(ZEBEDEE, "a"), identity(ZEBEDEE, "b")}, {identity(MORWENNA, "c")}
    assert set(store.posts(noise=True)["id"]) == theirs | others
    clock.sleep(900)
    jetstream.says = [event]
    listening.listen(area, store, clock.now, web=town)
    assert set(store.posts(noise=True)["id"]) == (theirs | others if stays else others)
    assert store.recount().empty
    clock.sleep(900)
    jetstream.says = [said("Haverdale", BASE, key="a"), said("Back in Haverdale", BASE + 20, key="d")]
    listening.listen(area, store, clock.now, web=town)
    back = {identity(ZEBEDEE, "d")} | others
    assert set(store.posts(noise=True)["id"]) == (theirs | back if stays else back)
    store.close()
    for file in tmp_path.rglob("*.db*"):
        assert not [did for did in (ZEBEDEE, OTTOLINE, MORWENNA) if did.encode() in file.read_bytes()]


def test_a_deletion_is_heard_after_thousands_of_other_posts(town: Web, jetstream: Jetstream) -> None:
    old = identity(ZEBEDEE, "old")
    others = [f"bluesky:{n:032x}" for n in range(10_100)]
    jetstream.says = [undone("delete", ZEBEDEE, "old", BASE), said("Haverdale", BASE + 1)]
    found, _ = look(bluesky(jetstream.url), town, {"ids": [*others[:9_000], old, *others[9_000:]]})
    assert found.gone == [old]
    assert found.memory["ids"] == [identity(ZEBEDEE, "3mnx"), *others[:9_999]]


def test_nothing_remembered_tells_which_posts_one_writer_wrote(town: Web, jetstream: Jetstream) -> None:
    jetstream.says = [said("Haverdale", BASE, key="a"), said("Haverdale", BASE + 1, key="b")]
    before = {"salt": "s", "marks": {"bluesky:old": ["aa", "2026-11-15"]}}  # of an earlier version
    found, _ = look(bluesky(jetstream.url), town, before)
    hashed = [hashlib.sha256(f"{salt}{ZEBEDEE}".encode()).hexdigest()[:16] for salt in ("", "s ")]
    assert not [held for held in (ZEBEDEE, *hashed) if held in json.dumps(found.memory)]
    assert not {"salt", "marks"} & found.memory.keys()


def profiles_of_anybody(server: Server, most: int = 99) -> None:
    """Says of every account that it may be shown, ``most`` times."""
    left = [most]

    def manner(visit: Visit) -> None:
        left[0] -= 1
        dids = parameters(visit.path)["actors"]
        body = json.dumps({"profiles": [{"did": did, "labels": []} for did in dids]}).encode()
        visit.say(200 if left[0] >= 0 else 500, body, Content_Type=JSON)

    server.does(PROFILES, manner)


def test_more_accounts_than_a_round_may_ask_about_are_read_round_after_round(
    server: Server, town: Web, jetstream: Jetstream
) -> None:
    profiles_of_anybody(server)
    crowd = [said(f"Haverdale {n}", BASE + n, f"did:plc:invented{n:04d}") for n in range(1_101)]
    jetstream.says = [*crowd, said("soup", NOW_US)]
    memory: dict[str, Any] = {}
    met: list[int] = []
    reasons = []
    for _ in range(3):
        found, run = look(bluesky(jetstream.url), town, memory)
        memory, met, reasons = found.memory, [*met, len(found.posts)], [*reasons, run.reason]
    assert met == [500, 500, 101]
    assert reasons == ["What is left is read in the next round."] * 2 + [""]
    assert memory["cursor"] == NOW_US
    assert len(memory["ids"]) == 1_101


def test_what_was_answered_for_is_kept_where_the_answers_break_off(
    server: Server, town: Web, jetstream: Jetstream
) -> None:
    profiles_of_anybody(server, most=1)
    jetstream.says = [said("Haverdale", BASE + n, f"did:plc:invented{n:04d}") for n in range(30)]
    found, run = look(bluesky(jetstream.url), town)
    assert (len(found.posts), run.state, found.memory["cursor"]) == (25, "ok", BASE + 25)


def test_a_round_that_ended_behind_is_due_again_at_once_and_others_at_their_every(
    town: Web, jetstream: Jetstream
) -> None:
    here = bluesky(jetstream.url)
    jetstream.says = [said("Haverdale", BASE)]
    behind, _ = look(here, town)
    jetstream.says = [said("Haverdale", BASE), said("soup", NOW_US)]
    level, _ = look(here, town, behind.memory)
    jetstream.refuses = (403, {}, b"")
    failed, _ = look(here, town, behind.memory)
    minute = timedelta(minutes=1)
    assert [collect.due(here, f.memory, NOW + minute) for f in (behind, level, failed)] == [
        True,
        False,
        False,
    ]
    months = {**level.memory, "rhythm": {"arrived": "2026-06-01T00:00:00+00:00"}}
    assert collect.due(here, months, NOW + here.every), "however long it brought nothing"


def test_whose_posts_may_be_shown_is_asked_in_one_request(
    server: Server, town: Web, jetstream: Jetstream
) -> None:
    jetstream.says = [*lines()]
    look(bluesky(jetstream.url), town)
    assert [path.partition("?")[0] for path in server.paths] == [PROFILES]
    assert sorted(parameters(server.paths[0])["actors"]) == sorted([ZEBEDEE, MORWENNA, HIDDEN])


def test_who_has_no_account_any_more_is_not_read(server: Server, town: Web, jetstream: Jetstream) -> None:
    jetstream.says = [*lines()]
    profiles = told("bluesky_profiles.json")["profiles"]
    in_turn(server, PROFILES, {"profiles": [p for p in profiles if p["did"] != ZEBEDEE]})
    found, _ = look(bluesky(jetstream.url), town)
    assert [p.id for p in found.posts] == [REPLY]


@pytest.mark.parametrize("status", [200, 400, 401, 403, 404, 500])
def test_where_nobody_says_whose_posts_may_be_shown_none_is_kept_and_all_are_read_again(
    server: Server, town: Web, jetstream: Jetstream, status: int
) -> None:
    jetstream.says = [*lines()]
    server.gives(PROFILES, status, b"<html></html>")
    found, run = look(bluesky(jetstream.url), town)
    assert (found.posts, run.state == "ok", "cursor" in found.memory) == ([], False, False)
    assert run.reason == (
        "Bluesky does not say just now whose posts may be shown. It is read again in the next round."
    )
    server.gives(PROFILES, body=json.dumps(told("bluesky_profiles.json")).encode())
    again, run = look(bluesky(jetstream.url), town, found.memory)
    assert (len(again.posts), run.state) == (2, "ok")


def test_nothing_said_of_us_asks_nobody_about_anybody(
    server: Server, town: Web, jetstream: Jetstream
) -> None:
    jetstream.says = [said("soup")]
    look(bluesky(jetstream.url), town)
    assert server.paths == []


def test_damaged_messages_are_passed_over_and_only_such_are_a_failure(
    town: Web, jetstream: Jetstream
) -> None:
    odd: list[Any] = [
        "<html>",
        "[]",
        "7",
        '{"time_us": "now", "did": "did:plc:x"}',
        '{"time_us": 1794830000000001}',
        "[" * 5_000,
        b"\xff\xfe",
    ]
    jetstream.says = odd
    _, run = look(bluesky(jetstream.url), town)
    assert (run.state, run.reason) == ("failing", "It answers, but sends nothing we could read.")
    jetstream.says = [*odd, said("Haverdale", NOW_US)]
    found, run = look(bluesky(jetstream.url), town)
    assert (len(found.posts), run.state) == (1, "ok")


@pytest.mark.parametrize(
    "date", ["yesterday", "0001-01-01T00:00:00Z", "1969-12-31T23:59:59Z", "2026-11-15T11:00:00Z",
             "2036-01-01T00:00:00Z"],
)  # fmt: skip
def test_a_date_from_nowhere_is_the_moment_it_was_heard(town: Web, jetstream: Jetstream, date: str) -> None:
    jetstream.says = [said("Haverdale", BASE, createdAt=date)]
    found, run = look(bluesky(jetstream.url), town)
    heard = datetime.fromtimestamp(BASE / 1_000_000, UTC)
    assert [(p.published, p.dated, run.state) for p in found.posts] == [(heard, False, "ok")]


@pytest.mark.parametrize("moment", [10**30, NOW_US + 10**9, 0, -1])
def test_a_message_from_another_time_moves_nothing(town: Web, jetstream: Jetstream, moment: int) -> None:
    jetstream.says = [json.dumps(said("Haverdale", moment, key="odd")), said("Haverdale", BASE)]
    found, run = look(bluesky(jetstream.url), town)
    assert ([p.id for p in found.posts], run.state) == ([identity(ZEBEDEE, "3mnx")], "ok")
    assert found.memory["cursor"] == BASE


def test_another_bluesky_is_asked_in_the_clear_by_name_only(
    town: Web, jetstream: Jetstream, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BLUESKY_PUBLIC_URL", "http://public.example")
    jetstream.says = [*lines()]
    _, run = look(bluesky(jetstream.url), town)
    assert (run.state, run.reason) == ("failing", "BLUESKY_PUBLIC_URL must begin with https://.")
