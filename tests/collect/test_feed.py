import time
from datetime import UTC, datetime, timedelta

import pytest
from misbehaving import FEEDS, NOW, source
from written import URL, answer, id_of, parse, rss

from listening.collect import feed
from listening.collect.web import Answer
from listening.errors import CollectError
from listening.post import Found, Post


def recorded(file: str, **changes: object) -> Found:
    return parse((FEEDS / file).read_bytes(), **changes)


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc]


def post(id_: str, published: datetime, **fields: object) -> Post:
    known = {"source": "Courier", "channel": "press", "kind": "article", "collected": NOW}
    return Post(id=id_of(id_), published=published, **{**known, **fields})  # type: ignore[arg-type]


def test_an_rss_feed_becomes_posts_the_newest_first() -> None:
    found = recorded("courier.rss")
    assert found.posts == [
        post(
            "courier.example/rss Undated: bag lottery in Stenby ",
            NOW,
            title="Undated: bag lottery in Stenby",
            dated=False,
        ),
        post(
            "https://courier.example/planned",
            NOW,
            url="https://courier.example/planned",
            title="Ring road to close next year",
        ),
        post(
            "courier.example/rss 4711",
            at(2026, 6, 11, 6, 40),
            url="https://courier.example/news/weir-lane?utm_source=rss",
            title="Weir Lane &amp; Mill Yard under water",
            text="<p>The Haver is over its banks.</p><script>alert(1)</script>",
            author="Newsdesk",
            replies=12,
        ),
    ]
    assert found.memory["min_interval"] == 30 * 60
    assert found.memory["ids"] == [p.id for p in found.posts]
    assert found.remark is None


def test_an_atom_feed_becomes_posts_with_edits_and_threads() -> None:
    assert recorded("forum.atom", channel="public", name="Forum").posts == [
        post(
            "tag:forum.example,2026:post-2",
            at(2026, 11, 10, 10),
            source="Forum",
            channel="public",
            kind="comment",
            url="https://forum.example/t/1#2",
            title="Re: Bins",
            text="Has our day changed?",
            thread=id_of("tag:forum.example,2026:post-1"),
        ),
        post(
            "tag:forum.example,2026:post-1",
            at(2026, 11, 10, 8),
            source="Forum",
            channel="public",
            kind="post",
            url="https://forum.example/t/1",
            title="Bins &lt; bags",
            text="<p>Third week the brown one's been left.</p>",
            author="/u/invented_person",
            edited=at(2026, 11, 10, 9, 30),
            replies=4,
        ),
    ]


def test_an_rdf_feed_becomes_posts() -> None:
    assert recorded("council.rdf", channel="official").posts == [
        post(
            "https://council.example/rest-centre",
            at(2026, 11, 12, 8, 20),
            channel="official",
            url="https://council.example/rest-centre",
            title="Rest centre open",
            text="Hot meals: £5 or free.",
        )
    ]


def test_a_json_feed_becomes_posts() -> None:
    assert recorded("gazette.json").posts == [
        post("courier.example/rss 43", NOW, text="<p>Swings mended.</p>", dated=False),
        post(
            "courier.example/rss 42",
            at(2026, 11, 12, 8, 50),
            url="https://courier.example/bridge",
            title="Bridge closed for checks &lt;again&gt;",
            text="Cars &amp; buses: use Priory.",
            author="Gazette desk",
            edited=at(2026, 11, 12, 9, 10),
        ),
    ]


def test_comments_on_one_article_share_a_thread_that_is_not_the_comment_before() -> None:
    posts = recorded("comments.rss", channel="public").posts
    assert [p.kind for p in posts] == ["comment", "comment"]
    assert {p.thread for p in posts} == {id_of("https://courier.example/news/weir-lane/")}
    assert len({p.id for p in posts}) == 2


@pytest.mark.parametrize(
    ("channel", "kind"),
    [
        ("press", "article"),
        ("official", "article"),
        ("public", "post"),
        ("report", "report"),
        ("heard", "post"),
    ],
)
def test_the_kind_of_a_post_follows_its_channel(channel: str, kind: str) -> None:
    assert parse(rss("<title>x</title>"), channel=channel).posts[0].kind == kind


def test_an_undated_item_is_kept_and_shown_as_undated() -> None:
    (only,) = parse(rss("<title>Bins</title>")).posts
    assert (only.published, only.dated) == (NOW, False)


def test_a_date_in_the_future_is_now() -> None:
    (only,) = parse(rss("<title>Bins</title><pubDate>Tue, 17 Nov 2026 12:00:00 GMT</pubDate>")).posts
    assert (only.published, only.dated, only.edited) == (NOW, True, None)


def test_dates_are_read_as_the_feed_meant_them_and_not_as_feedparser_does() -> None:
    items = [
        f"<guid>{i}</guid><title>x</title><pubDate>{words}</pubDate>"
        for i, words in enumerate(
            ["Fri, 05 Jun 2026 14:30:00 BST", "05/11/2026 14:30", "Thu, 01 Jan 1970 00:00:00 GMT"]
        )
    ]
    dates = {p.published: p.dated for p in parse(rss(*items)).posts}
    assert dates == {NOW: False, at(2026, 11, 5, 14, 30): True, at(2026, 6, 5, 13, 30): True}


def test_an_edited_entry_keeps_its_id_and_its_day_and_brings_its_new_words() -> None:
    entry = (
        "<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>urn:uuid:1</id><title>{}</title>"
        "<published>2026-11-10T08:00:00Z</published><updated>{}</updated></entry></feed>"
    )
    (before,) = parse(entry.format("Bridge shut", "2026-11-10T08:00:00Z")).posts
    (after,) = parse(entry.format("Bridge open", "2026-11-11T08:00:00Z")).posts
    assert (before.id, before.published, before.edited) == (after.id, after.published, None)
    assert (after.title, after.edited) == ("Bridge open", at(2026, 11, 11, 8))


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://a.example/",
        "mailto:a@example.org",
        "http://[bad",
        "",
    ],
)
def test_only_web_links_are_links(link: str) -> None:
    (only,) = parse(rss(f"<title>x</title><link>{link}</link>")).posts
    assert only.url is None


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (
            b"<!DOCTYPE html><html><body><h1>Welcome</h1></body></html>",
            "It sends a web page instead of a feed.",
        ),
        (b"\n <!-- x --><HTML><body>Log in</body></HTML>", "It sends a web page instead of a feed."),
        (b"", "It sends an empty answer."),
        (b" \r\n\t ", "It sends an empty answer."),
        (b"Not found", "It sends something that is not a feed."),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "It sends something that is not a feed."),
        (b'{"error": "no"}', "It sends data, but not a feed."),
        (b"[" * 100_000, "Its feed is damaged and cannot be read."),
        (b'{"items": [', "Its feed is damaged and cannot be read."),
        (b"<rss version='2.0'><channel><title>Cour", "Its feed is damaged and cannot be read."),
    ],
    ids=range(10),
)
def test_what_is_no_feed_is_said_in_plain_words(body: bytes, sentence: str) -> None:
    with pytest.raises(CollectError) as error:
        parse(body)
    assert str(error.value) == sentence


def test_an_empty_feed_is_no_failure() -> None:
    found = parse("<rss version='2.0'><channel><title>Courier</title></channel></rss>")
    assert (found.posts, found.remark, found.memory["newest"]) == ([], None, None)


def test_what_is_left_of_a_broken_feed_is_used_with_a_remark() -> None:
    whole = rss(
        "<title>Fish &nbsp; chips</title>", "<title>A & B</title><link>https://a.example/?x=1&y=2</link>"
    )
    found = parse(whole[: whole.rindex("</item>")])
    assert [p.title for p in found.posts] == ["Fish \xa0 chips", "A &amp; B"]
    assert found.posts[1].url == "https://a.example/?x=1&y=2"
    assert found.remark == "Its feed is damaged; what could be read was used."


@pytest.mark.parametrize(
    ("encoding", "said", "declared"),
    [
        ("utf-8", "text/xml; charset=utf-8", "utf-8"),
        ("utf-8", "text/xml; charset=iso-8859-1", "iso-8859-1"),  # both wrong
        ("utf-8", "text/xml", None),
        ("latin-1", "text/xml; charset=utf-8", "utf-8"),  # both wrong
        ("latin-1", "application/xml", "iso-8859-1"),
        ("cp1252", "application/xml", "iso-8859-1"),
        ("utf-16", "application/xml", "utf-16"),
        ("utf-8-sig", "application/rss+xml", None),
        ("latin-1", "text/xml; charset=idna", "no-such-codec"),
    ],
)
def test_characters_are_what_they_are_whatever_the_server_says(
    encoding: str, said: str, declared: str | None
) -> None:
    head = f"<?xml version='1.0' encoding='{declared}'?>" if declared else ""
    body = (head + rss("<title>Café £5</title>")).encode(encoding)
    (only,) = feed.parse(answer(body, content_type=said), source(URL), NOW).posts
    assert only.title == "Café £5"


def test_characters_nothing_can_print_are_dropped() -> None:
    body = rss("<title>Weir\x0b Lane&#0;&#xD800;&#99999999999;</title>").encode() + b"\x00"
    (only,) = parse(body).posts
    assert (only.title or "").replace("\ufffd", "") == "Weir Lane"
    (only,) = parse(b'{"items": [{"id": "1", "title": "Weir \\ud800 Lane"}]}').posts
    assert only.title == "Weir  Lane"


def test_an_entity_bomb_stays_as_small_as_it_came() -> None:
    lines = "".join(f"<!ENTITY b{n} '{f'&b{n - 1};' * 10}'>" for n in range(1, 10))
    bomb = f"<!DOCTYPE rss [<!ENTITY b0 'ha'>{lines}]>" + rss("<title>&b9;</title>")
    blowup = f"<!DOCTYPE rss [<!ENTITY a '{'A' * 50_000}'>]>" + rss(f"<title>x{'&a;' * 50_000}</title>")
    for body in (bomb, blowup):
        assert sum(len(p.title or "") + len(p.text or "") for p in parse(body).posts) <= 4 * len(body)


@pytest.mark.parametrize(
    "body",
    [
        "<?xml version='1.0'?>" + "\n" * 300_000 + rss("<title>x</title>"),
        rss(f"<title>x</title><author>{'a.' * 150_000}</author>"),
        rss("<title>x</title>" + "".join(f"<category>{n}</category>" for n in range(15_000))),
        rss("<title>x</title>" + ("<a xml:base='a/'>" * 900 + "</a>" * 900) * 16),
    ],
    ids=["lines", "author", "tags", "base"],
)
def test_a_document_made_to_take_hours_takes_a_moment(body: str) -> None:
    started = time.monotonic()
    assert [p.title for p in parse(body).posts] == ["x"]
    assert time.monotonic() - started < 20  # minutes to hours without the cure


def test_a_feed_of_thousands_keeps_the_newest_and_says_so() -> None:
    many = [
        f"<guid>{n}</guid><title>{n}</title><pubDate>{(NOW - timedelta(minutes=n)).isoformat()}</pubDate>"
        for n in reversed(range(2_005))
    ]
    found = parse(rss(*many))
    assert (len(found.posts), found.posts[0].title, found.posts[-1].title) == (2_000, "0", "1999")
    assert found.remark == "It sent 2,005 items; the newest 2,000 were kept."


def test_a_text_is_the_fullest_there_is_and_has_an_end() -> None:
    (only,) = parse(rss(f"<title>x</title><description>{'word ' * 40_000}</description>")).posts
    assert len(only.text or "") == feed.LONGEST


def test_how_long_a_feed_asks_to_be_left_alone_has_an_end() -> None:
    channel = "<rss version='2.0'><channel><ttl>{}</ttl><item><title>x</title></item></channel></rss>"
    assert [parse(channel.format(ttl)).memory["min_interval"] for ttl in ("60", "999999", "-5", "often")] == [
        3600,
        86400,
        0,
        0,
    ]


def test_not_modified_keeps_what_is_remembered_and_takes_new_validators() -> None:
    same = Answer(URL, 200, {"etag": '"8"'}, not_modified=True)
    assert feed.parse(same, source(URL), NOW) == Found([], memory={"etag": '"8"'})


def test_words_packed_as_data_are_read_where_there_are_no_others() -> None:
    packed = (
        "<entry><id>tag:x,1</id><title type='application/octet-stream'>V2VpciBMYW5lIHNodXQ=</title></entry>"
    )
    picture = "<entry><id>tag:x,2</id><content type='image/png'>iVBORw0KGgoAAAANSUhEUg==</content></entry>"
    plain = "<entry><id>tag:x,3</id><title type='application/x-custom'>Flooding</title></entry>"
    data = "<entry><id>tag:x,4</id><title type='application/x-custom'>iVBORwKGgoAAA</title></entry>"
    atom = f"<feed xmlns='http://www.w3.org/2005/Atom'>{packed}{picture}{plain}{data}</feed>"
    assert [p.text for p in parse(atom.encode()).posts] == ["Weir Lane shut", "Flooding"]
