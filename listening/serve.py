"""The dashboard and the collector beside it, as two processes that begin and end together."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

from listening import sample
from listening.errors import WordsError

READY = 60.0  # seconds allowed for the page to answer
GRACE = 10.0  # seconds a process has to end by itself


def run(page: Path, config: Path, store: str | None, port: int, collecting: bool) -> None:
    """Serve ``page`` on this machine until Ctrl-C or until the server ends; then end both."""
    port = _free(port)
    environment = {**os.environ, "LISTENING_CONFIG": str(config.resolve())}
    if store:
        environment["LISTENING_STORE"] = store
    server = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        str(page),
        "--server.port",
        str(port),
        "--logger.level",
        "error",
    ]
    collector = [sys.executable, "-m", "listening", "collect", "--now", "--watch"]
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    started = [_start(server, environment, page.parent, quiet=True)]
    try:
        print("Opening the dashboard ...", flush=True)
        sample.ensure()
        _wait(port, started[0])
        print(f"\n  Open  http://127.0.0.1:{port}   (Ctrl-C ends it)\n", flush=True)
        if collecting:
            print("Asking your own sources:", flush=True)
            started.append(_start(collector, environment, Path.cwd()))
        started[0].wait()
    except KeyboardInterrupt:
        pass
    finally:
        _end(started)
    print("\nStopped. Nothing is left running.", flush=True)


def _start(
    words: list[str], environment: dict[str, str], folder: Path, quiet: bool = False
) -> subprocess.Popen[bytes]:
    # A session of its own: Ctrl-C reaches us alone, and we end our own in order.
    return subprocess.Popen(
        words,
        env=environment,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL if quiet else None,
        start_new_session=True,
    )


def _end(processes: list[subprocess.Popen[bytes]]) -> None:
    for process in reversed(processes):
        with contextlib.suppress(OSError):
            process.terminate()
    for process in processes:
        try:
            process.wait(GRACE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _free(port: int) -> int:
    """``port``, or the first of the next 20 that nobody listens on."""
    for candidate in range(port, port + 20):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            with contextlib.suppress(OSError):
                probe.bind(("127.0.0.1", candidate))
                return candidate
    raise WordsError(f"no free port from {port} to {port + 19}: choose another with --port")


def _wait(port: int, server: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + READY
    while time.monotonic() < end and server.poll() is None:
        with contextlib.suppress(OSError), urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=2):
            return
        time.sleep(0.1)
    raise WordsError(
        f"the dashboard did not start on port {port}; try: {sys.executable} -m streamlit run dashboard.py"
    )
