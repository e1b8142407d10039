"""How far a long deed is: a bar on a terminal, plain lines elsewhere, nothing for machines."""

import sys
from collections.abc import Callable
from typing import Any


class Bar:
    """``with Bar("Reading", "text") as advance: advance(done, of)``."""

    def __init__(self, title: str, format: str) -> None:
        self.title, self.format = title, format
        self.bar: Any = None

    def __enter__(self) -> Callable[[int, int], None]:
        if self.format == "text" and sys.stdout.isatty():
            from rich.progress import Progress

            self.bar = Progress(transient=True)
            self.bar.start()
            self.task = self.bar.add_task(self.title, total=None)
        return self.advance

    def advance(self, done: int, of: int) -> None:
        """Say that ``done`` of ``of`` are done."""
        if self.bar:
            self.bar.update(self.task, completed=done, total=of)
        elif self.format == "text":
            print(f"  {done:,} of {of:,}", flush=True)

    def __exit__(self, *failure: object) -> None:
        if self.bar:
            self.bar.stop()
