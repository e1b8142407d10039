"""Our own Facebook Page, told by a server that answers as the Graph API does."""

import json
from datetime import timedelta
from typing import Any

import pytest
from haverdale import web_of
from misbehaving import NOW, Server, Visit
from stand_ins import (
    COMMENTS,
    EIGHT,
    FEED,
    JSON,
    PAGE,
    TOKEN,
    asked,
    facebook,
    in_turn,
    look,
    parameters,
    told,
)

from listening import collect
from listening.collect.facebook_keys import key
from listening.collect.web import Web
from listening.errors import CollectError
from listening.post import Post

HERE = "/v25.0/"
EXPIRED = "Paused: needs a key that works. Facebook refuses the one it was given. Everything else works."
NOT_OURS = "Paused: Facebook is refusing us. Our key may not read this Page's posts and comments."


def error(code: int, **more: Any) -> bytes:
    return json.dumps(
        {"error": {"message": f"No, {TOKEN}", "type": "OAuthException", "code": code, **more}}
    ).encode()


def post(number: int, comments: int = 0) -> dict[str, Any]:
    return {
        "id": f"{PAGE}_{number}",
        "message": f"Notice {number}",
        "created_time": "2026-11-16T08:00:00+0000",
        "from": {"id": PAGE},
        "comments": {"data": [], "summary": {"total_count": comments}},
    }


def comment(number: int) -> dict[str, Any]:
    return {"id": f"1_{number}", "message": f"Word {number}", "created_time": "2026-11-16T09:00:00+0000"}


def paged(things: list[dict[str, Any]], after: str | None) -> dict[str, Any]:
    paging = {"cursors": {"after": after}, "next": f"https://graph.facebook.com/next?access_token={TOKEN}"}
    return {"data": things, "paging": paging if after else {"cursors": {"after": "last"}}}


def test_posts_and_comments_become_posts_that_belong_together(server: Server, token: Web) -> None:
    found, run = look(facebook(), token)
    assert (run.state, run.reason, run.error) == ("ok", "", None)
    shared = {"source": "Our Page", "collected": NOW}
    assert found.posts == [
        Post(
            id=f"facebook_page:{PAGE}_12",
            channel="public",
            kind="post",
            published=EIGHT + timedelta(minutes=90),
            text="Lamp out by the school, [account] says the same &lt;again&gt;",
            author="77002",
            replies=0,
            **shared,  # type: ignore[arg-type]
        ),
        Post(
            id="facebook_page:11_23",
            channel="public",
            kind="comment",
            published=EIGHT + timedelta(minutes=70),
            text="Ours in Weir Lane were left again",
            thread=f"facebook_page:{PAGE}_11",
            replies=0,
            **shared,  # type: ignore[arg-type]
        ),
        Post(
            id="facebook_page:11_22",
            channel="official",
            kind="comment",
            published=EIGHT + timedelta(minutes=65),
            text="Sorry about that, we are sending a crew.",
            author=PAGE,
            thread=f"facebook_page:{PAGE}_11",
            replies=0,
            **shared,  # type: ignore[arg-type]
        ),
        Post(
            id="facebook_page:11_21",
            channel="public",
            kind="comment",
            published=EIGHT + timedelta(hours=1),
            text="[account] they never come up our end",
            author="77002",
            thread=f"facebook_page:{PAGE}_11",
            replies=1,
            **shared,  # type: ignore[arg-type]
        ),
        Post(
            id=f"facebook_page:{PAGE}_11",
            channel="official",
            kind="post",
            published=EIGHT,
            text="Bins in Weir Lane will be emptied on Tuesday.",
            author=PAGE,
            replies=4,
            **shared,  # type: ignore[arg-type]
        ),
    ]


def test_what_is_hidden_or_unpublished_or_said_elsewhere_is_no_post(server: Server, token: Web) -> None:
    found, _ = look(facebook(), token)
    assert found.gone == [f"facebook_page:{PAGE}_13", "facebook_page:11_20"]
    assert not any("77003_14" in i for i in [p.id for p in found.posts] + found.gone)
    assert asked(server) == [FEED, COMMENTS]  # neither of the unpublished nor of the tagging one


def test_only_numbers_and_words_are_asked_for_and_the_token_travels_in_a_header(
    server: Server, token: Web
) -> None:
    look(facebook(depth=7), token)
    first, second = (parameters(path) for path in server.paths)
    assert first == {
        "fields": [
            "id,message,message_tags,created_time,from{id},is_published,is_hidden,"
            "comments.filter(stream).order(reverse_chronological).limit(1).summary(true){id}"
        ],
        "limit": ["7"],
    }
    assert second == {
        "fields": ["id,message,message_tags,created_time,from{id},is_hidden,comment_count"],
        "filter": ["stream"],
        "order": ["reverse_chronological"],
        "limit": ["100"],
    }
    assert [headers["Authorization"] for headers in server.headers] == [f"Bearer {TOKEN}"] * 2


def test_a_second_look_reads_comments_only_where_their_number_changed(server: Server, token: Web) -> None:
    first, _ = look(facebook(), token)
    assert first.memory["seen"] == {f"{PAGE}_{n}": c for n, c in ((11, 4), (12, 0), (13, -1), (15, 0))}
    server.paths.clear()
    again, run = look(facebook(), token, first.memory)
    assert (asked(server), run.state) == ([FEED], "quiet")
    assert set(again.memory["ids"]) == set(first.memory["ids"])
    grown = told("facebook_feed.json")
    grown["data"][0]["comments"]["summary"]["total_count"] = 5
    in_turn(server, FEED, grown)
    look(facebook(), token, again.memory)
    assert asked(server) == [FEED, FEED, COMMENTS]


def test_a_comment_that_came_as_another_went_is_read_though_their_number_is_the_same(
    server: Server, token: Web
) -> None:
    first, _ = look(facebook(), token)
    server.paths.clear()
    swapped = told("facebook_feed.json")
    swapped["data"][0]["comments"]["data"] = [{"id": "11_29"}]
    in_turn(server, FEED, swapped)
    again, _ = look(facebook(), token, first.memory)
    assert asked(server) == [FEED, COMMENTS]
    server.paths.clear()
    look(facebook(), token, again.memory)
    assert asked(server) == [FEED]


def test_comments_may_be_left_out(server: Server, token: Web) -> None:
    found, _ = look(facebook(comments=False), token)
    assert (asked(server), {p.kind for p in found.posts}) == ([FEED], {"post"})


def test_pages_are_turned_by_cursor_and_never_by_the_address_that_holds_the_token(
    server: Server, token: Web
) -> None:
    in_turn(
        server, FEED, paged([post(n) for n in range(50)], "x1"), paged([post(n) for n in range(50, 80)], None)
    )
    found, run = look(facebook(depth=100), token)
    assert (len(found.posts), run.reason) == (80, "")
    assert [parameters(path).get("after") for path in server.paths] == [None, ["x1"]]


def test_a_page_that_comes_over_and_over_is_the_last(server: Server, token: Web) -> None:
    in_turn(server, FEED, paged([post(n) for n in range(50)], "x1"))
    found, _ = look(facebook(depth=200), token)
    assert (len(found.posts), len(server.paths)) == (50, 2)


def test_new_comments_are_read_up_to_those_known(server: Server, token: Web) -> None:
    path = f"{HERE}{PAGE}_1/comments"
    in_turn(server, FEED, {"data": [post(1, 3)]}, {"data": [post(1, 5)]})
    in_turn(server, path, paged([comment(n) for n in (3, 2, 1)], None))
    first, _ = look(facebook(), token)
    in_turn(server, path, paged([comment(n) for n in (5, 4, 3)], "more"))
    server.paths.clear()
    second, run = look(facebook(), token, first.memory)
    assert asked(server) == [FEED, path]  # the page after holds what is known
    assert (run.items, second.memory["ids"][0]) == (4, "facebook_page:1_5")


def test_comments_beyond_five_hundred_of_a_post_are_read_in_the_next_rounds(
    server: Server, token: Web
) -> None:
    there = list(range(1_230, 0, -1))

    def listed(visit: Visit) -> None:
        """Newest first, a hundred an answer; a cursor names the last one given."""
        after = int(parameters(visit.path).get("after", ["9999"])[0])
        names = [n for n in there if n < after][:100]
        more = str(names[-1]) if names and names[-1] > there[-1] else None
        visit.say(200, json.dumps(paged([comment(n) for n in names], more)).encode(), Content_Type=JSON)

    in_turn(server, FEED, {"data": [post(1, 1_230)]}, {"data": [post(1, 1_232)]})
    server.does(f"{HERE}{PAGE}_1/comments", listed)
    memory: dict[str, Any] = {}
    met: set[str] = set()
    reasons = []
    for _ in range(4):
        found, run = look(facebook(), token, memory)
        memory, reasons = json.loads(json.dumps(found.memory)), [*reasons, run.reason]
        met |= {p.id for p in found.posts if p.kind == "comment"}
        there[:0] = [1_232, 1_231] if there[0] == 1_230 else []  # two more come while we read
    assert met == {f"facebook_page:1_{n}" for n in range(1, 1_233)}
    assert [reason.endswith("What is left is read in the next round.") for reason in reasons] == [
        *(True, True, False, False)
    ]
    assert (memory["seen"], "further" in memory) == ({f"{PAGE}_1": 1_232}, False)


def test_a_cursor_that_facebook_has_forgotten_begins_anew(server: Server, token: Web) -> None:
    in_turn(server, FEED, {"data": [post(1, 2)]})
    server.gives(f"{HERE}{PAGE}_1/comments", 400, error(100))
    found, _ = look(facebook(), token, {"further": {f"{PAGE}_1": ["old", 2]}})
    assert (found.memory["seen"], "further" in found.memory) == ({f"{PAGE}_1": -1}, False)


def test_a_round_has_a_budget_and_what_is_left_is_read_in_the_next(server: Server, token: Web) -> None:
    in_turn(server, FEED, {"data": [post(n, 1) for n in range(50)]})
    for n in range(50):
        in_turn(server, f"{HERE}{PAGE}_{n}/comments", {"data": [{**comment(n), "id": f"{n}_1"}]})
    first, run = look(facebook(), token)
    assert (len(server.paths), run.reason) == (40, "What is left is read in the next round.")
    assert list(first.memory["seen"].values()) == [1] * 39 + [-1] * 11
    server.paths.clear()
    _, run = look(facebook(), token, first.memory)
    assert (len(server.paths), run.reason) == (12, "")


def test_without_a_token_it_is_paused_and_nobody_is_asked(server: Server, town: Web) -> None:
    _, run = look(facebook(), town)
    assert (run.state, run.error, server.paths) == ("paused", "no key", [])
    assert run.reason == (
        "Paused: needs a key. Facebook wants the Page's own access token. Everything else works."
    )


def test_a_page_of_its_own_token_uses_that_one(
    server: Server, token: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"FACEBOOK_PAGE_TOKEN_{PAGE}", "its-own-burdock")
    look(facebook(), token)
    assert server.headers[0]["Authorization"] == "Bearer its-own-burdock"


def test_a_token_goes_out_in_the_clear_to_nobody() -> None:
    environment = {"FACEBOOK_PAGE_TOKEN": TOKEN, "FACEBOOK_URL": "http://graph.example"}
    with pytest.raises(CollectError, match=r"^FACEBOOK_URL must begin with https://\.$"):
        key(PAGE, ("127.0.0.1",), environment)
    assert TOKEN not in repr(key(PAGE, (), {"FACEBOOK_PAGE_TOKEN": TOKEN}))


@pytest.mark.parametrize(
    ("status", "code", "state", "reason"),
    [
        (400, 190, "paused", EXPIRED),
        (401, 102, "paused", EXPIRED),
        (403, 10, "paused", NOT_OURS),
        (400, 200, "paused", NOT_OURS),
        (400, 100, "failing", "Facebook knows no such Page, or does not show it to us."),
        (404, 803, "failing", "Facebook knows no such Page, or does not show it to us."),
        (400, 4, "paused", "Resting until 12:15: Facebook asked us to slow down."),
        (403, 80001, "paused", "Resting until 12:15: Facebook asked us to slow down."),
        (400, 12, "failing", "It does not accept our request."),
        (500, 1, "failing", "Its server has a fault and sends nothing we could read."),
    ],
)
def test_what_facebook_refuses_is_told_in_plain_words(
    server: Server, token: Web, status: int, code: int, state: str, reason: str
) -> None:
    server.gives(FEED, status, error(code), Content_Type=JSON)
    found, run = look(facebook(), token)
    assert (run.state, run.reason, run.error) == (state, reason, f"HTTP {status}, code {code}")
    assert TOKEN not in repr((found, run))


def test_it_rests_as_long_as_facebook_says(server: Server, token: Web) -> None:
    usage = {PAGE: [{"type": "pages", "call_count": 100, "estimated_time_to_regain_access": 47}]}
    server.gives(FEED, 400, error(80001), X_Business_Use_Case_Usage=json.dumps(usage))
    found, run = look(facebook(), token)
    assert run.reason == "Resting until 12:47: Facebook asked us to slow down."
    assert found.memory["retry_at"] == "2026-11-16T12:47:00+00:00"


def test_trouble_in_the_middle_keeps_what_was_said_and_rests(server: Server, token: Web) -> None:
    server.gives(COMMENTS, 400, error(32))
    found, run = look(facebook(), token)
    assert [p.id for p in found.posts] == [f"facebook_page:{PAGE}_12", f"facebook_page:{PAGE}_11"]
    assert run.reason == "Facebook broke off in the middle; what it had said was used."
    assert (found.memory["min_interval"], found.memory["seen"][f"{PAGE}_11"]) == (900, -1)


def test_a_post_whose_comments_are_gone_keeps_nobody_waiting(server: Server, token: Web) -> None:
    server.gives(COMMENTS, 400, error(100, error_subcode=33))
    found, _ = look(facebook(), token)
    assert found.memory["seen"][f"{PAGE}_11"] == 4


def info(server: Server, standing: dict[str, dict[str, Any]]) -> None:
    """Answers ?ids= as Graph does: one that is missing spoils the whole answer."""

    def manner(visit: Visit) -> None:
        names = parameters(visit.path)["ids"][0].split(",")
        if set(names) <= standing.keys():
            visit.say(200, json.dumps({name: standing[name] for name in names}).encode())
        else:
            visit.say(400, error(100, error_subcode=33))

    server.does(HERE, manner)


def test_recheck_finds_what_was_deleted_or_hidden(server: Server, token: Web) -> None:
    names = [f"11_{n}" for n in range(8)]
    info(server, {n: {"id": n, "is_hidden": n == "11_6"} for n in names if n != "11_3"})
    ids = [*(f"facebook_page:{n}" for n in names), "reddit:t3_weir1", "facebook_page:1; drop"]
    gone = collect.recheck(facebook(), ids, {"page": PAGE}, token)
    assert sorted(gone) == ["facebook_page:11_3", "facebook_page:11_6"]
    assert len(server.paths) == 7  # halves of halves


@pytest.mark.parametrize(
    ("status", "body", "believed"),
    [(200, b'{"data": []}', True), (400, error(100), False), (403, error(10), False), (200, b"{}", False)],
)
def test_recheck_believes_that_all_is_gone_where_the_page_itself_stands(
    server: Server, token: Web, status: int, body: bytes, believed: bool
) -> None:
    info(server, {})
    server.gives(FEED, status, body)
    ids = ["facebook_page:11_3", "facebook_page:11_4"]
    assert collect.recheck(facebook(), ids, {"page": PAGE}, token) == (ids if believed else [])


@pytest.mark.parametrize(("status", "code"), [(400, 190), (403, 10), (400, 4), (500, 2), (200, 0)])
def test_recheck_says_that_it_could_not_ask_where_facebook_does_not_answer(
    server: Server, token: Web, status: int, code: int
) -> None:
    server.gives(HERE, status, error(code) if code else b"<html>")
    assert collect.recheck(facebook(), ["facebook_page:11_3"], {"page": PAGE}, token) is None


def test_recheck_asks_nobody_without_a_token_or_a_page(server: Server, town: Web, token: Web) -> None:
    assert collect.recheck(facebook(), ["facebook_page:11_3"], {}, token) is None
    assert server.paths == []


def test_a_huge_answer_is_not_swallowed(server: Server, clock: Any, token: Web) -> None:
    server.gives(FEED, body=b'{"data": [' + b" " * 300_000 + b"]}")
    _, run = look(facebook(), web_of(clock))
    assert (run.state, run.reason) == ("failing", "It sent more than 5 MB, which is too much for a feed.")
