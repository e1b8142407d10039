"""Addresses keep the page and lose the person."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listening.clean.addresses import canonical

KEPT = [
    ("HTTPS://Example.ORG:443/A?b=1#top", "https://example.org/A?b=1"),
    ("http://example.org:80", "http://example.org/"),
    ("http://example.org:8080/x", "http://example.org:8080/x"),
    ("https://user:secret@example.org/x", "https://example.org/x"),
    ("https://www.bbc.co.uk/news/articles/c1?at_medium=RSS&at_campaign=rss", "https://www.bbc.co.uk/news/articles/c1"),
    ("https://example.org/?utm_source=a&id=7&fbclid=b&gclid=c&cmpid=d&ns_mchannel=e", "https://example.org/?id=7"),
    ("https://example.org/?email=jane@example.org&postcode=NG17+4EA&q=NG17%204EA&p=2", "https://example.org/?p=2"),
    ("https://twitter.com/someone/status/123?s=20", "https://x.com/i/status/123"),
    ("https://mobile.twitter.com/i/web/status/123", "https://x.com/i/status/123"),
    ("https://old.reddit.com/r/Larkford/comments/1abc/jane_does_bins/", "https://www.reddit.com/r/Larkford/comments/1abc"),
    ("https://www.reddit.com/r/L/comments/1abc/slug/k9z/", "https://www.reddit.com/r/L/comments/1abc/comment/k9z"),
    ("https://redd.it/1abc", "https://www.reddit.com/comments/1abc"),
    ("https://m.facebook.com/groups/larkford/permalink/123/?ref=x", "https://www.facebook.com/groups/larkford/posts/123"),
    ("https://www.facebook.com/events/123/?acontext=x", "https://www.facebook.com/events/123"),
    ("https://www.instagram.com/jane/p/Ab_1/", "https://www.instagram.com/p/Ab_1/"),
    ("https://www.threads.net/@jane/post/Ab1", "https://www.threads.com/t/Ab1"),
    ("https://youtu.be/abc?si=who", "https://www.youtube.com/watch?v=abc"),
    ("https://www.linkedin.com/posts/jane-doe_x-activity-7123456789012345678-ab", "https://www.linkedin.com/feed/update/urn:li:activity:7123456789012345678"),
    ("https://democracy.haverdale.gov.uk/users/x?UID=9", "https://democracy.haverdale.gov.uk/users/x"),
    ("http://127.0.0.1:8080/feed", "http://127.0.0.1:8080/feed"),
    ("https://example.org/a?wt_mc=rss&itm_source=x&gclsrc=y&srsltid=z&__twitter_impression=true&p=2", "https://example.org/a?p=2"),
    ("https://www-example-org.cdn.ampproject.org/c/s/www.example.org/news/weir-lane.amp", "https://www.example.org/news/weir-lane.amp"),
    ("https://example-org.cdn.ampproject.org/v/example.org/news/1?usqp=mq331AQ", "http://example.org/news/1?usqp=mq331AQ"),
    ("https://example.org/a%2fb%c3%bc?q=%c3%bc", "https://example.org/a%2Fb%C3%BC?q=%C3%BC"),
    ("https://example.org/a b/ü", "https://example.org/a%20b/%C3%BC"),
]  # fmt: skip


@pytest.mark.parametrize(("url", "expected"), KEPT)
def test_an_address_has_one_author_free_form(url: str, expected: str) -> None:
    assert canonical(url) == expected
    assert canonical(expected) == expected


DROPPED = [
    None, "", "not an address", "//example.org/x", "mailto:jane@example.org", "javascript:alert(1)",
    "data:text/html,x",
    "ftp://example.org/x", "https://", "http://[::1", "https://exa mple.org/", "https://example.org:99999/",
    "https://x.com/jane", "https://x.com/jane/status/", "https://bsky.app/profile/did:plc:abc/post/1",
    "https://bsky.app/profile/jane.example.org/post/1", "https://social.example.org/@jane/123",
    "https://social.example.org/users/jane/statuses/123", "https://www.reddit.com/user/jane", "https://www.reddit.com/u/jane/comments/1/x",
    "https://www.reddit.com/r/u_jane/comments/1/x", "https://www.facebook.com/jane.doe", "https://www.facebook.com/jane.doe/posts/1",
    "https://www.facebook.com/permalink.php?story_fbid=1&id=2", "https://www.facebook.com/share/p/abc", "https://www.instagram.com/jane/",
    "https://www.youtube.com/@jane", "https://www.tiktok.com/@jane/video/1", "https://wa.me/447700900123", "https://t.me/jane",
    "https://example.org/~jane/x", "https://example.org/author/jane", "https://example.org/profile/jane",
    "https://example.org/mail/jane@example.org", "https://example.org/%40jane", "https://example.org/call/07700900123",
    "https://example.org/homes/NG17-4EA", "https://example.org/" + "x" * 3_000,
]  # fmt: skip


@pytest.mark.parametrize("url", DROPPED, ids=lambda v: str(v)[:60])
def test_an_address_that_names_a_person_or_is_no_web_page_is_not_kept(url: str | None) -> None:
    assert canonical(url) is None


@given(
    st.text(max_size=120),
    st.sampled_from(["", "https://", "http://x.com/", "https://www.reddit.com/r/", "https://a.example/?"]),
)
def test_any_address_is_either_canonical_for_good_or_none(text: str, start: str) -> None:
    once = canonical(start + text)
    assert once is None or (canonical(once) == once and once.startswith(("http://", "https://")))
