"""One name for all the addresses of an article."""

import pytest

from listening.article import name, site
from listening.clean.addresses import canonical

HERE = "example.org/news/weir-lane-1234"
SAME = [
    "https://www.example.org/news/weir-lane-1234",
    "http://example.org/news/weir-lane-1234/",
    "https://m.example.org:443/news/weir-lane-1234#comments",
    "https://mobile.example.org/news/weir-lane-1234?utm_source=rss&at_medium=RSS&at_campaign=rss",
    "https://amp.example.org/news/weir-lane-1234?amp=1",
    "https://www.example.org/amp/news/weir-lane-1234",
    "https://www.example.org/news/weir-lane-1234/amp",
    "https://www.example.org/news/weir-lane-1234/amp/",
    "https://www.example.org/news/weir-lane-1234.amp",
    "https://www.example.org/news/weir-lane-1234.amp.html",
    "https://www.example.org/news/weir-lane-1234?outputType=amp&fbclid=abc",
    "https://www-example-org.cdn.ampproject.org/c/s/www.example.org/news/weir-lane-1234?usqp=mq331AQ",
    "https://www.example.org/news/weir%2Dlane%2d1234/index.html",
    "HTTPS://WWW.EXAMPLE.ORG./news/weir-lane-1234?cmpid=x&ns_mchannel=y&gclid=z",
]


@pytest.mark.parametrize("url", SAME)
def test_an_article_has_one_name_wherever_it_is_linked_from(url: str) -> None:
    assert name(canonical(url)) == HERE


def test_parameters_are_put_in_order_and_letters_outside_ascii_are_coded() -> None:
    assert name("https://bücher.example/a?b=2&a=1&c=") == "xn--bcher-kva.example/a?a=1&b=2"
    assert name("https://xn--bcher-kva.example/a?a=1&b=2") == "xn--bcher-kva.example/a?a=1&b=2"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.org/news/1", "https://example.org/news/2"),
        ("https://example.org/?p=1", "https://example.org/?p=2"),
        ("https://example.org/a", "https://example.org/A"),
        ("https://example.org/a", "https://news.example.org/a"),
        ("https://example.org:8080/a", "https://example.org/a"),
        ("https://example.org/camp", "https://example.org/c"),
        ("https://example.org/news/1/amplifiers", "https://example.org/news/1"),
    ],
)
def test_different_articles_have_different_names(one: str, other: str) -> None:
    assert name(one) != name(other)


@pytest.mark.parametrize(
    "url", [None, "", "https://example.org", "https://www.example.org/?amp=1", "mailto:x", "http://[::1"]
)
def test_a_front_page_and_what_is_no_address_are_no_article(url: str | None) -> None:
    assert name(url) is None


def test_a_site_that_is_called_by_a_device_keeps_its_name() -> None:
    assert [site(h) for h in ("m.uk", "amp.dev", "www2.example.org", "x..y")] == [
        "m.uk",
        "amp.dev",
        "example.org",
        "x..y",
    ]
