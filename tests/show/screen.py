"""What the tests of the screen stand on: a sample, an area of one's own, a dashboard, a browser's flags."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from urllib.request import urlopen

from streamlit.testing.v1 import AppTest

from listening.area import Area
from listening.post import Post

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "data" / "sample" / "sources.yaml"
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
]
READY = 60.0  # seconds a dashboard has to start
OWN = """\
area: {area}
issues: {issues}
store: sqlite:///own.db
checklist:
  controller: Haverdale District Council
  contact: listening@example.org
  purpose: to hear what residents say
  lawful_basis: public task
  retention: 90 days
sources:
  - name: "{hostile}"
    kind: feed
    url: https://forum.haverdale.example/latest.rss
    channel: public
    display: full
  - name: Parish pump
    kind: feed
    url: https://pump.haverdale.example/feed
    channel: press
    enabled: false
    why_disabled: address follows the publisher's pattern; never seen to work
"""
HOSTILE = (
    "<b>Forum</b> [click](javascript:alert(1)) <img src=x onerror=alert(1)> ![](http://evil.example/p.png)"
)
SHOUT = "<script>window.pwned = 1</script> ![](http://evil.example/t.png) **loud** :red[red] $x$"
PAGE = """
from listening.show import chooser, frame, opening
from listening.show.pages import {name}
opened = opening.open_area()
frame.banner(opened)
choice = chooser.choose(opened.area, opened.now, "{name}")
{name}.page(opened.store, opened.area, choice, opened.now)
"""
LONG = 60  # seconds: a cold machine imports for a while
READ = (
    "title",
    "header",
    "subheader",
    "markdown",
    "caption",
    "text",
    "button",
    "expander",
    "download_button",
)


def opened(name: str, area: str, **address: str) -> AppTest:
    """One page by itself at an address; "dashboard" is all of it, which opens with Today."""
    whole = name == "dashboard"
    app = (AppTest.from_file if whole else AppTest.from_string)(
        str(ROOT / "dashboard.py") if whole else PAGE.format(name=name), default_timeout=LONG
    )
    for part, value in {"area": area, **address}.items():
        app.query_params[part] = value
    app.run()
    assert not app.exception
    return app


def read(app: AppTest, key: str, kinds: tuple[str, ...] = READ) -> list[str]:
    """What is to be read in a page's container, line by line in its order, without the marks of Markdown."""
    return [
        re.sub(r"\\|\*\*|\u2060", "", line)
        for block in app.container(key=key)
        if block.type in kinds
        for line in str(getattr(block, "value", None) or getattr(block, "label", "")).split("  \n")
    ]


def in_order(lines: list[str], *wanted: str) -> None:
    """Each wanted line begins a later line than the one before."""
    rest = iter(lines)
    for start in wanted:
        assert any(line.startswith(start) for line in rest), f"{start!r} is missing or late in {lines}"


def configured(folder: Path) -> Path:
    """A sources.yaml in a folder: the sample's wards and issues, one hostile source and one switched off."""
    path = folder / "sources.yaml"
    words = OWN.format(area=SAMPLE.parent / "area", issues=ROOT / "data" / "issues.yaml", hostile=HOSTILE)
    path.write_text(words, encoding="utf-8")
    return path


def hostile_post(area: Area, number: int, at: datetime) -> Post:
    """A complaint with everything in it that a page must not take seriously."""
    text = f"Why are the bins in Quarry Hill not emptied again? Missed {number} times. &lt;b&gt; {SHOUT}"
    html = text.replace("<", "&lt;").replace(">", "&gt;")
    source = area.sources[0].name
    return Post(
        f"feed:{number}",
        source,
        "public",
        "post",
        at,
        at,
        title=f"Bins? {SHOUT}",
        text=html,
        author=f"v{number}",
    )


@contextmanager
def serving(**environment: str) -> Iterator[str]:
    """The address of a dashboard of its own, as ``streamlit run`` starts it."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    words = [sys.executable, "-m", "streamlit", "run", "dashboard.py", "--server.port", str(port)]
    server = subprocess.Popen(
        words, cwd=ROOT, env=os.environ | environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait(f"http://127.0.0.1:{port}", server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(10)


def _wait(address: str, server: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + READY
    while time.monotonic() < end and server.poll() is None:
        try:
            with urlopen(f"{address}/_stcore/health", timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the dashboard did not start")
