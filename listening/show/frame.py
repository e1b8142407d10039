"""What stands round every page: the banner, the links between pages, and news of new posts."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import streamlit as st
from streamlit.navigation.page import Page

from listening.errors import AreaError, ListeningError
from listening.show import ledger
from listening.show.chooser import KEPT
from listening.show.opening import Opened, own_store

BANNER = "SAMPLE AREA – everything here is invented"
IN_THE_BAR = 4  # pages that fit beside each other on a phone; the rest are under More
FIRST_VIEW = "This is an invented area, so you can try everything. Your own area takes about ten minutes."
ICON = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
<circle cx="16" cy="16" r="15" fill="#0b6e99"/>
<path d="M11 15a6 6 0 1 1 11 3c-2 2-3 3-3 5a3.500 3.500 0 0 1-6 2" fill="none" stroke="#fff"
stroke-width="3" stroke-linecap="round"/></svg>"""  # an ear
_MADE_INTO_LINKS = re.compile(r"(?<=:)(?=[/a-z_+-])|(?<=www)(?=\.)|(?=@)", re.IGNORECASE)
# Only our own words are ever drawn as HTML. 12.6:1, black on yellow, the same in light and dark.
_BANNER = f"""<div role="note" style="background:#ffd400;color:#0b0c0c;font-weight:700;padding:.4rem .75rem;
border-left:.75rem solid #0b0c0c">{BANNER}</div>"""
# At its own opacity of 0.6 a link in a caption has 3:1; so it has over 4.5:1 in light and dark.
# What can be clicked is underlined, but for the links between pages; the foot of a text above would
# lie over a popover and catch its clicks.
_STYLE = """<style>
button[kind="tertiary"] p, [data-testid="stPageLink"] a p {text-decoration: underline}
.st-key-links button[kind="tertiary"] p, .st-key-links [data-testid="stPageLink"] a p {text-decoration: none}
[data-testid="stMultiSelect"] [data-tag] {background: none; border: 1px solid; color: inherit}
[data-testid="stPopover"] {position: relative; z-index: 1}
.st-key-banner {position: sticky; top: 0; z-index: 100}
.st-key-links a {min-height: 2.75rem}
[data-testid="stCaptionContainer"] {opacity: .85}
</style>"""


def banner(opened: Opened) -> None:
    """Say that the sample is invented: first thing on every page, and not to be sent away."""
    st.html(_STYLE)
    if opened.area.invented:
        with st.container(key="banner"):
            st.html(_BANNER)


def links(pages: Sequence[Page]) -> None:
    """The pages, as links that keep the choice in the address."""
    st.session_state["pages"] = {page.title: page for page in pages}
    with st.container(horizontal=True, gap="xsmall", key="links"):
        for page in pages[:IN_THE_BAR]:
            st.page_link(page, query_params=kept())
        with st.popover("More", type="tertiary"):
            for page in pages[IN_THE_BAR:]:
                st.page_link(page, query_params=kept())


def link(title: str, label: str, **more: str) -> None:
    """A link from inside one page to another, keeping the choice; nothing outside the dashboard.

    ``more`` goes into the address beside the choice, or instead of a part of it.
    """
    page = st.session_state.get("pages", {}).get(title)
    if page is not None:
        st.page_link(page, label=label, query_params=kept() | more, width="content")


def kept() -> dict[str, str]:
    """What of the address goes along from page to page."""
    return {name: st.query_params[name] for name in KEPT if name in st.query_params}


def remarks(opened: Opened, here: Page, set_up: Page) -> None:
    """Quiet sentences about the address; and, on the first view of the sample, what this is."""
    for sentence in opened.remarks:
        st.caption(sentence)
    if opened.area.invented and _first_view():
        st.write(FIRST_VIEW)
        if here.url_path != set_up.url_path:
            st.page_link(set_up, label="Set up your own area", query_params=kept())


def _first_view() -> bool:
    """Whether the reader still looks at what they saw first."""
    here = (st.context.url, *st.query_params.items())
    return bool(st.session_state.setdefault("first_view", here) == here)


@st.fragment(run_every="60s")
def news(opened: Opened, version: int, today: Page) -> None:
    """Once a minute: has anything come in since the page was drawn? The page itself stays as it is.

    ``version`` is the store's, as it was when the page was drawn.
    """
    if opened.own is not None:
        store = own_store(opened.own)
        if store is not None and not store.empty:
            with st.container(horizontal=True, vertical_alignment="center"):
                st.text(f"Your own area, {opened.own.name}, has its first posts.")
                st.page_link(today, label="Open it", query_params={"area": "own"})
    elif (newest := opened.store.version) != version:
        ledger.seen(opened.area.store, newest)
        with st.container(horizontal=True, vertical_alignment="center"):
            st.text("New posts have come in.")
            if st.button("Refresh"):
                st.rerun()


@contextmanager
def calmly(today: Page) -> Iterator[None]:
    """Our own errors as a sentence on the page, and a way on; anything else is left to the log."""
    try:
        yield
    except ListeningError as error:
        what = (
            "The configuration cannot be read." if isinstance(error, AreaError) else "This cannot be shown."
        )
        st.error(literal(str(error)).replace("\n", "\n\n"), title=what)  # a fault a line
        st.page_link(today, label="Look at the sample area meanwhile", query_params={"area": "sample"})


def literal(text: str) -> str:
    """The text as Markdown shows it unchanged: no link, image, heading, colour, icon or formula.

    Every mark is escaped. Addresses, e-mails and icon names are made into links and pictures even
    so (remark looks for them after the escapes are gone; tried with Streamlit 1.67), so an
    invisible word joiner breaks them.
    """
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", _MADE_INTO_LINKS.sub("\u2060", text))
