"""Run every benchmark (or those named) and write their sections into RESULTS.md beside this file."""

import os
import platform
import re
import sys
from datetime import UTC, datetime
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

QUESTIONS = (
    "replay", "polling", "throughput", "steps", "false_alarms", "cores", "flat", "pages", "copies", "feeds",
    "rounds", "load", "vader", "tone", "issues", "places", "safety",
)  # fmt: skip
HEAD = "# Results\n\nMade by `make bench`; ratios are taken in one run.\n\n"
LIBRARIES = ("pandas", "feedparser", "vaderSentiment", "SQLAlchemy", "httpx2", "streamlit")


def main(names: list[str]) -> None:
    for name in names or QUESTIONS:
        print(f"{name} ...", flush=True)
        part = import_module(f"benchmarks.{name}").main()
        print(part, flush=True)
        _keep(name, part)


def _keep(name: str, part: str) -> None:
    """Put a section into RESULTS.md, in the place of its last one, with the day and machine of its run."""
    results = Path(__file__).with_name("RESULTS.md")
    old = results.read_text(encoding="utf-8") if results.exists() else HEAD
    head, *sections = re.split(r"^(?=## )", old, flags=re.MULTILINE)
    known = {section.split("\n", 1)[0].removeprefix("## "): section.rstrip() + "\n" for section in sections}
    known[name] = f"{part.rstrip()}\n\n{_machine()}"
    written = [known[n] for n in sorted(known, key=lambda n: QUESTIONS.index(n) if n in QUESTIONS else 99)]
    results.write_text(head + "\n".join(written), encoding="utf-8")


def _machine() -> str:
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    kind = f"{platform.system()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    return f"{datetime.now(UTC):%Y-%m-%d}, {kind}, {libraries}.\n"


if __name__ == "__main__":
    main(sys.argv[1:])
