"""A feed server on this machine and a configuration that listens to it."""

import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent


@contextmanager
def feed_server(documents: dict[str, bytes]) -> Iterator[str]:
    """Serve ``documents`` by path, with an ETag; the dict may change while it runs."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = documents.get(self.path)
            tag = '"' + hashlib.sha256(body or b"").hexdigest()[:16] + '"'
            same = self.headers.get("If-None-Match") == tag
            self.send_response(404 if body is None else 304 if same else 200)
            self.send_header("ETag", tag)
            self.send_header("Content-Type", "application/rss+xml")
            self.send_header("Content-Length", str(0 if same else len(body or b"")))
            self.end_headers()
            if body and not same:
                self.wfile.write(body)

        def log_message(self, *words: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def configuration(folder: Path, urls: dict[str, str], channel: str = "press") -> Path:
    """A sources.yaml in ``folder`` for these feeds, in the area that the project ships."""
    rows = "".join(
        f"  - {{name: {name!r}, kind: feed, url: {url!r},"
        f" channel: {channel}, every: 15 min, display: full}}\n"
        for name, url in urls.items()
    )
    path = folder / "sources.yaml"
    path.write_text(
        f"area: {ROOT / 'data/areas/ashfield'}\nissues: {ROOT / 'data/issues.yaml'}\n"
        "store: sqlite:///listening.db\n"
        "checklist: {controller: Bench, contact: bench@example.org, purpose: to measure,"
        " lawful_basis: none, retention: 3650 days}\n"
        f"network: {{allow_private: [127.0.0.1]}}\nsources:\n{rows}",
        encoding="utf-8",
    )
    return path
