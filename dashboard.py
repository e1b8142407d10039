"""The frame of the dashboard: ``streamlit run dashboard.py``, or ``python -m listening dashboard``."""

from functools import partial
from importlib import import_module
from typing import Any

import streamlit as st
from dotenv import load_dotenv

from listening.show import chooser, frame, opening

PAGES = ("Today", "Breaking", "Themes", "Wards", "Trends", "Explore", "Sources", "Accuracy")


def main() -> None:
    """Open the area, put banner, chooser and links above, and let the chosen page draw itself."""
    load_dotenv()
    st.set_page_config(page_title="Listening", page_icon=frame.ICON, layout="centered")
    stage: list[Any] = []
    pages = {
        name: st.Page(partial(draw, name, stage), title=name, url_path=name.lower(), default=name == "Today")
        for name in PAGES
    }
    page = st.navigation(list(pages.values()), position="hidden")
    with frame.calmly(pages["Today"]):
        opened = opening.open_area()
        frame.banner(opened)
        choice = chooser.choose(opened.area, opened.now)
        frame.links(list(pages.values()))
        frame.remarks(opened, page, set_up=pages["Sources"])
        frame.news(opened, opened.store.version, pages["Today"])
        stage += [opened.store, opened.area, choice, opened.now]
        page.run()


def draw(name: str, stage: list[Any]) -> None:
    """Draw one page on what was laid down for it; only now is it loaded, for Plotly is heavy."""
    import_module(f"listening.show.pages.{name.lower()}").page(*stage)


if __name__ == "__main__":  # a worker process that loads this file again must not draw
    main()
