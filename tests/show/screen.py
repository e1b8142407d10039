"""What the tests of the screen stand on: a sample, an area of one's own, a dashboard, a browser's flags."""

import os
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
