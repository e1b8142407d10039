"""The frame of the dashboard: ``streamlit run dashboard.py``, or ``python -m listening dashboard``."""

from functools import partial
from typing import Any

import streamlit as st
from dotenv import load_dotenv

from listening.show import chooser, frame, opening
from listening.show.pages import sources, today

PAGES = {"Today": today.page, "Sources": sources.page}


def main() -> None:
    """Open the area, put banner, chooser and links above, and let the chosen page draw itself."""
    load_dotenv()
    st.set_page_config(page_title="Listening", page_icon=frame.ICON, layout="centered")
    stage: list[Any] = []
    pages = [
        st.Page(partial(draw, name, stage), title=name, url_path=name.lower(), default=name == "Today")
        for name in PAGES
    ]
    page = st.navigation(pages, position="hidden")
    with frame.calmly(pages[0]):
        opened = opening.open_area()
        frame.banner(opened)
        choice = chooser.choose(opened.area, opened.now)
        frame.links(pages)
        frame.remarks(opened, page, set_up=pages[1])
        frame.news(opened, opened.store.version, pages[0])
        stage += [opened.store, opened.area, choice, opened.now]
        page.run()


def draw(name: str, stage: list[Any]) -> None:
    """Draw one page on what was laid down for it."""
    PAGES[name](*stage)


main()
