"""Mastodon, told by a server that answers as an instance does."""

import json
from datetime import timedelta
from typing import Any

import pytest
from haverdale import Clock
from misbehaving import NOW, Server, Visit
from stand_ins import EIGHT, JSON, STATUSES, TAGGED, asked, in_turn, look, mastodon, parameters, told

from listening import collect
from listening.collect.web import Web
from listening.post import Post

LOCAL = "/api/v1/timelines/public"
KEPT = ("107", "106", "101")


def number(short: int | str) -> str:
    return f"113000000000000{short}"


def status(short: int, **more: Any) -> dict[str, Any]:
    return {
        "id": number(short),
        "created_at": "2026-11-16T08:00:00.000Z",
        "visibility": "public",
        "content": f"<p>Word {short}</p>",
        "account": {"acct": "teapot_hill", "indexable": True, "bot": False},
        **more,
    }


def ids(server: Server, *short: int | str) -> list[str]:
    return [f"mastodon:{server.url('').removeprefix('http://')}/{number(s)}" for s in short]


def test_statuses_become_posts_without_an_address_that_names_their_writer(server: Server, town: Web) -> None:
    found, run = look(mastodon(server.url("")), town)
    assert (run.state, run.reason) == ("ok", "")
    late, reply, opener = ids(server, *KEPT)
    host = server.url("").removeprefix("http://")
    tag = (
        '<a href="https://haverdale.example/tags/haverdale" class="mention hashtag" rel="tag">'
        "#<span>haverdale</span></a>"
    )
    shared = {"source": "Haverdale social", "channel": "public", "collected": NOW}
    assert found.posts == [
        Post(
            id=late,
            kind="comment",
            published=EIGHT + timedelta(hours=2),
            url=server.url(f"/statuses/{number(107)}"),
            text=f"<p>Cleared this morning, thank you {tag}</p>",
            author=f"late_otter@{host}",
            thread=opener,
            replies=0,
            score=0,
            **shared,  # type: ignore[arg-type]
        ),
        Post(
            id=reply,
            kind="comment",
            published=EIGHT + timedelta(minutes=90),
            url=server.url(f"/statuses/{number(106)}"),
            text='<p><span class="h-card"><a href="https://haverdale.example/@teapot_hill" '
            'class="u-url mention">@<span>teapot_hill</span></a></span> ours too</p>',
            author="quiet_heron41@elsewhere.example",
            thread=opener,
            replies=0,
            score=0,
            **shared,  # type: ignore[arg-type]
        ),
        Post(
            id=opener,
            kind="post",
            published=EIGHT,
            url=server.url(f"/statuses/{number(101)}"),
            title="Flooding &lt;moan&gt;",
            text=f"<p>Weir Lane is under water again {tag}</p>",
            author=f"teapot_hill@{host}",
            edited=EIGHT + timedelta(minutes=20),
            replies=2,
            score=5,
            **shared,  # type: ignore[arg-type]
        ),
    ]


@pytest.mark.parametrize(
    "change",
    [
        {"visibility": "private"},
        {"visibility": "direct"},
        {"visibility": "unlisted"},
        {"visibility": None},
        {"reblog": {"id": "1"}},
        {"account": {"acct": "a"}},
        {"account": {"acct": "a", "indexable": None}},
        {"account": {"acct": "a", "indexable": "true"}},
        {"account": {"acct": "a", "indexable": True, "noindex": True}},
        {"account": {"acct": "a", "indexable": True, "suspended": True}},
        {"account": {"acct": "a", "indexable": True, "bot": True}},
        {"account": None},
    ],
)
def test_only_public_words_of_accounts_that_wish_to_be_found_are_read(
    server: Server, town: Web, change: dict[str, Any]
) -> None:
    in_turn(server, TAGGED, [status(102), status(101, **change)])
    found, _ = look(mastodon(server.url("")), town)
    assert [p.id for p in found.posts] == ids(server, 102)


def test_a_second_look_asks_for_one_page_and_finds_edits_in_it(server: Server, town: Web) -> None:
    first, _ = look(mastodon(server.url("")), town)
    assert first.memory["last"] == {"#haverdale": number(107)}
    changed = told("mastodon_tag.json")
    changed[0] |= {"content": "<p>Not cleared at all</p>", "edited_at": "2026-11-16T11:00:00.000Z"}
    in_turn(server, TAGGED, changed)
    server.paths.clear()
    second, run = look(mastodon(server.url("")), town, first.memory)
    assert [parameters(path) for path in server.paths] == [{"limit": ["40"]}]
    edited = second.posts[0]
    assert (run.state, edited.text, edited.edited) == (
        "quiet",
        "<p>Not cleared at all</p>",
        EIGHT + timedelta(hours=3),
    )


def test_pages_are_turned_back_to_the_last_one_met(server: Server, town: Web) -> None:
    in_turn(
        server, TAGGED, [status(n) for n in range(199, 159, -1)], [status(n) for n in range(159, 119, -1)]
    )
    found, _ = look(mastodon(server.url("")), town, {"last": {"#haverdale": number(130)}})
    assert [parameters(path).get("max_id") for path in server.paths] == [None, [number(160)]]
    assert (len(found.posts), found.memory["last"]) == (80, {"#haverdale": number(199)})


def test_a_round_has_a_budget_and_says_what_it_left_out(server: Server, town: Web) -> None:
    pages = [[status(n) for n in range(999 - 40 * p, 959 - 40 * p, -1)] for p in range(11)]
    in_turn(server, TAGGED, *pages)
    found, run = look(mastodon(server.url("")), town, {"last": {"#haverdale": number(100)}})
    assert (len(server.paths), len(found.posts)) == (10, 400)
    assert run.reason == "More was said than one round reads; the oldest of it was left out."


def test_several_hashtags_and_the_local_timeline_are_read_and_nothing_counts_twice(
    server: Server, town: Web
) -> None:
    in_turn(server, "/api/v1/timelines/tag/weir", [status(101)])
    in_turn(server, LOCAL, [status(109), status(101)])
    found, _ = look(mastodon(server.url("/anything"), hashtags=["weir", "haverdale"], local=True), town)
    assert asked(server) == ["/api/v1/timelines/tag/weir", TAGGED, LOCAL]
    assert parameters(server.paths[2]) == {"local": ["true"], "limit": ["40"]}
    assert len({p.id for p in found.posts}) == len(found.posts) == 4
    assert found.memory["last"] == {"#weir": number(101), "#haverdale": number(107), "local": number(109)}


def test_whoever_withdraws_is_forgotten_as_soon_as_it_is_seen(server: Server, town: Web) -> None:
    first, _ = look(mastodon(server.url("")), town)
    in_turn(server, TAGGED, [status(101, account={"acct": "teapot_hill", "indexable": False})])
    second, _ = look(mastodon(server.url("")), town, first.memory)
    assert second.gone == ids(server, 101)
    assert second.memory["ids"] == ids(server, 107, 106)


def test_nothing_more_is_asked_when_the_instance_has_counted_enough(server: Server, town: Web) -> None:
    server.gives(
        TAGGED,
        body=json.dumps([status(n) for n in range(199, 159, -1)]).encode(),
        X_RateLimit_Remaining="0",
        X_RateLimit_Reset="2026-11-16T12:05:00.000000Z",
    )
    found, _ = look(mastodon(server.url("")), town, {"last": {"#haverdale": number(100)}})
    assert (len(server.paths), found.memory["min_interval"]) == (1, 300)


@pytest.mark.parametrize(
    ("headers", "reason"),
    [
        (
            {"X_RateLimit_Reset": "2026-11-16T12:05:00.000000Z"},
            "Resting until 12:05: it asked us to slow down.",
        ),
        ({"Retry_After": "600"}, "Resting until 12:10: it asked us to slow down."),
        (
            {"X_RateLimit_Reset": "2036-11-16T12:05:00Z"},
            "Resting until 12:00 on 17 November: it asked us to slow down.",
        ),
        ({}, "Resting until 12:15: it asked us to slow down."),
    ],
)
def test_it_rests_until_the_instance_counts_anew(
    server: Server, town: Web, headers: dict[str, str], reason: str
) -> None:
    server.gives(TAGGED, 429, b'{"error": "Too many requests"}', **headers)
    _, run = look(mastodon(server.url("")), town)
    assert (run.state, run.reason) == ("paused", reason)


def test_a_hashtag_nobody_has_used_yet_is_empty_and_not_broken(server: Server, town: Web) -> None:
    server.gives(TAGGED, 404, b'{"error": "Record not found"}')
    _, run = look(mastodon(server.url("")), town)
    assert (run.state, run.reason) == ("quiet", "It answers, and holds nothing yet.")
    server.gives(TAGGED, 404, b"<html>No such page</html>")
    _, run = look(mastodon(server.url("")), town)
    assert (run.state, run.reason) == ("failing", "There is nothing at its address any more.")


@pytest.mark.parametrize("status_", [401, 422])
def test_an_instance_for_members_only_is_paused(server: Server, town: Web, status_: int) -> None:
    server.gives(TAGGED, status_, b'{"error": "This method requires an authenticated user"}')
    _, run = look(mastodon(server.url("")), town)
    assert (run.state, run.reason) == ("paused", "Paused: this source needs a key. Everything else works.")


def members(server: Server, there: dict[str, dict[str, Any]], batches: bool = True) -> None:
    """Answers for single statuses, and for several where the instance can."""

    def several(visit: Visit) -> None:
        wanted = parameters(visit.path)["id[]"]
        visit.say(200, json.dumps([there[n] for n in wanted if n in there]).encode(), Content_Type=JSON)

    if batches:
        server.does(STATUSES, several)
    else:
        server.gives(STATUSES, 404, b'{"error": "Not found"}')
    for short in range(101, 108):
        one = there.get(number(short))
        body = json.dumps(one or {"error": "Record not found"}).encode()
        server.gives(f"{STATUSES}/{number(short)}", 200 if one else (410 if short % 2 else 404), body)


@pytest.mark.parametrize("batches", [True, False])
def test_recheck_finds_what_was_deleted_and_who_withdrew(server: Server, town: Web, batches: bool) -> None:
    shy = status(104, account={"acct": "shy_badger", "indexable": False})
    members(server, {number(101): status(101), number(104): shy}, batches)
    wanted = [*ids(server, 101, 102, 103, 104), "mastodon:other.example/1", "feed:1"]
    gone = collect.recheck(mastodon(server.url("")), wanted, {"base": server.url("")}, town)
    assert gone == ids(server, 102, 103, 104)
    assert len(server.paths) == (3 if batches else 5)


@pytest.mark.parametrize("batches", [True, False])
@pytest.mark.parametrize(
    ("path", "status_", "body", "believed"),
    [
        ("/api/v2/instance", 200, b'{"domain": "haverdale.example", "version": "4.3.1"}', True),
        ("/api/v1/instance", 200, b'{"uri": "haverdale.example", "version": "3.5.0"}', True),
        ("/api/v2/instance", 200, b"<html>This domain is for sale</html>", False),
        ("/api/v2/instance", 503, b"{}", False),
        ("/elsewhere", 200, b"{}", False),
    ],
)
def test_recheck_believes_that_all_is_gone_where_the_instance_itself_stands(
    server: Server, town: Web, batches: bool, path: str, status_: int, body: bytes, believed: bool
) -> None:
    members(server, {}, batches)
    server.gives(path, status_, body)
    wanted = ids(server, 101, 102)
    gone = collect.recheck(mastodon(server.url("")), wanted, {"base": server.url("")}, town)
    assert gone == (wanted if believed else [])


def test_an_instance_that_knows_no_batches_is_asked_once_for_them_and_for_all_posts_in_turn(
    server: Server, town: Web, clock: Clock
) -> None:
    many = [number(short) for short in range(100, 400)]
    server.gives(STATUSES, 404, b'{"error": "Not found"}')
    for one in many:
        server.gives(f"{STATUSES}/{one}", body=json.dumps({**status(1), "id": one}).encode())
    wanted = ids(server, *range(100, 400))
    for _ in range(3):
        assert collect.recheck(mastodon(server.url("")), wanted, {"base": server.url("")}, town) == []
        clock.sleep(86_400)
    paths = asked(server)
    assert paths.count(STATUSES) == 3
    assert {path.rpartition("/")[2] for path in paths} - {"statuses"} == set(many)
    assert len(paths) <= 3 * 120


@pytest.mark.parametrize("fault", [401, 403, 429, 500, 503])
def test_recheck_knows_of_nothing_gone_where_the_instance_does_not_answer(
    server: Server, town: Web, fault: int
) -> None:
    members(server, {number(101): status(101)})
    server.gives(f"{STATUSES}/{number(102)}", fault, b"{}")
    wanted = ids(server, 101, 102)
    assert collect.recheck(mastodon(server.url("")), wanted, {"base": server.url("")}, town) == []
    assert collect.recheck(mastodon(server.url("")), wanted, {}, town) == []  # never read yet
