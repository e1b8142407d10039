"""What every test keeps to: no socket leaves this machine, and the clock is an argument."""

import ipaddress
import os
import socket
import sys
from typing import Any

import pytest
from hypothesis import settings

# The same examples every time, so that a change is judged by what it changed; `make test-all` draws new ones.
settings.register_profile("same", derandomize=True, database=None)
settings.load_profile("same")

os.environ["LISTENING_STORE"] = ""  # no test writes into a store of yours: what is empty, .env leaves so

_connect = socket.socket.connect


@pytest.fixture(autouse=True)
def _loopback_only(monkeypatch: pytest.MonkeyPatch) -> None:
    def connect(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and not _is_loopback(address[0]):
            raise AssertionError(f"a test tried to reach {address!r}")
        _connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@pytest.fixture(autouse=True)
def _own_main(monkeypatch: pytest.MonkeyPatch) -> None:
    """Streamlit's AppTest leaves its script as ``__main__``, and every worker spawned later would run it."""
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])
