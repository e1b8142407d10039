"""The few pieces Today is drawn with.

Whatever comes from outside is either drawn by ``st.text`` or goes through ``literal``: neither HTML nor
Markdown of a post is ever rendered. Only http(s) links are made, and their domain is shown.
"""

from urllib.parse import quote, urlsplit

import streamlit as st

from listening.show.frame import literal

# Our own words only. Calm headings, readable lines; nothing here depends on what a post says.
_STYLE = """<style>
.st-key-today {max-width: 46rem}
.st-key-today h1 {font-size: 1.6rem; line-height: 1.25; padding: 0 0 .25rem}
.st-key-today h2 {font-size: .875rem; letter-spacing: .06em; text-transform: uppercase; padding: 1rem 0 0}
.st-key-today [class*="st-key-quote"] {border-left: 3px solid currentColor; padding-left: .75rem}
.st-key-today button[kind="tertiary"] {min-height: 1.75rem}
.st-key-today [data-testid="stCaptionContainer"] a {opacity: 1}
</style>"""


def style() -> None:
    """The page's own measure and headings; drawn once, first."""
    st.html(_STYLE)


def section(title: str) -> None:
    """A heading inside the page."""
    st.header(literal(title), anchor=False)


def lines(*texts: str) -> None:
    """Our own sentences, one under the other, in one element."""
    shown = [literal(t) for t in texts if t]
    if shown:
        st.markdown("  \n".join(shown))


def small(*texts: str) -> None:
    """Lines of lesser weight, already literal or links."""
    shown = [t for t in texts if t]
    if shown:
        st.caption("  \n".join(shown))


def words(text: str) -> None:
    """Somebody's own words, letter by letter, within quotation marks."""
    st.text(f"“{text}”")


def link(url: str | None) -> str:
    """A Markdown link that shows where it really leads; without an http(s) address, ``link not kept``."""
    host = _host(url)
    return f"[{literal(domain(host))} ↗](<{_safe(url)}>)" if host else "link not kept"


def _host(url: str | None) -> str | None:
    """The host of an http(s) address; None for any other, and for one that cannot be read."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    return parts.hostname if parts.scheme in ("http", "https") else None


def _safe(url: str | None) -> str:
    """The address with everything quoted that could end a Markdown link."""
    return quote(url or "", safe=":/?#@!$&*+,;=%~-._")


def named(name: str, url: str | None) -> str:
    """A name out of the configuration, linked where it has an http(s) address."""
    return f"[{literal(name)} ↗](<{_safe(url)}>)" if _host(url) else literal(name)


def domain(host: str) -> str:
    """The host as it is: look-alike letters are shown in their coded form (``xn--…``)."""
    try:
        return host.removeprefix("www.").encode("idna").decode("ascii")
    except UnicodeError:
        return host.encode("ascii", "backslashreplace").decode("ascii")


def opens(label: str, posts: str, key: str) -> None:
    """A button that opens a list of posts by putting it in the address (``?posts=…``)."""
    st.button(label, key=key, type="tertiary", on_click=_open, args=(posts,))


def _open(posts: str) -> None:
    st.query_params["posts"] = posts
