"""HTML and hostile text become plain text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listening.clean.text import LONGEST, plain

CASES = [
    ("a < b and c > d", "a < b and c > d"),
    ("I <3 Larkford & Stenby", "I <3 Larkford & Stenby"),
    ("a<b but <b>bold</b> & 5<6", "a<b but bold & 5<6"),
    ("<p>Bins &amp; glass</p><p>a < b</p>", "Bins & glass\na < b"),
    ("one<br>two<br/>three", "one\ntwo\nthree"),
    ("<ul><li>a</li><li>b</li></ul>", "a\nb"),
    ("<td>a</td><td>b</td>", "ab"),
    ("<table><tr><td>a</td><td>b</td></tr></table>", "a b"),
    ("AT&amp;T caf&eacute; don&#8217;t", "AT&T café don't"),
    ("&lt;p&gt;escaped &lt;b&gt;twice&lt;/b&gt;&lt;/p&gt;", "escaped twice"),
    ("<![CDATA[<p>x</p>]]>", "x"),
    ("line one\nline two\r\n\r\n  line three", "line one\nline two\nline three"),
    ("don’t ‘quote’ it", "don't 'quote' it"),
    ("cafe\u0301  now", "café now"),
    ("zero\u200bwidth \u202eevil\u202c soft\u00adhyphen\x00\x07", "zerowidth evil softhyphen"),
    ("half \ud800 pair", "half pair"),
    ("<p></p>", ""),
    ("", ""),
]


@pytest.mark.parametrize(("source", "expected"), CASES)
def test_markup_goes_and_words_stay(source: str, expected: str) -> None:
    assert plain(source) == expected


HOSTILE = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<style>p{}</style>",
    "<svg/onload=alert(1)>",
    "<img src=x onerror=alert(1)>",
    "<iframe src='javascript:alert(1)'>inside</iframe>",
    "<!-- hidden -->",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<math><mtext><style><img src onerror=alert(1)></style></mtext></math>",
    "<a href='javascript:alert(1)'></a>",
    "<template>hidden</template><noscript>hidden</noscript>",
]


@pytest.mark.parametrize("attack", HOSTILE)
def test_no_script_of_a_hostile_post_is_left(attack: str) -> None:
    result = plain("before " + attack + " after")
    assert result.startswith("before")
    assert not any(
        sign in result.lower() for sign in ("<script", "onerror=", "onload=", "javascript:", "hidden", "<!--")
    )


def test_a_link_keeps_its_words_and_its_address_without_tracking() -> None:
    source = '<a href="https://example.org/a?utm_source=x&amp;id=7&amp;fbclid=9">Report it</a>.'
    assert plain(source) == "Report it (https://example.org/a?id=7)."


def test_a_link_that_names_its_author_or_runs_a_script_keeps_its_words_only() -> None:
    source = '<a href="https://social.example.org/@jane/1">this</a> <a href="javascript:x()">that</a>'
    assert plain(source) == "this that"


def test_a_long_text_is_cut_without_half_a_phone_number() -> None:
    text = "w " * (LONGEST // 2 - 6) + "07700 900123 and more words"
    assert plain(text).rstrip("…").endswith("w")


@pytest.mark.parametrize("attack", ["<div>" * 12_000, "<a <a " * 10_000, "&lt;" * 15_000, '<a "x ' * 10_000])
def test_deep_and_broken_markup_neither_raises_nor_grows(attack: str) -> None:
    assert len(plain(attack + "end")) <= LONGEST


@given(st.text(max_size=300), st.sampled_from(["", "<p>", "&amp;", "<b", "<a href='", "\r\n", "<!--"]))
def test_any_text_at_all_becomes_plain(text: str, mixed: str) -> None:
    result = plain(text + mixed + text)
    assert len(result) <= LONGEST
    assert not {"\x00", "\r", "\u202e", "\u200b"} & set(result)
    assert result == result.strip()
