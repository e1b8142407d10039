"""Run every benchmark (or those named) and write RESULTS.md beside this file."""

import os
import platform
import sys
from datetime import UTC, datetime
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

QUESTIONS = ("replay", "throughput", "false_alarms", "cores", "flat", "copies", "vader")
LIBRARIES = ("pandas", "feedparser", "vaderSentiment", "SQLAlchemy", "httpx2", "streamlit")


def main(names: list[str]) -> None:
    parts = []
    for name in names or QUESTIONS:
        print(f"{name} ...", flush=True)
        parts.append(import_module(f"benchmarks.{name}").main())
        print(parts[-1], flush=True)
    if not names:
        head = "# Results\n\nMade by `make bench`; ratios are taken in one run.\n\n"
        results = Path(__file__).with_name("RESULTS.md")
        results.write_text(head + _machine() + "\n" + "\n".join(parts), encoding="utf-8")
        print(f"written to {results}")


def _machine() -> str:
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    kind = f"{platform.system()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    return f"{datetime.now(UTC):%Y-%m-%d}, {kind}, {libraries}.\n"


if __name__ == "__main__":
    main(sys.argv[1:])
