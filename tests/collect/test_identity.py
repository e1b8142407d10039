from misbehaving import NOW, source
from written import URL, answer, id_of, parse, rss

from listening.collect import feed


def test_an_id_stays_when_words_tracking_and_place_in_the_feed_change() -> None:
    one = "<title>{}</title><link>https://{}courier.example/a?{}id=4</link>"
    (before,) = parse(rss(one.format("Old", "www.", "utm_source=rss&amp;"))).posts
    after = parse(
        rss("<title>New one</title><link>https://courier.example/b</link>", one.format("New", "", ""))
    ).posts
    assert before.id in [p.id for p in after]
    assert len(after) == 2


def test_a_guid_repeated_for_different_links_gives_way_to_the_links() -> None:
    items = [
        f"<guid isPermaLink='false'>7</guid><title>{n}</title><link>https://courier.example/{n}</link>"
        for n in "ab"
    ]
    assert [p.id for p in parse(rss(*items)).posts] == [
        id_of("courier.example/a"),
        id_of("courier.example/b"),
    ]


def test_a_link_to_the_front_page_is_nobodys_name() -> None:
    items = [
        f"<title>{n}</title><link>https://council.example/</link>"
        for n in ("Weir Lane shut", "Weir Lane open")
    ]
    assert len({p.id for p in parse(rss(*items)).posts}) == 2
    assert parse(rss(items[0])).posts[0].id != parse(rss(items[1])).posts[0].id


def test_links_shared_by_different_items_are_nobodys_name() -> None:
    items = [
        f"<title>{n}</title><link>https://council.example/news</link>"
        for n in ("Weir Lane shut", "Bins late")
    ]
    assert len({p.id for p in parse(rss(*items)).posts}) == 2


def test_the_same_item_twice_is_one_post_in_its_later_version() -> None:
    item = (
        "<guid>https://a.example/1</guid><title>{}</title><pubDate>Mon, 16 Nov 2026 0{}:00:00 GMT</pubDate>"
    )
    found = parse(rss(item.format("late", 9), item.format("early", 8)))
    assert [p.title for p in found.posts] == ["late"]


def test_the_bbcs_count_of_versions_is_not_part_of_an_id() -> None:
    item = "<guid isPermaLink='false'>https://www.bbc.co.uk/news/articles/c12#{}</guid><title>x</title>"
    ids = {parse(rss(item.format(version))).posts[0].id for version in (0, 1, 12)}
    assert ids == {id_of("https://www.bbc.co.uk/news/articles/c12")}


def test_an_id_and_a_memory_hold_nothing_of_an_author_or_a_token() -> None:
    item = "<guid>https://forum.example/u/invented_person/1</guid><title>x</title><author>invented_person</author>"
    found = feed.parse(answer(rss(item).encode()), source(URL + "?token=sesame"), NOW)
    assert "invented_person" not in found.posts[0].id + str(found.memory)
    assert "sesame" not in found.posts[0].id + str(found.memory)


def test_the_first_item_of_one_feed_is_not_the_first_item_of_another_on_the_same_host() -> None:
    body = rss("<guid>1</guid><title>Weir Lane shut</title>").encode()
    urls = ("https://forum.example/haver/rss", "https://forum.example/stenby/rss")
    ids = {feed.parse(answer(body), source(url), NOW).posts[0].id for url in urls}
    assert len(ids) == 2
