import json
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qsl

from misbehaving import NOW, Server
from official import PATHS, asked, lives, one

from listening.collect.web import Web
from listening.post import Post

PATH = PATHS["govuk"]


def post(link: str, **given: Any) -> Post:
    name = "govuk:" + sha256(link.encode()).hexdigest()[:32]
    return Post(
        id=name, source="govuk", channel="official", kind="article", collected=NOW, url=link, **given
    )  # fmt: skip


def test_announcements_come_newest_first_with_what_they_are_about(server: Server, web: Web) -> None:
    lives(server, "govuk")
    found, run = asked(one(server, "govuk"), web)
    assert (run.state, run.reason) == ("ok", "")
    assert found.posts == [
        post(
            "https://www.gov.uk/government/news/undated",
            published=NOW, title="An invented page without a date", dated=False,
        ),
        post(
            "https://campaign.example/page",
            published=datetime(2026, 11, 14, 10, tzinfo=UTC), title="An invented campaign page",
        ),
        post(
            "https://www.gov.uk/government/news/invented-grant-for-village-greens",
            published=datetime(2026, 11, 12, 9, 30, tzinfo=UTC),
            title="Invented grant for village greens &amp; ponds",
            text="Councils can ask for money to mend &lt;greens&gt;.",
        ),
    ]  # fmt: skip


def test_the_options_become_the_filters_of_the_search(server: Server, web: Web) -> None:
    lives(server, "govuk")
    chosen = one(server, "govuk", organisations=["one", "two"], topics=["t-1"], words=["fly", "tipping"])
    asked(chosen, web)
    assert parse_qsl(server.paths[0].partition("?")[2]) == [
        ("filter_content_purpose_supergroup", "news_and_communications"),
        ("order", "-public_timestamp"),
        ("count", "50"),
        ("fields", "title"),
        ("fields", "link"),
        ("fields", "description"),
        ("fields", "public_timestamp"),
        ("filter_organisations", "one"),
        ("filter_organisations", "two"),
        ("filter_any_part_of_taxonomy_tree", "t-1"),
        ("q", "fly tipping"),
    ]


def test_an_address_with_a_query_of_its_own_is_asked_as_it_is(server: Server, web: Web) -> None:
    lives(server, "govuk")
    asked(replace(one(server, "govuk"), url=server.url(f"{PATH}?q=bins")), web)
    assert server.paths == [f"{PATH}?q=bins"]


def test_results_that_cannot_be_read_are_left_out_and_said(server: Server, web: Web) -> None:
    results = ["word", {"title": "No link"}, {"link": "/no-title"}, {"title": "x", "link": "javascript:a()"}]
    results.append({"title": "Good", "link": "/good"})
    server.gives(PATH, body=json.dumps({"results": results}).encode())
    found, run = asked(one(server, "govuk"), web)
    assert ([p.title for p in found.posts], run.state) == (["Good"], "ok")
    assert run.reason == "Some of its announcements could not be read."


def test_a_page_that_was_updated_keeps_its_name(server: Server, web: Web) -> None:
    lives(server, "govuk")
    first, _ = asked(one(server, "govuk"), web)
    body = json.dumps(
        {"results": [{"title": "New words", "link": "/government/news/invented-grant-for-village-greens"}]}
    )
    server.gives(PATH, body=body.encode())
    second, _ = asked(one(server, "govuk"), web, first.memory)
    assert second.posts[0].id in {p.id for p in first.posts}
