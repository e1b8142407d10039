"""One page by itself on a port of this machine, for a browser."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from os import environ
from pathlib import Path
from socket import socket

from screen import ROOT, _wait


@contextmanager
def served(script: Path, store: str) -> Iterator[str]:
    """The address of a Streamlit script that shows the sample in this store."""
    with closing(socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    words = [sys.executable, "-m", "streamlit", "run", str(script), "--server.port", port]
    paths = {"LISTENING_SAMPLE_STORE": store, "PYTHONPATH": str(ROOT)}
    quiet = subprocess.DEVNULL
    server = subprocess.Popen(words, cwd=ROOT, env={**environ, **paths}, stdout=quiet, stderr=quiet)
    try:
        _wait(f"http://127.0.0.1:{port}", server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(10)
